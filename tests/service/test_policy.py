"""Readings become a policy: the defaults of the table and every reading of the catalogue; others are refused."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError, fields
from typing import Any

import pytest

from reference_impl.civil_time import DAY, HOUR
from reference_impl.errors import PolicyError
from reference_impl.policy import DEFAULT, CsvDialect, Policy, SlotGrid
from reports.judging.catalogue import catalogue
from reports.judging.profiles import load_profile

PARAMETERS = catalogue().parameters
CHOICES = [
    (name, reading) for name, entry in PARAMETERS.items() if entry.kind == "choice" for reading in entry.readings
]


def test_the_policy_has_one_field_for_each_parameter_of_the_catalogue() -> None:
    assert {field.name for field in fields(Policy)} == set(PARAMETERS)


def test_a_policy_of_no_readings_is_the_profile_default() -> None:
    assert Policy.from_readings({}) == DEFAULT == Policy.from_readings(load_profile("default").readings)


def test_the_profile_literal_differs_in_what_the_text_says_word_for_word() -> None:
    literal = Policy.from_readings(load_profile("literal").readings)
    differing = {field.name for field in fields(Policy) if getattr(literal, field.name) != getattr(DEFAULT, field.name)}
    assert differing == {"first_day", "sms_on_holidays", "link_identity", "reminder_sunday", "reschedule_notice"}


@pytest.mark.parametrize(("name", "reading"), CHOICES)
def test_every_reading_of_a_choice_can_be_told(name: str, reading: str) -> None:
    assert getattr(Policy.from_readings({name: reading}), name) == reading


@pytest.mark.parametrize("name", [name for name, entry in PARAMETERS.items() if entry.kind == "choice"])
def test_a_choice_takes_no_other_word(name: str) -> None:
    with pytest.raises(PolicyError) as refused:
        Policy.from_readings({name: "perhaps"})
    assert (refused.value.field, refused.value.value) == (name, "perhaps")
    assert all(reading in refused.value.allowed for reading in PARAMETERS[name].readings)


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("max_reschedules", 0, 0),
        ("max_reschedules", 3, 3),
        ("max_reschedules", "unlimited", "unlimited"),
        ("warn_sms_delay", 3600, 3600),
        ("reminder_time", "07:00", "07:00"),
        ("reminder_time", "18:00", "18:00"),
        ("holidays", "none", ("none",)),
        ("holidays", ["national", "06-29", "2026-12-07"], ("national", "06-29", "2026-12-07")),
        ("csv_dialect", {"separator": ",", "header": True}, CsvDialect(separator=",", header=True)),
        ("csv_dialect", CsvDialect(encoding="cp1252"), CsvDialect(encoding="cp1252")),
        ("slot_grid", {"weekdays": ["sat"]}, SlotGrid(weekdays=("sat",))),
        ("slot_grid", {"bands": ["08:00-13:00"]}, SlotGrid(bands=("08:00-13:00",))),
        ("slot_grid", {"bands": ["00:00-01:00"]}, SlotGrid(bands=("00:00-01:00",))),
    ],
)
def test_values_of_other_kinds_are_kept_in_their_one_form(name: str, value: object, kept: object) -> None:
    assert getattr(Policy.from_readings({name: value}), name) == kept


@pytest.mark.parametrize(
    ("field", "readings"),
    [
        ("max_reschedules", {"max_reschedules": -1}),
        ("max_reschedules", {"max_reschedules": True}),
        ("max_reschedules", {"max_reschedules": "3"}),
        ("max_reschedules", {"max_reschedules": 1.5}),
        ("warn_timeout_notice", {"warn_timeout_notice": "24 h"}),
        ("reminder_time", {"reminder_time": "06:59"}),
        ("reminder_time", {"reminder_time": "18:01"}),
        ("reminder_time", {"reminder_time": "10"}),
        ("holidays", {"holidays": "roman"}),
        ("holidays", {"holidays": ["national", "29 giugno"]}),
        ("holidays", {"holidays": ["2026-W01-1"]}),
        ("holidays", {"holidays": 7}),
        ("csv_dialect", {"csv_dialect": {"quote": '"'}}),
        ("csv_dialect", {"csv_dialect": ";"}),
        ("csv_dialect.separator", {"csv_dialect": {"separator": "@"}}),
        ("csv_dialect.line_end", {"csv_dialect": {"line_end": "cr"}}),
        ("slot_grid", {"slot_grid": {"days": []}}),
        ("slot_grid.weekdays", {"slot_grid": {"weekdays": ["lun"]}}),
        ("slot_grid.weekdays", {"slot_grid": {"weekdays": "mon"}}),
        ("slot_grid.bands", {"slot_grid": {"bands": ["8-10"]}}),
        ("slot_grid.bands", {"slot_grid": {"bands": ["08:00-25:00"]}}),
        ("slot_grid.bands", {"slot_grid": {"bands": ["10:00-08:00"]}}),
        ("slot_grid.bands", {"slot_grid": {"bands": ["08:00-10:00", "09:00-11:00"]}}),
    ],
)
def test_a_value_that_a_parameter_cannot_take_is_refused_and_named(field: str, readings: dict[str, Any]) -> None:
    with pytest.raises(PolicyError) as refused:
        Policy.from_readings(readings)
    assert refused.value.field == field
    assert refused.value.allowed


def test_a_parameter_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(PolicyError, match="slow_lane: 'yes' is not allowed; allowed: a parameter among working_week"):
        Policy.from_readings({"slow_lane": "yes"})


@pytest.mark.parametrize(("day_end", "hours"), [("midnight", 24), ("20:00", 20), ("18:00", 18)])
def test_the_end_of_the_third_day_is_a_time_of_that_day(day_end: str, hours: int) -> None:
    assert Policy.from_readings({"day_end": day_end}).term_end_of_day == hours * HOUR


def test_times_are_milliseconds_of_the_day() -> None:
    assert Policy(reminder_time="10:30").reminder_time_of_day == 10 * HOUR + HOUR // 2
    assert SlotGrid(bands=("08:00-10:00", "22:00-24:00")).times()[1] == (22 * HOUR, DAY)


def test_a_policy_is_frozen_and_equal_by_its_values() -> None:
    assert len({Policy(), Policy(), Policy(reengage="yes")}) == 2
    with pytest.raises(FrozenInstanceError):
        DEFAULT.reengage = "yes"  # type: ignore[misc]


def test_the_tables_of_the_catalogue_are_the_tables_of_the_policy() -> None:
    for name in ("csv_dialect", "slot_grid"):
        assert getattr(Policy.from_readings({name: json.loads(PARAMETERS[name].default)}), name) == getattr(
            DEFAULT, name
        )
