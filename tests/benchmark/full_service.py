"""The full service, as a capacity run drives it."""

from __future__ import annotations

from sim.capacity.engine.engine import run_replication
from sim.capacity.engine.tally import Arrays
from sim.capacity.scenario.scenario import Scenario


def run(scenario: Scenario, seed: int) -> Arrays:
    """Run the scenario once and return all that was counted."""
    return run_replication(scenario, seed, 0).arrays
