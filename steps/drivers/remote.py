"""The driver of a sandbox in another process, over its real wires: one world of its own for each scenario.

Orders go in by HTTP with the operator's key, files come by SFTP, SMS from the inbox, and the parties book at the
Virtual Agent. The trace is the target's; but what an SMS or a file says in it is replaced by what the wire carried, so
that the features are told of that. Nothing of the system under test is imported to ask it something.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from reference_impl.civil_time import format_instant, parse_instant
from sim.file_seen import file_seen
from sim.sandbox.http_client import Answer
from steps.drivers.reference import policy_of
from steps.drivers.remote_operator import RemoteOperator
from steps.drivers.target import Account, Request, SftpFolder, Target
from steps.drivers.verbs import AgentAct, Bounds, Employed, Refused, TraceEvent

CREATED, NOT_FOUND, CONFLICT, MISDIRECTED, UNPROCESSABLE = 201, 404, 409, 421, 422
ORDER_REFUSALS = (CONFLICT, UNPROCESSABLE)
AGENT_REFUSALS = (409, 410)
CHANNEL, WORLD = "Appuntamento-Channel", "Appuntamento-World"
LISTS = ("project_codes", "delivery_codes")


class TargetFault(Exception):
    """The target answered as no sandbox does. Data: the request, the status, what it said."""

    def __init__(self, request: str, answer: Answer) -> None:
        super().__init__(request, answer.status, answer.content[:500].decode(errors="replace"))


class RemoteDriver:
    """One world of a sandbox in another process. The protocol is `steps.drivers.verbs.Driver`."""

    def __init__(
        self,
        target: Target,
        *,
        name: str,
        start: int,
        readings: Mapping[str, object],
        declared: Mapping[str, object],
        seed: int,
        capacity: int,
        under_test: str,
    ) -> None:
        self._target, self._name, self._now = target, name, start
        self._policy = policy_of(readings, declared)
        self._under_test, self._seed = under_test, seed
        self._operators: dict[str, tuple[Mapping[str, object], Account]] = {}
        self._folders: dict[str, SftpFolder] = {}
        self._read: dict[str, bytes] = {}
        self._trace: list[TraceEvent] = []
        self._is_stale = True
        self._employed: RemoteOperator | None = None
        self._make(
            {
                "name": name,
                "start": shown(start),
                "seed": seed,
                "readings": dict(readings),
                "declared": dict(declared),
                "territories": {"LAZIO": capacity},
                "under_test": under_test,
            }
        )

    @property
    def trace(self) -> Sequence[TraceEvent]:
        """What the wires saw so far, in order."""
        self._look()
        return self._with_answers(self._trace)

    def register(self, members: Mapping[str, object]) -> None:
        """Register an operator, or one that is registered anew. Raises Refused with the field."""
        complete, name = {**dict.fromkeys(LISTS, ()), **members}, members.get("operator")
        is_known = name in self._operators
        request = ("PUT", f"/_sandbox/operators/{name}") if is_known else ("POST", "/_sandbox/operators")
        answer = self._ask(*request, complete, refusals=(UNPROCESSABLE,)).members
        account = Account(answer["api_key"], answer["sftp_user"], Path(answer["sftp_key_file"]))
        self._operators[str(members["operator"])] = members, account

    def submit(self, members: Mapping[str, object]) -> None:
        """Hand in a work order now. Raises Refused with the field."""
        operator = self._operators.get(str(members.get("operator")))
        if operator is None:
            self._ask("POST", "/_sandbox/orders", members, refusals=ORDER_REFUSALS)
        else:
            key = {"Authorization": f"Bearer {operator[1].api_key}"}
            self._ask("POST", "/v1/orders", members, headers=key, refusals=ORDER_REFUSALS)

    def line(self, operator: str, order: str, code: str) -> None:
        """The field network's AC or CO for an operator's order, now. Raises Refused for what no such order awaits."""
        path = f"/_sandbox/orders/{order}/line?operator={operator}"
        self._ask("POST", path, {"code": code}, refusals=(UNPROCESSABLE,))

    def cancel(self, operator: str, order: str, reason: str) -> None:
        """An operator cancels an order of its own, now."""
        self._ask("POST", f"/_sandbox/orders/{order}/cancel?operator={operator}", {"reason": reason})

    def act(self, act: str, link: str, channel: str, bounds: Bounds | None) -> None:
        """An act on the Virtual Agent, now. Raises Refused with the reason."""
        self._is_stale = True
        method, path, body, headers = self._request_of(AgentAct(act, link, channel, bounds))
        self._check(act, self._target.call(method, path, body, headers=headers))

    def act_at_once(self, acts: Sequence[AgentAct]) -> list[Refused | None]:
        """Acts of several parties, each over a connection of its own, all sent at the same moment. How each ended."""
        self._is_stale = True
        answers = self._target.call_at_once([self._request_of(act) for act in acts])
        return [self._ended(act.act, answer) for act, answer in zip(acts, answers, strict=True)]

    def _request_of(self, act: AgentAct) -> Request:
        """An act at the Virtual Agent as a request, under the domain of its link."""
        parts = urlsplit(act.link)
        path, headers = f"/agent/{token_of(act.link)}", {"Host": parts.netloc, WORLD: self._name}
        if act.act == "open":
            return "GET", path, None, headers
        body = {} if act.bounds is None else {"slot": {"start": shown(act.bounds[0]), "end": shown(act.bounds[1])}}
        return "POST", f"{path}/{act.act}", body, {**headers, CHANNEL: act.channel}

    def _ended(self, act: str, answer: Answer) -> Refused | None:
        try:
            self._check(act, answer)
        except Refused as refusal:
            return refusal
        return None

    def _check(self, act: str, answer: Answer) -> None:
        """Raises Refused with the reason where the Virtual Agent turned an act down."""
        if answer.status == MISDIRECTED:  # a domain that no operator has: no world has seen it
            raise Refused(act, "unknown_link")
        if answer.status == NOT_FOUND:
            self._raise_refusal_seen(act)
        elif answer.status in AGENT_REFUSALS:
            raise Refused(act, answer.members["reason"])
        elif not answer.is_done:
            raise TargetFault(f"{act} at the Virtual Agent", answer)

    def _raise_refusal_seen(self, act: str) -> None:
        """Raises Refused with the reason that the trace gives: the answer says only that the link opens nothing.

        Nothing is raised where the trace says that the link was opened all the same.
        """
        event = next((event for event in reversed(self.trace) if event["source"] == "/agent"), None)
        if event is None or event["type"] == "agent.rejected":
            raise Refused(act, "unknown_link" if event is None else event["data"]["reason"])

    def offered(self, link: str) -> list[Bounds]:
        """The bands on offer behind a link, now; asked as call-centre software does."""
        key = {"Authorization": f"Bearer {token_of(link)}"}
        answer = self._ask("POST", "/tmf-api/appointment/v4/searchTimeSlot", {}, headers=key)
        periods = [slot["validFor"] for slot in answer.members["availableTimeSlot"]]
        return [(parse_instant(period["startDateTime"]), parse_instant(period["endDateTime"])) for period in periods]

    def set_capacity(self, territory: str, bounds: Bounds, capacity: int) -> None:
        """Give one band of a territory a number of places of its own."""
        slot = {"start": shown(bounds[0]), "end": shown(bounds[1])}
        self._ask("PUT", "/_sandbox/slots", {"territory": territory, "slot": slot, "capacity": capacity})

    def ledger(self, operator: str, order: str) -> tuple[int, int, int]:
        """Gross, suspended and net milliseconds of an operator's order, now."""
        ledger = self._ask("GET", f"/_sandbox/orders/{order}?operator={operator}").members["ledger"]
        return ledger["gross_ms"], ledger["suspended_ms"], ledger["net_ms"]

    def fetch(self, path: str, anew: bool = False) -> bytes:
        """The bytes of a file on the operator's SFTP site, read once unless it is to be read `anew`."""
        if anew or path not in self._read:
            _, operator, name = path.split("/")
            self._read[path] = self._folder(operator).read(name)
            self._is_stale = True
        return self._read[path]

    def run_until(self, instant: int) -> None:
        """Let everything happen that is due at or before an instant. Never goes back."""
        if self._employed is not None:
            self._employed.run_until(instant)
            self._is_stale = True
        elif instant != self._now:
            self._ask("POST", "/_sandbox/clock", {"to": shown(instant)})
        self._now = instant

    def employ(self, operator: str, disturbed: str, habits: Mapping[str, Any]) -> Employed:
        """Let the model operator live in the world from now on; `disturbed` says what befalls its notifications."""
        self._employed = RemoteOperator(
            lambda method, path, body=None: self._call(method, path, body, {}),
            self._folder(operator),
            operator=self._operators[operator][0],
            dialect=self._policy.csv_dialect,
            disturbed=disturbed,
            seed=f"{self._seed}/{self._name}",
            habits=habits,
            now=self._now,
        )
        return Employed(self._employed.system, self._employed.probe, self._employed.limit)

    def when_operator_looks(self, interruption: Callable[[], None]) -> None:
        """Let something happen between the operator's next look at the Virtual Agent and what it does there."""
        assert self._employed is not None, "nobody was employed"
        self._employed.after_next_look = interruption

    def finish(self) -> list[TraceEvent]:
        """The whole trace, closed. The world is gone then."""
        try:
            self._look()
            lines = self._ask("GET", "/_sandbox/trace").content.decode().splitlines()
            self._add([json.loads(line) for line in lines[len(self._trace) :]])
            return self._with_answers(self._trace)
        finally:
            self.close()

    def close(self) -> None:
        """Let go of everything that lives with the world, and of the world."""
        if self._employed is not None:
            self._employed.close()
        for folder in self._folders.values():
            folder.close()
        self._folders.clear()
        self._target.call("DELETE", f"/_sandbox/worlds/{self._name}")

    def _make(self, members: Mapping[str, object]) -> None:
        """Make the world; one of that name that an earlier run left behind goes first."""
        answer = self._target.call("POST", "/_sandbox/worlds", members)
        if answer.status == UNPROCESSABLE and answer.members.get("field") == "name":
            self._target.call("DELETE", f"/_sandbox/worlds/{self._name}")
            answer = self._target.call("POST", "/_sandbox/worlds", members)
        if answer.status != CREATED:
            raise TargetFault("POST /_sandbox/worlds", answer)

    def _ask(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        headers: Mapping[str, str] | None = None,
        refusals: Sequence[int] = (),
    ) -> Answer:
        """Ask something of the world. Raises Refused for the statuses that are refusals, TargetFault for others."""
        answer = self._call(method, path, body, headers or {})
        if answer.is_done:
            return answer
        if answer.status not in refusals:
            raise TargetFault(f"{method} {path.partition('?')[0]}", answer)
        refusal = answer.members
        raise Refused(str(refusal.get("field")).removeprefix("body."), str(refusal.get("allowed")))

    def _call(self, method: str, path: str, body: object, headers: Mapping[str, str]) -> Answer:
        self._is_stale |= not path.startswith("/_sandbox/events")
        return self._target.call(method, path, body, self._name, headers)

    def _folder(self, operator: str) -> SftpFolder:
        if operator not in self._folders:
            self._folders[operator] = self._target.sftp(self._operators[operator][1])
        return self._folders[operator]

    def _look(self) -> None:
        """Take in what has happened since the last look."""
        if self._is_stale:
            self._is_stale = False
            answer = self._ask("GET", f"/_sandbox/events?after={len(self._trace)}")
            self._add(answer.members["events"])

    def _add(self, events: Sequence[TraceEvent]) -> None:
        """Take in new events, with what their wires carried."""
        inbox: dict[str, Any] = {}
        if any(event["type"] == "sms.sent" for event in events):
            messages = self._ask("GET", "/_sandbox/sms").members["messages"]
            inbox = {message["id"]: message for message in messages}
            self._is_stale = False
        for event in events:
            if event["type"] == "sms.sent":
                message = inbox[event["id"]]
                event["data"] |= {name: message[name] for name in ("to", "alias", "text")}
                event["data"] |= {"link": message["link"]} if message["link"] else {}
            elif event["type"] == "csv.deposited" and self._under_test == "service":
                event["data"] |= file_seen(self.fetch(event["subject"]), self._policy.csv_dialect).members
            self._trace.append(event)

    def _with_answers(self, events: list[TraceEvent]) -> list[TraceEvent]:
        return events if self._employed is None else self._employed.with_answers(events)


def shown(instant: int) -> str:
    """An instant as the target reads it."""
    return format_instant(instant, milliseconds=True)


def token_of(link: str) -> str:
    """The secret of a link."""
    return link.rpartition("/")[2]
