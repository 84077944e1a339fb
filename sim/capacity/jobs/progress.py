"""How far a run is: jobs done and under way, orders a second, time left. Shown on a terminal, silent elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TextIO

from sim.capacity.engine.tally import SCALARS
from sim.capacity.jobs.jobs import Finished

ORDERS = SCALARS.index("orders")
BETWEEN_LINES_SECONDS = 0.2
Key = tuple[str, int]


class Progress:
    """Hears of jobs and shows one line that is written over. `quiet` shows nothing.

    The seed is said when the first jobs are expected: by then nothing is left to be refused.
    """

    def __init__(
        self,
        quiet: bool = True,
        out: TextIO = sys.stderr,
        clock: Callable[[], float] = time.perf_counter,
        seed: int | None = None,
    ) -> None:
        self._seed = None if quiet else seed
        self.is_shown = not quiet and out.isatty()
        self._out, self._clock = out, clock
        self._began = self._shown_at = clock()
        self._expected = 0
        self._orders = 0
        self._ended: set[Key] = set()
        self._running: dict[Key, tuple[int, float]] = {}  # orders so far, share of the horizon

    def expect(self, jobs: int) -> None:
        """Expect so many more jobs."""
        if self._seed is not None:
            print(f"seed {self._seed}", file=self._out)
            self._seed = None
        self._expected += jobs

    def within(self, key: Key, orders: int, share: float) -> None:
        """Note how far a running job has come. What is heard of a job after its end is ignored."""
        if key not in self._ended:
            self._running[key] = (orders, share)
            self._show()

    def done(self, finished: Finished) -> None:
        """Note that a job is done."""
        self._ended.add(finished.key)
        self._running.pop(finished.key, None)
        self._orders += int(finished.arrays["scalars"][ORDERS])
        self._show()
        if self.is_shown and len(self._ended) == self._expected:
            self._out.write("\n")

    def _show(self) -> None:
        now = self._clock()
        is_last = len(self._ended) == self._expected
        if not self.is_shown or (now - self._shown_at < BETWEEN_LINES_SECONDS and not is_last):
            return
        self._shown_at = now
        self._out.write(f"\r\033[K{self.line(now - self._began)}")
        self._out.flush()

    def line(self, passed_seconds: float) -> str:
        """The line after so many seconds."""
        orders = self._orders + sum(so_far for so_far, _ in self._running.values())
        jobs_done = len(self._ended) + sum(share for _, share in self._running.values())
        parts = [f"{len(self._ended)}/{self._expected} replications", f"{orders:,} orders"]
        if passed_seconds > 0:
            parts.append(f"{orders / passed_seconds:,.0f} orders/s")
        if 0 < jobs_done < self._expected:
            parts.append(f"{duration_words(passed_seconds / jobs_done * (self._expected - jobs_done))} left")
        return ", ".join(parts)


def duration_words(seconds: float) -> str:
    """A duration as people say it: 40 s, 3 min 05 s, 2 h 10 min."""
    whole_seconds = round(seconds)
    if whole_seconds < 60:
        return f"{whole_seconds} s"
    if whole_seconds < 3600:
        return f"{whole_seconds // 60} min {whole_seconds % 60:02d} s"
    return f"{whole_seconds // 3600} h {whole_seconds % 3600 // 60:02d} min"
