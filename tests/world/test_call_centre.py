"""A call centre: the hours in which it works, and what it does for the customers of its files."""

from __future__ import annotations

from typing import Any

import pytest

from reference_impl.civil_time import DAY, format_instant, parse_instant
from sim.people.call_centre import CallCentre, CallCentreBehaviour, next_round
from sim.people.customers import Delay, Mix
from sim.world import World
from tests.world.populations import TUESDAY, centre_in, customers_in, data_of, everybody, new_world, submit, times_of

SURE = CallCentreBehaviour(reached=1.0, declines=0.0, leaves_alone=Delay(0, 0))


def world_with_centre(behaviour: CallCentreBehaviour, mix: Mix | None = None) -> tuple[World, CallCentre]:
    """A world after five days with one order, and its call centre; without a mix the customer does nothing."""
    world = new_world()
    if mix is not None:
        customers_in(world, mix)
    centre = centre_in(world, behaviour)
    submit(world, "ALFA-1")
    world.run_until(TUESDAY + 5 * DAY)
    return world, centre


@pytest.mark.parametrize(
    ("now", "following"),
    [
        ("2026-03-03T08:59:59", "2026-03-03T09:00:00"),
        ("2026-03-03T09:00:00", "2026-03-03T09:30:00"),
        ("2026-03-03T17:29:59", "2026-03-03T17:30:00"),
        ("2026-03-03T17:30:00", "2026-03-04T09:00:00"),  # nobody starts a round at closing time
        ("2026-03-06T17:45:00", "2026-03-09T09:00:00"),  # Friday evening: Monday morning
        ("2026-03-07T10:00:00", "2026-03-09T09:00:00"),
        ("2026-03-27T20:00:00", "2026-03-30T09:00:00"),  # the clock goes forward in between
    ],
)
def test_a_call_centre_works_in_rounds_within_its_hours(now: str, following: str) -> None:
    assert format_instant(next_round(parse_instant(now), CallCentreBehaviour()))[:19] == following


@pytest.mark.parametrize("wrong", [{"opens_hour": 18, "closes_hour": 9}, {"weekdays": ()}, {"weekdays": (7,)}])
def test_hours_that_cannot_be_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="allowed:"):
        CallCentreBehaviour(**wrong)


def test_a_call_centre_reads_the_file_and_books_through_its_link() -> None:
    world, centre = world_with_centre(SURE)
    [confirmed], [deposited] = data_of(world, "appointment.confirmed"), data_of(world, "csv.deposited")
    assert times_of(world, "csv.fetched") == ["2026-03-03T12:00:00.000+01:00"]
    assert times_of(world, "appointment.confirmed") == ["2026-03-03T12:00:00.000+01:00"]
    assert (confirmed["channel"], confirmed["link"]) == ("operator", deposited["rows"][0]["link"])
    assert centre.outcomes == {"ALFA-1": "booked"}


def test_a_call_centre_leaves_alone_who_has_booked() -> None:
    world, centre = world_with_centre(SURE, everybody("book", 60))
    assert [data["channel"] for data in data_of(world, "appointment.confirmed")] == ["customer"]
    assert data_of(world, "agent.rejected") == []
    assert centre.outcomes == {"ALFA-1": "too_late"}


def test_a_call_centre_gives_up_a_customer_who_never_answers() -> None:
    world, centre = world_with_centre(CallCentreBehaviour(reached=0.0, leaves_alone=Delay(0, 0), calls=2))
    assert times_of(world, "agent.opened") == []
    assert centre.outcomes == {"ALFA-1": "not_reached"}


def test_a_customer_who_is_reached_may_decline() -> None:
    world, centre = world_with_centre(CallCentreBehaviour(reached=1.0, declines=1.0, leaves_alone=Delay(0, 0)))
    assert [data["channel"] for data in data_of(world, "appointment.declined")] == ["operator"]
    assert centre.outcomes == {"ALFA-1": "declined"}
