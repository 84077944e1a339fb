"""A run on a cluster: a real dask scheduler and two workers on loopback, one of which is killed half-way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from sim.capacity.errors import RunError
from sim.capacity.jobs import replications
from sim.capacity.jobs.jobs import Finished, Plan
from sim.capacity.jobs.progress import Progress
from sim.capacity.jobs.replications import executor, run_plan
from sim.capacity.jobs.reporting import Cluster
from sim.capacity.jobs.store import Store
from sim.capacity.tables.results import run_of
from tests.capacity.cases import Terminal, complete_run, plan
from tests.patience import HANG_SECONDS
from tests.places import ROOT

pytestmark = pytest.mark.filterwarnings("default")  # what a cluster's own packages warn of is not ours
REPLICATIONS = 8
DAYS = 10
SCHEDULER_OPTIONS = ("--port", "0", "--no-dashboard", "--host", "127.0.0.1")


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


@dataclass(frozen=True)
class Running:
    """A scheduler, where it listens, and one worker of its own."""

    scheduler: subprocess.Popen[str]
    address: str
    worker: subprocess.Popen[str]

    @property
    def is_whole(self) -> bool:
        """Whether nobody has killed a part of it."""
        return self.scheduler.poll() is None and self.worker.poll() is None


@pytest.fixture(scope="module")
def whole_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Running]]:
    """Gives a cluster: that of the test before, if it is whole; each of its processes takes two seconds to start."""
    with ExitStack() as processes:
        clusters: list[Running] = []

        def whole() -> Running:
            if not clusters or not clusters[-1].is_whole:
                scheduler = processes.enter_context(started("distributed.cli.dask_scheduler", *SCHEDULER_OPTIONS))
                address = address_of(scheduler)
                own = processes.enter_context(worker(address, tmp_path_factory.mktemp("worker")))
                clusters.append(Running(scheduler, address, own))
            return clusters[-1]

        yield whole


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


def test_a_worker_that_is_killed_costs_no_replication_and_counts_none_twice(
    whole_cluster: Callable[[], Running], tmp_path: Path
) -> None:
    small_plan, address = plan(horizon__days=DAYS), whole_cluster().address
    with worker(address, tmp_path) as victim, executor(cluster=address) as pool:
        wait_for_workers(pool, 2)
        assert isinstance(pool, Cluster)
        pool.between_reports_seconds = 0.0
        progress = KillsAWorker(victim)
        done = run_plan(small_plan, REPLICATIONS, Store(tmp_path / "run"), pool, progress)
        assert victim.wait(HANG_SECONDS) == -signal.SIGKILL
        assert progress.reports + len(pool.take_reports()) > REPLICATIONS
    assert sorted(progress.finished) == [("base", number) for number in range(REPLICATIONS)]
    alone = complete_run(small_plan, REPLICATIONS)
    for name, frame in run_of(small_plan, done).frames.items():
        assert frame.equals(alone.frames[name]), name


def run_on(address: str, small_plan: Plan, folder: Path, progress: Progress) -> None:
    """A run on a cluster of one worker."""
    with executor(cluster=address) as pool:
        wait_for_workers(pool, 1)
        run_plan(small_plan, REPLICATIONS, Store(folder), pool, progress)


def test_a_cluster_that_dies_in_mid_run_is_named_as_the_cluster(
    whole_cluster: Callable[[], Running], tmp_path: Path
) -> None:
    small_plan, cluster = plan(horizon__days=DAYS), whole_cluster()
    named = rf"^--cluster: '{cluster.address}' is not allowed; allowed: a cluster that lives as long as the run"
    with pytest.raises(RunError, match=named):
        run_on(cluster.address, small_plan, tmp_path / "run", KillsAWorker(cluster.scheduler))
    assert len(list((tmp_path / "run" / "jobs" / "base").glob("*.npz"))) >= 2


def test_a_cluster_that_does_not_answer_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replications, "ANSWER_SECONDS", 0.1)  # nobody is there, however long one waits
    with pytest.raises(RunError, match=r"--cluster: 'tcp://127\.0\.0\.1:1'"), executor(cluster="tcp://127.0.0.1:1"):
        pass
