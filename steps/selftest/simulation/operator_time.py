"""The ordinary simulation of an operator: the model operator, its customers, disturbed notifications, files at the end.

Two worlds: one in which notifications arrive late, doubled and overtaken, and one in which every file comes at the
last instant. The operator's ways are changed by patches to its code, which are in force while this runs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from functools import partial

from reference_impl.errors import AgentRejected
from reference_impl.policy import Policy
from reference_impl.ports import Sms
from reference_impl.virtual_agent import AgentView
from reports.facts import causals_of
from reports.judging.judge_calendar import eve_limit
from reports.rome_time import DAY_MS, HOUR_MS
from sim.faults import NO_FAULTS, NotificationFaults
from sim.operators.in_process_http import OperatorLife, live_with_model_operator
from sim.operators.model_operator import ModelOperator
from sim.operators.probes import NotSentError
from sim.world import AgentAtNow, World
from steps.selftest.changes import Change
from steps.selftest.simulation.ordinary_time import Lived, live
from steps.selftest.simulation.parties import OPERATORS, SERVICES
from steps.selftest.simulation.spans import clock, instant_on

SEED = 7
START = date(2026, 3, 23)
ORDERS, DAYS = 30, 26
DISTURBED = NotificationFaults(late=0.4, late_seconds=3 * 3_600, overtaken=0.3, duplicated=0.5)
CUSTOMER = "customer"
# Order -> a notification that is not genuine: of which kind, what it says, and how many hours after the order.
PROBES = {
    5: ("stale", "not_booked", 1), 10: ("forged", "not_booked", 1), 20: ("forged", "booked", 1),
    25: ("stale", "booked", 1), 15: ("replayed", "booked", 30),
}  # fmt: skip
LIMITS = ((1, 45), (4, 100))  # day, minutes
MINUTE_MS = HOUR_MS // 60


def operator_trace(policy: Policy, declared: Mapping[str, object], change: Change) -> Lived:
    """Let the operator, as the patches in force make it, live through both worlds."""
    lived = Lived()
    for name, cadence, faults in (("disturbed", "table", DISTURBED), ("last-instant", "latest", NO_FAULTS)):
        readings = {**declared, "csv_cadence": cadence}
        world = World(
            start=instant_on(START, 0), policy=Policy.from_readings(readings), seed=SEED, name=name, documents=False,
            declared=readings, under_test="operator", rewire=change.rewire, territories={"LAZIO": 30},
        )  # fmt: skip
        live(world, partial(_live_with_operator, world, faults), lived)
    lived.trace.sort(key=lambda event: str(event["time"][:-6]))
    return lived


def _live_with_operator(world: World, faults: NotificationFaults) -> None:
    for members in OPERATORS[:2]:
        world.register_operator(**members)
    customers = _Customers(world)
    world.agent = customers.agent
    meet = partial(_disturb, world) if faults == NO_FAULTS else None
    with live_with_model_operator(
        world, "ALFA", faults=faults, meet=meet, waits_hours=3, knows_cutoff=False
    ) as operator:
        customers.operator = operator
        for number in range(ORDERS):
            world.at(_handed_in_at(number), partial(customers.order, number))
        world.run_until(instant_on(START, 0) + DAYS * DAY_MS)


def _disturb(world: World, life: OperatorLife) -> None:
    """Notifications that are not genuine, and limits, at minutes at which the operator does nothing of its own."""
    for number, (kind, role, hours) in PROBES.items():
        service, code = SERVICES[number % 6], _code_of(world, number)
        causals = causals_of(service)
        assert causals is not None
        at = _handed_in_at(number) + hours * HOUR_MS + 7 * MINUTE_MS
        world.at(at, partial(_probe, life, kind, code, getattr(causals, role)))
    for day, minutes in LIMITS:
        world.at(instant_on(START, clock(9, 17)) + day * DAY_MS, partial(life.limit, minutes * 60))


def _probe(life: OperatorLife, kind: str, order: str, code: str) -> None:
    with suppress(NotSentError):  # a wrong operator may have no such notification to be told again
        life.probe(kind, order, code)


def _code_of(world: World, number: int) -> str:
    return f"{world.name.upper()}-{number:02d}"


def _handed_in_at(number: int) -> int:
    return instant_on(START, clock(8 + number % 11, 10)) + number // 3 * DAY_MS


class _WatchedAgent(AgentAtNow):
    """The Virtual Agent, with what a customer does right after the operator has looked at its order."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.after_look: dict[str, Callable[[], None]] = {}

    def open(self, link: str, channel: str | None = None) -> AgentView:
        """Look at the order behind a link; then the customer acts."""
        view = super().open(link, channel)
        self.after_look.pop(view.order, _nothing)()
        return view


def _nothing() -> None:
    pass


class _Customers:
    """The operator's customers: some book, some ask their operator, most leave it to the operator."""

    def __init__(self, world: World) -> None:
        self.operator: ModelOperator | None = None
        self.agent = _WatchedAgent(world)
        self._world = world
        world.sms_inbox.deliver = self._receive

    def order(self, number: int) -> None:
        """One order, written by the operator; its line is ready at once."""
        assert self.operator is not None
        service, code = SERVICES[number % 6], _code_of(self._world, number)
        copper = service in ("ULL", "SLU")
        apart = {"disaggregated": True, "pdc_disaggregated": True} if copper and number % 4 == 3 else {}
        self._world.submit_order(**self.operator.new_order(code, service, f"+39333{number:07d}", **apart))
        self._world.report_line(code, "AC" if copper else "CO")

    def _receive(self, sms: Sms) -> None:
        if sms.link is None or self.operator is None:
            return
        world, number = self._world, int(sms.order.rpartition("-")[2])
        if number % 5 == 1:  # books before the operator looks
            world.at(world.now + HOUR_MS, partial(self._book, sms.link, 12))
        elif number % 5 == 2:  # books between the operator's look and its act
            self.agent.after_look[sms.order] = partial(self._book, sms.link, 14)
        elif number % 5 == 3:  # changes its mind: declines before anything is booked
            self.operator.customer_asks(sms.order, "decline")
        if number % 3 == 0:
            world.at(world.now + 30 * HOUR_MS, partial(self.operator.customer_asks, sms.order, "move"))
        if number % 5 == 4:  # asks for a move when it is too late
            world.at(world.now + 40 * HOUR_MS, partial(self._ask_too_late, sms.order))

    def _book(self, link: str, rank: int) -> None:
        with suppress(AgentRejected):
            agent = self._world.agent
            agent.confirm(link, agent.offered_slots(link)[rank], CUSTOMER)

    def _ask_too_late(self, order: str) -> None:
        slot, world = self._world.service.find(order).slot, self._world
        if slot is not None and self.operator is not None:
            world.at(
                max(world.now, eve_limit(slot.start) + HOUR_MS), partial(self.operator.customer_asks, order, "move")
            )
