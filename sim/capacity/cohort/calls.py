"""The call centres of the ordered loop: agents, open hours, and one queue for each operator."""

from __future__ import annotations

from sim.capacity.cohort import layout as at
from sim.capacity.cohort.arrays import World, ask, count, instant_at, let_go, peak, position_of, tell, wait
from sim.capacity.cohort.sessions import customer_reached
from sim.capacity.engine.tally import CallCount, HourlyCount, Wait

CALLS = HourlyCount.CALLS
CALLS_MADE = CallCount.MADE
CALLS_NOT_MADE = CallCount.NOT_MADE
CALLS_WAITING = HourlyCount.CALLS_WAITING
OF_CALL = Wait.CALL


def open_position(w: World, operator: int, instant: int) -> int:
    """The open time (ms) of a call centre that has passed at an instant."""
    c = w.centres
    if c[operator, at.CENTRE_ALWAYS] == 1:
        return instant
    return position_of(w.openings, c[operator, at.CENTRE_FIRST], c[operator, at.CENTRE_OPENINGS], instant)


def after_open(w: World, operator: int, instant: int, open_ms: int) -> int:
    """The instant so much open time (ms) of a call centre after another."""
    c = w.centres
    position = open_position(w, operator, instant) + open_ms
    if c[operator, at.CENTRE_ALWAYS] == 1:
        return position
    return instant_at(w.openings, c[operator, at.CENTRE_FIRST], c[operator, at.CENTRE_OPENINGS], position)


def ask_call(w: World, operator: int, order: int, now: int) -> None:
    """A row asks for its first call."""
    w.orders[order, at.CALL_ATTEMPT] = 1
    ask(w, after_open(w, operator, now, w.centres[operator, at.FIRST_MS]), at.CALL_IS_DUE, order)


def may_be_called(w: World, order: int, now: int) -> bool:
    """Whether nobody has acted yet and the term still runs."""
    return bool(w.orders[order, at.STATE] == w.reg[at.STATE_ENGAGED] and now < w.orders[order, at.CLOSES_AT])


def call_is_due(w: World, order: int, now: int) -> None:
    """An agent calls, or the order joins the queue."""
    o, c = w.orders, w.centres
    if not may_be_called(w, order, now):
        return
    operator = o[order, at.OPERATOR]
    o[order, at.CALL_SINCE] = now
    if c[operator, at.FREE_AGENTS] > 0:
        call(w, order, now)
        return
    o[order, at.CALL_NEXT] = at.NONE
    o[order, at.PENDING] += 1
    if c[operator, at.QUEUE_LENGTH] == 0:
        c[operator, at.QUEUE_FIRST] = order
    else:
        o[c[operator, at.QUEUE_LAST], at.CALL_NEXT] = order
    c[operator, at.QUEUE_LAST] = order
    c[operator, at.QUEUE_LENGTH] += 1
    peak(w, now, CALLS_WAITING, c[operator, at.QUEUE_LENGTH])


def call(w: World, order: int, now: int) -> None:
    """One call: it takes an agent for its time, and reaches the customer or asks for another."""
    o, c = w.orders, w.centres
    operator, attempt = o[order, at.OPERATOR], o[order, at.CALL_ATTEMPT]
    c[operator, at.FREE_AGENTS] -= 1
    o[order, at.CALLS] += 1
    count(w, now, CALLS, 1)
    wait(w, OF_CALL, open_position(w, operator, now) - open_position(w, operator, o[order, at.CALL_SINCE]))
    if w.reg[at.MEASURING] == 1:
        w.calls[operator, CALLS_MADE] += 1
    ask(w, after_open(w, operator, now, c[operator, at.CALL_MS]), at.AGENT_IS_FREE, operator)
    if attempt == o[order, at.REACHED_AT_ATTEMPT]:
        tell(w, order, at.TOLD_CALL, now)
        customer_reached(w, order, now)
    elif attempt < c[operator, at.MOST_ATTEMPTS]:
        o[order, at.CALL_ATTEMPT] = attempt + 1
        ask(w, after_open(w, operator, now, c[operator, at.BETWEEN_MS]), at.CALL_IS_DUE, order)


def agent_is_free(w: World, operator: int, now: int) -> None:
    """An agent takes the first of the queue whom there is still a reason to call."""
    o, c, reg = w.orders, w.centres, w.reg
    c[operator, at.FREE_AGENTS] += 1
    while c[operator, at.QUEUE_LENGTH] > 0:
        order = c[operator, at.QUEUE_FIRST]
        c[operator, at.QUEUE_FIRST] = o[order, at.CALL_NEXT]
        c[operator, at.QUEUE_LENGTH] -= 1
        called = may_be_called(w, order, now)
        if called:
            call(w, order, now)
        elif reg[at.MEASURING] == 1 and w.term_over[o[order, at.STATE]] == 1:
            w.calls[operator, CALLS_NOT_MADE] += 1
        o[order, at.PENDING] -= 1
        let_go(w, order)
        if called:
            return
