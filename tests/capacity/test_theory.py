"""Capacity runs against theory: queues, backlogs and quantiles that can be known without a simulation."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest

from reference_impl.civil_time import HOUR, MINUTE, day_of, instant_of, weekday
from sim.capacity.engine.engine import run_replication
from sim.capacity.engine.tally import SCALARS, HourlyCount
from sim.capacity.intervals import interval, student_quantile
from sim.capacity.jobs.jobs import do
from sim.capacity.tables.counts import Counts
from tests.capacity.cases import plan, scenario
from tests.capacity.queue_theory import erlang_c_wait

ALWAYS = {"constant": 0}
YEAR_HOURS = 8760


def mean_wait_ms(servers: int, load: float, replication: int) -> float:
    """The rules reduced to a queue: orders without a code bring one notification each, at Poisson instants."""
    service_ms, days = 120_000.0, 6
    rate = load * servers / service_ms  # an ms
    queue = scenario(
        operators=[
            {"name": "ALFA", "orders_per_year": rate * HOUR * YEAR_HOURS, "services": {"ULL": 1}, "share_with_code": 0}
        ],
        line_ready={"copper": {"after_hours": ALWAYS}, "nga": {"after_hours": ALWAYS}},
        notifications={"concurrency": servers, "latency_ms": {"distribution": "expon", "scale": service_ms}},
        horizon={"start": date(2026, 3, 2), "days": days, "longest_life_days": 10},
        sample__orders=0,
    )
    arrays = run_replication(queue, 11, replication).arrays
    scalars = dict(zip(SCALARS, arrays["scalars"].tolist(), strict=True))
    return float(scalars["notification_wait_ms"]) / int(arrays["hours"][:, HourlyCount.NOTIFICATIONS].sum())


@pytest.mark.parametrize(("servers", "load"), [(1, 0.5), (2, 0.7)])
def test_waits_agree_with_erlang_c_inside_the_interval(servers: int, load: float) -> None:
    measured = interval([mean_wait_ms(servers, load, number) for number in range(8)], confidence=0.999)
    expected = erlang_c_wait(load * servers / 120_000.0, 120_000.0, servers)
    assert measured.low < expected < measured.high
    assert measured.mean == pytest.approx(expected, rel=0.15)


def test_backlogs_at_the_opening_agree_with_the_closed_form() -> None:
    """AC/CO come evenly: a night holds 11 hours of them, a week-end from Saturday 20:00 to Monday 07:00 35."""
    an_hour = 60.0
    even = scenario(
        operators=[{"name": "ALFA", "orders_per_year": an_hour * YEAR_HOURS, "services": {"VULA_FTTH": 1}}],
        line_ready={"copper": {"after_hours": ALWAYS}, "nga": {"after_hours": ALWAYS}},
        customers__books=0.0,
        customers__refuses=0.0,
        customers__cancels=0.0,
        horizon={"start": date(2026, 1, 26), "days": 35},
        sample__orders=0,
    )
    counts = Counts(run_replication(even, 3, 0).arrays)
    opening = dict(zip(counts.days, counts.at_opening().tolist(), strict=True))
    first_minute = an_hour / 60
    for day_of_week, hours in ((0, 35), (1, 11), (2, 11), (3, 11), (4, 11), (5, 11), (6, 0)):
        loads = [count for day, count in opening.items() if weekday(day) == day_of_week and day > counts.days[6]]
        expected = hours * an_hour + first_minute if hours else 0.0
        assert abs(np.mean(loads) - expected) <= 4 * math.sqrt(max(expected, 1e-9) / len(loads))


def test_the_backlog_of_a_morning_drains_at_the_rate_of_the_gateway() -> None:
    """So many wait at 07:00, two leave in a second, one comes in a minute: the rest is arithmetic."""
    counts = Counts(do(plan(sms__per_second=2).job(plan().variants[0], 0)).arrays)
    start = instant_of(counts.days[0])
    minutes_handed, minutes_sent = (counts.arrays[name].astype(int) for name in ("minutes_handed", "minutes_sent"))
    assert minutes_handed.sum() == minutes_sent.sum()
    opening = (instant_of(day_of(date(2026, 3, 9)), 7 * HOUR) - start) // MINUTE
    waiting = minutes_handed[opening]
    assert waiting > 0
    assert minutes_sent[opening] == min(waiting, 120)


@pytest.mark.parametrize(("degrees", "expected"), [(1, 12.7062), (4, 2.7764), (30, 2.0423)])
def test_student_quantiles_are_those_of_the_tables(degrees: int, expected: float) -> None:
    assert student_quantile(degrees) == pytest.approx(expected, abs=1e-4)


def test_the_interval_of_a_single_value_is_not_known_and_of_none_says_nothing() -> None:
    assert interval([3.0]).half_width == math.inf
    assert math.isnan(interval([]).mean)
    assert interval([1.0, math.nan, 3.0]).count == 2
    assert interval([2.0, 2.0]).precision == 0
