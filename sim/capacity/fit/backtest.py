"""How well a fitted scenario reproduces what it has not seen: fitted on three quarters of the days, tried on the last.

The orders of the last quarter arrive as they were recorded, after some weeks of those before, so that slots are as full
as they were; all else is drawn from the scenario that was fitted on what was known when the quarter began. What was
recorded is one quarter among those that might have been, so each interval is that of one more replication (a prediction
interval), not that of their mean.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import NormalDist
from tempfile import TemporaryDirectory

import numpy as np

from reference_impl.civil_time import DAY, civil_day, date_of, format_instant, instant_of, weekday
from reference_impl.policy import Policy
from sim.capacity.engine.workload import Workload
from sim.capacity.fit.proposal import Proposal, policy_of, propose
from sim.capacity.fit.records import (
    CANCELLED,
    NONE,
    OPERATOR,
    REFUSED,
    TIMED_OUT,
    VISITED,
    Numbers,
    Records,
    records_of_run,
)
from sim.capacity.intervals import CONFIDENCE, finite_or_none, interval
from sim.capacity.jobs.jobs import BASE, Plan, Variant, do
from sim.capacity.judged import readings_of
from sim.capacity.scenario.distributions import Floats
from sim.capacity.scenario.reader import read_scenario
from sim.capacity.scenario.scenario import SERVICE_NAMES

LEAST_DAYS, LEAST_ORDERS = 56, 200
TRIED_SHARE = 0.25  # of the days
BEFORE_DAYS = 28  # of recorded arrivals that are simulated and not compared
LEAST_FITTED, LEAST_TRIED = 100, 20  # of the orders, before the last quarter and in it
TOO_SHORT, TOO_FEW, UNEVEN, DAYS_ONLY = "too_short", "too_few", "uneven", "days_only"


@dataclass(frozen=True, slots=True)
class Compared:
    """One indicator of the last quarter: recorded, and the mean and prediction interval of the replications."""

    name: str
    unit: str
    recorded: float
    mean: float
    low: float
    high: float

    @property
    def is_inside(self) -> bool:
        """Whether what was recorded might have come of the fitted scenario."""
        return self.low <= self.recorded <= self.high


@dataclass(frozen=True, slots=True)
class Backtest:
    """What was tried, and what came of it; `impossible` says why nothing was."""

    first: str = ""
    last: str = ""
    orders: int = 0
    replications: int = 0
    compared: tuple[Compared, ...] = ()
    impossible: str = ""


def backtest(records: Records, like: str | None, replications: int, seed: int) -> Backtest:
    """Fit on the first three quarters of the days, simulate the last, compare."""
    days = records.days
    if records.days_only:
        return Backtest(impossible=DAYS_ONLY)
    if len(days) < LEAST_DAYS or len(records) < LEAST_ORDERS:
        return Backtest(impossible=TOO_SHORT if len(days) < LEAST_DAYS else TOO_FEW)
    first = days[-1] + 1 - round(len(days) * TRIED_SHARE)
    policy = policy_of(like)
    before = records.as_of(instant_of(first) - 1, policy)
    if len(before) < LEAST_FITTED:
        return Backtest(impossible=UNEVEN)
    proposal = propose(before, "backtest", "", like)
    known_records = _of_known_names(records, proposal)
    of_quarter = known_records.where(known_records.received_at >= instant_of(first))
    if len(of_quarter) < LEAST_TRIED:
        return Backtest(impossible=UNEVEN)
    simulated = _simulated(proposal, known_records, first, replications, seed)
    named = [measures_of(run.as_of(records.until, policy), records.present) for run in simulated]
    recorded = measures_of(of_quarter.as_of(records.until, policy), records.present)
    compared = [_orders(proposal, first, of_quarter)]
    for name, value in recorded.items():
        values = [measures.get(name, float("nan")) for measures in named]
        compared += _compared(name, value, values, len(of_quarter) / len(proposal.records))
    return Backtest(
        date_of(first).isoformat(), date_of(days[-1]).isoformat(), len(of_quarter), replications, tuple(compared)
    )


def _of_known_names(records: Records, proposal: Proposal) -> Records:
    """The orders whose operator and territory the fitted scenario has."""
    operators = [number for number, name in enumerate(records.operators) if name in proposal.records.operators]
    places = [number for number, name in enumerate(records.territories) if name in proposal.records.territories]
    return records.where(np.isin(records.operator, operators) & np.isin(records.territory, places))


def _simulated(proposal: Proposal, records: Records, first: int, replications: int, seed: int) -> list[Records]:
    """The orders of the last quarter under recorded arrivals, of each replication."""
    start = max(first - BEFORE_DAYS, records.days[0])
    horizon = {"start": date_of(start), "days": records.days[-1] - start + 1, "warm_up_days": first - start}
    with TemporaryDirectory() as folder:
        file = Path(folder) / "arrivals.csv"
        _write_arrivals(file, records.where(records.received_at >= instant_of(start)))
        values = {**proposal.values, "horizon": horizon, "sample": {"orders": 0}}
        values["arrivals"] = {"recorded": {"file": str(file)}}
        readings: Mapping[str, object] = dict(readings_of(str(values.get("profile", "default"))))
        plan = Plan(file.name, values, readings, (Variant(BASE, {}),), seed, keeps_orders=True)
        names = proposal.records.operators, proposal.records.territories
        done = [do(plan.job(plan.variants[0], number)) for number in range(replications)]
        return [records_of_run(finished.arrays, *names) for finished in done]


def _write_arrivals(file: Path, records: Records) -> None:
    """When orders came, whose, what and where; no code, and no line that was ready: that is for the fit to say."""
    columns = (
        [format_instant(instant, milliseconds=True) for instant in records.received_at.tolist()],
        [records.operators[number] for number in records.operator.tolist()],
        [SERVICE_NAMES[number] for number in records.service.tolist()],
        [records.territories[number] for number in records.territory.tolist()],
    )
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(("received_at", "operator", "service", "territory"))
        writer.writerows(zip(*columns, strict=True))


def _orders(proposal: Proposal, first: int, of_quarter: Records) -> Compared:
    """How many orders came, against what the fitted arrivals expect of the same days."""
    horizon = {"start": date_of(first), "days": of_quarter.days[-1] - first + 1}
    scenario = read_scenario(proposal.name, {**proposal.values, "horizon": horizon}, readings_of)
    expected = Workload(scenario, Policy.from_readings(scenario.readings), 0, 0).expected_orders
    days, fitted_days = scenario.horizon.days, len(proposal.records.days)
    of_levels = scenario.arrivals.overdispersion * expected**2 * (1 / days + 1 / fitted_days)
    alike = _orders_alike(proposal, of_quarter)
    variance = expected + expected**2 / alike + of_levels  # of the count, and of what was fitted
    width = variance**0.5 * NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
    return Compared("orders", "orders", len(of_quarter), expected, max(expected - width, 0.0), expected + width)


def _orders_alike(proposal: Proposal, of_quarter: Records) -> int:
    """How many orders the expected number rests on: where months were fitted, those of the same months."""
    records = proposal.records
    if all(finding.path != "arrivals.months" for finding in proposal.findings):
        return len(records)
    months = {date_of(day).month for day in of_quarter.days}
    return max(sum(date_of(civil_day(instant)).month in months for instant in records.received_at.tolist()), 1)


def _compared(name: str, recorded: float, values: list[float], share_of_fitted: float) -> list[Compared]:
    """The indicator with its interval; that the scenario was fitted on not so many more orders widens it."""
    estimate = interval(values)
    if np.isnan(recorded) or estimate.count < 2:
        return []
    width = estimate.half_width * (1 + estimate.count * (1 + share_of_fitted)) ** 0.5
    low, most = max(estimate.mean - width, 0.0), 1.0 if unit_of(name) == "share" else float("inf")
    return [Compared(name, unit_of(name), recorded, estimate.mean, low, min(estimate.mean + width, most))]


def unit_of(name: str) -> str:
    """The unit of an indicator."""
    return "share" if name.startswith("share") else "orders" if name == "orders" else "days"


def measures_of(records: Records, present: frozenset[str]) -> dict[str, float]:
    """The indicators of some orders, as far as the columns tell them."""
    return {
        name: value
        for needed, measure in MEASURES
        if needed in present or not needed
        for name, value in measure(records).items()
    }


def _outcomes(records: Records) -> dict[str, float]:
    outcomes = {"refused": REFUSED, "timed_out": TIMED_OUT, "cancelled": CANCELLED, "visited": VISITED}
    return {f"share_{name}": float((records.outcome == outcome).mean()) for name, outcome in outcomes.items()}


def _by_operator(records: Records) -> dict[str, float]:
    acted = records.acted_by != NONE
    return {"share_by_operator": float((records.acted_by[acted] == OPERATOR).mean()) if acted.any() else float("nan")}


def _moved(records: Records) -> dict[str, float]:
    booked = records.booked_at != NONE
    return {"share_moved": float((records.reschedules[booked] > 0).mean()) if booked.any() else float("nan")}


def _days(name: str, column: str) -> Callable[[Records], dict[str, float]]:
    def measure(records: Records) -> dict[str, float]:
        instants: Numbers = getattr(records, column)
        seen = (instants != NONE) & ((column != "visit_at") | (records.outcome == VISITED))
        days: Floats = (instants - records.received_at)[seen] / DAY
        if not len(days):
            return {}
        return {f"p{share}_days_to_{name}": float(np.quantile(days, share / 100)) for share in (50, 95)}

    return measure


def _weekdays(records: Records) -> dict[str, float]:
    visits = records.visit_at[records.outcome == VISITED].tolist()
    counts = np.bincount([weekday(civil_day(visit)) for visit in visits], minlength=7)
    return {f"share_visits_{day}": float(counts[day]) / max(len(visits), 1) for day in range(7) if counts[day]}


# What is compared, with the column that it needs.
MEASURES: tuple[tuple[str, Callable[[Records], dict[str, float]]], ...] = (
    ("state", _outcomes),
    ("acted_by", _by_operator),
    ("reschedules", _moved),
    ("line_ready_at", _days("line", "line_ready_at")),
    ("booked_at", _days("booking", "booked_at")),
    ("visit_at", _days("visit", "visit_at")),
    ("visit_at", _weekdays),
)


def members_of(tested: Backtest) -> dict[str, object]:
    """A backtest as plain values."""
    if tested.impossible:
        return {"possible": False, "why": tested.impossible, "least_days": LEAST_DAYS, "least_orders": LEAST_ORDERS}
    return {
        "possible": True,
        "first": tested.first,
        "last": tested.last,
        "orders": tested.orders,
        "replications": tested.replications,
        "compared": [
            {
                "name": row.name,
                "unit": row.unit,
                "recorded": finite_or_none(row.recorded),
                "mean": finite_or_none(row.mean),
                "low": finite_or_none(row.low),
                "high": finite_or_none(row.high),
                "inside": row.is_inside,
            }
            for row in tested.compared
        ],
    }
