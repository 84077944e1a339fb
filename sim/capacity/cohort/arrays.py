"""The arrays that the ordered loop works on, and what every part of it does with them: promise, count, tell.

The functions of the loop use numbers, arrays and lists only, so that they can be compiled as they stand. Nothing in
them is a rule of the service.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from reference_impl.civil_time import HOUR
from sim.agenda import SPAN
from sim.capacity.cohort import layout as at

A_THOUSAND = 1000
SPARE = 16  # one event asks for no more, notifies no oftener and tells no more of an order
TURN_BITS = 40  # more than a run has events
WHAT_BITS = at.KIND_BITS + at.SUBJECT_BITS
SUBJECTS = (1 << at.SUBJECT_BITS) - 1
WHATS = (1 << WHAT_BITS) - 1


class World(NamedTuple):
    """The arrays of a run: its state, its tables, its counts."""

    reg: Any
    coming: Any  # the orders of the day by when they come, a row for each field of `COMING`
    coming_fields: Any  # which those are
    coming_fractions: Any
    blank: Any  # an order that has told nothing yet
    orders: Any
    fractions: Any  # of each order: how far into the open time a customer moves the appointment
    blocks: Any
    spans: Any  # the last block of each five minutes to come
    span_sizes: Any  # and how many events they have
    due: Any  # the events of the five minutes that run, in their order
    due_unsorted: Any
    digits: Any  # how many of them have each digit, while they are sorted
    soon_keys: Any  # when in these five minutes those come that were asked for since they began, and their turn: a heap
    soon: Any  # and what they are
    connections: Any  # when each connection of the operators is free: a heap
    session_ends: Any  # a heap
    waiting: Any  # when the notifications that wait will start
    ended: Any  # the orders that have ended since the hour began
    told: Any
    kept: Any
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
    visits_again: Any
    orders_again: Any
    done: Any
    hours_again: Any  # visits after the first
    visit_rows: Any
    opening: Any  # ends of the orders that were open when the horizon began; by territory, day and outcome
    calls: Any
    lead: Any
    lead_weekdays: Any
    weeks: Any
    ended_as: Any  # the outcome of a state, if it is an end in the service
    term_over: Any  # of a state: whether it means that the term ended before a call
    cohort_of: Any  # the column of a day's counts for an outcome


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


def add(heap: Any, size: int, value: int) -> None:
    """Add a number to a heap of so many."""
    place = size
    while place > 0 and heap[(place - 1) >> 1] > value:
        heap[place] = heap[(place - 1) >> 1]
        place = (place - 1) >> 1
    heap[place] = value


def replace_least(heap: Any, size: int, value: int) -> None:
    """Put a number in the place of the least of a heap."""
    place, child = 0, 1
    while child < size:
        if child + 1 < size and heap[child + 1] < heap[child]:
            child += 1
        if heap[child] >= value:
            break
        heap[place] = heap[child]
        place, child = child, 2 * child + 1
    heap[place] = value


def add_soon(w: World, key: int, event: int) -> None:
    """Add an event to those of the five minutes that run."""
    keys, soon, place = w.soon_keys, w.soon, w.reg[at.SOON]
    w.reg[at.SOON] = place + 1
    while place > 0 and keys[(place - 1) >> 1] > key:
        keys[place], soon[place] = keys[(place - 1) >> 1], soon[(place - 1) >> 1]
        place = (place - 1) >> 1
    keys[place], soon[place] = key, event


def drop_soonest(w: World) -> None:
    """Take the first away from the events asked for since these five minutes began."""
    keys, soon = w.soon_keys, w.soon
    size = w.reg[at.SOON] - 1
    w.reg[at.SOON] = size
    key, event = keys[size], soon[size]
    place, child = 0, 1
    while child < size:
        if child + 1 < size and keys[child + 1] < keys[child]:
            child += 1
        if keys[child] >= key:
            break
        keys[place], soon[place] = keys[child], soon[child]
        place, child = child, 2 * child + 1
    keys[place], soon[place] = key, event


def ask(w: World, instant: int, kind: int, subject: int) -> None:
    """Promise an event; what lies beyond the run is forgotten."""
    reg = w.reg
    if instant >= reg[at.LATEST]:
        return
    if kind < at.DEPOSIT:
        w.orders[subject, at.PENDING] += 1
    what = (kind << at.SUBJECT_BITS) + subject
    span = (instant - reg[at.START]) // SPAN
    offset = instant - reg[at.START] - span * SPAN
    if span <= reg[at.NOW_SPAN]:
        turn = reg[at.NEXT_TURN]
        reg[at.NEXT_TURN] = turn + 1
        add_soon(w, (offset << TURN_BITS) + turn, what)
        return
    blocks, block = w.blocks, w.spans[span]
    if block == at.NONE or blocks[block, at.FILLED] == at.BLOCK_FIELDS:
        before, block = block, reg[at.FREE_BLOCK]
        reg[at.FREE_BLOCK] = blocks[block, at.BEFORE]
        reg[at.FREE_BLOCKS] -= 1
        blocks[block, at.BEFORE], blocks[block, at.FILLED] = before, at.FIRST_IN_BLOCK
        w.spans[span] = block
    blocks[block, blocks[block, at.FILLED]] = (offset << WHAT_BITS) + what
    blocks[block, at.FILLED] += 1
    w.span_sizes[span] += 1


def has_room(w: World, rows: int) -> bool:
    """Whether every table has room for one event that touches so many orders."""
    reg = w.reg
    if reg[at.FREE_BLOCKS] < rows + SPARE or reg[at.SOON] + rows + SPARE > len(w.soon):
        return False
    if reg[at.TOLD] + at.TOLD_FIELDS * (rows + SPARE) > len(w.told):
        return False
    if reg[at.VISIT_ROWS] + SPARE > len(w.visit_rows):
        return False
    return bool(reg[at.SESSIONS] + SPARE <= len(w.session_ends) and reg[at.WAITING_END] + SPARE <= len(w.waiting))


def look_ahead(w: World, order: int) -> None:
    """Say that an order will be needed soon; compiled, the processor fetches it meanwhile (a sixth of the time)."""


def settle(w: World, order: int, index: int) -> None:
    """Put an order of the day into its place among those under way."""
    w.orders[order, :] = w.blank
    w.orders[order, w.coming_fields] = w.coming[:, index]


def sort_due(w: World, size: int) -> None:
    """Put the events of five minutes in the order in which they come; those of one instant stay as they were asked."""
    places = np.argsort(w.due_unsorted[:size] >> WHAT_BITS, kind="stable")
    w.due[:size] = w.due_unsorted[:size][places]


def end(w: World, order: int) -> None:
    """An order has ended: it is closed when the hour is over."""
    w.ended[w.reg[at.ENDED]] = order
    w.reg[at.ENDED] += 1


def let_go(w: World, order: int) -> None:
    """Free the place of an order that is forgotten and that nothing names any more."""
    if w.orders[order, at.FORGOTTEN] == 1 and w.orders[order, at.PENDING] == 0:
        w.orders[order, at.NEXT] = w.reg[at.FREE_ORDER]
        w.reg[at.FREE_ORDER] = order
        w.reg[at.FREE_ORDERS] += 1


def tell(w: World, order: int, what: int, value: int) -> None:
    """Note something of a sampled order."""
    o = w.orders
    if o[order, at.SAMPLED] == 1:
        place = w.reg[at.TOLD]
        w.told[place], w.told[place + 1] = o[order, at.DAY], o[order, at.INDEX]
        w.told[place + 2], w.told[place + 3] = what, value
        w.reg[at.TOLD] = place + at.TOLD_FIELDS


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
