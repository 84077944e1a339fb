"""`python -m tests.benchmark.engines_equal`: the two engines of capacity runs, array by array and event by event.

All shipped scenarios with many seeds (large ones at a share of their volume), then generated ones. Exit status 1 at the
first difference, with the order and the instant at which the engines part.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from hypothesis import HealthCheck, given, settings

from sim.capacity.cohort.choice import BOTH, run_by
from sim.capacity.judged import readings_of
from sim.capacity.scenario.reader import SHIPPED, load_values, read_scenario, with_values
from sim.capacity.scenario.scenario import Scenario
from tests.capacity.engines.generated import scenarios

MOST_ORDERS = 3_000  # a year, of each operator of a large scenario


def shipped(name: str, most: int = MOST_ORDERS) -> Scenario:
    """A shipped scenario, with technicians and agents in proportion where its volume is cut."""
    file, values = load_values(name)
    written = read_scenario(file, values, readings_of)
    largest = max(plan.orders_per_year for plan in written.operators)
    share = min(1.0, most / largest)
    changes: dict[str, object] = {}
    for number, plan in enumerate(written.operators, 1):
        changes[f"operators.{number}.orders_per_year"] = plan.orders_per_year * share
        if plan.call_centre is not None:
            changes[f"operators.{number}.call_centre.agents"] = max(1, round(plan.call_centre.agents * share))
    return read_scenario(file, with_values(values, changes, file), readings_of)


def names() -> Iterator[str]:
    """The names of the shipped scenarios."""
    return (path.stem for path in sorted(SHIPPED.glob("*.toml")))


def main() -> None:
    """Read the arguments and compare."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.engines_equal", description=__doc__)
    parser.add_argument("--seeds", type=int, default=20, help="of each shipped scenario (default: 20)")
    parser.add_argument("--generated", type=int, default=500, help="scenarios (default: 500)")
    options = parser.parse_args()
    orders = 0
    for name in names():
        scenario = shipped(name)
        for seed in range(options.seeds):
            orders += int(run_by(BOTH, scenario, seed, 0, keeps_orders=True).arrays["scalars"][0])
        print(f"{name}: {options.seeds} seeds, equal; {orders:,} orders so far", flush=True)
    fell_back = []

    @settings(max_examples=options.generated, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(scenarios())
    def compare(scenario: Scenario) -> None:
        run = run_by(BOTH, scenario, 1, 0, keeps_orders=True)
        if not run.engine.endswith("equal"):
            fell_back.append(run.engine)

    compare()
    print(f"{options.generated} generated scenarios, equal; {len(fell_back)} went to the service engine")
    for reason in sorted(set(fell_back)):
        print(f"  {reason}")


if __name__ == "__main__":
    main()
