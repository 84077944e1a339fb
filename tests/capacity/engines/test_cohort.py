"""The cohort engine counts what the service engine counts, and where it has no form for something it says so."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reference_impl.civil_time import instant_of
from reference_impl.deadlines import booking_closes, deposit_run_at, engagement_sms_at
from reference_impl.policy import Policy
from sim.capacity.cohort import layout as at
from sim.capacity.cohort.choice import BOTH, COHORT, different, run_by
from sim.capacity.cohort.cohort_engine import CohortEngine
from sim.capacity.cohort.day_rows import DayRows
from sim.capacity.cohort.replay import EnginesDisagree
from sim.capacity.cohort.steps import StepTable, last_true
from sim.capacity.cohort.world import first_of_bins
from sim.capacity.histogram import bin_of
from sim.capacity.scenario.scenario import Scenario
from tests.benchmark.engines_equal import shipped
from tests.capacity.cases import scenario
from tests.capacity.engines.generated import scenarios

FEW = 500  # orders a year of the largest operator
DAYS = (date(2026, 3, 27), date(2026, 10, 23), date(2026, 12, 24), date(2026, 4, 4))


@pytest.mark.parametrize("name", ["small-town", "region", "month-end-surge", "after-holiday-monday", "national-year"])
def test_shipped_scenarios_are_equal_to_the_last_bit(name: str) -> None:
    run = run_by(BOTH, shipped(name, FEW), 3, 1, keeps_orders=True)
    assert run.engine == "service and cohort, equal"
    assert run.arrays["scalars"][0] > 15


@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(scenarios())
def test_scenarios_that_nobody_would_write_are_equal_too(generated: Scenario) -> None:
    assert run_by(BOTH, generated, 1, 0, keeps_orders=True).engine.endswith("equal")


def test_a_difference_names_the_first_order_and_instant(monkeypatch: pytest.MonkeyPatch) -> None:
    fill = DayRows._fill_instants

    def an_hour_late(rows: DayRows, table: Any) -> None:
        fill(rows, table)
        day, index = table[at.PLACES[at.DAY]], table[at.PLACES[at.INDEX]]
        table[at.PLACES[at.ENGAGE_AT], (day == 20_520) & (index == 4)] += 3_600_000

    monkeypatch.setattr(DayRows, "_fill_instants", an_hour_late)
    with pytest.raises(EnginesDisagree, match=r"first at 2026-03-\d\dT.*: order 4 of day 20520"):
        run_by(BOTH, scenario(), 5, 2)


def test_what_has_no_form_goes_to_the_service_engine_and_says_so() -> None:
    grid = {"weekdays": ["sat", "sun"], "bands": ["02:15-02:45", "03:15-04:00"]}
    night = scenario(slots=grid, horizon={"start": date(2026, 3, 27), "days": 2}, sample__orders=0)
    run = run_by(COHORT, night, 1, 0)
    assert run.engine.startswith(
        "service, for the cohort engine has no form for two bands that begin at the same instant"
    )
    assert run.arrays["scalars"][0] > 10


def test_rows_tell_two_operators_apart_and_sampling_changes_nothing() -> None:
    sampled, plain = (CohortEngine(scenario(sample__orders=number), 5, 0) for number in (300, 0))
    sampled.run()
    plain.run()
    assert different(sampled.arrays(), plain.arrays()) == []
    assert len(sampled.replies()) > 300 > len(plain.replies()) == 0


@pytest.mark.parametrize("cadence", ["table", "immediate", "latest"])
@pytest.mark.parametrize("sms_cadence", ["continuous", "two_hourly"])
@given(seed=st.integers(0, 1_000), start=st.sampled_from(DAYS), end_included=st.sampled_from(["yes", "no"]))
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_tables_say_what_the_rules_say(
    cadence: str, sms_cadence: str, seed: int, start: date, end_included: str
) -> None:
    readings = {"csv_cadence": cadence, "sms_cadence": sms_cadence, "window_end_included": end_included}
    policy = Policy.from_readings(readings | {"csv_rollover": "operating_day" if seed % 2 else "calendar_day"})
    first_instant = instant_of(start.toordinal() - date(1970, 1, 1).toordinal())
    draws = np.random.default_rng(seed)
    instants = first_instant + draws.integers(0, 5 * 86_400_000, 300)
    near = first_instant + draws.integers(0, 5 * 24, 100) * 3_600_000 + draws.integers(-1, 2, 100)
    instants = np.sort(np.concatenate((instants, near)))
    for rule in (engagement_sms_at, deposit_run_at, booking_closes):
        table_instants = StepTable(partial(rule, policy=policy)).of(instants)
        assert table_instants.tolist() == [rule(instant, policy) for instant in instants.tolist()]


@pytest.mark.parametrize(("end", "found"), [(7, 7), (0, 0), (20, 20), (99, 20), (-5, -1)])
def test_the_last_instant_of_a_condition_is_found(end: int, found: int) -> None:
    assert last_true(lambda instant: instant <= end, 0, 20) == found


def test_every_bin_begins_where_the_histogram_says() -> None:
    firsts = first_of_bins().tolist()
    reached = sorted({bin_of(first) for first in firsts})
    assert all(bin_of(firsts[number]) == number and bin_of(firsts[number] - 1) < number for number in reached[1:])
    assert firsts == sorted(firsts)
