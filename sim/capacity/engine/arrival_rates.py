"""How many orders are expected on each day, and how they spread over its hours: by the weights of a scenario.

Nothing is drawn here.
"""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from reference_impl.civil_time import HOUR, date_of, day_of, instant_of, weekday
from sim.capacity.scenario.distributions import Floats
from sim.capacity.scenario.scenario import Scenario


class ArrivalRates:
    """The expected orders of each day of a horizon (`of_day`): the volume of a year by weight, then the surges.

    `holidays` are the days on which people rest; days are counted from the epoch.
    """

    def __init__(self, scenario: Scenario, days: range, holidays: frozenset[int]) -> None:
        self._arrivals, self._holidays = scenario.arrivals, holidays
        volume = sum(plan.orders_per_year for plan in scenario.operators)
        weight_of_year = {
            year: sum(map(self._weight, range(day_of(date(year, 1, 1)), day_of(date(year + 1, 1, 1)))))
            for year in {date_of(day).year for day in days}
        }
        self.of_day = {
            day: volume * self._weight(day) / weight_of_year[date_of(day).year] * self._surge(day) for day in days
        }
        weights = np.array(self._arrivals.hours)
        self._shares_before = np.concatenate(([0.0], np.cumsum(weights) / weights.sum()))  # each hour, and the end

    @property
    def expected_orders(self) -> float:
        """How many orders the horizon is expected to bring."""
        return sum(self.of_day.values())

    def instants(self, day: int, fractions: Floats) -> NDArray[np.int64]:
        """Where in the day each fraction (0 to 1) of its expected orders falls, by the weights of the hours."""
        edges = [instant_of(day, hour * HOUR) for hour in range(24)] + [instant_of(day + 1)]
        instants: NDArray[np.int64] = np.interp(fractions, self._shares_before, edges).astype(np.int64)
        return instants

    def _weight(self, day: int) -> float:
        factor = self._arrivals.holiday_factor if day in self._holidays else 1.0
        return self._arrivals.months[date_of(day).month - 1] * self._arrivals.weekdays[weekday(day)] * factor

    def _surge(self, day: int) -> float:
        factor = 1.0
        for surge in self._arrivals.surges:
            if day_of(surge.first) <= day <= day_of(surge.last):
                factor *= surge.factor
        return factor
