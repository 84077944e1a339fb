"""A sandbox with an SFTP site, and ways to visit it: asyncssh's client and the stock OpenSSH `sftp`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import asyncssh

from reference_impl.civil_time import SECOND
from sim.sandbox.options import Options
from sim.sandbox.sandbox import Sandbox, opened
from sim.sandbox.sftp.server import SftpSite, known_hosts_file, private_key
from tests.patience import HANG_SECONDS
from tests.sandbox.in_process import order

START = "2026-03-03T08:00"


class Visitors:
    """A sandbox with an SFTP site, and ways to visit it."""

    def __init__(self, sandbox: Sandbox, folder: Path) -> None:
        self.sandbox, self.live, self.folder = sandbox, sandbox.world("default"), folder
        self.port = int(sandbox.addresses["sftp"].rpartition(":")[2])

    async def deposit(self, code: str, operator: str = "ALFA") -> str:
        """Have the service deposit a file about an order, now; a second later return its name."""
        self.live.submit_order(order(code, operator=operator, project_code=f"PRJ-{operator}"))
        self.live.report_line(code, "CO")
        await self.sandbox.clock("default").advance(SECOND)
        return self.live.site.files(operator)[-1].name

    def fetched(self) -> list[object]:
        """The paths that were recorded as fetched."""
        return [event["subject"] for event in self.live.trace if event["type"] == "csv.fetched"]

    def connect(
        self, user: str = "ALFA", key: asyncssh.SSHKey | None = None
    ) -> AbstractAsyncContextManager[asyncssh.SSHClientConnection]:
        """A connection of asyncssh's client."""
        return asyncssh.connect(
            "127.0.0.1",
            self.port,
            username=user,
            client_keys=[key or private_key(self.sandbox, user)],
            known_hosts=str(known_hosts_file(self.sandbox)),
            config=None,
            agent_path=None,
        )

    async def lets_in(self, user: str, key: asyncssh.SSHKey) -> bool:
        """Whether a key is accepted."""
        try:
            async with self.connect(user, key):
                return True
        except asyncssh.PermissionDenied:
            return False

    @asynccontextmanager
    async def client(self, user: str = "ALFA") -> AsyncIterator[asyncssh.SFTPClient]:
        """A session of asyncssh's client."""
        async with self.connect(user) as connection, connection.start_sftp_client() as client:
            yield client

    async def stock_sftp(self, *commands: str, user: str = "ALFA") -> tuple[int, list[str]]:
        """Run a batch with OpenSSH's `sftp`, in `folder`; return its exit status and the lines of its output."""
        known_hosts = known_hosts_file(self.sandbox)
        options = [f"UserKnownHostsFile={known_hosts}", "StrictHostKeyChecking=yes", "GlobalKnownHostsFile=/dev/null"]
        arguments = ["-q", "-b", "-", "-F", "/dev/null", "-P", str(self.port)]
        arguments += ["-i", str(self.sandbox.sftp_key_file(user))]
        for option in (*options, "IdentitiesOnly=yes", "IdentityAgent=none"):
            arguments += ["-o", option]
        pipe, together = asyncio.subprocess.PIPE, asyncio.subprocess.STDOUT
        process = await asyncio.create_subprocess_exec(
            *("sftp", *arguments, f"{user}@127.0.0.1"), stdin=pipe, stdout=pipe, stderr=together, cwd=self.folder
        )
        output, _ = await process.communicate("\n".join(commands).encode())
        assert process.returncode is not None
        return process.returncode, output.decode().splitlines()


def play(folder: Path, story: Callable[[Visitors], Awaitable[None]], site: SftpSite | None = None) -> None:
    """Play a story at an SFTP site of a fresh sandbox; when it is closed, nothing must be left."""

    async def stage() -> None:
        options = Options(data=folder / "data", start=START)
        wires = [site or SftpSite(login_seconds=HANG_SECONDS)]
        async with opened(options, {"csv_cadence": "immediate"}, wires=wires) as sandbox:
            await asyncio.wait_for(story(Visitors(sandbox, folder)), HANG_SECONDS)
        assert not asyncio.all_tasks() - {asyncio.current_task()}

    asyncio.run(stage())
