"""What customers ask of a call centre: whether anything came of it, and whether anything could."""

from __future__ import annotations

from typing import Any

import pytest

from sim.validation.actions import DECLINE, MOVE, Errand, undone

Event = dict[str, Any]


def event(kind: str, order: str = "A-1", operator: str = "ALFA", **data: object) -> Event:
    return {"type": kind, "subject": order, "data": {"operator": operator, **data}}


def act(kind: str, channel: str = "operator") -> Event:
    return event(f"appointment.{kind}", channel=channel)


def refused(kind: str, channel: str = "operator") -> Event:
    return event("agent.rejected", act=kind, channel=channel)


def row(order: str = "A-1", operator: str = "ALFA") -> Event:
    return event("csv.deposited", "/ALFA/1.csv", operator, rows=[{"order": order}])


@pytest.mark.parametrize(
    ("what", "trace", "is_left"),
    [
        (MOVE, [row(), act("confirmed")], True),
        (MOVE, [row(), act("confirmed", "customer"), act("rescheduled", "customer")], True),
        (MOVE, [row(), act("confirmed"), refused("confirm")], True),
        (MOVE, [row(), act("confirmed"), refused("reschedule", "customer")], True),
        (MOVE, [row(), act("confirmed"), act("rescheduled")], False),
        (MOVE, [row(), act("confirmed"), refused("reschedule")], False),
        (MOVE, [row()], False),
        (MOVE, [act("confirmed")], False),
        (MOVE, [row(), act("confirmed"), event("order.cancelled")], False),
        (DECLINE, [row()], True),
        (DECLINE, [row(), act("confirmed")], True),
        (DECLINE, [row(), act("declined")], False),
        (DECLINE, [row(), refused("decline")], False),
        (DECLINE, [row(), act("declined", "customer")], False),
        (DECLINE, [row(), act("confirmed", "customer")], False),
        (DECLINE, [], False),
        (DECLINE, [row("A-2")], False),
        (DECLINE, [row(operator="BETA")], False),
        (DECLINE, [row(), event("appointment.declined", operator="BETA", channel="operator")], True),
        (DECLINE, [row(), event("order.cancelled")], False),
    ],
)
def test_an_errand_is_left_where_it_could_be_done_and_was_not(what: str, trace: list[Event], is_left: bool) -> None:
    asked = Errand(what, "A-1")
    assert list(undone(trace, "ALFA", [asked])) == [asked] * is_left
