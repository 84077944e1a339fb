"""A sandbox in another process, as a driver reaches it: its HTTP interfaces and its SFTP site, in plain calls.

Everything waits in real time and has its limit. Nothing here knows steps, rules or what an answer means.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier
from typing import Any, TypeVar
from urllib.parse import urlsplit

import asyncssh

from reference_impl.errors import CallerError
from sim.sandbox.http_client import Answer, SandboxClient, Unreachable

T = TypeVar("T")
DEADLINE_SECONDS = 60.0
DOTS = (".", "..")
# Before all others that the library knows ("^"): one call for each packet, where its own favourite takes three.
FIRST_CIPHER = "^aes128-gcm@openssh.com"
Request = tuple[str, str, object, Mapping[str, str]]  # method, path, body, headers
Site = tuple[str, int, asyncssh.SSHKnownHosts]


class TargetError(CallerError):
    """What was named as target cannot be driven. Data: its URL, what is wrong."""

    def __init__(self, url: str, wrong: str) -> None:
        super().__init__(url, wrong)
        self.url, self.wrong = url, wrong

    def __str__(self) -> str:
        return f"--target {self.url}: {self.wrong}; allowed: reference, or the http address of a sandbox"


class TargetLost(Exception):
    """The target stopped answering in the middle of a run, which says nothing then. Data: its URL, what happened."""


@dataclass(frozen=True, slots=True)
class Account:
    """An operator's credentials."""

    api_key: str
    sftp_user: str
    sftp_key_file: Path


class Target:
    """A running sandbox. Use it as a context manager. Raises TargetError where there is none."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._lost = ""
        self._http = self._reached()
        self._loop = asyncio.Runner()
        self._site = self._sftp_site()

    def __enter__(self) -> Target:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        self._http.close()
        self._loop.close()
        if self._lost and error is None:
            raise TargetLost(self.url, self._lost)

    def call(
        self, method: str, path: str, body: object = None, world: str = "", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """One request and its answer, whatever its status. Raises Unreachable; then the target is lost."""
        try:
            return self._http.ask(method, path, world=world, body=body, headers=headers or {})
        except Unreachable as error:
            self._lost = self._lost or f"{method}: {error}"
            raise

    def call_at_once(self, requests: Sequence[Request]) -> list[Answer]:
        """Requests sent at the same moment, each over an open connection of its own; their answers, in their order."""
        start = Barrier(len(requests))

        def send(request: Request) -> Answer:
            method, path, body, headers = request
            client = SandboxClient(self.url, DEADLINE_SECONDS)
            try:
                client.ask("GET", "/_sandbox/addresses")  # opens the connection
                start.wait(DEADLINE_SECONDS)
                return client.ask(method, path, body=body, headers=headers)
            finally:
                client.close()

        with ThreadPoolExecutor(len(requests)) as senders:
            return list(senders.map(send, requests))

    def sftp(self, account: Account) -> SftpFolder:
        """An operator's folder on the SFTP site."""
        return SftpFolder(self._loop, self._site, account)

    def _reached(self) -> SandboxClient:
        try:
            parts = urlsplit(self.url)
            if parts.scheme != "http" or parts.path not in ("", "/"):
                raise TargetError(self.url, "is no such address")
            return SandboxClient(self.url, DEADLINE_SECONDS)
        except ValueError as error:
            raise TargetError(self.url, f"is no address ({error})") from error

    def _sftp_site(self) -> Site:
        try:
            addresses = self.call("GET", "/_sandbox/addresses")
            host, _, port = addresses.members["sftp"].rpartition(":")
            return host, int(port), asyncssh.import_known_hosts(addresses.members["sftp_known_hosts"])
        except Unreachable as error:
            raise TargetError(self.url, f"nobody answers ({error})") from error
        except (ValueError, LookupError, AttributeError) as error:
            raise TargetError(self.url, f"answers {addresses.status}, but is no sandbox with an SFTP site") from error


class SftpFolder:
    """An operator's folder, over one connection that is opened when it is needed. Failures are OSErrors."""

    def __init__(self, loop: asyncio.Runner, site: Site, account: Account) -> None:
        self._loop, self._site, self._account = loop, site, account
        self._connection: asyncssh.SSHClientConnection | None = None
        self._client: asyncssh.SFTPClient | None = None

    def listdir(self) -> list[str]:
        """The names of the files, as the site gives them."""
        return self._do(self._listdir())

    def read(self, name: str) -> bytes:
        """The bytes of a file, which counts as fetching it."""
        return self._do(self._read(name))

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._do(self._close(self._connection))
        self._connection = self._client = None

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        try:
            return self._loop.run(asyncio.wait_for(work, DEADLINE_SECONDS))
        except asyncssh.Error as error:
            raise OSError(f"SFTP: {error.reason}") from error

    async def _opened(self) -> asyncssh.SFTPClient:
        if self._client is None:
            host, port, known_hosts = self._site
            self._connection = await asyncssh.connect(
                host,
                port,
                username=self._account.sftp_user,
                client_keys=[str(self._account.sftp_key_file)],
                known_hosts=known_hosts,
                config=None,
                agent_path=None,
                encryption_algs=FIRST_CIPHER,
            )
            self._client = await self._connection.start_sftp_client()
        return self._client

    async def _listdir(self) -> list[str]:
        names = await (await self._opened()).listdir(".")
        return [str(name) for name in names if name not in DOTS]

    async def _read(self, name: str) -> bytes:
        async with (await self._opened()).open(name, "rb") as file:
            content: bytes = await file.read()
        return content

    @staticmethod
    async def _close(connection: asyncssh.SSHClientConnection) -> None:
        connection.close()
        await connection.wait_closed()
