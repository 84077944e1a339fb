"""The Virtual Agent as a small JSON interface: a request in, a status and a body out. No server lives here.

    GET  <link>              200 {"order", "state": "to_book"|"booked"|"closed", "slot", "slots": [...]}
    POST <link>/confirm      {"slot": {"start", "end"}}      200 {"order", "state", "slot"}
    POST <link>/reschedule   {"slot": {"start", "end"}}      the same
    POST <link>/decline      {}                              the same

`slot` is null or {"start", "end"}, RFC 3339 with offset. A refusal is {"reason"} in the words of the trace: 404 for a
link that does not exist, 410 for what is over for good, 409 for any other. 400 answers a body that is not as it should
be, with what is allowed; 405 any other request.
"""

from __future__ import annotations

import json
import re
from typing import Protocol

from reference_impl.civil_time import parse_instant
from reference_impl.errors import AgentRejected
from reference_impl.ports import Slot
from reference_impl.virtual_agent import AgentView
from sim.recorder import slot_members

Reply = tuple[int, dict[str, object]]

ACT = re.compile(r"(?P<link>.+)/(?P<act>confirm|reschedule|decline)")
STATUS_OF_REFUSAL = {"unknown_link": 404, "closed": 410, "term_over": 410}
OTHER_REFUSAL = 409
SHOWN_STATE = {"engaged": "to_book", "booked": "booked", "late_booked": "booked"}


class Agent(Protocol):
    """The acts of the Virtual Agent, as a world offers them."""

    def open(self, link: str, channel: str | None = None) -> AgentView: ...

    def offered_slots(self, link: str) -> list[Slot]: ...

    def confirm(self, link: str, slot: Slot, channel: str | None = None) -> AgentView: ...

    def reschedule(self, link: str, slot: Slot, channel: str | None = None) -> AgentView: ...

    def decline(self, link: str, channel: str | None = None) -> AgentView: ...


class BadRequest(ValueError):
    """A body that is not as it should be. Data: what is allowed."""


def answer(agent: Agent, method: str, url: str, body: bytes, channel: str | None = None) -> Reply:
    """The reply to a request, which does what it asks of the agent.

    `channel` says which party asks: it matters for a link that both parties share, or that was never given out.
    """
    act = ACT.fullmatch(url)
    try:
        if method == "GET" and act is None:
            view = _view_members(agent.open(url, channel))
            return 200, view | {"slots": [slot_members(slot) for slot in agent.offered_slots(url)]}
        if method == "POST" and act is not None:
            return 200, _view_members(_do(agent, act["act"], act["link"], body, channel))
    except AgentRejected as refusal:
        return STATUS_OF_REFUSAL.get(refusal.reason, OTHER_REFUSAL), {"reason": refusal.reason}
    except BadRequest as error:
        return 400, {"allowed": str(error)}
    return 405, {"allowed": "GET <link>; POST <link>/confirm, <link>/reschedule or <link>/decline"}


def _do(agent: Agent, act: str, link: str, body: bytes, channel: str | None) -> AgentView:
    if act == "decline":
        return agent.decline(link, channel)
    slot = _slot(body)
    return agent.confirm(link, slot, channel) if act == "confirm" else agent.reschedule(link, slot, channel)


def _slot(body: bytes) -> Slot:
    try:
        slot = json.loads(body)["slot"]
        return Slot(parse_instant(slot["start"]), parse_instant(slot["end"]))
    except (ValueError, KeyError, TypeError) as error:
        raise BadRequest('{"slot": {"start", "end"}} with RFC 3339 times') from error


def _view_members(view: AgentView) -> dict[str, object]:
    slot = None if view.slot is None else slot_members(view.slot)
    return {"order": view.order, "state": SHOWN_STATE.get(view.state, "closed"), "slot": slot}
