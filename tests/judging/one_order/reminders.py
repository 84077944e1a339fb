"""REM: what customers are reminded of, and until when."""

from __future__ import annotations

from tests.judging.changes import Mutation, all_of, change, move, sms, unchanged, without
from tests.judging.one_order.appointments import NEXT, moved
from tests.judging.one_order.changes import CONFIRM, Row, RowUnder, cancel, confirm, ends_at
from tests.judging.traces import PHONE, band

MONDAY, TUESDAY, AFTER_EASTER = band("2026-03-09"), band("2026-03-10"), band("2026-04-07")
UNMINDED = without("sms.sent", "B2", kind="reminder")
OF_THE_FIRST_SLOT_ONLY = all_of(
    without("sms.sent", "B1", kind="reminder"), sms("2026-03-03 18:00", "B1", "reminder", slot=band("2026-03-10"))
)


def reminded(moment: str, day: str, to: str = PHONE) -> Mutation:
    return sms(moment, "B2", "reminder", slot=band(day), to=to)


def reminded_of(slot: dict[str, str], moment: str) -> Mutation:
    """B2 has its appointment in that slot, and is reminded of it then."""
    booked, reminder = change(CONFIRM, "B2", slot=slot), change("sms.sent", "B2", 1, slot=slot)
    return all_of(booked, reminder, move(moment, "sms.sent", "B2", kind="reminder"))


REMINDED: list[Row] = [
    ("REM-1", "B2", all_of(UNMINDED, ends_at("2026-03-10 18:00")), "INCONCLUSIVE 0"),
    ("REM-1", "B2", all_of(UNMINDED, ends_at("2026-03-10 18:00:00.001")), "FAIL 1"),
    (
        "REM-1",
        "B2",
        all_of(move("2026-03-10 18:00", CONFIRM, "B2"), move("2026-03-10 18:00", "sms.sent", "B2", kind="reminder")),
        "PASS 1",
    ),
    ("REM-1", "B2", reminded_of(MONDAY, "2026-03-07 10:00"), "PASS 1"),
    ("REM-1", "B2", reminded_of(MONDAY, "2026-03-08 10:00"), "FAIL 1: 07/03/2026"),
    ("REM-1", "B2", reminded_of(TUESDAY, "2026-03-08 10:00"), "PASS 1"),  # a day too early, not too late
    ("REM-1", "B2", all_of(reminded_of(MONDAY, "2026-03-08 10:00"), move("2026-03-07 20:00", CONFIRM, "B2")), "PASS 1"),
    (
        "REM-1",
        "B2",
        all_of(reminded_of(MONDAY, "2026-03-08 10:00"), move("2026-03-07 19:59:59.999", CONFIRM, "B2")),
        "FAIL 1",
    ),
    ("REM-1", "B2", reminded_of(AFTER_EASTER, "2026-04-06 10:00"), "FAIL 1: 04/04/2026"),
    (
        "REM-2",
        "B2",
        all_of(move("2026-03-10 10:30", "operator.registered", "ALFA"), reminded("2026-03-10 11:00", "2026-03-11")),
        "INCONCLUSIVE 1",
    ),
    (
        "REM-2",
        "T1",
        all_of(sms("2026-03-04 10:00", "T1", "reminder"), sms("2026-03-04 11:00", "T1", "reminder", slot=NEXT)),
        "PASS 1",
    ),
    (
        "REM-2",
        "B2",
        change("operator.registered", "ALFA", reminder_text="Il {date} {band}"),
        "FAIL 1: Il 11/03/2026 10:00-12:00",
    ),
    (
        "REM-2",
        "B2",
        all_of(
            change("operator.registered", "ALFA", reminder_text="Il {date} {band}"),
            change("sms.sent", "B2", 1, text="Il 11/03/2026 10:00-12:00"),
        ),
        "PASS 1",
    ),
    ("REM-4", "T1", sms("2026-03-04 10:00", "T1", "reminder"), "FAIL 1: rem.in_force event_detail by + , none, "),
    ("REM-4", "T1", sms("2026-03-04 10:00", "T1", "reminder", slot=NEXT), "FAIL 1: 2026-03-12T10:00:00+01:00/12:00"),
    ("REM-4", "B2", change("sms.sent", "B2", 1, slot=NEXT), "FAIL 1: 2026-03-11T10:00:00+01:00/12:00"),
    ("REM-1", "B2", unchanged, "PASS 1"),
    ("REM-1", "T1", unchanged, "NOT_EXERCISED 0"),
    ("REM-1", "B2", UNMINDED, "FAIL 1"),
    ("REM-1", "B2", move("2026-03-10 18:00", "sms.sent", "B2", kind="reminder"), "PASS 1"),
    ("REM-1", "B2", move("2026-03-10 18:00:00.001", "sms.sent", "B2", kind="reminder"), "FAIL 1"),
    ("REM-1", "B2", reminded("2026-03-10 11:00", "2026-03-11"), "WARNING 2"),
    ("REM-1", "B2", all_of(UNMINDED, reminded("2026-03-10 10:00", "2026-03-11", "+393330000000")), "FAIL 1"),
    ("REM-1", "B2", all_of(UNMINDED, reminded("2026-03-10 10:00", "2026-03-12")), "FAIL 1"),
    ("REM-1", "B2", all_of(UNMINDED, cancel("B2", "2026-03-10 18:00")), "NOT_EXERCISED 0"),
    ("REM-1", "B2", all_of(UNMINDED, cancel("B2", "2026-03-10 18:00:00.001")), "FAIL 1"),
    ("REM-1", "B2", all_of(UNMINDED, moved("2026-03-10 18:00", "2026-03-12")), "NOT_EXERCISED 0"),
    ("REM-1", "B2", cancel("B2", "2026-03-09 10:00"), "FAIL 1"),
    ("REM-1", "B2", all_of(UNMINDED, confirm("B2", "2026-03-03 16:30")), "FAIL 1"),
    ("REM-1", "T1", confirm("T1", "2026-03-06 00:00:01"), "NOT_EXERCISED 0"),  # the time-out had come
    ("REM-1", "B2", move("2026-03-10 18:00", CONFIRM, "B2"), "FAIL 1"),
    ("REM-4", "B1", unchanged, "PASS 1"),
    ("REM-4", "B2", unchanged, "NOT_EXERCISED 0"),
    ("REM-4", "B1", without("sms.sent", "B1", kind="reminder"), "FAIL 1"),
    ("REM-4", "B1", change("sms.sent", "B1", 1, slot=band("2026-03-10")), "FAIL 2"),
    (
        "REM-4",
        "T1",
        all_of(cancel("T1", "2026-03-04 09:00"), sms("2026-03-04 10:00", "T1", "reminder")),
        "NOT_EXERCISED 0",
    ),
    ("REM-4", "B1", move("2026-03-11 18:00:00.001", "sms.sent", "B1", kind="reminder"), "FAIL 1"),
    ("REM-2", "B2", unchanged, "PASS 1"),
    ("REM-2", "T1", unchanged, "NOT_EXERCISED 0"),
    ("REM-2", "B2", change("sms.sent", "B2", 1, text=""), "FAIL 1"),
    ("REM-2", "B2", change("sms.sent", "B2", 1, text="Promemoria: 12/03/2026"), "FAIL 1"),
    ("REM-2", "B2", change("sms.sent", "B2", 1, text="Promemoria: 11/03/2026, 10:00-12:00"), "PASS 1"),
    ("REM-2", "B2", change("sms.sent", "B2", 1, text="Promemoria: 11/03/2026, 10:00-13:00"), "FAIL 1"),
    ("REM-2", "B2", change("sms.sent", "B2", 1, slot=None), "PASS 1"),
    ("REM-3", "B2", unchanged, "PASS 1"),
    ("REM-3", "B2", change("sms.sent", "B2", 1, alias="BETA"), "PASS 1"),
]
REMINDERS_UNDER: list[RowUnder] = [
    ("REM-1", "B2", move("2026-03-10 18:00", "sms.sent", "B2", kind="reminder"), {"cutoff_included": "no"}, "FAIL 1"),
    ("REM-1", "B2", move("2026-03-10 18:00", CONFIRM, "B2"), {"cutoff_included": "no"}, "FAIL 1"),
    ("REM-1", "B2", unchanged, {"cutoff_included": "no"}, "PASS 1"),
    (
        "REM-1",
        "B2",
        move("2026-03-10 18:00", CONFIRM, "B2"),
        {"cutoff_included": "no", "earliest_slot": "any"},
        "NOT_EXERCISED 0",
    ),
    (
        "REM-1",
        "B2",
        move("2026-03-03 15:00", "sms.sent", "B2", kind="reminder"),
        {"reminder_on_reschedule": "once"},
        "FAIL 1",
    ),
    ("REM-1", "B2", reminded_of(MONDAY, "2026-03-08 10:00"), {"reminder_sunday": "send"}, "PASS 1"),
    ("REM-1", "B2", reminded_of(AFTER_EASTER, "2026-04-06 10:00"), {"sms_on_holidays": "yes"}, "PASS 1"),
    (
        "REM-1",
        "B2",
        reminded_of(AFTER_EASTER, "2026-04-05 10:00"),
        {"sms_on_holidays": "yes", "reminder_sunday": "anticipate"},
        "PASS 1",
    ),
    ("REM-1", "B2", move("2026-03-10 18:00:01", CONFIRM, "B2"), {"earliest_slot": "any"}, "NOT_EXERCISED 0"),
    ("REM-4", "B1", OF_THE_FIRST_SLOT_ONLY, {"reminder_on_reschedule": "once"}, "NOT_EXERCISED 0"),
    ("REM-4", "B1", OF_THE_FIRST_SLOT_ONLY, {"reminder_on_reschedule": "resend"}, "FAIL 1"),
]
UNDECLARED: list[Row] = [("REM-1", "B2", reminded_of(AFTER_EASTER, "2026-04-06 10:00"), "AMBIGUOUS 1")]
