"""What tables of replications have in common: which replication a row is of, and how an instant is written."""

from __future__ import annotations

from datetime import UTC, datetime

import polars as pl

from sim.capacity.jobs.jobs import Finished

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Schema = dict[str, type[pl.DataType]]
INSTANT = pl.Datetime("ms", "UTC")


def identified(frame: pl.DataFrame, finished: Finished) -> pl.DataFrame:
    """The frame with its variant and replication in front."""
    identity = [
        pl.lit(finished.variant).alias("variant"),
        pl.lit(finished.replication, dtype=pl.Int64).alias("replication"),
    ]
    return frame.select(*identity, pl.all())
