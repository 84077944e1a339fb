"""The limit of a changed system in one world: a number of events and not a time, so that all machines agree on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from reference_impl.ports import Subject, WakeUps
from sim.world import Wiring, World

MOST_EVENTS = 200_000  # the longest stretch of the ordinary simulation takes 12,000


class EndlessError(Exception):
    """A system does not come to an end. Data: its world, how many events it has had."""

    def __init__(self, world: str, events: int) -> None:
        super().__init__(f"never ends: {events} events in the world {world or 'without a name'}")


@dataclass(slots=True)
class Patience:
    """Counts what happens in one world: events of the kernel, promises of the service, what its wires saw."""

    world: str
    events: int = 0
    is_over: bool = False

    def counting(self, act: Callable[..., Any], *, even_then: bool = False) -> Callable[..., Any]:
        """The same act, counted. Raises EndlessError after MOST_EVENTS; with `even_then` it goes on after that."""

        def counted(*arguments: Any) -> Any:
            self.events += 1
            if self.events > MOST_EVENTS and not (self.is_over and even_then):
                self.is_over = True
                raise EndlessError(self.world, MOST_EVENTS)
            return act(*arguments)

        return counted


@dataclass(frozen=True, slots=True)
class CountedWakeUps:
    """Promises that are counted: within one instant an agenda has no events of the kernel between them."""

    wake_at: Callable[[int, Callable[[Subject, int], None], Subject], None]


def limited(world: World, wiring: Wiring) -> Wiring:
    """A world that is stopped when it has had its events."""
    patience, wake_ups = Patience(world.name), wiring.wake_ups
    vars(world.env)["step"] = patience.counting(world.env.step)
    vars(world.recorder)["record"] = patience.counting(world.recorder.record, even_then=True)
    counted: WakeUps = CountedWakeUps(patience.counting(wake_ups.wake_at))
    return replace(wiring, wake_ups=counted)
