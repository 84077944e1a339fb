"""A world that loses nothing: each act runs in memory, is committed together with its events, and only then answered.

Acts are plain calls made in the event loop, without any waiting inside, so they never interleave: a booking is one
compare-and-set because nothing else can happen between its compare and its set. Opening a stored world replays its
commands into a fresh core and compares every event with the stored one. Nothing here knows HTTP, SFTP or other wires.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from reference_impl.errors import CallerError
from reference_impl.orders import Order
from reference_impl.ports import Slot
from reference_impl.registry import Operator
from reference_impl.virtual_agent import AgentView
from sim.recorder import Event, to_json_line
from sim.sandbox.link_index import GivenLink
from sim.sandbox.outbox import Attempt, Delivery, Posting
from sim.sandbox.store import Command, LinkRow, Store
from sim.sandbox.telephones import Message
from sim.sandbox.vault import Vault
from sim.sandbox.world_core import Account, DropFile, WorldCore
from sim.sandbox.world_spec import WorldSpec
from sim.world import World

Thing = TypeVar("Thing")
ACTS = ("confirm", "reschedule", "decline")


class ReplayFault(Exception):
    """Ours: a stored world did not come back as it was. Data: world, command number, stored and replayed event."""

    def __init__(self, world: str, command: int, stored: str, replayed: str) -> None:
        super().__init__(world, command, stored, replayed)
        self.world, self.command, self.stored, self.replayed = world, command, stored, replayed

    def __str__(self) -> str:
        return (
            f"world {self.world}: command {self.command} gave other events when replayed; "
            f"stored: {self.stored}; replayed: {self.replayed}"
        )


class KeyReused(CallerError):
    """An idempotency key that came with another request before. Data: key."""

    def __str__(self) -> str:
        return "this idempotency key came with another request before; allowed: a new key for a new request"


class UnknownName(CallerError):
    """Something is asked for that is not there. Data: what kind of thing, its name."""

    def __init__(self, kind: str, name: str) -> None:
        super().__init__(kind, name)
        self.kind, self.name = kind, name

    def __str__(self) -> str:
        return f"{self.kind} {self.name!r} is not known"


@dataclass(frozen=True, slots=True)
class Submitted:
    """The answer to a work order; `replayed` if the same request had been taken in before."""

    order: Order
    replayed: bool


class LiveWorld:
    """One world of the sandbox, in memory and on disk."""

    def __init__(self, spec: WorldSpec, vault: Vault, store: Store) -> None:
        self.spec, self.vault = spec, vault
        self._store = store
        self._news = asyncio.Event()
        self._listeners: list[Callable[[list[Event]], None]] = []
        self._busy = 0
        self._load()
        if self._last is None:
            self._do("begin", {})

    # --- what it is ---

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

    # --- operators ---

    def operators(self) -> list[Account]:
        """The registered operators."""
        return list(self.core.accounts.values())

    def account(self, operator: str) -> Account:
        """One operator. Raises UnknownName."""
        return _found(self.core.accounts, "operator", operator)

    def register_operator(self, members: Mapping[str, object], endpoint: str | None = None) -> Operator:
        """Register an operator. Raises RegistrationError."""
        operator: Operator = self._do("register", {"members": dict(members), "endpoint": endpoint})
        return operator

    def set_endpoint(self, operator: str, url: str | None) -> None:
        """Where an operator takes notifications; None = nowhere."""
        self._do("endpoint", {"operator": self.account(operator).operator.operator, "url": url})

    def rotate_secret(self, operator: str) -> None:
        """Give an operator a new signing secret; the one before it stays in force beside it."""
        self._do("rotate", {"operator": self.account(operator).operator.operator})

    def retire_secret(self, operator: str) -> None:
        """End the signing secret before the newest."""
        self._do("retire", {"operator": self.account(operator).operator.operator})

    def api_key(self, operator: str) -> str:
        """An operator's key for `/v1`."""
        return self.vault.api_key(self.name, operator)

    def webhook_secrets(self, operator: str) -> list[bytes]:
        """The signing secrets in force, newest first."""
        generations = self.account(operator).secret_generations
        return [self.vault.webhook_secret(self.name, operator, generation) for generation in generations]

    # --- orders ---

    def submit_order(self, members: Mapping[str, object], key: str | None = None, digest: str = "") -> Submitted:
        """An operator hands in a work order. Raises IntakeError, KeyReused.

        `key` is the caller's own idempotency key and `digest` tells its request from others: the same key with the same
        request gives the same answer and no second order.
        """
        own_key = None if key is None else f"{members.get('operator')}/{key}"
        if own_key in self._keys:
            known_digest, code = self._keys[own_key]
            if known_digest != digest:
                raise KeyReused(key)
            return Submitted(self.order(code), True)
        code = self._do("order", {"members": dict(members)}, own_key, digest)
        return Submitted(self.order(code), False)

    def order(self, code: str) -> Order:
        """An order, to be read only. Raises UnknownOrder."""
        return self.core.world.service.find(code)

    def orders(self) -> list[Order]:
        """All orders in the order of their arrival, to be read only."""
        return list(self.core.world.service)

    def report_line(self, order: str, code: str) -> None:
        """The network reports AC or CO of an order's line. Raises UnknownOrder, IntakeError, IllegalEvent."""
        self._do("line", {"order": order, "code": code})

    def cancel_order(self, order: str, reason: str = "operator") -> None:
        """The operator cancels an order. Raises UnknownOrder, IllegalEvent."""
        self._do("cancel", {"order": order, "reason": reason})

    def set_capacity(self, territory: str, slot: Slot, capacity: int) -> None:
        """Give one slot a capacity of its own."""
        payload = {"territory": territory, "slot": [slot.start, slot.end], "capacity": capacity}
        self._do("capacity", payload)

    # --- the Virtual Agent ---

    def link_of(self, order: str, channel: str) -> str | None:
        """The link that a party of an order was given, if it was."""
        given = self.core.links.of_order(order, channel)
        return given.link if given else None

    def given_link(self, digest: str) -> GivenLink | None:
        """The link of a digest, or None if it was never given out."""
        return self.core.links.find(digest)

    def order_behind(self, digest: str) -> Order | None:
        """The order of a link, to be read only; None if the link was never given out."""
        given = self.given_link(digest)
        return self.order(given.order) if given else None

    def open_link(self, digest: str, channel: str | None = None) -> AgentView:
        """Look at the order behind a link. Raises AgentRejected."""
        view: AgentView = self._do("open", {"link": digest, "channel": channel})
        return view

    def offered_slots(self, digest: str) -> list[Slot]:
        """The slots that the bearer of a link can book now. Raises UnknownName."""
        given = self.given_link(digest)
        if given is None:
            raise UnknownName("link", "this link")
        return self.core.world.agent.offered_slots(given.link)

    def act(self, act: str, digest: str, slot: Slot | None = None, channel: str | None = None) -> AgentView:
        """Confirm, reschedule or decline. Raises AgentRejected."""
        if act not in ACTS or (slot is None) is not (act == "decline"):
            raise ValueError(f"{act!r} with {slot!r}; allowed: confirm or reschedule with a slot, decline without")
        bounds = [slot.start, slot.end] if slot else None
        view: AgentView = self._do("act", {"act": act, "link": digest, "slot": bounds, "channel": channel})
        return view

    # --- files ---

    def files(self, operator: str) -> list[DropFile]:
        """An operator's files on the site, in order of deposit."""
        return list(_found(self.core.sites, "operator", operator).files.values())

    def file(self, operator: str, name: str) -> DropFile:
        """One file. Raises UnknownName."""
        return _found(_found(self.core.sites, "operator", operator).files, "file", name)

    def fetch_file(self, operator: str, name: str) -> bytes:
        """Read a file as the operator does: it is recorded. Raises UnknownName."""
        file = self.file(operator, name)
        self._do("fetch", {"operator": operator, "name": name})
        return file.data

    def remove_file(self, operator: str, name: str) -> None:
        """The operator deletes a file of its own. Raises UnknownName."""
        self._do("remove", {"operator": operator, "name": self.file(operator, name).name})

    # --- notifications and SMS ---

    def postings(self, operator: str | None = None) -> list[Posting]:
        """The notifications and their deliveries, to be read only."""
        return [each for each in self.core.outbox if operator in (None, each.notification.operator)]

    def resend(self, events: Sequence[str], operator: str | None = None) -> int:
        """Send notifications once more, now; return how many are on their way. Raises UnknownName."""
        for event in events:
            posting = self.core.outbox.get(event)
            if posting is None or operator not in (None, posting.notification.operator):
                raise UnknownName("notification", event)
        sent: int = self._do("resend", {"events": list(events)})
        return sent

    def resend_since(self, since: int, operator: str | None = None) -> int:
        """Send again all notifications issued at or after an instant."""
        return self.resend([each.event for each in self.postings(operator) if each.notification.at >= since])

    def due_deliveries(self) -> list[Delivery]:
        """The deliveries to be made now."""
        return self.core.outbox.due()

    def record_outcomes(self, outcomes: Sequence[tuple[str, Attempt]]) -> None:
        """What became of deliveries: the event id of each notification and its attempt."""
        rows = [[event, attempt.copy, attempt.status, attempt.reason] for event, attempt in outcomes]
        self._do("answered", {"outcomes": rows})

    def messages(self) -> list[Message]:
        """All SMS in the order in which they were sent, to be read only."""
        return list(self.core.inbox)

    def take_sms(self, sender: str, to: str, text: str, encoding: str, segments: int) -> str:
        """An SMS that somebody else's system hands in; return the id of its event."""
        members = {"sender": sender, "to": to, "text": text, "encoding": encoding, "segments": segments}
        event: str = self._do("take_sms", members)
        return event

    # --- the clock ---

    def run_towards(self, instant: int, stop_at_effect: bool = False, stop_when_idle: bool = False) -> bool:
        """Let time pass, see `WorldCore.run_towards`. Only the clock desk calls this."""
        try:
            done = self.core.run_towards(instant, stop_at_effect, stop_when_idle)
        except BaseException:
            self._load()
            raise
        self._keep(Command(self._next, self.now, "run", {"to": self.now}), None)
        return done

    def set_pace(self, pace: str) -> None:
        """How the clock goes by itself, in the words of the clock desk."""
        self._do("pace", {"pace": pace})

    @contextmanager
    def in_flight(self) -> Iterator[None]:
        """Hold the clock still while a wire waits for somebody; the wire sets the limit, in real time."""
        self._busy += 1
        try:
            yield
        finally:
            self._busy -= 1
            self._tell()

    @property
    def at_rest(self) -> bool:
        """Whether every effect is done and its I/O has ended."""
        return self._busy == 0 and self.core.outbox.is_empty

    async def rest(self) -> None:
        """Wait until it is at rest."""
        while not self.at_rest:
            await self.change()

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

    # --- how an act becomes durable ---

    def _do(self, kind: str, payload: Mapping[str, Any], key: str | None = None, digest: str = "") -> Any:
        """Perform a command and keep it; give its result or raise its refusal. Nothing is kept if nothing happened."""
        at, refusal, result = self.now, None, None
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
        self._tell()

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

    def _tell(self) -> None:
        """Wake everybody who waits for news."""
        news, self._news = self._news, asyncio.Event()
        news.set()


def _found(things: Mapping[str, Thing], kind: str, name: str) -> Thing:
    if name not in things:
        raise UnknownName(kind, name)
    return things[name]
