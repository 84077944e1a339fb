"""Records that have whole days instead of instants: which numbers of a scenario they cannot tell.

A column counts as one of days when every value in it is a date alone; it is read as noon. Whatever needs a time of day
of it is then not fitted, for half a day more or less is no answer to a question of hours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from math import ceil

import numpy as np

from reference_impl.civil_time import civil_day
from sim.capacity.fit.findings import Finding, Origin
from sim.capacity.fit.records import VISITED, Records
from sim.capacity.scenario.file_rows import Row, RowFault, instant_in, iso_of

DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
NOON = "T12:00:00"
ACTS = ("line_ready_at", "sms_at", "looked_at", "booked_at", "refused_at")
# By the beginning of its path, the columns whose time of day a number needs.
NEEDS_TIMES: Mapping[str, tuple[str, ...]] = {
    "arrivals.hours": ("received_at",),
    "line_ready": ("received_at", "line_ready_at"),
    "customers.wishes_days": ("booked_at", "visit_at"),
    "customers.books": ACTS,
    "customers.refuses": ACTS,
    "customers.answers_after_hours": ACTS,
    "customers.awake": ACTS,
    "customers.cancels": ACTS,
    "slots.bands": ("visit_at",),
}
NOTE, TECHNICIANS = "days_only", "days_technicians"


class Precision:
    """Which values of each column are days and which are instants, as they are read."""

    def __init__(self) -> None:
        self._days: dict[str, list[tuple[int, object]]] = {}
        self._timed: dict[str, int] = {}  # the first line with an instant

    def instant(self, line: int, row: Row, column: str) -> int:
        """The instant of a value; noon of a day. Raises RowFault."""
        value = row[column]
        is_day = isinstance(value, date) and not isinstance(value, datetime)
        text = value.isoformat() if is_day else iso_of(str(value))  # type: ignore[attr-defined]
        if DAY.fullmatch(text) is None:
            instant = instant_in(row, column)
            self._timed.setdefault(column, line)
            return instant
        try:
            noon = instant_in({column: text + NOON}, column)
        except RowFault as fault:
            raise RowFault(column, value, fault.allowed) from fault
        self._days.setdefault(column, []).append((line, value))
        return noon

    def is_day(self, line: int, column: str) -> bool:
        """Whether the value on a line, the last that was read, is a day."""
        days = self._days.get(column)
        return bool(days) and days[-1][0] == line  # type: ignore[index]

    @property
    def columns_of_days(self) -> frozenset[str]:
        """The columns of days."""
        return frozenset(self._days)

    def faults(self) -> Iterator[tuple[int, str]]:
        """The days in columns that have instants too: of these nobody can say which half day they leave out."""
        for column, days in self._days.items():
            if column in self._timed:
                allowed = f"an instant with its time, as on line {self._timed[column]}, or days in the whole column"
                yield from ((line, str(RowFault(column, value, allowed))) for line, value in days)


def without_times(findings: Sequence[Finding], records: Records, bands: int) -> tuple[list[Finding], list[str]]:
    """The findings that such records allow, and the paths of those that they do not; `bands` are those of a day."""
    kept_findings = [finding for finding in findings if not _needs(finding.path) & records.days_only]
    dropped = [finding.path for finding in findings if _needs(finding.path) & records.days_only]
    if "visit_at" in records.days_only:
        kept_findings += _spread_technicians(records, bands)
    return kept_findings, [path for path in dropped if not path.startswith("territories.")]


def _needs(path: str) -> frozenset[str]:
    if path.startswith("territories.") and not path.endswith(".share"):
        return frozenset({"visit_at"})
    if path.startswith("operators.") and ".call_centre." in path:
        return frozenset(ACTS)
    return frozenset(next((columns for name, columns in NEEDS_TIMES.items() if f"{path}.".startswith(f"{name}.")), ()))


def _spread_technicians(records: Records, bands: int) -> list[Finding]:
    """Technicians enough for the visits of the fullest day of each territory, had they filled its bands alike."""
    spread = []
    for number, name in enumerate(records.territories):
        visits = records.visit_at[(records.territory == number) & (records.outcome == VISITED)]
        days = np.array([civil_day(visit) for visit in visits.tolist()], dtype=np.int64)
        most = int(np.unique(days, return_counts=True)[1].max()) if len(days) else 1
        path = f"territories.{name.lower()}.slots_per_band"
        spread.append(Finding(path, max(ceil(most / bands), 1), Origin.ASSUMED, notes=(TECHNICIANS,)))
    return spread
