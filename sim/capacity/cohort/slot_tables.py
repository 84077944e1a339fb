"""Every slot of a run as a row of a table: when it begins, how long it is on offer, when its reminder leaves.

Made by asking the functions of `reference_impl` for each slot. A condition that holds until an instant and never after
is kept as that instant.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reference_impl.civil_time import DAY, instant_of, wall_clock
from reference_impl.deadlines import reminder_at, reminder_deadline, slot_can_be_offered, within_cutoff
from reference_impl.policy import Policy
from reference_impl.slot_agenda import SlotAgenda
from sim.capacity.cohort import layout as at
from sim.capacity.cohort.life_tables import CannotTabulate
from sim.capacity.cohort.steps import last_true
from sim.capacity.engine.places import Places

Numbers = NDArray[np.int64]
EARLIER = 5 * DAY  # a slot is on offer, movable and not yet reminded so long before it begins


@dataclass(frozen=True)
class SlotTables:
    """The slots of all days by day and band, technicians by territory and slot, starts of days by time of day."""

    slots: Numbers
    places: Numbers
    free: Numbers  # of the places, those that nobody had taken before the run
    starts: Numbers  # by day and time of day: the instant of a wish
    capacity: Numbers  # technicians on measured days, by territory and cell
    taken: Numbers  # and how many of them are taken before the run


def slot_tables(policy: Policy, places: Places, territories: int, days: range, measured: range) -> SlotTables:
    """The tables for some days. Raises CannotTabulate for two bands of a day that begin at the same instant."""
    bands = [start for start, _ in policy.slot_grid.times()]
    agenda = SlotAgenda(policy, {})
    on_grid = [slot.start for slot in agenda.between(instant_of(days[0]), instant_of(days[-1]))]
    exists = set(on_grid)
    if len(exists) < len(on_grid):
        raise CannotTabulate("two bands that begin at the same instant in the night of March")
    slots = np.zeros((len(days) * len(bands), at.SLOT_FIELDS), dtype=np.int64)
    all_places = np.zeros((territories, len(slots)), dtype=np.int64)
    free = np.zeros_like(all_places)
    capacity = np.zeros((territories, 7 * len(bands)), dtype=np.int64)
    taken_before = np.zeros_like(capacity)
    times = list(bands)
    slots[:, at.SLOT_CELL] = at.NONE
    for number, day in enumerate(days):
        for band, start in enumerate(bands):
            row = number * len(bands) + band
            slots[row, at.SLOT_START] = instant_of(day, start)
            slots[row, at.SLOT_TIME] = _time_number(int(slots[row, at.SLOT_START]), times)
        for territory, band, cell, slot, technicians, taken in places.of_day(day):
            row = number * len(bands) + band
            all_places[territory, row] = technicians
            free[territory, row] = technicians - taken
            slots[row, at.SLOT_EXISTS] = slot.start in exists
            if day in measured:
                capacity[territory, cell] += technicians
                taken_before[territory, cell] += taken
                slots[row, at.SLOT_CELL] = cell
    for row in np.flatnonzero(slots[:, at.SLOT_EXISTS]).tolist():
        slots[row, at.OFFERED_UNTIL : at.SLOT_TIME] = _bounds(int(slots[row, at.SLOT_START]), policy)
    wished = range(days[0], days[-1] + 1)
    starts = np.array([[instant_of(day, time) for time in times] for day in wished], dtype=np.int64)
    return SlotTables(slots, all_places, free, starts, capacity, taken_before)


def _time_number(start: int, times: list[int]) -> int:
    """The number of a slot's time of day; one that the night of March moves gets a number of its own."""
    time = wall_clock(start)[1]
    if time not in times:
        times.append(time)
    return times.index(time)


def _bounds(start: int, policy: Policy) -> tuple[int, int, int, int]:
    """Until when a slot is offered and movable, when its reminder is planned, and before when a customer moves it."""
    first = start - EARLIER
    offered = last_true(lambda now: slot_can_be_offered(start, now, policy), first, start + DAY)
    movable = last_true(lambda now: within_cutoff(now, start, policy), first, start + DAY)
    planned = reminder_at(start, first, policy)
    expected_reminders = [(planned - 1, planned), (planned + 1, planned + 1), (start, start)]
    if any(reminder_at(start, booked, policy) != expected for booked, expected in expected_reminders):
        raise CannotTabulate("reminders that are neither planned nor sent at once")
    return offered, movable, planned, reminder_deadline(start)
