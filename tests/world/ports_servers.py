"""Real servers on 127.0.0.1 for the port tests: an SFTP site and an operator's HTTP endpoint, each in its own thread.

Every server is a context manager that leaves neither thread nor socket behind. Ports are chosen by the system and keys
are made on the spot. Nothing here knows the adapters under test.
"""

from __future__ import annotations

import asyncio
import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import asyncssh

from tests.patience import HANG_SECONDS
from tests.world.sftp_adapter import SftpSite

USERNAME = "tim-wholesale"


class Site(asyncssh.SFTPServer):
    """An SFTP server confined to a folder; `misbehave` makes its uploads go wrong."""

    root: Path
    misbehave: str | None = None

    def __init__(self, channel: asyncssh.SSHServerChannel[bytes]) -> None:
        super().__init__(channel, chroot=str(self.root).encode())
        self._channel = channel

    async def write(self, file_obj: object, offset: int, data: bytes) -> int:
        """Write, or write a part and cut the connection, or never come back."""
        if self.misbehave == "cut":
            written: int = super().write(file_obj, offset, data[: len(data) // 2])  # type: ignore[assignment]
            self._channel.get_connection().abort()
            return written
        if self.misbehave == "stall":
            self.close(file_obj)  # nobody will, once this never comes back
            await asyncio.Event().wait()
        return super().write(file_obj, offset, data)  # type: ignore[return-value]

    def posix_rename(self, oldpath: bytes, newpath: bytes) -> None:
        """Rename, or cut the connection just after or just before it."""
        if self.misbehave != "cut before renaming":
            super().posix_rename(oldpath, newpath)
        if self.misbehave is not None and self.misbehave.endswith("renaming"):
            self._channel.get_connection().abort()


class SftpServer:
    """A running SFTP site: `site` says how to reach it, `folder` is its root."""

    def __init__(self, folder: Path, keys: Path) -> None:
        self.folder = folder

        class SiteHere(Site):
            root = folder

        self.behaviour = SiteHere
        self._keys = keys
        self._loop = asyncio.new_event_loop()
        self._connections: list[asyncssh.SSHServerConnection] = []
        self._thread = threading.Thread(target=self._loop.run_forever, name="sftp-server")
        self._thread.start()
        self.site = asyncio.run_coroutine_threadsafe(self._start(), self._loop).result()

    def misbehave(self, how: str | None) -> None:
        """`cut`, `stall`, `cut before renaming`, `cut after renaming`, or None to behave again."""
        self.behaviour.misbehave = how

    def stop(self) -> None:
        """Close listener, connections and thread."""
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _start(self) -> SftpSite:
        host_key = asyncssh.generate_private_key("ssh-ed25519")
        client_key = asyncssh.generate_private_key("ssh-ed25519")
        client_key.write_private_key(str(self._keys / "client"))
        client_key.write_public_key(str(self._keys / "authorized"))
        self._acceptor = await asyncssh.create_server(
            self._connected,
            "127.0.0.1",
            0,
            server_host_keys=[host_key],
            authorized_client_keys=str(self._keys / "authorized"),
            sftp_factory=self.behaviour,
        )
        port = self._acceptor.get_port()
        public_key = host_key.export_public_key().decode()
        (self._keys / "known_hosts").write_text(f"[127.0.0.1]:{port} {public_key}")
        return SftpSite(
            "127.0.0.1",
            port,
            USERNAME,
            self._keys / "client",
            self._keys / "known_hosts",
            connect_seconds=HANG_SECONDS,
            transfer_seconds=HANG_SECONDS,
            settle_seconds=HANG_SECONDS,
        )

    def _connected(self) -> asyncssh.SSHServer:
        connections = self._connections

        class Greeter(asyncssh.SSHServer):
            def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
                connections.append(conn)

        return Greeter()

    async def _stop(self) -> None:
        self._acceptor.close()
        await self._acceptor.wait_closed()
        for connection in self._connections:
            connection.abort()
            await connection.wait_closed()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        await asyncio.get_running_loop().shutdown_default_executor()


@contextmanager
def sftp_server(folder: Path, keys: Path) -> Iterator[SftpServer]:
    """An SFTP site that serves `folder` and puts its keys into `keys`."""
    server = SftpServer(folder, keys)
    try:
        yield server
    finally:
        server.stop()


class OperatorEndpoint:
    """An operator's HTTP endpoint: `received` holds path, headers and JSON body; `answer` is its status."""

    def __init__(self) -> None:
        self.received: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.answer = 204
        self.answer_body = b""
        self.location: str | None = None
        self.silent = False
        self.clock_ahead_seconds = 0.0
        self.before_answer: Callable[[dict[str, Any]], object] | None = None
        self._let_go = threading.Event()
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                endpoint.take(self)

            def date_time_string(self, timestamp: float | None = None) -> str:
                """The header Date, by the clock of this endpoint."""
                return super().date_time_string(time.time() + endpoint.clock_ahead_seconds)

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing on stderr."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = False  # so that closing waits for them
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), name="endpoint")
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/notifications"

    def take(self, request: BaseHTTPRequestHandler) -> None:
        """Keep a request and answer it as told."""
        body = request.rfile.read(int(request.headers["Content-Length"]))
        self.received.append((request.path, dict(request.headers), json.loads(body)))
        if self.before_answer is not None:
            self.before_answer(self.received[-1][2])
        if self.silent:
            self._let_go.wait()
            return
        request.send_response(self.answer)
        if self.location is not None:
            request.send_header("Location", self.location)
        if self.answer_body:
            request.send_header("Content-Length", str(len(self.answer_body)))
        request.end_headers()
        request.wfile.write(self.answer_body)

    def speak_tls(self, certificate: Path) -> None:
        """Speak TLS from now on, with the certificate and key of a PEM file."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.url = self.url.replace("http:", "https:")

    def stop(self) -> None:
        """Let waiting requests go, close the server and its threads."""
        self._let_go.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@contextmanager
def operator_endpoint() -> Iterator[OperatorEndpoint]:
    """An operator's endpoint that answers 204 until told otherwise."""
    endpoint = OperatorEndpoint()
    try:
        yield endpoint
    finally:
        endpoint.stop()
