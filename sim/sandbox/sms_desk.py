"""The messages that one account of the message centre hands in, and the delivery receipts it gets back.

A message goes to the world's telephones when all its parts are there. What becomes of it is learned from the world's
events; a receipt that was asked for goes to one of the account's receivers, or waits until there is one. While a
receipt is under way the clock of the world stands still. Nothing here knows sockets.
"""

from __future__ import annotations

import re
import secrets
from collections import deque
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, Protocol

from reference_impl.civil_time import date_of, format_time_of_day, parse_instant, wall_clock
from reference_impl.sms_text import segments_of
from sim.recorder import Event
from sim.sandbox.live_world import LiveWorld
from sim.sandbox.smpp_pdu import (
    RECEIPT_ALWAYS,
    RECEIPT_NEVER,
    WRONG_DESTINATION,
    WRONG_SOURCE,
    PduError,
    Submit,
    receipt_body,
)
from sim.sandbox.smpp_text import ENCODING_NAMES, Assembly, text_of, without_header
from sim.sandbox.telephones import DELIVERED, UNDELIVERABLE

NUMBER = re.compile(r"\+?[0-9]{6,15}")
NAME = re.compile(r"[ -~]{1,11}")
SHORT_NUMBER = re.compile(r"\+?[0-9]{1,15}")
# What a receipt says of an outcome: message_state, `stat`, `dlvrd`, `err`.
OUTCOMES = {DELIVERED: (2, "DELIVRD", "001", "000"), UNDELIVERABLE: (5, "UNDELIV", "000", "001")}
MOST_WAITING = 10_000
TEXT_IN_RECEIPT = 20


@dataclass(frozen=True, slots=True)
class Ticket:
    """A message, or a part of one, that was taken: its id and the receipt that was asked for."""

    message_id: str
    receipt: int
    source: str
    destination: str
    text: str
    at: int


class Receiver(Protocol):
    """A session that takes receipts."""

    @property
    def load(self) -> int:
        """How many receipts it has that are not answered."""

    def deliver(self, receipt: bytes) -> None:
        """Send a receipt; the desk is told when it is answered, or gets it back."""


class SmsDesk:
    """The messages and receipts of one world."""

    def __init__(self, live: LiveWorld) -> None:
        self.live = live
        self.receivers: list[Receiver] = []
        self._assembly: Assembly[Ticket] = Assembly()
        self._open: dict[str, list[Ticket]] = {}
        self._waiting: deque[bytes] = deque(maxlen=MOST_WAITING)
        self._under_way = 0
        self._hold = ExitStack()
        live.on_commit(self._hear)

    def take(self, submit: Submit) -> str:
        """Take a message or a part of one; return its id. Raises PduError."""
        source, destination = _route(submit)
        part, octets = without_header(submit.octets) if submit.has_header else (None, submit.octets)
        if part is None:
            text = text_of(submit.data_coding, octets)
            segments = segments_of(text).segments if submit.in_payload else 1
            return self._send(submit, text, segments, [])
        ticket = Ticket(f"part-{secrets.token_hex(8)}", submit.receipt, source, destination, "", self.live.now)
        whole = self._assembly.add((source, destination, submit.data_coding), part, octets, ticket)
        if whole is not None:
            text = text_of(submit.data_coding, whole[0])
            self._send(submit, text, part.total, whole[1])
        return ticket.message_id

    def join(self, receiver: Receiver) -> None:
        """A receiver has come; it gets what waited."""
        self.receivers.append(receiver)
        waiting = list(self._waiting)
        self._waiting.clear()
        for receipt in waiting:
            self._deliver(receipt)

    def leave(self, receiver: Receiver, unanswered: list[bytes]) -> None:
        """A receiver has gone; what it did not answer goes to another, or waits."""
        self.receivers.remove(receiver)
        for receipt in unanswered:
            self._deliver(receipt)
            self.answered()

    def answered(self) -> None:
        """A receipt is no longer under way."""
        self._under_way -= 1
        if self._under_way == 0:
            self._hold.close()

    def _send(self, submit: Submit, text: str, segments: int, tickets: list[Ticket]) -> str:
        """Hand a whole message to the world's telephones; its outcome can be known at once."""
        (source, destination), before = _route(submit), len(self.live.trace)
        encoding = ENCODING_NAMES[submit.data_coding]
        message = self.live.take_sms(source, destination, text, encoding, segments)
        tickets = tickets or [Ticket(message, submit.receipt, source, destination, text, self.live.now)]
        asked = [ticket for ticket in tickets if ticket.receipt != RECEIPT_NEVER]
        if asked:
            self._open[message] = asked
            self._hear(self.live.trace[before:])
        return message

    def _hear(self, events: list[Event]) -> None:
        for event in events:
            if event["type"] in OUTCOMES:
                self._settle(event)

    def _settle(self, event: Mapping[str, Any]) -> None:
        """The first outcome of a message is the one that its receipt tells."""
        for ticket in self._open.pop(event["data"]["sms"], ()):
            if ticket.receipt == RECEIPT_ALWAYS or event["type"] == UNDELIVERABLE:
                self._deliver(_receipt(ticket, event["type"], parse_instant(event["time"])))

    def _deliver(self, receipt: bytes) -> None:
        if not self.receivers:
            self._waiting.append(receipt)
            return
        if self._under_way == 0:
            self._hold.enter_context(self.live.in_flight())
        self._under_way += 1
        min(self.receivers, key=lambda receiver: receiver.load).deliver(receipt)


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


def _receipt(ticket: Ticket, outcome: str, at: int) -> bytes:
    state, stat, delivered, error = OUTCOMES[outcome]
    said = (
        f"id:{ticket.message_id} sub:001 dlvrd:{delivered} submit date:{_minute(ticket.at)} "
        f"done date:{_minute(at)} stat:{stat} err:{error} text:{ticket.text[:TEXT_IN_RECEIPT]}"
    )
    return receipt_body(ticket.destination, ticket.source, said, ticket.message_id, state)


def _minute(instant: int) -> str:
    """Civil time in the world, as YYMMDDhhmm."""
    day, time_of_day = wall_clock(instant)
    return f"{date_of(day):%y%m%d}{format_time_of_day(time_of_day).replace(':', '')}"
