"""Visits in vain and those that follow them: counted as theory says, by both engines, and in nobody's trace."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from reports.capacity.pages import render_capacity
from reports.capacity.run_folder import read_capacity_run
from reports.judging.judge import judge
from reports.judging.profiles import load_profile
from sim.capacity.cohort.choice import BOTH, different, run_by
from sim.capacity.engine.engine import Replication
from sim.capacity.engine.tally import DurationKind, HourlyCount, Outcome
from sim.capacity.jobs.jobs import Job, Variant, do
from sim.capacity.tables.counts import Counts, mean_days_of
from sim.capacity.tables.frames import frames_of
from sim.capacity.tables.further_indicators import FURTHER_INDICATORS
from sim.capacity.tables.indicators import INDICATORS, indicators_of
from sim.capacity.tables.results import run_of
from sim.capacity.terminal_lines import print_kpis
from tests.capacity.cases import plan, scenario

MANY, DAYS = 500, 6
FEW_PLACES = {"lazio": {"share": 1, "slots_per_band": 2}}
ENDS = (
    Outcome.VISITED,
    Outcome.REFUSED,
    Outcome.TIMED_OUT,
    Outcome.CANCELLED,
    Outcome.ORDINARY,
    Outcome.OPEN,
)


def run(slots: int = MANY, sampled: int = 0, **changes: Any) -> Replication:
    """One replication by both engines, which must be equal."""
    small = {"horizon__days": DAYS, "territories__lazio__slots_per_band": slots, "sample__orders": sampled}
    replication = run_by(BOTH, scenario(**{**small, **changes}), 5, 0, keeps_orders=True)
    assert replication.engine == "service and cohort, equal"
    return replication


def visits(replication: Replication) -> int:
    """All visits of a run, also those after its horizon."""
    return int(replication.arrays["hours"][:, HourlyCount.VISITS].sum())


@pytest.fixture(scope="module")
def plain() -> Replication:
    """The run without visits in vain."""
    return run()


@pytest.mark.parametrize("changes", [{"customers__no_show": 0.2}, {"technicians__second_visit": 0.2}])
def test_visits_are_as_many_as_theory_says(changes: dict[str, Any], plain: Replication) -> None:
    from scipy.stats import binom, nbinom  # here: it costs a second to import

    replication = run(**changes)
    counts = Counts(replication.arrays)
    visited = counts.outcome(Outcome.VISITED)
    assert visited == Counts(plain.arrays).outcome(Outcome.VISITED) == visits(plain) > 60
    low, high = nbinom.interval(0.999, visited, 0.8)  # failures before so many successes
    assert low <= visits(replication) - visited <= high
    low, high = binom.interval(0.999, visited, 0.2)
    assert low <= counts.again("orders_again") <= high
    assert int(counts.durations_to_done().sum()) == visited


def test_both_reasons_together_are_one_chance() -> None:
    both = scenario(customers__no_show=0.2, technicians__second_visit=0.5)
    assert both.visits_in_vain == pytest.approx(1 - 0.8 * 0.5)
    few, many = (run(customers__no_show=share) for share in (0.1, 0.3))
    assert visits(few) < visits(many)
    assert Counts(few.arrays).again("orders_again") < Counts(many.arrays).again("orders_again")


def test_work_is_never_done_before_the_tenth_visit_where_all_are_in_vain(plain: Replication) -> None:
    apart = 3
    replication = run(technicians__second_visit=1.0, technicians__second_visit_after_days=apart)
    counts = Counts(replication.arrays)
    assert visits(replication) == 10 * counts.outcome(Outcome.VISITED)
    first = mean_days_of(counts.durations(DurationKind.TO_VISIT))
    assert first == counts.mean_days(DurationKind.TO_VISIT) == Counts(plain.arrays).mean_days(DurationKind.TO_VISIT)
    assert mean_days_of(counts.durations_to_done()) > first + 9 * (apart - 10 / 24)  # a day has its bands within 10 h


def test_nothing_changes_where_the_share_is_none(plain: Replication) -> None:
    share_of_zero = run(customers__no_show=0)
    added_arrays = ["done", "hours_again", "orders_again", "visit_rows", "visits_again"]
    assert different(plain.arrays, share_of_zero.arrays) == added_arrays
    assert not set(added_arrays) & set(plain.arrays)
    assert np.array_equal(share_of_zero.arrays["done"], share_of_zero.arrays["measures"][:, DurationKind.TO_VISIT])
    assert share_of_zero.arrays["visits_again"].sum() == share_of_zero.arrays["orders_again"].sum() == 0
    assert not share_of_zero.arrays["hours_again"].any()


def test_further_visits_compete_for_places_and_every_order_still_has_one_end() -> None:
    calm, crowded = (run(slots=2, customers__no_show=share) for share in (0.0, 0.6))
    for replication in (calm, crowded):
        counts = Counts(replication.arrays)
        assert sum(counts.outcome(end) for end in ENDS) == counts.outcome(Outcome.RECEIVED) > 90
        assert counts.scalar("slots_over_capacity") == 0
        assert np.less_equal(replication.arrays["visits"], replication.arrays["capacity"]).all()
        assert np.less_equal(replication.arrays["visits_again"], replication.arrays["visits"]).all()
    assert Counts(crowded.arrays).mean_days(DurationKind.TO_VISIT) > Counts(calm.arrays).mean_days(
        DurationKind.TO_VISIT
    )
    assert crowded.arrays["lead"].sum() == int(crowded.arrays["lead_weekdays"][:, :, :4].sum())


def test_what_is_not_done_when_the_run_ends_is_told() -> None:
    soon_over = run(slots=2, customers__no_show=0.6, horizon__longest_life_days=9)
    values = indicators_of(soon_over.arrays, ["lazio"])
    counts = Counts(soon_over.arrays)
    left = counts.outcome(Outcome.VISITED) - int(counts.durations_to_done().sum())
    assert left > 5
    assert values["", "share_not_done"] == values["lazio", "share_not_done"] == left / counts.outcome(Outcome.VISITED)


def test_a_trace_shows_the_visit_of_the_service_and_no_other() -> None:
    replication = run(slots=4, sampled=1_000, customers__no_show=0.4)
    started = Counter(event["subject"] for event in replication.trace if event["type"] == "visit.started")
    assert len(started) == Counts(replication.arrays).outcome(Outcome.VISITED)
    assert set(started.values()) == {1}
    assert visits(replication) > len(started) * 1.2
    verdicts = {rule.rule: rule.verdict for rule in judge(replication.trace, load_profile("default")).rules}
    assert not {"FAIL", "ERROR", "AMBIGUOUS"} & set(verdicts.values())
    assert verdicts["BOOK-3"] == verdicts["INV-6"] == "PASS"


def test_indicators_stand_in_a_run_that_tells_of_visits_in_vain(plain: Replication) -> None:
    replication = run(customers__no_show=0.3)
    values = indicators_of(replication.arrays, ["lazio"])
    names = [item.name for item in FURTHER_INDICATORS]
    assert all(("lazio", name) in values and np.isfinite(values["", name]) for name in names)
    again = replication.arrays["visits_again"].sum() / replication.arrays["visits"].sum()
    assert values["", "share_of_visits_again"] == again > 0.1
    assert values["", "mean_days_to_done"] > values["", "mean_days_to_visit"]
    assert values["", "p95_days_to_done"] >= values["", "p95_days_to_visit"]
    assert not {name for _, name in indicators_of(plain.arrays, ["lazio"])} & set(names)
    assert INDICATORS["p95_days_to_done"].of(Counts(plain.arrays)) == Counts(plain.arrays).days_at(
        DurationKind.TO_VISIT, 0.95
    )


def test_tables_tell_further_visits_apart_and_each_order_when_its_work_was_done() -> None:
    plain, further = (
        frames_of(asked, [do(Job(asked, asked.variants[0], 0))])
        for changes in ({}, {"customers.no_show": 0.4})
        for asked in [replace(plan(Variant("base", changes), horizon__days=DAYS), keeps_orders=True, engine=BOTH)]
    )
    for table, columns in (
        ("hourly", ["visits_again"]),
        ("territory", ["visits_again"]),
        ("orders", ["visits", "done_at"]),
    ):
        assert further[table].columns == [*plain[table].columns, *columns]
    orders, visited = further["orders"], further["orders"].drop_nulls("visit_at")
    first_visits = len(visited)
    assert further["hourly"]["visits_again"].sum() == further["hourly"]["visits"].sum() - first_visits > 20
    assert (further["hourly"]["visits_again"] <= further["hourly"]["visits"]).all()
    measured = further["hourly"].filter("measured")
    assert further["territory"]["visits_again"].sum() == measured["visits_again"].sum() < first_visits
    assert visited["visits"].sum() == further["hourly"]["visits"].sum()
    assert orders.filter(pl.col("visit_at").is_null())["visits"].sum() == 0
    assert orders["done_at"].drop_nulls().len() == first_visits  # the run goes on until they are over
    once = visited.filter(visits=1)
    assert once["done_at"].to_list() == once["visit_at"].to_list()
    assert (visited.filter(pl.col("visits") > 1)["done_at"] > visited.filter(pl.col("visits") > 1)["visit_at"]).all()


def test_an_order_whose_work_is_not_done_when_the_run_ends_has_no_instant_of_it() -> None:
    short = plan(Variant("base", {"customers.no_show": 0.6}), horizon__days=DAYS, horizon__longest_life_days=9)
    crowded = replace(short, keeps_orders=True, engine=BOTH, values={**short.values, "territories": FEW_PLACES})
    done = do(Job(crowded, crowded.variants[0], 0))
    visited = frames_of(crowded, [done])["orders"].drop_nulls("visit_at")
    left = Counts(done.arrays).outcome(Outcome.VISITED) - int(Counts(done.arrays).durations_to_done().sum())
    assert visited["done_at"].null_count() == left > 5


@pytest.mark.parametrize("changes", [{}, {"customers.no_show": 0.4}])
def test_the_terminal_tells_of_visits_in_vain_where_the_scenario_does(
    changes: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    short = plan(Variant("base", changes), horizon__days=3, sample__orders=0)
    print_kpis(run_of(short, [do(Job(short, short.variants[0], 0))]), "en")
    printed = capsys.readouterr().out
    assert "Slot utilisation" in printed
    assert ("Visits after the first, share of all visits" in printed) is bool(changes)


def test_a_sweep_over_no_shows_has_their_part_of_the_load_in_tables_and_pages(tmp_path: Path) -> None:
    shares = (0.0, 0.4)
    variants = [Variant(f"p{number}", {"customers.no_show": share}) for number, share in enumerate(shares)]
    swept = plan(*variants, horizon__days=DAYS, sample__orders=0)
    swept_run = run_of(swept, [do(Job(swept, variant, 0)) for variant in variants])
    table = swept_run.frames["kpis"].filter(territory="lazio", indicator="share_of_visits_again")
    none, some = table["mean"].to_list()
    assert none == 0
    assert some > 0.1
    assert "to_done" in swept_run.frames["durations"]["measure"].unique()
    swept_run.write(tmp_path)
    pages = [render_capacity(read_capacity_run(tmp_path).of_variant(variant.name), "en") for variant in variants]
    assert ["come after one in vain" in page for page in pages] == [False, True]
    assert all("Visits after the first, share of all visits" in page for page in pages)
