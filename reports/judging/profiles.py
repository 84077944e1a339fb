"""Profiles of readings: one parser for named profiles, TOML files and readings declared in a trace.

What lives here: turning names and tables into checked values. It must not know how a reading is used.
Values: choices, times and dates are strings, durations are seconds, `max_reschedules` is a number or "unlimited".
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from pathlib import Path
from types import MappingProxyType

from reports.facts import WEEKDAYS, WINDOW_CLOSES_HOUR, WINDOW_OPENS_HOUR
from reports.judging.catalogue import Catalogue, Parameter, catalogue
from reports.judging.errors import InputError

LEFT_OPEN = frozenset({"choice", "count", "time", "days", "dialect", "grid"})  # the kinds that `any` does not declare
NAMED_PROFILES = ("default", "literal", "any")
WEEKDAY_KEYS = tuple(weekday.key for weekday in WEEKDAYS)
OPERATING_DAY_SECONDS = (WINDOW_CLOSES_HOUR - WINDOW_OPENS_HOUR) * 3600
UNIT_SECONDS = {"s": 1, "min": 60, "h": 3600, "d": 86400, "operating day": OPERATING_DAY_SECONDS}
DIALECT_MEMBERS: Mapping[str, Callable[[object], bool]] = {
    "separator": lambda value: isinstance(value, str) and value in {";", ",", "|", "\t"},
    "header": lambda value: isinstance(value, bool),
    "encoding": lambda value: isinstance(value, str) and value in {"utf-8", "utf-8-sig", "iso-8859-1", "cp1252"},
    "line_end": lambda value: isinstance(value, str) and value in {"crlf", "lf"},
    "phone_format": lambda value: isinstance(value, str) and value in {"e164", "national"},
}
ALLOWED_BY_KIND = {
    "time": "a time of day HH:MM from 07:00 to 18:00",
    "count": 'a number from 0, or "unlimited"',
    "duration": 'seconds, or text such as "24 h", "30 min", "1 operating day"',
    "limit": 'seconds, text such as "30 d", or "unlimited"',
    "days": '"national", "none", or a list of them and of days "MM-DD" or "YYYY-MM-DD"',
    "dialect": 'separator (";" "," "|" tab), header (true false), encoding ("utf-8" "utf-8-sig" "iso-8859-1" '
    '"cp1252"), line_end ("crlf" "lf"), phone_format ("e164" "national")',
    "grid": f'weekdays (list of "{WEEKDAY_KEYS[0]}".."{WEEKDAY_KEYS[-1]}") and bands '
    '(list of "HH:MM-HH:MM", in order, not overlapping)',
}


@dataclass(frozen=True, slots=True)
class Profile:
    """Readings in force by parameter; `undeclared` are the choices to be tried in every reading."""

    name: str
    readings: Mapping[str, object]
    undeclared: frozenset[str]


def load_profile(name_or_path: str) -> Profile:
    """A named profile or the TOML file at that path; InputError names file, line, key and what is allowed."""
    if name_or_path in NAMED_PROFILES:
        return named_profile(name_or_path)
    path = Path(name_or_path)
    if not name_or_path or (path.suffix != ".toml" and not path.exists()):
        known = ", ".join(NAMED_PROFILES)
        raise InputError("profile", f"unknown profile {name_or_path!r}", f"{known}, or the path of a TOML file")
    return _from_toml(path)


def single_behaviour(name_or_path: str) -> Mapping[str, object]:
    """The readings of a profile that is one behaviour, as a system needs them; InputError for `any`."""
    profile = load_profile(name_or_path)
    if profile.undeclared:
        raise InputError("--profile", "any is no single behaviour", "default, literal or a TOML file")
    return profile.readings


def named_profile(name: str) -> Profile:
    """One of `default`, `literal`, `any`."""
    parameters = catalogue().parameters
    column = "literal" if name == "literal" else "default"
    readings = {
        key: checked(parameter, _cell(parameter, column), f"profile {name}") for key, parameter in parameters.items()
    }
    if name != "any":
        return Profile(name, MappingProxyType(readings), frozenset())
    undeclared = (key for key, parameter in parameters.items() if parameter.kind in LEFT_OPEN)
    return Profile(name, MappingProxyType(readings | {"never_after": "unlimited"}), frozenset(undeclared))


def declare(declared: Mapping[str, object], place: str) -> dict[str, object]:
    """Checked values of the declared readings; InputError at `place` for an unknown parameter or value."""
    return {key: checked(_known(key, catalogue(), place), value, place) for key, value in declared.items()}


def declaring(base: Profile, declared: Mapping[str, object], place: str) -> Profile:
    """The base with these readings declared; what they do not say is as the base says. InputError as of `declare`."""
    readings = declare(declared, place)
    return Profile(base.name, MappingProxyType({**base.readings, **readings}), base.undeclared - readings.keys())


def checked(parameter: Parameter, value: object, place: str) -> object:
    """The value in its canonical form, or InputError."""
    if parameter.kind == "choice":
        if isinstance(value, str) and value in parameter.readings:
            return value
        allowed = ", ".join(f'"{reading}"' for reading in parameter.readings)
    else:
        canonical = _CANONICAL[parameter.kind](value)
        if canonical is not None:
            return canonical
        allowed = ALLOWED_BY_KIND[parameter.kind]
    raise InputError(f"{place}, key {parameter.name}", f"impossible value {value!r}", allowed)


def _from_toml(path: Path) -> Profile:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as problem:
        raise InputError(str(path), f"cannot be read: {problem.strerror}", "a readable TOML file") from problem
    except UnicodeDecodeError as problem:
        raise InputError(str(path), "is not UTF-8", "a TOML file in UTF-8") from problem
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as problem:
        raise InputError(str(path), f"is not TOML: {problem}", "TOML 1.0, one parameter a line") from problem
    base_name = table.pop("extends", "default")
    if base_name not in NAMED_PROFILES:
        place = f"{path}, line {_line_of('extends', text)}, key extends"
        raise InputError(place, f"unknown profile {base_name!r}", ", ".join(NAMED_PROFILES))
    profile = replace(named_profile(base_name), name=path.stem)
    for key, value in table.items():
        profile = declaring(profile, {key: value}, f"{path}, line {_line_of(key, text)}")
    return profile


def _known(key: str, known: Catalogue, place: str) -> Parameter:
    if key not in known.parameters:
        raise InputError(f"{place}, key {key}", "unknown parameter", ", ".join(known.parameters))
    return known.parameters[key]


def _line_of(key: str, text: str) -> int:
    pattern = re.compile(rf"\s*\[?\s*[\"']?{re.escape(key)}[\"']?\s*[\].=]")
    return next((number for number, line in enumerate(text.splitlines(), 1) if pattern.match(line)), 1)


def _cell(parameter: Parameter, column: str) -> object:
    cell = parameter.literal if column == "literal" else parameter.default
    return json.loads(cell) if cell.startswith("{") else cell


def _time(value: object) -> str | None:
    text = value.strftime("%H:%M") if isinstance(value, time) else value
    if not isinstance(text, str) or not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text):
        return None
    return text if "07:00" <= text <= "18:00" else None


def _count(value: object) -> int | str | None:
    if value == "unlimited":
        return "unlimited"
    if isinstance(value, str) and value.isdecimal():  # as the table of the catalogue writes it
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _duration(value: object) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return value if value >= 0 else None
    match = re.fullmatch(r"(\d{1,6})\s*(s|min|h|d|operating day)s?", value) if isinstance(value, str) else None
    return int(match[1]) * UNIT_SECONDS[match[2]] if match else None


def _days(value: object) -> str | tuple[str, ...] | None:
    if isinstance(value, str):
        return value if value in {"national", "none"} else None
    if not isinstance(value, list | tuple):
        return None
    entries = tuple(entry.isoformat() if isinstance(entry, date) else entry for entry in value)
    return entries if all(_is_day(entry) for entry in entries) else None


def _is_day(entry: object) -> bool:
    if not isinstance(entry, str):
        return False
    if entry in {"national", "none"}:
        return True
    if not re.fullmatch(r"(\d{4}-)?\d\d-\d\d", entry):
        return False
    try:
        date.fromisoformat(entry if len(entry) == 10 else f"2024-{entry}")
    except ValueError:
        return False
    return True


def _dialect(value: object) -> Mapping[str, object] | None:
    if not isinstance(value, Mapping) or not set(value) <= DIALECT_MEMBERS.keys():
        return None
    base = json.loads(catalogue().parameters["csv_dialect"].default)
    table: dict[str, object] = {**base, **value}
    return table if all(DIALECT_MEMBERS[member](entry) for member, entry in table.items()) else None


def _grid(value: object) -> Mapping[str, object] | None:
    if not isinstance(value, Mapping) or not set(value) <= {"weekdays", "bands"}:
        return None
    base = json.loads(catalogue().parameters["slot_grid"].default)
    table: dict[str, object] = {**base, **value}
    weekdays, bands = table["weekdays"], table["bands"]
    if not isinstance(weekdays, list) or not isinstance(bands, list) or not weekdays or not bands:
        return None
    if not all(day in WEEKDAY_KEYS for day in weekdays) or len({*weekdays}) != len(weekdays):
        return None
    return table if _bands_follow(bands) else None


def _bands_follow(bands: list[object]) -> bool:
    moment = r"(?:[01]\d|2[0-3]):[0-5]\d"
    if not all(isinstance(band, str) and re.fullmatch(rf"{moment}-{moment}", band) for band in bands):
        return False
    edges = [edge for band in bands for edge in str(band).split("-")]
    starts, ends = edges[::2], edges[1::2]
    return all(start < end for start, end in zip(starts, ends, strict=True)) and edges == sorted(edges)


_CANONICAL: Mapping[str, Callable[[object], object]] = {
    "time": _time,
    "count": _count,
    "duration": _duration,
    "limit": lambda value: value if value == "unlimited" else _duration(value),
    "days": _days,
    "dialect": _dialect,
    "grid": _grid,
}
