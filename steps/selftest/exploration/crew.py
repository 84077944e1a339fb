"""Runs the jobs of an exploration: in this process, or in several, which end at once when the exploration ends."""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from typing import TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")


def worked(work: Callable[[Job], Result], jobs: Sequence[Job], workers: int) -> Iterator[Result]:
    """The results of the jobs, as they come. Raises BrokenProcessPool when a worker is lost."""
    if workers <= 1 or len(jobs) <= 1:
        yield from map(work, jobs)
        return
    other_processes = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(workers, initializer=_leave_signals_to_the_parent)
    try:
        futures: list[Future[Result]] = [pool.submit(work, job) for job in jobs]
        for future in as_completed(futures):
            yield future.result()
    except BaseException:  # an interruption, too: nobody waits for the jobs under way
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in set(multiprocessing.active_children()) - other_processes:
            worker.terminate()
        raise
    finally:
        pool.shutdown()


@contextmanager
def interrupted_by_sigterm() -> Iterator[None]:
    """Raise KeyboardInterrupt for SIGTERM as for Ctrl-C."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    handler_before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, handler_before)


def _leave_signals_to_the_parent() -> None:
    """Ctrl-C reaches all processes of a group; only the parent decides which of them end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
