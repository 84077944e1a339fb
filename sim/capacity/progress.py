"""How far a run is: jobs done, orders a second, time left. Shown on a terminal, silent elsewhere."""

from __future__ import annotations

import sys
import time
from typing import TextIO

from sim.capacity.jobs import Finished
from sim.capacity.tally import SCALARS

ORDERS = SCALARS.index("orders")
BETWEEN_LINES_SECONDS = 0.2


class Progress:
    """Hears of jobs and shows one line that is written over. `quiet` shows nothing."""

    def __init__(self, quiet: bool = True, out: TextIO = sys.stderr) -> None:
        self._quiet, self._out = quiet or not out.isatty(), out
        self._began = self._shown = time.perf_counter()
        self._expected = self._finished = 0
        self._orders = 0
        self._share = 0.0

    def expect(self, jobs: int) -> None:
        """So many more jobs are to be done."""
        self._expected += jobs

    def within(self, orders: int, share: float) -> None:
        """The job that runs here has come so far."""
        self._share = share
        self._show(self._orders + orders)

    def done(self, finished: Finished) -> None:
        """A job is done."""
        self._finished += 1
        self._share = 0.0
        self._orders += int(finished.arrays["scalars"][ORDERS])
        self._show(self._orders)
        if self._finished == self._expected and not self._quiet:
            self._out.write("\n")

    def _show(self, orders: int) -> None:
        now = time.perf_counter()
        if self._quiet or (now - self._shown < BETWEEN_LINES_SECONDS and self._finished < self._expected):
            return
        self._shown = now
        passed = now - self._began
        done = self._finished + self._share
        left = f"{passed / done * (self._expected - done):.0f} s left" if done else ""
        rate = f"{orders / passed:,.0f} orders/s"
        self._out.write(f"\r\033[K{self._finished}/{self._expected} replications, {orders:,} orders, {rate}, {left}")
        self._out.flush()
