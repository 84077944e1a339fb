"""The catalogue as data: the rules and the readings, read from the two tables in `features`.

What lives here: loading and checking the tables. It must not know traces or verdicts.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from reports.judging.errors import InputError
from reports.words.labels import Term

FEATURES = Path(__file__).parents[2] / "features"
KINDS = ("choice", "time", "count", "duration", "days", "dialect", "grid", "limit")
NATURES = ("open", "disputed")
RULE_COLUMNS = ("rule", "family", "title_it", "title_en", "observes")
READING_COLUMNS = ("parameter", "kind", "nature", "readings", "default", "literal", "rules", "title_it", "title_en")


@dataclass(frozen=True, slots=True)
class Rule:
    """One obligation: its id, its family, its title, and the wires a trace must have seen to judge it."""

    id: str
    family: str
    title: Term
    observes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One hole of the text: the readings it admits, what the named profiles say, and the rules it bears on.

    Its nature is `open` where the text is silent, so that the choice is the system's, but one choice; `disputed` where
    the text speaks and can be understood in two ways.
    """

    name: str
    kind: str
    nature: str
    readings: tuple[str, ...]
    default: str
    literal: str
    rules: tuple[str, ...]
    title: Term


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Rules and parameters by id, in the order of their tables."""

    rules: dict[str, Rule]
    parameters: dict[str, Parameter]

    def bearing_on(self, rule: str) -> tuple[str, ...]:
        """The parameters that bear on one rule, in catalogue order."""
        return tuple(name for name, parameter in self.parameters.items() if rule in parameter.rules)


def load_catalogue(folder: Path = FEATURES) -> Catalogue:
    """The catalogue in `folder`; InputError if a table is missing, malformed, or names an unknown rule."""
    rules: dict[str, Rule] = {}
    for place, row in _rows(folder / "rules.csv", RULE_COLUMNS):
        rule_id, family, title_it, title_en, observes = row
        if rule_id in rules or not rule_id.startswith(f"{family}-"):
            raise InputError(place, f"rule {rule_id!r} of family {family!r}", "FAMILY-number, each once")
        rules[rule_id] = Rule(rule_id, family, Term(title_it, title_en), _split(observes))
    parameters: dict[str, Parameter] = {}
    for place, row in _rows(folder / "readings.csv", READING_COLUMNS):
        parameter = _parameter(place, row, rules)
        if parameter.name in parameters:
            raise InputError(place, f"parameter {parameter.name!r} stands twice", "each parameter once")
        parameters[parameter.name] = parameter
    return Catalogue(rules, parameters)


def rules_named(words: Sequence[str]) -> list[str]:
    """The rules that ids and families name, in any case, in the order of the catalogue. InputError with the nearest."""
    rules = catalogue().rules
    rule_ids: set[str] = set()
    for word in words:
        named = {rule.id for rule in rules.values() if word.upper() in (rule.id, rule.family)}
        if not named:
            families = dict.fromkeys(rule.family for rule in rules.values())
            nearest = get_close_matches(word.upper(), [*rules, *families], 1, 0.0)[0]
            allowed = f"{nearest}, or another of {', '.join(families)}"
            raise InputError("--rule", f"{word!r} is no rule and no family", allowed)
        rule_ids |= named
    return [rule for rule in rules if rule in rule_ids]


@cache
def catalogue() -> Catalogue:
    """The project's own catalogue, read once."""
    return load_catalogue()


def _parameter(place: str, row: list[str], rules: dict[str, Rule]) -> Parameter:
    name, kind, nature, readings, default, literal, bears_on = row[:-2]
    if kind not in KINDS:
        raise InputError(f"{place}, kind", f"unknown kind {kind!r}", ", ".join(KINDS))
    if nature not in NATURES:
        raise InputError(f"{place}, nature", f"unknown nature {nature!r}", ", ".join(NATURES))
    for rule in _split(bears_on):
        if rule not in rules:
            raise InputError(f"{place}, rules", f"unknown rule {rule!r}", "the ids of rules.csv")
    title = Term(*row[-2:])
    return Parameter(name, kind, nature, _split(readings), default, literal, _split(bears_on), title)


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[str, list[str]]]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise InputError(str(path), f"cannot be read: {problem}", "a readable UTF-8 file") from problem
    table = csv.reader(text.splitlines())
    if tuple(next(table, [])) != columns:
        raise InputError(f"{path}, line 1", "unexpected header", ",".join(columns))
    for row in table:
        place = f"{path}, line {table.line_num}"
        if len(row) != len(columns):
            raise InputError(place, f"{len(row)} fields", f"{len(columns)} fields")
        yield place, row


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)
