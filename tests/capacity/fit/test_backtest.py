"""The last quarter, which the fit has not seen: reproduced where nothing changed, and named where something did."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from reference_impl.civil_time import DAY, HOUR, date_of, day_of, instant_of
from sim.capacity.fit.backtest import LEAST_DAYS, TOO_FEW, TOO_SHORT, UNEVEN, Backtest, backtest, members_of
from sim.capacity.fit.records import NONE, TIMED_OUT
from tests.capacity.fit.truth import REPLICATIONS, true_backtest, true_records

FIRST = day_of(date(2026, 1, 12)) + 84 - 21  # the last quarter of the days of its scenario


def outside(tested: Backtest) -> set[str]:
    return {row.name for row in tested.compared if not row.is_inside}


def test_the_last_quarter_of_the_days_is_tried() -> None:
    assert (true_backtest().first, true_backtest().last) == (
        date_of(FIRST).isoformat(),
        date_of(true_records().days[-1]).isoformat(),
    )
    assert true_backtest().orders == int((true_records().received_at >= instant_of(FIRST)).sum())


def test_a_scenario_that_is_the_truth_reproduces_nearly_all() -> None:
    names = {row.name for row in true_backtest().compared}
    assert {"orders", "share_timed_out", "p95_days_to_visit", "p50_days_to_booking", "share_visits_0"} <= names
    assert len(outside(true_backtest())) <= 2
    assert len(names) >= 15


def test_customers_who_stop_answering_and_lines_that_take_longer_are_noticed() -> None:
    records = true_records()
    late = records.received_at >= instant_of(FIRST)
    silent = late & (np.arange(len(records)) % 3 == 0)
    changed = replace(
        records,
        line_ready_at=np.where(late, records.line_ready_at + 30 * HOUR, records.line_ready_at),
        looked_at=np.where(silent, NONE, records.looked_at),
        booked_at=np.where(silent, NONE, records.booked_at),
        visit_at=np.where(silent, NONE, records.visit_at),
        acted_by=np.where(silent, NONE, records.acted_by),
        outcome=np.where(silent, TIMED_OUT, records.outcome),
    )
    tested = backtest(changed, None, REPLICATIONS, 1)
    assert {"share_timed_out", "share_visited", "p50_days_to_line"} <= outside(tested)
    assert "orders" not in outside(tested)  # as many came as before


def test_too_little_is_said_to_be_too_little() -> None:
    records = true_records()
    short = records.where(records.received_at < records.received_at[0] + (LEAST_DAYS - 3) * DAY)
    assert backtest(short, None, REPLICATIONS, 1).impossible == TOO_SHORT
    few = records.where(np.arange(len(records)) % 10 == 0)
    assert backtest(few, None, REPLICATIONS, 1).impossible == TOO_FEW
    assert members_of(backtest(few, None, REPLICATIONS, 1))["possible"] is False


def test_a_quarter_without_enough_orders_is_said_to_have_too_few() -> None:
    records = true_records()
    places = np.arange(len(records))
    late = records.received_at >= instant_of(FIRST)
    for kept in (late | (places < 50), ~late | (places > len(records) - 10)):
        assert backtest(records.where(kept), None, REPLICATIONS, 1).impossible == UNEVEN


def test_an_interval_of_a_share_stays_within_what_a_share_can_be() -> None:
    records = true_records()
    rare = records.where(np.arange(len(records)) % 7 == 0)
    shares = [row for row in backtest(rare, None, 2, 1).compared if row.unit == "share"]
    assert all(0 <= row.low <= row.mean <= row.high <= 1 for row in shares)
    assert any(row.high == 1 for row in shares)
