"""The files of an opening state: the error for each row that cannot be right."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from sim.capacity.cohort.choice import BOTH, run_by
from sim.capacity.engine.tally import HourlyCount
from sim.capacity.errors import FileRowsError, ScenarioError
from sim.capacity.jobs.jobs import BASE, Plan, Variant
from sim.capacity.scenario.reader import read_scenario
from tests.capacity.cases import values
from tests.capacity.engines.opening_cases import (
    BANDS,
    BOOKED,
    ENGAGED,
    ORDERS_HEAD,
    START,
    WAITING,
    Changes,
    with_opening,
)

BAD_ORDERS = {
    "2026-03-02T00:00:00,ALFA,ULL,lazio,": "an instant before 2026-03-02, within 60 days of it",
    "2025-12-31T10:00:00,ALFA,ULL,lazio,": "an instant before 2026-03-02, within 60 days of it",
    "2026-02-26T10:00:00,ALFA,ULL,lazio,2026-02-25T10:00:00": "an instant from received_at on",
    "2026-02-16T10:00:00,ALFA,ULL,lazio,2026-02-17T10:00:00": "whose term still runs on 2026-03-02; by the rules this",
    "2026-02-26T10:00:00,BETA,ULL,lazio,": "operator 'BETA', allowed: ALFA",
    "2026-02-26T10:00:00,ALFA,ULL": "cells 3, allowed: 5, as in the header",
}
BAD_BOOKED = {
    f"{WAITING},2026-03-05,{BANDS[0]}": "line_ready_at '', allowed: an instant, for an order that has booked",
    f"{ENGAGED},2026-03-05,": "visit_band '', allowed: both visit_date and visit_band, or neither",
    f"{ENGAGED},,{BANDS[0]}": "visit_date '', allowed: both visit_date and visit_band, or neither",
    f"{ENGAGED},2026-03-01,{BANDS[0]}": "a day from the start of the horizon on",
    f"{ENGAGED},2026-03-05,07:00-09:00": f"visit_band '07:00-09:00', allowed: {' or '.join(BANDS)}",
    f"{ENGAGED},2026-03-07,{BANDS[0]}": "no more orders than the 0 places of LAZIO on 2026-03-07",  # a Saturday
    f"{ENGAGED},2026-05-05,{BANDS[0]}": "a slot that was on offer within the order's term, before 2026-03-02",
    ENGAGED.replace("27T09", "28T21").replace("25T", "26T") + f",2026-03-02,{BANDS[0]}": "a slot that was on offer",
}
BAD_SLOTS = {
    "lazio,2026-03-03,08:00-10:00,7": "a whole number up to 6, the places of lazio on 2026-03-03 at 08:00-10:00",
    "lazio,2026-03-07,08:00-10:00,1": "a whole number up to 0, the places of lazio on 2026-03-07",  # a Saturday
    "lazio,2026-04-06,08:00-10:00,1": "a whole number up to 0, the places of lazio on 2026-04-06",  # Easter Monday
    "lazio,2026-03-03,08:00-10:00,-1": "taken '-1', allowed: a whole number up to 6",
    "lazio,2026-03-03,08:00-10:00,x": "taken 'x', allowed: a whole number up to 6",
    "lazio,2026-02-27,08:00-10:00,1": "date '2026-02-27', allowed: a day from the start of the horizon on",
    "lazio,2061-01-03,08:00-10:00,0": "date '2061-01-03', allowed: a day from the start of the horizon on, up to 2060",
    "lazio,9999-12-31,08:00-10:00,0": "a day from the start of the horizon on, up to 2060",
    f"lazio,2026-03-03,08:00-10:00,{'9' * 5000}": "a whole number up to 6, the places of lazio",
    "lazio,2026-03-04,08:00-10:00,\N{ARABIC-INDIC DIGIT THREE}": "a whole number up to 6, the places of lazio",
    "lazio,3/13/2026,08:00-10:00,1": "date '3/13/2026', allowed: a date such as 2026-03-03 or 03/03/2026",
    "lazio,2/3/2026,08:00-10:00,2": "each slot once; it is on line 2 too",  # the day first: 2 March
    "lazio,2026-03-03,08:00-09:00,1": f"band '08:00-09:00', allowed: {' or '.join(BANDS)}",
    "roma,2026-03-03,08:00-10:00,1": "territory 'roma', allowed: LAZIO",
    "lazio,2026-03-02,08:00-10:00,2": "each slot once; it is on line 2 too",
}
GOOD_SLOT = "lazio,2026-03-02,08:00-10:00,6"
BAD = [
    *(("orders", WAITING, row, why) for row, why in BAD_ORDERS.items()),
    *(("orders", BOOKED, row, why) for row, why in BAD_BOOKED.items()),
    *(("slots", GOOD_SLOT, row, why) for row, why in BAD_SLOTS.items()),
]


@pytest.mark.parametrize(("key", "good", "bad", "why"), BAD)
def test_a_row_that_cannot_be_so_is_named_by_its_line(tmp_path: Path, key: str, good: str, bad: str, why: str) -> None:
    with pytest.raises(FileRowsError) as raised:
        with_opening(tmp_path, **{key: [good, bad]})
    head, line = str(raised.value).splitlines()
    assert head.endswith(f"[opening] {key} {key}.csv: 1 of 2 rows are not allowed")
    assert line.startswith("  line 3: ")
    assert why in line


def test_a_slot_holds_those_who_have_booked_it_and_those_who_took_it(tmp_path: Path) -> None:
    taken_slot = f"lazio,2026-03-05,{BANDS[1]}"
    assert with_opening(tmp_path, orders=[BOOKED] * 2, slots=[f"{taken_slot},4"]).taken_slots
    with pytest.raises(FileRowsError, match=r"up to 4, the places of lazio .* that the 2 orders booked there leave"):
        with_opening(tmp_path, orders=[BOOKED] * 2, slots=[f"{taken_slot},5"])
    with pytest.raises(FileRowsError, match=r"line 8: visit_band .* no more orders than the 6 places of LAZIO"):
        with_opening(tmp_path, orders=[BOOKED] * 7)


def test_under_another_reading_an_open_order_may_have_timed_out_before_the_start(tmp_path: Path) -> None:
    (tmp_path / "o.csv").write_text("\n".join([ORDERS_HEAD, ENGAGED, ENGAGED.replace("27T09", "26T09")]))
    nobody_acts: Changes = {"customers__books": 0, "customers__refuses": 0, "customers__cancels": 0}
    written = values(**{"horizon__start": START, "opening": {"orders": "o.csv"}, **nobody_acts})
    plan = Plan(str(tmp_path / "x.toml"), written, {}, (Variant(BASE, {}),), 1)
    alive_by_week = {}
    for week in ("mon_fri", "mon_sat"):
        done = run_by(BOTH, plan.scenario(Variant(week, {"readings.working_week": week})), 1, 0)
        alive_by_week[week] = done.arrays["hours"][0, HourlyCount.OPENING_ALIVE]
    # Thursday, Friday and Saturday were the three days of one of them.
    assert alive_by_week == {"mon_fri": 2, "mon_sat": 1}
    with pytest.raises(FileRowsError, match=r"line 3: line_ready_at .* has timed out"):
        plan.scenario(Variant(BASE, {"horizon.start": START + timedelta(2)}))


def test_an_opening_state_names_a_file_that_is_there(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"\[opening\] orders: .* a file of orders, of slots, or both"):
        read_scenario("x.toml", values(opening={}))
    with pytest.raises(ScenarioError, match=r"\[opening\] slots: 'none.csv' .* territory, date, band, taken"):
        read_scenario(str(tmp_path / "x.toml"), values(opening={"slots": "none.csv"}))
