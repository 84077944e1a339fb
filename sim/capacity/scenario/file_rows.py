"""The rows of a CSV or Parquet file that a scenario names, each checked; errors name the lines of the file.

All rows are read before an error is raised: a planner who mends a file wants all of its faults at once. It must not
know what a row means.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, TypeVar

from reference_impl.civil_time import HOUR, parse_instant, wall_clock
from sim.capacity.errors import FileRowsError, ScenarioError

# Excel in Italian exports semicolons and 03/03/2026 07:00; the day comes first.
SEPARATORS = ",;\t"
ITALIAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: (\d{1,2})[:.](\d\d)(?:[:.](\d\d))?)?", re.ASCII)
# Databases and pandas write micro- or nanoseconds; the clock has milliseconds.
FINER = re.compile(r"(\.\d{3})\d+", re.ASCII)
Row = Mapping[str, object]
Read = TypeVar("Read")


class RowFault(Exception):
    """What is wrong with one row: column, value, what is allowed."""

    def __init__(self, column: str, value: object, allowed: str) -> None:
        super().__init__(column, value, allowed)
        self.column, self.value, self.allowed = column, value, allowed

    def __str__(self) -> str:
        return f"{self.column} {self.value!r}, allowed: {self.allowed}"


class FileKind(NamedTuple):
    """A kind of file: the table and the key of the scenario that name it, and its columns."""

    table: str
    key: str
    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def form(self) -> str:
        """What such a file is, in words."""
        columns = ", ".join(self.needed)
        more = f" and optionally {', '.join(self.optional)}" if self.optional else ""
        return f"a CSV or Parquet file with the columns {columns}{more}"


def path_of(scenario_file: str, name: str) -> Path:
    """Where a file is that a scenario names; a relative name is relative to the scenario."""
    return Path(scenario_file).parent / name


def read_file(scenario_file: str, name: str, kind: FileKind, read_row: Callable[[int, Row], Read]) -> list[Read]:
    """What `read_row` makes of each row, given its line; a relative name is relative to the scenario.

    Raises ScenarioError for a file that cannot be read as a table or has no row, and FileRowsError for one with rows
    for which `read_row` raises RowFault.
    """
    path = path_of(scenario_file, name)
    results: list[Read] = []
    faults: list[tuple[int, str]] = []
    count = 0
    try:
        for line, row in _parquet_rows(path, kind) if path.suffix == ".parquet" else _csv_rows(path, kind):
            count += 1
            try:
                if isinstance(row, RowFault):
                    raise row
                results.append(read_row(line, row))
            except RowFault as fault:
                faults.append((line, str(fault)))
    except (OSError, ValueError, csv.Error) as error:
        raise ScenarioError(scenario_file, kind.table, kind.key, str(name), f"{kind.form} ({error})") from error
    if faults:
        raise FileRowsError(scenario_file, f"[{kind.table}] {kind.key}", str(name), count, faults)
    if not count:
        raise ScenarioError(scenario_file, kind.table, kind.key, str(name), "a file with at least one row")
    return results


def _csv_rows(path: Path, kind: FileKind) -> Iterator[tuple[int, Row | RowFault]]:
    """The rows of a CSV with their lines; instead of a row that is none, what is wrong with it. Raises ValueError."""
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        header = file.readline()
        file.seek(0)
        lines = csv.reader(file, delimiter=max(SEPARATORS, key=header.count))
        columns = next(lines, [])
        _check_columns(columns, kind)
        before = lines.line_num
        for cells in lines:
            line, before = before + 1, lines.line_num
            if not cells:
                continue
            if len(cells) != len(columns):
                yield line, RowFault("cells", len(cells), f"{len(columns)}, as in the header")
            elif not all(map(_is_utf_8, cells)):
                yield line, RowFault("encoding", "not UTF-8", "a file saved as UTF-8")
            else:
                yield line, dict(zip(columns, cells, strict=True))


def _parquet_rows(path: Path, kind: FileKind) -> Iterator[tuple[int, Row | RowFault]]:
    import polars  # here: only a scenario with a Parquet file reads one

    try:
        frame = polars.read_parquet(path)
    except polars.exceptions.PolarsError as error:
        raise ValueError(type(error).__name__) from error
    _check_columns(frame.columns, kind)
    yield from enumerate(frame.rows(named=True), 1)


def _check_columns(columns: Sequence[str], kind: FileKind) -> None:
    problems = {
        "not known": [column for column in columns if column not in kind.needed + kind.optional],
        "missing": [column for column in kind.needed if column not in columns],
        "twice": [column for column in dict.fromkeys(columns) if columns.count(column) > 1],
    }
    messages = [f"{problem}: {', '.join(map(_shown, names))}" for problem, names in problems.items() if names]
    if messages:
        raise ValueError("; ".join(messages))


def _shown(text: str) -> str:
    """A text as a terminal can take it: in a file of another kind anything may stand in the first line."""
    return text if text.isprintable() else repr(text)


def _is_utf_8(text: str) -> bool:
    return not any("\udc80" <= letter <= "\udcff" for letter in text)


def word_of(row: Row, column: str, words: Sequence[str]) -> str:
    """One of some words; territories are written in any case. Raises RowFault."""
    value = row[column]
    word = value.upper() if column == "territory" and isinstance(value, str) else value
    if not isinstance(word, str) or word not in words:
        raise RowFault(column, value, " or ".join(words))
    return word


def instant_in(row: Row, column: str) -> int:
    """An instant, in the millisecond in which it lies; without offset Europe/Rome. Raises RowFault."""
    value = row[column]
    text = FINER.sub(r"\1", value.isoformat() if isinstance(value, datetime) else iso_of(str(value)))
    try:
        instant = parse_instant(text)
    except ValueError as error:
        raise RowFault(column, value, "an instant such as 2026-03-03T07:00:00 or 03/03/2026 07:00") from error
    if _is_without_offset(text) and wall_clock(instant) == wall_clock(instant + HOUR):
        raise RowFault(column, value, "with an offset: this hour comes twice, at +02:00 and at +01:00")
    return instant


def iso_of(text: str) -> str:
    """A date or an instant that an Italian spreadsheet wrote, in ISO 8601; any other text as it is."""
    match = ITALIAN.fullmatch(text)
    if match is None:
        return text
    day, month, year, hour, minute, second = match.groups()
    written = f"{year}-{month:0>2}-{day:0>2}"
    return written if hour is None else f"{written}T{hour:0>2}:{minute}:{second or '00'}"


def _is_without_offset(text: str) -> bool:
    return not text.endswith("Z") and text[-6:-5] not in ("+", "-")
