"""Intervals are honest: of 1,000 small runs of the engine, 93 to 97 % of the 95 % intervals hold the true value.

`python -m tests.benchmark.interval_coverage` prints one JSON line for each case and ends with status 1 where the bound
is broken. A small version is among the tests (`tests/capacity/test_coverage.py`).

The rules are reduced until theory knows the truth: orders come at Poisson instants, book with a known probability after
an exponential time, or bring one notification each to a single server (M/M/1). A run is a few replications of a day.
"""

from __future__ import annotations

import json
import math
import multiprocessing
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from itertools import chain

from sim.capacity.engine.engine import run_replication
from sim.capacity.engine.tally import SCALARS, Arrays, HourlyCount
from sim.capacity.intervals import Interval, interval
from sim.capacity.scenario.scenario import Scenario
from sim.capacity.tables.indicators import indicators_of
from tests.capacity.cases import scenario
from tests.capacity.queue_theory import erlang_c_wait

RUNS, PROCESSES = 1_000, 2
LEAST, MOST = 0.93, 0.97
AT_ONCE = {"copper": {"after_hours": {"constant": 0}}, "nga": {"after_hours": {"constant": 0}}}
BOOKING_ORDERS, BOOKS, ANSWER_HOURS = 16, 0.7, 2
QUEUE_ORDERS, QUEUE_LOAD = 240, 0.2
SERVICE_MS = QUEUE_LOAD * 86_400_000 / QUEUE_ORDERS
Values = list[float]


def booking_day() -> Scenario:
    """Orders between 09:00 and 10:00 of one day; each customer books, or nobody does."""
    return scenario(
        horizon={"start": date(2026, 3, 3), "days": 1, "longest_life_days": 10},
        arrivals={"hours": [0] * 9 + [1] + [0] * 14},
        operators=[{"name": "ALFA", "orders_per_year": BOOKING_ORDERS * 365, "services": {"VULA_FTTH": 1}}],
        line_ready=AT_ONCE,
        territories={"lazio": {"share": 1, "slots_per_band": 50}},
        customers={
            "books": BOOKS,
            "answers_after_hours": {"distribution": "expon", "scale": ANSWER_HOURS},
            "wishes_days": {"constant": 1},
        },
        sample__orders=0,
    )


def queue_day() -> Scenario:
    """Orders without a code around the clock: each brings one notification, which one server takes a while to take."""
    return scenario(
        horizon={"start": date(2026, 3, 3), "days": 1, "longest_life_days": 5},
        operators=[
            {"name": "ALFA", "orders_per_year": QUEUE_ORDERS * 365, "services": {"ULL": 1}, "share_with_code": 0}
        ],
        line_ready=AT_ONCE,
        notifications={"concurrency": 1, "latency_ms": {"distribution": "expon", "scale": SERVICE_MS}},
        sample__orders=0,
    )


def booking_values(arrays: Arrays) -> Values:
    """The indicators of a booking day whose true values are known."""
    values = indicators_of(arrays, ["lazio"])
    return [values["", name] for name in BOOKING_TRUTHS]


def queue_values(arrays: Arrays) -> Values:
    """The mean wait of a notification, in milliseconds."""
    waited = float(arrays["scalars"][SCALARS.index("notification_wait_ms")])
    return [waited / int(arrays["hours"][:, HourlyCount.NOTIFICATIONS].sum())]


BOOKING_TRUTHS: Mapping[str, float] = {
    "orders": BOOKING_ORDERS,
    "share_booked": BOOKS,
    "share_timed_out": 1 - BOOKS,
    "mean_days_to_booking": ANSWER_HOURS / 24,
    "p50_days_to_booking": ANSWER_HOURS / 24 * math.log(2),
}
QUEUE_TRUTHS: Mapping[str, float] = {"wait": erlang_c_wait(QUEUE_LOAD / SERVICE_MS, SERVICE_MS, 1)}
Case = tuple[Callable[[], Scenario], Callable[[Arrays], Values], int, Mapping[str, float]]
CASES: Mapping[str, Case] = {
    "bookings": (booking_day, booking_values, 5, BOOKING_TRUTHS),
    "queue": (queue_day, queue_values, 4, QUEUE_TRUTHS),
}


def intervals(case: str, seeds: range) -> list[list[Interval]]:
    """For each run, the interval of each indicator."""
    make, values_of, replications, _ = CASES[case]
    day = make()
    runs = []
    for seed in seeds:
        rows = [values_of(run_replication(day, seed, number).arrays) for number in range(replications)]
        runs.append([interval(series) for series in zip(*rows, strict=True)])
    return runs


def coverage(case: str, runs: Sequence[Sequence[Interval]]) -> dict[str, float]:
    """The share of runs whose interval held the truth, by indicator."""
    truths = CASES[case][3]
    return {
        name: sum(run[column].low <= truth <= run[column].high for run in runs) / len(runs)
        for column, (name, truth) in enumerate(truths.items())
    }


def main() -> bool:
    """All cases; whether each share is within the bounds."""
    all_kept = True
    parts = [range(first, RUNS, PROCESSES * 4) for first in range(PROCESSES * 4)]
    with ProcessPoolExecutor(PROCESSES, mp_context=multiprocessing.get_context("forkserver")) as pool:
        for case in CASES:
            runs = list(chain.from_iterable(pool.map(partial(intervals, case), parts)))
            covered = coverage(case, runs)
            good = len(runs) == RUNS and all(LEAST <= share <= MOST for share in covered.values())
            print(json.dumps({"case": case, "runs": len(runs), "bounds": [LEAST, MOST], **covered, "kept": good}))
            all_kept = all_kept and good
    return all_kept


if __name__ == "__main__":
    sys.exit(not main())
