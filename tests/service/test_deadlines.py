"""Every instant of the rules, at its bounds, under each reading that moves it."""

from __future__ import annotations

from typing import Any

import pytest

from reference_impl import deadlines
from reference_impl.civil_time import MINUTE, SECOND, date_of, format_instant
from reference_impl.policy import Policy
from tests.judging.lives import at, slot


def readings(**values: Any) -> Policy:
    return Policy.from_readings(values)


def sms_at(trigger: str, **values: Any) -> str:
    return _text(deadlines.engagement_sms_at(at(trigger), readings(**values)))


def run_at(sms: str, **values: Any) -> str:
    return _text(deadlines.deposit_run_at(at(sms), readings(**values)))


def deadline_at(sms: str, **values: Any) -> str:
    return _text(deadlines.csv_deadline(at(sms), readings(**values)))


def closes_at(sms: str, **values: Any) -> str:
    return _text(deadlines.booking_closes(at(sms), readings(**values)))


def reminded_at(visit: str, booked: str, **values: Any) -> str:
    return _text(deadlines.reminder_at(at(visit), at(booked), readings(**values)))


def _text(instant: int) -> str:
    return format_instant(instant)[: len("2026-03-03T10:00:00.000")].partition("+")[0].replace("T", " ")


@pytest.mark.parametrize(
    ("trigger", "sent"),
    [
        ("2026-03-03 06:59:59", "2026-03-03 07:00:00"),
        ("2026-03-03 07:00:00", "2026-03-03 07:00:00"),
        ("2026-03-03 13:37:11.250", "2026-03-03 13:37:11.250"),
        ("2026-03-03 19:59:59.999", "2026-03-03 19:59:59.999"),
        ("2026-03-03 20:00:00", "2026-03-03 20:00:00"),
        ("2026-03-03 20:00:00.001", "2026-03-04 07:00:00"),
        ("2026-03-07 20:00:01", "2026-03-09 07:00:00"),  # a Saturday
        ("2026-03-08 10:00:00", "2026-03-09 07:00:00"),  # a Sunday
        ("2026-04-05 10:00:00", "2026-04-07 07:00:00"),  # Easter, then its Monday
        ("2026-10-25 02:30:00+01:00", "2026-10-26 07:00:00"),
    ],
)
def test_the_sms_leaves_at_once_in_the_window_and_else_when_the_next_opens(trigger: str, sent: str) -> None:
    assert sms_at(trigger) == sent  # SMS-3, SMS-4


@pytest.mark.parametrize(
    ("trigger", "values", "sent"),
    [
        ("2026-03-03 20:00:00", {"window_end_included": "no"}, "2026-03-04 07:00:00"),
        ("2026-03-03 19:59:59.999", {"window_end_included": "no"}, "2026-03-03 19:59:59.999"),
        ("2026-04-06 10:00:00", {"sms_on_holidays": "yes"}, "2026-04-06 10:00:00"),
        ("2026-04-05 10:00:00", {"sms_on_holidays": "yes"}, "2026-04-06 07:00:00"),
        ("2026-04-06 10:00:00", {"holidays": "none"}, "2026-04-06 10:00:00"),
        ("2026-06-29 10:00:00", {"holidays": ["national", "06-29"]}, "2026-06-30 07:00:00"),
        ("2026-03-03 07:00:00", {"sms_cadence": "two_hourly"}, "2026-03-03 07:00:00"),
        ("2026-03-03 07:00:01", {"sms_cadence": "two_hourly"}, "2026-03-03 09:00:00"),
        ("2026-03-03 19:00:00", {"sms_cadence": "two_hourly"}, "2026-03-03 19:00:00"),
        ("2026-03-03 19:00:01", {"sms_cadence": "two_hourly"}, "2026-03-04 07:00:00"),
        ("2026-03-07 19:00:01", {"sms_cadence": "two_hourly"}, "2026-03-09 07:00:00"),
    ],
)
def test_readings_move_the_sms(trigger: str, values: dict[str, Any], sent: str) -> None:
    assert sms_at(trigger, **values) == sent


@pytest.mark.parametrize(
    ("sms", "deadline"),
    [
        ("2026-03-03 07:00:00", "2026-03-03 12:00:00"),
        ("2026-03-03 15:00:00", "2026-03-03 20:00:00"),
        ("2026-03-03 15:00:00.001", "2026-03-04 07:00:00.001"),
        ("2026-03-03 15:00:01", "2026-03-04 07:00:01"),
        ("2026-03-03 17:00:00", "2026-03-04 09:00:00"),
        ("2026-03-03 20:00:00", "2026-03-04 12:00:00"),
        ("2026-03-28 17:00:00", "2026-03-29 09:00:00"),  # the night between is an hour shorter
        ("2026-10-24 17:00:00", "2026-10-25 09:00:00"),  # and an hour longer
    ],
)
def test_the_file_is_due_after_five_hours_of_the_open_window(sms: str, deadline: str) -> None:
    assert deadline_at(sms) == deadline  # CSV-4


@pytest.mark.parametrize(
    ("sms", "values", "deadline"),
    [
        ("2026-03-07 17:00:00", {}, "2026-03-08 09:00:00"),
        ("2026-03-07 17:00:00", {"csv_rollover": "operating_day"}, "2026-03-09 09:00:00"),
        ("2026-03-07 15:00:00", {"csv_rollover": "operating_day"}, "2026-03-07 20:00:00"),
        ("2026-04-30 17:00:00", {"csv_rollover": "operating_day"}, "2026-05-02 09:00:00"),
        ("2026-04-30 17:00:00", {"csv_rollover": "operating_day", "sms_on_holidays": "yes"}, "2026-05-01 09:00:00"),
    ],
)
def test_the_day_after_is_of_the_calendar_or_the_next_with_a_window(
    sms: str, values: dict[str, Any], deadline: str
) -> None:
    assert deadline_at(sms, **values) == deadline


@pytest.mark.parametrize(
    ("first", "last", "run"),
    [
        ("07:00:00", "08:59:59.999", "2026-03-03 12:00:00"),
        ("09:00:00", "10:59:59.999", "2026-03-03 14:00:00"),
        ("11:00:00", "12:59:59.999", "2026-03-03 16:00:00"),
        ("13:00:00", "14:59:59.999", "2026-03-03 18:00:00"),
        ("15:00:00", "16:59:59.999", "2026-03-03 20:00:00"),
        ("17:00:00", "18:59:59.999", "2026-03-04 09:00:00"),
        ("19:00:00", "20:00:00", "2026-03-04 11:00:00"),
    ],
)
def test_deposit_runs_follow_the_table(first: str, last: str, run: str) -> None:
    assert [run_at(f"2026-03-03 {time}") for time in (first, last)] == [run, run]


@pytest.mark.parametrize(
    ("sms", "cadence", "run"),
    [
        ("2026-03-03 10:00:00", "immediate", "2026-03-03 10:00:00"),
        ("2026-03-03 10:00:00.001", "immediate", "2026-03-03 10:00:01"),
        ("2026-03-03 10:00:00", "latest", "2026-03-03 15:00:00"),
        ("2026-03-03 10:00:00.999", "latest", "2026-03-03 15:00:00.999"),
        ("2026-03-03 15:00:00.001", "latest", "2026-03-04 07:00:00.001"),
        ("2026-03-03 20:00:00", "latest", "2026-03-04 12:00:00"),
    ],
)
def test_a_deposit_is_at_once_or_exactly_at_its_deadline_by_reading(sms: str, cadence: str, run: str) -> None:
    assert run_at(sms, csv_cadence=cadence) == run


@pytest.mark.parametrize("cadence", ["table", "immediate", "latest"])
@pytest.mark.parametrize("rollover", ["calendar_day", "operating_day"])
def test_no_run_is_before_its_sms_or_after_its_deadline(cadence: str, rollover: str) -> None:
    policy = readings(csv_cadence=cadence, csv_rollover=rollover)
    for day in ("2026-03-03", "2026-03-07", "2026-03-28", "2026-10-24", "2026-12-31"):
        for sms in range(at(f"{day} 07:00"), at(f"{day} 20:00") + 1, 7 * MINUTE + 13 * SECOND):
            assert sms <= deadlines.deposit_run_at(sms, policy) <= deadlines.csv_deadline(sms, policy)


@pytest.mark.parametrize(
    ("sms", "last"),
    [
        ("2026-03-02 10:00", "2026-03-04"),  # Monday
        ("2026-03-03 10:00", "2026-03-05"),
        ("2026-03-04 10:00", "2026-03-06"),
        ("2026-03-05 10:00", "2026-03-09"),
        ("2026-03-06 10:00", "2026-03-10"),
        ("2026-03-07 10:00", "2026-03-11"),  # Saturday
        ("2026-12-24 10:00", "2026-12-29"),
        ("2026-12-31 10:00", "2027-01-05"),
        ("2028-02-28 10:00", "2028-03-01"),
    ],
)
def test_the_third_working_day_is_counted_from_the_day_of_the_sms(sms: str, last: str) -> None:
    assert date_of(deadlines.last_booking_day(at(sms), readings())).isoformat() == last  # BOOK-1


@pytest.mark.parametrize(
    ("sms", "values", "closes"),
    [
        ("2026-03-03 10:00", {}, "2026-03-06 00:00:00"),
        ("2026-03-03 10:00", {"day_end": "20:00"}, "2026-03-05 20:00:00"),
        ("2026-03-03 10:00", {"day_end": "18:00"}, "2026-03-05 18:00:00"),
        ("2026-03-05 10:00", {"working_week": "mon_sat"}, "2026-03-08 00:00:00"),
        ("2026-03-07 10:00", {"working_week": "mon_sat"}, "2026-03-11 00:00:00"),
        ("2026-03-07 10:00", {"first_day": "always"}, "2026-03-11 00:00:00"),
        ("2026-04-04 10:00", {}, "2026-04-10 00:00:00"),
        ("2026-04-04 10:00", {"holidays": "none"}, "2026-04-09 00:00:00"),
        ("2026-03-26 10:00", {}, "2026-03-31 00:00:00"),  # over the night that loses an hour
        ("2026-10-22 10:00", {}, "2026-10-27 00:00:00"),  # and the one that gains it
    ],
)
def test_readings_move_the_end_of_the_term(sms: str, values: dict[str, Any], closes: str) -> None:
    assert closes_at(sms, **values) == closes  # BOOK-4, OUT-2


@pytest.mark.parametrize(
    ("visit", "deadline"),
    [
        ("2026-03-06 08:00", "2026-03-05 18:00"),
        ("2026-03-09 16:00", "2026-03-08 18:00"),  # the eve is a Sunday
        ("2026-03-30 08:00", "2026-03-29 18:00"),
        ("2027-01-01 08:00", "2026-12-31 18:00"),
    ],
)
def test_the_reminder_is_due_at_18_of_the_calendar_day_before(visit: str, deadline: str) -> None:
    assert deadlines.reminder_deadline(at(visit)) == at(deadline)  # REM-1


@pytest.mark.parametrize(
    ("moment", "included", "excluded"),
    [
        ("2026-03-05 17:59:59.999", True, True),
        ("2026-03-05 18:00:00", True, False),
        ("2026-03-05 18:00:00.001", False, False),
    ],
)
def test_18_sharp_is_in_time_by_reading_and_a_millisecond_more_is_not(
    moment: str, included: bool, excluded: bool
) -> None:
    start = slot("2026-03-06 08:00").start
    assert deadlines.within_cutoff(at(moment), start, readings(cutoff_included="yes")) is included  # RES-3
    assert deadlines.within_cutoff(at(moment), start, readings(cutoff_included="no")) is excluded


@pytest.mark.parametrize(
    ("visit", "booked", "values", "reminded"),
    [
        ("2026-03-06 08:00", "2026-03-03 12:00", {}, "2026-03-05 10:00:00"),
        ("2026-03-06 08:00", "2026-03-03 12:00", {"reminder_time": "17:30"}, "2026-03-05 17:30:00"),
        ("2026-03-06 08:00", "2026-03-05 11:00", {}, "2026-03-05 11:00:00"),
        ("2026-03-09 08:00", "2026-03-05 11:00", {}, "2026-03-07 10:00:00"),  # Monday: on Saturday
        ("2026-03-09 08:00", "2026-03-05 11:00", {"reminder_sunday": "send"}, "2026-03-08 10:00:00"),
        ("2026-03-09 08:00", "2026-03-07 16:00", {}, "2026-03-07 16:00:00"),
        ("2026-03-09 08:00", "2026-03-08 09:00", {}, "2026-03-08 09:00:00"),  # booked on the Sunday itself
        ("2026-04-07 08:00", "2026-04-01 09:00", {}, "2026-04-04 10:00:00"),  # Easter Monday too
        ("2026-04-07 08:00", "2026-04-01 09:00", {"sms_on_holidays": "yes"}, "2026-04-06 10:00:00"),
        ("2026-03-06 08:00", "2026-03-03 12:00", {"reminder_time": "18:00"}, "2026-03-05 18:00:00"),
        (
            "2026-03-06 08:00",
            "2026-03-03 12:00",
            {"reminder_time": "18:00", "cutoff_included": "no"},
            "2026-03-05 17:59:59",
        ),
        (
            "2026-03-09 08:00",
            "2026-03-03 12:00",
            {"reminder_time": "18:00", "cutoff_included": "no"},
            "2026-03-07 18:00:00",
        ),
    ],
)
def test_the_reminder_is_planned_for_the_eve_or_the_sms_day_before_it_or_leaves_at_once(
    visit: str, booked: str, values: dict[str, Any], reminded: str
) -> None:
    assert reminded_at(visit, booked, **values) == reminded  # REM-1


@pytest.mark.parametrize(
    ("earliest", "now", "offered"),
    [
        ("reminder_possible", "2026-03-05 18:00:00", True),
        ("reminder_possible", "2026-03-05 18:00:00.001", False),
        ("next_day", "2026-03-05 23:59:59.999", True),
        ("next_day", "2026-03-06 00:00:00", False),
        ("any", "2026-03-06 07:59:59.999", True),
        ("any", "2026-03-06 08:00:00", False),
    ],
)
def test_a_slot_is_offered_while_its_reading_allows(earliest: str, now: str, offered: bool) -> None:
    start = slot("2026-03-06 08:00").start
    assert deadlines.slot_can_be_offered(start, at(now), readings(earliest_slot=earliest)) is offered
