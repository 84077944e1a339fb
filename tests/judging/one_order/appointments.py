"""BOOK and RES: what is fixed, moved, told and kept."""

from __future__ import annotations

from tests.judging.changes import Mutation, add, all_of, change, move, refused, tell, unchanged, without
from tests.judging.one_order.changes import (
    BACK,
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
    seen_until,
    untold,
)
from tests.judging.traces import band

SLOT, NEXT = band("2026-03-11"), band("2026-03-12")
TELLS = "notification.sent"


def moved(moment: str, day: str, was: str = "2026-03-11", channel: str = "customer") -> Mutation:
    """B2 moves its appointment."""
    return add(moment, MOVED, "B2", channel=channel, slot=band(day), previous=band(was))


def not_moved(moment: str, reason: str, day: str = "2026-03-12") -> Mutation:
    return refused(moment, "B2", "reschedule", reason, slot=band(day))


UNVISITED = without(VISIT, "B2")

MOVED_ON = moved("2026-03-04 10:00", "2026-03-12")
TOLD_AGAIN = all_of(MOVED_ON, tell("2026-03-04 10:00", "B2", "W09"))

BOOKED: list[Row] = [
    ("BOOK-1", "B2", unchanged, "PASS 1"),
    ("BOOK-1", "T1", unchanged, "NOT_EXERCISED 0"),
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
    ("BOOK-1", "T1", all_of(refused("2026-03-03 09:59", "T1", "confirm", "closed"), confirm("T1", TERM_END)), "FAIL 1"),
    ("BOOK-1", "B2", all_of(cancel("B2", "2026-03-03 16:15"), confirm("B2", "2026-03-03 16:30")), "FAIL 2"),
    ("BOOK-1", "B2", all_of(cancel("B2", "2026-03-03 16:15"), confirm("B2", "2026-03-03 16:16")), "PASS 1"),
    (
        "BOOK-1",
        "T1",
        all_of(decline("T1", "2026-03-03 12:00", "operator"), refused("2026-03-03 18:00", "T1", "confirm", "closed")),
        "NOT_EXERCISED 0",
    ),
    ("BOOK-2", "B2", unchanged, "PASS 1"),
    ("BOOK-2", "T1", unchanged, "NOT_EXERCISED 0"),
    ("BOOK-2", "B2", untold("B2", "W09"), "FAIL 1"),
    ("BOOK-2", "B2", all_of(untold("B2", "W09"), ends_at("2026-03-12 10:00")), "FAIL 1"),
    ("BOOK-2", "B2", tell("2026-03-03 16:05", "B2", "W09", slot=SLOT), "FAIL 2"),
    ("BOOK-2", "B2", change(TELLS, "B2", 2, slot=NEXT), "FAIL 1"),
    ("BOOK-2", "B2", move("2026-03-03 15:59:59.999", TELLS, "B2", code="W09"), "FAIL 1"),
    ("BOOK-2", "B2", move("2026-03-03 17:00", TELLS, "B2", code="W09"), "PASS 1"),
    ("BOOK-2", "B2", move("2026-03-03 17:00:00.001", TELLS, "B2", code="W09"), "WARNING 1"),
    ("BOOK-2", "B2", move("2026-03-11 10:00:01", TELLS, "B2", code="W09"), "FAIL 1"),
    ("BOOK-2", "T1", tell("2026-03-04 10:00", "T1", "W09"), "FAIL 1"),
    ("BOOK-2", "B2", TOLD_AGAIN, "PASS 2"),
    (
        "BOOK-2",
        "B2",
        all_of(MOVED_ON, tell("2026-03-04 10:00", "B2", "W09"), tell("2026-03-04 10:01", "B2", "W09")),
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
    ("BOOK-3", "B2", unchanged, "PASS 1"),
    ("BOOK-3", "T1", unchanged, "NOT_EXERCISED 0"),
    ("BOOK-3", "B2", move("2026-03-11 09:59:59.999", VISIT, "B2"), "FAIL 1"),
    ("BOOK-3", "B2", move("2026-03-11 12:00", VISIT, "B2"), "PASS 1"),
    ("BOOK-3", "B2", move("2026-03-11 12:00:00.001", VISIT, "B2"), "FAIL 1"),
    ("BOOK-3", "B2", change(VISIT, "B2", slot=NEXT), "FAIL 1"),
    ("BOOK-3", "B2", add("2026-03-11 10:30", VISIT, "B2", slot=SLOT), "FAIL 2"),
    ("BOOK-3", "B2", UNVISITED, "FAIL 1"),
    ("BOOK-3", "B2", all_of(UNVISITED, cancel("B2", "2026-03-04 10:00")), "NOT_EXERCISED 0"),
    ("BOOK-3", "B2", all_of(UNVISITED, add("2026-03-04 10:00", BACK, "B2", reason="withdrawn")), "NOT_EXERCISED 0"),
    ("BOOK-3", "B2", all_of(UNVISITED, tell("2026-03-06 00:00", "B2", "W24")), "NOT_EXERCISED 0"),
    ("BOOK-3", "B2", MOVED_ON, "FAIL 1"),
    ("BOOK-3", "B2", all_of(UNVISITED, cancel("B2", "2026-03-11 12:00")), "NOT_EXERCISED 0"),
    ("BOOK-3", "B2", all_of(UNVISITED, cancel("B2", "2026-03-11 12:00:00.001")), "FAIL 1"),
    ("BOOK-3", "B2", all_of(UNVISITED, back("B2", "2026-03-11 12:00", "withdrawn")), "NOT_EXERCISED 0"),
    ("BOOK-3", "B2", all_of(UNVISITED, back("B2", "2026-03-11 12:00:00.001", "withdrawn")), "FAIL 1"),
    ("BOOK-3", "B2", all_of(UNVISITED, MOVED_ON), "FAIL 1"),
    ("BOOK-3", "B2", all_of(UNVISITED, seen_until("2026-03-11 12:00")), "INCONCLUSIVE 0"),
    ("BOOK-3", "B2", all_of(UNVISITED, seen_until("2026-03-11 12:00:00.001")), "FAIL 1"),
    ("BOOK-3", "T1", add("2026-03-12 10:00", VISIT, "T1", slot=NEXT), "NOT_EXERCISED 0"),
    ("BOOK-4", "T1", unchanged, "PASS 1"),
    ("BOOK-4", "B2", unchanged, "NOT_EXERCISED 0"),
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
    ("RES-1", "B1", unchanged, "PASS 1"),
    ("RES-1", "B2", unchanged, "NOT_EXERCISED 0"),
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
    ("RES-3", "B1", unchanged, "PASS 2"),
    ("RES-3", "B2", unchanged, "NOT_EXERCISED 0"),
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
    ("RES-4", "B1", unchanged, "PASS 1"),
    ("RES-4", "B2", unchanged, "NOT_EXERCISED 0"),
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
APPOINTMENTS_UNDER: list[RowUnder] = [
    ("BOOK-1", "T1", confirm("T1", TERM_END), {"late_booking": "accept"}, "PASS 1"),
    ("BOOK-2", "B2", MOVED_ON, {"reschedule_notice": "repeat"}, "FAIL 2"),
    ("BOOK-2", "B2", TOLD_AGAIN, {"reschedule_notice": "none"}, "FAIL 2"),
    ("BOOK-2", "B2", MOVED_ON, {"reschedule_notice": "none"}, "PASS 1"),
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
    ("RES-1", "B1", unchanged, {"max_reschedules": "0"}, "FAIL 1"),
    ("RES-1", "B1", unchanged, {"max_reschedules": "1"}, "PASS 1"),
    ("RES-1", "B2", not_moved("2026-03-04 10:00", "reschedules_exhausted"), {"max_reschedules": "0"}, "PASS 1"),
    ("RES-1", "B2", not_moved("2026-03-04 10:00", "reschedules_exhausted"), {"max_reschedules": "1"}, "FAIL 1"),
    ("RES-3", "B2", moved("2026-03-10 18:00", "2026-03-12"), {"cutoff_included": "no"}, "FAIL 1"),
    ("RES-3", "B2", not_moved("2026-03-10 18:00", "cutoff_passed"), {"cutoff_included": "no"}, "PASS 1"),
]
