"""OP-4 to OP-7, OP-9: what an operator does at the Virtual Agent, and leaves alone when it is told something false.

The rows are as those of `operators`.
"""

from __future__ import annotations

from tests.judging.changes import Mutation, add, all_of, change, move, put, tell, unchanged, without
from tests.judging.one_order.changes import BACK, CONFIRM, MOVED, TERM_END, ends_at
from tests.judging.one_order.operators import (
    ALONE,
    ANSWERED,
    DEPOSITED,
    FETCHED,
    PROBED,
    RECEIVED,
    UNREACHED,
    RowOfOperator,
    acted,
    answered,
    answers,
    opened,
    path,
    second_file,
    unfetched,
)
from tests.judging.traces import Event, band, find


def probed_during(moment: str) -> Mutation:
    """P1 is opened while the forged notification is under way."""

    def apply(events: list[Event]) -> str:
        identity = opened(moment, "P1")(events)
        find(events, PROBED, "P1", kind="forged")["data"]["meanwhile"] = [identity]
        return identity

    return apply


def elsewhere(events: list[Event]) -> str:
    """B1 is confirmed, though not in the Virtual Agent."""
    find(events, CONFIRM, "B1")["source"] = "/intake"
    return ""


def left_by(operator: str) -> Mutation:
    """One more order of an operator, whose row is fetched and of which nothing comes."""

    def apply(events: list[Event]) -> str:
        for kind in (RECEIVED, "sms.sent"):
            old = find(events, kind, "L1")
            put(
                events,
                "2026-03-03 11:00",
                kind,
                "N1",
                **old["data"] | {"operator": operator, "link": "https://x.example/1"},
            )
        link = {"order": "N1", "date": "03/03/2026", "link": "https://x.example/1", "phone": "+393331234567"}
        put(events, "2026-03-03 15:00", DEPOSITED, "/N/1.csv", operator=operator, path="/N/1.csv", rows=[link])
        return put(events, "2026-03-03 15:30", FETCHED, "/N/1.csv", operator=operator, path="/N/1.csv")

    return apply


UNTOLD_TWICE = all_of(answered("W24", status=300), answered("W24", 2, status=300))
UNANSWERED = all_of(without(ANSWERED, "L1"), opened("2026-03-06 00:00:02", "L1"))
IDLE = without("agent.opened", "L1")  # L1 is left alone, though told nothing false of it
REPLAY = {"operator": "ALFA", "kind": "replayed", "code": "W08", "status": 204}

ACTS: list[RowOfOperator] = [
    ("OP-4", unchanged, "PASS 3"),
    ("OP-4", acted(TERM_END, "L1", "confirm", "term_over"), "FAIL 4: op.within_term + ] 0 ms off"),
    ("OP-4", acted("2026-03-05 23:59:59.999", "L1", "confirm", "slot_taken"), "PASS 4"),
    ("OP-4", acted("2026-03-04 10:00", "L1", "confirm", "unknown_link"), "FAIL 4: op.handed_out"),
    ("OP-4", acted("2026-03-04 10:00", "L1", "decline", "unknown_link"), "PASS 3"),
    ("OP-4", change(CONFIRM, "B1", link="https://va.alfa.example/cB1"), "PASS 3"),
    ("OP-4", change(CONFIRM, "B1", link="https://va.alfa.example/x"), "FAIL 3: op.handed_out"),
    (
        "OP-4",
        all_of(
            change(CONFIRM, "B1", link="https://va.alfa.example/x"),
            without("sms.sent", "B1"),
            without(DEPOSITED, path("B1")),
        ),
        "PASS 3",
    ),  # nobody saw which links there are
    ("OP-4", elsewhere, "FAIL 3: op.handed_out"),
    ("OP-5", acted("2026-03-03 17:05", "T1", "confirm", "already_booked"), "FAIL 1: op.accepts event_detail by"),
    ("OP-5", acted("2026-03-03 17:05", "T1", "decline", "already_booked"), "FAIL 1"),
    ("OP-5", acted("2026-03-03 17:05", "T1", "reschedule", "slot_taken"), "PASS 1"),
    ("OP-5", unchanged, "PASS 1"),
    (
        "OP-5",
        all_of(
            add("2026-03-03 16:10", CONFIRM, "B1", channel="customer", slot=band("2026-03-10")),
            acted("2026-03-03 16:20", "B1", "confirm", "already_booked"),
        ),
        "PASS 2",
    ),
    ("OP-6", move("2026-03-09 18:00", MOVED, "B1"), "PASS 1"),
    ("OP-6", move("2026-03-09 18:00:00.001", MOVED, "B1"), "FAIL 1"),
    ("OP-6", acted("2026-03-11 18:01", "B1", "reschedule", "cutoff_passed"), "PASS 2"),
    ("OP-6", unchanged, "PASS 1"),
    ("OP-6", acted("2026-03-03 15:45", "B1", "reschedule", "not_booked"), "PASS 1"),
    ("OP-7", unchanged, "PASS 1"),
    ("OP-7", opened("2026-03-06 00:00:02", "L1"), "FAIL 1"),
    ("OP-7", all_of(answered("W24", status=200), opened("2026-03-06 00:00:02", "L1")), "FAIL 1"),
    ("OP-7", all_of(answered("W24", status=299), opened("2026-03-06 00:00:02", "L1")), "FAIL 1"),
    ("OP-7", all_of(answered("W24", status=300), opened("2026-03-06 00:00:02", "L1")), "PASS 1"),
    ("OP-7", all_of(answered("W24", status=199), opened("2026-03-06 00:00:02", "L1")), "PASS 1"),
    ("OP-7", UNTOLD_TWICE, "NOT_EXERCISED 0"),
    ("OP-7", all_of(UNANSWERED, ends_at("2026-03-07 00:00")), "INCONCLUSIVE 0: no act after W24"),
    ("OP-7", all_of(UNANSWERED, ends_at("2026-03-07 00:00:00.001")), "FAIL 1"),
    ("OP-7", all_of(UNANSWERED, answers("2026-03-07 00:00", "W24", "L1", status=500)), "NOT_EXERCISED 0"),
    ("OP-7", all_of(UNANSWERED, answers("2026-03-07 00:00:00.001", "W24", "L1", status=500)), "FAIL 1"),
    ("OP-7", all_of(tell("2026-03-07 00:00", "L1", "Z36"), answers("2026-03-07 00:01", "Z36", "L1")), "PASS 1"),
    ("OP-7", ends_at("2026-03-06 12:00"), "PASS 1"),
    ("OP-7", all_of(without(ANSWERED, "L1"), ends_at("2026-03-06 12:00")), "INCONCLUSIVE 0: due 2026-03-07T00:00:00"),
    ("OP-9", unchanged, "PASS 3"),
    ("OP-9", change(PROBED, "P1", status=0, reason=UNREACHED), "INCONCLUSIVE 2: connection refused"),
    ("OP-9", change(PROBED, "P1", status=199), "PASS 3"),
    ("OP-9", change(PROBED, "P1", status=200), "FAIL 3: op.status by + 200"),
    ("OP-9", change(PROBED, "P1", status=299), "FAIL 3"),
    ("OP-9", change(PROBED, "P1", status=300), "PASS 3"),
    ("OP-9", probed_during("2026-03-03 15:39"), "FAIL 3: agent.opened"),
    ("OP-9", opened("2026-03-03 15:39", "P1"), "PASS 3"),
    ("OP-9", ALONE, "FAIL 2: W24"),
    ("OP-9", all_of(ALONE, change(PROBED, "P1", code="W08"), change(PROBED, "P1", 1, code="W08")), "PASS 2"),
    ("OP-9", all_of(ALONE, unfetched("P1")), "PASS 2"),
    ("OP-9", all_of(ALONE, without("sms.sent", "P1")), "PASS 2"),
    ("OP-9", all_of(ALONE, add("2026-03-04 10:00", BACK, "P1", reason="withdrawn")), "PASS 2"),
    ("OP-9", all_of(ALONE, add(TERM_END, BACK, "P1", reason="timeout")), "FAIL 2"),
    (
        "OP-9",
        all_of(
            ALONE,
            without(PROBED, "P1", kind="stale"),
            add(TERM_END, BACK, "P1", reason="timeout"),
            move("2026-03-07 00:00", PROBED, "P1", kind="forged"),
        ),
        "PASS 1",
    ),
    ("OP-9", all_of(ALONE, opened("2026-03-03 15:35", "P1")), "FAIL 2"),
    ("OP-9", all_of(ALONE, opened(TERM_END, "P1")), "FAIL 2"),
    ("OP-9", all_of(ALONE, opened("2026-03-05 23:59:59.999", "P1")), "PASS 2"),
    ("OP-9", all_of(ALONE, without(CONFIRM, "B1")), "PASS 2"),
    ("OP-9", all_of(ALONE, ends_at(TERM_END)), "FAIL 2"),
    ("OP-9", all_of(ALONE, change(PROBED, "P1", status=200)), "FAIL 2: op.status_then_nothing"),
    ("OP-9", all_of(ALONE, IDLE), "PASS 2"),
    ("OP-9", all_of(ALONE, IDLE, change(PROBED, "P1", status=200)), "FAIL 2: op.status by"),
    ("OP-9", all_of(probed_during("2026-03-03 15:39"), change(PROBED, "P1", status=200)), "FAIL 3: agent.opened"),
    ("OP-9", all_of(ALONE, IDLE, opened(TERM_END, "L1")), "PASS 2"),
    ("OP-9", all_of(ALONE, IDLE, opened("2026-03-05 23:59:59.999", "L1")), "FAIL 2"),
    ("OP-9", all_of(ALONE, IDLE, add("2026-03-04 10:00", "agent.opened", "L1", channel="customer")), "PASS 2"),
    ("OP-9", all_of(ALONE, IDLE, add("2026-03-04 10:00", BACK, "L1", reason="withdrawn")), "FAIL 2"),
    ("OP-9", all_of(ALONE, IDLE, add(TERM_END, BACK, "L1", reason="timeout")), "PASS 2"),
    ("OP-9", all_of(ALONE, IDLE, add("2026-03-07 10:00", PROBED, "L1", **REPLAY)), "FAIL 3"),
    ("OP-9", all_of(ALONE, IDLE, unfetched("L1")), "FAIL 2"),
    ("OP-9", all_of(ALONE, IDLE, move("2026-03-05 23:59:59.999", FETCHED, path("L1"))), "PASS 2"),
    ("OP-9", all_of(ALONE, IDLE, move(TERM_END, FETCHED, path("L1"))), "FAIL 2"),
    ("OP-9", all_of(ALONE, IDLE, move("2026-03-04 11:00", "sms.sent", "L1")), "FAIL 2"),
    ("OP-9", all_of(ALONE, IDLE, second_file("2026-03-04 15:30", "L1")), "PASS 2"),
    ("OP-9", all_of(ALONE, left_by("BETA")), "FAIL 2"),
    ("OP-9", all_of(ALONE, left_by("ALFA")), "PASS 2"),
    ("OP-9", all_of(ALONE, ends_at("2026-03-05 23:59:59.999")), "INCONCLUSIVE 0"),
]
