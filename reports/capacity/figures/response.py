"""What the varied parameters do: the response curves of a sweep.

What lives here: a figure for each parameter. It must not know how variants were chosen: it shows the table `sweep`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from reports.capacity.canvas import Canvas, Scale, ticks, value_axis
from reports.capacity.figure import Cell, Figure, Swatch, Table
from reports.capacity.parameter_words import parameter_words, value_words
from reports.capacity.run_folder import ALL, CapacityRun
from reports.words.labels import Term, same
from reports.words.masking import printable
from reports.words.number_words import amount, between, filled, joined, number, unit_name, with_ends

CANDIDATES = (
    "mean_days_to_visit",
    "p95_days_to_visit",
    "share_visited_in_7_days",
    "share_booked",
    "share_timed_out",
    "share_no_slot",
    "utilisation",
    "share_of_visits_again",
    "mean_days_to_done",
    "mean_days_suspended",
    "sms_backlog_peak",
    "p95_sms_delay_seconds",
    "p95_notification_wait_seconds",
    "sessions_peak",
    "calls_per_day",
)
MOST_SHOWN, MOST_LINES, MOST_MARKS = 6, 8, 6
PANEL_HEIGHT, PANEL_GAP, TOP, LEFT, COLUMN_GAP = 112, 66, 34, 56, 26
TITLE = Term(
    "{path} muove soprattutto: {indicators}",
    "{path} moves most of all: {indicators}",
)
UNSURE_TITLE = Term("{path} non muove nulla con certezza", "{path} surely moves nothing")
NOTE = Term(
    "Gli indicatori che rispondono di più, ognuno contro il valore del parametro. "
    "Trattini verticali: intervallo al 95 %.{lines}",
    "The indicators that respond most, each against the value of the parameter. Upright bars: 95% interval.{lines}",
)
LINES = Term(" Una linea per ogni valore di {other}.", " A line for each value of {other}.")
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Axis:
    """A varied parameter: its values in order; words stand at even distances."""

    path: str
    values: Sequence[object]

    @property
    def is_number(self) -> bool:
        return all(isinstance(value, int | float) and not isinstance(value, bool) for value in self.values)

    def place(self, value: object) -> float:
        return float(value) if self.is_number else float(self.values.index(value))  # type: ignore[arg-type]

    @property
    def ends(self) -> tuple[float, float]:
        places = [self.place(value) for value in self.values]
        room = (max(places) - min(places)) * 0.04 or 0.5
        return min(places) - room, max(places) + room


def sweep_figures(run: CapacityRun) -> list[Figure]:
    """A figure for each varied parameter; none where the run is no sweep."""
    table = run.frames.get("sweep", pl.DataFrame())
    if table.is_empty():
        return []
    paths = table.columns[1 : table.columns.index("territory")]
    rows = table.filter((pl.col("territory") == ALL) & pl.col("mean").is_not_null())
    axes = [Axis(path, sorted(rows[path].unique().to_list())) for path in paths]
    return [_sweep_figure(run, rows, axis, axes) for axis in axes if len(axis.values) > 1]


def _sweep_figure(run: CapacityRun, rows: pl.DataFrame, axis: Axis, axes: Sequence[Axis]) -> Figure:
    moved = _moved(rows, axis)
    indicators = sorted(moved, key=lambda name: (-moved[name], CANDIDATES.index(name)))[:MOST_SHOWN] or [CANDIDATES[0]]
    second_axis = next((candidate for candidate in axes if candidate is not axis), None) if len(axes) == 2 else None
    if second_axis is not None and len(second_axis.values) > MOST_LINES:
        second_axis = None
    has_lines = second_axis is not None or len(axes) == 1
    has_ends = rows["low"].is_not_null().any()  # without intervals nothing is sure
    sure = [name for name in indicators[:2] if has_ends and moved.get(name, 0) > 1]
    named = [run.titles[name][0] for name in sure if name in run.titles]
    desk_rows = -(-len(indicators) // 2)
    heights = [TOP + count * (PANEL_HEIGHT + PANEL_GAP) - 20 for count in (desk_rows, len(indicators))]
    lines = filled(LINES, other=parameter_words(run, second_axis.path)) if second_axis else Term("", "")
    return Figure(
        f"sweep-{axes.index(axis) + 1}",
        filled(
            TITLE if named else UNSURE_TITLE,
            path=parameter_words(run, axis.path),
            indicators=joined(named, "; "),
        ),
        filled(NOTE, lines=lines),
        (heights[0], heights[1]),
        lambda canvas: _draw_sweep(canvas, run, rows, axis, second_axis, indicators, has_lines),
        [_sweep_table(run, rows, axes, indicators)],
        _line_key(run, second_axis) if second_axis else (),
    )


def _line_depth(place: int, lines: int) -> float:
    return 0.25 + 0.75 * (place + 1) / lines


def _line_key(run: CapacityRun, second_axis: Axis) -> list[Swatch]:
    pattern = Term("{path} = {value}", "{path} = {value}")
    names = [
        filled(pattern, path=parameter_words(run, second_axis.path), value=value_words(value))
        for value in second_axis.values
    ]
    return [Swatch("stroke s1", name, _line_depth(place, len(names))) for place, name in enumerate(names)]


def _moved(rows: pl.DataFrame, axis: Axis) -> dict[str, float]:
    """By how much this parameter moves each indicator, in widths of their own intervals: beyond one it is sure."""
    moved: dict[str, float] = {}
    for name in CANDIDATES:
        indicator_rows = rows.filter(pl.col("indicator") == name)
        means = indicator_rows.group_by(axis.path, maintain_order=True).agg(pl.mean("mean"))["mean"]
        low, high = means.min(), means.max()
        if indicator_rows.is_empty() or not isinstance(low, float) or not isinstance(high, float) or low == high:
            continue
        doubt = (indicator_rows["high"] - indicator_rows["low"]).mean()
        scale = abs(high) + abs(low)
        moved[name] = (high - low) / max(doubt if isinstance(doubt, float) else 0.0, scale / 200)
    return moved


def _draw_sweep(
    canvas: Canvas,
    run: CapacityRun,
    rows: pl.DataFrame,
    axis: Axis,
    second_axis: Axis | None,
    indicators: Sequence[str],
    has_lines: bool,
) -> None:
    columns = 1 if canvas.is_narrow else 2
    width = (canvas.width - (columns - 1) * COLUMN_GAP) / columns
    for place, name in enumerate(indicators):
        indicator_rows = rows.filter(pl.col("indicator") == name).sort("variant").to_dicts()
        title, unit, _ = run.titles.get(
            name, (same(name), str(indicator_rows[0]["unit"]) if indicator_rows else "", "")
        )
        x = (place % columns) * (width + COLUMN_GAP)
        top = TOP + (place // columns) * (PANEL_HEIGHT + PANEL_GAP)
        panel = _Panel(
            canvas, parameter_words(run, axis.path), axis, indicator_rows, unit, (x + LEFT, x + width - 10), top
        )
        canvas.text(x, top - 14, title if unit == "number" else titled(title, unit), "lab strong")
        panel.axes()
        panel.curves(second_axis, has_lines)


def titled(title: Term, unit: str) -> Term:
    """The title of a plot of an indicator, with its unit unless that is said already."""
    name = unit_name(unit)
    is_said = name.en.lower() in title.en.lower() and unit != "share"
    return title if is_said else Term(f"{title.it} ({name.it})", f"{title.en} ({name.en})")


class _Panel:
    """One indicator against one parameter."""

    def __init__(
        self,
        canvas: Canvas,
        name: Term,
        axis: Axis,
        rows: Sequence[Row],
        unit: str,
        ends: tuple[float, float],
        top: float,
    ) -> None:
        self._canvas, self._name, self._axis, self._rows, self._unit = canvas, name, axis, rows, unit
        self._across = Scale(*axis.ends, *ends)
        values = [value for row in rows for value in (row["low"], row["mean"], row["high"]) if value is not None]
        low, high = min(values, default=0.0), max(values, default=1.0)
        low = 0.0 if low < 0.6 * high else low - (high - low) * 0.3
        self._up = Scale(low, high + (high - low) * 0.06 or 1.0, top + PANEL_HEIGHT, top)

    def axes(self) -> None:
        canvas, across, up = self._canvas, self._across, self._up
        value_axis(canvas, up, across.start, across.end, 4, is_share=self._unit == "share")
        if self._axis.is_number and len(self._axis.values) > MOST_MARKS:
            marks: list[tuple[float, Cell]] = [(value, number(value)) for value in ticks(across.low, across.high, 5)]
        else:
            marks = [(self._axis.place(value), value_words(value)) for value in self._axis.values]
        for place, label in marks:
            canvas.text(across(place), up.start + 16, label, "tick mid")
        canvas.text(across.end, up.start + 31, self._name, "tick end")

    def curves(self, other_axis: Axis | None, has_lines: bool) -> None:
        values = other_axis.values if other_axis else [None]
        for place, value in enumerate(values):
            depth = _line_depth(place, len(values))
            rows = [row for row in self._rows if other_axis is None or row[other_axis.path] == value]
            rows.sort(key=lambda row: self._axis.place(row[self._axis.path]))
            if has_lines:
                points = [(self._x(row), self._up(row["mean"])) for row in rows]
                self._canvas.curve(points, "stroke s1", depth)
            for row in rows:
                self._dot(row, depth)

    def _x(self, row: Row) -> float:
        return self._across(self._axis.place(row[self._axis.path]))

    def _dot(self, row: Row, depth: float) -> None:
        x, up = self._x(row), self._up
        if row["low"] is not None:
            within = [min(max(row[name], up.low), up.high) for name in ("low", "high")]
            self._canvas.curve([(x, up(end)) for end in within], "whisker", depth)
        pattern = Term("{values}: {mean} ({ends})", "{values}: {mean} ({ends})")
        values = f"{self._axis.path} = {row[self._axis.path]}"
        ends = between(row["low"], row["high"], self._unit)
        tip = filled(pattern, values=printable(values), mean=amount(row["mean"], self._unit), ends=ends)
        self._canvas.dot(x, up(row["mean"]), 3.4, "fill s1", tip, depth)


def _sweep_table(run: CapacityRun, rows: pl.DataFrame, axes: Sequence[Axis], indicators: Sequence[str]) -> Table:
    head: list[Cell] = [Term("Variante", "Variant"), *(parameter_words(run, axis.path) for axis in axes)]
    head += [run.titles[name][0] if name in run.titles else name for name in indicators]
    lines: dict[str, list[Cell]] = {}
    means = {(row["variant"], row["indicator"]): row for row in rows.iter_rows(named=True)}
    for (variant, _), row in means.items():
        lines.setdefault(variant, [variant, *(value_words(row[axis.path]) for axis in axes)])
    for variant, cells in lines.items():
        for name in indicators:
            mean = means.get((variant, name))
            cells.append(with_ends(mean["mean"], mean["low"], mean["high"], mean["unit"]) if mean else "–")
    return Table(head, list(lines.values()))
