"""Values of readings as people read them: numbers that follow one another as a range, kinds of values in words.

What lives here: text. A value that one writes in a profile stays as one writes it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from reports.words.labels import Term, same
from reports.words.number_words import filled

OR_MORE = " or more"  # behind a number that stands for all larger ones too
OR = Term(" o ", " or ")
AT_LEAST, NO_VALUE = Term("almeno {least}", "at least {least}"), same("?")
SHORTEST_RANGE = 3  # numbers; two are named
NUMBER = re.compile(f"[0-9]{{1,6}}(?:{OR_MORE})?")
# What the catalogue says of values that it does not list.
KINDS_OF_VALUES: Mapping[str, Term] = {
    "extra days": Term("altri giorni", "extra days"),
    "duration": Term("durata", "duration"),
    "number": Term("numero", "number"),
}


def value_words(value: str) -> Term:
    """A value of the catalogue: as it is written, or what may stand there."""
    return KINDS_OF_VALUES.get(value, same(value))


def values_left(values: Sequence[str], between: Term = OR) -> Term:
    """The values that are left of a reading: 0-19, at least 3, mon_fri or mon_sat."""
    parts = list(_ranges(values)) or [NO_VALUE]
    return Term(between.it.join(part.it for part in parts), between.en.join(part.en for part in parts))


def value_text(value: object) -> str:
    """A value in force on one line; what is no text is JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)


def _ranges(values: Sequence[str]) -> Iterator[Term]:
    numbers = sorted((value for value in values if _is_number(value)), key=_number)
    for _, run in groupby(enumerate(numbers), key=lambda place: _number(place[1]) - place[0]):
        yield from _range([value for _, value in run])
    yield from (value_words(value) for value in values if not _is_number(value))


def _range(run: Sequence[str]) -> Iterator[Term]:
    first, last = run[0], run[-1]
    if last.endswith(OR_MORE):
        yield filled(AT_LEAST, least=_number(first))
    elif len(run) < SHORTEST_RANGE:
        yield from map(same, run)
    else:
        yield same(f"{first}-{last}")


def _is_number(value: str) -> bool:
    return NUMBER.fullmatch(value) is not None


def _number(value: str) -> int:
    return int(value.removesuffix(OR_MORE))
