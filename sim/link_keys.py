"""Secrets of Virtual Agent links, derived from the world's seed so that the same seed gives the same links.

Real wiring keys them with a secret of its own instead. 128 bits each; nothing of the order can be read from one.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from reference_impl.ports import OrderKey

KEY_BYTES = 16


class DerivedLinkKeys:
    """The port `LinkKeys`: a keyed hash of order and channel."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def issue(self, order: OrderKey, channel: str) -> str:
        """The secret of one order and channel, URL-safe, 22 characters."""
        named = f"{order.operator}/{order.code}/{channel}"
        digest = hmac.digest(self._secret, named.encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(digest[:KEY_BYTES]).decode().rstrip("=")
