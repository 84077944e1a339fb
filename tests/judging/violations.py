"""One planted violation, at least, for every rule of the service, each a small change of the good trace.

What lives here: the table of mutations. A mutation changes the events in place and gives the id of the offending one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.judging.traces import SOURCES, Event, band, find, rome

CONFIRM = "appointment.confirmed"
Mutation = Callable[[list[Event]], str]


def put(events: list[Event], moment: str, kind: str, subject: str, /, **data: Any) -> str:
    """Adds one event and gives its id."""
    event = {"specversion": "1.0", "id": f"planted{len(events)}", "source": SOURCES.get(kind, "/intake"), "type": kind}
    events.append({**event, "subject": subject, "time": rome(moment), "data": data})
    return str(events[-1]["id"])


def say(events: list[Event], moment: str, order: str, code: str) -> str:
    return put(events, moment, "notification.sent", order, operator="ALFA", code=code, label="x")


def change(kind: str, subject: str, /, rank: int = 0, **data: Any) -> Mutation:
    """Gives other data to one event; `before` and `after` the event's own time are for `move`."""

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


def tell(moment: str, order: str, code: str) -> Mutation:
    return lambda events: say(events, moment, order, code)


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


def before_june_2020(events: list[Event]) -> str:
    for event in events:
        if event["type"] == "operator.registered":
            event["time"] = rome("2020-05-01 08:00")
    received, routed = find(events, "order.received", "B1"), find(events, "order.routed", "B1")
    received["time"], routed["time"] = rome("2020-05-31 23:59:59"), rome("2020-05-31 23:59:59")
    return str(received["id"])


def engaged_on(moment: str) -> Mutation:
    """Moves the whole engagement of T1, not only its SMS."""

    def apply(events: list[Event]) -> str:
        sms = find(events, "sms.sent", "T1")
        sent = sms["time"]
        for event in events:
            if event.get("subject") == "T1" and event["time"] == sent:
                event["time"] = rome(moment)
        return str(sms["id"])

    return apply


def capacity_of_none(events: list[Event]) -> str:
    find(events, "slots.published", "")["data"]["capacity"] = 0
    return str(find(events, CONFIRM, "B2")["id"])


def no_free_slot(events: list[Event]) -> str:
    """The slot that B1 left is told to be taken."""
    events.remove(find(events, "visit.started", "B2"))
    rejected = {"channel": "customer", "act": "confirm", "reason": "slot_taken", "slot": band("2026-03-10")}
    return put(events, "2026-03-04 10:00", "agent.rejected", "T1", **rejected)


VIOLATIONS: list[tuple[str, str, Mutation]] = [
    ("ELIG-1", "VULA_FTTH", change("order.received", "B1", activity="cessation")),
    ("ELIG-2", "VULA_FTTH", change("order.received", "B1", line_state="LA")),
    ("ELIG-3", "VULA_FTTH", registered(regulated_access=False)),
    ("ELIG-4", "VULA_FTTH", registered(uses_4th_referent=False)),
    ("ELIG-5", "VULA_FTTH", change("order.received", "B1", project_code="PRJ-BETA")),
    ("ELIG-6", "VULA_FTTH", change("order.routed", "N1", flow="service")),
    ("ELIG-7", "VULA_FTTH", before_june_2020),
    ("ROUTE-1", "VULA_FTTH", add("2026-03-03 11:00", "contact_policy.started", "B1", attempt=1)),
    ("ROUTE-2", "VULA_FTTH", add("2026-03-03 11:00", "commercial_service.started", "B1", name="rendez_vous")),
    ("ROUTE-2", "ULL", add("2026-03-03 11:00", "commercial_service.started", "B1", name="rendez_vous_2")),
    ("ROUTE-3", "VULA_FTTH", add("2026-03-03 11:00", "commercial_service.started", "B1", name="sms_di_cortesia")),
    ("ROUTE-4", "VULA_FTTH", add("2026-03-03 11:00", "commercial_service.started", "B1", name="info_care")),
    ("ROUTE-5", "ULL", change("order.routed", "B1", flow="disaggregated")),
    ("ROUTE-6", "ULL", change("order.routed", "D1", flow="service")),
    ("ROUTE-6", "ULL", tell("2026-03-03 11:00", "D1", "Z18")),
    ("ROUTE-7", "VULA_FTTH", change("order.received", "B1", document="<wrong/>")),
    ("ROUTE-7", "VULA_FTTH", change("order.received", "B1", document="not XML")),
    ("ROUTE-8", "VULA_FTTH", change("order.routed", "B1", flow="ordinary")),
    ("SMS-1", "VULA_FTTH", change("sms.sent", "B1", text="without a link")),
    ("SMS-1", "ULL", drop("sms.sent", "T1", ("notification.sent", "T1"), kind="engagement")),
    ("SMS-1", "ULL", change("sms.sent", "B1", to="+393330000000")),
    ("SMS-2", "VULA_FTTH", drop("notification.sent", "T1", ("sms.sent", "T1"), code="CO")),
    ("SMS-2", "ULL", drop("notification.sent", "T1", ("sms.sent", "T1"), code="AC")),
    ("SMS-3", "VULA_FTTH", engaged_on("2026-03-08 10:00")),
    ("SMS-4", "VULA_FTTH", engaged_on("2026-03-03 06:59:59")),
    ("SMS-4", "VULA_FTTH", engaged_on("2026-03-03 20:00:01")),
    ("SMS-5", "ULL", own_texts("engagement", ("sms.sent", "B1"), engagement_text="Alfa: {link}")),
    ("SMS-6", "ULL", own_texts("engagement", ("sms.sent", "B1"), engagement_alias="ALFATEL")),
    ("SMS-6", "ULL", change("sms.sent", "B1", alias="ALFATELEFONO")),
    ("CSV-1", "ULL", change("csv.deposited", "/ALFA/B2.csv", path="/ALFA/B1.csv")),
    ("CSV-2", "ULL", row("B1", phone="+393330000000")),
    ("CSV-2", "ULL", row("B1", link="nowhere")),
    ("CSV-2", "ULL", row("B1", order="T1")),
    ("CSV-3", "ULL", row("B1", date="31/02/2026")),
    ("CSV-3", "ULL", row("B1", date="2026-03-03")),
    ("CSV-3", "ULL", row("B1", date="04/03/2026")),
    ("CSV-4", "VULA_FTTH", move("2026-03-03 15:00:00.001", "csv.deposited", "/ALFA/T1.csv")),
    ("CSV-4", "VULA_FTTH", drop("csv.deposited", "/ALFA/B2.csv", ("sms.sent", "B2"))),
    (
        "CSV-5",
        "ULL",
        add("2026-03-03 14:59", "agent.rejected", "T1", channel="operator", act="open", reason="unknown_link"),
    ),
    (
        "CSV-5",
        "ULL",
        add("2026-03-03 16:30", "agent.opened", "T1", channel="operator", link="https://va.alfa.example/cB2"),
    ),
    ("UNR-1", "VULA_FTTH", tell("2026-03-03 10:05", "T1", "W08")),
    ("UNR-1", "VULA_FTTH", drop("notification.sent", "T1", ("sms.sent", "T1"), code="W08")),
    ("UNR-2", "ULL", move("2026-03-03 09:59", "notification.sent", "T1", code="Z18")),
    ("UNR-2", "VULA_FTTH", move("2026-03-03 16:30", "notification.sent", "B2", code="W08")),
    ("UNR-3", "VULA_FTTH", move("2026-03-03 10:00:01", "sla.suspended", "T1")),
    ("UNR-3", "VULA_FTTH", move("2026-03-12 10:00:01", "sla.resumed", "B1")),
    ("LINK-1", "ULL", row("B1", link="https://va.beta.example/x")),
    ("LINK-2", "ULL", registered("sms.sent", rendez_vous_domain="rv.alfa.example")),
    ("LINK-3", "ULL", drop(CONFIRM, "B2", ("visit.started", "B2"))),
    (
        "LINK-4",
        "ULL",
        add("2026-03-03 14:59", "agent.rejected", "T1", channel="operator", act="open", reason="unknown_link"),
    ),
    ("BOOK-1", "ULL", move("2026-03-06 00:00", CONFIRM, "B2")),
    (
        "BOOK-1",
        "ULL",
        add("2026-03-05 23:59:59", "agent.rejected", "T1", channel="customer", act="confirm", reason="term_over"),
    ),
    ("BOOK-2", "ULL", tell("2026-03-03 16:30", "B2", "PA")),
    ("BOOK-2", "VULA_FTTH", move("2026-03-03 15:59:59", "notification.sent", "B2", code="W09")),
    ("BOOK-2", "VULA_FTTH", drop("notification.sent", "B2", (CONFIRM, "B2"), code="W09")),
    ("BOOK-3", "ULL", change("visit.started", "B2", slot=band("2026-03-11", 14))),
    ("BOOK-3", "ULL", drop("visit.started", "B2", (CONFIRM, "B2"))),
    ("BOOK-4", "ULL", move("2026-03-06 00:00", CONFIRM, "B2")),
    ("REM-1", "ULL", move("2026-03-10 18:00:01", "sms.sent", "B2", kind="reminder")),
    ("REM-1", "ULL", drop("sms.sent", "B2", (CONFIRM, "B2"), kind="reminder")),
    ("REM-1", "ULL", change("sms.sent", "B2", rank=1, to="+393330000000")),
    ("REM-2", "ULL", own_texts("reminder", ("sms.sent", "B2"), reminder_text="Il {date} {band}")),
    ("REM-3", "ULL", own_texts("reminder", ("sms.sent", "B2"), reminder_alias="ALFATEL")),
    ("REM-4", "ULL", drop("sms.sent", "B1", ("appointment.rescheduled", "B1"), kind="reminder")),
    ("OUT-1", "ULL", tell("2026-03-06 09:00", "T1", "Z36")),
    ("OUT-1", "ULL", drop("notification.sent", "T1", ("order.handed_back", "T1"), code="Z36")),
    ("OUT-2", "ULL", move("2026-03-05 23:59:59", "notification.sent", "T1", code="Z36")),
    ("OUT-2", "ULL", tell("2026-03-06 09:00", "B2", "Z36")),
    ("OUT-3", "ULL", drop("order.handed_back", "T1", ("notification.sent", "T1", 2))),
    ("RACE-1", "ULL", add("2026-03-03 16:00", CONFIRM, "B2", channel="operator", slot=band("2026-03-12"))),
    ("RACE-2", "ULL", add("2026-03-03 16:00", CONFIRM, "B2", channel="operator", slot=band("2026-03-12"))),
    (
        "RES-1",
        "ULL",
        add("2026-03-04 10:00", "agent.rejected", "B2", channel="operator", act="reschedule", reason="closed"),
    ),
    (
        "RES-2",
        "ULL",
        add(
            "2026-03-04 10:00",
            "agent.rejected",
            "B2",
            channel="customer",
            act="reschedule",
            reason="slot_not_offered",
            slot=band("2026-03-09"),
        ),
    ),
    ("RES-3", "ULL", move("2026-03-09 18:00:00.001", "appointment.rescheduled", "B1")),
    (
        "RES-3",
        "ULL",
        add("2026-03-10 18:00", "agent.rejected", "B2", channel="customer", act="reschedule", reason="cutoff_passed"),
    ),
    ("RES-4", "ULL", change("visit.started", "B1", slot=band("2026-03-10"))),
    ("RES-4", "ULL", no_free_slot),
    ("REF-1", "ULL", add("2026-03-04 10:00", "appointment.declined", "B2", channel="customer")),
    ("REF-2", "ULL", tell("2026-03-06 00:00", "R1", "Z36")),
    ("REF-2", "VULA_FTTH", drop("notification.sent", "R1", ("appointment.declined", "R1"), code="W24")),
    ("REF-3", "ULL", add("2026-03-04 10:00", CONFIRM, "R1", channel="operator", slot=band("2026-03-12"))),
    ("INV-1", "ULL", tell("2026-03-03 11:00", "T1", "W08")),
    ("INV-1", "VULA_FTTH", tell("2026-03-03 11:00", "T1", "PA")),
    ("INV-2", "ULL", tell("2026-03-06 09:00", "B2", "Z36")),
    ("INV-3", "ULL", tell("2026-03-03 11:00", "N1", "Z18")),
    ("INV-4", "ULL", tell("2026-03-06 09:00", "B2", "Z36")),
    ("INV-5", "ULL", tell("2026-03-06 09:00", "NOBODY", "Z36")),
    ("INV-6", "ULL", capacity_of_none),
]
