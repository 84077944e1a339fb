"""The lead time of an order that was visited, taken apart into what it was spent on. The parts add up to the whole.

line        from the order's reception until its line is ready
answer      until somebody looks for a slot: the SMS leaves, the customer or the call centre comes
wish        until the slot that the customer would have had, had nobody else booked; later moves are wishes too
capacity    what was added because others had booked before: later than wished, or nothing free and another try

What lives here: the sums over the measured orders of a replication. It must not know how an order came to its slot.
"""

from __future__ import annotations

from array import array
from typing import NamedTuple

import numpy as np

from reference_impl.civil_time import weekday
from sim.capacity.engine.tally import Arrays, Numbered
from sim.capacity.histogram import BINS, bin_of


class LeadPart(metaclass=Numbered):
    """What the time from an order to its visit is spent on."""

    LINE = 0
    ANSWER = 1
    WISH = 2
    CAPACITY = 3


class LeadTime(NamedTuple):
    """The parts of one order's lead time, in milliseconds, by `LeadPart`."""

    line: int
    answer: int
    wish: int
    capacity: int


ORDERS = len(LeadPart)  # the column of the orders, after those of the parts
WEEKDAY_COLUMNS = len(LeadPart) + 1


def parts_of(received_at: int, line_ready_at: int, looked_at: int, added_ms: int, visit_at: int) -> LeadTime:
    """The parts of a lead time, from its instants and what capacity added.

    Whoever moved to an earlier slot after all did not lose what capacity had added to the first.
    """
    after_look = visit_at - looked_at
    capacity = min(added_ms, after_look)
    return LeadTime(line_ready_at - received_at, looked_at - line_ready_at, after_look - capacity, capacity)


def week_of(day: int, first_day: int) -> int:
    """The number of a day's week, Monday to Sunday, from that of the first day on."""
    return (day - first_day + weekday(first_day)) // 7


class LeadTimes:
    """Sums of the parts: by territory and length of the whole, and by territory and weekday wished.

    The whole is counted by the week of reception too.
    """

    def __init__(self, territories: int, days: range) -> None:
        self._first_day = days[0]
        self._by_week = [array("q", bytes(8 * BINS)) for _ in range(week_of(days[-1], days[0]) + 1)]
        self._by_length = [[array("q", bytes(8 * BINS)) for _ in LeadPart.names] for _ in range(territories)]
        self._by_weekday = [[[0] * WEEKDAY_COLUMNS for _ in range(7)] for _ in range(territories)]

    def count(self, territory: int, received_on: int, wished_day: int, parts: LeadTime) -> None:
        """Count an order that was visited, by the days of its reception and of the slot wished."""
        length = bin_of(sum(parts))
        self._by_week[week_of(received_on, self._first_day)][length] += 1
        row = self._by_weekday[territory][weekday(wished_day)]
        row[ORDERS] += 1
        for part, spent_ms in enumerate(parts):
            self._by_length[territory][part][length] += spent_ms
            row[part] += spent_ms

    def arrays(self) -> Arrays:
        """`lead` (territory, part, bin of the whole), `lead_weekdays` (territory, weekday, parts and orders), `weeks`.

        The last counts orders by week and bin.
        """
        return {
            "lead": np.array(self._by_length, dtype=np.int64),
            "lead_weekdays": np.array(self._by_weekday, dtype=np.int64),
            "weeks": np.array(self._by_week, dtype=np.int64),
        }
