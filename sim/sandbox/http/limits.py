"""The checks that every HTTP request passes first: its host, its world, its origin, its rate and its size.

    Host                a name of ours, or the domain of an operator's links (`/x` is then the page `/va/x`); else 421
    /worlds/NAME/…      the world; or the header Appuntamento-World; else the default one
    Origin              requests that change something come from our own pages or from no page at all; else 403
    rate                so many requests a second from one address; else 429
    body                so many bytes within so many real seconds, JSON only so many levels deep; else 413, 408, 422

The head of a request has its own deadline in the server. Answers get the headers that keep pages to themselves.
"""

from __future__ import annotations

import asyncio
import json
import logging
import random
import re
import traceback
from collections import OrderedDict
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from sim.sandbox.world.spec import DEFAULT_WORLD

LOG = logging.getLogger("appuntamento.sandbox")
Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LARGEST_BODY_BYTES = 1_000_000
BODY_SECONDS = 10.0
LONGER_BY_CHANCE = 0.2  # so that bodies which began together do not end together and begin together again
DEEPEST_JSON = 32
CALLERS_REMEMBERED = 10_000
JSON_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
BRACKETS = re.compile(rb"[\[\]{}]")
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
PATHS_OF_LINKS = ("/va/", "/agent/", "/tmf-api/", "/static/")
LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "[::1]")
WORLD_PREFIX = "/worlds/"
PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
ANSWER_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),  # with no-referrer the forms of our pages would say Origin: null
    (b"cache-control", b"no-store"),
    (b"content-security-policy", PAGE_POLICY.encode()),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)


class Refusal(Exception):
    """A request that goes no further. Data: status, title, detail."""

    def __init__(self, status: int, title: str, detail: str) -> None:
        super().__init__(status, title, detail)
        self.status, self.title, self.detail = status, title, detail


@dataclass(slots=True)
class Bucket:
    """What one caller may still ask for, and when that was counted."""

    left: float
    at: float


class Limits:
    """The limits around an application. `is_link_domain` says whether a host is that of an operator's links."""

    def __init__(self, app: App, hosts: tuple[str, ...], is_link_domain: Callable[[str], bool], rate: int) -> None:
        self._app = app
        self._hosts = frozenset((*LOOPBACK_HOSTS, *hosts))
        self._is_link_domain = is_link_domain
        self._rate = rate
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        sender = _with_headers(send)
        try:
            headers = _single_headers(scope)
            self._spend(str((scope.get("client") or ("",))[0]))
            self._route(scope, headers)
            _check_origin(scope["method"], headers)
            body = b"" if scope["method"] in SAFE_METHODS else await _body_of(headers, receive)
        except Refusal as refusal:
            await _refuse(refusal, sender)
            return
        try:
            await self._app(scope, _receive_again(body, receive), sender)
        except Exception as error:  # answered as a fault already; what the request held stays out of the log
            LOG.error("fault of the sandbox: %s at %s", type(error).__name__, _place_of_error(error))
            LOG.debug("the same with all it says", exc_info=error)

    def _route(self, scope: Scope, headers: dict[bytes, bytes]) -> None:
        """Find the world of a request; lead the path of a link on the operator's own domain to its page."""
        host = _name_of(headers.get(b"host", b"").decode("latin-1"))
        domain: str | None = None  # of an operator's links, if it is one that was asked
        path, world = scope["path"], headers.get(b"appuntamento-world", DEFAULT_WORLD.encode()).decode("latin-1")
        if host not in self._hosts:
            if not self._is_link_domain(host):
                raise Refusal(
                    421, "Misdirected request", "Host must be a name of this sandbox (--allowed-host adds one)"
                )
            domain = host
            if not path.startswith(PATHS_OF_LINKS):  # a token may begin with "va"
                path = "/va" + path
        elif path.startswith(WORLD_PREFIX):
            world, _, rest = path.removeprefix(WORLD_PREFIX).partition("/")
            path = "/" + rest
        scope["path"] = path
        scope["raw_path"] = path.encode()
        scope["state"] = {**scope.get("state", {}), "world": world, "link_domain": domain}

    def _spend(self, caller: str) -> None:
        """Count a request of an address. Its allowance grows by the rate, to that of one second at most."""
        now = monotonic()
        bucket = self._buckets.setdefault(caller, Bucket(float(self._rate), now))
        self._buckets.move_to_end(caller)
        if len(self._buckets) > CALLERS_REMEMBERED:
            self._buckets.popitem(last=False)
        bucket.left = min(float(self._rate), bucket.left + (now - bucket.at) * self._rate)
        bucket.at = now
        if bucket.left < 1:
            raise Refusal(429, "Too many requests", f"at most {self._rate} requests a second from one address")
        bucket.left -= 1


def _place_of_error(error: BaseException) -> str:
    """The file and line at which an error was raised."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno}"


def _single_headers(scope: Scope) -> dict[bytes, bytes]:
    return dict(reversed(scope["headers"]))


def _name_of(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdigit() else host).lower()


def _check_origin(method: str, headers: dict[bytes, bytes]) -> None:
    """CSRF: what changes something must come from our own pages, or from no page."""
    if method in SAFE_METHODS:
        return
    origin, site = headers.get(b"origin"), headers.get(b"sec-fetch-site")
    if site is not None:
        foreign = site not in (b"same-origin", b"none")
    else:  # browsers leave it out over plain HTTP beyond loopback; a page that hides where it is has the origin "null"
        foreign = origin is not None and origin.partition(b"://")[2] != headers.get(b"host")
    if foreign:
        raise Refusal(403, "Forbidden", "this request comes from another site")


async def _body_of(headers: dict[bytes, bytes], receive: Receive) -> bytes:
    try:
        async with asyncio.timeout(BODY_SECONDS * (1 + random.random() * LONGER_BY_CHANCE)):
            body = await _read(receive)
    except TimeoutError:
        raise Refusal(408, "Request timeout", f"the body did not arrive within {BODY_SECONDS:g} seconds") from None
    if b"json" in headers.get(b"content-type", b""):
        _check_depth(body)
    return body


async def _read(receive: Receive) -> bytes:
    parts: list[bytes] = []
    size, has_more = 0, True
    while has_more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refusal(400, "Bad request", "the body is not whole")
        part = message.get("body", b"")
        size += len(part)
        if size > LARGEST_BODY_BYTES:
            raise Refusal(413, "Content too large", f"at most {LARGEST_BODY_BYTES} bytes")
        parts.append(part)
        has_more = message.get("more_body", False)
    return b"".join(parts)


def _check_depth(body: bytes) -> None:
    """Count brackets outside strings: enough to keep parsers from recursing too deep."""
    depth = deepest = 0
    for bracket in BRACKETS.findall(JSON_STRING.sub(b"", body)):
        depth += 1 if bracket in b"[{" else -1
        deepest = max(deepest, depth)
    if deepest > DEEPEST_JSON:
        raise Refusal(422, "Unprocessable content", f"JSON at most {DEEPEST_JSON} levels deep")


def _receive_again(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives the body that was read already, then the further messages of the connection."""
    body_was_given = False

    async def again() -> Message:
        nonlocal body_was_given
        if body_was_given:
            return await receive()
        body_was_given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def _with_headers(send: Send) -> Send:
    async def sender(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = {name for name, _ in message["headers"]}
            message["headers"] = [*message["headers"], *(pair for pair in ANSWER_HEADERS if pair[0] not in own)]
        await send(message)

    return sender


async def _refuse(refusal: Refusal, send: Send) -> None:
    problem = {"type": "about:blank", "title": refusal.title, "status": refusal.status, "detail": refusal.detail}
    headers = [(b"content-type", b"application/problem+json"), (b"connection", b"close")]
    if refusal.status == 429:
        headers.append((b"retry-after", b"1"))
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(problem).encode()})
