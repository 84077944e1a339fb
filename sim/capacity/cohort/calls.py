"""The call centres of the ordered loop: agents, open hours, and one queue for each operator."""

from __future__ import annotations

from sim.capacity.cohort import layout as at
from sim.capacity.cohort.arrays import (
    World,
    count,
    count_wait,
    free_order,
    instant_at,
    keep_peak,
    note_reply,
    position_of,
    promise,
)
from sim.capacity.cohort.sessions import customer_reached
from sim.capacity.engine.tally import CallCount, HourlyCount, Wait

CALLS = HourlyCount.CALLS
CALLS_MADE = CallCount.MADE
CALLS_NOT_MADE = CallCount.NOT_MADE
CALLS_WAITING = HourlyCount.CALLS_WAITING
OF_CALL = Wait.CALL


def open_position(world: World, operator: int, instant: int) -> int:
    """The open time (ms) of a call centre that has passed at an instant."""
    centres = world.centres
    if centres[operator, at.CENTRE_ALWAYS] == 1:
        return instant
    return position_of(
        world.openings, centres[operator, at.CENTRE_FIRST], centres[operator, at.CENTRE_OPENINGS], instant
    )


def after_open(world: World, operator: int, instant: int, open_ms: int) -> int:
    """The instant so much open time (ms) of a call centre after another."""
    centres = world.centres
    position = open_position(world, operator, instant) + open_ms
    if centres[operator, at.CENTRE_ALWAYS] == 1:
        return position
    return instant_at(
        world.openings, centres[operator, at.CENTRE_FIRST], centres[operator, at.CENTRE_OPENINGS], position
    )


def ask_call(world: World, operator: int, order: int, now: int) -> None:
    """A row asks for its first call."""
    world.orders[order, at.CALL_ATTEMPT] = 1
    promise(world, after_open(world, operator, now, world.centres[operator, at.FIRST_MS]), at.CALL_IS_DUE, order)


def may_be_called(world: World, order: int, now: int) -> bool:
    """Whether nobody has acted yet and the term still runs."""
    return bool(
        world.orders[order, at.STATE] == world.reg[at.STATE_ENGAGED] and now < world.orders[order, at.CLOSES_AT]
    )


def call_is_due(world: World, order: int, now: int) -> None:
    """An agent calls, or the order joins the queue."""
    orders, centres = world.orders, world.centres
    if not may_be_called(world, order, now):
        return
    operator = orders[order, at.OPERATOR]
    orders[order, at.CALL_SINCE] = now
    if centres[operator, at.FREE_AGENTS] > 0:
        call(world, order, now)
        return
    orders[order, at.CALL_NEXT] = at.NONE
    orders[order, at.PENDING] += 1
    if centres[operator, at.QUEUE_LENGTH] == 0:
        centres[operator, at.QUEUE_FIRST] = order
    else:
        orders[centres[operator, at.QUEUE_LAST], at.CALL_NEXT] = order
    centres[operator, at.QUEUE_LAST] = order
    centres[operator, at.QUEUE_LENGTH] += 1
    keep_peak(world, now, CALLS_WAITING, centres[operator, at.QUEUE_LENGTH])


def call(world: World, order: int, now: int) -> None:
    """One call: it takes an agent for its time, and reaches the customer or asks for another."""
    orders, centres = world.orders, world.centres
    operator, attempt = orders[order, at.OPERATOR], orders[order, at.CALL_ATTEMPT]
    centres[operator, at.FREE_AGENTS] -= 1
    orders[order, at.CALLS] += 1
    count(world, now, CALLS, 1)
    count_wait(
        world,
        OF_CALL,
        open_position(world, operator, now) - open_position(world, operator, orders[order, at.CALL_SINCE]),
    )
    if world.reg[at.MEASURING] == 1:
        world.calls[operator, CALLS_MADE] += 1
    promise(world, after_open(world, operator, now, centres[operator, at.CALL_MS]), at.AGENT_IS_FREE, operator)
    if attempt == orders[order, at.REACHED_AT_ATTEMPT]:
        note_reply(world, order, at.REPLY_CALL, now)
        customer_reached(world, order, now)
    elif attempt < centres[operator, at.MOST_ATTEMPTS]:
        orders[order, at.CALL_ATTEMPT] = attempt + 1
        promise(world, after_open(world, operator, now, centres[operator, at.BETWEEN_MS]), at.CALL_IS_DUE, order)


def agent_is_free(world: World, operator: int, now: int) -> None:
    """An agent takes the first of the queue whom there is still a reason to call."""
    orders, centres, reg = world.orders, world.centres, world.reg
    centres[operator, at.FREE_AGENTS] += 1
    while centres[operator, at.QUEUE_LENGTH] > 0:
        order = centres[operator, at.QUEUE_FIRST]
        centres[operator, at.QUEUE_FIRST] = orders[order, at.CALL_NEXT]
        centres[operator, at.QUEUE_LENGTH] -= 1
        called = may_be_called(world, order, now)
        if called:
            call(world, order, now)
        elif reg[at.MEASURING] == 1 and world.term_over[orders[order, at.STATE]] == 1:
            world.calls[operator, CALLS_NOT_MADE] += 1
        orders[order, at.PENDING] -= 1
        free_order(world, order)
        if called:
            return
