"""What the ordered loop counts of an order when it is over, or when the run is."""

from __future__ import annotations

from sim.capacity.cohort import layout as at
from sim.capacity.cohort.arrays import World, bin_number, free_order, note_reply
from sim.capacity.engine.lead_times import ORDERS, LeadPart
from sim.capacity.engine.tally import Cohort, DurationKind, Outcome

ANSWER = LeadPart.ANSWER
CAPACITY = LeadPart.CAPACITY
COHORT_NO_SLOT = Cohort.NO_SLOT
COHORT_TO_VISIT = Cohort.DAYS_TO_VISIT_MS
LINE = LeadPart.LINE
OUT_OPEN = Outcome.OPEN
OUT_ORDINARY = Outcome.ORDINARY
OUT_REMINDERS = Outcome.REMINDERS
OUT_RESCHEDULES = Outcome.RESCHEDULES
OUT_VISITED = Outcome.VISITED
SUSPENDED = DurationKind.SUSPENDED
TO_VISIT = DurationKind.TO_VISIT
WISH = LeadPart.WISH


def close(world: World, order: int, outcome: int) -> None:
    """Count what became of a measured order: its outcome, or that the run ended before it."""
    orders = world.orders
    cohort, territory = orders[order, at.COHORT], orders[order, at.TERRITORY]
    if cohort == at.NONE:
        return
    world.outcomes[territory, outcome] += 1
    world.cohorts[cohort, COHORT_NO_SLOT] += orders[order, at.FOUND_NO_SLOT]
    world.cohorts[cohort, world.cohort_of[outcome]] += 1
    if outcome == OUT_VISITED:
        to_visit = world.slots[orders[order, at.SLOT], at.SLOT_START] - orders[order, at.RECEIVED]
        world.cohorts[cohort, COHORT_TO_VISIT] += to_visit
        length = bin_number(world.bins, to_visit)
        world.measures[territory, TO_VISIT, length] += 1
        count_lead_parts(world, order, to_visit, length)
    if world.ended_as[orders[order, at.STATE]] == at.NONE:
        return
    world.outcomes[territory, OUT_RESCHEDULES] += orders[order, at.RESCHEDULES]
    world.outcomes[territory, OUT_REMINDERS] += orders[order, at.REMINDERS]
    if orders[order, at.SUSPENDED_AT] == at.NONE:
        world.measures[territory, SUSPENDED, 0] += 1
    elif orders[order, at.RESUMED_AT] != at.NONE:
        suspended = orders[order, at.RESUMED_AT] - orders[order, at.SUSPENDED_AT]
        world.measures[territory, SUSPENDED, bin_number(world.bins, suspended)] += 1


def count_lead_parts(world: World, order: int, to_visit: int, length: int) -> None:
    """Count what a lead time was spent on."""
    orders = world.orders
    line = orders[order, at.LINE_READY] - orders[order, at.RECEIVED]
    answer = orders[order, at.LOOKED_AT] - orders[order, at.LINE_READY]
    after_look = to_visit - line - answer
    capacity = orders[order, at.ADDED] if orders[order, at.ADDED] < after_look else after_look
    territory, weekday = orders[order, at.TERRITORY], orders[order, at.WISHED_WEEKDAY]
    world.lead[territory, LINE, length] += line
    world.lead[territory, ANSWER, length] += answer
    world.lead[territory, WISH, length] += after_look - capacity
    world.lead[territory, CAPACITY, length] += capacity
    world.lead_weekdays[territory, weekday, LINE] += line
    world.lead_weekdays[territory, weekday, ANSWER] += answer
    world.lead_weekdays[territory, weekday, WISH] += after_look - capacity
    world.lead_weekdays[territory, weekday, CAPACITY] += capacity
    world.lead_weekdays[territory, weekday, ORDERS] += 1
    world.weeks[(orders[order, at.COHORT] + world.reg[at.FIRST_WEEKDAY]) // 7, length] += 1


def keep_row(world: World, order: int) -> None:
    """Keep the row of a measured order that has ended."""
    orders, rows, place = world.orders, world.order_rows, world.reg[at.ORDER_ROWS]
    world.reg[at.ORDER_ROWS] = place + at.ORDER_ROW_FIELDS
    rows[place], rows[place + 1] = orders[order, at.DAY], orders[order, at.INDEX]
    rows[place + 2], rows[place + 3] = orders[order, at.OPERATOR], orders[order, at.SERVICE]
    rows[place + 4], rows[place + 5] = orders[order, at.TERRITORY], orders[order, at.RECEIVED]
    rows[place + 6], rows[place + 7] = orders[order, at.LINE_READY], orders[order, at.SMS_AT]
    rows[place + 8], rows[place + 9] = orders[order, at.LOOKED_AT], orders[order, at.BOOKED_AT]
    rows[place + 10], rows[place + 11] = at.NONE, orders[order, at.ADDED]
    if orders[order, at.STATE] == world.reg[at.STATE_VISITED]:
        rows[place + 10] = world.slots[orders[order, at.SLOT], at.SLOT_START]
    rows[place + 12], rows[place + 13] = orders[order, at.RESCHEDULES], orders[order, at.STATE]
    rows[place + 14], rows[place + 15] = orders[order, at.ACTED_BY], orders[order, at.REFUSED_AT]
    rows[place + 16] = orders[order, at.CALLS]


def forget_ended(world: World) -> None:
    """Close the orders that have ended, and forget them."""
    for place in range(world.reg[at.ENDED]):
        order = world.ended_orders[place]
        outcome = world.ended_as[world.orders[order, at.STATE]]
        close(world, order, outcome if outcome != at.NONE else OUT_ORDINARY)
        if world.reg[at.KEEPS_ORDERS] == 1 and world.orders[order, at.COHORT] != at.NONE:
            keep_row(world, order)
        note_reply(world, order, at.REPLY_END, world.orders[order, at.STATE])
        world.orders[order, at.FORGOTTEN] = 1
        world.orders[order, at.AWAITED + at.ATTEMPT] = at.NONE
        world.reg[at.ALIVE_ORDERS] -= 1
        if world.orders[order, at.RECEIVED] < world.reg[at.HORIZON]:
            count_opening(world, order, outcome if outcome != at.NONE else OUT_ORDINARY)
        free_order(world, order)
    world.reg[at.ENDED] = 0


def count_opening(world: World, order: int, outcome: int) -> None:
    """Count the end of an order that was open when the horizon began, on the day of the hour that is over."""
    reg = world.reg
    reg[at.OPENING] -= 1
    day = reg[at.TODAY] - (reg[at.LAST_DAY] + 1 - len(world.cohorts)) + 1
    if reg[at.NOW_SPAN] < reg[at.FIRST_SPAN]:
        day -= 1
    world.opening[world.orders[order, at.TERRITORY], max(day, 0), outcome] += 1


def close_open(world: World) -> None:
    """Count the orders that are still under way when the run ends."""
    for order in range(len(world.orders)):
        if world.orders[order, at.FORGOTTEN] == 0:
            close(world, order, OUT_OPEN)
            if world.orders[order, at.RECEIVED] < world.reg[at.HORIZON]:
                count_opening(world, order, OUT_OPEN)
