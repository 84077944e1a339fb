"""How full the slots of each territory and band are, over the replications: the table `utilisation`.

What lives here: one table, made from the table `territory`.
"""

from __future__ import annotations

import polars as pl

from sim.capacity.intervals import interval
from sim.capacity.tables.identified import Schema

ALL_WEEK = 0


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
    rows = []
    for key, group in shares.group_by(place, maintain_order=True):
        estimate = interval(group["share"].to_list())
        rows.append((*key, estimate.count, estimate.mean, *estimate.ends(0.0, 1.0)))
    texts: Schema = {"variant": pl.String, "territory": pl.String, "weekday": pl.Int64, "band": pl.String}
    numbers: Schema = {"replications": pl.Int64, "mean": pl.Float64, "low": pl.Float64, "high": pl.Float64}
    return pl.DataFrame(rows, schema=texts | numbers, orient="row")
