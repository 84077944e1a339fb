"""The indicators of one replication, each a function of its counts. Everything else looks them up here.

An indicator with nothing to count is nan, and is then left out of means. `better` says which way is good, for
comparisons and plans: `less`, `more` or nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from sim.capacity.engine.tally import Arrays
from sim.capacity.scenario.scenario import Scenario
from sim.capacity.tables.counts import Counts
from sim.capacity.tables.further_indicators import FURTHER_INDICATORS
from sim.capacity.tables.indicator import Indicator
from sim.capacity.tables.level_indicators import LEVEL_INDICATORS
from sim.capacity.tables.load_indicators import LOAD_INDICATORS
from sim.capacity.tables.order_indicators import ORDER_INDICATORS

ALL = ""  # the territory of what concerns all of them
TABLE = ORDER_INDICATORS + LOAD_INDICATORS + LEVEL_INDICATORS
INDICATORS: Mapping[str, Indicator] = {indicator.name: indicator for indicator in TABLE + FURTHER_INDICATORS}


def names_of(scenario: Scenario) -> list[str]:
    """The territories as the tables name them, which is as the scenario does."""
    return [place.name.lower() for place in scenario.territories]


def indicators_of(
    arrays: Arrays, territories: list[str], scenario: Scenario | None = None
) -> dict[tuple[str, str], float]:
    """Every indicator of a replication by (territory, name); the territory "" is all of them together."""
    whole = Counts(arrays, scenario=scenario)
    table = TABLE + FURTHER_INDICATORS if "done" in arrays else TABLE
    values = {(ALL, indicator.name): float(indicator.of(whole)) for indicator in table}
    for number, territory in enumerate(territories):
        counts = Counts(arrays, number, scenario)
        values |= {(territory, item.name): float(item.of(counts)) for item in table if item.by_territory}
    return values
