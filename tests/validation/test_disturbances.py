"""What may befall an operator on purpose: each disturbance does what it says, and no more, and a restart keeps it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reference_impl.civil_time import HOUR
from reference_impl.errors import AgentRejected, FieldError
from sim.sandbox.sandbox import Sandbox
from sim.sandbox.world.acts import disturber as disturber_module
from sim.sandbox.world.acts.refusals import UnknownName
from sim.sandbox.world.link_index import digest_of
from sim.sandbox.world.live import LiveWorld
from tests.sandbox.in_process import ALFA, engage, live_world
from tests.sandbox.stories import play_with_endpoint, told_by
from tests.world.ports_servers import OperatorEndpoint

story = told_by(play_with_endpoint, actors=3)


def codes(endpoint: OperatorEndpoint) -> list[str]:
    return [body["code"] for _, _, body in endpoint.received]


@story
async def test_held_notifications_wait_and_then_go_out_the_last_one_first(
    sandbox: Sandbox, live: LiveWorld, endpoint: OperatorEndpoint
) -> None:
    live.disturber.disturb("ALFA", "hold")
    live.report_line("A-1", "CO")
    await sandbox.clock("default").advance(HOUR)
    assert codes(endpoint) == []
    live.disturber.disturb("ALFA", "release")
    await live.rest()
    assert codes(endpoint) == ["W08", "CO"]
    live.cancel_order("A-1")
    await live.rest()


@pytest.mark.parametrize("kind", ["forged", "stale", "replayed"])
@story
async def test_a_probe_reaches_the_endpoint_and_the_trace(
    sandbox: Sandbox, live: LiveWorld, endpoint: OperatorEndpoint, kind: str
) -> None:
    live.report_line("A-1", "CO")
    await live.rest()
    endpoint.answer = 401
    await sandbox.dispatcher("default").probe("ALFA", kind, "A-1", "W08")
    assert live.trace[-1]["type"] == "notification.probed"
    expected = {"operator": "ALFA", "kind": kind, "code": "W08", "status": 401}
    assert live.trace[-1]["data"] == expected
    genuine, probe = endpoint.received[1][1], endpoint.received[2][1]
    assert (probe["webhook-id"] == genuine["webhook-id"]) is (kind == "replayed")
    age = int(genuine["webhook-timestamp"]) - int(probe["webhook-timestamp"])
    assert (age > HOUR // 2000) is (kind != "forged")


@story
async def test_only_what_was_sent_can_be_replayed(
    sandbox: Sandbox, live: LiveWorld, endpoint: OperatorEndpoint
) -> None:
    with pytest.raises(UnknownName):
        await sandbox.dispatcher("default").probe("ALFA", "replayed", "A-1", "W09")


def test_a_race_is_lost_once_right_before_the_booking(tmp_path: Path) -> None:
    with live_world(tmp_path) as live:
        engage(live)
        live.disturber.disturb("ALFA", "race", "A-1")
        live.durable.run_towards(live.now + 24 * HOUR, stop_at_effect=False, stop_when_idle=False)
        digest = digest_of(str(live.link_of("A-1", "operator")))
        assert live.open_link(digest).state == "engaged"
        with pytest.raises(AgentRejected, match="already_booked"):
            live.act("confirm", digest, live.offered_slots(digest)[0])
        kinds = [event["type"] for event in live.trace if event["source"] == "/agent"]
        assert kinds[-3:] == ["agent.opened", "appointment.confirmed", "agent.rejected"]
        booked = live.order("A-1").slot
    with live_world(tmp_path) as live:
        assert live.order("A-1").slot == booked


def test_an_operator_that_may_not_ask_yet_is_told_so_and_recorded(tmp_path: Path) -> None:
    with live_world(tmp_path) as live:
        live.register_operator(ALFA)
        assert live.disturber.limited("ALFA") is None
        live.disturber.limit("ALFA", 3_600)
        assert [live.disturber.limited("ALFA"), live.disturber.limited("ALFA")] == [3_600, 3_600]
        limits = [event["data"] for event in live.trace if event["type"] == "request.limited"]
        assert [("since_told_ms" in data) for data in limits] == [False, True]  # type: ignore[operator]


def test_a_limit_goes_on_over_a_restart_and_ends_when_its_time_is_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now_ms = [1_000_000]
    monkeypatch.setattr(disturber_module, "real_time_ms", lambda: now_ms[0])
    with live_world(tmp_path) as live:
        live.register_operator(ALFA)
        live.disturber.limit("ALFA", 60)
    with live_world(tmp_path) as live:
        assert live.disturber.limited("ALFA") == 60, "it was not told yet"
    now_ms[0] += 59_999
    with live_world(tmp_path) as live:
        assert live.disturber.limited("ALFA") == 60
        assert live.trace[-1]["data"] == {"operator": "ALFA", "retry_after_seconds": 60, "since_told_ms": 59_999}
    now_ms[0] += 1
    with live_world(tmp_path) as live:
        assert live.disturber.limited("ALFA") is None
    now_ms[0] -= 60_000
    with live_world(tmp_path) as live:
        assert live.disturber.limited("ALFA") is None, "what is over stays so, whatever the clock does"


def test_a_limit_can_be_lifted(tmp_path: Path) -> None:
    with live_world(tmp_path) as live:
        live.register_operator(ALFA)
        live.disturber.limit("ALFA", 60)
        live.disturber.limit("ALFA", 0)
        assert live.disturber.limited("ALFA") is None


def test_what_nobody_knows_befalls_nobody(tmp_path: Path) -> None:
    with live_world(tmp_path) as live:
        live.register_operator(ALFA)
        with pytest.raises(FieldError, match="close-site"):
            live.disturber.disturb("ALFA", "flood")
