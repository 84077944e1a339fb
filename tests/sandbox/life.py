"""The five-day life of orders over real sockets, as an operator's own systems and its customers would live it.

Orders by HTTP, the SMS from the inbox, the CSV by SFTP, notifications at an endpoint, booking and moving on the page,
the reminder and the visit. Each step is one that a stranger could take with what the sandbox says when it starts.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncssh

from tests.sandbox.client import Connection, connections
from tests.sandbox.process import SandboxProcess

CONNECTIONS = 8
WORLD = "life"
SLOT = re.compile(r'name="slot" value="([0-9]+-[0-9]+)"')


@dataclass(frozen=True, slots=True)
class Life:
    """What was lived: how long it took, where the orders ended, what the endpoint and the inbox saw."""

    seconds: float
    states: Counter[str]
    notified: Counter[str]
    sms: Counter[str]
    csv_rows: int


class Customer:
    """A telephone with a browser."""

    def __init__(self, line: Connection, token: str) -> None:
        self._line, self._token, self._cookie, self._address = line, token, "", ""

    async def open(self) -> None:
        """Follow the link of the SMS."""
        answer = await self._line.send("GET", f"/va/{self._token}", text=True)
        self._cookie = answer.headers["set-cookie"].partition(";")[0]
        self._address = answer.headers["location"]

    async def book(self, number: int) -> None:
        """Choose a date on the page."""
        await self._choose("", "confirm", number)

    async def move(self, number: int) -> None:
        """Choose another."""
        await self._choose("/move", "reschedule", number)

    async def _choose(self, question: str, act: str, number: int) -> None:
        cookie = {"Cookie": self._cookie}
        page = await self._line.send("GET", self._address + question, None, cookie, text=True)
        slots = SLOT.findall(page.body)
        form = f"slot={slots[number % len(slots)]}"
        answer = await self._line.send("POST", f"{self._address}/{act}", form, cookie, text=True)
        assert answer.status == 303, answer
        assert "done=" in answer.headers["location"], answer.headers


@asynccontextmanager
async def endpoint() -> AsyncIterator[tuple[str, Counter[str]]]:
    """An operator's endpoint that accepts everything: its URL, and the number of notifications of each causal code."""
    causals: Counter[str] = Counter()

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            body = await reader.readexactly(int(head.partition("content-length:")[2].partition("\r\n")[0]))
            causals[body.partition(b'"code": "')[2].partition(b'"')[0].decode()] += 1
            writer.write(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
            await writer.drain()
        finally:
            writer.close()
            await writer.wait_closed()

    server = await asyncio.start_server(take, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/notifications", causals


async def five_days(box: SandboxProcess, number: int) -> Life:
    """Let so many orders live for five days in a world of their own; return what happened."""
    box.post("/_sandbox/worlds", {"name": WORLD, "territories": {"LAZIO": max(4, number // 10)}})
    async with endpoint() as (url, causals):
        operator = box.post(f"/worlds/{WORLD}/_sandbox/operators", {"operator": "ALFA", "endpoint": url})
        since = time.perf_counter()
        rows = await _live(box, operator, number)
        seconds = time.perf_counter() - since
    orders = box.get(f"/worlds/{WORLD}/_sandbox/orders")["orders"]
    messages = box.get(f"/worlds/{WORLD}/_sandbox/sms")["messages"]
    states = Counter(str(order["state"]) for order in orders)
    return Life(seconds, states, causals, Counter(str(message["kind"]) for message in messages), rows)


async def _live(box: SandboxProcess, operator: dict[str, Any], number: int) -> int:
    key = {"Authorization": f"Bearer {operator['api_key']}", "Appuntamento-World": WORLD}
    in_world = {"Appuntamento-World": WORLD}

    async def hand_in(line: Connection, place: int) -> None:
        order = {"order": f"A-{place}", "service": "VULA_FTTH", "line_state": "LNA", "project_code": "PRJ-ALFA"}
        order["phone"] = _phone(place)
        assert (await line.send("POST", "/v1/orders", order, key)).status == 201
        ready = await line.send("POST", f"/_sandbox/orders/A-{place}/line", {"code": "CO"}, in_world)
        assert ready.status == 200

    async def book(line: Connection, place: int) -> None:
        sms = await line.send("GET", f"/_sandbox/sms/wait?to=%2B{_phone(place)[1:]}", None, in_world)
        customer = Customer(line, sms.body["messages"][0]["link"].rpartition("/")[2])
        await customer.open()
        await customer.book(place)
        await customer.move(place + 7)

    async def clock(goal: dict[str, str]) -> None:
        async with await Connection.to(box.url) as line:
            moved = await line.send("POST", "/_sandbox/clock", goal, in_world)
        assert moved.body["ready"], moved

    await _share(box.url, number, hand_in)
    await clock({"until": "csv-deadline"})
    rows = await _fetch(box, operator)
    await clock({"to": "2026-03-04T09:00"})
    await _share(box.url, number, book)
    await clock({"until": "idle"})
    return rows


async def _share(url: str, number: int, act: Callable[[Connection, int], Awaitable[None]]) -> None:
    """Do an act for every order; each connection does it for a part of them."""

    async def work(first_place: int, line: Connection) -> None:
        for place in range(first_place, number, CONNECTIONS):
            await act(line, place)

    async with connections(url, CONNECTIONS) as lines:
        await asyncio.gather(*(work(place, line) for place, line in enumerate(lines)))


async def _fetch(box: SandboxProcess, operator: dict[str, Any]) -> int:
    """The operator's files by SFTP; how many rows they hold."""
    host, _, port = str(box.introduction["sftp"]).rpartition(":")
    known_hosts = Path(box.introduction["data"]) / "keys" / "known_hosts"
    async with (
        asyncssh.connect(
            host,
            int(port),
            username=operator["sftp_user"],
            client_keys=[operator["sftp_key_file"]],
            known_hosts=str(known_hosts),
            config=None,
        ) as connection,
        connection.start_sftp_client() as sftp,
    ):
        files = [str(name) for name in await sftp.listdir(".") if str(name).endswith(".csv")]
        contents = []
        for name in files:
            async with sftp.open(name, "rb") as file:
                contents.append(await file.read())
    return sum(len(content.splitlines()) for content in contents)


def _phone(place: int) -> str:
    return f"+3933312{place + 10:05d}"
