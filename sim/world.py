"""One world: the service, its wires and its clock, from one seed. The one place where they are wired together.

A world makes things happen and keeps the trace. Whether what happened is right is not its business.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import simpy

from reference_impl.civil_time import format_instant
from reference_impl.intake import WorkOrder
from reference_impl.policy import DEFAULT, Policy
from reference_impl.ports import FileDrop, Journal, LinkKeys, OperatorNotifier, Slot, SmsGateway, WakeUps
from reference_impl.registry import Operator, operator_from
from reference_impl.service import Service
from reference_impl.slot_agenda import SlotAgenda
from reference_impl.virtual_agent import AgentView
from sim.agenda import Agenda
from sim.clock import run_until, schedule_at
from sim.doubles import DropDouble, EndpointDouble, SmsInbox
from sim.link_keys import DerivedLinkKeys
from sim.recorder import Event, Recorder

SOURCES = ("/intake", "/notifications", "/sms", "/sftp", "/agent", "/field", "/telephone", "/commercial", "/sla")
TERRITORIES: Mapping[str, int] = MappingProxyType({"LAZIO": 4})


@dataclass(frozen=True, slots=True)
class Wiring:
    """What the service of a world is wired with: its readings, its technicians and its ports."""

    policy: Policy
    agenda: SlotAgenda
    sms: SmsGateway
    drop: FileDrop
    notifier: OperatorNotifier
    wake_ups: WakeUps
    journal: Journal
    keys: LinkKeys


class World:
    """A service under simulated time with its wires in memory.

    `start` is an instant, `territories` gives the technicians of each slot, `declared` the readings that the trace says
    this world was made with, `under_test` whose conformance it is about: `service` or `operator`. `keys` issues the
    secrets of links; without it they come from the seed. `rewire` gets the world and its wiring before the service is
    made, and returns the wiring to use: it puts something between the service and a wire.
    """

    def __init__(
        self,
        *,
        start: int,
        policy: Policy = DEFAULT,
        seed: int = 0,
        name: str = "",
        territories: Mapping[str, int] = TERRITORIES,
        documents: bool = True,
        declared: Mapping[str, object] = MappingProxyType({}),
        under_test: str = "service",
        keys: LinkKeys | None = None,
        rewire: Rewire | None = None,
    ) -> None:
        self.start, self.seed, self.name, self.policy = start, seed, name, policy
        self.env = simpy.Environment(initial_time=start)
        self.recorder = Recorder(lambda: self.now, name)
        self.sms_inbox = SmsInbox(self.recorder)
        self.drop = DropDouble(self.recorder, policy.csv_dialect)
        self.endpoint = EndpointDouble(self.recorder)
        self.territories = dict(territories)
        wiring = Wiring(
            policy=policy,
            agenda=SlotAgenda(policy, territories),
            sms=self.sms_inbox,
            drop=self.drop,
            notifier=self.endpoint,
            wake_ups=Agenda(self.env),
            journal=self.recorder,
            keys=keys or DerivedLinkKeys(f"{seed}/{name}"),
        )
        if rewire is not None:
            wiring = rewire(self, wiring)
        self.slots = wiring.agenda
        self.service = Service(
            policy=wiring.policy,
            agenda=wiring.agenda,
            sms=wiring.sms,
            drop=wiring.drop,
            notifier=wiring.notifier,
            wake_ups=wiring.wake_ups,
            journal=wiring.journal,
            keys=wiring.keys,
            documents=documents,
        )
        self.agent = AgentAtNow(self)
        self._observed = {"sources": list(SOURCES), "readings": dict(declared), "under_test": under_test}
        self.recorder.record("/trace", "trace.observes", None, self._observed)  # first, so that a cut trace says it too
        for territory, capacity in territories.items():
            published = {"territory": territory, "capacity": capacity}
            self.recorder.record("/agent", "slots.published", None, published)

    @property
    def now(self) -> int:
        """The instant of the simulated clock."""
        return int(self.env.now)

    @property
    def trace(self) -> list[Event]:
        """The events so far."""
        return self.recorder.events

    def finish(self) -> list[Event]:
        """Say in the trace what was observed, from the start until now, and return the whole trace."""
        self.recorder.record("/trace", "trace.observes", None, self.observation())
        return self.trace

    def observation(self) -> dict[str, object]:
        """What was observed so far: the data of `trace.observes`."""
        return {**self._observed, "until": format_instant(self.now, True)}

    def register_operator(self, **members: object) -> Operator:
        """Register an operator. Raises RegistrationError."""
        operator = operator_from(members)
        self.service.register(operator)
        return operator

    def submit_order(self, **members: object) -> WorkOrder:
        """An operator hands in a work order, now. Raises IntakeError."""
        return self.service.receive(members, self.now)

    def report_line(self, order: str, code: str, operator: str | None = None) -> None:
        """The network reports AC or CO of the order's line, now. Raises UnknownOrder, AmbiguousOrder."""
        self.service.line_event(self.service.find(order, operator), code, self.now)

    def cancel_order(self, order: str, reason: str = "operator", operator: str | None = None) -> None:
        """The operator cancels an order, now. Raises UnknownOrder, AmbiguousOrder."""
        self.service.cancel(self.service.find(order, operator), reason, self.now)

    def set_capacity(self, territory: str, slot: Slot, capacity: int) -> None:
        """Give one slot a capacity of its own, and publish it."""
        self.slots.set_capacity(territory, slot, capacity)
        published = {"territory": territory, "capacity": capacity, "slot": slot}
        self.recorder.record("/agent", "slots.published", None, published)

    def at(self, instant: int, function: Callable[[], None]) -> None:
        """Call a function at an instant to come."""
        schedule_at(self.env, instant, function)

    def run_until(self, instant: int) -> None:
        """Let everything due at or before an instant happen. Raises ValueError to go back."""
        run_until(self.env, instant)


class AgentAtNow:
    """The Virtual Agent of a world: its acts happen at the instant of the simulated clock. Raises AgentRejected."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._agent = world.service.agent

    def open(self, link: str, channel: str | None = None) -> AgentView:
        """Look at the order behind a link."""
        return self._agent.open(link, self._world.now, channel)

    def offered_slots(self, link: str) -> list[Slot]:
        """The slots that can be booked now."""
        return self._agent.offered_slots(link, self._world.now)

    def confirm(self, link: str, slot: Slot, channel: str | None = None) -> AgentView:
        """Fix the appointment."""
        return self._agent.confirm(link, slot, self._world.now, channel)

    def reschedule(self, link: str, slot: Slot, channel: str | None = None) -> AgentView:
        """Move the appointment."""
        return self._agent.reschedule(link, slot, self._world.now, channel)

    def decline(self, link: str, channel: str | None = None) -> AgentView:
        """Refuse to fix an appointment."""
        return self._agent.decline(link, self._world.now, channel)


Rewire = Callable[[World, Wiring], Wiring]
