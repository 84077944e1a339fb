"""The PDUs of SMPP 3.4: numbers, headers, fields. Octets in, plain data out, and back; strict, and without any I/O.

Everything that is not as the specification says raises PduError with the status to be answered. Nothing here knows
sessions, worlds or what becomes of a message.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass

HEADER = struct.Struct(">IIII")
HEADER_OCTETS = HEADER.size
MOST_OCTETS = 8_192
RESPONSE = 0x8000_0000
VERSION = 0x34

# Commands.
GENERIC_NACK = 0x8000_0000
BIND_RECEIVER, BIND_TRANSMITTER, BIND_TRANSCEIVER = 0x01, 0x02, 0x09
SUBMIT_SM, DELIVER_SM, UNBIND, ENQUIRE_LINK = 0x04, 0x05, 0x06, 0x15

# Statuses.
OK = 0x00
WRONG_LENGTH = 0x01  # ESME_RINVMSGLEN: of the message
WRONG_COMMAND_LENGTH = 0x02  # ESME_RINVCMDLEN
UNKNOWN_COMMAND = 0x03  # ESME_RINVCMDID
NOT_IN_THIS_STATE = 0x04  # ESME_RINVBNDSTS
ALREADY_BOUND = 0x05  # ESME_RALYBND
WRONG_PRIORITY = 0x06  # ESME_RINVPRTFLG
WRONG_REGISTERED_DELIVERY = 0x07  # ESME_RINVREGDLVFLG
SYSTEM_ERROR = 0x08  # ESME_RSYSERR
WRONG_SOURCE = 0x0A  # ESME_RINVSRCADR
WRONG_DESTINATION = 0x0B  # ESME_RINVDSTADR
BIND_FAILED = 0x0D  # ESME_RBINDFAIL
WRONG_ESM_CLASS = 0x43  # ESME_RINVESMCLASS
SUBMIT_FAILED = 0x45  # ESME_RSUBMITFAIL
WRONG_SCHEDULE = 0x61  # ESME_RINVSCHED
WRONG_OPTIONAL_PART = 0xC0  # ESME_RINVOPTPARSTREAM
WRONG_PARAMETER = 0xC2  # ESME_RINVPARLEN

# Optional parameters.
RECEIPTED_MESSAGE_ID, SC_INTERFACE_VERSION = 0x001E, 0x0210
MESSAGE_PAYLOAD, MESSAGE_STATE = 0x0424, 0x0427


class PduError(Exception):
    """A PDU that is not as it should be. Data: the status to answer, what is wrong."""

    def __init__(self, status: int, wrong: str) -> None:
        super().__init__(status, wrong)
        self.status, self.wrong = status, wrong


@dataclass(frozen=True, slots=True)
class Pdu:
    """One PDU: its header without the length, and the octets after it."""

    command: int
    status: int
    sequence: int
    body: bytes = b""

    def encoded(self) -> bytes:
        """As it goes over the wire."""
        return HEADER.pack(HEADER_OCTETS + len(self.body), self.command, self.status, self.sequence) + self.body

    def answer(self, status: int = OK, body: bytes = b"") -> Pdu:
        """The response to this PDU. A response that refuses has no body."""
        return Pdu(self.command | RESPONSE, status, self.sequence, body if status == OK else b"")


def body_octets(header: bytes) -> int:
    """How many octets come after a header. Raises PduError where that cannot be: then all that follows is lost."""
    length = HEADER.unpack(header)[0]
    if not HEADER_OCTETS <= length <= MOST_OCTETS:
        raise PduError(WRONG_COMMAND_LENGTH, f"{length} octets; allowed: {HEADER_OCTETS} to {MOST_OCTETS}")
    return int(length) - HEADER_OCTETS


def pdu_from(header: bytes, body: bytes) -> Pdu:
    """The PDU of a header and what came after it."""
    _, command, status, sequence = HEADER.unpack(header)
    return Pdu(command, status, sequence, body)


class Fields:
    """Takes the fields of a body one after the other. Every method raises PduError where there is no such field."""

    def __init__(self, body: bytes) -> None:
        self._body, self._at = body, 0

    def octet(self) -> int:
        """A number of one octet."""
        return self.octets(1)[0]

    def octets(self, count: int) -> bytes:
        """The next `count` octets."""
        octets = self._body[self._at : self._at + count]
        if len(octets) < count:
            raise PduError(WRONG_LENGTH, "the body ends too early")
        self._at += count
        return octets

    def text(self, most_octets: int) -> str:
        """ASCII text that ends with NUL, which counts."""
        end = self._body.find(0, self._at, self._at + most_octets)
        if end < 0:
            raise PduError(WRONG_PARAMETER, f"a text without end; allowed: at most {most_octets} octets with its NUL")
        octets = self._body[self._at : end]
        if not all(0x20 <= octet < 0x7F for octet in octets):
            raise PduError(WRONG_PARAMETER, "a text that is not printable ASCII")
        self._at = end + 1
        return octets.decode("ascii")

    def optional(self) -> dict[int, bytes]:
        """The optional parameters, to the end of the body; unknown ones are taken too."""
        values: dict[int, bytes] = {}
        while self._at < len(self._body):
            try:
                tag, length = struct.unpack(">HH", self.octets(4))
                value = self.octets(length)
            except PduError as error:
                raise PduError(WRONG_OPTIONAL_PART, "optional parameters that end too early") from error
            if tag in values:
                raise PduError(WRONG_OPTIONAL_PART, f"optional parameter {tag:#06x} twice")
            values[tag] = value
        return values


@dataclass(frozen=True, slots=True)
class Bind:
    """The account and the password of a bind."""

    system_id: str
    password: str


@dataclass(frozen=True, slots=True)
class Submit:
    """A short message as a client hands it in, its octets not yet read as text."""

    source: str
    source_is_name: bool
    destination: str
    destination_is_international: bool
    has_header: bool
    receipt: int
    data_coding: int
    octets: bytes
    in_payload: bool


NAME_TON, INTERNATIONAL_TON = 5, 1
ESM_MODES, ESM_HAS_HEADER = (0, 3), 0x40
RECEIPT_NEVER, RECEIPT_ALWAYS, RECEIPT_ON_FAILURE = 0, 1, 2
HIGHEST_PRIORITY = 3
LONGEST_SHORT_MESSAGE = 254


def bind_from(body: bytes) -> Bind:
    """The body of bind_receiver, bind_transmitter or bind_transceiver. Raises PduError."""
    fields = Fields(body)
    system_id, password, _system_type = fields.text(16), fields.text(9), fields.text(13)
    _version, _ton, _npi, _range = fields.octet(), fields.octet(), fields.octet(), fields.text(41)
    fields.optional()
    return Bind(system_id, password)


def submit_from(body: bytes) -> Submit:
    """The body of submit_sm. Raises PduError."""
    fields = Fields(body)
    fields.text(6)  # service_type
    source_ton, _, source = fields.octet(), fields.octet(), fields.text(21)
    destination_ton, _, destination = fields.octet(), fields.octet(), fields.text(21)
    esm_class, _protocol, priority = fields.octet(), fields.octet(), fields.octet()
    schedule, _validity = fields.text(17), fields.text(17)
    registered, _replace, data_coding, _default_message = (fields.octet() for _ in range(4))
    length = fields.octet()
    if length > LONGEST_SHORT_MESSAGE:
        raise PduError(WRONG_LENGTH, f"a short message of {length} octets; allowed: {LONGEST_SHORT_MESSAGE}")
    octets = fields.octets(length)
    payload = fields.optional().get(MESSAGE_PAYLOAD)
    _check(esm_class, priority, schedule, registered & 0x03, bool(octets) and payload is not None)
    return Submit(
        source,
        source_ton == NAME_TON,
        destination,
        destination_ton == INTERNATIONAL_TON,
        bool(esm_class & ESM_HAS_HEADER),
        registered & 0x03,
        data_coding,
        octets if payload is None else payload,
        payload is not None,
    )


def _check(esm_class: int, priority: int, schedule: str, receipt: int, is_double: bool) -> None:
    if esm_class & ~ESM_HAS_HEADER not in ESM_MODES:
        raise PduError(WRONG_ESM_CLASS, f"esm_class {esm_class:#04x}")
    if priority > HIGHEST_PRIORITY:
        raise PduError(WRONG_PRIORITY, f"priority {priority}")
    if schedule:
        raise PduError(WRONG_SCHEDULE, "a delivery for later; allowed: at once")
    if receipt not in (RECEIPT_NEVER, RECEIPT_ALWAYS, RECEIPT_ON_FAILURE):
        raise PduError(WRONG_REGISTERED_DELIVERY, f"registered_delivery {receipt}")
    if is_double:
        raise PduError(WRONG_LENGTH, "short_message and message_payload at once")


def text_field(text: str) -> bytes:
    """ASCII text with its NUL."""
    return text.encode("ascii") + b"\0"


def optional_fields(values: Mapping[int, bytes]) -> bytes:
    """Optional parameters."""
    return b"".join(struct.pack(">HH", tag, len(value)) + value for tag, value in values.items())


def receipt_body(source: str, destination: str, text: str, message_id: str, state: int) -> bytes:
    """The body of the deliver_sm that carries a delivery receipt from the called number to the sender."""
    message = text.encode("ascii", "replace")
    head = text_field("") + _address(source) + _address(destination)
    flags = bytes((0x04, 0, 0)) + text_field("") + text_field("") + bytes(4)  # esm_class 0x04: a receipt
    optional = {RECEIPTED_MESSAGE_ID: text_field(message_id), MESSAGE_STATE: bytes((state,))}
    return head + flags + bytes((len(message),)) + message + optional_fields(optional)


def _address(address: str) -> bytes:
    """Type and plan of number, and the address: +39… is international, a name is alphanumeric."""
    if address.startswith("+"):
        return bytes((INTERNATIONAL_TON, 1)) + text_field(address[1:])
    return bytes((0, 1) if address.isdigit() else (NAME_TON, 0)) + text_field(address)
