"""The full service, as a capacity run drives it."""

from __future__ import annotations

from sim.capacity.engine.engine import run_replication
from sim.capacity.engine.tally import Arrays
from sim.capacity.scenario.scenario import Scenario

LEAD_ARRAYS = ("lead", "lead_weekdays", "weeks")


def run(scenario: Scenario, seed: int) -> Arrays:
    """Run the scenario once and return what was counted, as plain models do."""
    return plain_part(run_replication(scenario, seed, 0).arrays)


def plain_part(arrays: Arrays) -> Arrays:
    """What plain models count too: all but the lead times taken apart."""
    return {name: counts for name, counts in arrays.items() if name not in LEAD_ARRAYS}
