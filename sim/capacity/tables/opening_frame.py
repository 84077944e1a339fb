"""What becomes of the open orders of an opening state, by territory and day: the table `opening`.

What lives here: one table, and what its columns are called.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from reference_impl.civil_time import date_of
from sim.capacity.engine.opening_ends import BEFORE
from sim.capacity.engine.tally import Outcome
from sim.capacity.jobs.jobs import Finished
from sim.capacity.scenario.scenario import Scenario
from sim.capacity.tables.counts import Counts
from sim.capacity.tables.identified import Schema, identified

ENDS: Mapping[str, int] = {
    "visited": Outcome.VISITED,
    "refused": Outcome.REFUSED,
    "timed_out": Outcome.TIMED_OUT,
    "cancelled": Outcome.CANCELLED,
    "ordinary": Outcome.ORDINARY,
    "open": Outcome.OPEN,
}


def opening_frame(scenarios: Mapping[str, Scenario], results: Sequence[Finished]) -> pl.DataFrame | None:
    """A row for each territory and day that begins with open orders under way; None where no order was open."""
    frames = [
        _of_replication(scenarios[finished.variant], finished) for finished in results if "opening" in finished.arrays
    ]
    return pl.concat(frames) if frames else None


def _of_replication(scenario: Scenario, finished: Finished) -> pl.DataFrame:
    columns: Schema = {"territory": pl.String, "day": pl.Date, "opening_alive": pl.Int64}
    schema = columns | dict.fromkeys(ENDS, pl.Int64)
    return identified(pl.DataFrame(list(_rows(scenario, finished)), schema=schema, orient="row"), finished)


def _rows(scenario: Scenario, finished: Finished) -> Iterator[tuple[object, ...]]:
    first, opened = Counts(finished.arrays).days[0], Counter(order.territory for order in scenario.open_orders)
    for territory, ends in zip(scenario.territories, finished.arrays["opening"], strict=True):
        by_day = ends[:, list(ENDS.values())].tolist()
        alive = opened[territory.name] - sum(by_day[BEFORE])
        for day, counts in enumerate(by_day[BEFORE + 1 :], first):
            if not alive:
                break
            yield (territory.name.lower(), date_of(day), alive, *counts)
            alive -= sum(counts)
