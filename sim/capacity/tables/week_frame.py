"""The service level week by week, over the replications: the table `weeks`.

What lives here: one table. Weeks run from Monday to Sunday and are those of the orders' reception.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from reference_impl.civil_time import DAY, date_of
from sim.capacity.histogram import quantile_ms
from sim.capacity.intervals import interval
from sim.capacity.jobs.jobs import Finished
from sim.capacity.scenario.scenario import Scenario
from sim.capacity.tables.counts import Counts
from sim.capacity.tables.identified import Schema


def week_frame(scenarios: Mapping[str, Scenario], results: Sequence[Finished]) -> pl.DataFrame:
    """Days within which the share asked for was visited, with 95 % intervals, and how often that was too late."""
    rows: list[tuple[object, ...]] = []
    for variant, scenario in scenarios.items():
        level = scenario.service_level
        weeks = zip(*(Counts(item.arrays).weeks() for item in results if item.variant == variant), strict=True)
        for replications in weeks:
            monday, measured, _ = replications[0]
            visited = [visits for _, _, visits in replications if visits.any()]
            if not measured or not visited:
                continue
            days = [quantile_ms(visits, level.share) / DAY for visits in visited]
            estimate = interval(days)
            late = sum(value > level.days for value in days) / len(days)
            visits = sum(int(visits.sum()) for visits in visited) / len(visited)
            rows.append(
                (variant, date_of(monday), measured, visits, estimate.count, estimate.mean, *estimate.ends(0.0), late)
            )
    columns: Schema = {"variant": pl.String, "week": pl.Date, "measured_days": pl.Int64, "visits": pl.Float64}
    numbers: Schema = dict.fromkeys(("days", "low", "high", "share_late"), pl.Float64)
    return pl.DataFrame(rows, schema=columns | {"replications": pl.Int64} | numbers, orient="row")
