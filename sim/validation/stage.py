"""The stage of a validation: the sandbox's wires and the operator's desk, as the harness uses them.

The harness plays customers, field and clock over HTTP, on a sandbox of its own or a running one. After every act it
waits until the world is at rest and the operator has gone quiet: by asking the operator for rounds of work until
nothing more happens, or, where it has no such address, by watching for a while. It must not know stories or rules.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import requests

from reference_impl.civil_time import format_instant, parse_instant
from reference_impl.services import family_of
from reports.words.labels import Term, same
from reports.words.number_words import filled
from sim.sandbox.http_client import Answer, SandboxClient
from sim.sandbox.world.clock_words import parse_span
from sim.validation.operator_file import OperatorUnderTest

MOST_ROUNDS = 12
WHY = same("{what}: {why}")
SEND_AGAIN = Term("un'altra {code} di {order}", "send {code} of {order} again")
NONE_SENT = Term("non ne è partita nessuna", "none was sent")
ANSWERED = Term("ha risposto {status}", "answered {status}")


# Why a request got no answer, the narrower kind first: who reads it need not know the names of exceptions.
FAILURES: tuple[tuple[type[requests.RequestException], Term], ...] = (
    (requests.Timeout, Term("non ha risposto in tempo", "did not answer in time")),
    (requests.exceptions.SSLError, Term("il suo certificato non è accettato", "its certificate is not accepted")),
    (requests.ConnectionError, Term("la connessione non è riuscita", "the connection failed")),
    (requests.RequestException, Term("la richiesta non è riuscita", "the request failed")),
)


def failure_words(error: requests.RequestException) -> Term:
    """Why a request got no answer."""
    return next(words for kind, words in FAILURES if isinstance(error, kind))


def session_without_proxy() -> requests.Session:
    """A session that asks no proxy."""
    session = requests.Session()
    session.trust_env = False
    return session


class Undone(Exception):
    """Something could not be done. Data: what, and why; each in both languages where it is ours to say."""

    @property
    def words(self) -> Term:
        """What could not be done, and why."""
        what, why = self.args
        return filled(WHY, what=what, why=why)

    def __str__(self) -> str:
        return self.words.en


class StageError(Undone):
    """The harness itself could not do something. Data: what, and what it was answered."""


class RegistrationRefused(StageError):
    """The operator could not be registered as its file says."""


class DeskError(Undone):
    """The operator's desk or round did not answer as it should. Data: which address, what it did."""


@dataclass(frozen=True, slots=True)
class PlayedOrder:
    """An order of a story."""

    code: str
    service: str
    number: str


@dataclass(slots=True)
class Stage:
    """One world of a sandbox and the operator under test in it."""

    client: SandboxClient
    operator: OperatorUnderTest
    quiet_seconds: float
    world: str | None = None
    sleep: Callable[[float], None] = time.sleep
    clock_seconds: Callable[[], float] = time.monotonic
    desk: requests.Session = field(default_factory=session_without_proxy)
    desk_seconds: float = 30.0
    strangers_before: int = 0  # who came to the sandbox's wires before this world was there

    def ask(self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None) -> Answer:
        """A request to the sandbox. Raises StageError unless it did what was asked."""
        answer = self.client.ask(method, path, world=self.world, body=body, headers=headers or {})
        if not answer.is_done:
            raise StageError(f"{method} {path}", answer.problem)
        return answer

    # --- the world ---

    def submit(self, order: PlayedOrder, order_members: Mapping[str, Any]) -> None:
        """Hand in an order: the operator's desk, or the harness on its behalf."""
        if self.operator.desk is not None and "territory" not in order_members:
            errand = {
                "do": "order",
                "order": order.code,
                "service": order.service,
                "phone": order.number,
                **order_members,
            }
            self.call_desk(errand)
            return
        members = {"order": order.code, "operator": self.operator.operator, "service": order.service, **order_members}
        members |= {"line_state": "LNA", "phone": order.number, **self.operator.written_code}
        if members.get("disaggregated"):
            members["pdc_disaggregated"] = True
        self.ask("POST", "/_sandbox/orders", members)

    def line_ready(self, order: PlayedOrder) -> None:
        """The network reports AC or CO."""
        family = family_of(order.service)
        assert family is not None
        self.ask("POST", self._of(order, "line"), {"code": family.trigger})

    def cancel(self, order: PlayedOrder) -> None:
        """The order is cancelled in the name of its operator."""
        self.ask("POST", self._of(order, "cancel"), {"reason": "operator"})

    def customer(self, order: PlayedOrder, act: str) -> None:
        """The customer acts from the link in the SMS; for a band, one in the middle of those on offer."""
        links = self.ask("GET", self._of(order, "links")).members["links"]
        token = next(link["link"] for link in links if link["channel"] == "customer").rpartition("/")[2]
        headers = {"Appuntamento-Channel": "customer"}
        view = self.ask("GET", f"/agent/{token}", headers=headers).members
        slots = [slot for slot in view["slots"] if slot != view["slot"]]
        body = {} if act == "decline" else {"slot": slots[len(slots) // 2]}
        self.ask("POST", f"/agent/{token}/{act}", body, headers)

    def clock(self, **move: str) -> int:
        """Move the clock; it answers when everything due by then is done. How many events there are then."""
        return int(self.ask("POST", "/_sandbox/clock", move).members["events"])

    def advance(self, span: str) -> None:
        """Let time pass, with a pause wherever something happens, so that the operator can do its part."""
        target = self.now + parse_span(span)
        while (wake := self.next_wake()) is not None and wake < target:
            self.clock(to=format_instant(wake, milliseconds=True))
            self.settle()
        self.clock(to=format_instant(target, milliseconds=True))

    @property
    def now(self) -> int:
        """Where the clock stands."""
        return parse_instant(self.ask("GET", "/_sandbox/clock").members["now"])

    def send_again(self, order: PlayedOrder, code: str) -> None:
        """Send the last notification of an order with that code once more."""
        notices = self.ask("GET", f"/_sandbox/notifications?operator={quote(self.operator.operator)}").members
        ids = [notice["id"] for notice in notices["notifications"] if self._is(notice, order, code)]
        if not ids:
            raise StageError(filled(SEND_AGAIN, code=code, order=order.code), NONE_SENT)
        self.ask("POST", f"/_sandbox/notifications/{ids[-1]}/resend")

    def disturb(self, how: str, members: Mapping[str, Any]) -> None:
        """Do to the operator what may befall it."""
        self.ask("POST", f"/_sandbox/operators/{quote(self.operator.operator)}/disturb", {"how": how, **members})

    def has_sms(self, order: PlayedOrder) -> bool:
        """Whether the engagement SMS of an order has left."""
        path = f"/_sandbox/sms?order={quote(order.code)}&operator={quote(self.operator.operator)}"
        return bool(self.ask("GET", path).members["messages"])

    def trace(self) -> list[dict[str, Any]]:
        """The trace so far, closed."""
        return [json.loads(line) for line in self.ask("GET", "/_sandbox/trace").content.decode().splitlines()]

    def next_wake(self) -> int | None:
        """When something happens next; None where nothing is to come."""
        wake = self.ask("GET", "/_sandbox/clock").members["next_wake"]
        return None if wake is None else parse_instant(wake)

    # --- the operator ---

    def call_desk(self, errand: Mapping[str, Any]) -> None:
        """Ask the operator's call centre for something. Raises DeskError."""
        assert self.operator.desk is not None
        self._post(self.operator.desk, errand)

    def settle(self) -> None:
        """Wait until the world is at rest and the operator has gone quiet."""
        before, rounds = -1, 0
        while (events := self._at_rest()) != before and rounds < MOST_ROUNDS:
            before, rounds = events, rounds + 1
            if self.operator.round is not None:
                self._post(self.operator.round, None)
            else:
                self.sleep(self.quiet_seconds)

    def _at_rest(self) -> int:
        return self.clock(advance="0 s")

    def _post(self, url: str, body: object) -> None:
        try:
            answer = self.desk.post(url, json=body, timeout=self.desk_seconds, allow_redirects=False)
        except requests.RequestException as error:
            raise DeskError(url, failure_words(error)) from error
        if not answer.ok or answer.is_redirect:
            raise DeskError(url, filled(ANSWERED, status=answer.status_code))

    def _of(self, order: PlayedOrder, part: str) -> str:
        return f"/_sandbox/orders/{quote(order.code)}/{part}?operator={quote(self.operator.operator)}"

    @staticmethod
    def _is(notice: Mapping[str, Any], order: PlayedOrder, code: str) -> bool:
        return (notice["order"], notice["code"]) == (order.code, code)
