"""`/agent/{token}`: the Virtual Agent for programs, in the bodies of `sim.agent_over_http`.

The token of a link is the right to act. A refusal is a problem with `reason` in the words of the trace: 404 for a link
that opens nothing, be it that it never was or that it is over; 410 for a term that is over, 409 for any other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request

from reference_impl.virtual_agent import AgentView
from sim.agent_over_http import SHOWN_STATE
from sim.recorder import slot_members
from sim.sandbox.http import link_acts, views
from sim.sandbox.http.dependencies import ActingChannel, SandboxDep, WorldDep
from sim.sandbox.http.models import AgentIn, AgentOut
from sim.sandbox.http.problems import COMMON_PROBLEMS, CONFLICT, GONE
from sim.sandbox.world.link_session import LinkSession

router = APIRouter(prefix="/agent", tags=["Virtual Agent"], responses={**COMMON_PROBLEMS, **CONFLICT, **GONE})
Token = Annotated[str, Path(max_length=100)]


async def path_session(
    request: Request, sandbox: SandboxDep, live: WorldDep, token: Token, channel: ActingChannel = None
) -> LinkSession:
    """The session of the link that the path names."""
    session = link_acts.session_of(sandbox, live, token, channel, request.state.link_domain)
    link_acts.check_limit(session)
    return session


SessionDep = Annotated[LinkSession, Depends(path_session)]


@router.get("/{token}")
async def look(session: SessionDep) -> AgentOut:
    """Where the order stands, and the slots that can be booked."""
    view = link_acts.look(session)
    return _out(view, [slot_members(slot) for slot in session.live.offered_slots(session.digest)])


@router.post("/{token}/confirm")
async def confirm(session: SessionDep, body: AgentIn) -> AgentOut:
    """Fix the appointment."""
    return _out(link_acts.act(session, "confirm", views.slot_of(body.slot)))


@router.post("/{token}/reschedule")
async def reschedule(session: SessionDep, body: AgentIn) -> AgentOut:
    """Move the appointment."""
    return _out(link_acts.act(session, "reschedule", views.slot_of(body.slot)))


@router.post("/{token}/decline")
async def decline(session: SessionDep) -> AgentOut:
    """Refuse to fix an appointment."""
    return _out(link_acts.act(session, "decline"))


def _out(view: AgentView, slots: Sequence[Mapping[str, str]] = ()) -> AgentOut:
    state = SHOWN_STATE.get(view.state, "closed")
    return AgentOut.model_validate(
        {"order": view.order, "state": state, "slot": slot_members(view.slot) if view.slot else None, "slots": slots}
    )
