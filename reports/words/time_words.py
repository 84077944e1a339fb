"""Instants as the pages show them: clock times, weekdays, and durations for people to read.

What lives here: presentation of time. It must not compute any deadline of the service.
"""

from __future__ import annotations

from datetime import date, timedelta

from reports.rome_time import Instant, wall_clock
from reports.words.labels import WEEKDAYS, Term, same
from reports.words.number_words import number


def clock_text(instant: Instant) -> str:
    """HH:MM:SS on Rome's wall clock, with milliseconds only where there are any."""
    local = wall_clock(instant)
    return local.strftime("%H:%M:%S") + (f".{local.microsecond // 1000:03d}" if local.microsecond else "")


def date_time_text(instant: Instant) -> str:
    return f"{wall_clock(instant).date().isoformat()} {clock_text(instant)}"


def real_time_text(instant: Instant) -> str:
    """When something was made, in real time: to the minute, on Rome's wall clock, with its offset."""
    written = wall_clock(instant).isoformat(" ", "minutes")
    return f"{written[:-6]} {written[-6:]}"


def weekday_of(day: date) -> Term:
    return WEEKDAYS[day.weekday()]


def days_between(first: date, last: date) -> list[date]:
    """All days from first to last, both included."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def duration_text(seconds: float) -> Term:
    """A length of time in its two largest units: 3 g 4 h, 2 h 03 min, 1 s."""
    milliseconds = round(abs(seconds) * 1000)
    if milliseconds < 60_000 and milliseconds % 1000:
        text = f"{milliseconds / 1000:.3f}".rstrip("0")
        return Term(f"{text} s".replace(".", ","), f"{text} s")
    minutes, rest_seconds = divmod(milliseconds // 1000, 60)
    hours, rest_minutes = divmod(minutes, 60)
    days, rest_hours = divmod(hours, 24)
    if days:
        tail = f" {rest_hours} h" if rest_hours else ""
        counted = number(days, 0)
        return Term(f"{counted.it} g{tail}", f"{counted.en} d{tail}")
    if hours:
        return same(f"{hours} h" + (f" {rest_minutes:02d} min" if rest_minutes else ""))
    if minutes:
        return same(f"{minutes} min" + (f" {rest_seconds:02d} s" if rest_seconds else ""))
    return same(f"{rest_seconds} s")


def offset_text(seconds: float) -> Term:
    """A signed distance from a deadline: positive is late."""
    if not seconds:
        return Term("esattamente al termine", "exactly at the deadline")
    length = duration_text(seconds)
    if seconds > 0:
        return Term(f"{length.it} di ritardo", f"{length.en} late")
    return Term(f"{length.it} di anticipo", f"{length.en} early")
