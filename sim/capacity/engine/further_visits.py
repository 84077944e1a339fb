"""Visits after the first: of orders where nobody was home, or whose work needs another visit.

The service knows no second appointment, so the planner of the technicians arranges them outside of it. At the instant
of a visit in vain the planner takes the first free place from so many days later on, among those that customers are
offered; where none is free, the planner looks again a day later. Further visits compete for places and count as visits,
and are no part of any trace. They do not change how an order ended in the service.
"""

from __future__ import annotations

from array import array
from collections import Counter

import numpy as np

from reference_impl.civil_time import DAY, HOUR, civil_day, instant_of
from reference_impl.deadlines import slot_can_be_offered
from reference_impl.policy import Policy
from reference_impl.ports import Slot
from reference_impl.slot_agenda import SlotAgenda, days_offered
from sim.agenda import Agenda
from sim.capacity.engine.order_under_way import OrderUnderWay
from sim.capacity.engine.outcomes import OutcomeCounter
from sim.capacity.engine.tally import Arrays
from sim.capacity.histogram import BINS, bin_of
from sim.capacity.scenario.scenario import Scenario

VISIT_COLUMNS = ("day", "index", "at", "is_done")


class UnfinishedWork:
    """What is left of an order after a visit in vain: how many more are, and the slot of the next visit."""

    __slots__ = ("day", "in_vain", "index", "is_measured", "received_at", "slot", "territory")

    def __init__(self, under_way: OrderUnderWay, in_vain: int) -> None:
        self.day, self.index = under_way.day.day, under_way.index
        self.territory, self.received_at = under_way.territory, under_way.received_at
        self.is_measured, self.in_vain = under_way.day.measured, in_vain
        self.slot: Slot | None = None


class FurtherVisits:
    """Arranges and counts them; `unfinished` is how many orders wait for one."""

    def __init__(
        self,
        scenario: Scenario,
        policy: Policy,
        slots: SlotAgenda,
        agenda: Agenda,
        outcomes: OutcomeCounter,
        keeps_rows: bool,
    ) -> None:
        self._policy, self._slots, self._agenda, self._outcomes = policy, slots, agenda, outcomes
        self._is_told = scenario.tells_further_visits
        self._names = [place.name for place in scenario.territories]
        self._days_offered = days_offered(policy)
        self._after_days = first_day_after(scenario, policy)
        self._visits_again = np.zeros((len(self._names), 7 * len(policy.slot_grid.bands)), dtype=np.int64)
        self._done = [array("q", bytes(8 * BINS)) for _ in self._names]
        self._orders = [0] * len(self._names)
        self._starts_at = agenda.now
        self._hours: Counter[int] = Counter()  # visits after the first, by hour since the clock started
        self._rows: list[tuple[int, int, int, bool]] | None = [] if keeps_rows else None
        self.unfinished = 0

    def visited(self, under_way: OrderUnderWay, now: int) -> None:
        """The first visit of an order: the work is done, or another visit is arranged."""
        work = UnfinishedWork(under_way, under_way.day.visits_in_vain[under_way.index])
        self._tell(work, now)
        if work.in_vain:
            self.unfinished += 1
            self._orders[work.territory] += work.is_measured
            self._arrange(work, now)
        else:
            self._count_done(work, now)

    def arrays(self, hours: range) -> Arrays:
        """`visits_again` (territory, weekday and band), `orders_again` and `done` (territory, bin of the days to it).

        Then `hours_again` of some hours since the clock started, and the rows of visits where they are kept: day and
        index of the order, the instant, whether it did the work. Nothing where the scenario says nothing of them.
        """
        if not self._is_told:
            return {}
        done, orders = np.array(self._done, dtype=np.int64), np.array(self._orders, dtype=np.int64)
        counts = {"visits_again": self._visits_again, "orders_again": orders, "done": done}
        counts["hours_again"] = np.array([self._hours[hour] for hour in hours], dtype=np.int64)
        if self._rows is not None:
            counts["visit_rows"] = np.array(self._rows, dtype=np.int64).reshape(-1, len(VISIT_COLUMNS))
        return counts

    def _arrange(self, work: UnfinishedWork, now: int) -> None:
        work.slot = slot = self._first_free(work.territory, now)
        if slot is None:
            self._agenda.wake_at(now + DAY, self._arrange, work)
            return
        self._slots.take(self._names[work.territory], slot)
        self._outcomes.hold(work.territory, slot)
        self._agenda.wake_at(slot.start, self._visited_again, work)

    def _first_free(self, territory: int, now: int) -> Slot | None:
        today, name = civil_day(now), self._names[territory]
        for day in range(today + self._after_days, today + self._days_offered + 1):
            midnight = instant_of(day)
            for slot in self._slots.between(midnight, midnight):
                is_free = slot.start >= now and self._slots.free(name, slot) > 0
                if is_free and slot_can_be_offered(slot.start, now, self._policy):
                    return slot
        return None

    def _visited_again(self, work: UnfinishedWork, now: int) -> None:
        if work.slot is not None:
            cell = self._outcomes.count_visit(work.territory, work.slot)
            if cell is not None:
                self._visits_again[work.territory, cell] += 1
            self._hours[(now - self._starts_at) // HOUR] += 1
        work.in_vain -= 1
        self._tell(work, now)
        if work.in_vain:
            self._arrange(work, now)
        else:
            self.unfinished -= 1
            self._count_done(work, now)

    def _tell(self, work: UnfinishedWork, now: int) -> None:
        """Keep a visit of a measured order, and whether it did the work."""
        if self._rows is not None and work.is_measured:
            self._rows.append((work.day, work.index, now, not work.in_vain))

    def _count_done(self, work: UnfinishedWork, now: int) -> None:
        if work.is_measured:
            self._done[work.territory][bin_of(now - work.received_at)] += 1


def first_day_after(scenario: Scenario, policy: Policy) -> int:
    """How many days after a visit in vain the first place is looked for: no later than the last on offer."""
    return min(scenario.technicians.second_visit_after_days, days_offered(policy))
