"""What the octets of a short message say: GSM-7 or UCS-2 text, whole or in parts that belong together.

Data coding 0 is the GSM default alphabet, one septet in each octet; 8 is UCS-2. A header (UDH) may say that a message
is one part of several; parts are kept until all are there. Without I/O; nothing here knows sessions.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from reference_impl.gsm_7 import ESCAPE, GSM_ALPHABET, GSM_EXTENSION
from sim.sandbox.smpp.pdu import SUBMIT_FAILED, PduError

GSM_7, UCS_2 = 0, 8
ENCODING_NAMES = {GSM_7: "GSM-7", UCS_2: "UCS-2"}
CONCATENATED_SHORT, CONCATENATED_LONG = 0x00, 0x08  # information elements, with a reference of one or two octets
MOST_INCOMPLETE = 1_000
INCOMPLETE_SECONDS = 600.0
Ticket = TypeVar("Ticket")


def text_of(data_coding: int, octets: bytes) -> str:
    """The text of a message. Raises PduError."""
    if data_coding == GSM_7:
        return _gsm_text(octets)
    if data_coding == UCS_2:
        try:
            return octets.decode("utf-16-be")
        except UnicodeDecodeError as error:
            raise PduError(SUBMIT_FAILED, "octets that are not UCS-2") from error
    raise PduError(SUBMIT_FAILED, f"data coding {data_coding}; allowed: 0 (GSM default alphabet), 8 (UCS-2)")


def _gsm_text(octets: bytes) -> str:
    if any(octet >= len(GSM_ALPHABET) for octet in octets):
        raise PduError(SUBMIT_FAILED, "octets beyond the GSM default alphabet, which has seven bits")
    if octets.endswith(bytes((ESCAPE,))):
        raise PduError(SUBMIT_FAILED, "an escape without a character")
    return "".join(_gsm_characters(iter(octets)))


def _gsm_characters(septets: Iterator[int]) -> Iterator[str]:
    for septet in septets:
        if septet != ESCAPE:
            yield GSM_ALPHABET[septet]
        else:
            escaped = next(septets)
            yield GSM_EXTENSION.get(escaped, GSM_ALPHABET[escaped])


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of how many, by the sender's own reference."""

    reference: int
    total: int
    number: int


def without_header(octets: bytes) -> tuple[Part | None, bytes]:
    """Which part of several a message with a header is, if it is one, and its octets without the header.

    Raises PduError.
    """
    length = octets[0] + 1 if octets else 0
    if not octets or len(octets) < length:
        raise PduError(SUBMIT_FAILED, "a user data header that ends too early")
    part, at = None, 1
    while at < length:
        kind, end = octets[at], at + 2 + (octets[at + 1] if at + 1 < length else length)
        if end > length:
            raise PduError(SUBMIT_FAILED, "an information element that ends too early")
        if kind in (CONCATENATED_SHORT, CONCATENATED_LONG):
            part = _part(kind, octets[at + 2 : end])
        at = end
    return part, octets[length:]


def _part(kind: int, octets: bytes) -> Part:
    if len(octets) != (3 if kind == CONCATENATED_SHORT else 4):
        raise PduError(SUBMIT_FAILED, "a part without reference, total and number")
    reference, total, number = int.from_bytes(octets[:-2], "big"), octets[-2], octets[-1]
    if not 1 <= number <= total:
        raise PduError(SUBMIT_FAILED, f"part {number} of {total}")
    return Part(reference, total, number)


@dataclass(slots=True)
class Incomplete(Generic[Ticket]):
    """The parts of a message that have come since the first of them, at an instant of real time in seconds."""

    since_seconds: float
    parts: dict[int, tuple[bytes, Ticket]] = field(default_factory=dict)


class Assembly(Generic[Ticket]):
    """Messages of which not all parts are there. One that waits too long is forgotten, and of too many the oldest."""

    def __init__(self, real_seconds: Callable[[], float] = time.monotonic) -> None:
        self._real_seconds = real_seconds
        self._incomplete: OrderedDict[Hashable, Incomplete[Ticket]] = OrderedDict()  # in the order of their first part

    def add(self, sender: Hashable, part: Part, octets: bytes, ticket: Ticket) -> tuple[bytes, list[Ticket]] | None:
        """Take a part with its ticket; with the last one, give the octets of all and their tickets in order."""
        self._forget()
        key = (sender, part.reference, part.total)
        parts = self._incomplete.setdefault(key, Incomplete(self._real_seconds())).parts
        parts[part.number] = (octets, ticket)
        if len(parts) < part.total:
            return None
        del self._incomplete[key]
        in_order = [parts[number] for number in range(1, part.total + 1)]
        return b"".join(piece for piece, _ in in_order), [ticket for _, ticket in in_order]

    def _forget(self) -> None:
        """Make room before another part is taken."""
        while self._incomplete:
            oldest = next(iter(self._incomplete.values()))
            is_late = self._real_seconds() - oldest.since_seconds > INCOMPLETE_SECONDS
            if not is_late and len(self._incomplete) < MOST_INCOMPLETE:
                return
            self._incomplete.popitem(last=False)
