"""What a manager gets by mail: the failed rules by name, with the decision that is needed, without scrolling.

The picture in docs/images is made anew only with APPUNTAMENTO_SCREENSHOTS=1.
"""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import pytest
from playwright.sync_api import expect

from reports.conformance.pages import render
from reports.judging.catalogue import catalogue
from reports.rome_time import made_now, parse_instant
from reports.words.labels import DECISIONS
from tests.pages.sample_report import sample_events, sample_verdicts
from tests.sandbox.pages.accessibility import accessibility_faults
from tests.sandbox.pages.page_visitors import Pictures, Visitor

SCREEN = {"width": 1280, "height": 800}


@pytest.mark.parametrize("language", ["it", "en"])
def test_a_manager_reads_the_failed_rules_without_scrolling(
    visitor: Visitor, pictures: Pictures, tmp_path: Path, language: str
) -> None:
    verdicts = sample_verdicts()
    report = tmp_path / "report.html"
    text = render(verdicts, sample_events(), catalogue(), language, made_at=parse_instant("2026-11-26T09:30:59Z"))
    report.write_text(text, encoding="utf-8")
    page = visitor(viewport=SCREEN, locale=language).new_page()
    page.goto(report.as_uri())
    named = page.locator(".attention.FAIL")
    expect(named).to_contain_text(DECISIONS["FAIL"].in_language(language))
    failed = [rule["rule"] for rule in verdicts["rules"] if rule["verdict"] == "FAIL"]
    assert named.locator("li .id").all_inner_texts() == failed
    for rule in failed:
        place = named.get_by_role("link", name=rule).bounding_box()
        assert place is not None
        assert place["y"] + place["height"] <= SCREEN["height"]
    expect(page.locator(".facts")).to_contain_text(f"appuntamento {version('appuntamento')}")
    expect(page.locator("#made-at")).to_contain_text("2026-11-26 10:30 +01:00")
    if language == "it":
        pictures.take(page, "manager")
        assert accessibility_faults(page, for_fingers=False) == []


def test_a_report_can_be_made_again_as_of_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772526600")
    assert made_now() == 1_772_526_600_000
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "today")
    assert made_now() > 1_772_526_600_000, "what is no number is no day"
