"""`python -m tests.benchmark`: the full service and the plain models side by side, interleaved, with equal results.

Each engine runs in a process of its own, so that memory is its own; rounds are interleaved, so that all meet the same
machine. Ratios are to the idiomatic SimPy model, of medians of processor time.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib import import_module

from sim.capacity.engine.tally import Arrays, HourlyCount
from sim.capacity.scenario.reader import load_values, read_scenario, with_values
from sim.capacity.scenario.scenario import Scenario
from tests.places import ROOT

ENGINES = {
    "full_service": "the full service, counted",
    "cohort": "the cohort engine",
    "idiomatic_simpy": "SimPy, idiomatic",
    "lean_simpy": "SimPy, one AnyOf an order",
    "idiomatic_salabim": "salabim",
    "bare_heapq": "bare heapq loop",
}
REFERENCE = "idiomatic_simpy"
SLOW = ("idiomatic_salabim",)
SLOWER = 20  # so many times fewer orders where one of them takes milliseconds
DAYS = 14
WHOLE_MS = (2, 4, 5, 8, 10, 20, 25, 40, 50, 100, 125, 200, 250)  # SMS a second that are whole milliseconds apart


@dataclass(frozen=True)
class Measured:
    """One run of one engine: orders, processor seconds, peak memory of its process, a digest of each array."""

    orders: int
    seconds: float
    peak_mb: float
    digests: Mapping[str, str]

    @property
    def microseconds(self) -> float:
        """Processor time for each order."""
        return 1e6 * self.seconds / self.orders

    def differs_in(self, other: Measured) -> set[str]:
        """The names of the arrays that are not what the other counted."""
        return {name for name, _ in self.digests.items() ^ other.digests.items()}


def scenario_of(orders: int, days: int = DAYS) -> Scenario:
    """A region without call centres, so many orders in so many days, all measured, none sampled."""
    file, values = load_values("region")
    a_year = orders * 365 / days
    region = read_scenario(file, values)
    total = sum(plan.orders_per_year for plan in region.operators)
    changes: dict[str, object] = {
        "horizon": {"start": region.horizon.start, "days": days},
        "arrivals": {"hours": list(region.arrivals.hours)},
        "territories": {"lazio": {"share": 1, "slots_per_band": max(1, round(a_year / 52 / 25 * 0.9))}},
        "sms": {"per_second": next(rate for rate in WHOLE_MS if rate >= a_year / 200_000)},
        "notifications": {"concurrency": max(8, round(a_year / 40_000)), "latency_ms": {"constant": 200}},
        "sample": {"orders": 0},
    }
    changed = with_values(values, changes, file)
    operators = [dict(item) for item in changed["operators"]]  # type: ignore[attr-defined]
    for item in operators:
        item.pop("call_centre", None)
        item["orders_per_year"] *= a_year / total
    return read_scenario(file, with_values(changed, {"operators": operators}, file))


def run_one(engine: str, orders: int, days: int) -> None:
    """Run one engine in this process and print what was measured as JSON."""
    scenario = scenario_of(orders, days)
    run: Callable[[Scenario, int], Arrays] = import_module(f"tests.benchmark.{engine}").run
    run(scenario_of(200, 2), 1)  # imports and tables
    before = time.thread_time()
    arrays = run(scenario, 1)
    seconds = time.thread_time() - before
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    digests = {
        name: sha256(f"{values.dtype} {values.shape}".encode() + values.tobytes()).hexdigest()
        for name, values in arrays.items()
    }
    print(json.dumps([int(arrays["hours"][:, HourlyCount.RECEIVED].sum()), seconds, peak_mb, digests]))


def measure(engine: str, orders: int, days: int = DAYS) -> Measured:
    """Run one engine in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmark", "--one", engine, str(orders), str(days)]
    output = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout
    return Measured(*json.loads(output))


def side_by_side(orders: int, rounds: int, engines: Sequence[str]) -> bool:
    """All engines, interleaved; whether they counted the same."""
    runs: dict[str, list[Measured]] = {engine: [] for engine in engines}
    slow = [engine for engine in SLOW if engine in engines]
    expected = {True: measure("full_service", orders // SLOWER)} if slow else {}
    for _ in range(rounds):
        for engine in engines:
            measured = measure(engine, orders // SLOWER if engine in slow else orders)
            expected.setdefault(engine in slow, measured)
            runs[engine].append(measured)
    parted = {
        engine: names
        for engine in engines
        if (names := {name for run in runs[engine] for name in run.differs_in(expected[engine in slow])})
    }
    equal = "NOT EQUAL" if parted else "equal"
    medians = {engine: statistics.median(run.microseconds for run in series) for engine, series in runs.items()}
    print(f"{runs[engines[0]][0].orders:,} orders, {rounds} rounds, results of all ways: {equal}")
    print("".join(f"({ENGINES[engine]}: {runs[engine][0].orders:,} orders)\n" for engine in slow))
    print(f"{'way':<28}{'orders/s':>10}{'x SimPy':>9}{'us/order':>10}{'peak MB':>9}")
    for engine in engines:
        title, ratio = ENGINES[engine], medians[REFERENCE if REFERENCE in engines else engines[0]] / medians[engine]
        peak = max(run.peak_mb for run in runs[engine])
        print(f"{title:<28}{1e6 / medians[engine]:>10,.0f}{ratio:>9.2f}{medians[engine]:>10.1f}{peak:>9.0f}")
    for engine, names in parted.items():
        print(f"{ENGINES[engine]}: other counts in {', '.join(sorted(names))}")
    return not parted


def growth(orders_a_day: int, days: tuple[int, ...], engine: str) -> None:
    """Cost and memory as the same daily volume goes on longer."""
    print(f"\n{ENGINES[engine]} at {orders_a_day:,} orders a day")
    print(f"{'days':>6}{'orders':>12}{'us/order':>10}{'peak MB':>9}{'x cost':>8}{'x memory':>10}")
    smallest: Measured | None = None
    for number in days:
        measured = measure(engine, orders_a_day * number, number)
        smallest = smallest or measured
        cost, memory = measured.microseconds / smallest.microseconds, measured.peak_mb / smallest.peak_mb
        print(
            f"{number:>6}{measured.orders:>12,}{measured.microseconds:>10.1f}{measured.peak_mb:>9.0f}{cost:>8.2f}{memory:>10.2f}"
        )


def workers(replications: int, orders: int) -> None:
    """Replications on two workers against one."""
    from sim.capacity.jobs.jobs import BASE, Plan, Variant
    from sim.capacity.jobs.progress import Progress
    from sim.capacity.jobs.replications import executor, run_plan
    from sim.capacity.jobs.store import Store

    file, values = load_values("region")
    volume = orders * 365 / DAYS
    operators = [{"name": "ALFA", "orders_per_year": volume, "services": {"VULA_FTTH": 1}}]
    changes = {"operators": operators, "horizon.days": DAYS, "horizon.warm_up_days": 0, "horizon.cool_down_days": 0}
    plan = Plan(file, with_values(values, changes, file), {}, (Variant(BASE, {}),), 1)
    took = {}
    for number in (1, 2):
        with executor(number) as pool:
            list(pool.map(len, [[]] * number))  # processes are there
            began = time.perf_counter()
            run_plan(plan, replications, Store(None), pool, Progress())
            took[number] = time.perf_counter() - began
    print(
        f"\n{replications} replications of {orders:,} orders: {took[1]:.1f} s on one worker, {took[2]:.1f} s on two, "
    )
    print(f"x {took[1] / took[2]:.2f}")


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark", description=__doc__)
    parser.add_argument("--orders", type=int, default=20_000, help="orders of each run (default: 20,000)")
    parser.add_argument("--rounds", type=int, default=3, help="interleaved rounds (default: 3)")
    parser.add_argument(
        "--ways", nargs="+", choices=ENGINES, default=list(ENGINES), help="which of them (default: all)"
    )
    parser.add_argument("--growth", action="store_true", help="also cost and memory from 100,000 to 3,000,000 orders")
    parser.add_argument("--workers", action="store_true", help="also eight replications on two workers")
    parser.add_argument("--one", nargs=3, metavar=("ENGINE", "ORDERS", "DAYS"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        run_one(options.one[0], int(options.one[1]), int(options.one[2]))
        return
    equal = side_by_side(options.orders, options.rounds, options.ways)
    for engine in ("full_service", "cohort") if options.growth else ():
        growth(8_200, (12, 37, 122, 366), engine)
    if options.workers:
        workers(8, 3 * options.orders)
    if not equal:
        sys.exit("the ways do not count the same: their times say nothing")


if __name__ == "__main__":
    main()
