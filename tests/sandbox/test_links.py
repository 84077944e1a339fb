"""What a stranger learns from trying links at the interfaces for programs: nothing. What a holder learns: why not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import requests

from reference_impl.errors import AgentRejected
from sim.sandbox.http import link_acts
from sim.sandbox.world.link_index import digest_of
from sim.sandbox.world.link_session import LinkSession
from sim.sandbox.world.live import MOST_STRANGERS
from tests.sandbox.in_process import engage, live_world
from tests.sandbox.process import SandboxProcess

NEVER_GIVEN_OUT = "A" * 22
SLOT = {"start": "2026-03-12T08:00:00+01:00", "end": "2026-03-12T10:00:00+01:00"}
PERIOD = {"validFor": {"startDateTime": SLOT["start"], "endDateTime": SLOT["end"]}}
TMF = "/tmf-api/appointment/v4"
# Everything that can be asked with the secret of a link: method, path, body; TMF646 carries the secret as bearer token.
REQUESTS: tuple[tuple[str, str, object], ...] = (
    ("GET", "/agent/{token}", None),
    ("POST", "/agent/{token}/confirm", {"slot": SLOT}),
    ("POST", "/agent/{token}/reschedule", {"slot": SLOT}),
    ("POST", "/agent/{token}/decline", None),
    ("POST", f"{TMF}/searchTimeSlot", {}),
    ("POST", f"{TMF}/appointment", PERIOD),
    ("GET", f"{TMF}/appointment", None),
    ("GET", f"{TMF}/appointment/A-1", None),
    ("PATCH", f"{TMF}/appointment/A-1", PERIOD),
    ("PATCH", f"{TMF}/appointment/A-1", {"status": "cancelled"}),
)
VisibleAnswer = tuple[int, bytes, dict[str, str]]


class World:
    """A world of its own with one order whose customer has a link."""

    def __init__(self, box: SandboxProcess, name: str) -> None:
        self.box, self.prefix = box, f"/worlds/{box.new_world(name)}"
        self.token = box.engage(world=self.prefix)["link"].rpartition("/")[2]

    def send(self, method: str, path: str, body: object, token: str) -> requests.Response:
        headers = {"Authorization": f"Bearer {token}"} if path.startswith(TMF) else {}
        return self.box.ask(method, self.prefix + path.format(token=token), body, headers=headers)

    def visible_answer(self, method: str, path: str, body: object, token: str) -> VisibleAnswer:
        """All that a stranger can see of an answer."""
        answer = self.send(method, path, body, token)
        headers = {name: value for name, value in answer.headers.items() if name.lower() != "date"}
        return answer.status_code, answer.content, headers

    def confirm(self) -> None:
        assert self.send("POST", "/agent/{token}/confirm", {"slot": self.offered()}, self.token).ok

    def offered(self) -> dict[str, str]:
        slot: dict[str, str] = self.send("GET", "/agent/{token}", None, self.token).json()["slots"][0]
        return slot

    def advance(self, span: str) -> None:
        self.box.post(f"{self.prefix}/_sandbox/clock", {"advance": span})


def _decline(world: World) -> None:
    assert world.send("POST", "/agent/{token}/decline", None, world.token).json()["state"] == "closed"


def _visit(world: World) -> None:
    world.confirm()
    world.advance("5 d")


ENDS: dict[str, Callable[[World], object]] = {
    "term": lambda world: world.advance("4 d"),
    "declined": _decline,
    "cancelled": lambda world: world.box.post(f"{world.prefix}/_sandbox/orders/A-1/cancel", {}),
    "visited": _visit,
}


@pytest.mark.parametrize("end", ENDS)
def test_a_link_that_is_over_answers_programs_as_one_that_never_was(box: SandboxProcess, end: str) -> None:
    world = World(box, end)
    ENDS[end](world)
    for request in REQUESTS:
        over, unknown = world.visible_answer(*request, world.token), world.visible_answer(*request, NEVER_GIVEN_OUT)
        assert over == unknown, request
        assert over[0] == 404
        assert "unknown_link" in json.loads(over[1]).values()


def test_the_trace_knows_why_a_link_that_is_over_was_refused(box: SandboxProcess) -> None:
    world = World(box, "reasons")
    world.advance("4 d")
    world.send("POST", "/agent/{token}/confirm", {"slot": SLOT}, world.token)
    world.send("POST", "/agent/{token}/confirm", {"slot": SLOT}, NEVER_GIVEN_OUT)
    events = box.get(f"{world.prefix}/_sandbox/events")["events"]
    rejected = [event for event in events if event["type"] == "agent.rejected"]
    assert [event["data"]["reason"] for event in rejected] == ["term_over", "unknown_link"]
    assert "subject" not in rejected[1]


def test_the_holder_of_a_link_that_is_good_is_told_why_an_act_is_refused(box: SandboxProcess) -> None:
    world = World(box, "holder")
    slot = world.offered()
    world.confirm()
    second_booking = world.send("POST", "/agent/{token}/confirm", {"slot": SLOT}, world.token)
    assert (second_booking.status_code, second_booking.json()["reason"]) == (409, "already_booked")
    world.box.post(f"{world.prefix}/_sandbox/clock", {"until": "eve-18:00"})
    world.advance("1 h")
    late = world.send("POST", "/agent/{token}/reschedule", {"slot": SLOT}, world.token)
    assert (late.status_code, late.json()["reason"]) == (409, "cutoff_passed")
    assert world.send("GET", "/agent/{token}", None, world.token).json()["slot"] == slot


def test_a_stranger_who_goes_on_trying_fills_no_disk(box: SandboxProcess) -> None:
    world = World(box, "stranger")
    event_count = box.get(f"{world.prefix}/_sandbox/events")["last"]
    answers = [
        world.visible_answer("GET", "/agent/{token}", None, f"{number:022}") for number in range(MOST_STRANGERS + 50)
    ]
    assert len({content for _, content, _ in answers}) == 1
    assert box.get(f"{world.prefix}/_sandbox/events")["last"] == event_count + MOST_STRANGERS
    assert world.send("GET", "/agent/{token}", None, world.token).ok, "who has a link is not turned away"


def test_a_link_that_was_forgotten_is_as_one_that_never_was(tmp_path: Path) -> None:
    with live_world(tmp_path) as live:
        forgotten = engage(live)
        live.cancel_order("A-1")
        live.core.world.service.forget(live.order("A-1"))
        for digest in (forgotten, digest_of(NEVER_GIVEN_OUT)):
            session = LinkSession(live, digest)
            with pytest.raises(AgentRejected, match="unknown_link"):
                link_acts.look(session)
            with pytest.raises(AgentRejected, match="unknown_link"):
                link_acts.act(session, "decline")
