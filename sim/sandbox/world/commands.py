"""Everything that can be done to a world, as frozen data.

A command holds what was decided outside; what follows from it is the world's (`core`); how it is written down and read
again, `command_records`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Bounds = Sequence[int]  # first instant of a slot, and the first after it
# Of a delivery: event of the notification, copy, status, reason, how many events the trace had when it began, and how
# the body of the answer began.
Outcome = tuple[str, int, int, str, int | None, str]
# How an operator can be disturbed on purpose: false notifications, a limit, and what `disturbances` does.
Disturbance = Literal[
    "forged", "stale", "replayed", "limit", "hold", "release", "close-site", "open-site", "part-file", "race"
]


@dataclass(frozen=True, slots=True)
class Command:
    """One act on a world."""


@dataclass(frozen=True, slots=True)
class Begin(Command):
    """Make the world: what it publishes when it is there."""


@dataclass(frozen=True, slots=True)
class RegisterOperator(Command):
    """Register an operator, with or without an endpoint; or one that is there anew."""

    members: Mapping[str, Any]
    endpoint: str | None


@dataclass(frozen=True, slots=True)
class SubmitOrder(Command):
    """An operator hands in a work order."""

    members: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ReportLine(Command):
    """The network reports AC or CO of the line of an operator's order."""

    operator: str
    order: str
    code: str


@dataclass(frozen=True, slots=True)
class CancelOrder(Command):
    """The operator cancels an order of its own."""

    operator: str
    order: str
    reason: str


@dataclass(frozen=True, slots=True)
class SetCapacity(Command):
    """Give one slot a number of places of its own."""

    territory: str
    slot: Bounds
    capacity: int


@dataclass(frozen=True, slots=True)
class OpenLink(Command):
    """Look at the order behind a link, named by its digest."""

    link: str
    channel: str | None


@dataclass(frozen=True, slots=True)
class ActOnLink(Command):
    """Confirm, reschedule or decline at the Virtual Agent."""

    act: str
    link: str
    slot: Bounds | None
    channel: str | None


@dataclass(frozen=True, slots=True)
class RunTo(Command):
    """Let everything happen that is due until an instant."""

    to: int


@dataclass(frozen=True, slots=True)
class SetPace(Command):
    """How the clock goes by itself."""

    pace: str


@dataclass(frozen=True, slots=True)
class SetEndpoint(Command):
    """Where an operator takes notifications; None = nowhere."""

    operator: str
    url: str | None


@dataclass(frozen=True, slots=True)
class RotateSecret(Command):
    """Begin a new signing secret of an operator."""

    operator: str


@dataclass(frozen=True, slots=True)
class RetireSecret(Command):
    """End the signing secret before the newest."""

    operator: str


@dataclass(frozen=True, slots=True)
class RecordOutcomes(Command):
    """What became of deliveries of notifications."""

    outcomes: Sequence[Outcome]


@dataclass(frozen=True, slots=True)
class Resend(Command):
    """Send notifications once more."""

    events: Sequence[str]


@dataclass(frozen=True, slots=True)
class FetchFile(Command):
    """An operator reads a file on its site."""

    operator: str
    name: str


@dataclass(frozen=True, slots=True)
class RemoveFile(Command):
    """An operator deletes a file on its site."""

    operator: str
    name: str


@dataclass(frozen=True, slots=True)
class MissFile(Command):
    """An operator asks for a file that is not on its site."""

    operator: str
    name: str


@dataclass(frozen=True, slots=True)
class Disturb(Command):
    """Disturb an operator: `how` is a key of `disturbances.DISTURB`, `order` the order where it needs one."""

    operator: str
    how: str
    order: str = ""


@dataclass(frozen=True, slots=True)
class RecordProbe(Command):
    """What became of a notification that was not genuine; `began` as in the outcome of a delivery."""

    operator: str
    order: str
    kind: str
    code: str
    status: int
    reason: str
    began: int


@dataclass(frozen=True, slots=True)
class RecordLimit(Command):
    """An operator was told to wait; how soon it asked again after it had been told, if it did.

    `told_at_ms` is when it was told first, in real time since the epoch; older stores do not say it.
    """

    operator: str
    retry_after_seconds: int
    since_told_ms: int | None = None
    told_at_ms: int | None = None


@dataclass(frozen=True, slots=True)
class SetLimit(Command):
    """Tell an operator at its next request to wait some seconds; 0 lifts the limit."""

    operator: str
    seconds: int


@dataclass(frozen=True, slots=True)
class TakeSms(Command):
    """A system under test hands in an SMS; `receipts` are those that it asks for."""

    sender: str
    to: str
    text: str
    encoding: str
    segments: int
    receipts: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class SettleReceipt(Command):
    """A delivery receipt has been taken: which one of a message."""

    sms: str
    receipt: int


@dataclass(frozen=True, slots=True)
class BringCrowd(Command):
    """Let a crowd live in the world: some orders of an operator, handed in over some days, drawn from a seed."""

    operator: str
    orders: int
    seed: int
    days: int


@dataclass(frozen=True, slots=True)
class BeginGuided(Command):
    """Begin a guided run of an operator: the whole plan as plain data."""

    operator: str
    plan: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class MarkGuided(Command):
    """What the trace does not show of an act of the plan: `how` in the words of `sim/validation/guided`."""

    act: int
    how: str


@dataclass(frozen=True, slots=True)
class NoteGuided(Command):
    """A person says something of a rule; a picture is named by its digest."""

    rule: str
    text: str
    picture: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class EndGuided(Command):
    """End the guided run: what happens later is not judged."""
