"""When the loads fall: a heat map of weekday and hour for each of them.

What lives here: one figure. It must not know what makes a load: it shows the table `hourly`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from reports.capacity.canvas import Canvas
from reports.capacity.figure import Figure, Table
from reports.capacity.page_words import ON_WEEKDAYS
from reports.capacity.run_folder import CapacityRun
from reports.words.labels import WEEKDAYS, Term
from reports.words.number_words import filled, number

LOADS: Mapping[str, Term] = {
    "engagement_sms": Term("SMS di ingaggio", "Engagement SMS"),
    "sessions": Term("Sessioni nel Virtual Agent", "Virtual Agent sessions"),
    "notifications": Term("Notifiche agli operatori", "Notifications to operators"),
    "calls": Term("Telefonate degli operatori", "Operators' calls"),
    "reminders": Term("SMS di promemoria", "Reminder SMS"),
    "received": Term("Ordini ricevuti", "Orders received"),
}
TITLE = Term(
    "{sms}: in media la punta è {sms_when}. {sessions}: {sessions_when}",
    "On average {sms} peak {sms_when}; {sessions} {sessions_when}",
)
NOTE = Term(
    "Media in un'ora di quel giorno della settimana, sui giorni misurati e su tutte le repliche. "
    "Ogni carico ha la sua scala: il colore pieno è la sua ora più carica.",
    "Mean in an hour of that weekday, over measured days and all replications. "
    "Each load has its own scale: full colour is its heaviest hour.",
)
LEFT, ROW, HEAD, FOOT, GAP = 38, 20, 30, 26, 40


@dataclass(frozen=True)
class _Load:
    """A load: its title, and its mean by (weekday from 1, hour)."""

    title: Term
    means: Mapping[tuple[int, int], float]

    @cached_property
    def heaviest(self) -> tuple[int, int]:
        return max(self.means, key=lambda place: (self.means[place], -place[0], -place[1]))

    @property
    def largest(self) -> float:
        return self.means[self.heaviest]


def week_figure(run: CapacityRun) -> Figure | None:
    """All loads that occur, by weekday and hour."""
    loads = _loads(run)
    if "engagement_sms" not in loads or "sessions" not in loads:
        return None
    drawn = list(loads.values())
    block = HEAD + 7 * ROW + FOOT
    desk_rows = -(-len(drawn) // 2)
    sms, sessions = loads["engagement_sms"], loads["sessions"]
    return Figure(
        "week",
        filled(
            TITLE,
            sms=sms.title,
            sms_when=_heaviest_hour(sms),
            sessions=sessions.title,
            sessions_when=_heaviest_hour(sessions),
        ),
        NOTE,
        (desk_rows * block + (desk_rows - 1) * 12, len(drawn) * block + (len(drawn) - 1) * 12),
        lambda canvas: _draw(canvas, drawn),
        [_table(load) for load in drawn],
    )


def _loads(run: CapacityRun) -> dict[str, _Load]:
    hourly = run.table("hourly")
    if hourly.is_empty():
        return {}
    measured = hourly.filter(pl.col("measured")).sort("weekday", "hour")
    means = measured.group_by("weekday", "hour", maintain_order=True).agg(pl.col(*LOADS).mean())
    loads = {
        name: _Load(title, {(row["weekday"], row["hour"]): row[name] for row in means.iter_rows(named=True)})
        for name, title in LOADS.items()
    }
    return {name: load for name, load in loads.items() if load.means and load.largest > 0}


def _draw(canvas: Canvas, loads: Sequence[_Load]) -> None:
    columns = 1 if canvas.is_narrow else 2
    width = (canvas.width - (columns - 1) * GAP) / columns
    block = HEAD + 7 * ROW + FOOT + 12
    for place, load in enumerate(loads):
        _draw_load(canvas, load, (place % columns) * (width + GAP), (place // columns) * block, width)


def _draw_load(canvas: Canvas, load: _Load, x: float, y: float, width: float) -> None:
    cell = (width - LEFT) / 24
    canvas.text(x, y + 14, load.title, "lab strong")
    most = Term("massimo {value} all'ora", "at most {value} an hour")
    canvas.text(x + width, y + 14, filled(most, value=number(load.largest)), "tick end")
    for weekday, name in enumerate(WEEKDAYS, 1):
        top = y + HEAD + (weekday - 1) * ROW
        canvas.text(x + LEFT - 6, top + 14, name, "tick end")
        for hour in range(24):
            _draw_cell(canvas, load, (weekday, hour), x + LEFT + hour * cell, top, cell)
    for hour in range(0, 24, 4):
        canvas.text(x + LEFT + (hour + 0.5) * cell, y + HEAD + 7 * ROW + 15, f"{hour:02d}", "tick mid")


def _draw_cell(canvas: Canvas, load: _Load, place: tuple[int, int], x: float, y: float, width: float) -> None:
    if place not in load.means:
        return
    mean = load.means[place]
    if not mean:
        canvas.rect(x, y, width - 1, ROW - 1, "heat none")
        return
    tip = filled(
        Term("{day} {hour}: {mean}", "{day} {hour}: {mean}"),
        day=WEEKDAYS[place[0] - 1],
        hour=_hour(place[1]),
        mean=number(mean),
    )
    css = "heat most" if place == load.heaviest else "heat"
    canvas.rect(x, y, width - 1, ROW - 1, css, tip, 0.06 + 0.94 * (mean / load.largest) ** 0.7)


def _table(load: _Load) -> Table:
    hours = [f"{hour:02d}" for hour in range(24)]
    rows = [
        [name, *(number(load.means.get((weekday, hour))) for hour in range(24))]
        for weekday, name in enumerate(WEEKDAYS, 1)
    ]
    return Table([Term("Giorno", "Day"), *hours], rows, load.title)


def _heaviest_hour(load: _Load) -> Term:
    weekday, hour = load.heaviest
    return filled(Term("{day} alle {hour}", "{day} at {hour}"), day=ON_WEEKDAYS[weekday - 1], hour=f"{hour:02d}:00")


def _hour(hour: int) -> str:
    return f"{hour:02d}–{hour + 1:02d}"
