"""The customers' telephones: what becomes of an SMS after it was sent, told by the last digits of the number.

    …00001  undeliverable       …00002  arrives 30 minutes later       …00003  arrives, and once more 5 minutes later

Any other number gets its message at once. All in simulated time. What happens is recorded as `sms.delivered` or
`sms.undeliverable` with the id of the message.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from reference_impl.civil_time import MINUTE, parse_instant
from reference_impl.sms_text import segments_of

UNDELIVERABLE, DELIVERED = "sms.undeliverable", "sms.delivered"
SUFFIX_DIGITS = 5

Delivery = tuple[tuple[int, str], ...]  # after how many milliseconds, and what
AT_ONCE: Delivery = ((0, DELIVERED),)
DELIVERIES: Mapping[str, Delivery] = MappingProxyType(
    {
        "00001": ((0, UNDELIVERABLE),),
        "00002": ((30 * MINUTE, DELIVERED),),
        "00003": ((0, DELIVERED), (5 * MINUTE, DELIVERED)),
    }
)


def delivery_of(number: str) -> Delivery:
    """The copies of a message to a number: after how many milliseconds, and with what outcome."""
    return DELIVERIES.get(number[-SUFFIX_DIGITS:], AT_ONCE)


@dataclass(slots=True)
class Message:
    """An SMS as the telephone network knows it. `trail` says what became of it, and when in simulated time.

    `kind` is `engagement`, `reminder`, or `received` for one that a system under test handed in.
    """

    id: str
    order: str | None
    operator: str | None
    kind: str
    to: str
    alias: str
    text: str
    encoding: str
    units: int
    segments: int
    link: str | None
    at: int
    trail: list[tuple[str, int]] = field(default_factory=list)

    @property
    def copies(self) -> int:
        """How many times it has arrived so far."""
        return sum(state == "delivered" for state, _ in self.trail)


class Inbox:
    """All messages of a world, learned from its events."""

    def __init__(self) -> None:
        self._messages: dict[str, Message] = {}

    def hear(self, event: Mapping[str, Any]) -> None:
        """Take in an event, if it is about a message."""
        if event["type"] in ("sms.sent", "sms.received"):
            self._messages[event["id"]] = _message(event)
        elif event["type"] in (DELIVERED, UNDELIVERABLE):
            state = event["type"].removeprefix("sms.")
            self._messages[event["data"]["sms"]].trail.append((state, parse_instant(event["time"])))

    def find(self, id: str) -> Message | None:
        """A message by the id of its event."""
        return self._messages.get(id)

    def __iter__(self) -> Iterator[Message]:
        return iter(self._messages.values())


def _message(event: Mapping[str, Any]) -> Message:
    data, at = event["data"], parse_instant(event["time"])
    size = segments_of(data["text"])
    return Message(
        event["id"],
        event.get("subject"),
        data.get("operator"),
        data.get("kind", "received"),
        data["to"],
        data.get("alias") or data.get("sender", ""),
        data["text"],
        data.get("encoding", size.encoding),
        size.units,
        data.get("segments", size.segments),
        data.get("link"),
        at,
        [("accepted", at)],
    )
