"""The fixtures that operators use in their own tests: a world for each, and nothing left of it for the next."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest
from freezegun import freeze_time

from tests.places import ROOT

if TYPE_CHECKING:
    from sim.validation.pytest_plugin import AppuntamentoWorld

PLUGIN = "sim.validation.pytest_plugin"
pytest_plugins = (PLUGIN,)


def engaged(world: AppuntamentoWorld) -> list[str]:
    """The codes that ALFA is told of once its first order is engaged."""
    order = {"order": "A-1", "operator": "ALFA", "service": "VULA_FTTH", "line_state": "LNA"}
    world.ask(
        "POST", "/_sandbox/orders", {**order, "project_code": world.facts["project_code"], "phone": "+393331234567"}
    )
    world.ask("POST", "/_sandbox/orders/A-1/line", {"code": "CO"})
    world.ask("POST", "/_sandbox/clock", {"advance": "1 h"})
    return [notice["code"] for notice in world.ask("GET", "/_sandbox/notifications")["notifications"]]


@pytest.mark.parametrize("time", ["first", "second"])
def test_each_test_has_a_world_of_its_own(appuntamento_world: AppuntamentoWorld, time: str) -> None:
    assert engaged(appuntamento_world) == ["CO", "W08"], f"the {time} test finds no order of the other"


def test_a_test_that_freezes_the_wall_clock_leaves_the_sandbox_alone(appuntamento_world: AppuntamentoWorld) -> None:
    with freeze_time("2030-01-01"):
        assert appuntamento_world.ask("GET", "/_sandbox/operators/ALFA")["operator"] == "ALFA"
    assert engaged(appuntamento_world) == ["CO", "W08"]


def test_worlds_are_in_the_sandbox_of_the_session(
    appuntamento_sandbox: str, appuntamento_world: AppuntamentoWorld
) -> None:
    assert appuntamento_world.url.startswith(f"{appuntamento_sandbox}/worlds/")
    appuntamento_world.notify("http://127.0.0.1:9/")
    assert appuntamento_world.ask("GET", "/_sandbox/operators/ALFA")["endpoint"] == "http://127.0.0.1:9/"


def test_pytest_finds_the_plugin_by_its_entry_point() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert declared["project"]["entry-points"]["pytest11"] == {"appuntamento": PLUGIN}
