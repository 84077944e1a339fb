"""One planted violation, at least, for every rule of the service, each a small change of the good trace.

What lives here: the table of mutations. A mutation changes the events in place and gives the id of the offending one.
"""

from __future__ import annotations

from tests.judging.changes import (
    Mutation,
    add,
    change,
    drop,
    engaged_on,
    move,
    own_texts,
    put,
    refused,
    registered,
    row,
    tell,
)
from tests.judging.traces import Event, band, find, rome

CONFIRM = "appointment.confirmed"


def before_june_2020(events: list[Event]) -> str:
    for event in events:
        if event["type"] == "operator.registered":
            event["time"] = rome("2020-05-01 08:00")
    received, routed = find(events, "order.received", "B1"), find(events, "order.routed", "B1")
    received["time"], routed["time"] = rome("2020-05-31 23:59:59"), rome("2020-05-31 23:59:59")
    return str(received["id"])


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
    ("CSV-5", "ULL", refused("2026-03-03 14:59", "T1", "open", "unknown_link", channel="operator")),
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
    ("LINK-4", "ULL", refused("2026-03-03 14:59", "T1", "open", "unknown_link", channel="operator")),
    ("BOOK-1", "ULL", move("2026-03-06 00:00", CONFIRM, "B2")),
    ("BOOK-1", "ULL", refused("2026-03-05 23:59:59", "T1", "confirm", "term_over")),
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
    ("RES-1", "ULL", refused("2026-03-04 10:00", "B2", "reschedule", "closed", channel="operator")),
    ("RES-2", "ULL", refused("2026-03-04 10:00", "B2", "reschedule", "slot_not_offered", slot=band("2026-03-09"))),
    ("RES-3", "ULL", move("2026-03-09 18:00:00.001", "appointment.rescheduled", "B1")),
    ("RES-3", "ULL", refused("2026-03-10 18:00", "B2", "reschedule", "cutoff_passed")),
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
