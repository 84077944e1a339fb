"""The CSV file of a deposit run: rows to bytes, bytes to rows, and the file's name.

The columns and their grammar live here (CSV-2, CSV-3). A cell is checked by the grammar of its column
and never quoted or escaped, so no cell can hold a separator, a line end or a formula. When and where a
file is deposited is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from reference_impl.civil_time import format_instant
from reference_impl.errors import CallerError, ServiceFault
from reference_impl.policy import CsvDialect
from reference_impl.registry import NAME
from reference_impl.sms_text import e164

HEADER = ("codice_ordine", "data", "link", "telefono")
LINE_ENDS: Mapping[str, str] = MappingProxyType({"crlf": "\r\n", "lf": "\n"})
DATE = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")
LINK = re.compile(r"https?://[a-z0-9.-]{1,253}(:[0-9]{1,5})?(/[A-Za-z0-9._~/?=&%+#:@-]*)?")
BYTE_ORDER_MARK = "\ufeff"
COUNTRY = "+39"
PHONE = re.compile(r"(?:\+39)?3[0-9]{8,9}")


class Row(NamedTuple):
    """One engagement SMS: order code, date gg/mm/aaaa, the operator's VA link, number that got it (E.164)."""

    order: str
    date: str
    link: str
    phone: str


class CsvError(CallerError):
    """A file unlike its dialect and columns. Data: line (from 1), field (`line` for the whole), message."""

    def __init__(self, line: int, field: str, message: str) -> None:
        super().__init__(line, field, message)
        self.line, self.field, self.message = line, field, message

    def __str__(self) -> str:
        return f"line {self.line}, {self.field}: {self.message}"


@lru_cache(maxsize=1024)  # thousands of rows have the same date
def _is_real_date(cell: str) -> bool:
    match = DATE.fullmatch(cell)
    if match is None:
        return False
    try:
        date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return False
    return True


# The columns in their order (CSV-2): what a cell must be, and how to say it.
COLUMNS: Mapping[str, tuple[Callable[[str], object], str]] = MappingProxyType(
    {
        "order": (NAME.fullmatch, "upper-case letters, digits and -, at most 30"),
        "date": (_is_real_date, "a date that exists, gg/mm/aaaa"),  # CSV-3
        "link": (LINK.fullmatch, "an http or https address without separators"),
        "phone": (PHONE.fullmatch, "an Italian mobile number in the phone format of the dialect"),
    }
)


# All of them at once: no cell can hold a tab.
PLAIN_ROW = re.compile("\t".join(pattern.pattern for pattern in (NAME, DATE, LINK, PHONE)))


def write_rows(rows: Iterable[Row], dialect: CsvDialect) -> bytes:
    """The bytes of a file with those rows, in their order.

    Raises ServiceFault for a row that no file can hold: by then the service has checked every part of it.
    """
    try:
        lines = [_line_of(number, row, dialect) for number, row in enumerate(rows, 1)]
    except CsvError as error:
        raise ServiceFault(f"row for a CSV file: {error}") from error
    if dialect.header:
        lines.insert(0, dialect.separator.join(HEADER))
    line_end = LINE_ENDS[dialect.line_end]
    return "".join(line + line_end for line in lines).encode(dialect.encoding)


def _line_of(number: int, row: Row, dialect: CsvDialect) -> str:
    if not row.phone.startswith(COUNTRY):
        raise CsvError(number, "phone", f"{row.phone!r} is not allowed; allowed: an E.164 number")
    _check_cells(number, row)
    if dialect.phone_format == "national":
        row = row._replace(phone=row.phone.removeprefix(COUNTRY))
    return dialect.separator.join(row)


def read_rows(data: bytes, dialect: CsvDialect) -> list[Row]:
    """The rows of a file written in that dialect; phones come back as E.164 in either phone format.

    Raises CsvError where encoding, byte order mark, header, line ends, number of fields or a cell differ.
    """
    lines = _lines(_decoded(data, dialect), dialect)
    first_line = 1
    if dialect.header:
        if not lines or tuple(lines[0].split(dialect.separator)) != HEADER:
            raise CsvError(1, "line", f"the header must be {dialect.separator.join(HEADER)!r}")
        first_line = 2
    return [_row_of(number, line, dialect) for number, line in enumerate(lines[first_line - 1 :], first_line)]


def _decoded(data: bytes, dialect: CsvDialect) -> str:
    encoding = "utf-8" if dialect.encoding == "utf-8-sig" else dialect.encoding
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CsvError(line, "line", f"byte {error.start} is not {dialect.encoding}") from error
    if text.startswith(BYTE_ORDER_MARK) != (dialect.encoding == "utf-8-sig"):
        expected = "must" if dialect.encoding == "utf-8-sig" else "must not"
        raise CsvError(1, "line", f"the file {expected} begin with a byte order mark in {dialect.encoding}")
    return text.removeprefix(BYTE_ORDER_MARK)


def _lines(text: str, dialect: CsvDialect) -> list[str]:
    line_end = LINE_ENDS[dialect.line_end]
    *lines, unfinished_line = text.split(line_end)
    for number, line in enumerate([*lines, unfinished_line], 1):
        if "\n" in line or "\r" in line:
            raise CsvError(number, "line", f"lines must end with {dialect.line_end}")
    if unfinished_line:
        raise CsvError(len(lines) + 1, "line", f"the last line must end with {dialect.line_end} too")
    return lines


def _row_of(number: int, line: str, dialect: CsvDialect) -> Row:
    cells = line.split(dialect.separator)
    if len(cells) != len(COLUMNS):
        raise CsvError(number, "line", f"{len(cells)} fields; allowed: {len(COLUMNS)} ({', '.join(COLUMNS)})")
    _check_cells(number, cells)
    if cells[-1].startswith(COUNTRY) != (dialect.phone_format == "e164"):
        raise CsvError(number, "phone", f"{cells[-1]!r} is not in the phone format {dialect.phone_format}")
    order, day, link, phone = cells
    return Row(order, day, link, e164(phone))


def _check_cells(number: int, cells: Sequence[str]) -> None:
    if PLAIN_ROW.fullmatch("\t".join(cells)) and _is_real_date(cells[1]):
        return  # as nearly always
    for cell, (name, (fits, allowed)) in zip(cells, COLUMNS.items(), strict=True):
        if not fits(cell):
            raise CsvError(number, name, f"{cell!r} is not allowed; allowed: {allowed}")


def file_name(operator: str, deposited_at: int, sequence: int | None = None) -> str:
    """CSV-1: APPDIG_<operator>_<yyyymmddHHMMSS>.csv, with milliseconds where there are any: no name comes twice.

    A sequence number (from 1) adds `_001` and so on.
    """
    moment = re.sub(r"[-T:.]", "", format_instant(deposited_at).partition("+")[0])
    suffix = "" if sequence is None else f"_{sequence:03d}"
    return f"APPDIG_{operator}_{moment}{suffix}.csv"
