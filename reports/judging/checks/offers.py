"""Offers: whether a slot that was denied as not offered is one that had to be offered, which BOOK and RES share.

What lives here: telling it from the declared agenda or, where nobody declared one, from what was seen to be offered.
It must not know which rule asks.
"""

from __future__ import annotations

from reports.facts import WEEKDAYS
from reports.judging.checker_interface import Moment
from reports.judging.events import Slot, slot_of
from reports.judging.judge_calendar import eve_limit, is_holiday
from reports.judging.readings import Readings
from reports.judging.slots import Place, clocks_of, days_ahead, place_of
from reports.rome_time import day_of

AGENDA_READINGS = ("offered_days", "slot_grid", "holidays")


def denied_offer(moment: Moment, readings: Readings) -> Slot | None:
    """The slot that was denied as not offered though it had to be: it exists, is free, its reminder is possible."""
    act, order, slot = moment.event, moment.order, slot_of(moment.event)
    if order is None or slot is None or act.data["reason"] != "slot_not_offered":
        return None
    place = place_of(order, slot)
    if not moment.agenda.free(place) or act.at >= eve_limit(slot.start) or not all_bookings_seen(moment):
        return None
    return slot if _exists(moment, place, readings) else None


def all_bookings_seen(moment: Moment) -> bool:
    """Whether no booking can have escaped the recording: it may have taken the place."""
    return moment.agenda.complete and moment.world.observation.seen_since_ever(["/agent"], moment.event.at)


def _exists(moment: Moment, place: Place, readings: Readings) -> bool:
    """Whether the agenda has a slot: by its declared bands and days, else one that somebody was seen to be offered."""
    if any(readings.declared(name) is None for name in AGENDA_READINGS):
        return moment.agenda.offers.known(moment.event, place)
    grid, slot, day = readings.slot_grid(), place.slot, day_of(place.slot.start)
    start, end = clocks_of(slot)
    on_grid = f"{start:%H:%M}-{end:%H:%M}" in grid["bands"] and WEEKDAYS[day.weekday()].key in grid["weekdays"]
    days = readings.limit("offered_days")
    near = days is None or days_ahead(moment.event, slot) <= days
    return on_grid and near and not is_holiday(day, readings.holidays(day, day))
