"""A second calculator of an order's instants, written apart from the service to be compared with it.

It knows the rules and two readings of them, and works with dates and wall clocks of `datetime` and `zoneinfo`: it walks
operating minutes and days where the service looks tables up, and has its own law of holidays. It must import nothing
of the project.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

ROME = ZoneInfo("Europe/Rome")
OPENING_SECOND, CLOSING_SECOND = 7 * 3600, 20 * 3600
MINUTES_TO_DEPOSIT = 300
ONE_DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6

CODES = {"copper": ("Z18", "PA", "Z36"), "nga": ("W08", "W09", "W24")}  # first, booked, not booked
FAMILIES = {
    "ULL": "copper",
    "SLU": "copper",
    "VULA_FTTCAB": "nga",
    "VULA_FTTH": "nga",
    "BITSTREAM_NGA_FTTCAB": "nga",
    "BITSTREAM_NGA_FTTH": "nga",
}
# Month, day, and the first year in which the day is kept; Easter and its Monday are found for each year.
FIXED_HOLIDAYS = (
    (1, 1, 0),
    (1, 6, 0),
    (4, 25, 0),
    (5, 1, 0),
    (6, 2, 0),
    (8, 15, 0),
    (10, 4, 2026),
    (11, 1, 0),
    (12, 8, 0),
    (12, 25, 0),
    (12, 26, 0),
)


@dataclass(frozen=True, eq=False)  # there are two, found in caches by what they are and not by what they say
class Reading:
    """The three readings in which the profiles `default` and `literal` differ, as far as instants go."""

    name: str
    sms_on_holidays: bool
    day_of_sms_always_counts: bool
    reminder_anticipated: bool


DEFAULT = Reading("default", sms_on_holidays=False, day_of_sms_always_counts=False, reminder_anticipated=True)
LITERAL = Reading("literal", sms_on_holidays=True, day_of_sms_always_counts=True, reminder_anticipated=False)


def easter(year: int) -> date:
    """Easter Sunday: the Sunday after the first full moon of spring, both by the tables of the Gregorian computus."""
    golden, century = year % 19, year // 100
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    epact -= (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - golden) // 11))
    full_moon = date(year, 3, 21) + timedelta(days=epact)
    sunday = full_moon + ONE_DAY
    while sunday.weekday() != SUNDAY:
        sunday += ONE_DAY
    return sunday


@cache
def holidays(year: int) -> frozenset[date]:
    """The public holidays of a year, by the law in force in it."""
    fixed = {date(year, month, day) for month, day, since in FIXED_HOLIDAYS if year >= since}
    return frozenset(fixed | {easter(year), easter(year) + ONE_DAY})


def is_working(day: date) -> bool:
    """Monday to Friday, holidays apart."""
    return day.weekday() < SATURDAY and day not in holidays(day.year)


@cache
def may_send(day: date, reading: Reading) -> bool:
    """Whether an engagement SMS may leave on a day."""
    return day.weekday() < SUNDAY and (reading.sms_on_holidays or day not in holidays(day.year))


@cache
def instant_text(day: date, second: int) -> str:
    """A wall clock of Rome as RFC 3339; in a repeated hour, the first."""
    return datetime.combine(day, _clock(second), tzinfo=ROME).isoformat()


@cache
def instant(day: date, second: int) -> int:
    """Seconds since the epoch at a wall clock of Rome; in a repeated hour, the first."""
    return int(datetime.combine(day, _clock(second), tzinfo=ROME).timestamp())


def wall_clock(moment: int) -> tuple[date, int]:
    """The day and the second of the day that Rome's clocks show, `moment` seconds since the epoch."""
    clock = datetime.fromtimestamp(moment, UTC).astimezone(ROME)
    return clock.date(), clock.hour * 3600 + clock.minute * 60 + clock.second


@cache
def _clock(second: int) -> time:
    return time(second // 3600, second // 60 % 60, second % 60)


def engagement(day: date, second_of_day: int, reading: Reading) -> tuple[date, int]:
    """When the SMS leaves for a trigger at a wall clock: at once in the window, else when the next one opens."""
    if may_send(day, reading) and second_of_day <= CLOSING_SECOND:
        return day, max(second_of_day, OPENING_SECOND)
    return _next_sms_day(day, reading), OPENING_SECOND


@cache
def _next_sms_day(day: date, reading: Reading) -> date:
    day += ONE_DAY
    while not may_send(day, reading):
        day += ONE_DAY
    return day


@cache
def five_operating_hours(second_of_day: int) -> tuple[int, int]:
    """Days later and second of the day, walked minute by minute while the clock is between 07:00 and 20:00."""
    days = 0
    for _ in range(MINUTES_TO_DEPOSIT):
        second_of_day += 60
        if second_of_day > CLOSING_SECOND:
            days, second_of_day = days + 1, OPENING_SECOND + second_of_day - CLOSING_SECOND
    return days, second_of_day


@cache
def third_day(day: date, reading: Reading) -> date:
    """The last of three working days from the day of the SMS on, found by walking."""
    counted = 1 if reading.day_of_sms_always_counts or is_working(day) else 0
    while counted < 3:
        day += ONE_DAY
        counted += is_working(day)
    return day


@cache
def eve(day: date, reading: Reading) -> date:
    """The day on which the reminder of a visit is planned."""
    day -= ONE_DAY
    while reading.reminder_anticipated and not may_send(day, reading):
        day -= ONE_DAY
    return day


def term(trigger: int, reading: Reading) -> tuple[int, int]:
    """When an order can be booked: from the SMS on, and before the midnight that closes the third day."""
    day, second = engagement(*wall_clock(trigger), reading)
    return instant(day, second), instant(third_day(day, reading) + ONE_DAY, 0)


def instants(service: str, trigger: int, reading: Reading) -> dict[str, object]:
    """All members that depend on the trigger, `trigger` in seconds since the epoch."""
    first_causal, booked, not_booked = CODES[FAMILIES[service]]
    day, sms_second = engagement(*wall_clock(trigger), reading)
    later, deadline = five_operating_hours(sms_second)
    last_day = third_day(day, reading)
    sms, closes = instant_text(day, sms_second), instant_text(last_day + ONE_DAY, 0)
    return {
        "service": service,
        "trigger": datetime.fromtimestamp(trigger, UTC).astimezone(ROME).isoformat(),
        "engagement_sms": sms,
        "csv_deadline": instant_text(day + later * ONE_DAY, deadline),
        "first_notice": {"code": first_causal, "not_before": sms},
        "last_booking_day": last_day.isoformat(),
        "booking_closes": closes,
        "timeout_notice": {"code": not_booked, "not_before": closes},
        "booked_notice": {"code": booked},
    }


def instants_of_visit(booked: int, visit: date, reading: Reading) -> dict[str, object]:
    """The members that depend on a booking (seconds since the epoch) and the day of the visit."""
    limit = instant_text(visit - ONE_DAY, 18 * 3600)
    planned = instant(eve(visit, reading), 10 * 3600)
    reminder = instant_text(eve(visit, reading), 10 * 3600) if planned >= booked else instant_text(*wall_clock(booked))
    return {"reminder_deadline": limit, "reminder_planned": reminder, "reschedule_cutoff": limit}
