"""One side of a comparison, before or after, as a process of its own: it runs, is judged, and leaves its folder.

What lives here: what the process does, and what it says through its pipe. A process can be ended at any time; what is
whole in its folder stays whole.
"""

from __future__ import annotations

import io
import signal
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from reference_impl.errors import CallerError
from sim.capacity.jobs.progress import Progress

RUNNING, DONE, FAILED = "running", "done", "failed"


@dataclass(frozen=True, slots=True)
class Side:
    """What is run: a scenario with changes, so many times, with a seed, into a folder."""

    scenario: str
    replications: int
    seed: int
    folder: Path
    changes: Mapping[str, object] = field(default_factory=dict)
    language: str = "it"


@dataclass(frozen=True, slots=True)
class SideReport:
    """What a side says: its state, how much of it is done, and a line for people (of a failure: why)."""

    state: str
    share: float
    line: str


class PipeProgress(Progress):
    """Progress that is told through a pipe."""

    def __init__(self, pipe: Connection) -> None:
        super().__init__(quiet=True)
        self.is_shown = True
        self._pipe, self._share_sent = pipe, -1.0

    def _show(self) -> None:
        done = len(self._ended) + sum(share for _, share in self._running.values())
        share = done / self._expected if self._expected else 0.0
        if share - self._share_sent >= 0.01 or share >= 1:
            self._share_sent = share
            self._pipe.send(SideReport(RUNNING, min(share, 1.0), self.line(self._clock() - self._began)))


def run_side(side: Side, pipe: Connection) -> None:
    """Run a side and say how far it is; the last word is `done` or `failed`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who interrupts the program ends the sides too
    try:
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            _run(side, PipeProgress(pipe))
    except CallerError as error:
        pipe.send(SideReport(FAILED, 1.0, str(error)))
    else:
        pipe.send(SideReport(DONE, 1.0, ""))
    finally:
        pipe.close()


def _run(side: Side, progress: Progress) -> None:
    from reports.capacity.pages import write_capacity_report
    from sim.capacity.judged import tell_verdicts, verdicts_of
    from sim.capacity.questions.runs import How, simulate

    how = How(side.seed, out=side.folder, progress=progress)
    run = simulate(side.scenario, side.replications, how=how, changes=side.changes)
    about: Any = run.about
    profile = str(about["scenario"].get("profile", "default"))
    verdicts = verdicts_of(run.trace, profile, side.seed)
    tell_verdicts(verdicts, side.folder, side.language, quiet=True)
    write_capacity_report(side.folder, side.language)
