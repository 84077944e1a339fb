"""The end customers of a world: who they are, how they behave, and what they do when the engagement SMS reaches them.

A customer acts only through the link in the SMS (LINK-3). All that chance decides of one is drawn from the seed and the
order, before anything happens: it never depends on what happened to others. People know nothing of the service's
inside; what the Virtual Agent refuses, they accept.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Literal

import simpy

from reference_impl.civil_time import SECOND
from reference_impl.errors import AgentRejected
from reference_impl.links import CUSTOMER
from reference_impl.ports import Slot, Sms
from sim.world import World

if TYPE_CHECKING:
    from faker import Faker

HOUR_SECONDS = 3_600
DAY_SECONDS = 24 * HOUR_SECONDS
SLOTS_LOOKED_AT = 25

Life = Generator[simpy.Event, None, None]


@dataclass(frozen=True, slots=True)
class Person:
    """A made-up end customer. `phone` is an Italian mobile number, E.164."""

    name: str
    address: str
    city: str
    phone: str


@dataclass(frozen=True, slots=True)
class Delay:
    """How long a person takes: any time between two bounds, all equally likely."""

    shortest_seconds: int
    longest_seconds: int

    def __post_init__(self) -> None:
        if not 0 <= self.shortest_seconds <= self.longest_seconds:
            raise ValueError(f"{self} is not allowed; allowed: 0 <= shortest_seconds <= longest_seconds")

    def at(self, share: float) -> int:
        """The delay in milliseconds at a share from 0 to 1."""
        span = self.longest_seconds - self.shortest_seconds
        return round((self.shortest_seconds + share * span) * SECOND)


@dataclass(frozen=True, slots=True)
class CustomerBehaviour:
    """What a customer does about the SMS, how long after it, and after how long the appointment is moved, if at all."""

    act: Literal["book", "decline", "ignore"]
    answers_after: Delay = Delay(60, 8 * HOUR_SECONDS)
    moves_after: Delay | None = None


Mix = tuple[tuple[float, CustomerBehaviour], ...]

# Weights of behaviours: an assumption of the simulation, nothing that the service description says.
CUSTOMERS: Mix = (
    (0.45, CustomerBehaviour("book")),
    (0.20, CustomerBehaviour("book", Delay(DAY_SECONDS, 3 * DAY_SECONDS))),
    (0.10, CustomerBehaviour("book", moves_after=Delay(HOUR_SECONDS, 2 * DAY_SECONDS))),
    (0.05, CustomerBehaviour("decline")),
    (0.20, CustomerBehaviour("ignore")),
)


@dataclass(frozen=True, slots=True)
class CustomerPlan:
    """All that is drawn for one customer. Delays in milliseconds; shares from 0 to 1 pick one of the offered slots."""

    behaviour: CustomerBehaviour
    answers_after: int
    moves_after: int
    slot_share: float
    moved_slot_share: float


def person_of(seed: int, order: str) -> Person:
    """The customer of an order: the same seed and order, the same person."""
    faker = _italian_faker()
    faker.seed_instance(f"{seed}/{order}/person")
    number = f"+3933{faker.random_number(digits=8, fix_len=True)}"
    return Person(faker.name(), faker.street_address(), faker.city(), number)


@cache
def _italian_faker() -> Faker:
    from faker import Faker  # slow to import, and needed only for a crowd

    return Faker("it_IT")


def plan_of(seed: int, order: str, mix: Mix = CUSTOMERS) -> CustomerPlan:
    """What the customer of an order will do. The draws are always the same in number, whatever the behaviour."""
    draws = Random(f"{seed}/{order}/customer")
    kind, answer, move, slot, moved_slot = (draws.random() for _ in range(5))
    behaviour = _behaviour_at(mix, kind)
    moves_after = behaviour.moves_after.at(move) if behaviour.moves_after else 0
    return CustomerPlan(behaviour, behaviour.answers_after.at(answer), moves_after, slot, moved_slot)


def _behaviour_at(mix: Mix, share: float) -> CustomerBehaviour:
    reached = share * sum(weight for weight, _ in mix)
    for weight, behaviour in mix:
        reached -= weight
        if reached < 0:
            return behaviour
    return mix[-1][1]


def slot_at(offered: list[Slot], share: float) -> Slot | None:
    """The slot that a person picks among the first on offer; None without any. `share` is from 0 to 1."""
    looked_at = offered[:SLOTS_LOOKED_AT]
    return looked_at[int(share * len(looked_at))] if looked_at else None


class Customers:
    """Customers of a world: each is an actor whose life begins when `receive` gets the engagement SMS.

    Random numbers come from `seed`, or without one from the seed of the world.

    `outcomes` says what became of each order's customer: `booked`, `moved`, `declined`, `ignored`, `nothing_offered`,
    or the reason of a refusal.
    """

    def __init__(self, world: World, mix: Mix = CUSTOMERS, seed: int | None = None) -> None:
        self.outcomes: dict[str, str] = {}
        self._world, self._mix = world, mix
        self._seed = world.seed if seed is None else seed

    def receive(self, sms: Sms) -> None:
        """An SMS arrives. Customers act on the first one with a link only."""
        if sms.link is None or sms.order in self.outcomes:
            return
        self.outcomes[sms.order] = "ignored"
        plan = plan_of(self._seed, sms.order, self._mix)
        if plan.behaviour.act != "ignore":
            self._world.env.process(self._live(sms.order, sms.link, plan))

    def _live(self, order: str, link: str, plan: CustomerPlan) -> Life:
        """Answer the SMS; later move the appointment, if the plan says so."""
        yield self._world.env.timeout(plan.answers_after)
        try:
            self.outcomes[order] = self._answer(link, plan)
            if self.outcomes[order] == "booked" and plan.behaviour.moves_after is not None:
                yield self._world.env.timeout(plan.moves_after)
                self.outcomes[order] = self._move(link, plan)
        except AgentRejected as refusal:
            self.outcomes[order] = refusal.reason  # RACE-2: the customer accepts it

    def _answer(self, link: str, plan: CustomerPlan) -> str:
        agent = self._world.agent
        agent.open(link, CUSTOMER)
        if plan.behaviour.act == "decline":
            agent.decline(link, CUSTOMER)
            return "declined"
        slot = slot_at(agent.offered_slots(link), plan.slot_share)
        if slot is None:
            return "nothing_offered"
        agent.confirm(link, slot, CUSTOMER)
        return "booked"

    def _move(self, link: str, plan: CustomerPlan) -> str:
        agent = self._world.agent
        present = agent.open(link, CUSTOMER).slot
        others = [slot for slot in agent.offered_slots(link) if slot != present]
        slot = slot_at(others, plan.moved_slot_share)
        if slot is None:
            return "booked"
        agent.reschedule(link, slot, CUSTOMER)
        return "moved"
