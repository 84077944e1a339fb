"""The report in a real browser: on the screen it switches and sifts; on paper thirty red orders take fifteen pages.

The picture in docs/images is made anew only with APPUNTAMENTO_SCREENSHOTS=1, so that a test run leaves no change.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from reports.conformance.pages import render
from reports.judging.catalogue import catalogue
from tests.conftest import FullRun
from tests.pages.sample_report import Event, sample_events, sample_verdicts

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.sandbox.pages.page_visitors import Visitor

MOST_PAGES = 15
PAPER = {"width": 695, "height": 1009}  # what is left of A4 within its margins, in pixels of CSS
# What is to stand whole on a page: cards with findings and orders, figures, tiles, the first page's summary.
CARDS = """() => [...document.querySelectorAll(".headline, .finding, .order, .card, .tiles > div")]
  .filter((card) => card.checkVisibility())
  .map((card) => ({
    name: `${card.className} ${card.id}`, breaks: getComputedStyle(card).breakInside, height: card.offsetHeight,
  }))"""
ORDERS = 30
# What a picture can hold: one family of rules, and one drawn order of those that the filter leaves.
FOR_THE_PICTURE = """() => {
    for (const family of document.querySelectorAll(".matrix tbody")) {
        family.hidden = !family.querySelector("[data-rule^=INV]");
    }
    for (const part of document.querySelectorAll("#findings, #rules, .legend")) part.remove();
    document.querySelector("details.order:not([hidden])").open = true;
}"""
PAGE = re.compile(rb"/Type\s*/Page(?!s)")


def red_run() -> tuple[dict[str, Any], list[Event]]:
    """Thirty orders, each with a late row; no scenarios, as for a recorded trace."""
    events = [event for event in sample_events() if event["type"] != "scenario.finished"]
    engaged = [event for event in events if event["type"] == "sms.sent" and event["data"]["kind"] == "engagement"]
    of_beta = [event for event in events if event["type"] == "order.received" and event["data"]["operator"] == "BETA"]
    verdicts = sample_verdicts()
    late = next(rule for rule in verdicts["rules"] if rule["rule"] == "CSV-4")
    late["findings"] = [{**late["findings"][0], "evidence": [event["id"]]} for event in [*engaged, *of_beta][:ORDERS]]
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


def test_a_green_run_prints_on_fifteen_pages_too(visitor: Visitor, full_run: FullRun) -> None:
    printed = opened(visitor, full_run).pdf(format="A4", prefer_css_page_size=True)
    assert 1 < len(PAGE.findall(printed)) <= MOST_PAGES


@pytest.mark.parametrize("kind", ["red", "green", "capacity"])
def test_no_card_is_cut_in_print(kind: str, visitor: Visitor, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    path = tmp_path / "index.html"
    if kind == "red":
        path.write_text(render(*red_run(), catalogue()), encoding="utf-8")
    else:
        folder = (
            request.getfixturevalue("full_run")("default") if kind == "green" else request.getfixturevalue("finished")
        )
        path = folder / "index.html"
    page = visitor(viewport=PAPER).new_page()
    page.goto(path.as_uri())
    page.emulate_media(media="print")
    cards = page.evaluate(CARDS)
    assert cards
    assert [card for card in cards if card["breaks"] != "avoid" or card["height"] > PAPER["height"]] == []


def opened(visitor: Visitor, full_run: FullRun, address: str = "", **options: Any) -> Page:
    """A visitor's look at the report of a full run."""
    page: Page = visitor(**options).new_page()
    page.goto((full_run("default") / "index.html").as_uri() + address)
    return page


def test_the_page_of_a_full_run_switches_its_language_and_sifts_its_orders(visitor: Visitor, full_run: FullRun) -> None:
    page = opened(visitor, full_run)
    count = page.locator("#shown")
    page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("#orders-title").inner_text() == "Orders"
    assert " · " in (page.locator("details.order svg title").first.text_content() or "")
    every_order = count.inner_text()
    assert "," in every_order
    page.get_by_role("button", name="Italiano").click()
    assert count.inner_text() == every_order.replace(",", ".")
    page.locator("#filter").fill("ULL csv-4")
    assert 0 < int(count.inner_text()) < 50
    visible = page.locator("details.order:visible > summary").all_inner_texts()
    assert all("ULL" in head and "CSV-4" in head.upper() for head in visible)


def test_an_address_of_the_page_opens_what_it_names(visitor: Visitor, full_run: FullRun) -> None:
    page = opened(visitor, full_run)
    order = page.locator("details.order").last
    place = order.get_attribute("id") or order.locator("[id]").first.get_attribute("id")
    assert order.get_attribute("open") is None
    page.goto(f"{page.url}#{place}")
    assert order.get_attribute("open") is not None


def test_the_picture_of_the_documentation(visitor: Visitor, full_run: FullRun, tmp_path: Path) -> None:
    from tests.sandbox.pages.page_visitors import pictures_in

    page = opened(visitor, full_run, viewport={"width": 1180, "height": 2360}, device_scale_factor=0.7)
    page.get_by_role("button", name="English").click()
    page.locator("#filter").fill("VULA FTTH visited")
    page.evaluate(FOR_THE_PICTURE)
    pictures_in(tmp_path).take(page, "report")
