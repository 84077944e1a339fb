"""Sockets that are slow on purpose are hung up on and others do not wait, in the event loop that the program uses."""

from __future__ import annotations

import asyncio
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import uvloop

from sim.sandbox.http import limits as http_limits
from sim.sandbox.http import server as http_server
from sim.sandbox.http import watch as http_watch
from tests.sandbox.client import Connection
from tests.sandbox.in_process import running_sandbox
from tests.sandbox.wires.slow_sockets import BODY, HEAD, trickle

SLOW = 60
REQUESTS_IN_THREE_DEADLINES = 60  # far below the sandbox's own limit, however fast the machine
WHOLE = b"GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
STREAM = b"GET /_sandbox/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n"
LARGE = b"GET /openapi.json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
MORE_THAN_SOCKETS_HOLD = 50  # large answers


@pytest.fixture(autouse=True)
def _short_deadlines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_server, "HEAD_SECONDS", 0.5)
    monkeypatch.setattr(http_server, "READ_SECONDS", 0.5)
    monkeypatch.setattr(http_limits, "BODY_SECONDS", 0.5)


def test_slow_heads_and_slow_bodies_are_ended_while_others_are_served(tmp_path: Path) -> None:
    async def story() -> list[bytes]:
        async with running_sandbox(tmp_path) as sandbox:
            url = sandbox.addresses["http"]
            slow = [asyncio.create_task(trickle(url, BODY if number % 2 else HEAD, 0.05)) for number in range(SLOW)]
            line = await Connection.to(url)
            for _ in range(50):
                assert (await line.send("GET", "/_sandbox/clock")).status == 200
            line.close()
            return await asyncio.gather(*slow)

    said = uvloop.run(story())
    assert said[::2] == [b""] * (SLOW // 2), "a head that trickles in gets no answer"
    assert all(answer.startswith(b"HTTP/1.1 408 ") for answer in said[1::2])


@pytest.mark.parametrize("then", [b"", HEAD], ids=["silence", "half a head"])
def test_after_an_answer_a_connection_has_as_long_as_at_its_beginning(tmp_path: Path, then: bytes) -> None:
    async def story() -> bytes:
        async with running_sandbox(tmp_path) as sandbox:
            return await trickle(sandbox.addresses["http"], WHOLE + then, 0.05 if then else 60.0)

    said = uvloop.run(story())
    assert said.startswith(b"HTTP/1.1 200 ")
    assert said.count(b"HTTP/1.1 ") == 1


def test_a_connection_that_says_nothing_at_all_is_ended(tmp_path: Path) -> None:
    async def story() -> bytes:
        async with running_sandbox(tmp_path) as sandbox:
            return await trickle(sandbox.addresses["http"], b"", 60.0)

    assert uvloop.run(story()) == b""


def test_requests_that_keep_coming_keep_a_connection(tmp_path: Path) -> None:
    async def story() -> None:
        async with running_sandbox(tmp_path) as sandbox:
            line = await Connection.to(sandbox.addresses["http"])
            try:
                for _ in range(REQUESTS_IN_THREE_DEADLINES):
                    await asyncio.sleep(3 * http_server.HEAD_SECONDS / REQUESTS_IN_THREE_DEADLINES)
                    assert (await line.send("GET", "/livez")).status == 200
            finally:
                line.close()

    uvloop.run(story())


def test_one_who_takes_nothing_of_his_answers_is_ended(tmp_path: Path) -> None:
    async def story() -> None:
        async with running_sandbox(tmp_path) as sandbox:
            await trickle(sandbox.addresses["http"], LARGE * MORE_THAN_SOCKETS_HOLD, 0.05, listening=False)

    uvloop.run(story())


def test_so_many_follow_the_events_and_no_more_until_one_of_them_leaves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_watch, "MOST_STREAMS", 2)

    async def first_line(url: str) -> tuple[bytes, asyncio.StreamWriter]:
        parts = urlsplit(url)
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        writer.write(STREAM)
        return await reader.readline(), writer

    async def story() -> tuple[list[bytes], bytes]:
        async with running_sandbox(tmp_path) as sandbox:
            url = sandbox.addresses["http"]
            followers = [await first_line(url) for _ in range(3)]
            followers[0][1].close()
            while sandbox.streams == http_watch.MOST_STREAMS:
                await asyncio.sleep(0)
            followers.append(await first_line(url))
            for _, writer in followers:
                writer.close()
            said = [line for line, _ in followers]
            return said[:3], said[3]

    before, after = uvloop.run(story())
    assert before == [b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 503 Service Unavailable\r\n"]
    assert after == b"HTTP/1.1 200 OK\r\n"


def test_a_head_has_a_largest_size(tmp_path: Path) -> None:
    async def story() -> bytes:
        async with running_sandbox(tmp_path) as sandbox:
            parts = urlsplit(sandbox.addresses["http"])
            reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
            writer.write(HEAD + b"X-Long: " + b"a" * http_server.LARGEST_HEAD_BYTES)
            try:
                return await reader.read()
            finally:
                writer.close()

    assert uvloop.run(story()).startswith(b"HTTP/1.1 400 ")


def test_it_ends_though_slow_sockets_are_there(tmp_path: Path) -> None:
    async def story() -> list[bytes]:
        async with running_sandbox(tmp_path) as sandbox:
            url = sandbox.addresses["http"]
            slow = [asyncio.create_task(trickle(url, start, 60.0)) for start in (HEAD, BODY, WHOLE)]
            line = await Connection.to(url)
            await line.send("GET", "/livez")
            line.close()
        return await asyncio.gather(*slow)

    assert len(uvloop.run(story())) == 3
