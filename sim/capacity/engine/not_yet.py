"""Draws on the condition that something has not happened yet: uniforms are moved to where exactly that holds.

It must not know orders.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from sim.capacity.scenario.distributions import Floats

Instants = NDArray[np.int64]
HALVINGS = 53  # of the uniforms, which are told apart by no more bits
LEAST_SHARE = 2.0**-20  # a fraction is kept in four bytes: nearer to what has passed, and it could fall before it
LONGEST_MS = 2**31 - 1  # of an answer


def share_before(instant: int, instants_of: Callable[[Floats], Instants], size: int) -> Floats:
    """For each of so many orders the least uniform whose instant is not before the one given; 1 where there is none.

    `instants_of` never falls as the uniforms rise, so this is the share of what happens that has happened by then.
    """
    low, high = np.zeros(size), np.ones(size)
    low_is_late = instants_of(low) >= instant
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        is_late = instants_of(middle) >= instant
        low, high = np.where(is_late, low, middle), np.where(is_late, middle, high)
    return np.where(low_is_late, 0.0, high)


def later(uniforms: Floats, happened: Floats) -> Floats:
    """Uniforms of a quantity, on the condition that it lies behind the share that has happened."""
    return happened + uniforms * (1.0 - happened)


def not_yet(uniforms: Floats, share: float, happened: Floats) -> Floats:
    """Uniforms of an act that a share of the customers does, on the condition that they have not done it yet.

    Of those who do it, the part `happened` would have done it by now. Uniforms below `share` do it later, others never.
    """
    remaining = 1.0 - share * happened
    to_come = np.divide(share * (1.0 - happened), remaining, out=np.zeros_like(remaining), where=remaining > 0)
    stretched = uniforms * remaining / np.maximum(1.0 - happened, LEAST_SHARE**2)
    return np.where(uniforms < to_come, stretched, share + (uniforms - to_come) * remaining)
