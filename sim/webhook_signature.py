"""How a notification is signed: the three headers of Standard Webhooks, and the form in which a secret is handed over.

Pure: it reads no clock and knows no world.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence


def signed_headers(message_id: str, body: bytes, secrets: Sequence[bytes], timestamp: int) -> list[tuple[str, str]]:
    """The headers of Standard Webhooks for a body."""
    signed = b".".join((message_id.encode(), str(timestamp).encode(), body))
    signatures = [base64.b64encode(hmac.digest(secret, signed, hashlib.sha256)).decode() for secret in secrets]
    return [
        ("webhook-id", message_id),
        ("webhook-timestamp", str(timestamp)),
        ("webhook-signature", " ".join(f"v1,{signature}" for signature in signatures)),
    ]


def shown_secret(secret: bytes) -> str:
    """The text form of a signing secret, as libraries take it."""
    return "whsec_" + base64.b64encode(secret).decode()


def read_secret(shown: str) -> bytes:
    """The signing secret of a text form."""
    return base64.b64decode(shown.removeprefix("whsec_"))
