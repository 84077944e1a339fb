"""How many technicians each slot has: those planned less those absent.

A technician is absent for a whole day, in all bands in which they would have worked. This is known before the slots of
that day are on offer: no appointment is missed, there are fewer slots.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from reference_impl.civil_time import weekday
from reference_impl.policy import Policy
from reference_impl.ports import Slot
from sim.capacity.engine.draws import technicians_present
from sim.capacity.scenario.booked_slots import booked_places
from sim.capacity.scenario.planned_places import PlannedPlaces
from sim.capacity.scenario.scenario import Scenario


class SlotPlaces(NamedTuple):
    """The technicians of one territory in one slot; `cell` numbers weekday and band."""

    territory: int
    band: int
    cell: int
    slot: Slot
    places: int
    taken: int  # before the run, apart from the appointments of open orders


class Places:
    """The technicians of a scenario."""

    def __init__(self, scenario: Scenario, policy: Policy, seed: int, replication: int) -> None:
        self._planned, self._taken = PlannedPlaces(scenario.territories, policy), scenario.taken_slots
        self._booked = booked_places(scenario.open_orders, scenario.territories)
        self._territories, self._bands = range(len(scenario.territories)), len(policy.slot_grid.bands)
        self._absence, self._seed, self._replication = scenario.technicians.absence, seed, replication

    def of_day(self, day: int) -> Iterator[SlotPlaces]:
        """The slots of a day (from the epoch) with their technicians, by territory and band; none on a holiday."""
        slots = self._planned.slots(day)
        first_cell = weekday(day) * self._bands
        for territory in self._territories:
            row = self._planned.technicians(day, territory)
            if self._absence:
                row = self._there(day, territory, row)
            for band, slot in slots.items():
                taken = self._taken.get((territory, day, band), 0)
                booked = self._booked[territory, day, band]
                places = max(row[band], taken + booked)  # whoever has an appointment is visited
                yield SlotPlaces(territory, band, first_cell + band, slot, places, taken)

    def _there(self, day: int, territory: int, row: tuple[int, ...]) -> tuple[int, ...]:
        """How many technicians come to each band: the n-th of a territory works in the bands that have n."""
        there = technicians_present(self._seed, self._replication, day, territory, max(row), self._absence)
        before = np.concatenate(([0], np.cumsum(there)))
        return tuple(before[list(row)].tolist())
