"""What happens to an order in the ordered loop: its programs, run as `life_tables` has written them."""

from __future__ import annotations

from sim.capacity.cohort import layout as at
from sim.capacity.cohort.arrays import A_THOUSAND, World, bin_number, count, end_order, promise
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


def program_for(world: World, order: int, happening: int) -> int:
    """The program of what happens to an order as it stands."""
    orders = world.orders
    variant = 0
    if orders[order, at.AWAITED + at.FIRST_NOTICE] != at.NONE:
        variant += 1
    if orders[order, at.REMINDERS] > 0:
        variant += 2
    attempts = orders[order, at.ATTEMPTS]
    variant += 4 * (attempts if attempts < 2 else 2)
    program = world.program_of[orders[order, at.STATE], happening, variant]
    if program == at.NONE:
        world.reg[at.PROBLEM] = 1 + happening
    return int(program)


def change(world: World, order: int, program: int, now: int, slot: int, channel: int) -> int:
    """Do to an order what its program says happens at once; where in the program the effects begin."""
    orders, code_of = world.orders, world.programs
    place = 0
    while True:
        code, argument = code_of[program, place], code_of[program, place + 1]
        if code == at.END_OF_PROGRAM or code > at.BECOME:
            return place
        place += 2
        awaited = at.AWAITED + argument % at.WAKE_UP_COUNT
        if code == at.CLEAR:
            orders[order, awaited] = at.NONE
        elif code == at.SET_TABULATED:
            orders[order, awaited] = orders[order, argument // at.WAKE_UP_COUNT]
        elif code == at.SET_TERM:
            orders[order, awaited] = orders[order, at.CLOSES_AT]
        elif code == at.SET_REMINDER:
            planned = world.slots[slot, at.REMINDER_PLANNED]
            orders[order, awaited] = planned if planned > now else now
        elif code == at.SET_VISIT:
            orders[order, awaited] = world.slots[slot, at.SLOT_START]
        elif code == at.SET_SMS:
            orders[order, at.SMS_AT] = now
            orders[order, at.CLOSES_AT] = orders[order, at.TERM_AT]
        elif code == at.SET_SLOT:
            orders[order, at.SLOT] = slot
        elif code == at.COUNT_RESCHEDULE:
            orders[order, at.RESCHEDULES] += 1
        elif code == at.COUNT_REMINDER:
            orders[order, at.REMINDERS] += 1
        elif code == at.COUNT_ATTEMPT:
            orders[order, at.ATTEMPTS] += 1
        elif code == at.DECLINE_BY:
            orders[order, at.DECLINED] |= 1 << channel
        elif code == at.BECOME:
            orders[order, at.STATE] = argument


def happen(world: World, order: int, happening: int, now: int, slot: int, channel: int) -> None:
    """Let something happen to an order and do its effects; what these provoke comes after them."""
    orders = world.orders
    program = program_for(world, order, happening)
    if program < 0:
        return
    previous = orders[order, at.SLOT]
    place = change(world, order, program, now, slot, channel)
    provoked = provoked_later = at.NONE
    while True:
        code, argument = world.programs[program, place], world.programs[program, place + 1]
        place += 2
        if code == at.END_OF_PROGRAM:
            if provoked == at.NONE:
                return
            program, place = provoked // A_THOUSAND, provoked % A_THOUSAND
            provoked, provoked_later = provoked_later, at.NONE
        elif code == at.DO_WAKE:
            instant = orders[order, at.AWAITED + argument]
            if instant != now:
                promise(world, instant, argument, order)
                continue
            next_program = program_for(world, order, argument)
            if next_program < 0:
                return
            begins = change(world, order, next_program, now, orders[order, at.SLOT], channel)
            if provoked == at.NONE:
                provoked = next_program * A_THOUSAND + begins
            else:
                provoked_later = next_program * A_THOUSAND + begins
        elif code == at.DO_NOTIFY:
            notify(world, order, now)
        else:
            do_effect(world, order, code, now, previous, channel)


def do_effect(world: World, order: int, code: int, now: int, previous: int, channel: int) -> None:
    """Do one effect that is neither a notification nor a promise."""
    orders = world.orders
    territory, cohort = orders[order, at.TERRITORY], orders[order, at.COHORT]
    if code == at.DO_ENGAGEMENT_SMS:
        get_link(world, order, send_sms(world, now, ENGAGEMENT_SMS))
    elif code == at.DO_REMINDER_SMS:
        send_sms(world, now, REMINDER_SMS)
    elif code == at.DO_QUEUE_ROW:
        queue_row(world, order, now)
    elif code == at.DO_CONFIRMED:
        count(world, now, BOOKED_BY + channel, 1)
        if cohort != at.NONE:
            world.outcomes[territory, OUT_BOOKED_BY + channel] += 1
            world.measures[territory, TO_BOOKING, bin_number(world.bins, now - orders[order, at.RECEIVED])] += 1
            world.cohorts[cohort, COHORT_BOOKED] += 1
    elif code == at.DO_MOVED:
        count(world, now, RESCHEDULES, 1)
    elif code == at.DO_RELEASE:
        world.free[territory, previous] += 1
    elif code == at.DO_SUSPEND:
        if orders[order, at.SUSPENDED_AT] == at.NONE:
            orders[order, at.SUSPENDED_AT] = now
    elif code == at.DO_RESUME:
        if orders[order, at.SUSPENDED_AT] != at.NONE and orders[order, at.RESUMED_AT] == at.NONE:
            orders[order, at.RESUMED_AT] = now
    elif code == at.DO_VISIT:
        count_visit(world, territory, orders[order, at.SLOT], now)
        end_order(world, order)
        if world.reg[at.TELLS_FURTHER_VISITS] == 1:
            first_visit(world, order, now)
    elif code == at.DO_CANCELLED:
        count(world, now, CANCELLED, 1)
        end_order(world, order)
    elif code == at.DO_REFUSED:
        count(world, now, REFUSED, 1)
        end_order(world, order)
    elif code == at.DO_TIMED_OUT:
        count(world, now, TIMED_OUT, 1)
        end_order(world, order)
    else:  # DO_HANDED_BACK, DO_LAST_CALL
        end_order(world, order)
