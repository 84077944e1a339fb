"""Within a millisecond a trace has one order, in whatever turn things happened; lives keep their own."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sim.capacity.engine.trace_order import in_order
from sim.recorder import Event

NOON = "2026-03-03T12:00:00.000+01:00"


def event(type: str, order: str = "", source: str = "/agent", **data: Any) -> Event:
    subject = {"subject": order} if order else {}
    return {"id": "0", "source": source, "type": type, **subject, "time": NOON, "data": data}


LIVES = [
    [
        event("appointment.confirmed", order, operator=operator, slot={"start": slot}),
        event("notification.sent", order, "/notifications", operator=operator, code="W09"),
        event("order.cancelled", order, "/intake", operator=operator, reason="operator"),
    ]
    for operator, order, slot in (("ALFA", "X-1", "08"), ("BETA", "X-1", "10"), ("ALFA", "X-2", "12"))
]
FILE = event("csv.deposited", "/ALFA/f.csv", "/sftp", operator="ALFA", rows=[{"order": "X-2"}, {"order": "X-1"}])


def summaries_of(events: list[Event]) -> list[tuple[object, ...]]:
    return [(item["type"], item.get("subject"), item["data"]["operator"]) for item in events]  # type: ignore[index]


@given(st.permutations([number for number, life in enumerate(LIVES) for _ in life]))
def test_lives_that_do_not_meet_are_told_in_one_order_however_they_were_met(turns: list[int]) -> None:
    lives = [iter(life) for life in LIVES]
    met = [next(lives[number]) for number in turns]
    expected = summaries_of([*LIVES[0], *LIVES[2], *LIVES[1]])
    assert summaries_of(in_order(met)) == expected


@given(st.permutations(range(3)))
def test_a_file_comes_after_the_sms_of_its_rows_and_before_what_its_links_bring(others: list[int]) -> None:
    sms = [event("sms.sent", order, "/sms", operator="ALFA") for order in ("X-1", "X-2", "X-9")]
    booked = event("appointment.confirmed", "X-2", operator="ALFA", slot={"start": "12"})
    summaries = summaries_of(in_order([*(sms[number] for number in others), FILE, booked]))
    places = [summaries.index(item) for item in summaries_of([*sms[:2], FILE, booked])]
    assert places == sorted(places)
    assert summaries[-1] == summaries_of([sms[2]])[0]  # its order is not in the file: its turn is that of its name


def test_a_file_and_the_causal_of_its_row_are_told_in_one_order() -> None:
    notice = event("notification.sent", "X-1", "/notifications", operator="ALFA", code="W08")
    expected = summaries_of([FILE, notice])
    assert summaries_of(in_order([FILE, notice])) == summaries_of(in_order([notice, FILE])) == expected


def test_a_slot_given_back_is_taken_after_it_was_given() -> None:
    booked = event("appointment.confirmed", "Z-9", operator="ZETA", slot={"start": "08"})
    cancelled = event("order.cancelled", "Z-9", "/intake", operator="ZETA", reason="operator")
    booked_anew = event("appointment.confirmed", "A-1", operator="ALFA", slot={"start": "08"})
    assert summaries_of(in_order([booked, cancelled, booked_anew])) == summaries_of([booked, cancelled, booked_anew])


def test_two_who_take_the_same_slot_are_told_by_name() -> None:
    taken = [event("appointment.confirmed", "X-1", operator=name, slot={"start": "08"}) for name in ("BETA", "ALFA")]
    published = event("slots.published", operator="ZETA", slot={"start": "08"})
    assert summaries_of(in_order([published, *taken])) == summaries_of([published, *taken[::-1]])


def test_slots_that_are_published_at_once_are_told_in_one_order() -> None:
    first, second = (event("slots.published", territory=name, slot={"start": "08"}) for name in ("LAZIO", "SICILIA"))
    orders_of_events = [[item["data"] for item in in_order(met)] for met in ([first, second], [second, first])]
    assert orders_of_events[0] == orders_of_events[1] == [first["data"], second["data"]]


def test_ids_count_up_and_what_was_observed_ends_the_trace() -> None:
    events = [event("trace.observes", source="/trace"), event("slots.published", slot={"start": "08"})]
    ordered = in_order([{**item, "id": str(number)} for number, item in enumerate(events)])
    assert [(item["id"], item["type"]) for item in ordered] == [("0", "slots.published"), ("1", "trace.observes")]
