"""The service level week by week: within how many days the visits took place, against the level asked for.

What lives here: one figure and its sentence. It must not know how a week is judged: it shows the table `weeks`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reports.capacity.canvas import Canvas, Scale, dates_below, rounded_up, value_axis
from reports.capacity.figure import Cell, Figure, Swatch, Table
from reports.capacity.run_folder import CapacityRun
from reports.words.labels import Term
from reports.words.number_words import amount, between, filled, number, percent

Row = Mapping[str, Any]
LATE = Term(
    "In {late} di {weeks} le visite non hanno raggiunto il livello di servizio: {share} entro {days} dall'ordine",
    "In {late} of {weeks} visits missed the service level: {share} within {days} of the order",
)
NOT_LATE = Term(
    "In nessuna di {weeks} le visite sono scese sotto il livello di servizio: {share} entro {days} dall'ordine",
    "In none of {weeks} did visits miss the service level: {share} within {days} of the order",
)
NOTE = Term(
    "Giorni entro cui avviene quella quota delle visite, per settimana di ricezione dell'ordine: media sulle repliche, "
    "con l'intervallo al 95 %. Tratteggio: il livello chiesto. Contano le settimane intere; le altre sono più chiare.",
    "Days within which that share of the visits takes place, by week of reception: means over replications, "
    "with their 95% intervals. Dashes: the level asked for. Whole weeks count; the others are paler.",
)
HEIGHT, TOP, BOTTOM, LEFT = 230, 30, 34, 52
WHOLE_WEEK = 7
MOST_LABELS = 12


def late_sentence(run: CapacityRun) -> Term | None:
    """In how many weeks the service level was not met; None where no whole week is measured."""
    late, level, weeks = run.kpi("weeks_late"), _level(run), _whole_weeks(run)
    if late is None or not level or not weeks:
        return None
    return filled(
        LATE if late.mean > 0 else NOT_LATE,
        late=number(late.mean, 0 if late.mean == int(late.mean) else 1),
        weeks=amount(float(weeks), "weeks"),
        share=percent(level["share"], 0 if level["share"] * 100 == int(level["share"] * 100) else None),
        days=amount(level["days"], "days"),
    )


def late_fact(run: CapacityRun) -> Term | None:
    """The same as a sentence of its own."""
    said = late_sentence(run)
    return Term(f"{said.it}.", f"{said.en}.") if said else None


def weeks_figure(run: CapacityRun) -> Figure | None:
    """Each week with its interval, and the level as a line."""
    title, rows = late_sentence(run), _rows(run)
    if title is None or len(rows) < 2:
        return None
    limit = float(_level(run)["days"])
    return Figure(
        "weeks",
        title,
        NOTE,
        (HEIGHT, HEIGHT),
        lambda canvas: _draw(canvas, rows, limit),
        [_table(rows)],
        [
            Swatch("fill o1", Term("entro il livello", "within the level")),
            Swatch(
                "fill o4",
                Term("oltre, in almeno metà delle repliche", "beyond it, in half of the replications or more"),
            ),
        ],
    )


def _level(run: CapacityRun) -> Mapping[str, float]:
    return run.about.get("service_level") or {}


def _rows(run: CapacityRun) -> list[Row]:
    weeks = run.table("weeks")
    return [] if weeks.is_empty() else list(weeks.sort("week").iter_rows(named=True))


def _whole_weeks(run: CapacityRun) -> int:
    return sum(row["measured_days"] == WHOLE_WEEK for row in _rows(run))


def _draw(canvas: Canvas, rows: Sequence[Row], limit: float) -> None:
    highest = max(limit, *(row["high"] if row["high"] is not None else row["days"] for row in rows))
    up = Scale(0, rounded_up(highest), HEIGHT - BOTTOM, TOP)
    across = Scale(-0.5, len(rows) - 0.5, LEFT, canvas.width - 8)
    canvas.text(0, 14, Term("giorni dall'ordine alla visita", "days from order to visit"), "lab strong")
    value_axis(canvas, up, across.start, across.end)
    canvas.line(across.start, up(limit), across.end, up(limit), "dash")
    width = min((across(1) - across(0)) * 0.7, 36)
    weeks = [row["week"].isoformat() for row in rows]
    dates_below(canvas, across, up.start + 17, weeks, 4 if canvas.is_narrow else MOST_LABELS)
    for place, row in enumerate(rows):
        css = "fill o4" if row["share_late"] >= 0.5 else "fill o1"
        depth = 1.0 if row["measured_days"] == WHOLE_WEEK else 0.3
        top = up(row["days"])
        canvas.rect(across(place) - width / 2, top, width, up.start - top, css, _tip(row), depth)
        if row["low"] is not None:
            canvas.line(across(place), up(row["low"]), across(place), up(row["high"]), "whisker")


def _tip(row: Row) -> Term:
    pattern = Term(
        "settimana del {week}: {days}, oltre in {late} delle repliche",
        "week of {week}: {days}, beyond in {late} of the replications",
    )
    return filled(
        pattern, week=row["week"].isoformat(), days=amount(row["days"], "days"), late=percent(row["share_late"])
    )


def _table(rows: Sequence[Row]) -> Table:
    head: list[Cell] = [
        Term("Settimana del", "Week of"),
        Term("Giorni misurati", "Measured days"),
        Term("Visite", "Visits"),
        Term("Giorni", "Days"),
        Term("Intervallo al 95 %", "95% interval"),
        Term("Repliche sotto il livello", "Replications below the level"),
    ]
    cells: list[list[Cell]] = [
        [
            row["week"].isoformat(),
            number(row["measured_days"], 0),
            number(row["visits"]),
            number(row["days"]),
            between(row["low"], row["high"], "days"),
            percent(row["share_late"]),
        ]
        for row in rows
    ]
    return Table(head, cells)
