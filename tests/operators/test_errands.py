"""What customers ask the call centre for: another day until the cut-off, or to give up."""

from __future__ import annotations

from datetime import datetime

import pytest

from reference_impl.civil_time import format_instant
from sim.faults import NotificationFaults
from sim.operators.model_operator import reschedule_cutoff
from tests.operators.lived import acts_of_operator, at, codes_of, customer_books, data_of_events, new_world, one_order


def test_a_customer_who_asks_gets_the_appointment_moved_to_another_day() -> None:
    world = new_world()
    with one_order(world) as operator:
        world.run_until(at("03-03T20:00:00"))
        operator.customer_asks("ALFA-1", "move")
        world.run_until(at("03-12T00:00:00"))
        assert operator.cases["ALFA-1"].slot == {
            "start": "2026-03-06T08:00:00+01:00",
            "end": "2026-03-06T10:00:00+01:00",
        }
    [moved] = data_of_events(world, "appointment.rescheduled")
    assert moved["previous"]["start"] == "2026-03-05T08:00:00+01:00"
    assert [data["slot"]["start"] for data in data_of_events(world, "visit.started")] == ["2026-03-06T08:00:00+01:00"]


@pytest.mark.parametrize(
    ("asked_at", "moves"), [("03-04T18:00:00", 1), ("03-04T18:00:01", 0)], ids=["at the cut-off", "a second later"]
)
def test_it_moves_an_appointment_only_until_the_cut_off(asked_at: str, moves: int) -> None:
    world = new_world()
    with one_order(world, poll_minutes=1) as operator:
        world.run_until(at("03-03T20:00:00"))
        world.at(at(asked_at), lambda: operator.customer_asks("ALFA-1", "move"))
        world.run_until(at("03-12T00:00:00"))
    assert len(data_of_events(world, "appointment.rescheduled")) == moves  # OP-6
    assert data_of_events(world, "agent.rejected") == []


def test_the_cut_off_is_on_the_calendar_eve_even_where_the_clock_changes_that_day() -> None:
    slot = {"start": format_instant(at("03-30T08:00:00")), "end": format_instant(at("03-30T10:00:00"))}
    assert reschedule_cutoff(slot) == datetime.fromisoformat("2026-03-29T18:00:00+02:00")


def test_refused_after_the_cut_off_it_does_not_ask_again() -> None:
    world = new_world()
    with one_order(world, knows_cutoff=False) as operator:
        world.run_until(at("03-04T18:30:00"))
        operator.customer_asks("ALFA-1", "move")
        world.run_until(at("03-12T00:00:00"))
    assert acts_of_operator(world)[2:] == [("agent.opened", None), ("agent.rejected", "cutoff_passed")]  # OP-6
    assert len(data_of_events(world, "visit.started")) == 1


def test_a_customer_who_gives_up_is_declined_once_and_for_all() -> None:
    world = new_world()
    with one_order(world) as operator:
        world.run_until(at("03-03T14:00:00"))
        operator.customer_asks("ALFA-1", "decline")
        world.run_until(at("03-12T00:00:00"))
    assert acts_of_operator(world) == [("agent.opened", None), ("appointment.declined", None)]
    assert codes_of(world)[-1] == "W24"


def test_a_customer_who_gives_up_after_booking_is_not_declined() -> None:
    world = new_world()
    with one_order(world, faults=NotificationFaults(overtaken=1.0)) as operator:
        world.at(at("03-03T14:10:00"), lambda: customer_books(world))
        world.at(at("03-03T14:20:00"), lambda: operator.customer_asks("ALFA-1", "decline"))
        world.run_until(at("03-12T00:00:00"))
    assert acts_of_operator(world) == [("agent.opened", None)]  # OP-5


def test_an_errand_that_does_not_exist_is_refused() -> None:
    with one_order(new_world()) as operator, pytest.raises(ValueError, match="allowed: move or decline"):
        operator.customer_asks("ALFA-1", "sing")
