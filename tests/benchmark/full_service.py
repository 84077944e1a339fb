"""The full service, as a capacity run drives it."""

from __future__ import annotations

from sim.capacity.engine import run_replication
from sim.capacity.scenario import Scenario
from sim.capacity.tally import Arrays


def run(scenario: Scenario, seed: int) -> Arrays:
    """Run the scenario once and return all that was counted."""
    return run_replication(scenario, seed, 0).arrays
