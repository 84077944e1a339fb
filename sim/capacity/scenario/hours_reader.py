"""Opening hours as tables of a scenario write them."""

from __future__ import annotations

from reference_impl.civil_time import WEEKDAYS
from sim.capacity.scenario.open_hours import Hours
from sim.capacity.scenario.strict_table import Table


def read_hours(table: Table, hours: str = "00:00-24:00", days: list[str] | None = None, holidays: bool = True) -> Hours:
    """Opening hours from the keys `hours`, `weekdays` and `on_holidays` of a table; the defaults are given."""
    start, end = table.span("hours", hours)
    return Hours(table.weekdays("weekdays", days or list(WEEKDAYS)), start, end, table.flag("on_holidays", holidays))
