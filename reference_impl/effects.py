"""What the life cycle wants done, as frozen data. The shell (`service`) does it through the ports.

Each effect belongs to the order whose event produced it, so none of them names the order.
"""

from __future__ import annotations

from dataclasses import dataclass

from reference_impl.ports import Slot


@dataclass(frozen=True, slots=True)
class Notify:
    """Send the operator a notification with this causal."""

    code: str
    slot: Slot | None = None


@dataclass(frozen=True, slots=True)
class SendSms:
    """Send the customer an SMS: `engagement`, or `reminder` of a slot."""

    kind: str
    slot: Slot | None = None


@dataclass(frozen=True, slots=True)
class QueueRow:
    """Put the order's row into the CSV file of the deposit run at `run_at`."""

    run_at: int


@dataclass(frozen=True, slots=True)
class WakeAt:
    """Come back with this event at this instant."""

    event: str
    instant: int


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The appointment is fixed, through a link."""

    channel: str
    slot: Slot
    link: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The appointment is moved; the previous slot is free again."""

    channel: str
    slot: Slot
    previous: Slot


@dataclass(frozen=True, slots=True)
class Declined:
    """A party refuses to fix an appointment."""

    channel: str


@dataclass(frozen=True, slots=True)
class ReleaseSlot:
    """Free a slot that nobody will be visited in."""

    slot: Slot


@dataclass(frozen=True, slots=True)
class StartVisit:
    """Send the technician, in the slot in force."""

    slot: Slot


@dataclass(frozen=True, slots=True)
class Suspend:
    """Open a suspension of the SLA, attributed to operator or customer."""

    code: str


@dataclass(frozen=True, slots=True)
class Resume:
    """Close the open suspension, if there is one."""

    cause: str


@dataclass(frozen=True, slots=True)
class HandBack:
    """Give the order back to the ordinary process of the reference offer."""

    reason: str


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The operator has cancelled the order."""

    reason: str


@dataclass(frozen=True, slots=True)
class StartContactPolicy:
    """Call the customer by telephone: an order outside this service."""

    attempt: int


@dataclass(frozen=True, slots=True)
class StartCommercialService:
    """Start a commercial service that the operator bought: an order outside this service."""

    name: str


Effect = (
    Notify
    | SendSms
    | QueueRow
    | WakeAt
    | Confirmed
    | Moved
    | Declined
    | ReleaseSlot
    | StartVisit
    | Suspend
    | Resume
    | HandBack
    | Cancelled
    | StartContactPolicy
    | StartCommercialService
)
Effects = tuple[Effect, ...]
