"""Sockets that send a byte a second, half in the head of a request and half in its body; a program of its own.

`python -m tests.sandbox.wires.slow_sockets URL NUMBER SECONDS` says `begun` and goes on until it is ended: whenever the
sandbox hangs up, the socket begins anew at once. Their beginnings are spread evenly over so many seconds, as strangers
would come; with 0 they come in one burst, and then their bytes come in bursts too.
"""

from __future__ import annotations

import asyncio
import sys
from typing import cast
from urllib.parse import urlsplit

HEAD = b"POST /v1/orders HTTP/1.1\r\nHost: 127.0.0.1\r\n"
BODY = HEAD + b"Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n"


class Trickle(asyncio.Protocol):
    """Sends a start, then a byte at a time, until the other side hangs up. `answer` is then what it heard."""

    def __init__(self, start: bytes, wait_seconds: float, listening: bool = True) -> None:
        self._start, self._wait_seconds, self._listening = start, wait_seconds, listening
        self._loop = asyncio.get_running_loop()
        self._heard = bytearray()
        self.answer: asyncio.Future[bytes] = self._loop.create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = cast(asyncio.Transport, transport)
        if not self._listening:
            self._loop.call_soon(self._transport.pause_reading)  # a loop may begin to read only after this
        self._transport.write(self._start)
        self._next = self._loop.call_later(self._wait_seconds, self._send)

    def data_received(self, data: bytes) -> None:
        """Hear."""
        self._heard += data

    def connection_lost(self, _: Exception | None) -> None:
        """The other side has hung up, or this one."""
        self._next.cancel()
        if not self.answer.done():
            self.answer.set_result(bytes(self._heard))

    def _send(self) -> None:
        self._transport.write(b"a")
        self._next = self._loop.call_later(self._wait_seconds, self._send)


async def trickle(url: str, start: bytes, wait_seconds: float = 1.0, listening: bool = True) -> bytes:
    """Send a start, then a byte at a time, until the sandbox hangs up; return what it answered."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or 0
    loop = asyncio.get_running_loop()
    transport, protocol = await loop.create_connection(lambda: Trickle(start, wait_seconds, listening), host, port)
    try:
        return await protocol.answer
    finally:
        transport.close()


async def forever(url: str, start: bytes, delay_seconds: float) -> None:
    """Begin a socket anew whenever one is closed."""
    await asyncio.sleep(delay_seconds)
    while True:
        await trickle(url, start)


async def main(url: str, number: int, seconds: float) -> None:
    """Keep so many sockets open; they begin within so many seconds."""
    print("begun", flush=True)
    pause_seconds = seconds / number
    async with asyncio.TaskGroup() as sockets:
        for position in range(number):
            sockets.create_task(forever(url, BODY if position % 2 else HEAD, position * pause_seconds))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3])))
