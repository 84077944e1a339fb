"""Traces right and wrong for property tests: small worlds with events dropped, doubled, moved in time or changed.

What lives here: bases and changes. It must not know the judge.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from hypothesis import strategies as st

from tests.judging.lives import COPPER, NGA, Life
from tests.judging.traces import Event, band

DELAYS = (
    timedelta(milliseconds=1), timedelta(minutes=2), timedelta(hours=1), timedelta(hours=9), timedelta(days=1),
    timedelta(days=3), timedelta(days=9), timedelta(days=35),
)  # fmt: skip
MEMBERS: dict[str, tuple[Any, ...]] = {
    "code": ("CO", "AC", "W08", "W09", "W24", "Z18", "PA", "Z36"),
    "slot": (band("2026-03-10"), band("2026-03-12"), band("2026-03-12", 8)),
    "channel": ("customer", "operator"),
    "reason": ("already_booked", "slot_taken", "term_over", "closed", "not_booked", "unknown_link"),
    "flow": ("service", "ordinary", "disaggregated"),
    "act": ("confirm", "reschedule", "decline", "open"),
    "phone": ("+393331234567", "+390612345678"),
    "kind": ("engagement", "reminder"),
    "cause": ("appointment", "booking"),
}
KINDS = (
    "notification.sent", "visit.started", "appointment.confirmed", "appointment.declined", "order.cancelled",
    "order.handed_back", "contact_policy.started", "sla.resumed", "appointment.rescheduled", "agent.rejected",
)  # fmt: skip
WIRES = ("/intake", "/notifications", "/sms", "/sftp", "/agent", "/field", "/telephone", "/sla")


def _booked(service: str) -> Life:
    life = Life(service).ready("2026-03-03 10:00").confirm("2026-03-03 16:00", "2026-03-10 10:00")
    return life.reschedule("2026-03-04 09:00", "2026-03-12 10:00", "operator").until("2026-03-13 00:00")


def _refused(service: str) -> Life:
    return Life(service).ready("2026-03-03 10:00").decline("2026-03-03 17:00").until("2026-03-08 00:00")


def _timed_out(service: str) -> Life:
    return Life(service).ready("2026-03-07 19:30").until("2026-03-13 00:00")


def _cancelled(service: str) -> Life:
    life = Life(service).ready("2026-03-03 10:00").confirm("2026-03-03 12:00", "2026-03-10 10:00")
    return life.cancel("2026-03-04 10:00").until("2026-03-12 00:00")


BASES: list[list[Event]] = [
    list(live(service).trace) for live in (_booked, _refused, _timed_out, _cancelled) for service in (NGA, COPPER)
]


class Change(NamedTuple):
    """One change of a trace: which, at which event, and with what."""

    name: str
    place: int
    amount: int


def _new_id(events: list[Event], event: Event) -> str:
    taken = {known_event["id"] for known_event in events}
    return next(name for number in range(len(taken) + 1) if (name := f"{event['id']}-{number}") not in taken)


def _drop(events: list[Event], event: Event, amount: int) -> None:
    events.remove(event)


def _double(events: list[Event], event: Event, amount: int) -> None:
    events.append({**deepcopy(event), "id": _new_id(events, event)})
    _delay(events, events[-1], amount)


def _delay(events: list[Event], event: Event, amount: int) -> None:
    moment = datetime.fromisoformat(event["time"]) + DELAYS[amount % len(DELAYS)]
    event["time"] = moment.isoformat(timespec="milliseconds")


def _hasten(events: list[Event], event: Event, amount: int) -> None:
    moment = datetime.fromisoformat(event["time"]) - DELAYS[amount % len(DELAYS)]
    event["time"] = moment.isoformat(timespec="milliseconds")


def _swap(events: list[Event], event: Event, amount: int) -> None:
    other = events[amount % len(events)]
    event["time"], other["time"] = other["time"], event["time"]


def _say_otherwise(events: list[Event], event: Event, amount: int) -> None:
    known = [member for member in MEMBERS if member in event["data"]]
    if known:
        member = known[amount % len(known)]
        event["data"][member] = MEMBERS[member][amount % len(MEMBERS[member])]


def _stop(events: list[Event], event: Event, amount: int) -> None:
    """The operator cancels the order at that event."""
    if event.get("subject") and event["source"] != "/sftp" and event["type"] != "operator.registered":
        stopped = {**event, "id": _new_id(events, event), "type": "order.cancelled", "source": "/intake"}
        events.append({**stopped, "data": {"reason": "operator"}})


def _observe(events: list[Event], event: Event, amount: int) -> None:
    """The recording says at that event what it sees: fewer wires, or not all the time. Of what is to come it says
    nothing: a trace that is cut after such a word would say that it saw what it does not have."""
    now = datetime.fromisoformat(event["time"])
    times = sorted((other["time"] for other in events), key=datetime.fromisoformat)
    past = [moment for moment in times if datetime.fromisoformat(moment) <= now]
    wires = [wire for place, wire in enumerate(WIRES) if not amount >> place & 1]
    span = {"from": times[amount * 7 % len(times)]} if amount % 3 else {}
    span |= {"until": past[amount * 5 % len(past)]} if amount % 2 else {}
    observation = {"id": _new_id(events, event), "time": event["time"], "type": "trace.observes", "source": "/trace"}
    events.append({**observation, "specversion": "1.0", "data": {"sources": wires, **span}})


CHANGES: dict[str, Callable[[list[Event], Event, int], None]] = {
    "drop": _drop,
    "double": _double,
    "delay": _delay,
    "hasten": _hasten,
    "swap": _swap,
    "otherwise": _say_otherwise,
    "stop": _stop,
    "observe": _observe,
}


def changed(base: list[Event], changes: list[Change]) -> list[Event]:
    """The trace with these changes, in order of time; without what it says of its observation."""
    events = [deepcopy(event) for event in base if event["type"] != "trace.observes"]
    for change in changes:
        CHANGES[change.name](events, events[change.place % len(events)], change.amount)
    return sorted(events, key=lambda event: datetime.fromisoformat(event["time"]))


CHANGE = st.builds(Change, st.sampled_from(sorted(CHANGES)), st.integers(0, 80), st.integers(0, 80))
TRACES = st.builds(changed, st.sampled_from(BASES), st.lists(CHANGE, max_size=4))
