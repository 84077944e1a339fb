"""How a scenario writes a distribution: a constant, weighted values, quantiles, or a name of scipy.stats.

Nothing takes longer than a year: each quantity has a bound, which nearly all values of its distribution must keep.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, ClassVar

import numpy as np
from pydantic import PlainValidator, ValidationInfo

from sim.capacity.scenario.distributions import QUANTILES, Distribution, constant, is_drawable, shapes_of
from sim.capacity.scenario.file_table import FileTable, Text, is_number, no_such_key, not_allowed, number, weights_of

USUAL_SHARE = 0.9999  # of the values must keep to the bound; the rest is cut to it
YEAR_DAYS, YEAR_HOURS, YEAR_MINUTES, YEAR_MS = 366, 8_784, 527_040, 31_622_400_000
ALLOWED = (
    "{constant = 2}, {values = [1, 2, 5], weights = [5, 3, 2]}, {quantiles = [0, 1, 4, 9]} or "
    "{distribution = NAME, PARAMETER = …} with a name and parameters of scipy.stats"
)


def read_distribution(table: object, most: float = math.inf) -> Distribution:
    """A distribution from its table, of values that hardly ever pass `most`. Raises an error of pydantic."""
    distribution = replace(_read(table), largest=most)
    usual = max(distribution.values) if distribution.values else _quantile(distribution, USUAL_SHARE)
    if usual > most:
        raise not_allowed(f"values up to {most:,.0f}; this has {usual:,.10g}", table)
    return distribution


def up_to(most: float) -> PlainValidator:
    """A distribution whose values hardly ever pass `most`."""
    return PlainValidator(lambda table: read_distribution(table, most))


def _read(table: object) -> Distribution:
    if isinstance(table, Mapping):
        for key, kind in KINDS.items():
            if key in table:
                return kind.model_validate(table).read()
    raise not_allowed(ALLOWED, table)


def _quantile(distribution: Distribution, share: float) -> float:
    return float(QUANTILES[distribution.kind](distribution, np.array([share]))[0])


def _numbers(at_least: int) -> PlainValidator:
    def check(value: object) -> tuple[float, ...]:
        is_list = isinstance(value, list | tuple) and len(value) >= at_least
        if not is_list or not all(is_number(item, 0.0, math.inf) for item in value):  # type: ignore[attr-defined]
            raise not_allowed(f"at least {at_least} numbers from 0", value)
        return tuple(map(float, value))  # type: ignore[call-overload]

    return PlainValidator(check)


def _as_many_as_values(value: object, info: ValidationInfo) -> tuple[float, ...]:
    return weights_of(value, len(info.data.get("values", ())))


class _ConstantTable(FileTable):
    constant: Annotated[float, number()]

    def read(self) -> Distribution:
        return constant(self.constant)


class _ValuesTable(FileTable):
    values: Annotated[tuple[float, ...], _numbers(1)]
    weights: Annotated[tuple[float, ...] | None, PlainValidator(_as_many_as_values)] = None

    def read(self) -> Distribution:
        pairs = sorted(zip(self.values, self.weights or (1.0,) * len(self.values), strict=True))  # quantiles never fall
        return Distribution("values", values=tuple(v for v, _ in pairs), weights=tuple(w for _, w in pairs))


class _QuantilesTable(FileTable):
    quantiles: Annotated[tuple[float, ...], _numbers(2)]

    def read(self) -> Distribution:
        values = self.quantiles
        if list(values) != sorted(values):
            allowed = "numbers that never fall: evenly spaced quantiles, 0 % to 100 %"
            raise not_allowed(allowed, list(values), "quantiles")
        return Distribution("quantiles", values=values)


class _ScipyTable(FileTable):
    is_open: ClassVar[bool] = True
    distribution: Text

    def read(self) -> Distribution:
        name, members = self.distribution, self.model_extra or {}
        shapes = shapes_of(name)
        if shapes is None:
            allowed = "a distribution of scipy.stats, such as lognorm, gamma or expon"
            raise not_allowed(allowed, name, "distribution")
        parameters = (*shapes, "loc", "scale")
        for key, value in members.items():
            if key not in parameters:
                raise no_such_key(key, value, ["distribution", *parameters])
            if not is_number(value, -math.inf, math.inf):
                raise not_allowed(f"a number from {-math.inf}", value, key)
        for key in shapes:
            if key not in members:
                raise not_allowed(f"a value: {name} of scipy.stats needs it", None, key)
        values = {key: float(members[key]) for key in parameters if key in members}
        distribution = Distribution("scipy", name=name, parameters=tuple(sorted(values.items())))
        if not is_drawable(distribution):
            raise not_allowed(f"parameters that scipy.stats.{name} takes, not {values}", name, "distribution")
        return distribution


KINDS: Mapping[str, type[_ConstantTable | _ValuesTable | _QuantilesTable | _ScipyTable]] = {
    "constant": _ConstantTable,
    "values": _ValuesTable,
    "quantiles": _QuantilesTable,
    "distribution": _ScipyTable,
}
