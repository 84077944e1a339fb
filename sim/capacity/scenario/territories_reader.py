"""The territories of a scenario: its own, or the Italian regions, with technicians by weekday and band.

`slots_per_band` beside the territories is a total that is spread by share, rounded up, over those that name no number
of their own. A weekday can have its own list of numbers, one a band.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from reference_impl.civil_time import WEEKDAYS
from reference_impl.errors import PolicyError
from reference_impl.intake import GRAMMARS
from reference_impl.policy import Policy
from reference_impl.working_days import holidays_of
from sim.capacity.scenario.regions import ITALIAN_REGIONS
from sim.capacity.scenario.scenario import Territory
from sim.capacity.scenario.strict_table import MOST_WEIGHT, Table

PRESETS = ("italian-regions", "none")
MOST_SLOTS = 1_000_000


def read_territories(top: Table, policy: Policy) -> tuple[Territory, ...]:
    """The territories, their shares scaled to sum to 1. Raises ScenarioError."""
    table = top.table("territories", {})
    own = {name: members for name, members in table.members.items() if isinstance(members, Mapping)}
    preset = table.word("preset", PRESETS, "none" if own else "italian-regions")
    total = table.number("slots_per_band", 0.0, high=MOST_SLOTS * 20)
    known = {name: float(region.residents) for name, region in ITALIAN_REGIONS.items()} if preset != "none" else {}
    names = [*known, *(name for name in own if name not in known)]
    if not names:
        raise table.fault("preset", preset, "italian-regions, or at least one table [territories.NAME]")
    tables = {name: table.table(name, {}) for name in names}
    table.done()
    weights = {
        name: tables[name].number("share", known.get(name, 0.0 if known else None), high=MOST_WEIGHT) for name in names
    }
    if not sum(weights.values()):
        raise table.fault("share", 0, "shares that are not all 0")
    whole = sum(weights.values())
    return tuple(_territory(tables[name], name, weights[name] / whole, total, policy) for name in names)


def _territory(table: Table, name: str, share: float, total: float, policy: Policy) -> Territory:
    code = name.upper()
    if GRAMMARS["territory"][0].fullmatch(code) is None:
        raise table.fault("name", name, "letters, digits and -, at most 30")
    spread = math.ceil(total * share - 1e-9)
    per_band = table.whole("slots_per_band", spread, high=MOST_SLOTS)
    grid = policy.slot_grid
    rows = []
    for weekday in WEEKDAYS:
        same = [per_band if weekday in grid.weekdays else 0] * len(grid.bands)
        rows.append(_row(table, weekday, same) if weekday in grid.weekdays else tuple(same))
    if not any(map(sum, rows)) and share > 0:
        raise table.fault("slots_per_band", per_band, "at least one slot in the week: the territory has orders")
    closed = table.words("closed", [])
    try:
        holidays_of(closed)
    except PolicyError as error:
        raise table.fault("closed", error.value, "days MM-DD or YYYY-MM-DD") from error
    table.done()
    return Territory(code, share, tuple(rows), closed)


def _row(table: Table, weekday: str, same: list[int]) -> tuple[int, ...]:
    """The technicians of one weekday: as every day, or a list with one number a band."""
    row = table.get(weekday, same)
    if not isinstance(row, list) or len(row) != len(same) or not all(map(_is_count, row)):
        raise table.fault(weekday, row, f"{len(same)} whole numbers from 0, one for each band")
    return tuple(row)


def _is_count(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and 0 <= number <= MOST_SLOTS
