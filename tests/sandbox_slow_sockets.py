"""Sockets that send a byte a second, half in the head of a request and half in its body; a program of its own.

`python -m tests.sandbox_slow_sockets URL NUMBER` goes on until it is ended: whenever the sandbox hangs up, the socket
begins anew. Their beginnings are spread evenly over ten seconds, as strangers would come.
"""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress
from urllib.parse import urlsplit

SPREAD_SECONDS = 10.0
HEAD = b"POST /v1/orders HTTP/1.1\r\nHost: 127.0.0.1\r\n"
BODY = HEAD + b"Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n"


async def trickle(url: str, start: bytes, wait_seconds: float = 1.0) -> bytes:
    """Send a start, then a byte at a time, until the sandbox hangs up; what it said."""
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    listening = asyncio.create_task(reader.read())
    try:
        writer.write(start)
        while not (await asyncio.wait({listening}, timeout=wait_seconds))[0]:
            writer.write(b"a")
        return await listening
    finally:
        listening.cancel()
        writer.close()


async def forever(url: str, number: int, of: int) -> None:
    """One socket after the other."""
    await asyncio.sleep(SPREAD_SECONDS * number / of)
    while True:
        with suppress(OSError):
            await trickle(url, BODY if number % 2 else HEAD)


async def main(url: str, of: int) -> None:
    """So many at the same time."""
    await asyncio.gather(*(forever(url, number, of) for number in range(of)))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
