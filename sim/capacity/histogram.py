"""Durations counted in bins that grow by one per cent: quantiles to one per cent, merged by adding.

Bin 0 holds what is under a millisecond; bin n the durations around 1.01 ** n milliseconds.
"""

from __future__ import annotations

from functools import lru_cache
from math import log

import numpy as np
from numpy.typing import NDArray

GROWTH = 1.01
PER_BIN = 1.0 / log(GROWTH)
BINS = 2_600  # up to about five years
Counts = NDArray[np.int64]


def bin_of(duration_ms: float) -> int:
    """The bin of a duration in milliseconds, from 0; the last bin holds all that is longer."""
    if duration_ms < 1:
        return 0
    number = int(log(duration_ms) * PER_BIN) + 1
    return number if number < BINS else BINS - 1


@lru_cache(maxsize=1)  # a table asks thousands of times
def edges_ms() -> NDArray[np.float64]:
    """The lower edges of the bins, and the upper edge of the last, in milliseconds; not to be written to."""
    above_a_millisecond = GROWTH ** np.arange(BINS)
    edges: NDArray[np.float64] = np.concatenate(([0.0], above_a_millisecond))
    edges.flags.writeable = False
    return edges


def quantile_ms(counts: Counts, share: float) -> float:
    """The duration (ms) under which that share (0 to 1) of the counted lies; nan where nothing was counted."""
    total = int(counts.sum())
    if total == 0:
        return float("nan")
    reached = np.cumsum(counts)
    rank = share * total
    number = int(np.searchsorted(reached, rank, side="left"))
    if number == 0:
        return 0.0
    low, high = edges_ms()[number : number + 2]
    inside = (rank - (reached[number] - counts[number])) / counts[number]
    return float(low + (high - low) * inside)


def share_within(counts: Counts, limit_ms: float) -> float:
    """The share (0 to 1) of the counted at or under a duration (ms), to the bin."""
    total = int(counts.sum())
    return float(counts[: bin_of(limit_ms) + 1].sum()) / total if total else float("nan")
