"""The folder that a run leaves: Parquet tables, the scenario it came from, and the trace of the sampled orders.

run.json          what was run: scenario as resolved, readings, variants, seed, replications, warm-up, assumptions
kpis.parquet …    the tables of `frames`
trace.jsonl       whole lives of sampled orders, one world for each replication, for the judge
jobs/…            results of single jobs, from which a run is resumed
"""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from reference_impl.civil_time import parse_instant
from sim.capacity.errors import RunError
from sim.capacity.jobs.jobs import Finished, Plan
from sim.capacity.jobs.store import describe, write_whole
from sim.capacity.scenario.scenario import Scenario
from sim.capacity.tables.frames import Frames, frames_of
from sim.capacity.tables.indicators import INDICATORS, names_of
from sim.recorder import Event, to_json_line

HearsTrace = Callable[[Sequence[Event], str], object]  # a trace, and the profile that it is to be judged by
TABLES = (
    "kpis",
    "replications",
    "hourly",
    "daily",
    "minutes",
    "territory",
    "utilisation",
    "durations",
    "lead",
    "weeks",
    "opening",
    "orders",
    "sweep",
    "comparison",
)


@dataclass(frozen=True)
class Run:
    """A run that is done: its description and its tables, for a notebook or a page."""

    about: Mapping[str, object]
    frames: Frames
    trace: Sequence[Event]
    plan: Mapping[str, object] | None = None  # the answer, where the run is a search

    def __getattr__(self, name: str) -> pl.DataFrame:
        """A table by its name: `run.kpis`."""
        frames: Frames = object.__getattribute__(self, "frames")
        if name in frames:
            return frames[name]
        raise AttributeError(f"{name!r}; the tables are {', '.join(frames)}")

    def write(self, folder: Path) -> None:
        """Write everything into a folder, each file whole or not at all."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, frame in self.frames.items():
            buffer = io.BytesIO()
            frame.write_parquet(buffer, compression="zstd", statistics=True)
            write_whole(folder / f"{name}.parquet", buffer.getvalue())
        write_whole(folder / "trace.jsonl", "".join(to_json_line(event) + "\n" for event in self.trace).encode())
        if self.plan is not None:
            _write_json(folder / "plan.json", self.plan)
        _write_json(folder / "run.json", self.about)
        for name in set(TABLES) - set(self.frames):  # of an earlier run in the same folder
            (folder / f"{name}.parquet").unlink(missing_ok=True)

    def write_spreadsheet(self, folder: Path) -> None:
        """Write all tables as one spreadsheet into the folder."""
        from sim.capacity.tables.spreadsheet import FILE_NAME, spreadsheet

        write_whole(folder / FILE_NAME, spreadsheet(self.about, {name: self.frames[name] for name in self._names()}))

    def _names(self) -> list[str]:
        return [name for name in TABLES if name in self.frames]


def _write_json(path: Path, members: Mapping[str, object]) -> None:
    write_whole(path, (json.dumps(members, ensure_ascii=False, indent=1) + "\n").encode())


def run_of(plan: Plan, results: Sequence[Finished], hears_trace: HearsTrace | None = None) -> Run:
    """The tables and the description of results. `hears_trace` gets the trace before the tables are made."""
    trace = _trace(results, len(plan.variants) > 1)
    if hears_trace is not None:
        hears_trace(trace, str(plan.values.get("profile", "default")))
    return Run(_about(plan, results), frames_of(plan, results), trace)


def read_run(folder: Path) -> Run:
    """A run from its folder. Raises RunError."""
    try:
        about = json.loads((folder / "run.json").read_text("utf-8"))
        frames = {path.stem: pl.read_parquet(path) for path in sorted(folder.glob("*.parquet"))}
    except (OSError, ValueError, pl.exceptions.PolarsError) as error:
        raise RunError("folder", str(folder), "the folder of a run that has ended") from error
    if "kpis" not in frames:
        raise RunError("folder", str(folder), "the folder of a run that has ended")
    return Run(about, frames, ())


def _about(plan: Plan, results: Sequence[Finished]) -> Mapping[str, object]:
    base = plan.scenario(plan.variants[0])
    horizon = base.horizon
    counts = {variant.name: sum(finished.variant == variant.name for finished in results) for variant in plan.variants}
    of_scenario: dict[str, object] = {
        "name": base.name,
        "title": dict(base.title),
        "replications": counts,
        "engines": dict(Counter(finished.engine for finished in results)),
        "orders_simulated": sum(int(finished.arrays["scalars"][0]) for finished in results),
        "horizon": {
            "start": horizon.start.isoformat(),
            "days": horizon.days,
            "warm_up_days": horizon.warm_up_days,
            "cool_down_days": horizon.cool_down_days,
        },
        **({"opening": _opening(base)} if base.open_orders or base.taken_slots else {}),
        "territories": _territories(base),
        "service_level": base.service_level.model_dump(),
        "assumptions": [
            {"about": a.about, "text": a.text, "text_it": a.text_it, "source": a.source, "source_it": a.source_it}
            for a in base.assumptions
        ],
        "indicators": [
            {"name": i.name, "unit": i.unit, "it": i.title_it, "en": i.title_en, "better": i.better}
            for i in INDICATORS.values()
        ],
    }
    return describe(plan) | of_scenario


def _opening(scenario: Scenario) -> Mapping[str, int]:
    """How many orders are open when the horizon begins, with an appointment of their own, and how many places taken."""
    booked = sum(order.booked is not None for order in scenario.open_orders)
    places = sum(scenario.taken_slots.values())
    return {"orders": len(scenario.open_orders), **({"booked": booked} if booked else {}), "places": places}


def _territories(scenario: Scenario) -> list[Mapping[str, object]]:
    """Name, share and place on the tile map (none for a territory that is no Italian region)."""
    from sim.capacity.scenario.regions import ITALIAN_REGIONS

    members: list[Mapping[str, object]] = []
    for name, place in zip(names_of(scenario), scenario.territories, strict=True):
        region = ITALIAN_REGIONS.get(name)
        tile = {"title": region.title, "column": region.column, "row": region.row} if region else {"title": name}
        members.append({"name": name, "share": place.share, **tile})
    return members


def _trace(results: Sequence[Finished], several: bool) -> list[Event]:
    """All sampled traces in order of time, one world for each job; with several variants its name says which."""
    events = [
        _renamed(event, f"{finished.variant}-") if several else event
        for finished in results
        for event in finished.trace
    ]
    return sorted(events, key=lambda event: parse_instant(str(event["time"])))


def _renamed(event: Event, prefix: str) -> Event:
    return {**event, "id": f"{prefix}{event['id']}", "world": f"{prefix}{event['world']}"}
