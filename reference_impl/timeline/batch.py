"""Timelines of many orders, from a CSV file with the header service,trigger,booked,visit.

A file is read strictly: the first row that is not allowed ends it, with its line and field.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping

from reference_impl.civil_time import parse_instant
from reference_impl.errors import CallerError, FieldError
from reference_impl.policy import Policy
from reference_impl.timeline.order_timeline import timeline

COLUMNS = ("service", "trigger", "booked", "visit")


class BatchError(CallerError):
    """A row that is not allowed. Data: file, line (from 1), what is wrong and what is allowed."""

    def __init__(self, file: str, line: int, message: str) -> None:
        super().__init__(file, line, message)
        self.file, self.line, self.message = file, line, message

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.message}"


def timelines(lines: Iterable[str], file: str, policy: Policy) -> Iterator[Mapping[str, object]]:
    """The timeline of each row, in order. `file` is the name to show. Raises BatchError."""
    reader = csv.reader(lines)
    try:
        if tuple(next(reader, ())) != COLUMNS:
            raise ValueError(f"the header must be {','.join(COLUMNS)}")
        for row in reader:
            yield _timeline(row, policy)
    except UnicodeDecodeError as error:
        raise BatchError(file, reader.line_num + 1, "is not UTF-8") from error
    except (FieldError, ValueError, csv.Error) as error:
        raise BatchError(file, max(reader.line_num, 1), str(error)) from error


def _timeline(row: list[str], policy: Policy) -> Mapping[str, object]:
    if len(row) != len(COLUMNS):
        raise ValueError(f"{len(row)} fields; allowed: {len(COLUMNS)}")
    trigger = _instant("trigger", row[1])
    booked = _instant("booked", row[2]) if row[2] else None
    visit = _instant("visit", row[3]) if row[3] else None
    return timeline(row[0], trigger, policy, booked, visit)


def _instant(column: str, text: str) -> int:
    try:
        return parse_instant(text)
    except ValueError as error:
        raise ValueError(f"{column}: {error}") from error
