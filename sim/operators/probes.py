"""Tests of an operator's system that the service itself would not make: notifications that are not genuine, and limits.

A probe is forged (signed with another secret), stale (well signed, an hour ago) or replayed (a genuine one, sent again
as it was). A limit answers the next request at the Virtual Agent with 429, and all others until its time is over. Each
is recorded as it was seen; nothing is judged here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from reference_impl.civil_time import HOUR, SECOND
from reference_impl.ports import Notification, OrderKey
from reference_impl.services import CAUSAL_LABELS
from sim.http_notifier import notification_body, notification_key
from sim.operator_acts import meanwhile
from sim.recorder import Event
from sim.webhook_signature import shown_secret, signed_headers

PROBES = FORGED, STALE, REPLAYED = ("forged", "stale", "replayed")
KEY, OTHER_KEY = b"secret of the operator..", b"secret of somebody else."
SECRET = shown_secret(KEY)
STALE_BY = HOUR
Handle = Callable[[bytes, Mapping[str, str]], tuple[int, bytes]]


class NotSentError(ValueError):
    """There is no such notification to send again. Data: what was asked for."""


class Record(Protocol):
    """Writes an event into the trace."""

    def __call__(self, source: str, type: str, subject: OrderKey | None, data: Mapping[str, object]) -> object: ...


def headers_of(notification: Notification, body: bytes, now: int) -> dict[str, str]:
    """The headers of a genuine delivery at an instant."""
    return dict(signed_headers(notification_key(notification), body, [KEY], now // SECOND))


@dataclass(slots=True)
class Prober:
    """Probes and limits for one operator. `events` are those of its world, where the caller has them."""

    operator: str
    now: Callable[[], int]
    record: Record
    events: Sequence[Event] = ()
    _limit_seconds: int = 0
    _told_at: int | None = None

    def probe(self, kind: str, order: str, code: str, notifications: Sequence[Notification], handle: Handle) -> None:
        """Hand over a notification that must have no effect. `notifications` are the genuine ones so far."""
        notification = self._notification(kind, order, code, notifications)
        body, began = notification_body(notification), len(self.events)
        status, _ = handle(body, self._headers(kind, notification, body))
        data: dict[str, object] = {"operator": self.operator, "kind": kind, "code": code, "status": status}
        data |= meanwhile(self.events, began, notification.key)
        self.record("/notifications", "notification.probed", notification.key, data)

    def limit(self, seconds: int) -> None:
        """Answer the next request with 429, and later ones that come too soon."""
        self._limit_seconds, self._told_at = seconds, None

    def limited(self) -> dict[str, str] | None:
        """The headers of a 429, if a request that comes now must wait; else None."""
        if not self._limit_seconds:
            return None
        notice = {"operator": self.operator, "retry_after_seconds": self._limit_seconds}
        if self._told_at is not None:
            since_told_ms = self.now() - self._told_at
            if since_told_ms >= self._limit_seconds * SECOND:
                self._limit_seconds = 0
                return None
            notice["since_told_ms"] = since_told_ms
        else:
            self._told_at = self.now()
        self.record("/agent", "request.limited", None, notice)
        return {"Retry-After": str(self._limit_seconds)}

    def _notification(self, kind: str, order: str, code: str, notifications: Sequence[Notification]) -> Notification:
        if kind != REPLAYED:
            return Notification(order, self.operator, code, CAUSAL_LABELS[code], self.now())
        genuine = [notice for notice in notifications if notice.key == (self.operator, order) and notice.code == code]
        if not genuine:
            raise NotSentError(f"no {code} of {order} was sent so far; allowed: one that was")
        return genuine[-1]

    def _headers(self, kind: str, notification: Notification, body: bytes) -> dict[str, str]:
        if kind == FORGED:
            return dict(signed_headers(notification_key(notification), body, [OTHER_KEY], self.now() // SECOND))
        return headers_of(notification, body, self.now() - STALE_BY if kind == STALE else notification.at)
