"""How the pages look: nothing wrong for axe in either theme, no sideways scrolling on a small phone, and two pictures.

The pictures in docs/images are made anew only with APPUNTAMENTO_SCREENSHOTS=1, so that a test run leaves no change.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.places import ROOT
from tests.sandbox.pages.page_visitors import DESK, Site, Visitor, accessibility_faults, running_site
from tests.world.ports_servers import OperatorEndpoint, operator_endpoint

Theme = Literal["light", "dark"]
IMAGES = ROOT / "docs" / "images"
SCREENSHOTS = os.environ.get("APPUNTAMENTO_SCREENSHOTS") == "1"
SMALL_PHONE = {"width": 360, "height": 740}
LARGEST_IMAGE_BYTES = 200_000


@pytest.fixture(scope="module")
def endpoint() -> Iterator[OperatorEndpoint]:
    with operator_endpoint() as endpoint:
        yield endpoint


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, endpoint: OperatorEndpoint) -> Iterator[Site]:
    """A world in which something of everything has happened; it is Wednesday, 4 March, 11:00."""
    with running_site(tmp_path_factory.mktemp("site"), notify=(f"ALFA={endpoint.url}",)) as site:
        site.engage("OL-2026-0311", phone="+393330140311")
        site.engage("OL-2026-0312", phone="+393330140312")
        site.advance("5 h")
        site.engage("OL-2026-0313", phone="+393330140313")
        decline(site, "OL-2026-0312")
        book(site, "OL-2026-0311", place=12)
        site.advance("20 h")
        book(site, "OL-2026-0311", place=7, act="reschedule")
        site.engage("OL-2026-0314", phone="+393330140314")
        book(site, "OL-2026-0313", place=12)
        site.advance("2 h")
        yield site


def book(site: Site, code: str, place: int, act: str = "confirm") -> None:
    digest = site.digest(code)
    site.ask(lambda live: live.act(act, digest, live.offered_slots(digest)[place]))


def decline(site: Site, code: str) -> None:
    digest = site.digest(code)
    site.ask(lambda live: live.act("decline", digest))


def agent_pages(site: Site, page: Page) -> Iterator[str]:
    """Visit every page of the Virtual Agent, one after the other."""
    page.goto(site.page_of("OL-2026-0314", "customer"))
    yield "to book"
    page.locator(".week summary").first.click()
    yield "more dates"
    to_book = page.url
    page.goto(f"{to_book}?refused=slot_taken")
    yield "refused"
    page.goto(f"{to_book}/decline")
    yield "to decline"
    page.goto(site.page_of("OL-2026-0311", "customer"))
    yield "booked"
    page.get_by_role("link", name="Sposta").click()
    yield "to move"
    page.goto(f"{site.url}/va/nothing")
    yield "gone"


def sideways(page: Page) -> int:
    """By how many pixels a page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_agents_pages_are_accessible_and_fit_a_small_phone(site: Site, visitor: Visitor, theme: Theme) -> None:
    context = visitor(viewport=SMALL_PHONE, color_scheme=theme)
    page = context.new_page()
    faults = {name: [*accessibility_faults(page), sideways(page)] for name in agent_pages(site, page)}
    assert {name: found for name, found in faults.items() if found != [0]} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_the_control_room_is_accessible_and_fits(site: Site, visitor: Visitor, theme: Theme, width: int) -> None:
    context = visitor(viewport={"width": width, "height": 900}, color_scheme=theme)
    page = context.new_page()
    page.goto(site.url)
    expect(page.locator(".tally")).to_be_visible()
    for summary in page.locator("summary").all():
        summary.click()
    assert accessibility_faults(page) == []
    assert sideways(page) == 0


def test_the_door_is_accessible(visitor: Visitor, tmp_path: Path) -> None:
    with running_site(tmp_path, host="0.0.0.0") as site:
        context = visitor()
        page = context.new_page()
        page.goto(site.url.replace("0.0.0.0", "127.0.0.1"))
        assert accessibility_faults(page) == []


def test_the_pictures_of_the_documentation(site: Site, visitor: Visitor, tmp_path: Path) -> None:
    folder = IMAGES if SCREENSHOTS else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    context = visitor(viewport={"width": 390, "height": 780})
    page = context.new_page()
    page.goto(site.page_of("OL-2026-0314", "customer"))
    page.get_by_role("radio", name="10:00–12:00").first.check()
    page.screenshot(path=folder / "va.png")
    page.set_viewport_size(DESK)
    page.goto(site.url)
    expect(page.locator(".tally")).to_be_visible()
    page.screenshot(path=folder / "control-room.png")
    for picture in folder.iterdir():
        assert picture.stat().st_size < LARGEST_IMAGE_BYTES, f"{picture.name} is too large to keep"
