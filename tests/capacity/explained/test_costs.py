"""What the measured days cost: prices times what was offered, sent and late, worked out by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from sim.capacity.engine.engine import run_replication
from sim.capacity.engine.tally import HourlyCount
from sim.capacity.questions.targets import read_target
from sim.capacity.scenario.scenario import Scenario
from sim.capacity.tables.counts import Counts
from sim.capacity.tables.indicators import INDICATORS, indicators_of
from tests.capacity.cases import plan, replication_of, scenario
from tests.capacity.page_cases import mean_of, page_of, section_text

CALLED = [
    {
        "name": "ALFA",
        "orders_per_year": 7300,
        "services": {"VULA_FTTH": 1},
        "call_centre": {"agents": 3, "reached_per_attempt": 0.5},
    }
]
PRICES = {"technician_hour": 30, "agent_hour": 20, "sms": 0.05, "day_of_delay": 4}


def priced(**changes: object) -> Scenario:
    return scenario(costs=PRICES, operators=CALLED, horizon__warm_up_days=7, sample__orders=0, **changes)


def values_of(costed: Scenario) -> dict[tuple[str, str], float]:
    return indicators_of(run_replication(costed, 5, 0).arrays, ["lazio"], costed)


def test_people_are_paid_for_the_hours_offered() -> None:
    values = values_of(priced())
    assert values["", "cost_technicians"] == 5 * 5 * 2 * 6 * 30, "five days, five bands of two hours, six technicians"
    assert values["lazio", "cost_technicians"] == values["", "cost_technicians"]
    assert values["", "cost_agents"] == 5 * 9 * 3 * 20, "five days of nine hours, three agents"


def test_every_sms_of_the_measured_days_is_paid() -> None:
    costed = priced()
    arrays = run_replication(costed, 5, 0).arrays
    counts = Counts(arrays)
    sent = counts.hours(HourlyCount.ENGAGEMENT_SMS).sum() + counts.hours(HourlyCount.REMINDERS).sum()
    assert sent > 100
    assert indicators_of(arrays, ["lazio"], costed)["", "cost_sms"] == pytest.approx(sent * 0.05)


def test_a_day_of_delay_is_one_beyond_the_service_level() -> None:
    late = priced(service_level={"days": 4}, territories__lazio__slots_per_band=2)
    arrays = run_replication(late, 5, 0, keeps_orders=True).arrays
    visit, received = (np.array(arrays[name].tolist()) for name in ("order_visit_at", "order_received_at"))
    days = np.where(visit > 0, (visit - received) / 86_400_000 - 4, 0)
    beyond = float(np.maximum(days, 0).sum())
    assert beyond > 20
    assert indicators_of(arrays, ["lazio"], late)["", "cost_delay"] == pytest.approx(4 * beyond, rel=0.002)


def test_the_parts_add_up_and_a_cost_can_be_aimed_at() -> None:
    values = values_of(priced())
    parts = [values["", name] for name in INDICATORS if name.startswith("cost_") and name != "cost_per_visit"]
    assert len(parts) == 4
    assert values["", "cost"] == pytest.approx(sum(parts))
    priced_plan = plan(costs=PRICES, operators=CALLED)
    aim = read_target("cost<=1000", priced_plan.scenario(priced_plan.variants[0]))
    finished = replication_of(priced_plan)
    assert aim.value(finished, priced_plan.scenario(priced_plan.variants[0])) > 1000


def test_without_prices_nothing_is_priced() -> None:
    values = values_of(scenario(sample__orders=0))
    assert all(np.isnan(values["", name]) for name in INDICATORS if name.startswith("cost"))


def test_weeks_beyond_the_service_level_are_counted_whole_weeks_only() -> None:
    ample = scenario(horizon={"start": date(2026, 3, 4), "days": 25}, sample__orders=0)
    arrays = run_replication(ample, 5, 0).arrays
    assert [measured for _, measured, _ in Counts(arrays).weeks()] == [5, 7, 7, 6]
    late_weeks = {
        days: indicators_of(arrays, ["lazio"], scenario(service_level={"days": days}))["", "weeks_late"]
        for days in (1, 60)
    }
    assert late_weeks == {1: 2, 60: 0}


def test_the_page_shows_the_weeks_against_the_level_and_says_how_many_were_late(finished: Path) -> None:
    page = page_of(finished, "en")
    weeks = pl.read_parquet(finished / "weeks.parquet")
    section = section_text(page, "weeks")
    assert weeks["measured_days"].to_list() == [2, 7, 5]
    assert all(week.isoformat() in section for week in weeks["week"].to_list())
    assert "of 1 week" in section
    assert ("none of" in section) == (mean_of(finished, "weeks_late") == 0)
    table = page.get_element_by_id("weeks").find(".//table")
    assert len(table.findall(".//tbody/tr")) == weeks.height
