"""Small changes of a trace by hand, of which the tables of the judge's tests are made.

A change alters the events in place and returns the id of the event that a finding of the judge is to name.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.judging.traces import PHONE, SOURCES, Event, find, rome

MOVED, REJECTED, SMS = "appointment.rescheduled", "agent.rejected", "sms.sent"
Mutation = Callable[[list[Event]], str]


def put(events: list[Event], moment: str, kind: str, subject: str, /, **data: Any) -> str:
    """Adds one event and gives its id."""
    event = {"specversion": "1.0", "id": f"planted{len(events)}", "source": SOURCES.get(kind, "/intake"), "type": kind}
    events.append({**event, "subject": subject, "time": rome(moment), "data": data})
    return str(events[-1]["id"])


def unchanged(_: list[Event]) -> str:
    """The good trace as it is."""
    return ""


def change(kind: str, subject: str, /, rank: int = 0, **data: Any) -> Mutation:
    """Gives other data to one event; `move` gives it another time."""

    def apply(events: list[Event]) -> str:
        event = find(events, kind, subject, rank)
        event["data"].update(data)
        return str(event["id"])

    return apply


def move(moment: str, kind: str, subject: str, /, rank: int = 0, **data: Any) -> Mutation:
    def apply(events: list[Event]) -> str:
        event = find(events, kind, subject, rank, **data)
        event["time"] = rome(moment)
        return str(event["id"])

    return apply


def drop(kind: str, subject: str, trigger: tuple[str, str] | tuple[str, str, int], /, **data: Any) -> Mutation:
    """Takes an event out; what is then in evidence is the event that asked for it."""

    def apply(events: list[Event]) -> str:
        events.remove(find(events, kind, subject, **data))
        return str(find(events, *trigger)["id"])

    return apply


def add(moment: str, kind: str, subject: str, /, **data: Any) -> Mutation:
    return lambda events: put(events, moment, kind, subject, **data)


def without(kind: str, order: str, /, **data: Any) -> Mutation:
    """Takes out all events of that kind and order whose data are these."""

    def apply(events: list[Event]) -> str:
        gone = [event for event in events if event["type"] == kind and event.get("subject") == order]
        for event in [event for event in gone if all(event["data"].get(key) == data[key] for key in data)]:
            events.remove(event)
        return ""

    return apply


def all_of(*mutations: Mutation) -> Mutation:
    """Several changes; the last one names the offender."""

    def apply(events: list[Event]) -> str:
        return [mutation(events) for mutation in mutations][-1]

    return apply


def event_of(kind: str, order: str, rank: int = 0) -> Mutation:
    """No change: it names the offender of the changes before it."""
    return lambda events: str(find(events, kind, order, rank)["id"])


def told_first(kind: str, order: str) -> Mutation:
    """Puts an event before all others of its instant."""

    def apply(events: list[Event]) -> str:
        event = find(events, kind, order)
        events.remove(event)
        events.insert(0, event)
        return str(event["id"])

    return apply


def tell(moment: str, order: str, code: str, /, **data: Any) -> Mutation:
    """The operator is notified of a causal."""
    return add(moment, "notification.sent", order, **{"operator": "ALFA", "code": code, "label": "x", **data})


def sms(moment: str, order: str, kind: str, /, **data: Any) -> Mutation:
    text = f"Fissa qui: https://va.alfa.example/s{order}"
    return add(moment, SMS, order, **{"kind": kind, "to": PHONE, "alias": "ALFA", "text": text, **data})


def refused(moment: str, order: str, act: str, reason: str, /, **data: Any) -> Mutation:
    return add(moment, REJECTED, order, **{"channel": "customer", "act": act, "reason": reason, **data})


def registered(offender: str = "order.received", /, **data: Any) -> Mutation:
    def apply(events: list[Event]) -> str:
        find(events, "operator.registered", "ALFA")["data"].update(data)
        return str(find(events, offender, "B1")["id"])

    return apply


def own_texts(kind: str, offender: tuple[str, str], /, **asked: str) -> Mutation:
    """The operator asked for its own, and the messages go on as they were."""

    def apply(events: list[Event]) -> str:
        find(events, "operator.registered", "ALFA")["data"].update(asked)
        return str(find(events, *offender, kind=kind)["id"])

    return apply


def row(order: str, /, **cells: str) -> Mutation:
    def apply(events: list[Event]) -> str:
        deposit = find(events, "csv.deposited", f"/ALFA/{order}.csv")
        deposit["data"]["rows"] = [{**deposit["data"]["rows"][0], **cells}]
        return str(deposit["id"])

    return apply


def engaged_on(moment: str) -> Mutation:
    """Moves the whole engagement of T1, not only its SMS."""

    def apply(events: list[Event]) -> str:
        engagement = find(events, "sms.sent", "T1")
        sent = engagement["time"]
        for event in events:
            if event.get("subject") == "T1" and event["time"] == sent:
                event["time"] = rome(moment)
        return str(engagement["id"])

    return apply


def watched_but_for(wire: str, events: list[Event]) -> None:
    """The recorder says before anything else what it sees: all that it saw, but for one wire."""
    observation = find(events, "trace.observes", "")
    sources = [source for source in observation["data"]["sources"] if source != wire]
    observation["data"] = {**observation["data"], "sources": sources, "until": observation["time"]}
    observation["time"] = rome("2026-03-01 00:00")
