"""How many technicians a scenario plans for each slot, less closed days and bands that do not exist.

It must not know who is absent or which places are taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reference_impl.civil_time import instant_of, weekday
from reference_impl.policy import Policy
from reference_impl.ports import Slot
from reference_impl.working_days import day_book, holidays_of
from sim.capacity.scenario.scenario import Territory


class PlannedPlaces:
    """The slots of each day (from the epoch) and their technicians."""

    def __init__(self, territories: Sequence[Territory], policy: Policy) -> None:
        self._territories = territories
        self._closed = [holidays_of(place.closed) for place in territories]
        self._bands = policy.slot_grid.times()
        self._holidays = day_book(policy).holidays

    def slots(self, day: int) -> Mapping[int, Slot]:
        """A day's slots by number of the band: none on a holiday, nor in the hour that the night of March skips."""
        if day in self._holidays:
            return {}
        slots = (Slot(instant_of(day, start), instant_of(day, end)) for start, end in self._bands)
        return {band: slot for band, slot in enumerate(slots) if slot.start < slot.end}

    def technicians(self, day: int, territory: int) -> tuple[int, ...]:
        """The technicians of each band in a territory; none on a day on which it is closed."""
        if day in self._closed[territory]:
            return (0,) * len(self._bands)
        return self._territories[territory].capacity[weekday(day)]
