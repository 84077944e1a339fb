"""Whether the declared warm-up suffices: the daily series that it is judged by, and where MSER would cut it.

A run begins with no order under way, unless its scenario has an opening state. The series is the orders under way at
the beginning of each day, averaged over the replications, over how many there would be had orders always come: a volume
that changes with the season is no warm-up.
MSER (marginal standard error rule) drops the first days whose loss makes the mean of the rest surest. Nothing is cut
here: a run with too little warm-up gets a warning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.capacity.engine.tally import HourlyCount
from sim.capacity.jobs.jobs import Finished
from sim.capacity.tables.counts import Counts

Floats = NDArray[np.float64]
HOURS, WEEK = 24, 7
LEAST_DAYS = 10  # shorter, and there is nothing to tell a warm-up by
LONGEST_STAY_DAYS = 60
ROUNDS = 400
TOLERANCE = 0.05


@dataclass(frozen=True, slots=True)
class WarmUp:
    """The series (1 = as if orders had always come), the days declared and those that MSER would cut.

    `gap` is how far below the later level the days are that are measured before that cut. `verdict` is `enough`,
    `too_short`, `no_level` (no level is reached within half of the horizon), `too_few_days` to tell, or `opening`: the
    run begins with orders that are open, so that there is no warm-up to judge.
    """

    series: Sequence[float]
    declared_days: int
    cut_days: int | None
    gap: float
    verdict: str


def warm_up(results: Sequence[Finished]) -> WarmUp:
    """Judge the warm-up of the replications of one variant."""
    counts = Counts(results[0].arrays)
    days, declared = len(counts.days), counts.measured[0] - counts.days[0]
    under_way = np.mean([_daily(finished, HourlyCount.ALIVE, days)[:, 0] for finished in results], axis=0)
    if under_way[0]:
        return WarmUp((), declared, None, 0.0, "opening")
    received = np.mean([_daily(finished, HourlyCount.RECEIVED, days).sum(axis=1) for finished in results], axis=0)
    if days < LEAST_DAYS or not under_way.any():
        return WarmUp((), declared, None, 0.0, "too_few_days")
    series = under_way / expected_under_way(under_way, received)
    cut = mser(series)
    rounded_series = [round(float(value), 4) for value in series]
    if cut is None:
        return WarmUp(rounded_series, declared, None, 0.0, "no_level")
    gap = 1 - float(series[declared:cut].mean() / series[cut:].mean()) if declared < cut else 0.0
    return WarmUp(rounded_series, declared, cut, round(gap, 4), "too_short" if abs(gap) > TOLERANCE else "enough")


def mser(series: Floats) -> int | None:
    """How many first values to leave out, so that the mean of the others is surest; None if more than half."""
    longest_cut = len(series) // 2
    errors = [float(series[cut:].var()) / (len(series) - cut) for cut in range(longest_cut + 1)]
    best = int(np.argmin(errors))
    return best if best < longest_cut else None


def expected_under_way(under_way: Floats, received: Floats) -> Floats:
    """How many orders each day would have begun with, had they always come as in the first week.

    How long orders stay is found from the series itself: the share still under way after k days, never rising with k,
    that explains the orders under way by those received (maximum likelihood by Richardson and Lucy).
    """
    days = len(received)
    longest = min(LONGEST_STAY_DAYS, days // 2)
    before = np.concatenate((np.zeros(longest), received))
    always = np.concatenate((np.full(longest, received[:WEEK].mean()), received))
    recent, recent_always = _recent(before, longest, days), _recent(always, longest, days)
    weights = np.full(longest, 1.0 / longest)
    reached = np.maximum(recent.sum(axis=0), 1e-12)
    for _ in range(ROUNDS):
        explained: Floats = np.maximum(recent @ weights, 1e-12)
        weights *= (recent.T @ (under_way / explained)) / reached
    return np.asarray(np.maximum(recent_always @ weights, 1e-12))


def _recent(received: Floats, longest: int, days: int) -> Floats:
    """For each day, the orders received in the last 1, 2, … days before it."""
    sums = np.concatenate(([0.0], np.cumsum(received)))
    ends = longest + np.arange(days)
    return np.stack([sums[ends] - sums[ends - stay] for stay in range(1, longest + 1)], axis=1)


def _daily(finished: Finished, load: int, days: int) -> Floats:
    """A load by day and hour. The two days of a year that are an hour longer or shorter shift the later ones by it."""
    hours = finished.arrays["hours"][: days * HOURS, load].astype(np.float64)
    whole = np.zeros(days * HOURS)
    whole[: len(hours)] = hours
    return whole.reshape(days, HOURS)
