"""The territories of a scenario: its own, or the Italian regions, with technicians by weekday and band.

`slots_per_band` beside the territories is a total that is spread by share, rounded up, over those that name no number
of their own. A weekday can have its own list of numbers, one a band; the weekdays are those of the policy's grid.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import AfterValidator, TypeAdapter, ValidationInfo

from reference_impl.civil_time import WEEKDAYS
from reference_impl.errors import PolicyError
from reference_impl.intake import GRAMMARS
from reference_impl.policy import Policy, SlotGrid
from reference_impl.working_days import holidays_of
from sim.capacity.scenario.file_table import (
    MOST_WEIGHT,
    FileTable,
    Words,
    no_such_key,
    not_allowed,
    number,
    whole,
    word,
)
from sim.capacity.scenario.regions import ITALIAN_REGIONS
from sim.capacity.scenario.scenario import Territory

PRESET, NONE = "italian-regions", "none"
MOST_SLOTS = 1_000_000


def _days_that_exist(closed: tuple[str, ...]) -> tuple[str, ...]:
    try:
        holidays_of(closed)
    except PolicyError as error:
        raise not_allowed("days MM-DD or YYYY-MM-DD", error.value) from error
    return closed


class TerritoryTable(FileTable):
    """One territory; its further keys are weekdays."""

    is_open: ClassVar[bool] = True
    share: Annotated[float | None, number(0, MOST_WEIGHT)] = None
    slots_per_band: Annotated[int | None, whole(0, MOST_SLOTS)] = None
    closed: Annotated[Words, AfterValidator(_days_that_exist)] = ()


class TerritoriesTable(FileTable):
    """What stands beside the territories; its further keys are their names."""

    is_open: ClassVar[bool] = True
    preset: Annotated[str | None, word(PRESET, NONE)] = None
    slots_per_band: Annotated[float, number(0, MOST_SLOTS * 20)] = 0.0

    @property
    def own_tables(self) -> Mapping[str, Mapping[str, object]]:
        """The tables of the scenario's own territories, as written."""
        extra = self.model_extra or {}
        return {name: members for name, members in extra.items() if isinstance(members, Mapping)}

    @property
    def uses_regions(self) -> bool:
        """Whether the Italian regions are among the territories: unless said, where the scenario names none."""
        return self.preset == PRESET or (self.preset is None and not self.own_tables)


OWN_TABLES = TypeAdapter(dict[str, TerritoryTable])


def read_territories(table_values: object, info: ValidationInfo) -> tuple[Territory, ...]:
    """The territories, their shares scaled to sum to 1. The context is the policy. Raises an error of pydantic."""
    policy: Policy = info.context  # type: ignore[assignment]  # a context may be none, ours never is
    table = TerritoriesTable.model_validate(table_values)
    tables = _tables_by_name(table)
    weights = {name: _share_of(name, territory_table, table.uses_regions) for name, territory_table in tables.items()}
    total = sum(weights.values())
    if not total:
        raise not_allowed("shares that are not all 0", 0, "share")
    return tuple(
        _territory(name, territory_table, weights[name] / total, table.slots_per_band, policy.slot_grid)
        for name, territory_table in tables.items()
    )


def _tables_by_name(table: TerritoriesTable) -> dict[str, TerritoryTable]:
    """The territories with their tables: the preset's, then the scenario's own."""
    own_tables = table.own_tables
    names = [*(ITALIAN_REGIONS if table.uses_regions else ()), *own_tables]
    if not names:
        raise not_allowed(f"{PRESET}, or at least one table [territories.NAME]", NONE, "preset")
    for key, value in (table.model_extra or {}).items():
        if key not in own_tables:
            raise no_such_key(key, value, ["preset", "slots_per_band", *dict.fromkeys(names)])
    return OWN_TABLES.validate_python({name: own_tables.get(name, {}) for name in names})


def _share_of(name: str, table: TerritoryTable, uses_regions: bool) -> float:
    """The share as written; else a region's residents, and nothing for a territory beside the regions."""
    if table.share is not None:
        return table.share
    if not uses_regions:
        raise not_allowed(f"a number from 0 to {MOST_WEIGHT:,.10g}", None, name, "share")
    return float(ITALIAN_REGIONS[name].residents) if name in ITALIAN_REGIONS else 0.0


def _territory(name: str, table: TerritoryTable, share: float, total: float, grid: SlotGrid) -> Territory:
    code = name.upper()
    if GRAMMARS["territory"][0].fullmatch(code) is None:
        raise not_allowed("letters, digits and -, at most 30", name, name, "name")
    spread = math.ceil(total * share - 1e-9)
    per_band = spread if table.slots_per_band is None else table.slots_per_band
    capacity = _capacity(name, table, per_band, grid)
    if not any(map(sum, capacity)) and share > 0:
        raise not_allowed("at least one slot in the week: the territory has orders", per_band, name, "slots_per_band")
    return Territory(code, share, capacity, table.closed)


def _capacity(name: str, table: TerritoryTable, per_band: int, grid: SlotGrid) -> tuple[tuple[int, ...], ...]:
    """The technicians of each weekday: as every day, or a list with one number a band."""
    by_weekday, bands = table.model_extra or {}, len(grid.bands)
    for key, value in by_weekday.items():
        if key not in grid.weekdays:
            keys = ["share", "slots_per_band", *(day for day in WEEKDAYS if day in grid.weekdays), "closed"]
            raise no_such_key(key, value, keys, name)
        if not isinstance(value, list) or len(value) != bands or not all(map(_is_count, value)):
            raise not_allowed(f"{bands} whole numbers from 0, one for each band", value, name, key)
    usual = {day: [per_band] * bands for day in grid.weekdays} | by_weekday
    return tuple(tuple(usual.get(day, [0] * bands)) for day in WEEKDAYS)


def _is_count(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and 0 <= number <= MOST_SLOTS
