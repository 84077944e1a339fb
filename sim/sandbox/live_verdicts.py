"""The live verdicts: the judge's, on the trace so far, computed beside the event loop and kept until more happens.

The judge is handed in; what a verdict is, it knows. A page never waits long for it: meanwhile the verdicts before are
shown, with how far they go.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from sim.sandbox.world.live import LiveWorld

if TYPE_CHECKING:
    from sim.sandbox.sandbox import Sandbox

PATIENCE_SECONDS = 0.4


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Verdicts on the first `events` events of a world, rules by family; `counts` by verdict."""

    events: int
    families: tuple[tuple[str, tuple[Mapping[str, Any], ...]], ...]
    counts: Mapping[str, int]


class LiveVerdicts:
    """Asks the judge, one question for each world at a time."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._known: WeakKeyDictionary[LiveWorld, Verdicts] = WeakKeyDictionary()
        self._asked: dict[LiveWorld, asyncio.Task[None]] = {}

    async def look(self, live: LiveWorld) -> Verdicts | None:
        """The newest verdicts that can be had soon; None if there are none yet, or there is no judge."""
        known = self._known.get(live)
        if self._sandbox.judge is not None and (known is None or known.events != len(live.trace)):
            if live not in self._asked:
                self._asked[live] = asyncio.create_task(self._ask(live))
            await asyncio.wait([self._asked[live]], timeout=PATIENCE_SECONDS)
        return self._known.get(live)

    async def _ask(self, live: LiveWorld) -> None:
        judge, count = self._sandbox.judge, len(live.trace)
        assert judge is not None
        try:
            found = await asyncio.to_thread(judge, live.closed_trace(), dict(live.spec.readings))
            self._known[live] = _arranged(count, found["rules"])
        finally:
            del self._asked[live]


def _arranged(events: int, rules: Sequence[Mapping[str, Any]]) -> Verdicts:
    families = groupby(rules, key=lambda rule: str(rule["rule"]).partition("-")[0])
    counts = Counter(str(rule["verdict"]) for rule in rules)
    return Verdicts(events, tuple((family, tuple(of_family)) for family, of_family in families), counts)
