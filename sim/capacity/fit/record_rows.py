"""The rows of a file of records, each checked; errors name the lines of the file.

What lives here: which columns there are, and what may stand in them. It must not know what they are used for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from reference_impl.civil_time import DAY, civil_day, date_of
from reference_impl.intake import GRAMMARS
from sim.capacity.errors import FileRowsError, ScenarioError
from sim.capacity.fit.records import (
    ACTORS,
    COUNTS,
    INSTANTS,
    NONE,
    OF_A_RUN,
    OPEN,
    OUTCOME_OF,
    OUTCOMES,
    OWN,
    REFUSED,
    VISITED,
    Records,
    make_records,
)
from sim.capacity.fit.whole_days import Precision
from sim.capacity.scenario.demand import FIRST_START, LAST_START
from sim.capacity.scenario.file_rows import FileKind, Row, RowFault, read_file, word_of
from sim.capacity.scenario.recorded_orders import NEEDED, check_code
from sim.capacity.scenario.scenario import SERVICE_NAMES

RECORDS = FileKind("fit", "RECORDS", NEEDED, (*INSTANTS, *COUNTS, *OWN, *OF_A_RUN))
IN_ORDER = ("received_at", "line_ready_at", "sms_at", "looked_at", "booked_at", "visit_at")
MOST_COUNT = 10_000
EMPTY = (None, "")


def read_records(path: Path) -> Records:
    """The orders of a file. Raises ScenarioError for one that cannot be read, FileRowsError for rows not allowed."""
    reader = _RecordReader()
    try:
        rows = read_file(str(path), path.name, RECORDS, reader.read)
    except FileRowsError as error:
        raise FileRowsError("fit", "RECORDS", str(path), error.rows, error.faults) from error
    except ScenarioError as error:
        raise ScenarioError("fit", "", "RECORDS", str(path), error.allowed) from error
    mixed = sorted(reader.precision.faults())
    if mixed:
        raise FileRowsError("fit", "RECORDS", str(path), len(rows), mixed)
    histories = list(dict.fromkeys(reader.histories))
    first = [row for row, history in zip(rows, reader.histories, strict=True) if history == histories[0]]
    first.sort(key=lambda row: row["received_at"])
    columns = {name: np.array([row[name] for row in first], dtype=np.int64) for name in first[0]}
    for name, names in (("operator", reader.operators), ("territory", reader.territories)):
        columns[name] = np.argsort(np.argsort(names))[columns[name]]  # numbered by name, not by who came first
    operators, territories = sorted(reader.operators), sorted(reader.territories)
    return make_records(
        columns, operators, territories, reader.present, len(histories), reader.precision.columns_of_days
    )


class _RecordReader:
    """Reads one row after the other; learns the names as they come."""

    def __init__(self) -> None:
        self._operators: dict[str, int] = {}
        self._territories: dict[str, int] = {}
        self._codes: dict[tuple[object, ...], int] = {}
        self._columns: set[str] = set()
        self.histories: list[tuple[object, object]] = []
        self.precision = Precision()

    @property
    def operators(self) -> list[str]:
        """The operators, as numbered."""
        return list(self._operators)

    @property
    def territories(self) -> list[str]:
        """The territories, as numbered."""
        return list(self._territories)

    @property
    def present(self) -> frozenset[str]:
        """The columns with at least one value."""
        return frozenset(self._columns)

    def read(self, line: int, row: Row) -> dict[str, int]:
        """The numbers of a row. Raises RowFault."""
        received_at = self.precision.instant(line, row, "received_at")
        if not FIRST_START <= date_of(civil_day(received_at)).year <= LAST_START:
            raise RowFault("received_at", row["received_at"], f"an instant from {FIRST_START} to {LAST_START}")
        numbers = {"received_at": received_at, **{name: self._instant(line, row, name) for name in INSTANTS}}
        self._check_order_of_time(line, row, numbers)
        numbers |= {name: _count(row, name) for name in COUNTS}
        numbers["operator"] = _numbered(row["operator"], "operator", self._operators)
        numbers["territory"] = _numbered(str(row["territory"]).upper(), "territory", self._territories)
        numbers["service"] = SERVICE_NAMES.index(word_of(row, "service", SERVICE_NAMES))
        numbers["outcome"] = self._outcome(row, numbers)
        who = row.get("acted_by")
        numbers["acted_by"] = NONE if who in EMPTY else ACTORS.index(word_of(row, "acted_by", ACTORS))
        numbers["added_ms"] = _added(row)
        history = row.get("variant"), row.get("replication")
        check_code(line, row, self._codes, history)
        self._columns |= {name for name, value in row.items() if value not in EMPTY}
        self.histories.append(history)
        return numbers

    def _instant(self, line: int, row: Row, name: str) -> int:
        return NONE if row.get(name) in EMPTY else self.precision.instant(line, row, name)

    def _check_order_of_time(self, line: int, row: Row, numbers: Mapping[str, int]) -> None:
        """What comes later is not before; of days, and of a day and an instant, the days are compared."""
        before = IN_ORDER[0]
        for name in IN_ORDER[1:]:
            if numbers[name] == NONE:
                continue
            pair = numbers[before], numbers[name]
            if any(self.precision.is_day(line, column) for column in (before, name)):
                pair = civil_day(pair[0]), civil_day(pair[1])
            if pair[1] < pair[0]:
                raise RowFault(name, row[name], f"an instant from {before} on")
            before = name

    def _outcome(self, row: Row, numbers: Mapping[str, int]) -> int:
        if row.get("state") in EMPTY:
            ended = {"visit_at": VISITED, "refused_at": REFUSED}
            return next((outcome for name, outcome in ended.items() if numbers[name] != NONE), OPEN)
        word = str(row["state"]).strip().lower().replace(" ", "_").replace("-", "_")
        if word not in OUTCOME_OF:
            raise RowFault("state", row["state"], " or ".join(dict.fromkeys((*OUTCOMES, *OUTCOME_OF))))
        if OUTCOME_OF[word] == VISITED and numbers["visit_at"] == NONE:
            raise RowFault("visit_at", row.get("visit_at"), "an instant, for an order that was visited")
        return OUTCOME_OF[word]


def _numbered(name: object, column: str, names: dict[str, int]) -> int:
    """The number of a name; a new one gets the next."""
    if not isinstance(name, str) or GRAMMARS[column][0].fullmatch(name) is None:
        raise RowFault(column, name, GRAMMARS[column][1])
    return names.setdefault(name, len(names))


def _count(row: Row, name: str) -> int:
    value = row.get(name)
    if value in EMPTY:
        return NONE
    text = str(value)
    if re.fullmatch(r"[0-9]{1,9}", text) is None or int(text) > MOST_COUNT:
        raise RowFault(name, value, f"a whole number from 0 to {MOST_COUNT:,}")
    return int(text)


def _added(row: Row) -> int:
    value = row.get("capacity_days")
    if value in EMPTY:
        return NONE
    try:
        days = float(str(value).replace(",", "."))
    except ValueError:
        days = NONE
    if not 0 <= days <= MOST_COUNT:
        raise RowFault("capacity_days", value, f"a number from 0 to {MOST_COUNT:,}")
    return round(days * DAY)
