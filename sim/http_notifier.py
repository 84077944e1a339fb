"""The real operator notifier: the service's OperatorNotifier port as one HTTP POST with a JSON body.

The body's members are:

    notification   string   key of this notification; a repeated delivery carries the same one
    operator       string   the operator's name
    order          string   the operator's order code
    code           string   the causal, one of `CAUSAL_LABELS`
    label          string   its label
    at             string   when the service issued it, RFC 3339 with offset, to the millisecond
    slot           object   only with an appointment: {"start", "end"}, RFC 3339 with offset
    document       string   only where documents are exchanged: the notification's XML form

Any 2xx answer takes the notification over; the answer's body is not read and no redirect is followed. Whether
and when to try again is not decided here, and nothing here knows simulated time.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

import requests

from reference_impl.civil_time import format_instant
from reference_impl.ports import Notification

TIMEOUT_SECONDS = 10.0
NO_ANSWER = 0


class DeliveryError(Exception):
    """The operator did not take a notification over. Data: operator, notification key, HTTP status, reason.

    The status is 0 where no answer came.
    """

    def __init__(self, operator: str, notification: str, status: int, reason: str) -> None:
        super().__init__(operator, notification, status, reason)
        self.operator, self.notification, self.status, self.reason = operator, notification, status, reason

    def __str__(self) -> str:
        return f"notification {self.notification} to {self.operator}: {self.reason}; allowed: an answer 2xx"


class HttpNotifier:
    """OperatorNotifier over HTTP. `endpoints` holds the URL of each operator. Close it after use."""

    def __init__(self, endpoints: Mapping[str, str], timeout_seconds: float = TIMEOUT_SECONDS) -> None:
        self._endpoints = endpoints
        self._timeout_seconds = timeout_seconds
        self._session = requests.Session()
        self._session.trust_env = False  # neither proxies nor passwords from the environment

    def __enter__(self) -> HttpNotifier:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def notify(self, notification: Notification) -> None:
        """Deliver once. Raises DeliveryError unless the operator answers 2xx within the timeout."""
        self.deliver(notification)

    def deliver(self, notification: Notification) -> int:
        """Deliver once and return the status of the answer, a 2xx. Raises as `notify` does."""
        url = self._endpoints.get(notification.operator)
        if url is None:
            raise self._error(notification, NO_ANSWER, "the operator has no endpoint")
        try:
            status = self._post(url, notification_body(notification))
        except requests.RequestException as error:
            raise self._error(notification, NO_ANSWER, f"no answer: {type(error).__name__}") from error
        if not 200 <= status < 300:
            raise self._error(notification, status, f"the answer was {status}")
        return status

    def close(self) -> None:
        """Close the open connections."""
        self._session.close()

    def _post(self, url: str, body: bytes) -> int:
        with self._session.post(
            url,
            data=body,
            headers={"Content-Type": "application/json"},
            timeout=self._timeout_seconds,
            allow_redirects=False,
            stream=True,  # the body of the answer says nothing to us and could be endless
        ) as answer:
            return answer.status_code

    @staticmethod
    def _error(notification: Notification, status: int, reason: str) -> DeliveryError:
        return DeliveryError(notification.operator, notification_key(notification), status, reason)


def notification_key(notification: Notification) -> str:
    """What makes two deliveries the same notification: order, code, instant of issue and slot, in readable form."""
    parts = [notification.order, notification.code, format_instant(notification.at, milliseconds=True)]
    if notification.slot is not None:
        parts.append(format_instant(notification.slot.start))
    return "/".join(parts)


def notification_body(notification: Notification) -> bytes:
    """The JSON body of a notification, UTF-8. Members: see the top of this module."""
    members: dict[str, object] = {
        "notification": notification_key(notification),
        "operator": notification.operator,
        "order": notification.order,
        "code": notification.code,
        "label": notification.label,
        "at": format_instant(notification.at, milliseconds=True),
    }
    if notification.slot is not None:
        start, end = notification.slot.start, notification.slot.end
        members["slot"] = {"start": format_instant(start), "end": format_instant(end)}
    if notification.document is not None:
        members["document"] = notification.document
    return json.dumps(members, ensure_ascii=False).encode()
