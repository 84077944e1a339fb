"""Draws days and instants with characters: a row per day, the window 07-20 marked, letters with a legend beneath.

What lives here: drawing for a terminal. It must not compute any deadline of the service.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from textwrap import wrap

from reports.facts import WINDOW_CLOSES_HOUR, WINDOW_OPENS_HOUR
from reports.rome_time import Instant, parse_instant, wall_clock
from reports.timeline.days_off import AS_READ, DaysOff
from reports.words.labels import Term
from reports.words.time_words import clock_text, days_between, weekday_of

LABEL_WIDTH = 16
NOTE_WIDTH = 9
LONGEST_RUN_OF_IDLE_DAYS = 4
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

# Member of a computed timeline -> (letter, what it is).
_MEMBERS: Mapping[str, tuple[str, Term]] = {
    "trigger": ("T", Term("evento che avvia l'ordine (AC/CO)", "event that starts the order (AC/CO)")),
    "engagement_sms": ("S", Term("SMS di ingaggio", "engagement SMS")),
    "first_notice": ("N", Term("prima causale, non prima di", "first causal, not before")),
    "csv_deadline": ("C", Term("termine per il file CSV", "CSV file due by")),
    "booking_closes": ("F", Term("fine del termine per fissare", "booking term over")),
    "timeout_notice": ("K", Term("causale di time-out, non prima di", "time-out causal, not before")),
    "reminder_planned": ("P", Term("SMS di promemoria previsto", "reminder SMS planned")),
    "reminder_deadline": ("R", Term("termine per il promemoria", "reminder due by")),
    "reschedule_cutoff": ("L", Term("ultimo istante per spostare", "last instant to reschedule")),
    "booked": ("B", Term("appuntamento fissato", "appointment fixed")),
    "visit": ("V", Term("visita", "visit")),
}


@dataclass(frozen=True, slots=True)
class TextMark:
    """An instant with its letter and what the legend says of it."""

    instant: Instant
    letter: str
    meaning: str


def draw_text(
    marks: Sequence[tuple[Instant, str]], width: int = 80, language: str = "it", calendar: DaysOff = AS_READ
) -> str:
    """The days of (instant, meaning) pairs, lettered in order of time; `calendar` says which are off."""
    ordered = sorted(marks, key=lambda mark: mark[0])
    lettered = [
        TextMark(instant, _LETTERS[number % len(_LETTERS)], meaning)
        for number, (instant, meaning) in enumerate(ordered)
    ]
    return _picture(lettered, width, language, calendar)


def timeline_picture(
    members: Mapping[str, object], width: int = 80, language: str = "it", calendar: DaysOff = AS_READ
) -> str:
    """The days of a computed timeline; `members` are those that `timeline --json` prints."""
    marks = [mark for name in _MEMBERS if (mark := _mark_of(name, members.get(name), language))]
    return _picture(sorted(marks, key=lambda mark: mark.instant), width, language, calendar)


def _mark_of(name: str, value: object, language: str) -> TextMark | None:
    letter, meaning = _MEMBERS[name]
    code = ""
    if isinstance(value, Mapping):
        code = f" {value.get('code', '')}"
        value = value.get("not_before")
    if not isinstance(value, str):
        return None
    return TextMark(parse_instant(value), letter, meaning.in_language(language) + code)


def _picture(marks: Sequence[TextMark], width: int, language: str, calendar: DaysOff) -> str:
    if not marks:
        return ""
    cells_per_hour = 2 if width >= LABEL_WIDTH + 48 + NOTE_WIDTH else 1
    days = [wall_clock(mark.instant).date() for mark in marks]
    lines = [_ruler(cells_per_hour)]
    for is_busy, run in groupby(days_between(min(days), max(days)), key=set(days).__contains__):
        span = list(run)
        if not is_busy and len(span) > LONGEST_RUN_OF_IDLE_DAYS:
            words = Term(f"{len(span)} giorni senza eventi", f"{len(span)} days without events")
            lines.append(f"{'⋮':>8}  {words.in_language(language)}")
        else:
            lines += [_row(day, marks, cells_per_hour, language, calendar) for day in span]
    return "\n".join(line[:width].rstrip() for line in [*lines, "", *_legend(marks, width, language)])


def _ruler(cells_per_hour: int) -> str:
    labels = "".join(f"{hour:02d}".ljust(4 * cells_per_hour) for hour in range(0, 24, 4))
    return " " * LABEL_WIDTH + labels


def _row(day: date, marks: Sequence[TextMark], cells_per_hour: int, language: str, calendar: DaysOff) -> str:
    word, has_window = calendar.word(day), calendar.has_window(day)
    cells = [_background(hour, has_window) for hour in range(24) for _ in range(cells_per_hour)]
    cells_taken: set[int] = set()
    for mark in marks:
        local = wall_clock(mark.instant)
        if local.date() == day:
            cell = int((local.hour + local.minute / 60) * cells_per_hour)
            cell = _free_cell(cell, cells_taken, len(cells))
            cells_taken.add(cell)
            cells[cell] = mark.letter
    note = word.in_language(language) if word else ""
    label = f"{weekday_of(day).in_language(language)} {day.isoformat()}"
    return f"{label:<{LABEL_WIDTH}}{''.join(cells)} {note}"


def _background(hour: int, has_window: bool) -> str:
    if not WINDOW_OPENS_HOUR <= hour < WINDOW_CLOSES_HOUR:
        return " "
    return "·" if has_window else "░"


def _free_cell(cell: int, cells_taken: set[int], count: int) -> int:
    """The cell itself or the nearest free one after it, else before it."""
    after = next((place for place in range(cell, count) if place not in cells_taken), None)
    return after if after is not None else max(set(range(count)) - cells_taken, default=cell)


def _legend(marks: Sequence[TextMark], width: int, language: str) -> list[str]:
    lines = []
    for mark in marks:
        day = wall_clock(mark.instant).date()
        when = f"{weekday_of(day).in_language(language)} {day.isoformat()} {clock_text(mark.instant)}"
        head = f"{mark.letter}  {when}  "
        below = " " * len(head)
        lines += wrap(mark.meaning, width, initial_indent=head, subsequent_indent=below, break_on_hyphens=False)
    return lines
