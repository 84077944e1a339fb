"""INV: what follows from the rules together.

What lives here: the checkers of INV-1..6.
"""

from __future__ import annotations

from collections.abc import Iterator

from reports.facts import ENDING_CODES, FIRST_CODES, SERVICE_CODES
from reports.judging.checker_interface import DAY_SECONDS, Case, Judged, Moment, described, event_ids
from reports.judging.checker_register import event_checker, order_checker
from reports.judging.checks.offers import all_bookings_seen
from reports.judging.checks.ref_rules import refusals
from reports.judging.events import Event, in_order, slot_of
from reports.judging.order_owners import KnownOrder
from reports.judging.readings import Readings
from reports.judging.slots import Agenda, Place, place_of
from reports.rome_time import Instant
from reports.words.messages import say, say_again


@order_checker("INV-1", past=False, on=["notification.sent"])
def family_purity(case: Case, readings: Readings) -> Iterator[Judged]:
    codes = case.order.causals
    if codes is None:
        return
    for notice in case.order.service_notices:
        if notice.data["code"] in codes:
            yield case.kept(notice)
        else:
            yield case.broken(say("inv.codes", codes=", ".join(codes[1:])), described(notice), notice)


@order_checker("INV-2", on=["sms.sent"])
def one_end(case: Case, readings: Readings) -> Iterator[Judged]:
    if not case.order.engagements:
        return
    acts = case.order.of("appointment.confirmed")
    confirmed = [act for act in acts if not readings.term_is_over(case.order, act.at)]
    refused, lost = refusals(case), case.order.not_booked_notices
    back = case.order.of("order.handed_back")
    expected = say_again("inv.one_end")
    if len(back) > 1:
        yield case.broken(expected, say("inv.back_again", count=len(back)), *back)
    elif confirmed and lost:
        yield case.broken(expected, say("inv.booked_and", event=described(lost[0])), confirmed[0], lost[0])
    elif confirmed and refused and readings["refusal_final"] == "yes":
        yield case.broken(expected, say("inv.booked_and", event=described(refused[0])), confirmed[0], refused[0])
    elif ends := [*confirmed, *refused, *lost, *case.order.of("order.cancelled")]:
        first_end = min(ends, key=in_order)
        is_late = readings.term_is_over(case.order, first_end.at)
        if is_late and case.came_as_never(_term_end(case, readings), first_end):
            yield case.broken(expected, say("inv.none_before", event=described(first_end)), first_end)
        else:
            yield case.kept(ends[0])
    elif case.until <= (end := _term_end(case, readings)):
        yield case.pending(expected, case.order.engagements[0], deadline=end)
    else:
        yield case.missing(end, expected, DAY_SECONDS, case.order.engagements[0])


def _term_end(case: Case, readings: Readings) -> Instant:
    """The end of the term of an order whose engagement SMS left."""
    end = readings.term_end(case.order)
    assert end is not None
    return end


@order_checker("INV-3")
def nothing_without_engagement(case: Case, readings: Readings) -> Iterator[Judged]:
    received = case.order.received
    effects = [*case.order.service_notices, *case.order.reminders]
    effects += [deposit for deposit in case.order.deposits if "malformed" not in deposit.data]  # CSV-2
    engaged = case.order.engagements
    effects.sort(key=in_order)
    if effects and (not engaged or effects[0].index < engaged[0].index):
        alone = [event for event in effects if not engaged or event.index < engaged[0].index]
        yield case.broken(say("inv.nothing_without_sms"), described(alone[0]), *alone)
    elif effects:
        yield case.kept(engaged[0], effects[0])
    elif received is not None and not engaged:
        yield case.kept(received)


@order_checker("INV-4", past=False, on=["notification.sent"])
def exclusive_causals(case: Case, readings: Readings) -> Iterator[Judged]:
    booked, lost = case.order.booked_notices, case.order.not_booked_notices
    if booked and lost:
        earlier, later = sorted((booked[0], lost[0]), key=in_order)
        yield case.broken(say("inv.either"), say("inv.both", event=described(later)), later, earlier)
    elif ends := [*booked, *lost]:
        yield case.kept(ends[0])


@order_checker("INV-5")
def known_orders_in_causal_order(case: Case, readings: Readings) -> Iterator[Judged]:
    order = case.order
    if order.received is None:
        strangers = [event for events in order.by_type.values() for event in events if _names_an_order(event)]
        strangers += [deposit for deposit in order.deposits if "malformed" not in deposit.data]  # CSV-2
        for event in sorted(strangers, key=in_order)[:1]:
            yield case.broken(
                say("inv.received"), say("inv.unknown_order", event=described(event), order=order.name), event
            )
        return
    for again in order.of("order.received")[1:]:
        yield case.broken(say("inv.received_once"), say("again", event=described(again)), again, order.received)
    since, began_at = order.received.at, order.began_at
    if began_at is not None and began_at < since:
        early = [event for events in order.by_type.values() for event in events if event.at < since]
        early = [event for event in early if _names_an_order(event)]
        early += [deposit for deposit in order.deposits if deposit.at < since and "malformed" not in deposit.data]
        for event in sorted(early, key=in_order)[:1]:
            observed = say("inv.before_order", event=described(event))
            yield case.broken(say("inv.received"), observed, event, order.received)
    yield from _in_causal_order(case)


def _names_an_order(event: Event) -> bool:
    return event.type != "agent.rejected"


def _in_causal_order(case: Case) -> Iterator[Judged]:
    """INV-5: trigger, first causal, then booked or not booked; each to the order's own operator."""
    order, codes = case.order, case.order.causals
    if codes is None:
        return
    triggered, first_end = False, None
    for notice in order.of("notification.sent"):
        code = notice.data["code"]
        if notice.data["operator"] != order.operator:
            yield case.broken(
                say("inv.to", operator=order.operator),
                say("inv.event_to", event=described(notice), operator=notice.data["operator"]),
                notice,
            )
        elif code in SERVICE_CODES and not triggered:
            yield case.broken(say("inv.after", code=codes.trigger), described(notice), notice)
        elif code in FIRST_CODES and first_end is not None:
            yield case.broken(say("inv.before_ends"), described(notice), notice, first_end)
        else:
            yield case.kept(notice)
        triggered = triggered or code == codes.trigger
        if first_end is None and code in ENDING_CODES:
            first_end = notice


@event_checker("INV-6", *Agenda.TYPES)
def capacity_kept(moment: Moment, readings: Readings) -> Iterator[Judged]:
    act, order, slot = moment.event, moment.order, slot_of(moment.event)
    if order is None or slot is None:
        return
    place, agenda = place_of(order, slot), moment.agenda
    if act.type == "agent.rejected":
        if act.data["reason"] == "slot_taken" and all_bookings_seen(moment):
            yield from _said_to_be_full(act, order, place, agenda)
        return
    capacity, count = agenda.capacity(place), agenda.count_with(order, place)
    # what was given up in a gap of the recording may be counted still
    counted = moment.world.observation.seen_without_a_gap(("/agent", "/intake"), act.at)
    if capacity is None or not counted:
        return
    if count <= capacity:
        yield Judged("PASS", order.name, order.service, (act.id,))
    else:
        expected, observed = say("inv.capacity", count=capacity), say("inv.appointments", count=count)
        yield Judged("FAIL", order.name, order.service, (act.id,), expected, observed)


def _said_to_be_full(act: Event, order: KnownOrder, place: Place, agenda: Agenda) -> Iterator[Judged]:
    """INV-6: a slot holds as many appointments as its capacity says, so that one with a free place is not full."""
    if agenda.free(place):
        expected = say("inv.full", count=agenda.capacity(place))
        observed = say("inv.with", event=described(act), count=agenda.count(place))
        yield Judged("FAIL", order.name, order.service, event_ids((act,)), expected, observed)
