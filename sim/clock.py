"""Simulated time: a SimPy environment whose `now` is an instant in milliseconds since the epoch.

The only place where SimPy meets the project's time. Wake-ups of the same instant share one SimPy event, however many
orders wait for it; within an instant they happen in the order in which they were asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import simpy

from reference_impl.ports import Subject


def run_until(env: simpy.Environment, instant: int) -> None:
    """Let everything happen that is due at or before an instant, and leave the clock there.

    SimPy's own `run(until=…)` stops before the events of that instant, and leaves an event of its own behind. Raises
    ValueError to go back in time.
    """
    if instant < env.now:
        raise ValueError(f"the clock is at {env.now} and cannot go back to {instant}")
    if instant > env.now:
        env.timeout(instant - int(env.now))  # nothing may be due: it takes the clock there
    while env.peek() <= instant:
        env.step()


def schedule_at(env: simpy.Environment, instant: int, function: Callable[[], None]) -> None:
    """Call a function at an instant, which must not have passed."""
    if instant < env.now:
        raise ValueError(f"instant {instant} has passed; the clock is at {env.now}")
    env.timeout(instant - int(env.now)).callbacks.append(lambda _: function())


class SimWakeUps:
    """The port `WakeUps` under SimPy: one event for each instant, shared by all who asked for it."""

    def __init__(self, env: simpy.Environment) -> None:
        self._env = env
        self._waiting: dict[int, list[tuple[Callable[[Any, int], None], object]]] = {}

    def wake_at(self, instant: int, act: Callable[[Subject, int], None], subject: Subject) -> None:
        """Promise a call of `act(subject, instant)` at that instant."""
        waiting = self._waiting.get(instant)
        if waiting is None:
            self._waiting[instant] = waiting = []
            schedule_at(self._env, instant, lambda: self._ring(instant))
        waiting.append((act, subject))

    def _ring(self, instant: int) -> None:
        """Wake everybody who waits for now; what they ask for now is done in a further event of this instant."""
        for act, subject in self._waiting.pop(instant):
            act(subject, instant)
