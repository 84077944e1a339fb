"""Peers of the message centre: `smpplib` as the foreign client, and a bare socket for what no client would send."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import smpplib.client  # type: ignore[import-untyped]
import smpplib.gsm  # type: ignore[import-untyped]

from sim.sandbox.sandbox import Sandbox
from sim.sandbox.smpp.message_centre import MessageCentre, password_of
from sim.sandbox.smpp.pdu import (
    BIND_TRANSCEIVER,
    HEADER_OCTETS,
    INTERNATIONAL_TON,
    NAME_TON,
    SUBMIT_SM,
    Pdu,
    body_octets,
    pdu_from,
    text_field,
)
from sim.sandbox.smpp.session import Patience
from tests.patience import HANG_SECONDS
from tests.sandbox.in_process import running_sandbox

NUMBER = "393331234567"
Smpp = Any  # smpplib has no types


class Centre:
    """A sandbox with a message centre."""

    def __init__(self, sandbox: Sandbox, centre: MessageCentre) -> None:
        self.sandbox, self.centre, self.live = sandbox, centre, sandbox.world("default")
        self.port = int(sandbox.addresses["smpp"].rpartition(":")[2])
        self.password = password_of(sandbox.vault, "default")
        self._strangers = AsyncExitStack()

    async def __aenter__(self) -> Centre:
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the connections of the strangers."""
        await self._strangers.aclose()

    async def talk(self, script: Callable[[Centre], None]) -> None:
        """Run a script of blocking calls beside the sandbox."""
        await asyncio.to_thread(script, self)

    @contextmanager
    def client(self, role: str = "transceiver") -> Iterator[Smpp]:
        """smpplib's client, bound; it keeps `sent` (message ids) and `receipts` (PDUs)."""
        client = smpplib.client.Client("127.0.0.1", self.port, timeout=HANG_SECONDS, allow_unknown_opt_params=True)
        client.connect()
        client.sent, client.receipts = [], []
        client.set_message_sent_handler(lambda pdu: client.sent.append(pdu.message_id.decode()))
        client.set_message_received_handler(lambda pdu: client.receipts.append(pdu))  # noqa: PLW0108  # called by name
        try:
            getattr(client, f"bind_{role}")(system_id="default", password=self.password)
            yield client
            client.unbind()
        finally:
            client.disconnect()

    async def stranger(self) -> Stranger:
        """A bare connection, which the centre closes when it goes away."""
        stranger = Stranger(*await asyncio.open_connection("127.0.0.1", self.port))
        self._strangers.push_async_callback(stranger.close)
        return stranger


def send(client: Smpp, text: str, to: str = NUMBER, receipt: int = 0) -> None:
    """Send a text as smpplib would, in parts where it is long, and wait for the answers."""
    parts, coding, esm_class = smpplib.gsm.make_parts(text)
    for part in parts:
        client.send_message(
            source_addr_ton=NAME_TON,
            source_addr="Alfa",
            dest_addr_ton=INTERNATIONAL_TON,
            destination_addr=to,
            short_message=part,
            data_coding=coding,
            esm_class=esm_class,
            registered_delivery=receipt,
        )
    expected = len(client.sent) + len(parts)
    while len(client.sent) < expected:
        client.read_once()


class Stranger:
    """A bare connection that can send any bytes."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    def say(self, octets: bytes) -> None:
        """Send bytes."""
        self._writer.write(octets)

    async def ask(self, octets: bytes) -> Pdu:
        """Send bytes and read one PDU."""
        self.say(octets)
        return await self.read()

    async def read(self) -> Pdu:
        """The next PDU."""
        header = await self._reader.readexactly(HEADER_OCTETS)
        return pdu_from(header, await self._reader.readexactly(body_octets(header)))

    async def bind(self, password: str, system_id: str = "default", command: int = BIND_TRANSCEIVER) -> Pdu:
        """Bind by hand."""
        return await self.ask(Pdu(command, 0, 1, bind_body(system_id, password)).encoded())

    async def is_cut_off(self) -> bool:
        """Wait until the other side has closed, whatever it says before."""
        with suppress(ConnectionResetError):
            await self._reader.read()
        return self._reader.at_eof()

    async def close(self) -> None:
        """Close the connection."""
        self._writer.close()
        await asyncio.gather(self._writer.wait_closed(), return_exceptions=True)


def bind_body(system_id: str, password: str) -> bytes:
    """The body of a bind."""
    return text_field(system_id) + text_field(password) + text_field("") + bytes((0x34, 0, 0)) + text_field("")


def submit(
    message: bytes = b"ciao",
    *,
    sequence: int = 2,
    to: str = NUMBER,
    sender: str = "Alfa",
    esm_class: int = 0,
    receipt: int = 0,
    coding: int = 0,
    priority: int = 0,
    schedule: str = "",
    optional_part: bytes = b"",
) -> Pdu:
    """A submit_sm by hand."""
    body = text_field("") + bytes((NAME_TON, 0)) + text_field(sender) + bytes((INTERNATIONAL_TON, 1)) + text_field(to)
    body += bytes((esm_class, 0, priority)) + text_field(schedule) + text_field("")
    body += bytes((receipt, 0, coding, 0, len(message))) + message + optional_part
    return Pdu(SUBMIT_SM, 0, sequence, body)


def play(
    folder: Path,
    story: Callable[[Centre], Awaitable[None]],
    patience: Patience | None = None,
    loop: Callable[[], asyncio.AbstractEventLoop] = asyncio.SelectorEventLoop,
) -> None:
    """Play a story at a message centre of a fresh sandbox; when it is closed, nothing must be left."""

    async def stage() -> None:
        centre = MessageCentre(patience=patience)
        async with running_sandbox(folder / "data", [centre]) as sandbox, Centre(sandbox, centre) as peers:
            await asyncio.wait_for(story(peers), HANG_SECONDS)
        assert not asyncio.all_tasks() - {asyncio.current_task()}

    with asyncio.Runner(loop_factory=loop) as runner:
        runner.run(stage())


def play_script(folder: Path, script: Callable[[Centre], None]) -> None:
    """Play a script of blocking calls, as `smpplib` makes them, beside the sandbox."""
    play(folder, lambda centre: centre.talk(script))
