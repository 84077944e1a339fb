"""Wrong acts beside their lawful neighbours: the two of a pair differ only in what decides the verdict.

What lives here: a table for each kind. A row has the rule, the service, the wrong change of the good trace (the judge
fails the rule and names the event) and the lawful one next to it (the judge fails nothing).
"""

from __future__ import annotations

from tests.judging.changes import (
    MOVED,
    REJECTED,
    SMS,
    Mutation,
    add,
    all_of,
    change,
    engaged_on,
    put,
    refused,
    sms,
    tell,
    unchanged,
    without,
)
from tests.judging.traces import Event, band, find

LINK = "https://va.alfa.example/sB1"
Pair = tuple[str, str, Mutation, Mutation]


def cancelled(moment: str, order: str, offender: tuple[str, int]) -> Mutation:
    """The operator cancels, and all goes on as it was; the first that should not is the offender (type and rank)."""

    def apply(events: list[Event]) -> str:
        put(events, moment, "order.cancelled", order, reason="ripensamento")
        return str(find(events, offender[0], order, offender[1])["id"])

    return apply


def timed_out_early(events: list[Event]) -> str:
    """T1 is timed out a day too early."""
    for event in events:
        if event.get("subject") == "T1" and event["time"].startswith("2026-03-06T00:00"):
            event["time"] = event["time"].replace("2026-03-06", "2026-03-05")
    events.sort(key=lambda event: str(event["time"]))
    return str(find(events, REJECTED, "T1", act="confirm")["id"])


def engaged_on_easter_monday(events: list[Event]) -> str:
    """T1 lives a month later, and nothing follows its engagement."""
    identity = engaged_on("2026-04-06 10:00")(events)
    late = [event for event in events if event["time"] > "2026-03-03T10" and event.get("subject") == "T1"]
    for event in [event for event in late if not event["time"].startswith("2026-04")]:
        events.remove(event)
    return identity


def texts_in_sms(text: str, /, order: str = "B1") -> Mutation:
    return change(SMS, order, text=text)


# After the end: whatever of the service still happens belongs to a rule, which fails.
AFTER_THE_END: list[Pair] = [
    ("SMS-1", "ULL", cancelled("2026-03-03 09:58:59", "T1", (SMS, 0)), cancelled("2026-03-03 09:59", "T1", (SMS, 0))),
    ("SMS-1", "VULA_FTTH", sms("2026-03-06 00:00:01", "T1", "engagement"), unchanged),
    ("SMS-1", "VULA_FTTH", sms("2026-03-03 17:00:01", "R1", "engagement"), unchanged),
    ("UNR-1", "VULA_FTTH", cancelled("2026-03-03 09:58:59", "T1", ("notification.sent", 1)),
     cancelled("2026-03-03 09:59", "T1", ("notification.sent", 1))),
    ("UNR-1", "ULL", tell("2026-03-06 00:00:01", "T1", "Z18"), unchanged),
    ("OUT-1", "ULL", cancelled("2026-03-05 23:58:59.999", "T1", ("notification.sent", 2)),
     cancelled("2026-03-05 23:59", "T1", ("notification.sent", 2))),
    ("BOOK-1", "ULL", cancelled("2026-03-03 15:58:59", "B2", ("appointment.confirmed", 0)),
     cancelled("2026-03-03 15:59:30", "B2", ("appointment.confirmed", 0))),
    ("BOOK-2", "ULL", cancelled("2026-03-03 15:58:59", "B2", ("notification.sent", 2)),
     cancelled("2026-03-03 15:59:30", "B2", ("notification.sent", 2))),
    ("BOOK-3", "ULL", cancelled("2026-03-11 09:58:59", "B2", ("visit.started", 0)),
     cancelled("2026-03-11 09:59:30", "B2", ("visit.started", 0))),
    ("REM-1", "ULL", cancelled("2026-03-10 09:58:59", "B2", (SMS, 1)),
     cancelled("2026-03-10 09:59:30", "B2", (SMS, 1))),
    ("RES-1", "ULL", cancelled("2026-03-04 08:58:59", "B1", (MOVED, 0)),
     cancelled("2026-03-04 08:59:30", "B1", (MOVED, 0))),
    ("REF-1", "ULL", cancelled("2026-03-03 16:58:59", "R1", ("appointment.declined", 0)),
     cancelled("2026-03-03 16:59:30", "R1", ("appointment.declined", 0))),
    ("REF-1", "ULL", add("2026-03-06 00:00:01", "appointment.declined", "T1", channel="customer"), unchanged),
    ("REM-4", "ULL", sms("2026-03-06 10:00", "T1", "reminder"), unchanged),
    ("BOOK-1", "ULL", timed_out_early, refused("2026-03-03 17:00:01", "R1", "confirm", "closed")),
    (
        "BOOK-1",
        "ULL",
        all_of(
            add("2026-03-04 10:00", "order.handed_back", "T1", reason="KO tecnico"),
            refused("2026-03-04 11:00", "T1", "confirm", "term_over"),
        ),
        all_of(
            add("2026-03-04 10:00", "order.handed_back", "N1", reason="KO tecnico"),
            refused("2026-03-06 11:00", "T1", "confirm", "term_over"),
        ),
    ),
]  # fmt: skip

# Before the beginning: there is no term yet.
BEFORE: list[Pair] = [
    (
        "BOOK-1",
        "ULL",
        add("2026-03-03 09:59", "appointment.confirmed", "T1", channel="customer", slot=band("2026-03-12")),
        unchanged,
    ),
]

# Once: one visit of an appointment.
ONCE: list[Pair] = [
    ("BOOK-3", "ULL", add("2026-03-11 10:30", "visit.started", "B2", slot=band("2026-03-11")), unchanged),
    ("BOOK-3", "ULL", add("2026-03-13 10:00", "visit.started", "B1", slot=band("2026-03-13")), unchanged),
    ("UNR-3", "ULL", add("2026-03-03 10:00", "sla.suspended", "T1", code="W08"), unchanged),
    (
        "UNR-3",
        "VULA_FTTH",
        all_of(change("sla.suspended", "T1", code="Z18")),
        add("2026-03-03 16:00", "sla.suspended", "B2", code="W09"),
    ),
]

# What is said is what is so.
STATEMENTS: list[Pair] = [
    ("SMS-1", "ULL", texts_in_sms(f"Fissa qui: {LINK}x"), texts_in_sms(f"Fissa qui: {LINK}.")),
    ("SMS-1", "ULL", texts_in_sms(f"Fissa: {LINK}-ALTRO"), texts_in_sms(f"Fissa... ({LINK}), grazie.")),
    ("SMS-1", "ULL", texts_in_sms(f"Fissa: {LINK}?a=1"), texts_in_sms(f"{LINK}: fissa qui!")),
    ("SMS-1", "ULL", texts_in_sms(f"Fissa: {LINK}.it/x"), texts_in_sms(f"Fissa «{LINK}»… grazie")),
    (
        "RES-4",
        "ULL",
        change("notification.sent", "B1", 3, slot=band("2026-03-10")),
        all_of(without("notification.sent", "B1", code="PA"),
               tell("2026-03-04 09:30", "B1", "PA", slot=band("2026-03-10")),
               tell("2026-03-04 09:30", "B1", "PA", slot=band("2026-03-12"))),
    ),
    ("RES-4", "ULL", change(MOVED, "B1", previous=band("2026-03-11")),
     add("2026-03-04 10:00", MOVED, "B1", channel="operator", slot=band("2026-03-12"), previous=band("2026-03-12"))),
    ("REM-4", "ULL", change(SMS, "B1", 1, slot=band("2026-03-12", 14)), change(SMS, "B1", 1, slot=None)),
]  # fmt: skip
