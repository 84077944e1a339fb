"""Verbs to plant a violation in the events of one world that the features left behind.

A plant changes the events in place and gives the id of the event that the judge then has to name; it gives None where
that world has nothing to change. Nothing here knows a rule or a scenario.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

Event = dict[str, Any]
Events = list[Event]
Plant = Callable[[Events], str | None]
Like = tuple[str, dict[str, Any]]
ROME = ZoneInfo("Europe/Rome")
INSTANT, SECOND, HOUR, DAY = timedelta(0), timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
NOTICE, SMS, FILE, REJECTED = "notification.sent", "sms.sent", "csv.deposited", "agent.rejected"
WIRES = {
    NOTICE: "/notifications",
    SMS: "/sms",
    "contact_policy.started": "/telephone",
    "commercial_service.started": "/commercial",
}


def holds(event: Event, kind: str, /, **data: Any) -> bool:
    """Whether an event is of that type and its data are these: a tuple means one of them, `...` that it is there."""
    values = {name: event["data"].get(name) for name in data}
    return event["type"] == kind and all(
        bool(values[name])
        if expected is ...
        else values[name] in expected
        if isinstance(expected, tuple)
        else values[name] == expected
        for name, expected in data.items()
    )


def find(events: Events, kind: str, /, **data: Any) -> Event | None:
    return next((event for event in events if holds(event, kind, **data)), None)


def of_same_order(events: Events, event: Event) -> Events:
    return [other for other in events if other.get("subject") == event.get("subject")]


def order_of_row(events: Events, deposit: Event) -> Events:
    return [event for event in events if event.get("subject") == deposit["data"]["rows"][0]["order"]]


def at(event: Event) -> datetime:
    return datetime.fromisoformat(event["time"])


def put_at(events: Events, event: Event, moment: datetime) -> str:
    """Gives an event a time and its place: the last of its instant."""
    if event in events:
        events.remove(event)
    event["time"] = moment.astimezone(ROME).isoformat(timespec="milliseconds")
    events.insert(next((index for index, other in enumerate(events) if at(other) > at(event)), len(events)), event)
    return str(event["id"])


def wall(moment: datetime, clock: str, days: int = 0) -> datetime:
    """The instant at which the wall clock shows a time, some civil days later."""
    return datetime.combine(moment.astimezone(ROME).date() + timedelta(days=days), time.fromisoformat(clock), ROME)


def band(moment: datetime, days: int = 9) -> dict[str, str]:
    start = wall(moment, "10:00", days)
    return {"start": start.isoformat(), "end": (start + 2 * HOUR).isoformat()}


def add(events: Events, like: Event, moment: datetime, kind: str, /, **data: Any) -> str:
    """One more event about the order of another one."""
    planted = {**like, "id": "planted", "type": kind, "source": WIRES.get(kind, "/agent"), "data": data}
    return put_at(events, planted, moment)


def change(kind: str, new: dict[str, Any], /, **data: Any) -> Plant:
    """Other data in the first such event."""

    def apply(events: Events) -> str | None:
        event = find(events, kind, **data)
        if event is None:
            return None
        event["data"] |= new
        return str(event["id"])

    return apply


def shift(by: timedelta, kind: str, /, **data: Any) -> Plant:
    """The first such event at another time."""

    def apply(events: Events) -> str | None:
        event = find(events, kind, **data)
        return put_at(events, event, at(event) + by) if event else None

    return apply


def again(by: timedelta, kind: str, /, **data: Any) -> Plant:
    """The first such event once more."""

    def apply(events: Events) -> str | None:
        event = find(events, kind, **data)
        return put_at(events, {**event, "id": "planted"}, at(event) + by) if event else None

    return apply


def drop(kind: str, cause: Like, /, **data: Any) -> Plant:
    """The first such event is not there; in evidence is then the event of its order that asked for it."""

    def apply(events: Events) -> str | None:
        event = find(events, kind, **data)
        cause_event = event and find(of_same_order(events, event), cause[0], **cause[1])
        if event is None or cause_event is None:
            return None
        events.remove(event)
        return str(cause_event["id"])

    return apply


def after(like: Like, by: timedelta, kind: str, /, **data: Any) -> Plant:
    """One more event about the order of the first one like that."""

    def apply(events: Events) -> str | None:
        event = find(events, like[0], **like[1])
        return add(events, event, at(event) + by, kind, **data) if event else None

    return apply


def refused(act: str, reason: str, like: Like) -> Plant:
    """A second after the first event like that, the Virtual Agent turns an act down."""

    def apply(events: Events) -> str | None:
        event = find(events, like[0], **like[1])
        data = {"channel": "customer", "act": act, "reason": reason}
        return add(events, event, at(event) + SECOND, REJECTED, **data, slot=band(at(event))) if event else None

    return apply


def routed(flow: str, was: str, /, **received: Any) -> Plant:
    """An order that is such goes another way than it went."""

    def apply(events: Events) -> str | None:
        orders = {event["subject"] for event in events if holds(event, "order.received", **received)}
        ways = [event for event in events if holds(event, "order.routed", flow=was) and event["subject"] in orders]
        if not ways:
            return None
        ways[0]["data"]["flow"] = flow
        return str(ways[0]["id"])

    return apply


def served(kind: str, new: dict[str, Any]) -> Plant:
    """Something about an order of the service, or its operator, that keeps orders out."""

    def apply(events: Events) -> str | None:
        way = find(events, "order.routed", flow="service")
        received = way and find(of_same_order(events, way), "order.received")
        about = received if kind == "order.received" else find(events, kind)
        if about is None or received is None:
            return None
        about["data"] |= new
        return str(received["id"])

    return apply


def in_a_row(new: dict[str, str]) -> Plant:
    """Other cells in the first row of the first file."""

    def apply(events: Events) -> str | None:
        deposit = find(events, FILE)
        if deposit is None:
            return None
        first, *rest = deposit["data"]["rows"]
        deposit["data"]["rows"] = [{**first, **new}, *rest]
        return str(deposit["id"])

    return apply


def on_its_day(clock: str, kind: str, /, sunday: bool = False, **data: Any) -> Plant:
    """The first such event at another time of its day, or of the Sunday of its week."""

    def apply(events: Events) -> str | None:
        event = find(events, kind, **data)
        days = 6 - at(event).weekday() if event and sunday else 0
        return put_at(events, event, wall(at(event), clock, days)) if event else None

    return apply


def on_the_eve(clock: str, kind: str, slot: str, /, **data: Any) -> Plant:
    """The first such event at a time of the eve of the appointment that its member `slot` names."""

    def apply(events: Events) -> str | None:
        event = find(events, kind, **data)
        return (
            put_at(events, event, wall(datetime.fromisoformat(event["data"][slot]["start"]), clock, -1))
            if event
            else None
        )

    return apply
