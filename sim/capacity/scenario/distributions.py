"""Distributions of a scenario: by the name that scipy gives them, as an empirical table, or a constant.

Each maps uniform draws to values by its quantile function, so that a draw stays the order's own whatever the parameters
are. Values are never negative: what a distribution has below zero counts as zero. How they are written in a file is the
business of `distribution_tables`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.capacity.scenario.lookup import CurveLookup, StepLookup

Floats = NDArray[np.float64]
LARGEST_UNIFORM = 1.0 - 2.0**-40  # keeps unbounded quantiles finite
LONGEST_TABLE = 20_000
MANY = 1_000  # draws at once from which a table of a curve pays


@dataclass(frozen=True, slots=True)
class Distribution:
    """A distribution of a quantity from 0 on. `kind` is constant, values, quantiles or scipy."""

    kind: str
    name: str = ""
    parameters: tuple[tuple[str, float], ...] = ()
    values: tuple[float, ...] = ()
    weights: tuple[float, ...] = ()
    largest: float = math.inf

    @property
    def constant(self) -> float | None:
        """The value, where there is only one."""
        return self.values[0] if self.kind == "constant" else None

    def of(self, uniforms: Floats) -> Floats:
        """The value of each uniform draw, from 0 to `largest`, in the shape of the draws."""
        values: Floats = np.minimum(np.maximum(QUANTILES[self.kind](self, uniforms), 0.0), self.largest)
        return values

    def rounded(self, uniforms: Floats) -> Floats:
        """The value of each uniform draw as the nearest whole number.

        Where a table of the distribution function is short, the number is looked up: the quantiles of a gamma
        distribution were a fifth of the cohort engine's time.
        """
        steps = _steps(self)
        if steps is None:
            return np.rint(self.of(uniforms))
        return steps.of(np.minimum(uniforms, LARGEST_UNIFORM)).astype(np.float64)

    def whole(self, uniforms: Floats, unit: float) -> NDArray[np.number]:
        """The value of each uniform draw in so small a unit that nothing is lost to the whole numbers it is cut to."""
        if self.name != "gamma" or len(uniforms) < MANY:
            return np.floor(self.of(uniforms) * unit)
        return _curve(self, unit).of(uniforms)

    def mean(self) -> float:
        """The mean, by 100,000 evenly spaced quantiles: for the pages, not for theory."""
        return float(self.of((np.arange(100_000) + 0.5) / 100_000).mean())


@lru_cache(maxsize=64)
def _curve(distribution: Distribution, unit: float) -> CurveLookup:
    return CurveLookup.of_curve(lambda uniforms: distribution.of(uniforms) * unit)


@lru_cache(maxsize=64)
def _steps(distribution: Distribution) -> StepLookup | None:
    """The probability of at most 0, 1, 2… as whole numbers; None where that is no short table."""
    parameters = dict(distribution.parameters)
    if distribution.name != "gamma" or distribution.largest < LONGEST_TABLE:
        return None
    largest = float(distribution.of(np.array([LARGEST_UNIFORM]))[0])
    if not largest < LONGEST_TABLE:
        return None
    from scipy.special import gammainc

    halves = np.arange(math.ceil(largest) + 1) + 0.5 - parameters.get("loc", 0.0)
    steps: Floats = gammainc(parameters["a"], np.maximum(halves, 0.0) / parameters.get("scale", 1.0))
    return StepLookup.of_steps(steps, "left")


@lru_cache(maxsize=256)
def chances_of(weights: tuple[float, ...]) -> StepLookup:
    """Which of some weights a uniform draw picks."""
    steps = np.cumsum(weights)
    return StepLookup.of_steps(steps / (steps[-1] or 1.0), "right")


def constant(value: float) -> Distribution:
    """The distribution of one value."""
    return Distribution("constant", values=(value,))


def shapes_of(name: str) -> tuple[str, ...] | None:
    """The names of the shape parameters; None for a name that is no distribution."""
    if name in CLOSED_FORMS:
        return CLOSED_FORMS[name][0]
    from scipy import stats

    family = getattr(stats, name, None)
    if not isinstance(family, stats.rv_continuous | stats.rv_discrete):
        return None
    return tuple(part.strip() for part in family.shapes.split(",")) if family.shapes else ()


def is_drawable(distribution: Distribution) -> bool:
    """Whether the parameters make a distribution: all quantiles are finite and they never fall."""
    parameters = dict(distribution.parameters)
    if any(parameters.get(key, 1.0) <= 0 for key in ("scale", *CLOSED_FORMS.get(distribution.name, ((), None))[0])):
        return False
    try:
        values = QUANTILES["scipy"](distribution, np.array([0.01, 0.5, 0.99, LARGEST_UNIFORM]))
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
    chosen = chances_of(distribution.weights).of(uniforms)
    return np.asarray(distribution.values)[np.minimum(chosen, len(distribution.values) - 1)]


def _of_quantiles(distribution: Distribution, uniforms: Floats) -> Floats:
    spaced = np.linspace(0.0, 1.0, len(distribution.values))
    return np.interp(uniforms, spaced, distribution.values)


def _of_constant(distribution: Distribution, uniforms: Floats) -> Floats:
    return np.full(len(uniforms), distribution.values[0])


QUANTILES = {"constant": _of_constant, "values": _of_values, "quantiles": _of_quantiles, "scipy": _of_scipy}
