"""The life cycle of an order reduced to what decides: the rules that the plain models share.

A plain model keeps no effects, texts, links, files or journal: it counts. Draws and deadlines are those of the engine,
so that all that is counted must be equal in every way to the last number.
"""

from __future__ import annotations

from bisect import bisect_left

from reference_impl.civil_time import DAY, HOUR, instant_of, wall_clock, weekday
from reference_impl.deadlines import reminder_deadline
from reference_impl.policy import Policy
from reference_impl.slot_agenda import days_offered
from reference_impl.working_days import day_book
from sim.capacity.engine.workload import LATENCIES, Workload
from sim.capacity.scenario.open_hours import OpenTime
from sim.capacity.scenario.scenario import Scenario
from tests.benchmark.plain_counts import PlainCounts, PlainOrder


class PlainWorld:
    """What all plain models look things up in: draws, opening hours, slots, and the counts."""

    def __init__(self, scenario: Scenario, seed: int, replication: int) -> None:
        self.scenario = scenario
        self.policy = Policy.from_readings(scenario.readings)
        self.workload = Workload(scenario, self.policy, seed, replication)
        days = self.workload.days
        self.start = instant_of(days[0])
        self.latest = instant_of(days[-1] + 1 + scenario.horizon.longest_life_days)
        holidays = day_book(self.policy).holidays
        open_days = range(days[0], days[-1] + scenario.horizon.longest_life_days + 2 * days_offered(self.policy))
        self.awake = OpenTime(scenario.customers.awake.open_hours, open_days, holidays)
        self.retry_ms = round(scenario.customers.retries_after_hours * HOUR)
        self.sms_interval_ms = round(1000 / scenario.sms.per_second)
        self.bands = [start for start, _ in self.policy.slot_grid.times()]
        self.counts = PlainCounts(scenario, self.workload, self.bands)
        self._starts: list[int] = []
        self._free: list[dict[int, int]] = [{} for _ in scenario.territories]
        for day in open_days:
            self._publish(day, holidays)

    def _publish(self, day: int, holidays: frozenset[int]) -> None:
        if day in holidays or not any(place.capacity[weekday(day)] for place in self.scenario.territories):
            return
        for number, place in enumerate(self.scenario.territories):
            self.counts.publish(number, day, place.capacity[weekday(day)])
        for band, time in enumerate(self.bands):
            start = instant_of(day, time)
            for number, place in enumerate(self.scenario.territories):
                self._free[number][start] = place.capacity[weekday(day)][band]
            if any(free[start] for free in self._free):
                self._starts.append(start)

    def first_slot(self, territory: int, now: int, wished: int) -> int:
        """The first free slot from the wished instant on, else the first free one; 0 where there is none."""
        free = self._free[territory]
        today = wall_clock(now)[0]
        past_the_last = instant_of(today + days_offered(self.policy) + 1)
        for since in (wished, now):
            place = bisect_left(self._starts, since)
            while place < len(self._starts) and self._starts[place] < past_the_last:
                start = self._starts[place]
                if free[start] > 0 and now <= reminder_deadline(start):
                    return start
                place += 1
        return 0

    def take(self, order: PlainOrder, start: int) -> None:
        """Put an appointment into a slot."""
        self._free[order.territory][start] -= 1
        order.slot = start

    def release(self, order: PlainOrder) -> None:
        """Free the slot of an order."""
        self._free[order.territory][order.slot] += 1

    def wished(self, order: PlainOrder, now: int) -> int:
        """From when on the customer would like the visit."""
        day = wall_clock(now)[0] + order.day.wish_days[order.index]
        return instant_of(day, self.bands[order.day.wish_band[order.index]])

    def wished_move(self, order: PlainOrder) -> int:
        """From when on the customer would like the visit instead."""
        day, time = wall_clock(order.slot)
        return instant_of(day + max(order.day.move_days[order.index], 1), time)

    def moves_at(self, order: PlainOrder, now: int) -> int:
        """When the customer changes their mind."""
        open_ms = max(reminder_deadline(order.slot) - now, 0)
        return now + int(open_ms * order.day.reschedule_fraction[order.index])

    def cancels_at(self, order: PlainOrder, sent_at: int) -> int | None:
        """When the operator cancels, if it does."""
        if not order.day.cancels[order.index]:
            return None
        return sent_at + int(order.day.cancel_fraction[order.index] * 5 * DAY)

    def latency_ms(self, order: PlainOrder) -> int:
        """How long the next notification of an order takes."""
        constant = self.scenario.notifications.latency_ms.constant
        if constant is not None:
            return round(constant)
        order.notices += 1
        return order.day.latency_ms[order.index * len(LATENCIES) + order.notices % len(LATENCIES)]
