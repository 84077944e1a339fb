"""One signed POST to an operator's endpoint: Standard Webhooks, one deadline, no redirect, allowed addresses only.

The headers are `webhook-id` (the same for every delivery of a notification), `webhook-timestamp` (real time, because
the receiver compares it with its own clock) and `webhook-signature` (`v1,` HMAC-SHA256, one for each secret in force,
newest first). The body is that of `sim.http_notifier`. The head of the answer decides; the beginning of its body is for
people to read, as far as it comes within a second. All time-outs are real time.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

import h11

from reference_impl.errors import FieldError
from sim.sandbox.world.outbox import NO_ANSWER, NOT_REACHED, TOO_SLOW
from sim.webhook_signature import signed_headers

DEFAULT_PORTS = {"http": 80, "https": 443}
LONGEST_URL = 2_000
LONGEST_ANSWER_BYTES = 2_048  # of the body of an answer, as much as is kept
ANSWER_SECONDS = 1.0  # for that much of it, from its head on
ANSWER_CHUNK_BYTES = 4_096
URL_ALLOWED = "an http or https URL with a host, without user, password or fragment"


class EndpointError(FieldError):
    """An endpoint that cannot be used. Data: field, value, what is allowed."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a POST: the status of the answer and how its body begins, or 0 and why there was none."""

    status: int
    reason: str = ""
    answer: str = ""


@dataclass(slots=True)
class AnswerSoFar:
    """What has come of an answer so far."""

    status: int = NO_ANSWER
    body: bytearray = field(default_factory=bytearray)

    def outcome(self, reason: str) -> Outcome:
        """The answer, if its head has come; else the reason why none came."""
        return Outcome(self.status, "", readable(self.body)) if self.status else Outcome(NO_ANSWER, reason)


class NotAllowed(Exception):
    """The endpoint's address is not one that we call."""


class Unreachable(Exception):
    """No connection to the endpoint could be made; says why."""


def check_endpoint(url: str) -> str:
    """The URL, if it can be an endpoint. Raises EndpointError."""
    try:
        parts = urlsplit(url)
        port_is_good = parts.port is None or parts.port > 0
    except ValueError:
        raise EndpointError("url", url, URL_ALLOWED) from None
    is_plain = not (parts.username or parts.password or parts.fragment) and url.isascii() and url.isprintable()
    if not (parts.scheme in DEFAULT_PORTS and parts.hostname and port_is_good and is_plain and len(url) <= LONGEST_URL):
        raise EndpointError("url", url, URL_ALLOWED)
    return url


async def check_dialled(url: str, private: bool) -> str:
    """The URL, if it can be an endpoint that will be called: a host must have an allowed address.

    A host without any address may get one later. Raises EndpointError.
    """
    parts = urlsplit(check_endpoint(url))
    port = parts.port or DEFAULT_PORTS[parts.scheme]
    try:
        places = await asyncio.get_running_loop().getaddrinfo(str(parts.hostname), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return url
    addresses = [str(where[0]) for *_, where in places]
    if not any(_is_allowed(address, private) for address in addresses):
        allowed = "loopback or a public address; private ones with --private-addresses"
        raise EndpointError("url", f"{url} ({addresses[0]})", allowed)
    return url


class WebhookClient:
    """Posts notifications. Loopback and public addresses are always allowed, others only with `private_addresses`."""

    def __init__(self, timeout_seconds: float = 10.0, private_addresses: bool = False) -> None:
        self._timeout_seconds = timeout_seconds
        self._private_addresses = private_addresses

    async def post(
        self, url: str, message_id: str, body: bytes, secrets: Sequence[bytes], age_seconds: int = 0
    ) -> Outcome:
        """Post once, signed as of `age_seconds` ago. Never raises for what the other side does."""
        answer, reason = AnswerSoFar(), ""
        try:
            async with asyncio.timeout(self._timeout_seconds) as deadline:
                signed = signed_headers(message_id, body, secrets, int(time.time()) - age_seconds)
                await self._post(urlsplit(url), body, signed, answer, deadline)
        except TimeoutError:
            reason = f"{TOO_SLOW} {self._timeout_seconds:g} s"
        except (NotAllowed, Unreachable) as error:
            reason = f"{NOT_REACHED}: {error}"
        except (OSError, h11.ProtocolError, UnicodeError) as error:
            reason = f"no answer: {type(error).__name__}"
        return answer.outcome(reason)

    async def _post(
        self,
        url: SplitResult,
        body: bytes,
        signed: Sequence[tuple[str, str]],
        answer: AnswerSoFar,
        deadline: asyncio.Timeout,
    ) -> None:
        headers = [
            ("host", url.netloc),
            ("content-type", "application/json"),
            ("content-length", str(len(body))),
            ("user-agent", "appuntamento-sandbox"),
            ("connection", "close"),
            *signed,
        ]
        target = (url.path or "/") + (f"?{url.query}" if url.query else "")
        request = h11.Request(method="POST", target=target, headers=headers)
        reader, writer = await self._connected(url)
        try:
            exchange = await _send_request(writer, request, body)
            answer.status = await _status(exchange, reader)
            deadline.reschedule(asyncio.get_running_loop().time() + ANSWER_SECONDS)
            await _hear_body(exchange, reader, answer.body)
        except BaseException:
            writer.transport.abort()  # a peer that has not answered in time gets no orderly end of the connection
            raise
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()

    async def _connected(self, url: SplitResult) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A connection to the address that was checked, so that the name cannot lead to another one in between."""
        host, port = str(url.hostname), url.port or DEFAULT_PORTS[url.scheme]
        tls = ssl.create_default_context() if url.scheme == "https" else None
        failure: OSError = ConnectionError("no address")
        try:
            places = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise Unreachable(f"host {host} is not known") from error
        for *_, where in places:
            address = str(where[0])
            if not _is_allowed(address, self._private_addresses):
                raise NotAllowed(f"address {address} is not allowed (private addresses only with --private-addresses)")
            try:
                name = host if tls else None
                return await asyncio.open_connection(address, port, ssl=tls, server_hostname=name)
            except OSError as error:
                failure = error
        raise Unreachable(_connection_problem(failure)) from failure


def _connection_problem(failure: OSError) -> str:
    """Why a connection could not be made, in words that help to correct it."""
    if isinstance(failure, ssl.SSLCertVerificationError):
        return f"certificate: {failure.verify_message}"
    if isinstance(failure, ssl.SSLError):
        return "no TLS at this port"
    return "connection refused" if isinstance(failure, ConnectionRefusedError) else type(failure).__name__


async def _send_request(writer: asyncio.StreamWriter, request: h11.Request, body: bytes) -> h11.Connection:
    """Send a request; return the exchange, to which its answer belongs."""
    exchange = h11.Connection(h11.CLIENT)
    for event in (request, h11.Data(body), h11.EndOfMessage()):
        writer.write(exchange.send(event) or b"")
    await writer.drain()
    return exchange


async def _status(exchange: h11.Connection, reader: asyncio.StreamReader) -> int:
    """The status of the answer, as soon as its head is there."""
    while True:
        event = exchange.next_event()
        if event is h11.NEED_DATA:
            exchange.receive_data(await reader.read(ANSWER_CHUNK_BYTES))
        elif isinstance(event, h11.Response):
            return event.status_code
        elif not isinstance(event, h11.InformationalResponse):
            raise ConnectionError("closed without an answer")


async def _hear_body(exchange: h11.Connection, reader: asyncio.StreamReader, body: bytearray) -> None:
    """Read the body of the answer into `body`, up to `LONGEST_ANSWER_BYTES`."""
    while len(body) < LONGEST_ANSWER_BYTES:
        event = exchange.next_event()
        if event is h11.NEED_DATA:
            exchange.receive_data(await reader.read(ANSWER_CHUNK_BYTES))
        elif isinstance(event, h11.Data):
            body += event.data[: LONGEST_ANSWER_BYTES - len(body)]
        else:
            return


def readable(body: bytes | bytearray) -> str:
    """A body as a page and a terminal can show it, without control characters."""
    text = body.decode("utf-8", "replace").replace("\r\n", "\n")
    return "".join(character if character.isprintable() or character in "\n\t" else "\ufffd" for character in text)


def _is_allowed(address: str, private: bool) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    ip = getattr(ip, "ipv4_mapped", None) or ip
    if ip.is_multicast or ip.is_unspecified:
        return False
    return ip.is_loopback or ip.is_global or private
