"""The days, instants and slots of a world in words, in the language of a page: what its templates ask for.

What lives here: the way from a world's day numbers and slots to the words of `reports`. It must not word anything.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from reference_impl.civil_time import date_of
from reference_impl.ports import Slot
from reports.rome_time import wall_clock
from reports.words import day_words as words
from reports.words.day_words import clock_words
from reports.words.labels import Term

__all__ = ["clock_words"]  # said the same in every language


def day_of(instant: int) -> date:
    """The day that the wall clock shows at an instant."""
    return wall_clock(instant).date()


def _in_language(term_of: Callable[[int], Term]) -> Callable[[int, str], str]:
    """The words for a day or an instant, as a template asks for them: the number, then the language."""
    return lambda number, language: term_of(number).in_language(language)


# Of a world's day number.
day_words = _in_language(lambda day: words.day_words(date_of(day)))  # `giovedì 5 marzo`, `Thursday 5 March`
short_day = _in_language(lambda day: words.short_day(date_of(day)))  # `Thu 5 Mar`
# Of an instant; a limit is the first instant that is too late.
day_words_of = _in_language(lambda instant: words.day_words(day_of(instant)))
short_day_of = _in_language(lambda instant: words.short_day(day_of(instant)))
short_instant = _in_language(words.short_instant)  # `Thu 5 Mar 08:00`
until_words = _in_language(words.until_words)  # `entro la fine di giovedì 5 marzo`
short_until = _in_language(words.short_until)  # the same limit in a cell of a table: `Thu 5 Mar 24:00`


def band_words(slot: Slot) -> str:
    """`08:00–10:00`."""
    return words.band_words(slot.start, slot.end)


def slot_words(slot: Slot, language: str) -> str:
    """`giovedì 5 marzo, 08:00–10:00`."""
    return f"{day_words_of(slot.start, language)}, {band_words(slot)}"


def year_of(instant: int) -> int:
    """The year that the wall clock shows at an instant."""
    return day_of(instant).year


def local_form(instant: int) -> str:
    """An instant as a field takes it: `2026-03-04 18:00`, in every language."""
    return f"{wall_clock(instant):%Y-%m-%d %H:%M}"
