"""Real servers on 127.0.0.1, on free ports: an SFTP site, and an operator's HTTP endpoint in a thread of its own.

Nothing here knows what is tested with them.
"""

from __future__ import annotations

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


async def sftp_site(folder: Path, key: asyncssh.SSHKey, **options: Any) -> asyncssh.SSHAcceptor:
    """An SFTP site of a folder in the running event loop. It has this key, which opens it too."""
    return await asyncssh.listen(
        "127.0.0.1",
        0,
        server_host_keys=[key],
        authorized_client_keys=asyncssh.import_authorized_keys(key.export_public_key().decode()),
        sftp_factory=lambda channel: asyncssh.SFTPServer(channel, chroot=bytes(folder)),
        **options,
    )


def known_site(site: asyncssh.SSHAcceptor, key: asyncssh.SSHKey) -> asyncssh.SSHKnownHosts:
    """The host keys of a client that trusts this site."""
    return asyncssh.import_known_hosts(f"[127.0.0.1]:{site.get_port()} {key.export_public_key().decode()}")


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
