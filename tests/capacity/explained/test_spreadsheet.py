"""A run as a spreadsheet: a sheet for every table, numbers as numbers, a frozen header, a first sheet about the run."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from lxml import etree

from appuntamento import main
from sim.capacity.tables import spreadsheet as made
from sim.capacity.tables.results import TABLES, read_run
from sim.capacity.tables.spreadsheet import spreadsheet

SPACE = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
BEGINNING = 120  # rows of each table: the minutes of a day are many
DAY_ZERO = datetime(1899, 12, 30)
ABOUT: Mapping[str, Any] = {"name": "small", "file": "small.toml", "seed": 7, "replications": {"base": 2}}


def sheets(content: bytes) -> dict[str, Any]:
    """The sheets by name, as XML, with the texts that they share written in."""
    with zipfile.ZipFile(BytesIO(content)) as parts:
        book = etree.fromstring(parts.read("xl/workbook.xml"))
        shared = etree.fromstring(parts.read("xl/sharedStrings.xml"))
        texts = ["".join(map(str, item.itertext())) for item in shared.findall("x:si", SPACE)]
        names = [str(sheet.get("name")) for sheet in book.iter("{*}sheet")]
        pages = [etree.fromstring(parts.read(f"xl/worksheets/sheet{at}.xml")) for at in range(1, len(names) + 1)]
    for page in pages:
        for cell in page.iterfind(".//x:c[@t='s']/x:v", SPACE):
            cell.text = texts[int(str(cell.text))]
    return dict(zip(names, pages, strict=True))


def rows(sheet: Any) -> list[dict[str, tuple[str | None, str]]]:
    """The cells of each row by the letter of their column: kind (None for a number) and value."""
    return [
        {
            cell.get("r").rstrip("0123456789"): (cell.get("t"), cell.findtext("x:v", "", SPACE))
            for cell in row.iterfind("x:c", SPACE)
        }
        for row in sheet.iterfind(".//x:row", SPACE)
    ]


def columns(sheet: Any) -> list[str]:
    return [value for _, value in rows(sheet)[0].values()]


@pytest.fixture(scope="module")
def finished_sheets(finished: Path) -> dict[str, Any]:
    run = read_run(finished)
    beginnings = {name: run.frames[name].head(BEGINNING) for name in TABLES if name in run.frames}
    return sheets(spreadsheet(run.about, beginnings))


def test_every_table_is_a_sheet_with_all_rows_and_a_header_that_stays(finished: Path, finished_sheets: Any) -> None:
    run = read_run(finished)
    assert set(finished_sheets) == {"run", *run.frames}
    for name, frame in run.frames.items():
        sheet = finished_sheets[name]
        assert columns(sheet) == frame.columns
        assert len(rows(sheet)) == min(frame.height, BEGINNING) + 1
        pane = sheet.find(".//x:pane", SPACE)
        assert (pane.get("state"), pane.get("ySplit")) == ("frozen", "1")


def test_numbers_are_numbers_and_equal_those_of_the_table(finished: Path, finished_sheets: Any) -> None:
    kpis = read_run(finished).frames["kpis"].head(BEGINNING)
    place = chr(ord("A") + kpis.columns.index("mean"))
    cells = [row[place] for row in rows(finished_sheets["kpis"])[1:] if place in row]
    assert all(kind in (None, "n") for kind, _ in cells)
    assert [float(value) for _, value in cells] == pytest.approx([v for v in kpis["mean"].to_list() if v is not None])


def test_the_first_sheet_says_scenario_seed_and_version(finished_sheets: Any) -> None:
    facts = {row["A"][1]: row["B"][1] for row in rows(finished_sheets["run"])[1:]}
    assert facts["scenario"] == "small.toml"
    assert facts["seed"] == "5"
    assert facts["program"].startswith("appuntamento 0.")
    assert facts["assumption: territories.*.share"] == "Orders follow the population. (Istat 2024)"


def test_days_instants_and_hostile_texts_stand_as_what_they_are() -> None:
    instant = datetime(2026, 7, 1, 22, 0)
    frame = pl.DataFrame(
        {
            "day": [date(2026, 3, 2)],
            "instant": pl.Series([instant]).dt.replace_time_zone("UTC"),
            "text": ["=1+1"],
            "nothing": [float("nan")],
            "flag": [True],
        }
    )
    cells = rows(sheets(spreadsheet(ABOUT, {"orders": frame}))["orders"])[1]
    assert float(cells["A"][1]) == (datetime(2026, 3, 2) - DAY_ZERO).days
    assert float(cells["B"][1]) == (datetime(2026, 7, 2) - DAY_ZERO).days, "midnight in Rome"
    assert cells["C"] == ("s", "=1+1"), "no formula"
    assert "D" not in cells
    assert cells["E"] == ("b", "1")


def test_a_table_longer_than_a_sheet_is_cut_and_the_first_sheet_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made, "MOST_ROWS", 3)
    content = sheets(spreadsheet(ABOUT, {"hourly": pl.DataFrame({"hour": range(5)})}))
    assert len(rows(content["hourly"])) == 4
    facts = {row["A"][1]: row["B"][1] for row in rows(content["run"])[1:]}
    assert facts["sheet hourly"] == "the first 3 of 5 rows; all of them are in hourly.parquet"


def test_a_comparison_writes_it_into_its_folder(finished: Path, tmp_path: Path) -> None:
    assert main(["compare-runs", str(finished), str(finished), "--out", str(tmp_path), "--xlsx"]) == 0
    assert set(sheets((tmp_path / "tables.xlsx").read_bytes())) == {"run", "comparison"}


def test_a_comparison_that_goes_nowhere_has_no_spreadsheet(finished: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare-runs", str(finished), str(finished), "--xlsx"]) == 3
    assert "--xlsx" in capsys.readouterr().err
