"""The session of a client that has the secret of a Virtual Agent link: the world, the link, and the party.

A session holds the digest of the link, never its secret. It knows neither HTTP nor pages.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.sandbox.world.live import LiveWorld


@dataclass(frozen=True, slots=True)
class LinkSession:
    """The bearer of a link. `channel` is the party that the bearer claims to be, where both share the link."""

    live: LiveWorld
    digest: str
    channel: str | None = None
