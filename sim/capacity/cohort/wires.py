"""The wires of the ordered loop: the gateway, the connections of the operators, the rows of the deposit runs."""

from __future__ import annotations

from reference_impl.civil_time import MINUTE, SECOND
from sim.capacity.cohort import layout as at
from sim.capacity.cohort.arrays import (
    A_THOUSAND,
    World,
    ask,
    count,
    instant_at,
    peak,
    position_of,
    replace_least,
    tell,
    wait,
)
from sim.capacity.engine.tally import HourlyCount, Outcome, Wait
from sim.capacity.engine.workload import LATENCIES, NOTHING

IN_A_SECOND = HourlyCount.NOTIFICATIONS_IN_A_SECOND
LATENCY_COUNT = len(LATENCIES)
NOTIFICATIONS = HourlyCount.NOTIFICATIONS
OF_NOTIFICATION = Wait.NOTIFICATION
OF_SMS = Wait.SMS
OUT_TOO_LATE = Outcome.ANSWERED_TOO_LATE
WAITING = HourlyCount.NOTIFICATIONS_WAITING


def send_sms(w: World, now: int, load: int) -> int:
    """Hand an SMS to the gateway; when it leaves."""
    reg = w.reg
    start_us = max(now * A_THOUSAND, reg[at.GATEWAY_FREE_US])
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
    if delay > 0 and reg[at.MEASURING] == 1:
        reg[at.LARGEST_SMS_DELAY] = max(reg[at.LARGEST_SMS_DELAY], delay)
        if sent_at >= reg[at.WINDOW_END]:
            reg[at.SMS_AFTER_WINDOW] += 1
    return int(sent_at)


def notify(w: World, order: int, now: int) -> None:
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
    start = w.connections[0]
    if start <= now:
        start = now
    else:
        reg[at.NOTIFICATION_WAIT] += start - now
        first, behind = reg[at.WAITING_FIRST], reg[at.WAITING_END]
        while first < behind and w.waiting[first] <= now:
            first += 1
        w.waiting[behind] = start
        reg[at.WAITING_FIRST], reg[at.WAITING_END] = first, behind + 1
        peak(w, now, WAITING, behind + 1 - first)
    replace_least(w.connections, len(w.connections), start + latency)
    wait(w, OF_NOTIFICATION, start - now)


def get_link(w: World, order: int, sent_at: int) -> None:
    """A customer gets the link, and uses it later or never."""
    o, reg = w.orders, w.reg
    tell(w, order, at.TOLD_SMS, sent_at)
    if o[order, at.BEHAVIOUR] != NOTHING:
        if o[order, at.ANSWER] < 0:
            acts_at = max(-o[order, at.ANSWER], o[order, at.SMS_AT])
        elif reg[at.AWAKE_ALWAYS] == 1:
            acts_at = sent_at + o[order, at.ANSWER]
        else:
            openings = reg[at.AWAKE_OPENINGS]
            position = position_of(w.awake, 0, openings, sent_at) + o[order, at.ANSWER]
            acts_at = instant_at(w.awake, 0, openings, position)
        if acts_at < o[order, at.CLOSES_AT]:
            o[order, at.ACTS_AT] = acts_at
            ask(w, acts_at, at.CUSTOMER_ACTS, order)
        elif o[order, at.COHORT] != at.NONE:
            w.outcomes[o[order, at.TERRITORY], OUT_TOO_LATE] += 1
    if o[order, at.CANCELS_AFTER] != at.NONE:
        ask(w, sent_at + o[order, at.CANCELS_AFTER], at.OPERATOR_CANCELS, order)


def queue_row(w: World, order: int, now: int) -> None:
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
    ask(w, run_at, at.DEPOSIT, order)
