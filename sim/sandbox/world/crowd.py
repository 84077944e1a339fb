"""A crowd in a world: made-up customers of one operator with their orders, and the call centre that looks after them.

Everything about a crowd is drawn from its seed: when its orders are handed in, for which service and where, when their
lines are ready, and what each customer does about the SMS. What happens then happens in simulated time, so a crowd
comes back after a restart as everything else does. It touches no order but its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from random import Random

from reference_impl.civil_time import DAY
from reference_impl.errors import CallerError
from reference_impl.ports import Sms
from reference_impl.registry import Operator
from reference_impl.services import SERVICES
from sim.people.call_centre import CallCentre
from sim.people.customers import HOUR_SECONDS, Customers, Delay, person_of
from sim.sandbox.world.commands import BringCrowd
from sim.sandbox.world.operator_site import Site
from sim.world import World

LINE_READY_AFTER = Delay(HOUR_SECONDS, 24 * HOUR_SECONDS)
WITHOUT_CODE = 0.05  # orders that do not ask for the service


@dataclass(frozen=True, slots=True)
class CrowdOrder:
    """An order to come: its members, and how long until it is handed in and its line is ready, in milliseconds."""

    members: Mapping[str, object]
    arrives_after: int
    ready_after: int


@dataclass(frozen=True, slots=True)
class CrowdProgress:
    """How far a crowd is. `refused` orders were not taken in; `states` are those of the others.

    `customers` and `call_centre` count what became of those who heard of their order.
    """

    plan: BringCrowd
    handed_in: int
    refused: int
    states: Mapping[str, int]
    customers: Mapping[str, int]
    call_centre: Mapping[str, int]


class Crowd:
    """The people of one crowd."""

    def __init__(self, world: World, operator: Operator, site: Site, plan: BringCrowd) -> None:
        self.plan = plan
        self._world = world
        self._codes: set[str] = set()
        self._refused = 0
        self._customers = Customers(world, seed=plan.seed)
        self._centre = CallCentre(world, site, seed=plan.seed, works_for=self._codes.__contains__)
        for number in range(1, plan.orders + 1):
            order = crowd_order(plan, number, operator, list(world.territories))
            world.at(world.now + order.arrives_after, partial(self._hand_in, order))

    def receive(self, sms: Sms) -> None:
        """An SMS has arrived at a telephone."""
        if sms.operator == self.plan.operator and sms.order in self._codes:
            self._customers.receive(sms)

    def file_arrived(self, operator: str) -> None:
        """A file is in sight on an operator's site."""
        if operator == self.plan.operator:
            self._centre.file_arrived()

    def progress(self) -> CrowdProgress:
        """How far it is."""
        states = Counter(str(self._world.service.find(code, self.plan.operator).state) for code in sorted(self._codes))
        customers, calls = (Counter(people.outcomes.values()) for people in (self._customers, self._centre))
        return CrowdProgress(self.plan, len(self._codes), self._refused, states, customers, calls)

    def _hand_in(self, order: CrowdOrder) -> None:
        try:
            code = self._world.submit_order(**order.members).code
        except CallerError:  # another order has the code, or a territory is gone
            self._refused += 1
            return
        self._codes.add(code)
        trigger = SERVICES[str(order.members["service"])].trigger
        self._world.at(self._world.now + order.ready_after, partial(self._report, code, trigger))

    def _report(self, code: str, trigger: str) -> None:
        try:
            self._world.report_line(code, trigger, self.plan.operator)
        except CallerError:  # cancelled or reported meanwhile
            return


def crowd_order(plan: BringCrowd, number: int, operator: Operator, territories: list[str]) -> CrowdOrder:
    """An order of a crowd, by its number. The same seed gives the same order."""
    code = f"C{plan.seed}-{number:04d}"
    draws = Random(f"{plan.seed}/{code}/order")
    arrival_share, ready_share, service_share, territory_share, code_share = (draws.random() for _ in range(5))
    members: dict[str, object] = {
        "order": code,
        "operator": plan.operator,
        "service": list(SERVICES)[int(service_share * len(SERVICES))],
        "line_state": "LNA",
        "phone": person_of(plan.seed, code).phone,
        "territory": territories[int(territory_share * len(territories))],
    }
    if code_share >= WITHOUT_CODE:
        members |= operator.code_members
    return CrowdOrder(members, round(arrival_share * plan.days * DAY), LINE_READY_AFTER.at(ready_share))
