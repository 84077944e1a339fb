"""Arrivals fitted to days that are made up: months, holidays, volumes, and days that differ by more than chance."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from reference_impl.civil_time import HOUR, date_of, day_of, instant_of, weekday
from reference_impl.policy import Policy
from sim.capacity.fit.arrivals import arrival_findings
from sim.capacity.fit.records import NONE, Records, make_records
from sim.capacity.scenario.demand import Arrivals
from sim.capacity.scenario.open_hours import days_of_rest

HOLIDAYS = days_of_rest(Policy())
NOTHING = ("line_ready_at", "sms_at", "looked_at", "booked_at", "visit_at", "refused_at", "acted_by", "calls")
YEAR = range(day_of(date(2025, 1, 1)), day_of(date(2026, 1, 1)))
QUARTER = range(day_of(date(2026, 1, 5)), day_of(date(2026, 3, 30)))
NOTHING_ASSUMED = Arrivals()
SUMMER = (1.0,) * 5 + (2.0,) * 3 + (1.0,) * 4


def records_with(days: range, counts: list[int]) -> Records:
    """So many orders on each of the days, all at ten, of one operator."""
    received = [instant_of(day, 10 * HOUR) for day, count in zip(days, counts, strict=True) for _ in range(count)]
    columns = {name: np.full(len(received), NONE) for name in (*NOTHING, "reschedules", "added_ms")}
    columns |= {
        name: np.zeros(len(received), dtype=np.int64) for name in ("operator", "service", "territory", "outcome")
    }
    return make_records(columns | {"received_at": np.array(received)}, ("ALFA",), ("LAZIO",), frozenset())


def fitted_values(records: Records, assumed: Arrivals = NOTHING_ASSUMED) -> dict[str, Any]:
    return {finding.path: finding.value for finding in arrival_findings(records, HOLIDAYS, assumed)}


def test_a_year_tells_months_holidays_and_its_volume() -> None:
    counts = [
        (2 if 6 <= date_of(day).month <= 8 else 1) * (2 if day in HOLIDAYS else 8) * (2 if weekday(day) == 0 else 1)
        for day in YEAR
    ]
    values = fitted_values(records_with(YEAR, counts))
    months = np.array(values["arrivals.months"])
    assert months[6] / months[0] == pytest.approx(2, rel=0.02)
    assert values["arrivals.holiday_factor"] == pytest.approx(0.25, rel=0.05)
    assert values["arrivals.weekdays"][0] / values["arrivals.weekdays"][1] == pytest.approx(2, rel=0.02)
    assert values["operators.1.orders_per_year"] == sum(counts)
    assert values["arrivals.hours"][10] == sum(counts)


def test_less_than_a_year_takes_its_months_from_elsewhere_or_calls_itself_average() -> None:
    records = records_with(QUARTER, [10] * len(QUARTER))
    average = fitted_values(records)
    assert "arrivals.months" not in average
    assert average["operators.1.orders_per_year"] == pytest.approx(3650, rel=0.02)
    twice_in_summer = fitted_values(records, Arrivals(months=SUMMER))
    assert twice_in_summer["operators.1.orders_per_year"] == pytest.approx(3650 + 920, rel=0.02)


def test_days_that_differ_by_more_than_chance_are_told_from_those_that_do_not() -> None:
    rng = np.random.default_rng(5)
    by_chance = rng.poisson(20, len(YEAR)).tolist()
    assert fitted_values(records_with(YEAR, by_chance))["arrivals.overdispersion"] == 0
    levels = rng.gamma(1 / 0.2, 0.2, len(YEAR))
    differing = rng.poisson(20 * levels).tolist()
    assert fitted_values(records_with(YEAR, differing))["arrivals.overdispersion"] == pytest.approx(0.2, rel=0.35)
