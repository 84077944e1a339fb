"""The ordered loop: what competes for gateway, connections, slots and agents, in the order of the service engine.

Events happen by instant, and within an instant in the order in which they were promised. What happens to an order is
in its programs (`life_tables`), and when it happens in tables made from `reference_impl`. Here is only which event
comes first.
"""

from __future__ import annotations

from reference_impl.civil_time import HOUR
from sim.agenda import SPAN
from sim.capacity.cohort import layout as at
from sim.capacity.cohort.arrays import (
    SUBJECTS,
    TURN_BITS,
    WHAT_BITS,
    WHATS,
    World,
    count,
    drop_soonest,
    end_order,
    free_order,
    has_room,
    look_ahead,
    place_order,
    promise,
    sort_due,
)
from sim.capacity.cohort.calls import agent_is_free, call_is_due
from sim.capacity.cohort.closing import close_open, forget_ended
from sim.capacity.cohort.files import deposit
from sim.capacity.cohort.free_slots import visit_again
from sim.capacity.cohort.lives import happen
from sim.capacity.cohort.sessions import customer_moves, customer_reached, visit_agent
from sim.capacity.engine.tally import Cohort, HourlyCount, Outcome
from sim.capacity.engine.workload import REFUSES

AHEAD = 3  # events
ALIVE = HourlyCount.ALIVE
COHORT_RECEIVED = Cohort.RECEIVED
LINE_READY = HourlyCount.LINE_READY
OPENING_ALIVE = HourlyCount.OPENING_ALIVE
OUT_IN_SERVICE = Outcome.IN_SERVICE
OUT_RECEIVED = Outcome.RECEIVED
RECEIVED = HourlyCount.RECEIVED


def dispatch(world: World, kind: int, subject: int, now: int) -> None:
    """Let an event happen."""
    orders, reg = world.orders, world.reg
    if kind < at.WAKE_UP_COUNT:
        if orders[subject, at.AWAITED + kind] == now:
            happen(world, subject, kind, now, orders[subject, at.SLOT], at.BY_CUSTOMER)
        return
    if kind >= at.VISIT_AGAIN:
        dispatch_apart(world, kind, subject, now)
        return
    state = orders[subject, at.STATE]
    if kind == at.LINE_IS_READY:
        if orders[subject, at.FORGOTTEN] == 0 and orders[subject, at.IN_SERVICE] >= 0:
            count(world, now, LINE_READY, 1)
            happen(world, subject, at.HAPPENS_LINE_READY, now, at.NONE, at.BY_CUSTOMER)
    elif kind == at.CUSTOMER_ACTS:
        if state == reg[at.STATE_ENGAGED]:
            visit_agent(world, subject, now, orders[subject, at.BEHAVIOUR] == REFUSES, at.BY_CUSTOMER, kind)
    elif kind == at.CUSTOMER_REACHED:
        customer_reached(world, subject, now)
    elif kind == at.CALL_IS_DUE:
        call_is_due(world, subject, now)
    elif kind == at.CUSTOMER_MOVES:
        customer_moves(world, subject, now)
    elif state == reg[at.STATE_ENGAGED] or state == reg[at.STATE_BOOKED]:  # OPERATOR_CANCELS
        happen(world, subject, at.HAPPENS_CANCEL, now, at.NONE, at.BY_CUSTOMER)


def dispatch_apart(world: World, kind: int, subject: int, now: int) -> None:
    """Let an event happen that concerns no order under way: a further visit, a file, an agent."""
    if kind == at.VISIT_AGAIN:
        visit_again(world, subject, now)
    elif kind == at.DEPOSIT:
        deposit(world, subject, now)
    else:
        agent_is_free(world, subject, now)


def take_in(world: World, until: int) -> None:
    """Let the orders of the day in that come before an instant."""
    orders, reg, coming = world.orders, world.reg, world.coming
    index = reg[at.TAKEN_IN]
    size = len(world.coming_fractions)
    while index < size and coming[at.COMING_RECEIVED, index] < until:
        order = reg[at.FREE_ORDER]
        reg[at.FREE_ORDER] = orders[order, at.NEXT]
        reg[at.FREE_ORDERS] -= 1
        place_order(world, order, index)
        world.fractions[order] = world.coming_fractions[index]
        reg[at.ALIVE_ORDERS] += 1
        reg[at.ORDERS] += 1
        count(world, orders[order, at.RECEIVED], RECEIVED, 1)
        cohort, territory = orders[order, at.COHORT], orders[order, at.TERRITORY]
        if cohort != at.NONE:
            world.outcomes[territory, OUT_RECEIVED] += 1
            if orders[order, at.IN_SERVICE] == 1:
                world.outcomes[territory, OUT_IN_SERVICE] += 1
            world.cohorts[cohort, COHORT_RECEIVED] += 1
        if orders[order, at.IN_SERVICE] < 0:  # handed back at once
            end_order(world, order)
        promise(world, orders[order, at.LINE_READY], at.LINE_IS_READY, order)
        index += 1
    reg[at.TAKEN_IN] = index


def begin_span(world: World, span: int) -> None:
    """Begin five minutes: the row of a new hour, the events that were promised, the orders that come."""
    reg = world.reg
    start = reg[at.START] + span * SPAN
    if (span * SPAN) % HOUR == 0:
        forget_ended(world)
        world.hours[(span * SPAN) // HOUR, ALIVE] = reg[at.ALIVE_ORDERS]
        world.hours[(span * SPAN) // HOUR, OPENING_ALIVE] = reg[at.OPENING]
    is_after_all = span == reg[at.FIRST_SPAN] and reg[at.TODAY] > reg[at.LAST_DAY]
    is_done = reg[at.ALIVE_ORDERS] == 0 and reg[at.UNFINISHED] == 0
    if is_after_all and (is_done or reg[at.TODAY] >= reg[at.STOP_DAY]):
        close_open(world)
        reg[at.STOPPED] = 1
        return
    reg[at.NOW_SPAN] = span
    line_up(world, span)
    take_in(world, start + SPAN)


def line_up(world: World, span: int) -> None:
    """Put the events that were promised for five minutes in order, and free their blocks."""
    reg, blocks, due = world.reg, world.blocks, world.due_unsorted
    block, size = world.spans[span], world.span_sizes[span]
    world.spans[span] = at.NONE
    place = size
    while block != at.NONE:
        for field in range(blocks[block, at.FILLED] - 1, at.FIRST_IN_BLOCK - 1, -1):
            place -= 1
            due[place] = blocks[block, field]
        previous_block = blocks[block, at.BEFORE]
        blocks[block, at.BEFORE] = reg[at.FREE_BLOCK]
        reg[at.FREE_BLOCK] = block
        reg[at.FREE_BLOCKS] += 1
        block = previous_block
    reg[at.DUE_FIRST], reg[at.DUE_END] = 0, size
    sort_due(world, size)


def may_begin(world: World, order_count: int, span: int) -> bool:
    """Whether every table has room for as many orders as five minutes bring or an hour has ended."""
    rows_end = world.reg[at.ORDER_ROWS] + at.ORDER_ROW_FIELDS * order_count
    room = world.span_sizes[span] <= len(world.due) and rows_end <= len(world.order_rows)
    return bool(room and has_room(world, order_count))


def run(world: World, until: int) -> int:
    """Run to an instant: DAY_OVER, or TABLE_FULL where a table must grow first."""
    reg = world.reg
    while reg[at.PROBLEM] == 0 and reg[at.STOPPED] == 0:
        due_first, due_end = reg[at.DUE_FIRST], reg[at.DUE_END]
        if due_first == due_end and reg[at.SOON] == 0:
            span = reg[at.NOW_SPAN] + 1
            if span * SPAN + reg[at.START] >= until:
                return at.DAY_OVER
            reg[at.NEEDED] = max(len(world.coming_fractions), reg[at.ENDED])
            if not may_begin(world, reg[at.NEEDED], span):
                return at.TABLE_FULL
            begin_span(world, span)
            continue
        is_soon = due_first == due_end or (
            reg[at.SOON] > 0 and world.soon_keys[0] >> TURN_BITS < world.due[due_first] >> WHAT_BITS
        )
        if is_soon:
            offset, event = world.soon_keys[0] >> TURN_BITS, world.soon[0]
        else:
            offset, event = world.due[due_first] >> WHAT_BITS, world.due[due_first] & WHATS
        kind, subject = event >> at.SUBJECT_BITS, event & SUBJECTS
        reg[at.NEEDED] = world.orders[subject, at.RUN_ROWS] if kind == at.DEPOSIT else 0
        if not has_room(world, reg[at.NEEDED]):
            return at.TABLE_FULL
        if is_soon:
            drop_soonest(world)
        else:
            reg[at.DUE_FIRST] = due_first + 1
            if due_first + AHEAD < due_end and world.due[due_first + AHEAD] & WHATS < at.DEPOSIT << at.SUBJECT_BITS:
                look_ahead(world, world.due[due_first + AHEAD] & SUBJECTS)
        dispatch(world, kind, subject, reg[at.START] + reg[at.NOW_SPAN] * SPAN + offset)
        if kind < at.DEPOSIT:
            world.orders[subject, at.PENDING] -= 1
            free_order(world, subject)
    return at.DAY_OVER
