"""What was inferred as a profile: TOML that `--profile` takes, so that what one trace showed is asked of the next.

What lives here: writing a profile. It must not know how anything was inferred.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from reports.judging.catalogue import catalogue
from reports.judging.errors import InputError
from reports.judging.profiles import Profile, named_profile
from reports.words.reading_words import OR_MORE, values_left


def write_inferred(path: Path, profile: Profile, inferred: Mapping[str, Sequence[str]]) -> None:
    """Write the profile that a trace was judged under with what was inferred; InputError if the file cannot be."""
    try:
        path.write_text(inferred_profile(profile, inferred), encoding="utf-8")
    except OSError as problem:
        raise InputError(str(path), f"cannot be written: {problem.strerror}", "a file in a folder") from problem


def inferred_profile(profile: Profile, inferred: Mapping[str, Sequence[str]]) -> str:
    """The TOML text: what was declared, each reading of which one value is left, and the others as comments."""
    base = named_profile("any" if profile.undeclared else "default")
    lines = [f'extends = "{base.name}"']
    for name, value in profile.readings.items():
        if name not in profile.undeclared and (name in base.undeclared or value != base.readings[name]):
            lines.append(f"{name} = {_toml(value)}")
    for name, values in inferred.items():
        if len(values) == 1 and not values[0].endswith(OR_MORE):
            lines.append(f"{name} = {_toml(_value(name, values[0]))}  # inferred")
        elif values:
            lines.append(f"# {name}: {values_left(values).en} explain what was seen")
        else:
            lines.append(f"# {name}: no value explains what was seen")
    return "\n".join(lines) + "\n"


def _value(name: str, text: str) -> object:
    is_count = catalogue().parameters[name].kind == "count"
    return int(text) if is_count and text.isdecimal() else text


def _toml(value: object) -> str:
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{key} = {_toml(entry)}' for key, entry in value.items())} }}"
    return json.dumps(value, ensure_ascii=False)
