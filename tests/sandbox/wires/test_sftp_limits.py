"""The SFTP site of the sandbox: who may come in, how much each may take, and how it closes."""

from __future__ import annotations

import asyncio
import socket
from contextlib import AsyncExitStack, ExitStack
from functools import partial
from pathlib import Path

import asyncssh
import pytest

from sim.sandbox.sftp.folder import MOST_HANDLES
from sim.sandbox.sftp.server import (
    MOST_CONNECTIONS_OF_ONE,
    MOST_SESSIONS_OF_ONE_CONNECTION,
    MOST_STRANGERS,
    SftpSite,
    private_key,
)
from tests.sandbox.client import Connection
from tests.sandbox.stories import told_by
from tests.sandbox.wires.sftp_visitors import Visitors, play

CUT_OFF = (asyncssh.Error, OSError)
story = told_by(play)


@pytest.mark.parametrize("user", ["ALFA", "GAMMA", "w9.ALFA", "", ".", "ALFA.", "root"])
@story
async def test_only_the_key_of_the_account_lets_in(site: Visitors, user: str) -> None:
    for key in (asyncssh.generate_private_key("ssh-ed25519"), private_key(site.sandbox, "BETA")):
        assert not await site.lets_in(user, key)


@story
async def test_there_is_no_shell_and_no_forwarding(site: Visitors) -> None:
    async with site.connect() as connection:
        for command in ("ls", None):
            with pytest.raises(asyncssh.ChannelOpenError):
                await connection.run(command)
        with pytest.raises(asyncssh.ChannelOpenError):
            await connection.open_connection("127.0.0.1", 1)
        with pytest.raises(asyncssh.ChannelListenError):
            await connection.forward_remote_port("127.0.0.1", 0, "127.0.0.1", 1)


@story
async def test_open_handles_are_limited(site: Visitors) -> None:
    name = await site.deposit("OL-1")
    async with site.client() as client:
        handles = [await client.open(name, "rb") for _ in range(MOST_HANDLES)]
        with pytest.raises(asyncssh.SFTPFailure):
            await client.open(name, "rb")
        await handles[0].close()
        await client.open(name, "rb")


@story
async def test_sessions_over_one_connection_are_limited(site: Visitors) -> None:
    async with site.connect() as connection:
        for _ in range(3 * MOST_SESSIONS_OF_ONE_CONNECTION):
            async with connection.start_sftp_client():  # one after the other
                pass
        for _ in range(MOST_SESSIONS_OF_ONE_CONNECTION):
            await connection.start_sftp_client()
        with pytest.raises(CUT_OFF):
            await connection.start_sftp_client()


@story
async def test_connections_of_one_account_are_limited(site: Visitors) -> None:
    async with AsyncExitStack() as visits:
        for _ in range(MOST_CONNECTIONS_OF_ONE):
            await visits.enter_async_context(site.connect())
        with pytest.raises(CUT_OFF):
            await visits.enter_async_context(site.client())
        async with site.client("BETA") as client:
            assert await client.exists("/BETA")


@told_by(partial(play, site=SftpSite(login_seconds=0.2)))
async def test_strangers_are_sent_away_at_the_deadline(site: Visitors) -> None:
    async with await Connection.to(f"tcp://127.0.0.1:{site.port}") as stranger:
        assert (await stranger.remainder()).startswith(b"SSH-2.0-")  # it ends because the site closes the connection


@story
async def test_a_crowd_of_strangers_keeps_nobody_out(site: Visitors) -> None:
    with ExitStack() as crowd:
        for _ in range(2 * MOST_STRANGERS):
            crowd.enter_context(socket.create_connection(("127.0.0.1", site.port)))
            await asyncio.sleep(0)
        async with site.client() as client:
            assert await client.exists("/ALFA")


def test_closing_the_site_closes_open_connections(tmp_path: Path) -> None:
    connections: list[asyncssh.SSHClientConnection] = []

    async def story(site: Visitors) -> None:
        connections.append(await AsyncExitStack().enter_async_context(site.connect()))
        client = await connections[0].start_sftp_client()
        assert set(await client.listdir(".")) == {".", ".."}

    play(tmp_path, story)
    assert connections[0].is_closed()
