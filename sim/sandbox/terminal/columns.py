"""Text for a terminal of 80 columns: aligned tables and facts, instants as a person reads them.

Nothing is cut but the last column of a table that asks for it, so that what is printed can be searched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from textwrap import wrap
from typing import Any

Answer = Mapping[str, Any]  # of the sandbox
WIDTH = 80
GAP = "  "
BELOW = "    "  # before what did not fit on the line of its row
NOTHING = "–"
MINUTE_MS, HOUR_MS = 60_000, 3_600_000


def table(headers: Sequence[str], rows: Iterable[Sequence[object]], cut_last: bool = False) -> Iterator[str]:
    """Rows under their headers, each column as wide as its widest cell; what does not fit beside goes on below.

    A cell that is wider than the terminal is broken where the line ends.
    """
    cell_rows = [list(headers), *([_text(cell) for cell in row] for row in rows)]
    widths = [max(len(row[column]) for row in cell_rows) for column in range(len(headers))]
    for row in cell_rows:
        for number, columns in enumerate([range(len(widths))] if cut_last else _lines(widths)):
            cells = GAP.join(row[column].ljust(widths[column]) for column in columns).rstrip()
            line = BELOW + cells if number else cells
            yield from [line[: WIDTH - 1] + "…"] if cut_last and len(line) > WIDTH else fitted(line)


def fitted(line: str) -> list[str]:
    """A line as lines that fit the terminal, broken between words where there are any."""
    return [line] if len(line) <= WIDTH else wrap(line, WIDTH, subsequent_indent=BELOW, break_on_hyphens=False)


def _lines(widths: Sequence[int]) -> list[range]:
    """Which columns stand on each line of a row, as many as fit."""
    starts, free_width = [0], WIDTH
    for column, width in enumerate(widths):
        if free_width < width and column > starts[-1]:
            starts.append(column)
            free_width = WIDTH - len(BELOW)
        free_width -= width + len(GAP)
    return [range(start, end) for start, end in pairwise([*starts, len(widths)])]


def facts(pairs: Iterable[tuple[str, object]]) -> Iterator[str]:
    """A name and its value, a line each; empty values are left out."""
    known = [(name, _text(value)) for name, value in pairs if value not in (None, "", [])]
    width = max((len(name) for name, _ in known), default=0)
    for name, value in known:
        yield f"{name.ljust(width)}{GAP}{value}"


def when(instant: str | None) -> str:
    """`2026-03-03 13:00`, with seconds where there are any: the wall clock of an RFC 3339 text."""
    if instant is None:
        return NOTHING
    day, time = instant[:10], instant[11:19]
    return f"{day} {time[:5] if time.endswith(':00') else time}"


def limit(instant: str) -> str:
    """`2026-03-05 24:00`: as `when`, but a midnight by which something is due closes the day before it."""
    shown = when(instant)
    day, _, time = shown.partition(" ")
    return f"{date.fromisoformat(day) - timedelta(days=1)} 24:00" if time == "00:00" else shown


def band(slot: dict[str, str] | None) -> str:
    """`2026-03-09 08:00–10:00`."""
    return NOTHING if slot is None else f"{when(slot['start'])}{NOTHING}{slot['end'][11:16]}"


def hours(slot: Answer) -> str:
    """`08:00–10:00`, of instants that are said in full."""
    return f"{slot['start'][11:16]}–{slot['end'][11:16]}"


def span(milliseconds: int) -> str:
    """`27 h 05 min`."""
    full_hours, rest_ms = divmod(milliseconds, HOUR_MS)
    return f"{full_hours} h {rest_ms // MINUTE_MS:02} min"


def count(number: int, thing: str) -> str:
    """`1 order`, `2 orders`."""
    return f"{number} {thing}" + ("s" if number != 1 else "")


def _text(value: object) -> str:
    if value is None:
        return NOTHING
    return " ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
