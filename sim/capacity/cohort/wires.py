"""The wires of the ordered loop: the gateway, the connections of the operators, the rows of the deposit runs."""

from __future__ import annotations

from reference_impl.civil_time import MINUTE, SECOND
from sim.capacity.cohort import layout as at
from sim.capacity.cohort.arrays import (
    A_THOUSAND,
    World,
    count,
    count_wait,
    instant_at,
    keep_peak,
    note_reply,
    position_of,
    promise,
    replace_least,
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


def send_sms(world: World, now: int, load: int) -> int:
    """Hand an SMS to the gateway; when it leaves."""
    reg = world.reg
    start_us = max(now * A_THOUSAND, reg[at.GATEWAY_FREE_US])
    reg[at.GATEWAY_FREE_US] = start_us + reg[at.SMS_INTERVAL_US]
    sent_at = start_us // A_THOUSAND
    delay = sent_at - now
    count(world, now, load, 1)
    minute, minutes = (now - reg[at.START]) // MINUTE, reg[at.MINUTES]
    if minute < minutes:
        world.handed[minute] += 1
    minute = (sent_at - reg[at.START]) // MINUTE
    if minute < minutes:
        world.sent[minute] += 1
    count_wait(world, OF_SMS, delay)
    reg[at.SMS_DELAY] += delay
    if delay > 0 and reg[at.MEASURING] == 1:
        reg[at.LARGEST_SMS_DELAY] = max(reg[at.LARGEST_SMS_DELAY], delay)
        if sent_at >= reg[at.WINDOW_END]:
            reg[at.SMS_AFTER_WINDOW] += 1
    return int(sent_at)


def notify(world: World, order: int, now: int) -> None:
    """A notification takes a connection for its latency, the first that is free."""
    reg, orders = world.reg, world.orders
    count(world, now, NOTIFICATIONS, 1)
    second = now // SECOND
    if second == reg[at.THIS_SECOND]:
        reg[at.IN_THIS_SECOND] += 1
    else:
        reg[at.THIS_SECOND] = second
        reg[at.IN_THIS_SECOND] = 1
    keep_peak(world, now, IN_A_SECOND, reg[at.IN_THIS_SECOND])
    latency = reg[at.CONSTANT_LATENCY]
    if latency == at.NONE:
        orders[order, at.NOTICES] += 1
        latency = orders[order, at.LATENCY + orders[order, at.NOTICES] % LATENCY_COUNT]
    start = world.connections[0]
    if start <= now:
        start = now
    else:
        reg[at.NOTIFICATION_WAIT] += start - now
        waiting_first, waiting_end = reg[at.WAITING_FIRST], reg[at.WAITING_END]
        while waiting_first < waiting_end and world.waiting[waiting_first] <= now:
            waiting_first += 1
        world.waiting[waiting_end] = start
        reg[at.WAITING_FIRST], reg[at.WAITING_END] = waiting_first, waiting_end + 1
        keep_peak(world, now, WAITING, waiting_end + 1 - waiting_first)
    replace_least(world.connections, len(world.connections), start + latency)
    count_wait(world, OF_NOTIFICATION, start - now)


def get_link(world: World, order: int, sent_at: int) -> None:
    """A customer gets the link, and uses it later or never."""
    orders, reg = world.orders, world.reg
    note_reply(world, order, at.REPLY_SMS, sent_at)
    if orders[order, at.BEHAVIOUR] != NOTHING:
        if orders[order, at.ANSWER] < 0:
            acts_at = max(-orders[order, at.ANSWER], orders[order, at.SMS_AT])
        elif reg[at.AWAKE_ALWAYS] == 1:
            acts_at = sent_at + orders[order, at.ANSWER]
        else:
            openings = reg[at.AWAKE_OPENINGS]
            position = position_of(world.awake, 0, openings, sent_at) + orders[order, at.ANSWER]
            acts_at = instant_at(world.awake, 0, openings, position)
        if acts_at < orders[order, at.CLOSES_AT]:
            orders[order, at.ACTS_AT] = acts_at
            promise(world, acts_at, at.CUSTOMER_ACTS, order)
        elif orders[order, at.COHORT] != at.NONE:
            world.outcomes[orders[order, at.TERRITORY], OUT_TOO_LATE] += 1
    if orders[order, at.CANCELS_AFTER] != at.NONE:
        promise(world, sent_at + orders[order, at.CANCELS_AFTER], at.OPERATOR_CANCELS, order)


def queue_row(world: World, order: int, now: int) -> None:
    """The row of an order joins the deposit run that comes, or begins it."""
    orders, reg = world.orders, world.reg
    run_at = orders[order, at.RUN_AT]
    if run_at == reg[at.DEPOSITED_AT]:
        run_at += SECOND
    orders[order, at.NEXT] = at.NONE
    orders[order, at.PENDING] += 1
    if run_at == reg[at.LAST_RUN_AT]:
        first = reg[at.LAST_RUN_FIRST]
        orders[first, at.RUN_ROWS] += 1
        orders[reg[at.LAST_RUN_LAST], at.NEXT] = order
        reg[at.LAST_RUN_LAST] = order
        return
    if run_at < reg[at.LAST_RUN_AT]:
        reg[at.PROBLEM] = A_THOUSAND  # runs are taken to come in the order in which their rows do
    reg[at.LAST_RUN_AT], reg[at.LAST_RUN_FIRST], reg[at.LAST_RUN_LAST] = run_at, order, order
    orders[order, at.RUN_ROWS] = 1
    promise(world, run_at, at.DEPOSIT, order)
