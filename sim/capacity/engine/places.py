"""How many technicians each slot has: as planned, less closed days, bands that do not exist, and who is absent.

Who is absent is so for the whole day, in all bands in which they would have worked, and it is known before the slots of
that day are on offer: nobody's appointment is missed, there are fewer of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from reference_impl.civil_time import instant_of, weekday
from reference_impl.policy import Policy
from reference_impl.ports import Slot
from reference_impl.working_days import day_book, holidays_of
from sim.capacity.engine.draws import who_is_there
from sim.capacity.scenario.scenario import Scenario


class SlotPlaces(NamedTuple):
    """The technicians of one territory in one slot; `cell` numbers weekday and band."""

    territory: int
    band: int
    cell: int
    slot: Slot
    places: int
    taken: int  # before the run


class Places:
    """The technicians of a scenario."""

    def __init__(self, scenario: Scenario, policy: Policy, seed: int, replication: int) -> None:
        self._territories, self._taken = scenario.territories, scenario.taken_slots
        self._absence, self._seed, self._replication = scenario.technicians.absence, seed, replication
        self._closed = [holidays_of(place.closed) for place in scenario.territories]
        self._bands = policy.slot_grid.times()
        self._holidays = day_book(policy).holidays

    def of_day(self, day: int) -> Iterator[SlotPlaces]:
        """The slots of a day (from the epoch) with their technicians, by territory and band; none on a holiday."""
        if day in self._holidays:
            return
        week = weekday(day)
        slots = [Slot(instant_of(day, start), instant_of(day, end)) for start, end in self._bands]
        for number, place in enumerate(self._territories):
            row = place.capacity[week] if day not in self._closed[number] else (0,) * len(slots)
            if self._absence:
                row = self._there(day, number, row)
            for band, slot in enumerate(slots):
                if slot.start < slot.end:  # not a band within the hour that the night of March skips
                    taken = self._taken.get((number, day, band), 0)
                    places = max(row[band], taken)  # whoever has an appointment is visited
                    yield SlotPlaces(number, band, week * len(slots) + band, slot, places, taken)

    def _there(self, day: int, territory: int, row: tuple[int, ...]) -> tuple[int, ...]:
        """How many technicians come to each band: the n-th of a territory works in the bands that have n."""
        there = who_is_there(self._seed, self._replication, day, territory, max(row), self._absence)
        before = np.concatenate(([0], np.cumsum(there)))
        return tuple(before[list(row)].tolist())
