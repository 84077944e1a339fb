"""The state in which a horizon begins, from two files: orders that are open, and slots that are taken already.

An open order has the columns of a recorded one; without `line_ready_at` its line is not ready yet. Nobody has booked
it: the visits of those who have are counted in the file of slots, whose columns are `territory`, `date`, `band` and
`taken`. What cannot be so by the rules and the technicians of the scenario is refused with its line.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Self

from pydantic import model_validator

from reference_impl.civil_time import LAST_DAY, LAST_YEAR, day_of, instant_of
from reference_impl.deadlines import booking_closes, engagement_sms_at
from reference_impl.policy import Policy
from sim.capacity.scenario.file_rows import FileKind, Row, RowFault, iso_of, read_file, word_of
from sim.capacity.scenario.file_table import FileTable, Text, not_allowed
from sim.capacity.scenario.planned_places import PlannedPlaces
from sim.capacity.scenario.recorded_orders import NEEDED, OPTIONAL, OrderReader, Words, read_orders
from sim.capacity.scenario.scenario import Horizon, RecordedOrder, TakenSlots, Territory

OPEN_ORDERS = FileKind("opening", "orders", NEEDED, OPTIONAL)
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


def read_open_orders(
    scenario_file: str,
    name: str,
    horizon: Horizon,
    words: Words,
    policy: Policy | None,
    codes_to_come: Collection[tuple[str, str]] = (),
) -> tuple[RecordedOrder, ...]:
    """The open orders of a file, in order of time; without a policy, those too whose term would be over.

    `codes_to_come` are the codes, each with its operator, of the orders that arrive within the horizon.
    Raises ScenarioError, FileRowsError.
    """
    first = day_of(horizon.start)
    longest = horizon.longest_life_days
    allowed = f"an instant before {horizon.start}, within {longest} days of it (horizon.longest_life_days)"
    orders = OrderReader(range(first - longest, first), allowed, words, codes_to_come)

    def read(line: int, row: Row) -> RecordedOrder:
        order = orders.read(line, row)
        ready = order.line_ready_at
        if (
            policy is not None
            and ready is not None
            and booking_closes(engagement_sms_at(ready, policy), policy) <= instant_of(first)
        ):
            allowed = f"an order whose term still runs on {horizon.start}; by the rules this one has timed out"
            raise RowFault("line_ready_at", row["line_ready_at"], allowed)
        return order

    return read_orders(scenario_file, name, OPEN_ORDERS, read)


def read_taken_slots(
    scenario_file: str, name: str, horizon: Horizon, territories: Sequence[Territory], policy: Policy
) -> TakenSlots:
    """How many places of each slot a file says are taken. Raises ScenarioError, FileRowsError."""
    reader = _SlotReader(day_of(horizon.start), territories, policy)
    return dict(read_file(scenario_file, name, TAKEN_SLOTS, reader.read))


class _SlotReader:
    """Reads one row after the other, against the technicians that the scenario gives."""

    def __init__(self, first_day: int, territories: Sequence[Territory], policy: Policy) -> None:
        self._first_day, self._planned = first_day, PlannedPlaces(territories, policy)
        self._names = [place.name for place in territories]
        self._bands = policy.slot_grid.bands
        self._lines: dict[tuple[int, int, int], int] = {}

    def read(self, line: int, row: Row) -> tuple[tuple[int, int, int], int]:
        """The slot of a row and how many of its places are taken. Raises RowFault."""
        territory = self._names.index(word_of(row, "territory", self._names))
        day = self._day(row)
        band = self._bands.index(word_of(row, "band", self._bands))
        first = self._lines.setdefault((territory, day, band), line)
        if first != line:
            raise RowFault("band", row["band"], f"each slot once; it is on line {first} too")
        places = self._places(territory, day, band)
        taken = row["taken"]
        if not re.fullmatch(r"[0-9]{1,9}", str(taken)) or int(str(taken)) > places:
            slot = f"{row['territory']} on {row['date']} at {row['band']}"
            raise RowFault("taken", taken, f"a whole number up to {places}, the places of {slot}")
        return (territory, day, band), int(str(taken))

    def _day(self, row: Row) -> int:
        value = row["date"]
        written = value.date() if isinstance(value, datetime) else value
        try:
            day = day_of(written if isinstance(written, date) else date.fromisoformat(iso_of(str(written))))
        except ValueError as error:
            raise RowFault("date", value, "a date such as 2026-03-03 or 03/03/2026") from error
        if not self._first_day <= day <= LAST_DAY:
            raise RowFault("date", value, f"a day from the start of the horizon on, up to {LAST_YEAR}")
        return day

    def _places(self, territory: int, day: int, band: int) -> int:
        """The technicians of a slot; none where there is no slot."""
        return self._planned.technicians(day, territory)[band] if band in self._planned.slots(day) else 0
