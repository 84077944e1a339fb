"""The call centre of an operator as a resource: agents, hours, a queue, and what it makes of the orders."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import numpy as np
import pytest
import simpy

from reference_impl.civil_time import HOUR, MINUTE, instant_of
from reference_impl.orders import State
from sim.agenda import Agenda
from sim.capacity.engine.call_centre import CallQueue
from sim.capacity.engine.engine import run_replication
from sim.capacity.engine.tally import Arrays, CallCount, HourlyCount, Outcome, Tally
from sim.capacity.jobs.jobs import Finished
from sim.capacity.scenario.open_hours import OpenTime
from sim.capacity.scenario.scenario import CallCentre, Scenario
from sim.capacity.tables.bottlenecks import bottlenecks
from sim.capacity.tables.indicators import indicators_of
from tests.capacity.cases import scenario

MONDAY = 20_514  # 2 March 2026
OPENS, CLOSES, OPEN_HOURS = 9 * HOUR, 18 * HOUR, 9


class KnownOrder:
    """What a queue asks of an order under way: who answers at which attempt, and until when its term runs."""

    def __init__(self, name: str, answers_at: int, closes_at: int) -> None:
        self.name, self.order, self.day, self.index = name, self, self, 0
        self.reached_at_attempt, self.closes_at = [answers_at], closes_at
        self.state, self.calls = State.ENGAGED, 0


class Centre:
    """A call centre by itself, and the calls that somebody answered."""

    def __init__(self, **members: object) -> None:
        days = range(MONDAY, MONDAY + 7)
        self.tally = Tally(days, days, 1, 1, 1)
        self.tally.is_measuring = True
        self.agenda = Agenda(simpy.Environment(initial_time=instant_of(MONDAY)))
        self.answered: list[tuple[str, int]] = []
        centre = CallCentre.model_validate({"reached_per_attempt": 0.5, "first_call_after_hours": 0, **members})
        hours = OpenTime(centre.open_hours, range(MONDAY, MONDAY + 30), ())
        self.queue = CallQueue(0, centre, hours, self.agenda, self.tally, self._reached)

    def _reached(self, order: Any, now: int) -> None:
        self.answered.append((order.name, now))
        order.state = State.BOOKED

    def live(self, orders: Iterable[tuple[int, Any]], until: int) -> list[tuple[str, int]]:
        """Let rows come, each at its instant; who answered, and at which instant."""
        for instant, order in orders:
            self.agenda.wake_at(instant, self.queue.ask, order)
        self.agenda.wake_at(until, lambda _, now: self.agenda.stop(), None)
        self.agenda.run()
        return self.answered

    @property
    def calls(self) -> list[int]:
        """Calls made and not made."""
        return self.tally.calls[0]


def at(day: int, time: int) -> int:
    """An instant of the week."""
    return instant_of(MONDAY + day, time)


def order(name: str, answers_at: int = 1, closes_at: int = at(20, 0)) -> Any:
    """A stand-in for an order whose customer answers at the first call, unless said otherwise."""
    return KnownOrder(name, answers_at, closes_at)


def test_calls_wait_for_an_agent_in_the_order_in_which_they_were_asked_for() -> None:
    centre = Centre(agents=2, minutes_per_call=10)
    rows = [(at(0, OPENS), order(name)) for name in "ABCDE"]
    expected = [("A", 0), ("B", 0), ("C", 10), ("D", 10), ("E", 20)]
    assert centre.live(rows, at(1, 0)) == [(name, at(0, OPENS) + minute * MINUTE) for name, minute in expected]
    assert centre.tally.hours[0][HourlyCount.CALLS_WAITING] == 3
    assert centre.calls == [5, 0]


def test_a_row_of_the_evening_is_called_in_the_morning_and_a_long_call_goes_on_the_next_day() -> None:
    centre = Centre(agents=1, minutes_per_call=60)
    rows = [(at(0, CLOSES - 30 * MINUTE), order("A")), (at(0, 20 * HOUR), order("B"))]
    assert centre.live(rows, at(2, 0)) == [("A", at(0, CLOSES - 30 * MINUTE)), ("B", at(1, OPENS + 30 * MINUTE))]


def test_nobody_is_called_on_a_day_on_which_the_centre_is_closed() -> None:
    centre = Centre(agents=1)
    assert centre.live([(at(4, 20 * HOUR), order("A"))], at(9, 0)) == [("A", at(7, OPENS))]


def test_who_is_not_reached_is_called_again_behind_those_who_wait() -> None:
    centre = Centre(agents=1, minutes_per_call=30, hours_between_attempts=0.5)
    rows = [(at(0, OPENS), order(name, answers_at)) for name, answers_at in (("A", 2), ("B", 1), ("C", 1))]
    minutes = {name: (instant - at(0, OPENS)) // MINUTE for name, instant in centre.live(rows, at(1, 0))}
    assert minutes == {"B": 30, "C": 60, "A": 90}
    assert centre.calls == [4, 0]


def test_who_has_acted_is_not_called_and_whose_term_is_over_is_a_call_not_made() -> None:
    centre = Centre(agents=1, minutes_per_call=60)
    acted, late = order("acted"), order("late", closes_at=at(0, OPENS + HOUR))
    acts = at(0, OPENS + 10 * MINUTE)
    centre.agenda.wake_at(acts, lambda subject, _: setattr(subject, "state", State.BOOKED), acted)
    rows = [(at(0, OPENS), subject) for subject in (order("A"), acted, late, order("D"))]
    assert [name for name, _ in centre.live(rows, at(1, 0))] == ["A", "D"]
    assert centre.calls == [2, 1]


@cache
def called(agents: int, minutes_per_call: float) -> Arrays:
    """A fortnight in which only the call centre books."""
    return run_replication(with_centre(agents, minutes_per_call), 5, 0).arrays


def with_centre(agents: int, minutes_per_call: float) -> Scenario:
    """The small scenario whose customers do nothing by themselves, with a call centre of Monday to Friday."""
    centre = {"agents": agents, "reached_per_attempt": 0.5, "attempts": 4, "minutes_per_call": minutes_per_call}
    plans = [{"name": "ALFA", "orders_per_year": 7300, "services": {"VULA_FTTH": 1}, "call_centre": centre}]
    return scenario(operators=plans, customers__books=0.0, territories__lazio__slots_per_band=40)


def test_calls_are_counted_when_they_are_made() -> None:
    hours = called(2, 4)["hours"][:, HourlyCount.CALLS]
    assert hours.sum() > 300
    open_hours = {
        (instant_of(day, hour * HOUR) - instant_of(MONDAY)) // HOUR
        for day in range(MONDAY, MONDAY + len(hours) // 24)
        if (day - MONDAY) % 7 < 5
        for hour in range(OPENS // HOUR, CLOSES // HOUR)
    }
    assert set(np.flatnonzero(hours).tolist()) <= open_hours
    assert np.isfinite([*indicators_of(called(2, 4), ["lazio"], scenario(costs={"sms": 1})).values()]).all()
    assert hours.max() <= 2 * 60 / 4, "two agents make no more than thirty calls of four minutes in an hour"


def test_a_call_centre_that_is_too_small_is_the_tightest_resource() -> None:
    loads = {}
    for agents, minutes in ((20, 4.0), (2, 300.0)):
        counts = called(agents, minutes)
        tightest = bottlenecks(with_centre(agents, minutes), [Finished("base", 0, counts, (), 0.0)])
        loads[minutes] = {item.resource: item for item in tightest}, tightest[0].resource
    assert loads[300.0][1] == "call_centre"
    assert loads[300.0][0]["call_centre"].load > 1
    assert loads[300.0][0]["call_centre"].parameter == "operators.1.call_centre.agents"
    assert loads[4.0][0]["call_centre"].load < 0.2
    few, many = called(2, 300.0), called(20, 4.0)
    assert few["calls"][0, CallCount.NOT_MADE] > 0 == many["calls"][0, CallCount.NOT_MADE]
    assert few["outcomes"][0, Outcome.TIMED_OUT] > 3 * many["outcomes"][0, Outcome.TIMED_OUT]


@pytest.mark.parametrize("changes", [{}, {"horizon__longest_life_days": 1}, {"share": 0.5}])
def test_every_order_received_has_one_end(changes: dict[str, object]) -> None:
    share = changes.pop("share", 1.0)
    plans = [{"name": "ALFA", "orders_per_year": 7300, "services": {"ULL": 1}, "share_with_code": share}]
    counts = run_replication(scenario(operators=plans, **changes), 5, 0).arrays
    ends = [getattr(Outcome, name) for name in ("VISITED", "REFUSED", "TIMED_OUT", "CANCELLED", "ORDINARY", "OPEN")]
    outcomes = counts["outcomes"]
    assert outcomes[:, ends].sum() == outcomes[:, Outcome.RECEIVED].sum() > 200
    assert (outcomes[:, Outcome.OPEN].sum() > 0) == ("horizon__longest_life_days" in changes)
    assert (outcomes[:, Outcome.ORDINARY].sum() > 0) == (share == 0.5)
