"""The exact instants of our reference. The features state the bounds of the text; these tests state what we chose.

Whoever keeps the rules may be slower than this; the reference may not change by a millisecond unless it is meant.
"""

from __future__ import annotations

from typing import Any

import pytest

from reference_impl.policy import Policy
from reference_impl.ports import Slot
from reports.judging.profiles import load_profile
from sim.world import World
from steps import dates

DAYS_WATCHED = 10 * dates.DAY_MS
DEFAULTS = load_profile("default").readings
ALFA = {"operator": "ALFA", "project_codes": ["PRJ-ALFA"], "agent_domain": "agente.alfa.example"}
# Default: at once within the window, the runs of the table.
RUNS = [
    ("mar 2026-03-03 07:00:00", "mar 2026-03-03 07:00:00", "mar 2026-03-03 12:00:00"),
    ("mar 2026-03-03 08:59:59", "mar 2026-03-03 08:59:59", "mar 2026-03-03 12:00:00"),
    ("mar 2026-03-03 09:00:00", "mar 2026-03-03 09:00:00", "mar 2026-03-03 14:00:00"),
    ("mar 2026-03-03 11:00:00", "mar 2026-03-03 11:00:00", "mar 2026-03-03 16:00:00"),
    ("mar 2026-03-03 13:00:00", "mar 2026-03-03 13:00:00", "mar 2026-03-03 18:00:00"),
    ("mar 2026-03-03 16:59:59", "mar 2026-03-03 16:59:59", "mar 2026-03-03 20:00:00"),
    ("mar 2026-03-03 17:00:00", "mar 2026-03-03 17:00:00", "mer 2026-03-04 09:00:00"),
    ("mar 2026-03-03 20:00:00", "mar 2026-03-03 20:00:00", "mer 2026-03-04 11:00:00"),
    ("mar 2026-03-03 20:00:00.001", "mer 2026-03-04 07:00:00", "mer 2026-03-04 12:00:00"),
    ("dom 2026-03-08 10:00:00", "lun 2026-03-09 07:00:00", "lun 2026-03-09 12:00:00"),
]
REMINDERS = [
    ("gio 2026-03-05 15:00:00", "mar 2026-03-10 10:00-12:00", "lun 2026-03-09 10:00:00"),
    ("gio 2026-03-05 15:00:00", "lun 2026-03-09 10:00-12:00", "sab 2026-03-07 10:00:00"),
    ("gio 2026-03-05 15:00:00", "ven 2026-03-06 10:00-12:00", "gio 2026-03-05 15:00:00"),
    ("gio 2026-03-05 18:00:00", "ven 2026-03-06 10:00-12:00", "gio 2026-03-05 18:00:00"),
    ("sab 2026-03-07 15:00:00", "lun 2026-03-09 10:00-12:00", "sab 2026-03-07 15:00:00"),
]


def world_at(line_ready: str, **readings: object) -> World:
    """A world in which an order of Alfa's is ready at an instant, watched from that midnight on."""
    moment = dates.instant(line_ready)
    policy = Policy.from_readings({**DEFAULTS, **readings})
    world = World(start=dates.midnight(moment), policy=policy)
    world.register_operator(**ALFA, delivery_codes=[], uses_4th_referent=True, regulated_access=True)
    world.submit_order(
        order="X-1", operator="ALFA", service="VULA_FTTH", line_state="LNA", project_code="PRJ-ALFA", phone="3331234567"
    )
    world.run_until(moment)
    world.report_line("X-1", "CO")
    world.run_until(moment)
    return world


def times_of(world: World, type: str, **members: object) -> list[str]:
    """When events of a type happened, as the features write it."""
    return [dates.shown(dates.from_trace(event["time"])) for event in events(world, type, **members)]


def events(world: World, type: str, **members: object) -> list[Any]:
    """The events of a type with these members."""
    typed: list[Any] = [event for event in world.trace if event["type"] == type]
    return [event for event in typed if members.items() <= event["data"].items()]


@pytest.mark.parametrize(("line_ready", "sms", "file"), RUNS)
def test_sms_causal_and_suspension_come_together_and_the_file_with_its_run(
    line_ready: str, sms: str, file: str
) -> None:
    world = world_at(line_ready)
    world.run_until(dates.instant(line_ready) + DAYS_WATCHED)
    assert times_of(world, "sms.sent", kind="engagement") == [sms]
    assert times_of(world, "notification.sent", code="W08") == times_of(world, "sla.suspended") == [sms]
    assert times_of(world, "csv.deposited") == [file]
    name = f"{dates.to_trace(dates.instant(file)):.19}".replace("-", "").replace(":", "").replace("T", "")
    assert [event["data"]["path"] for event in events(world, "csv.deposited")] == [f"/ALFA/APPDIG_ALFA_{name}.csv"]


@pytest.mark.parametrize(
    ("cadence", "line_ready", "file"),
    [
        ("immediate", "mar 2026-03-03 15:00:01", "mar 2026-03-03 15:00:01"),
        ("latest", "mar 2026-03-03 15:00:00", "mar 2026-03-03 20:00:00"),
        ("latest", "mar 2026-03-03 15:00:01", "mer 2026-03-04 07:00:01"),
        ("latest", "mar 2026-03-03 19:59:59", "mer 2026-03-04 11:59:59"),
        ("latest", "sab 2026-03-07 17:00:00", "dom 2026-03-08 09:00:00"),
    ],
)
def test_other_cadences_deposit_at_once_or_at_the_last_instant(cadence: str, line_ready: str, file: str) -> None:
    world = world_at(line_ready, csv_cadence=cadence)
    world.run_until(dates.instant(line_ready) + DAYS_WATCHED)
    assert times_of(world, "csv.deposited") == [file]


def test_a_causal_that_waits_comes_with_the_run_of_the_file() -> None:
    world = world_at("mar 2026-03-03 19:00:00", first_notice_unconditional="no")
    world.run_until(world.now + DAYS_WATCHED)
    assert (
        times_of(world, "notification.sent", code="W08")
        == times_of(world, "csv.deposited")
        == ["mer 2026-03-04 11:00:00"]
    )


def test_the_time_out_and_the_hand_back_come_at_the_end_of_the_term() -> None:
    world = world_at("mar 2026-03-03 09:00:00")
    world.run_until(world.now + DAYS_WATCHED)
    assert (
        times_of(world, "notification.sent", code="W24")
        == times_of(world, "order.handed_back")
        == ["ven 2026-03-06 00:00:00"]
    )
    assert [event["data"]["reason"] for event in events(world, "order.handed_back")] == ["timeout"]


def test_a_refusal_is_told_and_the_order_handed_back_at_once() -> None:
    world = world_at("mar 2026-03-03 09:00:00")
    world.run_until(dates.instant("mar 2026-03-03 15:00:00"))
    world.agent.decline(str(events(world, "sms.sent")[0]["data"]["link"]), channel="customer")
    assert (
        times_of(world, "notification.sent", code="W24")
        == times_of(world, "order.handed_back")
        == ["mar 2026-03-03 15:00:00"]
    )
    assert [event["data"]["reason"] for event in events(world, "order.handed_back")] == ["refused"]


@pytest.mark.parametrize(("booked", "band", "reminder"), REMINDERS)
def test_a_booking_is_told_at_once_reminded_at_ten_and_visited_on_the_dot(
    booked: str, band: str, reminder: str
) -> None:
    world = world_at("gio 2026-03-05 09:00:00")
    world.run_until(dates.instant(booked))
    bounds = dates.band(band)
    world.agent.confirm(str(events(world, "sms.sent")[0]["data"]["link"]), Slot(*bounds), channel="customer")
    world.run_until(bounds[1])
    assert times_of(world, "notification.sent", code="W09") == [booked]
    assert times_of(world, "sms.sent", kind="reminder") == [reminder]
    assert times_of(world, "visit.started") == times_of(world, "sla.resumed") == [dates.shown(bounds[0])]
