"""Holds the clock of a live world still while a wire waits for an answer, and wakes tasks when something has happened.

Nothing here is stored, and nothing here knows what has happened.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager


class Activity:
    """What is under way at the wires of one world, and a signal for the tasks that wait."""

    def __init__(self) -> None:
        self._news = asyncio.Event()
        self._under_way = 0

    @contextmanager
    def in_flight(self) -> Iterator[None]:
        """Hold the clock still while a wire waits for an answer; the wire sets the limit, in real time."""
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1
            self.nudge()

    @property
    def is_over(self) -> bool:
        """Whether no wire waits for an answer."""
        return self._under_way == 0

    def nudge(self) -> None:
        """Wake all tasks that wait for a change."""
        news, self._news = self._news, asyncio.Event()
        news.set()

    async def change(self) -> None:
        """Wait until something has happened."""
        await self._news.wait()
