"""The HTTP server as a wire: uvicorn in the sandbox's own loop; connections whose peer is too slow are closed.

A connection is closed if in `HEAD_SECONDS` no whole head comes (also when it is idle between requests), or if in
`READ_SECONDS` the peer takes nothing of its answer. All connections are checked ten times a second, so that waiting
costs no task and no timer. Bodies have their deadline in `limits`.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Generic, TypeVar

from uvicorn import Config, Server
from uvicorn.protocols.http.h11_impl import H11Protocol

from sim.sandbox.http.limits import App

HEAD_SECONDS = 5.0
READ_SECONDS = 30.0
KEEP_ALIVE_SECONDS = 5
CLOSING_SECONDS = 1
BACKLOG = 1024
Served = TypeVar("Served")
LARGEST_HEAD_BYTES = 65_536


class HttpServer(Generic[Served]):
    """Pages and HTTP interfaces on one port; `application` makes them from what is served, for instance a sandbox."""

    name = "http"

    def __init__(self, host: str, port: int, application: Callable[[Served], App]) -> None:
        self._host, self._port, self._application = host, port, application
        self._server: PatientServer | None = None
        self._task: asyncio.Task[None] | None = None

    async def start(self, sandbox: Served) -> str:
        """Listen, and return the URL."""
        listener = _listener(self._host, self._port)
        port = listener.getsockname()[1]
        config = Config(
            self._application(sandbox),
            http="h11",
            ws="none",
            lifespan="off",
            interface="asgi3",
            workers=1,
            backlog=BACKLOG,
            h11_max_incomplete_event_size=LARGEST_HEAD_BYTES,
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=CLOSING_SECONDS,
            proxy_headers=False,
            server_header=False,
            access_log=False,
            log_config=None,
            log_level="critical",  # faults are logged in `limits`; what strangers send is none
        )
        self._server = PatientServer(config)
        self._task = asyncio.create_task(self._server.serve([listener]))
        return f"http://[{self._host}]:{port}" if ":" in self._host else f"http://{self._host}:{port}"

    async def stop(self) -> None:
        """Let answers under way end, then close every connection."""
        if self._server is not None and self._task is not None:
            self._server.should_exit = True
            await self._task
            for connection in _http_connections(self._server):
                connection.transport.abort()


class Standstills:
    """Since when each connection has waited for its peer, without a new request and without a byte taken."""

    def __init__(self) -> None:
        self._since: dict[tuple[H11Protocol, object, int], float] = {}

    def overdue(self, connections: Iterable[H11Protocol], now: float) -> list[H11Protocol]:
        """The connections that have waited too long, the longest first."""
        waiting_since: dict[tuple[H11Protocol, object, int], float] = {}
        overdue: list[tuple[float, H11Protocol]] = []
        for connection in connections:
            unread_bytes = connection.transport.get_write_buffer_size()
            if not unread_bytes and _is_under_way(connection):
                continue
            key = (connection, connection.cycle, unread_bytes)
            waiting_since[key] = self._since.get(key, now)
            due = waiting_since[key] + (READ_SECONDS if unread_bytes else HEAD_SECONDS)
            if due <= now:
                overdue.append((due, connection))
        self._since = waiting_since
        return [connection for _, connection in sorted(overdue, key=lambda pair: pair[0])]


class PatientServer(Server):
    """Uvicorn's server, which also closes connections that wait too long. It leaves signals alone."""

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        self._standstills = Standstills()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to the program."""
        yield

    async def on_tick(self, counter: int) -> bool:
        """Ten times a second: close a tenth of what is overdue, so that peers do not return all together."""
        overdue = self._standstills.overdue(_http_connections(self), monotonic())
        for connection in overdue[: len(overdue) // 10 + 1]:
            connection.transport.abort()
        return await super().on_tick(counter)


def _http_connections(server: Server) -> list[H11Protocol]:
    return [connection for connection in server.server_state.connections if isinstance(connection, H11Protocol)]


def _is_under_way(connection: H11Protocol) -> bool:
    """Whether a whole request has come and its answer is not complete."""
    return connection.cycle is not None and not connection.cycle.response_complete


def _listener(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # so named, asyncio sets TCP_NODELAY
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)  # a client that learns the port can connect at once
    except OSError:
        listener.close()
        raise
    return listener
