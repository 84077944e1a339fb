"""The readings of the service description as data: one frozen policy object, one field for each parameter.

The defaults are the `default` profile. Profiles and their TOML form are read elsewhere; a policy is built from plain
values by `Policy.from_readings`. Nothing here acts on a reading: the code that does looks it up in the policy.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any, Literal, get_args, get_type_hints

from reference_impl.civil_time import DAY, WEEKDAYS, parse_time_of_day
from reference_impl.errors import PolicyError

YesNo = Literal["yes", "no"]
OPERATING_DAY_SECONDS = 13 * 3600
HOLIDAY = re.compile(r"national|none|(\d{4}-)?\d{2}-\d{2}", re.ASCII)
BAND = re.compile(r"\d{2}:\d{2}-\d{2}:\d{2}", re.ASCII)
EARLIEST_REMINDER, LATEST_REMINDER = "07:00", "18:00"  # REM-1


@dataclass(frozen=True, slots=True)
class CsvDialect:
    """How the CSV file is written (CSV-2): nothing of it is stated, so all of it is a reading."""

    separator: str = ";"
    header: bool = False
    encoding: str = "utf-8"
    line_end: Literal["crlf", "lf"] = "crlf"
    phone_format: Literal["e164", "national"] = "e164"

    def __post_init__(self) -> None:
        allowed = {
            "separator": (";", ",", "|", "\t"),
            "header": (True, False),
            "encoding": ("utf-8", "utf-8-sig", "iso-8859-1", "cp1252"),
            "line_end": ("crlf", "lf"),
            "phone_format": ("e164", "national"),
        }
        for name, values in allowed.items():
            if getattr(self, name) not in values:
                raise PolicyError(f"csv_dialect.{name}", getattr(self, name), " or ".join(map(repr, values)))


@dataclass(frozen=True, slots=True)
class SlotGrid:
    """The bands that exist on each of the weekdays: data of the world, not a rule."""

    weekdays: tuple[str, ...] = WEEKDAYS[:5]
    bands: tuple[str, ...] = ("08:00-10:00", "10:00-12:00", "12:00-14:00", "14:00-16:00", "16:00-18:00")

    def __post_init__(self) -> None:
        for name in self.weekdays:
            if name not in WEEKDAYS:
                raise PolicyError("slot_grid.weekdays", name, ", ".join(WEEKDAYS))
        previous_end = 0
        for band in self.bands:
            start, end = _band(band)
            if not previous_end <= start < end:
                raise PolicyError("slot_grid.bands", band, "bands that end after they start, in order, not overlapping")
            previous_end = end

    def times(self) -> tuple[tuple[int, int], ...]:
        """The bands as (start, end), milliseconds of the day."""
        return tuple(map(_band, self.bands))


def _band(band: str) -> tuple[int, int]:
    if not BAND.fullmatch(band):
        raise PolicyError("slot_grid.bands", band, "HH:MM-HH:MM")
    try:
        return parse_time_of_day(band[:5]), parse_time_of_day(band[6:])
    except ValueError as error:
        raise PolicyError("slot_grid.bands", band, "HH:MM-HH:MM") from error


@dataclass(frozen=True, slots=True)
class Policy:
    """Every reading that the service can be told. Field names are the parameters of `readings.csv`."""

    working_week: Literal["mon_fri", "mon_sat"] = "mon_fri"
    holidays: tuple[str, ...] = ("national",)
    first_day: Literal["if_working", "always"] = "if_working"
    day_end: Literal["midnight", "20:00", "18:00"] = "midnight"
    sms_on_holidays: YesNo = "no"
    sms_cadence: Literal["continuous", "two_hourly"] = "continuous"
    csv_rollover: Literal["calendar_day", "operating_day"] = "calendar_day"
    csv_cadence: Literal["table", "immediate", "latest"] = "table"
    csv_date: Literal["sms_day", "deposit_day"] = "sms_day"
    csv_file: Literal["per_run", "per_order"] = "per_run"
    csv_dialect: CsvDialect = field(default_factory=CsvDialect)
    first_notice_unconditional: YesNo = "yes"
    link_identity: Literal["per_channel", "shared"] = "per_channel"
    domain_match: Literal["exact", "subdomain"] = "exact"
    late_booking: Literal["reject", "accept"] = "reject"
    earliest_slot: Literal["reminder_possible", "next_day", "any"] = "reminder_possible"
    reminder_sunday: Literal["anticipate", "send"] = "anticipate"
    reminder_time: str = "10:00"
    reminder_on_reschedule: Literal["resend", "once"] = "resend"
    cutoff_included: YesNo = "yes"
    window_end_included: YesNo = "yes"
    reschedule_notice: Literal["repeat", "none"] = "repeat"
    max_reschedules: int | Literal["unlimited"] = "unlimited"
    refusal_notice: Literal["immediate", "term_end"] = "immediate"
    refusal_final: YesNo = "yes"
    race_retry: Literal["idempotent", "reject"] = "idempotent"
    both_codes: Literal["progetto_wins", "reject"] = "progetto_wins"
    unknown_code: Literal["ordinary", "reject"] = "ordinary"
    ineligible: Literal["ordinary", "reject"] = "ordinary"
    delivery_scope: Literal["any_disaggregated", "pdc_disaggregated"] = "any_disaggregated"
    bad_number: Literal["no_sms", "fail"] = "no_sms"
    sla_resume: Literal["appointment", "booking", "visit"] = "appointment"
    reengage: YesNo = "no"
    cancel: Literal["stops_all"] = "stops_all"
    cancelled_row: Literal["owed", "dropped"] = "owed"
    never_after: int | Literal["unlimited"] = 30 * 24 * 3600
    offered_days: int | Literal["unlimited"] = 30
    slot_grid: SlotGrid = field(default_factory=SlotGrid)
    warn_first_notice: int = 24 * 3600
    warn_booked_notice: int = 3600
    warn_timeout_notice: int = 24 * 3600
    warn_sms_delay: int = OPERATING_DAY_SECONDS

    @property
    def reminder_time_of_day(self) -> int:
        """`reminder_time` as milliseconds of the day."""
        return parse_time_of_day(self.reminder_time)

    @property
    def term_end_of_day(self) -> int:
        """Milliseconds of day 3 at which the term ends; `midnight` is the end of that day."""
        return DAY if self.day_end == "midnight" else parse_time_of_day(self.day_end)

    @staticmethod
    def from_readings(readings: Mapping[str, object]) -> Policy:
        """A policy from plain values, `default` where nothing is said.

        Raises PolicyError for a parameter that does not exist or a value that it cannot take.
        """
        hints = _hints()
        values: dict[str, object] = {}
        for name, value in readings.items():
            if name not in hints:
                raise PolicyError(name, value, "a parameter among " + ", ".join(hints))
            values[name] = _COMPOUND[name](value) if name in _COMPOUND else _choice(name, value, hints[name])
        return Policy(**values)  # type: ignore[arg-type]  # each value was checked against the field's type


@cache
def _hints() -> Mapping[str, object]:
    return get_type_hints(Policy)


def _choice(name: str, value: object, hint: object) -> object:
    """Check a value against the field's Literal, `str` or `int` type."""
    words = [word for part in (hint, *get_args(hint)) for word in (get_args(part) or ()) if isinstance(word, str)]
    takes_count = hint is int or int in get_args(hint)
    if value in words or (takes_count and isinstance(value, int) and not isinstance(value, bool) and value >= 0):
        return value
    raise PolicyError(name, value, " or ".join(words + (["a whole number from 0"] if takes_count else [])))


def _holidays(value: object) -> tuple[str, ...]:
    words = (value,) if isinstance(value, str) else _words("holidays", value)
    for word in words:
        if not HOLIDAY.fullmatch(word):
            raise PolicyError("holidays", word, "national, none, or a day MM-DD or YYYY-MM-DD")
    return words


def _words(name: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(word, str) for word in value):
        raise PolicyError(name, value, "a list of words")
    return tuple(value)


def _time(value: object) -> str:
    allowed = f"a time of day HH:MM from {EARLIEST_REMINDER} to {LATEST_REMINDER}"
    try:
        at = parse_time_of_day(str(value))
    except ValueError as error:
        raise PolicyError("reminder_time", value, allowed) from error
    if not parse_time_of_day(EARLIEST_REMINDER) <= at <= parse_time_of_day(LATEST_REMINDER):
        raise PolicyError("reminder_time", value, allowed)
    return str(value)


def _dialect(value: object) -> CsvDialect:
    return value if isinstance(value, CsvDialect) else CsvDialect(**_table("csv_dialect", value, CsvDialect))


def _grid(value: object) -> SlotGrid:
    if isinstance(value, SlotGrid):
        return value
    members = _table("slot_grid", value, SlotGrid)
    return SlotGrid(**{name: _words(f"slot_grid.{name}", words) for name, words in members.items()})


def _table(name: str, value: object, kind: type[Any]) -> dict[str, Any]:
    allowed = [item.name for item in fields(kind)]
    if not isinstance(value, Mapping) or not set(value) <= set(allowed):
        raise PolicyError(name, value, "a table with " + ", ".join(allowed))
    return dict(value)


_COMPOUND = {"holidays": _holidays, "reminder_time": _time, "csv_dialect": _dialect, "slot_grid": _grid}

DEFAULT = Policy()
