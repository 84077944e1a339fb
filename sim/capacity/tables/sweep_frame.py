"""The table of a sweep: what each variant gave, beside the values that it had."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from sim.capacity.jobs.jobs import Variant


def sweep_frame(variants: Sequence[Variant], kpis: pl.DataFrame) -> pl.DataFrame:
    """The indicators of each variant beside the values that it had."""
    paths = list(variants[0].changes)
    values = {path: [variant.changes[path] for variant in variants] for path in paths}
    shown = pl.DataFrame({"variant": [variant.name for variant in variants], **values}, strict=False)
    joined = kpis.join(shown, on="variant", how="left", maintain_order="left")
    return joined.select("variant", *paths, pl.exclude("variant", *paths))
