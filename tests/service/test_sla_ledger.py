"""The SLA ledger of an order: what is counted, what is suspended and by which causal, under each reading."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from reference_impl.civil_time import HOUR
from reference_impl.life_cycle.sla_ledger import Ledger, resume, suspend
from tests.judging.lives import COPPER, Life, at, minute_of

FRIDAY = "2026-03-06 08:00"
START = "2026-03-02 06:00"  # when every order comes in


def ledger(life: Life) -> Ledger:
    return life.world.service.ledger(life.world.service.find(life.code), life.world.now)


def hours(life: Life) -> tuple[float, float, float]:
    order_ledger = ledger(life)
    return order_ledger.gross_ms / HOUR, order_ledger.suspended_ms / HOUR, order_ledger.net_ms / HOUR


def intervals(life: Life) -> list[tuple[str, str, str | None, str | None]]:
    """The suspensions as the trace tells them: opened when and by which code, closed when and why."""
    opened = [(event["data"]["code"], minute_of(event)) for event in life.seen("sla.suspended")]
    closed = [(minute_of(event), event["data"]["cause"]) for event in life.seen("sla.resumed")]
    return [
        (*start, *(closed[number] if number < len(closed) else (None, None))) for number, start in enumerate(opened)
    ]


def engaged(service: str = "VULA_FTTH", **readings: Any) -> Life:
    return Life(service, **readings).ready("2026-03-02 10:00")


def test_one_suspension_is_open_at_a_time() -> None:
    order = Life().ready("2026-03-02 10:00").world.service.find("ORDER-1")
    order.suspensions.clear()
    assert not resume(order, "booking", 1)
    assert [suspend(order, "W08", 2), suspend(order, "W08", 3)] == [True, False]
    assert [resume(order, "booking", 4), resume(order, "visit", 5)] == [True, False]
    assert [suspend(order, "W08", 6), suspend(order, "W08", 7)] == [True, False]
    assert [(suspension.opened_at, suspension.closed_at, suspension.cause) for suspension in order.suspensions] == [
        (2, 4, "booking"),
        (6, None, None),
    ]


def test_until_the_first_causal_nothing_is_suspended() -> None:
    assert hours(Life().until("2026-03-02 09:00")) == (3, 0, 3)


@pytest.mark.parametrize(("service", "code"), [("VULA_FTTH", "W08"), (COPPER, "Z18")])
def test_the_first_causal_opens_the_suspension(service: str, code: str) -> None:  # UNR-3
    life = engaged(service).until("2026-03-02 12:00")
    assert intervals(life) == [(code, "2026-03-02 10:00", None, None)]
    assert hours(life) == (6, 2, 4)


@pytest.mark.parametrize(
    ("reading", "closed"),
    [("appointment", "2026-03-06 08:00"), ("visit", "2026-03-06 08:00"), ("booking", "2026-03-03 10:00")],
)
def test_a_booked_order_is_resumed_by_reading(reading: str, closed: str) -> None:
    life = engaged(sla_resume=reading).confirm("2026-03-03 10:00", FRIDAY).until("2026-03-10 00:00")
    assert intervals(life) == [("W08", "2026-03-02 10:00", closed, reading)]
    suspended = (at(closed) - at("2026-03-02 10:00")) / HOUR
    assert hours(life) == (98, suspended, 98 - suspended)  # the clock stops with the visit


def test_the_suspension_follows_an_appointment_that_is_moved() -> None:
    life = engaged().confirm("2026-03-03 10:00", FRIDAY).reschedule("2026-03-03 11:00", "2026-03-09 08:00")
    assert intervals(life.until("2026-03-10 00:00"))[0][2] == "2026-03-09 08:00"


@pytest.mark.parametrize(
    "ended",
    [
        lambda: engaged().until("2026-03-05 00:00"),
        lambda: engaged().decline("2026-03-03 10:00"),
        lambda: engaged(refusal_notice="term_end").decline("2026-03-03 10:00"),
    ],
)
def test_after_a_not_booked_causal_the_suspension_stays_open(ended: Callable[[], Life]) -> None:
    life = ended().until("2026-03-07 10:00")
    assert intervals(life) == [("W08", "2026-03-02 10:00", None, None)]
    assert hours(life) == (124, 120, 4)


def test_a_cancellation_ends_the_suspension_and_the_clock() -> None:
    life = engaged().confirm("2026-03-02 11:00", FRIDAY).cancel("2026-03-02 12:00").until("2026-03-07 00:00")
    assert intervals(life) == [("W08", "2026-03-02 10:00", "2026-03-02 12:00", "cancelled")]
    assert hours(life) == (6, 2, 4)


def test_an_order_that_is_cancelled_before_it_is_suspended_resumes_nothing() -> None:
    life = Life().cancel("2026-03-02 08:00").until("2026-03-03 08:00")
    assert intervals(life) == []
    assert hours(life) == (2, 0, 2)


def test_without_a_first_causal_nothing_is_suspended() -> None:
    life = engaged(first_notice_unconditional="no").confirm("2026-03-02 11:00", FRIDAY).until("2026-03-10 00:00")
    assert (life.codes, intervals(life)) == (["CO", "W09"], [])
    assert hours(life) == (98, 0, 98)


@pytest.mark.parametrize("reading", ["appointment", "visit", "booking"])
def test_the_ledger_of_a_late_booking_runs_to_its_visit(reading: str) -> None:
    life = engaged(late_booking="accept", sla_resume=reading).until("2026-03-05 10:00")
    life.confirm("2026-03-05 10:00", "2026-03-09 08:00").until("2026-03-12 00:00")
    order_ledger = ledger(life)
    assert order_ledger.gross_ms == at("2026-03-09 08:00") - at(START)
    assert order_ledger.net_ms >= 4 * HOUR


def test_a_night_that_gains_an_hour_is_counted_as_it_passes() -> None:
    life = Life(start="2026-10-24 10:00").ready("2026-10-24 19:00").until("2026-10-25 19:00")
    assert hours(life) == (34, 25, 9)
