"""How many technicians each slot has: what the scenario gives a day, less closed days and bands that do not exist."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reference_impl.civil_time import instant_of, weekday
from reference_impl.policy import Policy
from reference_impl.ports import Slot
from reference_impl.working_days import day_book, holidays_of
from sim.capacity.scenario.scenario import Scenario


class SlotPlaces(NamedTuple):
    """The technicians of one territory in one slot; `cell` numbers weekday and band."""

    territory: int
    band: int
    cell: int
    slot: Slot
    places: int


class Places:
    """The technicians of a scenario."""

    def __init__(self, scenario: Scenario, policy: Policy) -> None:
        self._territories = scenario.territories
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
            for band, slot in enumerate(slots):
                if slot.start < slot.end:  # not a band within the hour that the night of March skips
                    yield SlotPlaces(number, band, week * len(slots) + band, slot, row[band])
