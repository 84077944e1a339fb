"""Profiles: the named ones, TOML files, and errors that say which line, which key and what is allowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.judging.catalogue import FEATURES, catalogue, load_catalogue
from reports.judging.errors import InputError
from reports.judging.profiles import load_profile


def written(folder: Path, text: str) -> str:
    (folder / "mine.toml").write_text(text, encoding="utf-8")
    return str(folder / "mine.toml")


def test_the_named_profiles_hold_every_parameter() -> None:
    for name in ("default", "literal", "any"):
        assert load_profile(name).readings.keys() == catalogue().parameters.keys()
    assert load_profile("default").readings["first_day"] == "if_working"
    assert load_profile("literal").readings["first_day"] == "always"


def test_any_declares_only_thresholds() -> None:
    named = load_profile("any")
    declared = {name for name in catalogue().parameters if name not in named.undeclared}
    assert declared == {
        "never_after", "warn_first_notice", "warn_booked_notice", "warn_timeout_notice", "warn_sms_delay",
    }  # fmt: skip
    assert named.readings["never_after"] == "unlimited"
    assert not load_profile("default").undeclared


def test_the_text_is_silent_on_open_readings_and_disputed_on_the_others() -> None:
    natures = {name: parameter.nature for name, parameter in catalogue().parameters.items()}
    assert {natures[name] for name in ("csv_date", "offered_days", "cancelled_row")} == {"open"}
    assert {natures[name] for name in ("working_week", "first_day", "reminder_sunday")} == {"disputed"}


def test_a_file_extends_a_named_profile_and_declares(tmp_path: Path) -> None:
    text = 'extends = "any"\nworking_week = "mon_sat"\nholidays = ["national", "06-24"]\nwarn_sms_delay = "2 h"\n'
    profile = load_profile(written(tmp_path, text))
    assert profile.name == "mine"
    assert profile.readings["working_week"] == "mon_sat"
    assert profile.readings["holidays"] == ("national", "06-24")
    assert profile.readings["warn_sms_delay"] == 7200
    assert "working_week" not in profile.undeclared
    assert "first_day" in profile.undeclared


def test_a_table_is_completed_from_the_default(tmp_path: Path) -> None:
    profile = load_profile(written(tmp_path, '[csv_dialect]\nseparator = ","\n'))
    dialect = profile.readings["csv_dialect"]
    assert isinstance(dialect, dict)
    assert (dialect["separator"], dialect["encoding"]) == (",", "utf-8")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ('\nworking_week = "mon_sun"', ("line 2", "working_week", "mon_sat")),
        ('working_weak = "mon_sat"', ("line 1", "working_weak", "unknown parameter", "working_week")),
        ('extends = "mine"', ("line 1", "extends", "literal")),
        ('holidays = ["02-30"]', ("holidays", "MM-DD")),
        ('reminder_time = "25:00"', ("reminder_time", "HH:MM")),
        ("max_reschedules = -1", ("max_reschedules", "unlimited")),
        ('warn_sms_delay = "soon"', ("warn_sms_delay", "24 h")),
        ('\n[csv_dialect]\nseparator = "x"', ("line 2", "csv_dialect", "separator")),
        ('[slot_grid]\nbands = ["10:00-08:00"]', ("slot_grid", "bands")),
        ("working_week = ", ("is not TOML",)),
    ],
)
def test_a_bad_profile_is_told_by_line_key_and_what_is_allowed(
    text: str, parts: tuple[str, ...], tmp_path: Path
) -> None:
    path = written(tmp_path, text)
    with pytest.raises(InputError) as raised:
        load_profile(path)
    assert str(raised.value).startswith(path)
    for part in parts:
        assert part in str(raised.value)


def test_an_unknown_profile_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="unknown profile 'strict'"):
        load_profile("strict")
    with pytest.raises(InputError, match="cannot be read"):
        load_profile(str(tmp_path / "missing.toml"))


def test_the_tables_of_the_catalogue_are_checked(tmp_path: Path) -> None:
    for name in ("rules.csv", "readings.csv"):
        (tmp_path / name).write_text((FEATURES / name).read_text(encoding="utf-8"), encoding="utf-8")
    assert load_catalogue(tmp_path) == catalogue()
    with (tmp_path / "readings.csv").open("a", encoding="utf-8") as table:
        table.write("new,choice,open,a|b,a,a,CSV-9,t,t\n")
    with pytest.raises(InputError, match="unknown rule 'CSV-9'"):
        load_catalogue(tmp_path)
