"""The operators of a scenario: volume, mix of services, code and call centre."""

from __future__ import annotations

from reference_impl.registry import DOMAIN, NAME
from sim.capacity.scenario.distributions import YEAR_HOURS
from sim.capacity.scenario.hours_reader import read_hours
from sim.capacity.scenario.scenario import SERVICE_NAMES, CallCentre, OperatorPlan
from sim.capacity.scenario.strict_table import Table

CODES = ("project", "delivery")
MOST_ORDERS = 100_000_000.0  # a year
OFFICE_DAYS = ["mon", "tue", "wed", "thu", "fri"]


def read_operators(top: Table) -> tuple[OperatorPlan, ...]:
    """All operators; at least one, each name once. Raises ScenarioError."""
    plans = tuple(map(_operator, top.tables("operators")))
    names = [plan.name for plan in plans]
    if not plans:
        raise top.fault("operators", [], "at least one [[operators]]")
    for name in names:
        if names.count(name) > 1:
            raise top.fault("operators", name, "each name once")
    return plans


def _operator(table: Table) -> OperatorPlan:
    name = table.text("name")
    if NAME.fullmatch(name) is None:
        raise table.fault("name", name, "upper-case letters, digits and -, at most 30")
    domain = table.text("domain", f"va.{name.lower()}.example.it")
    if DOMAIN.fullmatch(domain) is None:
        raise table.fault("domain", domain, "a domain name in lower case")
    plan = OperatorPlan(
        name=name,
        orders_per_year=table.number("orders_per_year", high=MOST_ORDERS),
        services=table.shares("services", SERVICE_NAMES),
        code=table.word("code", CODES, "project"),
        share_with_code=table.share("share_with_code", 1.0),
        domain=domain,
        call_centre=_call_centre(table.table("call_centre")) if table.has("call_centre") else None,
    )
    table.get("call_centre", None)
    table.done()
    return plan


def _call_centre(table: Table) -> CallCentre:
    centre = CallCentre(
        hours=read_hours(table, "09:00-18:00", OFFICE_DAYS, holidays=False),
        agents=table.whole("agents", low=1, high=1_000_000),
        minutes_per_call=table.number("minutes_per_call", 4.0, low=0.1, high=1_440),
        attempts=table.whole("attempts", 3, low=1, high=20),
        hours_between_attempts=table.number("hours_between_attempts", 4.0, high=YEAR_HOURS),
        first_call_after_hours=table.number("first_call_after_hours", 1.0, high=YEAR_HOURS),
        reached_per_attempt=table.share("reached_per_attempt"),
        refuses=table.share("refuses", 0.0),
    )
    table.done()
    return centre
