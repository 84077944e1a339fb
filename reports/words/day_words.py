"""Days and bands as a sentence says them, in both languages: `giovedì 5 marzo`, `by 18:00 on Thursday 5 March`.

What lives here: presentation of days for people who are spoken to. It must not compute any deadline of the service.
"""

from __future__ import annotations

from datetime import date, time, timedelta

from reports import facts
from reports.rome_time import Instant, wall_clock
from reports.words.labels import WEEKDAYS, Term
from reports.words.number_words import filled

MONTHS = (
    Term("gennaio", "January"),
    Term("febbraio", "February"),
    Term("marzo", "March"),
    Term("aprile", "April"),
    Term("maggio", "May"),
    Term("giugno", "June"),
    Term("luglio", "July"),
    Term("agosto", "August"),
    Term("settembre", "September"),
    Term("ottobre", "October"),
    Term("novembre", "November"),
    Term("dicembre", "December"),
)
SHORT = 3
UNTIL_END_OF_DAY = Term("entro la fine di {day}", "by the end of {day}")
UNTIL_TIME = Term("entro le {time} di {day}", "by {time} on {day}")


def day_words(day: date) -> Term:
    """`giovedì 5 marzo`, `Thursday 5 March`."""
    weekday, month = facts.WEEKDAYS[day.weekday()], MONTHS[day.month - 1]
    return Term(f"{weekday.it} {day.day} {month.it}", f"{weekday.en} {day.day} {month.en}")


def short_day(day: date) -> Term:
    """`gio 5 mar`, `Thu 5 Mar`."""
    weekday, month = WEEKDAYS[day.weekday()], MONTHS[day.month - 1]
    return Term(f"{weekday.it} {day.day} {month.it[:SHORT]}", f"{weekday.en} {day.day} {month.en[:SHORT]}")


def clock_words(instant: Instant, seconds: bool = False) -> str:
    """`08:00`, or `08:00:00`."""
    return f"{wall_clock(instant):{'%H:%M:%S' if seconds else '%H:%M'}}"


def short_instant(instant: Instant) -> Term:
    """`Thu 5 Mar 08:00`; seconds only where there are any."""
    local = wall_clock(instant)
    day, clock = short_day(local.date()), clock_words(instant, seconds=local.second > 0)
    return Term(f"{day.it} {clock}", f"{day.en} {clock}")


def short_until(first_too_late: Instant) -> Term:
    """As short, how long something is possible: `Thu 5 Mar 24:00` where the next day is the first that is too late."""
    local = wall_clock(first_too_late)
    if local.time() != time.min:
        return short_instant(first_too_late)
    day = short_day(local.date() - timedelta(days=1))
    return Term(f"{day.it} 24:00", f"{day.en} 24:00")


def band_words(start: Instant, end: Instant) -> str:
    """`08:00–10:00`."""
    return f"{clock_words(start)}–{clock_words(end)}"


def until_words(first_too_late: Instant) -> Term:
    """How long something is possible that is too late at an instant: `entro la fine di giovedì 5 marzo`."""
    local = wall_clock(first_too_late)
    at_midnight = local.time() == time.min
    day = day_words(local.date() - timedelta(days=1) if at_midnight else local.date())
    pattern = UNTIL_END_OF_DAY if at_midnight else UNTIL_TIME
    return filled(pattern, day=day, time=clock_words(first_too_late))
