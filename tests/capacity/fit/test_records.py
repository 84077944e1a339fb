"""Files of records: which are read, what is said of those that are not, and what was known at an instant."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from reference_impl.civil_time import parse_instant
from reference_impl.policy import Policy
from sim.capacity.errors import FileRowsError, ScenarioError
from sim.capacity.fit.record_rows import read_records
from sim.capacity.fit.records import NONE, OPEN, TIMED_OUT, VISITED

HEAD = "order,received_at,operator,service,territory,line_ready_at,looked_at,booked_at,visit_at,state,acted_by,calls"
GOOD = (
    "X-1,2026-03-03T10:00:00,BETA,ULL,lazio,2026-03-04T09:00:00,2026-03-04T12:00:00,2026-03-04T12:00:00,"
    "2026-03-09T08:00:00,Visited,customer,0"
)
OTHER = "X-2,2026-03-02T10:00:00,ALFA,VULA_FTTH,Centro,2026-03-02T12:00:00,,,,timed out,,2"


def file_of(folder: Path, *rows: str) -> Path:
    file = folder / "orders.csv"
    file.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    return file


def test_orders_come_in_order_of_reception_and_names_in_their_own(tmp_path: Path) -> None:
    records = read_records(file_of(tmp_path, GOOD, OTHER))
    assert (records.operators, records.territories) == (("ALFA", "BETA"), ("CENTRO", "LAZIO"))
    assert [records.operators[number] for number in records.operator] == ["ALFA", "BETA"]
    assert list(records.outcome) == [TIMED_OUT, VISITED]
    assert records.visit_at[0] == NONE
    assert "refused_at" not in records.present
    assert {"calls", "visit_at"} <= records.present


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (GOOD.replace("2026-03-04T12:00:00,2026", "2026-03-02T12:00:00,2026", 1), "looked_at '2026-03-02T12:00:00'"),
        (GOOD.replace("Visited", "seen"), "state 'seen', allowed: open or visited or refused or timed_out"),
        (GOOD.replace("ULL", "WLR"), "service 'WLR', allowed: ULL or SLU"),
        (GOOD.replace("customer", "agent"), "acted_by 'agent', allowed: customer or operator"),
        (GOOD.replace("BETA", "beta"), "operator 'beta'"),
        (GOOD[:-1] + "-3", "calls '-3', allowed: a whole number from 0 to 10,000"),
        (GOOD.replace("2026-03-09T08:00:00", ""), "visit_at '', allowed: an instant, for an order that was visited"),
        (GOOD.replace("2026-03-03T10", "1926-03-03T10"), "received_at '1926-03-03T10:00:00'"),
        (f"{GOOD}\n{GOOD}", "order 'X-1', allowed: each code once for an operator; it is on line 3 too"),
    ],
)
def test_a_row_that_is_not_allowed_is_named_by_its_line(tmp_path: Path, row: str, why: str) -> None:
    with pytest.raises(FileRowsError) as raised:
        read_records(file_of(tmp_path, OTHER, row))
    head, fault = str(raised.value).splitlines()
    assert head.startswith("fit: RECORDS ")
    assert "1 of" in head
    assert fault.startswith(f"  line {row.count(chr(10)) + 3}: ")
    assert why in fault


def test_an_italian_spreadsheet_is_read_as_the_same_orders(tmp_path: Path) -> None:
    plain = tmp_path / "plain.csv"
    plain.write_text(
        "received_at,operator,service,territory,booked_at,visit_at,capacity_days\n"
        "2026-02-03T10:05:00,BETA,ULL,lazio,2026-02-04T12:00:07,2026-11-05T08:00:00,1.5\n"
    )
    spreadsheet = tmp_path / "spreadsheet.csv"
    spreadsheet.write_text(
        "received_at;operator;service;territory;booked_at;visit_at;capacity_days\r\n"
        "03/02/2026 10:05;BETA;ULL;lazio;4/2/2026 12.00.07;05/11/2026 8:00;1,5\r\n",
        encoding="utf-8-sig",
    )
    expected, records = read_records(plain), read_records(spreadsheet)
    assert records.received_at[0] == parse_instant("2026-02-03T10:05:00+01:00")
    assert records.added_ms[0] == 36 * 3_600_000
    for name in ("received_at", "booked_at", "visit_at", "added_ms", "outcome"):
        assert list(getattr(records, name)) == list(getattr(expected, name)), name


def test_a_day_that_does_not_exist_is_refused_as_written(tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text("received_at;operator;service;territory\n02/13/2026 10:00;ALFA;ULL;lazio\n")
    with pytest.raises(FileRowsError, match=r"line 2: received_at '02/13/2026 10:00', allowed: an instant such as"):
        read_records(file)


def test_a_column_that_is_missing_is_named(tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text("received_at;operator;service\n")
    with pytest.raises(ScenarioError, match=r"\(missing: territory\)"):
        read_records(file)


def test_columns_that_nobody_reads_are_refused_so_that_no_personal_data_is_let_in(tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text("received_at,operator,service,territory,phone\n")
    with pytest.raises(ScenarioError, match=r"fit: RECORDS: .*\(not known: phone"):
        read_records(file)


def test_of_several_replications_the_first_is_read(tmp_path: Path) -> None:
    frame = pl.read_csv(file_of(tmp_path, GOOD, OTHER), infer_schema=False)
    both = pl.concat([frame.with_columns(replication=pl.lit(number), variant=pl.lit("base")) for number in (0, 1)])
    both.write_parquet(tmp_path / "orders.parquet")
    records = read_records(tmp_path / "orders.parquet")
    assert (len(records), records.histories) == (2, 2)


def test_what_came_later_was_not_known(tmp_path: Path) -> None:
    records = read_records(file_of(tmp_path, GOOD, OTHER)).as_of(parse_instant("2026-03-04T10:00:00"), Policy())
    assert len(records) == 2
    assert records.booked_at[1] == records.looked_at[1] == records.visit_at[1] == records.acted_by[1] == NONE
    assert records.line_ready_at[1] != NONE
    assert records.outcome[1] == OPEN
    assert records.until == parse_instant("2026-03-04T10:00:00")


def test_a_time_out_is_known_when_the_term_is_over(tmp_path: Path) -> None:
    head = "received_at,operator,service,territory,sms_at,state"
    file = tmp_path / "orders.csv"
    file.write_text(f"{head}\n2026-03-02T10:00:00,ALFA,ULL,lazio,2026-03-02T12:00:00,timed_out\n")
    records = read_records(file)
    outcomes = [records.as_of(parse_instant(f"2026-03-0{day}T12:00:00"), Policy()).outcome[0] for day in (2, 4, 5)]
    assert outcomes == [OPEN, OPEN, TIMED_OUT]
