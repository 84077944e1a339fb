"""The wires in memory: doubles of the service's ports that remember what they were handed and record what they saw.

Nothing is asserted here and nothing is decided: a double sees what its wire carries (an SMS, the bytes of a file, a
notification) and says so to the recorder. The CSV rows of the trace are read back from the bytes, never from the order.
A double must know neither the service's state nor the rules.
"""

from __future__ import annotations

from collections.abc import Callable

from reference_impl.policy import CsvDialect
from reference_impl.ports import Notification, Sms
from reference_impl.sms_text import segments_of
from sim.file_seen import FileSeen, file_seen
from sim.recorder import Recorder

Delivery = Callable[[Notification, str], None]


class SmsInbox:
    """The SMS gateway of the simulated world: every message arrives at once, and `deliver` is called with it."""

    def __init__(self, recorder: Recorder) -> None:
        self.messages: list[Sms] = []
        self.deliver: Callable[[Sms], None] | None = None
        self._recorder = recorder

    def send(self, sms: Sms) -> None:
        """Keep the message, record `sms.sent` and hand it to the customer's telephone."""
        self.messages.append(sms)
        self._recorder.record("/sms", "sms.sent", sms.key, sms_members(sms))
        if self.deliver is not None:
            self.deliver(sms)


class DropDouble:
    """The SFTP site of the simulated world: one directory for each operator, files whole or not at all.

    `deliver` is called for every file, with its operator and its name.
    """

    def __init__(self, recorder: Recorder, dialect: CsvDialect) -> None:
        self.files: dict[str, bytes] = {}
        self.deliver: Callable[[str, str], None] | None = None
        self._directories: dict[str, list[str]] = {}
        self._recorder = recorder
        self.dialect = dialect

    def deposit(self, operator: str, name: str, data: bytes) -> str:
        """Keep the file and record `csv.deposited` with what its bytes show; return its path.

        Raises FileExistsError where the name is taken.
        """
        path = path_on_site(operator, name)
        if path in self.files:  # CSV-1
            raise FileExistsError(f"{path} is already on the site; allowed: a name that is not taken")
        contents = self.seen_in(data)
        self.files[path] = data
        self._directories.setdefault(operator, []).append(name)
        members = {"operator": operator, "path": path, **contents.members}
        self._recorder.record("/sftp", "csv.deposited", path, members)
        if self.deliver is not None:
            self.deliver(operator, name)
        return path

    def seen_in(self, data: bytes) -> FileSeen:
        """What the bytes of a file show."""
        return file_seen(data, self.dialect)

    def listdir(self, operator: str) -> list[str]:
        """The names in the operator's directory, in order of deposit."""
        return list(self._directories.get(operator, ()))

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises FileNotFoundError."""
        if path not in self.files:
            raise FileNotFoundError(f"{path} is not on the site")
        return self.files[path]


class OperatorDirectory:
    """An operator's own directory on the site, as the operator sees it: reading a file is recorded."""

    def __init__(self, drop: DropDouble, recorder: Recorder, operator: str) -> None:
        self._drop, self._recorder, self._operator = drop, recorder, operator

    def listdir(self) -> list[str]:
        """The names of the files, in order of deposit."""
        return self._drop.listdir(self._operator)

    def read(self, name: str) -> bytes:
        """The bytes of a file; records `csv.fetched`. Raises FileNotFoundError."""
        path = path_on_site(self._operator, name)
        content = self._drop.read(path)
        self._recorder.record("/sftp", "csv.fetched", path, {"operator": self._operator, "path": path})
        return content


class EndpointDouble:
    """The operators' notification endpoints: keep every notification and hand it to `deliver`."""

    def __init__(self, recorder: Recorder, deliver: Delivery | None = None) -> None:
        self.notifications: list[Notification] = []
        self.deliver = deliver
        self._recorder = recorder

    def notify(self, notification: Notification) -> None:
        """Record `notification.sent`, then deliver it together with the id of that event."""
        self.notifications.append(notification)
        members = notification_members(notification)
        event_id = self._recorder.record("/notifications", "notification.sent", notification.key, members)
        if self.deliver is not None:
            self.deliver(notification, event_id)


def path_on_site(operator: str, name: str) -> str:
    """The path of a file on the SFTP site: the operator's own directory, then the name (CSV-1)."""
    return f"/{operator}/{name}"


def sms_members(sms: Sms) -> dict[str, object]:
    """The members of an SMS in the trace; members without a value are left out."""
    size = segments_of(sms.text)
    members: dict[str, object] = {"kind": sms.kind, "to": sms.to, "alias": sms.alias, "text": sms.text}
    members |= {"encoding": size.encoding, "segments": size.segments}
    if sms.link is not None:
        members["link"] = sms.link
    if sms.slot is not None:
        members["slot"] = sms.slot
    return members


def notification_members(notification: Notification) -> dict[str, object]:
    """The members of a notification in the trace; members without a value are left out."""
    members: dict[str, object] = {
        "operator": notification.operator,
        "code": notification.code,
        "label": notification.label,
    }
    if notification.slot is not None:
        members["slot"] = notification.slot
    if notification.document is not None:
        members["document"] = notification.document
    return members
