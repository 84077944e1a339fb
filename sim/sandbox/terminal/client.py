"""How a command asks a running sandbox, in one of its worlds, with the control token.

An operation is written as OpenAPI does, `POST /_sandbox/orders/{order}/cancel`. Whatever goes wrong is a CommandError
of one line. It does not know what an answer means; `http_client` sends the requests.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from reference_impl.errors import CallerError
from sim.sandbox.options import PREFIX

if TYPE_CHECKING:
    from sim.sandbox import http_client

DEFAULT_URL = "http://127.0.0.1:8020"
URL_VARIABLE, TOKEN_VARIABLE = PREFIX + "URL", PREFIX + "CONTROL_TOKEN"
MOVE_SECONDS = 600.0
UNAUTHORIZED = 401
NONE: Mapping[str, Any] = MappingProxyType({})
Answer = dict[str, Any]  # the JSON object that a sandbox answers with


class CommandError(CallerError):
    """A command that could not be done. Data: one line that says why."""


@dataclass(frozen=True, slots=True)
class Document:
    """A body that is not JSON."""

    kind: str
    content: bytes


class Client:
    """Asks in the name of a command. `names` fill the path of an operation; other names are ignored."""

    def __init__(self, command: str, url: str = "", world: str | None = None, token: str | None = None) -> None:
        from sim.sandbox.http_client import SandboxClient, Unaskable  # slow to import: help needs none of it

        self._command, self._world = command, world
        try:
            self._http = SandboxClient(url or DEFAULT_URL, MOVE_SECONDS, token)
        except Unaskable as error:
            allowed = f"an http address such as {DEFAULT_URL}"
            raise CommandError(f"--url: {url!r} is not allowed; allowed: {allowed}") from error

    def ask(
        self,
        operation: str,
        names: Mapping[str, Any] = NONE,
        *,
        query: Mapping[str, Any] = NONE,
        body: object = None,
        headers: Mapping[str, str] = NONE,
    ) -> Answer:
        """The JSON object of an answer, without members if it is empty. Raises CommandError."""
        content = self.fetch(operation, names, query=query, body=body, headers=headers)
        try:
            answer: Answer = json.loads(content) if content else {}
            return answer
        except ValueError as error:
            raise CommandError(f"{self._http.url} answers, but is no sandbox") from error

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
        document = body if isinstance(body, Document) else Document("application/json", _json(body))
        with self._as_command_errors():
            method, path = _method_and_path(operation, names)
            content = None if method == "GET" else document.content
            answer = self._http.ask(
                method,
                path,
                world=self._world,
                query=query,
                body=content,
                headers={"Content-Type": document.kind, **headers},
            )
        self._check(answer)
        return answer.content

    def follow(self, operation: str, query: Mapping[str, Any] = NONE) -> Iterator[Any]:
        """The events of a stream as they come, to its end. Raises CommandError."""
        _, path = _method_and_path(operation, NONE)
        accepted = {"Accept": "text/event-stream"}
        with (
            self._as_command_errors(),
            self._http.lines(path, world=self._world, query=query, headers=accepted) as stream,
        ):
            refusal, lines = stream
            if refusal is not None:
                self._check(refusal)
            for line in lines:
                if line.startswith(b"data:"):
                    yield json.loads(line.removeprefix(b"data:"))

    def _check(self, answer: http_client.Answer) -> None:
        if not answer.is_done:
            raise CommandError(f"{self._command}: {_problem_of(answer)}")

    @contextmanager
    def _as_command_errors(self) -> Iterator[None]:
        from sim.sandbox.http_client import Unreachable

        try:
            yield
        except Unreachable as error:
            raise CommandError(
                f"no sandbox answers at {self._http.url}: {error}; start one with: appuntamento sandbox"
            ) from error
        except ValueError as error:  # characters that a path or a header cannot hold
            raise CommandError(f"{self._command}: cannot be asked: {' '.join(str(error).split())}") from error


def _method_and_path(operation: str, names: Mapping[str, Any]) -> tuple[str, str]:
    """Method and path of an operation. Raises UnicodeError for a name that no path can hold."""
    method, _, template = operation.partition(" ")
    return method, template.format_map({name: quote(str(value), safe="") for name, value in names.items()})


def _json(body: object) -> bytes:
    return b"" if body is None else json.dumps(body).encode()


def _problem_of(answer: http_client.Answer) -> str:
    if answer.status == UNAUTHORIZED:
        return f"the control token is needed, in the variable {TOKEN_VARIABLE}; the sandbox printed it when it started"
    return answer.problem
