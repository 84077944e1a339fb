"""The technicians' agenda: which slots exist, how many are left, and taking one as a compare-and-set.

Slots and capacities are data of the world. Nothing here knows orders; a slot is taken or free, and that is all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from reference_impl.civil_time import DAY, FIRST_DAY, LAST_DAY, WEEKDAYS, civil_day, instant_of, weekday
from reference_impl.deadlines import slot_can_be_offered
from reference_impl.policy import Policy
from reference_impl.ports import Slot
from reference_impl.working_days import day_book

LONGEST_LOOK_AHEAD_DAYS = 366  # of an agenda that offers without limit


def days_offered(policy: Policy) -> int:
    """How many days ahead slots are offered."""
    days = policy.offered_days
    return days if isinstance(days, int) else LONGEST_LOOK_AHEAD_DAYS


class SlotAgenda:
    """Capacity and use of every slot of every territory."""

    def __init__(self, policy: Policy, capacities: Mapping[str, int]) -> None:
        self._policy = policy
        self._days_offered = days_offered(policy)
        self._capacities = dict(capacities)
        self._special: defaultdict[str, dict[int, int]] = defaultdict(dict)  # by territory, then start, as the next
        self._taken: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._bands = policy.slot_grid.times()
        self._weekdays = frozenset(WEEKDAYS.index(name) for name in policy.slot_grid.weekdays)
        self._holidays = day_book(policy).holidays
        self._by_day: dict[int, tuple[Slot, ...]] = {}

    @property
    def territories(self) -> tuple[str, ...]:
        """The territories that have technicians."""
        return tuple(self._capacities)

    def serves(self, territory: str) -> bool:
        """Whether the territory has technicians."""
        return territory in self._capacities

    def set_capacity(self, territory: str, slot: Slot, capacity: int) -> None:
        """Give one slot a capacity of its own."""
        self._special[territory][slot.start] = capacity

    def capacity(self, territory: str, slot: Slot) -> int:
        """How many appointments the slot can hold (INV-6)."""
        capacity = self._special[territory].get(slot.start)
        return self._capacities.get(territory, 0) if capacity is None else capacity

    def free(self, territory: str, slot: Slot) -> int:
        """How many more appointments the slot can hold."""
        start = slot.start
        capacity = self._special[territory].get(start)
        if capacity is None:
            capacity = self._capacities.get(territory, 0)
        return capacity - self._taken[territory].get(start, 0)

    def exists(self, slot: Slot, now: int) -> bool:
        """Whether the slot is on the grid, within the days on offer, and late enough to be offered now."""
        latest = now + (self._days_offered + 2) * DAY
        if not now <= slot.start < latest:  # whatever a caller writes: no day of any table
            return False
        day = civil_day(slot.start)
        return (
            day <= civil_day(now) + self._days_offered
            and slot in self._slots_of(day)
            and slot_can_be_offered(slot.start, now, self._policy)
        )

    def offered(self, territory: str, now: int) -> list[Slot]:
        """The slots that can be booked now, in order of time."""
        today = civil_day(now)
        return [
            slot
            for day in range(today, today + self._days_offered + 1)
            for slot in self._slots_of(day)
            if self.free(territory, slot) > 0 and slot_can_be_offered(slot.start, now, self._policy)
        ]

    def first(self, territory: str, now: int, since: int) -> Slot | None:
        """The first slot from an instant on that can be booked now; else the first of all; None where none is free."""
        today = civil_day(now)
        wished = min(max(civil_day(since), today), today + self._days_offered)
        return self._first(territory, now, wished, today, since) or self._first(territory, now, today, today, now)

    def _first(self, territory: str, now: int, day: int, today: int, since: int) -> Slot | None:
        # As `free` says it, looked up once: where most slots are full, the search goes through many.
        special, taken, usual = self._special[territory], self._taken[territory], self._capacities.get(territory, 0)
        for later_day in range(day, today + self._days_offered + 1):
            for slot in self._slots_of(later_day):
                start = slot.start
                is_free = special.get(start, usual) > taken.get(start, 0)
                if is_free and start >= since and slot_can_be_offered(start, now, self._policy):
                    return slot
        return None

    def forget_before(self, instant: int) -> None:
        """Forget the use of slots that have passed, so that a long run keeps only what can still matter."""
        for by_start in (*self._special.values(), *self._taken.values()):
            for start in [start for start in by_start if start < instant]:
                del by_start[start]
        for day in [day for day in self._by_day if instant_of(day + 1) < instant]:
            del self._by_day[day]

    def between(self, first: int, last: int) -> list[Slot]:
        """All slots of the days from one instant to another, free or not, in order of time."""
        return [slot for day in range(civil_day(first), civil_day(last) + 1) for slot in self._slots_of(day)]

    def take(self, territory: str, slot: Slot) -> bool:
        """Take one place of the slot if one is free (INV-6). The compare and the set are one step."""
        if self.free(territory, slot) <= 0:
            return False
        taken = self._taken[territory]
        taken[slot.start] = taken.get(slot.start, 0) + 1
        return True

    def release(self, territory: str, slot: Slot) -> None:
        """Free one place of the slot (RES-4)."""
        taken = self._taken[territory]
        taken[slot.start] -= 1
        if not taken[slot.start]:
            del taken[slot.start]

    def _slots_of(self, day: int) -> tuple[Slot, ...]:
        """The slots of a day, made once."""
        slots = self._by_day.get(day)
        if slots is None:
            slots = self._by_day[day] = tuple(self._grid_of(day))
        return slots

    def _grid_of(self, day: int) -> Iterator[Slot]:
        if not FIRST_DAY <= day <= LAST_DAY or day in self._holidays or weekday(day) not in self._weekdays:
            return
        for start, end in self._bands:
            slot = Slot(instant_of(day, start), instant_of(day, end))
            if slot.start < slot.end:  # where the clock is put forward in March, a band can have no length
                yield slot
