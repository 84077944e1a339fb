"""What the life cycle wants done, as frozen data. The shell (`service`) does it through the ports.

Each effect belongs to the order whose event produced it, so none of them names the order.
"""

from __future__ import annotations

from typing import NamedTuple

from reference_impl.orders import Event
from reference_impl.ports import Slot


class Notify(NamedTuple):
    """Send the operator a notification with this causal."""

    code: str
    slot: Slot | None = None


class SendSms(NamedTuple):
    """Send the customer an SMS: `engagement`, or `reminder` of a slot."""

    kind: str
    slot: Slot | None = None


class QueueRow(NamedTuple):
    """Put the order's row into the CSV file of the deposit run at `run_at`."""

    run_at: int


class WakeAt(NamedTuple):
    """Come back with this event at this instant."""

    event: Event
    instant: int


class Confirmed(NamedTuple):
    """The appointment is fixed, through a link."""

    channel: str
    slot: Slot
    link: str


class Moved(NamedTuple):
    """The appointment is moved; the previous slot is free again."""

    channel: str
    slot: Slot
    previous: Slot


class Declined(NamedTuple):
    """A party refuses to fix an appointment."""

    channel: str


class ReleaseSlot(NamedTuple):
    """Free a slot that nobody will be visited in."""

    slot: Slot


class StartVisit(NamedTuple):
    """Send the technician, in the slot in force."""

    slot: Slot


class Suspend(NamedTuple):
    """Open a suspension of the SLA, attributed to operator or customer."""

    code: str


class Resume(NamedTuple):
    """Close the open suspension, if there is one."""

    cause: str


class HandBack(NamedTuple):
    """Give the order back to the ordinary process of the reference offer."""

    reason: str


class Cancelled(NamedTuple):
    """The operator has cancelled the order."""

    reason: str


class StartContactPolicy(NamedTuple):
    """Call the customer by telephone: an order outside this service."""

    attempt: int


class StartCommercialService(NamedTuple):
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
