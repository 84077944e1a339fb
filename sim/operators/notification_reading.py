"""How the model operator reads a notification, and how it tells one that is genuine. Part of its ordinary code.

A notification is signed as Standard Webhooks asks. One with a wrong signature is forged; one whose timestamp is more
than five minutes from now is stale, however well it is signed. It imports nothing of this project.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

TOLERANCE_SECONDS = 300


@dataclass(frozen=True, slots=True)
class CausalNotification:
    """A notification, as far as this operator uses it."""

    key: str
    order: str
    code: str
    issued_at: datetime
    slot: Mapping[str, str] | None


def is_genuine(body: bytes, headers: Mapping[str, str], secret: str) -> bool:
    """Whether a notification was signed with the secret, and not long ago (OP-9)."""
    stamp = headers.get("webhook-timestamp", "")
    return stamp.isdigit() and is_fresh(int(stamp)) and is_signed(body, headers, secret)


def is_fresh(stamp: int) -> bool:
    """Whether a time in seconds is within `TOLERANCE_SECONDS` of now."""
    return abs(datetime.now(UTC).timestamp() - stamp) <= TOLERANCE_SECONDS


def is_signed(body: bytes, headers: Mapping[str, str], secret: str) -> bool:
    """Whether one of the signatures is that of the secret."""
    signed = b".".join((headers.get("webhook-id", "").encode(), headers.get("webhook-timestamp", "").encode(), body))
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    return any(hmac.compare_digest(expected, signature) for signature in headers.get("webhook-signature", "").split())


def read_notification(body: bytes) -> CausalNotification:
    """The notification in a request's body. Raises ValueError, KeyError or TypeError for anything else."""
    members = json.loads(body)
    key, order, code, at = (members[name] for name in ("notification", "order", "code", "at"))
    issued_at = datetime.fromisoformat(at)
    if not all(isinstance(text, str) for text in (key, order, code)) or issued_at.tzinfo is None:
        raise ValueError("notification, order and code are words, at is a time with offset")
    return CausalNotification(key, order, code, issued_at, members.get("slot"))
