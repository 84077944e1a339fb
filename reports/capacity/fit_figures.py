"""Plots of a fit: each fitted distribution on the recorded one, the weeks, and the backtest.

What lives here: figures from the members of `fit.json`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from reports.capacity.canvas import Canvas, Scale, dates_below, rounded_up, stepped, ticks, value_axis
from reports.capacity.figure import Cell, Figure, Swatch, Table
from reports.capacity.fit_words import INDICATORS
from reports.words.labels import Term
from reports.words.number_words import bare, between, filled, number, percent, unit_name

Members = Mapping[str, Any]
HEIGHT, TOP, BOTTOM, LEFT, RIGHT = 240.0, 16.0, 196.0, 46.0, 10.0
SHOWN_SHARE = 0.99  # of the recorded values: the rest would squeeze them
MOST_ROWS = 40
EPOCH = date(1970, 1, 1)
LEGEND = (
    Swatch("stroke s1", Term("registrato", "recorded")),
    Swatch("stroke s2", Term("stimato", "fitted")),
)
CURVE_NOTE = Term(
    "Quota di tutti che è avvenuta entro tanto tempo. {orders:# ordine|# ordini}; il divario più largo è {distance}.",
    "Share of all that happened within so long. {orders:# order|# orders}; the largest gap is {distance}.",
)
WEEKS_TITLE = Term("Ordini per settimana", "Orders by week")
WEEKS_NOTE = Term(
    "Quanti ordini sono arrivati in ogni settimana, e quanti ne danno i fattori stimati.",
    "How many orders came in each week, and how many the fitted factors give.",
)
TRIED_TITLE = Term("Registrato e simulato nell'ultimo quarto", "Recorded and simulated in the last quarter")
TRIED_NOTE = Term(
    "Ogni barra è l'intervallo al 95 % di un'altra replica, ridotto alla stessa larghezza; il punto è ciò che fu "
    "registrato: pieno dentro, vuoto fuori.",
    "Each bar is the 95% interval of one more replication, drawn at one width; the dot is what was recorded: full "
    "inside, hollow outside.",
)
TRIED_LEGEND = (
    Swatch("band inner", Term("intervallo simulato", "simulated interval")),
    Swatch("fill s1", Term("registrato, dentro", "recorded, inside")),
    Swatch("bad hollow", Term("registrato, fuori", "recorded, outside")),
)
ROW = 26.0


def curve_figure(finding: Members, title: Term) -> Figure:
    """A distribution function as recorded, with the fitted one over it; or the weeks, counted and expected."""
    curve = finding["curve"]
    anchor = str(finding["path"]).replace(".", "-")
    if curve["unit"] == "weeks":
        return Figure(
            anchor, WEEKS_TITLE, WEEKS_NOTE, (HEIGHT, HEIGHT), partial(_draw_weeks, curve), [_weeks(curve)], LEGEND
        )
    orders, distance = number(finding["records"], 0), number(finding["distance"], 3)
    note = filled(CURVE_NOTE, orders=orders, distance=distance)
    return Figure(anchor, title, note, (HEIGHT, HEIGHT), partial(_draw_curve, curve), [_shares(curve)], LEGEND)


def _draw_curve(curve: Members, canvas: Canvas) -> None:
    values, recorded, fitted = curve["values"], curve["recorded"], curve["fitted"]
    total = recorded[-1]
    axis_end = next(
        (at for at, share in zip(values, recorded, strict=True) if share >= SHOWN_SHARE * total), values[-1]
    )
    across = Scale(0, rounded_up(axis_end), LEFT, canvas.width - RIGHT)
    up = Scale(0, 1, BOTTOM, TOP)
    value_axis(canvas, up, across.start, across.end, 4, is_share=True)
    places = [place for place, value in enumerate(values) if value <= across.high]
    steps = [(across(values[place]), up(recorded[place])) for place in places]
    canvas.curve(stepped([(across(0), up(0)), *steps], across.end), "stroke s1")
    points = [(across(values[place]), up(fitted[place])) for place in places]
    if curve["unit"] == "days":
        canvas.curve(stepped([(across(0), up(0)), *points], across.end), "stroke s2")
    else:
        canvas.curve([(across(0), up(0)), *points], "stroke s2")
    for value in ticks(0, across.high, 3 if canvas.is_narrow else 8):
        canvas.text(across(value), BOTTOM + 17, number(value, 0 if across.high >= 8 else 1), "tick mid")
    canvas.text(across.end, BOTTOM + 34, unit_name(curve["unit"]), "tick end")


def _shares(curve: Members) -> Table:
    """The numbers behind a curve, at evenly spaced places of it."""
    head: list[Cell] = [unit_name(curve["unit"]), LEGEND[0].meaning, LEGEND[1].meaning]
    rows = zip(curve["values"], curve["recorded"], curve["fitted"], strict=True)
    every = max(len(curve["values"]) // MOST_ROWS, 1)
    return Table(head, [[number(at), percent(share), percent(fit)] for at, share, fit in list(rows)[::every]])


def _draw_weeks(curve: Members, canvas: Canvas) -> None:
    recorded, fitted = curve["recorded"], curve["fitted"]
    across = Scale(0, max(len(recorded) - 1, 1), LEFT, canvas.width - RIGHT)
    up = Scale(0, rounded_up(max([*recorded, *fitted, 1])), BOTTOM, TOP)
    value_axis(canvas, up, across.start, across.end)
    for values, css in ((recorded, "stroke s1"), (fitted, "stroke s2")):
        canvas.curve([(across(place), up(value)) for place, value in enumerate(values)], css)
    dates_below(canvas, across, BOTTOM + 17, [*map(_day, curve["values"])], 2 if canvas.is_narrow else 7)


def _day(day: float) -> str:
    return (EPOCH + timedelta(days=int(day))).isoformat()


def _weeks(curve: Members) -> Table:
    rows = zip(curve["values"], curve["recorded"], curve["fitted"], strict=True)
    head: list[Cell] = [Term("Settimana dal", "Week from"), LEGEND[0].meaning, LEGEND[1].meaning]
    return Table(head, [[_day(day), number(count, 0), number(expected, 1)] for day, count, expected in rows])


def tested_figure(compared: Sequence[Members]) -> Figure:
    """Each indicator of the backtest: what was recorded within, or beside, what is simulated."""
    height = TOP + ROW * len(compared) + 8
    narrow = TOP + 2 * ROW * len(compared) + 8
    return Figure(
        "backtest-plot",
        TRIED_TITLE,
        TRIED_NOTE,
        (height, narrow),
        partial(_draw_tested, compared),
        [_tested(compared)],
        TRIED_LEGEND,
    )


def _draw_tested(compared: Sequence[Members], canvas: Canvas) -> None:
    row_height = 2 * ROW if canvas.is_narrow else ROW
    start = 12.0 if canvas.is_narrow else 300.0
    for place, row in enumerate(compared):
        y = TOP + row_height * (place + (0.75 if canvas.is_narrow else 0.5))
        width = max(row["high"] - row["low"], 1e-9)
        across = Scale(row["low"] - width, row["high"] + width, start, canvas.width - 12)
        title_y = y - ROW / 2 - 2 if canvas.is_narrow else y + 4
        canvas.text(0 if canvas.is_narrow else start - 14, title_y, INDICATORS[row["name"]], _title_class(canvas))
        canvas.line(across.start, y, across.end, y, "grid")
        canvas.rect(across(row["low"]), y - 7, across(row["high"]) - across(row["low"]), 14, "band inner")
        recorded = min(max(row["recorded"], across.low), across.high)
        tip = filled(
            Term("{recorded}; simulato {ends}", "{recorded}; simulated {ends}"),
            recorded=bare(row["recorded"], row["unit"]),
            ends=between(row["low"], row["high"], row["unit"]),
        )
        canvas.dot(across(recorded), y, 5, "fill s1" if row["inside"] else "bad hollow", tip)


def _title_class(canvas: Canvas) -> str:
    return "lab" if canvas.is_narrow else "lab end"


def _tested(compared: Sequence[Members]) -> Table:
    head: list[Cell] = [
        Term("Indicatore", "Indicator"),
        Term("Registrato", "Recorded"),
        Term("Simulato, media", "Simulated, mean"),
        Term("95 %", "95%"),
        Term("Esito", "Outcome"),
    ]
    inside = {True: Term("dentro", "inside"), False: Term("fuori", "outside")}
    rows: list[list[Cell]] = [
        [
            INDICATORS[row["name"]],
            bare(row["recorded"], row["unit"]),
            bare(row["mean"], row["unit"]),
            between(row["low"], row["high"], row["unit"]),
            inside[row["inside"]],
        ]
        for row in compared
    ]
    return Table(head, rows)
