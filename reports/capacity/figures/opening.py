"""The SMS around the opening of the window, minute by minute: handed over, sent, waiting.

What lives here: two figures, of the opening and of the whole window. It must not know how the gateway was simulated:
it shows the table `minutes`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from reports.capacity.canvas import Canvas, Scale, rounded_up, stepped, value_axis
from reports.capacity.figure import Cell, Figure, Swatch, Table
from reports.capacity.page_words import ON_WEEKDAYS
from reports.capacity.run_folder import CapacityRun
from reports.facts import WINDOW_CLOSES_HOUR, WINDOW_OPENS_HOUR
from reports.words.labels import Term
from reports.words.number_words import amount, clock, filled, number

OPENING = WINDOW_OPENS_HOUR * 60
EARLIEST, LEAST_SHOWN, MOST_BARS = OPENING - 10, 60, 150
LAST_MINUTE = WINDOW_CLOSES_HOUR * 60
PANEL_HEIGHT, PANEL_GAP, TOP, BOTTOM = 110, 42, 30, 34

TITLE = Term(
    "{day} alle 07:00 partono insieme fino a {peak}: il gateway li smaltisce in {clear}",
    "{day} at 07:00 up to {peak} are handed over at once: the gateway clears them in {clear}",
)
NOTE = Term(
    "Il giorno della settimana con l'apertura più carica. Colonne e area: media sui giorni misurati e sulle repliche. "
    "Linea: il massimo di tutte.{capacity}",
    "The weekday with the heaviest opening. Columns and area: mean over measured days and replications. "
    "Line: the largest of all.{capacity}",
)
CAPACITY = Term(
    " Tratteggio: quanto il gateway può inviare in un minuto ({rate}).",
    " Dashes: what the gateway can send in a minute ({rate}).",
)
PANELS = (
    ("handed", Term("Consegnati al gateway, SMS al minuto", "Handed to the gateway, SMS a minute")),
    ("sent", Term("Inviati dal gateway, SMS al minuto", "Sent by the gateway, SMS a minute")),
    ("backlog", Term("In coda nel gateway, SMS", "Waiting in the gateway, SMS")),
)


DAY_TITLE = Term(
    "Nella giornata il minuto più carico è {day} alle {at}: fino a {peak}, fra ingaggi e promemoria",
    "Over the day the heaviest minute is {day} at {at}: up to {peak}, engagements and reminders together",
)
DAY_NOTE = Term(
    "Lo stesso per l'intera finestra di quel giorno della settimana, a gruppi di {width} minuti.",
    "The same for the whole window of that weekday, in groups of {width} minutes.",
)


@dataclass(frozen=True, slots=True)
class _Minutes:
    """The bars of a weekday: first minute of each, and means and peaks by panel."""

    starts: Sequence[int]
    width: int
    means: Mapping[str, Sequence[float]]
    peaks: Mapping[str, Sequence[float]]
    capacity: float


def opening_figure(run: CapacityRun) -> Figure | None:
    """The first minutes of the window, on the weekday whose opening is the heaviest."""
    minutes = run.table("minutes")
    openings = minutes.filter((pl.col("weekday") > 0) & (pl.col("minute") == OPENING)) if len(minutes) else minutes
    if openings.is_empty() or not openings["handed_peak"].max():
        return None
    weekday, _, peak = _heaviest(openings)
    mean_minutes = _over_replications(minutes, weekday)
    days = run.table("daily").filter(pl.col("measured") & (pl.col("weekday") == weekday))
    bars = _bars(mean_minutes, _capacity(run), _end_of_opening(mean_minutes))
    day = ON_WEEKDAYS[weekday - 1]
    title = filled(
        TITLE,
        day=Term(day.it[0].upper() + day.it[1:], day.en[0].upper() + day.en[1:]),
        peak=amount(peak, "sms"),
        clear=_clearing(_real(days["minutes_to_clear_opening"].max())),
    )
    rate = filled(CAPACITY, rate=number(bars.capacity)) if bars.capacity else Term("", "")
    return _figure("opening", title, filled(NOTE, capacity=rate), bars)


def day_figure(run: CapacityRun) -> Figure | None:
    """The whole window, on the weekday with the heaviest minute of all."""
    minutes = run.table("minutes")
    named = minutes.filter(pl.col("weekday") > 0) if len(minutes) else minutes
    if named.is_empty() or not named["handed_peak"].max():
        return None
    weekday, minute, peak = _heaviest(named)
    bars = _bars(_over_replications(minutes, weekday), _capacity(run), LAST_MINUTE + 12)
    title = filled(DAY_TITLE, day=ON_WEEKDAYS[weekday - 1], at=clock(minute), peak=amount(peak, "sms"))
    return _figure("window", title, filled(DAY_NOTE, width=number(bars.width)), bars)


def _figure(anchor: str, title: Term, note: Term, bars: _Minutes) -> Figure:
    panels = _panels(bars)
    height = TOP + len(panels) * (PANEL_HEIGHT + PANEL_GAP) - PANEL_GAP + BOTTOM
    return Figure(
        anchor,
        title,
        note,
        (height, height),
        lambda canvas: _draw(canvas, bars),
        [_table(bars)],
        (Swatch("fill s1", Term("media", "mean")), Swatch("stroke s2", Term("massimo", "largest"))),
    )


def _heaviest(minutes: pl.DataFrame) -> tuple[int, int, float]:
    """The weekday and minute that hand over most, and how many SMS."""
    order = ["handed_peak", "handed_mean", "weekday", "minute"]
    first = minutes.sort(order, descending=[True, True, False, False]).row(0, named=True)
    return int(first["weekday"]), int(first["minute"]), float(first["handed_peak"])


def _over_replications(minutes: pl.DataFrame, weekday: int) -> pl.DataFrame:
    mine = minutes.filter(pl.col("weekday") == weekday).group_by("minute", maintain_order=True)
    return mine.agg(pl.col("^.*_mean$").mean(), pl.col("^.*_peak$").max()).sort("minute")


def _end_of_opening(minutes: pl.DataFrame) -> int:
    """A little after nothing waits any more."""
    empty = minutes.filter((pl.col("minute") >= OPENING) & (pl.col("backlog_peak") == 0))["minute"]
    cleared = _real(empty.min()) if len(empty) else LAST_MINUTE
    return int(min(max(cleared * 1.02 + 5, OPENING + LEAST_SHOWN), LAST_MINUTE + 10))


def _capacity(run: CapacityRun) -> float:
    """SMS that the gateway can send in a minute; 0 where the scenario does not say."""
    rate = run.parameter("sms.per_second")
    return 60 * float(rate) if isinstance(rate, int | float) else 0.0


def _bars(minutes: pl.DataFrame, capacity: float, end: int) -> _Minutes:
    """The minutes from shortly before the opening up to `end`, in groups where there are too many."""
    width = math.ceil((end - EARLIEST) / MOST_BARS)
    first = OPENING - width * math.ceil((OPENING - EARLIEST) / width)  # so that a group begins at the opening
    minutes_shown = minutes.filter(pl.col("minute").is_between(first, end - 1))
    grouped = minutes_shown.group_by((pl.col("minute") - first) // width, maintain_order=True).agg(
        pl.col("minute").first().alias("start"),
        pl.col("handed_mean", "sent_mean", "backlog_mean").mean(),
        pl.col("handed_peak", "sent_peak", "backlog_peak").max(),
    )
    names = [name for name, _ in PANELS]
    return _Minutes(
        grouped["start"].to_list(),
        width,
        {name: grouped[f"{name}_mean"].to_list() for name in names},
        {name: grouped[f"{name}_peak"].to_list() for name in names},
        capacity,
    )


def _panels(bars: _Minutes) -> list[tuple[str, Term]]:
    """The panels with something in them: where nothing ever waits there is no queue to draw."""
    return [(name, title) for name, title in PANELS if any(bars.peaks[name])]


def _draw(canvas: Canvas, bars: _Minutes) -> None:
    end = bars.starts[-1] + bars.width
    across = Scale(bars.starts[0], end, 52, canvas.width - 8)
    for place, (name, title) in enumerate(_panels(bars)):
        top = TOP + place * (PANEL_HEIGHT + PANEL_GAP)
        highest = max(*bars.peaks[name], 1)
        limit = bars.capacity if name == "sent" and bars.capacity < highest * 4 else 0
        up = Scale(0, rounded_up(max(highest, limit), least=4), top + PANEL_HEIGHT, top)
        canvas.text(0, top - 14, title, "lab strong")
        value_axis(canvas, up, across.start, across.end, 3)
        for minute in _round_minutes(canvas, end):
            css = "edge" if minute == OPENING else "grid"
            canvas.line(across(minute), up.end, across(minute), up.start, css)
        _draw_panel(canvas, bars, name, across, up)
        if limit:
            canvas.line(across.start, up(limit), across.end, up(limit), "dash")
    _draw_times(canvas, across, end)


def _draw_panel(canvas: Canvas, bars: _Minutes, name: str, across: Scale, up: Scale) -> None:
    means, peaks = bars.means[name], bars.peaks[name]
    width = across(bars.starts[0] + bars.width) - across.start
    if name == "backlog":
        tops = stepped([(across(start), up(mean)) for start, mean in zip(bars.starts, means, strict=True)], across.end)
        canvas.area(tops, [(across.start, up(0)), (across.end, up(0))], "fill s1")
    else:
        for start, mean in zip(bars.starts, means, strict=True):
            if mean:
                canvas.rect(across(start), up(mean), max(width - 0.6, 0.6), up(0) - up(mean), "fill s1")
    corners = [(across(start), up(peak)) for start, peak in zip(bars.starts, peaks, strict=True)]
    canvas.curve(stepped(corners, across.end), "stroke s2")
    for start, mean, peak in zip(bars.starts, means, peaks, strict=True):
        canvas.target(across(start), up.end, width, up.start - up.end, _tip(start, mean, peak))


def _round_minutes(canvas: Canvas, end: int) -> range:
    """The minutes to label, from the opening on."""
    most_labels = 4 if canvas.is_narrow else 8
    steps = (5, 10, 15, 30, 60, 120, 180, 240)
    return range(OPENING, end, next(step for step in steps if (end - OPENING) / step <= most_labels))


def _draw_times(canvas: Canvas, across: Scale, end: int) -> None:
    for minute in _round_minutes(canvas, end):
        canvas.text(across(minute), canvas.height - BOTTOM + 16, clock(minute), "tick mid")
    canvas.text(across.end, canvas.height - 2, Term("ora di Roma", "Rome time"), "tick end")


def _tip(minute: int, mean: float, peak: float) -> Term:
    pattern = Term("{at}: media {mean}, massimo {peak}", "{at}: mean {mean}, largest {peak}")
    return filled(pattern, at=clock(minute), mean=number(mean), peak=number(peak))


def _table(bars: _Minutes) -> Table:
    head: list[Cell] = [Term("Ora", "Time")]
    for _, title in PANELS:
        head += [
            filled(Term("{what}: media", "{what}: mean"), what=title),
            filled(Term("{what}: massimo", "{what}: largest"), what=title),
        ]
    rows: list[list[Cell]] = [
        [
            clock(start),
            *(number(by_panel[name][place]) for name, _ in PANELS for by_panel in (bars.means, bars.peaks)),
        ]
        for place, start in enumerate(bars.starts)
        if any(bars.peaks[name][place] for name, _ in PANELS)
    ]
    return Table(head, rows)


def _clearing(minutes: float) -> Term:
    if minutes < 1:
        return Term("meno di un minuto", "less than a minute")
    return amount(minutes, "minutes")


def _real(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
