"""Strict reading of a TOML table: every value is asked for by kind and bounds, and what nobody asked for is an error.

Errors name file, table, key and what is allowed. Nothing here knows what the values mean.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from reference_impl.civil_time import WEEKDAYS, parse_time_of_day
from sim.capacity.errors import ScenarioError

REQUIRED = object()
MOST_WEIGHT = 1e9


class Table:
    """One table of a file. Ask for each key once, then call `done`."""

    def __init__(self, file: str, name: str, members: Mapping[str, object]) -> None:
        self.file, self.name, self.members = file, name, members
        self._asked: list[str] = []

    def fault(self, key: str, value: object, allowed: str) -> ScenarioError:
        """An error at a key of this table."""
        return ScenarioError(self.file, self.name, key, value, allowed)

    def has(self, key: str) -> bool:
        """Whether the key is written."""
        return key in self.members

    def done(self) -> None:
        """Raise ScenarioError for a key that was not asked for."""
        for key, value in self.members.items():
            if key not in self._asked:
                raise self.fault(key, value, "no such key; the keys are " + ", ".join(self._asked))

    def get(self, key: str, default: object = REQUIRED) -> object:
        """The value as written, or the default. Raises ScenarioError where it is required and missing."""
        if key not in self._asked:
            self._asked.append(key)
        if key in self.members:
            return self.members[key]
        if default is REQUIRED:
            raise self.fault(key, None, "a value: the key is required")
        return default

    def number(self, key: str, default: object = REQUIRED, *, low: float = 0.0, high: float = math.inf) -> float:
        """A finite number from `low` to `high`."""
        value = self.get(key, default)
        allowed = f"a number from {low:,.10g}" + (f" to {high:,.10g}" if high < math.inf else "")
        return self._number(key, value, low, high, allowed)

    def share(self, key: str, default: object = REQUIRED) -> float:
        """A probability."""
        return self._number(key, self.get(key, default), 0.0, 1.0, "a probability, 0 to 1")

    def whole(self, key: str, default: object = REQUIRED, *, low: int = 0, high: int = 10**9) -> int:
        """A whole number from `low` to `high`."""
        value = self.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise self.fault(key, value, f"a whole number from {low} to {high:,}")
        return value

    def flag(self, key: str, default: object = REQUIRED) -> bool:
        """True or false."""
        value = self.get(key, default)
        if not isinstance(value, bool):
            raise self.fault(key, value, "true or false")
        return value

    def text(self, key: str, default: object = REQUIRED) -> str:
        """A text."""
        value = self.get(key, default)
        if not isinstance(value, str):
            raise self.fault(key, value, "a text")
        return value

    def word(self, key: str, words: Sequence[str], default: object = REQUIRED) -> str:
        """One of some words."""
        value = self.get(key, default)
        if not isinstance(value, str) or value not in words:
            raise self.fault(key, value, " or ".join(words))
        return value

    def day(self, key: str, default: object = REQUIRED) -> date:
        """A date, written without quotes."""
        value = self.get(key, default)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.fault(key, value, "a date such as 2026-03-02, without quotes")
        return value

    def weights(self, key: str, count: int, default: object = REQUIRED) -> tuple[float, ...]:
        """That many weights, none negative, not all zero."""
        value = self.get(key, default)
        allowed = f"{count} numbers from 0 to {MOST_WEIGHT:,.10g}, not all 0"
        if not isinstance(value, list | tuple) or len(value) != count:
            raise self.fault(key, value, allowed)
        numbers = tuple(self._number(key, item, 0.0, MOST_WEIGHT, allowed) for item in value)
        if not sum(numbers):
            raise self.fault(key, value, allowed)
        return numbers

    def words(self, key: str, default: object = REQUIRED) -> tuple[str, ...]:
        """A list of texts."""
        value = self.get(key, default)
        if not isinstance(value, list | tuple) or not all(isinstance(word, str) for word in value):
            raise self.fault(key, value, "a list of texts")
        return tuple(value)

    def weekdays(self, key: str, default: object = REQUIRED) -> tuple[int, ...]:
        """Days of the week, 0 = Monday."""
        names = self.words(key, default)
        for name in names:
            if name not in WEEKDAYS:
                raise self.fault(key, list(names), "a list of days among " + ", ".join(WEEKDAYS))
        if not names:
            raise self.fault(key, [], "at least one day among " + ", ".join(WEEKDAYS))
        return tuple(sorted({WEEKDAYS.index(name) for name in names}))

    def span(self, key: str, default: object = REQUIRED) -> tuple[int, int]:
        """A part of the day `HH:MM-HH:MM` as milliseconds of the day."""
        value = self.get(key, default)
        allowed = "a part of the day such as 09:00-18:00"
        if not isinstance(value, str) or value.count("-") != 1:
            raise self.fault(key, value, allowed)
        try:
            start, end = (parse_time_of_day(part) for part in value.split("-"))
        except ValueError as error:
            raise self.fault(key, value, allowed) from error
        if start >= end:
            raise self.fault(key, value, allowed + ", the end after the start")
        return start, end

    def shares(self, key: str, names: Sequence[str], default: object = REQUIRED) -> dict[str, float]:
        """A table of weights by name, scaled to sum to 1, in the order of `names`."""
        value = self.get(key, default)
        if not isinstance(value, Mapping) or not value:
            raise self.fault(key, value, "a table of weights with names among " + ", ".join(names))
        for name in value:
            if name not in names:
                raise self.fault(f"{key}.{name}", value[name], "names among " + ", ".join(names))
        table = Table(self.file, f"{self.name}.{key}" if self.name else key, value)
        weights = {name: table.number(name, high=MOST_WEIGHT) for name in names if name in value}
        if not sum(weights.values()):
            raise self.fault(key, dict(value), "weights that are not all 0")
        return {name: weight / sum(weights.values()) for name, weight in weights.items()}

    def table(self, key: str, default: object = REQUIRED) -> Table:
        """A table within this one; absent, the default is one that is empty or given."""
        value = self.get(key, default)
        if not isinstance(value, Mapping):
            raise self.fault(key, value, "a table")
        return Table(self.file, f"{self.name}.{key}" if self.name else key, value)

    def tables(self, key: str, default: object = REQUIRED) -> Iterator[Table]:
        """The tables of an array of tables, named by their position from 1."""
        value = self.get(key, default)
        if not isinstance(value, list | tuple) or not all(isinstance(item, Mapping) for item in value):
            raise self.fault(key, value, "an array of tables")
        prefix = f"{self.name}.{key}" if self.name else key
        for position, item in enumerate(value, 1):
            yield Table(self.file, f"{prefix} {position}", item)

    def _number(self, key: str, value: object, low: float, high: float, allowed: str) -> float:
        fits = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        if not fits or not low <= value <= high:  # type: ignore[operator]
            raise self.fault(key, value, allowed)
        return float(value)  # type: ignore[arg-type]
