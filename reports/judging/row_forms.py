"""The form of the rows of a file: which cells cannot be what they should be, whatever order a row is of.

What lives here: reading a cell, and finding the first row of a file with a fault of each kind: a whole file of one form
is one finding, not one for each row. It must not know the rules, nor which readings are in force.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from reports.judging.hosts import is_active
from reports.judging.phones import has_country_code

WRITTEN_DATE = re.compile(r"(\d\d)/(\d\d)/(\d{4})")
Row = Mapping[str, str]
DATE, LINK, NATIONAL = "date", "link", "national number"
FAULTS: Mapping[str, Callable[[Row], bool]] = {
    DATE: lambda row: date_of(row) is None,
    LINK: lambda row: not is_active(row["link"]),
    NATIONAL: lambda row: not has_country_code(row["phone"]),
}


def date_of(row: Row) -> date | None:
    """The date of a row, written dd/mm/yyyy; None where it is none."""
    match = WRITTEN_DATE.fullmatch(row["date"])
    try:
        return date(int(match[3]), int(match[2]), int(match[1])) if match else None
    except ValueError:
        return None


def first_rows(rows: Sequence[Row], *, empty_dates: bool) -> dict[str, Row]:
    """The first row of a file with a fault of each kind, if there is one; where `empty_dates` is False an empty date
    is none: the file is known to have another fault."""
    if len(rows) == 1 and empty_dates:
        return dict.fromkeys(FAULTS, rows[0])  # whichever it has, it is the first
    dated = rows if empty_dates else [row for row in rows if row["date"]]
    found = {kind: next(filter(fault, dated if kind == DATE else rows), None) for kind, fault in FAULTS.items()}
    return {kind: row for kind, row in found.items() if row is not None}
