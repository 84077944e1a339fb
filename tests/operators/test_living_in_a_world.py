"""Any operator's system can run in a world. Only while it runs, its clock and its wires are those of the world."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from sim.operators.in_process_http import live_with_model_operator, live_with_operator
from tests.operators.lived import PHONE, Data, at, data_of_events, new_world, one_order

ORDER: Data = {
    "service": "VULA_FTTH",
    "line_state": "LNA",
    "project_code": "PRJ",
    "disaggregated": False,
    "pdc_disaggregated": False,
    "phone": PHONE,
}


def test_after_its_life_the_wall_clock_and_the_wires_are_as_before() -> None:
    world = new_world()
    with one_order(world):
        world.run_until(at("03-03T09:00:00"))
        assert datetime.now(UTC).timestamp() * 1000 == world.now
    assert world.endpoint.deliver is None
    assert datetime.now(UTC).timestamp() * 1000 != world.now
    world.run_until(at("03-09T00:00:00"))
    assert data_of_events(world, "csv.fetched") == []


def test_notifications_to_other_operators_go_their_own_way() -> None:
    world, elsewhere = new_world(), list[str]()
    world.endpoint.deliver = lambda notification, event_id: elsewhere.append(notification.operator)
    world.register_operator(operator="BETA", agent_domain="va.beta.example", project_codes=["PRJ-B"])
    with live_with_model_operator(world, "ALFA") as operator:
        members = operator.new_order("BETA-1", "VULA_FTTH", PHONE)
        world.submit_order(**members | {"operator": "BETA", "project_code": "PRJ-B"})
        world.report_line("BETA-1", "CO")
        world.run_until(at("03-03T08:00:00"))
    assert elsewhere == ["BETA", "BETA"]
    assert data_of_events(world, "notification.answered") == []


class DeafOperator:
    """A system that breaks on every notification."""

    def handle(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        return 500, b"out of order"

    def poll(self) -> None:
        """Read nothing."""

    def act(self) -> None:
        """Do nothing."""


def test_any_operator_system_can_live_in_a_world_a_wrong_one_too() -> None:
    world = new_world()
    with live_with_operator(world, "ALFA", DeafOperator()):
        world.submit_order(operator="ALFA", order="A-1", **ORDER)
        world.report_line("A-1", "CO")
        world.run_until(at("03-03T08:00:00"))
    assert {data["status"] for data in data_of_events(world, "notification.answered")} == {500}


def test_an_operator_that_is_not_registered_cannot_live_in_a_world() -> None:
    with pytest.raises(ValueError, match="'GAMMA' is not registered"), live_with_model_operator(new_world(), "GAMMA"):
        pass
