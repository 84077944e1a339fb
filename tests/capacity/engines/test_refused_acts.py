"""What the service refuses to the people of a capacity run ends neither the run nor the order."""

from __future__ import annotations

from datetime import date

from sim.capacity.engine.engine import run_replication
from sim.capacity.engine.tally import HourlyCount, Outcome
from tests.capacity.cases import scenario

CALLED = [
    {
        "name": "ALFA",
        "orders_per_year": 7300,
        "services": {"VULA_FTTCAB": 1},
        "call_centre": {"agents": 3, "reached_per_attempt": 0.5, "attempts": 4, "refuses": 0.3},
    }
]


def test_who_may_not_move_the_appointment_keeps_it() -> None:
    run = run_replication(scenario(readings__max_reschedules=0, sample__orders=1_000), 5, 0)
    refused = [event for event in run.trace if event["type"] == "agent.rejected"]
    assert {event["data"]["reason"] for event in refused} == {"reschedules_exhausted"}  # type: ignore[index]
    assert run.arrays["hours"][:, HourlyCount.RESCHEDULES].sum() == 0
    assert run.arrays["outcomes"][:, Outcome.VISITED].sum() > 100


def test_a_party_that_refused_through_the_shared_link_is_refused_itself() -> None:
    readings = {"refusal_final": "no", "link_identity": "shared"}
    changed = scenario(readings=readings, operators=CALLED, customers__refuses=0.3, sample__orders=1_000)
    refused = [event for event in run_replication(changed, 5, 0).trace if event["type"] == "agent.rejected"]
    assert {event["data"]["reason"] for event in refused} == {"closed"}  # type: ignore[index]


def test_orders_handed_back_when_they_come_in_are_never_engaged() -> None:
    before_june = scenario(horizon={"start": date(2020, 5, 25), "days": 12}, readings__ineligible="reject")
    counts = run_replication(before_june, 5, 0).arrays
    received, in_service = (int(counts["outcomes"][:, outcome].sum()) for outcome in (0, Outcome.IN_SERVICE))
    assert 0 < in_service < received
    assert counts["hours"][:, HourlyCount.LINE_READY].sum() == in_service


def test_a_band_that_the_night_of_march_skips_has_no_technicians() -> None:
    grid = {"weekdays": ["sat", "sun"], "bands": ["02:00-03:00", "08:00-10:00"]}
    changes = {"slots": grid, "horizon": {"start": date(2026, 3, 28), "days": 2}}  # Saturday; the clock moves on Sunday
    counts = run_replication(scenario(**changes, territories__lazio__slots_per_band=3), 5, 0).arrays
    assert counts["capacity"][0].reshape(7, 2).tolist() == [[0, 0]] * 5 + [[3, 3], [0, 3]]
