"""The report on paper: a red one of thirty orders, printed by a real browser, is no more than fifteen pages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reports.conformance.pages import render
from reports.judging.catalogue import catalogue
from tests.pages.sample_report import Event, sample_events, sample_verdicts

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MOST_PAGES = 15
ORDERS = 30
PAGE = re.compile(rb"/Type\s*/Page(?!s)")


def red_run() -> tuple[dict[str, Any], list[Event]]:
    """Thirty orders, each with a late row; no scenarios, as for a recorded trace."""
    events = [event for event in sample_events() if event["type"] != "scenario.finished"]
    engaged = [event for event in events if event["type"] == "sms.sent" and event["data"]["kind"] == "engagement"]
    more = [event for event in events if event["type"] == "order.received" and event["data"]["operator"] == "BETA"]
    verdicts = sample_verdicts()
    late = next(rule for rule in verdicts["rules"] if rule["rule"] == "CSV-4")
    late["findings"] = [{**late["findings"][0], "evidence": [event["id"]]} for event in [*engaged, *more][:ORDERS]]
    return verdicts, events


def test_thirty_orders_print_on_fifteen_pages(tmp_path: Path, browser: Browser) -> None:
    text = render(*red_run(), catalogue())
    assert text.count('<details class="order"') >= ORDERS
    assert text.count(" open>") >= ORDERS
    path = tmp_path / "index.html"
    path.write_text(text, encoding="utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    page.close()
    assert 1 < len(PAGE.findall(printed)) <= MOST_PAGES
