"""A world that loses nothing: each act runs in memory, is committed together with its events, and only then answered.

Acts are plain calls made in the event loop, without any waiting inside, so they never interleave: a booking is one
compare-and-set because nothing else can happen between its compare and its set. Opening a stored world replays its
commands into a fresh core and compares every event with the stored one. Which acts there are, `live_world` says.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from reference_impl.errors import CallerError
from sim.recorder import Event, to_json_line
from sim.sandbox.world.core import WorldCore
from sim.sandbox.world.spec import WorldSpec
from sim.sandbox.world.store import Command, LinkRow, Store, as_stored
from sim.sandbox.world.vault import Vault
from sim.world import World


class ReplayFault(Exception):
    """Ours: a stored world did not come back as it was. Data: world, command number, stored and replayed event."""

    def __init__(self, world: str, command: int, stored: str, replayed: str) -> None:
        super().__init__(world, command, stored, replayed)
        self.world, self.command, self.stored, self.replayed = world, command, stored, replayed

    def __str__(self) -> str:
        return (
            f"world {self.world}: command {self.command} gave other events when replayed; "
            f"stored: {self.stored}; replayed: {self.replayed} (was the folder written by another version?)"
        )


class DurableWorld:
    """A world in memory and on disk, always the same in both."""

    def __init__(self, spec: WorldSpec, vault: Vault, store: Store) -> None:
        self.spec, self.vault = spec, vault
        self._store = store
        self._news = asyncio.Event()
        self._listeners: list[Callable[[list[Event]], None]] = []
        self._busy = 0
        self._load()
        if self._last is None:
            self.do("begin", {})

    @property
    def name(self) -> str:
        """The name of the world."""
        return self.spec.name

    @property
    def now(self) -> int:
        """The instant of the simulated clock."""
        return self.core.world.now

    @property
    def world(self) -> World:
        """The simulated world, to be read only."""
        return self.core.world

    @property
    def trace(self) -> list[Event]:
        """The committed events, in order; the position of an event is its index and one."""
        return self.core.world.trace

    def closed_trace(self) -> list[Event]:
        """The trace so far with a closing event that says what was observed."""
        observation = self.world.observation()
        closing: Event = {"specversion": "1.0", "id": f"{self.name}-observed-{len(self.trace)}", "source": "/trace"}
        closing |= {"type": "trace.observes", "time": observation["until"], "world": self.name, "data": observation}
        return [*self.trace, closing]

    def run_towards(self, instant: int, stop_at_effect: bool = False, stop_when_idle: bool = False) -> bool:
        """Let time pass, see `WorldCore.run_towards`. Only `WorldClock` calls this."""
        try:
            done = self.core.run_towards(instant, stop_at_effect, stop_when_idle)
        except BaseException:
            self._load()
            raise
        self._keep(Command(self._next, self.now, "run", {"to": self.now}), None)
        return done

    @contextmanager
    def in_flight(self) -> Iterator[None]:
        """Hold the clock still while a wire waits for somebody; the wire sets the limit, in real time."""
        self._busy += 1
        try:
            yield
        finally:
            self._busy -= 1
            self.nudge()

    @property
    def at_rest(self) -> bool:
        """Whether every effect is done and its I/O has ended."""
        return self._busy == 0 and self.core.outbox.is_empty

    async def rest(self) -> None:
        """Wait until it is at rest."""
        while not self.at_rest:
            await self.change()

    def nudge(self) -> None:
        """Wake everybody who waits for news."""
        news, self._news = self._news, asyncio.Event()
        news.set()

    async def change(self) -> None:
        """Wait until something has happened."""
        await self._news.wait()

    def on_commit(self, hear: Callable[[list[Event]], None]) -> None:
        """Have a wire hear of the events of each commit, before anybody else can act."""
        self._listeners.append(hear)

    async def follow(self, after: int = 0) -> AsyncIterator[tuple[int, Event]]:
        """The committed events after a position, each with its own, and those to come, without end."""
        while True:
            for position in range(after + 1, len(self.trace) + 1):
                yield position, self.trace[position - 1]
                after = position
            if after >= len(self.trace):
                await self.change()

    def do(self, kind: str, payload: Mapping[str, Any], key: str | None = None, digest: str = "") -> Any:
        """Perform a command and keep it; give its result or raise its refusal. Nothing is kept if nothing happened."""
        at, refusal, result, payload = self.now, None, None, as_stored(payload)
        try:
            result = self.core.perform(kind, payload)
        except CallerError as error:
            refusal = error
        except BaseException:
            self._load()
            raise
        if refusal is None or len(self.trace) > self._kept:
            self._keep(Command(self._next, at, kind, payload, key, digest if key else None), result)
        if refusal is not None:
            raise refusal
        return result

    def _keep(self, command: Command, result: Any) -> None:
        events, links = self.core.index()
        rows = [LinkRow(given.digest, given.order, given.channel) for given in links]
        last = self._last
        try:
            if command.kind == "run" and not events and last is not None and last.kind == "run":
                command = Command(last.number, last.at, "run", command.payload)
                self._store.replace_payload(self.name, command)
            else:
                bodies = [self._stored_form(event) for event in events]
                self._store.append(self.name, command, self._kept + 1, bodies, rows)
        except BaseException:
            self._load()  # memory must not be ahead of the disk
            raise
        self._note(command, result)
        for hear in self._listeners:
            hear(events)
        self.nudge()

    def _load(self) -> None:
        """Build the world from its stored commands, and check that it is the one that was stored."""
        self.core = WorldCore(self.spec, self.vault)
        self._last: Command | None = None
        self._kept = 0  # events on disk
        self._keys: dict[str | None, tuple[str, str]] = {}
        stored = self._store.events(self.name)
        for command in self._store.commands(self.name):
            try:
                result = self.core.perform(command.kind, command.payload)
            except CallerError:
                result = None
            for event in self.core.index()[0]:
                self._compare(command, next(stored, (command.number, "nothing"))[1], self._stored_form(event))
            self._note(command, result)
        for number, body in stored:
            raise ReplayFault(self.name, number, body, "nothing")

    def _compare(self, command: Command, stored: str, replayed: str) -> None:
        if stored != replayed:
            raise ReplayFault(self.name, command.number, stored, replayed)

    def _note(self, command: Command, result: Any) -> None:
        self._last, self._kept = command, len(self.trace)
        if command.key is not None:
            self._keys[command.key] = (command.digest or "", result)

    @property
    def _next(self) -> int:
        return 0 if self._last is None else self._last.number + 1

    def _stored_form(self, event: Event) -> str:
        return self.core.links.without_secrets(to_json_line(event))
