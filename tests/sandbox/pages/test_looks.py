"""How the pages look: nothing wrong for axe in either theme, no sideways scrolling on a small phone, and two pictures.

The pictures in docs/images are made anew only with APPUNTAMENTO_SCREENSHOTS=1, so that a test run leaves no change.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.sandbox.pages.accessibility import accessibility_faults
from tests.sandbox.pages.page_visitors import DESK, Pictures, Site, Visitor, running_site
from tests.world.ports_servers import OperatorEndpoint, operator_endpoint


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
        site.decline("OL-2026-0312")
        site.book("OL-2026-0311", place=12)
        site.advance("20 h")
        site.book("OL-2026-0311", place=7, act="reschedule")
        site.engage("OL-2026-0314", phone="+393330140314")
        site.book("OL-2026-0313", place=12)
        site.advance("2 h")
        yield site


def sideways(page: Page) -> int:
    """By how many pixels a page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("width", [360, 1440])
def test_the_control_room_is_accessible_and_fits_in_both_themes(site: Site, visitor: Visitor, width: int) -> None:
    page = visitor(viewport={"width": width, "height": 900}, color_scheme="light").new_page()
    page.goto(site.url)
    expect(page.locator(".tally")).to_be_visible()
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert accessibility_faults(page) == []
    assert sideways(page) == 0
    page.emulate_media(color_scheme="dark")
    assert accessibility_faults(page, only_colours=True) == []
    assert sideways(page) == 0


def test_the_door_is_accessible(visitor: Visitor, tmp_path: Path) -> None:
    with running_site(tmp_path, host="0.0.0.0") as site:
        context = visitor()
        page = context.new_page()
        page.goto(site.url.replace("0.0.0.0", "127.0.0.1"))
        assert accessibility_faults(page) == []


def test_the_pictures_of_the_documentation(site: Site, visitor: Visitor, pictures: Pictures) -> None:
    context = visitor(viewport={"width": 390, "height": 780})
    page = context.new_page()
    page.goto(site.page_of("OL-2026-0314", "customer"))
    page.get_by_role("radio", name="10:00–12:00").first.check()
    pictures.take(page, "va")
    page.set_viewport_size(DESK)
    page.goto(f"{site.url}/?lang=en")
    expect(page.locator(".tally")).to_be_visible()
    pictures.take(page, "control-room")
