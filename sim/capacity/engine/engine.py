"""One replication of one variant: the service under SimPy, its orders, and everything counted.

The same `Service` that the features prove is driven here, with ports that count. Arrivals are made a day at a time;
what has ended is forgotten, so memory follows the orders under way.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import simpy

from reference_impl.civil_time import HOUR, civil_day, format_instant, instant_of
from reference_impl.policy import Policy
from reference_impl.ports import OrderKey, Slot
from reference_impl.registry import operator_from
from reference_impl.service import Service
from reference_impl.slot_agenda import SlotAgenda, days_offered
from sim.agenda import SPAN, Agenda
from sim.capacity.engine.arrivals import Arrivals
from sim.capacity.engine.counting_ports import (
    CountingDrop,
    CountingGateway,
    CountingJournal,
    CountingNotifier,
    PlainLinkKeys,
    Sampled,
    sampled_every,
)
from sim.capacity.engine.further_visits import FurtherVisits
from sim.capacity.engine.opening_ends import OpeningEnds
from sim.capacity.engine.order_rows import OrderRows
from sim.capacity.engine.order_under_way import DayOfOrders, OrderUnderWay
from sim.capacity.engine.outcomes import ENDED_AS, OutcomeCounter
from sim.capacity.engine.people import People
from sim.capacity.engine.places import Places
from sim.capacity.engine.tally import Arrays, HourlyCount, Outcome, Tally
from sim.capacity.engine.trace_order import in_order
from sim.capacity.engine.workload import Workload
from sim.capacity.scenario.open_hours import days_of_rest
from sim.capacity.scenario.scenario import Scenario
from sim.recorder import Event, Recorder
from sim.world import SOURCES

GC_THRESHOLDS = (10_000_000, 50, 1_000)
Progress = Callable[[int, float], None]


@dataclass(frozen=True, slots=True)
class Replication:
    """What a replication gives back: its counts as named arrays, and the trace of its sampled orders."""

    arrays: Arrays
    trace: Sequence[Event]
    engine: str = "service"  # which it was, and why, where it is not the one that was asked for


def run_replication(
    scenario: Scenario,
    seed: int,
    replication: int,
    progress: Progress | None = None,
    keeps_orders: bool = False,
) -> Replication:
    """Run one replication. `progress` hears of the orders so far and the share of the horizon, once a simulated day.

    `keeps_orders` adds a row for each measured order to the arrays; memory then grows with them.
    """
    with rare_collections():
        engine = Engine(scenario, seed, replication, progress, OrderRows() if keeps_orders else None)
        engine.run()
        return Replication(engine.arrays(), engine.finish_trace())


@contextmanager
def rare_collections() -> Iterator[None]:
    """Objects die by reference here, so cycles are looked for seldom: else a run takes 15 % longer."""
    before = gc.get_threshold()
    gc.set_threshold(*GC_THRESHOLDS)
    try:
        yield
    finally:
        gc.set_threshold(*before)


class Engine:
    """Wires the service to the counting ports and lets the days pass. The replay of a cohort run is an `Engine` too."""

    arranges_further_visits = True

    def __init__(
        self, scenario: Scenario, seed: int, replication: int, progress: Progress | None, order_rows: OrderRows | None
    ) -> None:
        self._scenario, self._progress, self._order_rows = scenario, progress, order_rows
        self._policy = Policy.from_readings(scenario.readings)
        self._workload = Workload(scenario, self._policy, seed, replication)
        self._days = self._workload.days
        self._bands = self._policy.slot_grid.times()
        self._names = [place.name for place in scenario.territories]
        self._places = Places(scenario, self._policy, seed, replication)
        measured, operators = self._workload.measured_days, len(scenario.operators)
        first_day = self._workload.first_day
        self.tally = Tally(self._days, measured, len(self._names), len(self._bands), operators, first_day)
        self._start = instant_of(first_day)
        self._midnight = self._start
        self._agenda = Agenda(simpy.Environment(initial_time=self._start), self._each_span)
        self._under_way: dict[OrderKey, OrderUnderWay] = {}
        self._opening = len(scenario.open_orders)  # those of them that have not ended
        self._opening_ends = OpeningEnds(scenario, self._days)
        self._recorder = Recorder(self.now, f"{scenario.name}-{replication}")
        self._slots = SlotAgenda(self._policy, dict.fromkeys(self._names, 0))
        self._outcomes = OutcomeCounter(
            self.tally, self._under_way, self._slots, self._names, [start for start, _ in self._bands], self._agenda
        )
        keeps_rows = order_rows is not None
        self._further = FurtherVisits(scenario, self._policy, self._slots, self._agenda, self._outcomes, keeps_rows)
        if scenario.tells_further_visits and self.arranges_further_visits:
            self._outcomes.visited = self._further.visited
        self._sampled = Sampled(self._recorder, self._capacity_of)
        self._service = self._wired()
        self._arrivals = self._make_arrivals()
        for plan in scenario.operators:
            self._service.register(operator_from(plan.registration))

    def run(self) -> None:
        """Let all days pass, then the time that the last orders need, but no longer than the longest life."""
        first_day = self._workload.first_day
        for day in range(first_day, first_day + days_offered(self._policy)):
            self._publish_slots(day)
        self._agenda.run()
        self._forget_ended()
        for key in self._under_way:
            self._outcomes.close(key, Outcome.OPEN)
            self._count_opening(self._under_way[key], Outcome.OPEN)

    def arrays(self) -> Arrays:
        """Everything that was counted, and the rows of orders where they are kept."""
        rows = self._order_rows.arrays() if self._order_rows else {}
        before = (instant_of(self._days[0]) - self._start) // HOUR
        further = self._further.arrays(range(before, len(self.tally.hours)))
        lead_times = self._outcomes.lead_times.arrays()
        return {**self.tally.arrays(), **lead_times, **further, **self._opening_ends.arrays(), **rows}

    def finish_trace(self) -> Sequence[Event]:
        """The trace of the sampled orders, with what it observed, each instant in the one order."""
        until = format_instant(self.now(), True)  # nothing came before the first event, so there is no "from"
        observed = {"sources": list(SOURCES), "until": until, "readings": dict(self._scenario.readings)}
        self._recorder.record("/trace", "trace.observes", None, observed)
        return in_order(self._recorder.events)

    def _wired(self) -> Service:
        scenario, tally, sampled = self._scenario, self.tally, self._sampled
        wires = scenario.notifications
        gateway = self._make_gateway()
        drop = self._make_drop()
        constant = wires.latency_ms.constant
        latency_ms = None if constant is None else round(constant)
        service = Service(
            policy=self._policy,
            agenda=self._slots,
            sms=gateway,
            drop=drop,
            notifier=CountingNotifier(tally, wires.concurrency, latency_ms, self._under_way, sampled),
            wake_ups=self._agenda,
            journal=CountingJournal(sampled, self._outcomes.counters),
            keys=PlainLinkKeys(scenario.gives_codes),
            documents=False,
        )
        people = self._make_people(service, self._workload.open_days, days_of_rest(self._policy))
        gateway.deliver, drop.deliver = people.get_link, people.get_rows
        return service

    def _make_gateway(self) -> CountingGateway:
        return CountingGateway(self.tally, self._scenario.sms.per_second, self._agenda, self._sampled)

    def _make_drop(self) -> CountingDrop:
        return CountingDrop(self.tally, self._policy.csv_dialect, self._sampled)

    def _make_arrivals(self) -> Arrivals:
        every = sampled_every(self._scenario, self._workload.expected_orders)
        return Arrivals(self._scenario, self._service, self._agenda, self.tally, self._under_way, self._sampled, every)

    def _make_people(self, service: Service, open_days: range, holidays: frozenset[int]) -> People:
        scenario, policy, slots = self._scenario, self._policy, self._slots
        wires = scenario, policy, service, slots, self._agenda, self.tally
        return People(*wires, self._under_way, open_days, holidays, instant_of(self._days[0]))

    def now(self) -> int:
        """The instant that runs."""
        return self._agenda.now

    def _each_span(self, instant: int) -> int:
        """Before the first event of five minutes: begin the row of a new hour, and take in the orders that come.

        Returns the instant at which the agenda calls it again: the next hour, or the next order.
        """
        if instant % HOUR == 0:
            self._each_hour(instant)
        next_hour = instant - instant % HOUR + HOUR
        next_order = self._arrivals.take_in(instant + SPAN)
        return next_hour if next_order is None else min(next_hour, next_order)

    def _each_hour(self, instant: int) -> None:
        """Begin the row of an hour, close the orders that have ended, and at midnight make the new day."""
        self._forget_ended()
        if instant > self._start:
            self.tally.next_hour()
        self.tally.row[HourlyCount.ALIVE] = len(self._under_way)
        self.tally.row[HourlyCount.OPENING_ALIVE] = self._opening
        if instant == self._midnight:
            self._begin_day(civil_day(instant))

    def _begin_day(self, day: int) -> None:
        self._midnight = instant_of(day + 1)
        self._publish_slots(day + days_offered(self._policy))
        self._slots.forget_before(instant_of(day - 1))
        self.tally.is_measuring = day in self._workload.measured_days
        if self._is_over(day):
            self._agenda.stop()
        if day not in self._workload.arrival_days:
            return
        self._arrivals.begin_day(self._orders_of(day))
        if self._progress is not None:
            self._progress(self.tally.orders, max(day - self._days[0], 0) / len(self._days))

    def _orders_of(self, day: int) -> DayOfOrders | None:
        return self._workload.day(day)

    def _is_over(self, day: int) -> bool:
        """Whether a run ends with the midnight at which a day begins."""
        last = self._days[-1]
        is_done = not self._under_way and not self._further.unfinished
        return day > last and (is_done or day > last + self._scenario.horizon.longest_life_days)

    def _forget_ended(self) -> None:
        ended_keys = self._outcomes.ended
        for key in ended_keys:
            self._outcomes.close(key)
            under_way = self._under_way.pop(key)
            self._count_opening(under_way, ENDED_AS.get(under_way.order.state, Outcome.ORDINARY))
            self._close(under_way)
            if self._order_rows is not None:
                self._order_rows.add(under_way)
            self._service.forget(under_way.order)
            self._sampled.end(key)
        ended_keys.clear()

    def _count_opening(self, under_way: OrderUnderWay, outcome: int) -> None:
        """Count the end of an order that was open when the horizon began."""
        if under_way.day.day < self._days[0]:
            self._opening -= 1
            self._opening_ends.count(under_way.territory, outcome, self.now())

    def _close(self, under_way: OrderUnderWay) -> None:
        """An order that has ended is about to be forgotten."""

    def _publish_slots(self, day: int) -> None:
        """Give the slots of a day their technicians, and count them where the day is measured."""
        for territory, _, cell, slot, places, taken in self._places.of_day(day):
            self._slots.set_capacity(self._names[territory], slot, places)
            self._take(territory, slot, taken)
            if day in self._workload.measured_days:
                self.tally.capacity[territory][cell] += places
                self.tally.visits[territory][cell] += taken

    def _take(self, territory: int, slot: Slot, taken: int) -> None:
        """The places of a slot that were taken before the run."""
        for _ in range(taken):
            self._slots.take(self._names[territory], slot)
            self._outcomes.hold(territory, slot)

    def _capacity_of(self, key: OrderKey, slot: Slot) -> tuple[str, int]:
        territory = self._names[self._under_way[key].territory]
        return territory, self._slots.capacity(territory, slot)
