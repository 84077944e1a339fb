"""What a number of a run looks like in a terminal: with its interval and its unit, beside its title, in 80 columns.

What lives here: one row, one sentence. It must not know what a run is.
"""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import fill, wrap
from typing import TextIO

from reports.words.number_words import bare, number, percent, unit_name

WIDTH, TITLE_WIDTH, VALUE_WIDTH = 80, 39, 9
DECIMALS, SHARE_DECIMALS = 3, 2  # of a mean beside a limit: a table's number of them would hide on which side it is


def print_measure(title: str, value: float, ends: tuple[float, float] | None, unit: str, lang: str) -> None:
    """A number with the ends of its interval and its unit beside its title, or below one that leaves no room."""
    shown = [bare(end, unit).in_language(lang) for end in ends or ()]
    unit_text = " ".join(part for part in (_bracketed(shown), _behind(unit, lang)) if part)
    for line in _row(title, bare(value, unit).in_language(lang), unit_text):
        print(line)


def beside_a_limit(mean: float, ends: tuple[float, float] | None, unit: str, lang: str) -> str:
    """A mean with the ends of its interval, if any, and its unit, as exactly as a limit asks for."""
    mean_text, *end_texts = [
        (percent(value, SHARE_DECIMALS) if unit == "share" else number(value, DECIMALS)).in_language(lang)
        for value in (mean, *(ends or ()))
    ]
    return " ".join(part for part in (mean_text, _bracketed(end_texts), _behind(unit, lang)) if part)


def print_sentences(sentences: Iterable[str]) -> None:
    """Sentences, each broken where the line ends."""
    for sentence in sentences:
        print_sentence(sentence)


def print_sentence(sentence: str, file: TextIO | None = None) -> None:
    """One, which goes on a little further in; on standard output unless told."""
    print(fill(sentence, WIDTH, subsequent_indent="    ", break_on_hyphens=False), file=file)


def _row(title: str, value: str, unit_text: str) -> list[str]:
    *above, last = wrap(title, WIDTH - 2) if len(title) > TITLE_WIDTH else [title]
    line = f"  {last:<{TITLE_WIDTH}} {value:>{VALUE_WIDTH}}  {unit_text}".rstrip()
    if len(last) > TITLE_WIDTH or len(line) > WIDTH:
        above.append(last)
        line = f"  {'':<{TITLE_WIDTH}} {value:>{VALUE_WIDTH}}  {unit_text}".rstrip()
    if len(line) > WIDTH:
        line = line.strip().rjust(WIDTH)
    return [*(f"  {part}" for part in above), line]


def _bracketed(ends: list[str]) -> str:
    return f"[{'; '.join(ends)}]" if ends else ""


def _behind(unit: str, lang: str) -> str:
    """The unit's name; a share has its sign already."""
    return "" if unit == "share" else unit_name(unit).in_language(lang)
