"""The state in which a horizon begins, from two files: orders that are open, and slots that are taken already.

An open order has the columns of a recorded one; without `line_ready_at` its line is not ready yet. With `visit_date`
and `visit_band` it has booked that slot, without them nobody has booked it. Appointments of orders that do not stand in
that file are counted in the file of slots, whose columns are `territory`, `date`, `band` and `taken`. What cannot be so
by the rules and the technicians of the scenario is refused with its line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Self

from pydantic import model_validator

from reference_impl.civil_time import LAST_DAY, LAST_YEAR, day_of, instant_of
from reference_impl.deadlines import booking_closes, engagement_sms_at
from reference_impl.policy import Policy
from sim.capacity.scenario.booked_slots import booked_places, booking_instants
from sim.capacity.scenario.demand import BookedSlot, Horizon, RecordedOrder
from sim.capacity.scenario.file_rows import FileKind, Row, RowFault, iso_of, read_file, word_of
from sim.capacity.scenario.file_table import FileTable, Text, not_allowed
from sim.capacity.scenario.planned_places import PlannedPlaces
from sim.capacity.scenario.recorded_orders import NEEDED, OPTIONAL, OrderReader, Words, read_orders
from sim.capacity.scenario.scenario import TakenSlots, Territory

OPEN_ORDERS = FileKind("opening", "orders", NEEDED, (*OPTIONAL, "visit_date", "visit_band"))
EMPTY = (None, "")
TAKEN_SLOTS = FileKind("opening", "slots", ("territory", "date", "band", "taken"))


class Opening(FileTable):
    """The files of the state in which the horizon begins; a run without this table begins with nothing under way."""

    orders: Text | None = None
    slots: Text | None = None

    @model_validator(mode="after")
    def _names_a_file(self) -> Self:
        if self.orders is None and self.slots is None:
            raise not_allowed("a file of orders, of slots, or both", None, "orders")
        return self


@dataclass(frozen=True, slots=True)
class Setting:
    """What the state is held against: the horizon, the technicians, the rules.

    `terms_may_be_over`: under other rules than those of the files' world an open order may have timed out, or could
    not have booked its slot.
    """

    horizon: Horizon
    territories: tuple[Territory, ...]
    policy: Policy
    terms_may_be_over: bool = False

    @property
    def first_day(self) -> int:
        """The day, from the epoch, with which the horizon begins."""
        return day_of(self.horizon.start)

    @property
    def names(self) -> list[str]:
        """The territories, as numbered."""
        return [place.name for place in self.territories]


def read_open_orders(
    scenario_file: str, name: str, words: Words, setting: Setting, codes_to_come: Collection[tuple[str, str]] = ()
) -> tuple[RecordedOrder, ...]:
    """The open orders of a file, in order of time.

    `codes_to_come` are the codes, each with its operator, of the orders that arrive within the horizon.
    Raises ScenarioError, FileRowsError.
    """
    return read_orders(scenario_file, name, OPEN_ORDERS, _OpenOrderReader(words, setting, codes_to_come).read)


class _OpenOrderReader:
    """Reads one row after the other, against rules and technicians."""

    def __init__(self, words: Words, setting: Setting, codes_to_come: Collection[tuple[str, str]]) -> None:
        first, longest = setting.first_day, setting.horizon.longest_life_days
        allowed = f"an instant before {setting.horizon.start}, within {longest} days of it (horizon.longest_life_days)"
        self._orders = OrderReader(range(first - longest, first), allowed, words, codes_to_come)
        self._setting, self._begins_at = setting, instant_of(first)
        self._planned = PlannedPlaces(setting.territories, setting.policy)
        self._booked: Counter[tuple[int, int, int]] = Counter()

    def read(self, line: int, row: Row) -> RecordedOrder:
        """The order of a row. Raises RowFault."""
        order = self._orders.read(line, row)
        if row.get("visit_date") in EMPTY and row.get("visit_band") in EMPTY:
            self._check_term(order, row)
            return order
        return replace(order, booked=self._booked_slot(order, row))

    def _check_term(self, order: RecordedOrder, row: Row) -> None:
        """Whoever has not booked still can."""
        ready, policy = order.line_ready_at, self._setting.policy
        if self._setting.terms_may_be_over or ready is None:
            return
        if booking_closes(engagement_sms_at(ready, policy), policy) <= self._begins_at:
            start = self._setting.horizon.start
            allowed = f"an order whose term still runs on {start}; by the rules this one has timed out"
            raise RowFault("line_ready_at", row["line_ready_at"], allowed)

    def _booked_slot(self, order: RecordedOrder, row: Row) -> BookedSlot:
        for column in ("visit_date", "visit_band"):
            if row.get(column) in EMPTY:
                raise RowFault(column, row.get(column), "both visit_date and visit_band, or neither")
        if order.line_ready_at is None:
            raise RowFault("line_ready_at", row.get("line_ready_at"), "an instant, for an order that has booked")
        bands = self._setting.policy.slot_grid.bands
        day = day_in(row, "visit_date", self._setting.first_day)
        booked = BookedSlot(day, bands.index(word_of(row, "visit_band", bands)))
        if not self._setting.terms_may_be_over:
            self._check_slot(order, order.line_ready_at, booked, row)
        return booked

    def _check_slot(self, order: RecordedOrder, line_ready_at: int, booked: BookedSlot, row: Row) -> None:
        territory = self._setting.names.index(order.territory)
        places = places_of(self._planned, territory, *booked)
        self._booked[territory, *booked] += 1
        if self._booked[territory, *booked] > places:
            slot = f"{order.territory} on {row['visit_date']} at {row['visit_band']}"
            raise RowFault("visit_band", row["visit_band"], f"no more orders than the {places} places of {slot}")
        if not booking_instants(line_ready_at, booked, self._begins_at, self._setting.policy):
            allowed = f"a slot that was on offer within the order's term, before {self._setting.horizon.start}"
            raise RowFault("visit_date", row["visit_date"], allowed)


def places_of(planned: PlannedPlaces, territory: int, day: int, band: int) -> int:
    """The technicians of a slot; none where there is no slot."""
    return planned.technicians(day, territory)[band] if band in planned.slots(day) else 0


def day_in(row: Row, column: str, first_day: int) -> int:
    """A day from the start of the horizon on. Raises RowFault."""
    value = row[column]
    written = value.date() if isinstance(value, datetime) else value
    try:
        day = day_of(written if isinstance(written, date) else date.fromisoformat(iso_of(str(written))))
    except ValueError as error:
        raise RowFault(column, value, "a date such as 2026-03-03 or 03/03/2026") from error
    if not first_day <= day <= LAST_DAY:
        raise RowFault(column, value, f"a day from the start of the horizon on, up to {LAST_YEAR}")
    return day


def read_taken_slots(
    scenario_file: str, name: str, setting: Setting, open_orders: tuple[RecordedOrder, ...]
) -> TakenSlots:
    """How many places of each slot a file says are taken, beside those that open orders have.

    Raises ScenarioError, FileRowsError.
    """
    return dict(read_file(scenario_file, name, TAKEN_SLOTS, _SlotReader(setting, open_orders).read))


class _SlotReader:
    """Reads one row after the other, against the technicians that the scenario gives."""

    def __init__(self, setting: Setting, open_orders: tuple[RecordedOrder, ...]) -> None:
        self._first_day, self._planned = setting.first_day, PlannedPlaces(setting.territories, setting.policy)
        self._booked = booked_places(open_orders, setting.territories)
        self._names = setting.names
        self._bands = setting.policy.slot_grid.bands
        self._lines: dict[tuple[int, int, int], int] = {}

    def read(self, line: int, row: Row) -> tuple[tuple[int, int, int], int]:
        """The slot of a row and how many of its places are taken. Raises RowFault."""
        territory = self._names.index(word_of(row, "territory", self._names))
        day = day_in(row, "date", self._first_day)
        band = self._bands.index(word_of(row, "band", self._bands))
        first = self._lines.setdefault((territory, day, band), line)
        if first != line:
            raise RowFault("band", row["band"], f"each slot once; it is on line {first} too")
        booked = self._booked[territory, day, band]
        places = max(places_of(self._planned, territory, day, band) - booked, 0)
        taken = row["taken"]
        if not re.fullmatch(r"[0-9]{1,9}", str(taken)) or int(str(taken)) > places:
            slot = f"{row['territory']} on {row['date']} at {row['band']}"
            left = f"the places of {slot}" + (f" that the {booked} orders booked there leave" if booked else "")
            raise RowFault("taken", taken, f"a whole number up to {places}, {left}")
        return (territory, day, band), int(str(taken))
