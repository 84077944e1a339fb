"""Distributions of a scenario: by the name that scipy gives them, as an empirical table, or a constant.

Each maps uniform draws to values by its quantile function, so that a draw stays the order's own whatever the parameters
are. Values are never negative: what a distribution has below zero counts as zero.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.capacity.strict_table import Table

Floats = NDArray[np.float64]
LARGEST_UNIFORM = 1.0 - 2.0**-40  # keeps unbounded quantiles finite
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

    @property
    def constant(self) -> float | None:
        """The value, where there is only one."""
        return self.values[0] if self.kind == "constant" else None

    def of(self, uniforms: Floats) -> Floats:
        """The value of each uniform draw."""
        values: Floats = np.maximum(QUANTILES[self.kind](self, uniforms), 0.0)
        return values

    def mean(self) -> float:
        """The mean, by 100,000 evenly spaced quantiles: for the pages, not for theory."""
        return float(self.of((np.arange(100_000) + 0.5) / 100_000).mean())


def constant(value: float) -> Distribution:
    """The distribution of one value."""
    return Distribution("constant", values=(value,))


def read_distribution(parent: Table, key: str, default: Mapping[str, object] | None = None) -> Distribution:
    """A distribution from the table `key` of a parent. Raises ScenarioError."""
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
    if not name.isidentifier() or _scipy_distribution(name) is None:
        raise table.fault("distribution", name, "a continuous or discrete distribution of scipy.stats, such as lognorm")
    names = _parameter_names(name)
    low = -math.inf
    given = {key: table.number(key, low=low) for key in names if table.has(key)}
    for key in names:
        table.get(key, None)
    table.done()
    for key in _shape_names(name):
        if key not in given:
            raise table.fault(key, None, f"a value: {name} of scipy.stats needs it")
    made = Distribution("scipy", name=name, parameters=tuple(sorted(given.items())))
    if not np.isfinite(made.of(np.array([0.0, 0.5, LARGEST_UNIFORM]))).all():
        raise table.fault("distribution", name, f"parameters that scipy.stats.{name} takes, not {given}")
    return made


def _scipy_distribution(name: str) -> Any:
    from scipy import stats  # here: importing it costs two seconds

    found = getattr(stats, name, None)
    return found if isinstance(found, stats.rv_continuous | stats.rv_discrete) else None


def _shape_names(name: str) -> tuple[str, ...]:
    shapes = _scipy_distribution(name).shapes
    return tuple(part.strip() for part in shapes.split(",")) if shapes else ()


def _parameter_names(name: str) -> tuple[str, ...]:
    from scipy import stats

    scale = ("scale",) if isinstance(_scipy_distribution(name), stats.rv_continuous) else ()
    return (*_shape_names(name), "loc", *scale)


@lru_cache(maxsize=64)
def _frozen(name: str, parameters: tuple[tuple[str, float], ...]) -> Any:
    return _scipy_distribution(name)(**dict(parameters))


def _of_scipy(distribution: Distribution, uniforms: Floats) -> Floats:
    """The common ones by their closed form, which numpy has; the others by scipy."""
    parameters = dict(distribution.parameters)
    bounded = np.minimum(uniforms, LARGEST_UNIFORM)
    if distribution.name == "expon":
        return parameters.get("loc", 0.0) - np.log1p(-bounded) * parameters.get("scale", 1.0)
    if distribution.name == "uniform":
        return parameters.get("loc", 0.0) + bounded * parameters.get("scale", 1.0)
    values = _frozen(distribution.name, distribution.parameters).ppf(bounded)
    return np.asarray(values, dtype=np.float64)


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
