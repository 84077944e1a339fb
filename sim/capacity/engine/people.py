"""The customers and the operators' call centres of a capacity run: what they do with the links they get.

Each does what its order's row of draws says, through the Virtual Agent and nothing else. A customer looks at the slots
on offer and takes the first from the wished day and band on; a call centre books for whoever it reaches.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import heappop, heappush

from reference_impl.civil_time import HOUR, MINUTE, civil_day, instant_of, wall_clock
from reference_impl.deadlines import reminder_deadline
from reference_impl.orders import State
from reference_impl.policy import Policy
from reference_impl.service import Service
from sim.agenda import Act, Agenda
from sim.capacity.engine.order_under_way import Life
from sim.capacity.engine.tally import Load, Outcome, Tally
from sim.capacity.engine.workload import CANCELS_WITHIN, NOTHING, REFUSES
from sim.capacity.scenario.open_hours import OpenTime
from sim.capacity.scenario.scenario import CallCentre, Scenario

ENGAGED, BOOKED = State.ENGAGED, State.BOOKED


class Desk:
    """One operator's call centre: its hours, and how far its agents are booked out, on its open-time axis."""

    def __init__(self, centre: CallCentre, open_time: OpenTime) -> None:
        self._open_time = open_time
        self._attempts = centre.attempts
        self._call_ms = round(centre.minutes_per_call * MINUTE / centre.agents)
        self._between_ms = round(centre.hours_between_attempts * HOUR)
        self._first_ms = round(centre.first_call_after_hours * HOUR)
        self._free_at = 0

    def plan(self, now: int, attempt: int, until: int | None) -> tuple[int, int | None]:
        """How many calls a customer takes, and when the call is that reaches them, if any does.

        A customer who acts before the first call (`until`) is not called. Calls are made in the order of the rows; a
        further attempt does not queue again, but its time is taken from the agents.
        """
        first = max(self._open_time.position(now) + self._first_ms, self._free_at)
        if until is not None and until <= self._open_time.at(first):
            return 0, None
        calls = min(attempt, self._attempts)
        self._free_at = first + calls * self._call_ms
        reached = first + (attempt - 1) * self._between_ms
        return calls, self._open_time.at(reached) if attempt <= self._attempts else None


class People:
    """All who act on orders. Wired to the ports by the engine."""

    def __init__(
        self,
        scenario: Scenario,
        policy: Policy,
        service: Service,
        agenda: Agenda,
        tally: Tally,
        lives: Mapping[str, Life],
        open_days: range,
        holidays: frozenset[int],
    ) -> None:
        self._service, self._agenda, self._tally, self._lives = service, agenda, tally, lives
        self._agent = service.agent
        self._awake = OpenTime(scenario.customers.awake, open_days, holidays)
        self._retry_ms = round(scenario.customers.retries_after_hours * HOUR)
        self._bands = [start for start, _ in policy.slot_grid.times()]
        self._desks = {
            plan.name: Desk(plan.call_centre, OpenTime(plan.call_centre.hours, open_days, holidays))
            for plan in scenario.operators
            if plan.call_centre is not None
        }
        self._session_ends: list[int] = []
        self._acts: Act = self._customer_acts  # made once, not for each promise

    def get_link(self, order: str, link: str, sent_at: int) -> None:
        """A customer's telephone rings: an engagement SMS brings the link, and they mean to use it or not."""
        life = self._lives[order]
        day, index = life.day, life.index
        life.link = link
        if day.behaviour[index] != NOTHING:
            acts_at = self._awake.after(sent_at, day.answer_ms[index])
            if acts_at < self._closes_at(life):
                life.acts_at = acts_at
                self._agenda.wake_at(acts_at, self._acts, life)
            elif day.measured:
                self._tally.outcomes[life.territory][Outcome.ANSWERED_TOO_LATE] += 1
        if day.cancels[index]:
            cancels_at = sent_at + int(day.cancel_fraction[index] * CANCELS_WITHIN)
            self._agenda.wake_at(cancels_at, self._operator_cancels, life)

    def get_rows(self, operator: str, rows: Sequence[Sequence[str]]) -> None:
        """An operator fetches a file: its call centre plans a call for each row whose customer has not acted."""
        desk = self._desks.get(operator)
        if desk is None:
            return
        for code, _, link, _ in rows:
            life = self._lives.get(code)
            if life is not None and life.order.state is ENGAGED:
                life.operator_link = link
                self._plan_call(desk, life)

    def _plan_call(self, desk: Desk, life: Life) -> None:
        attempt = life.day.reached_at_attempt[life.index]
        calls, reached_at = desk.plan(self._agenda.now, attempt, life.acts_at)
        self._tally.row[Load.CALLS] += calls
        if reached_at is not None and reached_at < min(life.acts_at or reached_at + 1, self._closes_at(life)):
            self._agenda.wake_at(reached_at, self._customer_reached, life)

    def _customer_acts(self, life: Life, now: int) -> None:
        if life.order.state is ENGAGED:
            refuses = life.day.behaviour[life.index] == REFUSES
            self._visit_agent(life, now, life.link, refuses, self._acts)

    def _customer_reached(self, life: Life, now: int) -> None:
        if life.order.state is ENGAGED:
            refuses = bool(life.day.refuses_on_call[life.index])
            self._visit_agent(life, now, life.operator_link, refuses, self._customer_reached)

    def _visit_agent(self, life: Life, now: int, link: str, refuses: bool, again: Act) -> None:
        """One session of the Virtual Agent: refuse, or book the first slot that suits."""
        self._begin_session(now, life.day.session_ms[life.index])
        if refuses:
            self._agent.decline(link, now)
            return
        day, wished = civil_day(now) + life.day.wish_days[life.index], self._bands[life.day.wish_band[life.index]]
        slot = self._agent.first_slot(link, now, instant_of(day, wished))
        if slot is None:
            self._found_none(life, now, again)
            return
        self._agent.confirm(link, slot, now)
        life.booked_at = now
        if life.day.reschedules[life.index]:
            open_ms = max(reminder_deadline(slot.start) - now, 0)
            moves_at = now + int(open_ms * life.day.reschedule_fraction[life.index])
            self._agenda.wake_at(moves_at, self._customer_moves, (life, link))

    def _found_none(self, life: Life, now: int, again: Act) -> None:
        """No slot on offer: try again another day, while the term runs."""
        self._tally.row[Load.NO_SLOT] += 1
        if not life.found_no_slot:
            life.found_no_slot = True
            if life.day.measured:
                self._tally.outcomes[life.territory][Outcome.FOUND_NO_SLOT] += 1
        if now + self._retry_ms < self._closes_at(life):
            self._agenda.wake_at(now + self._retry_ms, again, life)

    def _customer_moves(self, subject: tuple[Life, str], now: int) -> None:
        life, link = subject
        slot = life.order.slot
        if life.order.state is not BOOKED or slot is None:
            return
        self._begin_session(now, life.day.session_ms[life.index])
        day, start = wall_clock(slot.start)
        wished = instant_of(day + max(life.day.move_days[life.index], 1), start)
        other = self._agent.first_slot(link, now, wished)
        if other is not None and other != slot:
            self._agent.reschedule(link, other, now)

    def _operator_cancels(self, life: Life, now: int) -> None:
        if life.order.state is ENGAGED or life.order.state is BOOKED:
            self._service.cancel(life.code, "operator", now)

    def _begin_session(self, now: int, lasts_ms: int) -> None:
        """Sessions at once: those that began before and have not ended."""
        ends = self._session_ends
        while ends and ends[0] <= now:
            heappop(ends)
        heappush(ends, now + lasts_ms)
        self._tally.row[Load.SESSIONS] += 1
        self._tally.peak(Load.SESSIONS_PEAK, len(ends))

    def _closes_at(self, life: Life) -> int:
        closes_at = life.order.closes_at
        return closes_at if closes_at is not None else 0
