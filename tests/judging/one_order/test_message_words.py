"""What the words of a message say: an operator's own text filled in, addresses, dates and bands."""

from __future__ import annotations

import pytest

from reports.judging.checks.message_words import addresses, band_text, fits, untrue_words
from reports.judging.checks.sms_rules import stands_whole
from reports.judging.events import Slot
from reports.rome_time import parse_instant
from tests.judging.traces import rome

TEN_TO_TWELVE = Slot(parse_instant(rome("2026-03-11 10:00")), parse_instant(rome("2026-03-11 12:00")))


@pytest.mark.parametrize(
    ("text", "template", "holds"),
    [
        ("Alfa: https://x", "Alfa: {link}", True),
        ("Alfa: https://y", "Alfa: {link}", False),
        ("Alfa: https://x!", "Alfa: {link}", False),
        ("Alfa https://x", "Alfa: {link}", False),
        ("Ciao Rossi, https://x", "Ciao {name}, {link}", True),
        ("Ciao , https://x", "Ciao {name}, {link}", True),
        ("Ciao Rossi. https://x", "Ciao {name}, {link}", False),
        ("Salve Rossi, https://x", "Ciao {name}, {link}", False),
        ("aXbYc", "a{1}b{2}c", True),
        ("bc", "{1}b{2}", True),
        ("cc", "{1}b{2}", False),
        ("aXYc", "a{1}b{2}c", False),
        ("abc", "a{1}b{2}c", True),
        ("bac", "a{1}b{2}c", False),
        ("aba", "ab{1}ba", False),
        ("abba", "ab{1}ba", True),
        ("a-b-a", "a{1}-{2}-{3}a", True),
        ("a-a", "a{1}-{2}-{3}a", False),
        ("a-b.c.d", "a{1}b{2}c{3}d", True),
        ("a-c.b.d", "a{1}b{2}c{3}d", False),
        ("abbd", "a{1}bb{2}b{3}d", False),
        ("abbbd", "a{1}bb{2}b{3}d", True),
        ("abd", "a{1}bd{2}d", False),
        ("xbxbyd", "x{1}b{2}y{3}d", True),
        ("abyb", "a{1}by{2}b{3}b", False),
        ("Vada su https://x.", "Vada su <link>.", True),
        ("Vada su https://x", "Vada su <link>.", False),
        ("Vada su https://x.", "Vada su %LINK%.", True),
        ("Vai su https://x.", "Vada su %LINK%.", False),
        ("Vada su https://x.", "Vada su {{link}}.", True),
        ("Vada su https://x", "Vada su {{link}}.", False),
        ("Vada su https://x.", "Vada su ${link}.", True),
        ("Ada, https://x", "<nome cliente>, {link}", True),
        ("Ada, https://y", "<nome cliente>, {link}", False),
        ("meno di <3 al 5% o al 7%", "meno di <3 al 5% o al 7%", True),
        ("meno di <3 al 5%", "meno di <3 al 5% o al 7%", False),
        ("meno di <9>", "meno di <3>", False),
    ],
)
def test_a_text_fits_a_template_with_any_words_in_foreign_placeholders(text: str, template: str, holds: bool) -> None:
    assert fits(text, template, link="https://x") is holds


def test_what_looks_like_a_placeholder_in_our_own_words_is_none() -> None:
    assert fits("Alfa: https://x/%20a%20", "Alfa: {link}", link="https://x/%20a%20")
    assert not fits("Alfa: https://x/%20b%20", "Alfa: {link}", link="https://x/%20a%20")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Vada su https://va.example/x.", ["https://va.example/x"]),
        ("(http://a.b/c) e https://d.e/f!", ["http://a.b/c", "https://d.e/f"]),
        ("niente", []),
    ],
)
def test_addresses_end_before_the_stop_of_a_sentence(text: str, found: list[str]) -> None:
    assert addresses(text) == found


def test_a_band_is_named_by_its_beginning_and_the_clock_of_its_end() -> None:
    assert band_text(TEN_TO_TWELVE) == "2026-03-11T10:00:00+01:00/12:00"
    assert band_text(None) == "no slot"


@pytest.mark.parametrize(
    ("text", "untrue"),
    [
        ("il 11/03/2026", None),
        ("il 1/3/2026", "1/3/2026"),
        ("il 12/03/2026 o il 11/03/2026", None),
        ("il 11.03.2026, dal 01-01-2020", None),
        ("il 2026-03-11", None),
        ("il 2026-11-03", "2026-11-03"),
        ("il 31/02/2026", None),  # no date at all
        ("il 31/02/2026 o il 12/03/2026", "12/03/2026"),
        ("dalle 10:00 alle 12:00", None),
        ("mercoledì 11 marzo 2026, 10:00-12:00", None),
        ("giovedì 12 marzo 2026, 10:00-12:00", "12 marzo 2026"),
        ("il 1° Aprile 2026", "1° Aprile 2026"),
        ("on 12 March 2026", "12 March 2026"),
        ("preso il 3 marzo 2026 per l'11/03/2026", None),
        ("31 aprile 2026", None),  # no date at all
        ("il 12 marzo", None),  # of which year?
        ("10:00-12:00", None),
        ("10:00-13:00", "10:00-13:00"),
        ("11:00-12:00", "11:00-12:00"),
        ("10:00-14:59", "10:00-14:59"),
        ("chiami 08:00-13:00", None),  # five hours: no band
        ("chiami 08:00-13:00, 10:00-13:00", "10:00-13:00"),
    ],
)
def test_the_date_and_the_band_in_a_text_are_those_of_the_slot(text: str, untrue: str | None) -> None:
    assert untrue_words(text, TEN_TO_TWELVE) == untrue


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Vada su https://a.b/c", True),
        ("Vada su https://a.b/c.", True),
        ("Vada su https://a.b/c!) ora", True),
        ("Vada su https://a.b/cd", False),
        ("Vada su xhttps://a.b/c", False),
        ("https://evil.example/?u=https://a.b/c", False),
        ("https://evil.example/?u=https://a.b/c o https://a.b/c", True),
        ("Alfa:https://a.b/c", True),
        ("https://d.e/f;https://a.b/c", True),
        ("(https://d.e/f)<https://a.b/c>", True),
        ("https://a.b/cd o https://a.b/c", True),
        ("https://a.b/c o https://a.b/cd", True),
        ("https://a.b/cd o https://a.b/c o https://a.b/ce", True),
        ("", False),
    ],
)
def test_a_link_stands_whole_where_no_longer_one_swallows_it(text: str, whole: bool) -> None:
    assert stands_whole("https://a.b/c", text) is whole
