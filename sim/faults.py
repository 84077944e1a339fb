"""Faults of the notification wire as one record: deliveries that are late, doubled, or overtaken by later ones.

A fault belongs to the notification, never to the sequence of events: the same seed and notification give the same
deliveries whatever else happens, and changing one chance does not move the draws of another.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from random import Random

from reference_impl.civil_time import SECOND
from reference_impl.ports import Notification
from sim.http_notifier import notification_key


@dataclass(frozen=True, slots=True)
class NotificationFaults:
    """What may happen to a notification on its way: chances from 0 to 1, and the longest that each can last.

    `late` delays a delivery a little; `overtaken` holds it back so long that later ones go first; `duplicated`
    delivers it a second time.
    """

    late: float = 0.0
    late_seconds: int = 3_600
    overtaken: float = 0.0
    overtaken_seconds: int = 2 * 86_400
    duplicated: float = 0.0
    duplicated_seconds: int = 7_200

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            longest = float("inf") if field.name.endswith("_seconds") else 1
            if not 0 <= value <= longest:
                raise ValueError(f"{field.name}: {value!r} is not allowed; allowed: 0 to {longest:g}")


NO_FAULTS = NotificationFaults()


def delivery_delays(faults: NotificationFaults, seed: str, notification: Notification) -> tuple[int, ...]:
    """After how many milliseconds each copy of a notification arrives, the first delivery first.

    The second copy arrives after the first, as a sender that got no answer would have it.
    """
    draws = Random(f"{seed}/{notification_key(notification)}")
    happens = [draws.random() for _ in range(3)]
    shares = [draws.random() for _ in range(3)]
    late = _delay(happens[0] < faults.late, shares[0], faults.late_seconds)
    overtaken = _delay(happens[1] < faults.overtaken, (1 + shares[1]) / 2, faults.overtaken_seconds)
    first_delay = max(late, overtaken)
    if happens[2] >= faults.duplicated:
        return (first_delay,)
    return first_delay, first_delay + _delay(True, shares[2], faults.duplicated_seconds)


def _delay(happens: bool, share: float, longest_seconds: int) -> int:
    return round(share * longest_seconds * SECOND) if happens else 0
