"""How the reports of capacity runs look: nothing from outside, links that lead somewhere, phones, dark, both languages.

The picture in docs/images is made anew only with APPUNTAMENTO_SCREENSHOTS=1, so that a test run leaves no change; it is
then of the run in the folder APPUNTAMENTO_CAPACITY_RUN: `simulate small-town --seed 3 --replications 5`.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path
from typing import Literal

import pytest

from tests.capacity.page_cases import (
    page_of,
)
from tests.places import ROOT
from tests.sandbox.pages.accessibility import accessibility_faults
from tests.sandbox.pages.page_visitors import Visitor

LARGEST_PAGE_BYTES, LARGEST_IMAGE_BYTES = 2_000_000, 200_000
OUTSIDE = re.compile(r"""(?:src|href|action)\s*=\s*["']?\s*(?:https?:)?//|url\(|@import""")
IMAGES = ROOT / "docs" / "images"
SCREENSHOTS = os.environ.get("APPUNTAMENTO_SCREENSHOTS") == "1"
Theme = Literal["light", "dark"]


@pytest.mark.parametrize("kind", ["finished", "swept", "planned"])
def test_the_page_needs_nothing_else_and_is_small(kind: str, request: pytest.FixtureRequest) -> None:
    page = Path(request.getfixturevalue(kind)) / "index.html"
    assert OUTSIDE.findall(page.read_text("utf-8")) == []
    assert page.stat().st_size < LARGEST_PAGE_BYTES


@pytest.mark.parametrize("kind", ["finished", "swept", "planned"])
def test_every_link_within_the_page_leads_to_one_place(kind: str, request: pytest.FixtureRequest) -> None:
    page = page_of(Path(request.getfixturevalue(kind)))
    ids = Counter(element.get("id") for element in page.iter() if element.get("id"))
    assert max(ids.values()) == 1
    links = {link.get("href") for link in page.iter("a")}
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
    assert all((Path(request.getfixturevalue(kind)) / link).exists() for link in links if not link.startswith("#"))


@pytest.mark.parametrize(
    ("width", "theme", "kind"),
    [
        (360, "light", "finished"),
        (1200, "dark", "finished"),
        (360, "light", "swept"),
        (1200, "light", "planned"),
        (360, "dark", "planned"),
    ],
)
def test_the_page_is_accessible_fits_and_switches_language(
    visitor: Visitor, request: pytest.FixtureRequest, theme: Theme, width: int, kind: str
) -> None:
    folder = Path(request.getfixturevalue(kind))
    context = visitor(viewport={"width": width, "height": 900}, color_scheme=theme)
    page = context.new_page()
    page.goto((folder / "index.html").as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert accessibility_faults(page, for_fingers=False) == []
    page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.get_by_text("The numbers behind the plot").count() > 0


# The labels of plots that leave their sheet to the left or the right by more than a letter's own overhang.
CUT_LABELS = """() => [...document.querySelectorAll('svg.plot')].flatMap(sheet => {
  const box = sheet.getBoundingClientRect();
  return box.width ? [...sheet.querySelectorAll('text')].filter(text => {
    const place = text.getBoundingClientRect();
    return place.left < box.left - 2 || place.right > box.right + 2;
  }).map(text => text.textContent) : [];
})"""


@pytest.mark.parametrize("kind", ["finished", "swept", "planned"])
def test_no_label_of_a_plot_leaves_its_sheet(visitor: Visitor, request: pytest.FixtureRequest, kind: str) -> None:
    page = visitor().new_page()
    page.goto((Path(request.getfixturevalue(kind)) / "index.html").as_uri())
    assert page.locator("svg.plot text").count() > 0
    for width in (390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(CUT_LABELS) == [], width


def test_the_picture_of_the_documentation(visitor: Visitor, finished: Path, tmp_path: Path) -> None:
    folder = Path(os.environ.get("APPUNTAMENTO_CAPACITY_RUN", finished))
    picture = (IMAGES if SCREENSHOTS else tmp_path) / "capacity.png"
    assert 10_000 < taken(visitor, folder, picture) < LARGEST_IMAGE_BYTES


def taken(visitor: Visitor, folder: Path, picture: Path) -> int:
    """Take a picture of a page in English; its bytes."""
    page = visitor(viewport={"width": 1120, "height": 1700}, device_scale_factor=0.75).new_page()
    page.goto((folder / "index.html").as_uri())
    page.get_by_role("button", name="English").click()
    page.screenshot(path=picture)
    return picture.stat().st_size


def test_one_faint_cell_among_many_rows_is_found(visitor: Visitor) -> None:
    page = visitor().new_page()
    rows = [f"<tr><th scope=row>{day}<td>{day}<td><span data-t={day}>{day}</span></tr>" for day in range(30)]
    for style, faults in ("", 0), (" style='color: #ccc'", 1):
        faint = f"<tr><th scope=row>30<td>30<td><span data-t=30{style}>30</span></tr>"
        table = f"<table><thead><tr><th>a<th>b<th>c<tbody>{''.join([*rows[:20], faint, *rows[20:]])}</table>"
        page.set_content(f"<!doctype html><html lang=en><title>x</title><main><h1>x</h1>{table}</main>")
        assert len(accessibility_faults(page, for_fingers=False)) == faults
        assert page.locator("tbody tr").count() < len(rows)
