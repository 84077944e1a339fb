"""The timeline of the service against a calculator written apart: every day of seventeen years, at every boundary."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from reference_impl.civil_time import parse_instant
from reference_impl.policy import Policy
from reference_impl.timeline.order_timeline import timeline
from reports.judging.profiles import load_profile
from tests.places import DATA
from tests.service import second_calculator as second
from tests.service.second_calculator import DEFAULT, FAMILIES, LITERAL, ONE_DAY, Reading

EXAMPLES = list(csv.DictReader((DATA / "examples.csv").read_text().splitlines()))
SERVICES = tuple(FAMILIES)
FIRST_DAY, LAST_DAY = date(2024, 1, 1), date(2040, 12, 31)
DAYS = [FIRST_DAY + timedelta(days=number) for number in range((LAST_DAY - FIRST_DAY).days + 1)]
# The hours at which an instant changes its law: the window opens and closes, five hours before its end, the day ends.
TURNS = (0, 7, 15, 20, 24)
DAY_SECONDS = 24 * 3600
OTHER_HOURS = (9, 11, 13, 17, 19)  # one a day, in turn
BOUNDS_BEFORE_A_VISIT = ((1, 0), (1, 10), (1, 18), (2, 10), (2, 20))  # days before it, and an hour
POLICIES = {name: Policy.from_readings(load_profile(name).readings) for name in ("default", "literal")}
NO_VISIT = {"reminder_deadline": None, "reminder_planned": None, "reschedule_cutoff": None}

both_readings = pytest.mark.parametrize("reading", [DEFAULT, LITERAL], ids=lambda reading: reading.name)


def disagreement(service: str, trigger: int, reading: Reading) -> str | None:
    """What the two calculators say of one trigger (seconds since the epoch), where they do not say the same."""
    ours = timeline(service, trigger * 1000, POLICIES[reading.name])
    theirs = second.instants(service, trigger, reading) | NO_VISIT
    return None if ours == theirs else f"service: {ours}; second calculator: {theirs}"


def boundaries(number: int) -> list[int]:
    """Seconds of a day, by its number: each turn and one second on either side of it; of 24:00 the last two."""
    hours = (*TURNS, OTHER_HOURS[number % len(OTHER_HOURS)])
    around = {hour * 3600 + aside for hour in hours for aside in (-1, 0, 1)}
    return sorted(second for second in around | {DAY_SECONDS - 2} if 0 <= second < DAY_SECONDS)


def clock_changes(year: int) -> Iterator[date]:
    """The last Sundays of March and October."""
    for month in (3, 10):
        day = date(year, month, 31)
        while day.weekday() != second.SUNDAY:
            day -= ONE_DAY
        yield day


@both_readings
def test_both_calculators_agree_at_every_boundary_of_every_day_from_2024_to_2040(reading: Reading) -> None:
    for number, day in enumerate(DAYS):
        service = SERVICES[number % len(SERVICES)]
        for at in boundaries(number):
            assert disagreement(service, second.instant(day, at), reading) is None


@both_readings
def test_both_calculators_agree_through_every_night_in_which_the_clock_changes(reading: Reading) -> None:
    for year in range(FIRST_DAY.year, LAST_DAY.year + 1):
        for night in clock_changes(year):
            midnight = second.instant(night, 0)
            for quarter in range(0, 5 * 3600, 900):
                for aside in (-1, 0, 1):
                    assert disagreement("ULL", midnight + quarter + aside, reading) is None


@both_readings
def test_both_calculators_agree_on_the_reminder_of_a_visit_on_every_day(reading: Reading) -> None:
    for number, visit in enumerate(DAYS):
        trigger = second.instant(visit - 3 * ONE_DAY, 8 * 3600)
        opens, closes = second.term(trigger, reading)
        start = second.instant(visit, (8 + number % 5 * 2) * 3600)
        for booked in bookings(visit, opens, min(closes, start)):
            instants = timeline(
                SERVICES[number % len(SERVICES)], trigger * 1000, POLICIES[reading.name], booked * 1000, start * 1000
            )
            expected = second.instants_of_visit(booked, visit, reading)
            assert {name: instants[name] for name in expected} == expected, (visit, booked)


def bookings(visit: date, opens: int, closes: int) -> Iterator[int]:
    """The first and the last second of the term, and the bounds of the two days before the visit."""
    bounds = {second.instant(visit - days * ONE_DAY, hour * 3600) for days, hour in BOUNDS_BEFORE_A_VISIT}
    candidates = {bound + aside for bound in bounds for aside in (-1, 0, 1)} | {opens, closes - 1}
    return (booked for booked in sorted(candidates) if opens <= booked < closes)


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: f"{row['trigger']}-{row['profile']}")
def test_the_published_examples_are_met_to_the_letter(row: dict[str, str]) -> None:
    members = timeline(row["service"], parse_instant(row["trigger"]), POLICIES[row["profile"]])
    for member, expected in row.items():
        if member not in ("trigger", "profile"):
            value = members[member]
            assert (value["code"] if isinstance(value, dict) else value) == expected, member


def test_every_example_is_told_under_both_profiles() -> None:
    triggers = {name: [row["trigger"] for row in EXAMPLES if row["profile"] == name] for name in POLICIES}
    assert triggers["default"] == triggers["literal"]
    assert len(triggers["default"]) == len(EXAMPLES) / 2 > 20


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2027, 3, 28), (2038, 4, 25), (2049, 4, 18)],
)
def test_the_second_calculator_finds_easter(year: int, month: int, day: int) -> None:
    assert second.easter(year) == date(year, month, day)


@pytest.mark.parametrize(("year", "kept"), [(2025, False), (2026, True), (2040, True)])
def test_the_fourth_of_october_is_a_holiday_from_2026_on(year: int, kept: bool) -> None:
    assert (date(year, 10, 4) in second.holidays(year)) is kept
