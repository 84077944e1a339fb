"""Which engine does a replication: the service engine, the cohort engine, both against each other, or whichever pays.

The two count the same to the last bit, so the choice is one of time alone. What the cohort engine has no form for goes
to the service engine, and the replication says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from reference_impl.civil_time import HOUR, format_instant, instant_of
from reference_impl.policy import Policy
from sim.capacity.cohort import loop
from sim.capacity.cohort.cohort_engine import CohortEngine
from sim.capacity.cohort.life_tables import CannotTabulate
from sim.capacity.cohort.machine.compiled import can_compile, compiled_run, is_compiled
from sim.capacity.cohort.replay import EnginesDisagree
from sim.capacity.engine.engine import Progress, Replication, rare_collections, run_replication
from sim.capacity.engine.order_rows import PREFIX
from sim.capacity.engine.tally import Arrays, HourlyCount
from sim.capacity.engine.workload import Workload
from sim.capacity.scenario.scenario import Scenario

AUTO, SERVICE, COHORT, BOTH = ENGINES = ("auto", "service", "cohort", "both")
LONG = 20_000  # expected orders from which loading compiled code pays
VERY_LONG = 300_000  # and those from which compiling it pays, the first time
WHEN = ("received_at", "line_ready_at", "sms_at", "booked_at", "visit_at")


def run_by(
    engine: str,
    scenario: Scenario,
    seed: int,
    replication: int,
    progress: Progress | None = None,
    keeps_orders: bool = False,
) -> Replication:
    """Run one replication by an engine. Raises EnginesDisagree where both run and do not count the same."""
    if engine == SERVICE or (engine == AUTO and not _pays(scenario, seed, replication)):
        return run_replication(scenario, seed, replication, progress, keeps_orders)
    try:
        by_cohort = _run_cohort(scenario, seed, replication, progress, keeps_orders)
    except CannotTabulate as error:
        by_service = run_replication(scenario, seed, replication, progress, keeps_orders)
        return replace(by_service, engine=f"{SERVICE}, for the cohort engine has no form for {error}")
    if engine == BOTH:
        by_service = run_replication(scenario, seed, replication, None, keeps_orders)
        check_equal(by_service, by_cohort, scenario, seed, replication)
        return replace(by_cohort, engine="service and cohort, equal")
    return by_cohort


def _pays(scenario: Scenario, seed: int, replication: int) -> bool:
    """Whether the compiled loop is worth loading, or compiling."""
    if not can_compile():
        return False
    orders = Workload(scenario, Policy.from_readings(scenario.readings), seed, replication).expected_orders
    return orders >= VERY_LONG or (orders >= LONG and is_compiled())


def _run_cohort(
    scenario: Scenario, seed: int, replication: int, progress: Progress | None, keeps_orders: bool
) -> Replication:
    engine = CohortEngine(scenario, seed, replication, progress, keeps_orders, _loop_for(scenario, seed, replication))
    with rare_collections():
        engine.run()
        return Replication(engine.arrays(), engine.trace(), COHORT)


def _loop_for(scenario: Scenario, seed: int, replication: int) -> Callable[..., Any]:
    return compiled_run() if _pays(scenario, seed, replication) else loop.run


def check_equal(
    by_service: Replication, by_cohort: Replication, scenario: Scenario, seed: int, replication: int
) -> None:
    """Raise EnginesDisagree for the first order and instant at which two engines part."""
    names = different(by_service.arrays, by_cohort.arrays)
    if not names and list(by_service.trace) == list(by_cohort.trace):
        return
    place = _first_order(scenario, seed, replication) or _first_hour(by_service.arrays, by_cohort.arrays)
    raise EnginesDisagree(", ".join(names) or "the trace", *place)


def different(first: Arrays, second: Arrays) -> list[str]:
    """The names of the arrays that are not equal to the last bit."""
    names = sorted({*first, *second})
    return [name for name in names if not _equal(first.get(name), second.get(name))]


def _equal(first: Any, second: Any) -> bool:
    if first is None or second is None or first.dtype != second.dtype:
        return False
    return np.array_equal(first, second)


def _first_order(scenario: Scenario, seed: int, replication: int) -> tuple[str, str] | None:
    """The order that the engines tell differently first, and when: of a run without warm-up whose orders are kept."""
    horizon = scenario.horizon.model_copy(update={"warm_up_days": 0, "cool_down_days": 0})
    unmeasured = replace(scenario, horizon=horizon, sampled_orders=0)
    engine = CohortEngine(unmeasured, seed, replication, keeps_orders=True)
    engine.run()
    rows = [_rows(run_replication(unmeasured, seed, replication, None, True).arrays), _rows(engine.arrays())]
    first = [
        (min([instant for row in pair for instant in row if instant > 0], default=0), order)
        for order in sorted({*rows[0], *rows[1]})
        if (pair := [_only_here(side, other, order) for side, other in (rows, rows[::-1])]) != [[], []]
    ]
    if not first:
        return None
    instant, (day, number) = min(first)
    return f"order {number} of day {day}", format_instant(instant, True)


def _rows(arrays: Arrays) -> Mapping[tuple[int, int], tuple[int, ...]]:
    columns = [arrays[PREFIX + name].tolist() for name in ("day", "number", *WHEN, "reschedules", "state")]
    return {row[:2]: row[2:] for row in zip(*columns, strict=True)}


def _only_here(
    rows: Mapping[tuple[int, int], tuple[int, ...]],
    other_rows: Mapping[tuple[int, int], tuple[int, ...]],
    order: tuple[int, int],
) -> list[int]:
    """The instants that one side tells of an order and the other does not."""
    row, compared = rows.get(order, ()), other_rows.get(order, ())
    if row == compared:
        return []
    instants = [
        row[column]
        for column in range(min(len(WHEN), len(row)))
        if row[column : column + 1] != compared[column : column + 1]
    ]
    return instants or list(row[: len(WHEN)])


def _first_hour(first: Arrays, second: Arrays) -> tuple[str, str]:
    """The hour and load that differ first."""
    size = min(len(first["hours"]), len(second["hours"]))
    places = np.argwhere(first["hours"][:size] != second["hours"][:size])
    if not len(places):
        return "no order", "no hour"
    hour, load = places[0].tolist()
    start = instant_of(int(first["days"][0]))
    return HourlyCount.names[load], format_instant(start + hour * HOUR)
