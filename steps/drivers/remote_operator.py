"""The model operator at work against a sandbox in another process, over real wires, under the sandbox's clock.

Its notifications come as POSTs to an endpoint of its own, its files by SFTP, and its requests to the Virtual Agent go
out over HTTP to the links of the files; it cannot tell any of that from its usual days. Between two of its looks the
clock of the sandbox is moved only where something happens there. What befalls notifications on their way (`sim.faults`)
happens between the endpoint and the operator; the trace then gets the operator's own answers.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol
from urllib.parse import urlsplit

import freezegun
import responses
from requests import PreparedRequest

from reference_impl.civil_time import MINUTE, format_instant, parse_instant
from reference_impl.policy import CsvDialect
from reference_impl.ports import Notification, OrderKey, Slot
from sim.faults import NO_FAULTS, NotificationFaults, delivery_delays
from sim.operators.in_process_http import ANY_URL, ASK_NO_TIME, NOT_FROZEN, POLL_MINUTES, practice_of, wall_time
from sim.operators.model_operator import ModelOperator
from sim.operators.probes import Prober, headers_of
from sim.sandbox.http_client import Answer
from steps.drivers.target import SftpFolder
from steps.drivers.verbs import TraceEvent

NEVER = 1 << 62
TAKEN = 204
REAL_WIRES = ("sim.sandbox.http_client", "asyncssh", "urllib3")  # their time-outs are real


class Ask(Protocol):
    """A request to the world."""

    def __call__(self, method: str, path: str, body: object = None) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Arrival:
    """A notification that reaches the operator later than its endpoint."""

    at: int
    event: str
    notification: Notification
    copy: int
    body: bytes


class RemoteOperator:
    """The operator's working life. `run_until` lets it go on together with the world."""

    def __init__(
        self,
        ask: Ask,
        folder: SftpFolder,
        *,
        operator: Mapping[str, Any],
        dialect: CsvDialect,
        disturbed: str,
        seed: str,
        habits: Mapping[str, Any],
        now: int,
    ) -> None:
        self._ask, self._folder, self._seed = ask, folder, seed
        self._name = str(operator["operator"])
        self._faults = NotificationFaults(**{disturbed: 1.0}) if disturbed else NO_FAULTS  # type: ignore[arg-type]
        self._now = self._next_look = self._reached = now
        self._next_wake, self._is_unsettled = 0, True
        self._names: list[str] | None = None
        self._arrivals: list[Arrival] = []
        self._answers: list[TraceEvent] = []
        self._overtaken: set[str] = set()
        self._hears = threading.Event()  # not while it makes up its mind between a look and an act
        self._hears.set()
        self.after_next_look: Callable[[], None] | None = None
        practice = practice_of(operator.get("project_codes", ()), operator.get("delivery_codes", ()), dialect, habits)
        self.system = ModelOperator(self._name, self, practice)
        self._prober = Prober(self._name, lambda: self._now, self._record)
        self._heard: list[Notification] = []
        self.limit = self._prober.limit
        self._living = ExitStack()
        self._clock = self._living.enter_context(
            freezegun.freeze_time(wall_time(now), real_asyncio=True, ignore=[*NOT_FROZEN, *ASK_NO_TIME, *REAL_WIRES])
        )
        wire = self._living.enter_context(responses.RequestsMock(assert_all_requests_are_fired=False))
        for method in ("GET", "POST"):
            wire.add_callback(method, ANY_URL, self._carry)
        endpoint = self._living.enter_context(Endpoint(self._take))
        ask("PUT", f"/_sandbox/operators/{self._name}/endpoint", {"url": endpoint.url})

    def run_until(self, instant: int) -> None:
        """Let the world and the operator go on together."""
        while True:
            moment = min(self._next_look, instant)
            if moment >= self._next_wake or self._is_unsettled:
                self._move_world(moment)
            self._hand_over(moment)
            if self._next_look > instant:
                break
            self._show(moment)
            self.system.poll()
            try:
                self.system.act()
            finally:
                self._hears.set()
            self._next_look += POLL_MINUTES * MINUTE
        self._move_world(instant)
        self._show(instant)

    def listdir(self) -> list[str]:
        """The operator's directory; looked at again only if the world has moved."""
        if self._names is None:
            self._names = self._folder.listdir()
        return self._names

    def read(self, name: str) -> bytes:
        """A file of it."""
        return self._folder.read(name)

    def probe(self, kind: str, order: str, code: str) -> None:
        """Hand over a `forged`, `stale` or `replayed` notification now (OP-9)."""
        self._prober.probe(kind, order, code, self._heard, self.system.handle)

    def with_answers(self, events: Sequence[TraceEvent]) -> list[TraceEvent]:
        """The trace with the operator's own answers in place of those of its endpoint."""
        other_events = [
            event
            for event in events
            if event["type"] != "notification.answered" or event["data"]["notification"] not in self._overtaken
        ]
        return sorted([*other_events, *self._answers], key=lambda event: parse_instant(event["time"]))

    def close(self) -> None:
        """End this life."""
        self._living.close()

    def _take(self, headers: Mapping[str, str], body: bytes) -> tuple[int, bytes]:
        """A notification has come to the endpoint; the world waits for the answer."""
        self._hears.wait()
        event, notification = headers["webhook-id"].rpartition(".")[0], notification_from(body)
        self._heard.append(notification)
        if self._faults == NO_FAULTS:
            self._show(notification.at)
            return self.system.handle(body, headers_of(notification, body, self._now))
        self._overtaken.add(event)
        delays = delivery_delays(self._faults, self._seed, notification)
        for copy, delay in enumerate(delays, start=1):
            self._arrivals.append(Arrival(notification.at + delay, event, notification, copy, body))
        return TAKEN, b""

    def _hand_over(self, instant: int) -> None:
        """Let the notifications arrive that are due at or before an instant."""
        self._arrivals.sort(key=lambda arrival: arrival.at)
        while self._arrivals and self._arrivals[0].at <= instant:
            arrival = self._arrivals.pop(0)
            self._show(arrival.at)
            headers = headers_of(arrival.notification, arrival.body, arrival.at)
            status, _ = self.system.handle(arrival.body, headers)
            answer = {"operator": self._name, "notification": arrival.event, "copy": arrival.copy, "status": status}
            self._record("/notifications", "notification.answered", arrival.notification.key, answer)

    def _record(self, source: str, type: str, subject: OrderKey | None, data: Mapping[str, object]) -> None:
        """What the harness saw that the sandbox could not."""
        world = self._seed.partition("/")[2]
        event: TraceEvent = {
            "specversion": "1.0",
            "id": f"{world}-answer-{len(self._answers) + 1:03d}",
            "source": source,
            "type": type,
            "time": format_instant(self._now, milliseconds=True),
            "world": world,
            "data": {**data},
        }
        self._answers.append(event | ({"subject": subject.code} if subject is not None else {}))

    def _carry(self, request: PreparedRequest) -> tuple[int, dict[str, str], bytes]:
        """Carry a request of the operator to the Virtual Agent, which is where the link leads."""
        self._hears.set()
        if self._now > self._reached or self._is_unsettled:
            self._move_world(self._now)
        if (wait := self._prober.limited()) is not None:
            return 429, wait, b""
        path = f"/agent{urlsplit(request.url or '').path}"
        body = request.body or b"null"
        answer = self._ask(request.method or "", path, json.loads(body))
        self._is_unsettled = True
        if request.method == "GET" and self.after_next_look is not None:
            interruption, self.after_next_look = self.after_next_look, None
            self._hears.clear()  # it has looked: it learns what happens now when it acts, or when it is done
            interruption()
        return answer.status, {"Content-Type": "application/json"}, answer.content

    def _move_world(self, instant: int) -> None:
        """Move the sandbox's clock; everything due has been done then, its notifications too."""
        self._ask("POST", "/_sandbox/clock", {"to": format_instant(instant, milliseconds=True)})
        next_wake = self._ask("GET", "/_sandbox/clock").members["next_wake"]
        self._next_wake = parse_instant(next_wake) if next_wake else NEVER
        self._reached, self._is_unsettled, self._names = instant, False, None

    def _show(self, instant: int) -> None:
        self._now = instant
        self._clock.move_to(wall_time(instant))


class Endpoint:
    """A web server of the operator on 127.0.0.1, which hands every POST over. A context manager."""

    def __init__(self, take: Callable[[Mapping[str, str], bytes], tuple[int, bytes]]) -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                status, reply = take(self.headers, self.rfile.read(int(self.headers["Content-Length"])))  # type: ignore[arg-type]
                self.send_response(status)
                self.send_header("Content-Length", str(len(reply)))
                self.end_headers()
                self.wfile.write(reply)

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing on stderr."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = False  # so that closing waits for them
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), name="operator-endpoint")
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/notifications"

    def __enter__(self) -> Endpoint:
        self._thread.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def notification_from(body: bytes) -> Notification:
    """The notification in a POST of the sandbox, as far as it decides what befalls it."""
    members = json.loads(body)
    slot = members.get("slot")
    return Notification(
        members["order"],
        members["operator"],
        members["code"],
        members["label"],
        parse_instant(members["at"]),
        Slot(parse_instant(slot["start"]), parse_instant(slot["end"])) if slot else None,
        members.get("document"),
    )
