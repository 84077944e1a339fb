"""What an indicator is: a name, a unit, titles, and a function of what one replication counted.

What lives here: the shape. The indicators themselves stand in the four files `…_indicators.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sim.capacity.tables.counts import Counts


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator: name, unit, titles, which way is better, its function, and whether a territory has its own."""

    name: str
    unit: str
    title_it: str
    title_en: str
    better: str
    of: Callable[[Counts], float]
    by_territory: bool = False
