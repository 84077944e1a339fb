"""Recorded orders: which files are read, what is said of those that are not, and resampling by week."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from reference_impl.civil_time import civil_day, day_of
from reference_impl.policy import Policy
from sim.capacity.engine.workload import Workload
from sim.capacity.errors import FileRowsError, ScenarioError
from sim.capacity.scenario.reader import read_scenario
from tests.capacity.cases import values


def test_recorded_orders_come_from_a_file_and_errors_name_the_row(tmp_path: Path) -> None:
    table = tmp_path / "orders.csv"
    scenario_file = str(tmp_path / "x.toml")
    table.write_text(
        "received_at,operator,service,territory,line_ready_at\n"
        "2026-03-03T10:00:00,ALFA,ULL,lazio,2026-03-03T12:00:00\n"
        "2026-03-03T09:00:00,ALFA,VULA_FTTH,lazio,\n"
    )
    scenario_values = values(arrivals__recorded={"file": "orders.csv"})
    orders = read_scenario(scenario_file, scenario_values).recorded
    assert orders is not None
    assert [order.service for order in orders] == ["VULA_FTTH", "ULL"]
    table.write_text("received_at,operator,service,territory\n2026-05-03T10:00:00,ALFA,ULL,lazio\n")
    with pytest.raises(FileRowsError, match=r"line 2: received_at .* an instant within the horizon"):
        read_scenario(scenario_file, scenario_values)
    table.write_text("received_at,operator,service\n")
    with pytest.raises(ScenarioError, match="columns received_at, operator"):
        read_scenario(scenario_file, scenario_values)


def test_instants_of_a_database_lie_in_their_millisecond(tmp_path: Path) -> None:
    rows = ["2026-03-03 10:00:00.123999,ALFA,ULL,lazio", "2026-03-03T10:00:00.124000999+01:00,ALFA,ULL,lazio"]
    (tmp_path / "orders.csv").write_text("\n".join(["received_at,operator,service,territory", *rows, ""]))
    orders = read_scenario(str(tmp_path / "x.toml"), values(arrivals__recorded={"file": "orders.csv"})).recorded
    assert orders is not None
    assert [order.received_at % 1000 for order in orders] == [123, 124]


HEAD = "order,received_at,operator,service,territory"
GOOD = "X-1,2026-03-03T10:00:00,ALFA,ULL,lazio"
BAD_ROWS = {
    "X-1,2026-03-04T10:00:00,ALFA,ULL,lazio": "each code once for an operator; it is on line 2 too",
    "X-2,2026-03-03T10:00:00,ALFA,ULL": "cells 4, allowed: 5, as in the header",
    "X-2,2026-03-03T10:00:00,ALFA,ULL,lazio,": "cells 6, allowed: 5, as in the header",
    "X-2,2026-05-03T10:00:00,ALFA,ULL,lazio": "an instant within the horizon",
    "X-2,03/03/2026,ALFA,ULL,lazio": "an instant such as 2026-03-03T07:00:00 or 03/03/2026 07:00",
    "X-2,2026-03-03T10:00:00,BETA,ULL,lazio": "operator 'BETA', allowed: ALFA",
    "X-2,2026-03-03T10:00:00,ALFA,ULL,forlì": "encoding 'not UTF-8', allowed: a file saved as UTF-8",
}


@pytest.mark.parametrize(("row", "why"), BAD_ROWS.items())
def test_a_recorded_row_that_is_not_allowed_is_named_by_its_line(tmp_path: Path, row: str, why: str) -> None:
    table = tmp_path / "orders.csv"
    table.write_bytes("\n".join([HEAD, GOOD, "", row, ""]).encode("latin-1"))
    with pytest.raises(FileRowsError) as raised:
        read_scenario(str(tmp_path / "x.toml"), values(arrivals__recorded={"file": "orders.csv"}))
    head, line = str(raised.value).splitlines()
    assert head.endswith("file orders.csv: 1 of 2 rows are not allowed")
    assert line.startswith("  line 4: ")
    assert line.endswith(why)


def test_all_rows_at_fault_are_counted_and_ten_are_shown(tmp_path: Path) -> None:
    rows = [f"X-{number},2026-03-0{number % 3 + 3}T10:00:00,ALFA,ULL,roma" for number in range(25)]
    (tmp_path / "orders.csv").write_text("\n".join([HEAD, GOOD, *rows]))
    with pytest.raises(FileRowsError) as raised:
        read_scenario(str(tmp_path / "x.toml"), values(arrivals__recorded={"file": "orders.csv"}))
    lines = str(raised.value).splitlines()
    assert "25 of 26 rows" in lines[0]
    assert len(lines) == 12
    assert lines[-1] == "  and 15 more"


def test_an_hour_that_comes_twice_wants_an_offset(tmp_path: Path) -> None:
    table, file = tmp_path / "orders.csv", str(tmp_path / "x.toml")
    autumn = values(arrivals__recorded={"file": "orders.csv"}, horizon__start=date(2026, 10, 20))
    table.write_text(f"{HEAD}\nX-1,2026-10-25T02:30:00,ALFA,ULL,lazio\n")
    with pytest.raises(FileRowsError, match=r"this hour comes twice, at \+02:00 and at \+01:00"):
        read_scenario(file, autumn)
    written = ("02:30:00+02:00", "02:30:00+01:00", "01:59:59", "03:00:00")
    table.write_text("\n".join([HEAD, *(f"{at},2026-10-25T{at},ALFA,ULL,lazio" for at in written)]))
    orders = read_scenario(file, autumn).recorded
    assert orders is not None
    assert len(orders) == 4


def test_weeks_are_resampled_when_asked_for(tmp_path: Path) -> None:
    """Two weeks, of one order a day and of three: replications mix them, weekday by weekday, and differ."""
    start = date(2026, 3, 2)
    days = [start + timedelta(days=day) for day in range(14)]
    rows = [f"{day}T10:0{n}:00,ALFA,ULL,lazio" for day in days for n in range(1 if day < days[7] else 3)]
    (tmp_path / "orders.csv").write_text("\n".join([HEAD.removeprefix("order,"), *rows]))
    file = str(tmp_path / "x.toml")

    def sizes(resample: str, replication: int) -> list[int]:
        recorded = {"file": "orders.csv", "resample": resample}
        read = read_scenario(file, values(arrivals__recorded=recorded, horizon__days=14))
        policy = Policy.from_readings(read.readings)
        days = [Workload(read, policy, 1, replication).day(day) for day in range(day_of(start), day_of(start) + 14)]
        assert all(civil_day(instant) == day.day for day in days for instant in day.received_at)
        return [day.size for day in days]

    assert {tuple(sizes("none", number)) for number in range(6)} == {(1,) * 7 + (3,) * 7}
    drawn = {tuple(sizes("weeks", number)) for number in range(12)}
    assert drawn <= {(a,) * 7 + (b,) * 7 for a in (1, 3) for b in (1, 3)}
    assert len(drawn) > 2
    with pytest.raises(ScenarioError, match="at least 14 days"):
        read_scenario(file, values(arrivals__recorded={"file": "orders.csv", "resample": "weeks"}, horizon__days=13))
