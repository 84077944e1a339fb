"""The shelves: how many stand there, what each rule has, and that each change is a small one."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from reports.judging.catalogue import Parameter, catalogue
from reports.judging.profiles import DIALECT_MEMBERS, declare
from steps import selftest
from steps.plugin import rule_ids
from steps.selftest.strangers import LAWFUL_STRANGERS
from steps.selftest.tribunal import UNSEEN_AT_MOST
from steps.selftest.wrong import WRONG_SYSTEMS

WRONG_AT_LEAST, STRANGERS_AT_LEAST, LONGEST_CHANGE = 150, 40, 10
SHELVES = sorted(Path(str(selftest.__file__)).parent.glob("wrong/*.py"))
DIALECT_VALUES = {
    "separator": {",", "|", "\t"},
    "header": {"True"},
    "encoding": {"cp1252", "utf-8-sig", "iso-8859-1"},
    "line_end": {"lf"},
    "phone_format": {"national"},
}
SEVERAL_VALUES = {"time": 2, "days": 2, "grid": 2}  # kinds without end
WAITS_FOR = ("OP-9", "OP-10", "OP-11")  # rules of the operator that are still to come


def test_the_shelves_are_full() -> None:
    assert len(WRONG_SYSTEMS) >= WRONG_AT_LEAST
    assert len(LAWFUL_STRANGERS) >= STRANGERS_AT_LEAST


def test_every_rule_has_two_wrong_systems() -> None:
    counted = Counter(rule for system in WRONG_SYSTEMS for rule in system.rules)
    assert {rule: counted[rule] for rule in rule_ids() if counted[rule] < 2 and rule not in WAITS_FOR} == {}
    assert set(counted) <= set(rule_ids())


def test_every_system_has_a_name_of_its_own() -> None:
    names = Counter([system.name for system in WRONG_SYSTEMS] + [system.name for system in LAWFUL_STRANGERS])
    assert [name for name, count in names.items() if count > 1] == []


def test_few_are_excused_from_the_judge() -> None:
    assert sum(bool(system.unseen) for system in WRONG_SYSTEMS) <= UNSEEN_AT_MOST


@pytest.mark.parametrize("shelf", SHELVES, ids=lambda path: path.stem)
def test_every_change_is_short(shelf: Path) -> None:
    tree = ast.parse(shelf.read_text(encoding="utf-8"))
    rows = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "wrong"]
    long = [ast.unparse(row.args[1]) for row in rows if (row.end_lineno or 0) - row.lineno >= LONGEST_CHANGE]
    assert long == []


@pytest.mark.parametrize("parameter", catalogue().parameters.values(), ids=lambda parameter: parameter.name)
def test_every_value_of_a_reading_has_a_stranger(parameter: Parameter) -> None:
    """Of the default value every stranger that declares nothing is one."""
    shelf = [stranger.declares for stranger in LAWFUL_STRANGERS]
    declared: list[Any] = [readings[parameter.name] for readings in shelf if parameter.name in readings]
    if parameter.kind == "choice":
        assert {parameter.default, *declared} == set(parameter.readings)
    elif parameter.kind == "count":
        assert {parameter.default, *map(str, declared)} > {"unlimited"}
        assert len(declared) >= len({"unlimited"} - {parameter.default}) + 1
    elif parameter.kind == "dialect":
        for member, values in DIALECT_VALUES.items():
            assert {str(dialect[member]) for dialect in declared if member in dialect} == values, member
    elif parameter.kind in SEVERAL_VALUES:
        assert len(declared) >= SEVERAL_VALUES[parameter.kind]
    else:  # from when on something is late: it tells the judge what to say, and no system how to behave
        assert parameter.kind in ("duration", "limit")


def test_strangers_declare_readings_that_exist() -> None:
    for stranger in LAWFUL_STRANGERS:
        assert declare(stranger.declares, stranger.name).keys() == stranger.declares.keys()


def test_strangers_declare_as_a_profile_file_does_with_what_is_not_said_filled_in() -> None:
    """A dialect of which only the separator is said has all its members by the time that it is judged."""
    dialects = [stranger.profile.readings["csv_dialect"] for stranger in LAWFUL_STRANGERS]
    assert all(isinstance(dialect, Mapping) and dialect.keys() == DIALECT_MEMBERS.keys() for dialect in dialects)
