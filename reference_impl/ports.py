"""The edge of the service: what it asks of the outside, as protocols, and the data that crosses.

The data are named tuples: as fixed as a frozen record and made in a third of the time; each order brings several.

No implementation lives here. Doubles and real adapters are in `sim`; one function there wires either of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, Protocol, TypeVar

Subject = TypeVar("Subject")


class Slot(NamedTuple):
    """A band of a day in which the technician comes: start and end as instants (milliseconds since the epoch)."""

    start: int
    end: int


class OrderKey(NamedTuple):
    """What names an order: an order code belongs to its operator, and two operators may use the same."""

    operator: str
    code: str


class Sms(NamedTuple):
    """An SMS as handed to the gateway. `kind` is `engagement` or `reminder`; `to` is E.164."""

    order: str
    operator: str
    kind: str
    to: str
    alias: str
    text: str
    link: str | None = None
    slot: Slot | None = None

    @property
    def key(self) -> OrderKey:
        """The order that it is about."""
        return OrderKey(self.operator, self.order)


class Notification(NamedTuple):
    """A notification to the operator: its causal code and label, and the XML document as exchanged, if any."""

    order: str
    operator: str
    code: str
    label: str
    at: int
    slot: Slot | None = None
    document: str | None = None

    @property
    def key(self) -> OrderKey:
        """The order that it is about."""
        return OrderKey(self.operator, self.order)


class SmsGateway(Protocol):
    """Takes an SMS for delivery."""

    def send(self, sms: Sms) -> None: ...


class FileDrop(Protocol):
    """Puts a file in an operator's directory. The file appears whole or not at all; an existing name is refused."""

    def deposit(self, operator: str, name: str, data: bytes) -> str:
        """Return the path of the file on the site.

        Raises FileExistsError where the name is taken: a deposit never overwrites (CSV-1).
        """


class OperatorNotifier(Protocol):
    """Delivers a notification to the operator."""

    def notify(self, notification: Notification) -> None: ...


class WakeUps(Protocol):
    """Promises to call `act(subject, instant)` at an instant to come; equal instants share one event."""

    def wake_at(self, instant: int, act: Callable[[Subject, int], None], subject: Subject) -> None: ...


class Journal(Protocol):
    """Keeps what happened at a wire that has no endpoint of its own (intake, agent, field, SLA, telephone).

    `subject` is the order that it is about, if it is about one, else a name. `data` is a mapping, a named tuple whose
    fields are the members, or a function that makes a mapping, for a journal that may not want it; `members_of` reads
    any of them.
    """

    def record(self, source: str, type: str, subject: OrderKey | str | None, data: object) -> object: ...


def members_of(data: object) -> Mapping[str, object]:
    """The members of what a journal is told, by name."""
    if type(data) is dict or isinstance(data, Mapping):  # nearly always a dict, and the abstract class asks for long
        return data
    if callable(data):
        members: Mapping[str, object] = data()
        return members
    return data._asdict()  # type: ignore[attr-defined,no-any-return]


class LinkKeys(Protocol):
    """Issues the secret part of a Virtual Agent link: at least 128 bits, one for each order and channel."""

    def issue(self, order: OrderKey, channel: str) -> str: ...
