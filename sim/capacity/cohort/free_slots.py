"""Free slots in the ordered loop: the first that suits somebody, and the visits that are arranged after one in vain."""

from __future__ import annotations

from typing import Any

from reference_impl.civil_time import DAY, HOUR
from sim.capacity.cohort import layout as at
from sim.capacity.cohort.arrays import World, bin_number, count, promise
from sim.capacity.engine.tally import HourlyCount

VISITS = HourlyCount.VISITS


def first_slot(world: World, territory: int, now: int, day: int, time: int) -> int:
    """The first free slot on offer from a day and time of day on; else the first of all; -1 if none is free."""
    return first_of(world, world.free, territory, now, day, time)


def first_of(world: World, places: Any, territory: int, now: int, day: int, time: int) -> int:
    """The same among places that are not taken, or among all there are."""
    reg = world.reg
    today = reg[at.TODAY]
    last = today + reg[at.OFFERED_DAYS]
    if day <= last:
        slot = first_from(world, places, territory, now, day, last, world.starts[day, time])
        if slot != at.NONE:
            return slot
    return first_from(world, places, territory, now, today, last, now)


def first_from(world: World, places: Any, territory: int, now: int, first: int, last: int, since: int) -> int:
    """The first slot with places on offer of some days, from an instant on."""
    bands, slots = world.reg[at.BANDS], world.slots
    for slot in range(first * bands, (last + 1) * bands):
        if places[territory, slot] <= 0 or slots[slot, at.SLOT_EXISTS] == 0:
            continue
        if slots[slot, at.SLOT_START] >= since and slots[slot, at.OFFERED_UNTIL] >= now:
            return slot
    return at.NONE


def take_place(world: World, territory: int, slot: int) -> None:
    """Take one place of a slot; INV-6 is counted apart."""
    world.free[territory, slot] -= 1
    if world.free[territory, slot] < 0:
        world.reg[at.SLOTS_OVER_CAPACITY] += 1


def count_visit(world: World, territory: int, slot: int, now: int) -> int:
    """Count a visit, whichever of its order; its weekday and band as one number, -1 if the day is not measured."""
    count(world, now, VISITS, 1)
    cell = world.slots[slot, at.SLOT_CELL]
    if cell != at.NONE:
        world.visits[territory, cell] += 1
    return int(cell)


def first_visit(world: World, order: int, now: int) -> None:
    """The first visit of an order: the work is done, or another visit is arranged."""
    orders = world.orders
    note_visit(world, order, now)
    if orders[order, at.VISITS_IN_VAIN] == 0:
        work_is_done(world, order, now)
        return
    world.reg[at.UNFINISHED] += 1
    if orders[order, at.COHORT] != at.NONE:
        world.orders_again[orders[order, at.TERRITORY]] += 1
    arrange_visit(world, order, now)


def arrange_visit(world: World, order: int, now: int) -> None:
    """Take the first free place from so many days later on; where none is free, look again a day later."""
    reg, territory = world.reg, world.orders[order, at.TERRITORY]
    first, last = reg[at.TODAY] + reg[at.AFTER_DAYS], reg[at.TODAY] + reg[at.OFFERED_DAYS]
    slot = first_from(world, world.free, territory, now, first, last, now)
    world.orders[order, at.NEXT_SLOT] = slot
    if slot == at.NONE:
        promise(world, now + DAY, at.VISIT_AGAIN, order)
    else:
        take_place(world, territory, slot)
        promise(world, world.slots[slot, at.SLOT_START], at.VISIT_AGAIN, order)


def visit_again(world: World, order: int, now: int) -> None:
    """A further visit takes place, or is to be arranged."""
    orders, reg = world.orders, world.reg
    slot, territory = orders[order, at.NEXT_SLOT], orders[order, at.TERRITORY]
    if slot != at.NONE:
        cell = count_visit(world, territory, slot, now)
        if cell != at.NONE:
            world.visits_again[territory, cell] += 1
        world.hours_again[(now - reg[at.START]) // HOUR] += 1
        orders[order, at.VISITS_IN_VAIN] -= 1
        note_visit(world, order, now)
    if orders[order, at.VISITS_IN_VAIN] > 0:
        arrange_visit(world, order, now)
    else:
        reg[at.UNFINISHED] -= 1
        work_is_done(world, order, now)


def note_visit(world: World, order: int, now: int) -> None:
    """Note a visit of a measured order, where orders are kept, and whether it did the work."""
    orders, place = world.orders, world.reg[at.VISIT_ROWS]
    if world.reg[at.KEEPS_ORDERS] == 1 and orders[order, at.COHORT] != at.NONE:
        world.visit_rows[place], world.visit_rows[place + 1] = orders[order, at.DAY], orders[order, at.INDEX]
        world.visit_rows[place + 2] = now
        world.visit_rows[place + 3] = 1 if orders[order, at.VISITS_IN_VAIN] == 0 else 0
        world.reg[at.VISIT_ROWS] = place + at.VISIT_FIELDS


def work_is_done(world: World, order: int, now: int) -> None:
    """Count how long an order took until its work was done."""
    if world.orders[order, at.COHORT] != at.NONE:
        took = now - world.orders[order, at.RECEIVED]
        world.done[world.orders[order, at.TERRITORY], bin_number(world.bins, took)] += 1
