"""Which scenarios of a run are wanted: by rule, by words of their name, or those that failed in the run before."""

from __future__ import annotations

import json
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from sim.command_line import UsageError
from steps.coverage import feature_files, pickles

Name = tuple[str, str]  # feature file, scenario


@dataclass(frozen=True, slots=True)
class Selection:
    """What a scenario must have to be run; whatever is left out here does not matter."""

    rules: frozenset[str] = frozenset()
    words: str = ""
    names: frozenset[Name] | None = None

    def takes(self, rule: str, feature: str, scenario: str) -> bool:
        """Whether a scenario is wanted."""
        if self.rules and rule not in self.rules:
            return False
        if self.names is not None and (feature, scenario) not in self.names:
            return False
        return self.words.casefold() in scenario.casefold()


def check_words(words: str, features: Path) -> None:
    """Raises UsageError with the nearest names where no scenario has these words in its name."""
    names = {str(pickle["name"]) for path in feature_files(features) for pickle in pickles(path)}
    if not any(words.casefold() in name.casefold() for name in names):
        nearest = get_close_matches(words, sorted(names), 3, 0.0)
        raise UsageError(f"--scenario: no scenario has {words!r} in its name; the nearest: {' | '.join(nearest)}")


def failed_in(report: Path) -> frozenset[Name]:
    """The scenarios that failed in the run whose report lies there. Raises UsageError where there is none."""
    trace = report / "trace.jsonl"
    try:
        lines = trace.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise UsageError(f"--failed: {trace}: no run to read: {error.strerror}; allowed: --report of a run") from error
    endings = [json.loads(line)["data"] for line in lines if '"scenario.finished"' in line]
    failed = frozenset((data["feature"], data["scenario"]) for data in endings if data["outcome"] == "failed")
    if not failed:
        raise UsageError(f"--failed: {trace}: no scenario failed there; allowed: a run with failed scenarios")
    return failed


def checked_features(folder: Path) -> Path:
    """A folder of own feature files. Raises UsageError where it holds none."""
    if not feature_files(folder):
        raise UsageError(f"--features: {folder}: holds no .feature file; allowed: a folder with some")
    return folder
