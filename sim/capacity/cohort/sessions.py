"""What customers do in the ordered loop, through the Virtual Agent: book, refuse, move, try again."""

from __future__ import annotations

from sim.capacity.cohort import layout as at
from sim.capacity.cohort.arrays import World, count, keep_peak, note_reply, promise, push, replace_least
from sim.capacity.cohort.free_slots import first_of, first_slot, take_place
from sim.capacity.cohort.lives import happen
from sim.capacity.engine.tally import HourlyCount, Outcome

NO_SLOT = HourlyCount.NO_SLOT
OUT_NO_SLOT = Outcome.FOUND_NO_SLOT
SESSIONS = HourlyCount.SESSIONS
SESSIONS_PEAK = HourlyCount.SESSIONS_PEAK


def begin_session(world: World, order: int, now: int) -> None:
    """Sessions at once: those that began before and have not ended."""
    ends, size = world.session_ends, world.reg[at.SESSIONS]
    while size > 0 and ends[0] <= now:
        size -= 1
        replace_least(ends, size, ends[size])
    push(ends, size, now + world.orders[order, at.SESSION])
    world.reg[at.SESSIONS] = size + 1
    count(world, now, SESSIONS, 1)
    keep_peak(world, now, SESSIONS_PEAK, size + 1)


def visit_agent(world: World, order: int, now: int, refuses: bool, channel: int, again: int) -> None:
    """One session: refuse, or book the first slot that suits."""
    orders, reg = world.orders, world.reg
    begin_session(world, order, now)
    declined = orders[order, at.DECLINED]
    if orders[order, at.ACTED_BY] == at.NONE:
        orders[order, at.ACTED_BY] = channel
    if refuses:
        orders[order, at.REFUSED_AT] = now
        happening, acting_channel = (
            world.agent[at.ACT_DECLINE, channel, declined, 0],
            world.agent[at.ACT_DECLINE, channel, declined, 1],
        )
        if happening != at.NONE:
            happen(world, order, happening, now, at.NONE, acting_channel)
        return
    territory = orders[order, at.TERRITORY]
    wished_day = reg[at.TODAY] + orders[order, at.WISH_DAYS]
    slot = first_slot(world, territory, now, wished_day, orders[order, at.WISH_BAND])
    note_reply(world, order, at.REPLY_SLOT, slot)
    if orders[order, at.LOOKED_AT] == at.NONE:
        orders[order, at.LOOKED_AT] = now
        wished = first_of(world, world.places, territory, now, wished_day, orders[order, at.WISH_BAND])
        day = wished // reg[at.BANDS] if wished != at.NONE else reg[at.TODAY]
        orders[order, at.WISHED_AT] = world.slots[wished, at.SLOT_START] if wished != at.NONE else now
        orders[order, at.WISHED_WEEKDAY] = (reg[at.FIRST_WEEKDAY] + day) % 7
    if slot == at.NONE:
        found_none(world, order, now, again)
        return
    happening, acting_channel = (
        world.agent[at.ACT_CONFIRM, channel, declined, 0],
        world.agent[at.ACT_CONFIRM, channel, declined, 1],
    )
    if happening == at.NONE:
        return
    take_place(world, territory, slot)
    happen(world, order, happening, now, slot, acting_channel)
    orders[order, at.BOOKED_AT] = now
    orders[order, at.ADDED] = later_by(world.slots[slot, at.SLOT_START], orders[order, at.WISHED_AT])
    if orders[order, at.RESCHEDULES_ONCE] == 1:
        open_ms = world.slots[slot, at.MOVES_BEFORE] - now
        if open_ms < 0:
            open_ms = 0 * open_ms
        promise(world, now + int(open_ms * world.fractions[order]), at.CUSTOMER_MOVES, order)


def customer_reached(world: World, order: int, now: int) -> None:
    """A call centre has a customer on the line, or one whom it told to wait for a slot."""
    orders = world.orders
    if orders[order, at.STATE] == world.reg[at.STATE_ENGAGED]:
        visit_agent(world, order, now, orders[order, at.REFUSES_ON_CALL] == 1, at.BY_OPERATOR, at.CUSTOMER_REACHED)


def found_none(world: World, order: int, now: int, again: int) -> None:
    """No slot on offer: try again another day, while the term runs."""
    orders, reg = world.orders, world.reg
    count(world, now, NO_SLOT, 1)
    if orders[order, at.FOUND_NO_SLOT] == 0:
        orders[order, at.FOUND_NO_SLOT] = 1
        if orders[order, at.COHORT] != at.NONE:
            world.outcomes[orders[order, at.TERRITORY], OUT_NO_SLOT] += 1
    if now + reg[at.RETRY_MS] < orders[order, at.CLOSES_AT]:
        promise(world, now + reg[at.RETRY_MS], again, order)


def customer_moves(world: World, order: int, now: int) -> None:
    """A customer asks for a later slot than the one in force."""
    orders = world.orders
    if orders[order, at.STATE] != world.reg[at.STATE_BOOKED]:
        return
    begin_session(world, order, now)
    held_slot, territory = orders[order, at.SLOT], orders[order, at.TERRITORY]
    move_days = orders[order, at.MOVE_DAYS]
    day = held_slot // world.reg[at.BANDS] + (move_days if move_days > 1 else 1)
    slot = first_slot(world, territory, now, day, world.slots[held_slot, at.SLOT_TIME])
    note_reply(world, order, at.REPLY_SLOT, slot)
    may_move = world.agent[at.ACT_RESCHEDULE, 0, 0, 0] != at.NONE and now <= world.slots[held_slot, at.MOVABLE_UNTIL]
    if may_move and slot not in (at.NONE, held_slot):
        time = world.slots[held_slot, at.SLOT_TIME]
        take_place(world, territory, slot)
        happen(world, order, at.HAPPENS_RESCHEDULE, now, slot, at.BY_CUSTOMER)
        wished = first_of(world, world.places, territory, now, day, time)
        wished_at = world.slots[wished, at.SLOT_START] if wished != at.NONE else now
        orders[order, at.ADDED] += later_by(world.slots[slot, at.SLOT_START], wished_at)


def later_by(start: int, wished_at: int) -> int:
    """By how much a slot begins later than the one wished."""
    return start - wished_at if start > wished_at else 0
