"""The agent's day: a work list of the files' rows, ten handled by keyboard alone, and a page that knows who acts.

The picture in docs/images is made anew only with APPUNTAMENTO_SCREENSHOTS=1.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.sandbox.pages.accessibility import accessibility_faults
from tests.sandbox.pages.page_visitors import DESK, Pictures, Site, Visitor, cut_texts, is_read_as_cards, running_site

ROWS = 10


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A world with a file of twelve rows: one customer has booked by himself, one has declined."""
    with running_site(tmp_path_factory.mktemp("site")) as site:
        for number in range(ROWS + 2):
            site.engage(f"ROW-{number:02}", phone=f"+3933301401{number:02}")
        site.advance("5 h")
        site.book("ROW-10", place=12)
        site.decline("ROW-11")
        yield site


def work(site: Site, visitor: Visitor) -> Page:
    page = visitor(viewport=DESK, java_script_enabled=False).new_page()
    page.goto(f"{site.url}/operator/work")
    return page


def test_the_work_list_says_state_deadline_and_next_act(site: Site, visitor: Visitor) -> None:
    page = work(site, visitor)
    expect(page.locator("tr.to-do td:nth-child(4)").first).to_have_text("chiamare e prenotare")
    expect(page.locator("tr.to-do td:nth-child(5)").first).to_have_text("gio 5 mar 24:00")
    booked = page.locator("tr", has_text="ROW-10")
    expect(booked).to_contain_text("prenotato · ven 6 mar 12:00–14:00")
    expect(booked).to_contain_text("si può spostare")
    expect(page.locator("tr", has_text="ROW-11")).to_contain_text("niente")
    page.get_by_label("Cerca per ordine, numero, stato").fill("140110")
    page.get_by_role("button", name="Cerca").click()
    expect(page.locator("tbody tr")).to_have_count(1)


def test_on_a_phone_the_work_list_is_read_as_cards(site: Site, visitor: Visitor) -> None:
    page = visitor(java_script_enabled=True).new_page()
    page.goto(f"{site.url}/operator/work")
    for width, cards in ((320, True), (390, True), (480, True), (768, False), (1280, False)):
        page.set_viewport_size({"width": width, "height": 844})
        assert is_read_as_cards(page) is cards, width
        assert cut_texts(page) == [], width
        assert accessibility_faults(page) == [], width


def test_the_operators_page_knows_who_acts(site: Site, visitor: Visitor) -> None:
    page = work(site, visitor)
    page.get_by_role("link", name="ROW-10", exact=True).click()
    expect(page.locator(".acting")).to_contain_text("ALFA agisce per il cliente …110, ordine ROW-10")
    expect(page.get_by_text("Appuntamento preso dal cliente.")).to_be_visible()
    expect(page.get_by_text("Il cliente riceverà un SMS di promemoria")).to_be_visible()
    page.get_by_role("link", name="Torna al lavoro").click()
    page.get_by_label("solo da fare").uncheck()
    page.get_by_role("button", name="Cerca").click()
    page.get_by_role("link", name="ROW-00", exact=True).click()
    expect(page.get_by_role("link", name="Il cliente non vuole")).to_be_visible()


def test_an_agent_handles_ten_rows_by_keyboard_alone(site: Site, visitor: Visitor, pictures: Pictures) -> None:
    page = work(site, visitor)
    pictures.take(page, "work-list")
    expect(page.locator("tr.to-do")).to_have_count(ROWS)
    for left in range(ROWS, 0, -1):
        expect(page.locator("tr.to-do")).to_have_count(left)
        expect(page.locator("tr.to-do a[autofocus]")).to_be_focused()
        page.keyboard.press("Enter")  # the row that is most urgent
        page.wait_for_url("**/va/order/*")
        expect(page.locator("input[autofocus]")).to_be_focused()
        page.keyboard.press("Space")  # the first band
        page.keyboard.press("ArrowRight")  # the next
        page.keyboard.press("Enter")
        page.wait_for_url("**done=confirmed**")
        expect(page.get_by_text("Preso da voi per il cliente.")).to_be_visible()
        expect(page.locator("a.back[autofocus]")).to_be_focused()
        page.keyboard.press("Enter")  # back
        page.wait_for_url("**/operator/work**")
    expect(page.locator("tr.to-do")).to_have_count(0)
    expect(page.locator(".empty")).to_have_text("Niente da fare per ora.")
    assert {site.state(f"ROW-{number:02}") for number in range(ROWS)} == {"booked"}
    assert site.ask(lambda live: live.order("ROW-00").booked_by) == "operator"


def test_the_work_list_fits_a_tablet_and_is_accessible(site: Site, visitor: Visitor) -> None:
    page = visitor(viewport={"width": 768, "height": 1024}).new_page()
    page.goto(f"{site.url}/operator/work")
    assert cut_texts(page) == []
    list_of_rows = page.locator(".scroll")
    assert list_of_rows.evaluate("list => list.scrollWidth - list.clientWidth") == 0, "every column is in sight"
    assert accessibility_faults(page) == []
