"""Records with days instead of instants: what is still fitted, what is not and says so, and what is refused."""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Collection
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from appuntamento import main
from reference_impl.civil_time import civil_day, date_of, format_instant
from sim.capacity.errors import FileRowsError
from sim.capacity.fit.record_rows import read_records
from sim.capacity.fit.records import INSTANTS, OUTCOMES
from sim.capacity.scenario.scenario import SERVICE_NAMES
from tests.capacity.fit.truth import true_records

COLUMNS = ("received_at", *INSTANTS)


def records_file(folder: Path, of_days: Collection[str]) -> Path:
    """The true records as a CSV file, some columns as an Italian spreadsheet writes days."""
    records, path = true_records(), folder / "orders.csv"
    with path.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened, delimiter=";")
        writer.writerow((*COLUMNS, "operator", "service", "territory", "state"))
        for number in range(len(records)):
            writer.writerow(
                (
                    *(written(int(getattr(records, name)[number]), name in of_days) for name in COLUMNS),
                    records.operators[records.operator[number]],
                    SERVICE_NAMES[records.service[number]],
                    records.territories[records.territory[number]],
                    OUTCOMES[records.outcome[number]],
                )
            )
    return path


def written(instant: int, as_day: bool) -> str:
    if instant < 0:
        return ""
    return date_of(civil_day(instant)).strftime("%d/%m/%Y") if as_day else format_instant(instant, True)


def fitted(folder: Path, of_days: Collection[str]) -> dict[str, Any]:
    """What `fit.json` says."""
    file = records_file(folder, of_days)
    tried = [] if of_days else ["--no-backtest"]
    assert main(["fit", str(file), "--out", str(folder / "own"), "--lang", "en", "--quiet", "--force", *tried]) == 0
    told: dict[str, Any] = json.loads((folder / "own" / "fit.json").read_text("utf-8"))
    return told


def by_path(told: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {finding["path"]: finding for finding in told["findings"]}


@pytest.fixture(scope="module")
def exact(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What is found where all columns have instants."""
    return by_path(fitted(tmp_path_factory.mktemp("exact"), ()))


def test_of_days_alone_volumes_are_fitted_and_what_needs_times_keeps_its_default_and_says_so(
    exact: dict[str, dict[str, Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fit = fitted(tmp_path, COLUMNS)
    output = " ".join(capsys.readouterr().out.split())
    assert fit["records"]["days_only"] == sorted(COLUMNS)
    assert "Days alone, without a time, in booked_at, line_ready_at, looked_at, received_at" in output
    assert fit["backtest"]["possible"] is False
    assert "No backtest: with days alone no times can be compared." in output
    findings = by_path(fit)
    same = ("arrivals.weekdays", "operators.1.orders_per_year", "operators.2.services", "territories.lazio.share")
    assert [findings[path] for path in same] == [exact[path] for path in same]
    assert findings["slots.weekdays"]["value"] == exact["slots.weekdays"]["value"]
    timeless = {path for path, finding in findings.items() if "days_only" in finding["notes"]}
    assert timeless == {
        "arrivals.hours",
        "line_ready.copper.after_hours",
        "line_ready.nga.after_hours",
        "customers.books",
        "customers.refuses",
        "customers.answers_after_hours",
        "customers.wishes_days",
        "customers.cancels",
    }
    assert {findings[path]["origin"] for path in timeless} == {"assumed"}
    assert {exact[path]["origin"] for path in timeless} <= {"fitted", "counted"}
    assert findings["territories.lazio.slots_per_band"]["notes"] == ["days_technicians"]
    assert findings["territories.lazio.slots_per_band"]["origin"] == "assumed"
    scenario = tmp_path / "own" / "scenario.toml"
    assert "The records have days alone, without a time: it cannot be fitted." in scenario.read_text("utf-8")
    assert tomllib.loads(scenario.read_text("utf-8"))["arrivals"]["hours"] == [1] * 24
    page = (tmp_path / "own" / "index.html").read_text("utf-8")
    assert "Days alone, without a time, in booked_at" in page
    small = ["--set", "horizon.days=16", "--replications", "1", "--quiet", "--out", str(tmp_path / "run")]
    assert main(["simulate", str(scenario), *small]) == 0


def test_days_of_one_column_keep_from_being_fitted_only_what_needs_its_times(
    exact: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    visits = by_path(fitted(tmp_path, ("visit_at",)))
    timeless = {path for path, finding in visits.items() if {"days_only", "days_technicians"} & set(finding["notes"])}
    assert timeless == {"customers.wishes_days", "territories.lazio.slots_per_band"}
    for path in ("line_ready.nga.after_hours", "customers.books", "arrivals.hours"):
        assert visits[path] == exact[path]


def file_of(folder: Path, *rows: str) -> Path:
    path = folder / "orders.csv"
    path.write_text("\n".join(["received_at,operator,service,territory,line_ready_at,booked_at", *rows]))
    return path


def test_a_column_with_days_and_instants_is_refused_with_the_lines_of_its_days(tmp_path: Path) -> None:
    file = file_of(
        tmp_path,
        "2026-03-03T10:00:00,ALFA,ULL,lazio,2026-03-04,",
        "2026-03-03,ALFA,ULL,lazio,2026-03-04,",
        "2026-03-05,ALFA,ULL,lazio,2026-03-06,",
    )
    with pytest.raises(FileRowsError) as raised:
        read_records(file)
    head, *lines = str(raised.value).splitlines()
    assert "2 of 3 rows are not allowed" in head
    allowed = "an instant with its time, as on line 2, or days in the whole column"
    assert lines == [
        f"  line {line}: received_at {day!r}, allowed: {allowed}"
        for line, day in ((3, "2026-03-03"), (4, "2026-03-05"))
    ]


def test_days_are_in_order_when_the_days_are(tmp_path: Path) -> None:
    """Noon of a day says nothing against an instant of the morning; another day does."""
    line = "2026-03-03,ALFA,ULL,lazio,2026-03-03T09:00:00,2026-03-03"
    records = read_records(file_of(tmp_path, line))
    assert records.days_only == {"received_at", "booked_at"}
    with pytest.raises(FileRowsError, match=r"line 2: line_ready_at '2026-03-02T09:00:00', allowed: an instant from"):
        read_records(file_of(tmp_path, line.replace("03T09", "02T09")))
    with pytest.raises(FileRowsError, match=r"line 2: received_at '2026-02-30', allowed: an instant such as"):
        read_records(file_of(tmp_path, line.replace("2026-03-03,ALFA", "2026-02-30,ALFA")))


def test_dates_of_a_parquet_file_are_days(tmp_path: Path) -> None:
    frame = pl.read_csv(file_of(tmp_path, "2026-03-03,ALFA,ULL,lazio,2026-03-04,"), infer_schema=False)
    dates = frame.with_columns(pl.col("received_at", "line_ready_at").str.to_date())
    dates.write_parquet(tmp_path / "orders.parquet")
    records = read_records(tmp_path / "orders.parquet")
    assert records.days_only == {"received_at", "line_ready_at"}
    assert date_of(civil_day(int(records.received_at[0]))).isoformat() == "2026-03-03"
