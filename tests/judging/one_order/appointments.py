"""BOOK, RES and REM: what is fixed, moved, told, reminded of and kept."""

from __future__ import annotations

from tests.judging.one_order.changes import (
    BACK,
    CONFIRM,
    MOVED,
    TERM_END,
    VISIT,
    Row,
    RowUnder,
    back,
    cancel,
    confirm,
    decline,
    ends_at,
    nothing,
    seen_until,
    untold,
)
from tests.judging.traces import PHONE, band
from tests.judging.violations import Mutation, add, change, move
from tests.judging.wrong_and_lawful import all_of, refused, sms, tell, without

SLOT, NEXT = band("2026-03-11"), band("2026-03-12")
TELLS = "notification.sent"


def moved(moment: str, day: str, was: str = "2026-03-11", channel: str = "customer") -> Mutation:
    """B2 moves its appointment."""
    return add(moment, MOVED, "B2", channel=channel, slot=band(day), previous=band(was))


def not_moved(moment: str, reason: str, day: str = "2026-03-12") -> Mutation:
    return refused(moment, "B2", "reschedule", reason, slot=band(day))


def reminded(moment: str, day: str, to: str = PHONE) -> Mutation:
    return sms(moment, "B2", "reminder", slot=band(day), to=to)


UNMINDED = without("sms.sent", "B2", kind="reminder")
UNVISITED = without(VISIT, "B2")

BOOKED: list[Row] = [
    ("BOOK-1", "B2", nothing, "PASS 1"),
    ("BOOK-1", "T1", nothing, "NOT_EXERCISED 0"),
    ("BOOK-1", "B2", confirm("B2", "2026-03-03 17:00"), "PASS 1"),  # RACE's matter
    ("BOOK-1", "B2", confirm("B2", "2026-03-03 09:59"), "FAIL 1"),
    ("BOOK-1", "T1", confirm("T1", "2026-03-05 23:59:59.999"), "PASS 1"),
    ("BOOK-1", "T1", confirm("T1", TERM_END), "FAIL 1"),
    ("BOOK-1", "T1", refused("2026-03-05 23:59:59.999", "T1", "confirm", "closed"), "FAIL 1"),
    ("BOOK-1", "T1", refused(TERM_END, "T1", "confirm", "closed"), "NOT_EXERCISED 0"),
    ("BOOK-1", "T1", refused("2026-03-03 09:59", "T1", "confirm", "closed"), "NOT_EXERCISED 0"),
    ("BOOK-1", "T1", refused("2026-03-03 12:00", "T1", "confirm", "slot_taken"), "NOT_EXERCISED 0"),
    (
        "BOOK-1",
        "T1",
        all_of(cancel("T1", "2026-03-03 12:00"), refused("2026-03-03 12:00:30", "T1", "confirm", "closed")),
        "NOT_EXERCISED 0",
    ),
    ("BOOK-1", "R1", refused("2026-03-03 18:00", "R1", "confirm", "closed"), "NOT_EXERCISED 0"),
    (
        "BOOK-1",
        "T1",
        all_of(
            add("2026-03-04 10:00", BACK, "T1", reason="withdrawn"),
            refused("2026-03-04 11:00", "T1", "confirm", "closed"),
        ),
        "NOT_EXERCISED 0",
    ),
    (
        "BOOK-1",
        "T1",
        all_of(
            add("2026-03-04 10:00", BACK, "T1", reason="timeout"),
            refused("2026-03-04 11:00", "T1", "confirm", "closed"),
        ),
        "FAIL 1",
    ),
    (
        "BOOK-1",
        "T1",
        all_of(refused("2026-03-03 09:59", "T1", "confirm", "closed"), confirm("T1", TERM_END)),
        "FAIL 1",
    ),
    ("BOOK-1", "B2", all_of(cancel("B2", "2026-03-03 16:15"), confirm("B2", "2026-03-03 16:30")), "FAIL 2"),
    ("BOOK-1", "B2", all_of(cancel("B2", "2026-03-03 16:15"), confirm("B2", "2026-03-03 16:16")), "PASS 1"),
    (
        "BOOK-1",
        "T1",
        all_of(decline("T1", "2026-03-03 12:00", "operator"), refused("2026-03-03 18:00", "T1", "confirm", "closed")),
        "NOT_EXERCISED 0",
    ),
    ("BOOK-2", "B2", nothing, "PASS 1"),
    ("BOOK-2", "T1", nothing, "NOT_EXERCISED 0"),
    ("BOOK-2", "B2", untold("B2", "W09"), "FAIL 1"),
    ("BOOK-2", "B2", all_of(untold("B2", "W09"), ends_at("2026-03-12 10:00")), "FAIL 1"),
    ("BOOK-2", "B2", tell("2026-03-03 16:05", "B2", "W09", slot=SLOT), "FAIL 2"),
    ("BOOK-2", "B2", change(TELLS, "B2", 2, slot=NEXT), "FAIL 1"),
    ("BOOK-2", "B2", move("2026-03-03 15:59:59.999", TELLS, "B2", code="W09"), "FAIL 1"),
    ("BOOK-2", "B2", move("2026-03-03 17:00", TELLS, "B2", code="W09"), "PASS 1"),
    ("BOOK-2", "B2", move("2026-03-03 17:00:00.001", TELLS, "B2", code="W09"), "WARNING 1"),
    ("BOOK-2", "B2", move("2026-03-11 10:00:01", TELLS, "B2", code="W09"), "FAIL 1"),
    ("BOOK-2", "T1", tell("2026-03-04 10:00", "T1", "W09"), "FAIL 1"),
    ("BOOK-2", "B2", all_of(moved("2026-03-04 10:00", "2026-03-12"), tell("2026-03-04 10:00", "B2", "W09")), "PASS 2"),
    (
        "BOOK-2",
        "B2",
        all_of(
            moved("2026-03-04 10:00", "2026-03-12"),
            tell("2026-03-04 10:00", "B2", "W09"),
            tell("2026-03-04 10:01", "B2", "W09"),
        ),
        "FAIL 3",
    ),
    (
        "BOOK-2",
        "B2",
        all_of(moved("2026-03-04 10:00", "2026-03-11"), tell("2026-03-04 10:00", "B2", "W09")),
        "FAIL 2",
    ),  # a move to the same slot tells nothing
    ("BOOK-2", "B2", all_of(untold("B2", "W09"), cancel("B2", "2026-03-03 16:00:30"), UNVISITED), "NOT_EXERCISED 0"),
    ("BOOK-2", "T1", confirm("T1", TERM_END), "NOT_EXERCISED 0"),
    (
        "BOOK-2",
        "B2",
        all_of(
            add("2026-03-03 16:15", BACK, "B2", reason="withdrawn"), move("2026-03-03 16:30", TELLS, "B2", code="W09")
        ),
        "FAIL 1",
    ),
    (
        "BOOK-2",
        "B2",
        all_of(move("2026-03-11 10:30", TELLS, "B2", code="W09"), tell("2026-03-11 10:40", "B2", "W09")),
        "FAIL 2",
    ),
    ("BOOK-3", "B2", nothing, "PASS 1"),
    ("BOOK-3", "T1", nothing, "NOT_EXERCISED 0"),
    ("BOOK-3", "B2", move("2026-03-11 09:59:59.999", VISIT, "B2"), "FAIL 1"),
    ("BOOK-3", "B2", move("2026-03-11 12:00", VISIT, "B2"), "PASS 1"),
    ("BOOK-3", "B2", move("2026-03-11 12:00:00.001", VISIT, "B2"), "FAIL 1"),
    ("BOOK-3", "B2", change(VISIT, "B2", slot=NEXT), "FAIL 1"),
    ("BOOK-3", "B2", add("2026-03-11 10:30", VISIT, "B2", slot=SLOT), "FAIL 2"),
    ("BOOK-3", "B2", UNVISITED, "FAIL 1"),
    ("BOOK-3", "B2", all_of(UNVISITED, cancel("B2", "2026-03-04 10:00")), "NOT_EXERCISED 0"),
    ("BOOK-3", "B2", all_of(UNVISITED, add("2026-03-04 10:00", BACK, "B2", reason="withdrawn")), "NOT_EXERCISED 0"),
    ("BOOK-3", "B2", all_of(UNVISITED, tell("2026-03-06 00:00", "B2", "W24")), "NOT_EXERCISED 0"),
    ("BOOK-3", "B2", moved("2026-03-04 10:00", "2026-03-12"), "FAIL 1"),
    ("BOOK-3", "B2", all_of(UNVISITED, cancel("B2", "2026-03-11 12:00")), "NOT_EXERCISED 0"),
    ("BOOK-3", "B2", all_of(UNVISITED, cancel("B2", "2026-03-11 12:00:00.001")), "FAIL 1"),
    ("BOOK-3", "B2", all_of(UNVISITED, back("B2", "2026-03-11 12:00", "withdrawn")), "NOT_EXERCISED 0"),
    ("BOOK-3", "B2", all_of(UNVISITED, back("B2", "2026-03-11 12:00:00.001", "withdrawn")), "FAIL 1"),
    ("BOOK-3", "B2", all_of(UNVISITED, moved("2026-03-04 10:00", "2026-03-12")), "FAIL 1"),
    ("BOOK-3", "B2", all_of(UNVISITED, seen_until("2026-03-11 12:00")), "INCONCLUSIVE 0"),
    ("BOOK-3", "B2", all_of(UNVISITED, seen_until("2026-03-11 12:00:00.001")), "FAIL 1"),
    ("BOOK-3", "T1", add("2026-03-12 10:00", VISIT, "T1", slot=NEXT), "NOT_EXERCISED 0"),
    ("BOOK-4", "T1", nothing, "PASS 1"),
    ("BOOK-4", "B2", nothing, "NOT_EXERCISED 0"),
    ("BOOK-4", "T1", confirm("T1", TERM_END), "FAIL 2"),
    ("BOOK-4", "T1", confirm("T1", "2026-03-05 23:59:59.999"), "NOT_EXERCISED 0"),
    ("BOOK-4", "T1", refused("2026-03-04 10:00", "T1", "confirm", "slot_taken"), "PASS 1"),
    (
        "BOOK-4",
        "T1",
        all_of(decline("T1", "2026-03-05 10:00"), refused("2026-03-07 10:00", "T1", "confirm", "closed")),
        "PASS 2",
    ),
]
MOVES: list[Row] = [
    ("RES-1", "B1", nothing, "PASS 1"),
    ("RES-1", "B2", nothing, "NOT_EXERCISED 0"),
    ("RES-1", "T1", add("2026-03-04 10:00", MOVED, "T1", channel="customer", slot=NEXT, previous=SLOT), "FAIL 1"),
    ("RES-1", "B2", not_moved("2026-03-04 10:00", "closed"), "FAIL 1"),
    ("RES-1", "B2", not_moved("2026-03-04 10:00", "slot_taken"), "NOT_EXERCISED 0"),
    ("RES-1", "B2", not_moved("2026-03-10 17:59:59.999", "closed"), "FAIL 1"),
    ("RES-1", "B2", not_moved("2026-03-10 18:00", "closed"), "NOT_EXERCISED 0"),
    ("RES-1", "T1", refused("2026-03-04 10:00", "T1", "reschedule", "not_booked"), "NOT_EXERCISED 0"),
    (
        "RES-1",
        "B2",
        all_of(add("2026-03-04 09:00", BACK, "B2", reason="withdrawn"), not_moved("2026-03-04 10:00", "closed")),
        "NOT_EXERCISED 0",
    ),
    (
        "RES-1",
        "B2",
        all_of(refused("2026-03-03 15:00", "B2", "reschedule", "closed"), not_moved("2026-03-04 10:00", "closed")),
        "FAIL 1",
    ),
    (
        "RES-1",
        "B2",
        all_of(cancel("B2", "2026-03-04 10:00"), moved("2026-03-04 10:00:30", "2026-03-12")),
        "NOT_EXERCISED 0",
    ),
    ("RES-1", "B2", all_of(cancel("B2", "2026-03-04 10:00"), moved("2026-03-04 10:01:01", "2026-03-12")), "FAIL 1"),
    ("RES-3", "B1", nothing, "PASS 2"),
    ("RES-3", "B2", nothing, "NOT_EXERCISED 0"),
    ("RES-3", "B2", moved("2026-03-10 18:00", "2026-03-12"), "PASS 1"),
    ("RES-3", "B2", moved("2026-03-10 18:00:00.001", "2026-03-12"), "FAIL 1"),
    ("RES-3", "B2", not_moved("2026-03-10 18:00", "cutoff_passed"), "FAIL 1"),
    ("RES-3", "B2", not_moved("2026-03-10 17:00", "closed"), "NOT_EXERCISED 0"),
    (
        "RES-3",
        "B2",
        all_of(
            refused("2026-03-03 15:00", "B2", "reschedule", "not_booked"),
            not_moved("2026-03-10 17:00", "slot_taken"),
            moved("2026-03-10 18:00:00.001", "2026-03-12"),
        ),
        "FAIL 1",
    ),
    ("RES-4", "B1", nothing, "PASS 1"),
    ("RES-4", "B2", nothing, "NOT_EXERCISED 0"),
    ("RES-4", "B1", change(VISIT, "B1", slot=band("2026-03-10")), "FAIL 1"),
    ("RES-4", "B1", change(MOVED, "B1", previous=SLOT), "FAIL 1"),
    ("RES-4", "B1", change(TELLS, "B1", 3, slot=band("2026-03-10")), "FAIL 2"),
    ("RES-4", "B1", without(VISIT, "B1"), "INCONCLUSIVE 0"),
    ("RES-4", "B1", all_of(without(VISIT, "B1"), cancel("B1", "2026-03-05 10:00")), "NOT_EXERCISED 0"),
    ("RES-4", "B1", move("2026-03-04 08:00", VISIT, "B1"), "NOT_EXERCISED 0"),
    (
        "RES-4",
        "T1",
        add("2026-03-04 10:00", MOVED, "T1", channel="customer", slot=NEXT, previous=SLOT),
        "NOT_EXERCISED 0",
    ),
    ("RES-4", "B1", tell("2026-03-04 10:00", "B1", "W09", slot=NEXT), "PASS 1"),
    (
        "RES-4",
        "B1",
        all_of(
            change(MOVED, "B1", slot=band("2026-03-10")),
            add("2026-03-04 10:00", MOVED, "B1", channel="customer", slot=NEXT, previous=band("2026-03-10")),
            change(TELLS, "B1", 3, slot=band("2026-03-10")),
            move("2026-03-04 10:30", TELLS, "B1", 3),
        ),
        "FAIL 2",
    ),  # of three moves' slots the second is the first
    ("RES-4", "T1", refused("2026-03-04 10:00", "T1", "confirm", "slot_taken"), "NOT_EXERCISED 0"),
    ("RES-4", "T1", refused("2026-03-04 10:00", "T1", "confirm", "slot_taken", slot=SLOT), "NOT_EXERCISED 0"),
    ("RES-4", "B1", add("2026-03-12 11:00", VISIT, "B1", slot=band("2026-03-10")), "PASS 1"),
]
MONDAY, TUESDAY, AFTER_EASTER = band("2026-03-09"), band("2026-03-10"), band("2026-04-07")


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
    (
        "REM-1",
        "B2",
        all_of(reminded_of(MONDAY, "2026-03-08 10:00"), move("2026-03-07 20:00", CONFIRM, "B2")),
        "PASS 1",
    ),
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
    ("REM-4", "T1", sms("2026-03-04 10:00", "T1", "reminder"), "FAIL 1: , none, "),
    ("REM-4", "T1", sms("2026-03-04 10:00", "T1", "reminder"), "FAIL 1: rem.in_force event_detail by"),
    ("REM-4", "T1", sms("2026-03-04 10:00", "T1", "reminder", slot=NEXT), "FAIL 1: 2026-03-12T10:00:00+01:00/12:00"),
    ("REM-4", "B2", change("sms.sent", "B2", 1, slot=NEXT), "FAIL 1: 2026-03-11T10:00:00+01:00/12:00"),
    ("REM-1", "B2", nothing, "PASS 1"),
    ("REM-1", "T1", nothing, "NOT_EXERCISED 0"),
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
    ("REM-4", "B1", nothing, "PASS 1"),
    ("REM-4", "B2", nothing, "NOT_EXERCISED 0"),
    ("REM-4", "B1", without("sms.sent", "B1", kind="reminder"), "FAIL 1"),
    ("REM-4", "B1", change("sms.sent", "B1", 1, slot=band("2026-03-10")), "FAIL 2"),
    ("REM-4", "B2", change("sms.sent", "B2", 1, slot=NEXT), "FAIL 1"),
    ("REM-4", "T1", sms("2026-03-04 10:00", "T1", "reminder"), "FAIL 1"),
    (
        "REM-4",
        "T1",
        all_of(cancel("T1", "2026-03-04 09:00"), sms("2026-03-04 10:00", "T1", "reminder")),
        "NOT_EXERCISED 0",
    ),
    ("REM-4", "B1", move("2026-03-11 18:00:00.001", "sms.sent", "B1", kind="reminder"), "FAIL 1"),
    ("REM-2", "B2", nothing, "PASS 1"),
    ("REM-2", "T1", nothing, "NOT_EXERCISED 0"),
    ("REM-2", "B2", change("sms.sent", "B2", 1, text=""), "FAIL 1"),
    ("REM-2", "B2", change("sms.sent", "B2", 1, text="Promemoria: 12/03/2026"), "FAIL 1"),
    ("REM-2", "B2", change("sms.sent", "B2", 1, text="Promemoria: 11/03/2026, 10:00-12:00"), "PASS 1"),
    ("REM-2", "B2", change("sms.sent", "B2", 1, text="Promemoria: 11/03/2026, 10:00-13:00"), "FAIL 1"),
    ("REM-2", "B2", change("sms.sent", "B2", 1, slot=None), "PASS 1"),
    ("REM-3", "B2", nothing, "PASS 1"),
    ("REM-3", "B2", change("sms.sent", "B2", 1, alias="BETA"), "PASS 1"),
]
APPOINTMENTS_UNDER: list[RowUnder] = [
    ("BOOK-1", "T1", confirm("T1", TERM_END), {"late_booking": "accept"}, "PASS 1"),
    ("BOOK-2", "B2", moved("2026-03-04 10:00", "2026-03-12"), {"reschedule_notice": "repeat"}, "FAIL 2"),
    (
        "BOOK-2",
        "B2",
        all_of(moved("2026-03-04 10:00", "2026-03-12"), tell("2026-03-04 10:00", "B2", "W09")),
        {"reschedule_notice": "none"},
        "FAIL 2",
    ),
    ("BOOK-2", "B2", moved("2026-03-04 10:00", "2026-03-12"), {"reschedule_notice": "none"}, "PASS 1"),
    ("BOOK-2", "B2", untold("B2", "W09"), {"reschedule_notice": "none"}, "FAIL 1"),
    ("BOOK-2", "B2", moved("2026-03-04 10:00", "2026-03-11"), {"reschedule_notice": "repeat"}, "PASS 1"),
    (
        "BOOK-1",
        "T1",
        all_of(decline("T1", "2026-03-03 12:00"), refused("2026-03-03 18:00", "T1", "confirm", "closed")),
        {"refusal_final": "no"},
        "NOT_EXERCISED 0",
    ),
    (
        "BOOK-1",
        "T1",
        all_of(decline("T1", "2026-03-03 12:00", "operator"), refused("2026-03-03 18:00", "T1", "confirm", "closed")),
        {"refusal_final": "no"},
        "FAIL 1",
    ),
    ("BOOK-4", "T1", confirm("T1", TERM_END), {"late_booking": "accept"}, "FAIL 2"),
    ("BOOK-4", "T1", decline("T1", "2026-03-05 10:00"), {"late_booking": "accept"}, "PASS 1"),
    ("BOOK-4", "T1", cancel("T1", "2026-03-05 10:00"), {"late_booking": "accept"}, "PASS 1"),
    (
        "BOOK-4",
        "T1",
        all_of(
            without("agent.rejected", "T1"),
            refused("2026-03-07 10:00", "T1", "confirm", "slot_taken", slot=band("2026-03-12")),
        ),
        {"late_booking": "accept"},
        "PASS 1",
    ),
    ("RES-1", "B1", nothing, {"max_reschedules": "0"}, "FAIL 1"),
    ("RES-1", "B1", nothing, {"max_reschedules": "1"}, "PASS 1"),
    ("RES-1", "B2", not_moved("2026-03-04 10:00", "reschedules_exhausted"), {"max_reschedules": "0"}, "PASS 1"),
    ("RES-1", "B2", not_moved("2026-03-04 10:00", "reschedules_exhausted"), {"max_reschedules": "1"}, "FAIL 1"),
    ("RES-3", "B2", moved("2026-03-10 18:00", "2026-03-12"), {"cutoff_included": "no"}, "FAIL 1"),
    ("RES-3", "B2", not_moved("2026-03-10 18:00", "cutoff_passed"), {"cutoff_included": "no"}, "PASS 1"),
    (
        "REM-1",
        "B2",
        move("2026-03-10 18:00", "sms.sent", "B2", kind="reminder"),
        {"cutoff_included": "no"},
        "FAIL 1",
    ),
    ("REM-1", "B2", move("2026-03-10 18:00", CONFIRM, "B2"), {"cutoff_included": "no"}, "FAIL 1"),
    ("REM-1", "B2", nothing, {"cutoff_included": "no"}, "PASS 1"),
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
    (
        "REM-4",
        "B1",
        all_of(
            without("sms.sent", "B1", kind="reminder"),
            sms("2026-03-03 18:00", "B1", "reminder", slot=band("2026-03-10")),
        ),
        {"reminder_on_reschedule": "once"},
        "NOT_EXERCISED 0",
    ),
    (
        "REM-4",
        "B1",
        all_of(
            without("sms.sent", "B1", kind="reminder"),
            sms("2026-03-03 18:00", "B1", "reminder", slot=band("2026-03-10")),
        ),
        {"reminder_on_reschedule": "resend"},
        "FAIL 1",
    ),
]
UNDECLARED: list[Row] = [("REM-1", "B2", reminded_of(AFTER_EASTER, "2026-04-06 10:00"), "AMBIGUOUS 1")]
