"""Every operator of the shelf, and the right one, through a plan: each breaks exactly the rules that it should.

As many processes as there are cores take the operators one after the other, each in a sandbox of its own and every
operator in a world of its own. What lives here: sharing the work out. It must not know rules or stories.
"""

from __future__ import annotations

import multiprocessing
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.context import SpawnProcess
from multiprocessing.queues import Queue
from pathlib import Path
from queue import Empty

from reports.judging.exit_status import CONFORMANT, FAILED
from sim.validation.own_sandbox import Ports, own_sandbox
from sim.validation.plan import Plan, load_plan
from sim.validation.rehearsal import broken_by, is_as_expected, rehearse
from sim.validation.shelf import MODEL, SHELF, wrong_operator

MOST_PROCESSES = 4
END_SECONDS = 10.0
LOOK_SECONDS = 1.0  # how often it is looked whether anybody still works
Tell = Callable[[str], None]


class WorkersGone(Exception):
    """The processes that should try operators are not there any more."""


@dataclass(frozen=True, slots=True)
class Tried:
    """An operator that went through the plan: the rules that it broke, the stories that ended early, or what failed."""

    name: str
    broken: Sequence[str] = ()
    fault: str = ""


def try_all(plan_name: str, tell: Tell, names: Sequence[str] = (), processes: int | None = None) -> int:
    """Try them, and say of each whether it is as it should be; `names` for some only."""
    plan, as_it_should = load_plan(plan_name), True
    for trial in _tried(plan_name, names or (MODEL, *(row.name for row in SHELF)), processes or _cores()):
        row = wrong_operator(trial.name)
        is_good = not trial.fault and is_as_expected(row, trial.broken, plan)
        as_it_should &= is_good
        tell(f"{'✓' if is_good else '✗'} {row.name:<28} {trial.fault or ' '.join(trial.broken) or '-':<16} {row.does}")
    return CONFORMANT if as_it_should else FAILED


def _cores() -> int:
    return min(os.cpu_count() or 1, MOST_PROCESSES)


def _tried(plan_name: str, names: Sequence[str], processes: int) -> Iterator[Tried]:
    """What came of each, in the order in which they end."""
    context = multiprocessing.get_context("spawn")
    waiting: Queue[str | None] = context.Queue()
    results: Queue[Tried] = context.Queue()
    for name in (*names, *([None] * processes)):
        waiting.put(name)
    with tempfile.TemporaryDirectory(prefix="appuntamento-") as folder:
        work = (plan_name, folder, waiting, results)
        workers = [context.Process(target=_work, args=work) for _ in range(processes)]
        for worker in workers:
            worker.start()
        try:
            for _ in names:
                yield _next(results, workers)
        finally:
            for worker in workers:
                worker.join(END_SECONDS)
                worker.terminate()  # whoever still works was interrupted
                worker.join()


def _next(results: Queue[Tried], workers: Sequence[SpawnProcess]) -> Tried:
    """What ends next. Raises WorkersGone."""
    while True:
        try:
            return results.get(timeout=LOOK_SECONDS)
        except Empty:
            if not any(worker.is_alive() for worker in workers) and results.empty():
                raise WorkersGone("the processes of the trial ended before their work") from None


def _work(plan_name: str, folder: str, waiting: Queue[str | None], results: Queue[Tried]) -> None:
    """Take one operator after the other, until there are no more. What is put aside goes with the folder."""
    plan = load_plan(plan_name)
    tempfile.tempdir = folder
    with (
        tempfile.TemporaryDirectory(prefix="sandbox-") as data,
        own_sandbox(Path(data), Ports(0, 0), plan.answer_seconds) as addresses,
    ):
        while (name := waiting.get()) is not None:
            results.put(_try(plan, name, addresses["http"]))


def _try(plan: Plan, name: str, target: str) -> Tried:
    try:
        return Tried(name, broken_by(rehearse(plan, name, lambda line: None, target)))
    except Exception as fault:
        return Tried(name, fault=f"{type(fault).__name__}: {fault}")
