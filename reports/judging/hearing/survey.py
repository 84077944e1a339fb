"""The survey of a trace: the facts that only a whole trace tells, gathered before anything is judged.

What lives here: the first reading of a trace. It must not know the rules.

An order can be judged at its last event, if three things are known before: what the recording observed, under which
readings, and which event is of which order. So a trace is read twice. This reading keeps a few facts of each order
(`KnownOrder`), the second one (`stories`) whole orders, while they are under way.
"""

from __future__ import annotations

from collections.abc import Iterable

from reports.judging.events import Event
from reports.judging.order_owners import NO_ORDER, Register
from reports.judging.worlds import World


class Survey:
    """The worlds of a trace, its orders, and the scenarios that failed."""

    def __init__(self, events: Iterable[Event]) -> None:
        self.register = Register()
        self.failed_scenarios: list[Event] = []
        self._worlds: dict[str, World] = {}
        worlds, owner_of = self._worlds, self.register.owner_of
        for event in events:
            if event.type == "scenario.finished":
                if event.data["outcome"] == "failed":
                    self.failed_scenarios.append(event)
                owner_of.append(NO_ORDER)
                continue
            world = worlds.get(event.world)
            if world is None:
                world = worlds[event.world] = World(event.world, self.register)
            owner_of.append(world.take(event))
        for world in self._worlds.values():
            world.close()

    @property
    def worlds(self) -> list[World]:
        """The worlds by name."""
        return [self._worlds[name] for name in sorted(self._worlds)]

    def world_of(self, event: Event) -> World:
        return self._worlds[event.world]
