"""Who waits for whom in a live world: a wire holds the clock still while it waits, and everybody hears of news.

Nothing here is stored, and nothing here knows what the news is.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager


class Activity:
    """What is under way at the wires of one world, and the news for those who wait."""

    def __init__(self) -> None:
        self._news = asyncio.Event()
        self._under_way = 0

    @contextmanager
    def in_flight(self) -> Iterator[None]:
        """Hold the clock still while a wire waits for somebody; the wire sets the limit, in real time."""
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1
            self.nudge()

    @property
    def is_over(self) -> bool:
        """Whether no wire waits for anybody."""
        return self._under_way == 0

    def nudge(self) -> None:
        """Wake everybody who waits for news."""
        news, self._news = self._news, asyncio.Event()
        news.set()

    async def change(self) -> None:
        """Wait until something has happened."""
        await self._news.wait()
