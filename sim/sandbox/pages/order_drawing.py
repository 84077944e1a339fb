"""Draws the life of one order as SVG, up to now and beyond: days across, one lane for each party, what is due dashed.

What lives here: geometry and markup, in the visual language of the conformance report. Colours are classes that the
style sheet knows. It must not know the service; deadlines are handed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby

from markupsafe import Markup, escape

from reference_impl.civil_time import HOUR, SUNDAY, date_of, wall_clock, weekday
from sim.sandbox.pages.civil_words import short_instant, weekday_short
from sim.sandbox.pages.order_marks import LANES, Mark, Span

GUTTER, RIGHT, HEADER, ROW, FLAG_HEIGHT, PADDING = 66, 18, 22, 19, 16, 4
HOUR_WIDTH, NIGHT_WIDTH, IDLE_WIDTH, GAP_WIDTH = 12, 16, 46, 58
OPENS, CLOSES = 7 * HOUR, 20 * HOUR
ACTIVE_WIDTH = 2 * NIGHT_WIDTH + (CLOSES - OPENS) // HOUR * HOUR_WIDTH
LONGEST_RUN_OF_IDLE_DAYS = 3
LETTER_WIDTH = 7.2
VISIT = LANES[-1]
BELOW = 14  # height of one row of deadlines


@dataclass(frozen=True, slots=True)
class Due:
    """An instant to come or gone by that something was due at."""

    instant: int
    label: str

    @property
    def shown_at(self) -> int:
        """Where it is drawn: a midnight closes the day before it."""
        return self.instant - 1 if wall_clock(self.instant)[1] == 0 else self.instant


@dataclass(frozen=True, slots=True)
class Life:
    """What is drawn of an order."""

    marks: Sequence[Mark]
    spans: Sequence[Span]
    dues: Sequence[Due]

    def instants(self) -> Iterator[int]:
        """Every instant that needs a place."""
        yield from (mark.instant for mark in self.marks)
        yield from (due.shown_at for due in self.dues)
        yield from (edge for span in self.spans for edge in (span.start, span.end))


@dataclass(frozen=True, slots=True)
class _Flag:
    """A mark with its place: x of its pole, row inside the lane, width of its box."""

    mark: Mark
    x: float
    row: int
    width: int


@dataclass(frozen=True, slots=True)
class _Lane:
    name: str
    top: int
    height: int
    flags: tuple[_Flag, ...]


@dataclass(frozen=True, slots=True)
class _Column:
    """One day (first == last) or a fold of many; `kind` is active, idle or gap."""

    first: int
    last: int
    left: int
    width: int
    kind: str


def draw(life: Life, now: int, holidays: frozenset[int], name: str) -> Markup:
    """The drawing of one order's life."""
    columns = _columns(chain([now], life.instants()))
    lanes = list(_lanes(life, columns))
    end = columns[-1].left + columns[-1].width
    foot = lanes[-1].top + lanes[-1].height if lanes else HEADER
    below, depth, reach = _dues(life.dues, columns, foot)
    width = max([end, reach, *(int(flag.x) + flag.width + 4 for lane in lanes for flag in lane.flags)]) + RIGHT
    size = f'viewBox="0 0 {width} {depth + 4}" width="{width}" height="{depth + 4}"'
    parts = [
        f'<svg class="tl" {size} role="img" aria-label="{escape(name)}">',
        *(_day(column, foot, holidays) for column in columns),
        *(_frame(lane, end) for lane in lanes),
        *(_span(span, columns, lanes, foot) for span in life.spans),
        *below,
        _now(now, _place(columns, now), foot),
        *(_flag(flag, lane) for lane in lanes for flag in lane.flags),
        "</svg>",
    ]
    return Markup("".join(parts))


def _lanes(life: Life, columns: Sequence[_Column]) -> Iterator[_Lane]:
    """The lanes on which something stands, from top to bottom."""
    top = HEADER
    for name in LANES:
        flags = _packed([mark for mark in life.marks if mark.lane == name], columns)
        if flags or (name == VISIT and any(span.kind != "sla" for span in life.spans)):
            height = (1 + max((flag.row for flag in flags), default=0)) * ROW + 2 * PADDING
            yield _Lane(name, top, height, flags)
            top += height


def _columns(instants: Iterable[int]) -> list[_Column]:
    """From the first to the last day on which something happens; idle days narrow, long runs of them folded."""
    busy = {wall_clock(instant)[0] for instant in instants}
    columns: list[_Column] = []
    left = GUTTER
    for is_busy, run in groupby(range(min(busy), max(busy) + 1), key=busy.__contains__):
        days = list(run)
        folded = not is_busy and len(days) > LONGEST_RUN_OF_IDLE_DAYS
        kind, width = ("active", ACTIVE_WIDTH) if is_busy else ("gap", GAP_WIDTH) if folded else ("idle", IDLE_WIDTH)
        for first, last in [(days[0], days[-1])] if folded else [(day, day) for day in days]:
            columns.append(_Column(first, last, left, width, kind))
            left += width
    return columns


def _place(columns: Sequence[_Column], instant: int) -> float:
    """The x of an instant; inside idle days and folds it is only roughly right."""
    day, time_of_day = wall_clock(instant)
    column = next(column for column in columns if column.first <= day <= column.last)
    if column.kind != "active":
        share = (day - column.first + time_of_day / (24 * HOUR)) / (column.last - column.first + 1)
        return round(column.left + column.width * share, 1)
    morning = min(time_of_day, OPENS) / OPENS * NIGHT_WIDTH
    window = (min(max(time_of_day, OPENS), CLOSES) - OPENS) / HOUR * HOUR_WIDTH
    evening = max(time_of_day - CLOSES, 0) / (24 * HOUR - CLOSES) * NIGHT_WIDTH
    return round(column.left + morning + window + evening, 1)


def _packed(marks: Iterable[Mark], columns: Sequence[_Column]) -> tuple[_Flag, ...]:
    """Flags of one lane: each on the first row where it hides no other."""
    ends: list[float] = []
    flags = []
    for mark in sorted(marks, key=lambda mark: mark.instant):
        x, width = _place(columns, mark.instant), int(len(mark.flag) * LETTER_WIDTH) + 11
        flags.append(_Flag(mark, x, _row(ends, x, x + width + 3), width))
    return tuple(flags)


def _row(ends: list[float], start: float, end: float) -> int:
    """The first row that is free from `start` on; it is taken until `end` then."""
    row = next((number for number, taken in enumerate(ends) if taken <= start), len(ends))
    ends[row : row + 1] = [end]
    return row


def _day(column: _Column, foot: int, holidays: frozenset[int]) -> str:
    off = " off" if column.kind != "gap" and (weekday(column.first) == SUNDAY or column.first in holidays) else ""
    size = f'y="{HEADER}" height="{foot - HEADER}"'
    parts = [f'<rect class="day{off}" x="{column.left}" width="{column.width}" {size}/>']
    if column.kind == "active":
        opens, width = column.left + NIGHT_WIDTH, column.width - 2 * NIGHT_WIDTH
        parts.append(f'<rect class="open{off}" x="{opens}" width="{width}" {size}/>')
    parts.append(f'<path class="edge" d="M{column.left} {HEADER}V{foot}"/>')
    date = date_of(column.first)
    label = f"⋯ {column.last - column.first + 1} days" if column.kind == "gap" else weekday_short(column.first)
    label += {"active": f" {date.day}/{date.month}/{date.year}", "idle": f" {date.day}", "gap": ""}[column.kind]
    return "".join(parts) + f'<text class="dy" x="{column.left + column.width / 2:g}" y="14">{label}</text>'


def _frame(lane: _Lane, end: int) -> str:
    label = f'<text class="la" x="0" y="{lane.top + PADDING + 12}">{lane.name}</text>'
    return f'<path class="ln" d="M0 {lane.top}H{end}"/>{label}'


def _flag(flag: _Flag, lane: _Lane) -> str:
    title = f"<title>{escape(flag.mark.meaning)} · {short_instant(flag.mark.instant)}</title>"
    box = f'<rect width="{flag.width}" height="{FLAG_HEIGHT}" rx="3"/><path d="M0 0V{FLAG_HEIGHT}"/>'
    text = f'<text x="5.5" y="12">{escape(flag.mark.flag)}</text>'
    place = f"translate({flag.x:g} {lane.top + PADDING + flag.row * ROW})"
    return f'<g class="m {flag.mark.tone}" transform="{place}">{title}{box}{text}</g>'


def _span(span: Span, columns: Sequence[_Column], lanes: Sequence[_Lane], foot: int) -> str:
    left, right = _place(columns, span.start), _place(columns, span.end)
    visit = next((lane for lane in lanes if lane.name == VISIT), None)
    in_lane = visit is not None and span.kind != "sla"
    top, height = (visit.top + 2, visit.height - 4) if visit and in_lane else (foot - 4, 4)
    title = f"<title>{span.meaning} · {short_instant(span.start)} – {short_instant(span.end)}</title>"
    box = f'x="{left:g}" y="{top}" width="{max(right - left, 2):g}" height="{height}"'
    return f'<rect class="{span.kind}" {box}>{title}</rect>'


def _now(now: int, x: float, foot: int) -> str:
    return f'<g class="now"><title>Now: {short_instant(now)}</title><path d="M{x:g} {HEADER - 4}V{foot}"/></g>'


def _dues(dues: Sequence[Due], columns: Sequence[_Column], top: int) -> tuple[list[str], int, int]:
    """The dashed lines with their labels beneath the lanes, the foot of the lowest and the reach of the longest."""
    ends: list[float] = []
    parts, reach = [], 0.0
    for due in sorted(dues, key=lambda due: due.instant):
        x = _place(columns, due.shown_at)
        end = x + len(due.label) * LETTER_WIDTH + 8
        baseline, reach = top + 12 + BELOW * _row(ends, x, end), max(reach, end)
        line = f'<path d="M{x:g} {HEADER}V{baseline}"/><text x="{x + 4:g}" y="{baseline}">{escape(due.label)}</text>'
        parts.append(f'<g class="dl"><title>{escape(due.label)} · {short_instant(due.instant)}</title>{line}</g>')
    return parts, top + (12 + BELOW * (len(ends) - 1) if ends else 0), int(reach)
