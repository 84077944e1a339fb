"""What is done about SMS, files, notifications and the trace, where it takes more than one request."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from sim.sandbox.terminal.client import Client, CommandError
from sim.sandbox.terminal.grammar import Said, given
from sim.sandbox.terminal.local_files import STANDARD, kept

END_OF_TRACE = 1 << 40
Answer = dict[str, Any]


def list_sms(client: Client, said: Said) -> Answer:
    """The SMS of an order, or to a number; the number stays here."""
    messages = client.ask("GET /_sandbox/sms", query=given(said, ("order",)))["messages"]
    return {"messages": [each for each in messages if said["to"] in (None, each["to"])]}


def show_sms(client: Client, said: Said) -> Answer:
    """One SMS."""
    messages = client.ask("GET /_sandbox/sms")["messages"]
    found: Answer | None = next((each for each in messages if each["id"] == said["sms"]), None)
    if found is None:
        raise CommandError(f"sms show: SMS {said['sms']!r} is not known; allowed: an id that sms list shows")
    return found


def read_file(client: Client, said: Said) -> Answer:
    """A file, kept or shown."""
    content = client.fetch("GET /_sandbox/files/{operator}/{name}", _file_names(said))
    return {"file": said["file"], **kept(said["save"] or STANDARD, content)}


def remove_file(client: Client, said: Said) -> Answer:
    """Delete a file as its operator can."""
    client.ask("DELETE /_sandbox/files/{operator}/{name}", _file_names(said))
    return {"removed": said["file"]}


def _file_names(said: Said) -> Answer:
    operator, sign, name = said["file"].strip("/").partition("/")
    if not (sign and name):
        raise CommandError(f"file: {said['file']!r} is not allowed; allowed: OPERATOR/NAME, as files list shows it")
    return {"operator": operator, "name": name}


def list_notifications(client: Client, said: Said) -> Answer:
    """Notifications, those of an operator, of an order or since an instant."""
    answer = client.ask("GET /_sandbox/notifications", query=given(said, ("operator", "since")))
    found = [each for each in answer["notifications"] if said["order"] in (None, each["order"])]
    return {"notifications": found}


def resend(client: Client, said: Said) -> Answer:
    """Some notifications by their ids, or all since an instant."""
    if bool(said["notification"]) is (said["since"] is not None):
        raise CommandError("notifications resend: which ones? allowed: ids, or --since T")
    if said["since"] is not None:
        query = given(said, ("operator",))
        resent: Answer = client.ask("POST /_sandbox/notifications/resend", query=query, body=given(said, ("since",)))
        return resent
    for each in said["notification"]:
        client.ask("POST /_sandbox/notifications/{notification}/resend", {"notification": each})
    return {"resent": len(said["notification"])}


# --- what happened ---


def last_events(client: Client, said: Said) -> Answer:
    """The events after a position, or the last so many."""
    after = said["after"]
    if after is None:
        end = client.ask("GET /_sandbox/events", query={"after": END_OF_TRACE})["last"]
        after = max(end - said["last"], 0)
    answer: Answer = client.ask("GET /_sandbox/events", query={"after": after})
    return answer


def follow_events(client: Client, said: Said) -> Iterator[Answer]:
    """Events as they happen, until the sandbox ends."""
    after = said["after"]
    if after is None:
        after = client.ask("GET /_sandbox/events", query={"after": END_OF_TRACE})["last"]
    yield from islice(client.follow("GET /_sandbox/events", {"after": after}), said["count"])


def save_trace(client: Client, said: Said) -> Answer:
    """The closed trace, for `appuntamento check`."""
    return kept(said["file"], client.fetch("GET /_sandbox/trace"))
