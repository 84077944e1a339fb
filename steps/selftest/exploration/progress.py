"""The progress of an exploration on standard error: parts done, time elapsed, time that remains.

A part is expected to take as long as the earlier parts of its scene. On a terminal one line is written over; elsewhere
there is a line for each BETWEEN_LINES parts.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from typing import TextIO

from sim.capacity.jobs.progress import duration_words
from steps.selftest.exploration.expedition import Result
from steps.selftest.exploration.scenes import SCENES

COLUMNS = 79
BETWEEN_LINES = len(SCENES)  # parts


class Progress:
    """Shows the parts of an exploration as they end. With `quiet` it shows only parts with findings."""

    def __init__(
        self,
        readings: Collection[str],
        kept: Sequence[Result],
        quiet: bool,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._out, self._clock, self._quiet = stream or sys.stderr, clock, quiet
        self._is_terminal = self._out.isatty()
        self._began = clock()
        self._total = len(SCENES) * len(readings)
        self._left = {scene.name: len(readings) for scene in SCENES}
        self._seconds: defaultdict[str, list[float]] = defaultdict(list)  # by scene, of processor time
        self._worked = 0.0  # seconds of processor time since it began
        for result in kept:
            self._note(result)

    def done(self, result: Result) -> None:
        """One more part is done."""
        self._note(result)
        self._worked += result.seconds
        finding_count = len(result.findings) + len(result.explored.faults)
        if finding_count:
            self._write(f"{result.variant}: {result.scene}: {finding_count} findings", lasting=True)
        elif not self._quiet and (self._is_terminal or self._done() % BETWEEN_LINES == 0):
            self._write(f"{result.scene}, {result.variant}", lasting=not self._is_terminal)

    def line(self, subject: str) -> str:
        """The line to show; `subject` is the part that ended last."""
        elapsed, seconds_left = self._clock() - self._began, self._seconds_left()
        remaining = f", about {duration_words(seconds_left)} left" if seconds_left is not None else ""
        return f"{self._done()}/{self._total} parts, {duration_words(elapsed)}{remaining}: {subject}"

    def end(self) -> None:
        """Clear the line that was written over."""
        if self._is_terminal and not self._quiet:
            self._out.write("\r\033[K")
            self._out.flush()

    def _done(self) -> int:
        return self._total - sum(self._left.values())

    def _note(self, result: Result) -> None:
        self._left[result.scene] -= 1
        self._seconds[result.scene].append(result.seconds)

    def _seconds_left(self) -> float | None:
        """None where a scene that is left has no part done, where no part was done since the start, or none is left."""
        scenes_left = [scene for scene, count in self._left.items() if count]
        if not scenes_left or not self._worked or any(scene not in self._seconds for scene in scenes_left):
            return None
        work_left = sum(self._left[scene] * _mean(self._seconds[scene]) for scene in scenes_left)
        return (self._clock() - self._began) * work_left / self._worked

    def _write(self, subject: str, lasting: bool) -> None:
        line = self.line(subject)
        shown_line = line if len(line) <= COLUMNS else f"{line[: COLUMNS - 1]}…"
        self._out.write(f"\r\033[K{shown_line}" if self._is_terminal else shown_line)
        self._out.write("\n" if lasting else "")
        self._out.flush()


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
