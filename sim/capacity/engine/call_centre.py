"""One operator's call centre in a capacity run: agents, opening hours, one queue, and what came of the calls.

A row of a file asks for a call some open time after the deposit, and a customer who was not reached for another.
Calls are made in the order in which they were asked for, by whoever is free; a call takes its time whether or not
somebody answers, and goes on the next day if the centre closes over it. It must not know what a customer says.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from reference_impl.civil_time import HOUR, MINUTE
from reference_impl.orders import Order, State
from sim.agenda import Agenda
from sim.capacity.engine.order_under_way import OrderUnderWay
from sim.capacity.engine.tally import CallCount, HourlyCount, Tally, Wait
from sim.capacity.scenario.open_hours import OpenTime
from sim.capacity.scenario.scenario import CallCentre

Reached = Callable[[OrderUnderWay, int], None]
TERM_OVER = frozenset({State.ENGAGED, State.TIMED_OUT, State.HANDED_BACK})
CallRequest = tuple[OrderUnderWay, int, int]  # whom to call, which attempt it is, and since when the call is asked for


class CallQueue:
    """The queue and the agents. `number` is the operator's; `reached` hears of each customer who answers.

    A row leaves the queue without a call when its customer has acted, or when its order has timed out: only the latter
    is a call that the centre was too small for.
    """

    def __init__(
        self, number: int, centre: CallCentre, open_time: OpenTime, agenda: Agenda, tally: Tally, reached: Reached
    ) -> None:
        self._open_time, self._agenda, self._tally, self._reached = open_time, agenda, tally, reached
        self._counts = tally.calls[number]
        self._attempts = centre.attempts
        self._call_ms = round(centre.minutes_per_call * MINUTE)
        self._between_ms = round(centre.hours_between_attempts * HOUR)
        self._first_ms = round(centre.first_call_after_hours * HOUR)
        self._free_agents = centre.agents
        self._waiting: deque[CallRequest] = deque()

    def ask(self, under_way: OrderUnderWay, now: int) -> None:
        """A row has come: ask for the first call."""
        self._agenda.wake_at(self._open_time.after(now, self._first_ms), self._call_is_due, (under_way, 1))

    def _call_is_due(self, subject: tuple[OrderUnderWay, int], now: int) -> None:
        under_way, attempt = subject
        if not _may_be_called(under_way.order, now):
            return
        if self._free_agents:
            self._call((under_way, attempt, now), now)
        else:
            self._waiting.append((under_way, attempt, now))
            self._tally.peak(HourlyCount.CALLS_WAITING, len(self._waiting))

    def _call(self, request: CallRequest, now: int) -> None:
        under_way, attempt, since = request
        self._free_agents -= 1
        under_way.calls += 1
        self._tally.row[HourlyCount.CALLS] += 1
        self._tally.waited(Wait.CALL, self._open_time.position(now) - self._open_time.position(since))
        self._count(CallCount.MADE)
        self._agenda.wake_at(self._open_time.after(now, self._call_ms), self._agent_is_free, None)
        if attempt == under_way.day.reached_at_attempt[under_way.index]:
            self._reached(under_way, now)
        elif attempt < self._attempts:
            self._agenda.wake_at(
                self._open_time.after(now, self._between_ms), self._call_is_due, (under_way, attempt + 1)
            )

    def _agent_is_free(self, _: None, now: int) -> None:
        self._free_agents += 1
        while self._waiting:
            request = self._waiting.popleft()
            order = request[0].order
            if _may_be_called(order, now):
                self._call(request, now)
                return
            if order.state in TERM_OVER:
                self._count(CallCount.NOT_MADE)

    def _count(self, call_count: int) -> None:
        if self._tally.is_measuring:
            self._counts[call_count] += 1


def _may_be_called(order: Order, now: int) -> bool:
    """Whether nobody has acted yet and the term still runs."""
    return order.state is State.ENGAGED and order.closes_at is not None and now < order.closes_at
