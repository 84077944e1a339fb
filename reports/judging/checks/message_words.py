"""What the words of a message say: whether it is an operator's own text filled in, and whether its dates are true.

What lives here: comparing a text with a template and with a slot, which SMS and REM share. It must not know orders.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, time
from functools import lru_cache

from reports.judging.events import Slot
from reports.rome_time import HOUR_MS, format_instant, wall_clock

# Ours is {name}; other systems write {{name}}, ${name}, <name> or %NAME%.
PLACEHOLDER = re.compile(r"\{\{[^{}]*\}\}|\$?\{[^{}]*\}|<[A-Za-z][\w ]*>|%[A-Za-z]\w*%")
ADDRESS = re.compile(r"https?://[^\s,;<>\"]*[^\s,;<>\".!?)]")
DAY_FIRST = re.compile(r"(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")
YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")
MONTHS = {
    month: number
    for names in (
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        "January February March April May June July August September October November December",
    )
    for number, month in enumerate(names.lower().split(), 1)
}
IN_WORDS = re.compile(rf"(?<![\d/.-])(\d{{1,2}})[°º]?\s+({'|'.join(MONTHS)})\s+(\d{{4}})(?!\d)", re.IGNORECASE)
CLOCK = r"([01]?\d|2[0-3])[:.]([0-5]\d)"
BAND = re.compile(rf"(?<![\d:.]){CLOCK}\s*(?:-|–|—|alle(?:\s+ore)?|e\s+le)\s*{CLOCK}(?!\d)")
OPENING_HOURS = 5 * HOUR_MS  # a span as long as this is no band: a call centre that can be reached, say


def fits(text: str, template: str, **words_by_name: str) -> bool:
    """Whether a text is a template with our words in our placeholders and any words in all others."""
    opening, *pieces = _pieces(template, words_by_name)
    if not pieces:
        return text == opening
    *middle_pieces, closing = pieces
    if not text.startswith(opening) or not text.endswith(closing) or len(text) < len(opening) + len(closing):
        return False
    place, end = len(opening), len(text) - len(closing)
    for piece in middle_pieces:
        place = text.find(piece, place, end)
        if place < 0:
            return False
        place += len(piece)
    return True


def _pieces(template: str, words_by_name: Mapping[str, str]) -> list[str]:
    """What stands between the placeholders that are not ours, with our words in those that are."""
    pieces, place = [""], 0
    for placeholder in PLACEHOLDER.finditer(template):
        pieces[-1] += template[place : placeholder.start()]
        words = words_by_name.get(placeholder[0][1:-1]) if placeholder[0].startswith("{") else None
        if words is None:
            pieces.append("")
        else:
            pieces[-1] += words
        place = placeholder.end()
    pieces[-1] += template[place:]
    return pieces


def addresses(text: str) -> list[str]:
    """The web addresses that stand in a text."""
    return ADDRESS.findall(text)


def band_text(slot: Slot | None) -> str:
    """A slot as a finding names it: when it begins, and the clock when it ends."""
    return f"{format_instant(slot.start)}/{wall_clock(slot.end):%H:%M}" if slot else "no slot"


@lru_cache(maxsize=4096)  # of all who wait for one visit, many are told the same
def untrue_words(text: str, slot: Slot) -> str | None:
    """The date or the band in a text that is not the slot's; None where one of each kind that stands there is."""
    start, end = wall_clock(slot.start), wall_clock(slot.end)
    days, bands = dict(_days(text)), dict(_bands(text))
    if days and start.date() not in days:
        return next(iter(days.values()))
    if bands and (start.time(), end.time()) not in bands:
        return next(iter(bands.values()))
    return None


def _days(text: str) -> Iterator[tuple[date, str]]:
    for pattern, order in ((DAY_FIRST, (3, 2, 1)), (YEAR_FIRST, (1, 2, 3)), (IN_WORDS, (3, 2, 1))):
        for match in pattern.finditer(text):
            year, month, day = (match[part].lower() for part in order)
            try:
                yield date(int(year), MONTHS.get(month) or int(month), int(day)), match[0]
            except ValueError:
                continue


def _bands(text: str) -> Iterator[tuple[tuple[time, time], str]]:
    for match in BAND.finditer(text):
        start, end = time(int(match[1]), int(match[2])), time(int(match[3]), int(match[4]))
        hours = (end.hour - start.hour) * HOUR_MS
        if hours < OPENING_HOURS:
            yield (start, end), match[0]
