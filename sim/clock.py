"""Simulated time: a SimPy environment whose `now` is an instant in milliseconds since the epoch.

How a world's clock is moved, and how one function is called at an instant. Promises of the service are in `agenda`.
"""

from __future__ import annotations

from collections.abc import Callable

import simpy


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
