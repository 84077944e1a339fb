"""Draws the life of one order as SVG: days across, one lane for each party, flags at the instants, deadlines dashed.

A finished trace is drawn whole; a living order up to now and beyond, as far as something of it is due.

What lives here: geometry and markup. Colours and the height of flags are `timeline.css`, texts come from `words`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from markupsafe import escape

from reports.rome_time import Instant, wall_clock
from reports.timeline.characters import draw_text, timeline_picture
from reports.timeline.days_off import AS_READ, DaysOff
from reports.timeline.marks import LANE_ORDER, Deadline, Mark, Span, marks_of, spans_of
from reports.timeline.scale import ACTIVE_WIDTH, GAP_WIDTH, IDLE_WIDTH, NIGHT_WIDTH, Column, columns_of, place
from reports.words.labels import FLAGS, LANES, NOW, Lexicon, Term
from reports.words.time_words import date_time_text, weekday_of

__all__ = ["draw", "draw_text", "symbols", "timeline_picture"]

GUTTER_WIDTH = 78
HEADER_HEIGHT = 24
ROW_HEIGHT = 19
FLAG_HEIGHT = 16
LANE_PADDING = 5
RIGHT_MARGIN = 24
# Widths of the widest common face at 11 pixels, so that a text never leaves its box.
CAPITAL_WIDTH, CHARACTER_WIDTH = 7.6, 6.3
TALLEST = 900
WIDEST_THAT_SHRINKS = 1400  # a wider drawing keeps its size, and its place scrolls


@dataclass(frozen=True, slots=True)
class _Placed:
    """A flag with its place: x of its pole, row inside the lane, width of its box."""

    mark: Mark
    x: float
    row: int
    width: int


@dataclass(frozen=True, slots=True)
class _Lane:
    name: str
    top: int
    height: int
    flags: tuple[_Placed, ...]


def symbols() -> str:
    """The day backgrounds that every drawing of a page shares; put once in the page before the drawings."""
    parts = []
    for kind, width in (("active", ACTIVE_WIDTH), ("idle", IDLE_WIDTH), ("gap", GAP_WIDTH)):
        for suffix, tone, shut in (("", "", ""), ("-rest", " off", ""), ("-off", " off", " off")):
            ground = "fold" if kind == "gap" else "day"
            parts.append(f'<g id="d-{kind}{suffix}"><rect class="{ground}{tone}" width="{width}" height="{TALLEST}"/>')
            if kind != "gap":
                night = NIGHT_WIDTH * width / ACTIVE_WIDTH
                window = f'x="{night:.1f}" width="{width - 2 * night:.1f}"'
                parts.append(f'<rect class="open{shut}" {window} height="{TALLEST}"/>')
            parts.append(f'<path class="edge" d="M0 0V{TALLEST}"/></g>')
    return f'<svg width="0" height="0" aria-hidden="true" focusable="false"><defs>{"".join(parts)}</defs></svg>'


def draw(
    events_of_order: Sequence[Mapping[str, Any]],
    *,
    deadlines: Sequence[Deadline] = (),
    lexicon: Lexicon | None = None,
    name: str = "",
    now: Instant | None = None,
    calendar: DaysOff = AS_READ,
) -> str:
    """The drawing of one order, or an empty string when nothing of it can be drawn.

    `now` is where the clock of a living order stands; `calendar` says which days are shaded.
    """
    lexicon = lexicon or Lexicon()
    marks, spans = marks_of(events_of_order), spans_of(events_of_order, now)
    instants = chain(
        [now] if now else [],
        (mark.instant for mark in marks),
        chain.from_iterable((span.start, span.end) for span in spans),
        (deadline.shown_at for deadline in deadlines),
    )
    columns = columns_of(instants, left=GUTTER_WIDTH)
    if not columns:
        return ""
    lanes = _lanes(marks, spans, columns)
    foot = lanes[-1].top + lanes[-1].height if lanes else HEADER_HEIGHT
    placed = _placed_deadlines(deadlines, columns)
    rows = 1 + max((row for _, _, row in placed), default=-1)
    width = columns[-1].left + columns[-1].width + RIGHT_MARGIN
    width = max([width, *(int(flag.x) + flag.width + 4 for lane in lanes for flag in lane.flags)])
    width = max([width, *(int(x + 8 + _text_width(deadline.label)) for deadline, x, _ in placed)])
    height = foot + (rows * 15 + 6 if rows else 2)
    style = "tl wide" if width > WIDEST_THAT_SHRINKS else "tl"
    parts = [
        f'<svg class="{style}" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img"'
        f' aria-label="{escape(name)}">',
        *(_day_ground(column, calendar) for column in columns),
        f'<path class="edge" d="M{columns[-1].left + columns[-1].width} 0V{height}"/>',
        '<g class="dy">',
        *(_day_name(column, lexicon) for column in columns),
        "</g>",
        *(_lane_frame(lane, width, lexicon) for lane in lanes),
        *(_span(span, columns, lanes, foot, lexicon) for span in spans),
        *(_deadline(deadline, x, foot + 12 + 15 * row, lexicon) for deadline, x, row in placed),
        *([_now(now, place(columns, now), foot, lexicon)] if now else []),
        *(_flag(flag, lane, lexicon) for lane in lanes for flag in lane.flags),
        "</svg>",
    ]
    return "".join(parts)


def _lanes(marks: Sequence[Mark], spans: Sequence[Span], columns: Sequence[Column]) -> list[_Lane]:
    lanes: list[_Lane] = []
    top = HEADER_HEIGHT
    has_bands = any(span.kind != "sla" for span in spans)
    for name in LANE_ORDER:
        flags = _pack([mark for mark in marks if mark.lane == name], columns)
        if flags or (name == "visit" and has_bands):
            rows = 1 + max((flag.row for flag in flags), default=0)
            height = rows * ROW_HEIGHT + 2 * LANE_PADDING
            lanes.append(_Lane(name, top, height, tuple(flags)))
            top += height
    return lanes


def _pack(marks: Iterable[Mark], columns: Sequence[Column]) -> list[_Placed]:
    """Flags of one lane, each on the first row where it hides no other."""
    ends: list[float] = []
    placed = []
    for mark in marks:
        x, width = place(columns, mark.instant), int(_text_width(mark.flag)) + 9
        row = next((number for number, end in enumerate(ends) if end <= x), len(ends))
        ends[row:row + 1] = [x + width + 3]  # fmt: skip
        placed.append(_Placed(mark, x, row, width))
    return placed


def _placed_deadlines(deadlines: Sequence[Deadline], columns: Sequence[Column]) -> list[tuple[Deadline, float, int]]:
    ends: list[float] = []
    placed = []
    for deadline in sorted(deadlines, key=lambda deadline: deadline.instant):
        x = place(columns, deadline.shown_at)
        row = next((number for number, end in enumerate(ends) if end <= x), len(ends))
        ends[row:row + 1] = [x + _text_width(deadline.label) + 12]  # fmt: skip
        placed.append((deadline, x, row))
    return placed


def _text_width(term: Term) -> float:
    return max(map(_width_of, term))


def _width_of(text: str) -> float:
    capitals = sum(character.isupper() or character.isdigit() for character in text)
    return capitals * CAPITAL_WIDTH + (len(text) - capitals) * CHARACTER_WIDTH


def _day_ground(column: Column, calendar: DaysOff) -> str:
    suffix = ""
    if column.kind != "gap" and calendar.word(column.first):
        suffix = "-rest" if calendar.has_window(column.first) else "-off"
    return f'<use href="#d-{column.kind}{suffix}" x="{column.left}"/>'


def _day_name(column: Column, lexicon: Lexicon) -> str:
    middle = column.left + column.width / 2
    return _text(_day_label(column), f'x="{middle:g}" y="16"', lexicon)


def _day_label(column: Column) -> Term:
    if column.kind == "gap":
        return Term(f"⋯ {column.days} giorni", f"⋯ {column.days} days")
    day, weekday = column.first, weekday_of(column.first)
    written = day.isoformat() if column.kind == "active" else f"{day.day}"
    return Term(f"{weekday.it} {written}", f"{weekday.en} {written}")


def _lane_frame(lane: _Lane, width: int, lexicon: Lexicon) -> str:
    label = _text(LANES[lane.name], f'class="la" y="{lane.top + LANE_PADDING + 12}"', lexicon)
    return f'<path class="ln" d="M0 {lane.top}H{width}"/>{label}'


def _flag(flag: _Placed, lane: _Lane, lexicon: Lexicon) -> str:
    top = lane.top + LANE_PADDING + flag.row * ROW_HEIGHT
    title = _title(flag.mark.meaning, date_time_text(flag.mark.instant), lexicon)
    tone = "" if flag.mark.tone == "plain" else f" {flag.mark.tone}"
    label = _text(flag.mark.flag, 'x="5" y="12"', lexicon)
    return (
        f'<g class="m{tone}" transform="translate({flag.x:g} {top})">{title}'
        f'<rect width="{flag.width}"/><path d="M0 0V{FLAG_HEIGHT}"/>{label}</g>'
    )


def _text(term: Term, attributes: str, lexicon: Lexicon) -> str:
    """A text of the drawing; the switch of the page replaces all of it."""
    return f"<text {attributes}{lexicon.mark(term)}>{escape(lexicon.text(term))}</text>"


def _title(term: Term, instant: str, lexicon: Lexicon) -> str:
    """A tooltip; the switch of the page replaces what stands before the dot."""
    return f"<title{lexicon.mark(term)}>{escape(lexicon.text(term))} · {instant}</title>"


def _span(
    span: Span, columns: Sequence[Column], lanes: Sequence[_Lane], foot: int, lexicon: Lexicon
) -> str:  # fmt: skip
    left, right = place(columns, span.start), place(columns, span.end)
    visit = next((lane for lane in lanes if lane.name == "visit"), None)
    if span.kind == "sla" or visit is None:
        top, height = foot - 4, 4
    else:
        top, height = visit.top + 2, visit.height - 4
    until = f"{date_time_text(span.start)} – {wall_clock(span.end):%Y-%m-%d %H:%M:%S}"
    title = _title(FLAGS[span.kind][1], until, lexicon)
    box = f'x="{left:g}" y="{top}" width="{max(right - left, 2):g}" height="{height}"'
    return f'<rect class="{span.kind}" {box}>{title}</rect>'


def _now(now: Instant, x: float, foot: int, lexicon: Lexicon) -> str:
    title = _title(NOW, date_time_text(now), lexicon)
    return f'<g class="now">{title}<path d="M{x:g} {HEADER_HEIGHT - 4}V{foot}"/></g>'


def _deadline(deadline: Deadline, x: float, baseline: int, lexicon: Lexicon) -> str:
    tone = f" {deadline.verdict.lower()}" if deadline.verdict else ""
    title = _title(deadline.label, date_time_text(deadline.instant), lexicon)
    label = _text(deadline.label, f'x="{x + 4:g}" y="{baseline}"', lexicon)
    return f'<g class="dl{tone}">{title}<path d="M{x:g} {HEADER_HEIGHT}V{baseline}"/>{label}</g>'
