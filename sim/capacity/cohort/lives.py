"""What happens to an order in the ordered loop: its programs, run as `life_tables` has written them."""

from __future__ import annotations

from sim.capacity.cohort import layout as at
from sim.capacity.cohort.arrays import A_THOUSAND, World, ask, bin_number, count, end
from sim.capacity.cohort.free_slots import count_visit, first_visit
from sim.capacity.cohort.wires import get_link, notify, queue_row, send_sms
from sim.capacity.engine.tally import Cohort, DurationKind, HourlyCount, Outcome

BOOKED_BY = HourlyCount.BOOKED_BY_CUSTOMER
CANCELLED = HourlyCount.CANCELLED
COHORT_BOOKED = Cohort.BOOKED
ENGAGEMENT_SMS = HourlyCount.ENGAGEMENT_SMS
OUT_BOOKED_BY = Outcome.BOOKED_BY_CUSTOMER
REFUSED = HourlyCount.REFUSED
REMINDER_SMS = HourlyCount.REMINDERS
RESCHEDULES = HourlyCount.RESCHEDULES
TIMED_OUT = HourlyCount.TIMED_OUT
TO_BOOKING = DurationKind.TO_BOOKING


def program_for(w: World, order: int, happening: int) -> int:
    """The program of what happens to an order as it stands."""
    o = w.orders
    variant = 0
    if o[order, at.AWAITED + at.FIRST_NOTICE] != at.NONE:
        variant += 1
    if o[order, at.REMINDERS] > 0:
        variant += 2
    attempts = o[order, at.ATTEMPTS]
    variant += 4 * (attempts if attempts < 2 else 2)
    program = w.program_of[o[order, at.STATE], happening, variant]
    if program == at.NONE:
        w.reg[at.PROBLEM] = 1 + happening
    return int(program)


def change(w: World, order: int, program: int, now: int, slot: int, channel: int) -> int:
    """Do to an order what its program says happens at once; where in the program the effects begin."""
    o, code_of = w.orders, w.programs
    place = 0
    while True:
        code, argument = code_of[program, place], code_of[program, place + 1]
        if code == at.END_OF_PROGRAM or code > at.BECOME:
            return place
        place += 2
        awaited = at.AWAITED + argument % at.WAKE_UP_COUNT
        if code == at.CLEAR:
            o[order, awaited] = at.NONE
        elif code == at.SET_TABULATED:
            o[order, awaited] = o[order, argument // at.WAKE_UP_COUNT]
        elif code == at.SET_TERM:
            o[order, awaited] = o[order, at.CLOSES_AT]
        elif code == at.SET_REMINDER:
            planned = w.slots[slot, at.REMINDER_PLANNED]
            o[order, awaited] = planned if planned > now else now
        elif code == at.SET_VISIT:
            o[order, awaited] = w.slots[slot, at.SLOT_START]
        elif code == at.SET_SMS:
            o[order, at.SMS_AT] = now
            o[order, at.CLOSES_AT] = o[order, at.TERM_AT]
        elif code == at.SET_SLOT:
            o[order, at.SLOT] = slot
        elif code == at.COUNT_RESCHEDULE:
            o[order, at.RESCHEDULES] += 1
        elif code == at.COUNT_REMINDER:
            o[order, at.REMINDERS] += 1
        elif code == at.COUNT_ATTEMPT:
            o[order, at.ATTEMPTS] += 1
        elif code == at.DECLINE_BY:
            o[order, at.DECLINED] |= 1 << channel
        elif code == at.BECOME:
            o[order, at.STATE] = argument


def happen(w: World, order: int, happening: int, now: int, slot: int, channel: int) -> None:
    """Let something happen to an order and do its effects; what these provoke comes after them."""
    o = w.orders
    program = program_for(w, order, happening)
    if program < 0:
        return
    previous = o[order, at.SLOT]
    place = change(w, order, program, now, slot, channel)
    provoked = provoked_later = at.NONE
    while True:
        code, argument = w.programs[program, place], w.programs[program, place + 1]
        place += 2
        if code == at.END_OF_PROGRAM:
            if provoked == at.NONE:
                return
            program, place = provoked // A_THOUSAND, provoked % A_THOUSAND
            provoked, provoked_later = provoked_later, at.NONE
        elif code == at.DO_WAKE:
            instant = o[order, at.AWAITED + argument]
            if instant != now:
                ask(w, instant, argument, order)
                continue
            next_program = program_for(w, order, argument)
            if next_program < 0:
                return
            begins = change(w, order, next_program, now, o[order, at.SLOT], channel)
            if provoked == at.NONE:
                provoked = next_program * A_THOUSAND + begins
            else:
                provoked_later = next_program * A_THOUSAND + begins
        elif code == at.DO_NOTIFY:
            notify(w, order, now)
        else:
            do_effect(w, order, code, now, previous, channel)


def do_effect(w: World, order: int, code: int, now: int, previous: int, channel: int) -> None:
    """Do one effect that is neither a notification nor a promise."""
    o = w.orders
    territory, cohort = o[order, at.TERRITORY], o[order, at.COHORT]
    if code == at.DO_ENGAGEMENT_SMS:
        get_link(w, order, send_sms(w, now, ENGAGEMENT_SMS))
    elif code == at.DO_REMINDER_SMS:
        send_sms(w, now, REMINDER_SMS)
    elif code == at.DO_QUEUE_ROW:
        queue_row(w, order, now)
    elif code == at.DO_CONFIRMED:
        count(w, now, BOOKED_BY + channel, 1)
        if cohort != at.NONE:
            w.outcomes[territory, OUT_BOOKED_BY + channel] += 1
            w.measures[territory, TO_BOOKING, bin_number(w.bins, now - o[order, at.RECEIVED])] += 1
            w.cohorts[cohort, COHORT_BOOKED] += 1
    elif code == at.DO_MOVED:
        count(w, now, RESCHEDULES, 1)
    elif code == at.DO_RELEASE:
        w.free[territory, previous] += 1
    elif code == at.DO_SUSPEND:
        if o[order, at.SUSPENDED_AT] == at.NONE:
            o[order, at.SUSPENDED_AT] = now
    elif code == at.DO_RESUME:
        if o[order, at.SUSPENDED_AT] != at.NONE and o[order, at.RESUMED_AT] == at.NONE:
            o[order, at.RESUMED_AT] = now
    elif code == at.DO_VISIT:
        count_visit(w, territory, o[order, at.SLOT], now)
        end(w, order)
        if w.reg[at.TELLS_FURTHER_VISITS] == 1:
            first_visit(w, order, now)
    elif code == at.DO_CANCELLED:
        count(w, now, CANCELLED, 1)
        end(w, order)
    elif code == at.DO_REFUSED:
        count(w, now, REFUSED, 1)
        end(w, order)
    elif code == at.DO_TIMED_OUT:
        count(w, now, TIMED_OUT, 1)
        end(w, order)
    else:  # DO_HANDED_BACK, DO_LAST_CALL
        end(w, order)
