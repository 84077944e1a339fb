"""The changes of one order's life that the tables of this folder are made of.

A row has the rule, the order of the good trace that is left alone in it, what is changed, and what the judge says: a
verdict with the number of occasions, `PASS 1`, and behind a colon pieces of what a finding says, where it matters.
Of several orders one would cover for another.
"""

from __future__ import annotations

from tests.judging.changes import Mutation, add, move, refused, without
from tests.judging.traces import Event, band, rome

CONFIRM, MOVED, DECLINED = "appointment.confirmed", "appointment.rescheduled", "appointment.declined"
BACK, VISIT, CANCELLED = "order.handed_back", "visit.started", "order.cancelled"
TERM_END = "2026-03-06 00:00"
Row = tuple[str, str, Mutation, str]
RowUnder = tuple[str, str, Mutation, dict[str, object], str]  # and the readings that are declared


def cancel(order: str, moment: str) -> Mutation:
    return add(moment, CANCELLED, order, reason="ripensamento")


def confirm(order: str, moment: str, day: str = "2026-03-11", channel: str = "customer") -> Mutation:
    return add(moment, CONFIRM, order, channel=channel, slot=band(day))


def denied(order: str, moment: str, day: str = "2026-03-11", channel: str = "customer") -> Mutation:
    """The Virtual Agent says that it is booked."""
    return refused(moment, order, "confirm", "already_booked", channel=channel, slot=band(day))


def decline(order: str, moment: str, channel: str = "customer") -> Mutation:
    return add(moment, DECLINED, order, channel=channel)


def back(order: str, moment: str, reason: str = "timeout") -> Mutation:
    return add(moment, BACK, order, reason=reason)


def untold(order: str, code: str) -> Mutation:
    return without("notification.sent", order, code=code)


def seen_until(moment: str) -> Mutation:
    """Nobody looks any longer."""
    return move(moment, "trace.observes", "")


def ends_at(moment: str) -> Mutation:
    """The recording ends, and with it what it tells."""

    def apply(events: list[Event]) -> str:
        seen_until(moment)(events)
        events[:] = [event for event in events if event["time"] <= rome(moment)]
        return ""

    return apply
