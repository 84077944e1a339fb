"""The ordered loop: what competes for gateway, connections, slots and agents, in the order of the service engine.

Events happen by instant, and within an instant in the order in which they were asked for. The functions here use numbers,
arrays and lists only, so that they can be compiled as they stand; nothing in them is a rule of the service. What
happens to an order is in its programs (`life_tables`), when it happens in the tables made from `reference_impl`.
"""

from __future__ import annotations

from heapq import heapify, heappop, heappush, heapreplace
from typing import Any, NamedTuple

import numpy as np

from reference_impl.civil_time import HOUR, MINUTE, SECOND
from sim.agenda import SPAN
from sim.capacity.cohort import layout as at
from sim.capacity.engine.tally import CallCount, Cohort, DurationKind, HourlyCount, Outcome, Wait
from sim.capacity.engine.workload import LATENCIES, NOTHING, REFUSES

Heap = Any  # a list of (when, event)
Ints = Any  # a list of whole numbers
TURNS = 1 << 40  # more than a run has events
A_THOUSAND = 1_000
SPARE_EVENTS = 16  # one event asks for no more
LATENCY_COUNT = len(LATENCIES)
RECEIVED, LINE_READY, ENGAGEMENT_SMS = HourlyCount.RECEIVED, HourlyCount.LINE_READY, HourlyCount.ENGAGEMENT_SMS
REMINDER_SMS, NOTIFICATIONS, DEPOSITS = HourlyCount.REMINDERS, HourlyCount.NOTIFICATIONS, HourlyCount.DEPOSITS
ROWS, LARGEST_DEPOSIT, SESSIONS = HourlyCount.ROWS, HourlyCount.LARGEST_DEPOSIT, HourlyCount.SESSIONS
SESSIONS_PEAK, BOOKED_BY = HourlyCount.SESSIONS_PEAK, HourlyCount.BOOKED_BY_CUSTOMER
REFUSED, TIMED_OUT, CANCELLED = HourlyCount.REFUSED, HourlyCount.TIMED_OUT, HourlyCount.CANCELLED
RESCHEDULES, VISITS, NO_SLOT, CALLS = (
    HourlyCount.RESCHEDULES,
    HourlyCount.VISITS,
    HourlyCount.NO_SLOT,
    HourlyCount.CALLS,
)
IN_A_SECOND, WAITING, ALIVE, CALLS_WAITING = (
    HourlyCount.NOTIFICATIONS_IN_A_SECOND,
    HourlyCount.NOTIFICATIONS_WAITING,
    HourlyCount.ALIVE,
    HourlyCount.CALLS_WAITING,
)
OUT_RECEIVED, OUT_IN_SERVICE, OUT_BOOKED_BY = Outcome.RECEIVED, Outcome.IN_SERVICE, Outcome.BOOKED_BY_CUSTOMER
OUT_NO_SLOT, OUT_RESCHEDULES, OUT_REMINDERS = Outcome.FOUND_NO_SLOT, Outcome.RESCHEDULES, Outcome.REMINDERS
OUT_VISITED, OUT_ORDINARY, OUT_OPEN = Outcome.VISITED, Outcome.ORDINARY, Outcome.OPEN
OUT_TOO_LATE = Outcome.ANSWERED_TOO_LATE
TO_BOOKING, TO_VISIT, SUSPENDED = DurationKind.TO_BOOKING, DurationKind.TO_VISIT, DurationKind.SUSPENDED
OF_SMS, OF_NOTIFICATION, OF_CALL = Wait.SMS, Wait.NOTIFICATION, Wait.CALL
COHORT_RECEIVED, COHORT_BOOKED, COHORT_NO_SLOT = Cohort.RECEIVED, Cohort.BOOKED, Cohort.NO_SLOT
COHORT_TO_VISIT = Cohort.DAYS_TO_VISIT_MS
CALLS_MADE, CALLS_NOT_MADE = CallCount.MADE, CallCount.NOT_MADE


class World(NamedTuple):
    """The arrays of a run: its state, its tables, its counts."""

    reg: Any
    orders: Any
    fractions: Any  # of each order: how far into the open time a customer moves the appointment
    events: Any
    spans: Any  # the first event of each five minutes to come
    slots: Any
    free: Any  # places left, by territory and slot
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
    calls: Any
    ended_as: Any  # the outcome of a state, if it is an end in the service
    cohort_of: Any  # the column of a day's counts for an outcome


class Flow(NamedTuple):
    """What grows and shrinks while the loop runs, as lists."""

    heap: Heap
    connections: Ints
    session_ends: Ints
    queued: Ints  # when the notifications that wait will start
    ended: Ints
    told: Ints
    kept: Ints


def bin_number(bins: Any, duration: int) -> int:
    """The bin of a duration: the last whose first whole millisecond is not above it."""
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
    """How much open time has passed at an instant."""
    index = last_at_or_before(openings, at.OPENS, first, count, instant)
    if index < 0:
        return 0
    row = first + index
    since = instant - openings[row, at.OPENS]
    length = openings[row, at.OPEN_LENGTH]
    return openings[row, at.OPEN_BEFORE] + (since if since < length else length)


def instant_at(openings: Any, first: int, count: int, position: int) -> int:
    """The instant at which that much open time has passed; at a closing time, the next opening."""
    index = last_at_or_before(openings, at.OPEN_BEFORE, first, count, position)
    row = first + index
    return openings[row, at.OPENS] + position - openings[row, at.OPEN_BEFORE]


def ask(w: World, heap: Heap, instant: int, kind: int, subject: int) -> None:
    """Promise an event; what lies beyond the run is forgotten."""
    reg = w.reg
    turn = reg[at.NEXT_TURN]
    reg[at.NEXT_TURN] = turn + 1
    if instant >= reg[at.LATEST]:
        return
    event = reg[at.FREE_EVENT]
    events = w.events
    reg[at.FREE_EVENT] = events[event, at.FOLLOWING]
    reg[at.FREE_EVENTS] -= 1
    events[event, at.WHEN] = instant
    events[event, at.TURN] = turn
    events[event, at.KIND] = kind
    events[event, at.SUBJECT] = subject
    if kind < at.DEPOSIT:
        w.orders[subject, at.PENDING] += 1
    span = (instant - reg[at.START]) // SPAN
    if span <= reg[at.NOW_SPAN]:
        heappush(heap, (int((instant - reg[at.START] - span * SPAN) * TURNS + turn), int(event)))
    else:
        events[event, at.FOLLOWING] = w.spans[span]
        w.spans[span] = event


def let_go(w: World, order: int) -> None:
    """Free the place of an order that is forgotten and that nothing names any more."""
    if w.orders[order, at.FORGOTTEN] == 1 and w.orders[order, at.PENDING] == 0:
        w.orders[order, at.NEXT] = w.reg[at.FREE_ORDER]
        w.reg[at.FREE_ORDER] = order
        w.reg[at.FREE_ORDERS] += 1


def tell(w: World, told: Ints, order: int, what: int, value: int) -> None:
    """Note something of a sampled order."""
    o = w.orders
    if o[order, at.SAMPLED] == 1:
        told.append(int(o[order, at.DAY]))
        told.append(int(o[order, at.INDEX]))
        told.append(int(what))
        told.append(int(value))


def count(w: World, now: int, load: int, number: int) -> None:
    """Count in the hour that runs."""
    w.hours[(now - w.reg[at.START]) // HOUR, load] += number


def peak(w: World, now: int, load: int, value: int) -> None:
    """Keep the largest value of the hour that runs."""
    hour = (now - w.reg[at.START]) // HOUR
    if value > w.hours[hour, load]:
        w.hours[hour, load] = value


def wait(w: World, kind: int, wait_ms: int) -> None:
    """Count a wait, within the measured time."""
    if w.reg[at.MEASURING] == 1:
        w.waits[kind, bin_number(w.bins, wait_ms) if wait_ms else 0] += 1


def send_sms(w: World, now: int, load: int) -> int:
    """Hand an SMS to the gateway; when it leaves."""
    reg = w.reg
    start_us = now * A_THOUSAND
    if reg[at.GATEWAY_FREE_US] > start_us:
        start_us = reg[at.GATEWAY_FREE_US]
    reg[at.GATEWAY_FREE_US] = start_us + reg[at.SMS_INTERVAL_US]
    sent_at = start_us // A_THOUSAND
    delay = sent_at - now
    count(w, now, load, 1)
    minute, minutes = (now - reg[at.START]) // MINUTE, reg[at.MINUTES]
    if minute < minutes:
        w.handed[minute] += 1
    minute = (sent_at - reg[at.START]) // MINUTE
    if minute < minutes:
        w.sent[minute] += 1
    wait(w, OF_SMS, delay)
    reg[at.SMS_DELAY] += delay
    if delay > MINUTE and reg[at.MEASURING] == 1:
        if delay > reg[at.LARGEST_SMS_DELAY]:
            reg[at.LARGEST_SMS_DELAY] = delay
        if sent_at >= reg[at.WINDOW_END]:
            reg[at.SMS_AFTER_WINDOW] += 1
    return sent_at


def notify(w: World, f: Flow, order: int, now: int) -> None:
    """A notification takes a connection for its latency, the first that is free."""
    reg, o = w.reg, w.orders
    count(w, now, NOTIFICATIONS, 1)
    second = now // SECOND
    if second == reg[at.THIS_SECOND]:
        reg[at.IN_THIS_SECOND] += 1
    else:
        reg[at.THIS_SECOND] = second
        reg[at.IN_THIS_SECOND] = 1
    peak(w, now, IN_A_SECOND, reg[at.IN_THIS_SECOND])
    latency = reg[at.CONSTANT_LATENCY]
    if latency == at.NONE:
        o[order, at.NOTICES] += 1
        latency = o[order, at.LATENCY + o[order, at.NOTICES] % LATENCY_COUNT]
    start = f.connections[0]
    if start <= now:
        start = now
    else:
        reg[at.NOTIFICATION_WAIT] += start - now
        queued = f.queued
        while len(queued) > queued[0] and queued[queued[0]] <= now:
            queued[0] += 1
        queued.append(int(start))
        peak(w, now, WAITING, len(queued) - queued[0])
    heapreplace(f.connections, int(start + latency))
    wait(w, OF_NOTIFICATION, start - now)


def begin_session(w: World, f: Flow, order: int, now: int) -> None:
    """Sessions at once: those that began before and have not ended."""
    ends = f.session_ends
    while len(ends) > 0 and ends[0] <= now:
        heappop(ends)
    heappush(ends, int(now + w.orders[order, at.SESSION]))
    count(w, now, SESSIONS, 1)
    peak(w, now, SESSIONS_PEAK, len(ends))


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
    return program


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


def happen(w: World, f: Flow, order: int, happening: int, now: int, slot: int, channel: int) -> None:
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
                ask(w, f.heap, instant, argument, order)
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
            notify(w, f, order, now)
        else:
            do_effect(w, f, order, code, now, previous, channel)


def do_effect(w: World, f: Flow, order: int, code: int, now: int, previous: int, channel: int) -> None:
    """Do one effect that is neither a notification nor a promise."""
    o = w.orders
    territory, cohort = o[order, at.TERRITORY], o[order, at.COHORT]
    if code == at.DO_ENGAGEMENT_SMS:
        get_link(w, f, order, send_sms(w, now, ENGAGEMENT_SMS))
    elif code == at.DO_REMINDER_SMS:
        send_sms(w, now, REMINDER_SMS)
    elif code == at.DO_QUEUE_ROW:
        queue_row(w, f, order, now)
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
        count(w, now, VISITS, 1)
        cell = w.slots[o[order, at.SLOT], at.SLOT_CELL]
        if cell != at.NONE:
            w.visits[territory, cell] += 1
        f.ended.append(int(order))
    elif code == at.DO_CANCELLED:
        count(w, now, CANCELLED, 1)
        f.ended.append(int(order))
    elif code == at.DO_REFUSED:
        count(w, now, REFUSED, 1)
        f.ended.append(int(order))
    elif code == at.DO_TIMED_OUT:
        count(w, now, TIMED_OUT, 1)
        f.ended.append(int(order))
    else:  # DO_HANDED_BACK, DO_LAST_CALL
        f.ended.append(int(order))


def get_link(w: World, f: Flow, order: int, sent_at: int) -> None:
    """A customer gets the link, and uses it later or never."""
    o, reg = w.orders, w.reg
    tell(w, f.told, order, at.TOLD_SMS, sent_at)
    if o[order, at.BEHAVIOUR] != NOTHING:
        if reg[at.AWAKE_ALWAYS] == 1:
            acts_at = sent_at + o[order, at.ANSWER]
        else:
            openings = reg[at.AWAKE_OPENINGS]
            position = position_of(w.awake, 0, openings, sent_at) + o[order, at.ANSWER]
            acts_at = instant_at(w.awake, 0, openings, position)
        if acts_at < o[order, at.CLOSES_AT]:
            o[order, at.ACTS_AT] = acts_at
            ask(w, f.heap, acts_at, at.CUSTOMER_ACTS, order)
        elif o[order, at.COHORT] != at.NONE:
            w.outcomes[o[order, at.TERRITORY], OUT_TOO_LATE] += 1
    if o[order, at.CANCELS_AFTER] != at.NONE:
        ask(w, f.heap, sent_at + o[order, at.CANCELS_AFTER], at.OPERATOR_CANCELS, order)


def queue_row(w: World, f: Flow, order: int, now: int) -> None:
    """The row of an order joins the deposit run that comes, or begins it."""
    o, reg = w.orders, w.reg
    run_at = o[order, at.RUN_AT]
    if run_at == reg[at.DEPOSITED_AT]:
        run_at += SECOND
    o[order, at.NEXT] = at.NONE
    o[order, at.PENDING] += 1
    if run_at == reg[at.LAST_RUN_AT]:
        first = reg[at.LAST_RUN_FIRST]
        o[first, at.RUN_ROWS] += 1
        o[reg[at.LAST_RUN_LAST], at.NEXT] = order
        reg[at.LAST_RUN_LAST] = order
        return
    if run_at < reg[at.LAST_RUN_AT]:
        reg[at.PROBLEM] = A_THOUSAND  # runs are taken to come in the order in which their rows do
    reg[at.LAST_RUN_AT], reg[at.LAST_RUN_FIRST], reg[at.LAST_RUN_LAST] = run_at, order, order
    o[order, at.RUN_ROWS] = 1
    ask(w, f.heap, run_at, at.DEPOSIT, order)


def deposit(w: World, f: Flow, first: int, now: int) -> None:
    """One deposit run: the files of each operator, and what its call centre makes of them."""
    o, reg = w.orders, w.reg
    reg[at.DEPOSITED_AT] = now
    if reg[at.LAST_RUN_AT] == now:
        reg[at.LAST_RUN_AT] = at.NONE
    operators = len(w.centres)
    heads = np.full(operators, at.NONE, np.int64)
    tails = np.full(operators, at.NONE, np.int64)
    numbers = np.zeros(operators, np.int64)
    seen = np.zeros(operators, np.int64)
    seen_count = 0
    row = first
    while row != at.NONE:
        following, operator = o[row, at.NEXT], o[row, at.OPERATOR]
        o[row, at.NEXT] = at.NONE
        if o[row, at.STATE] == reg[at.STATE_CANCELLED] and reg[at.DROPS_CANCELLED] == 1:
            o[row, at.PENDING] -= 1
            tell(w, f.told, row, at.TOLD_FILE, at.NONE)
            let_go(w, row)
        else:
            if heads[operator] == at.NONE:
                heads[operator] = row
                seen[seen_count] = operator
                seen_count += 1
            else:
                o[tails[operator], at.NEXT] = row
            tails[operator] = row
            numbers[operator] += 1
        row = following
    for place in range(seen_count):
        operator = seen[place]
        deposit_for(w, f, operator, heads[operator], numbers[operator], now)


def deposit_for(w: World, f: Flow, operator: int, first: int, rows: int, now: int) -> None:
    """The files of one operator in a run, then its calls in the order of the rows."""
    o, reg = w.orders, w.reg
    each = reg[at.FILE_FOR_EACH_ROW] == 1
    count(w, now, DEPOSITS, rows if each else 1)
    count(w, now, ROWS, rows)
    peak(w, now, LARGEST_DEPOSIT, 1 if each else rows)
    row, number = first, 0
    while row != at.NONE:
        following = o[row, at.NEXT]
        number += 1
        tell(w, f.told, row, at.TOLD_FILE, number)
        if w.centres[operator, at.HAS_CENTRE] == 1 and o[row, at.STATE] == reg[at.STATE_ENGAGED]:
            ask_call(w, f, operator, row, now)
        o[row, at.PENDING] -= 1
        let_go(w, row)
        row = following


def open_position(w: World, operator: int, instant: int) -> int:
    """How much open time of a call centre has passed at an instant."""
    c = w.centres
    if c[operator, at.CENTRE_ALWAYS] == 1:
        return instant
    return position_of(w.openings, c[operator, at.CENTRE_FIRST], c[operator, at.CENTRE_OPENINGS], instant)


def after_open(w: World, operator: int, instant: int, open_ms: int) -> int:
    """The instant so much open time of a call centre after another."""
    c = w.centres
    position = open_position(w, operator, instant) + open_ms
    if c[operator, at.CENTRE_ALWAYS] == 1:
        return position
    return instant_at(w.openings, c[operator, at.CENTRE_FIRST], c[operator, at.CENTRE_OPENINGS], position)


def ask_call(w: World, f: Flow, operator: int, order: int, now: int) -> None:
    """A row asks for its first call."""
    w.orders[order, at.CALL_ATTEMPT] = 1
    ask(w, f.heap, after_open(w, operator, now, w.centres[operator, at.FIRST_MS]), at.CALL_IS_DUE, order)


def may_be_called(w: World, order: int, now: int) -> bool:
    """Whether nobody has acted yet and the term still runs."""
    return w.orders[order, at.STATE] == w.reg[at.STATE_ENGAGED] and now < w.orders[order, at.CLOSES_AT]


def call_is_due(w: World, f: Flow, order: int, now: int) -> None:
    """An agent calls, or the order joins the queue."""
    o, c = w.orders, w.centres
    if not may_be_called(w, order, now):
        return
    operator = o[order, at.OPERATOR]
    o[order, at.CALL_SINCE] = now
    if c[operator, at.FREE_AGENTS] > 0:
        call(w, f, order, now)
        return
    o[order, at.CALL_NEXT] = at.NONE
    o[order, at.PENDING] += 1
    if c[operator, at.QUEUE_LENGTH] == 0:
        c[operator, at.QUEUE_FIRST] = order
    else:
        o[c[operator, at.QUEUE_LAST], at.CALL_NEXT] = order
    c[operator, at.QUEUE_LAST] = order
    c[operator, at.QUEUE_LENGTH] += 1
    peak(w, now, CALLS_WAITING, c[operator, at.QUEUE_LENGTH])


def call(w: World, f: Flow, order: int, now: int) -> None:
    """One call: it takes an agent for its time, and reaches the customer or asks for another."""
    o, c = w.orders, w.centres
    operator, attempt = o[order, at.OPERATOR], o[order, at.CALL_ATTEMPT]
    c[operator, at.FREE_AGENTS] -= 1
    count(w, now, CALLS, 1)
    wait(w, OF_CALL, open_position(w, operator, now) - open_position(w, operator, o[order, at.CALL_SINCE]))
    if w.reg[at.MEASURING] == 1:
        w.calls[operator, CALLS_MADE] += 1
    ask(w, f.heap, after_open(w, operator, now, c[operator, at.CALL_MS]), at.AGENT_IS_FREE, operator)
    if attempt == o[order, at.REACHED_AT_ATTEMPT]:
        tell(w, f.told, order, at.TOLD_CALL, now)
        customer_reached(w, f, order, now)
    elif attempt < c[operator, at.MOST_ATTEMPTS]:
        o[order, at.CALL_ATTEMPT] = attempt + 1
        ask(w, f.heap, after_open(w, operator, now, c[operator, at.BETWEEN_MS]), at.CALL_IS_DUE, order)


def agent_is_free(w: World, f: Flow, operator: int, now: int) -> None:
    """An agent takes the first of the queue whom there is still a reason to call."""
    o, c, reg = w.orders, w.centres, w.reg
    c[operator, at.FREE_AGENTS] += 1
    while c[operator, at.QUEUE_LENGTH] > 0:
        order = c[operator, at.QUEUE_FIRST]
        c[operator, at.QUEUE_FIRST] = o[order, at.CALL_NEXT]
        c[operator, at.QUEUE_LENGTH] -= 1
        called = may_be_called(w, order, now)
        state = o[order, at.STATE]
        if called:
            call(w, f, order, now)
        elif reg[at.MEASURING] == 1:
            if state == reg[at.STATE_ENGAGED] or state == reg[at.STATE_TIMED_OUT] or state == reg[at.STATE_HANDED_BACK]:
                w.calls[operator, CALLS_NOT_MADE] += 1
        o[order, at.PENDING] -= 1
        let_go(w, order)
        if called:
            return


def first_slot(w: World, territory: int, now: int, day: int, time: int) -> int:
    """The first free slot on offer from a day and time of day on; else the first of all; -1 if none is free."""
    reg = w.reg
    today = reg[at.TODAY]
    last = today + reg[at.OFFERED_DAYS]
    if day <= last:
        slot = first_from(w, territory, now, day, last, w.starts[day, time])
        if slot != at.NONE:
            return slot
    return first_from(w, territory, now, today, last, now)


def first_from(w: World, territory: int, now: int, first: int, last: int, since: int) -> int:
    """The first free slot on offer of some days, from an instant on."""
    bands, slots, free = w.reg[at.BANDS], w.slots, w.free
    for slot in range(first * bands, (last + 1) * bands):
        if free[territory, slot] > 0 and slots[slot, at.SLOT_EXISTS] == 1:
            if slots[slot, at.SLOT_START] >= since and slots[slot, at.OFFERED_UNTIL] >= now:
                return slot
    return at.NONE


def visit_agent(w: World, f: Flow, order: int, now: int, refuses: bool, channel: int, again: int) -> None:
    """One session: refuse, or book the first slot that suits."""
    o, reg = w.orders, w.reg
    begin_session(w, f, order, now)
    declined = o[order, at.DECLINED]
    if refuses:
        happening, who = w.agent[at.ACT_DECLINE, channel, declined, 0], w.agent[at.ACT_DECLINE, channel, declined, 1]
        if happening != at.NONE:
            happen(w, f, order, happening, now, at.NONE, who)
        return
    territory = o[order, at.TERRITORY]
    slot = first_slot(w, territory, now, reg[at.TODAY] + o[order, at.WISH_DAYS], o[order, at.WISH_BAND])
    tell(w, f.told, order, at.TOLD_SLOT, slot)
    if slot == at.NONE:
        found_none(w, f, order, now, again)
        return
    happening, who = w.agent[at.ACT_CONFIRM, channel, declined, 0], w.agent[at.ACT_CONFIRM, channel, declined, 1]
    if happening == at.NONE:
        return
    take(w, territory, slot)
    happen(w, f, order, happening, now, slot, who)
    o[order, at.BOOKED_AT] = now
    if o[order, at.RESCHEDULES_ONCE] == 1:
        open_ms = w.slots[slot, at.MOVES_BEFORE] - now
        if open_ms < 0:
            open_ms = 0 * open_ms
        ask(w, f.heap, now + int(open_ms * w.fractions[order]), at.CUSTOMER_MOVES, order)


def customer_reached(w: World, f: Flow, order: int, now: int) -> None:
    """A call centre has a customer on the line, or one whom it told to wait for a slot."""
    o = w.orders
    if o[order, at.STATE] == w.reg[at.STATE_ENGAGED]:
        visit_agent(w, f, order, now, o[order, at.REFUSES_ON_CALL] == 1, at.BY_OPERATOR, at.CUSTOMER_REACHED)


def take(w: World, territory: int, slot: int) -> None:
    """Take one place of a slot; INV-6 is counted apart."""
    w.free[territory, slot] -= 1
    if w.free[territory, slot] < 0:
        w.reg[at.SLOTS_OVER_CAPACITY] += 1


def found_none(w: World, f: Flow, order: int, now: int, again: int) -> None:
    """No slot on offer: try again another day, while the term runs."""
    o, reg = w.orders, w.reg
    count(w, now, NO_SLOT, 1)
    if o[order, at.FOUND_NO_SLOT] == 0:
        o[order, at.FOUND_NO_SLOT] = 1
        if o[order, at.COHORT] != at.NONE:
            w.outcomes[o[order, at.TERRITORY], OUT_NO_SLOT] += 1
    if now + reg[at.RETRY_MS] < o[order, at.CLOSES_AT]:
        ask(w, f.heap, now + reg[at.RETRY_MS], again, order)


def customer_moves(w: World, f: Flow, order: int, now: int) -> None:
    """A customer asks for a later slot than the one in force."""
    o = w.orders
    if o[order, at.STATE] != w.reg[at.STATE_BOOKED]:
        return
    begin_session(w, f, order, now)
    held, territory = o[order, at.SLOT], o[order, at.TERRITORY]
    later = o[order, at.MOVE_DAYS]
    day = held // w.reg[at.BANDS] + (later if later > 1 else 1)
    slot = first_slot(w, territory, now, day, w.slots[held, at.SLOT_TIME])
    tell(w, f.told, order, at.TOLD_SLOT, slot)
    may_move = w.agent[at.ACT_RESCHEDULE, 0, 0, 0] != at.NONE and now <= w.slots[held, at.MOVABLE_UNTIL]
    if slot != at.NONE and slot != held and may_move:
        take(w, territory, slot)
        happen(w, f, order, at.HAPPENS_RESCHEDULE, now, slot, at.BY_CUSTOMER)


def act(w: World, f: Flow, kind: int, subject: int, now: int) -> None:
    """Let an event happen."""
    o, reg = w.orders, w.reg
    if kind < at.WAKE_UP_COUNT:
        if o[subject, at.AWAITED + kind] == now:
            happen(w, f, subject, kind, now, o[subject, at.SLOT], at.BY_CUSTOMER)
        return
    if kind == at.DEPOSIT:
        deposit(w, f, subject, now)
        return
    if kind == at.AGENT_IS_FREE:
        agent_is_free(w, f, subject, now)
        return
    state = o[subject, at.STATE]
    if kind == at.LINE_IS_READY:
        if o[subject, at.FORGOTTEN] == 0 and o[subject, at.IN_SERVICE] >= 0:
            count(w, now, LINE_READY, 1)
            happen(w, f, subject, at.HAPPENS_LINE_READY, now, at.NONE, at.BY_CUSTOMER)
    elif kind == at.CUSTOMER_ACTS:
        if state == reg[at.STATE_ENGAGED]:
            visit_agent(w, f, subject, now, o[subject, at.BEHAVIOUR] == REFUSES, at.BY_CUSTOMER, kind)
    elif kind == at.CUSTOMER_REACHED:
        customer_reached(w, f, subject, now)
    elif kind == at.CALL_IS_DUE:
        call_is_due(w, f, subject, now)
    elif kind == at.CUSTOMER_MOVES:
        customer_moves(w, f, subject, now)
    elif state == reg[at.STATE_ENGAGED] or state == reg[at.STATE_BOOKED]:  # OPERATOR_CANCELS
        happen(w, f, subject, at.HAPPENS_CANCEL, now, at.NONE, at.BY_CUSTOMER)


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
        w.measures[territory, TO_VISIT, bin_number(w.bins, to_visit)] += 1
    if w.ended_as[o[order, at.STATE]] == at.NONE:
        return
    w.outcomes[territory, OUT_RESCHEDULES] += o[order, at.RESCHEDULES]
    w.outcomes[territory, OUT_REMINDERS] += o[order, at.REMINDERS]
    if o[order, at.SUSPENDED_AT] == at.NONE:
        w.measures[territory, SUSPENDED, 0] += 1
    elif o[order, at.RESUMED_AT] != at.NONE:
        suspended = o[order, at.RESUMED_AT] - o[order, at.SUSPENDED_AT]
        w.measures[territory, SUSPENDED, bin_number(w.bins, suspended)] += 1


def keep(w: World, kept: Ints, order: int) -> None:
    """Keep the row of a measured order that has ended."""
    o = w.orders
    visited = o[order, at.STATE] == w.reg[at.STATE_VISITED]
    kept.append(int(o[order, at.DAY]))
    kept.append(int(o[order, at.INDEX]))
    kept.append(int(o[order, at.OPERATOR]))
    kept.append(int(o[order, at.SERVICE]))
    kept.append(int(o[order, at.TERRITORY]))
    kept.append(int(o[order, at.RECEIVED]))
    kept.append(int(o[order, at.LINE_READY]))
    kept.append(int(o[order, at.SMS_AT]))
    kept.append(int(o[order, at.BOOKED_AT]))
    kept.append(int(w.slots[o[order, at.SLOT], at.SLOT_START]) if visited else at.NONE)
    kept.append(int(o[order, at.RESCHEDULES]))
    kept.append(int(o[order, at.STATE]))


def forget_ended(w: World, f: Flow) -> None:
    """Close the orders that have ended, and forget them."""
    for order in f.ended:
        outcome = w.ended_as[w.orders[order, at.STATE]]
        close(w, order, outcome if outcome != at.NONE else OUT_ORDINARY)
        if w.reg[at.KEEPS_ORDERS] == 1 and w.orders[order, at.COHORT] != at.NONE:
            keep(w, f.kept, order)
        tell(w, f.told, order, at.TOLD_END, w.orders[order, at.STATE])
        w.orders[order, at.FORGOTTEN] = 1
        w.orders[order, at.AWAITED + at.ATTEMPT] = at.NONE
        w.reg[at.ALIVE_ORDERS] -= 1
        let_go(w, order)
    f.ended.clear()


def take_in(w: World, f: Flow, incoming: Any, fractions: Any, until: int) -> None:
    """Let the orders of the day in that come before an instant."""
    o, reg = w.orders, w.reg
    index = reg[at.TAKEN_IN]
    while index < len(incoming) and incoming[index, at.RECEIVED] < until:
        order = reg[at.FREE_ORDER]
        reg[at.FREE_ORDER] = o[order, at.NEXT]
        reg[at.FREE_ORDERS] -= 1
        o[order, :] = incoming[index, :]
        w.fractions[order] = fractions[index]
        reg[at.ALIVE_ORDERS] += 1
        reg[at.ORDERS] += 1
        count(w, o[order, at.RECEIVED], RECEIVED, 1)
        cohort, territory = o[order, at.COHORT], o[order, at.TERRITORY]
        if cohort != at.NONE:
            w.outcomes[territory, OUT_RECEIVED] += 1
            if o[order, at.IN_SERVICE] == 1:
                w.outcomes[territory, OUT_IN_SERVICE] += 1
            w.cohorts[cohort, COHORT_RECEIVED] += 1
        if o[order, at.IN_SERVICE] < 0:  # handed back at once
            f.ended.append(int(order))
        ask(w, f.heap, o[order, at.LINE_READY], at.LINE_IS_READY, order)
        index += 1
    reg[at.TAKEN_IN] = index


def close_open(w: World) -> None:
    """Count the orders that are still under way when the run ends."""
    for order in range(len(w.orders)):
        if w.orders[order, at.FORGOTTEN] == 0:
            close(w, order, OUT_OPEN)


def begin_span(w: World, f: Flow, incoming: Any, fractions: Any, span: int) -> None:
    """Begin five minutes: the row of a new hour, the events that were promised, the orders that come."""
    reg, events = w.reg, w.events
    start = reg[at.START] + span * SPAN
    if (span * SPAN) % HOUR == 0:
        forget_ended(w, f)
        w.hours[(span * SPAN) // HOUR, ALIVE] = reg[at.ALIVE_ORDERS]
    if span == reg[at.FIRST_SPAN] and reg[at.TODAY] > reg[at.LAST_DAY]:
        if reg[at.ALIVE_ORDERS] == 0 or reg[at.TODAY] >= reg[at.STOP_DAY]:
            close_open(w)
            reg[at.STOPPED] = 1
            return
    reg[at.NOW_SPAN] = span
    event = w.spans[span]
    w.spans[span] = at.NONE
    while event != at.NONE:
        key = (events[event, at.WHEN] - start) * TURNS + events[event, at.TURN]
        f.heap.append((int(key), int(event)))
        event = events[event, at.FOLLOWING]
    heapify(f.heap)
    take_in(w, f, incoming, fractions, start + SPAN)


def run_day(w: World, f: Flow, incoming: Any, fractions: Any, until: int) -> int:
    """Run to the end of a day; hands back early, to go on later, when a table is nearly full."""
    reg, events, heap = w.reg, w.events, f.heap
    while reg[at.PROBLEM] == 0 and reg[at.STOPPED] == 0:
        if len(heap) == 0:
            span = reg[at.NOW_SPAN] + 1
            if span * SPAN + reg[at.START] >= until:
                return at.DAY_OVER
            if reg[at.FREE_EVENTS] < len(incoming) + SPARE_EVENTS:
                return at.POOL_EMPTY
            begin_span(w, f, incoming, fractions, span)
            continue
        event = heap[0][1]
        kind, subject = events[event, at.KIND], events[event, at.SUBJECT]
        needed = w.orders[subject, at.RUN_ROWS] if kind == at.DEPOSIT else 0
        if reg[at.FREE_EVENTS] < needed + SPARE_EVENTS:
            return at.POOL_EMPTY
        heappop(heap)
        now = events[event, at.WHEN]
        events[event, at.FOLLOWING] = reg[at.FREE_EVENT]
        reg[at.FREE_EVENT] = event
        reg[at.FREE_EVENTS] += 1
        act(w, f, kind, subject, now)
        if kind < at.DEPOSIT:
            w.orders[subject, at.PENDING] -= 1
            let_go(w, subject)
    return at.DAY_OVER


def run(
    w: World,
    heap: Any,
    connections: Any,
    session_ends: Any,
    queued: Any,
    ended: Any,
    incoming: Any,
    fractions: Any,
    until: int,
) -> tuple[Any, ...]:
    """Run to an instant with what was under way as arrays; what is under way then, as arrays, and what was told."""
    f = Flow(
        [(int(heap[i, 0]), int(heap[i, 1])) for i in range(len(heap))],
        [int(free_at) for free_at in connections],
        [int(end) for end in session_ends],
        [int(start) for start in queued],
        [int(order) for order in ended],
        [int(word) for word in w.reg[:0]],
        [int(word) for word in w.reg[:0]],
    )
    why = run_day(by_reference(w), f, incoming, fractions, until)
    pairs = np.zeros((len(f.heap), 2), np.int64)
    for i in range(len(f.heap)):
        pairs[i, 0], pairs[i, 1] = f.heap[i]
    waiting = f.queued[f.queued[0] :]
    waiting[0:0] = [1]
    return (
        why,
        pairs,
        np.array(f.connections),
        as_array(f.session_ends),
        as_array(waiting),
        as_array(f.ended),
        as_array(f.told),
        as_array(f.kept),
    )


def by_reference(w: World) -> World:
    """The world as the functions hand it to each other; compiled, this makes one pointer of its arrays."""
    return w


def as_array(numbers: Ints) -> Any:
    """A list of whole numbers, which may be empty, as an array."""
    made = np.zeros(len(numbers), np.int64)
    for i in range(len(numbers)):
        made[i] = numbers[i]
    return made
