"""The one HTTP client for a running sandbox, used by the commands of the terminal and by the remote driver.

It knows addresses, worlds and one token, and no operation. No redirect is followed and no proxy is asked, so that the
token goes nowhere else. Waiting is in real time, whatever a rehearsal does to the clock or to `requests` itself.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.exceptions import InvalidHeader, InvalidURL, RequestException

IDLE_SECONDS = 2.0  # a connection that was idle for longer may be closed, and is not used again
NONE: Mapping[str, Any] = MappingProxyType({})


class Unreachable(Exception):
    """No answer came, or not all of it. Data: why, in one line."""


class Unaskable(ValueError):
    """A request that cannot be written, or an address that is none. Data: what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, reason and content of an HTTP answer."""

    status: int
    reason: str
    content: bytes

    @property
    def members(self) -> dict[str, Any]:
        """The members of the JSON object in it."""
        members: dict[str, Any] = json.loads(self.content) if self.content else {}
        return members

    @property
    def is_done(self) -> bool:
        """Whether it did what was asked."""
        return 200 <= self.status < 300

    @property
    def problem(self) -> str:
        """What a problem says, in one line."""
        try:
            return _line(self.members["detail"])
        except (ValueError, LookupError, TypeError):
            return _line(f"answered {self.status} {self.reason}")


class RealAdapter(HTTPAdapter):
    """Sends over the network even where a rehearsal has replaced the library's own `send`."""

    send = HTTPAdapter.send


class SandboxClient:
    """Asks the sandbox at an address; one connection serves its requests, one after the other."""

    def __init__(self, url: str, seconds: float, token: str | None = None) -> None:
        self.url = url.rstrip("/")
        self._seconds, self._used_at = seconds, 0.0
        _check_address(url)
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers = {"Accept-Encoding": "identity"} | (  # type: ignore[assignment]
            {"Authorization": f"Bearer {token}"} if token else {}
        )
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, RealAdapter())

    def close(self) -> None:
        """Close the connection."""
        self._session.close()

    def ask(
        self,
        method: str,
        path: str,
        *,
        world: str | None = None,
        query: Mapping[str, Any] = NONE,
        body: object = None,
        headers: Mapping[str, str] = NONE,
    ) -> Answer:
        """One request and its answer, whatever its status; bytes go as they are, another body as JSON.

        Raises Unreachable, Unaskable.
        """
        content = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        with self._response(method, path, world, query, content, headers, stream=False) as response:
            return _answer(response)

    @contextmanager
    def lines(
        self,
        path: str,
        *,
        world: str | None = None,
        query: Mapping[str, Any] = NONE,
        headers: Mapping[str, str] = NONE,
    ) -> Iterator[tuple[Answer | None, Iterator[bytes]]]:
        """The lines of a stream as they come, or the answer where it is no stream. Raises as `ask`."""
        with self._response("GET", path, world, query, None, headers, stream=True) as response:
            if response.ok:
                yield None, _lines(response)
            else:
                yield _answer(response), iter(())

    @contextmanager
    def _response(
        self,
        method: str,
        path: str,
        world: str | None,
        query: Mapping[str, Any],
        content: bytes | None,
        headers: Mapping[str, str],
        stream: bool,
    ) -> Iterator[requests.Response]:
        if time.monotonic() - self._used_at > IDLE_SECONDS:
            self._session.close()
        prefix = f"/worlds/{quote(world, safe='')}" if world else ""
        all_headers = {"Content-Type": "application/json", **headers}
        parameters = {name: value for name, value in query.items() if value is not None}
        with _plain_errors():
            response = self._session.request(
                method,
                f"{self.url}{prefix}{path}",
                params=parameters,
                data=content,
                headers=all_headers,
                timeout=self._seconds,
                allow_redirects=False,
                stream=stream,
            )
        with response:
            yield response
        self._used_at = time.monotonic()


def _answer(response: requests.Response) -> Answer:
    with _plain_errors():
        return Answer(response.status_code, response.reason or "", response.content)


def _lines(response: requests.Response) -> Iterator[bytes]:
    with _plain_errors():
        yield from response.iter_lines()


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Turn what the library raises into Unaskable or Unreachable, with the reason alone."""
    try:
        yield
    except (InvalidHeader, InvalidURL, UnicodeError) as error:
        raise Unaskable(_line(error)) from error
    except RequestException as error:
        raise Unreachable(_line(_cause_of(error))) from error


def _check_address(url: str) -> None:
    """Raise Unaskable unless it is an http address."""
    try:
        parts = urlsplit(url)
        is_one = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError as error:
        raise Unaskable(_line(error)) from error
    if not is_one:
        raise Unaskable("no http address")


def _cause_of(error: BaseException) -> BaseException:
    """The error of the operating system or the protocol, beneath those of the libraries."""
    while (cause := error.__cause__ or error.__context__) is not None:
        error = cause
    return error


def _line(text: object) -> str:
    return " ".join(str(text).split())
