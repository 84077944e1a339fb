"""Runs: the same bytes for any number of workers, resumed, compared, swept, stopped when precise."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from sim.capacity.engine.tally import Outcome as OrderOutcome
from sim.capacity.errors import RunError, ScenarioError
from sim.capacity.jobs.jobs import BASE, Finished, Job, Variant, do
from sim.capacity.jobs.progress import Progress
from sim.capacity.jobs.replications import HereExecutor, executor, run_plan, run_until_precise
from sim.capacity.jobs.store import FORMAT, Store, describe
from sim.capacity.questions.comparison import compare
from sim.capacity.questions.runs import How, simulate
from sim.capacity.questions.sweep import design, read_axis, read_changes
from sim.capacity.tables.results import Run, read_run, run_of
from sim.capacity.tables.sweep_frame import sweep_frame
from tests.capacity.cases import complete_run, doing_jobs_once, plan, replication_of, replications_of, values

TIGHT = {"horizon__days": 7, "sample__orders": 20}


def files_of(run: Run, folder: Path) -> dict[str, bytes]:
    run.write(folder)
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_the_same_seed_gives_the_same_bytes_for_any_number_of_workers(tmp_path: Path) -> None:
    small_plan = plan(Variant(BASE, {}), Variant("few", {"territories.lazio.slots_per_band": 2}), **TIGHT)
    alone = files_of(complete_run(small_plan, 2), tmp_path / "1")
    with executor(2) as pool:
        together = run_plan(small_plan, 2, Store(None), pool, Progress())
    assert files_of(run_of(small_plan, together), tmp_path / "2") == alone
    assert {"kpis.parquet", "hourly.parquet", "run.json", "trace.jsonl"} <= set(alone)


def test_orders_still_open_are_a_share_of_all_that_came_for_many_are_not_in_the_service_yet() -> None:
    never: dict[str, Any] = {"line_ready__copper": {"after_hours": {"constant": 5_000}}}
    small_plan = plan(**TIGHT, **never, horizon__longest_life_days=10)
    finished = replications_of(small_plan, 1)
    kpis = run_of(small_plan, finished).kpis.filter(pl.col("indicator") == "share_open", pl.col("territory") == "")
    received, still_open = (
        int(finished[0].arrays["outcomes"].sum(0)[kind]) for kind in (OrderOutcome.RECEIVED, OrderOutcome.OPEN)
    )
    assert kpis["mean"].to_list() == [pytest.approx(still_open / received)]
    assert still_open > 0.3 * received


def test_another_seed_gives_another_run() -> None:
    first, second = (complete_run(plan(seed=seed, **TIGHT), 1) for seed in (1, 2))
    assert not first.kpis.equals(second.kpis)


def test_a_run_goes_on_from_its_folder_and_counts_nothing_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_plan = plan(**TIGHT)
    uninterrupted = complete_run(small_plan, 3)
    replications_of(small_plan, 2, Store(tmp_path))
    (tmp_path / "jobs" / "base" / ".00002.npz.123").write_bytes(b"cut off")  # what a killed process leaves
    jobs: list[Job] = []

    def counted(job: Job, progress: object = None) -> Finished:
        jobs.append(job)
        return do(job)

    monkeypatch.setattr("sim.capacity.jobs.replications.do", counted)
    resumed = complete_run(small_plan, 3, Store(tmp_path))
    assert [job.replication for job in jobs] == [2]
    for name, frame in uninterrupted.frames.items():
        assert frame.equals(resumed.frames[name]), name
    assert resumed.trace == uninterrupted.trace


def test_a_folder_of_another_run_is_refused(tmp_path: Path) -> None:
    Store(tmp_path).open(plan(**TIGHT))
    with pytest.raises(RunError, match="begun with the same scenario, files, variants and seed"):
        Store(tmp_path).open(plan(seed=9, **TIGHT))


def test_a_folder_of_a_version_that_counted_otherwise_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr("sim.capacity.jobs.store.FORMAT", FORMAT - 1)
        Store(tmp_path).open(plan(**TIGHT))
    with pytest.raises(RunError, match="by this version"):
        Store(tmp_path).open(plan(**TIGHT))


def test_a_job_kept_twice_counts_once(tmp_path: Path) -> None:
    small_plan, store = plan(**TIGHT), Store(tmp_path)
    store.open(small_plan)
    finished = replication_of(small_plan)
    store.keep(finished)
    store.keep(replace(finished, seconds=99.0))
    stored = store.find(small_plan.job(small_plan.variants[0], 0))
    assert stored is not None
    assert stored.seconds == finished.seconds


def test_replications_go_on_until_the_interval_is_narrow_and_no_longer() -> None:
    small_plan = plan(**TIGHT)

    def orders(finished: Finished) -> float:
        return float(finished.arrays["scalars"][0])

    def until(precision: float, step: int) -> Sequence[Finished]:
        return run_until_precise(
            small_plan, small_plan.variants[0], precision, [orders],
            at_least=3, at_most=12, step=step, store=Store(None), pool=HereExecutor(), progress=Progress(),
        )  # fmt: skip

    with doing_jobs_once():  # how many are done is asked here, not what each counts
        rough, fine, by_five = until(0.2, 1), until(0.03, 1), until(0.03, 5)
    assert 3 <= len(rough) < len(fine) <= 12
    assert [finished.replication for finished in by_five] == [finished.replication for finished in fine]


def test_two_runs_with_the_same_seed_are_compared_pair_by_pair() -> None:
    before, after = plan(**TIGHT), plan(customers__books=0.4, **TIGHT)
    runs = [complete_run(side, 4) for side in (before, after)]
    table = compare(runs[0], runs[1])
    row = table.filter(pl.col("indicator") == "share_booked", pl.col("territory") == "").row(0, named=True)
    assert row["pairs"] == 4
    assert row["difference"] == pytest.approx(row["mean_b"] - row["mean_a"])
    assert row["high"] < 0
    assert row["better"] == "A"
    assert row["variance_ratio"] > 0
    other = plan(seed=6, **TIGHT)
    with pytest.raises(RunError, match="two runs with the same seed"):
        compare(runs[0], complete_run(other, 2))


def test_pairs_with_the_same_luck_save_most_of_the_variance() -> None:
    small_plan = plan(Variant(BASE, {}), Variant("more", {"territories.lazio.slots_per_band": 5}), **TIGHT)
    run = complete_run(small_plan, 6)
    table = compare(run, run, BASE, "more")
    saved = table.filter(pl.col("indicator") == "mean_days_to_booking", pl.col("territory") == "")["variance_ratio"][0]
    assert saved is None or saved > 4


def test_designs_cover_their_axes() -> None:
    listed, of_three = read_axis("sms.per_second=1,2,5"), read_axis("customers.books=0.2..0.8:3")
    grid = design([listed, of_three], "grid", 0, 1)
    assert len(grid) == 9
    assert {variant.changes["customers.books"] for variant in grid} == {0.2, 0.5, 0.8}
    axes = [read_axis("sms.per_second=1..100"), read_axis("customers.books=0.2..0.8")]
    assert len(design(axes, "grid", 0, 1)) == 25
    for kind in ("lhs", "sobol"):
        rows = design(axes, kind, 16, 1)
        assert len(rows) == 16
        rates = sorted(int(str(variant.changes["sms.per_second"])) for variant in rows)
        assert rates[0] < 20
        assert rates[-1] > 80
        assert design(axes, kind, 16, 1) == rows
        with pytest.raises(RunError, match="no :POINTS with"):
            design([listed, of_three], kind, 16, 1)


def test_a_sweep_shows_the_indicators_beside_the_values() -> None:
    variants = design([read_axis("customers.books=0.3,0.7")], "grid", 0, 0)
    small_plan = plan(*variants, **TIGHT)
    table = sweep_frame(variants, complete_run(small_plan, 2).kpis)
    booked = table.filter(pl.col("indicator") == "share_booked", pl.col("territory") == "")
    assert booked["customers.books"].to_list() == [0.3, 0.7]
    assert booked["mean"][0] < booked["mean"][1]


@pytest.mark.parametrize(
    "written_badly",
    ["sms.per_second", "a=", "a=5..1", "a=1..5:1", "=3", "a=1..5:10001", f"a=1..{'9' * 400}", f"a=1..2:{'9' * 5000}"],
)
def test_an_axis_that_cannot_be_is_refused(written_badly: str) -> None:
    with pytest.raises(RunError, match="--vary"):
        read_axis(written_badly)


def test_too_many_variants_are_refused_before_they_are_made() -> None:
    axes = [read_axis(f"{path}=1..9:10000") for path in "abcd"]
    with pytest.raises(RunError, match="10000000000000000 variants"):
        design(axes, "grid", 0, 0)


def test_changes_are_read_as_the_scenario_would_write_them() -> None:
    assert read_changes(["a.b=3", "c=0.5", "d=true", "e=table"]) == {"a.b": 3, "c": 0.5, "d": True, "e": "table"}
    with pytest.raises(RunError, match="--set"):
        read_changes(["sms"])


@pytest.mark.parametrize("search", [{"vary": "sms.per_second"}, {"is_grid": True}])
def test_of_a_search_the_judge_sees_the_first_replications_of_each_value_and_all_count_alike(
    search: dict[str, Any],
) -> None:
    small_plan = plan(horizon__days=7)
    variant = small_plan.variants[0]
    searching = replace(small_plan, **search)
    assert describe(searching)["fingerprint"] != describe(small_plan)["fingerprint"]  # no sweep goes on from its jobs
    assert [bool(searching.job(variant, number).scenario.sampled_orders) for number in (0, 1, 2, 9)] == [1, 1, 0, 0]
    sampled, counted = do(small_plan.job(variant, 2)), do(searching.job(variant, 2))
    assert any(event["type"] == "order.received" for event in sampled.trace)
    assert not any(event["type"] == "order.received" for event in counted.trace)
    assert sampled.arrays.keys() == counted.arrays.keys()
    assert all(np.array_equal(sampled.arrays[name], counted.arrays[name]) for name in sampled.arrays)


def test_what_cannot_be_run_is_said_before_anything_runs(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="--replications"):
        simulate("small-town", 0)
    with pytest.raises(RunError, match="--workers"):
        simulate("small-town", how=How(workers=0))
    with pytest.raises(ScenarioError, match=r"month-end-surge.*region"):
        simulate("smalltown")
    with pytest.raises(RunError, match="folder"):
        read_run(tmp_path)


def test_slots_taken_have_intervals_by_territory_weekday_and_band() -> None:
    small_plan = plan(horizon__days=14, sample__orders=0)
    run = complete_run(small_plan, 3)
    table = run.utilisation
    assert table.filter(weekday=0).height == 5
    assert set(table["weekday"]) == {0, 1, 2, 3, 4, 5}
    first_band = (
        run.territory.filter(band="08:00-10:00").group_by("replication").agg(pl.sum("visits"), pl.sum("capacity"))
    )
    every_day = table.filter(weekday=0, band="08:00-10:00").row(0, named=True)  # 0: all weekdays together
    assert every_day["mean"] == pytest.approx((first_band["visits"] / first_band["capacity"]).mean())
    assert 0 <= every_day["low"] < every_day["mean"] < every_day["high"] <= 1
    assert every_day["replications"] == 3


def test_the_precision_of_what_is_no_indicator_is_refused() -> None:
    with pytest.raises(RunError, match="--precision-of: 'speed'"):
        simulate("small-town", precision=0.02, precision_of=["speed"])


def test_a_run_that_was_written_reads_as_it_was(tmp_path: Path) -> None:
    run = simulate("small-town", 1, how=How(seed=3, out=tmp_path), changes={"horizon.days": 20})
    again = read_run(tmp_path)
    assert again.kpis.equals(run.kpis)
    about = json.loads((tmp_path / "run.json").read_text("utf-8"))
    assert about["assumptions"]
    assert about["replications"] == {"base": 1}
    assert about["changes"] == {"horizon.days": 20}
    assert about["scenario"]["horizon"]["days"] == 20
    assert values()["name"] == "small"
