"""What the interfaces for programs let the bearer of a link see and do, if the link opens anything.

A link that was never given out, one that was forgotten and one whose order is over for its bearer are refused alike, so
that a stranger learns nothing from trying. The trace knows the reason. A link that is still good says why an act is
refused.
"""

from __future__ import annotations

from reference_impl.errors import AgentRejected
from reference_impl.links import OPERATOR
from reference_impl.ports import Slot
from reference_impl.virtual_agent import AgentView
from sim.sandbox.http.dependencies import too_soon
from sim.sandbox.sandbox import Sandbox
from sim.sandbox.world.agent_view import opens_nothing
from sim.sandbox.world.link_index import digest_of
from sim.sandbox.world.link_session import LinkSession
from sim.sandbox.world.live import LiveWorld

OPENS_NOTHING = "unknown_link"
STRANGER = "stranger-"  # before the digest of a link that opens nothing here, even if it does under another domain


def session_of(
    sandbox: Sandbox, live: LiveWorld, token: str, channel: str | None, domain: str | None = None
) -> LinkSession:
    """The session of a secret; a secret that belongs to no link gets one in `live`, where it opens nothing.

    `domain` is the operator's domain under which it is used, if it is one: another operator's link is strange there.
    """
    known_link = sandbox.link(token, domain)
    if known_link is None:
        digest = digest_of(token)
        return LinkSession(live, digest if domain is None else STRANGER + digest, channel)
    return LinkSession(*known_link, channel)


def seconds_to_wait(session: LinkSession) -> int | None:
    """How many seconds the operator that holds this link has to wait; None if it may ask."""
    link = session.live.given_link(session.digest)
    if link is None or OPERATOR not in (link.channel, session.channel):
        return None
    return session.live.disturber.limited(link.order.operator)


def check_limit(session: LinkSession) -> None:
    """Raise HTTPException 429 where the operator that holds this link has to wait."""
    if (seconds := seconds_to_wait(session)) is not None:
        raise too_soon(seconds)


def look(session: LinkSession) -> AgentView:
    """Open the link. Raises AgentRejected."""
    view = session.live.open_link(session.digest, session.channel)
    if opens_nothing(session):
        raise AgentRejected(OPENS_NOTHING, "open")
    return view


def act(session: LinkSession, verb: str, slot: Slot | None = None) -> AgentView:
    """Confirm, reschedule or decline. Raises AgentRejected."""
    try:
        return session.live.act(verb, session.digest, slot, session.channel)
    except AgentRejected:
        if opens_nothing(session):
            raise AgentRejected(OPENS_NOTHING, verb) from None
        raise
