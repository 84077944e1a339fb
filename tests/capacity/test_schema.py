"""The documented keys of a scenario are those that are read, neither more nor fewer."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from sim.capacity.errors import ScenarioError
from tests.capacity.cases import scenario, values
from tests.places import ROOT

PAGE = ROOT / "docs" / "scenario.md"
HEADING = re.compile(r"### (.+)\n((?:\|.*\n)+)")
KEYS = re.compile(r"`([A-Za-z_]+)`")
CALLED: Mapping[str, object] = {"agents": 1, "reached_per_attempt": 0.5}
OPERATOR: Mapping[str, object] = {"name": "ALFA", "orders_per_year": 9, "services": {"ULL": 1}, "call_centre": CALLED}
# A place in the scenario for each table, where a key that does not exist is put.
PLACES: Mapping[str, tuple[str, ...]] = {
    "top of the file": (),
    "title": ("title",),
    "horizon": ("horizon",),
    "arrivals": ("arrivals",),
    "arrivals.surges": ("arrivals", "surges", "0"),
    "arrivals.recorded": ("arrivals", "recorded"),
    "opening": ("opening",),
    "operators": ("operators", "0"),
    "operators.call_centre": ("operators", "0", "call_centre"),
    "line_ready.copper": ("line_ready", "copper"),
    "line_ready.nga": ("line_ready", "nga"),
    "territories": ("territories",),
    "territories.NAME": ("territories", "lazio"),
    "technicians": ("technicians",),
    "sms": ("sms",),
    "notifications": ("notifications",),
    "deposits": ("deposits",),
    "customers": ("customers",),
    "sample": ("sample",),
    "service_level": ("service_level",),
    "costs": ("costs",),
    "assumptions": ("assumptions", "0"),
}


def documented() -> dict[str, list[str]]:
    """The keys of each table, as the page names them."""
    keys_of: dict[str, list[str]] = {}
    for names, table in HEADING.findall(PAGE.read_text("utf-8")):
        rows = [line.split("|")[1] for line in table.splitlines()[2:]]
        for name in names.split(", "):
            keys_of[name] = [key for cell in rows for key in KEYS.findall(cell)]
    return keys_of


def with_every_table() -> dict[str, Any]:
    """A scenario in which every table stands."""
    day = date(2026, 3, 2)
    return values(
        operators=[copy.deepcopy(dict(OPERATOR))],
        title={"it": "Prova"},
        arrivals={"surges": [{"from": day, "until": day, "factor": 2}]},
        technicians={"absence": 0.1},
        deposits={"cadence": "table"},
        service_level={"days": 7},
        costs={"sms": 1},
        assumptions=[{"about": "sms.*", "text": "invented"}],
    )


def allowed_at(place: tuple[str, ...]) -> set[str]:
    """The keys that the error of an unknown key names."""
    scenario_values = with_every_table()
    if place[-1:] == ("recorded",):
        scenario_values["arrivals"] = {"recorded": {"file": "none.csv"}}
    if place == ("opening",):
        scenario_values["opening"] = {"orders": "none.csv"}
    table: Any = scenario_values
    for name in place:
        table = table[int(name) if name.isdecimal() else name]
    table["no_such_key"] = 1
    with pytest.raises(ScenarioError) as raised:
        scenario_of(scenario_values)
    assert raised.value.key == "no_such_key"
    return set(raised.value.allowed.partition("the keys are ")[2].split(", "))


def scenario_of(made: dict[str, Any]) -> object:
    return scenario(**made)


def test_the_page_names_every_table() -> None:
    assert set(documented()) == {*PLACES, "slots"}


@pytest.mark.parametrize("name", PLACES)
def test_the_page_names_every_key_of_a_table(name: str) -> None:
    keys = set(documented()[name])
    if name == "territories":
        keys = keys - {"NAME"} | {"lazio"}
    if name == "territories.NAME":
        keys -= {"sat", "sun"}  # the grid of this scenario has no week-end
    assert keys == allowed_at(PLACES[name])


def test_a_wrong_kind_in_any_key_names_file_table_and_key() -> None:
    for name, keys in documented().items():
        if name in ("top of the file", "slots", "arrivals.recorded", "opening"):
            continue
        for key in keys:
            scenario_values = with_every_table()
            table: Any = scenario_values
            for part in PLACES[name]:
                table = table[int(part) if part.isdecimal() else part]
            if key in ("NAME", "sat", "sun"):
                continue
            table[key] = object()
            with pytest.raises(ScenarioError) as raised:
                scenario_of(scenario_values)
            assert str(raised.value).startswith("small.toml: [")
            assert raised.value.key.startswith(key), (name, key)
