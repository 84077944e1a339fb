"""What is to happen when, under SimPy: one event of the kernel for each instant, shared by all who wait for it.

Within an instant things happen in the order in which they were asked for, also those asked for at that very instant.
Before the first thing of an hour, whoever keeps the hours is told.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import simpy
from simpy.events import URGENT

from reference_impl.civil_time import HOUR

Act = Callable[[Any], None]


class _Instant:
    """The least that SimPy's kernel needs of an event."""

    __slots__ = ("_ok", "callbacks")

    def __init__(self, callbacks: list[Callable[[object], None]]) -> None:
        self.callbacks: list[Callable[[object], None]] | None = callbacks
        self._ok = True


class Agenda:
    """Calls `act(subject)` at an instant. Instants are milliseconds since the epoch; `now` is the one that runs.

    The kernel is given the instants of an hour when the hour begins, so that its heap stays small however many orders
    wait for days.
    """

    def __init__(self, start: int, each_hour: Callable[[int], None]) -> None:
        self.now = start
        self._env = simpy.Environment(initial_time=start)
        self._each_hour = each_hour
        self._stopped = False
        self._waiting: dict[int, list[tuple[Act, object]]] = {}
        self._later: dict[int, list[int]] = {}  # instants by the hour in which they lie
        self._hour_ends = start
        self._env.schedule(_Instant([self._begin_hour]), priority=URGENT)  # type: ignore[arg-type]

    def at(self, instant: int, act: Act, subject: object) -> None:
        """Promise a call. The instant must not have passed."""
        waiting = self._waiting.get(instant)
        if waiting is None:
            self._waiting[instant] = waiting = []
            if instant < self._hour_ends:
                self._env.schedule(_Instant([self._ring]), delay=instant - self.now)  # type: ignore[arg-type]
            else:
                self._later.setdefault(instant // HOUR, []).append(instant)
        waiting.append((act, subject))

    def run(self) -> None:
        """Let instants pass until somebody calls `stop`."""
        step = self._env.step
        while not self._stopped:
            step()

    def stop(self) -> None:
        """The instant that runs is the last."""
        self._stopped = True

    def _begin_hour(self, event: object) -> None:
        self.now = now = int(self._env.now)
        self._hour_ends = now + HOUR
        for instant in self._later.pop(now // HOUR, ()):
            self._env.schedule(_Instant([self._ring]), delay=instant - now)  # type: ignore[arg-type]
        self._env.schedule(_Instant([self._begin_hour]), priority=URGENT, delay=HOUR)  # type: ignore[arg-type]
        self._each_hour(now)

    def _ring(self, event: object) -> None:
        self.now = now = int(self._env.now)
        for act, subject in self._waiting[now]:  # those who ask for now are added to the same list
            act(subject)
        del self._waiting[now]
