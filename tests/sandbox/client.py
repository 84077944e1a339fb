"""A small HTTP client over asyncio streams, for tests that need many connections at once or a hand on every byte."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

READ_SECONDS = 60.0
NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, the headers, and the body: of JSON, or as text."""

    status: int
    headers: dict[str, str]
    body: Any


class Connection:
    """One kept connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str) -> None:
        self._reader, self._writer, self._host = reader, writer, host

    @staticmethod
    async def to(url: str) -> Connection:
        """Connect."""
        parts = urlsplit(url)
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        return Connection(reader, writer, parts.netloc)

    async def send(
        self, method: str, path: str, body: object = None, headers: Mapping[str, str] = NONE, text: bool = False
    ) -> Answer:
        """One request and its answer; with `text` the body is a form and the answer a page."""
        data = b"" if body is None else (str(body) if text else json.dumps(body)).encode()
        kind = "application/x-www-form-urlencoded" if text else "application/json"
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self._host}", f"Content-Length: {len(data)}"]
        lines += [f"Content-Type: {kind}", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
        self._writer.write("\r\n".join(lines).encode() + data)
        async with asyncio.timeout(READ_SECONDS):
            status, said, content = await self._answer()
        return Answer(status, said, content.decode() if text else json.loads(content or b"null"))

    def close(self) -> None:
        """Hang up."""
        self._writer.close()

    async def _answer(self) -> tuple[int, dict[str, str], bytes]:
        first, *lines = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").strip().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        status = int(first.split(" ")[1])
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
