"""Day by day: how much the replications agree, with the warm-up, the cool-down and the days off in sight.

What lives here: one figure. It must not know what makes a day: it shows the tables `hourly` and `daily`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median, quantiles

import polars as pl

from reports.capacity.canvas import Canvas, Point, Scale, rounded_up, value_axis
from reports.capacity.figure import Cell, Figure, Swatch, Table
from reports.capacity.run_folder import CapacityRun
from reports.timeline.days_off import DaysOff, days_off
from reports.words.labels import Term
from reports.words.number_words import filled, joined, number
from reports.words.time_words import weekday_of

PANELS: Mapping[str, Term] = {
    "alive": Term("Ordini in corso, massimo del giorno", "Orders under way, most in the day"),
    "received": Term("Ordini ricevuti nel giorno", "Orders received in the day"),
    "sms_at_opening": Term(
        "SMS consegnati alle 07:00, nel primo minuto", "SMS handed over at 07:00, in the first minute"
    ),
    "sms_backlog_peak": Term("SMS in coda, massimo del giorno", "SMS waiting, most in the day"),
    "mean_days_to_visit": Term(
        "Giorni fino alla visita, per giorno di ricezione", "Days to visit, by day of reception"
    ),
}
TITLE = Term(
    "Gli ordini in corso crescono nell'avviamento e poi oscillano fra {low} e {high}",
    "Orders under way grow in the warm-up, then move between {low} and {high}",
)
IDLE = Term("avviamento e coda: fuori dagli indicatori", "warm-up and cool-down: not in the indicators")
PLAIN_TITLE = Term(
    "Gli ordini in corso oscillano fra {low} e {high}",
    "Orders under way move between {low} and {high}",
)
NOTE = Term(
    "Ogni giorno visto in tutte le repliche ({count}): dove la fascia è stretta, le repliche concordano.",
    "Each day as all replications saw it ({count}): where the band is narrow, the replications agree.",
)
PANEL_HEIGHT, PANEL_GAP, TOP, BOTTOM, LEFT = 92, 40, 32, 34, 58
DAYS_WITH_SUNDAYS = LONG_DAYS = 100


@dataclass(frozen=True, slots=True)
class _Spread:
    """The replications of a day: least, lower quarter, median, upper quarter, largest."""

    least: float
    lower: float
    middle: float
    upper: float
    largest: float


@dataclass(frozen=True, slots=True)
class _Days:
    """The days of a run, those measured, the spread of each panel where a day has one, and the run's calendar."""

    days: Sequence[date]
    measured: Sequence[bool]
    spreads: Mapping[str, Mapping[date, _Spread]]
    calendar: DaysOff


def fans_figure(run: CapacityRun) -> Figure | None:
    """The fans of all panels that have anything to show."""
    period = _days(run)
    if period is None or "alive" not in period.spreads:
        return None
    steady = [
        period.spreads["alive"][day].middle
        for day, measured in zip(period.days, period.measured, strict=True)
        if measured and day in period.spreads["alive"]
    ]
    return Figure(
        "days",
        filled(
            TITLE if run.warm_up_days else PLAIN_TITLE,
            low=number(min(steady, default=0)),
            high=number(max(steady, default=0)),
        ),
        filled(NOTE, count=number(run.replications, 0)),
        (TOP + len(period.spreads) * (PANEL_HEIGHT + PANEL_GAP) - PANEL_GAP + BOTTOM,) * 2,
        lambda canvas: _draw(canvas, period),
        [_table(period)],
        (
            Swatch("stroke s1", Term("mediana", "median")),
            Swatch("band inner", Term("metà centrale", "middle half")),
            Swatch("band", Term("dal minimo al massimo", "least to largest")),
            Swatch(
                "idle",
                Term("avviamento e coda: fuori dagli indicatori", "warm-up and cool-down: not in the indicators"),
            ),
            Swatch("off", Term("domeniche e festivi", "Sundays and holidays")),
        ),
    )


def _days(run: CapacityRun) -> _Days | None:
    hourly, daily = run.table("hourly"), run.table("daily")
    if hourly.is_empty() or daily.is_empty():
        return None
    by_day = hourly.group_by("replication", "day", maintain_order=True).agg(pl.max("alive"), pl.sum("received"))
    known = daily.select("replication", "day", "measured", "sms_at_opening", "sms_backlog_peak", "mean_days_to_visit")
    joined = known.join(by_day, on=["replication", "day"], how="left").sort("day", "replication")
    days = joined.group_by("day", maintain_order=True).agg(pl.first("measured"), pl.col(*PANELS))
    spreads = {
        name: {
            row["day"]: _spread(values)
            for row in days.iter_rows(named=True)
            if (values := [value for value in row[name] if value is not None])
        }
        for name in PANELS
    }
    busy = {name: by_day for name, by_day in spreads.items() if any(spread.largest for spread in by_day.values())}
    return _Days(days["day"].to_list(), days["measured"].to_list(), busy, days_off(run.about.get("readings") or {}))


def _spread(values: Sequence[float]) -> _Spread:
    lower, _, upper = quantiles(values, n=4, method="inclusive") if len(values) > 1 else (values[0],) * 3
    return _Spread(min(values), lower, median(values), upper, max(values))


def _draw(canvas: Canvas, period: _Days) -> None:
    across = Scale(0, len(period.days), LEFT, canvas.width - 8)
    bottom = TOP + len(period.spreads) * (PANEL_HEIGHT + PANEL_GAP) - PANEL_GAP
    for place, (name, spreads) in enumerate(period.spreads.items()):
        top = TOP + place * (PANEL_HEIGHT + PANEL_GAP)
        up = Scale(0, rounded_up(max(spread.largest for spread in spreads.values()), least=4), top + PANEL_HEIGHT, top)
        _draw_ground(canvas, period, across, up)
        canvas.text(0, top - 13, PANELS[name], "lab strong")
        value_axis(canvas, up, across.start, across.end, 3)
        _draw_fan(canvas, period, spreads, across, up)
        for first_day in _first_days(canvas, period):
            canvas.line(across(first_day), up.end, across(first_day), up.start, "grid")
    _draw_dates(canvas, period, across, bottom)
    for place, day in enumerate(period.days if len(period.days) <= LONG_DAYS else ()):  # a year of tips is too heavy
        canvas.target(across(place), TOP, across(1) - across(0), bottom - TOP, _tip(period, day))


def _draw_ground(canvas: Canvas, period: _Days, across: Scale, up: Scale) -> None:
    width, height = across(1) - across(0), up.start - up.end
    has_sundays = len(period.days) <= DAYS_WITH_SUNDAYS
    for place, (day, measured) in enumerate(zip(period.days, period.measured, strict=True)):
        if not measured:
            canvas.rect(across(place), up.end, width + 0.3, height, "idle")
        elif not period.calendar.has_window(day) and (has_sundays or day.weekday() < 6):
            canvas.rect(across(place), up.end, width, height, "off")


def _draw_fan(canvas: Canvas, period: _Days, spreads: Mapping[date, _Spread], across: Scale, up: Scale) -> None:
    drawn = [(across(place + 0.5), spreads[day]) for place, day in enumerate(period.days) if day in spreads]

    def points(name: str) -> list[Point]:
        return [(x, up(getattr(spread, name))) for x, spread in drawn]

    canvas.area(points("largest"), points("least"), "band")
    canvas.area(points("upper"), points("lower"), "band inner")
    canvas.curve(points("middle"), "stroke s1")


def _first_days(canvas: Canvas, period: _Days) -> list[int]:
    """The places of the days to label: Mondays, or firsts of the month in a long run."""
    most_labels = 4 if canvas.is_narrow else 10
    is_long = len(period.days) > LONG_DAYS
    firsts = [place for place, day in enumerate(period.days) if (day.day == 1 if is_long else day.weekday() == 0)]
    return firsts[:: -(-len(firsts) // most_labels) or 1]


def _draw_dates(canvas: Canvas, period: _Days, across: Scale, bottom: float) -> None:
    for place in _first_days(canvas, period):
        day = period.days[place]
        label = f"{day.year}-{day.month:02d}" if len(period.days) > LONG_DAYS else day.isoformat()
        canvas.text(across(place), bottom + 17, label, "tick mid" if across(place) > LEFT + 30 else "tick")


def _tip(period: _Days, day: date) -> Term:
    parts = [Term(f"{weekday_of(day).it} {day.isoformat()}", f"{weekday_of(day).en} {day.isoformat()}")]
    for name, spreads in period.spreads.items():
        if day in spreads:
            pattern = Term("{what}: {middle} ({least}–{largest})", "{what}: {middle} ({least}–{largest})")
            spread = spreads[day]
            parts.append(
                filled(
                    pattern,
                    what=PANELS[name],
                    middle=number(spread.middle),
                    least=number(spread.least),
                    largest=number(spread.largest),
                )
            )
    return joined(parts, "\n")


def _table(period: _Days) -> Table:
    head: list[Cell] = [Term("Giorno", "Day"), *(PANELS[name] for name in period.spreads)]
    rows: list[list[Cell]] = []
    for day, measured in zip(period.days, period.measured, strict=True):
        cells = [_cell(spreads.get(day)) for spreads in period.spreads.values()]
        rows.append([f"{day.isoformat()}{'' if measured else ' *'}", *cells])
    caption = Term("Mediana (minimo–massimo); * giorno non misurato", "Median (least–largest); * day not measured")
    return Table(head, rows, caption)


def _cell(spread: _Spread | None) -> Term:
    if spread is None:
        return Term("–", "–")
    parts = {"middle": number(spread.middle), "least": number(spread.least), "largest": number(spread.largest)}
    if spread.least == spread.largest:
        return parts["middle"]
    return filled(Term("{middle} ({least}–{largest})", "{middle} ({least}–{largest})"), **parts)
