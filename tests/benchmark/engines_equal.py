"""`python -m tests.benchmark.engines_equal`: the two engines of capacity runs, array by array and event by event.

All shipped scenarios with many seeds (large ones at a share of their volume), then generated ones; the loop of the
cohort engine as it stands, and compiled where numba is installed. Exit status 1 at the first difference, with the order
and the instant at which the engines part.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import HealthCheck, given, settings

from sim.capacity.cohort import loop
from sim.capacity.cohort.choice import COHORT, check_equal
from sim.capacity.cohort.cohort_engine import CohortEngine
from sim.capacity.cohort.life_tables import CannotTabulate
from sim.capacity.cohort.machine.compiled import can_compile, compiled_run
from sim.capacity.engine.engine import Replication, run_replication
from sim.capacity.judged import readings_of
from sim.capacity.scenario.reader import SHIPPED, load_values, read_scenario, with_values
from sim.capacity.scenario.scenario import Scenario
from tests.capacity.engines.generated import scenarios

MOST_ORDERS = 3_000  # a year, of each operator of a large scenario


def shipped(name: str, most: int = MOST_ORDERS) -> Scenario:
    """A shipped scenario, with technicians and agents in proportion where its volume is cut."""
    file, values = load_values(name)
    scenario = read_scenario(file, values, readings_of)
    largest = max(plan.orders_per_year for plan in scenario.operators)
    share = min(1.0, most / largest)
    changes: dict[str, object] = {}
    for number, plan in enumerate(scenario.operators, 1):
        changes[f"operators.{number}.orders_per_year"] = plan.orders_per_year * share
        if plan.call_centre is not None:
            changes[f"operators.{number}.call_centre.agents"] = max(1, round(plan.call_centre.agents * share))
    return read_scenario(file, with_values(values, changes, file), readings_of)


def names() -> Iterator[str]:
    """The names of the shipped scenarios."""
    return (path.stem for path in sorted(SHIPPED.glob("*.toml")))


def compare(scenario: Scenario, seed: int, loops: list[Callable[..., Any]]) -> int:
    """Run a scenario by both engines and say how many orders it had. Raises EnginesDisagree, CannotTabulate."""
    by_service = run_replication(scenario, seed, 0, None, True)
    for run in loops:
        engine = CohortEngine(scenario, seed, 0, None, True, run)
        engine.run()
        check_equal(by_service, Replication(engine.arrays(), engine.trace(), COHORT), scenario, seed, 0)
    return int(by_service.arrays["scalars"][0])


def main() -> None:
    """Read the arguments and compare."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.engines_equal", description=__doc__)
    parser.add_argument("--seeds", type=int, default=20, help="of each shipped scenario (default: 20)")
    parser.add_argument("--generated", type=int, default=500, help="scenarios (default: 500)")
    parser.add_argument("--orders", type=int, default=MOST_ORDERS, help="a year of the largest operator (3,000)")
    parser.add_argument("--names", nargs="*", default=list(names()), help="of shipped scenarios (default: all)")
    options = parser.parse_args()
    loops = [loop.run, compiled_run()] if can_compile() else [loop.run]
    print(f"loops of the cohort engine: {'as it stands, compiled' if can_compile() else 'as it stands'}", flush=True)
    for name in options.names:
        scenario = shipped(name, options.orders)
        orders = sum(compare(scenario, seed, loops) for seed in range(options.seeds))
        print(f"{name}: {options.seeds} seeds, {orders:,} orders, equal", flush=True)
    if options.generated:
        generated(options.generated, loops)


def generated(examples: int, loops: list[Callable[..., Any]]) -> None:
    """Compare generated scenarios, and say of how many the cohort engine has no form."""
    orders: list[int] = []
    no_form: list[str] = []

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(scenarios())
    def compare_one(scenario: Scenario) -> None:
        try:
            orders.append(compare(scenario, 1, loops))
        except CannotTabulate as error:
            no_form.append(str(error))

    compare_one()
    print(f"generated: {len(orders)} scenarios, {sum(orders):,} orders, equal; no form for {len(no_form)}")
    for reason in sorted(set(no_form)):
        print(f"  {no_form.count(reason)} times {reason}")


if __name__ == "__main__":
    main()
