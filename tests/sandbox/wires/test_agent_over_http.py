"""The Virtual Agent as JSON: each request, each refusal with its status, and bodies that are not as they should be."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import pytest

from reference_impl.civil_time import parse_instant
from reference_impl.errors import AgentRejected
from reference_impl.ports import Slot
from reference_impl.virtual_agent import AgentView
from sim.agent_over_http import answer

LINK = "https://va.alfa.example/key"
SLOT = Slot(parse_instant("2026-03-06T10:00:00"), parse_instant("2026-03-06T12:00:00"))
SLOT_MEMBERS = {"start": "2026-03-06T10:00:00+01:00", "end": "2026-03-06T12:00:00+01:00"}
SLOT_BODY = json.dumps({"slot": SLOT_MEMBERS}).encode()


@dataclass
class RememberingAgent:
    """An agent that remembers its acts and shows the state it is told, or refuses with the reason it is told."""

    state: str = "engaged"
    slot: Slot | None = None
    refusal: str | None = None
    acts: list[tuple[Any, ...]] = field(default_factory=list)

    def open(self, link: str, channel: str | None = None) -> AgentView:
        return self._act("open", link)

    def offered_slots(self, link: str) -> list[Slot]:
        return [SLOT]

    def confirm(self, link: str, slot: Slot, channel: str | None = None) -> AgentView:
        return self._act("confirm", link, slot)

    def reschedule(self, link: str, slot: Slot, channel: str | None = None) -> AgentView:
        return self._act("reschedule", link, slot)

    def decline(self, link: str, channel: str | None = None) -> AgentView:
        return self._act("decline", link)

    def _act(self, *act: Any) -> AgentView:
        self.acts.append(act)
        if self.refusal is not None:
            raise AgentRejected(self.refusal, act[0])
        return AgentView("ALFA-1", self.state, self.slot)


def test_the_link_shows_where_the_order_stands_and_what_is_offered() -> None:
    agent = RememberingAgent()
    expected = {"order": "ALFA-1", "state": "to_book", "slot": None, "slots": [SLOT_MEMBERS]}
    assert answer(agent, "GET", LINK, b"") == (200, expected)
    assert agent.acts == [("open", LINK)]


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        ("engaged", "to_book"),
        ("booked", "booked"),
        ("late_booked", "booked"),
        *((state, "closed") for state in ("timed_out", "refused", "refusing", "visited", "cancelled")),
    ],
)
def test_the_states_of_an_order_are_shown_as_three(state: str, shown: str) -> None:
    assert answer(RememberingAgent(state, SLOT), "GET", LINK, b"")[1]["state"] == shown


@pytest.mark.parametrize("act", ["confirm", "reschedule"])
def test_a_slot_is_confirmed_or_moved_to(act: str) -> None:
    agent = RememberingAgent("booked", SLOT)
    expected = {"order": "ALFA-1", "state": "booked", "slot": SLOT_MEMBERS}
    assert answer(agent, "POST", f"{LINK}/{act}", SLOT_BODY) == (200, expected)
    assert agent.acts == [(act, LINK, SLOT)]


def test_an_appointment_is_declined() -> None:
    agent = RememberingAgent("refused")
    assert answer(agent, "POST", f"{LINK}/decline", b"{}")[0] == 200
    assert agent.acts == [("decline", LINK)]


@pytest.mark.parametrize(
    ("reason", "status"),
    [
        ("unknown_link", 404),
        ("closed", 410),
        ("term_over", 410),
        ("already_booked", 409),
        ("slot_taken", 409),
        ("slot_not_offered", 409),
        ("cutoff_passed", 409),
        ("not_booked", 409),
        ("reschedules_exhausted", 409),
    ],
)
def test_a_refusal_has_a_status_and_the_reason(reason: str, status: int) -> None:
    agent = RememberingAgent(refusal=reason)
    assert answer(agent, "POST", f"{LINK}/confirm", SLOT_BODY) == (status, {"reason": reason})


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b'{"slot": null}',
        b'{"slot": {"start": "x", "end": "y"}}',
        b'{"slot": {"start": 1, "end": 2}}',
    ],
)
def test_a_body_without_a_slot_is_told_what_is_allowed(body: bytes) -> None:
    agent = RememberingAgent()
    status, members = answer(agent, "POST", f"{LINK}/confirm", body)
    assert (status, agent.acts) == (400, [])
    assert '{"slot": {"start", "end"}}' in str(members["allowed"])


@pytest.mark.parametrize(("method", "url"), [("POST", LINK), ("GET", f"{LINK}/confirm"), ("PUT", f"{LINK}/confirm")])
def test_any_other_request_is_not_allowed(method: str, url: str) -> None:
    agent = RememberingAgent()
    assert answer(agent, method, url, SLOT_BODY)[0] == 405
    assert agent.acts == []
