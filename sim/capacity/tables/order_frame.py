"""The measured orders themselves as a table, for those who ask for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import polars as pl

from reference_impl.civil_time import DAY, date_of
from sim.capacity.engine.order_codes import codes_of_rows
from sim.capacity.engine.order_rows import COLUMNS, PREFIX, STATES
from sim.capacity.jobs.jobs import Finished
from sim.capacity.scenario.scenario import SERVICE_NAMES, Scenario
from sim.capacity.tables.identified import EPOCH, INSTANT, identified
from sim.capacity.tables.indicators import names_of


def order_frame(scenarios: Mapping[str, Scenario], results: Sequence[Finished]) -> pl.DataFrame:
    """One row for each measured order that has ended.

    With the codes of orders where a file gives some: else they say no more than day and number.
    """
    has_codes = any(scenario.gives_codes for scenario in scenarios.values())
    return pl.concat([_of_replication(scenarios[finished.variant], finished, has_codes) for finished in results])


def _of_replication(scenario: Scenario, finished: Finished, has_codes: bool) -> pl.DataFrame:
    columns: dict[str, list[Any]] = {name: finished.arrays[PREFIX + name].tolist() for name in COLUMNS}
    codes = {"order": codes_of_rows(scenario, *(columns[name] for name in ("day", "number", "operator")))}
    words = {
        "operator": [plan.name for plan in scenario.operators],
        "service": list(SERVICE_NAMES),
        "territory": names_of(scenario),
        "state": [state.value for state in STATES],
    }
    named = {name: [words[name][value] for value in columns[name]] for name in words}
    named["acted_by"] = [None if who < 0 else ("customer", "operator")[who] for who in columns["acted_by"]]
    instants = {
        name: pl.Series([None if at < 0 else EPOCH + timedelta(milliseconds=at) for at in values], dtype=INSTANT)
        for name, values in columns.items()
        if name.endswith("_at")
    }
    days = {"day": [date_of(day) for day in columns["day"]]}
    visits = _visits(columns, finished) if "visit_rows" in finished.arrays else {}
    columns["capacity_days"] = [spent / DAY for spent in columns.pop("added_ms")]
    return identified(pl.DataFrame(columns | named | instants | days | (codes if has_codes else {}) | visits), finished)


def _visits(columns: Mapping[str, Sequence[int]], finished: Finished) -> dict[str, pl.Series]:
    """How many visits each order had until the run ended, and when one did the work."""
    rows = finished.arrays["visit_rows"].tolist()
    counts = Counter((day, index) for day, index, _, _ in rows)
    done_at = {(day, index): EPOCH + timedelta(milliseconds=at) for day, index, at, is_done in rows if is_done}
    orders = list(zip(columns["day"], columns["number"], strict=True))
    return {
        "visits": pl.Series([counts[order] for order in orders], dtype=pl.Int64),
        "done_at": pl.Series([done_at.get(order) for order in orders], dtype=INSTANT),
    }
