"""Working days and SMS days under each reading, against a walk over the calendar written apart."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.civil_time import TABLED_DAY, date_of, day_of
from reference_impl.errors import PolicyError
from reference_impl.policy import DEFAULT, Policy
from reference_impl.working_days import day_book, national_holidays
from tests.service import second_calculator as second

days = st.dates(date(2020, 1, 1), date(2059, 12, 31))


@pytest.mark.parametrize("year", range(2019, 2061))
def test_the_national_holidays_of_a_year_are_those_of_its_law_sundays_apart(year: int) -> None:
    ours = {date_of(day) for day in national_holidays() if date_of(day).year == year}
    assert not_sundays(ours) == not_sundays(second.holidays(year))


def not_sundays(some_days: Iterable[date]) -> set[date]:
    return {day for day in some_days if day.weekday() < second.SUNDAY}


@pytest.mark.parametrize("day", [date(2026, 12, 24), date(2026, 12, 31), date(2026, 4, 3)])
def test_the_eves_and_good_friday_are_ordinary_days(day: date) -> None:
    assert day_book(DEFAULT).is_working(day_of(day))


@given(days, st.sampled_from(["mon_fri", "mon_sat"]), st.sampled_from(["if_working", "always"]))
def test_the_last_booking_day_is_the_third_found_by_walking(day: date, working_week: str, first_day: str) -> None:
    book = day_book(Policy.from_readings({"working_week": working_week, "first_day": first_day}))
    last_weekday = second.SATURDAY if working_week == "mon_sat" else second.SATURDAY - 1
    walked, counted = day, 0
    while True:
        works = walked.weekday() <= last_weekday and walked not in second.holidays(walked.year)
        counted += works or (walked == day and first_day == "always")
        if counted == 3:
            break
        walked += timedelta(days=1)
    assert date_of(book.last_booking_day(day_of(day))) == walked


@given(days, st.sampled_from(["no", "yes"]))
def test_sms_days_before_and_after_are_found_by_walking(day: date, on_holidays: str) -> None:
    book = day_book(Policy.from_readings({"sms_on_holidays": on_holidays}))
    reading = second.LITERAL if on_holidays == "yes" else second.DEFAULT
    following, preceding = day + timedelta(days=1), day - timedelta(days=1)
    while not second.may_send(following, reading):
        following += timedelta(days=1)
    while not second.may_send(preceding, reading):
        preceding -= timedelta(days=1)
    assert book.is_sms_day(day_of(day)) == second.may_send(day, reading)
    assert date_of(book.next_sms_day(day_of(day))) == following
    assert date_of(book.previous_sms_day(day_of(day))) == preceding


def test_a_patron_saint_is_a_holiday_of_every_year_or_of_one() -> None:
    every, single = (day_book(Policy(holidays=("national", word))) for word in ("06-29", "2026-06-29"))
    assert [every.is_working(day_of(date(year, 6, 29))) for year in (2026, 2027)] == [False, False]
    assert [single.is_working(day_of(date(year, 6, 29))) for year in (2026, 2027)] == [False, True]
    assert not single.is_working(day_of(date(2026, 6, 2)))
    assert not day_book(Policy(holidays=("06-29", "national"))).is_working(day_of(date(2026, 6, 29)))


def test_a_holiday_counts_from_the_first_day_of_the_table_and_one_after_its_end_is_passed_over() -> None:
    assert not day_book(DEFAULT).is_working(day_of(date(2019, 1, 1)))
    following = date_of(TABLED_DAY + 1)
    book = day_book(Policy(holidays=(following.isoformat(), "2026-06-29")))
    assert not book.is_working(day_of(date(2026, 6, 29)))


def test_without_holidays_only_the_weekend_rests() -> None:
    book = day_book(Policy(holidays=("none",)))
    assert book.is_working(day_of(date(2026, 12, 25)))
    assert not book.is_working(day_of(date(2026, 12, 27)))


def test_a_holiday_on_the_29th_of_february_is_kept_in_leap_years() -> None:
    book = day_book(Policy(holidays=("02-29",)))
    assert not book.is_working(day_of(date(2028, 2, 29)))
    assert book.is_working(day_of(date(2027, 3, 1)))


@pytest.mark.parametrize("word", ["02-30", "2026-02-30", "abcd-06-29", "roman"])
def test_an_extra_holiday_on_a_day_that_never_exists_is_refused(word: str) -> None:
    allowed = "national, none, or a day MM-DD or YYYY-MM-DD"
    with pytest.raises(PolicyError, match=f"^holidays: '{word}' is not allowed; allowed: {allowed}$"):
        day_book(Policy(holidays=(word,)))


def test_a_policy_has_one_day_book() -> None:
    assert day_book(Policy()) is day_book(Policy())
