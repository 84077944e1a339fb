"""What a fit has found: a number of the scenario, where it comes from, and how well it agrees with the records."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from sim.capacity.scenario.distributions import Floats


class Origin(StrEnum):
    """Where a number of the proposed scenario comes from."""

    FITTED = "fitted"  # a distribution or a rate, by maximum likelihood
    COUNTED = "counted"  # a share or weights, as they stand in the records
    BOUND = "bound"  # what was seen at most, or at least: the truth may lie beyond
    ASSUMED = "assumed"  # not in the records


@dataclass(frozen=True, slots=True)
class Curve:
    """A distribution function twice, at the same values: as recorded and as fitted. `unit` is that of the values."""

    unit: str
    values: Floats
    recorded: Floats
    fitted: Floats


@dataclass(frozen=True, slots=True)
class Finding:
    """One number or table of the scenario. `path` is dotted, operators by position, as the commands write it.

    `records` are those it rests on; `distance` the largest gap between the distribution functions (Kolmogorov and
    Smirnov), where there are two; `notes` name what a reader must know, by key.
    """

    path: str
    value: object
    origin: Origin
    records: int = 0
    distance: float | None = None
    notes: tuple[str, ...] = ()
    curve: Curve | None = field(default=None, compare=False)

    def members(self) -> dict[str, object]:
        """The finding as plain values."""
        curve = self.curve
        return {
            "path": self.path,
            "value": self.value,
            "origin": self.origin.value,
            "records": self.records,
            "distance": self.distance,
            "notes": list(self.notes),
            "curve": None
            if curve is None
            else {
                "unit": curve.unit,
                "values": [round(float(value), 4) for value in curve.values],
                "recorded": [round(float(value), 4) for value in curve.recorded],
                "fitted": [round(float(value), 4) for value in curve.fitted],
            },
        }
