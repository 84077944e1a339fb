"""A known scenario, twelve weeks of its orders as records, and the fit of these records; made once for all tests."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from sim.capacity.cohort.choice import run_by
from sim.capacity.fit.backtest import Backtest, backtest, members_of
from sim.capacity.fit.proposal import Proposal, propose
from sim.capacity.fit.records import Records, records_of_run
from sim.capacity.scenario.scenario import Scenario
from tests.capacity.cases import scenario

OPERATORS, TERRITORIES = ("ALFA", "BETA"), ("LAZIO",)
SEED = 3
COMMAND = "appuntamento fit orders.csv --out out/fit/orders --replications 4 --seed 1 --force"
REPLICATIONS = 4


def true_scenario() -> Scenario:
    """Two operators, one with a call centre; lines and customers with hours of their own."""
    centre = {"agents": 2, "reached_per_attempt": 0.4, "refuses": 0.1, "hours": "09:00-18:00"}
    alfa = {"name": "ALFA", "orders_per_year": 5000, "services": {"VULA_FTTH": 2, "ULL": 1}, "call_centre": centre}
    return scenario(
        horizon={"start": date(2026, 1, 12), "days": 84},
        operators=[alfa, {"name": "BETA", "orders_per_year": 2500, "services": {"VULA_FTTCAB": 1}}],
        arrivals={"weekdays": [2, 1, 1, 1, 1, 0.5, 0.2]},
        line_ready__nga={"after_hours": {"distribution": "gamma", "a": 2.0, "scale": 8}},
        line_ready__copper={"after_hours": {"distribution": "expon", "scale": 12}, "hours": "08:00-18:00"},
        customers__awake={"hours": "08:00-22:00"},
        sample={"orders": 0},
    )


@cache
def true_records() -> Records:
    """Its orders, as one replication lives them."""
    arrays = run_by("service", true_scenario(), SEED, 0, None, True).arrays
    return records_of_run(arrays, OPERATORS, TERRITORIES)


@cache
def true_backtest() -> Backtest:
    """The backtest on these."""
    return backtest(true_records(), None, REPLICATIONS, 1)


@cache
def fit_members() -> Mapping[str, Any]:
    """What `fit.json` says of both, as a program reads it."""
    members = fitted().members() | {"command": COMMAND, "seed": 1, "backtest": members_of(true_backtest())}
    read: Mapping[str, Any] = json.loads(json.dumps(members))
    return read


@cache
def fitted() -> Proposal:
    """What is proposed from these."""
    return propose(true_records(), "mine", "orders.csv")
