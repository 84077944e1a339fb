"""Progress: jobs under way count with their share, late news of a job is ignored, and only a terminal sees the line."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest

from sim.capacity.jobs.jobs import Finished
from sim.capacity.jobs.progress import Progress, duration_words
from sim.capacity.jobs.replications import run_jobs
from sim.capacity.jobs.reporting import ProcessPool
from sim.capacity.jobs.store import Store
from tests.capacity.cases import Terminal, plan, replication_of

DAYS = 14


@pytest.fixture(scope="module")
def finished() -> Finished:
    return replication_of(plan(horizon__days=7, sample__orders=0))


@pytest.fixture
def ticking() -> Iterator[float]:
    """A clock that a second passes on at each look."""
    return iter(range(1000))


def test_jobs_under_way_count_with_their_share(finished: Finished, ticking: Iterator[float]) -> None:
    out = Terminal()
    progress = Progress(quiet=False, out=out, clock=lambda: float(next(ticking)))
    progress.expect(2)
    progress.within(("base", 0), 50, 0.5)
    progress.within(("base", 1), 30, 0.5)
    assert progress.line(10.0) == "0/2 replications, 80 orders, 8 orders/s, 10 s left"
    progress.done(finished)
    orders = int(finished.arrays["scalars"][0]) + 30
    assert progress.line(15.0) == f"1/2 replications, {orders} orders, {orders / 15:,.0f} orders/s, 5 s left"
    assert out.getvalue().count("\r") == 3
    assert not out.getvalue().endswith("\n")


def test_what_is_heard_of_a_job_that_has_ended_is_old_news(finished: Finished) -> None:
    progress = Progress(quiet=False, out=Terminal())
    progress.expect(1)
    progress.done(finished)
    line = progress.line(1.0)
    progress.within(finished.key, 10_000, 0.9)
    assert progress.line(1.0) == line
    assert "left" not in line


def test_the_last_line_stays(finished: Finished) -> None:
    out = Terminal()
    progress = Progress(quiet=False, out=out)
    progress.expect(1)
    progress.done(finished)
    assert out.getvalue().endswith("orders/s\n")


@pytest.mark.parametrize(("quiet", "output"), [(False, "seed 7\n"), (True, "")])
def test_the_seed_is_said_once_when_jobs_begin(quiet: bool, output: str) -> None:
    out = io.StringIO()
    progress = Progress(quiet=quiet, out=out, seed=7)
    assert out.getvalue() == ""
    progress.expect(1)
    progress.expect(2)
    assert out.getvalue() == output


@pytest.mark.parametrize(("quiet", "out"), [(True, Terminal()), (False, io.StringIO())])
def test_nothing_is_written_where_nobody_looks(finished: Finished, quiet: bool, out: io.StringIO) -> None:
    progress = Progress(quiet=quiet, out=out)
    progress.expect(1)
    progress.within(finished.key, 5, 0.5)
    progress.done(finished)
    assert out.getvalue() == ""


def test_the_processes_of_a_pool_report_each_day_of_their_jobs() -> None:
    small_plan = plan(horizon__days=DAYS, sample__orders=0)
    with ProcessPool(1) as pool:
        pool.between_reports_seconds = 0.0
        done = pool.submit_job(small_plan.job(small_plan.variants[0], 3)).result()
        reports = pool.take_reports()
        assert pool.take_reports() == []
    assert len(reports) == DAYS
    assert {key for key, _, _ in reports} == {done.key}
    orders, shares = [report[1] for report in reports], [report[2] for report in reports]
    assert orders == sorted(orders)
    assert shares == [day / DAYS for day in range(DAYS)]


def test_a_run_in_a_pool_that_reports_gives_the_same_as_one_that_does_not() -> None:
    small_plan, out = plan(horizon__days=7, sample__orders=0), Terminal()
    jobs = [small_plan.job(small_plan.variants[0], number) for number in range(3)]
    with ProcessPool(2) as pool:
        reporting = run_jobs(jobs, Store(None), pool, Progress(quiet=False, out=out))
        silent = run_jobs(jobs, Store(None), pool, Progress())
    for reported, unreported in zip(reporting, silent, strict=True):
        assert all((counts == unreported.arrays[name]).all() for name, counts in reported.arrays.items())
    assert "3/3 replications" in out.getvalue()


@pytest.mark.parametrize(
    ("seconds", "expected"), [(0.2, "0 s"), (59, "59 s"), (185, "3 min 05 s"), (7_800, "2 h 10 min")]
)
def test_durations_are_said_in_the_units_that_fit(seconds: float, expected: str) -> None:
    assert duration_words(seconds) == expected
