"""A world in which the model operator has one order, and questions about what happened, answered from the trace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from reference_impl.civil_time import HOUR, parse_instant
from reference_impl.policy import Policy
from sim.operators.in_process_http import live_with_model_operator
from sim.operators.model_operator import ModelOperator
from sim.world import World

TUESDAY = parse_instant("2026-03-03T00:00:00")
PHONE = "+393330000001"
Data = Mapping[str, Any]


def at(text: str) -> int:
    return parse_instant(f"2026-{text}")


def new_world(policy: Policy | None = None, name: str = "w", start: int = TUESDAY) -> World:
    world = World(start=start, policy=policy or Policy(), seed=7, name=name, under_test="operator")
    world.register_operator(
        operator="ALFA", agent_domain="va.alfa.example", project_codes=["PRJ"], delivery_codes=["DLV"]
    )
    return world


@contextmanager
def one_order(world: World, service: str = "VULA_FTTH", **ways: Any) -> Iterator[ModelOperator]:
    """A world with one order whose line is ready at 09:00 of its first day, and the operator living in it."""
    with live_with_model_operator(world, "ALFA", **ways) as operator:
        world.submit_order(**operator.new_order("ALFA-1", service, PHONE))
        world.at(world.start + 9 * HOUR, lambda: world.report_line("ALFA-1", "AC" if service == "ULL" else "CO"))
        yield operator


def data_of_events(world: World, *types: str) -> list[Data]:
    return [dict(data_of(event)) for event in world.trace if event["type"] in types]


def data_of(event: Mapping[str, object]) -> Data:
    data = event["data"]
    assert isinstance(data, Mapping)
    return data


def times_of(world: World, type: str) -> list[str]:
    return [str(event["time"]) for event in world.trace if event["type"] == type]


def codes_of(world: World) -> list[str]:
    return [data["code"] for data in data_of_events(world, "notification.sent")]


def acts_of_operator(world: World) -> list[tuple[str, str | None]]:
    """What the operator did at the Virtual Agent, with the reason where it was refused."""
    kinds = (
        "agent.opened",
        "appointment.confirmed",
        "appointment.rescheduled",
        "appointment.declined",
        "agent.rejected",
    )
    events = [event for event in world.trace if event["type"] in kinds and data_of(event)["channel"] == "operator"]
    return [(str(event["type"]), data_of(event).get("reason")) for event in events]


def customers_link(world: World) -> str:
    link = world.sms_inbox.messages[0].link
    assert link is not None
    return link


def customer_books(world: World, choice: int = 20) -> None:
    link = customers_link(world)
    world.agent.confirm(link, world.agent.offered_slots(link)[choice])


def declines(world: World) -> None:
    world.agent.decline(customers_link(world))
