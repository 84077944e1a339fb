"""Time that counts only while something is open: a call centre, a central office, customers who are awake.

A delay of so many open hours is added by going to the open-time axis and back. Instants are milliseconds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reference_impl.civil_time import DAY, instant_of, weekday
from reference_impl.policy import Policy
from reference_impl.working_days import holidays_of

Instants = NDArray[np.int64]
ALL_WEEK = (0, 1, 2, 3, 4, 5, 6)
MIDNIGHT_TO_MIDNIGHT = 0, DAY


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours: weekdays (0 = Monday), milliseconds of the day, and whether holidays are open."""

    weekdays: tuple[int, ...] = ALL_WEEK
    start: int = 0
    end: int = DAY
    on_holidays: bool = True

    @property
    def always(self) -> bool:
        """Whether it never closes."""
        return self.weekdays == ALL_WEEK and self.start == 0 and self.end == DAY and self.on_holidays


def days_of_rest(policy: Policy) -> frozenset[int]:
    """The holidays on which people rest: the national ones and those that the reading adds, whatever the service does.

    So a reading of the service's calendar changes what the service does, and not who is at work.
    """
    return holidays_of(("national", *policy.holidays))


class OpenTime:
    """The open-time axis of some hours over a range of days."""

    def __init__(self, hours: Hours, days: range, holidays: Collection[int]) -> None:
        self._always = hours.always
        if self._always:
            days = range(0)  # the axis is the clock's own
        open_days = [
            day for day in days if weekday(day) in hours.weekdays and (hours.on_holidays or day not in holidays)
        ]
        self._starts = [instant_of(day, hours.start) for day in open_days]
        ends = [instant_of(day + 1) if hours.end == DAY else instant_of(day, hours.end) for day in open_days]
        lengths = np.array(ends, dtype=np.int64) - np.array(self._starts, dtype=np.int64)
        self._start_array = np.array(self._starts, dtype=np.int64)
        self._length_array = lengths
        self._before_array = np.concatenate(([0], np.cumsum(lengths)))
        self._lengths, self._before = lengths.tolist(), self._before_array.tolist()

    def openings(self) -> Instants:
        """Each opening: its instant, how long it lasts, and how much open time came before; none if always open."""
        before = self._before_array[:-1]
        return np.column_stack((self._start_array, self._length_array, before)).astype(np.int64)

    def position(self, instant: int) -> int:
        """The open time (ms) passed at an instant, since the first day of the range (since the epoch, if always)."""
        if self._always:
            return instant
        index = bisect_right(self._starts, instant) - 1
        if index < 0:
            return 0
        passed: int = self._before[index] + min(instant - self._starts[index], self._lengths[index])
        return passed

    def at(self, position: int) -> int:
        """The instant at which that much open time (ms) has passed; at a closing time, the next opening."""
        if self._always:
            return position
        index = min(bisect_right(self._before, position), len(self._starts)) - 1
        instant: int = self._starts[index] + position - self._before[index]
        return instant

    def after(self, instant: int, open_ms: int) -> int:
        """The instant so much open time (ms) after another."""
        return self.at(self.position(instant) + open_ms)

    def after_each(self, instants: Instants, open_ms: Instants) -> Instants:
        """`after` for arrays of one shape, which the result has too."""
        if self._always:
            return instants + open_ms
        index = np.searchsorted(self._start_array, instants, side="right") - 1
        passed = np.minimum(instants - self._start_array[index], self._length_array[index])
        positions = np.where(index < 0, 0, self._before_array[index] + passed) + open_ms
        opening = np.minimum(np.searchsorted(self._before_array, positions, side="right"), len(self._start_array)) - 1
        reached: Instants = self._start_array[opening] + positions - self._before_array[opening]
        return reached
