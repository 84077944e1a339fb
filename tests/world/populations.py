"""Worlds in which people live: customers whom chance makes, and ALFA's call centre."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reference_impl.civil_time import parse_instant
from reference_impl.policy import Policy
from sim.doubles import OperatorDirectory
from sim.people.call_centre import CallCentre, CallCentreBehaviour
from sim.people.customers import CUSTOMERS, CustomerBehaviour, Customers, Delay, Mix, person_of
from sim.world import World

TUESDAY = parse_instant("2026-03-03T00:00:00")
ORDERS = [f"ALFA-{number}" for number in range(1, 41)]


def everybody(act: str, after_seconds: int, moves_after: Delay | None = None) -> Mix:
    """A mix in which all customers do the same, at the same distance from their SMS."""
    behaviour = CustomerBehaviour(act, Delay(after_seconds, after_seconds), moves_after)  # type: ignore[arg-type]
    return ((1.0, behaviour),)


def new_world(policy: Policy | None = None, seed: int = 7) -> World:
    world = World(start=TUESDAY, policy=policy or Policy(), seed=seed)
    world.register_operator(operator="ALFA", agent_domain="va.alfa.example", project_codes=["PRJ"])
    return world


def submit(world: World, order: str) -> None:
    """An order whose line is ready at once, for the customer whom chance gives it."""
    world.submit_order(
        order=order,
        operator="ALFA",
        service="VULA_FTTH",
        line_state="LNA",
        project_code="PRJ",
        disaggregated=False,
        pdc_disaggregated=False,
        phone=person_of(world.seed, order).phone,
    )
    world.report_line(order, "CO")


def customers_in(world: World, mix: Mix = CUSTOMERS) -> Customers:
    """Customers who get every SMS of a world at once."""
    customers = Customers(world, mix)
    world.sms_inbox.deliver = customers.receive
    return customers


def centre_in(world: World, behaviour: CallCentreBehaviour | None = None) -> CallCentre:
    """ALFA's call centre, to which every new file is announced."""
    centre = CallCentre(world, OperatorDirectory(world.drop, world.recorder, "ALFA"), behaviour)
    world.drop.deliver = lambda operator, name: centre.file_arrived()
    return centre


def times_of(world: World, type: str) -> list[str]:
    return [str(event["time"]) for event in world.trace if event["type"] == type]


def data_of(world: World, type: str) -> list[Mapping[str, Any]]:
    return [event["data"] for event in world.trace if event["type"] == type and isinstance(event["data"], Mapping)]
