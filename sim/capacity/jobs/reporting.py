"""Executors whose jobs say how far they are while they run: a pool of processes, and a dask cluster.

What lives here: how reports come back. The pool's come through a pipe that its processes are given when they start,
the cluster's through dask's own events. Reports are for people: one that is lost changes nothing.
"""

from __future__ import annotations

import time
import uuid
from abc import abstractmethod
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from functools import partial
from typing import Any

from sim.capacity.jobs.jobs import Finished, Job, do
from sim.capacity.jobs.workers import worker_context

ATTEMPTS_WHEN_A_WORKER_IS_LOST = 3
Report = tuple[tuple[str, int], int, float]  # which job, its orders so far, the share of its horizon


class ReportingExecutor(Executor):
    """An executor that also hears of the jobs under way; each reports no oftener than `between_reports_seconds`."""

    between_reports_seconds = 0.5

    @abstractmethod
    def submit_job(self, job: Job) -> Future[Finished]:
        """Hand in a job that reports how far it is; return its future."""

    @abstractmethod
    def take_reports(self) -> list[Report]:
        """The reports that have arrived since the last call."""


def _reporting(job: Job, between_seconds: float, send: Callable[[Report], object]) -> Finished:
    """Do a job and report now and then."""
    sent_at = time.monotonic()

    def progress(orders: int, share: float) -> None:
        nonlocal sent_at
        now = time.monotonic()
        if now - sent_at >= between_seconds:
            sent_at = now
            send((job.key, orders, share))

    return do(job, progress)


# --- a pool of processes --------------------------------------------------------------------------------------------

_pipe: Any = None  # in a process of the pool: the way back


def _begin(pipe: Any) -> None:
    global _pipe  # noqa: PLW0603  # a process of a pool is given things once, when it starts
    _pipe = pipe


def _do_in_pool(job: Job, between_seconds: float) -> Finished:
    return _reporting(job, between_seconds, _pipe.put)


class ProcessPool(ProcessPoolExecutor, ReportingExecutor):
    """Processes of this machine."""

    def __init__(self, workers: int) -> None:
        context = worker_context()
        self._pipe = context.SimpleQueue()
        super().__init__(workers, mp_context=context, initializer=_begin, initargs=(self._pipe,))

    def submit_job(self, job: Job) -> Future[Finished]:
        """Hand in a job that reports how far it is; return its future."""
        return self.submit(_do_in_pool, job, self.between_reports_seconds)

    def take_reports(self) -> list[Report]:
        """The reports that have arrived since the last call."""
        reports: list[Report] = []
        while not self._pipe.empty():
            reports.append(self._pipe.get())
        return reports


# --- a cluster ------------------------------------------------------------------------------------------------------


def _do_on_cluster(job: Job, between_seconds: float, topic: str) -> Finished:
    from distributed import get_worker

    return _reporting(job, between_seconds, partial(get_worker().log_event, topic))


class Cluster(ReportingExecutor):
    """The workers of a dask scheduler, through a client that is connected. Closing it leaves the client open."""

    def __init__(self, client: Any) -> None:
        self.client = client
        self._pool = client.get_executor(retries=ATTEMPTS_WHEN_A_WORKER_IS_LOST, pure=False)
        self._topic = f"appuntamento-{uuid.uuid4().hex}"
        self._reports: deque[Report] = deque()
        client.subscribe_topic(self._topic, self._hear)

    def submit(self, function, /, *arguments, **named):  # type: ignore[no-untyped-def]  # the interface's own form
        """Hand in a function for a worker to call; return its future."""
        return self._pool.submit(function, *arguments, **named)

    def submit_job(self, job: Job) -> Future[Finished]:
        """Hand in a job that reports how far it is; return its future."""
        arguments = (job, self.between_reports_seconds, self._topic)
        future: Future[Finished] = self._pool.submit(_do_on_cluster, *arguments)
        return future

    def take_reports(self) -> list[Report]:
        """The reports that have arrived since the last call."""
        return [self._reports.popleft() for _ in range(len(self._reports))]

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End what is under way, or wait for it."""
        self.client.unsubscribe_topic(self._topic)
        self._pool.shutdown(wait=wait)

    def _hear(self, event: tuple[float, Any]) -> None:
        (variant, replication), orders, share = event[1]
        self._reports.append(((str(variant), int(replication)), int(orders), float(share)))
