"""The ordered loop: what competes for gateway, connections, slots and agents, in the order of the service engine.

Events happen by instant, and within an instant in the order in which they were asked for. What happens to an order is
in its programs (`life_tables`), when it happens in the tables made from `reference_impl`; here is only who comes first.
"""

from __future__ import annotations

from heapq import heapify, heappop
from typing import Any

import numpy as np

from reference_impl.civil_time import HOUR
from sim.agenda import SPAN
from sim.capacity.cohort import layout as at
from sim.capacity.cohort.arrays import SPARE_EVENTS, TURNS, Flow, Ints, World, ask, count, let_go
from sim.capacity.cohort.calls import agent_is_free, call_is_due
from sim.capacity.cohort.closing import close_open, forget_ended
from sim.capacity.cohort.files import deposit
from sim.capacity.cohort.lives import happen
from sim.capacity.cohort.sessions import customer_moves, customer_reached, visit_agent
from sim.capacity.engine.tally import Cohort, HourlyCount, Outcome
from sim.capacity.engine.workload import REFUSES

ALIVE = HourlyCount.ALIVE
COHORT_RECEIVED = Cohort.RECEIVED
LINE_READY = HourlyCount.LINE_READY
OUT_IN_SERVICE = Outcome.IN_SERVICE
OUT_RECEIVED = Outcome.RECEIVED
RECEIVED = HourlyCount.RECEIVED


def act(w: World, f: Flow, kind: int, subject: int, now: int) -> None:
    """Let an event happen."""
    o, reg = w.orders, w.reg
    if kind < at.WAKE_UP_COUNT:
        if o[subject, at.AWAITED + kind] == now:
            happen(w, f, subject, kind, now, o[subject, at.SLOT], at.BY_CUSTOMER)
        return
    if kind == at.DEPOSIT:
        deposit(w, f, subject, now)
        return
    if kind == at.AGENT_IS_FREE:
        agent_is_free(w, f, subject, now)
        return
    state = o[subject, at.STATE]
    if kind == at.LINE_IS_READY:
        if o[subject, at.FORGOTTEN] == 0 and o[subject, at.IN_SERVICE] >= 0:
            count(w, now, LINE_READY, 1)
            happen(w, f, subject, at.HAPPENS_LINE_READY, now, at.NONE, at.BY_CUSTOMER)
    elif kind == at.CUSTOMER_ACTS:
        if state == reg[at.STATE_ENGAGED]:
            visit_agent(w, f, subject, now, o[subject, at.BEHAVIOUR] == REFUSES, at.BY_CUSTOMER, kind)
    elif kind == at.CUSTOMER_REACHED:
        customer_reached(w, f, subject, now)
    elif kind == at.CALL_IS_DUE:
        call_is_due(w, f, subject, now)
    elif kind == at.CUSTOMER_MOVES:
        customer_moves(w, f, subject, now)
    elif state == reg[at.STATE_ENGAGED] or state == reg[at.STATE_BOOKED]:  # OPERATOR_CANCELS
        happen(w, f, subject, at.HAPPENS_CANCEL, now, at.NONE, at.BY_CUSTOMER)


def take_in(w: World, f: Flow, incoming: Any, fractions: Any, until: int) -> None:
    """Let the orders of the day in that come before an instant."""
    o, reg = w.orders, w.reg
    index = reg[at.TAKEN_IN]
    while index < len(incoming) and incoming[index, at.RECEIVED] < until:
        order = reg[at.FREE_ORDER]
        reg[at.FREE_ORDER] = o[order, at.NEXT]
        reg[at.FREE_ORDERS] -= 1
        o[order, :] = incoming[index, :]
        w.fractions[order] = fractions[index]
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
            f.ended.append(int(order))
        ask(w, f, o[order, at.LINE_READY], at.LINE_IS_READY, order)
        index += 1
    reg[at.TAKEN_IN] = index


def begin_span(w: World, f: Flow, incoming: Any, fractions: Any, span: int) -> None:
    """Begin five minutes: the row of a new hour, the events that were promised, the orders that come."""
    reg, events = w.reg, w.events
    start = reg[at.START] + span * SPAN
    if (span * SPAN) % HOUR == 0:
        forget_ended(w, f)
        w.hours[(span * SPAN) // HOUR, ALIVE] = reg[at.ALIVE_ORDERS]
    is_after_all = span == reg[at.FIRST_SPAN] and reg[at.TODAY] > reg[at.LAST_DAY]
    if is_after_all and (reg[at.ALIVE_ORDERS] == 0 or reg[at.TODAY] >= reg[at.STOP_DAY]):
        close_open(w)
        reg[at.STOPPED] = 1
        return
    reg[at.NOW_SPAN] = span
    event = w.spans[span]
    w.spans[span] = at.NONE
    while event != at.NONE:
        key = (events[event, at.WHEN] - start) * TURNS + events[event, at.TURN]
        f.heap.append((int(key), int(event)))
        event = events[event, at.FOLLOWING]
    heapify(f.heap)
    take_in(w, f, incoming, fractions, start + SPAN)


def run_day(w: World, f: Flow, incoming: Any, fractions: Any, until: int) -> int:
    """Run to the end of a day; hands back early, to go on later, when a table is nearly full."""
    reg, events, heap = w.reg, w.events, f.heap
    while reg[at.PROBLEM] == 0 and reg[at.STOPPED] == 0:
        if len(heap) == 0:
            span = reg[at.NOW_SPAN] + 1
            if span * SPAN + reg[at.START] >= until:
                return at.DAY_OVER
            if reg[at.FREE_EVENTS] < len(incoming) + SPARE_EVENTS:
                return at.POOL_EMPTY
            begin_span(w, f, incoming, fractions, span)
            continue
        event = heap[0][1]
        kind, subject = events[event, at.KIND], events[event, at.SUBJECT]
        needed = w.orders[subject, at.RUN_ROWS] if kind == at.DEPOSIT else 0
        if reg[at.FREE_EVENTS] < needed + SPARE_EVENTS:
            return at.POOL_EMPTY
        heappop(heap)
        now = events[event, at.WHEN]
        events[event, at.FOLLOWING] = reg[at.FREE_EVENT]
        reg[at.FREE_EVENT] = event
        reg[at.FREE_EVENTS] += 1
        act(w, f, kind, subject, now)
        if kind < at.DEPOSIT:
            w.orders[subject, at.PENDING] -= 1
            let_go(w, subject)
    return at.DAY_OVER


def run(
    w: World,
    heap: Any,
    connections: Any,
    session_ends: Any,
    queued: Any,
    ended: Any,
    incoming: Any,
    fractions: Any,
    until: int,
) -> tuple[Any, ...]:
    """Run to an instant with what was under way as arrays; what is under way then, as arrays, and what was told."""
    f = flow_by_reference(
        Flow(
            [(int(heap[i, 0]), int(heap[i, 1])) for i in range(len(heap))],
            [int(free_at) for free_at in connections],
            [int(end) for end in session_ends],
            [int(start) for start in queued],
            [int(order) for order in ended],
            [int(word) for word in ended[:0]],
            [int(word) for word in ended[:0]],
        )
    )
    why = run_day(by_reference(w), f, incoming, fractions, until)
    pairs = np.zeros((len(f.heap), 2), np.int64)
    for i in range(len(f.heap)):
        pairs[i, 0], pairs[i, 1] = f.heap[i]
    waiting = f.queued[f.queued[0] :]
    waiting[0:0] = [1]
    return (
        why,
        pairs,
        np.array(f.connections),
        as_array(f.session_ends),
        as_array(waiting),
        as_array(f.ended),
        as_array(f.told),
        as_array(f.kept),
    )


def flow_by_reference(f: Flow) -> Flow:
    """The lists as the functions hand them to each other; compiled, one reference to all of them."""
    return f


def by_reference(w: World) -> World:
    """The world as the functions hand it to each other; compiled, this makes one pointer of its arrays."""
    return w


def as_array(numbers: Ints) -> Any:
    """A list of whole numbers, which may be empty, as an array."""
    made = np.zeros(len(numbers), np.int64)
    for i in range(len(numbers)):
        made[i] = numbers[i]
    return made
