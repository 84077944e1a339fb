"""What disturbs the operators of a live world on purpose: held notifications, closed folders, probes, limits.

Limits go by real time, the rest by the simulated clock.
"""

from __future__ import annotations

import time

from sim.sandbox.world import commands
from sim.sandbox.world.acts.refusals import lookup
from sim.sandbox.world.disturbances import check_disturbance
from sim.sandbox.world.durable import DurableWorld


def real_time_ms() -> int:
    """The wall clock: a limit that was told goes on over a restart."""
    return time.time_ns() // 1_000_000


class Disturber:
    """Disturbs the operators of one world."""

    def __init__(self, durable: DurableWorld) -> None:
        self._durable = durable

    def disturb(self, operator: str, how: str, order: str = "") -> None:
        """Disturb an operator. Raises UnknownName, UnknownOrder, FieldError."""
        lookup(self._durable.core.accounts, "operator", operator)
        self._durable.do(commands.Disturb(operator, check_disturbance(how), order))

    def record_probe(self, probe: commands.RecordProbe) -> None:
        """What became of a notification that was not genuine."""
        self._durable.do(probe)

    def limit(self, operator: str, seconds: int) -> None:
        """Tell the operator to wait at its next request; 0 lifts the limit. Raises UnknownName."""
        lookup(self._durable.core.accounts, "operator", operator)
        self._durable.do(commands.SetLimit(operator, seconds))

    def limited(self, operator: str) -> int | None:
        """How many seconds an operator that asks now has to wait; None if it may ask. A refusal is recorded."""
        limit, asked_at_ms = self._durable.core.disturbances.limits.get(operator), real_time_ms()
        if limit is None:
            return None
        if limit.told_at_ms is None:
            self._durable.do(commands.RecordLimit(operator, limit.seconds, told_at_ms=asked_at_ms))
            return limit.seconds
        since_told_ms = max(0, asked_at_ms - limit.told_at_ms)
        if since_told_ms >= limit.seconds * 1000:
            self._durable.do(commands.SetLimit(operator, 0))
            return None
        self._durable.do(commands.RecordLimit(operator, limit.seconds, since_told_ms))
        return limit.seconds
