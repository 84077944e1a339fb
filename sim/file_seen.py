"""The rows of a deposited file as the trace records them, and the first thing that is wrong with its form.

A file that does not follow its dialect is recorded and never refused: the judge decides whether that is allowed. Its
rows are then read as a person would read them, each cell by what it looks like. Nothing here knows an order or a rule.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from reference_impl.formats.csv_file import COLUMNS, CsvError, Row, read_rows
from reference_impl.policy import CsvDialect
from reference_impl.registry import NAME

SEPARATORS = (";", ",", "|", "\t")
LONGEST_ORDER = 30
LINE_END = re.compile(r"\r\n|\n|\r")
# How a cell of each column looks, however it is written.
LOOKS: dict[str, re.Pattern[str]] = {
    "link": re.compile(r"[a-z]+://.*"),
    "date": re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}"),
    "phone": re.compile(r"(?:\+|00)?(?:39)?3\d{8,9}|\+\d+"),
    "order": NAME,
}


class FileSeen(NamedTuple):
    """The rows of a file as the trace shows them, and the first thing wrong with its form: line, field, message."""

    rows: list[dict[str, str]]
    malformed: dict[str, object] | None

    @property
    def members(self) -> dict[str, object]:
        """The members of `csv.deposited` that show the file."""
        return {"rows": self.rows} | ({"malformed": self.malformed} if self.malformed else {})


def file_seen(data: bytes, dialect: CsvDialect) -> FileSeen:
    """What the bytes of a file show."""
    try:
        return FileSeen([row_members(row) for row in read_rows(data, dialect)], None)
    except CsvError as problem:
        malformed: dict[str, object] = {"line": problem.line, "field": problem.field, "message": problem.message}
    encoding = "utf-8-sig" if dialect.encoding.startswith("utf-8") else dialect.encoding
    lines = LINE_END.split(data.decode(encoding, errors="replace"))
    cells = [_cells(line, dialect.separator) for line in lines if line]
    rows = [row for row in map(_guess_row, cells) if row["link"] or row["date"]]
    return FileSeen(rows or [_unreadable(lines[0])], malformed)


def row_members(row: Row) -> dict[str, str]:
    """A CSV row as the trace shows it."""
    return {"order": row.order, "date": row.date, "link": row.link, "phone": row.phone}


def _cells(line: str, separator: str) -> list[str]:
    """The cells of a line, by the separator that gives as many as there are columns, else by the declared one."""
    for candidate in (separator, *SEPARATORS):
        cells = line.split(candidate)
        if len(cells) == len(COLUMNS):
            return cells
    return line.split(separator)


def _guess_row(cells: list[str]) -> dict[str, str]:
    """A row from cells that may be swapped or missing. Each column takes the cell in its place if that looks right,
    else the first cell that does; a column that no cell fits takes the free cell in its place."""
    row: dict[str, str] = {}
    free_cells = dict(enumerate(cells))
    places = {column: place for place, column in enumerate(COLUMNS)}
    for column, looks in LOOKS.items():
        fitting = [place for place, cell in free_cells.items() if looks.fullmatch(cell)]
        if fitting:
            place = places[column] if places[column] in fitting else fitting[0]
            row[column] = free_cells.pop(place)
    if not row.keys() - {"order"}:
        return _unreadable(cells[0])  # a header, say
    return {column: row.get(column, free_cells.get(place, "")) for column, place in places.items()}


def _unreadable(line: str) -> dict[str, str]:
    """A row for a line that cannot be read as one: its beginning as order code, all other cells empty."""
    return {**dict.fromkeys(COLUMNS, ""), "order": line[:LONGEST_ORDER] or "-"}
