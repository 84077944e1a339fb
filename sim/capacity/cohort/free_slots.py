"""Free slots in the ordered loop: the first that suits somebody, and the visits that are arranged after one in vain."""

from __future__ import annotations

from typing import Any

from reference_impl.civil_time import DAY, HOUR
from sim.capacity.cohort import layout as at
from sim.capacity.cohort.arrays import World, ask, bin_number, count
from sim.capacity.engine.tally import HourlyCount

VISITS = HourlyCount.VISITS


def first_slot(w: World, territory: int, now: int, day: int, time: int) -> int:
    """The first free slot on offer from a day and time of day on; else the first of all; -1 if none is free."""
    return first_of(w, w.free, territory, now, day, time)


def first_of(w: World, places: Any, territory: int, now: int, day: int, time: int) -> int:
    """The same among places that are not taken, or among all there are."""
    reg = w.reg
    today = reg[at.TODAY]
    last = today + reg[at.OFFERED_DAYS]
    if day <= last:
        slot = first_from(w, places, territory, now, day, last, w.starts[day, time])
        if slot != at.NONE:
            return slot
    return first_from(w, places, territory, now, today, last, now)


def first_from(w: World, places: Any, territory: int, now: int, first: int, last: int, since: int) -> int:
    """The first slot with places on offer of some days, from an instant on."""
    bands, slots = w.reg[at.BANDS], w.slots
    for slot in range(first * bands, (last + 1) * bands):
        if places[territory, slot] <= 0 or slots[slot, at.SLOT_EXISTS] == 0:
            continue
        if slots[slot, at.SLOT_START] >= since and slots[slot, at.OFFERED_UNTIL] >= now:
            return slot
    return at.NONE


def take(w: World, territory: int, slot: int) -> None:
    """Take one place of a slot; INV-6 is counted apart."""
    w.free[territory, slot] -= 1
    if w.free[territory, slot] < 0:
        w.reg[at.SLOTS_OVER_CAPACITY] += 1


def count_visit(w: World, territory: int, slot: int, now: int) -> int:
    """Count a visit, whichever of its order; its weekday and band as one number, -1 if the day is not measured."""
    count(w, now, VISITS, 1)
    cell = w.slots[slot, at.SLOT_CELL]
    if cell != at.NONE:
        w.visits[territory, cell] += 1
    return int(cell)


def first_visit(w: World, order: int, now: int) -> None:
    """The first visit of an order: the work is done, or another visit is arranged."""
    o = w.orders
    tell_visit(w, order, now)
    if o[order, at.VISITS_IN_VAIN] == 0:
        work_is_done(w, order, now)
        return
    w.reg[at.UNFINISHED] += 1
    if o[order, at.COHORT] != at.NONE:
        w.orders_again[o[order, at.TERRITORY]] += 1
    arrange_visit(w, order, now)


def arrange_visit(w: World, order: int, now: int) -> None:
    """Take the first free place from so many days later on; where none is free, look again a day later."""
    reg, territory = w.reg, w.orders[order, at.TERRITORY]
    first, last = reg[at.TODAY] + reg[at.AFTER_DAYS], reg[at.TODAY] + reg[at.OFFERED_DAYS]
    slot = first_from(w, w.free, territory, now, first, last, now)
    w.orders[order, at.NEXT_SLOT] = slot
    if slot == at.NONE:
        ask(w, now + DAY, at.VISIT_AGAIN, order)
    else:
        take(w, territory, slot)
        ask(w, w.slots[slot, at.SLOT_START], at.VISIT_AGAIN, order)


def visit_again(w: World, order: int, now: int) -> None:
    """A further visit takes place, or is to be arranged."""
    o, reg = w.orders, w.reg
    slot, territory = o[order, at.NEXT_SLOT], o[order, at.TERRITORY]
    if slot != at.NONE:
        cell = count_visit(w, territory, slot, now)
        if cell != at.NONE:
            w.visits_again[territory, cell] += 1
        w.hours_again[(now - reg[at.START]) // HOUR] += 1
        o[order, at.VISITS_IN_VAIN] -= 1
        tell_visit(w, order, now)
    if o[order, at.VISITS_IN_VAIN] > 0:
        arrange_visit(w, order, now)
    else:
        reg[at.UNFINISHED] -= 1
        work_is_done(w, order, now)


def tell_visit(w: World, order: int, now: int) -> None:
    """Note a visit of a measured order, where orders are kept, and whether it did the work."""
    o, place = w.orders, w.reg[at.VISIT_ROWS]
    if w.reg[at.KEEPS_ORDERS] == 1 and o[order, at.COHORT] != at.NONE:
        w.visit_rows[place], w.visit_rows[place + 1] = o[order, at.DAY], o[order, at.INDEX]
        w.visit_rows[place + 2] = now
        w.visit_rows[place + 3] = 1 if o[order, at.VISITS_IN_VAIN] == 0 else 0
        w.reg[at.VISIT_ROWS] = place + at.VISIT_FIELDS


def work_is_done(w: World, order: int, now: int) -> None:
    """Count how long an order took until its work was done."""
    if w.orders[order, at.COHORT] != at.NONE:
        took = now - w.orders[order, at.RECEIVED]
        w.done[w.orders[order, at.TERRITORY], bin_number(w.bins, took)] += 1
