"""The messages that one account of the message centre hands in, and the delivery receipts it gets back.

A message goes to the world's telephones when all its parts are there. What becomes of it is learned from the world's
events; a receipt that was asked for goes to one of the account's receivers, or waits until there is one. While a
receipt is under way the clock of the world stands still. Parts of a message that is not whole are kept in memory only.
Nothing here knows sockets.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, Protocol

from reference_impl.civil_time import date_of, format_time_of_day, parse_instant, wall_clock
from reference_impl.sms_text import segments_of
from sim.sandbox.smpp.pdu import (
    RECEIPT_ALWAYS,
    RECEIPT_NEVER,
    SYSTEM_ERROR,
    WRONG_DESTINATION,
    WRONG_SOURCE,
    PduError,
    Submit,
    receipt_body,
)
from sim.sandbox.smpp.text import ENCODING_NAMES, Assembly, text_of, without_header
from sim.sandbox.world.commands import TakeSms
from sim.sandbox.world.live import LiveWorld
from sim.sandbox.world.telephones import DELIVERED, UNDELIVERABLE

NUMBER = re.compile(r"\+?[0-9]{6,15}")
NAME = re.compile(r"[ -~]{1,11}")
SHORT_NUMBER = re.compile(r"\+?[0-9]{1,15}")
# What a receipt says of an outcome: message_state, `stat`, `dlvrd`, `err`.
OUTCOMES = {DELIVERED: (2, "DELIVRD", "001", "000"), UNDELIVERABLE: (5, "UNDELIV", "000", "001")}
TEXT_IN_RECEIPT = 20
Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Ticket:
    """A message, or a part of one, that was taken: its id, empty for that of its event, and the receipt asked for."""

    message_id: str
    receipt: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt to be delivered: of which message, which one of it, and the body that carries it."""

    sms: str
    number: int
    body: bytes


class Receiver(Protocol):
    """A session that takes receipts."""

    @property
    def load(self) -> int:
        """How many receipts it has that are not answered."""

    def deliver(self, receipt: Receipt) -> None:
        """Send a receipt. The receiver calls `answered` when it is taken, else gives it back in `leave`."""


class SmsIntake:
    """The messages and receipts of one world. Receipts follow from the world's events, so a restart loses none."""

    def __init__(self, live: LiveWorld, world_exists: Callable[[], bool]) -> None:
        self.live, self._world_exists = live, world_exists
        self.receivers: list[Receiver] = []
        self._assembly: Assembly[Ticket] = Assembly()
        self._open: dict[str, Mapping[str, Any]] = {}  # messages for whose outcome a receipt was asked
        self._waiting: dict[Key, Receipt] = {}
        self._under_way = 0
        self._hold = ExitStack()
        self._hear(live.trace)
        live.durable.on_commit(self._hear)

    def take(self, submit: Submit) -> str:
        """Take a message or a part of one; return its id. Raises PduError."""
        route = _route(submit)
        if not self._world_exists():
            raise PduError(SYSTEM_ERROR, "the world is gone")
        part, octets = without_header(submit.octets) if submit.has_header else (None, submit.octets)
        if part is None:
            text = text_of(submit.data_coding, octets)
            segments = segments_of(text).segments if submit.in_payload else 1
            return self._send(submit, text, segments, [Ticket("", submit.receipt)])
        ticket = Ticket(f"part-{secrets.token_hex(8)}", submit.receipt)
        complete = self._assembly.add((*route, submit.data_coding), part, octets, ticket)
        if complete is not None:
            self._send(submit, text_of(submit.data_coding, complete[0]), part.total, complete[1])
        return ticket.message_id

    def join(self, receiver: Receiver) -> None:
        """A receiver has come; it gets what waited."""
        self.receivers.append(receiver)
        waiting, self._waiting = self._waiting, {}
        for receipt in waiting.values():
            self._deliver(receipt)

    def leave(self, receiver: Receiver, unanswered: list[Receipt]) -> None:
        """A receiver has gone; receipts that it did not answer go to another one, or wait."""
        self.receivers.remove(receiver)
        for receipt in unanswered:
            self._deliver(receipt)
            self._ended()

    def answered(self, receipt: Receipt) -> None:
        """A receipt has been taken."""
        if self._world_exists():
            self.live.settle_receipt(receipt.sms, receipt.number)
        self._ended()

    def _send(self, submit: Submit, text: str, segments: int, tickets: list[Ticket]) -> str:
        """Hand a whole message to the world's telephones; its outcome can be known at once."""
        source, destination = _route(submit)
        receipts = tuple(
            {"id": ticket.message_id, "always": ticket.receipt == RECEIPT_ALWAYS}
            for ticket in tickets
            if ticket.receipt != RECEIPT_NEVER
        )
        encoding = ENCODING_NAMES[submit.data_coding]
        return self.live.take_sms(TakeSms(source, destination, text, encoding, segments, receipts))

    def _hear(self, events: Sequence[Mapping[str, Any]]) -> None:
        for event in events:
            if event["type"] == "sms.received" and "receipts" in event["data"]:
                self._open[event["id"]] = event
            elif event["type"] in OUTCOMES and event["data"]["sms"] in self._open:  # the first outcome is told
                self._settle(self._open.pop(event["data"]["sms"]), event)
            elif event["type"] == "receipt.taken":
                self._waiting.pop((event["data"]["sms"], event["data"]["receipt"]), None)

    def _settle(self, message: Mapping[str, Any], outcome: Mapping[str, Any]) -> None:
        for number, request in enumerate(message["data"]["receipts"]):
            if request["always"] or outcome["type"] == UNDELIVERABLE:
                body = _receipt(request["id"] or message["id"], message, outcome)
                self._deliver(Receipt(message["id"], number, body))

    def _deliver(self, receipt: Receipt) -> None:
        if not self.receivers:
            self._waiting[receipt.sms, receipt.number] = receipt
            return
        if self._under_way == 0:
            self._hold.enter_context(self.live.activity.in_flight())
        self._under_way += 1
        min(self.receivers, key=lambda receiver: receiver.load).deliver(receipt)

    def _ended(self) -> None:
        """A receipt is no longer under way."""
        self._under_way -= 1
        if self._under_way == 0:
            self._hold.close()


def _route(submit: Submit) -> tuple[str, str]:
    return _source(submit), _destination(submit)


def _source(submit: Submit) -> str:
    if not (NAME if submit.source_is_name else SHORT_NUMBER).fullmatch(submit.source):
        raise PduError(WRONG_SOURCE, "a sender of 1 to 15 digits, or a name (type of number 5) of 1 to 11 characters")
    return submit.source


def _destination(submit: Submit) -> str:
    if not NUMBER.fullmatch(submit.destination):
        raise PduError(WRONG_DESTINATION, "a number of 6 to 15 digits")
    is_bare = submit.destination_is_international and not submit.destination.startswith("+")
    return f"+{submit.destination}" if is_bare else submit.destination


def _receipt(message_id: str, message: Mapping[str, Any], outcome: Mapping[str, Any]) -> bytes:
    data, (state, stat, delivered, error) = message["data"], OUTCOMES[outcome["type"]]
    text = (
        f"id:{message_id} sub:001 dlvrd:{delivered} submit date:{_minute(message)} "
        f"done date:{_minute(outcome)} stat:{stat} err:{error} text:{data['text'][:TEXT_IN_RECEIPT]}"
    )
    return receipt_body(data["to"], data["sender"], text, message_id, state)


def _minute(event: Mapping[str, Any]) -> str:
    """When an event was, in the civil time of the world: YYMMDDhhmm."""
    day, time_of_day = wall_clock(parse_instant(event["time"]))
    return f"{date_of(day):%y%m%d}{format_time_of_day(time_of_day).replace(':', '')}"
