"""OP-1 to OP-3, OP-8, OP-10, OP-11: what an operator hands in, answers and fetches.

It does all well but for one thing. A row has the rule, what is changed in the trace of `test_operator`, and what the
judge says of all its orders: B1 is booked and moved by the operator, T1 by its customer first, L1 is timed out, P1 is
probed and then booked. The files of B1 and T1 come at the last moment; the last causal of L1 is delivered twice.
"""

from __future__ import annotations

from tests.judging.changes import Mutation, add, all_of, change, move, put, refused, row, unchanged, without
from tests.judging.one_order.changes import BACK, CANCELLED, CONFIRM, MOVED, TERM_END, ends_at
from tests.judging.traces import Event, band, find

RECEIVED, ANSWERED, PROBED = "order.received", "notification.answered", "notification.probed"
DEPOSITED, FETCHED, LIMITED = "csv.deposited", "csv.fetched", "request.limited"
UNREACHED = "not reached: connection refused"
RowOfOperator = tuple[str, Mutation, str]


def path(order: str) -> str:
    return f"/ALFA/{order}.csv"


def acted(moment: str, order: str, act: str, reason: str, /, **data: object) -> Mutation:
    """The operator's act, turned down."""
    return refused(moment, order, act, reason, channel="operator", **data)


def opened(moment: str, order: str) -> Mutation:
    return add(moment, "agent.opened", order, channel="operator")


def answered(code: str, copy: int = 1, /, order: str = "L1", **data: object) -> Mutation:
    """Gives other data to an answer: to the first copy of a notification of an order, or to another."""

    def apply(events: list[Event]) -> str:
        notice = find(events, "notification.sent", order, code=code)
        find(events, ANSWERED, order, notification=notice["id"], copy=copy)["data"] |= data
        return ""

    return apply


def answered_at(moment: str, code: str, copy: int = 1, order: str = "L1") -> Mutation:
    def apply(events: list[Event]) -> str:
        notice = find(events, "notification.sent", order, code=code)
        return move(moment, ANSWERED, order, notification=notice["id"], copy=copy)(events)

    return apply


def answers(moment: str, code: str, order: str, copy: int = 1, status: int = 204) -> Mutation:
    """One more answer to a notification."""

    def apply(events: list[Event]) -> str:
        notice = find(events, "notification.sent", order, code=code)
        data = {"operator": "ALFA", "notification": notice["id"], "copy": copy, "status": status}
        return put(events, moment, ANSWERED, order, **data)

    return apply


def moves(moment: str, day: str, was: str = "2026-03-12") -> Mutation:
    return add(moment, MOVED, "B1", channel="operator", slot=band(day), previous=band(was))


def limited(moment: str, **data: object) -> Mutation:
    return add(moment, LIMITED, "x", operator="ALFA", retry_after_seconds=60, **data)


def unfetched(order: str) -> Mutation:
    return without(FETCHED, path(order))


def second_file(moment: str, order: str) -> Mutation:
    """The same rows once more, in a file of another name."""

    def apply(events: list[Event]) -> str:
        rows = find(events, DEPOSITED, path(order))["data"]["rows"]
        return put(events, moment, DEPOSITED, path(order), operator="ALFA", path="/ALFA/2.csv", rows=rows)

    return apply


COPY = answers("2026-03-04 10:00", "W09", "B1", 2)
UNMOVED = without(MOVED, "B1")
ALONE = all_of(
    without(CONFIRM, "P1"), without("notification.sent", "P1", code="W09"), without(PROBED, "P1", kind="replayed")
)
LEFT = all_of(without(CONFIRM, "B1"), UNMOVED)  # B1 is left alone

SENT: list[RowOfOperator] = [
    ("OP-1", unchanged, "PASS 4"),
    ("OP-1", change(RECEIVED, "B1", project_code=None), "PASS 3"),
    ("OP-1", change(RECEIVED, "B1", delivery_code="DEL-ALFA"), "FAIL 4: op.both_codes"),
    ("OP-1", change(RECEIVED, "B1", project_code="PRJ-BETA"), "FAIL 4: op.foreign_code"),
    ("OP-1", change(RECEIVED, "B1", project_code=None, delivery_code="DEL-ALFA"), "PASS 4"),
    ("OP-1", change(RECEIVED, "B1", project_code=None, delivery_code="DEL-ALFA", disaggregated=True), "PASS 4"),
    ("OP-1", change(RECEIVED, "B1", project_code=None, delivery_code="DEL-ALFA", service="ULL"), "PASS 4"),
    (
        "OP-1",
        change(RECEIVED, "B1", project_code=None, delivery_code="DEL-ALFA", disaggregated=True, service="ULL"),
        "FAIL 4: op.delivery_disaggregated",
    ),
    ("OP-1", change(RECEIVED, "B1", disaggregated=True, service="ULL"), "PASS 4"),
    ("OP-1", change(RECEIVED, "B1", disaggregated=True), "PASS 4"),
    ("OP-2", unchanged, "PASS 12"),
    ("OP-2", answered("W24", status=199), "FAIL 12: 199"),
    ("OP-2", answered("W24", status=200), "PASS 12"),
    ("OP-2", answered("W24", status=299), "PASS 12"),
    ("OP-2", answered("W24", status=300), "FAIL 12: 300"),
    ("OP-2", answered("W24", status=0, reason="time-out"), "FAIL 12: op.no_answer"),
    ("OP-2", answered("CO", status=0, reason=UNREACHED), "INCONCLUSIVE 11"),
    ("OP-2", answered("W24", status=0, reason=UNREACHED), "PASS 11"),
    ("OP-2", all_of(UNMOVED, COPY, moves("2026-03-04 10:00:01", "2026-03-13", "2026-03-10")), "PASS 13"),
    ("OP-2", all_of(COPY, moves("2026-03-04 10:01", "2026-03-13")), "FAIL 13: rescheduled"),
    ("OP-2", all_of(COPY, moves("2026-03-04 10:01:00.001", "2026-03-13")), "PASS 13"),
    ("OP-2", all_of(COPY, moves("2026-03-04 11:00", "2026-03-12")), "FAIL 13"),
    ("OP-2", all_of(COPY, acted("2026-03-04 11:00", "B1", "confirm", "already_booked")), "FAIL 13"),
    ("OP-2", all_of(COPY, acted("2026-03-04 11:00", "B1", "decline", "already_booked")), "PASS 13"),
    (
        "OP-2",
        all_of(
            move("2026-04-10 00:00", "notification.sent", "L1", code="W24"),
            answered_at("2026-04-10 00:00:01", "W24"),
            answered_at("2026-04-10 00:00:02", "W24", 2),
        ),
        "PASS 12",
    ),
    ("OP-2", without(ANSWERED, "B1"), "FAIL 12"),
    ("OP-2", all_of(without(ANSWERED, "B1"), ends_at("2026-03-03 12:00")), "PASS 6"),
    ("OP-2", answered_at("2026-04-18 10:00", "W09", order="B1"), "FAIL 12"),
    ("OP-2", answers("2026-04-18 10:00", "W09", "B1"), "PASS 13"),
    ("OP-8", unchanged, "PASS 3"),
    ("OP-8", answered_at("2026-03-06 00:30", "W24", 2), "PASS 3"),
    ("OP-8", answered("W24", 2, copy=1), "PASS 3"),  # it is late
    ("OP-8", all_of(answered_at("2026-03-06 01:00", "W24", 2), answered("W24", 2, copy=1)), "PASS 2"),
    ("OP-8", all_of(answered_at("2026-03-06 01:00:00.001", "W24", 2), answered("W24", 2, copy=1)), "PASS 3"),
    (
        "OP-8",
        all_of(
            answered_at("2026-03-06 00:59", "W24", 2),
            answered("W24", 2, copy=1),
            move("2026-03-05 23:50", "notification.sent", "L1", code="W08"),
            answered_at("2026-03-06 00:30", "W08"),
        ),
        "PASS 3",
    ),  # an older one comes after a newer one
    ("OP-8", all_of(answered_at("2026-03-05 12:00", "CO"), answered("CO", notification="strange")), "PASS 3"),
    ("OP-8", answered("W24", 2, status=199), "FAIL 3: 199"),
    ("OP-8", answered("W24", 2, status=200), "PASS 3"),
    ("OP-8", answered("W24", 2, status=299), "PASS 3"),
    ("OP-8", answered("W24", 2, status=300), "FAIL 3: 300"),
    ("OP-8", acted("2026-03-06 02:01", "L1", "decline", "closed"), "PASS 3"),
    (
        "OP-8",
        all_of(add(TERM_END, BACK, "L1", reason="timeout"), acted("2026-03-06 02:01", "L1", "decline", "closed")),
        "FAIL 3: ['notification.answered', 'agent.rejected']",
    ),
    (
        "OP-8",
        all_of(
            add(TERM_END, BACK, "L1", reason="timeout"),
            opened("2026-03-06 02:01", "L1"),
            acted("2026-03-06 02:02", "L1", "decline", "closed"),
        ),
        "FAIL 3: event_detail by + agent.rejected + closed",
    ),
    (
        "OP-8",
        all_of(add(TERM_END, BACK, "L1", reason="timeout"), acted("2026-03-06 02:01", "L1", "decline", "term_over")),
        "PASS 3",
    ),
    (
        "OP-8",
        all_of(
            add(TERM_END, CANCELLED, "L1", reason="ripensamento"), acted("2026-03-06 02:01", "L1", "decline", "closed")
        ),
        "FAIL 3",
    ),
    (
        "OP-8",
        all_of(COPY, acted("2026-03-04 11:00", "B1", "confirm", "already_booked", slot=band("2026-03-13"))),
        "FAIL 4",
    ),
    (
        "OP-8",
        all_of(COPY, acted("2026-03-04 11:00", "B1", "confirm", "already_booked", slot=band("2026-03-10"))),
        "PASS 4",
    ),
    (
        "OP-8",
        all_of(COPY, acted("2026-03-04 11:00", "B1", "reschedule", "slot_taken", slot=band("2026-03-13"))),
        "PASS 4",
    ),
    (
        "OP-8",
        all_of(
            change(CONFIRM, "B1", channel="customer"),
            COPY,
            acted("2026-03-04 11:00", "B1", "confirm", "already_booked", slot=band("2026-03-13")),
        ),
        "PASS 4",
    ),
    ("OP-8", move("2026-03-03 15:00:00.001", DEPOSITED, path("B1")), "PASS 2"),
    ("OP-8", move("2026-03-03 14:59:59", DEPOSITED, path("B1")), "PASS 3"),
    ("OP-8", move("2026-03-03 14:59:58.999", DEPOSITED, path("B1")), "PASS 2"),
    ("OP-8", second_file("2026-03-03 15:00", "B1"), "PASS 3"),
    ("OP-8", without("sms.sent", "B1"), "PASS 2"),
    ("OP-8", unfetched("B1"), "FAIL 3"),
    ("OP-8", move(TERM_END, FETCHED, path("B1")), "FAIL 3"),
    ("OP-8", move("2026-03-05 23:59:59.999", FETCHED, path("B1")), "PASS 3"),
    ("OP-8", all_of(unfetched("B1"), ends_at(TERM_END)), "FAIL 2"),
    ("OP-8", all_of(unfetched("B1"), ends_at("2026-03-05 23:59")), "PASS 1"),
]
FETCHES: list[RowOfOperator] = [
    ("OP-3", unchanged, "PASS 4"),
    ("OP-3", add("2026-03-03 15:01", FETCHED, "x", operator="ALFA", path="/ALFA/B1.csv.tmp"), "FAIL 5"),
    ("OP-3", add("2026-03-03 15:01", FETCHED, "x", operator="ALFA", path="/ALFA/other.csv"), "PASS 4"),
    ("OP-3", add("2026-03-03 15:01", "csv.missed", "x", operator="ALFA", path="/ALFA/other.csv"), "WARNING 5"),
    ("OP-3", add("2026-03-03 15:01", "csv.missed", "x", operator="ALFA", path="/ALFA/B1.csv.TMP"), "FAIL 5"),
    ("OP-3", row("L1", order="X9"), "PASS 4"),
    ("OP-3", all_of(row("L1", order="X9"), unfetched("L1")), "PASS 3"),
    ("OP-3", unfetched("L1"), "FAIL 4"),
    ("OP-3", move(TERM_END, FETCHED, path("L1")), "FAIL 4: ] 0 ms off"),
    ("OP-3", move("2026-03-06 00:00:01", FETCHED, path("L1")), "FAIL 4: ] 1000 ms off"),
    ("OP-3", move("2026-03-05 23:59:59.999", FETCHED, path("L1")), "PASS 4"),
    ("OP-3", all_of(move("2026-03-03 15:10", "sms.sent", "L1"), move(TERM_END, FETCHED, path("L1"))), "FAIL 4"),
    ("OP-3", all_of(move("2026-03-03 15:10:00.001", "sms.sent", "L1"), move(TERM_END, FETCHED, path("L1"))), "PASS 4"),
    ("OP-3", all_of(unfetched("L1"), ends_at("2026-03-05 23:59")), "PASS 3"),
    (
        "OP-3",
        all_of(unfetched("L1"), unfetched("B1"), unfetched("T1"), unfetched("P1"), ends_at("2026-03-05 23:59")),
        "INCONCLUSIVE 0: op.not_fetched_yet by ['csv.deposited']",
    ),
    ("OP-3", all_of(unfetched("L1"), ends_at(TERM_END)), "FAIL 4"),
    ("OP-10", unchanged, "PASS 4"),
    ("OP-10", LEFT, "WARNING 4: B1 op.each_row op.row_unused by"),
    ("OP-10", all_of(LEFT, ends_at(TERM_END)), "WARNING 4"),
    ("OP-10", all_of(LEFT, unfetched("B1")), "PASS 3"),
    ("OP-10", all_of(LEFT, move(TERM_END, FETCHED, path("B1"))), "PASS 3"),
    ("OP-10", all_of(LEFT, move("2026-03-05 23:59:59.999", FETCHED, path("B1"))), "WARNING 4"),
    ("OP-10", all_of(LEFT, add(TERM_END, BACK, "B1", reason="timeout")), "WARNING 4"),
    ("OP-10", all_of(LEFT, add("2026-03-05 23:59", BACK, "B1", reason="withdrawn")), "PASS 3"),
    ("OP-10", all_of(LEFT, change(CONFIRM, "P1", channel="customer")), "PASS 2"),
    ("OP-10", all_of(LEFT, change(CONFIRM, "P1", operator="BETA")), "PASS 2"),
    ("OP-10", ALONE, "PASS 3"),
    ("OP-10", second_file("2026-03-03 15:00", "B1"), "PASS 4"),
    ("OP-11", unchanged, "PASS 1"),
    ("OP-11", limited("2026-03-05 16:32"), "PASS 2"),
    ("OP-11", all_of(limited("2026-03-05 16:32"), limited("2026-03-05 16:33", since_told_ms=60_000)), "PASS 2"),
    ("OP-11", limited("2026-03-05 16:31", since_told_ms=59_999), "FAIL 1: 59.999"),
    ("OP-11", all_of(without(LIMITED, "ALFA"), limited("2026-03-05 16:31", since_told_ms=59_999)), "PASS 1"),
]
