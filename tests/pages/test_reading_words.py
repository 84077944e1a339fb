"""Readings in words: what is left of them as ranges, and kinds of values in the reader's language."""

from __future__ import annotations

import pytest

from reports.conformance.terminal import print_readings, print_verdicts
from reports.judging.catalogue import catalogue
from reports.judging.deciding.inferred_profile import inferred_profile
from reports.judging.profiles import named_profile
from reports.words.reading_words import KINDS_OF_VALUES, values_left
from tests.pages.report_pages import page_of, plain
from tests.pages.sample_report import sample_verdicts
from tests.pages.test_terminal import Capture, lines_of

UP_TO_19 = list(map(str, range(20)))


@pytest.mark.parametrize(
    ("values", "italian", "english"),
    [
        (["unlimited", *UP_TO_19], "0-19 o unlimited", "0-19 or unlimited"),
        (["unlimited", *UP_TO_19[3:], "20 or more"], "almeno 3 o unlimited", "at least 3 or unlimited"),
        (["20 or more"], "almeno 20", "at least 20"),
        (["2"], "2", "2"),
        (["2", "3"], "2 o 3", "2 or 3"),
        (["0", "1", "2", "7"], "0-2 o 7", "0-2 or 7"),
        (["mon_fri", "mon_sat"], "mon_fri o mon_sat", "mon_fri or mon_sat"),
        ([], "?", "?"),
        (["9" * 5000], "9" * 5000, "9" * 5000),
    ],
    ids=lambda value: str(value)[:30],
)
def test_numbers_that_follow_one_another_are_a_range(values: list[str], italian: str, english: str) -> None:
    assert values_left(values) == (italian, english)


@pytest.mark.parametrize(("language", "limit"), [("it", "almeno 3"), ("en", "at least 3")])
def test_page_and_terminal_tell_an_inferred_limit_as_a_range(language: str, limit: str, capsys: Capture) -> None:
    verdicts = sample_verdicts() | {"inferred": {"max_reschedules": [*UP_TO_19[3:], "20 or more"]}}
    facts = page_of(verdicts, [], language).get_element_by_id("inferred")
    assert f"max_reschedules = {limit}" in plain(facts)
    print_verdicts(verdicts, catalogue(), language)
    assert any(f"max_reschedules={limit}" in line for line in lines_of(capsys))


def test_a_profile_that_was_inferred_tells_the_range_in_a_comment() -> None:
    written = inferred_profile(named_profile("any"), {"max_reschedules": UP_TO_19})
    assert "# max_reschedules: 0-19 explain what was seen" in written


def test_the_readings_in_italian_say_kinds_of_values_in_italian(capsys: Capture) -> None:
    print_readings(catalogue(), "it", as_json=False)
    output = " ".join(" ".join(lines_of(capsys)).split())
    assert "national | none | altri giorni" in output
    assert "durata | unlimited" in output
    assert "numero | unlimited" in output
    assert not any(f" {kind.en} " in output for kind in KINDS_OF_VALUES.values())
    alternatives = plain(page_of(sample_verdicts(), [], "it").get_element_by_id("readings"))
    assert "altri giorni" in alternatives
    assert "extra days" not in alternatives
