"""The real SFTP drop: the service's FileDrop port over asyncssh, for a site that somebody else runs.

A file is written under a temporary name that begins with a dot and gets its own name only when all of its bytes
have arrived, so whoever lists the directory sees whole files only (CSV-1). The port is synchronous; asyncssh lives
on an event loop in a thread of the adapter's own, which `close` ends. Every deposit opens its own connection:
deposits are rare, and a connection kept for hours is one more thing that can be stale. Host keys are always checked.
Nothing here knows orders, rows or simulated time.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import asyncssh

CLEAN_UP_SECONDS = 5.0
FAILURES = (OSError, asyncssh.Error, asyncio.IncompleteReadError)


@dataclass(frozen=True, slots=True)
class SftpSite:
    """Where the operators' directories are, who we are there, and how long we are willing to wait."""

    host: str
    port: int
    username: str
    client_key: Path
    known_hosts: Path
    root: str = "/"
    connect_seconds: float = 15.0
    transfer_seconds: float = 120.0

    def path(self, operator: str, name: str) -> str:
        """The path of a file in the operator's own directory."""
        return f"{self.root.rstrip('/')}/{operator}/{name}"


class DepositError(Exception):
    """A file could not be deposited; it is not in sight. Data: host and port, path, step, reason."""

    def __init__(self, site: str, path: str, step: str, reason: str) -> None:
        super().__init__(site, path, step, reason)
        self.site, self.path, self.step, self.reason = site, path, step, reason

    def __str__(self) -> str:
        return f"SFTP site {self.site}, {self.path}: {self.step} failed: {self.reason}; the file is not deposited"


class AsyncsshDrop:
    """FileDrop on a real SFTP site. Use as a context manager, or call `close`."""

    def __init__(self, site: SftpSite) -> None:
        self._site = site
        self._one_at_a_time = threading.Lock()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="sftp-drop", daemon=True)
        self._thread.start()

    def __enter__(self) -> AsyncsshDrop:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def deposit(self, operator: str, name: str, data: bytes) -> str:
        """Put the file into the operator's directory and return its path.

        Raises FileExistsError where the name is taken, DepositError where the site does not answer in time, refuses,
        or breaks off. Deposits through one adapter follow each other, so they cannot take a name from each other.
        """
        path = self._site.path(operator, name)
        with self._one_at_a_time:
            self._run(self._deposit(path, data))
        return path

    def close(self) -> None:
        """End the event loop and its thread. A second call does nothing."""
        if self._loop.is_closed():
            return
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, work: Coroutine[None, None, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _deposit(self, path: str, data: bytes) -> None:
        connection = await self._connect(path)
        temporary = temporary_path(path)
        try:
            await _within(self._site.transfer_seconds, connection, _upload(connection, temporary, path, data))
        except FileExistsError:
            raise
        except FAILURES as error:
            await self._clean_up(temporary)
            raise self._failed(path, "transfer", _reason(error)) from error
        finally:
            await _close(connection)

    async def _connect(self, path: str) -> asyncssh.SSHClientConnection:
        site = self._site
        try:
            async with asyncio.timeout(site.connect_seconds):
                return await asyncssh.connect(
                    site.host,
                    site.port,
                    username=site.username,
                    client_keys=[str(site.client_key)],
                    known_hosts=str(site.known_hosts),
                    config=None,
                    agent_path=None,
                )
        except TimeoutError as error:
            reason = f"no answer within {site.connect_seconds:g} s"
            raise self._failed(path, "connection", reason) from error
        except (*FAILURES, ValueError) as error:
            raise self._failed(path, "connection", _reason(error)) from error

    async def _clean_up(self, temporary: str) -> None:
        """Take the partial file away where the site lets us; under its temporary name it is out of sight anyway."""
        try:
            connection = await self._connect(temporary)
        except DepositError:
            return  # a later deposit of the same name writes over it
        with suppress(*FAILURES):
            await _within(CLEAN_UP_SECONDS, connection, _remove(connection, temporary))
        await _close(connection)

    def _failed(self, path: str, step: str, reason: str) -> DepositError:
        return DepositError(f"{self._site.host}:{self._site.port}", path, step, reason)


def temporary_path(path: str) -> str:
    """The name under which a file is written: in the same directory, hidden, and not ending in .csv."""
    directory, _, name = path.rpartition("/")
    return f"{directory}/.{name}.part"


async def _upload(connection: asyncssh.SSHClientConnection, temporary: str, path: str, data: bytes) -> None:
    async with connection.start_sftp_client() as sftp:
        if await sftp.lexists(path):  # CSV-1
            raise FileExistsError(f"{path} is already on the site; allowed: a name that is not taken")
        async with sftp.open(temporary, "wb") as file:
            await file.write(data)
        await sftp.posix_rename(temporary, path)


async def _remove(connection: asyncssh.SSHClientConnection, path: str) -> None:
    async with connection.start_sftp_client() as sftp:
        await sftp.remove(path)


async def _within(seconds: float, connection: asyncssh.SSHClientConnection, work: Coroutine[None, None, None]) -> None:
    """Wait for work on a connection, and abort the connection at the deadline. Raises TimeoutError.

    Cancelling the work is not enough: on its way out it would close its file and wait for an answer again.
    """
    task = asyncio.create_task(work)
    done, _ = await asyncio.wait({task}, timeout=seconds)
    if not done:
        connection.abort()
        await asyncio.gather(task, return_exceptions=True)
        raise TimeoutError(f"not done within {seconds:g} s")
    task.result()


async def _close(connection: asyncssh.SSHClientConnection) -> None:
    connection.abort()
    await connection.wait_closed()


def _reason(error: BaseException) -> str:
    return getattr(error, "reason", "") or str(error) or type(error).__name__
