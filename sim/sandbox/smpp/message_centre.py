"""The message centre of a sandbox: takes the SMS of a system under test by SMPP 3.4 and gives delivery receipts.

An account is a world: its `system_id` is the world's name and its password is made from the sandbox's secret. What is
taken appears in that world's inbox. A session is in `session`, messages and receipts in `sms_intake`.
"""

from __future__ import annotations

import asyncio
import base64
import hmac
from functools import partial
from typing import TYPE_CHECKING, Any

from sim.sandbox.smpp.session import Patience, Session
from sim.sandbox.smpp.sms_intake import SmsIntake
from sim.sandbox.world.acts.refusals import UnknownName
from sim.sandbox.world.live import LiveWorld
from sim.sandbox.world.vault import Vault

if TYPE_CHECKING:
    from sim.sandbox.sandbox import Sandbox

MOST_STRANGERS = 100
MOST_SESSIONS_OF_ONE = 8
PASSWORD_CHARACTERS = 8  # as many as SMPP allows
READ_AHEAD_OCTETS = 16_384
GOODBYE_SECONDS = 1.0


class MessageCentre:
    """The wire `smpp`. Port 0 takes any free one."""

    name = "smpp"

    def __init__(self, host: str = "127.0.0.1", port: int = 0, patience: Patience | None = None) -> None:
        self._host, self._port, self._patience = host, port, patience or Patience()
        self._server: asyncio.Server | None = None
        self._sandbox: Sandbox | None = None
        self._sessions: dict[Session, asyncio.Task[Any]] = {}  # in the order in which they came
        self._intakes: dict[str, SmsIntake] = {}

    async def start(self, sandbox: Sandbox) -> str:
        """Begin to listen; return `host:port`."""
        self._sandbox = sandbox
        self._server = await asyncio.start_server(self._serve, self._host, self._port, limit=READ_AHEAD_OCTETS)
        return f"{self._host}:{self._server.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        """Say goodbye, close the listener and every connection, and wait for what serves them."""
        if self._server is None:
            return
        self._server.close()
        sessions = dict(self._sessions)
        for session in sessions:
            session.goodbye()
        if sessions:
            _, unfinished = await asyncio.wait(sessions.values(), timeout=GOODBYE_SECONDS)
            for session, task in sessions.items():
                if task in unfinished:
                    session.abort()
            await asyncio.gather(*unfinished)
        await self._server.wait_closed()

    def admit(self, system_id: str, password: str, session: Session) -> SmsIntake | None:
        """The intake of a world, if the password is that of the world and there are not too many sessions."""
        assert self._sandbox is not None
        expected = password_of(self._sandbox.vault, system_id)
        if not hmac.compare_digest(password.encode(), expected.encode()):
            return None
        try:
            live = self._sandbox.world(system_id)
        except UnknownName:
            return None
        intake = self._intakes.get(system_id)
        if intake is None or intake.live is not live:
            intake = self._intakes[system_id] = SmsIntake(live, partial(self._world_exists, live))
        is_full = sum(session.intake is intake for session in self._sessions) >= MOST_SESSIONS_OF_ONE
        return None if is_full else intake

    def _world_exists(self, live: LiveWorld) -> bool:
        """Whether a world has not been dropped."""
        return self._sandbox is not None and self._sandbox.worlds.get(live.name) is live

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        session = Session(reader, writer, self, self._patience)
        task = asyncio.current_task()
        assert task is not None
        self._sessions[session] = task
        strangers = [session for session in self._sessions if session.intake is None]
        if len(strangers) > MOST_STRANGERS:
            strangers[0].abort()  # so that a new one can always come in
        try:
            await session.run()
        finally:
            del self._sessions[session]


def password_of(vault: Vault, world: str) -> str:
    """The password of a world's account."""
    return base64.b32encode(vault.derive("smpp", world)).decode().lower()[:PASSWORD_CHARACTERS]
