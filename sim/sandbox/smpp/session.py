"""One SMPP connection: who is bound and as what, and the answer to each PDU.

A peer must bind within `bind_seconds` and has one try. A PDU that has begun must end in time, a silent peer is asked
whether it is there, and a peer that does not take its answers is disconnected. These times are real; nothing here moves
a clock.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from sim.sandbox.smpp import pdu as smpp
from sim.sandbox.smpp.pdu import Pdu, PduError
from sim.sandbox.smpp.sms_intake import Receipt, SmsIntake

OUR_NAME = "APPUNTAMENTO"
UNANSWERED_AT_ONCE = 10
HIGHEST_SEQUENCE = 0x7FFF_FFFF
ROLES: Mapping[int, tuple[bool, bool]] = {  # may send messages, takes receipts
    smpp.BIND_TRANSMITTER: (True, False),
    smpp.BIND_RECEIVER: (False, True),
    smpp.BIND_TRANSCEIVER: (True, True),
}


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a session waits, in real seconds."""

    bind_seconds: float = 10.0
    pdu_seconds: float = 10.0
    idle_seconds: float = 60.0
    answer_seconds: float = 10.0


class Accounts(Protocol):
    """Knows the accounts."""

    def admit(self, system_id: str, password: str, session: Session) -> SmsIntake | None:
        """The intake of an account, or None if this is not it."""


class Session:
    """A connection from its first octet to its last. `run` serves it."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, accounts: Accounts, patience: Patience
    ) -> None:
        self._reader, self._writer, self._accounts, self._patience = reader, writer, accounts, patience
        self._intake: SmsIntake | None = None
        self._may_send = self._takes_receipts = self._is_over = False
        self._sequence = 0
        self._queue: deque[Receipt] = deque()
        self._unanswered: dict[int, tuple[Receipt, asyncio.TimerHandle]] = {}

    @property
    def intake(self) -> SmsIntake | None:
        """The account that is bound, if one is."""
        return self._intake

    @property
    def load(self) -> int:
        """How many receipts it has that are not answered."""
        return len(self._queue) + len(self._unanswered)

    async def run(self) -> None:
        """Answer PDU after PDU until one side ends the session."""
        until = asyncio.get_running_loop().time() + self._patience.bind_seconds
        try:
            while not self._is_over:
                async with asyncio.timeout_at(until if self._intake is None else None):
                    pdu = await self._next()
                self._handle(pdu)
                async with asyncio.timeout(self._patience.answer_seconds):
                    await self._writer.drain()
                await asyncio.sleep(0)
        except PduError as error:
            self._write(Pdu(smpp.GENERIC_NACK, error.status, 0))
        except (OSError, EOFError, TimeoutError):
            pass
        finally:
            self._give_back_receipts()
            await self._close()

    def abort(self) -> None:
        """End the connection now."""
        self._is_over = True
        self._writer.transport.abort()

    def deliver(self, receipt: Receipt) -> None:
        """Send a receipt as soon as fewer than `UNANSWERED_AT_ONCE` others wait for their answer."""
        self._queue.append(receipt)
        self._send_waiting()

    def goodbye(self) -> None:
        """Send a bound peer the unbind, and read nothing more."""
        if self._intake is not None:
            self._write(Pdu(smpp.UNBIND, smpp.OK, self._next_sequence()))
        self._is_over = True
        self._reader.feed_eof()

    async def _close(self) -> None:
        """Let what was written go out; disconnect a peer that does not take it."""
        self._writer.close()
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(self._patience.answer_seconds):
                await self._writer.wait_closed()
        self._writer.transport.abort()

    async def _next(self) -> Pdu:
        """The next PDU. Raises PduError, EOFError, TimeoutError."""
        start = await self._first_octet()
        async with asyncio.timeout(self._patience.pdu_seconds):
            header = start + await self._reader.readexactly(smpp.HEADER_OCTETS - 1)
            return smpp.pdu_from(header, await self._reader.readexactly(smpp.body_octets(header)))

    async def _first_octet(self) -> bytes:
        with suppress(TimeoutError):
            async with asyncio.timeout(self._patience.idle_seconds):
                return await self._reader.readexactly(1)
        self._write(Pdu(smpp.ENQUIRE_LINK, smpp.OK, self._next_sequence()))
        async with asyncio.timeout(self._patience.answer_seconds):
            return await self._reader.readexactly(1)

    def _handle(self, pdu: Pdu) -> None:
        if pdu.command & smpp.RESPONSE:
            self._take_answer(pdu.sequence)
            return
        handle = HANDLERS.get(pdu.command)
        if handle is None:
            self._write(Pdu(smpp.GENERIC_NACK, smpp.UNKNOWN_COMMAND, pdu.sequence))
            return
        try:
            self._write(handle(self, pdu))
        except PduError as error:
            self._write(pdu.answer(error.status))

    def _bind(self, pdu: Pdu) -> Pdu:
        if self._intake is not None:
            return pdu.answer(smpp.ALREADY_BOUND)
        self._is_over = True  # one try
        bind = smpp.bind_from(pdu.body)
        intake = self._accounts.admit(bind.system_id, bind.password, self)
        if intake is None:
            return pdu.answer(smpp.BIND_FAILED)
        self._intake, self._is_over = intake, False
        self._may_send, self._takes_receipts = ROLES[pdu.command]
        if self._takes_receipts:
            asyncio.get_running_loop().call_soon(self._join)  # after the answer to this
        version = smpp.optional_fields({smpp.SC_INTERFACE_VERSION: bytes((smpp.VERSION,))})
        return pdu.answer(body=smpp.text_field(OUR_NAME) + version)

    def _join(self) -> None:
        if self._intake is not None:
            self._intake.join(self)

    def _submit(self, pdu: Pdu) -> Pdu:
        if self._intake is None or not self._may_send:
            return pdu.answer(smpp.NOT_IN_THIS_STATE)
        submit = smpp.submit_from(pdu.body)
        return pdu.answer(body=smpp.text_field(self._intake.take(submit)))

    def _enquire(self, pdu: Pdu) -> Pdu:
        return pdu.answer()

    def _unbind(self, pdu: Pdu) -> Pdu:
        if self._intake is None:
            return pdu.answer(smpp.NOT_IN_THIS_STATE)
        self._is_over = True
        return pdu.answer()

    def _take_answer(self, sequence: int) -> None:
        """An answer of any kind ends the receipt that it belongs to; other answers mean nothing here."""
        unanswered = self._unanswered.pop(sequence, None)
        if unanswered is not None and self._intake is not None:
            unanswered[1].cancel()
            self._intake.answered(unanswered[0])
            self._send_waiting()

    def _send_waiting(self) -> None:
        loop = asyncio.get_running_loop()
        while self._queue and len(self._unanswered) < UNANSWERED_AT_ONCE:
            receipt, sequence = self._queue.popleft(), self._next_sequence()
            deadline = loop.call_later(self._patience.answer_seconds, self.abort)
            self._unanswered[sequence] = (receipt, deadline)
            # Not before the answer to the PDU that is being handled: the peer must know a message before its receipt.
            loop.call_soon(self._write, Pdu(smpp.DELIVER_SM, smpp.OK, sequence, receipt.body))

    def _give_back_receipts(self) -> None:
        """Give the receipts that are not answered back to the intake."""
        unanswered = [receipt for receipt, _ in self._unanswered.values()]
        for _, deadline in self._unanswered.values():
            deadline.cancel()
        intake, self._intake = self._intake, None
        if intake is not None and self in intake.receivers:
            intake.leave(self, [*unanswered, *self._queue])

    def _write(self, pdu: Pdu) -> None:
        if not self._writer.is_closing():
            self._writer.write(pdu.encoded())

    def _next_sequence(self) -> int:
        self._sequence = self._sequence % HIGHEST_SEQUENCE + 1
        return self._sequence


HANDLERS: Mapping[int, Callable[[Session, Pdu], Pdu]] = {
    smpp.BIND_RECEIVER: Session._bind,
    smpp.BIND_TRANSMITTER: Session._bind,
    smpp.BIND_TRANSCEIVER: Session._bind,
    smpp.SUBMIT_SM: Session._submit,
    smpp.ENQUIRE_LINK: Session._enquire,
    smpp.UNBIND: Session._unbind,
}
