"""Who is surely first or last among several: only where intervals part does a page rank.

What lives here: comparison of indicators by their 95 % intervals. It must not know what is compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from reports.capacity.run_folder import Kpi


class Measured(Protocol):
    """A mean with the ends of its 95 % interval, if it has one."""

    @property
    def low(self) -> float | None: ...

    @property
    def high(self) -> float | None: ...


def is_surely_above(higher: Measured, lower: Measured) -> bool:
    """Whether one is surely above the other: their intervals do not touch. Without an interval nothing is sure."""
    return higher.low is not None and lower.high is not None and higher.low > lower.high


def surely_first(ranked: Mapping[str, Kpi]) -> str | None:
    """The name whose interval lies above all the others', if there is one."""
    names = (
        name for name, kpi in ranked.items() if all(is_surely_above(kpi, other) for other in _others(ranked, name))
    )
    return next(names, None)


def surely_last(ranked: Mapping[str, Kpi]) -> str | None:
    """The name whose interval lies below all the others', if there is one."""
    names = (
        name for name, kpi in ranked.items() if all(is_surely_above(other, kpi) for other in _others(ranked, name))
    )
    return next(names, None)


def _others(ranked: Mapping[str, Kpi], name: str) -> list[Kpi]:
    return [kpi for other_name, kpi in ranked.items() if other_name != name]
