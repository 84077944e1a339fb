"""How the tables of a scenario file are checked: pydantic checks them, and its errors become one line of ours.

What lives here: the base of all tables, the kinds of their values, and that line. Every kind says what it allows; the
line names file, table and key. It must not know what a value means.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    PlainValidator,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError, core_schema

from reference_impl.civil_time import WEEKDAYS, parse_time_of_day
from sim.capacity.errors import NO_SUCH_KEY, ScenarioError

MOST_WEIGHT = 1e9
REQUIRED = "a value: the key is required"
NOT_ALLOWED = "not_allowed"
Place = tuple[int | str, ...]
Read = TypeVar("Read", bound=BaseModel)


class FileTable(BaseModel):
    """A table of the file. A key that it does not name is refused, unless it is `open`: then it checks them itself."""

    model_config = ConfigDict(strict=True, frozen=True, extra="allow", arbitrary_types_allowed=True)
    is_open: ClassVar[bool] = False

    @model_validator(mode="after")
    def _has_no_other_key(self) -> Self:
        others = {} if self.is_open else self.model_extra or {}
        for key, value in others.items():
            raise no_such_key(key, value, [field.alias or name for name, field in type(self).model_fields.items()])
        return self


def not_allowed(allowed: str, value: object, *place: str) -> PydanticCustomError:
    """The error of a value. `place` is where it is below the value that is checked."""
    return PydanticCustomError(NOT_ALLOWED, "not allowed", {"allowed": allowed, "value": value, "place": place})


def no_such_key(key: str, value: object, keys: Sequence[str], *tables: str) -> PydanticCustomError:
    """The error of a key that nobody reads, in one of `tables` below the value that is checked."""
    return not_allowed(f"{NO_SUCH_KEY}; the keys are " + ", ".join(keys), value, *tables, key)


def read_table(kind: type[Read], values: object, file: str, context: object = None) -> Read:
    """The top table of a file, read. Raises ScenarioError for the first thing that is wrong."""
    try:
        return kind.model_validate(values, context=context)
    except ValidationError as error:
        raise _in_one_line(file, values, error.errors(include_url=False)[0]) from error


def _in_one_line(file: str, values: object, error: ErrorDetails) -> ScenarioError:
    place, kind = error["loc"], error["type"]
    if kind == NOT_ALLOWED:
        details = error["ctx"]
        return ScenarioError(file, *_table_and_key((*place, *details["place"])), details["value"], details["allowed"])
    if kind == "missing":
        return ScenarioError(file, *_table_and_key(place), None, REQUIRED)
    if isinstance(place[-1], int):  # an item of an array
        place, kind = place[:-1], "tuple_type"
    allowed = "an array of tables" if kind == "tuple_type" else "a table"
    return ScenarioError(file, *_table_and_key(place), _value_at(values, place), allowed)


def _table_and_key(place: Place) -> tuple[str, str]:
    """`operators 1.call_centre` and `agents`: a position counts from 1."""
    *tables, key = place
    if str(key).startswith("."):  # a name within a value
        key = f"{tables.pop()}{key}"
    words = [f" {part + 1}" if isinstance(part, int) else f".{part}" for part in tables]
    return "".join(words).removeprefix("."), str(key)


def _value_at(values: Any, place: Place) -> object:
    for part in place:
        values = values[part]
    return values


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """A kind of values, as pydantic checks it. Whatever is wrong with a value, the error says what is allowed."""

    schema: core_schema.CoreSchema
    allowed: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_wrap_validator_function(self._check, self.schema)

    def _check(self, value: object, handler: Callable[[object], object]) -> object:
        try:
            return handler(value)
        except ValidationError as error:
            raise not_allowed(self.allowed, value) from error


def number(low: float = 0.0, high: float = math.inf) -> Kind:
    """A finite number from `low` to `high`."""
    allowed = f"a number from {low:,.10g}" + (f" to {high:,.10g}" if high < math.inf else "")
    return Kind(core_schema.float_schema(ge=low, le=high, allow_inf_nan=False, strict=True), allowed)


def whole(low: int = 0, high: int = 10**9) -> Kind:
    """A whole number from `low` to `high`."""
    allowed = f"a whole number from {low} to {high:,}"
    return Kind(core_schema.int_schema(ge=low, le=high, strict=True), allowed)


def word(*words: str) -> Kind:
    """One of some words."""
    return Kind(core_schema.literal_schema(list(words)), " or ".join(words))


def matching(grammar: re.Pattern[str], allowed: str) -> AfterValidator:
    """A text that fits a grammar whole."""

    def check(text: str) -> str:
        if grammar.fullmatch(text) is None:
            raise not_allowed(allowed, text)
        return text

    return AfterValidator(check)


def weights_of(value: object, count: int) -> tuple[float, ...]:
    """That many weights, none negative, not all zero."""
    allowed = f"{count} numbers from 0 to {MOST_WEIGHT:,.10g}, not all 0"
    if not isinstance(value, list | tuple) or len(value) != count:
        raise not_allowed(allowed, value)
    for item in value:
        if not is_number(item, 0, MOST_WEIGHT):
            raise not_allowed(allowed, item)
    if not sum(value):
        raise not_allowed(allowed, value)
    return tuple(map(float, value))


def weights(count: int) -> PlainValidator:
    """The kind of such weights."""
    return PlainValidator(lambda value: weights_of(value, count))


def shares(names: Sequence[str]) -> PlainValidator:
    """A table of weights by name, scaled to sum to 1, in the order of `names`."""
    among = "names among " + ", ".join(names)
    allowed_weight = f"a number from 0 to {MOST_WEIGHT:,.10g}"

    def check(value: object) -> dict[str, float]:
        if not isinstance(value, Mapping) or not value:
            raise not_allowed("a table of weights with " + among, value)
        for name, weight in value.items():
            if name not in names:
                raise not_allowed(among, weight, f".{name}")
            if not is_number(weight, 0, MOST_WEIGHT):
                raise not_allowed(allowed_weight, weight, name)
        total = sum(float(value[name]) for name in names if name in value)
        if not total:
            raise not_allowed("weights that are not all 0", dict(value))
        return {name: float(value[name]) / total for name in names if name in value}

    return PlainValidator(check)


def is_number(value: object, low: float, high: float) -> bool:
    """Whether a value is a finite number within bounds."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    return math.isfinite(value) and low <= value <= high


def _weekdays(names: tuple[str, ...]) -> tuple[int, ...]:
    among = ", ".join(WEEKDAYS)
    if not set(names) <= set(WEEKDAYS):
        raise not_allowed("a list of days among " + among, list(names))
    if not names:
        raise not_allowed("at least one day among " + among, [])
    return tuple(sorted({WEEKDAYS.index(name) for name in names}))


def _words(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise not_allowed("a list of texts", value)
    return tuple(value)


def _part_of_day(value: object) -> tuple[int, int]:
    allowed = "a part of the day such as 09:00-18:00"
    if not isinstance(value, str) or value.count("-") != 1:
        raise not_allowed(allowed, value)
    try:
        start, end = map(parse_time_of_day, value.split("-"))
    except ValueError as error:
        raise not_allowed(allowed, value) from error
    if start >= end:
        raise not_allowed(allowed + ", the end after the start", value)
    return start, end


Text = Annotated[str, Kind(core_schema.str_schema(strict=True), "a text")]
Flag = Annotated[bool, Kind(core_schema.bool_schema(strict=True), "true or false")]
Day = Annotated[date, Kind(core_schema.date_schema(strict=True), "a date such as 2026-03-02, without quotes")]
Probability = Annotated[float, Kind(number(0.0, 1.0).schema, "a probability, 0 to 1")]
Words = Annotated[tuple[str, ...], PlainValidator(_words)]
Weekdays = Annotated[tuple[int, ...], PlainValidator(lambda value: _weekdays(_words(value)))]
PartOfDay = Annotated[tuple[int, int], PlainValidator(_part_of_day)]
ARRAY = Field(strict=False)  # of tables: a list is read as a tuple
