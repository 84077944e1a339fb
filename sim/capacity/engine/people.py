"""The customers and the operators' call centres of a capacity run: what they do with the links they get.

Everybody acts as the draws of the order say, and only through the Virtual Agent. A customer takes the first slot on
offer from the wished day and band on. A call centre books for each customer whom it reaches. Nobody repeats an act that
the agent refuses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from heapq import heappop, heappush

from reference_impl.civil_time import HOUR, civil_day, instant_of, wall_clock
from reference_impl.deadlines import reminder_deadline, slot_can_be_offered
from reference_impl.errors import AgentRejected
from reference_impl.orders import State
from reference_impl.policy import Policy
from reference_impl.ports import OrderKey, Slot
from reference_impl.service import Service
from reference_impl.slot_agenda import SlotAgenda, days_offered
from sim.agenda import Act, Agenda
from sim.capacity.engine.call_centre import CallQueue
from sim.capacity.engine.draws import CANCELS_WITHIN
from sim.capacity.engine.order_under_way import CUSTOMER, OPERATOR, OrderUnderWay
from sim.capacity.engine.tally import HourlyCount, Outcome, Tally
from sim.capacity.engine.workload import NOTHING, REFUSES
from sim.capacity.scenario.open_hours import OpenTime
from sim.capacity.scenario.scenario import Scenario

ENGAGED, BOOKED = State.ENGAGED, State.BOOKED


class People:
    """Customers and call centres. The engine wires them to the ports."""

    def __init__(
        self,
        scenario: Scenario,
        policy: Policy,
        service: Service,
        slots: SlotAgenda,
        agenda: Agenda,
        tally: Tally,
        orders_under_way: Mapping[OrderKey, OrderUnderWay],
        open_days: range,
        holidays: frozenset[int],
        begins_at: int,
    ) -> None:
        self._service, self._agenda, self._tally, self._under_way = service, agenda, tally, orders_under_way
        self._agent, self._slots, self._policy = service.agent, slots, policy
        self._awake = OpenTime(scenario.customers.awake.open_hours, open_days, holidays)
        self._retry_ms = round(scenario.customers.retries_after_hours * HOUR)
        self._bands = [start for start, _ in policy.slot_grid.times()]
        self._call_queues = {
            plan.name: CallQueue(
                number,
                plan.call_centre,
                OpenTime(plan.call_centre.open_hours, open_days, holidays),
                agenda,
                tally,
                self._customer_reached,
            )
            for number, plan in enumerate(scenario.operators)
            if plan.call_centre is not None
        }
        self._begins_at = begins_at  # the horizon: who called before it is not known
        self._session_ends: list[int] = []
        self._acts: Act = self._customer_acts  # made once, not for each promise

    def get_link(self, key: OrderKey, link: str, sent_at: int) -> None:
        """A customer gets the link by an engagement SMS, and uses it later or never, as the draws say."""
        under_way = self._under_way[key]
        day, index = under_way.day, under_way.index
        under_way.link = link
        if day.behaviour[index] != NOTHING:
            recorded_at = day.acts_at.get(index)
            if recorded_at is None:
                acts_at = self._awake.after(sent_at, day.answer_ms[index])
            else:
                acts_at = max(recorded_at, self._agenda.now)
            if acts_at < self._closes_at(under_way):
                under_way.acts_at = acts_at
                self._agenda.wake_at(acts_at, self._acts, under_way)
            elif day.measured:
                self._tally.outcomes[under_way.territory][Outcome.ANSWERED_TOO_LATE] += 1
        if day.cancels[index]:
            cancels_at = sent_at + int(day.cancel_fraction[index] * CANCELS_WITHIN)
            self._agenda.wake_at(cancels_at, self._operator_cancels, under_way)

    def get_rows(self, operator: str, rows: Sequence[Sequence[str]]) -> None:
        """An operator fetches a file: its call centre is to call the customer of each row who has not acted."""
        queue = self._call_queues.get(operator)
        if queue is None:
            return
        for code, _, link, _ in rows:
            under_way = self._under_way.get(OrderKey(operator, code))
            if under_way is not None and under_way.order.state is ENGAGED:
                under_way.operator_link = link
                self.ask_call(queue, under_way, max(self._agenda.now, self._begins_at))

    def ask_call(self, queue: CallQueue, under_way: OrderUnderWay, now: int) -> None:
        """A row asks the call centre for a call."""
        queue.ask(under_way, now)

    def first_slot(self, under_way: OrderUnderWay, link: str, now: int, since: int) -> Slot | None:
        """The first free slot on offer from the instant `since` on, else the first of all; None where none is free."""
        return self._agent.first_slot(link, now, since)

    def _customer_acts(self, under_way: OrderUnderWay, now: int) -> None:
        if under_way.order.state is ENGAGED:
            refuses = under_way.day.behaviour[under_way.index] == REFUSES
            self._visit_agent(under_way, now, under_way.link, refuses, CUSTOMER)

    def _customer_reached(self, under_way: OrderUnderWay, now: int) -> None:
        if under_way.order.state is ENGAGED:
            refuses = bool(under_way.day.refuses_on_call[under_way.index])
            self._visit_agent(under_way, now, under_way.operator_link, refuses, OPERATOR)

    def _visit_agent(self, under_way: OrderUnderWay, now: int, link: str, refuses: bool, actor: int) -> None:
        """One session of the Virtual Agent: refuse, or book the first slot that suits."""
        self._begin_session(now, under_way.day.session_ms[under_way.index])
        if under_way.acted_by is None:
            under_way.acted_by = actor
        if refuses:
            under_way.refused_at = now
            with suppress(AgentRejected):
                self._agent.decline(link, now)
            return
        wished_day = civil_day(now) + under_way.day.wish_days[under_way.index]
        wished_band = self._bands[under_way.day.wish_band[under_way.index]]
        since = instant_of(wished_day, wished_band)
        slot = self.first_slot(under_way, link, now, since)
        if under_way.looked_at is None:
            under_way.looked_at = now
            under_way.wished_at = self._wished(under_way, now, since)
            under_way.wished_day = civil_day(under_way.wished_at)
        if slot is None:
            self._found_none(under_way, now, self._acts if actor == CUSTOMER else self._customer_reached)
            return
        with suppress(AgentRejected):
            self._book(under_way, link, slot, now)

    def _book(self, under_way: OrderUnderWay, link: str, slot: Slot, now: int) -> None:
        self._agent.confirm(link, slot, now)
        under_way.booked_at = now
        under_way.added_ms = max(slot.start - under_way.wished_at, 0)
        if under_way.day.reschedules[under_way.index]:
            open_ms = max(reminder_deadline(slot.start) - now, 0)
            moves_at = now + int(open_ms * under_way.day.reschedule_fraction[under_way.index])
            self._agenda.wake_at(moves_at, self._customer_moves, (under_way, link))

    def _found_none(self, under_way: OrderUnderWay, now: int, again: Act) -> None:
        """No slot on offer: try again another day, while the term runs."""
        self._tally.row[HourlyCount.NO_SLOT] += 1
        if not under_way.found_no_slot:
            under_way.found_no_slot = True
            if under_way.day.measured:
                self._tally.outcomes[under_way.territory][Outcome.FOUND_NO_SLOT] += 1
        if now + self._retry_ms < self._closes_at(under_way):
            self._agenda.wake_at(now + self._retry_ms, again, under_way)

    def _customer_moves(self, subject: tuple[OrderUnderWay, str], now: int) -> None:
        under_way, link = subject
        slot = under_way.order.slot
        if under_way.order.state is not BOOKED or slot is None:
            return
        self._begin_session(now, under_way.day.session_ms[under_way.index])
        day, start = wall_clock(slot.start)
        wished = instant_of(day + max(under_way.day.move_days[under_way.index], 1), start)
        new_slot = self.first_slot(under_way, link, now, wished)
        if new_slot is not None and new_slot != slot:
            with suppress(AgentRejected):
                self._agent.reschedule(link, new_slot, now)
                under_way.added_ms += max(new_slot.start - self._wished(under_way, now, wished), 0)

    def _wished(self, under_way: OrderUnderWay, now: int, since: int) -> int:
        """When the slot begins that the customer would have got if nobody else had booked; now, where there is none."""
        today = civil_day(now)
        last = today + days_offered(self._policy)
        slot = self._first_with_technicians(under_way, now, range(max(civil_day(since), today), last + 1), since)
        slot = slot or self._first_with_technicians(under_way, now, range(today, last + 1), now)
        return slot.start if slot else now

    def _first_with_technicians(self, under_way: OrderUnderWay, now: int, days: range, since: int) -> Slot | None:
        territory = under_way.order.work.territory
        for day in days:
            midnight = instant_of(day)
            for slot in self._slots.between(midnight, midnight):
                if (
                    slot.start >= since
                    and self._slots.capacity(territory, slot) > 0
                    and slot_can_be_offered(slot.start, now, self._policy)
                ):
                    return slot
        return None

    def _operator_cancels(self, under_way: OrderUnderWay, now: int) -> None:
        if under_way.order.state is ENGAGED or under_way.order.state is BOOKED:
            self._service.cancel(under_way.order, "operator", now)

    def _begin_session(self, now: int, lasts_ms: int) -> None:
        """Sessions at once: those that began before and have not ended."""
        ends = self._session_ends
        while ends and ends[0] <= now:
            heappop(ends)
        heappush(ends, now + lasts_ms)
        self._tally.row[HourlyCount.SESSIONS] += 1
        self._tally.peak(HourlyCount.SESSIONS_PEAK, len(ends))

    def _closes_at(self, under_way: OrderUnderWay) -> int:
        closes_at = under_way.order.closes_at
        return closes_at if closes_at is not None else 0
