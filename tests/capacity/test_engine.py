"""The engine: what is counted adds up, what is drawn belongs to the order, and what is sampled can be judged."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from reports.judging.judge import judge
from reports.judging.profiles import load_profile
from sim.capacity.engine.draws import Column, uniform_rows, unit_arrivals
from sim.capacity.engine.engine import run_replication
from sim.capacity.engine.tally import SCALARS, Arrays, HourlyCount, Outcome
from sim.capacity.histogram import BINS, bin_of, edges_ms, quantile_ms, share_within
from sim.capacity.scenario.open_hours import Hours, OpenTime
from sim.capacity.scenario.scenario import Scenario
from sim.capacity.tables.indicators import INDICATORS, TABLE, indicators_of
from tests.benchmark import bare_heapq, full_service, idiomatic_simpy, lean_simpy
from tests.capacity.cases import scenario

HOUR = 3_600_000


@pytest.fixture(scope="module")
def arrays() -> Arrays:
    return run_replication(scenario(), 5, 0).arrays


def loads(arrays: Arrays, load: int) -> int:
    return int(arrays["hours"][:, load].sum())


def outcomes(arrays: Arrays, *wanted: int) -> int:
    return int(arrays["outcomes"][:, list(wanted)].sum())


def test_every_order_ends_once(arrays: Arrays) -> None:
    received = outcomes(arrays, Outcome.RECEIVED)
    assert received == loads(arrays, HourlyCount.RECEIVED) > 200
    ended = outcomes(arrays, Outcome.VISITED, Outcome.REFUSED, Outcome.TIMED_OUT, Outcome.CANCELLED)
    assert ended == received


def test_every_engaged_order_has_one_row_and_one_sms(arrays: Arrays) -> None:
    assert (
        loads(arrays, HourlyCount.ROWS)
        == loads(arrays, HourlyCount.ENGAGEMENT_SMS)
        == loads(arrays, HourlyCount.LINE_READY)
    )


def test_no_slot_holds_more_than_its_technicians(arrays: Arrays) -> None:
    assert arrays["scalars"][SCALARS.index("slots_over_capacity")] == 0
    assert np.less_equal(arrays["visits"], arrays["capacity"]).all()


def test_the_sampled_orders_of_a_run_break_no_rule() -> None:
    run = run_replication(scenario(sample__orders=300), 5, 0)
    verdicts = judge(run.trace, load_profile("default"))
    verdict_of = {rule.rule: rule.verdict for rule in verdicts.rules}
    bad = {name: verdict for name, verdict in verdict_of.items() if verdict in ("FAIL", "ERROR", "AMBIGUOUS")}
    assert not bad
    passed = Counter(verdict_of.values())["PASS"]
    assert passed > 35


def test_sampling_changes_nothing_that_is_counted(arrays: Arrays) -> None:
    unsampled = run_replication(scenario(sample__orders=0), 5, 0)
    assert not [event for event in unsampled.trace if event["type"] == "order.received"]
    for name, counts in unsampled.arrays.items():
        assert np.array_equal(counts, arrays[name]), name


@pytest.mark.parametrize("model", [idiomatic_simpy, lean_simpy, bare_heapq])
def test_plain_models_of_the_same_life_cycle_count_the_same(model: object) -> None:
    tight = scenario(territories__lazio__slots_per_band=2, sms__per_second=1, customers__cancels=0.05, sample__orders=0)
    assert counts_that_differ(tight, model) == []


@pytest.mark.parametrize("model", [idiomatic_simpy, lean_simpy, bare_heapq])
def test_plain_models_count_the_same_orders_as_open_at_the_end(model: object) -> None:
    short = scenario(territories__lazio__slots_per_band=2, horizon__longest_life_days=8, sample__orders=0)
    assert 0 < outcomes(full_service.run(short, 5), Outcome.OPEN) < 200
    assert counts_that_differ(short, model) == []


def counts_that_differ(of: Scenario, model: object) -> list[str]:
    """The names of what a plain model counts otherwise than the service."""
    full, plain = full_service.run(of, 5), model.run(of, 5)  # type: ignore[attr-defined]
    assert full.keys() == plain.keys()
    return [name for name in full if not np.array_equal(full[name], plain[name])]


def test_an_order_keeps_its_luck_whatever_the_volume() -> None:
    assert np.array_equal(uniform_rows(1, 0, 20_500, 50), uniform_rows(1, 0, 20_500, 80)[:50])
    few, many = unit_arrivals(1, 0, 20_500, 40.0), unit_arrivals(1, 0, 20_500, 400.0)
    assert np.array_equal(few, many[: len(few)])
    assert not np.array_equal(uniform_rows(1, 0, 20_500, 5), uniform_rows(1, 1, 20_500, 5))
    assert len(Column) <= uniform_rows(1, 0, 1, 1).shape[1]


def test_a_longer_warm_up_measures_fewer_orders_of_the_same_run(arrays: Arrays) -> None:
    later = run_replication(scenario(horizon__warm_up_days=7), 5, 0).arrays
    assert loads(later, HourlyCount.RECEIVED) == loads(arrays, HourlyCount.RECEIVED)
    assert 0 < outcomes(later, Outcome.RECEIVED) < outcomes(arrays, Outcome.RECEIVED)


def test_fewer_technicians_never_bring_the_visit_forward() -> None:
    waits = []
    for slots in (2, 3, 6):
        counts = run_replication(scenario(territories__lazio__slots_per_band=slots), 5, 0).arrays
        waits.append(indicators_of(counts, ["lazio"])["", "mean_days_to_visit"])
    assert waits == sorted(waits, reverse=True)


def test_a_territory_closed_on_a_day_is_visited_on_none_of_its_bands() -> None:
    closed = run_replication(scenario(territories__lazio__closed=["03-10"]), 5, 0).arrays
    everywhere = run_replication(scenario(), 5, 0).arrays
    assert closed["capacity"][0, 5:10].sum() == everywhere["capacity"][0, 5:10].sum() - 5 * 6


def test_orders_without_a_code_bring_nothing_of_this_service() -> None:
    plain = [{"name": "ALFA", "orders_per_year": 3650, "services": {"ULL": 1}, "share_with_code": 0}]
    counts = run_replication(scenario(operators=plain), 5, 0).arrays
    assert outcomes(counts, Outcome.RECEIVED) > 0 == outcomes(counts, Outcome.IN_SERVICE)
    assert loads(counts, HourlyCount.ENGAGEMENT_SMS) == 0


def test_a_call_centre_books_for_those_who_do_not() -> None:
    centre = {"agents": 3, "reached_per_attempt": 0.5, "attempts": 4}
    called = [{"name": "ALFA", "orders_per_year": 7300, "services": {"VULA_FTTH": 1}, "call_centre": centre}]
    counts = run_replication(scenario(operators=called, customers__books=0.3), 5, 0).arrays
    assert outcomes(counts, Outcome.BOOKED_BY_OPERATOR) > outcomes(counts, Outcome.BOOKED_BY_CUSTOMER) > 0
    assert loads(counts, HourlyCount.CALLS) > outcomes(counts, Outcome.BOOKED_BY_OPERATOR)


def test_every_indicator_has_a_value_and_a_title_in_both_languages(arrays: Arrays) -> None:
    priced = scenario(costs={"sms": 0.05})
    values = indicators_of(arrays, ["lazio"], priced)
    assert {name for _, name in values} == {item.name for item in TABLE}
    unknown = {name for (_, name), value in values.items() if not np.isfinite(value)}
    assert unknown == {"p95_call_wait_minutes"}, "no call centre, no calls"
    assert all(item.title_it and item.title_en for item in INDICATORS.values())


def test_open_time_counts_only_while_open() -> None:
    office = OpenTime(
        Hours((0, 1, 2, 3, 4), 9 * HOUR, 18 * HOUR), range(20_514, 20_560), ()
    )  # from Monday 2 March 2026
    monday = 20_514 * 24 * HOUR - HOUR
    assert office.after(monday + 10 * HOUR, 3 * HOUR) == monday + 13 * HOUR
    assert office.after(monday + 17 * HOUR, 2 * HOUR) == monday + (24 + 10) * HOUR
    assert office.after(monday + 20 * HOUR, 0) == monday + (24 + 9) * HOUR
    instants = monday + np.arange(0, 10 * 24 * HOUR, 7 * HOUR // 2)
    for hours in (0, 1, 9, 30):
        each = office.after_each(instants, np.full(len(instants), hours * HOUR))
        assert each.tolist() == [office.after(instant, hours * HOUR) for instant in instants.tolist()]


def test_quantiles_of_the_histogram_are_true_to_one_percent() -> None:
    durations = np.random.default_rng(7).lognormal(17, 1.2, 20_000)
    counts = np.bincount([bin_of(duration) for duration in durations], minlength=BINS)
    for share in (0.05, 0.5, 0.95, 0.999):
        assert quantile_ms(counts, share) == pytest.approx(np.quantile(durations, share), rel=0.011)
    assert share_within(counts, np.quantile(durations, 0.8)) == pytest.approx(0.8, abs=0.01)
    assert np.isnan(quantile_ms(np.zeros(BINS, dtype=np.int64), 0.5))
    edges = edges_ms()
    for duration in (0, 0.5, 1, 60_000, 7 * 24 * HOUR):
        bin_number = bin_of(duration)
        assert edges[bin_number] <= duration * 1.000001 + 1e-9
        assert duration < edges[bin_number + 1] * 1.000001
