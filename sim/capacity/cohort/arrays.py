"""The arrays that the ordered loop works on, and what all its parts do with them: promise events, count, note replies.

The functions of the loop use numbers and arrays only, so that they can be compiled as they stand. They hold no rule of
the service. Their columns and registers are those of `layout`.
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
    blank: Any  # an order before anything has happened to it
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
    ended_orders: Any  # the orders that have ended since the hour began
    replies: Any  # what the queues answered the sampled orders
    order_rows: Any  # of the measured orders that have ended
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


def push(heap: Any, size: int, value: int) -> None:
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


def add_soon(world: World, key: int, event: int) -> None:
    """Add an event to those of the five minutes that run."""
    keys, soon, place = world.soon_keys, world.soon, world.reg[at.SOON]
    world.reg[at.SOON] = place + 1
    while place > 0 and keys[(place - 1) >> 1] > key:
        keys[place], soon[place] = keys[(place - 1) >> 1], soon[(place - 1) >> 1]
        place = (place - 1) >> 1
    keys[place], soon[place] = key, event


def drop_soonest(world: World) -> None:
    """Take the first away from the events asked for since these five minutes began."""
    keys, soon = world.soon_keys, world.soon
    size = world.reg[at.SOON] - 1
    world.reg[at.SOON] = size
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


def promise(world: World, instant: int, kind: int, subject: int) -> None:
    """Promise an event; what lies beyond the run is forgotten."""
    reg = world.reg
    if instant >= reg[at.LATEST]:
        return
    if kind < at.DEPOSIT:
        world.orders[subject, at.PENDING] += 1
    event = (kind << at.SUBJECT_BITS) + subject
    span = (instant - reg[at.START]) // SPAN
    offset = instant - reg[at.START] - span * SPAN
    if span <= reg[at.NOW_SPAN]:
        turn = reg[at.NEXT_TURN]
        reg[at.NEXT_TURN] = turn + 1
        add_soon(world, (offset << TURN_BITS) + turn, event)
        return
    blocks, block = world.blocks, world.spans[span]
    if block == at.NONE or blocks[block, at.FILLED] == at.BLOCK_FIELDS:
        previous_block, block = block, reg[at.FREE_BLOCK]
        reg[at.FREE_BLOCK] = blocks[block, at.BEFORE]
        reg[at.FREE_BLOCKS] -= 1
        blocks[block, at.BEFORE], blocks[block, at.FILLED] = previous_block, at.FIRST_IN_BLOCK
        world.spans[span] = block
    blocks[block, blocks[block, at.FILLED]] = (offset << WHAT_BITS) + event
    blocks[block, at.FILLED] += 1
    world.span_sizes[span] += 1


def has_room(world: World, rows: int) -> bool:
    """Whether every table has room for one event that touches so many orders."""
    reg = world.reg
    if reg[at.FREE_BLOCKS] < rows + SPARE or reg[at.SOON] + rows + SPARE > len(world.soon):
        return False
    if reg[at.REPLIES] + at.REPLY_FIELDS * (rows + SPARE) > len(world.replies):
        return False
    if reg[at.VISIT_ROWS] + SPARE > len(world.visit_rows):
        return False
    return bool(
        reg[at.SESSIONS] + SPARE <= len(world.session_ends) and reg[at.WAITING_END] + SPARE <= len(world.waiting)
    )


def look_ahead(world: World, order: int) -> None:
    """Announce an order that is needed soon: compiled, the processor fetches it meanwhile (a sixth of the time)."""


def place_order(world: World, order: int, index: int) -> None:
    """Put an order of the day into its place among those under way."""
    world.orders[order, :] = world.blank
    world.orders[order, world.coming_fields] = world.coming[:, index]


def sort_due(world: World, size: int) -> None:
    """Put the events of five minutes in the order in which they come; those of one instant stay as they were asked."""
    places = np.argsort(world.due_unsorted[:size] >> WHAT_BITS, kind="stable")
    world.due[:size] = world.due_unsorted[:size][places]


def end_order(world: World, order: int) -> None:
    """An order has ended: it is closed when the hour is over."""
    world.ended_orders[world.reg[at.ENDED]] = order
    world.reg[at.ENDED] += 1


def free_order(world: World, order: int) -> None:
    """Free the place of an order that is forgotten and that nothing names any more."""
    if world.orders[order, at.FORGOTTEN] == 1 and world.orders[order, at.PENDING] == 0:
        world.orders[order, at.NEXT] = world.reg[at.FREE_ORDER]
        world.reg[at.FREE_ORDER] = order
        world.reg[at.FREE_ORDERS] += 1


def note_reply(world: World, order: int, kind: int, value: int) -> None:
    """Note what a queue answered a sampled order, or how the order ended."""
    orders = world.orders
    if orders[order, at.SAMPLED] == 1:
        place = world.reg[at.REPLIES]
        world.replies[place], world.replies[place + 1] = orders[order, at.DAY], orders[order, at.INDEX]
        world.replies[place + 2], world.replies[place + 3] = kind, value
        world.reg[at.REPLIES] = place + at.REPLY_FIELDS


def count(world: World, now: int, load: int, number: int) -> None:
    """Count in the hour that runs."""
    world.hours[(now - world.reg[at.START]) // HOUR, load] += number


def keep_peak(world: World, now: int, load: int, value: int) -> None:
    """Keep the largest value of the hour that runs."""
    hour = (now - world.reg[at.START]) // HOUR
    world.hours[hour, load] = max(world.hours[hour, load], value)


def count_wait(world: World, kind: int, wait_ms: int) -> None:
    """Count a wait, within the measured time."""
    if world.reg[at.MEASURING] == 1:
        world.waits[kind, bin_number(world.bins, wait_ms) if wait_ms else 0] += 1
