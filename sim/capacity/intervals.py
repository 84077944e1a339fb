"""Honest uncertainty: intervals for means over replications, by Student's t."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean over replications with the interval that covers the true one with the confidence asked for.

    With a single replication the interval is not known: its half width is infinite.
    """

    count: int
    mean: float
    half_width: float
    deviation: float
    least: float
    largest: float

    @property
    def low(self) -> float:
        """The lower end."""
        return self.mean - self.half_width

    @property
    def high(self) -> float:
        """The upper end."""
        return self.mean + self.half_width

    @property
    def precision(self) -> float:
        """The half width, relative to the mean."""
        if self.half_width == 0:
            return 0.0
        return self.half_width / abs(self.mean) if self.mean else math.inf

    def ends(self, least: float = -math.inf, most: float = math.inf) -> tuple[float | None, float | None]:
        """Both ends, within what the quantity can be; None for each where fewer than two values are known."""
        return (max(self.low, least), min(self.high, most)) if self.count > 1 else (None, None)

    def members(self) -> dict[str, float | None]:
        """Mean and ends as JSON tells them."""
        return {"mean": finite_or_none(self.mean), "low": finite_or_none(self.low), "high": finite_or_none(self.high)}


def interval(values: Sequence[float], confidence: float = CONFIDENCE) -> Interval:
    """The interval of the mean of independent values, by Student's t. Values that are nan (not known) are left out."""
    numbers = [value for value in values if not math.isnan(value)]
    count = len(numbers)
    if count == 0:
        return Interval(0, math.nan, math.nan, math.nan, math.nan, math.nan)
    mean = math.fsum(numbers) / count
    if count == 1:
        return Interval(1, mean, math.inf, math.nan, mean, mean)
    deviation = math.sqrt(math.fsum((value - mean) ** 2 for value in numbers) / (count - 1))
    half_width = student_quantile(count - 1, confidence) * deviation / math.sqrt(count)
    return Interval(count, mean, half_width, deviation, min(numbers), max(numbers))


def finite_or_none(value: float) -> float | None:
    """A mean or an end as JSON tells it: None where it is not known (nan, or infinite)."""
    return value if math.isfinite(value) else None


def student_quantile(degrees: int, confidence: float = CONFIDENCE) -> float:
    """How many standard errors the two-sided interval reaches from the mean."""
    from scipy.special import stdtrit  # here: scipy costs time to import

    return float(stdtrit(degrees, 0.5 + confidence / 2))


def student_share(degrees: int, errors: float) -> float:
    """The probability that a Student variable is at most so many standard errors."""
    from scipy.special import stdtr

    return float(stdtr(degrees, errors))


def student_tail(degrees: int, probability: float) -> float:
    """How many standard errors a Student variable exceeds with this (small) probability, on one side."""
    from scipy.special import stdtrit

    return -float(stdtrit(degrees, probability))
