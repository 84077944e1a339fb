"""Runs jobs: here, in a pool of processes, or on a cluster, through one executor interface.

Results are put in order of variant and replication, never of finishing; a job that was done before is not done again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from contextlib import contextmanager
from functools import partial

from sim.capacity.errors import RunError
from sim.capacity.intervals import Interval, interval
from sim.capacity.jobs.jobs import Finished, Job, Plan, Variant, do
from sim.capacity.jobs.progress import BETWEEN_LINES_SECONDS, Progress
from sim.capacity.jobs.reporting import Cluster, ProcessPool, ReportingExecutor
from sim.capacity.jobs.store import Store
from sim.capacity.jobs.workers import load_meanwhile

IN_A_ROW = 5  # precise intervals before a run stops
ANSWER_SECONDS = 10.0  # so long a cluster has to answer
Measured = Callable[[Finished], float]


class HereExecutor(Executor):
    """Does each job at once, in this process."""

    def submit(self, function, /, *arguments, **named):  # type: ignore[no-untyped-def]  # the interface's own form
        """Call the function and return a future that is done."""
        future: Future[object] = Future()
        try:
            future.set_result(function(*arguments, **named))
        except Exception as error:
            future.set_exception(error)
        return future


@contextmanager
def executor(workers: int = 1, cluster: str | None = None) -> Iterator[Executor]:
    """An executor: this process for one worker, a pool of processes for more, or a dask scheduler's address."""
    if cluster is not None:
        yield from _on_cluster(cluster)
    elif workers <= 1:
        yield HereExecutor()
    else:
        with ProcessPool(workers) as pool:
            yield pool


def _on_cluster(address: str) -> Iterator[Executor]:
    from distributed import Client, KilledWorker  # here: only a run on a cluster needs them
    from distributed.comm.core import CommClosedError

    try:
        client = Client(address, timeout=ANSWER_SECONDS)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError) as error:
        raise RunError("--cluster", address, "the address of a dask scheduler that answers") from error
    try:
        with client, Cluster(client) as pool:
            yield pool
    except (CancelledError, CommClosedError, KilledWorker) as error:
        allowed = "a cluster that lives as long as the run (this one was lost; with --out what was done is kept)"
        raise RunError("--cluster", address, allowed) from error


def run_jobs(jobs: Sequence[Job], store: Store, pool: Executor, progress: Progress) -> list[Finished]:
    """The results of some jobs, in their order; those not in the store yet are done by the executor, then kept."""
    missing = [job for job in jobs if store.find(job) is None]
    progress.expect(len(missing))
    if isinstance(pool, HereExecutor):
        for job in missing:
            _keep(do(job, partial(progress.within, job.key)), store, progress)
    elif isinstance(pool, ReportingExecutor) and progress.is_shown:
        _gather({pool.submit_job(job) for job in missing}, store, progress, pool)
    else:
        _gather({pool.submit(do, job) for job in missing}, store, progress)
    return [finished for job in jobs if (finished := store.find(job)) is not None]


def _gather(
    waiting: set[Future[Finished]], store: Store, progress: Progress, reporter: ReportingExecutor | None = None
) -> None:
    load_meanwhile()
    between_seconds = BETWEEN_LINES_SECONDS if reporter else None
    while waiting:
        finished_jobs, waiting = wait(waiting, timeout=between_seconds, return_when=FIRST_COMPLETED)
        for report in reporter.take_reports() if reporter else ():
            progress.within(*report)
        for future in finished_jobs:
            _keep(future.result(), store, progress)


def _keep(finished: Finished, store: Store, progress: Progress) -> None:
    store.keep(finished)
    progress.done(finished)


def run_plan(plan: Plan, replications: int, store: Store, pool: Executor, progress: Progress) -> list[Finished]:
    """Every variant of a plan, so many times each; replications of the same number share their luck."""
    store.open(plan)
    jobs = [plan.job(variant, number) for variant in plan.variants for number in range(replications)]
    return run_jobs(jobs, store, pool, progress)


def run_until_precise(
    plan: Plan,
    variant: Variant,
    precision: float,
    measured: Sequence[Measured],
    *,
    at_least: int,
    at_most: int,
    step: int,
    store: Store,
    pool: Executor,
    progress: Progress,
) -> list[Finished]:
    """Replications until every measured mean is known to a relative precision, or `at_most`.

    How many count depends on their values alone, not on how many were under way: see `first_precise`.
    """
    store.open(plan)
    count = at_least
    while True:
        results = run_jobs([plan.job(variant, number) for number in range(count)], store, pool, progress)
        enough = first_precise(
            [[function(finished) for finished in results] for function in measured], precision, at_least
        )
        if enough is not None or count >= at_most:
            return results[: enough or at_most]
        count = min(count + step, at_most)


def first_precise(series: Sequence[Sequence[float]], precision: float, at_least: int) -> int | None:
    """At how many replications, from `at_least` on, every mean has been precise enough five times in a row, if it has.

    To stop at the first interval that happens to be narrow picks intervals that are too narrow: 92 of a hundred then
    hold the truth instead of 95. Five in a row bring that back to 94 (`tests/capacity/test_coverage.py`).
    """
    in_a_row = 0
    for count in range(max(at_least, 2), len(series[0]) + 1):
        estimates: list[Interval] = [interval(values[:count]) for values in series]
        in_a_row = in_a_row + 1 if all(item.precision <= precision for item in estimates) else 0
        if in_a_row == IN_A_ROW:
            return count
    return None
