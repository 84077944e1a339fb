"""The live verdicts: the judge's, on the trace so far, computed beside the event loop and kept until more happens.

A page waits at most `PATIENCE_SECONDS` for the judge. After that it shows the last verdicts that are there, and
how many events they cover.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any
from weakref import WeakKeyDictionary

from reports.judging.judge import judge
from reports.judging.profiles import declaring, named_profile
from reports.judging.verdicts import Verdicts
from sim.sandbox.world.live import LiveWorld

PATIENCE_SECONDS = 0.4


@dataclass(frozen=True, slots=True)
class ShownVerdicts:
    """Verdicts on the first `events` events of a world, rules by family; `counts` by verdict."""

    events: int
    families: tuple[tuple[str, tuple[Mapping[str, Any], ...]], ...]
    counts: Mapping[str, int]

    def of_rule(self, rule: str) -> Mapping[str, Any]:
        """The verdict on one rule, with its findings."""
        return next(judged for _, rules in self.families for judged in rules if judged["rule"] == rule)


async def verdicts_on(live: LiveWorld) -> Verdicts:
    """The verdicts on the trace so far, judged by the readings that the world was made with."""
    base = replace(named_profile("default"), name="sandbox")
    profile = declaring(base, live.spec.readings, f"world {live.name}")
    return await asyncio.to_thread(judge, live.closed_trace(), profile, target="sandbox")


class LiveVerdicts:
    """Asks the judge, once at a time for each world."""

    def __init__(self) -> None:
        self._verdicts: WeakKeyDictionary[LiveWorld, ShownVerdicts] = WeakKeyDictionary()
        self._questions: dict[LiveWorld, asyncio.Task[None]] = {}

    async def look(self, live: LiveWorld) -> ShownVerdicts | None:
        """The newest verdicts that are there within `PATIENCE_SECONDS`; None if there are none yet."""
        verdicts = self._verdicts.get(live)
        if verdicts is None or verdicts.events != len(live.trace):
            if live not in self._questions:
                self._questions[live] = asyncio.create_task(self._ask(live))
            await asyncio.wait([self._questions[live]], timeout=PATIENCE_SECONDS)
        return self._verdicts.get(live)

    async def _ask(self, live: LiveWorld) -> None:
        count = len(live.trace)
        try:
            verdicts = await verdicts_on(live)
            self._verdicts[live] = _by_family(count, json.loads(verdicts.to_json())["rules"])
        finally:
            del self._questions[live]


def _by_family(events: int, rules: Sequence[Mapping[str, Any]]) -> ShownVerdicts:
    families = groupby(rules, key=lambda rule: str(rule["rule"]).partition("-")[0])
    counts = Counter(str(rule["verdict"]) for rule in rules)
    return ShownVerdicts(events, tuple((family, tuple(of_family)) for family, of_family in families), counts)
