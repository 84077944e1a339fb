"""The opening state: what a run makes of open orders, of appointments that are made and of taken slots."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from numpy.typing import NDArray

from reference_impl.civil_time import HOUR, day_of, format_instant, instant_of, parse_instant
from reference_impl.deadlines import booking_closes, engagement_sms_at
from reference_impl.policy import Policy
from reports.judging.judge import judge
from reports.judging.profiles import load_profile
from sim.capacity.cohort.choice import BOTH, run_by
from sim.capacity.engine.engine import run_replication
from sim.capacity.engine.not_yet import later, not_yet
from sim.capacity.engine.places import Places
from sim.capacity.engine.tally import Cohort, HourlyCount, Outcome, from_horizon
from sim.capacity.engine.workload import Workload
from sim.capacity.jobs.jobs import BASE, Finished
from sim.capacity.scenario.scenario import Scenario
from sim.capacity.tables.opening_frame import ENDS, opening_frame
from tests.capacity.engines.opening_cases import (
    BANDS,
    BOOKED,
    ENGAGED,
    START,
    WAITING,
    Changes,
    with_opening,
)


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
    for replication in range(3):
        run = run_by(BOTH, scenario, 1, replication)
        assert run.engine == "service and cohort, equal"
        finished = Finished(BASE, replication, run.arrays, (), 0.0)
        frame = opening_frame({BASE: scenario}, [finished])
        assert frame is not None
        for territory, number in (("lazio", 9), ("umbria", 4)):
            of_territory = frame.filter(territory=territory)
            ends = of_territory.select(*ENDS).sum_horizontal()
            alive = of_territory["opening_alive"].to_list()
            assert alive[0] == number == ends.sum()
            assert [before - end for before, end in zip(alive, ends, strict=True)] == [*alive[1:], 0]
            ended.update({end: of_territory[end].sum() for end in ENDS})
        hours = run.arrays["hours"][:, HourlyCount.OPENING_ALIVE]
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
    workload = Workload(scenario, Policy.from_readings({}), 1, 0)
    days = [workload.day(day) for day in range(workload.first_day, day_of(START))]
    assert sum(day.size for day in days) == len(received) + len(engaged)
    ready = [instant for day in days for instant in day.line_ready_at]
    assert sum(instant >= start for instant in ready) == len(received)
    hours = run_replication(scenario, 1, 0).arrays["hours"]
    assert hours[0, HourlyCount.ALIVE] == len(ready)  # nobody of them has booked, refused or been cancelled
    assert len({day.behaviour[index] for day in days for index in range(day.size)}) == 3


def test_a_line_that_has_kept_them_waiting_is_as_far_from_ready_as_its_delay_says(tmp_path: Path) -> None:
    """An exponential delay has no memory: however long it has run, its mean is still to come."""
    waiting = [WAITING.replace("-26T", f"-{day}T") for day in (20, 24, 27) for _ in range(100)]
    workload = Workload(with_opening(tmp_path, orders=waiting), Policy.from_readings({}), 1, 0)
    days = [workload.day(day) for day in range(workload.first_day, day_of(START))]
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


def events_of(scenario: Scenario, *types: str) -> list[Any]:
    """Events of a run by both engines, in order of time."""
    run = run_by(BOTH, replace(scenario, sampled_orders=1_000), 1, 0, keeps_orders=True)
    assert run.engine == "service and cohort, equal"
    verdicts = {rule.rule: rule.verdict for rule in judge(run.trace, load_profile("default")).rules}
    assert not {"FAIL", "ERROR", "AMBIGUOUS"} & set(verdicts.values())
    return [event for event in run.trace if event["type"] in types]


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
    workloads = [Workload(scenario, Policy.from_readings({}), seed, 0) for seed in range(20)]
    acts = np.array([instant for work in workloads for instant in work.day(day_of(date(2026, 2, 25))).acts_at.values()])
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
    minutes_handed, minutes_sent = np.zeros(2 * 1440, dtype=np.int32), np.zeros(2 * 1440, dtype=np.int32)
    minutes_handed[[1000, 1439, 2000]], minutes_sent[[1000, 1441, 2000]] = (5, 3, 2), (4, 4, 2)
    hours = np.arange(48).reshape(48, 1)
    arrays = from_horizon(day, instant_of(day - 1), hours, minutes_handed, minutes_sent)
    assert arrays["hours"][:, 0].tolist() == list(range(24, 48))
    assert arrays["minutes_handed"].sum() == arrays["minutes_sent"].sum() == 6
    assert np.subtract(arrays["minutes_handed"], arrays["minutes_sent"]).cumsum().min() >= 0
    assert arrays["minutes_handed"][0] == 4


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
