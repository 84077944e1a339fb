"""The days, instants and slots of a world in words, in the language of a page: what its templates ask for.

What lives here: the way from a world's day numbers and slots to the words of `reports`. It must not word anything.
"""

from __future__ import annotations

from datetime import date

from reference_impl.civil_time import date_of
from reference_impl.ports import Slot
from reports.rome_time import wall_clock
from reports.words import day_words as words
from reports.words.day_words import clock_words

__all__ = ["clock_words"]  # said the same in every language


def day_of(instant: int) -> date:
    """The day that the wall clock shows at an instant."""
    return wall_clock(instant).date()


def day_words(day: int, language: str) -> str:
    """`giovedì 5 marzo`, `Thursday 5 March`."""
    return words.day_words(date_of(day)).in_language(language)


def day_words_of(instant: int, language: str) -> str:
    """The day that the wall clock shows at an instant, in words."""
    return words.day_words(day_of(instant)).in_language(language)


def short_day(day: int, language: str) -> str:
    """`Thu 5 Mar`."""
    return words.short_day(date_of(day)).in_language(language)


def short_day_of(instant: int, language: str) -> str:
    """The day that the wall clock shows at an instant: `Thu 5 Mar`."""
    return words.short_day(day_of(instant)).in_language(language)


def short_instant(instant: int, language: str) -> str:
    """`Thu 5 Mar 08:00`."""
    return words.short_instant(instant).in_language(language)


def short_until(first_too_late: int, language: str) -> str:
    """`Thu 5 Mar 24:00`: the same limit as `until_words`, in a cell of a table."""
    return words.short_until(first_too_late).in_language(language)


def band_words(slot: Slot) -> str:
    """`08:00–10:00`."""
    return words.band_words(slot.start, slot.end)


def slot_words(slot: Slot, language: str) -> str:
    """`giovedì 5 marzo, 08:00–10:00`."""
    return f"{day_words_of(slot.start, language)}, {band_words(slot)}"


def until_words(first_too_late: int, language: str) -> str:
    """`entro la fine di giovedì 5 marzo`."""
    return words.until_words(first_too_late).in_language(language)


def year_of(instant: int) -> int:
    """The year that the wall clock shows at an instant."""
    return day_of(instant).year


def local_form(instant: int) -> str:
    """An instant as a field takes it: `2026-03-04 18:00`, in every language."""
    return f"{wall_clock(instant):%Y-%m-%d %H:%M}"
