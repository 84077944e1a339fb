"""The survivors that are explained, one by one, in `survivors.toml`: how they are read and how new ones are written."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.mutation.mutants import Mutant

SURVIVORS = Path(__file__).with_name("survivors.toml")
Name = tuple[str, str, str, str, int]
Reasons = Mapping[Name, str]


def explained(path: Path = SURVIVORS) -> Reasons:
    """Why each known survivor lives, by its name."""
    entries = _entries(path)
    reasons = {name_of(entry): str(entry["reason"]) for entry in entries}
    if len(reasons) < len(entries) or not all(reasons.values()):
        raise ValueError(f"{path.name}: a survivor stands twice, or has no reason")
    return reasons


def names_in(path: Path) -> set[Name]:
    """The survivors that a run wrote down, explained or not."""
    return {name_of(entry) for entry in _entries(path)}


def _entries(path: Path) -> list[dict[str, object]]:
    entries: list[dict[str, object]] = tomllib.loads(path.read_text(encoding="utf-8")).get("survivor", [])
    return entries


def name_of(entry: Mapping[str, object]) -> Name:
    rank = int(str(entry.get("rank", 0)))
    return str(entry["path"]), str(entry["place"]), str(entry["before"]), str(entry["after"]), rank


def stale(reasons: Collection[Name], survivors: Collection[Name], paths: Collection[str]) -> list[Name]:
    """What is explained though it no longer lives, or is no mutant any more, among the files that were tried."""
    return [name for name in reasons if name[0] in paths and name not in survivors]


def as_entries(mutants: Iterable[Mutant]) -> str:
    """Survivors as entries to be explained: their reasons are empty."""
    return "\n".join(_entry(mutant) for mutant in mutants)


def _entry(mutant: Mutant) -> str:
    members = {"path": mutant.path, "place": mutant.place, "before": mutant.before, "after": mutant.after}
    lines = ["[[survivor]]", *(f"{name} = {json.dumps(text, ensure_ascii=False)}" for name, text in members.items())]
    return "\n".join([*lines, *([f"rank = {mutant.rank}"] if mutant.rank else []), 'reason = ""', ""])
