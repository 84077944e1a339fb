"""The ordered loop: what competes for gateway, connections, slots and agents, in the order of the service engine.

Events happen by instant, and within an instant in the order in which they were asked for. What happens to an order is
in its programs (`life_tables`), when it happens in the tables made from `reference_impl`; here is only who comes first.
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
    ask,
    count,
    drop_soonest,
    end,
    has_room,
    let_go,
    look_ahead,
    settle,
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


def act(w: World, kind: int, subject: int, now: int) -> None:
    """Let an event happen."""
    o, reg = w.orders, w.reg
    if kind < at.WAKE_UP_COUNT:
        if o[subject, at.AWAITED + kind] == now:
            happen(w, subject, kind, now, o[subject, at.SLOT], at.BY_CUSTOMER)
        return
    if kind >= at.VISIT_AGAIN:
        act_apart(w, kind, subject, now)
        return
    state = o[subject, at.STATE]
    if kind == at.LINE_IS_READY:
        if o[subject, at.FORGOTTEN] == 0 and o[subject, at.IN_SERVICE] >= 0:
            count(w, now, LINE_READY, 1)
            happen(w, subject, at.HAPPENS_LINE_READY, now, at.NONE, at.BY_CUSTOMER)
    elif kind == at.CUSTOMER_ACTS:
        if state == reg[at.STATE_ENGAGED]:
            visit_agent(w, subject, now, o[subject, at.BEHAVIOUR] == REFUSES, at.BY_CUSTOMER, kind)
    elif kind == at.CUSTOMER_REACHED:
        customer_reached(w, subject, now)
    elif kind == at.CALL_IS_DUE:
        call_is_due(w, subject, now)
    elif kind == at.CUSTOMER_MOVES:
        customer_moves(w, subject, now)
    elif state == reg[at.STATE_ENGAGED] or state == reg[at.STATE_BOOKED]:  # OPERATOR_CANCELS
        happen(w, subject, at.HAPPENS_CANCEL, now, at.NONE, at.BY_CUSTOMER)


def act_apart(w: World, kind: int, subject: int, now: int) -> None:
    """Let an event happen that concerns no order under way: a further visit, a file, an agent."""
    if kind == at.VISIT_AGAIN:
        visit_again(w, subject, now)
    elif kind == at.DEPOSIT:
        deposit(w, subject, now)
    else:
        agent_is_free(w, subject, now)


def take_in(w: World, until: int) -> None:
    """Let the orders of the day in that come before an instant."""
    o, reg, coming = w.orders, w.reg, w.coming
    index = reg[at.TAKEN_IN]
    size = len(w.coming_fractions)
    while index < size and coming[at.COMING_RECEIVED, index] < until:
        order = reg[at.FREE_ORDER]
        reg[at.FREE_ORDER] = o[order, at.NEXT]
        reg[at.FREE_ORDERS] -= 1
        settle(w, order, index)
        w.fractions[order] = w.coming_fractions[index]
        reg[at.ALIVE_ORDERS] += 1
        reg[at.ORDERS] += 1
        count(w, o[order, at.RECEIVED], RECEIVED, 1)
        cohort, territory = o[order, at.COHORT], o[order, at.TERRITORY]
        if cohort != at.NONE:
            w.outcomes[territory, OUT_RECEIVED] += 1
            if o[order, at.IN_SERVICE] == 1:
                w.outcomes[territory, OUT_IN_SERVICE] += 1
            w.cohorts[cohort, COHORT_RECEIVED] += 1
        if o[order, at.IN_SERVICE] < 0:  # handed back at once
            end(w, order)
        ask(w, o[order, at.LINE_READY], at.LINE_IS_READY, order)
        index += 1
    reg[at.TAKEN_IN] = index


def begin_span(w: World, span: int) -> None:
    """Begin five minutes: the row of a new hour, the events that were promised, the orders that come."""
    reg = w.reg
    start = reg[at.START] + span * SPAN
    if (span * SPAN) % HOUR == 0:
        forget_ended(w)
        w.hours[(span * SPAN) // HOUR, ALIVE] = reg[at.ALIVE_ORDERS]
        w.hours[(span * SPAN) // HOUR, OPENING_ALIVE] = reg[at.OPENING]
    is_after_all = span == reg[at.FIRST_SPAN] and reg[at.TODAY] > reg[at.LAST_DAY]
    is_done = reg[at.ALIVE_ORDERS] == 0 and reg[at.UNFINISHED] == 0
    if is_after_all and (is_done or reg[at.TODAY] >= reg[at.STOP_DAY]):
        close_open(w)
        reg[at.STOPPED] = 1
        return
    reg[at.NOW_SPAN] = span
    line_up(w, span)
    take_in(w, start + SPAN)


def line_up(w: World, span: int) -> None:
    """Put the events that were promised for five minutes in order, and free their blocks."""
    reg, blocks, due = w.reg, w.blocks, w.due_unsorted
    block, size = w.spans[span], w.span_sizes[span]
    w.spans[span] = at.NONE
    place = size
    while block != at.NONE:
        for field in range(blocks[block, at.FILLED] - 1, at.FIRST_IN_BLOCK - 1, -1):
            place -= 1
            due[place] = blocks[block, field]
        before = blocks[block, at.BEFORE]
        blocks[block, at.BEFORE] = reg[at.FREE_BLOCK]
        reg[at.FREE_BLOCK] = block
        reg[at.FREE_BLOCKS] += 1
        block = before
    reg[at.DUE_FIRST], reg[at.DUE_END] = 0, size
    sort_due(w, size)


def may_begin(w: World, orders: int, span: int) -> bool:
    """Whether every table has room for as many orders as five minutes bring or an hour has ended."""
    room = w.span_sizes[span] <= len(w.due) and w.reg[at.KEPT] + at.KEPT_FIELDS * orders <= len(w.kept)
    return bool(room and has_room(w, orders))


def run(w: World, until: int) -> int:
    """Run to an instant: DAY_OVER, or TABLE_FULL where a table must grow first."""
    reg = w.reg
    while reg[at.PROBLEM] == 0 and reg[at.STOPPED] == 0:
        first, behind = reg[at.DUE_FIRST], reg[at.DUE_END]
        if first == behind and reg[at.SOON] == 0:
            span = reg[at.NOW_SPAN] + 1
            if span * SPAN + reg[at.START] >= until:
                return at.DAY_OVER
            reg[at.NEEDED] = max(len(w.coming_fractions), reg[at.ENDED])
            if not may_begin(w, reg[at.NEEDED], span):
                return at.TABLE_FULL
            begin_span(w, span)
            continue
        is_soon = first == behind or (reg[at.SOON] > 0 and w.soon_keys[0] >> TURN_BITS < w.due[first] >> WHAT_BITS)
        if is_soon:
            offset, what = w.soon_keys[0] >> TURN_BITS, w.soon[0]
        else:
            offset, what = w.due[first] >> WHAT_BITS, w.due[first] & WHATS
        kind, subject = what >> at.SUBJECT_BITS, what & SUBJECTS
        reg[at.NEEDED] = w.orders[subject, at.RUN_ROWS] if kind == at.DEPOSIT else 0
        if not has_room(w, reg[at.NEEDED]):
            return at.TABLE_FULL
        if is_soon:
            drop_soonest(w)
        else:
            reg[at.DUE_FIRST] = first + 1
            if first + AHEAD < behind and w.due[first + AHEAD] & WHATS < at.DEPOSIT << at.SUBJECT_BITS:
                look_ahead(w, w.due[first + AHEAD] & SUBJECTS)
        act(w, kind, subject, reg[at.START] + reg[at.NOW_SPAN] * SPAN + offset)
        if kind < at.DEPOSIT:
            w.orders[subject, at.PENDING] -= 1
            let_go(w, subject)
    return at.DAY_OVER
