"""Whoever comes with the secret of a link to the interfaces for programs: what he sees and does, if it opens anything.

A link that was never given out, one that was forgotten and one whose order is over for its bearer are refused alike, so
that a stranger learns nothing from trying. The trace knows the reason. A link that is still good says why an act is
refused. Nothing here knows HTTP.
"""

from __future__ import annotations

from reference_impl.errors import AgentRejected
from reference_impl.ports import Slot
from reference_impl.virtual_agent import AgentView
from sim.sandbox.sandbox import Sandbox
from sim.sandbox.world.agent_view import Visitor, opens_nothing
from sim.sandbox.world.link_index import digest_of
from sim.sandbox.world.live import LiveWorld

OPENS_NOTHING = "unknown_link"


class Holder:
    """The bearer of a link. `channel` says who he is where both parties share the link."""

    def __init__(self, live: LiveWorld, digest: str, channel: str | None) -> None:
        self.live = live
        self._visitor = Visitor(live.name, digest, channel)

    def look(self) -> AgentView:
        """Open the link. Raises AgentRejected."""
        view = self.live.open_link(self._visitor.digest, self._visitor.channel)
        if opens_nothing(self.live, self._visitor):
            raise AgentRejected(OPENS_NOTHING, "open")
        return view

    def slots(self) -> list[Slot]:
        """The slots that can be booked now, for one who has looked."""
        return self.live.offered_slots(self._visitor.digest)

    def act(self, act: str, slot: Slot | None = None) -> AgentView:
        """Confirm, reschedule or decline. Raises AgentRejected."""
        try:
            return self.live.act(act, self._visitor.digest, slot, self._visitor.channel)
        except AgentRejected:
            if opens_nothing(self.live, self._visitor):
                raise AgentRejected(OPENS_NOTHING, act) from None
            raise


def holder(sandbox: Sandbox, asked: LiveWorld, token: str, channel: str | None) -> Holder:
    """The holder of a secret; one that belongs to no link is a stranger to the world that was asked."""
    live, digest = sandbox.link(token) or (asked, digest_of(token))
    return Holder(live, digest, channel)
