"""How full the slots of each territory and band are, over the replications: the table `utilisation`.

What lives here: one table, made from the table `territory`.
"""

from __future__ import annotations

import polars as pl

from sim.capacity.intervals import interval

ALL_WEEK = 0
Schema = dict[str, type[pl.DataType]]


def utilisation_frame(territory: pl.DataFrame) -> pl.DataFrame:
    """Visits over slots by territory, weekday (0 = all together) and band: means with their 95 % intervals."""
    week = territory.with_columns(pl.lit(ALL_WEEK, dtype=pl.Int64).alias("weekday"))
    place = ["variant", "territory", "weekday", "band"]
    shares = (
        pl.concat([week, territory])
        .group_by([*place, "replication"], maintain_order=True)
        .agg(pl.sum("visits"), pl.sum("capacity"))
        .filter(pl.col("capacity") > 0)
        .with_columns((pl.col("visits") / pl.col("capacity")).alias("share"))
        .sort([*place, "replication"])
    )
    rows = [(*key, *_row(group["share"].to_list())) for key, group in shares.group_by(place, maintain_order=True)]
    texts: Schema = {"variant": pl.String, "territory": pl.String, "weekday": pl.Int64, "band": pl.String}
    numbers: Schema = {"replications": pl.Int64, "mean": pl.Float64, "low": pl.Float64, "high": pl.Float64}
    return pl.DataFrame(rows, schema=texts | numbers, orient="row")


def _row(shares: list[float]) -> tuple[int, float, float | None, float | None]:
    estimate = interval(shares)
    if estimate.count < 2:
        return estimate.count, estimate.mean, None, None
    return estimate.count, estimate.mean, max(estimate.low, 0.0), min(estimate.high, 1.0)
