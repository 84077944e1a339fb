"""The page of a fit: every number and every indicator is on it, in both languages, for everybody."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import pytest
from lxml import html

from reports.capacity.canvas import NARROW, WIDE, WIDEST_CHARACTER, Canvas
from reports.capacity.fit_figures import curve_figure
from reports.capacity.fit_page import write_fit_page
from reports.capacity.fit_words import IMPOSSIBLE, INDICATORS, NOTES
from reports.words.labels import Lexicon, Term
from sim.capacity.fit.backtest import DAYS_ONLY, LEAST_DAYS, LEAST_ORDERS, TOO_FEW, TOO_SHORT, UNEVEN
from tests.capacity.fit.truth import COMMAND, fit_members
from tests.capacity.test_page_looks import CUT_LABELS, IMAGES, LARGEST_IMAGE_BYTES, OUTSIDE, SCREENSHOTS
from tests.sandbox.pages.accessibility import accessibility_faults
from tests.sandbox.pages.page_visitors import Visitor


@pytest.mark.parametrize("language", ["it", "en"])
def test_every_number_and_every_indicator_is_told(tmp_path: Path, language: str) -> None:
    page: Any = html.fromstring(write_fit_page(tmp_path, fit_members(), language).read_text("utf-8"))
    codes = [code.text for code in page.xpath("//section[@id='numbers']//code")]
    assert codes == [finding["path"] for finding in fit_members()["findings"]]
    backtest_text = page.get_element_by_id("backtest").text_content()
    assert all(
        INDICATORS[row["name"]].in_language(language) in backtest_text for row in fit_members()["backtest"]["compared"]
    )
    assert page.xpath("//pre[@class='command']")[0].text == COMMAND
    curves = [finding for finding in fit_members()["findings"] if finding["curve"]]
    assert len(curves) >= 4
    assert len(page.xpath("//section[@id='curves']//figure")) == len(curves)


def test_a_backtest_that_could_not_be_is_said_to_be_none(tmp_path: Path) -> None:
    none = {"possible": False, "why": "too_few", "least_days": LEAST_DAYS, "least_orders": LEAST_ORDERS}
    page: Any = html.fromstring(write_fit_page(tmp_path, {**fit_members(), "backtest": none}, "en").read_text("utf-8"))
    assert not page.xpath("//section[@id='backtest']")
    assert f"at least {LEAST_ORDERS} recorded orders" in page.text_content()


def test_whatever_can_be_noted_has_words() -> None:
    noted = {note for finding in fit_members()["findings"] for note in finding["notes"]}
    assert noted <= NOTES.keys()
    assert {TOO_SHORT, TOO_FEW, UNEVEN, DAYS_ONLY, "not_asked"} == IMPOSSIBLE.keys()


@pytest.mark.parametrize(("width", "theme"), [(360, "light"), (1200, "dark")])
def test_the_page_is_accessible_and_fits(
    visitor: Visitor, tmp_path: Path, width: int, theme: Literal["light", "dark"]
) -> None:
    page = visitor(viewport={"width": width, "height": 900}, color_scheme=theme).new_page()
    page.goto(write_fit_page(tmp_path, fit_members()).as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert accessibility_faults(page, for_fingers=False) == []
    assert OUTSIDE.findall((tmp_path / "index.html").read_text("utf-8")) == []
    assert page.evaluate(CUT_LABELS) == []


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_the_last_date_stands_whole_on_the_sheet_however_many_weeks_there_are(width: float) -> None:
    for weeks in range(2, 60):
        curve = {"unit": "weeks", "values": [7 * week for week in range(weeks)]}
        curve |= {"recorded": [1] * weeks, "fitted": [1.0] * weeks}
        canvas = Canvas(Lexicon("it"), width, 240)
        curve_figure({"path": "arrivals.weekdays", "curve": curve}, Term("", "")).draw(canvas)
        sheet = html.fromstring(str(canvas.picture(Term("", ""))))
        below = [text for text in sheet.iter("text") if "-" in (text.text or "")]
        assert [text.get("class") for text in below] == ["tick", *["tick mid"] * (len(below) - 1)]
        assert min(weeks, 2) <= len(below) <= (2 if width == NARROW else 7)
        dates = [float(text.get("x", "nan")) for text in below[1:]]
        half = len("2026-03-02") * WIDEST_CHARACTER / 2
        assert all(half <= x <= width - half for x in dates)


def test_the_picture_of_the_documentation(visitor: Visitor, tmp_path: Path) -> None:
    picture = (IMAGES if SCREENSHOTS else tmp_path) / "fit.png"
    page = visitor(viewport={"width": 1120, "height": 1700}, device_scale_factor=0.75).new_page()
    page.goto(write_fit_page(tmp_path, fit_members(), "en").as_uri())
    page.screenshot(path=picture)
    assert 10_000 < picture.stat().st_size < LARGEST_IMAGE_BYTES
