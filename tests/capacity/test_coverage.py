"""Intervals are honest: a few runs of what `tests.benchmark.interval_coverage` does a thousand times."""

from __future__ import annotations

import math
import statistics
from functools import cache

import numpy as np
import pytest

from sim.capacity.histogram import BINS, PER_BIN, quantile_ms
from sim.capacity.intervals import Interval, interval, student_quantile
from sim.capacity.jobs.replications import first_precise
from tests.benchmark.interval_coverage import BOOKING_ORDERS, CASES, coverage, intervals

RUNS = 40
NORMAL_RUNS, NORMAL_ERROR = 10_000, 0.0022  # standard error of a share of 95 % in so many runs
SHRINKS = 0.94  # what a sample of five normal values shows of their deviation, on average


@cache
def some_runs(case: str) -> list[list[Interval]]:
    return intervals(case, range(RUNS))


@pytest.mark.parametrize("case", CASES)
def test_means_are_those_of_theory_and_most_intervals_hold_them(case: str) -> None:
    runs, truths = some_runs(case), CASES[case][3]
    for column, truth in enumerate(truths.values()):
        means = [run[column].mean for run in runs]
        assert abs(statistics.fmean(means) - truth) <= 3 * statistics.stdev(means) / math.sqrt(RUNS)
    shares = coverage(case, runs).values()
    assert all(share >= 0.85 for share in shares), "of 40 intervals of 95 %, 35 or more in 98 cases of 100"
    assert statistics.fmean(shares) < 1, "intervals that always hold are too wide"


def test_the_interval_of_a_count_is_as_wide_as_theory_says() -> None:
    orders = [run[0].half_width for run in some_runs("bookings")]
    replications = CASES["bookings"][2]
    expected = student_quantile(replications - 1) * SHRINKS * math.sqrt(BOOKING_ORDERS / replications)
    assert statistics.fmean(orders) == pytest.approx(expected, rel=0.15)


@pytest.mark.parametrize("count", [2, 3, 5, 20])
def test_intervals_of_normal_values_hold_their_mean_95_times_of_a_hundred(count: int) -> None:
    samples = np.random.default_rng(count).normal(10, 3, (NORMAL_RUNS, count)).tolist()
    held = sum(estimate.low <= 10 <= estimate.high for estimate in map(interval, samples))
    assert held / NORMAL_RUNS == pytest.approx(0.95, abs=3 * NORMAL_ERROR)


def test_runs_that_stop_when_precise_hold_the_truth_as_often() -> None:
    """The truth is 1; the interval is to be within 2 % of it, where a replication deviates by 5 %."""
    runs, counts, holding = 2_000, [], 0
    for sample in np.random.default_rng(7).normal(1, 0.05, (runs, 80)).tolist():
        count = first_precise([sample], 0.02, 8)
        assert count is not None
        counts.append(count)
        estimate = interval(sample[:count])
        holding += estimate.low <= 1 <= estimate.high
    assert holding / runs >= 0.93
    assert 24 < statistics.fmean(counts) < 36, "theory wants 27, and five in a row take a few more"


def test_intervals_of_a_95th_percentile_at_five_replications_hold_it() -> None:
    """Lognormal days, 350 orders a replication, in the bins of a run: 94.6 of a hundred intervals in 3,000 held it."""
    runs, replications, orders, scale_ms = 1_500, 5, 350, 10_800_000
    truth_ms = scale_ms * math.exp(1.3 * statistics.NormalDist().inv_cdf(0.95))
    draws = np.random.default_rng(95).lognormal(math.log(scale_ms), 1.3, (runs, replications, orders))
    bins = np.minimum((np.log(draws) * PER_BIN).astype(np.int64) + 1, BINS - 1)
    holding = 0
    for run in bins:
        estimate = interval([quantile_ms(np.bincount(values, minlength=BINS), 0.95) for values in run])
        holding += estimate.low <= truth_ms <= estimate.high
    assert 0.93 <= holding / runs <= 0.97
