"""What lead times were spent on, over the replications: the table `lead`.

What lives here: days an order of each part, for all visits, for those of each weekday wished, and for the slowest
twentieth. The parts are those of `engine/lead_times`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from reference_impl.civil_time import DAY
from sim.capacity.engine.lead_times import ORDERS, LeadPart
from sim.capacity.engine.tally import Arrays, DurationKind
from sim.capacity.intervals import interval
from sim.capacity.jobs.jobs import Finished
from sim.capacity.tables.identified import Schema

ALL_WEEK = 0
ALL_VISITS, SLOWEST = "all", "slowest"
SLOWEST_SHARE = 0.05
WHOLE = "whole"
Days = NDArray[np.float64]  # an order, by part; nan where there is none


def lead_frame(territories: Mapping[str, Sequence[str]], results: Sequence[Finished]) -> pl.DataFrame:
    """Mean days an order of each part with their 95 % intervals; the part `whole` is the sum of the others."""
    rows = []
    for variant, names in territories.items():
        of_variant = [finished.arrays for finished in results if finished.variant == variant]
        for number, territory in [(None, ""), *enumerate(names)]:
            for weekday, visits, values in _groups(of_variant, number):
                for name, days in zip((*LeadPart.names, WHOLE), (*values.T, values.sum(axis=1)), strict=True):
                    estimate = interval(days.tolist())
                    row = (variant, territory, weekday, visits, name, estimate.count, estimate.mean)
                    rows.append((*row, *estimate.ends(0.0)))
    texts: Schema = {"variant": pl.String, "territory": pl.String, "weekday": pl.Int64, "visits": pl.String}
    numbers: Schema = {"mean": pl.Float64, "low": pl.Float64, "high": pl.Float64}
    schema = texts | {"part": pl.String, "replications": pl.Int64} | numbers
    return pl.DataFrame(rows, schema=schema, orient="row").filter(pl.col("replications") > 0)


def _groups(of_variant: Sequence[Arrays], number: int | None) -> Iterator[tuple[int, str, Days]]:
    """Weekday, which visits, and the days of each part in each replication."""
    sums = [_of_place(arrays["lead_weekdays"], number) for arrays in of_variant]
    yield ALL_WEEK, ALL_VISITS, np.array([mean_days(counts.sum(axis=0)) for counts in sums])
    yield ALL_WEEK, SLOWEST, np.array([slowest_days(arrays, number) for arrays in of_variant])
    for weekday in range(7):
        yield weekday + 1, ALL_VISITS, np.array([mean_days(counts[weekday]) for counts in sums])


def mean_days(row: NDArray[np.int64]) -> Days:
    """The days an order of each part, from sums of milliseconds and the orders in the last column."""
    if not row[ORDERS]:
        return np.full(len(LeadPart), np.nan)
    return np.asarray(row[:ORDERS] / row[ORDERS] / DAY)


def slowest_days(arrays: Arrays, number: int | None = None, share: float = SLOWEST_SHARE) -> Days:
    """The days an order of each part among the visits that took longest: whole bins, and of the last a proportion."""
    orders = _of_place(arrays["measures"], number)[DurationKind.TO_VISIT][::-1].astype(np.float64)
    parts = _of_place(arrays["lead"], number)[:, ::-1]
    slowest_count = share * orders.sum()
    if not slowest_count:
        return np.full(len(LeadPart), np.nan)
    taken_orders = np.clip(slowest_count - (np.cumsum(orders) - orders), 0, orders)
    shares = np.divide(taken_orders, orders, out=np.zeros_like(taken_orders), where=orders > 0)
    return np.asarray((parts * shares).sum(axis=1) / slowest_count / DAY)


def _of_place(counts: NDArray[np.generic], number: int | None) -> NDArray[np.int64]:
    """The counts of a territory by its number, or of all together."""
    chosen = counts.sum(axis=0) if number is None else counts[number]
    return np.asarray(chosen, dtype=np.int64)
