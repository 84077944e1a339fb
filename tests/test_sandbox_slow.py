"""Sockets that are slow on purpose are hung up on, and others do not wait for them."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from sim.sandbox import http_limits, http_server
from tests.sandbox_client import Connection
from tests.sandbox_in_process import running_sandbox
from tests.sandbox_slow_sockets import BODY, HEAD, trickle

SLOW = 60


def test_slow_heads_and_slow_bodies_are_ended_while_others_are_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_server, "HEAD_SECONDS", 1.0)
    monkeypatch.setattr(http_limits, "BODY_SECONDS", 1.0)

    async def story() -> list[bytes]:
        async with running_sandbox(tmp_path) as sandbox:
            url = sandbox.addresses["http"]
            slow = [asyncio.create_task(trickle(url, BODY if number % 2 else HEAD, 0.05)) for number in range(SLOW)]
            line = await Connection.to(url)
            for _ in range(50):
                assert (await line.send("GET", "/_sandbox/clock")).status == 200
            line.close()
            return await asyncio.gather(*slow)

    said = asyncio.run(story())
    assert said[::2] == [b""] * (SLOW // 2), "a head that trickles in gets no answer"
    assert all(answer.startswith(b"HTTP/1.1 408 ") for answer in said[1::2])
