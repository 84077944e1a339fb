"""The cohort engine: compiled if numba is installed, else as it stands."""

from __future__ import annotations

from sim.capacity.cohort import loop
from sim.capacity.cohort.cohort_engine import CohortEngine
from sim.capacity.cohort.machine.compiled import can_compile, compiled_run
from sim.capacity.engine.engine import rare_collections
from sim.capacity.engine.tally import Arrays
from sim.capacity.scenario.scenario import Scenario
from tests.benchmark.full_service import plain_part


def run(scenario: Scenario, seed: int) -> Arrays:
    """Run the scenario once and return what was counted, as plain models do."""
    engine = CohortEngine(scenario, seed, 0, run=compiled_run() if can_compile() else loop.run)
    with rare_collections():
        engine.run()
    return plain_part(engine.arrays())
