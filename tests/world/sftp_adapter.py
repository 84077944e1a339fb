"""The service's FileDrop port over asyncssh, for a site that somebody else runs: the port can be served by a real wire.

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
from typing import TypeVar

import asyncssh

T = TypeVar("T")
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
    settle_seconds: float = 5.0

    def path(self, operator: str, name: str) -> str:
        """The path of a file in the operator's own directory."""
        return f"{self.root.rstrip('/')}/{operator}/{name}"


NOT_DEPOSITED = "the file is not deposited"
UNKNOWN = "whether the file is deposited is not known"


class DepositError(Exception):
    """A file could not be deposited. Data: host and port, path, step, reason, and what became of the file."""

    def __init__(self, site: str, path: str, step: str, reason: str, outcome: str = NOT_DEPOSITED) -> None:
        super().__init__(site, path, step, reason, outcome)
        self.site, self.path, self.step, self.reason, self.outcome = site, path, step, reason, outcome

    def __str__(self) -> str:
        return f"SFTP site {self.site}, {self.path}: {self.step} failed: {self.reason}; {self.outcome}"


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
            if self._loop.is_closed():
                raise ValueError("this drop is closed")
            asyncio.run_coroutine_threadsafe(self._deposit(path, data), self._loop).result()
        return path

    def close(self) -> None:
        """Wait for a deposit that is under way, then end the event loop and its threads. Twice is once."""
        with self._one_at_a_time:
            if self._loop.is_closed():
                return
            asyncio.run_coroutine_threadsafe(self._loop.shutdown_default_executor(), self._loop).result()
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.close()

    async def _deposit(self, path: str, data: bytes) -> None:
        connection = await self._connect(path)
        try:
            await self._transfer(connection, path, data)
            await self._publish(connection, path)
        finally:
            await _close(connection)

    async def _transfer(self, connection: asyncssh.SSHClientConnection, path: str, data: bytes) -> None:
        """Bring the bytes to the site, under the temporary name."""
        try:
            await _within(self._site.transfer_seconds, connection, _upload(connection, path, data))
        except FileExistsError:
            raise
        except FAILURES as error:
            await self._settle(path)
            raise self._failed(path, "transfer", _reason(error)) from error

    async def _publish(self, connection: asyncssh.SSHClientConnection, path: str) -> None:
        """Give the file its name. Where the answer is lost, look whether it has got it."""
        try:
            await _within(self._site.transfer_seconds, connection, _rename(connection, path))
        except FAILURES as error:
            is_there = await self._settle(path)
            if not is_there:
                outcome = UNKNOWN if is_there is None else NOT_DEPOSITED
                raise self._failed(path, "renaming", _reason(error), outcome) from error

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

    async def _settle(self, path: str) -> bool | None:
        """After a failure: whether the file is there (None: nobody can tell). If not, take away what is left of it.

        What cannot be taken away is out of sight under its temporary name, and the next attempt writes over it.
        """
        try:
            connection = await self._connect(path)
        except DepositError:
            return None
        try:
            return await _within(self._site.settle_seconds, connection, _look(connection, path))
        except FAILURES:
            return None
        finally:
            await _close(connection)

    def _failed(self, path: str, step: str, reason: str, outcome: str = NOT_DEPOSITED) -> DepositError:
        return DepositError(f"{self._site.host}:{self._site.port}", path, step, reason, outcome)


def temporary_path(path: str) -> str:
    """The name under which a file is written: in the same directory, hidden, and not ending in .csv."""
    directory, _, name = path.rpartition("/")
    return f"{directory}/.{name}.part"


async def _upload(connection: asyncssh.SSHClientConnection, path: str, data: bytes) -> None:
    async with connection.start_sftp_client() as sftp:
        if await sftp.lexists(path):  # CSV-1
            raise FileExistsError(f"{path} is already on the site; allowed: a name that is not taken")
        async with sftp.open(temporary_path(path), "wb") as file:
            await file.write(data)


async def _rename(connection: asyncssh.SSHClientConnection, path: str) -> None:
    async with connection.start_sftp_client() as sftp:
        await sftp.posix_rename(temporary_path(path), path)


async def _look(connection: asyncssh.SSHClientConnection, path: str) -> bool:
    async with connection.start_sftp_client() as sftp:
        if await sftp.lexists(path):
            return True
        with suppress(asyncssh.SFTPNoSuchFile):
            await sftp.remove(temporary_path(path))
        return False


async def _within(seconds: float, connection: asyncssh.SSHClientConnection, work: Coroutine[None, None, T]) -> T:
    """Wait for work on a connection, and abort the connection at the deadline. Raises TimeoutError.

    Cancelling the work is not enough: on its way out it would close its file and wait for an answer again.
    """
    task = asyncio.create_task(work)
    done, _ = await asyncio.wait({task}, timeout=seconds)
    if not done:
        connection.abort()
        await asyncio.gather(task, return_exceptions=True)
        raise TimeoutError(f"not done within {seconds:g} s")
    return task.result()


async def _close(connection: asyncssh.SSHClientConnection) -> None:
    connection.abort()
    await connection.wait_closed()


def _reason(error: BaseException) -> str:
    return getattr(error, "reason", "") or str(error) or type(error).__name__
