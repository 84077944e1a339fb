"""What if: many variants of a scenario at once, by a grid, a Latin hypercube or a Sobol design over its parameters."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np

from sim.capacity.errors import RunError
from sim.capacity.jobs.jobs import Variant

GRID = "grid"
DESIGNS = (GRID, "lhs", "sobol")
RANGE = re.compile(r"(-?[0-9.]+)\.\.(-?[0-9.]+)(?::([0-9]+))?")
FORM = "PATH=A,B,C or PATH=LOW..HIGH or PATH=LOW..HIGH:POINTS"
GRID_POINTS = 5  # of a range, unless said otherwise
DEFAULT_POINTS = 16
MOST_VARIANTS = 10_000
LONGEST_NUMBER = 15


@dataclass(frozen=True, slots=True)
class Axis:
    """A parameter and its values: listed, or a range (`values` then holds the two ends, `points` if they were said)."""

    path: str
    values: tuple[object, ...]
    is_range: bool
    points: int | None
    is_whole: bool

    @property
    def size(self) -> int:
        """How many values a grid has of it."""
        return (self.points or GRID_POINTS) if self.is_range else len(self.values)

    def grid(self) -> list[object]:
        """The values of a grid."""
        if not self.is_range:
            return list(self.values)
        return [self.at(share) for share in np.linspace(0.0, 1.0, self.size)]

    def at(self, share: float) -> object:
        """The value at a share of the way."""
        if not self.is_range:
            return self.values[min(int(share * len(self.values)), len(self.values) - 1)]
        low, high = self.values
        value = float(low) + (float(high) - float(low)) * float(share)  # type: ignore[arg-type]
        return round(value) if self.is_whole else round(value, 9)


def read_axis(text: str) -> Axis:
    """A parameter as written on the command line. Raises RunError."""
    path, equals, values_text = text.partition("=")
    if not path or not equals or not values_text:
        raise RunError("--vary", text, FORM)
    match = RANGE.fullmatch(values_text)
    if match is None:
        values = tuple(map(read_value, values_text.split(",")))
        return Axis(path, values, False, None, False)
    low, high = read_value(match[1]), read_value(match[2])
    if isinstance(low, str) or isinstance(high, str) or not low < high:  # type: ignore[operator]
        raise RunError("--vary", text, FORM + ", HIGH above LOW")
    if max(len(match[1]), len(match[2])) > LONGEST_NUMBER:
        raise RunError("--vary", text, f"ends of at most {LONGEST_NUMBER} characters")
    return Axis(path, (low, high), True, _points(match[3], text), isinstance(low, int) and isinstance(high, int))


def _points(points_text: str | None, text: str) -> int | None:
    if points_text is None:
        return None
    points = int(points_text) if len(points_text) <= LONGEST_NUMBER else MOST_VARIANTS + 1
    if not 2 <= points <= MOST_VARIANTS:
        raise RunError("--vary", text, f"2 to {MOST_VARIANTS} points in a range")
    return points


def read_value(text: str) -> object:
    """A value as TOML would read it: a number, true, a date, a list, a table; else the text itself."""
    try:
        table = tomllib.loads(f"value = {text}")
    except (ValueError, RecursionError):  # a number with too many digits, too many brackets
        return text
    return table["value"] if len(table) == 1 else text


def read_changes(texts: Sequence[str]) -> Mapping[str, object]:
    """Replacements `PATH=VALUE` as written on the command line. Raises RunError."""
    changes = {}
    for text in texts:
        path, equals, value_text = text.partition("=")
        if not path or not equals:
            raise RunError("--set", text, "PATH=VALUE, such as sms.per_second=20")
        changes[path] = read_value(value_text)
    return changes


def design(axes: Sequence[Axis], kind: str, points: int, seed: int) -> list[Variant]:
    """The variants of a design, named p0001 on. Raises RunError."""
    if kind not in DESIGNS:
        raise RunError("--design", kind, " or ".join(DESIGNS))
    variants = prod(axis.size for axis in axes) if kind == GRID else 1
    if variants > MOST_VARIANTS:  # before memory is spent on them
        raise RunError("--vary", f"{variants} variants", f"1 to {MOST_VARIANTS} variants")
    rows = _grid(axes) if kind == GRID else _sampled(axes, kind, points, seed)
    paths = [axis.path for axis in axes]
    if len(set(paths)) < len(paths):
        raise RunError("--vary", ", ".join(paths), "each parameter once")
    unique = list(dict.fromkeys(rows))
    return [Variant(f"p{number:04d}", dict(zip(paths, row, strict=True))) for number, row in enumerate(unique, 1)]


def _grid(axes: Sequence[Axis]) -> list[tuple[object, ...]]:
    return list(itertools.product(*(axis.grid() for axis in axes)))


def _sampled(axes: Sequence[Axis], kind: str, points: int, seed: int) -> list[tuple[object, ...]]:
    if not 1 <= points <= MOST_VARIANTS:
        raise RunError("--points", points, f"a whole number from 1 to {MOST_VARIANTS}")
    for axis in axes:
        if axis.points is not None:
            raise RunError("--vary", f"{axis.path}=…:{axis.points}", f"no :POINTS with {kind}; --points says how many")
    from scipy.stats import qmc  # here: scipy costs time to import

    if kind == "lhs":
        places = qmc.LatinHypercube(len(axes), rng=seed).random(points)
    else:
        places = qmc.Sobol(len(axes), rng=seed).random_base2((points - 1).bit_length())[:points]
    return [tuple(axis.at(share) for axis, share in zip(axes, place, strict=True)) for place in places.tolist()]
