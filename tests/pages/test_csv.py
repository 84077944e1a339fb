"""Every table of a report can be taken as a CSV file, in the page's language, from the page alone."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Page

from reports.conformance.pages import render
from reports.judging.catalogue import catalogue
from tests.pages.sample_report import sample_events, sample_verdicts
from tests.sandbox.pages.page_visitors import Visitor

# What a spreadsheet must neither run nor read wrongly, and what it should read as a number.
CELLS = {
    "it": [("1.234,5", "1234,5"), ("−3", "-3"), ("12.000 %", "12000 %"), ('a "b"; c', 'a "b"; c'), ("=1+1", "'=1+1")],
    "en": [("1,234.5", "1234.5"), ("−3", "-3"), ("12,000%", "12000%"), ("+39 …", "'+39 …"), ("-cmd", "'-cmd")],
}
ALL_TABLES = "[...document.querySelectorAll('table')].map((table) => [csvOf(table), table.rows.length])"


def rows_of(text: str, language: str) -> list[list[str]]:
    """The rows of a CSV file."""
    return list(
        csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";" if language == "it" else ",")
    )


@pytest.fixture(params=["conformance", "capacity"])
def report(request: pytest.FixtureRequest, visitor: Visitor, tmp_path: Path) -> Page:
    """A report as somebody opens it who got it by mail."""
    if request.param == "capacity":
        path = request.getfixturevalue("finished") / "index.html"
    else:
        path = tmp_path / "index.html"
        path.write_text(render(sample_verdicts(), sample_events(), catalogue()), encoding="utf-8")
    page = visitor(viewport={"width": 1200, "height": 900}).new_page()
    page.goto(path.as_uri())
    return page


def test_every_table_has_a_button_and_its_file_has_all_rows(report: Page) -> None:
    assert report.locator("button.csv").count() == report.locator("table").count() > 1
    for language, name in (("it", "Italiano"), ("en", "English")):
        report.get_by_role("button", name=name).click()
        for text, count in report.evaluate(ALL_TABLES):
            rows = rows_of(text, language)
            assert len(rows) == count
            assert len({len(row) for row in rows}) == 1, "each row has as many fields"
            assert any(any(field for field in row) for row in rows)


def test_the_file_is_the_table_as_the_page_shows_it(report: Page) -> None:
    report.get_by_role("button", name="English").click()
    table = report.locator("table").last
    page_rows = [
        [" ".join(cell.split()) for cell in row]
        for row in table.evaluate("table => [...table.rows].map(row => [...row.cells].map(cell => cell.textContent))")
    ]
    with report.expect_download() as download:
        report.locator("button.csv").last.evaluate("button => button.click()")
    assert download.value.suggested_filename.endswith(".csv")
    rows = rows_of(download.value.path().read_text(encoding="utf-8"), "en")
    squeezed = [["".join(cell.split()) for cell in row] for row in rows]
    assert squeezed == [["".join(cell.split()) for cell in row] for row in page_rows]


def test_numbers_lose_the_marks_of_their_thousands_and_nothing_is_run(visitor: Visitor, tmp_path: Path) -> None:
    path = tmp_path / "index.html"
    path.write_text(render(sample_verdicts(), sample_events(), catalogue()), encoding="utf-8")
    page = visitor().new_page()
    page.goto(path.as_uri())
    for language, thousands in (("it", "."), ("en", ",")):
        page_rows = [
            [page.evaluate("([text, mark]) => fieldOf(text, mark)", [text, thousands]) for text, _ in CELLS[language]]
        ]
        line = (";" if language == "it" else ",").join(page_rows[0])
        assert rows_of(line, language) == [[field for _, field in CELLS[language]]]
