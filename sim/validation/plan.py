"""A plan: which stories are played, which rules are in scope, under which readings and limits. Plain TOML, no secrets.

What lives here: reading plans and stories. A file extends a shipped plan or another file; what it says replaces what
that one says. It must not know how a story is played.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from reference_impl.civil_time import parse_instant
from reports.judging.catalogue import catalogue
from reports.judging.errors import InputError
from reports.judging.profiles import declare

HERE = Path(__file__).resolve().parent
SHIPPED = tuple(sorted(path.stem for path in (HERE / "plans").glob("*.toml")))
OPERATOR_RULES = tuple(rule for rule in catalogue().rules if rule.startswith("OP-"))
DEPTH = 10


@dataclass(frozen=True, slots=True)
class Story:
    """A story: its steps in words, and what of the operator it needs beside endpoint and SFTP.

    One with a clear day begins on a day of the month that is no month: who drops rows for their dates then drops none.
    """

    name: str
    it: str
    en: str
    steps: tuple[str, ...]
    needs: tuple[str, ...] = ()
    clear_day: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What is played and judged. `quiet_seconds` is how long the operator does nothing before the clock goes on."""

    name: str
    stories: tuple[Story, ...]
    rules: tuple[str, ...] = OPERATOR_RULES
    readings: Mapping[str, Any] = field(default_factory=dict)
    it: str = ""
    en: str = ""
    start: str = "2026-03-03T08:00"
    seed: int = 0
    answer_seconds: float = 10.0
    quiet_seconds: float = 2.0
    patience_seconds: float = 60.0


KEYS = {entry.name for entry in fields(Plan)} - {"name"} | {"extends"}
LARGEST_NUMBER = 999_999_999  # the largest seed that a world takes; no wait is as long


def load_plan(name_or_path: str, depth: int = 0) -> Plan:
    """A shipped plan, or the TOML file at that path. InputError names file, key and what is allowed."""
    shipped = name_or_path in SHIPPED
    path = HERE / "plans" / f"{name_or_path}.toml" if shipped else Path(name_or_path)
    if not shipped and path.suffix != ".toml":
        raise InputError("plan", f"unknown plan {name_or_path!r}", f"{', '.join(SHIPPED)}, or the path of a TOML file")
    if depth > DEPTH:
        raise InputError(f"{path}, key extends", "plans extend each other in a circle", "a plan that ends somewhere")
    return _plan(path, table_of(path), lambda name: load_plan(_near(path, name), depth + 1))


def plan_of_text(text: str, name: str) -> Plan:
    """The plan of a TOML text that came without its folder: it can extend shipped plans only. InputError as above."""
    path = Path(f"{name}.toml")

    def shipped(base: str) -> Plan:
        _check_known(f"{path}, key extends", base, SHIPPED)
        return load_plan(base)

    return _plan(path, _table(path, text), shipped)


def _plan(path: Path, members: dict[str, Any], base_of: Callable[[str], Plan]) -> Plan:
    for key in members:
        _check_known(f"{path}, key {key}", key, sorted(KEYS))
    base_name = members.pop("extends", None)
    base = Plan("", ()) if base_name is None else base_of(str(base_name))
    return replace(base, name=path.stem, **_checked(path, members))


def table_of(path: Path) -> dict[str, Any]:
    """The members of a TOML file. InputError where it cannot be read."""
    try:
        return _table(path, path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise InputError(str(path), f"cannot be read: {problem.strerror}", "a readable TOML file") from problem
    except UnicodeDecodeError as problem:
        raise InputError(str(path), "is not UTF-8", "TOML 1.0 in UTF-8") from problem


def _table(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as problem:
        raise InputError(str(path), f"is not TOML: {problem}", "TOML 1.0 in UTF-8") from problem


@cache
def stories() -> Mapping[str, Story]:
    """Every story by name."""
    with (HERE / "stories.toml").open("rb") as file:
        tables = tomllib.load(file)
    return {
        name: Story(name, **{key: _frozen(value) for key, value in members.items()}) for name, members in tables.items()
    }


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _near(path: Path, name: str) -> str:
    """A plan that a file extends: shipped, or beside the file."""
    return name if name in SHIPPED else str(path.parent / name)


def _checked(path: Path, members: Mapping[str, Any]) -> dict[str, Any]:
    checked = dict(members)
    if "stories" in members:
        checked["stories"] = tuple(_story(path, name) for name in _words(path, "stories", members["stories"]))
    if "rules" in members:
        checked["rules"] = _rules(path, _words(path, "rules", members["rules"]))
    for key, (is_possible, allowed) in POSSIBLE.items():
        if key in members and not is_possible(members[key]):
            raise InputError(f"{path}, key {key}", f"impossible value {members[key]!r}", allowed)
    if "readings" in members:
        checked["readings"] = declare(members["readings"], str(path))
    return checked


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= LARGEST_NUMBER


def _is_instant(value: object) -> bool:
    try:
        return isinstance(value, str) and parse_instant(value) is not None
    except ValueError:
        return False


NUMBER = (_is_number, f"a number from 0 to {LARGEST_NUMBER}")
TEXT = (lambda value: isinstance(value, str), "a text in quotes")
POSSIBLE: Mapping[str, tuple[Callable[[object], bool], str]] = {
    "answer_seconds": NUMBER,
    "quiet_seconds": NUMBER,
    "patience_seconds": NUMBER,
    "seed": (lambda value: _is_number(value) and isinstance(value, int), f"a whole number from 0 to {LARGEST_NUMBER}"),
    "start": (_is_instant, 'an instant in quotes, such as "2026-03-03T08:00"'),
    "readings": (lambda value: isinstance(value, dict), "a table of readings"),
    "it": TEXT,
    "en": TEXT,
}


def _words(path: Path, key: str, value: object) -> Sequence[str]:
    if not isinstance(value, list) or not value or not all(isinstance(word, str) for word in value):
        raise InputError(f"{path}, key {key}", f"impossible value {value!r}", "a list of words")
    return value


def _story(path: Path, name: str) -> Story:
    _check_known(f"{path}, key stories", name, list(stories()))
    return stories()[name]


def _rules(path: Path, names: Sequence[str]) -> tuple[str, ...]:
    if "OP" in names:
        return OPERATOR_RULES
    for name in names:
        _check_known(f"{path}, key rules", name, ["OP", *OPERATOR_RULES])
    return tuple(rule for rule in OPERATOR_RULES if rule in names)


def _check_known(place: str, word: str, known_words: Sequence[str]) -> None:
    if word not in known_words:
        near = get_close_matches(word, known_words, 1)
        meant = f" (perhaps {near[0]})" if near else ""
        raise InputError(place, f"unknown {word!r}{meant}", ", ".join(known_words))
