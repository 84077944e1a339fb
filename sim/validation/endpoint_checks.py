"""Before a run: how the operator's endpoint answered the first genuine notification, how soon, and what its clock says.

An endpoint that gave no answer in time is asked once more, with patience, so that it can be said how long it takes.
It must not know stories.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote

import requests

from reference_impl.civil_time import parse_instant
from reference_impl.ports import Notification
from sim.http_notifier import notification_body, notification_key
from sim.sandbox.world.outbox import NOT_REACHED, TOO_SLOW
from sim.validation.faults import CLOCK, MENDS_OF_STATUS, NO_HTTP, SPEED, STATUS, Fault
from sim.validation.outcome import CONFIGURATION, ENVIRONMENT, MENDS
from sim.validation.stage import Stage
from sim.webhook_signature import read_secret, signed_headers

SKEW_SECONDS = 60.0
PATIENCE_FACTOR = 3  # an endpoint is given so many times as long as it may take


def endpoint_faults(stage: Stage, secret: str, allowed_seconds: float, patience_seconds: float) -> Iterator[Fault]:
    """What is wrong with the answer to the first notification; a wrong clock comes before what may be due to it."""
    place = f"endpoint {stage.operator.endpoint}"
    notice, attempt = _first(stage)
    status, reason = attempt["status"], attempt["reason"]
    if reason.startswith(NOT_REACHED):
        blame, mend = next((blame, mend) for sign, blame, mend in MENDS if sign in reason)
        yield Fault(f"{place}: {reason}", blame, mend)
    elif reason.startswith(TOO_SLOW):
        duration_text = _how_long(stage, notice, secret, min(patience_seconds, PATIENCE_FACTOR * allowed_seconds))
        yield Fault(f"{place}: {duration_text}, allowed {allowed_seconds:g} s", ENVIRONMENT, SPEED)
    elif not status:
        yield Fault(f"{place}: {reason}", CONFIGURATION, NO_HTTP)
    elif skew := _skew(stage, patience_seconds):
        yield Fault(f"{place}: its clock is {_span(skew)} (header Date)", ENVIRONMENT, CLOCK)
    elif not 200 <= status < 300:
        yield Fault(f"{place}: answered {status}", CONFIGURATION, MENDS_OF_STATUS.get(status, STATUS))


def _first(stage: Stage) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The first notification that was tried, and its first attempt."""
    listed = stage.ask("GET", f"/_sandbox/notifications?operator={quote(stage.operator.operator)}").members
    return next((notice, attempt) for notice in listed["notifications"] for attempt in notice["attempts"])


def _how_long(stage: Stage, notice: Mapping[str, Any], secret: str, patience_seconds: float) -> str:
    """How long the endpoint takes for the same notification, in words."""
    members = (notice["order"], notice["operator"], notice["code"], notice["label"], parse_instant(notice["at"]))
    notification = Notification(*members)
    body = notification_body(notification)
    signed = signed_headers(notification_key(notification), body, [read_secret(secret)], int(time.time()))
    began = stage.clock_seconds()
    try:
        stage.desk.post(
            str(stage.operator.endpoint), data=body, headers=dict(signed) | {"Content-Type": "application/json"},
            timeout=patience_seconds, allow_redirects=False,
        )  # fmt: skip
    except requests.RequestException:
        return f"{TOO_SLOW} {patience_seconds:g} s either"
    return f"answered after {stage.clock_seconds() - began:.3g} s"


def _skew(stage: Stage, patience_seconds: float) -> float:
    """By how many seconds the endpoint's clock is ahead of ours, behind where negative; 0 where it is as good as right.

    It is compared with when we asked and when we heard, so that a slow answer is no wrong clock.
    """
    asked_at = time.time()
    try:
        answer = stage.desk.head(str(stage.operator.endpoint), timeout=patience_seconds, allow_redirects=False)
        clock_of_endpoint = parsedate_to_datetime(answer.headers["Date"]).timestamp()
    except (requests.RequestException, LookupError, ValueError, TypeError):
        return 0.0
    ahead, behind = clock_of_endpoint - time.time(), clock_of_endpoint - asked_at
    return ahead if ahead > SKEW_SECONDS else behind if behind < -SKEW_SECONDS else 0.0


def _span(skew: float) -> str:
    return f"about {round(abs(skew) / 60)} min {'ahead' if skew > 0 else 'behind'}"
