"""The arrays that the ordered loop works on, and what every part of it does with them: promise, count, tell.

The functions of the loop use numbers, arrays and lists only, so that they can be compiled as they stand. Nothing in
them is a rule of the service.
"""

from __future__ import annotations

from heapq import heappush
from typing import Any, NamedTuple

from reference_impl.civil_time import HOUR
from sim.agenda import SPAN
from sim.capacity.cohort import layout as at

A_THOUSAND = 1000
Heap = Any
Ints = Any
SPARE_EVENTS = 16  # one event asks for no more
TURNS = 1 << 40  # more than a run has events


class World(NamedTuple):
    """The arrays of a run: its state, its tables, its counts."""

    reg: Any
    orders: Any
    fractions: Any  # of each order: how far into the open time a customer moves the appointment
    events: Any
    spans: Any  # the first event of each five minutes to come
    slots: Any
    free: Any  # places left, by territory and slot
    places: Any  # technicians, whoever has booked
    starts: Any
    programs: Any
    program_of: Any
    agent: Any
    centres: Any
    openings: Any  # of the call centres, then of the customers
    awake: Any
    bins: Any
    hours: Any
    handed: Any
    sent: Any
    outcomes: Any
    measures: Any
    waits: Any
    cohorts: Any
    visits: Any
    calls: Any
    lead: Any
    lead_weekdays: Any
    weeks: Any
    ended_as: Any  # the outcome of a state, if it is an end in the service
    term_over: Any  # of a state: whether it means that the term ended before a call
    cohort_of: Any  # the column of a day's counts for an outcome


class Flow(NamedTuple):
    """What grows and shrinks while the loop runs, as lists."""

    heap: Heap
    connections: Ints
    session_ends: Ints
    queued: Ints  # when the notifications that wait will start
    ended: Ints
    told: Ints
    kept: Ints


def bin_number(bins: Any, duration: int) -> int:
    """The bin of a duration (ms): the last whose first whole millisecond is not above it."""
    low, high = 0, len(bins) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if bins[middle] <= duration:
            low = middle
        else:
            high = middle - 1
    return low


def last_at_or_before(openings: Any, column: int, first: int, count: int, value: int) -> int:
    """How many of `count` rows from `first` on have a column at or below a value, less one."""
    low, high = 0, count
    while low < high:
        middle = (low + high) // 2
        if openings[first + middle, column] <= value:
            low = middle + 1
        else:
            high = middle
    return low - 1


def position_of(openings: Any, first: int, count: int, instant: int) -> int:
    """The open time (ms) passed at an instant, by `count` openings from row `first` on; see `OpenTime.position`."""
    index = last_at_or_before(openings, at.OPENS, first, count, instant)
    if index < 0:
        return 0
    row = first + index
    since = instant - openings[row, at.OPENS]
    length = openings[row, at.OPEN_LENGTH]
    return int(openings[row, at.OPEN_BEFORE] + (since if since < length else length))


def instant_at(openings: Any, first: int, count: int, position: int) -> int:
    """The instant at which that much open time (ms) has passed; at a closing time, the next opening."""
    index = last_at_or_before(openings, at.OPEN_BEFORE, first, count, position)
    row = first + index
    return int(openings[row, at.OPENS] + position - openings[row, at.OPEN_BEFORE])


def ask(w: World, f: Flow, instant: int, kind: int, subject: int) -> None:
    """Promise an event; what lies beyond the run is forgotten."""
    reg = w.reg
    turn = reg[at.NEXT_TURN]
    reg[at.NEXT_TURN] = turn + 1
    if instant >= reg[at.LATEST]:
        return
    event = reg[at.FREE_EVENT]
    events = w.events
    reg[at.FREE_EVENT] = events[event, at.FOLLOWING]
    reg[at.FREE_EVENTS] -= 1
    events[event, at.WHEN] = instant
    events[event, at.TURN] = turn
    events[event, at.KIND] = kind
    events[event, at.SUBJECT] = subject
    if kind < at.DEPOSIT:
        w.orders[subject, at.PENDING] += 1
    span = (instant - reg[at.START]) // SPAN
    if span <= reg[at.NOW_SPAN]:
        heappush(f.heap, (int((instant - reg[at.START] - span * SPAN) * TURNS + turn), int(event)))
    else:
        events[event, at.FOLLOWING] = w.spans[span]
        w.spans[span] = event


def let_go(w: World, order: int) -> None:
    """Free the place of an order that is forgotten and that nothing names any more."""
    if w.orders[order, at.FORGOTTEN] == 1 and w.orders[order, at.PENDING] == 0:
        w.orders[order, at.NEXT] = w.reg[at.FREE_ORDER]
        w.reg[at.FREE_ORDER] = order
        w.reg[at.FREE_ORDERS] += 1


def tell(w: World, f: Flow, order: int, what: int, value: int) -> None:
    """Note something of a sampled order."""
    o = w.orders
    if o[order, at.SAMPLED] == 1:
        f.told.append(int(o[order, at.DAY]))
        f.told.append(int(o[order, at.INDEX]))
        f.told.append(int(what))
        f.told.append(int(value))


def count(w: World, now: int, load: int, number: int) -> None:
    """Count in the hour that runs."""
    w.hours[(now - w.reg[at.START]) // HOUR, load] += number


def peak(w: World, now: int, load: int, value: int) -> None:
    """Keep the largest value of the hour that runs."""
    hour = (now - w.reg[at.START]) // HOUR
    w.hours[hour, load] = max(w.hours[hour, load], value)


def wait(w: World, kind: int, wait_ms: int) -> None:
    """Count a wait, within the measured time."""
    if w.reg[at.MEASURING] == 1:
        w.waits[kind, bin_number(w.bins, wait_ms) if wait_ms else 0] += 1
