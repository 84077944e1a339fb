"""The ordinary mixed simulation: people and call centres, several operators, races, late acts, all routes, holidays.

`ordinary_trace` lives through every span once with a changed service and returns one trace; the people are the same
whatever the service does. A fault inside the changed service ends its world and is handed back as a crash.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from typing import Any

import simpy

from reference_impl.errors import AgentRejected, CallerError
from reference_impl.policy import Policy
from reference_impl.ports import Slot, Sms
from reports.rome_time import DAY_MS, HOUR_MS, Instant, parse_instant
from sim.doubles import OperatorDirectory
from sim.people.call_centre import CallCentre, CallCentreBehaviour
from sim.people.customers import Customers
from sim.world import Rewire, World
from steps.selftest.open_site import OpenSite
from steps.selftest.simulation.lives import LIVES, OPERATOR, Act, Life, PartyView
from steps.selftest.simulation.parties import ALFA_ANEW, COPPER, OPERATORS, OWN_CODE, PEOPLE, ROUTES, SERVICES, Members
from steps.selftest.simulation.spans import PROBES, SPANS, Span, clock, instant_on

SEED = 20_260_323
TERRITORY, PLACES = "LAZIO", 6
TraceEvent = dict[str, Any]


@dataclass(slots=True)
class Lived:
    """What a simulation left: its trace, and what crashed, if anything."""

    trace: list[TraceEvent] = field(default_factory=list)
    crash: str = ""


def ordinary_trace(policy: Policy, declared: Mapping[str, object], rewire: Rewire) -> Lived:
    """Live through every span with the service that `rewire` and the patches in force make."""
    lived = Lived()
    for span in SPANS:
        world = World(
            start=span.instant(0, 0), policy=policy, seed=SEED, name=span.name, territories={TERRITORY: PLACES},
            documents=span.name == "spring", declared=declared, rewire=rewire,
        )  # fmt: skip
        live(world, lambda world=world, span=span: SpanLife(world, span).live(), lived)  # type: ignore[misc]
    lived.trace.sort(key=_time)
    return lived


def live(world: World, life: Callable[[], None], lived: Lived) -> None:
    """Let a world live; keep its trace and the fault that ended it, if one did."""
    try:
        life()
    except Exception as fault:  # whatever a changed service does is an outcome, never a fault of the harness
        lived.crash = lived.crash or f"{world.name}: {type(fault).__name__}: {fault}"
    lived.trace += world.finish()


def _time(event: TraceEvent) -> Instant:
    return parse_instant(event["time"])


class SpanLife:
    """The orders and parties of one span."""

    def __init__(self, world: World, span: Span) -> None:
        self._world, self._span = world, span
        self._lives: dict[str, Life] = {}
        self._rows: dict[str, str] = {}
        self._files_read = 0
        self._special = Slot(instant_on(span.special, clock(10)), instant_on(span.special, clock(12)))

    def live(self) -> None:
        """Register everybody, place the orders, and let the span pass."""
        world = self._world
        for members in OPERATORS:
            world.register_operator(**members)
        if self._special not in world.slots.between(self._special.start, self._special.end):
            self._special = world.slots.between(self._special.start, self._special.start + 7 * DAY_MS)[0]
        world.set_capacity(TERRITORY, self._special, 1)
        people = Customers(world)
        directory = OperatorDirectory(world.drop, world.recorder, PEOPLE)
        call_centre = CallCentre(world, directory, CallCentreBehaviour(round_minutes=120))
        assert isinstance(world.drop, OpenSite)
        world.drop.arrived = lambda operator: call_centre.file_arrived() if operator == PEOPLE else None
        world.sms_inbox.deliver = lambda sms: self._receive(sms, people)
        world.at(self._span.instant(self._span.days // 4, clock(12, 30)), self._register_anew)
        for number, (line_at, members) in enumerate(self._orders()):
            self._place(number, line_at, members)
        world.run_until(self._span.instant(self._span.days, 0))

    def _register_anew(self) -> None:
        self._world.register_operator(**ALFA_ANEW)

    def _orders(self) -> Iterator[tuple[int, Members]]:
        """When the line of each order is ready, and what the order says: probes, routes, and chance."""
        span, probe = self._span, 0
        for rank, day in enumerate(span.probed):
            for at in PROBES[rank % 2 :: 2]:
                yield instant_on(day, at), self._of_the_service(probe)
                probe += 1
        for rank, members in enumerate(ROUTES):
            yield span.instant(1 + rank % 12, clock(8 + rank % 9, 7)), members
        draws = Random(f"{SEED}/{span.name}")
        for rank in range(span.people):
            at = span.instant(draws.randrange(span.days // 2), draws.randrange(DAY_MS))
            yield at, {"operator": PEOPLE, "service": SERVICES[rank % 6], **OWN_CODE[PEOPLE]}

    def _of_the_service(self, rank: int) -> Members:
        operator = ("ALFA", "BETA", "EPSI")[rank % 3]
        return {"operator": operator, "service": SERVICES[rank // 2 % 6], **OWN_CODE[operator]}

    def _place(self, number: int, line_at: int, members: Members) -> None:
        code, world = f"{self._span.name.upper()}-{number:03d}", self._world
        written = {"order": code, "line_state": "LNA", "phone": f"+39333{number:07d}", **members}
        if members["operator"] != PEOPLE:
            self._lives[code] = LIVES[number % len(LIVES)]
        event = "AC" if members["service"] in COPPER else "CO"
        handed_in = max(world.start, line_at - DAY_MS)
        world.at(handed_in, lambda: _allowed(lambda: world.submit_order(**written)))
        world.at(max(line_at, handed_in), lambda: _allowed(lambda: world.report_line(code, event)))
        if number % 29 == 11:  # cancelled before the line is ready, or before its SMS may leave
            world.at(handed_in + 20 * HOUR_MS, lambda: _allowed(lambda: world.cancel_order(code)))

    def _receive(self, sms: Sms, people: Customers) -> None:
        life = self._lives.pop(sms.order, None)
        if life is not None and sms.link is not None:
            self._world.env.process(self._live(sms.order, sms.link, life))
        elif sms.order not in self._lives and life is None:
            people.receive(sms)

    def _live(self, order: str, link: str, life: Life) -> Generator[simpy.Event, None, None]:
        """One order's parties, act after act."""
        world = self._world
        view = PartyView(world.now, [], None, self._special)
        for act in life:
            moment = act.moment(view)
            if moment is None:
                continue
            if moment > world.now:
                yield world.env.timeout(moment - world.now)
            _allowed(lambda act=act: self._act(order, link, act, view))  # type: ignore[misc]

    def _act(self, order: str, link: str, act: Act, view: PartyView) -> None:
        if act.kind == "cancel":
            self._world.cancel_order(order)
            return
        if act.kind == "line":
            self._world.report_line(order, "AC" if self._is_copper(order) else "CO")
            return
        link_used = link if act.party != OPERATOR else self._row_link(order)
        if link_used is None:
            return
        agent = self._world.agent
        if act.pick is None:
            (agent.open if act.kind == "open" else agent.decline)(link_used, act.party)
            return
        with suppress(AgentRejected):
            view.offered = agent.offered_slots(link_used)
        slot = act.pick(view)
        if slot is not None:
            book = agent.confirm if act.kind == "confirm" else agent.reschedule
            view.booked = book(link_used, slot, act.party).slot

    def _is_copper(self, order: str) -> bool:
        return self._world.service.find(order).work.service in COPPER

    def _row_link(self, order: str) -> str | None:
        """The link of an order's last row, as far as the operator's files have come by now."""
        deposits = list(self._world.drop.files.values())
        for content in deposits[self._files_read :]:
            for row in self._world.drop.seen_in(content).rows:
                self._rows[row["order"]] = row["link"]
        self._files_read = len(deposits)
        return self._rows.get(order)


def _allowed(act: Callable[[], object]) -> None:
    """What somebody is refused, they accept."""
    with suppress(CallerError):
        act()
