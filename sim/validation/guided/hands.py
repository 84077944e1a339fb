"""The harness's own part of a guided run: field, customer, wires and clock, done when the person says *go on*.

What lives here: doing the next act, one call on the live world for each kind of step. Whether an act has happened,
`recognition` says; here it is only done, and marked where no wire shows it. It must not know pages.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from weakref import WeakSet

from reference_impl.errors import CallerError
from reference_impl.links import CUSTOMER
from reference_impl.services import SERVICES
from sim.operators.probes import PROBES
from sim.sandbox.sandbox import Sandbox
from sim.sandbox.world.acts.refusals import UnknownName
from sim.sandbox.world.commands import EndGuided, MarkGuided
from sim.sandbox.world.guided_record import GuidedRecord, GuidedRefused, record_of
from sim.sandbox.world.link_index import digest_of
from sim.sandbox.world.live import LiveWorld
from sim.sandbox.world.spec import free_name
from sim.sandbox.world.world_clock import IDLE, NEXT_EFFECT, ClockBusy, ClockReport, WorldClock
from sim.validation.actions import MOST_WAKES, NOWHERE
from sim.validation.guided.acts import MORNING, REST, Act
from sim.validation.guided.recognition import DONE, HANDED_IN, LEFT_OUT, TOLD, Standing, standing_of
from sim.validation.guided.tasks import OPERATOR, has_link, owner_of, tasks_of

UNDER_WAY: WeakSet[LiveWorld] = WeakSet()  # worlds in which an act is being done


@dataclass(slots=True)
class Hands:
    """Does the next act of the run of a world."""

    sandbox: Sandbox
    live: LiveWorld
    clock: WorldClock

    async def go_on(self, number: int | None = None, anyway: bool = False) -> ClockReport:
        """Do the harness's part of the next act, or move the clock for it. Nothing, if `number` is not its number.

        What the operator has to do is not done for it unless `anyway`: an order is then handed in on its behalf, what
        its customer asked is left out, the clock moves on. Raises GuidedRefused, and what the act raises.
        """
        record = record_of(self.live.core)
        if self.live in UNDER_WAY:
            raise GuidedRefused("the act before is still under way", "to wait for its end")
        UNDER_WAY.add(self.live)
        try:
            began, first = self.live.now, len(self.live.trace)
            await self.live.rest()
            standing = standing_of(self.live, record)
            if number is None or (standing.current is not None and standing.current.number == number):
                await self._go_on(record, standing, anyway)
            return ClockReport(began, self.live.now, self.live.trace[first:])
        finally:
            UNDER_WAY.discard(self.live)

    async def _go_on(self, record: GuidedRecord, standing: Standing, anyway: bool) -> None:
        act = standing.current
        if act is None:
            raise GuidedRefused("all acts have happened", "to end it")
        tasks = tasks_of(self.live, record, standing)
        if owner_of(standing, tasks) == OPERATOR and not anyway and not self._is_only_told(record, standing, act):
            raise GuidedRefused(f"act {act.number} waits for {record.operator}", "to do it, or to go on anyway")
        await self._do(record, standing, act, anyway)

    async def _do(self, record: GuidedRecord, standing: Standing, act: Act, anyway: bool) -> None:
        """Do an act; one that cannot be done is left out where that is wanted, else the reader is told why."""
        try:
            await DO[act.verb](self, record, standing, act)
        except ClockBusy:
            raise
        except CallerError:
            if not anyway:
                raise
            self.mark(act, LEFT_OUT)
        await self.live.rest()

    def mark(self, act: Act, how: str) -> None:
        """Keep what no wire shows of an act."""
        self.live.guide(MarkGuided(act.number, how))

    def end(self, anyway: bool = False) -> None:
        """End the run; before its last act only `anyway`. Raises GuidedRefused."""
        standing = standing_of(self.live, record_of(self.live.core))
        if standing.current is not None and not anyway:
            left = len(standing.acts) - len(standing.passed)
            raise GuidedRefused(f"{left} acts are still to come", "to go on, or to end it anyway")
        self.live.guide(EndGuided())

    def _is_only_told(self, record: GuidedRecord, standing: Standing, act: Act) -> bool:
        """Whether a customer asks for what the operator cannot do yet, for want of the link: it is for later."""
        return act.verb == "desk" and not has_link(self.live, record.operator, standing.order)

    # --- what the steps say, one method each ---

    async def order(self, record: GuidedRecord, standing: Standing, act: Act) -> None:
        """Hand in an order on the operator's behalf, with its own code."""
        service, *options = act.arguments
        number = len(standing.orders) + 1
        members: dict[str, object] = {
            "order": self._free_code(record, f"S{act.story_number:02d}-{number}"),
            "operator": record.operator,
            "service": service,
            "line_state": "LNA",
            "phone": f"+39333{act.story_number:04d}{number:01d}10",
            **self.live.account(record.operator).operator.code_members,
        }
        members |= {"territory": NOWHERE} if "nowhere" in options else {}
        members |= {"disaggregated": True, "pdc_disaggregated": True} if "disaggregated" in options else {}
        if "nowhere" not in options:
            self.mark(act, HANDED_IN)
        self.live.submit_order(members)

    async def line(self, record: GuidedRecord, standing: Standing, act: Act) -> None:
        """The network reports AC or CO."""
        order = self.live.order(self._order(standing), record.operator)
        self.live.report_line(order.code, SERVICES[order.work.service].trigger, record.operator)

    async def customer(self, record: GuidedRecord, standing: Standing, act: Act) -> None:
        """The customer acts from the link in its SMS; for a band, one in the middle of those on offer."""
        code, customer_act = self._order(standing), act.arguments[0]
        await self._wait_for_sms(code, record.operator)
        link = self.live.link_of(code, CUSTOMER, record.operator)
        if link is None:
            raise UnknownName("the customer's link of", code)
        digest, order = digest_of(link), self.live.order(code, record.operator)
        slots = [slot for slot in self.live.offered_slots(digest) if slot != order.slot]
        if customer_act != "decline" and not slots:
            raise GuidedRefused(f"{customer_act} of {code}: no slot is free", "to go on anyway")
        self.live.act(customer_act, digest, None if customer_act == "decline" else slots[len(slots) // 2], CUSTOMER)

    async def desk(self, record: GuidedRecord, standing: Standing, act: Act) -> None:
        """The customer's wish is the operator's to fulfil: later, where it has no link yet; or it is left out."""
        self.mark(act, TOLD if self._is_only_told(record, standing, act) else LEFT_OUT)

    async def cancel(self, record: GuidedRecord, standing: Standing, act: Act) -> None:
        """The order is cancelled in the name of its operator."""
        self.live.cancel_order(self._order(standing), "operator", record.operator)

    async def again(self, record: GuidedRecord, standing: Standing, act: Act) -> None:
        """The last notification of the order with a code is sent once more."""
        order, code = self._order(standing), act.arguments[0]
        events = [
            posting.event
            for posting in self.live.deliveries.postings(record.operator)
            if (posting.notification.order, posting.notification.code) == (order, code)
        ]
        if not events:
            raise UnknownName(f"notification {code} of", order)
        self.live.deliveries.resend(events[-1:])
        self.mark(act, DONE)

    async def disturb(self, record: GuidedRecord, standing: Standing, act: Act) -> None:
        """What may befall an operator."""
        order = self._order(standing) if act.arguments[0] in PROBES else standing.order
        dispatcher = self.sandbox.dispatcher(self.live.name)
        how, code = act.arguments[0], act.arguments[1] if len(act.arguments) > 1 else None
        await dispatcher.disturb(record.operator, how, order, code)
        self.mark(act, DONE)

    async def wait(self, record: GuidedRecord, standing: Standing, act: Act) -> None:
        """Real time passes, as a Retry-After asks."""
        await asyncio.sleep(float(act.arguments[0]))
        self.mark(act, DONE)

    async def move(self, record: GuidedRecord, standing: Standing, act: Act) -> None:
        """The clock goes to where the act wants it."""
        if standing.goal is None:
            await self._wait_for_sms(self._order(standing), record.operator)
            standing = standing_of(self.live, record)
        if standing.goal is None:
            raise GuidedRefused(f"{act.step}: {standing.order} has no such instant", "to go on anyway")
        if standing.goal > self.live.now:
            await self.clock.to(standing.goal)

    async def advance(self, record: GuidedRecord, standing: Standing, act: Act) -> None:
        """The clock goes on to the next event, so that the operator can do its part, or to the end of the span."""
        first, goal = len(self.live.trace), standing.goal
        while goal is not None and len(self.live.trace) == first and self.live.now < goal:
            wake = self.clock.status().next_wake_at
            await self.clock.to(goal if wake is None else min(wake, goal))

    async def rest(self, record: GuidedRecord, standing: Standing, act: Act) -> None:
        """The clock goes on until nothing more is to come."""
        await self.clock.until(IDLE)

    async def _wait_for_sms(self, order: str, operator: str) -> None:
        for _ in range(MOST_WAKES):
            if self.live.order(order, operator).sms_at is not None:
                return
            await self.clock.until(NEXT_EFFECT)
        raise GuidedRefused(f"the engagement SMS of {order} does not leave", "to go on anyway")

    def _order(self, standing: Standing) -> str:
        if not standing.order:
            raise GuidedRefused("the story has no order", "to go on anyway")
        return standing.order

    def _free_code(self, record: GuidedRecord, wanted: str) -> str:
        taken_codes = {order.code for order in self.live.orders(record.operator)}
        return free_name(wanted, taken_codes)


DO: Mapping[str, Callable[[Hands, GuidedRecord, Standing, Act], Awaitable[None]]] = {
    "order": Hands.order,
    "line": Hands.line,
    "customer": Hands.customer,
    "desk": Hands.desk,
    "cancel": Hands.cancel,
    "again": Hands.again,
    "disturb": Hands.disturb,
    "wait": Hands.wait,
    "advance": Hands.advance,
    MORNING: Hands.move,
    "saturday": Hands.move,
    "clock": Hands.move,
    REST: Hands.rest,
}
