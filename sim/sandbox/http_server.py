"""The HTTP server as a wire: hypercorn in the sandbox's own loop, with a deadline for the head of every request.

Idle connections and heads that trickle in are closed after `HEAD_SECONDS`; bodies have their deadline in `http_limits`.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from contextlib import suppress

from hypercorn.asyncio import serve
from hypercorn.config import Config

from sim.sandbox.http_app import create_app
from sim.sandbox.sandbox import Sandbox

HEAD_SECONDS = 5.0
CLOSING_SECONDS = 1.0
BACKLOG = 1024


class HttpServer:
    """Pages and HTTP interfaces on one port."""

    name = "http"

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._over = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def start(self, sandbox: Sandbox) -> str:
        """Listen, and return the URL."""
        listener = _listener(self._host, self._port)
        port = listener.getsockname()[1]
        config = Config()
        config.bind = [f"fd://{listener.detach()}"]
        config.backlog = BACKLOG
        config.keep_alive_timeout = HEAD_SECONDS
        config.keep_alive_max_requests = 1_000_000
        config.graceful_timeout = CLOSING_SECONDS
        config.include_server_header = False
        config.accesslog = None
        config.errorlog = logging.getLogger("appuntamento.http")
        app = create_app(sandbox)
        self._task = asyncio.create_task(serve(app, config, shutdown_trigger=self._over.wait))  # type: ignore[arg-type]
        return f"http://[{self._host}]:{port}" if ":" in self._host else f"http://{self._host}:{port}"

    async def stop(self) -> None:
        """Let answers under way end, then close every connection."""
        self._over.set()
        if self._task is not None:
            with suppress(asyncio.CancelledError):
                await self._task


def _listener(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen(BACKLOG)  # whoever is told of the port can connect at once
    return listener
