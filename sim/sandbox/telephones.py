"""The customers' telephones: what becomes of an SMS after it was sent, told by the last digits of the number.

    …00001  undeliverable       …00002  arrives 30 minutes later       …00003  arrives, and once more 5 minutes later

Any other number gets its message at once. All in simulated time. What happens is recorded as `sms.delivered` or
`sms.undeliverable` with the id of the message.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from reference_impl.civil_time import MINUTE

UNDELIVERABLE, DELIVERED = "sms.undeliverable", "sms.delivered"
SUFFIX_DIGITS = 5

Fate = tuple[tuple[int, str], ...]  # after how many milliseconds, and what
AT_ONCE: Fate = ((0, DELIVERED),)
FATES: Mapping[str, Fate] = MappingProxyType(
    {
        "00001": ((0, UNDELIVERABLE),),
        "00002": ((30 * MINUTE, DELIVERED),),
        "00003": ((0, DELIVERED), (5 * MINUTE, DELIVERED)),
    }
)


def fate_of(number: str) -> Fate:
    """What befalls the messages to a number."""
    return FATES.get(number[-SUFFIX_DIGITS:], AT_ONCE)
