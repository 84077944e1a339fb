"""When orders came: volumes a year, and how they spread over months, weekdays, holidays and hours.

A day's expected orders are volume times month, weekday and holiday factor, as in a scenario. The factors of greatest
likelihood under Poisson arrivals are those whose margins agree with the counts; they are found by turns.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from reference_impl.civil_time import HOUR, date_of, day_of, wall_clock, weekday
from sim.capacity.fit.findings import Curve, Finding, Origin
from sim.capacity.fit.records import Numbers, Records
from sim.capacity.scenario.demand import Arrivals
from sim.capacity.scenario.distributions import Floats
from sim.capacity.scenario.scenario import SERVICE_NAMES

YEAR_DAYS = 365
TURNS = 60
LEAST_FACTOR = 1e-6
DEVIATIONS = 2.5  # by which days must differ more than chance has them differ, to be called so


def arrival_findings(records: Records, holidays: frozenset[int], assumed: Arrivals) -> list[Finding]:
    """Volumes, factors and weights of the arrivals, and the services of each operator.

    Months and holidays that the records do not hold are as `assumed`, so that the volume is that of such a year.
    """
    clocks = [wall_clock(instant) for instant in records.received_at.tolist()]
    counts = np.bincount(np.array([day for day, _ in clocks]) - records.days[0], minlength=len(records.days))
    factors = _Factors(records.days, holidays, counts, assumed)
    order_count = len(records)
    hours = np.bincount([time // HOUR for _, time in clocks], minlength=24)
    findings = [
        Finding("arrivals.weekdays", _scaled(factors.weekdays), Origin.FITTED, order_count, curve=factors.curve()),
        Finding("arrivals.overdispersion", round(factors.overdispersion, 3), Origin.FITTED, order_count),
        Finding("arrivals.hours", [int(count) for count in hours], Origin.COUNTED, order_count),
    ]
    if factors.knows_months:
        findings.append(Finding("arrivals.months", _scaled(factors.months), Origin.FITTED, order_count))
    if factors.knows_holidays:
        value = round(float(factors.holiday), 3)
        findings.append(Finding("arrivals.holiday_factor", value, Origin.FITTED, factors.on_holidays))
    return findings + _operator_findings(records, factors)


def _operator_findings(records: Records, factors: _Factors) -> list[Finding]:
    season = () if factors.knows_months else ("months_assumed",) if factors.has_months else ("season",)
    findings = []
    for number in range(len(records.operators)):
        own_services = records.service[records.operator == number]
        weights = np.bincount(own_services, minlength=len(SERVICE_NAMES))
        services = {name: int(weight) for name, weight in zip(SERVICE_NAMES, weights, strict=True) if weight}
        volume = round(len(own_services) * factors.year_share)
        path = f"operators.{number + 1}"
        findings += [
            Finding(f"{path}.orders_per_year", volume, Origin.FITTED, len(own_services), notes=season),
            Finding(f"{path}.services", services, Origin.COUNTED, len(own_services)),
        ]
    return findings


def _scaled(factors: Floats) -> list[float]:
    """Factors with a mean of 1, as a scenario writes them."""
    return [round(float(factor), 3) for factor in factors / factors.mean()]


class _Factors:
    """The factors of some days, of which it is known how many orders came."""

    def __init__(self, days: range, holidays: frozenset[int], counts: Numbers, assumed: Arrivals) -> None:
        self._days, self._holidays, self._counts = days, holidays, counts
        self._weekday = np.array([weekday(day) for day in days])
        self._month = np.array([date_of(day).month - 1 for day in days])
        self._is_holiday = np.array([int(day in holidays) for day in days])
        self.knows_months = len(days) >= YEAR_DAYS
        self.on_holidays = int(counts[self._is_holiday == 1].sum())
        self.knows_holidays = bool(self._is_holiday.any())
        self.has_months = len(set(assumed.months)) > 1
        self.weekdays, self.months = np.ones(7), np.array(assumed.months) / np.mean(assumed.months)
        self._holiday_factors = np.array([1.0, assumed.holiday_factor])
        self._take_turns()
        self.holiday = self._holiday_factors[1] / self._holiday_factors[0]

    def _take_turns(self) -> None:
        groups = [(self._weekday, self.weekdays)]
        groups += [(self._month, self.months)] if self.knows_months else []
        groups += [(self._is_holiday, self._holiday_factors)] if self.knows_holidays else []
        for _ in range(TURNS):
            for group, factors in groups:
                expected = np.bincount(group, self._weights(), len(factors))
                counted = np.bincount(group, self._counts, len(factors))
                factors[:] *= np.where(expected > 0, counted / np.maximum(expected, LEAST_FACTOR), 1.0)

    def _weights(self) -> Floats:
        weights: Floats = (
            self.weekdays[self._weekday] * self.months[self._month] * self._holiday_factors[self._is_holiday]
        )
        return weights

    @property
    def overdispersion(self) -> float:
        """The variance of a day's level around 1 beyond that of chance; 0 where chance alone explains the days."""
        expected = self._expected()
        usual = expected > LEAST_FACTOR
        free = max(int(usual.sum()) - len(set(self._weekday.tolist())), 1)
        squares = (self._counts - expected)[usual] ** 2 * usual.sum() / free
        dispersion = float((squares / expected[usual]).mean())
        if dispersion <= 1 + DEVIATIONS * (2 / free) ** 0.5:
            return 0.0
        return max(float((squares - expected[usual]).sum() / (expected[usual] ** 2).sum()), 0.0)

    def _expected(self) -> Floats:
        weights = self._weights()
        return np.asarray(weights * self._counts.sum() / weights.sum())

    @property
    def year_share(self) -> float:
        """How many times the orders of these days are those of a whole year, by the factors."""
        year = date_of(self._days[len(self._days) // 2]).year
        whole = range(day_of(date(year, 1, 1)), day_of(date(year + 1, 1, 1)))
        return sum(map(self._weight, whole)) / sum(map(self._weight, self._days))

    def _weight(self, day: int) -> float:
        holiday = self._holiday_factors[1 if day in self._holidays else 0]
        return float(self.weekdays[weekday(day)] * self.months[date_of(day).month - 1] * holiday)

    def curve(self) -> Curve:
        """Orders of each week of the records, as counted and as expected."""
        expected = self._expected()
        weeks = np.arange(0, len(self._days) - len(self._days) % 7, 7)
        return Curve(
            "weeks",
            np.array([float(self._days[week]) for week in weeks]),
            np.array([float(self._counts[week : week + 7].sum()) for week in weeks]),
            np.array([float(expected[week : week + 7].sum()) for week in weeks]),
        )
