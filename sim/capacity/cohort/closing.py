"""What the ordered loop counts of an order when it is over, or when the run is."""

from __future__ import annotations

from sim.capacity.cohort import layout as at
from sim.capacity.cohort.arrays import World, bin_number, let_go, tell
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


def close(w: World, order: int, outcome: int) -> None:
    """Count what became of a measured order: its outcome, or that the run ended before it."""
    o = w.orders
    cohort, territory = o[order, at.COHORT], o[order, at.TERRITORY]
    if cohort == at.NONE:
        return
    w.outcomes[territory, outcome] += 1
    w.cohorts[cohort, COHORT_NO_SLOT] += o[order, at.FOUND_NO_SLOT]
    w.cohorts[cohort, w.cohort_of[outcome]] += 1
    if outcome == OUT_VISITED:
        to_visit = w.slots[o[order, at.SLOT], at.SLOT_START] - o[order, at.RECEIVED]
        w.cohorts[cohort, COHORT_TO_VISIT] += to_visit
        length = bin_number(w.bins, to_visit)
        w.measures[territory, TO_VISIT, length] += 1
        take_apart(w, order, to_visit, length)
    if w.ended_as[o[order, at.STATE]] == at.NONE:
        return
    w.outcomes[territory, OUT_RESCHEDULES] += o[order, at.RESCHEDULES]
    w.outcomes[territory, OUT_REMINDERS] += o[order, at.REMINDERS]
    if o[order, at.SUSPENDED_AT] == at.NONE:
        w.measures[territory, SUSPENDED, 0] += 1
    elif o[order, at.RESUMED_AT] != at.NONE:
        suspended = o[order, at.RESUMED_AT] - o[order, at.SUSPENDED_AT]
        w.measures[territory, SUSPENDED, bin_number(w.bins, suspended)] += 1


def take_apart(w: World, order: int, to_visit: int, length: int) -> None:
    """Count what a lead time was spent on."""
    o = w.orders
    line = o[order, at.LINE_READY] - o[order, at.RECEIVED]
    answer = o[order, at.LOOKED_AT] - o[order, at.LINE_READY]
    after_look = to_visit - line - answer
    capacity = o[order, at.ADDED] if o[order, at.ADDED] < after_look else after_look
    territory, weekday = o[order, at.TERRITORY], o[order, at.WISHED_WEEKDAY]
    w.lead[territory, LINE, length] += line
    w.lead[territory, ANSWER, length] += answer
    w.lead[territory, WISH, length] += after_look - capacity
    w.lead[territory, CAPACITY, length] += capacity
    w.lead_weekdays[territory, weekday, LINE] += line
    w.lead_weekdays[territory, weekday, ANSWER] += answer
    w.lead_weekdays[territory, weekday, WISH] += after_look - capacity
    w.lead_weekdays[territory, weekday, CAPACITY] += capacity
    w.lead_weekdays[territory, weekday, ORDERS] += 1
    w.weeks[(o[order, at.COHORT] + w.reg[at.FIRST_WEEKDAY]) // 7, length] += 1


def keep(w: World, order: int) -> None:
    """Keep the row of a measured order that has ended."""
    o, kept, place = w.orders, w.kept, w.reg[at.KEPT]
    w.reg[at.KEPT] = place + at.KEPT_FIELDS
    kept[place], kept[place + 1] = o[order, at.DAY], o[order, at.INDEX]
    kept[place + 2], kept[place + 3] = o[order, at.OPERATOR], o[order, at.SERVICE]
    kept[place + 4], kept[place + 5] = o[order, at.TERRITORY], o[order, at.RECEIVED]
    kept[place + 6], kept[place + 7] = o[order, at.LINE_READY], o[order, at.SMS_AT]
    kept[place + 8], kept[place + 9] = o[order, at.LOOKED_AT], o[order, at.BOOKED_AT]
    kept[place + 10], kept[place + 11] = at.NONE, o[order, at.ADDED]
    if o[order, at.STATE] == w.reg[at.STATE_VISITED]:
        kept[place + 10] = w.slots[o[order, at.SLOT], at.SLOT_START]
    kept[place + 12], kept[place + 13] = o[order, at.RESCHEDULES], o[order, at.STATE]
    kept[place + 14], kept[place + 15] = o[order, at.ACTED_BY], o[order, at.REFUSED_AT]
    kept[place + 16] = o[order, at.CALLS]


def forget_ended(w: World) -> None:
    """Close the orders that have ended, and forget them."""
    for place in range(w.reg[at.ENDED]):
        order = w.ended[place]
        outcome = w.ended_as[w.orders[order, at.STATE]]
        close(w, order, outcome if outcome != at.NONE else OUT_ORDINARY)
        if w.reg[at.KEEPS_ORDERS] == 1 and w.orders[order, at.COHORT] != at.NONE:
            keep(w, order)
        tell(w, order, at.TOLD_END, w.orders[order, at.STATE])
        w.orders[order, at.FORGOTTEN] = 1
        w.orders[order, at.AWAITED + at.ATTEMPT] = at.NONE
        w.reg[at.ALIVE_ORDERS] -= 1
        if w.orders[order, at.RECEIVED] < w.reg[at.HORIZON]:
            count_opening(w, order, outcome if outcome != at.NONE else OUT_ORDINARY)
        let_go(w, order)
    w.reg[at.ENDED] = 0


def count_opening(w: World, order: int, outcome: int) -> None:
    """Count the end of an order that was open when the horizon began, on the day of the hour that is over."""
    reg = w.reg
    reg[at.OPENING] -= 1
    day = reg[at.TODAY] - (reg[at.LAST_DAY] + 1 - len(w.cohorts)) + 1
    if reg[at.NOW_SPAN] < reg[at.FIRST_SPAN]:
        day -= 1
    w.opening[w.orders[order, at.TERRITORY], max(day, 0), outcome] += 1


def close_open(w: World) -> None:
    """Count the orders that are still under way when the run ends."""
    for order in range(len(w.orders)):
        if w.orders[order, at.FORGOTTEN] == 0:
            close(w, order, OUT_OPEN)
            if w.orders[order, at.RECEIVED] < w.reg[at.HORIZON]:
                count_opening(w, order, OUT_OPEN)
