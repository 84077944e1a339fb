"""The planner's desk: the scenarios on offer, and the comparisons that were asked for, each two processes side by side.

What lives here: starting, following and ending runs. It must not know any page.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from reference_impl.errors import CallerError
from sim.capacity.errors import RunError
from sim.capacity.jobs.jobs import unread_plan
from sim.capacity.jobs.store import describe, read_fingerprint
from sim.capacity.planner.side import DONE, FAILED, RUNNING, Side, SideReport, run_side
from sim.capacity.planner.sliders import SHARES, sliders_of
from sim.capacity.scenario.reader import load_values, shipped_scenarios

BEFORE, AFTER = SIDES = ("before", "after")
MOST_KEPT = 12
LEAST_REPLICATIONS, MOST_REPLICATIONS = 2, 64
STARTING = SideReport(RUNNING, 0.0, "")


@dataclass(frozen=True, slots=True)
class Question:
    """What a planner asks: a scenario, what is changed, how often, with which seed."""

    scenario: str
    changes: Mapping[str, object]
    replications: int
    seed: int


@dataclass(slots=True)
class Comparison:
    """A question under way or answered: what each side said last, and where it wrote."""

    number: int
    question: Question
    folders: Mapping[str, Path]
    reports: dict[str, SideReport]
    processes: list[BaseProcess] = field(default_factory=list)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def state(self) -> str:
        """Failed if either side is, running while either is, then done."""
        states = {report.state for report in self.reports.values()}
        return FAILED if FAILED in states else RUNNING if RUNNING in states else DONE

    @property
    def share(self) -> float:
        """How much of both is done."""
        return sum(report.share for report in self.reports.values()) / len(self.reports)

    @property
    def lines(self) -> Mapping[str, str]:
        """What each side said last."""
        return {side: report.line for side, report in self.reports.items()}


class Desk:
    """Runs comparisons, one at a time; `folder` keeps what they wrote."""

    def __init__(self, folder: Path, files: Sequence[str] = ()) -> None:
        self._folder = folder
        self.scenarios: dict[str, str] = {name: name for name in shipped_scenarios()}
        for file in files:
            load_values(file)  # raises for what cannot be read
            self.scenarios[Path(file).name] = file
        self.comparisons: dict[int, Comparison] = {}
        self._before: dict[tuple[int, str], Path] = {}  # by replications and what the run is of, its files included
        self._context = multiprocessing.get_context("forkserver")
        self._next = 1 + max((int(entry.name) for entry in folder.glob("[0-9]*") if entry.name.isdecimal()), default=0)

    def values_of(self, name: str) -> tuple[str, Mapping[str, Any]]:
        """File and values of a scenario on offer. Raises RunError, ScenarioError."""
        if name not in self.scenarios:
            raise RunError("scenario", name, ", ".join(self.scenarios))
        return load_values(self.scenarios[name])

    def ask(self, question: Question, language: str) -> Comparison:
        """Begin to answer a question. Raises RunError while another is under way."""
        if any(comparison.state == RUNNING for comparison in self.comparisons.values()):
            raise RunError("run", "a second one", "one at a time: wait for the one under way, or end it")
        number, self._next = self._next, self._next + 1
        own_folder = self._folder / f"{number:04d}"
        values_before = self._written_before(question)
        folder_before = self._before.get((question.replications, self._fingerprint(question, values_before)))
        folders = {BEFORE: folder_before or own_folder / BEFORE, AFTER: own_folder / AFTER}
        comparison = self.comparisons[number] = Comparison(number, question, folders, dict.fromkeys(SIDES, STARTING))
        if folder_before:
            comparison.reports[BEFORE] = SideReport(DONE, 1.0, "")
        for side in SIDES[bool(folder_before) :]:
            changes = question.changes if side == AFTER else values_before
            scenario = self.scenarios[question.scenario]
            self._start(
                comparison, side, Side(scenario, question.replications, question.seed, folders[side], changes, language)
            )
        self._forget()
        return comparison

    def _written_before(self, question: Question) -> Mapping[str, object]:
        """Shares of visits that go wrong, where they are moved: written before too, so that both sides tell of them."""
        sliders = sliders_of(self.values_of(question.scenario)[1])
        moved = set(SHARES) & set(question.changes)
        return {slider.path: slider.now for slider in sliders if slider.path in moved}

    def _fingerprint(self, question: Question, values_before: Mapping[str, object]) -> str:
        """What the run before a change is of, as its folder will say; empty for one that cannot be run."""
        try:
            return str(
                describe(unread_plan(self.scenarios[question.scenario], question.seed, values_before))["fingerprint"]
            )
        except (CallerError, ValueError):  # the side that runs it says why
            return ""

    def end(self, comparison: Comparison) -> None:
        """End what is under way of a question."""
        for process in comparison.processes:
            if process.is_alive():
                process.terminate()

    def close(self) -> None:
        """End everything that is under way."""
        for comparison in self.comparisons.values():
            self.end(comparison)
            for process in comparison.processes:
                process.join()

    def _start(self, comparison: Comparison, side: str, question_side: Side) -> None:
        reader, writer = self._context.Pipe(duplex=False)
        process = self._context.Process(target=run_side, args=(question_side, writer), daemon=True)
        process.start()
        writer.close()
        comparison.processes.append(process)
        loop = asyncio.get_running_loop()

        def heard() -> None:
            try:
                report = reader.recv()
            except (EOFError, OSError):
                loop.remove_reader(reader.fileno())
                reader.close()
                if comparison.reports[side].state == RUNNING:
                    self._say(comparison, side, SideReport(FAILED, 1.0, "the run was ended"))
                return
            self._say(comparison, side, report)

        loop.add_reader(reader.fileno(), heard)

    def _say(self, comparison: Comparison, side: str, report: SideReport) -> None:
        comparison.reports[side] = report
        if side == BEFORE and report.state == DONE:
            folder = comparison.folders[BEFORE]
            self._before[comparison.question.replications, read_fingerprint(folder)] = folder
        changed, comparison.changed = comparison.changed, asyncio.Event()
        changed.set()

    def _forget(self) -> None:
        """Keep the last questions only; a folder that others stand beside stays."""
        for number in sorted(self.comparisons)[:-MOST_KEPT]:
            del self.comparisons[number]
            kept_folders = {
                folder for comparison in self.comparisons.values() for folder in comparison.folders.values()
            }
            own_folder = self._folder / f"{number:04d}"
            if not any(own_folder in folder.parents for folder in kept_folders):
                self._before = {key: folder for key, folder in self._before.items() if own_folder not in folder.parents}
                shutil.rmtree(own_folder, ignore_errors=True)
