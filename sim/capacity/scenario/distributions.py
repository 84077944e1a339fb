"""Distributions of a scenario: by the name that scipy gives them, as an empirical table, or a constant.

Each maps uniform draws to values by its quantile function, so that a draw stays the order's own whatever the parameters
are. Values are never negative: what a distribution has below zero counts as zero. Nothing takes longer than a year.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.capacity.scenario.strict_table import Table

Floats = NDArray[np.float64]
LARGEST_UNIFORM = 1.0 - 2.0**-40  # keeps unbounded quantiles finite
USUAL_SHARE = 0.9999  # of the values must keep to what is allowed; the rest is cut to it
YEAR_DAYS, YEAR_HOURS, YEAR_MINUTES, YEAR_MS = 366, 8_784, 527_040, 31_622_400_000
ALLOWED = (
    "{constant = 2}, {values = [1, 2, 5], weights = [5, 3, 2]}, {quantiles = [0, 1, 4, 9]} or "
    "{distribution = NAME, PARAMETER = …} with a name and parameters of scipy.stats"
)


@dataclass(frozen=True, slots=True)
class Distribution:
    """A distribution of a quantity from 0 on. `kind` is constant, values, quantiles or scipy."""

    kind: str
    name: str = ""
    parameters: tuple[tuple[str, float], ...] = ()
    values: tuple[float, ...] = ()
    weights: tuple[float, ...] = ()
    most: float = math.inf

    @property
    def constant(self) -> float | None:
        """The value, where there is only one."""
        return self.values[0] if self.kind == "constant" else None

    def of(self, uniforms: Floats) -> Floats:
        """The value of each uniform draw, from 0 to `most`."""
        values: Floats = np.clip(QUANTILES[self.kind](self, uniforms), 0.0, self.most)
        return values

    def mean(self) -> float:
        """The mean, by 100,000 evenly spaced quantiles: for the pages, not for theory."""
        return float(self.of((np.arange(100_000) + 0.5) / 100_000).mean())


def constant(value: float) -> Distribution:
    """The distribution of one value."""
    return Distribution("constant", values=(value,))


def read_distribution(
    parent: Table, key: str, default: Mapping[str, object] | None = None, *, most: float = math.inf
) -> Distribution:
    """A distribution from the table `key` of a parent, of values that hardly ever pass `most`. Raises ScenarioError."""
    read = replace(_read(parent, key, default), most=most)
    usual = max(read.values) if read.values else float(QUANTILES[read.kind](read, np.array([USUAL_SHARE]))[0])
    if usual > most:
        raise parent.fault(key, parent.get(key), f"values up to {most:,.0f}; this has {usual:,.10g}")
    return read


def _read(parent: Table, key: str, default: Mapping[str, object] | None) -> Distribution:
    written = parent.get(key) if default is None else parent.get(key, default)
    if not isinstance(written, Mapping) or not written:
        raise parent.fault(key, written, ALLOWED)
    table = parent.table(key, default if default is not None else {})
    for kind, reader in READERS.items():
        if kind in written:
            return reader(table)
    raise parent.fault(key, dict(written), ALLOWED)


def _read_constant(table: Table) -> Distribution:
    value = table.number("constant")
    table.done()
    return constant(value)


def _read_values(table: Table) -> Distribution:
    values = _numbers(table, "values")
    weights = table.weights("weights", len(values), [1] * len(values))
    table.done()
    return Distribution("values", values=values, weights=weights)


def _read_quantiles(table: Table) -> Distribution:
    values = _numbers(table, "quantiles", at_least=2)
    if list(values) != sorted(values):
        raise table.fault("quantiles", list(values), "numbers that never fall: evenly spaced quantiles, 0 % to 100 %")
    table.done()
    return Distribution("quantiles", values=values)


def _numbers(table: Table, key: str, at_least: int = 1) -> tuple[float, ...]:
    written = table.get(key)
    allowed = f"at least {at_least} numbers from 0"
    if not isinstance(written, list | tuple) or len(written) < at_least:
        raise table.fault(key, written, allowed)
    for value in written:
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value < math.inf:
            raise table.fault(key, written, allowed)
    return tuple(float(value) for value in written)


def _read_scipy(table: Table) -> Distribution:
    name = table.text("distribution")
    shapes = _shapes_of(name)
    if shapes is None:
        raise table.fault("distribution", name, "a distribution of scipy.stats, such as lognorm, gamma or expon")
    names = (*shapes, "loc", "scale")
    given = {key: table.number(key, low=-math.inf) for key in names if table.has(key)}
    for key in names:
        table.get(key, None)
    table.done()
    for key in shapes:
        if key not in given:
            raise table.fault(key, None, f"a value: {name} of scipy.stats needs it")
    made = Distribution("scipy", name=name, parameters=tuple(sorted(given.items())))
    if not _is_drawable(made):
        raise table.fault("distribution", name, f"parameters that scipy.stats.{name} takes, not {given}")
    return made


def _shapes_of(name: str) -> tuple[str, ...] | None:
    """The names of the shape parameters; None for a name that is no distribution."""
    if name in CLOSED_FORMS:
        return CLOSED_FORMS[name][0]
    from scipy import stats

    found = getattr(stats, name, None)
    if not isinstance(found, stats.rv_continuous | stats.rv_discrete):
        return None
    return tuple(part.strip() for part in found.shapes.split(",")) if found.shapes else ()


def _is_drawable(made: Distribution) -> bool:
    """Whether the parameters make a distribution: all quantiles are finite and they never fall."""
    parameters = dict(made.parameters)
    if any(parameters.get(key, 1.0) <= 0 for key in ("scale", *CLOSED_FORMS.get(made.name, ((), None))[0])):
        return False
    try:
        values = QUANTILES["scipy"](made, np.array([0.01, 0.5, 0.99, LARGEST_UNIFORM]))
    except (TypeError, ValueError):
        return False
    return bool(np.isfinite(values).all() and (np.diff(values) >= 0).all())


@lru_cache(maxsize=64)
def _frozen(name: str, parameters: tuple[tuple[str, float], ...]) -> Any:
    from scipy import stats

    return getattr(stats, name)(**dict(parameters))


def _of_scipy(distribution: Distribution, uniforms: Floats) -> Floats:
    bounded = np.minimum(uniforms, LARGEST_UNIFORM)
    closed = CLOSED_FORMS.get(distribution.name)
    if closed is None:
        return np.asarray(_frozen(distribution.name, distribution.parameters).ppf(bounded), dtype=np.float64)
    parameters = dict(distribution.parameters)
    shapes = [parameters[shape] for shape in closed[0]]
    standard: Floats = closed[1](bounded, *shapes)
    return parameters.get("loc", 0.0) + parameters.get("scale", 1.0) * standard


def _norm(uniforms: Floats) -> Floats:
    from scipy.special import ndtri

    return np.asarray(ndtri(uniforms))


def _lognorm(uniforms: Floats, s: float) -> Floats:
    return np.exp(s * _norm(uniforms))


def _gamma(uniforms: Floats, a: float) -> Floats:
    from scipy.special import gammaincinv

    return np.asarray(gammaincinv(a, uniforms))


def _expon(uniforms: Floats) -> Floats:
    return -np.log1p(-uniforms)


def _weibull_min(uniforms: Floats, c: float) -> Floats:
    return _expon(uniforms) ** (1.0 / c)


# The usual ones without scipy.stats, which costs seconds to import: shape parameters, quantiles of the standard form.
CLOSED_FORMS: Mapping[str, tuple[tuple[str, ...], Any]] = {
    "expon": ((), _expon),
    "gamma": (("a",), _gamma),
    "lognorm": (("s",), _lognorm),
    "norm": ((), _norm),
    "uniform": ((), lambda uniforms: uniforms),
    "weibull_min": (("c",), _weibull_min),
}


def _of_values(distribution: Distribution, uniforms: Floats) -> Floats:
    steps = np.cumsum(distribution.weights)
    chosen = np.searchsorted(steps / steps[-1], uniforms, side="right")
    return np.asarray(distribution.values)[np.minimum(chosen, len(distribution.values) - 1)]


def _of_quantiles(distribution: Distribution, uniforms: Floats) -> Floats:
    spaced = np.linspace(0.0, 1.0, len(distribution.values))
    return np.interp(uniforms, spaced, distribution.values)


def _of_constant(distribution: Distribution, uniforms: Floats) -> Floats:
    return np.full(len(uniforms), distribution.values[0])


READERS = {
    "constant": _read_constant,
    "values": _read_values,
    "quantiles": _read_quantiles,
    "distribution": _read_scipy,
}
QUANTILES = {"constant": _of_constant, "values": _of_values, "quantiles": _of_quantiles, "scipy": _of_scipy}
