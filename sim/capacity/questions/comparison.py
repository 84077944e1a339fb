"""Two runs beside each other: differences of every indicator, pair by pair, with intervals.

Runs with the same seed met the same orders with the same luck: a replication of one is paired with that of the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from sim.capacity.errors import RunError
from sim.capacity.intervals import Interval, interval
from sim.capacity.jobs.jobs import BASE
from sim.capacity.tables.indicators import INDICATORS
from sim.capacity.tables.results import Run

LEAST_PAIRS = 2
GOOD_SIDES = {"less": ("B", "A"), "more": ("A", "B")}


def compare(a: Run, b: Run, variant_a: str = BASE, variant_b: str = BASE) -> pl.DataFrame:
    """Paired differences B - A. Raises RunError where nothing can be paired."""
    if a.about["seed"] != b.about["seed"]:
        raise RunError("runs", f"seeds {a.about['seed']} and {b.about['seed']}", "two runs with the same seed")
    paired = _values(a, variant_a).join(
        _values(b, variant_b), on=["replication", "territory", "indicator"], suffix="_b", maintain_order="left"
    )
    if paired["replication"].n_unique() < LEAST_PAIRS:
        raise RunError("runs", f"{paired['replication'].n_unique()} replications in common", f"at least {LEAST_PAIRS}")
    groups = paired.group_by(["territory", "indicator"], maintain_order=True)
    rows = [_row(str(territory), str(name), group) for (territory, name), group in groups]
    return pl.DataFrame(rows, infer_schema_length=None)


def compared(a: Run, b: Run, folders: tuple[Path, Path]) -> dict[str, object]:
    """What was compared, as `run.json` holds it: both runs by name, and the values in which their scenarios differ."""
    sides = {
        side: {"folder": folder.name, "title": run.about.get("title"), "replications": run.about.get("replications")}
        for side, run, folder in zip("ab", (a, b), folders, strict=True)
    }
    names = ("file", "name", "title", "scenario", "seed", "territories", "indicators", "assumptions")
    differences = {"changed": _changed(a, b), "unrelated": _identity(a) != _identity(b)}
    return {name: a.about.get(name) for name in names} | {"comparison": sides | differences}


def _identity(run: Run) -> tuple[object, ...]:
    """What variants of one scenario have in common: its name, its operators and its territories."""
    about: Any = run.about
    operators = [plan.get("name") for plan in about["scenario"].get("operators", ())]
    return about["name"], operators, [place["name"] for place in about["territories"]]


def _changed(a: Run, b: Run) -> list[Mapping[str, object]]:
    """Every value of the scenario, by dotted path, that the two runs did not share."""
    first, second = (dict(_leaves("", run.about["scenario"])) | _changes(run) for run in (a, b))
    paths = list(dict.fromkeys([*first, *second]))
    return [
        {"path": path, "a": first.get(path), "b": second.get(path)}
        for path in paths
        if first.get(path) != second.get(path)
    ]


def _leaves(path: str, value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, list) and value and all(isinstance(item, Mapping) for item in value):
        value = {str(position): item for position, item in enumerate(value, 1)}
    if isinstance(value, Mapping):
        for name, item in value.items():
            yield from _leaves(f"{path}.{name}" if path else str(name), item)
    else:
        yield path, value


def _changes(run: Run) -> dict[str, object]:
    variants: Any = run.about["variants"]
    return dict(next(item["changes"] for item in variants if item["name"] == BASE))


def _values(run: Run, variant: str) -> pl.DataFrame:
    values = run.frames["replications"].filter(pl.col("variant") == variant, pl.col("value").is_not_nan())
    if values.is_empty():
        variants = ", ".join(run.frames["replications"]["variant"].unique().sort().to_list())
        raise RunError("variant", variant, variants)
    return values.drop("variant")


def _row(territory: str, name: str, group: pl.DataFrame) -> dict[str, Any]:
    first, second = group["value"].to_list(), group["value_b"].to_list()
    difference = interval([later - earlier for earlier, later in zip(first, second, strict=True)])
    low, high = difference.ends()
    return {
        "territory": territory,
        "indicator": name,
        "unit": INDICATORS[name].unit if name in INDICATORS else "",
        "pairs": difference.count,
        "mean_a": interval(first).mean,
        "mean_b": interval(second).mean,
        "difference": difference.mean,
        "low": low,
        "high": high,
        "variance_ratio": _saved(first, second, difference),
        "better": _better(name, difference),
    }


def _saved(first: Sequence[float], second: Sequence[float], difference: Interval) -> float | None:
    """The variance of independent runs over that of the pairs: by how much pairing cut it."""
    if difference.count < LEAST_PAIRS or not difference.deviation:
        return None
    return (interval(first).deviation ** 2 + interval(second).deviation ** 2) / difference.deviation**2


def _better(name: str, difference: Interval) -> str:
    side = INDICATORS[name].better if name in INDICATORS else ""
    if not side or difference.count < LEAST_PAIRS or difference.low <= 0 <= difference.high:
        return ""
    less, more = GOOD_SIDES[side]
    return less if difference.mean < 0 else more
