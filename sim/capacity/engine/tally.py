"""What one replication counts. Loads by hour and minute, outcomes of the measured orders, durations as histograms.

Nothing of an order is kept here once it has ended. Everything ends as named arrays, which add up over replications and
can be written and read back whole.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from reference_impl.civil_time import HOUR, MINUTE, instant_of
from sim.capacity.engine.order_under_way import OrderUnderWay
from sim.capacity.histogram import BINS, bin_of

Arrays = Mapping[str, NDArray[np.generic]]


SCALARS = (
    "orders",
    "sms_after_window",
    "largest_sms_delay_ms",
    "slots_over_capacity",
    "sms_delay_ms",
    "notification_wait_ms",
)


class Numbered(type):
    """Named numbers from 0 on. Plain ones: to look a member of an enumeration up costs more than to count with it."""

    @property
    def names(cls) -> tuple[str, ...]:
        """The names in lower case, in the order of their numbers."""
        return tuple(name.lower() for name in vars(cls) if name.isupper())

    def __len__(cls) -> int:
        return len(cls.names)


class HourlyCount(metaclass=Numbered):
    """What is counted by hour of the clock; peaks are the largest within the hour."""

    RECEIVED = 0
    LINE_READY = 1
    ENGAGEMENT_SMS = 2
    REMINDERS = 3
    NOTIFICATIONS = 4
    DEPOSITS = 5
    ROWS = 6
    LARGEST_DEPOSIT = 7
    SESSIONS = 8
    SESSIONS_PEAK = 9
    BOOKED_BY_CUSTOMER = 10
    BOOKED_BY_OPERATOR = 11
    REFUSED = 12
    TIMED_OUT = 13
    CANCELLED = 14
    RESCHEDULES = 15
    VISITS = 16
    NO_SLOT = 17
    CALLS = 18
    NOTIFICATIONS_IN_A_SECOND = 19
    NOTIFICATIONS_WAITING = 20
    ALIVE = 21
    CALLS_WAITING = 22
    OPENING_ALIVE = 23  # of those under way, the orders that were open when the horizon began


class Outcome(metaclass=Numbered):
    """What became of the measured orders, by territory."""

    RECEIVED = 0
    IN_SERVICE = 1
    BOOKED_BY_CUSTOMER = 2
    BOOKED_BY_OPERATOR = 3
    REFUSED = 4
    TIMED_OUT = 5
    CANCELLED = 6
    VISITED = 7
    FOUND_NO_SLOT = 8
    RESCHEDULES = 9
    REMINDERS = 10
    ANSWERED_TOO_LATE = 11
    ORDINARY = 12  # worked outside the service
    OPEN = 13  # still under way when the run ended


class DurationKind(metaclass=Numbered):
    """Durations of the measured orders, by territory."""

    TO_BOOKING = 0
    TO_VISIT = 1
    SUSPENDED = 2


class Wait(metaclass=Numbered):
    """Waits within the measured time."""

    SMS = 0
    NOTIFICATION = 1
    CALL = 2  # in open time of the call centre


class CallCount(metaclass=Numbered):
    """What came of the calls asked for on measured days, by operator."""

    MADE = 0
    NOT_MADE = 1  # the term was over before an agent was free


class Cohort(metaclass=Numbered):
    """What became of the orders of each day of reception."""

    RECEIVED = 0
    BOOKED = 1
    REFUSED = 2
    TIMED_OUT = 3
    VISITED = 4
    NO_SLOT = 5
    DAYS_TO_VISIT_MS = 6
    CANCELLED = 7
    ORDINARY = 8
    OPEN = 9


HOURLY_COUNTS = len(HourlyCount)


class Tally:
    """The counters of one replication. `row` is the hour that runs: the hot path only adds to it.

    `first_day` is that of the clock, `days` are those of the horizon: what was before them is left out in the end.
    """

    def __init__(
        self, days: range, measured: range, territories: int, bands: int, operators: int, first_day: int | None = None
    ) -> None:
        self.days, self.measured = days, measured
        self.start = instant_of(days[0] if first_day is None else first_day)
        self.minutes_handed = array("q", bytes(8 * (instant_of(days[-1] + 1) - self.start) // MINUTE))
        self.minutes_sent = array("q", self.minutes_handed)
        self._minutes = len(self.minutes_handed)
        self.hours = [[0] * len(HourlyCount)]
        self.row = self.hours[0]
        self.outcomes = [[0] * len(Outcome) for _ in range(territories)]
        self.measures = [[array("q", bytes(8 * BINS)) for _ in DurationKind.names] for _ in range(territories)]
        self.waits = [array("q", bytes(8 * BINS)) for _ in Wait.names]
        self.cohorts = {day: [0] * len(Cohort) for day in days}
        self.visits = [[0] * (bands * 7) for _ in range(territories)]
        self.capacity = [[0] * (bands * 7) for _ in range(territories)]
        self.calls = [[0] * len(CallCount) for _ in range(operators)]
        self.sms_after_window = 0
        self.largest_sms_delay_ms = 0
        self.slots_over_capacity = 0  # INV-6
        self.sms_delay_ms = self.notification_wait_ms = 0  # sums
        self.orders = 0
        self.is_measuring = False

    def next_hour(self) -> None:
        """Begin the row of the next hour."""
        self.row = [0] * HOURLY_COUNTS
        self.hours.append(self.row)

    def received(self, under_way: OrderUnderWay) -> None:
        """Count an order that has come in."""
        self.orders += 1
        self.row[HourlyCount.RECEIVED] += 1
        if under_way.day.measured:
            counts = self.outcomes[under_way.territory]
            counts[Outcome.RECEIVED] += 1
            counts[Outcome.IN_SERVICE] += under_way.order.flow == "service"
            self.cohorts[under_way.day.day][Cohort.RECEIVED] += 1

    def peak(self, load: int, value: int) -> None:
        """Keep the largest value of the hour."""
        row = self.row
        row[load] = value if value > row[load] else row[load]

    def took(self, territory: int, measure: int, duration_ms: int) -> None:
        """Count a duration (`DurationKind`, ms) of a measured order of a territory."""
        self.measures[territory][measure][bin_of(duration_ms)] += 1

    def waited(self, wait: int, wait_ms: int) -> None:
        """Count a wait (`Wait`, ms) that ends within the measured time."""
        if self.is_measuring:
            self.waits[wait][bin_of(wait_ms) if wait_ms else 0] += 1

    def sms(self, handed_at: int, sent_at: int) -> None:
        """Count an SMS in the minute in which it was handed to the gateway and that in which it left; both instants."""
        minute = (handed_at - self.start) // MINUTE
        if minute < self._minutes:
            self.minutes_handed[minute] += 1
        if sent_at != handed_at:
            minute = (sent_at - self.start) // MINUTE
        if minute < self._minutes:
            self.minutes_sent[minute] += 1

    def arrays(self) -> Arrays:
        """Everything as named arrays."""
        return {
            **from_horizon(
                self.days[0],
                self.start,
                np.array(self.hours, dtype=np.int64),
                np.array(self.minutes_handed, dtype=np.int32),
                np.array(self.minutes_sent, dtype=np.int32),
            ),
            "outcomes": np.array(self.outcomes, dtype=np.int64),
            "measures": np.array(self.measures, dtype=np.int64),
            "waits": np.array(self.waits, dtype=np.int64),
            "cohorts": np.array([self.cohorts[day] for day in self.days], dtype=np.int64),
            "visits": np.array(self.visits, dtype=np.int64),
            "capacity": np.array(self.capacity, dtype=np.int64),
            "calls": np.array(self.calls, dtype=np.int64),
            "scalars": np.array([getattr(self, name) for name in SCALARS], dtype=np.int64),
            "days": np.array([self.days[0], len(self.days), self.measured[0], len(self.measured)], dtype=np.int64),
        }


def from_horizon(
    first_day: int, start: int, hours: NDArray[np.int64], handed: NDArray[np.int32], sent: NDArray[np.int32]
) -> Arrays:
    """Loads by hour and minute from the first day of the horizon on, counted since `start`.

    An SMS that waits in the gateway as the horizon begins counts as handed over in its first minute.
    """
    before = instant_of(first_day) - start
    minutes = before // MINUTE
    waiting = handed[:minutes].sum() - sent[:minutes].sum()
    handed = handed[minutes:].copy()
    handed[0] += waiting
    return {"hours": hours[before // HOUR :], "minutes_handed": handed, "minutes_sent": sent[minutes:]}
