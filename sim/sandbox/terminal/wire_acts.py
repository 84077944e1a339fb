"""What is done about SMS, files, notifications and the trace, where it takes more than one request."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from sim.command_line import check_effective
from sim.sandbox.terminal.client import Answer, Client, CommandError
from sim.sandbox.terminal.grammar import Inputs, values_of
from sim.sandbox.terminal.local_files import STANDARD, save_content

END_OF_TRACE = 1 << 40
LAST = 20  # events that are shown without --last


def list_sms(client: Client, inputs: Inputs) -> Answer:
    """The SMS of an order, or to a number; the number is not sent to the sandbox."""
    messages = client.ask("GET /_sandbox/sms", query=values_of(inputs, ("order", "operator")))["messages"]
    return {"messages": [message for message in messages if inputs["to"] in (None, message["to"])]}


def show_sms(client: Client, inputs: Inputs) -> Answer:
    """One SMS."""
    messages = client.ask("GET /_sandbox/sms")["messages"]
    message: Answer | None = next((message for message in messages if message["id"] == inputs["sms"]), None)
    if message is None:
        raise CommandError(f"sms show: SMS {inputs['sms']!r} is not known; allowed: an id that sms list shows")
    return message


def read_file(client: Client, inputs: Inputs) -> Answer:
    """A file, kept or shown."""
    content = client.fetch("GET /_sandbox/files/{operator}/{name}", _file_names(inputs))
    return {"file": inputs["file"], **save_content(inputs["save"] or STANDARD, content)}


def remove_file(client: Client, inputs: Inputs) -> Answer:
    """Delete a file as its operator can."""
    client.ask("DELETE /_sandbox/files/{operator}/{name}", _file_names(inputs))
    return {"removed": inputs["file"]}


def _file_names(inputs: Inputs) -> Answer:
    operator, sign, name = inputs["file"].strip("/").partition("/")
    if not (sign and name):
        raise CommandError(f"file: {inputs['file']!r} is not allowed; allowed: OPERATOR/NAME, as files list shows it")
    return {"operator": operator, "name": name}


def list_notifications(client: Client, inputs: Inputs) -> Answer:
    """Notifications: those of an operator, of an order, since an instant, or that no operator took over."""
    answer = client.ask("GET /_sandbox/notifications", query=values_of(inputs, ("operator", "since")))
    chosen = [
        notification
        for notification in answer["notifications"]
        if inputs["order"] in (None, notification["order"]) and (not inputs["failed"] or _has_failed(notification))
    ]
    return {"notifications": chosen}


def _has_failed(notification: Answer) -> bool:
    statuses = [attempt["status"] for attempt in notification["attempts"]]
    return bool(statuses) and not any(200 <= status < 300 for status in statuses)


def resend(client: Client, inputs: Inputs) -> Answer:
    """Some notifications by their ids, or all since an instant."""
    if bool(inputs["notification"]) is (inputs["since"] is not None):
        raise CommandError("notifications resend: which ones? allowed: ids, or --since T")
    if inputs["since"] is None:
        check_effective({"--operator": inputs["operator"]}, "with --since")
    if inputs["since"] is not None:
        query = values_of(inputs, ("operator",))
        return client.ask("POST /_sandbox/notifications/resend", query=query, body=values_of(inputs, ("since",)))
    for notification in inputs["notification"]:
        client.ask("POST /_sandbox/notifications/{notification}/resend", {"notification": notification})
    return {"resent": len(inputs["notification"])}


# --- what happened ---


def last_events(client: Client, inputs: Inputs) -> Answer:
    """The events after a position, or the last `--last` of them."""
    position, event_count = inputs["after"], inputs["last"]
    if position is None:
        end = client.ask("GET /_sandbox/events", query={"after": END_OF_TRACE})["last"]
        position = max(end - (LAST if event_count is None else event_count), 0)
    else:
        check_effective({"--last": event_count}, "without --after")
    return client.ask("GET /_sandbox/events", query={"after": position})


def follow_events(client: Client, inputs: Inputs) -> Iterator[Answer]:
    """Events as they happen, until the sandbox ends."""
    position = inputs["after"]
    if position is None:
        position = client.ask("GET /_sandbox/events", query={"after": END_OF_TRACE})["last"]
    yield from islice(client.follow("GET /_sandbox/events", {"after": position}), inputs["count"])


def save_trace(client: Client, inputs: Inputs) -> Answer:
    """The closed trace, for `appuntamento check`."""
    return save_content(inputs["file"], client.fetch("GET /_sandbox/trace"))
