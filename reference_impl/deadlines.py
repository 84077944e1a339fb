"""Every instant that the rules give, each as one pure function of instants and the policy.

Read this file as the table of contents of the time rules. Instants are milliseconds since the epoch.
"""

from __future__ import annotations

from functools import lru_cache

from reference_impl.civil_time import DAY, HOUR, SECOND, civil_day, instant_of, wall_clock
from reference_impl.policy import Policy
from reference_impl.working_days import DayBook, day_book

SLOTS_KEPT = 4_096  # what depends on a slot is asked by all who look at it, and computed once: 5 % of a capacity run
WINDOW_OPENS = 7 * HOUR  # SMS-4, and the operating hours of CSV-4
WINDOW_CLOSES = 20 * HOUR
DEPOSIT_HOURS = 5 * HOUR  # CSV-4
SAME_DAY_UNTIL = WINDOW_CLOSES - DEPOSIT_HOURS
CLOSED_NIGHT = DAY - (WINDOW_CLOSES - WINDOW_OPENS)
CUTOFF = 18 * HOUR  # REM-1, RES-3

# CSV-4: the table of the description. An SMS sent from the first hour on is in the file of the second (24 + h: X+1).
DEPOSIT_TABLE = ((7, 12), (9, 14), (11, 16), (13, 18), (15, 20), (17, 24 + 9), (19, 24 + 11))
TWO_HOURLY_RUNS = tuple(first * HOUR for first, _ in DEPOSIT_TABLE)
# The same table by the hour of the SMS; what is sent before the first hour counts as sent in it.
DEPOSIT_HOUR = tuple(max(to for first, to in DEPOSIT_TABLE if first <= max(hour, 7)) for hour in range(25))


def engagement_sms_at(trigger: int, policy: Policy) -> int:
    """The first instant from the AC/CO on at which the engagement SMS may leave (SMS-2, SMS-3, SMS-4)."""
    days = day_book(policy)
    day, time_of_day = wall_clock(trigger)
    if days.is_sms_day(day):  # SMS-3
        start = _next_run(time_of_day) if policy.sms_cadence == "two_hourly" else max(time_of_day, WINDOW_OPENS)
        if start is not None and in_window(start, policy):
            return trigger if start == time_of_day else instant_of(day, start)
    return instant_of(days.next_sms_day(day), WINDOW_OPENS)


def in_window(time_of_day: int, policy: Policy) -> bool:
    """SMS-4: from 07:00:00 to 20:00:00, the last instant included or not by reading."""
    last = WINDOW_CLOSES if policy.window_end_included == "yes" else WINDOW_CLOSES - 1
    return WINDOW_OPENS <= time_of_day <= last


def _next_run(time_of_day: int) -> int | None:
    return next((run for run in TWO_HOURLY_RUNS if run >= time_of_day), None)


def csv_deadline(sms_at: int, policy: Policy) -> int:
    """CSV-4: five hours that run only between 07:00 and 20:00."""
    day, time_of_day = wall_clock(sms_at)
    if time_of_day <= SAME_DAY_UNTIL:
        return instant_of(day, time_of_day + DEPOSIT_HOURS)
    return instant_of(_day_after(day, policy), time_of_day + DEPOSIT_HOURS + CLOSED_NIGHT - DAY)


def deposit_run_at(sms_at: int, policy: Policy) -> int:
    """The instant of the deposit run that carries the row of an SMS (CSV-4); on a whole second unless `latest`."""
    if policy.csv_cadence == "immediate":
        return -(-sms_at // SECOND) * SECOND
    if policy.csv_cadence == "latest":
        return csv_deadline(sms_at, policy)
    day, time_of_day = wall_clock(sms_at)
    hour = DEPOSIT_HOUR[time_of_day // HOUR]
    if hour < 24:
        return instant_of(day, hour * HOUR)
    return instant_of(_day_after(day, policy), (hour - 24) * HOUR)


def _day_after(day: int, policy: Policy) -> int:
    """X+1 of CSV-4: the next calendar day, or the next day on which the window opens, by reading."""
    return day + 1 if policy.csv_rollover == "calendar_day" else day_book(policy).next_sms_day(day)


def last_booking_day(sms_at: int, policy: Policy) -> int:
    """BOOK-1: the third working day, as a day number."""
    return day_book(policy).last_booking_day(civil_day(sms_at))


def booking_closes(sms_at: int, policy: Policy) -> int:
    """BOOK-4, OUT-2: the first instant that is too late to book, which is also when the time-out is due."""
    return instant_of(day_book(policy).last_booking_day(civil_day(sms_at)), policy.term_end_of_day)


@lru_cache(maxsize=SLOTS_KEPT)
def reminder_deadline(slot_start: int) -> int:
    """REM-1: 18:00:00 of the calendar day before the appointment; the same instant bounds moving it (RES-3)."""
    return instant_of(civil_day(slot_start) - 1, CUTOFF)


def within_cutoff(now: int, slot_start: int, policy: Policy) -> bool:
    """RES-3: whether an appointment may still be moved; 18:00:00.000 itself is in time or not by reading."""
    deadline = reminder_deadline(slot_start)
    return now <= deadline if policy.cutoff_included == "yes" else now < deadline


def reminder_at(slot_start: int, booked_at: int, policy: Policy) -> int:
    """When the reminder for an appointment leaves (REM-1): as planned, or at once when that has passed."""
    readings = policy.reminder_sunday, policy.reminder_time_of_day, policy.cutoff_included
    planned = _planned_reminder(slot_start, day_book(policy), *readings)
    return planned if planned > booked_at else booked_at


@lru_cache(maxsize=SLOTS_KEPT)
def _planned_reminder(slot_start: int, days: DayBook, sunday: str, time_of_day: int, cutoff_included: str) -> int:
    eve = civil_day(slot_start) - 1
    if sunday == "anticipate" and not days.is_sms_day(eve):
        eve = days.previous_sms_day(eve)
    planned = instant_of(eve, time_of_day)
    is_too_late = planned == reminder_deadline(slot_start) and cutoff_included == "no"
    return planned - SECOND if is_too_late else planned


def slot_can_be_offered(slot_start: int, now: int, policy: Policy) -> bool:
    """`earliest_slot`: whether a slot may still be offered, so that its reminder can be kept (REM-1)."""
    if policy.earliest_slot == "reminder_possible":
        return within_cutoff(now, slot_start, policy)
    if policy.earliest_slot == "next_day":
        return civil_day(slot_start) > civil_day(now)
    return slot_start > now
