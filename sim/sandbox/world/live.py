"""A live world as its wires use it: every act that changes it, durable when it returns, and what may be read of it.

One method for each act and each thing to look at. It is put together from a world that loses nothing (`durable`), from
what is under way at its wires (`activity`), and from the acts that are a subject of their own (`acts`): at the site, on
deliveries, to disturb operators. Nothing here knows HTTP, SFTP or other wires.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reference_impl.errors import AgentRejected, RegistrationError, UnknownOrder
from reference_impl.orders import Order
from reference_impl.ports import Slot
from reference_impl.registry import Operator
from reference_impl.virtual_agent import AgentView
from sim.recorder import Event
from sim.sandbox.world import commands
from sim.sandbox.world.activity import Activity
from sim.sandbox.world.acts.deliveries import Deliveries
from sim.sandbox.world.acts.disturber import Disturber
from sim.sandbox.world.acts.drop_site import DropSite
from sim.sandbox.world.acts.refusals import KeyReused, UnknownName, lookup
from sim.sandbox.world.core import Account, WorldCore
from sim.sandbox.world.crowd import Crowd, CrowdProgress
from sim.sandbox.world.durable import DurableWorld
from sim.sandbox.world.guided_record import GuidedRecord
from sim.sandbox.world.link_index import GivenLink
from sim.sandbox.world.spec import WorldSpec
from sim.sandbox.world.store import Store
from sim.sandbox.world.telephones import Message
from sim.sandbox.world.vault import Vault
from sim.world import World

ACTS = ("confirm", "reschedule", "decline")
MOST_STRANGERS = 100


@dataclass(frozen=True, slots=True)
class Submitted:
    """The answer to a work order; `replayed` if the same request had been taken in before."""

    order: Order
    replayed: bool


class LiveWorld:
    """One world of the sandbox."""

    def __init__(self, spec: WorldSpec, vault: Vault, store: Store) -> None:
        self.spec, self.vault = spec, vault
        self.durable, self.activity = DurableWorld(spec, vault, store), Activity()
        self.site, self.deliveries = DropSite(self.durable), Deliveries(self.durable)
        self.disturber = Disturber(self.durable)
        self.durable.on_commit(lambda events: self.activity.nudge())

    @property
    def name(self) -> str:
        """The name of the world."""
        return self.spec.name

    @property
    def core(self) -> WorldCore:
        """The world in memory, to be read only."""
        return self.durable.core

    @property
    def world(self) -> World:
        """The simulated world, to be read only."""
        return self.durable.core.world

    @property
    def now(self) -> int:
        """The instant of the simulated clock."""
        return self.world.now

    @property
    def trace(self) -> list[Event]:
        """The committed events, in order; the position of an event is its index and one."""
        return self.world.trace

    def closed_trace(self) -> list[Event]:
        """The trace so far with a closing event that says what was observed."""
        observation = self.world.observation()
        closing: Event = {"specversion": "1.0", "id": f"{self.name}-observed-{len(self.trace)}", "source": "/trace"}
        closing |= {"type": "trace.observes", "time": observation["until"], "world": self.name, "data": observation}
        return [*self.trace, closing]

    @property
    def at_rest(self) -> bool:
        """Whether every effect is done and its I/O has ended."""
        return self.activity.is_over and self.core.outbox.is_empty

    async def rest(self) -> None:
        """Wait until it is at rest."""
        while not self.at_rest:
            await self.activity.change()

    # --- operators ---

    def operators(self) -> list[str]:
        """The names of the registered operators, in the order of their registration."""
        return list(self.core.accounts)

    def account(self, operator: str) -> Account:
        """One operator. Raises UnknownName."""
        return lookup(self.core.accounts, "operator", operator)

    def register_operator(self, members: Mapping[str, object], endpoint: str | None = None) -> Operator:
        """Register an operator. Raises RegistrationError."""
        if members.get("operator") in self.core.accounts:
            raise RegistrationError("operator", members["operator"], "a name that is not registered yet")
        operator: Operator = self.durable.do(commands.RegisterOperator(members, endpoint))
        return operator

    def register_anew(self, members: Mapping[str, object], endpoint: str | None = None) -> Operator:
        """Put a new registration in the place of an operator's old one; its endpoint stays if none is said.

        Raises UnknownName, RegistrationError.
        """
        self.account(str(members["operator"]))
        operator: Operator = self.durable.do(commands.RegisterOperator(members, endpoint))
        return operator

    def set_endpoint(self, operator: str, url: str | None) -> None:
        """Where an operator takes notifications; None = nowhere."""
        self.durable.do(commands.SetEndpoint(self.account(operator).operator.operator, url))

    def rotate_secret(self, operator: str) -> None:
        """Give an operator a new signing secret; the one before it stays in force beside it."""
        self.durable.do(commands.RotateSecret(self.account(operator).operator.operator))

    def retire_secret(self, operator: str) -> None:
        """End the signing secret before the newest."""
        self.durable.do(commands.RetireSecret(self.account(operator).operator.operator))

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

        `key` is the caller's own idempotency key, and `digest` identifies its request: the same key with the same
        request gives the same answer and no second order.
        """
        own_key = None if key is None else f"{members.get('operator')}/{key}"
        if own_key is not None and (earlier := self.durable.result_of_key(own_key)) is not None:
            known_digest, order = earlier
            if known_digest != digest:
                raise KeyReused(key)
            return Submitted(self.order(order.code, order.operator), True)
        order = self.durable.do(commands.SubmitOrder(members), own_key, digest)
        return Submitted(self.order(order.code, order.operator), False)

    def order(self, code: str, operator: str | None = None) -> Order:
        """An order, to be read only. Raises UnknownOrder; AmbiguousOrder where the operator has to be named."""
        return self.core.world.service.find(code, operator)

    def orders(self, operator: str | None = None) -> list[Order]:
        """All orders, or those of one operator, in the order of their arrival, to be read only."""
        return [order for order in self.core.world.service if operator in (None, order.key.operator)]

    def report_line(self, order: str, code: str, operator: str | None = None) -> None:
        """The network reports AC or CO of an order's line. Raises as `order`, and IntakeError, IllegalEvent."""
        key = self.order(order, operator).key
        self.durable.do(commands.ReportLine(key.operator, key.code, code))

    def cancel_order(self, order: str, reason: str = "operator", operator: str | None = None) -> None:
        """The operator cancels an order. Raises as `order`, and IllegalEvent."""
        key = self.order(order, operator).key
        self.durable.do(commands.CancelOrder(key.operator, key.code, reason))

    def set_capacity(self, territory: str, slot: Slot, capacity: int) -> None:
        """Give one slot a capacity of its own."""
        self.durable.do(commands.SetCapacity(territory, (slot.start, slot.end), capacity))

    # --- crowds ---

    def bring_crowd(self, plan: commands.BringCrowd) -> CrowdProgress:
        """Let a crowd live in the world from now on. Raises UnknownName, FieldError."""
        self.account(plan.operator)
        crowd: Crowd = self.durable.do(plan)
        return crowd.progress()

    def crowds(self) -> list[CrowdProgress]:
        """How far each crowd is."""
        return [crowd.progress() for crowd in self.core.crowds]

    # --- the guided run ---

    @property
    def guided(self) -> GuidedRecord | None:
        """The guided run that takes place here, to be read only."""
        return self.core.guided

    def guide(
        self, command: commands.BeginGuided | commands.MarkGuided | commands.NoteGuided | commands.EndGuided
    ) -> None:
        """Begin the guided run, mark, note, end it. Raises GuidedRefused."""
        self.durable.do(command)

    def keep_picture(self, content: bytes) -> str:
        """Keep a picture; return the digest that names it."""
        return self.durable.keep_picture(content)

    def picture(self, digest: str) -> bytes:
        """A picture that was kept. Raises UnknownName."""
        content = self.durable.picture(digest)
        if content is None:
            raise UnknownName("picture", digest)
        return content

    # --- the Virtual Agent ---

    def link_of(self, order: str, channel: str, operator: str | None = None) -> str | None:
        """The link that a party of an order was given, if it was. Raises as `order`."""
        given_link = self.core.links.of_order(self.order(order, operator).key, channel)
        return given_link.link if given_link else None

    def given_link(self, digest: str) -> GivenLink | None:
        """The link of a digest, or None if it was never given out."""
        return self.core.links.find(digest)

    def is_link_domain(self, host: str) -> bool:
        """Whether a host is that of an operator's links, or was when some were given out."""
        domains = {account.operator.link_domain for account in self.core.accounts.values()}
        return host in domains or self.core.links.is_given_under(host)

    def opens_under(self, host: str | None, digest: str) -> bool:
        """Whether a link may be used under an operator's domain; None is a name of the sandbox, under which it may."""
        return host is None or self.core.links.is_given_under(host, digest)

    def order_behind(self, digest: str) -> Order | None:
        """The order of a link, to be read only; None if the link was never given out, or forgotten."""
        given_link = self.given_link(digest)
        try:
            return self.order(given_link.order.code, given_link.order.operator) if given_link else None
        except UnknownOrder:
            return None

    def open_link(self, digest: str, channel: str | None = None) -> AgentView:
        """Look at the order behind a link. Raises AgentRejected."""
        self._turn_away_stranger("open", digest)
        view: AgentView = self.durable.do(commands.OpenLink(digest, channel))
        return view

    def offered_slots(self, digest: str) -> list[Slot]:
        """The slots that the bearer of a link can book now. Raises UnknownName."""
        given_link = self.given_link(digest)
        if given_link is None:
            raise UnknownName("link", "this link")
        return self.core.world.agent.offered_slots(given_link.link)

    def act(self, act: str, digest: str, slot: Slot | None = None, channel: str | None = None) -> AgentView:
        """Confirm, reschedule or decline. Raises AgentRejected."""
        if act not in ACTS or (slot is None) is not (act == "decline"):
            raise ValueError(f"{act!r} with {slot!r}; allowed: confirm or reschedule with a slot, decline without")
        self._turn_away_stranger(act, digest)
        bounds = (slot.start, slot.end) if slot else None
        view: AgentView = self.durable.do(commands.ActOnLink(act, digest, bounds, channel))
        return view

    def _turn_away_stranger(self, act: str, digest: str) -> None:
        """Refuse a link that opens no order. The first tries are events; more of them would only fill the disk."""
        if self.core.strangers >= MOST_STRANGERS and self.order_behind(digest) is None:
            raise AgentRejected("unknown_link", act)

    # --- telephones ---

    def messages(self) -> list[Message]:
        """All SMS in the order in which they were sent, to be read only."""
        return list(self.core.inbox)

    def take_sms(self, sms: commands.TakeSms) -> str:
        """Take an SMS that a system under test hands in; return the id of its event."""
        event: str = self.durable.do(sms)
        return event

    def settle_receipt(self, sms: str, number: int) -> None:
        """A receipt has reached the system that asked for it: which one of a message."""
        self.durable.do(commands.SettleReceipt(sms, number))

    # --- the clock ---

    def set_pace(self, pace: str) -> None:
        """How the clock goes by itself, in the words of `clock_words`."""
        self.durable.do(commands.SetPace(pace))
