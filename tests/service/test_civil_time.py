"""Instants and the wall clock of Rome, against `zoneinfo`: every instant, both nights in which the clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_impl import civil_time as civil
from reference_impl.civil_time import (
    DAY,
    HOUR,
    MINUTE,
    civil_day,
    date_of,
    day_of,
    format_instant,
    format_time_of_day,
    instant_of,
    parse_instant,
    parse_time_of_day,
    wall_clock,
    weekday,
)

SPRING_NIGHT, AUTUMN_NIGHT = date(2026, 3, 29), date(2026, 10, 25)
instants = st.integers(civil.FIRST_INSTANT, civil.END_OF_TIME - 1)
days = st.integers(civil.FIRST_DAY, civil.LAST_DAY)
years = st.integers(civil.FIRST_YEAR, civil.LAST_YEAR)
times_of_day = st.integers(0, DAY - 1)


def in_rome(instant: int) -> datetime:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=instant)).astimezone(civil.ROME)


def clock_of(moment: datetime) -> tuple[int, int]:
    since_midnight = timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second)
    return day_of(moment.date()), (since_midnight // timedelta(milliseconds=1)) + moment.microsecond // 1000


def last_sunday(year: int, month: int) -> date:
    day = date(year, month, 31)
    return day - timedelta(days=(day.weekday() + 1) % 7)


@given(instants)
def test_the_wall_clock_is_that_of_zoneinfo_at_every_instant(instant: int) -> None:
    assert wall_clock(instant) == clock_of(in_rome(instant))


@given(years, st.sampled_from([3, 10]), st.integers(-2 * HOUR, 5 * HOUR))
def test_the_wall_clock_is_that_of_zoneinfo_through_the_nights_in_which_it_changes(
    year: int, month: int, elapsed: int
) -> None:
    instant = instant_of(day_of(last_sunday(year, month))) + elapsed
    assert wall_clock(instant) == clock_of(in_rome(instant))
    assert civil_day(instant) == wall_clock(instant)[0]
    assert datetime.fromisoformat(format_instant(instant)).utcoffset() == in_rome(instant).utcoffset()


@given(days, times_of_day)
def test_a_wall_clock_gives_the_instant_of_zoneinfo_and_the_first_of_two(day: int, time_of_day: int) -> None:
    civil_midnight = datetime.combine(date_of(day), datetime.min.time(), tzinfo=civil.ROME)
    moment = civil_midnight + timedelta(milliseconds=time_of_day)  # on the wall clock, fold 0
    assert instant_of(day, time_of_day) == round(moment.timestamp() * 1000)


@given(instants)
def test_an_instant_and_its_text_are_each_other_s_reverse(instant: int) -> None:
    assert parse_instant(format_instant(instant)) == instant
    assert parse_instant(format_instant(instant, milliseconds=True)) == instant


@given(instants)
def test_the_text_of_an_instant_is_that_of_datetime(instant: int) -> None:
    assert format_instant(instant, milliseconds=True) == in_rome(instant).isoformat(timespec="milliseconds")


@given(days)
def test_days_weekdays_and_dates_are_those_of_datetime(day: int) -> None:
    assert date_of(day).weekday() == weekday(day)
    assert day_of(date_of(day)) == day


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2026-03-29T01:59:59", "2026-03-29T01:59:59+01:00"),
        ("2026-03-29T03:00:00", "2026-03-29T03:00:00+02:00"),
        ("2026-10-25T01:59:59", "2026-10-25T01:59:59+02:00"),
        ("2026-10-25T02:00:00", "2026-10-25T02:00:00+02:00"),
        ("2026-10-25T02:59:59", "2026-10-25T02:59:59+02:00"),
        ("2026-10-25T03:00:00", "2026-10-25T03:00:00+01:00"),
        ("2026-03-03 07:00", "2026-03-03T07:00:00+01:00"),
    ],
)
def test_a_wall_clock_without_offset_is_rome_and_in_the_repeated_hour_the_first(text: str, shown: str) -> None:
    assert format_instant(parse_instant(text)) == shown


def test_the_second_of_two_equal_wall_clocks_is_named_by_its_offset() -> None:
    summer, winter = (parse_instant(f"2026-10-25T02:30:00{offset}") for offset in ("+02:00", "+01:00"))
    assert winter - summer == HOUR
    assert wall_clock(summer) == wall_clock(winter)
    assert format_instant(winter) == "2026-10-25T02:30:00+01:00"


@given(st.integers(2 * HOUR, 3 * HOUR - 1))
def test_no_text_means_the_hour_that_is_skipped(time_of_day: int) -> None:
    minutes = time_of_day // MINUTE
    text = f"2026-03-29T{minutes // 60:02}:{minutes % 60:02}:00"
    with pytest.raises(ValueError, match="the hour that daylight saving skips"):
        parse_instant(text)


@pytest.mark.parametrize(("night", "hours"), [(SPRING_NIGHT, 23), (AUTUMN_NIGHT, 25)])
def test_the_days_in_which_the_clock_changes_are_an_hour_shorter_or_longer(night: date, hours: int) -> None:
    assert instant_of(day_of(night) + 1) - instant_of(day_of(night)) == hours * HOUR
    assert instant_of(day_of(night), DAY) == instant_of(day_of(night) + 1)


@given(instants, st.integers(-14 * 60, 14 * 60))
def test_an_offset_says_which_instant_is_meant_wherever_it_was_written(instant: int, minutes: int) -> None:
    written = in_rome(instant).astimezone(timezone(timedelta(minutes=minutes)))
    assert parse_instant(written.isoformat(timespec="milliseconds")) == instant


def test_z_is_utc_and_a_fraction_is_milliseconds() -> None:
    assert parse_instant("2026-03-03T06:00:00Z") == parse_instant("2026-03-03T07:00:00+01:00")
    assert parse_instant("2026-03-03T06:00:00.5Z") - parse_instant("2026-03-03T06:00:00Z") == 500
    assert parse_instant("2026-03-03T06:00:00.001000Z") - parse_instant("2026-03-03T06:00:00Z") == 1


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("2026-02-30T10:00:00", "not a date that exists"),
        ("2026-13-01T10:00:00", "not a date that exists"),
        ("2027-02-29T10:00:00", "not a date that exists"),
        ("2026-03-03T24:00:00", "a time of day that does not exist"),
        ("2026-03-03T23:60:00", "a time of day that does not exist"),
        ("2026-03-03T23:59:60", "a time of day that does not exist"),
        ("2026-03-03T10:00:00+15:00", "an offset that does not exist"),
        ("2026-03-03T10:00:00+01:60", "an offset that does not exist"),
        ("2026-03-03T10:00:00.0001", "finer than a millisecond"),
        ("2018-12-31T23:59:59", "outside the years"),
        ("2061-01-01T00:00:00", "outside the years"),
        ("2061-01-01T00:00:00+01:00", "outside the years"),
        ("2026-03-03", "not an instant"),
        ("10:00", "not an instant"),
        ("2026-03-03T10:00:00 ", "not an instant"),
        ("٢٠٢٦-03-03T10:00:00", "not an instant"),
        ("", "not an instant"),
    ],
)
def test_a_text_that_is_no_instant_is_refused_with_what_is_wrong(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        parse_instant(text)


@pytest.mark.parametrize("text", ["2019-01-01T00:00:00+01:00", "2060-12-31T23:59:59.999+01:00"])
def test_the_first_and_the_last_instant_are_known_with_and_without_offset(text: str) -> None:
    assert format_instant(parse_instant(text), milliseconds=len(text) > 25) == text
    assert parse_instant(text.removesuffix("+01:00")) == parse_instant(text)


@pytest.mark.parametrize("day", ["2026-03-03", "2026-03-29", "2026-07-01", "2026-10-25"])
def test_a_day_begins_at_its_midnight(day: str) -> None:
    midnight, number = parse_instant(f"{day}T00:00:00"), day_of(date.fromisoformat(day))
    assert [civil_day(midnight), civil_day(midnight - 1)] == [number, number - 1]
    assert [wall_clock(midnight), wall_clock(midnight - 1)] == [(number, 0), (number - 1, DAY - 1)]


@pytest.mark.parametrize("text", ["00:00", "07:05", "18:30", "24:00"])
def test_a_time_of_day_and_its_text_are_each_other_s_reverse(text: str) -> None:
    assert format_time_of_day(parse_time_of_day(text)) == text


@pytest.mark.parametrize(("text", "minutes"), [("00:00", 0), ("07:30", 450), ("23:59", 1439), ("24:00", 1440)])
def test_a_time_of_day_is_read_up_to_the_midnight_that_closes_the_day(text: str, minutes: int) -> None:
    assert parse_time_of_day(text) == minutes * MINUTE


@pytest.mark.parametrize("text", ["24:01", "7:00", "07:60", "", "07:00:00", "ab:cd"])
def test_a_text_that_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a time of day"):
        parse_time_of_day(text)
