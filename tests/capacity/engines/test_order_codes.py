"""The codes of orders from a file: each belongs to its operator, in tables, traces and verdicts, by both engines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from reports.judging.judge import judge
from reports.judging.profiles import load_profile
from sim.capacity.cohort.choice import BOTH, run_by
from sim.capacity.engine.engine import Replication
from sim.capacity.errors import FileRowsError
from sim.capacity.jobs.jobs import BASE, Job, Plan, Variant, do
from sim.capacity.scenario.reader import read_scenario
from sim.capacity.scenario.scenario import Scenario
from sim.capacity.tables.frames import frames_of
from tests.capacity.cases import values

HEAD = "order,received_at,operator,service,territory"
DOMAIN = {"domain": "va.example.it", "orders_per_year": 100, "services": {"ULL": 1}}
TWO = [{"name": "BETA", **DOMAIN}, {"name": "BETA-X", **DOMAIN}]
# The X-1 of BETA and the 1 of BETA-X would have one link, were the name only put before the code.
ALIKE = ("X-1,BETA", "X-1,BETA-X", "1,BETA-X", "X-2,BETA", "X-2,BETA-X")


def rows(*orders: str, day: str = "2026-03-03") -> list[str]:
    """A row for each order, given with its operator; all at the same instant."""
    codes = [order.split(",") for order in orders]
    return [f"{code},{day}T10:00:00,{operator},ULL,lazio" for code, operator in codes]


def written(folder: Path, recorded: Sequence[str], opening: Sequence[str] = (), **changes: Any) -> dict[str, object]:
    """The values of a scenario with these rows of arrivals and of open orders."""
    (folder / "recorded.csv").write_text("\n".join([HEAD, *recorded]))
    (folder / "open.csv").write_text("\n".join([HEAD, *opening]))
    files: dict[str, Any] = {"arrivals__recorded": {"file": "recorded.csv"}}
    if opening:
        files["opening"] = {"orders": "open.csv"}
    changed_values = {"operators": TWO, "customers__cancels": 0, "horizon__start": date(2026, 3, 2), **files, **changes}
    return values(**{path: value for path, value in changed_values.items() if value is not None})


def scenario(folder: Path, recorded: Sequence[str], opening: Sequence[str] = (), **changes: Any) -> Scenario:
    """The same, read."""
    return read_scenario(str(folder / "x.toml"), written(folder, recorded, opening, **changes))


def codes_in(replication: Replication) -> list[tuple[str, str]]:
    """Each order that was received, with its operator."""
    received = (event for event in replication.trace if event["type"] == "order.received")
    return sorted((event["data"]["operator"], str(event["subject"])) for event in received)  # type: ignore[index]


def test_two_operators_may_hand_in_the_same_code_and_nothing_mixes(tmp_path: Path) -> None:
    opening = rows("X-9,BETA", "X-9,BETA-X", day="2026-02-26")
    everybody_books = {"customers__books": 1, "customers__refuses": 0, "customers__reschedules": 0}
    read = scenario(tmp_path, rows(*ALIKE), opening, **everybody_books)
    replication = run_by(BOTH, read, 1, 0, keeps_orders=True)
    assert replication.engine == "service and cohort, equal"
    assert codes_in(replication) == sorted(
        [("BETA", "X-9"), ("BETA-X", "X-9"), *(tuple(o.split(",")[::-1]) for o in ALIKE)]
    )
    rows_of_files = [
        (event["data"]["operator"], row["order"], row["link"])  # type: ignore[index]
        for event in replication.trace
        if event["type"] == "csv.deposited"
        for row in event["data"]["rows"]  # type: ignore[index]
    ]
    assert sorted(row[:2] for row in rows_of_files) == codes_in(replication)
    assert len({link for _, _, link in rows_of_files}) == len(rows_of_files) == 7
    verdicts = {rule.rule: rule for rule in judge(replication.trace, load_profile("default")).rules}
    assert not {"FAIL", "ERROR", "AMBIGUOUS"} & {rule.verdict for rule in verdicts.values()}
    assert verdicts["BOOK-3"].verdict == "PASS"
    assert verdicts["CSV-2"].verdict == "PASS"


def test_the_table_of_orders_has_the_codes_where_a_file_gives_some(tmp_path: Path) -> None:
    def table(recorded: Sequence[str]) -> Any:
        base, read = Variant(BASE, {}), written(tmp_path, recorded)
        plan = Plan(str(tmp_path / "x.toml"), read, {}, (base,), 1, keeps_orders=True, engine=BOTH)
        return frames_of(plan, [do(Job(plan, base, 0))])["orders"]

    coded = table(rows(*ALIKE, ",BETA"))
    pairs = sorted(zip(coded["operator"], coded["order"], strict=True))
    assert pairs == sorted([("BETA", "20260303-000005"), *(tuple(order.split(",")[::-1]) for order in ALIKE)])
    assert "order" not in table(rows(",BETA", ",BETA-X")).columns


def test_a_code_that_is_made_is_never_one_that_its_operator_has_written(tmp_path: Path) -> None:
    recorded_rows = rows("20260303-000001,BETA", ",BETA", "20260303-000001-0,BETA", ",BETA-X", "a b/7,BETA")
    replication = run_by(BOTH, scenario(tmp_path, recorded_rows), 1, 0)
    codes = ["20260303-000001", "20260303-000001-0", "20260303-000001-0-0", "20260303-000004"]
    assert codes_in(replication) == [*(("BETA", code) for code in codes), ("BETA-X", "20260303-000003")]


def test_nor_is_it_that_of_an_open_order_where_those_to_come_are_drawn(tmp_path: Path) -> None:
    codes = [f"20260302-{number:06d},{operator}" for number in range(9) for operator in ("BETA", "BETA-X")]
    busy = [{**operator, "orders_per_year": 1_000} for operator in TWO]
    drawn: dict[str, Any] = {"arrivals__recorded": None, "operators": busy, "horizon__days": 3}
    replication = run_by(
        BOTH, scenario(tmp_path, [], rows(*codes, day="2026-02-26"), sample__orders=400, **drawn), 1, 0
    )
    codes_of_run = codes_in(replication)
    assert len(codes_of_run) == len(set(codes_of_run)) > len(codes)
    assert {code for _, code in codes_of_run if code.endswith("-0")}


def test_weeks_that_are_drawn_again_bring_new_orders(tmp_path: Path) -> None:
    recorded = {"file": "recorded.csv", "resample": "weeks"}
    replication = run_by(BOTH, scenario(tmp_path, rows(*ALIKE), arrivals__recorded=recorded), 3, 0)
    assert all(code.startswith("202603") for _, code in codes_in(replication))


@pytest.mark.parametrize("operator", ["BETA", "BETA-X"])
def test_a_code_that_an_open_order_of_the_same_operator_has_arrives_no_more(tmp_path: Path, operator: str) -> None:
    opening = rows(f"X-1,{operator}", day="2026-02-26")
    arriving = rows("X-1,BETA")
    if operator == "BETA-X":
        assert len(scenario(tmp_path, arriving, opening).open_orders) == 1
        return
    with pytest.raises(FileRowsError, match=r"line 2: order 'X-1', allowed: a code that no order of BETA in \[arr"):
        scenario(tmp_path, arriving, opening)
