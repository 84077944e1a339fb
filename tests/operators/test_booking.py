"""The model operator books for customers who did not, and leaves alone what is booked or over."""

from __future__ import annotations

import pytest

from reference_impl.policy import Policy
from sim.faults import NotificationFaults
from sim.operators.in_process_http import live_with_model_operator
from tests.operators.lived import (
    PHONE,
    acts_of_operator,
    at,
    codes_of,
    customer_books,
    data_of_events,
    declines,
    new_world,
    one_order,
    times_of,
)


@pytest.mark.parametrize(("service", "booked"), [("VULA_FTTH", "W09"), ("ULL", "PA")])
def test_it_books_through_the_link_for_a_customer_who_did_not(service: str, booked: str) -> None:
    world = new_world()
    with one_order(world, service) as operator:
        world.run_until(at("03-09T00:00:00"))
        assert operator.cases["ALFA-1"].standing == "booked"
    assert times_of(world, "csv.fetched") == ["2026-03-03T14:00:00.000+01:00"]  # OP-3
    assert times_of(world, "appointment.confirmed") == ["2026-03-03T18:00:00.000+01:00"]  # OP-4
    assert codes_of(world)[-1] == booked
    assert [data["slot"]["start"] for data in data_of_events(world, "visit.started")] == ["2026-03-05T08:00:00+01:00"]


def test_it_leaves_the_link_alone_when_the_customer_has_booked() -> None:
    world = new_world()
    with one_order(world):
        world.at(at("03-03T15:00:00"), lambda: customer_books(world))
        world.run_until(at("03-09T00:00:00"))
    assert acts_of_operator(world) == []  # OP-5


def test_where_the_news_of_the_booking_is_late_it_looks_and_accepts_it() -> None:
    world = new_world()
    with one_order(world, faults=NotificationFaults(overtaken=1.0)) as operator:
        world.at(at("03-03T15:00:00"), lambda: customer_books(world))
        world.run_until(at("03-03T20:00:00"))
        assert operator.cases["ALFA-1"].notified == []
        assert operator.cases["ALFA-1"].standing == "booked"
        world.run_until(at("03-12T00:00:00"))
    assert acts_of_operator(world) == [("agent.opened", None)]  # OP-5


def test_it_uses_the_link_no_more_after_the_order_is_closed() -> None:
    world = new_world()
    with one_order(world) as operator:
        world.at(at("03-03T15:00:00"), lambda: declines(world))
        world.at(at("03-03T19:00:00"), lambda: operator.customer_asks("ALFA-1", "decline"))
        world.run_until(at("03-09T00:00:00"))
    assert codes_of(world)[-1] == "W24"
    assert acts_of_operator(world) == []  # OP-7


def test_a_file_that_comes_after_the_order_is_closed_leads_to_nothing() -> None:
    world = new_world()
    with one_order(world) as operator:
        world.at(at("03-03T09:30:00"), lambda: declines(world))
        world.run_until(at("03-09T00:00:00"))
        assert operator.cases["ALFA-1"].link is not None
    assert acts_of_operator(world) == []  # OP-7, OP-8


def test_where_the_news_of_the_end_is_late_it_looks_once_and_never_again() -> None:
    world = new_world()
    with one_order(world, faults=NotificationFaults(overtaken=1.0)):
        world.at(at("03-03T15:00:00"), lambda: declines(world))
        world.run_until(at("03-12T00:00:00"))
    assert acts_of_operator(world) == [("agent.opened", None)]  # OP-7, OP-8


def test_a_file_that_arrives_at_the_last_instant_still_leads_to_a_booking() -> None:
    world = new_world(Policy(csv_cadence="latest"), start=at("03-07T00:00:00"))  # a Saturday
    with live_with_model_operator(world, "ALFA", waits_hours=60) as operator:
        world.submit_order(**operator.new_order("ALFA-1", "VULA_FTTH", PHONE))
        world.at(at("03-07T20:00:00"), lambda: world.report_line("ALFA-1", "CO"))
        world.run_until(at("03-15T00:00:00"))
    assert times_of(world, "csv.fetched") == ["2026-03-08T12:00:00.000+01:00"]
    assert times_of(world, "appointment.confirmed") == [
        "2026-03-10T16:00:00.000+01:00"
    ]  # OP-8: day 3 in the worst case


def test_the_night_in_which_the_clock_goes_back_is_lived_through_in_elapsed_hours() -> None:
    world = new_world(start=at("10-24T00:00:00"))  # a Saturday; the clock goes back in the night
    with live_with_model_operator(world, "ALFA") as operator:
        world.submit_order(**operator.new_order("ALFA-1", "VULA_FTTH", PHONE))
        world.at(at("10-24T17:00:00"), lambda: world.report_line("ALFA-1", "CO"))
        world.run_until(at("11-01T00:00:00"))
    assert times_of(world, "csv.fetched") == ["2026-10-25T09:00:00.000+01:00"]
    assert times_of(world, "appointment.confirmed") == ["2026-10-25T13:00:00.000+01:00"]
