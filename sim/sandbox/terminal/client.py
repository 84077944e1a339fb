"""The one HTTP client of the command line: asks a running sandbox, in one of its worlds, with the control token.

An operation is written as OpenAPI does, `POST /_sandbox/orders/{order}/cancel`. Whatever goes wrong is a CommandError
of one line. No redirect is followed, so that the token goes nowhere else. What an answer means, nobody knows here.
"""

from __future__ import annotations

import http.client
import json
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from reference_impl.errors import CallerError
from sim.sandbox.options import PREFIX

DEFAULT_URL = "http://127.0.0.1:8020"
URL_VARIABLE, TOKEN_VARIABLE = PREFIX + "URL", PREFIX + "CONTROL_TOKEN"
MOVE_SECONDS = 600.0
UNAUTHORIZED = 401
NONE: Mapping[str, Any] = MappingProxyType({})


class CommandError(CallerError):
    """A command that could not be done. Data: one line that says why."""


@dataclass(frozen=True, slots=True)
class Document:
    """A body that is not JSON."""

    kind: str
    content: bytes


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer like any other."""

    def redirect_request(self, *_: Any) -> None:
        """There is no other request."""


class Client:
    """Asks in the name of a command. `names` fill the path of an operation; those it does not name are left out."""

    def __init__(self, command: str, url: str = "", world: str | None = None, token: str | None = None) -> None:
        self._command, self._url, self._token = command, (url or DEFAULT_URL).rstrip("/"), token
        self._prefix = f"/worlds/{quote(world, safe='')}" if world else ""
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirect())
        if not _is_address(self._url):
            raise CommandError(f"--url: {url!r} is not allowed; allowed: an http address such as {DEFAULT_URL}")

    def ask(
        self,
        operation: str,
        names: Mapping[str, Any] = NONE,
        *,
        query: Mapping[str, Any] = NONE,
        body: object = None,
        headers: Mapping[str, str] = NONE,
    ) -> Any:
        """The JSON of an answer; None if it is empty. Raises CommandError."""
        content = self.fetch(operation, names, query=query, body=body, headers=headers)
        try:
            return json.loads(content) if content else None
        except ValueError as error:
            raise CommandError(f"{self._url} answers, but is no sandbox") from error

    def fetch(
        self,
        operation: str,
        names: Mapping[str, Any] = NONE,
        *,
        query: Mapping[str, Any] = NONE,
        body: object = None,
        headers: Mapping[str, str] = NONE,
    ) -> bytes:
        """The bytes of an answer. Raises CommandError."""
        with self._answer(operation, names, query, body, headers) as answer:
            content: bytes = answer.read()
            return content

    def follow(self, operation: str, query: Mapping[str, Any] = NONE) -> Iterator[Any]:
        """The events of a stream as they come, to its end. Raises CommandError."""
        with self._answer(operation, NONE, query, None, {"Accept": "text/event-stream"}) as answer:
            for line in answer:
                if line.startswith(b"data:"):
                    yield json.loads(line.removeprefix(b"data:"))

    @contextmanager
    def _answer(
        self, operation: str, names: Mapping[str, Any], query: Mapping[str, Any], body: object, said: Mapping[str, str]
    ) -> Iterator[Any]:
        try:
            request = self._request(operation, names, query, body, said)
            with self._opener.open(request, timeout=MOVE_SECONDS) as answer:
                yield answer
        except urllib.error.HTTPError as error:
            raise CommandError(f"{self._command}: {_said(error)}") from error
        except (OSError, http.client.HTTPException) as error:
            why = _line(getattr(error, "reason", error))
            raise CommandError(
                f"no sandbox answers at {self._url}: {why}; start one with: appuntamento sandbox"
            ) from error
        except ValueError as error:  # characters that a path or a header cannot hold
            raise CommandError(f"{self._command}: cannot be asked: {_line(error)}") from error

    def _request(
        self, operation: str, names: Mapping[str, Any], query: Mapping[str, Any], body: object, said: Mapping[str, str]
    ) -> urllib.request.Request:
        method, _, template = operation.partition(" ")
        path = template.format_map({name: quote(str(value), safe="") for name, value in names.items()})
        given = urlencode({name: value for name, value in query.items() if value is not None})
        url = f"{self._url}{self._prefix}{path}" + (f"?{given}" if given else "")
        document = body if isinstance(body, Document) else Document("application/json", _json(body))
        headers = {"Content-Type": document.kind, **said}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        return urllib.request.Request(url, None if method == "GET" else document.content, headers, method=method)


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _json(body: object) -> bytes:
    return b"" if body is None else json.dumps(body).encode()


def _said(error: urllib.error.HTTPError) -> str:
    """What a problem says, in one line."""
    if error.code == UNAUTHORIZED:
        return f"the control token is needed, in the variable {TOKEN_VARIABLE}; the sandbox printed it when it started"
    try:
        detail = json.load(error)["detail"]
    except (ValueError, LookupError, TypeError):
        detail = f"answered {error.code} {error.reason}"
    return _line(detail)


def _line(said: object) -> str:
    return " ".join(str(said).split())
