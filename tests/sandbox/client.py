"""A small HTTP client over asyncio streams, for tests that need many connections at once or send single bytes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from tests.patience import HANG_SECONDS

NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, the headers, and the body: of JSON, or as text."""

    status: int
    headers: dict[str, str]
    body: Any


class Connection:
    """A connection that stays open: `async with await Connection.to(url) as line`, or several with `connections`."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str) -> None:
        self._reader, self._writer, self._host = reader, writer, host

    @staticmethod
    async def to(url: str) -> Connection:
        """Connect."""
        parts = urlsplit(url)
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        return Connection(reader, writer, parts.netloc)

    async def __aenter__(self) -> Connection:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connection, and wait until it is closed."""
        self._writer.close()
        with suppress(OSError):
            await self._writer.wait_closed()

    def say(self, octets: bytes) -> None:
        """Send any bytes."""
        self._writer.write(octets)

    async def first_line(self) -> bytes:
        """The next line of the answer."""
        return await self._reader.readline()

    async def remainder(self) -> bytes:
        """All bytes that still come, until the other side has closed the connection."""
        with suppress(ConnectionResetError):
            return await self._reader.read()
        return b""

    @property
    def is_cut_off(self) -> bool:
        """Whether the other side has closed the connection."""
        return self._reader.at_eof() or self._reader.exception() is not None

    async def send(
        self, method: str, path: str, body: object = None, headers: Mapping[str, str] = NONE, text: bool = False
    ) -> Answer:
        """One request and its answer; with `text` the body is a form and the answer a page."""
        data = b"" if body is None else (str(body) if text else json.dumps(body)).encode()
        kind = "application/x-www-form-urlencoded" if text else "application/json"
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self._host}", f"Content-Length: {len(data)}"]
        lines += [f"Content-Type: {kind}", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
        self._writer.write("\r\n".join(lines).encode() + data)
        async with asyncio.timeout(HANG_SECONDS):
            status, headers, content = await self._answer()
        return Answer(status, headers, content.decode() if text else json.loads(content or b"null"))

    async def _answer(self) -> tuple[int, dict[str, str], bytes]:
        status_line, *lines = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").strip().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        status = int(status_line.split(" ")[1])
        if "content-length" in headers:
            content = await self._reader.readexactly(int(headers["content-length"]))
        else:
            content = b"" if status == 204 else await self._chunks()
        return status, headers, content

    async def _chunks(self) -> bytes:
        content = b""
        while size := int(await self._reader.readuntil(b"\r\n"), 16):
            content += (await self._reader.readexactly(size + 2))[:-2]
        await self._reader.readexactly(2)
        return content


@asynccontextmanager
async def connections(url: str, number: int) -> AsyncIterator[list[Connection]]:
    """So many connections, which are closed whatever happens."""
    async with AsyncExitStack() as lines:
        yield [await lines.enter_async_context(await Connection.to(url)) for _ in range(number)]
