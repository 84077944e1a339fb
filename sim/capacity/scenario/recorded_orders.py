"""Arrivals from a file of real orders, CSV or Parquet, instead of a profile.

Columns: `received_at` (instant; without offset Europe/Rome), `operator`, `service`, `territory`, and optionally
`line_ready_at` (AC/CO) and `order` (its code). Personal data has no column here. Every row is read before anything is
said: a planner who mends a file wants all of its faults at once.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from reference_impl.civil_time import HOUR, civil_day, day_of, parse_instant, wall_clock
from sim.capacity.errors import RecordedOrdersError, ScenarioError
from sim.capacity.scenario.scenario import Horizon, RecordedOrder

NEEDED = ("received_at", "operator", "service", "territory")
OPTIONAL = ("line_ready_at", "order")
FORM = f"a CSV or Parquet file with the columns {', '.join(NEEDED)} and optionally {', '.join(OPTIONAL)}"
Row = Mapping[str, object]


class _Fault(Exception):
    """What is wrong with one row: column, value, what is allowed."""

    def __init__(self, column: str, value: object, allowed: str) -> None:
        super().__init__(column, value, allowed)
        self.column, self.value, self.allowed = column, value, allowed

    def __str__(self) -> str:
        return f"{self.column} {self.value!r}, allowed: {self.allowed}"


def read_recorded(
    scenario_file: str, name: str, horizon: Horizon, words: Mapping[str, Sequence[str]]
) -> tuple[RecordedOrder, ...]:
    """The orders of the file, in order of time. `words` are those that a column may hold.

    A relative name is relative to the scenario. Raises ScenarioError for a file that cannot be read as a table, and
    RecordedOrdersError for one with rows that are not allowed.
    """
    path = Path(name) if Path(name).is_absolute() else Path(scenario_file).parent / name
    first = day_of(horizon.start)
    reader = _RowReader(range(first, first + horizon.days), words)
    try:
        rows = _parquet_rows(path) if path.suffix == ".parquet" else _csv_rows(path)
        orders = [order for line, row in rows if (order := reader.read(line, row)) is not None]
    except (OSError, ValueError, csv.Error) as error:
        raise ScenarioError(scenario_file, "arrivals.recorded", "file", str(name), f"{FORM} ({error})") from error
    if reader.faults:
        raise RecordedOrdersError(scenario_file, str(name), len(reader.rows_at_fault), reader.rows, reader.faults)
    if not orders:
        raise ScenarioError(scenario_file, "arrivals.recorded", "file", str(name), "a file with at least one order")
    return tuple(sorted(orders, key=lambda order: order.received_at))


def _csv_rows(path: Path) -> Iterator[tuple[int, Row | _Fault]]:
    """The rows of a CSV with their lines; instead of a row that is none, what is wrong with it. Raises ValueError."""
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        lines = csv.reader(file)
        columns = next(lines, [])
        _check_columns(columns)
        before = lines.line_num
        for cells in lines:
            line, before = before + 1, lines.line_num
            if not cells:
                continue
            if len(cells) != len(columns):
                yield line, _Fault("cells", len(cells), f"{len(columns)}, as in the header")
            elif not all(map(_is_utf_8, cells)):
                yield line, _Fault("encoding", "not UTF-8", "a file saved as UTF-8")
            else:
                yield line, dict(zip(columns, cells, strict=True))


def _parquet_rows(path: Path) -> Iterator[tuple[int, Row | _Fault]]:
    import polars  # here: only a scenario with a Parquet file reads one

    try:
        frame = polars.read_parquet(path)
    except polars.exceptions.PolarsError as error:
        raise ValueError(type(error).__name__) from error
    _check_columns(frame.columns)
    yield from enumerate(frame.rows(named=True), 1)


def _check_columns(columns: Sequence[str]) -> None:
    known = all(column in NEEDED + OPTIONAL for column in columns)
    if not known or len(set(columns)) != len(columns) or not set(NEEDED) <= set(columns):
        raise ValueError(f"the columns are {', '.join(columns) or 'none'}")


def _is_utf_8(text: str) -> bool:
    return not any("\udc80" <= letter <= "\udcff" for letter in text)


class _RowReader:
    """Checks one row after the other and keeps what is wrong, with the line or row of the file."""

    def __init__(self, days: range, words: Mapping[str, Sequence[str]]) -> None:
        self._days, self._words = days, words
        self._codes: dict[tuple[object, object], int] = {}
        self.rows = 0
        self.faults: list[tuple[int, str]] = []

    @property
    def rows_at_fault(self) -> set[int]:
        """The lines with at least one fault."""
        return {line for line, _ in self.faults}

    def read(self, line: int, row: Row | _Fault) -> RecordedOrder | None:
        """The order of a row; None where something is wrong with it."""
        self.rows += 1
        try:
            if isinstance(row, _Fault):
                raise row
            return self._order(line, row)
        except _Fault as fault:
            self.faults.append((line, str(fault)))
            return None

    def _order(self, line: int, row: Row) -> RecordedOrder:
        received_at = self._instant(row, "received_at")
        if civil_day(received_at) not in self._days:
            raise _Fault("received_at", row["received_at"], "an instant within the horizon")
        words = {name: self._word(row, name) for name in self._words}
        ready = row.get("line_ready_at")
        line_ready_at = self._instant(row, "line_ready_at") if ready not in (None, "") else None
        if line_ready_at is not None and line_ready_at < received_at:
            raise _Fault("line_ready_at", ready, "an instant from received_at on")
        self._check_code(line, row)
        return RecordedOrder(received_at, line_ready_at=line_ready_at, **words)

    def _check_code(self, line: int, row: Row) -> None:
        code = row.get("order")
        if code in (None, ""):
            return
        first = self._codes.setdefault((row["operator"], code), line)
        if first != line:
            raise _Fault("order", code, f"each code once for an operator; it is on line {first} too")

    def _word(self, row: Row, name: str) -> str:
        value = row[name]
        word = value.upper() if name == "territory" and isinstance(value, str) else value
        if not isinstance(word, str) or word not in self._words[name]:
            raise _Fault(name, value, " or ".join(self._words[name]))
        return word

    def _instant(self, row: Row, name: str) -> int:
        value = row[name]
        text = value.isoformat() if isinstance(value, datetime) else str(value)
        try:
            instant = parse_instant(text)
        except ValueError as error:
            raise _Fault(name, value, "an instant such as 2026-03-03T07:00:00") from error
        if _is_without_offset(text) and wall_clock(instant) == wall_clock(instant + HOUR):
            raise _Fault(name, value, "with an offset: this hour comes twice, at +02:00 and at +01:00")
        return instant


def _is_without_offset(text: str) -> bool:
    return not text.endswith("Z") and text[-6:-5] not in ("+", "-")
