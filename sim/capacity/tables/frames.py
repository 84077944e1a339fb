"""The tables of a run as data frames. Their columns are described in docs/capacity.md; add columns, never rename.

Frames are made from results in order of variant and replication, so the same run gives the same frames wherever it ran.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

from reference_impl.civil_time import DAY, HOUR, MINUTE, date_of, format_time_of_day, instant_of, wall_clock, weekday
from reference_impl.deadlines import WINDOW_OPENS
from reference_impl.policy import Policy
from sim.capacity.engine.tally import Cohort, DurationKind, HourlyCount
from sim.capacity.histogram import edges_ms
from sim.capacity.intervals import interval
from sim.capacity.jobs.jobs import Finished, Plan
from sim.capacity.scenario.scenario import Scenario
from sim.capacity.tables.band_frame import utilisation_frame
from sim.capacity.tables.counts import Counts
from sim.capacity.tables.identified import INSTANT, Schema, identified
from sim.capacity.tables.indicators import INDICATORS, indicators_of, names_of
from sim.capacity.tables.lead_frame import lead_frame
from sim.capacity.tables.opening_frame import opening_frame
from sim.capacity.tables.order_frame import order_frame
from sim.capacity.tables.week_frame import week_frame

TO_DONE = "to_done"
Frames = dict[str, pl.DataFrame]
Scenarios = Mapping[str, Scenario]


def frames_of(plan: Plan, results: Sequence[Finished]) -> Frames:
    """All tables of a run, by the name of their file; `docs/capacity.md` has their columns."""
    scenarios = {variant.name: plan.scenario(variant) for variant in plan.variants}
    values = replications_frame(scenarios, results)
    frames = {
        "kpis": kpis_frame(values),
        "replications": values,
        "hourly": pl.concat([_hourly(finished) for finished in results]),
        "daily": pl.concat([_daily(finished) for finished in results]),
        "minutes": pl.concat([_minutes(finished) for finished in results]),
        "territory": pl.concat([_territory(scenarios[finished.variant], finished) for finished in results]),
        "durations": _durations(scenarios, results),
    }
    frames["utilisation"] = utilisation_frame(frames["territory"])
    frames["weeks"] = week_frame(scenarios, results)
    frames["lead"] = lead_frame({name: names_of(scenario) for name, scenario in scenarios.items()}, results)
    opening = opening_frame(scenarios, results)
    if opening is not None:
        frames["opening"] = opening
    if plan.keeps_orders:
        frames["orders"] = order_frame(scenarios, results)
    return frames


def replications_frame(scenarios: Scenarios, results: Sequence[Finished]) -> pl.DataFrame:
    """Every indicator of every replication: variant, replication, territory, indicator, value."""
    rows = [
        (finished.variant, finished.replication, territory, name, value)
        for finished in results
        for (territory, name), value in _values_of(finished, scenarios[finished.variant]).items()
    ]
    columns: Schema = {"variant": pl.String, "replication": pl.Int64, "territory": pl.String, "indicator": pl.String}
    return pl.DataFrame(rows, schema={**columns, "value": pl.Float64}, orient="row")


def _values_of(finished: Finished, scenario: Scenario) -> Mapping[tuple[str, str], float]:
    return indicators_of(finished.arrays, names_of(scenario), scenario)


def kpis_frame(values: pl.DataFrame) -> pl.DataFrame:
    """Means over replications with their intervals, from the frame of replications."""
    rows = []
    for (variant, territory, name), group in values.group_by(
        ["variant", "territory", "indicator"], maintain_order=True
    ):
        estimate = interval(group["value"].to_list())
        unit = INDICATORS[str(name)].unit
        ends = estimate.ends(0.0, 1.0 if unit == "share" else math.inf)  # none is negative, and no share is above 1
        spread = (estimate.deviation, estimate.least, estimate.largest)
        row = (variant, territory, name, unit, estimate.count, _or_none(estimate.mean))
        rows.append((*row, *ends, *map(_or_none, spread)))
    columns: Schema = dict.fromkeys(("variant", "territory", "indicator", "unit"), pl.String)
    numbers: Schema = dict.fromkeys(("mean", "low", "high", "deviation", "least", "largest"), pl.Float64)
    return pl.DataFrame(rows, schema={**columns, "replications": pl.Int64, **numbers}, orient="row")


def _or_none(value: float) -> float | None:
    return None if np.isnan(value) else value


def _hourly(finished: Finished) -> pl.DataFrame:
    counts = Counts(finished.arrays)
    loads = finished.arrays["hours"]
    again = finished.arrays.get("hours_again")
    frame = _calendar(counts.days, counts.measured, len(loads)).with_columns(
        *(pl.Series(name, loads[:, load]) for load, name in enumerate(HourlyCount.names)),
        *([pl.Series("visits_again", again)] if again is not None else []),
    )
    return identified(frame, finished)


@lru_cache(maxsize=2)  # replications of a variant share it
def _calendar(days: range, measured: range, hours: int) -> pl.DataFrame:
    """What each hour from the first day on is on the wall clock, and whether its day is measured."""
    start = instant_of(days[0])
    instants = [start + number * HOUR for number in range(hours)]
    clocks = [wall_clock(instant) for instant in instants]
    return pl.DataFrame(
        {
            "instant": pl.Series(instants, dtype=pl.Int64).cast(INSTANT),
            "day": [date_of(day) for day, _ in clocks],
            "weekday": [weekday(day) + 1 for day, _ in clocks],
            "hour": [time // HOUR for _, time in clocks],
            "measured": [day in measured for day, _ in clocks],
        }
    )


def _daily(finished: Finished) -> pl.DataFrame:
    counts = Counts(finished.arrays)
    cohorts = finished.arrays["cohorts"]
    visited = cohorts[:, Cohort.VISITED]
    frame = pl.DataFrame(
        {
            "day": [date_of(day) for day in counts.days],
            "weekday": [weekday(day) + 1 for day in counts.days],
            "measured": [day in counts.measured for day in counts.days],
            **{name: cohorts[:, item] for item, name in enumerate(Cohort.names) if item != Cohort.DAYS_TO_VISIT_MS},
            "mean_days_to_visit": [
                total / DAY / number if number else None
                for total, number in zip(cohorts[:, Cohort.DAYS_TO_VISIT_MS].tolist(), visited.tolist(), strict=True)
            ],
            "sms_at_opening": _each_day(counts, "minutes_handed", lambda minutes, opening: int(minutes[opening])),
            "sms_backlog_peak": _each_day(counts, "backlog", lambda minutes, opening: int(minutes.max(initial=0))),
            "minutes_to_clear_opening": _each_day(counts, "backlog", _minutes_to_clear),
        },
        schema_overrides={"mean_days_to_visit": pl.Float64},
    )
    return identified(frame, finished)


def _each_day(counts: Counts, name: str, question: Callable[[np.ndarray, int], int]) -> list[int]:
    """Ask something of the minutes of each day, given the place of the window's opening among them."""
    start = instant_of(counts.days[0])
    arrays = counts.arrays
    if name == "backlog":
        minutes = np.cumsum(arrays["minutes_handed"].astype(np.int64) - arrays["minutes_sent"].astype(np.int64))
    else:
        minutes = arrays[name].astype(np.int64)
    answers = []
    for day in counts.days:
        midnight = instant_of(day)
        of_day = minutes[(midnight - start) // MINUTE : (instant_of(day + 1) - start) // MINUTE]
        answers.append(question(of_day, (instant_of(day, WINDOW_OPENS) - midnight) // MINUTE))
    return answers


def _minutes_to_clear(backlog: np.ndarray, opening: int) -> int:
    """After how many minutes of the window nothing waits any more."""
    empty = np.flatnonzero(backlog[opening:] == 0)
    return int(empty[0]) if len(empty) else len(backlog) - opening


def _minutes(finished: Finished) -> pl.DataFrame:
    """SMS handed over, sent and waiting by minute of the day: over all measured days, and over each weekday."""
    counts = Counts(finished.arrays)
    start = instant_of(counts.measured[0])
    firsts = [(instant_of(day, WINDOW_OPENS) - start) // MINUTE - WINDOW_OPENS // MINUTE for day in counts.measured]
    series = {
        "handed": _by_day(counts.minutes("minutes_handed"), firsts),
        "sent": _by_day(counts.minutes("minutes_sent"), firsts),
        "backlog": _by_day(counts.backlog(), firsts),
    }
    weekdays = np.array([weekday(day) + 1 for day in counts.measured])
    frames = []
    for number in range(8):
        chosen = (weekdays == number) | (number == 0)
        if not chosen.any():
            continue
        columns: dict[str, NDArray[np.generic]] = {
            "weekday": np.full(DAY // MINUTE, number),
            "minute": np.arange(DAY // MINUTE),
        }
        for name, minutes in series.items():
            of_days = minutes[chosen]
            columns |= {f"{name}_mean": of_days.mean(axis=0), f"{name}_peak": of_days.max(axis=0)}
        frames.append(pl.DataFrame(columns))
    return identified(pl.concat(frames), finished)


def _by_day(values: NDArray[np.int64], firsts: Sequence[int]) -> NDArray[np.int64]:
    """The 1,440 minutes from each number of `firsts` on, a row for each; 0 for minutes that were not counted."""
    places = np.array(firsts)[:, None] + np.arange(DAY // MINUTE)
    is_counted = (places >= 0) & (places < len(values))
    return np.where(is_counted, values.take(places, mode="clip"), 0)


def _territory(scenario: Scenario, finished: Finished) -> pl.DataFrame:
    names = [name for name in ("visits", "capacity", "visits_again") if name in finished.arrays]
    counts = np.stack([finished.arrays[name] for name in names], axis=2)
    bands = Policy.from_readings(scenario.readings).slot_grid.times()
    rows = [
        (name, day + 1, f"{format_time_of_day(start)}-{format_time_of_day(end)}", *cell)
        for number, name in enumerate(names_of(scenario))
        for day in range(7)
        for band, (start, end) in enumerate(bands)
        for cell in [counts[number, day * len(bands) + band].tolist()]
        if any(cell)
    ]
    columns: Schema = {"territory": pl.String, "weekday": pl.Int64, "band": pl.String}
    return identified(pl.DataFrame(rows, schema=columns | dict.fromkeys(names, pl.Int64), orient="row"), finished)


def _durations(scenarios: Scenarios, results: Sequence[Finished]) -> pl.DataFrame:
    """Histograms of durations over all replications of a variant, bins that hold something only."""
    edges = edges_ms() / DAY
    frames = []
    for variant, scenario in scenarios.items():
        of_variant = [_measures(finished) for finished in results if finished.variant == variant]
        if not of_variant:
            continue
        counts = np.sum(of_variant, axis=0)
        named = [("", counts.sum(axis=0)), *zip(names_of(scenario), counts, strict=True)]
        kinds = (*DurationKind.names, TO_DONE)[: counts.shape[1]]
        for territory, measures in named:
            for measure, name in enumerate(kinds):
                bins = np.flatnonzero(measures[measure])
                frames.append(
                    pl.DataFrame(
                        {
                            "variant": [variant] * len(bins),
                            "territory": [territory] * len(bins),
                            "measure": [name] * len(bins),
                            "from_days": edges[bins],
                            "to_days": edges[bins + 1],
                            "orders": measures[measure][bins],
                        },
                        schema_overrides={"variant": pl.String, "territory": pl.String, "measure": pl.String},
                    )
                )
    return pl.concat(frames)


def _measures(finished: Finished) -> NDArray[np.int64]:
    """Durations by territory, kind and bin; those until the work was done come last, where there are any."""
    measures, done = finished.arrays["measures"], finished.arrays.get("done")
    return np.asarray(measures if done is None else np.concatenate((measures, done[:, None]), axis=1), dtype=np.int64)
