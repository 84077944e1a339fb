"""What customers do in the ordered loop, through the Virtual Agent: book, refuse, move, try again."""

from __future__ import annotations

from sim.capacity.cohort import layout as at
from sim.capacity.cohort.arrays import World, add, ask, count, peak, replace_least, tell
from sim.capacity.cohort.free_slots import first_of, first_slot, take
from sim.capacity.cohort.lives import happen
from sim.capacity.engine.tally import HourlyCount, Outcome

NO_SLOT = HourlyCount.NO_SLOT
OUT_NO_SLOT = Outcome.FOUND_NO_SLOT
SESSIONS = HourlyCount.SESSIONS
SESSIONS_PEAK = HourlyCount.SESSIONS_PEAK


def begin_session(w: World, order: int, now: int) -> None:
    """Sessions at once: those that began before and have not ended."""
    ends, size = w.session_ends, w.reg[at.SESSIONS]
    while size > 0 and ends[0] <= now:
        size -= 1
        replace_least(ends, size, ends[size])
    add(ends, size, now + w.orders[order, at.SESSION])
    w.reg[at.SESSIONS] = size + 1
    count(w, now, SESSIONS, 1)
    peak(w, now, SESSIONS_PEAK, size + 1)


def visit_agent(w: World, order: int, now: int, refuses: bool, channel: int, again: int) -> None:
    """One session: refuse, or book the first slot that suits."""
    o, reg = w.orders, w.reg
    begin_session(w, order, now)
    declined = o[order, at.DECLINED]
    if o[order, at.ACTED_BY] == at.NONE:
        o[order, at.ACTED_BY] = channel
    if refuses:
        o[order, at.REFUSED_AT] = now
        happening, who = w.agent[at.ACT_DECLINE, channel, declined, 0], w.agent[at.ACT_DECLINE, channel, declined, 1]
        if happening != at.NONE:
            happen(w, order, happening, now, at.NONE, who)
        return
    territory = o[order, at.TERRITORY]
    wished_day = reg[at.TODAY] + o[order, at.WISH_DAYS]
    slot = first_slot(w, territory, now, wished_day, o[order, at.WISH_BAND])
    tell(w, order, at.TOLD_SLOT, slot)
    if o[order, at.LOOKED_AT] == at.NONE:
        o[order, at.LOOKED_AT] = now
        wished = first_of(w, w.places, territory, now, wished_day, o[order, at.WISH_BAND])
        day = wished // reg[at.BANDS] if wished != at.NONE else reg[at.TODAY]
        o[order, at.WISHED_AT] = w.slots[wished, at.SLOT_START] if wished != at.NONE else now
        o[order, at.WISHED_WEEKDAY] = (reg[at.FIRST_WEEKDAY] + day) % 7
    if slot == at.NONE:
        found_none(w, order, now, again)
        return
    happening, who = w.agent[at.ACT_CONFIRM, channel, declined, 0], w.agent[at.ACT_CONFIRM, channel, declined, 1]
    if happening == at.NONE:
        return
    take(w, territory, slot)
    happen(w, order, happening, now, slot, who)
    o[order, at.BOOKED_AT] = now
    o[order, at.ADDED] = later_by(w.slots[slot, at.SLOT_START], o[order, at.WISHED_AT])
    if o[order, at.RESCHEDULES_ONCE] == 1:
        open_ms = w.slots[slot, at.MOVES_BEFORE] - now
        if open_ms < 0:
            open_ms = 0 * open_ms
        ask(w, now + int(open_ms * w.fractions[order]), at.CUSTOMER_MOVES, order)


def customer_reached(w: World, order: int, now: int) -> None:
    """A call centre has a customer on the line, or one whom it told to wait for a slot."""
    o = w.orders
    if o[order, at.STATE] == w.reg[at.STATE_ENGAGED]:
        visit_agent(w, order, now, o[order, at.REFUSES_ON_CALL] == 1, at.BY_OPERATOR, at.CUSTOMER_REACHED)


def found_none(w: World, order: int, now: int, again: int) -> None:
    """No slot on offer: try again another day, while the term runs."""
    o, reg = w.orders, w.reg
    count(w, now, NO_SLOT, 1)
    if o[order, at.FOUND_NO_SLOT] == 0:
        o[order, at.FOUND_NO_SLOT] = 1
        if o[order, at.COHORT] != at.NONE:
            w.outcomes[o[order, at.TERRITORY], OUT_NO_SLOT] += 1
    if now + reg[at.RETRY_MS] < o[order, at.CLOSES_AT]:
        ask(w, now + reg[at.RETRY_MS], again, order)


def customer_moves(w: World, order: int, now: int) -> None:
    """A customer asks for a later slot than the one in force."""
    o = w.orders
    if o[order, at.STATE] != w.reg[at.STATE_BOOKED]:
        return
    begin_session(w, order, now)
    held, territory = o[order, at.SLOT], o[order, at.TERRITORY]
    later = o[order, at.MOVE_DAYS]
    day = held // w.reg[at.BANDS] + (later if later > 1 else 1)
    slot = first_slot(w, territory, now, day, w.slots[held, at.SLOT_TIME])
    tell(w, order, at.TOLD_SLOT, slot)
    may_move = w.agent[at.ACT_RESCHEDULE, 0, 0, 0] != at.NONE and now <= w.slots[held, at.MOVABLE_UNTIL]
    if may_move and slot not in (at.NONE, held):
        time = w.slots[held, at.SLOT_TIME]
        take(w, territory, slot)
        happen(w, order, at.HAPPENS_RESCHEDULE, now, slot, at.BY_CUSTOMER)
        wished = first_of(w, w.places, territory, now, day, time)
        wished_at = w.slots[wished, at.SLOT_START] if wished != at.NONE else now
        o[order, at.ADDED] += later_by(w.slots[slot, at.SLOT_START], wished_at)


def later_by(start: int, wished_at: int) -> int:
    """By how much a slot begins later than the one wished."""
    return start - wished_at if start > wished_at else 0
