"""The folder of a capacity run as its page needs it: what was run, tables by name, verdicts, the answer of a plan.

What lives here: reading files and picking rows. It must not know how anything is drawn, nor how it was simulated:
the columns are those of docs/capacity.md.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from reports.judging.errors import InputError
from reports.words.labels import Term, same
from reports.words.masking import printable

ALLOWED = "the folder of a capacity run that has ended"
ALL = ""


@dataclass(frozen=True, slots=True)
class Kpi:
    """An indicator over the replications; the ends of its 95 % interval are absent for a single replication."""

    name: str
    unit: str
    title: Term
    better: str
    mean: float
    low: float | None
    high: float | None
    least: float
    largest: float
    replications: int
    values: tuple[float, ...]


@dataclass(frozen=True)
class CapacityRun:
    """A run that was written; `variant` is the one whose tables the page shows in full.

    `shown` names the variant that a page of its own is about; without it a page is about the whole run, and shows its
    first variant in full.
    """

    about: Mapping[str, Any]
    frames: Mapping[str, pl.DataFrame]
    verdicts: Mapping[str, Any] | None
    plan: Mapping[str, Any] | None
    shown: str = ""

    @property
    def is_overview(self) -> bool:
        """Whether the page is about a sweep or a comparison as a whole, and shows no variant in full."""
        return not self.shown and self.plan is None and (len(self.variants) > 1 or "comparison" in self.frames)

    @property
    def variants(self) -> Sequence[Mapping[str, Any]]:
        return self.about.get("variants") or [{"name": "base", "changes": {}}]

    @property
    def variant(self) -> str:
        return self.shown or str(self.variants[0]["name"])

    @property
    def changes(self) -> Mapping[str, Any]:
        """The values that the variant shown replaces, by dotted path."""
        chosen = (variant for variant in self.variants if str(variant["name"]) == self.variant)
        return next(chosen, {}).get("changes") or {}

    @property
    def is_conditional(self) -> bool:
        """Whether all replications met the same recorded arrivals, so that intervals hold for these only."""
        recorded = self.scenario.get("arrivals", {}).get("recorded")
        return bool(recorded) and recorded.get("resample", "none") == "none"

    @property
    def bottlenecks(self) -> Sequence[Mapping[str, Any]]:
        """The loads of all resources in the variant shown, the tightest first."""
        loads = self.about.get("bottlenecks") or []
        return [load for load in loads if load.get("variant", self.variant) == self.variant]

    @property
    def title(self) -> Term:
        name = str(self.about.get("name") or self.scenario.get("name") or self.about.get("file") or "")
        given = self.about.get("title") or self.scenario.get("title") or {}
        return Term(printable(given.get("it", name)), printable(given.get("en", name)))

    @property
    def scenario(self) -> Mapping[str, Any]:
        return self.about.get("scenario") or {}

    @property
    def territories(self) -> Sequence[Mapping[str, Any]]:
        return self.about.get("territories") or []

    @property
    def horizon(self) -> Mapping[str, Any]:
        """First day, days, warm-up and cool-down as the run says, or else its scenario."""
        return self.about.get("horizon") or self.scenario.get("horizon") or {}

    @property
    def warm_up_days(self) -> int:
        return int(self.horizon.get("warm_up_days", 0))

    @property
    def assumptions(self) -> Sequence[Mapping[str, Any]]:
        return self.about.get("assumptions") or self.scenario.get("assumptions") or []

    def assumed(self, assumption: Mapping[str, Any], member: str) -> Term:
        """What an assumption says, in both languages where its scenario has both."""
        words = printable(assumption.get(member) or "")
        return Term(printable(assumption.get(f"{member}_it") or words), words)

    @cached_property
    def territory_titles(self) -> Mapping[str, str]:
        """The territories as people call them, by name."""
        return {str(place["name"]): printable(place.get("title") or place["name"]) for place in self.territories}

    @property
    def replications(self) -> int:
        counts = self.about.get("replications") or {}
        return int(counts.get(self.variant, 0))

    def parameter(self, path: str) -> object:
        """A value of the scenario by its dotted path, as the variant shown has it; None where it has none."""
        if path in self.changes:
            return self.changes[path]
        value: object = self.scenario
        for name in path.split("."):
            value = value.get(name) if isinstance(value, Mapping) else None
        return value

    def of_variant(self, name: str) -> CapacityRun:
        """The same run as the page of one of its variants sees it."""
        return replace(self, shown=name)

    def table(self, name: str) -> pl.DataFrame:
        """A table of the variant shown; one that the run has not is empty."""
        frame = self.frames.get(name, pl.DataFrame())
        return frame.filter(pl.col("variant") == self.variant) if "variant" in frame.columns else frame

    def kpi(self, name: str, territory: str = ALL) -> Kpi | None:
        """An indicator of the variant shown; None where nothing was counted."""
        return self._kpis.get((territory, name))

    @cached_property
    def titles(self) -> Mapping[str, tuple[Term, str, str]]:
        """Title, unit and better direction of each indicator, in the order of the run."""
        return {
            str(row["name"]): (Term(str(row["it"]), str(row["en"])), str(row["unit"]), str(row["better"]))
            for row in self.about.get("indicators") or []
        }

    def title_of(self, name: str) -> Term:
        """The title of an indicator; its name, where the run gives it none."""
        return self.titles[name][0] if name in self.titles else same(name)

    def unit_of(self, name: str) -> str:
        """The unit of an indicator; none, where the run does not know it."""
        return self.titles[name][1] if name in self.titles else ""

    @cached_property
    def lead_times(self) -> Mapping[tuple[str, str, int], Mapping[str, tuple[float, float | None, float | None]]]:
        """By territory, visits and weekday: the mean days of each part of the lead time, the ends of its interval."""
        times: dict[tuple[str, str, int], dict[str, tuple[float, float | None, float | None]]] = {}
        for row in self.table("lead").iter_rows(named=True):
            place = row["territory"], row["visits"], row["weekday"]
            times.setdefault(place, {})[row["part"]] = row["mean"], row["low"], row["high"]
        return times

    @cached_property
    def _kpis(self) -> Mapping[tuple[str, str], Kpi]:
        held = self._values
        return {
            (row["territory"], row["indicator"]): self._kpi_of(row, held.get((row["territory"], row["indicator"]), ()))
            for row in self.table("kpis").iter_rows(named=True)
            if row["mean"] is not None
        }

    def _kpi_of(self, row: Mapping[str, Any], values: tuple[float, ...]) -> Kpi:
        name = str(row["indicator"])
        title, unit, better = self.titles.get(name, (same(name), str(row["unit"]), ""))
        unit, factor = _fitting(unit, row["largest"])
        low, high = (None if row[end] is None else row[end] * factor for end in ("low", "high"))
        mean, least, largest = (row[end] * factor for end in ("mean", "least", "largest"))
        scaled = tuple(value * factor for value in values)
        return Kpi(name, unit, title, better, mean, low, high, least, largest, row["replications"], scaled)

    @cached_property
    def _values(self) -> Mapping[tuple[str, str], tuple[float, ...]]:
        frame = self.table("replications")
        if frame.is_empty():
            return {}
        rows = frame.filter(pl.col("value").is_not_nan() & pl.col("value").is_not_null())
        grouped = rows.group_by("territory", "indicator", maintain_order=True).agg("value")
        return {(place, name): tuple(values) for place, name, values in grouped.iter_rows()}


def _fitting(unit: str, largest: float) -> tuple[str, float]:
    """A unit in which a length of time is no naught, and what to multiply by: less than a minute is said in seconds."""
    return ("seconds", 60.0) if unit == "minutes" and largest < 1 else (unit, 1.0)


def read_capacity_run(folder: Path) -> CapacityRun:
    """The run of a folder: of a simulation, a sweep or a plan. Raises InputError."""
    about = _json(folder / "run.json")
    plan, verdicts = folder / "plan.json", folder / "verdicts.json"
    run = CapacityRun(
        about,
        {path.stem: _parquet(path) for path in sorted(folder.glob("*.parquet")) if path.stem != "orders"},
        _json(verdicts) if verdicts.exists() else None,
        _json(plan) if plan.exists() else None,
    )
    if not {"kpis", "comparison"} & set(run.frames) and run.plan is None:
        raise InputError(str(folder), "holds neither kpis.parquet nor plan.json", ALLOWED)
    return run


def _json(path: Path) -> Mapping[str, Any]:
    try:
        read = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(str(path), "cannot be read", ALLOWED) from error
    if not isinstance(read, dict):
        raise InputError(str(path), "is no JSON object", ALLOWED)
    return read


def _parquet(path: Path) -> pl.DataFrame:
    try:
        return pl.read_parquet(path)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise InputError(str(path), "cannot be read", ALLOWED) from error
