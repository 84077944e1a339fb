"""What a plain model counts: everything that a capacity run counts, kept by the model as it goes.

The counters have the shape of the engine's, so that the results of every way must be equal to the last number. Nothing
here looks into the engine: what it counts, it finds by itself from what the model says has happened.
"""

from __future__ import annotations

from collections import deque
from heapq import heappop, heappush

import numpy as np

from reference_impl.civil_time import DAY, HOUR, civil_day, instant_of, wall_clock, weekday
from reference_impl.deadlines import WINDOW_CLOSES
from sim.capacity.engine.order_under_way import DayOfOrders
from sim.capacity.engine.tally import HOURLY_COUNTS, Arrays, Cohort, DurationKind, HourlyCount, Outcome, Tally, Wait
from sim.capacity.engine.workload import Workload
from sim.capacity.scenario.scenario import Scenario


class PlainOrder:
    """One order in a plain model."""

    __slots__ = (
        "closes_at",
        "day",
        "found_no_slot",
        "index",
        "notices",
        "received_at",
        "remind_at",
        "reminders",
        "reschedules",
        "slot",
        "sms_at",
        "state",
        "territory",
    )

    def __init__(self, day: DayOfOrders, index: int) -> None:
        self.day, self.index = day, index
        self.received_at = day.received_at[index]
        self.territory = day.territory[index]
        self.state = "waiting"
        self.closes_at = self.sms_at = 0
        self.remind_at = 0
        self.slot = 0
        self.notices = self.reminders = self.reschedules = 0
        self.found_no_slot = False


class PlainCounts:
    """The counters of a plain model. Instants are milliseconds since the epoch."""

    def __init__(self, scenario: Scenario, workload: Workload, bands: list[int]) -> None:
        days = workload.days
        self.start, self.measured_until = instant_of(days[0]), instant_of(workload.measured_days[-1] + 1)
        self.measured_from = instant_of(workload.measured_days[0])
        self.tally = Tally(days, workload.measured_days, len(scenario.territories), len(bands), len(scenario.operators))
        self._latest_day = days[-1] + scenario.horizon.longest_life_days
        self._bands = {start: number for number, start in enumerate(bands)}
        self.hours = [[0] * HOURLY_COUNTS for _ in range((instant_of(self._latest_day + 2) - self.start) // HOUR)]
        self._ended = [0] * len(self.hours)
        self._session_ends: list[int] = []
        self._starts: deque[int] = deque()
        self._second = self._in_second = 0

    def count(self, load: int, now: int, number: int = 1) -> None:
        """Count something in its hour."""
        self.hours[(now - self.start) // HOUR][load] += number

    def peak(self, load: int, now: int, value: int) -> None:
        """Keep the largest value of the hour."""
        row = self.hours[(now - self.start) // HOUR]
        row[load] = max(row[load], value)

    def received(self, order: PlainOrder) -> None:
        """An order has come in."""
        self.tally.orders += 1
        self.count(HourlyCount.RECEIVED, order.received_at)
        if order.day.measured:
            outcomes = self.tally.outcomes[order.territory]
            outcomes[Outcome.RECEIVED] += 1
            outcomes[Outcome.IN_SERVICE] += 1
            outcomes[Outcome.OPEN] += 1
            cohort = self.tally.cohorts[order.day.day]
            cohort[Cohort.RECEIVED] += 1
            cohort[Cohort.OPEN] += 1

    def sms(self, load: int, handed_at: int, sent_at: int) -> None:
        """An SMS was handed over, and when it leaves."""
        tally, delay = self.tally, sent_at - handed_at
        self.count(load, handed_at)
        tally.sms(handed_at, sent_at)
        tally.sms_delay_ms += delay
        if self._is_measured(handed_at):
            tally.is_measuring = True
            tally.waited(Wait.SMS, delay)
            if delay:
                tally.largest_sms_delay_ms = max(tally.largest_sms_delay_ms, delay)
                (day, _), (sent_day, sent_time) = wall_clock(handed_at), wall_clock(sent_at)
                tally.sms_after_window += sent_day > day or sent_time > WINDOW_CLOSES

    def notified(self, handed_at: int, start: int) -> None:
        """A notification was handed over, and when it gets a connection; called in the order of handing over."""
        tally, starts = self.tally, self._starts
        self.count(HourlyCount.NOTIFICATIONS, handed_at)
        second = handed_at // 1000
        self._in_second = self._in_second + 1 if second == self._second else 1
        self._second = second
        self.peak(HourlyCount.NOTIFICATIONS_IN_A_SECOND, handed_at, self._in_second)
        tally.notification_wait_ms += start - handed_at
        if self._is_measured(handed_at):
            tally.is_measuring = True
            tally.waited(Wait.NOTIFICATION, start - handed_at)
        if start > handed_at:
            while starts and starts[0] <= handed_at:
                starts.popleft()
            starts.append(start)
            self.peak(HourlyCount.NOTIFICATIONS_WAITING, handed_at, len(starts))

    def session(self, order: PlainOrder, now: int) -> None:
        """Somebody opens the Virtual Agent."""
        ends = self._session_ends
        while ends and ends[0] <= now:
            heappop(ends)
        heappush(ends, now + order.day.session_ms[order.index])
        self.count(HourlyCount.SESSIONS, now)
        self.peak(HourlyCount.SESSIONS_PEAK, now, len(ends))

    def booked(self, order: PlainOrder, now: int) -> None:
        """The customer has an appointment."""
        self.count(HourlyCount.BOOKED_BY_CUSTOMER, now)
        if order.day.measured:
            self.tally.outcomes[order.territory][Outcome.BOOKED_BY_CUSTOMER] += 1
            self.tally.took(order.territory, DurationKind.TO_BOOKING, now - order.received_at)
            self.tally.cohorts[order.day.day][Cohort.BOOKED] += 1

    def found_no_slot(self, order: PlainOrder, now: int) -> None:
        """The customer has found nothing free."""
        self.count(HourlyCount.NO_SLOT, now)
        if order.day.measured and not order.found_no_slot:
            self.tally.outcomes[order.territory][Outcome.FOUND_NO_SLOT] += 1
        order.found_no_slot = True

    def too_late(self, order: PlainOrder) -> None:
        """The customer means to act when the term is over."""
        if order.day.measured:
            self.tally.outcomes[order.territory][Outcome.ANSWERED_TOO_LATE] += 1

    def visited(self, order: PlainOrder, now: int) -> None:
        """The technician has come."""
        self.count(HourlyCount.VISITS, now)
        day, time = wall_clock(order.slot)
        if day in self.tally.measured:
            self.tally.visits[order.territory][weekday(day) * len(self._bands) + self._bands[time]] += 1
        if order.day.measured:
            cohort = self.tally.cohorts[order.day.day]
            cohort[Cohort.VISITED] += 1
            cohort[Cohort.DAYS_TO_VISIT_MS] += order.slot - order.received_at
            self.tally.took(order.territory, DurationKind.TO_VISIT, order.slot - order.received_at)
        self._end(order, now, Outcome.VISITED, now - order.sms_at)

    def refused(self, order: PlainOrder, now: int) -> None:
        """The customer wants no appointment; the suspension stays open."""
        self.count(HourlyCount.REFUSED, now)
        if order.day.measured:
            self.tally.cohorts[order.day.day][Cohort.REFUSED] += 1
        self._end(order, now, Outcome.REFUSED, None)

    def timed_out(self, order: PlainOrder, now: int) -> None:
        """The term is over; the suspension stays open."""
        self.count(HourlyCount.TIMED_OUT, now)
        if order.day.measured:
            self.tally.cohorts[order.day.day][Cohort.TIMED_OUT] += 1
        self._end(order, now, Outcome.TIMED_OUT, None)

    def cancelled(self, order: PlainOrder, now: int) -> None:
        """The operator has cancelled."""
        self.count(HourlyCount.CANCELLED, now)
        if order.day.measured:
            self.tally.cohorts[order.day.day][Cohort.CANCELLED] += 1
        self._end(order, now, Outcome.CANCELLED, now - order.sms_at)

    def deposited(self, rows: dict[int, int], now: int) -> None:
        """A deposit run: how many rows each operator gets."""
        self.count(HourlyCount.DEPOSITS, now, len(rows))
        self.count(HourlyCount.ROWS, now, sum(rows.values()))
        self.peak(HourlyCount.LARGEST_DEPOSIT, now, max(rows.values()))

    def _end(self, order: PlainOrder, now: int, outcome: int, suspended: int | None) -> None:
        self._ended[(now - self.start) // HOUR] += 1
        if not order.day.measured:
            return
        outcomes = self.tally.outcomes[order.territory]
        outcomes[outcome] += 1
        outcomes[Outcome.OPEN] -= 1
        outcomes[Outcome.RESCHEDULES] += order.reschedules
        outcomes[Outcome.REMINDERS] += order.reminders
        cohort = self.tally.cohorts[order.day.day]
        cohort[Cohort.NO_SLOT] += order.found_no_slot
        cohort[Cohort.OPEN] -= 1
        if suspended is not None:
            self.tally.took(order.territory, DurationKind.SUSPENDED, suspended)

    def _is_measured(self, instant: int) -> bool:
        return self.measured_from <= instant < self.measured_until

    def publish(self, territory: int, day: int, places: tuple[int, ...]) -> None:
        """The technicians of a territory on a day."""
        if day in self.tally.measured:
            for band, number in enumerate(places):
                self.tally.capacity[territory][weekday(day) * len(self._bands) + band] += number

    def arrays(self) -> Arrays:
        """Everything that was counted, up to the midnight after which no order is left."""
        received = np.cumsum([0] + [row[HourlyCount.RECEIVED] for row in self.hours])
        alive = received[:-1] - np.cumsum([0, *self._ended])[:-1]
        for row, number in zip(self.hours, alive.tolist(), strict=True):
            row[HourlyCount.ALIVE] = number
        day = civil_day(self.start + len(self.tally.days) * DAY + 2 * HOUR)
        while alive[(instant_of(day) - self.start) // HOUR] and day <= self._latest_day:
            day += 1
        self.tally.hours = self.hours[: (instant_of(day) - self.start) // HOUR + 1]
        return self.tally.arrays()
