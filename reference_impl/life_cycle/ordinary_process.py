"""What an order gets outside this service: telephone contact attempts and the commercial services of its operator.

It exists so that its absence from an order of the service is a real observation (ROUTE-1 to ROUTE-4). The details of
the reference offer are not modelled: three attempts, one a working day.
"""

from __future__ import annotations

from reference_impl.civil_time import HOUR, instant_of, wall_clock
from reference_impl.life_cycle.effects import Effects, Notify, StartCommercialService, StartContactPolicy, WakeAt
from reference_impl.orders import Detail, Event, Order
from reference_impl.policy import Policy
from reference_impl.working_days import day_book

ATTEMPTS = 3
CALLS_START = 9 * HOUR


def start_ordinary_process(order: Order, now: int, policy: Policy, detail: Detail) -> Effects:
    """AC/CO of an order outside the service: tell the operator, call the customer, start what the operator bought."""
    notice = Notify(detail.code)
    if order.attempts or (order.flow == "disaggregated" and order.work.pdc_disaggregated):
        return (notice,)  # already begun; or ROUTE-6: the operator makes the appointment itself
    bought = order.operator.commercial_services if order.flow == "ordinary" else ()
    services = tuple(map(StartCommercialService, bought))  # ROUTE-2, ROUTE-3, ROUTE-4
    return notice, *services, *_call(order, now, policy)


def next_attempt(order: Order, now: int, policy: Policy, detail: Detail) -> Effects:
    """A further telephone attempt."""
    return _call(order, now, policy)


def _call(order: Order, now: int, policy: Policy) -> Effects:
    """ROUTE-1: one attempt of the telephone contact policy, and the promise of the next."""
    order.attempts += 1
    call = StartContactPolicy(order.attempts)
    if order.attempts == ATTEMPTS:
        return (call,)
    days = day_book(policy)
    day = wall_clock(now)[0] + 1
    while not days.is_working(day):
        day += 1
    order.attempt_at = instant_of(day, CALLS_START)
    return call, WakeAt(Event.ATTEMPT, order.attempt_at)
