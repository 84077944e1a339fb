"""The form of the page: two languages, headings, tables, nothing from outside."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest

from reports.conformance.page_words import PAGE
from reports.conformance.pages import render
from reports.judging.catalogue import catalogue
from tests.pages.report_pages import page
from tests.pages.sample_report import sample_verdicts


def words(document: Any) -> list[list[str]]:
    pairs: list[list[str]] = json.loads(document.get_element_by_id("words").text)
    return pairs


def test_the_switch_finds_every_text_and_turns_one_page_into_the_other() -> None:
    italian, english = page("it"), page("en")
    pairs = words(italian)
    assert pairs == words(english)
    marked = [document.xpath("//*[@data-t]") for document in (italian, english)]
    assert len(marked[0]) == len(marked[1]) > 800
    for in_italian, in_english in zip(*marked, strict=True):
        pair = pairs[int(in_italian.get("data-t"))]
        assert in_english.get("data-t") == in_italian.get("data-t")
        assert all(pair)
        texts = [element.text_content().strip() for element in (in_italian, in_english)]
        tails = [text.rpartition(" · ")[2] if element.tag == "title" and element.getparent().tag != "head" else ""
                 for text, element in zip(texts, (in_italian, in_english), strict=True)]  # fmt: skip
        assert tails[0] == tails[1]
        expected = [f"{text} · {tail}" if tail else text for text, tail in zip(pair, tails, strict=True)]
        assert [" ".join(text.split()) for text in texts] == [" ".join(text.split()) for text in expected]


def test_what_the_page_says_by_itself_has_both_languages() -> None:
    assert all(term.it.strip() and term.en.strip() for term in PAGE.values())


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="'fr' is unknown: allowed are it, en"):
        render(sample_verdicts(), [], catalogue(), "fr")


def test_headings_descend_without_a_step_left_out() -> None:
    levels = [int(element.tag[1]) for element in page().iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_tables_name_their_columns_and_rows_and_the_filter_has_a_label() -> None:
    for table in page().iter("table"):
        assert table.xpath("./thead/tr/th[@scope='col']")
        assert all(row.xpath("./th[@scope='row' or @scope='rowgroup']") for row in table.xpath("./tbody/tr"))
    assert page().xpath("//label[@for='filter']")


def test_a_policy_inside_the_page_forbids_everything_from_outside() -> None:
    policy = page().xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'")
    assert not page().xpath("//script[@src] | //link | //img | //iframe")
