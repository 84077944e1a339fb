"""Allowed acts that are denied, dead links, texts that are not true: each beside its lawful neighbour.

What lives here: a table like those of `wrong_and_lawful`.
"""

from __future__ import annotations

from tests.judging.changes import (
    SMS,
    Mutation,
    add,
    all_of,
    change,
    event_of,
    move,
    put,
    refused,
    registered,
    row,
    told_first,
    unchanged,
    without,
)
from tests.judging.pairs.wrong_and_lawful import Pair
from tests.judging.traces import ALL_WIRES, Event, band, find, rome

LINK, ROW = "https://va.alfa.example/s", "https://va.alfa.example/c"
VISIT, BACK, RECEIVED = "visit.started", "order.handed_back", "order.received"
SHORT_BAND = {"start": rome("2026-03-10 10:00"), "end": rome("2026-03-10 11:00")}


def not_offered(slot: dict[str, str], moment: str = "2026-03-04 10:00") -> Mutation:
    return refused(moment, "B2", "reschedule", "slot_not_offered", slot=slot)


def unreachable(change_after: Mutation) -> Mutation:
    """T1 has a number that no SMS reaches: nothing of the service happens to it, and then something."""

    def apply(events: list[Event]) -> str:
        find(events, RECEIVED, "T1")["data"]["phone"] = "+390612345678"
        for event in [event for event in events if event.get("subject") in {"T1", "/ALFA/T1.csv"}]:
            if event["time"] >= rome("2026-03-03 10:00") and event["data"].get("code") != "AC":
                events.remove(event)
        return change_after(events)

    return apply


def forgotten(code: str) -> Mutation:
    """An order of the service of which nothing is ever seen; watched for four months."""

    def apply(events: list[Event]) -> str:
        like = find(events, RECEIVED, "T1")
        identity = put(events, "2026-03-02 08:00", RECEIVED, "F1", **like["data"])
        put(events, "2026-03-02 08:00", "order.routed", "F1", flow="service", diagnostics=[])
        put(events, "2026-03-03 10:00", "notification.sent", "F1", operator="ALFA", code=code, label="x")
        put(events, "2026-07-01 10:00", "trace.observes", "", sources=[*ALL_WIRES])
        return identity

    return apply


def reminder(text: str, order: str = "B2") -> Mutation:
    return change(SMS, order, 1, text=text)


def engaged_with(template: str, text: str) -> Mutation:
    """The operator registers a text of its own and B1 gets this one; the other orders are not engaged."""
    others = [without(SMS, order) for order in ("B2", "T1", "R1")]
    return all_of(*others, registered(engagement_text=template), change(SMS, "B1", text=text))


def unknown_link(moment: str, link: str, channel: str = "customer", act: str = "open") -> Mutation:
    """The Virtual Agent says that it does not know a link, and of no order."""
    return refused(moment, "", act, "unknown_link", channel=channel, link=link)


def own_reminder(template: str, of_b1: str, of_b2: str) -> Mutation:
    return all_of(registered(reminder_text=template), reminder(of_b1, "B1"), reminder(of_b2))


DENIED: list[Pair] = [
    ("RES-2", "ULL", not_offered(band("2026-03-11", 14)), not_offered(band("2026-03-11", 10))),
    ("RES-2", "ULL", not_offered(band("2026-03-10")), not_offered(SHORT_BAND)),
    ("RES-2", "ULL", not_offered(band("2026-03-13"), "2026-03-05 10:00"), not_offered(band("2026-03-14"))),
    ("RES-2", "ULL", not_offered(band("2026-04-03")), not_offered(band("2026-04-07"))),
    ("RES-1", "ULL", refused("2026-03-04 10:00", "B2", "reschedule", "denied"),
     refused("2026-03-04 10:00", "B2", "reschedule", "slot_taken", slot=band("2026-03-10"))),
    ("REF-1", "ULL", refused("2026-03-05 23:59:59.999", "T1", "decline", "term_over"),
     refused("2026-03-06 00:00", "T1", "decline", "term_over")),
    ("REF-1", "ULL", refused("2026-03-04 10:00", "T1", "decline", "closed"),
     refused("2026-03-04 10:00", "R1", "decline", "closed")),
    ("BOOK-1", "ULL", refused("2026-03-04 10:00", "T1", "confirm", "not_booked"),
     refused("2026-03-04 10:00", "T1", "confirm", "slot_not_offered", slot=band("2026-03-14"))),
    ("LINK-4", "ULL", refused("2026-03-04 10:00", "T1", "open", "closed"),
     refused("2026-03-06 00:00:01", "T1", "open", "closed")),
    ("SMS-1", "ULL", unreachable(add("2026-03-12 10:00", VISIT, "T1", slot=band("2026-03-12"))),
     unreachable(add("2026-03-03 10:00", BACK, "T1", reason="bad_number"))),
    ("ROUTE-8", "ULL", forgotten("AC"), unchanged),
    ("ROUTE-8", "VULA_FTTH", forgotten("CO"), all_of(forgotten("CO"), add("2026-03-03 10:05", "order.cancelled", "F1",
                                                                       reason="ripensamento"))),
    ("CSV-5", "ULL", row("T1", link="https://va.alfa.example/cB1"), row("T1", link="https://va.alfa.example/sT1")),
]  # fmt: skip

LINKS: list[Pair] = [
    ("LINK-4", "ULL", unknown_link("2026-03-04 10:00", LINK + "T1"), unknown_link("2026-03-06 10:00", LINK + "T1")),
    ("LINK-4", "ULL", unknown_link("2026-03-04 10:00", LINK + "B2"), unknown_link("2026-03-10 18:00", LINK + "B2")),
    ("LINK-4", "ULL", change(SMS, "T1", link=LINK + "B1", text=f"Fissa qui: {LINK}B1"),
     unknown_link("2026-03-04 10:00", LINK + "X")),
    ("CSV-5", "ULL", unknown_link("2026-03-04 10:00", ROW + "T1"),
     unknown_link("2026-03-06 10:00", ROW + "T1", "operator")),
    ("CSV-5", "ULL", unknown_link("2026-03-04 10:00", ROW + "B2", "operator", act="reschedule"),
     unknown_link("2026-03-03 11:00", ROW + "B2", "operator")),
    (
        "INV-6",
        "ULL",
        refused("2026-03-04 10:00", "T1", "confirm", "slot_taken", slot=band("2026-03-13")),
        all_of(
            add("2026-03-01 09:00", "slots.published", "", territory="LAZIO", capacity=0, slot=band("2026-03-13")),
            refused("2026-03-04 10:00", "T1", "confirm", "slot_taken", slot=band("2026-03-13")),
        ),
    ),
]  # fmt: skip

TEXTS: list[Pair] = [
    ("REM-2", "ULL", reminder("Il tecnico viene il 12/03/2026, fascia 10:00-12:00"),
     reminder("Il tecnico viene l'11/03/2026 dalle 10:00 alle 12:00")),
    ("REM-2", "ULL", reminder("Il tecnico viene il 2026-03-11 fra le 14:00 e le 16:00"),
     reminder("Il tecnico viene l'11.03.2026, 10.00-12.00. Sposta entro il 10/03/2026; info 09:00-18:00.")),
    ("REM-2", "ULL",
     own_reminder("Ciao {nome}, il {date}: {note}!", "Ciao Ada, il 12/03/2026: a presto!", "Ciao, il 11/03/2026!"),
     own_reminder("Ciao {nome}, il {date}: {note}!", "Ciao Ada, il 12/03/2026: ok!", "Ciao Bo, il 11/03/2026: !")),
    ("SMS-5", "VULA_FTTH", engaged_with("{saluto}: fissa {link}", "Ehi: vai"),
     engaged_with("{saluto}: fissa {link}", "Gentile cliente: fissa https://va.alfa.example/sB1")),
    ("SMS-5", "VULA_FTTH", engaged_with("Fissi qui: <link>", "Fissa qui: https://va.alfa.example/sB1"),
     engaged_with("Fissi qui: <link>", "Fissi qui: https://va.alfa.example/sB1")),
    ("SMS-5", "ULL", engaged_with("%LINK% per fissare", "https://va.alfa.example/sB1"),
     engaged_with("%LINK% per fissare", "https://va.alfa.example/sB1 per fissare")),
    ("SMS-5", "VULA_FTTH", engaged_with("Alfa ti invita", "Alfa ti invita presto: va su /sB1"),
     engaged_with("Alfa ti invita", "Alfa ti invita https://va.alfa.example/sB1")),
]  # fmt: skip


# An order that has visibly gone on without a thing fails, and so does the thing that comes later.
GONE_ON: list[Pair] = [
    ("UNR-1", "VULA_FTTH",
     all_of(move("2026-03-03 16:30", "notification.sent", "B2", code="W08"), event_of("sms.sent", "B2")),
     all_of(move("2026-03-03 15:59", "notification.sent", "B2", code="W08"), event_of("sms.sent", "B2"))),
    ("OUT-1", "ULL",
     all_of(move("2026-03-06 00:00:01", "notification.sent", "T1", code="Z36"), event_of("sms.sent", "T1")),
     told_first("order.handed_back", "T1")),
    ("BOOK-2", "ULL", move("2026-03-11 10:00:01", "notification.sent", "B2", code="PA"),
     move("2026-03-11 09:59", "notification.sent", "B2", code="PA")),
    ("SMS-1", "ULL",
     all_of(move("2026-03-03 09:59", "notification.sent", "T1", code="Z18"), event_of("notification.sent", "T1", 1)),
     unchanged),
    ("ROUTE-8", "ULL",
     all_of(add("2026-03-03 09:59", "contact_policy.started", "T1", attempt=1), event_of(RECEIVED, "T1")),
     all_of(add("2026-03-03 10:01", "contact_policy.started", "T1", attempt=1), event_of(RECEIVED, "T1"))),
    ("REF-1", "ULL", add("2026-03-06 00:00:01", "appointment.declined", "T1", channel="customer"),
     add("2026-03-05 23:00", "order.cancelled", "T1", reason="ripensamento")),
    ("OUT-3", "ULL", move("2026-04-10 00:00", "order.handed_back", "T1"),
     move("2026-04-04 00:00", "order.handed_back", "T1")),
    ("REF-3", "VULA_FTTH", move("2026-04-10 17:00", "order.handed_back", "R1"),
     move("2026-04-01 17:00", "order.handed_back", "R1")),
    (
        "CSV-4",
        "ULL",
        all_of(without("csv.deposited", "/ALFA/R1.csv"), event_of("sms.sent", "R1")),
        all_of(without("csv.deposited", "/ALFA/R1.csv"),
               add("2026-03-03 14:00", "order.cancelled", "R1", reason="ripensamento")),
    ),
    ("REF-2", "ULL",
     all_of(move("2026-03-03 17:00:01", "notification.sent", "R1", code="Z36"), event_of("appointment.declined", "R1")),
     told_first("order.handed_back", "R1")),
    ("INV-2", "ULL", move("2026-04-15 00:00", "notification.sent", "T1", code="Z36"),
     move("2026-04-04 00:00", "notification.sent", "T1", code="Z36")),
    (
        "OUT-1",
        "VULA_FTTH",
        all_of(without("order.handed_back", "T1"), move("2026-04-15 00:00", "notification.sent", "T1", code="W24"),
               event_of("sms.sent", "T1")),
        all_of(without("order.handed_back", "T1"), move("2026-04-04 00:00", "notification.sent", "T1", code="W24")),
    ),
    ("ROUTE-8", "VULA_FTTH",
     all_of(move("2026-01-20 10:00", "notification.sent", "B1", code="CO"), event_of(RECEIVED, "B1")),
     move("2026-02-10 10:00", "notification.sent", "B1", code="CO")),
]  # fmt: skip
