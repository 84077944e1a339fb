"""BOOK-1, RES-2: who may fix or move an appointment is not denied a slot that is on offer."""

from __future__ import annotations

from tests.judging.changes import Mutation, all_of, move, refused, tell
from tests.judging.one_order.appointments import moved, not_moved
from tests.judging.one_order.changes import Row
from tests.judging.one_order.routing import IN_SERVICE, order
from tests.judging.traces import band


def not_offered(order: str, moment: str, day: str = "2026-03-10", start: int = 10, act: str = "confirm") -> Mutation:
    return refused(moment, order, act, "slot_not_offered", slot=band(day, start))


OFFERS: list[Row] = [
    ("BOOK-1", "T1", not_offered("T1", "2026-03-04 10:00"), "FAIL 1"),
    ("BOOK-1", "T1", not_offered("T1", "2026-03-04 10:00", act="reschedule"), "NOT_EXERCISED 0"),
    ("BOOK-1", "T1", not_offered("T1", "2026-03-05 23:59:59.999"), "FAIL 1"),
    ("BOOK-1", "T1", not_offered("T1", "2026-03-04 17:59:59.999", "2026-03-05"), "FAIL 1"),
    ("BOOK-1", "T1", not_offered("T1", "2026-03-04 18:00", "2026-03-05"), "NOT_EXERCISED 0"),
    (
        "BOOK-1",
        "T1",
        all_of(not_offered("T1", "2026-03-04 10:00"), move("2026-03-01 00:00", "trace.observes", "")),
        "FAIL 1",
    ),
    ("BOOK-1", "T1", not_offered("T1", "2026-03-06 00:00"), "NOT_EXERCISED 0"),
    ("BOOK-1", "T1", not_offered("T1", "2026-03-04 10:00", "2026-03-08"), "NOT_EXERCISED 0"),  # a Sunday
    ("BOOK-1", "T1", not_offered("T1", "2026-03-04 10:00", start=11), "NOT_EXERCISED 0"),  # off the grid
    ("BOOK-1", "T1", not_offered("T1", "2026-03-03 09:00"), "NOT_EXERCISED 0"),
    ("BOOK-1", "B2", not_offered("B2", "2026-03-03 17:00"), "PASS 1"),
    ("BOOK-1", "R1", not_offered("R1", "2026-03-03 18:00"), "NOT_EXERCISED 0"),
    (
        "BOOK-1",
        "T1",
        refused("2026-03-04 10:00", "T1", "confirm", "slot_taken", slot=band("2026-03-10")),
        "NOT_EXERCISED 0",
    ),
    ("BOOK-2", "F1", all_of(order("ordinary"), tell("2026-03-03 10:00", "F1", "W09")), "NOT_EXERCISED 0"),
    ("BOOK-2", "F1", all_of(IN_SERVICE, tell("2026-03-03 10:00", "F1", "W09")), "FAIL 1"),
    ("RES-2", "B2", not_moved("2026-03-04 10:00", "slot_not_offered"), "FAIL 1"),
    ("RES-2", "B2", not_moved("2026-03-04 10:00", "slot_not_offered", "2026-03-11"), "NOT_EXERCISED 0"),
    ("RES-2", "B2", not_moved("2026-03-10 17:59:59.999", "slot_not_offered"), "FAIL 1"),
    ("RES-2", "B2", not_moved("2026-03-10 18:00", "slot_not_offered"), "NOT_EXERCISED 0"),
    ("RES-2", "B2", not_moved("2026-03-10 17:00", "slot_not_offered", "2026-03-10"), "NOT_EXERCISED 0"),
    ("RES-2", "B2", not_moved("2026-03-04 10:00", "slot_not_offered", "2026-03-14"), "NOT_EXERCISED 0"),
    ("RES-2", "B2", not_moved("2026-03-04 10:00", "slot_not_offered", "2026-04-20"), "NOT_EXERCISED 0"),
    ("RES-2", "B2", not_offered("B2", "2026-03-04 10:00", "2026-03-12"), "NOT_EXERCISED 0"),
    ("RES-2", "B2", moved("2026-03-04 10:00", "2026-03-12"), "PASS 1"),
    ("RES-2", "B2", moved("2026-03-04 10:00", "2026-03-10"), "PASS 1"),
    ("RES-2", "T1", not_offered("T1", "2026-03-04 10:00", act="reschedule"), "NOT_EXERCISED 0"),
]
