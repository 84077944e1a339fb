"""A run on a cluster: a real dask scheduler and two workers on loopback, one of which is killed half-way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path

import pytest

from sim.capacity.errors import RunError
from sim.capacity.jobs import replications
from sim.capacity.jobs.jobs import Finished, Plan
from sim.capacity.jobs.progress import Progress
from sim.capacity.jobs.replications import HereExecutor, executor, run_plan
from sim.capacity.jobs.reporting import Cluster
from sim.capacity.jobs.store import Store
from sim.capacity.tables.results import run_of
from tests.capacity.cases import Terminal, plan
from tests.patience import HANG_SECONDS
from tests.places import ROOT

pytestmark = pytest.mark.filterwarnings("default")  # what a cluster's own packages warn of is not ours
REPLICATIONS = 8


@contextmanager
def started(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A process of the cluster, ended by its id."""
    command = [sys.executable, "-m", *arguments]
    says = subprocess.PIPE if arguments[0].endswith("scheduler") else subprocess.DEVNULL
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=says, text=True, cwd=ROOT) as process:
        try:
            yield process
        finally:
            process.kill()


def address_of(scheduler: subprocess.Popen[str]) -> str:
    """Where the scheduler listens: it says so."""
    assert scheduler.stderr is not None
    for line in scheduler.stderr:
        if "Scheduler at:" in line:
            return line.split("Scheduler at:")[1].strip()
    raise AssertionError("the scheduler did not start")


@contextmanager
def worker(address: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A worker of one thread, without a nanny that would start it anew."""
    options = (
        "--no-nanny",
        "--nthreads",
        "1",
        "--no-dashboard",
        "--host",
        "127.0.0.1",
        "--local-directory",
        str(folder),
    )
    with started("distributed.cli.dask_worker", address, *options) as process:
        yield process


class KillsAWorker(Progress):
    """Kills a process when the second job is done."""

    def __init__(self, victim: subprocess.Popen[str]) -> None:
        super().__init__(quiet=False, out=Terminal())
        self.victim, self.finished, self.reports = victim, [], 0

    finished: list[tuple[str, int]]
    reports: int

    def within(self, key: tuple[str, int], orders: int, share: float) -> None:
        """A job has come so far."""
        super().within(key, orders, share)
        self.reports += 1

    def done(self, finished: Finished) -> None:
        """A job is done."""
        super().done(finished)
        self.finished.append(finished.key)
        if len(self.finished) == 2:
            os.kill(self.victim.pid, signal.SIGKILL)


def wait_for_workers(pool: Executor, count: int) -> None:
    """Both workers are there before anything begins."""
    assert isinstance(pool, Cluster)
    pool.client.wait_for_workers(count, timeout=HANG_SECONDS)


def test_a_worker_that_is_killed_costs_no_replication_and_counts_none_twice(tmp_path: Path) -> None:
    made = plan(horizon__days=21)
    with started("distributed.cli.dask_scheduler", "--port", "0", "--no-dashboard", "--host", "127.0.0.1") as scheduler:
        address = address_of(scheduler)
        with worker(address, tmp_path) as first, worker(address, tmp_path), executor(cluster=address) as pool:
            wait_for_workers(pool, 2)
            assert isinstance(pool, Cluster)
            pool.between_reports_seconds = 0.0
            progress = KillsAWorker(first)
            done = run_plan(made, REPLICATIONS, Store(tmp_path / "run"), pool, progress)
            assert first.wait(HANG_SECONDS) == -signal.SIGKILL
            assert progress.reports + len(pool.heard()) > REPLICATIONS
    assert sorted(progress.finished) == [("base", number) for number in range(REPLICATIONS)]
    alone = run_of(made, run_plan(made, REPLICATIONS, Store(None), HereExecutor(), Progress()))
    for name, frame in run_of(made, done).frames.items():
        assert frame.equals(alone.frames[name]), name


def run_on(address: str, made: Plan, folder: Path, progress: Progress) -> None:
    """A run on a cluster of one worker."""
    with executor(cluster=address) as pool:
        wait_for_workers(pool, 1)
        run_plan(made, REPLICATIONS, Store(folder), pool, progress)


def test_a_cluster_that_dies_in_mid_run_is_named_as_the_cluster(tmp_path: Path) -> None:
    made = plan(horizon__days=21)
    with started("distributed.cli.dask_scheduler", "--port", "0", "--no-dashboard", "--host", "127.0.0.1") as scheduler:
        address = address_of(scheduler)
        named = rf"^--cluster: '{address}' is not allowed; allowed: a cluster that lives as long as the run"
        with worker(address, tmp_path), pytest.raises(RunError, match=named):
            run_on(address, made, tmp_path / "run", KillsAWorker(scheduler))
    assert len(list((tmp_path / "run" / "jobs" / "base").glob("*.npz"))) >= 2


def test_a_cluster_that_does_not_answer_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replications, "ANSWER_SECONDS", 0.1)  # nobody is there, however long one waits
    with pytest.raises(RunError, match=r"--cluster: 'tcp://127\.0\.0\.1:1'"), executor(cluster="tcp://127.0.0.1:1"):
        pass
