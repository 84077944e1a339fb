"""A run as a spreadsheet: every table a sheet, numbers as numbers, and a first sheet that says what was run.

What lives here: the way from tables to cells. It must not know what a table means: titles come from its columns.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date
from importlib.metadata import version
from io import BytesIO
from typing import Any

import polars as pl

MOST_ROWS = 1_048_575  # of a sheet, below its header
WIDEST_COLUMN, NARROWEST_COLUMN = 60, 9
INTRO = "run"
FILE_NAME = "tables.xlsx"
ROME = "Europe/Rome"


def spreadsheet(about: Mapping[str, Any], frames: Mapping[str, pl.DataFrame]) -> bytes:
    """The content of an .xlsx file: a run as `run.json` describes it, and its tables by name, in their order."""
    import xlsxwriter  # here: only a run that is asked for a spreadsheet needs it

    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        forms = _Forms(book)
        cut = {name: frame.height for name, frame in frames.items() if frame.height > MOST_ROWS}
        _write_intro(book, forms, about, cut)
        for name, frame in frames.items():
            _write_table(book, forms, name, frame.head(MOST_ROWS))
    return buffer.getvalue()


class _Forms:
    """How cells look."""

    def __init__(self, book: Any) -> None:
        self.head = book.add_format({"bold": True, "bottom": 1})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.instant = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})


def _write_intro(book: Any, forms: _Forms, about: Mapping[str, Any], cut: Mapping[str, int]) -> None:
    """What was run, by which program, and under which assumptions."""
    sheet = book.add_worksheet(INTRO)
    sheet.set_column(0, 0, 26, forms.wrapped)
    sheet.set_column(1, 1, 100, forms.wrapped)
    for row, (name, value) in enumerate(_introduced(about, cut)):
        if row == 0:
            sheet.write_string(0, 0, name, forms.title)
            continue
        sheet.write_string(row, 0, name)
        if isinstance(value, int | float):
            sheet.write_number(row, 1, value)
        else:
            sheet.write_string(row, 1, value)


def _introduced(about: Mapping[str, Any], cut: Mapping[str, int]) -> Iterator[tuple[str, str | int | float]]:
    yield str((about.get("title") or {}).get("en") or about.get("name")), ""
    yield "program", f"appuntamento {version('appuntamento')}"
    yield "scenario", str(about.get("shipped") or about.get("file"))
    yield "seed", int(about["seed"])
    for variant, count in (about.get("replications") or {}).items():
        yield f"replications of {variant}", int(count)
    if horizon := about.get("horizon"):
        yield "first day", str(horizon["start"])
        yield "days", int(horizon["days"])
        yield "measured days", int(horizon["days"]) - int(horizon["warm_up_days"]) - int(horizon["cool_down_days"])
    for path, value in (about.get("changes") or {}).items():
        yield f"--set {path}", str(value)
    for item in about.get("assumptions") or []:
        yield f"assumption: {item['about']}", item["text"] + (f" ({item['source']})" if item["source"] else "")
    for name, rows in cut.items():
        yield f"sheet {name}", f"the first {MOST_ROWS:,} of {rows:,} rows; all of them are in {name}.parquet"
    yield "instants", f"in local time, {ROME}"
    yield "columns", "described in docs/capacity.md"


def _write_table(book: Any, forms: _Forms, name: str, frame: pl.DataFrame) -> None:
    """A sheet with a frozen header and a filter."""
    sheet = book.add_worksheet(name)
    for column, (title, kind) in enumerate(frame.schema.items()):
        sheet.write_string(0, column, title, forms.head)
        values = _cells(frame[title], kind)
        form = forms.day if kind == pl.Date else forms.instant if kind.is_temporal() else None
        for row, value in enumerate(values, 1):
            if isinstance(value, bool):
                sheet.write_boolean(row, column, value)
            elif isinstance(value, int | float):
                if math.isfinite(value):
                    sheet.write_number(row, column, value)
            elif isinstance(value, date):
                sheet.write_datetime(row, column, value, form)
            elif value is not None:
                sheet.write_string(row, column, str(value))
        sheet.set_column(column, column, _width(title, kind))
    sheet.freeze_panes(1, 0)
    if frame.height:
        sheet.autofilter(0, 0, frame.height, frame.width - 1)


def _cells(series: pl.Series, kind: pl.DataType) -> list[Any]:
    """The values of a column; instants as local time, for a spreadsheet has no zones."""
    if isinstance(kind, pl.Datetime):
        local = series.dt.convert_time_zone(ROME).dt.replace_time_zone(None)
        return local.to_list()
    return series.to_list()


def _width(title: str, kind: pl.DataType) -> float:
    wanted = 20 if kind.is_temporal() else len(title) + 2
    return min(max(wanted, NARROWEST_COLUMN), WIDEST_COLUMN)
