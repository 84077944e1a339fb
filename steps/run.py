"""Run the features with pytest and hand back the trace of the run. No rule is judged here."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from steps.coverage import FEATURES, feature_files, put_to_the_test
from steps.drivers.reference import InProcessDriver
from steps.drivers.verbs import Driver, TraceEvent
from steps.plugin import FeatureRun, Progress
from steps.selection import Name, Selection
from steps.step_catalogue import STEP_MODULES

RAN = (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.NO_TESTS_COLLECTED)
# What a scenario asks nothing of; each would be called several times for every one of them.
IDLE_PLUGINS = (
    *("debugging", "doctest", "faulthandler", "junitxml", "monkeypatch", "pastebin", "recwarn", "setuponly"),
    *("setupplan", "stepwise", "subtests", "threadexception", "tmpdir", "unittest", "unraisableexception"),
)
# Nothing of the machine's configuration takes part: no configuration file, no plugin but ours, no cache, no capture.
OPTIONS = (
    "-c",
    os.devnull,
    "--noconftest",
    "--disable-plugin-autoload",
    "-p",
    "pytest_bdd.plugin",
    *(word for name in ("cacheprovider", "logging", *IDLE_PLUGINS) for word in ("-p", f"no:{name}")),
    "--strict-markers",
    "--assert=plain",
    "--capture=no",
    "--tb=no",
    "--no-header",
    "--no-summary",
    "-qq",
    "-W",
    "error",
)


class FeatureRunError(Exception):
    """The features could not be run at all. Data: what pytest said."""


def run_features(
    profile: Any,
    rules: Sequence[str] = (),
    seed: int = 0,
    progress: Progress | None = None,
    make: Callable[..., Driver] = InProcessDriver,
    *,
    words: str = "",
    names: frozenset[Name] | None = None,
    features: Path = FEATURES,
    tested: str | None = None,
    seconds: dict[str, float] | None = None,
) -> list[TraceEvent]:
    """Run the scenarios of these rules (all where none is named) and return the trace of the run.

    `words` must stand in a scenario's name, `names` are the only ones to run, `features` is the folder to run, `tested`
    what its scenarios must put to the test: `system` or `judge`, either where it is None.

    `make` makes the driver of each scenario: `InProcessDriver`, or one of another system with the same keywords.
    `progress` is called after each scenario with (done, all, rule, outcome). The same arguments give the same trace;
    `seconds` is filled with what differs: how long each scenario took, by the id of its `scenario.finished`.
    Raises FeatureRunError where the features cannot be run.
    """
    folder = features.resolve()
    files = frozenset(path for path in feature_files(folder) if _may_hold(path, rules, tested))
    run = FeatureRun(profile, Selection(frozenset(rules), words, names), seed, progress, make, files)
    output = io.StringIO()
    with redirect_stdout(output), redirect_stderr(output):
        status = pytest.main([*OPTIONS, "--rootdir", str(folder), str(folder)], plugins=[run, *STEP_MODULES])
    if status not in RAN:
        raise FeatureRunError(output.getvalue())
    if seconds is not None:
        seconds.update(run.seconds())
    return run.events()


def _may_hold(path: Path, rules: Sequence[str], tested: str | None) -> bool:
    """Whether a file can hold scenarios of these rules: a file without their tags need not be collected."""
    if tested is not None and put_to_the_test(path) != tested:
        return False
    text = path.read_text(encoding="utf-8") if rules else ""
    return not rules or any(f"@{rule}" in text for rule in rules)
