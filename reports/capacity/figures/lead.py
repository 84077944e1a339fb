"""How long orders take: to the booking, to the visit, under SLA suspension, and to the visit by territory.

What lives here: two figures. It must not know how durations arise: it shows the tables `durations` and `kpis`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from reports.capacity.canvas import Canvas, Scale, rounded_up, ticks, value_axis
from reports.capacity.figure import Cell, Figure, Table
from reports.capacity.ranking import surely_first, surely_last
from reports.capacity.run_folder import ALL, CapacityRun, Kpi
from reports.words.labels import Term
from reports.words.number_words import amount, between, filled, joined, number, percent, unit_name

MEASURES = (
    ("to_booking", Term("Dall'ordine alla prenotazione", "From the order to the booking"), "days_to_booking"),
    ("to_visit", Term("Dall'ordine alla visita", "From the order to the visit"), "days_to_visit"),
    ("suspended", Term("Sospensione dello SLA", "SLA suspension"), "days_suspended"),
)
TITLE = Term(
    "Metà delle visite avviene entro {half} dall'ordine, 95 su 100 entro {most}",
    "Half of the visits take place within {half} of the order, 95 in 100 within {most}",
)
NOTE = Term(
    "Ordini di tutte le repliche per tempo trascorso, in mezze giornate. Linee: mediana e 95° percentile (medie).",
    "Orders of all replications by time elapsed, in half days. Lines: median and 95th percentile (means).",
)
LONGEST = Term(
    "{place} aspetta più di tutti: 95 visite su 100 entro {days}",
    "{place} waits longest: 95 visits in 100 within {days}",
)
SHORTEST = Term(
    "{place} aspetta meno di tutti: 95 visite su 100 entro {days}",
    "{place} waits least: 95 visits in 100 within {days}",
)
UNRANKED = Term(
    "95 visite su 100 entro {least} o {longest}, secondo il territorio; chi aspetta di più non è certo",
    "95 visits in 100 within {least} to {longest}, by territory; who waits longest is not sure",
)
ALIKE = Term(
    "95 visite su 100 entro {days} in ogni territorio",
    "95 visits in 100 within {days} in every territory",
)
P95 = Term("95° percentile", "95th percentile")
SHARES = (0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99)
BIN_DAYS, PANEL_HEIGHT, PANEL_GAP, TOP, BOTTOM = 0.5, 96, 58, 32, 36
ROW = 34


class Bins(NamedTuple):
    """A histogram: of each bin, in their order, between which days its orders lie and how many they are."""

    from_days: NDArray[np.float64]
    to_days: NDArray[np.float64]
    orders: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Histogram:
    """A duration: shares of the orders by half day, and the quantiles to mark as (share, days)."""

    title: Term
    shares: Sequence[float]
    marks: Sequence[tuple[float, float]]


def lead_figure(run: CapacityRun) -> Figure | None:
    """The three durations of all orders together."""
    durations = run.table("durations")
    if durations.is_empty():
        return None
    bins = _bins_of(durations)
    histograms = [
        histogram
        for measure, title, indicator in MEASURES
        if (histogram := _histogram(run, bins.get((ALL, measure)), title, indicator))
    ]
    median, p95 = run.kpi("p50_days_to_visit"), run.kpi("p95_days_to_visit")
    if not histograms or median is None or p95 is None:
        return None
    return Figure(
        "lead",
        filled(TITLE, half=amount(median.mean, "days"), most=amount(p95.mean, "days")),
        NOTE,
        (TOP + len(histograms) * (PANEL_HEIGHT + PANEL_GAP) - PANEL_GAP + BOTTOM,) * 2,
        lambda canvas: _draw(canvas, histograms),
        [_quantile_table(run, durations["territory"].unique(maintain_order=True), bins)],
    )


def _bins_of(durations: pl.DataFrame) -> Mapping[tuple[object, ...], Bins]:
    """The histogram of each territory and measure."""
    parts = durations.sort("from_days").partition_by("territory", "measure", as_dict=True)
    return {place: Bins(*(part[name].to_numpy() for name in Bins._fields)) for place, part in parts.items()}


def _histogram(run: CapacityRun, bins: Bins | None, title: Term, indicator: str) -> _Histogram | None:
    if bins is None:
        return None
    places = ((bins.from_days + bins.to_days) / 2 / BIN_DAYS).astype(np.int64)
    counts = np.bincount(places, bins.orders).tolist()
    known = [(share, run.kpi(f"{name}_{indicator}")) for share, name in ((0.5, "p50"), (0.95, "p95"))]
    marks = [(share, kpi.mean) for share, kpi in known if kpi]
    return _Histogram(title, [count / sum(counts) for count in counts], marks)


def _longest(histograms: Sequence[_Histogram]) -> float:
    """Where the axis ends: 99.7 % of every duration is within it."""
    ends = []
    for histogram in histograms:
        total = 0.0
        for place, share in enumerate(histogram.shares):
            total += share
            if total >= 0.997:
                ends.append((place + 2) * BIN_DAYS)
                break
    return max(*ends, 2.0)


def _draw(canvas: Canvas, histograms: Sequence[_Histogram]) -> None:
    longest = _longest(histograms)
    across = Scale(0, longest, 52, canvas.width - 12)
    marks = ticks(0, longest, 5 if canvas.is_narrow else 14)
    for place, histogram in enumerate(histograms):
        top = TOP + place * (PANEL_HEIGHT + PANEL_GAP)
        up = Scale(0, rounded_up(max(histogram.shares), 3), top + PANEL_HEIGHT, top)
        canvas.text(
            0,
            top - 14,
            filled(Term("{what}, % degli ordini", "{what}, % of orders"), what=histogram.title),
            "lab strong",
        )
        value_axis(canvas, up, across.start, across.end, 3, is_share=True)
        _draw_bars(canvas, histogram, across, up, longest)
        _draw_marks(canvas, histogram, across, up)
        for days in marks:
            canvas.text(across(days), up.start + 16, number(days), "tick mid")
    canvas.text(across.end, canvas.height - 2, unit_name("days"), "tick end")


def _draw_bars(canvas: Canvas, histogram: _Histogram, across: Scale, up: Scale, longest: float) -> None:
    width = across(BIN_DAYS) - across(0)
    for place, share in enumerate(histogram.shares):
        start = place * BIN_DAYS
        if share and start < longest:
            pattern = Term("{low}–{high} giorni: {share} degli ordini", "{low}–{high} days: {share} of the orders")
            tip = filled(pattern, low=number(start), high=number(start + BIN_DAYS), share=percent(share))
            canvas.rect(across(start) + 0.5, up(share), width - 1, up.start - up(share), "fill s1", tip)


def _draw_marks(canvas: Canvas, histogram: _Histogram, across: Scale, up: Scale) -> None:
    for place, (share, days) in enumerate(histogram.marks):
        x = across(days)
        canvas.line(x, up.end - 6, x, up.start, "mark")
        label = filled(Term("{share}: {days} g", "{share}: {days} d"), share=percent(share, 0), days=number(days))
        is_late = x > canvas.width - 90
        canvas.text(
            x - 5 if is_late else x + 5, up.end + 4 + 15 * place, label, "lab halo end" if is_late else "lab halo"
        )


def _quantile_table(run: CapacityRun, territories: Iterable[str], bins_of: Mapping[tuple[object, ...], Bins]) -> Table:
    head: list[Cell] = [Term("Durata", "Duration"), Term("Territorio", "Territory"), Term("Ordini", "Orders")]
    rows: list[list[Cell]] = []
    for territory in territories:
        for measure, title, _ in MEASURES:
            bins = bins_of.get((territory, measure))
            if bins is not None:
                days = [number(quantile(bins, share), 1) for share in SHARES]
                name = run.territory_titles.get(territory, Term("tutti", "all"))
                rows.append([title, name, number(float(bins.orders.sum()), 0), *days])
    return Table([*head, *(percent(share, 0) for share in SHARES)], rows, Term("Giorni", "Days"))


def quantile(bins: Bins, share: float) -> float:
    """A quantile of a histogram, evenly spread within its bins, in days."""
    reached = np.cumsum(bins.orders)
    orders_below = share * float(reached[-1])
    place = int(np.searchsorted(reached, orders_below))
    low, high, orders = bins.from_days[place], bins.to_days[place], bins.orders[place]
    return float(low + (high - low) * (orders_below - (reached[place] - orders)) / orders)


def wait_figure(run: CapacityRun) -> Figure | None:
    """Days to visit of each territory, from the median to the 95th percentile; the longest first."""
    rows = []
    for name, title in run.territory_titles.items():
        median, p95 = run.kpi("p50_days_to_visit", name), run.kpi("p95_days_to_visit", name)
        if median and p95:
            rows.append((title, median, p95))
    if len(rows) < 2:
        return None
    rows.sort(key=lambda row: (-row[2].mean, row[0]))

    def draw(canvas: Canvas) -> None:
        left = 120 if canvas.is_narrow else 190
        furthest = max(p95.high or p95.mean for _, _, p95 in rows)
        across = Scale(0, furthest * 1.04, left, canvas.width - 12)
        for days in ticks(0, furthest, 4 if canvas.is_narrow else 10):
            canvas.line(across(days), 6, across(days), canvas.height - 30, "grid")
            canvas.text(across(days), canvas.height - 16, number(days), "tick mid")
        canvas.text(across.end, canvas.height - 2, unit_name("days"), "tick end")
        for place, (name, median, p95) in enumerate(rows):
            y = 22 + place * ROW
            canvas.text(left - 10, y + 4, name, "lab end")
            canvas.line(across(median.mean), y, across(p95.mean), y, "bone")
            if p95.low is not None and p95.high is not None:
                canvas.rect(across(p95.low), y - 6, across(p95.high) - across(p95.low), 12, "interval")
            canvas.dot(across(median.mean), y, 4.5, "hollow s1", _tip(name, Term("mediana", "median"), median.mean))
            canvas.dot(across(p95.mean), y, 4.5, "fill s1", _tip(name, P95, p95.mean))

    head = (
        Term("Territorio", "Territory"),
        Term("Mediana", "Median"),
        P95,
        Term("Intervallo", "Interval"),
    )
    table: list[list[Cell]] = [
        [name, number(median.mean), number(p95.mean), between(p95.low, p95.high, "days")] for name, median, p95 in rows
    ]
    height = 22 + len(rows) * ROW + 24
    return Figure(
        "waits",
        _who_waits({name: p95 for name, _, p95 in rows}),
        Term(
            "Cerchio vuoto: mediana. Pieno: 95° percentile, con il suo intervallo di confidenza.",
            "Hollow: median. Full: 95th percentile, with its confidence interval.",
        ),
        (height, height),
        draw,
        [Table(head, table)],
    )


def _who_waits(p95_by_place: Mapping[str, Kpi]) -> Term:
    """Who waits longest and who least, where that is sure; else between which values all are."""
    longest, shortest = surely_first(p95_by_place), surely_last(p95_by_place)
    ends = [amount(kpi.mean, "days") for kpi in p95_by_place.values()]
    sentences = [
        *([filled(LONGEST, place=longest, days=amount(p95_by_place[longest].mean, "days"))] if longest else []),
        *([filled(SHORTEST, place=shortest, days=amount(p95_by_place[shortest].mean, "days"))] if shortest else []),
    ]
    if not sentences and ends[0] == ends[-1]:
        return filled(ALIKE, days=ends[0])
    if not sentences:
        return filled(UNRANKED, least=ends[-1], longest=ends[0])
    return joined(sentences, "; ")


def _tip(name: str, label: Term, days: float) -> Term:
    return filled(
        Term("{name}, {what}: {days}", "{name}, {what}: {days}"), name=name, what=label, days=amount(days, "days")
    )
