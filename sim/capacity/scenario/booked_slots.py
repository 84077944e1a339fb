"""The slots that open orders have booked before the horizon begins, and when they can have been booked.

Nothing is drawn here: what the rules leave open is an interval of instants.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter

from reference_impl.civil_time import civil_day, instant_of
from reference_impl.deadlines import booking_closes, engagement_sms_at, slot_can_be_offered
from reference_impl.policy import Policy
from reference_impl.slot_agenda import days_offered
from sim.capacity.scenario.demand import BookedSlot, RecordedOrder
from sim.capacity.scenario.scenario import Territory


def booked_places(
    orders: tuple[RecordedOrder, ...], territories: tuple[Territory, ...]
) -> Counter[tuple[int, int, int]]:
    """How many open orders have booked each slot: by number of the territory, day and number of the band."""
    numbers = {place.name: number for number, place in enumerate(territories)}
    return Counter((numbers[order.territory], *order.booked) for order in orders if order.booked is not None)


def slot_start(booked: BookedSlot, policy: Policy) -> int:
    """The instant at which a slot begins."""
    return instant_of(booked.day, policy.slot_grid.times()[booked.band][0])


def booking_instants(line_ready_at: int, booked: BookedSlot, begins_at: int, policy: Policy) -> range:
    """The instants before the horizon at which an order can have booked a slot by the rules; there may be none.

    Its engagement SMS had left, its term ran, and the slot was on offer.
    """
    start, sms_at = slot_start(booked, policy), engagement_sms_at(line_ready_at, policy)
    first = max(sms_at, instant_of(civil_day(start) - days_offered(policy)))
    instants = range(first, max(first, min(begins_at, booking_closes(sms_at, policy))))
    # A slot is on offer until an instant and never after.
    return instants[: bisect_left(instants, True, key=lambda now: not slot_can_be_offered(start, now, policy))]
