"""Plain values as TOML, with a comment above whatever has one. Nothing here knows what a scenario is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from textwrap import wrap

BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
NOT_IN_COMMENTS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
WIDTH = 120
INLINE = frozenset({"services"})  # keys whose table stands in one line, as those of distributions do
OF_DISTRIBUTIONS = frozenset({"constant", "values", "quantiles", "distribution"})


def toml_text(values: Mapping[str, object], comments: Mapping[str, str], opening: str) -> str:
    """The text of a file. `comments` are by dotted path, positions in arrays of tables counted from 1."""
    lines = [*_comment(opening), *_table(values, comments, "", "")]
    return "\n".join(lines).rstrip() + "\n"


def _table(values: Mapping[str, object], comments: Mapping[str, str], path: str, name: str) -> Iterator[str]:
    """The keys of a table, then its tables. `path` is that of the comments, `name` that of the file."""
    for key, value in values.items():
        if not _is_table(key, value) and not _is_tables(value):
            yield from _comment(comments.get(f"{path}{key}", ""))
            yield f"{_key(key)} = {_value(value)}"
    for key, value in values.items():
        if _is_table(key, value):
            yield from _opened(value, comments, f"{path}{key}", f"[{name}{_key(key)}]")
            yield from _table(value, comments, f"{path}{key}.", f"{name}{_key(key)}.")  # type: ignore[arg-type]
        elif _is_tables(value):
            for number, table in enumerate(value, 1):  # type: ignore[arg-type, var-annotated]
                yield from _opened(table, comments, f"{path}{key}.{number}", f"[[{name}{_key(key)}]]")
                yield from _table(table, comments, f"{path}{key}.{number}.", f"{name}{_key(key)}.")


def _opened(table: object, comments: Mapping[str, str], path: str, head: str) -> Iterator[str]:
    """The head of a table; none for one that holds tables only."""
    members = table.items() if isinstance(table, Mapping) else ()
    if head.startswith("[[") or not members or not all(_is_table(key, value) for key, value in members):
        yield ""
        yield from _comment(comments.get(path, ""))
        yield head


def _is_table(key: str, value: object) -> bool:
    return isinstance(value, Mapping) and key not in INLINE and not OF_DISTRIBUTIONS & value.keys()


def _is_tables(value: object) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(isinstance(item, Mapping) for item in value)


def _comment(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield from (f"# {part}" for part in wrap(NOT_IN_COMMENTS.sub("\ufffd", line), WIDTH - 2))


def _key(key: str) -> str:
    return key if BARE_KEY.fullmatch(key) else _text(key)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {_value(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    return repr(value)
