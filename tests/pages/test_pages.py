"""The report as a reader finds it: every rule, every count from the verdicts, nothing from outside, both languages."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

from reports.conformance.junit import junit_xml
from reports.conformance.pages import render, write_report
from reports.judging.catalogue import catalogue
from reports.judging.errors import InputError
from tests.pages.sample_report import HOSTILE, PHONE, sample_events, sample_verdicts

FILES = {"index.html", "verdicts.json", "trace.jsonl", "junit.xml"}
OUTSIDE = re.compile(r"""(?:src|href|action)\s*=\s*["']?\s*(?:https?:)?//|url\(|@import""")


@cache
def page_text(language: str = "it") -> str:
    return render(sample_verdicts(), sample_events(), catalogue(), language)


@cache
def page(language: str = "it") -> Any:
    return html.fromstring(page_text(language))


def test_every_rule_has_one_anchor_and_every_link_within_the_page_leads_somewhere() -> None:
    ids = Counter(element.get("id") for element in page().iter() if element.get("id"))
    assert all(ids[rule] == 1 for rule in catalogue().rules)
    assert max(ids.values()) == 1
    targets = {link.get("href") for link in page().iter("a") if link.get("href", "").startswith("#")}
    assert targets
    assert {target[1:] for target in targets} <= set(ids)


def test_nothing_comes_from_outside() -> None:
    assert OUTSIDE.findall(page_text()) == []


def test_what_is_hostile_is_shown_as_text() -> None:
    assert HOSTILE not in page_text()
    assert HOSTILE in page().text_content()


def test_phone_numbers_are_masked_on_the_page() -> None:
    assert PHONE in json.dumps(sample_events())
    assert PHONE not in page_text()
    assert PHONE[3:] not in page_text()


def test_the_matrix_shows_verdict_and_occasions_of_the_verdicts_file() -> None:
    matrix = page().get_element_by_id("matrix")
    for entry in sample_verdicts()["rules"]:
        row = next(row for row in matrix.iter("tr") if row.xpath(f".//a[@href='#{entry['rule']}']"))
        total = row.xpath("./td")[-1]
        digits = re.sub(r"\D", "", "".join(total.itertext()))
        assert digits.endswith(str(entry["occasions"])), entry["rule"]


@pytest.mark.parametrize(("language", "value"), [("it", "30 g"), ("en", "30 d")])
def test_a_reading_that_is_a_length_of_time_is_told_with_its_unit(language: str, value: str) -> None:
    verdicts = sample_verdicts()
    verdicts["readings"]["never_after"] = 30 * 86_400
    text = html.fromstring(render(verdicts, [], catalogue(), language))
    (row,) = [row for row in text.iter("tr") if (row.findtext("th/code") or "") == "never_after"]
    assert str(next(row.iter("td")).xpath("string()")).strip() == value


def test_each_language_is_complete_and_the_same_bytes_come_twice() -> None:
    for language in ("it", "en"):
        assert page(language).get("lang") == language
        assert page_text(language) == render(sample_verdicts(), sample_events(), catalogue(), language)
    titles = {language: page(language).get_element_by_id("CSV-4").text_content() for language in ("it", "en")}
    assert catalogue().rules["CSV-4"].title.it in titles["it"]
    assert catalogue().rules["CSV-4"].title.en in titles["en"]


def test_every_order_is_drawn_and_every_mark_says_its_instant() -> None:
    drawings = page().xpath("//svg[.//title]")
    assert drawings
    titles = [title for drawing in drawings for title in drawing.xpath(".//title/text()")]
    assert any(re.search(r"\d{2}:\d{2}", title) for title in titles)
    for drawing in drawings:
        assert drawing.get("viewbox") or drawing.get("viewBox")


def test_junit_totals_are_the_sums_of_its_cases() -> None:
    root = etree.fromstring(junit_xml(sample_verdicts(), sample_events()))
    cases = root.findall(".//testcase")
    scenarios = [event for event in sample_events() if event["type"] == "scenario.finished"]
    rules = sample_verdicts()["rules"]
    assert root.get("tests") == str(len(cases)) == str(len(scenarios) + len(rules))
    failed = sum(rule["verdict"] == "FAIL" for rule in rules)
    failed += sum(event["data"]["outcome"] == "failed" for event in scenarios)
    assert root.get("failures") == str(len(root.findall(".//failure"))) == str(failed)
    named = {case.find("./properties/property[@name='rule']").get("value") for case in cases}  # type: ignore[union-attr]
    assert named >= set(catalogue().rules)


def test_a_report_is_written_whole_with_the_bytes_of_the_verdicts(tmp_path: Path) -> None:
    index = write_report(
        tmp_path / "report", sample_verdicts(), sample_events(), catalogue(), "en", verdicts_json=b'{"rules":[]}\n'
    )
    assert {path.name for path in index.parent.iterdir()} == FILES
    assert (index.parent / "verdicts.json").read_bytes() == b'{"rules":[]}\n'
    lines = (index.parent / "trace.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == sample_events()


def test_an_earlier_report_is_replaced_and_a_stranger_s_folder_is_not(tmp_path: Path) -> None:
    write_report(tmp_path / "report", sample_verdicts(), sample_events(), catalogue())
    write_report(tmp_path / "report", sample_verdicts(), sample_events(), catalogue())
    for name, content in (("notes.txt", b"mine"), ("index.html", b"<p>mine</p>")):
        folder = tmp_path / name
        folder.mkdir()
        (folder / name).write_bytes(content)
        with pytest.raises(InputError, match=re.escape(str(folder))):
            write_report(folder, sample_verdicts(), sample_events(), catalogue())
        assert (folder / name).read_bytes() == content
    assert {path.name for path in tmp_path.iterdir()} == {"report", "notes.txt", "index.html"}
