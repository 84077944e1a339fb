"""How long a test waits at most: so long that on any machine only a hang takes longer.

No outcome depends on these numbers. Where a deadline is what a test is about, its clock is moved by hand.
"""

from __future__ import annotations

import asyncio
from typing import Any

import requests

HANG_SECONDS = 300.0
PAGE_SECONDS = 60.0  # what a page does not show, an assertion about it waits for so long
TURNS = 50  # of an event loop, enough for whoever is awake to come to rest


class PatientSession(requests.Session):
    """An HTTP client that gives up only where something hangs. It knows no proxy of the environment."""

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False

    def request(self, *arguments: Any, **options: Any) -> requests.Response:
        """Send a request and wait for its answer."""
        return super().request(*arguments, **{"timeout": HANG_SECONDS, **options})


class HandLoop(asyncio.SelectorEventLoop):
    """An event loop whose time stands still until a test moves it: `call_later`, time-outs and `sleep` go by it."""

    def __init__(self) -> None:
        super().__init__()
        self._now = 0.0

    def time(self) -> float:
        """The time that the test has come to."""
        return self._now

    async def let_pass(self, seconds: float) -> None:
        """Wait until nobody has anything to do, let so many seconds pass, and wait again."""
        await at_rest()
        self._now += seconds
        await at_rest()


async def at_rest() -> None:
    """Let all other tasks of the loop run until none has anything to do. What has arrived at a socket is then read."""
    for _ in range(TURNS):
        await asyncio.sleep(0)
