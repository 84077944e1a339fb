"""A world that loses nothing: each act runs in memory, is committed together with its events, and only then answered.

Acts are plain calls made in the event loop, without any waiting inside, so they never interleave: a booking is one
compare-and-set because nothing else can happen between its compare and its set. Opening a stored world replays its
commands into a fresh core and compares every event with the stored one. Which commands there are, `commands` says.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from typing import Any

from reference_impl.errors import CallerError
from sim.recorder import Event, to_json_line
from sim.sandbox.world.command_records import KIND_OF, command_of, members_of
from sim.sandbox.world.commands import Begin, Command, RunTo
from sim.sandbox.world.core import WorldCore
from sim.sandbox.world.spec import WorldSpec
from sim.sandbox.world.store import LinkRow, Store, StoredCommand, StoreError, as_stored
from sim.sandbox.world.vault import Vault


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
        self._listeners: list[Callable[[list[Event]], None]] = []
        self._load()
        if self._last is None:
            self.do(Begin())

    @property
    def now(self) -> int:
        """The instant of the simulated clock."""
        return self.core.world.now

    @property
    def trace(self) -> list[Event]:
        """The committed events, in order; the position of an event is its index and one."""
        return self.core.world.trace

    def run_towards(self, instant: int, stop_at_effect: bool = False, stop_when_idle: bool = False) -> bool:
        """Let time pass, see `WorldCore.run_towards`. Only `WorldClock` calls this."""
        try:
            is_done = self.core.run_towards(instant, stop_at_effect, stop_when_idle)
        except BaseException:
            self._load()
            raise
        self._keep(self._as_stored_command(RunTo(self.now)), None)
        return is_done

    def on_commit(self, hear: Callable[[list[Event]], None]) -> None:
        """Call `hear` with the events of each commit, before any other act can happen."""
        self._listeners.append(hear)

    def result_of_key(self, key: str) -> tuple[str, Any] | None:
        """The digest and the result of the command that came with an idempotency key, if one did."""
        return self._keys.get(key)

    def do(self, command: Command, key: str | None = None, digest: str = "") -> Any:
        """Perform and keep a command; return its result or raise its refusal. A refusal without events is not kept."""
        refusal, result, stored_command = None, None, self._as_stored_command(command, key, digest)
        try:
            result = self.core.perform(command_of(stored_command.kind, stored_command.payload))  # as a replay does it
        except CallerError as error:
            refusal = error
        except BaseException:
            self._load()
            raise
        if refusal is None or len(self.trace) > self._kept:
            self._keep(stored_command, result)
        if refusal is not None:
            raise refusal
        return result

    def keep_picture(self, content: bytes) -> str:
        """Keep a picture on disk; return its SHA-256, by which it is found again."""
        digest = sha256(content).hexdigest()
        self._store.add_picture(self.spec.name, digest, content)
        return digest

    def picture(self, digest: str) -> bytes | None:
        """The picture of a digest, if it was kept."""
        return self._store.picture(self.spec.name, digest)

    def _as_stored_command(self, command: Command, key: str | None = None, digest: str = "") -> StoredCommand:
        members, kind = as_stored(members_of(command)), KIND_OF[type(command)]
        return StoredCommand(self._next_number, self.now, kind, members, key, digest if key else None)

    def _keep(self, command: StoredCommand, result: Any) -> None:
        events, links = self.core.index()
        rows = [LinkRow(link.digest, link.order.operator, link.order.code, link.channel) for link in links]
        last_command = self._last
        try:
            if not events and last_command is not None and command.kind == last_command.kind == KIND_OF[RunTo]:
                command = replace(command, number=last_command.number, at=last_command.at)
                self._store.replace_payload(self.spec.name, command)
            else:
                bodies = [self._stored_form(event) for event in events]
                self._store.append(self.spec.name, command, self._kept + 1, bodies, rows)
        except BaseException:
            self._load()  # memory must not be ahead of the disk
            raise
        self._remember(command, result)
        for hear in self._listeners:
            hear(events)

    def _load(self) -> None:
        """Build the world from its stored commands, and check that it is the one that was stored."""
        self.core = WorldCore(self.spec, self.vault)
        self._last: StoredCommand | None = None
        self._kept = 0  # events on disk
        self._keys: dict[str | None, tuple[str, str]] = {}
        stored = self._store.events(self.spec.name)
        for stored_command in self._store.commands(self.spec.name):
            command = self._read(stored_command)
            try:
                result = self.core.perform(command)
            except CallerError:
                result = None
            for event in self.core.index()[0]:
                body, replayed = next(stored, (0, "nothing"))[1], self._stored_form(event)
                if body != replayed:
                    raise ReplayFault(self.spec.name, stored_command.number, body, replayed)
            self._remember(stored_command, result)
        for number, body in stored:
            raise ReplayFault(self.spec.name, number, body, "nothing")

    def _read(self, stored: StoredCommand) -> Command:
        try:
            return command_of(stored.kind, stored.payload)
        except (KeyError, TypeError) as error:
            wrong = f"command {stored.number} ({stored.kind}) cannot be read; allowed: what this version wrote"
            raise StoreError(f"world {self.spec.name}", wrong) from error

    def _remember(self, command: StoredCommand, result: Any) -> None:
        self._last, self._kept = command, len(self.trace)
        if command.key is not None:
            self._keys[command.key] = (command.digest or "", result)

    @property
    def _next_number(self) -> int:
        return 0 if self._last is None else self._last.number + 1

    def _stored_form(self, event: Event) -> str:
        return self.core.links.without_secrets(to_json_line(event))
