"""The server closes sockets that are slow on purpose, and others do not wait; in the event loop of the program."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import uvloop

from sim.sandbox.http import limits as http_limits
from sim.sandbox.http import server as http_server
from sim.sandbox.http import watch as http_watch
from sim.sandbox.sandbox import Sandbox
from tests.patience import at_rest
from tests.sandbox.client import Connection
from tests.sandbox.in_process import running_sandbox
from tests.sandbox.stories import told_by
from tests.sandbox.wires.slow_sockets import BODY, HEAD, trickle

SLOW = 60
WHOLE = b"GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
STREAM = b"GET /_sandbox/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n"
LARGE = b"GET /openapi.json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
OK = b"HTTP/1.1 200 OK\r\n"
MORE_THAN_SOCKETS_HOLD = 50  # large answers
ALMOST = 0.99
SILENCE_SECONDS, BYTE_SECONDS = 600.0, 0.05


class HandClock:
    """What the server takes for the time: it stands still until a test moves it, and knows when it is looked at."""

    def __init__(self) -> None:
        self.now = 0.0
        self._seen = asyncio.Event()

    def __call__(self) -> float:
        self._seen.set()
        return self.now

    async def let_pass(self, seconds: float) -> None:
        """Let the server look at all its connections before and after so many seconds."""
        await self._looked_at()
        self.now += seconds
        await self._looked_at()
        await at_rest()

    async def _looked_at(self) -> None:
        self._seen.clear()
        await self._seen.wait()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> HandClock:
    """The clock by which the server ends connections."""
    clock = HandClock()
    monkeypatch.setattr(http_server, "monotonic", clock)
    return clock


def play(folder: Path, story: Callable[[Sandbox, str], Awaitable[None]]) -> None:
    """Let a story happen in a fresh sandbox; it knows where the HTTP interfaces are."""

    async def stage() -> None:
        async with running_sandbox(folder) as sandbox:
            await story(sandbox, sandbox.addresses["http"])

    uvloop.run(stage())


story = told_by(play, actors=2)


@story
async def test_slow_heads_are_ended_at_their_deadline_while_others_are_served(
    sandbox: Sandbox, url: str, clock: HandClock
) -> None:
    slow = [asyncio.create_task(trickle(url, HEAD, BYTE_SECONDS)) for _ in range(SLOW)]
    async with await Connection.to(url) as line:
        for _ in range(50):
            assert (await line.send("GET", "/_sandbox/clock")).status == 200
        await clock.let_pass(ALMOST * http_server.HEAD_SECONDS)
        assert not any(task.done() for task in slow)
        assert (await line.send("GET", "/_sandbox/clock")).status == 200
        await clock.let_pass(http_server.HEAD_SECONDS)
        assert await asyncio.gather(*slow) == [b""] * SLOW, "a head that trickles in gets no answer"


@story
async def test_slow_bodies_are_ended_while_others_are_served(
    sandbox: Sandbox, url: str, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_limits, "BODY_SECONDS", 0.5)  # of real time: such a body never comes, however long it has
    slow = [asyncio.create_task(trickle(url, BODY, BYTE_SECONDS)) for _ in range(SLOW)]
    async with await Connection.to(url) as line:
        for _ in range(50):
            assert (await line.send("GET", "/_sandbox/clock")).status == 200
    assert all(answer.startswith(b"HTTP/1.1 408 ") for answer in await asyncio.gather(*slow))


@pytest.mark.parametrize("octets", [b"", HEAD], ids=["silence", "half a head"])
@story
async def test_after_an_answer_a_connection_has_as_long_as_at_its_beginning(
    sandbox: Sandbox, url: str, clock: HandClock, octets: bytes
) -> None:
    async with await Connection.to(url) as line:
        await clock.let_pass(ALMOST * http_server.HEAD_SECONDS)
        assert (await line.send("GET", "/livez")).status == 200
        line.say(octets)
        await clock.let_pass(ALMOST * http_server.HEAD_SECONDS)
        assert not line.is_cut_off
        await clock.let_pass(http_server.HEAD_SECONDS)
        assert await line.remainder() == b""


@story
async def test_a_connection_that_says_nothing_at_all_is_ended(sandbox: Sandbox, url: str, clock: HandClock) -> None:
    silent = asyncio.create_task(trickle(url, b"", SILENCE_SECONDS))
    async with await Connection.to(url) as later:  # the silent one is there before it
        assert (await later.send("GET", "/livez")).status == 200
    await clock.let_pass(ALMOST * http_server.HEAD_SECONDS)
    assert not silent.done()
    await clock.let_pass(http_server.HEAD_SECONDS)
    assert await silent == b""


@story
async def test_requests_that_keep_coming_keep_a_connection(sandbox: Sandbox, url: str, clock: HandClock) -> None:
    async with await Connection.to(url) as line:
        for _ in range(4):
            await clock.let_pass(ALMOST * http_server.HEAD_SECONDS)
            assert (await line.send("GET", "/livez")).status == 200


@story
async def test_one_who_takes_nothing_of_his_answers_is_ended(
    sandbox: Sandbox, url: str, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_server, "HEAD_SECONDS", math.inf)
    deaf = asyncio.create_task(trickle(url, LARGE * MORE_THAN_SOCKETS_HOLD, BYTE_SECONDS, listening=False))
    while not deaf.done():
        await clock.let_pass(http_server.READ_SECONDS)


@story
async def test_so_many_follow_the_events_and_no_more_until_one_of_them_leaves(
    sandbox: Sandbox, url: str, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_watch, "MOST_STREAMS", 2)
    async with AsyncExitStack() as stack:

        async def follower() -> Connection:
            line = await stack.enter_async_context(await Connection.to(url))
            line.say(STREAM)
            return line

        followers = [await follower() for _ in range(3)]
        assert [await line.first_line() for line in followers] == [OK, OK, b"HTTP/1.1 503 Service Unavailable\r\n"]
        await followers[0].close()
        while sandbox.streams == http_watch.MOST_STREAMS:
            await asyncio.sleep(0)
        assert await (await follower()).first_line() == OK


@story
async def test_a_head_has_a_largest_size(sandbox: Sandbox, url: str, clock: HandClock) -> None:
    head = HEAD + b"X-Long: " + b"a" * http_server.LARGEST_HEAD_BYTES
    assert (await trickle(url, head, SILENCE_SECONDS)).startswith(b"HTTP/1.1 400 ")


def test_it_ends_though_slow_sockets_are_there(tmp_path: Path, clock: HandClock) -> None:
    async def story() -> list[bytes]:
        async with running_sandbox(tmp_path) as sandbox:
            url = sandbox.addresses["http"]
            slow = [asyncio.create_task(trickle(url, start, SILENCE_SECONDS)) for start in (HEAD, BODY, WHOLE)]
            async with await Connection.to(url) as line:
                await line.send("GET", "/livez")
        return await asyncio.gather(*slow)

    assert len(uvloop.run(story())) == 3
