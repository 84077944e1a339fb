"""`/agent/{token}`: the Virtual Agent for programs, in the bodies of `sim.agent_over_http`.

The token of a link is the right to act. A refusal is a problem with `reason` in the words of the trace: 404 for a link
that was never given out, 410 for what is over for good, 409 for any other.
"""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Header, Path
from starlette.requests import Request

from reference_impl.ports import Slot
from reference_impl.virtual_agent import AgentView
from sim.agent_over_http import SHOWN_STATE
from sim.recorder import slot_members
from sim.sandbox import http_views as views
from sim.sandbox.http_app import CONFLICT, GONE, sandbox_of, world_of
from sim.sandbox.http_models import (
    AgentIn,
    AgentOut,
)
from sim.sandbox.link_index import digest_of
from sim.sandbox.live_world import LiveWorld

router = APIRouter(prefix="/agent", tags=["Virtual Agent"], responses={**CONFLICT, **GONE})
Token = Annotated[str, Path(max_length=100)]
Channel = Annotated[
    Literal["customer", "operator"] | None,
    Header(alias="Appuntamento-Channel", description="who acts, where both parties have the same link"),
]


@router.get("/{token}")
async def look(request: Request, token: Token, channel: Channel = None) -> AgentOut:
    """Where the order stands, and the slots that can be booked."""
    live, digest = behind(request, token)
    view = live.open_link(digest, channel)
    return _out(view, [slot_members(slot) for slot in live.offered_slots(digest)])


@router.post("/{token}/confirm")
async def confirm(request: Request, token: Token, body: AgentIn, channel: Channel = None) -> AgentOut:
    """Fix the appointment."""
    return _act(request, "confirm", token, views.slot_of(body.slot), channel)


@router.post("/{token}/reschedule")
async def reschedule(request: Request, token: Token, body: AgentIn, channel: Channel = None) -> AgentOut:
    """Move the appointment."""
    return _act(request, "reschedule", token, views.slot_of(body.slot), channel)


@router.post("/{token}/decline")
async def decline(request: Request, token: Token, channel: Channel = None) -> AgentOut:
    """Refuse to fix an appointment."""
    return _act(request, "decline", token, None, channel)


def behind(request: Request, token: str) -> tuple[LiveWorld, str]:
    """The world and the digest of a link; one that was never given out belongs to the world that was asked."""
    return sandbox_of(request).link(token) or (world_of(request), digest_of(token))


def _act(request: Request, act: str, token: str, slot: Slot | None, channel: str | None) -> AgentOut:
    live, digest = behind(request, token)
    return _out(live.act(act, digest, slot, channel), [])


def _out(view: AgentView, slots: list[dict[str, str]]) -> AgentOut:
    state = SHOWN_STATE.get(view.state, "closed")
    return AgentOut.model_validate(
        {"order": view.order, "state": state, "slot": slot_members(view.slot) if view.slot else None, "slots": slots}
    )
