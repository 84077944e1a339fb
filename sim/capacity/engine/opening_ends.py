"""What becomes of the orders that were open when the horizon began, by territory and day.

They are no part of the outcomes of measured orders; here each is counted once, under its end.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from reference_impl.civil_time import civil_day
from sim.capacity.engine.tally import Arrays, Outcome
from sim.capacity.scenario.scenario import Scenario

BEFORE = 0  # the row of ends before the horizon; then a row for each day


def rows_of(days: range, longest_life_days: int) -> int:
    """How many rows there are: one before the horizon, its days, those that its last orders may need, the day after."""
    return 1 + len(days) + longest_life_days + 1


class OpeningEnds:
    """Counts ends. Nothing is kept where no order was open."""

    def __init__(self, scenario: Scenario, days: range) -> None:
        self._first = days[0]
        self._shape = len(scenario.territories), rows_of(days, scenario.horizon.longest_life_days), len(Outcome)
        self._is_kept = bool(scenario.open_orders)
        self._ends: Counter[tuple[int, int, int]] = Counter()

    def count(self, territory: int, outcome: int, now: int) -> None:
        """Count an order that ended in the hour before an instant."""
        self._ends[territory, max(civil_day(now - 1) - self._first + 1, BEFORE), outcome] += 1

    def arrays(self) -> Arrays:
        """`opening` (territory, day, outcome); the first row of days is of what ended before the horizon."""
        if not self._is_kept:
            return {}
        ends = np.zeros(self._shape, dtype=np.int64)
        for place, number in self._ends.items():
            ends[place] = number
        return {"opening": ends}
