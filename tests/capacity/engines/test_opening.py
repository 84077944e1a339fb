"""The opening state: what a run makes of open orders and taken slots, and what is said of files that cannot be so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from numpy.typing import NDArray

from reference_impl.civil_time import HOUR, date_of, day_of, format_instant, instant_of, parse_instant, wall_clock
from reference_impl.deadlines import booking_closes, engagement_sms_at
from reference_impl.orders import State
from reference_impl.policy import Policy
from reports.judging.judge import judge
from reports.judging.profiles import load_profile
from sim.capacity.cohort.choice import BOTH, run_by
from sim.capacity.engine.engine import Engine, run_replication
from sim.capacity.engine.not_yet import later, not_yet
from sim.capacity.engine.order_under_way import OrderUnderWay
from sim.capacity.engine.places import Places
from sim.capacity.engine.tally import Arrays, Cohort, HourlyCount, Outcome, from_horizon
from sim.capacity.engine.workload import Workload
from sim.capacity.errors import FileRowsError, ScenarioError
from sim.capacity.intervals import interval
from sim.capacity.jobs.jobs import BASE, Finished, Plan, Variant
from sim.capacity.scenario.reader import read_scenario
from sim.capacity.scenario.scenario import Scenario
from sim.capacity.tables.opening_frame import ENDS, opening_frame
from tests.capacity.cases import values

START = date(2026, 3, 2)  # a Monday
BANDS = ("08:00-10:00", "10:00-12:00", "12:00-14:00", "14:00-16:00", "16:00-18:00")
ORDERS_HEAD = "received_at,operator,service,territory,line_ready_at"
BOOKED_HEAD = f"{ORDERS_HEAD},visit_date,visit_band"
SLOTS_HEAD = "territory,date,band,taken"
WAITING = "2026-02-26T10:00:00,ALFA,ULL,lazio,"
ENGAGED = "2026-02-25T10:00:00,ALFA,VULA_FTTH,lazio,2026-02-27T09:00:00"
Changes = dict[str, Any]


def with_opening(folder: Path, orders: Sequence[str] = (), slots: Sequence[str] = (), **changes: Any) -> Scenario:
    """The small scenario with these rows of open orders and of taken slots."""
    opening: dict[str, str] = {}
    for name, head, rows in (("orders", ORDERS_HEAD, orders), ("slots", SLOTS_HEAD, slots)):
        if rows:
            written = BOOKED_HEAD if rows[0].count(",") > head.count(",") else head
            (folder / f"{name}.csv").write_text("\n".join([written, *rows]))
            opening[name] = f"{name}.csv"
    more: Changes = {"opening": opening} if opening else {}
    return read_scenario(str(folder / "x.toml"), values(**{"horizon__start": START, **more, **changes}))


def loads(scenario: Scenario, load: int, replication: int = 0) -> NDArray[np.int64]:
    """A load by hour of a run."""
    return np.asarray(run_replication(scenario, 1, replication).arrays["hours"][:, load])


def test_where_the_first_week_is_taken_visits_that_are_booked_begin_in_the_second(tmp_path: Path) -> None:
    week = [f"lazio,{START + timedelta(day)},{band},6" for day in range(5) for band in BANDS]
    wishes: Changes = {"customers__wishes_days": {"constant": 0}}
    arrays = run_replication(with_opening(tmp_path, slots=week, **wishes), 1, 0).arrays
    visits = arrays["hours"][:, HourlyCount.VISITS]
    first = int(np.flatnonzero(visits)[0])
    assert first == 7 * 24 + 8
    assert np.flatnonzero(loads(with_opening(tmp_path, **wishes), HourlyCount.VISITS))[0] < 7 * 24
    assert arrays["visits"].sum() == visits[: 14 * 24].sum() + 25 * 6  # the technicians of the first week are at work
    assert arrays["scalars"][3] == 0  # slots over capacity (INV-6)


def test_a_backlog_is_under_way_from_the_start_and_is_not_counted_as_received(tmp_path: Path) -> None:
    backlog = [WAITING] * 7 + [ENGAGED] * 5
    half = {"name": "ALFA", "orders_per_year": 7300, "services": {"ULL": 1}, "share_with_code": 0.5}
    without, with_backlog = (
        run_replication(with_opening(tmp_path, orders=orders, operators=[half]), 1, 0).arrays
        for orders in ([], backlog)
    )
    assert without["hours"][0, HourlyCount.ALIVE] == 0
    assert with_backlog["hours"][0, HourlyCount.ALIVE] == len(backlog)
    for load in (HourlyCount.RECEIVED, HourlyCount.ENGAGEMENT_SMS):
        difference = with_backlog["hours"][:, load].sum() - without["hours"][:, load].sum()
        assert difference == (0 if load == HourlyCount.RECEIVED else 7)  # in the service all; five had theirs
    received = with_backlog["cohorts"][:, Cohort.RECEIVED]
    assert np.array_equal(received, without["cohorts"][:, Cohort.RECEIVED])
    outcomes = with_backlog["outcomes"].sum(axis=0)
    ends = ("REFUSED", "TIMED_OUT", "CANCELLED", "VISITED", "ORDINARY", "OPEN")
    assert sum(outcomes[getattr(Outcome, end)] for end in ends) == outcomes[Outcome.RECEIVED] == received.sum()


def test_every_open_order_has_one_end_in_its_territory_and_its_day(tmp_path: Path) -> None:
    """By territory and day: what is under way in the morning, less what ends, is so the next morning."""
    places = {"lazio": {"share": 1, "slots_per_band": 2}, "umbria": {"share": 1, "slots_per_band": 1}}
    rows = [f"{WAITING},,", f"{ENGAGED},,", BOOKED, BOOKED.replace("-05,", "-06,")]
    orders = [*rows, *rows, f"{ENGAGED},,", *(row.replace("lazio", "umbria") for row in rows)]
    life: Changes = {"horizon__longest_life_days": 12, "customers__cancels": 0.2, "horizon__warm_up_days": 2}
    scenario = with_opening(tmp_path, orders=orders, territories=places, **life)
    ended: Counter[str] = Counter()
    for replication in range(6):
        done = run_by(BOTH, scenario, 1, replication)
        assert done.engine == "service and cohort, equal"
        finished = Finished(BASE, replication, done.arrays, (), 0.0)
        frame = opening_frame({BASE: scenario}, [finished])
        assert frame is not None
        for territory, number in (("lazio", 9), ("umbria", 4)):
            of_territory = frame.filter(territory=territory)
            ends = of_territory.select(*ENDS).sum_horizontal()
            alive = of_territory["opening_alive"].to_list()
            assert alive[0] == number == ends.sum()
            assert [before - end for before, end in zip(alive, ends, strict=True)] == [*alive[1:], 0]
            ended.update({end: of_territory[end].sum() for end in ENDS})
        hours = done.arrays["hours"][:, HourlyCount.OPENING_ALIVE]
        mornings = frame.group_by("day").agg(pl.col("opening_alive").sum()).sort("day")["opening_alive"].to_list()
        assert mornings == hours[: 24 * len(mornings) : 24].tolist()
    assert min(ended[end] for end in ("visited", "timed_out", "cancelled")) > 0


def test_the_term_of_an_open_order_runs_from_its_own_sms(tmp_path: Path) -> None:
    nobody_acts: Changes = {"customers__books": 0, "customers__refuses": 0, "customers__cancels": 0}
    few: Changes = {"operators": [{"name": "ALFA", "orders_per_year": 0.001, "services": {"ULL": 1}}]}
    scenario = with_opening(tmp_path, orders=[ENGAGED], **nobody_acts, **few)
    policy = Policy.from_readings(scenario.readings)
    closes_at = booking_closes(engagement_sms_at(parse_instant("2026-02-27T09:00:00"), policy), policy)
    timed_out = np.flatnonzero(loads(scenario, HourlyCount.TIMED_OUT))
    assert timed_out.tolist() == [(closes_at - instant_of(day_of(START))) // HOUR]


def test_people_have_not_acted_before_the_start_and_lines_are_not_ready_before_it(tmp_path: Path) -> None:
    start = instant_of(day_of(START))
    received = [f"2026-02-{day}T0{hour}:30:00,ALFA,ULL,lazio," for day in range(20, 28) for hour in range(8, 10)]
    engaged = [ENGAGED.replace("09:00:00", f"{hour:02}:00:00") for hour in range(8, 20)] * 20
    always: Changes = {"operators": [called("00:00-24:00")], "customers__cancels": 0.5}
    scenario = with_opening(tmp_path, orders=[*received, *engaged], **always)
    made = Workload(scenario, Policy.from_readings({}), 1, 0)
    days = [made.day(day) for day in range(made.first_day, day_of(START))]
    assert sum(day.size for day in days) == len(received) + len(engaged)
    ready = [instant for day in days for instant in day.line_ready_at]
    assert sum(instant >= start for instant in ready) == len(received)
    hours = run_replication(scenario, 1, 0).arrays["hours"]
    assert hours[0, HourlyCount.ALIVE] == len(ready)  # nobody of them has booked, refused or been cancelled
    assert len({day.behaviour[index] for day in days for index in range(day.size)}) == 3


def test_a_line_that_has_kept_them_waiting_is_as_far_from_ready_as_its_delay_says(tmp_path: Path) -> None:
    """An exponential delay has no memory: however long it has run, its mean is still to come."""
    waiting = [WAITING.replace("-26T", f"-{day}T") for day in (20, 24, 27) for _ in range(100)]
    made = Workload(with_opening(tmp_path, orders=waiting), Policy.from_readings({}), 1, 0)
    days = [made.day(day) for day in range(made.first_day, day_of(START))]
    still_ms = np.array([instant - instant_of(day_of(START)) for day in days for instant in day.line_ready_at])
    assert len(still_ms) == len(waiting)
    assert still_ms.min() > 0
    assert still_ms.mean() / HOUR == pytest.approx(12, abs=3 * 12 / len(waiting) ** 0.5)


def called(hours: str) -> dict[str, object]:
    """An operator with a call centre that is open in these hours of every day."""
    centre = {
        "hours": hours,
        "weekdays": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
        "on_holidays": True,
        "agents": 50,
        "reached_per_attempt": 1,
        "first_call_after_hours": 2,
    }
    return {"name": "ALFA", "orders_per_year": 7300, "services": {"ULL": 1}, "call_centre": centre}


BOOKED = f"{ENGAGED},2026-03-05,{BANDS[1]}"


def events_of(scenario: Scenario, *types: str) -> list[Any]:
    """Events of a run by both engines, in order of time."""
    done = run_by(BOTH, replace(scenario, sampled_orders=1_000), 1, 0, keeps_orders=True)
    assert done.engine == "service and cohort, equal"
    verdicts = {rule.rule: rule.verdict for rule in judge(done.trace, load_profile("default")).rules}
    assert not {"FAIL", "ERROR", "AMBIGUOUS"} & set(verdicts.values())
    return [event for event in done.trace if event["type"] in types]


def test_an_open_order_that_has_booked_is_visited_in_its_slot(tmp_path: Path) -> None:
    """Whatever the scenario's customers do: what is written has happened, by the rules, and nothing took its place."""
    lazy: Changes = {
        "customers__books": 0,
        "customers__refuses": 0,
        "customers__cancels": 0,
        "customers__reschedules": 0,
        "customers__answers_after_hours": {"constant": 700},
    }
    taken = [f"lazio,2026-03-05,{BANDS[1]},4"]
    scenario = with_opening(tmp_path, orders=[BOOKED, BOOKED, f"{ENGAGED},,"], slots=taken, **lazy)
    start, slot = instant_of(day_of(START)), parse_instant("2026-03-05T10:00:00")
    confirmed = events_of(scenario, "appointment.confirmed")
    assert len(confirmed) == 2
    policy = Policy.from_readings(scenario.readings)
    sms_at = engagement_sms_at(parse_instant("2026-02-27T09:00:00"), policy)
    for event in confirmed:
        assert sms_at <= parse_instant(event["time"]) < min(start, booking_closes(sms_at, policy))
        assert parse_instant(event["data"]["slot"]["start"]) == slot
        assert event["data"]["channel"] == "customer"
    visits = events_of(scenario, "visit.started")
    assert [parse_instant(event["time"]) for event in visits] == [slot, slot]
    hours = run_replication(scenario, 1, 0).arrays["hours"]
    assert hours[0, HourlyCount.ALIVE] == hours[0, HourlyCount.OPENING_ALIVE] == 3
    assert hours[:, HourlyCount.VISITS].sum() == 2  # the four that are taken are no orders of the run
    assert run_replication(scenario, 1, 0).arrays["visits"].sum() == 6


def test_an_appointment_is_moved_and_cancelled_only_after_the_start(tmp_path: Path) -> None:
    restless: Changes = {"customers__reschedules": 0.6, "customers__cancels": 0.5}
    orders = [BOOKED.replace("-05,", f"-{day:02},") for day in (4, 5, 6) for _ in range(6)]
    scenario = with_opening(tmp_path, orders=orders, **restless)
    start = format_instant(instant_of(day_of(START)))
    changes = events_of(scenario, "appointment.rescheduled", "order.cancelled")
    assert {event["type"] for event in changes} == {"appointment.rescheduled", "order.cancelled"}
    assert min(event["time"] for event in changes) >= start
    hours = run_replication(scenario, 1, 0).arrays["hours"]
    assert hours[0, HourlyCount.OPENING_ALIVE] == len(orders)


def test_the_instant_of_a_booking_is_drawn_among_answers(tmp_path: Path) -> None:
    """Exponential answers, given that they came within the hours that the rules leave: earlier ones are likelier."""
    orders = [BOOKED.replace(BANDS[1], BANDS[number % 5]) for number in range(30)]
    scenario = with_opening(tmp_path, orders=orders)
    made = [Workload(scenario, Policy.from_readings({}), seed, 0) for seed in range(20)]
    acts = np.array([instant for work in made for instant in work.day(day_of(date(2026, 2, 25))).acts_at.values()])
    first = parse_instant("2026-02-27T09:00:00")
    assert len(acts) == 600
    hours = (acts - first) / HOUR
    assert 0 <= hours.min() < hours.max() < 63  # of Friday at nine until Monday begins
    assert hours.mean() == pytest.approx(8, abs=3 * 8 / 600**0.5)


def test_whoever_is_absent_those_with_an_appointment_are_visited(tmp_path: Path) -> None:
    slots = [f"lazio,{START},{BANDS[0]},4"]
    scenario = with_opening(tmp_path, slots=slots, technicians={"absence": 0.9})
    places = list(Places(scenario, Policy.from_readings({}), 1, 0).of_day(day_of(START)))
    assert (places[0].places, places[0].taken) == (4, 4)
    assert max(slot.places for slot in places[1:]) < 4


def test_what_waits_in_the_gateway_as_the_horizon_begins_is_handed_over_in_its_first_minute() -> None:
    day = day_of(START)
    handed, sent = np.zeros(2 * 1440, dtype=np.int32), np.zeros(2 * 1440, dtype=np.int32)
    handed[[1000, 1439, 2000]], sent[[1000, 1441, 2000]] = (5, 3, 2), (4, 4, 2)
    hours = np.arange(48).reshape(48, 1)
    told = from_horizon(day, instant_of(day - 1), hours, handed, sent)
    assert told["hours"][:, 0].tolist() == list(range(24, 48))
    assert told["minutes_handed"].sum() == told["minutes_sent"].sum() == 6
    assert np.subtract(told["minutes_handed"], told["minutes_sent"]).cumsum().min() >= 0
    assert told["minutes_handed"][0] == 4


def test_call_centres_begin_with_the_horizon(tmp_path: Path) -> None:
    nobody_acts: Changes = {"customers__books": 0, "customers__refuses": 0, "customers__cancels": 0}
    scenario = with_opening(tmp_path, orders=[ENGAGED] * 9, operators=[called("00:00-24:00")], **nobody_acts)
    calls = loads(scenario, HourlyCount.CALLS)
    assert calls[:3].tolist() == [0, 0, 9]


def test_what_has_not_happened_yet_is_drawn_from_the_rest() -> None:
    """What is left of an exponential delay is as long as the whole; of those who act, few are left after a while."""
    uniforms = np.random.default_rng(1).random(200_000)
    happened = np.full(len(uniforms), 1 - np.exp(-2.0))  # two scales have passed
    assert np.allclose(-np.log1p(-later(uniforms, happened)), 2.0 - np.log1p(-uniforms))
    moved = not_yet(uniforms, 0.25, happened)
    to_come = 0.25 * np.exp(-2.0) / (0.25 * np.exp(-2.0) + 0.75)
    assert (moved < 0.25).mean() == pytest.approx(to_come, abs=0.002)
    assert np.histogram(moved[moved < 0.25], 5, (0, 0.25))[0] == pytest.approx(to_come * 40_000, rel=0.05)
    assert not (not_yet(uniforms, 1.0, np.ones(len(uniforms))) < 1.0).any()  # who should have acted by now never does


def test_both_engines_count_the_same_from_an_opening_state(tmp_path: Path) -> None:
    slots = [f"lazio,{START + timedelta(day)},{BANDS[0]},5" for day in range(3)]
    scenario = with_opening(tmp_path, orders=[WAITING, ENGAGED] * 8, slots=slots, operators=[called("09:00-18:00")])
    done = run_by(BOTH, scenario, 1, 0, keeps_orders=True)
    assert done.engine == "service and cohort, equal"
    assert any(str(event["time"]) < "2026-03" for event in done.trace)  # open orders are judged from their reception


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
    taken = f"lazio,2026-03-05,{BANDS[1]}"
    assert with_opening(tmp_path, orders=[BOOKED] * 2, slots=[f"{taken},4"]).taken_slots
    with pytest.raises(FileRowsError, match=r"up to 4, the places of lazio .* that the 2 orders booked there leave"):
        with_opening(tmp_path, orders=[BOOKED] * 2, slots=[f"{taken},5"])
    with pytest.raises(FileRowsError, match=r"line 8: visit_band .* no more orders than the 6 places of LAZIO"):
        with_opening(tmp_path, orders=[BOOKED] * 7)


def test_under_another_reading_an_open_order_may_have_timed_out_before_the_start(tmp_path: Path) -> None:
    (tmp_path / "o.csv").write_text("\n".join([ORDERS_HEAD, ENGAGED, ENGAGED.replace("27T09", "26T09")]))
    nobody_acts: Changes = {"customers__books": 0, "customers__refuses": 0, "customers__cancels": 0}
    written = values(**{"horizon__start": START, "opening": {"orders": "o.csv"}, **nobody_acts})
    plan = Plan(str(tmp_path / "x.toml"), written, {}, (Variant(BASE, {}),), 1)
    left = {}
    for week in ("mon_fri", "mon_sat"):
        done = run_by(BOTH, plan.scenario(Variant(week, {"readings.working_week": week})), 1, 0)
        left[week] = done.arrays["hours"][0, HourlyCount.OPENING_ALIVE]
    assert left == {"mon_fri": 2, "mon_sat": 1}  # Thursday, Friday and Saturday were the three days of one of them
    with pytest.raises(FileRowsError, match=r"line 3: line_ready_at .* has timed out"):
        plan.scenario(Variant(BASE, {"horizon.start": START + timedelta(2)}))


def test_an_opening_state_names_a_file_that_is_there(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"\[opening\] orders: .* a file of orders, of slots, or both"):
        read_scenario("x.toml", values(opening={}))
    with pytest.raises(ScenarioError, match=r"\[opening\] slots: 'none.csv' .* territory, date, band, taken"):
        read_scenario(str(tmp_path / "x.toml"), values(opening={"slots": "none.csv"}))


class Cut(Engine):
    """A run that writes down, at the midnight of a day, what an opening state has of it."""

    def __init__(self, scenario: Scenario, replication: int, cut: date) -> None:
        super().__init__(scenario, 1, replication, None, None)
        self._cut = day_of(cut)
        self.open_orders: list[str] = []
        self.booked_orders: list[str] = []
        self.taken: Counter[tuple[str, str]] = Counter()

    def _begin_day(self, day: int) -> None:
        if day == self._cut:
            for under_way in self._under_way.values():
                if under_way.order.state is State.BOOKED:
                    self._note_slot(under_way)
                else:
                    self._note_order(under_way)
        super()._begin_day(day)

    def _note_slot(self, under_way: OrderUnderWay) -> None:
        assert under_way.order.slot is not None
        day, time = wall_clock(under_way.order.slot.start)
        slot = date_of(day).isoformat(), BANDS[[start for start, _ in self._bands].index(time)]
        self.taken[slot] += 1
        self.booked_orders.append(",".join([self._row(under_way), *slot]))

    def _note_order(self, under_way: OrderUnderWay) -> None:
        self.open_orders.append(self._row(under_way))

    def _row(self, under_way: OrderUnderWay) -> str:
        ready_at = under_way.day.line_ready_at[under_way.index]
        ready = format_instant(ready_at, True) if ready_at < instant_of(self._cut) else ""
        received = format_instant(under_way.received_at, True)
        return f"{received},ALFA,{under_way.order.work.service},lazio,{ready}"

    def rows(self) -> dict[str, list[str]]:
        """The rows of the two files."""
        slots = [f"lazio,{day},{band},{taken}" for (day, band), taken in self.taken.items()]
        return {"orders": self.open_orders, "slots": slots}

    def rows_of_orders(self) -> dict[str, list[str]]:
        """The same with every appointment as the order's own."""
        return {"orders": [*self.booked_orders, *(f"{row},," for row in self.open_orders)]}


def test_a_run_goes_on_from_the_state_in_which_another_was_cut(tmp_path: Path) -> None:
    """The second week is as if nothing had been cut; a cold start has fewer bookings and fewer visits.

    Appointments may be given as taken slots, or as orders that have booked, which may still move and cancel.
    """
    cut = START + timedelta(7)
    crowded: Changes = {"territories": {"lazio": {"share": 1, "slots_per_band": 4}}, "sample__orders": 0}
    whole = with_opening(tmp_path, horizon__days=14, horizon__warm_up_days=7, **crowded)
    rest: Changes = {"horizon__start": cut, "horizon__days": 7, **crowded}
    counted: dict[str, list[NDArray[np.int64]]] = {"uncut": [], "opened": [], "singly": [], "cold": []}
    for replication in range(5):
        uncut = Cut(whole, replication, cut)
        uncut.run()
        counted["uncut"].append(booked_and_visited(uncut.arrays()))
        for name, rows in (("opened", uncut.rows()), ("singly", uncut.rows_of_orders()), ("cold", {})):
            of_rest = run_replication(with_opening(tmp_path, **rows, **rest), 1, replication).arrays
            counted[name].append(booked_and_visited(of_rest))
    for column in (0, 1):
        expected, opened, singly, cold = (interval([float(row[column]) for row in rows]) for rows in counted.values())
        assert expected.low < opened.mean < expected.high
        assert cold.mean < expected.low
        assert expected.low < singly.mean < expected.high
        assert abs(opened.mean - expected.mean) < 0.03 * expected.mean  # 0.2 % over 60 replications
        assert abs(singly.mean - expected.mean) < 0.03 * expected.mean


def booked_and_visited(arrays: Arrays) -> NDArray[np.int64]:
    """Bookings by customers in the last week of orders, and visits of its slots."""
    hours, days = arrays["hours"], int(arrays["days"][1])
    last_week = range(24 * (days - 7), 24 * days)
    return np.array([hours[last_week, HourlyCount.BOOKED_BY_CUSTOMER].sum(), arrays["visits"].sum()])
