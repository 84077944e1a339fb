"""One world as a function of its commands: the simulated world, its telephones, outbox, links and accounts.

Deterministic and without I/O: the same commands give the same events, live or replayed. A command is a kind and plain
data, and everything that is due at its instant happens with it. Nothing here knows the store, the network or real time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from reference_impl.civil_time import parse_instant
from reference_impl.ports import Notification, Slot, Sms
from reference_impl.registry import Operator
from reference_impl.virtual_agent import AgentView
from sim.doubles import path_on_site
from sim.recorder import Event
from sim.sandbox.world.clock_words import MANUAL
from sim.sandbox.world.link_index import GivenLink, LinkIndex
from sim.sandbox.world.outbox import Outbox
from sim.sandbox.world.spec import WorldSpec
from sim.sandbox.world.telephones import Inbox, fate_of
from sim.sandbox.world.vault import Vault
from sim.world import World

Payload = Mapping[str, Any]
STEP_LIMIT = 200  # wake-ups between two looks at everybody else
NEVER = float("inf")


@dataclass(slots=True)
class Account:
    """An operator with its endpoint and the generations of its signing secret that are in force, newest first."""

    operator: Operator
    endpoint: str | None = None
    secret_generations: tuple[int, ...] = (1,)


@dataclass(frozen=True, slots=True)
class DropFile:
    """A file on the SFTP site, whole; `at` is when it was deposited, in simulated time."""

    name: str
    data: bytes
    at: int


@dataclass(slots=True)
class Site:
    """The files of one operator that are in sight."""

    files: dict[str, DropFile] = field(default_factory=dict)


class WorldCore:
    """A world and what the sandbox keeps beside it. Change it by `perform` only."""

    def __init__(self, spec: WorldSpec, vault: Vault) -> None:
        self.spec = spec
        self.world = World(
            start=spec.start,
            policy=spec.policy(),
            seed=spec.seed,
            name=spec.name,
            territories=spec.territories,
            documents=spec.documents,
            declared=spec.declared,
            under_test=spec.under_test,
            keys=vault.link_keys(spec.name),
        )
        self.accounts: dict[str, Account] = {}
        self.sites: dict[str, Site] = {}
        self.links = LinkIndex()
        self.inbox = Inbox()
        self.outbox = Outbox(lambda: self.world.now, self.world.at)
        self.pace = MANUAL
        self.strangers = 0  # tries with links that open no order
        self._indexed = 0
        self._foreign_sms_settled = False
        self.world.sms_inbox.deliver = self._on_sms
        self.world.endpoint.deliver = self._on_notification

    def perform(self, kind: str, payload: Payload) -> Any:
        """Do a command and what is due at its instant. Raises CallerError; then nothing but a refusal has happened."""
        try:
            return PERFORM[kind](self, payload)
        finally:
            self.world.run_until(self.world.now)

    def run_towards(self, instant: int, stop_at_effect: bool, stop_when_idle: bool) -> bool:
        """Go on until something has to be delivered, or for a while; True if there is no need to go on.

        That is at the instant; at the first event, with `stop_at_effect`; and where nothing is to come, with
        `stop_when_idle`. What it did is the command `run` to where the clock is then.
        """
        before = len(self.world.trace)
        self._foreign_sms_settled = False
        for _ in range(STEP_LIMIT):
            wake = self.world.env.peek()
            if wake > instant:
                if not (stop_when_idle and wake == NEVER):
                    self.world.run_until(instant)
                return True
            self.world.run_until(int(wake))
            if stop_at_effect and len(self.world.trace) > before:
                return True
            if not self.outbox.is_empty or self._foreign_sms_settled:
                return False
        return False

    def index(self) -> tuple[list[Event], list[GivenLink]]:
        """The events since the last call, and the links that they gave out."""
        events = self.world.trace[self._indexed :]
        self._indexed += len(events)
        links = [given for event in events for given in self.links.learn(event)]
        for event in events:
            self.inbox.hear(event)
            self.strangers += event["type"] == "agent.rejected" and "subject" not in event
            if event["type"] == "csv.deposited":
                self._put_in_sight(event)
        return events, links

    # --- what the commands do, one method each ---

    def _register(self, payload: Payload) -> Operator:
        operator = self.world.register_operator(**payload["members"])
        self.accounts[operator.operator] = Account(operator)
        self.sites[operator.operator] = Site()
        self._set_endpoint({"operator": operator.operator, "url": payload["endpoint"]})
        return operator

    def _order(self, payload: Payload) -> str:
        return self.world.submit_order(**payload["members"]).code

    def _line(self, payload: Payload) -> None:
        self.world.report_line(payload["order"], payload["code"])

    def _cancel(self, payload: Payload) -> None:
        self.world.cancel_order(payload["order"], payload["reason"])

    def _capacity(self, payload: Payload) -> None:
        self.world.set_capacity(payload["territory"], Slot(*payload["slot"]), payload["capacity"])

    def _open(self, payload: Payload) -> AgentView:
        return self.world.agent.open(self.links.url(payload["link"]), channel=payload["channel"])

    def _act(self, payload: Payload) -> AgentView:
        agent, link, channel = self.world.agent, self.links.url(payload["link"]), payload["channel"]
        if payload["act"] == "decline":
            return agent.decline(link, channel=channel)
        book = agent.confirm if payload["act"] == "confirm" else agent.reschedule
        return book(link, Slot(*payload["slot"]), channel=channel)

    def _run(self, payload: Payload) -> None:
        self.world.run_until(payload["to"])

    def _pace(self, payload: Payload) -> None:
        self.pace = payload["pace"]

    def _set_endpoint(self, payload: Payload) -> None:
        self.accounts[payload["operator"]].endpoint = payload["url"]
        self.outbox.set_reachable(payload["operator"], payload["url"] is not None)

    def _rotate(self, payload: Payload) -> None:
        account = self.accounts[payload["operator"]]
        newest = account.secret_generations[0]
        account.secret_generations = (newest + 1, newest)

    def _retire(self, payload: Payload) -> None:
        account = self.accounts[payload["operator"]]
        account.secret_generations = account.secret_generations[:1]

    def _answered(self, payload: Payload) -> None:
        for event, copy, status, reason in payload["outcomes"]:
            attempt = self.outbox.answered(event, copy, status, reason)
            posting = self.outbox.get(event)
            if attempt is not None and posting is not None:
                sent = posting.notification
                seen = {"operator": sent.operator, "notification": event, "copy": copy, "status": status}
                said = {"reason": reason} if reason else {}
                self.world.recorder.record("/notifications", "notification.answered", sent.order, seen | said)

    def _resend(self, payload: Payload) -> int:
        return sum(self.outbox.resend(event) for event in payload["events"])

    def _fetch(self, payload: Payload) -> None:
        path = path_on_site(payload["operator"], payload["name"])
        self.world.recorder.record("/sftp", "csv.fetched", path, {"operator": payload["operator"], "path": path})

    def _remove(self, payload: Payload) -> None:
        """Out of sight; the name stays taken, so that a later deposit cannot look like the same file."""
        del self.sites[payload["operator"]].files[payload["name"]]
        path = path_on_site(payload["operator"], payload["name"])
        self.world.recorder.record("/sftp", "csv.removed", path, {"operator": payload["operator"], "path": path})

    def _take_sms(self, payload: Payload) -> str:
        event = self.world.recorder.record("/smpp", "sms.received", None, payload)
        self._on_way(event, None, payload["to"])
        return event

    def _receipt(self, payload: Payload) -> None:
        self.world.recorder.record("/smpp", "receipt.taken", None, payload)

    # --- what the wires of the world hand over ---

    def _on_sms(self, sms: Sms) -> None:
        self._on_way(str(self.world.trace[-1]["id"]), sms.order, sms.to)

    def _on_way(self, event: str, order: str | None, number: str) -> None:
        for delay, outcome in fate_of(number):
            arrive = partial(self._arrive, outcome, order, event)
            if delay:
                self.world.at(self.world.now + delay, arrive)
            else:
                arrive()

    def _arrive(self, outcome: str, order: str | None, event: str) -> None:
        self.world.recorder.record("/sms", outcome, order, {"sms": event})
        self._foreign_sms_settled |= order is None  # its sender may be waiting for a receipt

    def _on_notification(self, notification: Notification, event: str) -> None:
        self.outbox.sent(notification, event)

    def _put_in_sight(self, event: Event) -> None:
        data: Any = event["data"]
        name = data["path"].rpartition("/")[2]
        content = self.world.drop.read(data["path"])
        self.sites[data["operator"]].files[name] = DropFile(name, content, parse_instant(str(event["time"])))


PERFORM: Mapping[str, Callable[[WorldCore, Payload], Any]] = {
    "begin": lambda core, payload: None,  # what a world publishes when it is made
    "register": WorldCore._register,
    "order": WorldCore._order,
    "line": WorldCore._line,
    "cancel": WorldCore._cancel,
    "capacity": WorldCore._capacity,
    "open": WorldCore._open,
    "act": WorldCore._act,
    "run": WorldCore._run,
    "pace": WorldCore._pace,
    "endpoint": WorldCore._set_endpoint,
    "rotate": WorldCore._rotate,
    "retire": WorldCore._retire,
    "answered": WorldCore._answered,
    "resend": WorldCore._resend,
    "fetch": WorldCore._fetch,
    "remove": WorldCore._remove,
    "take_sms": WorldCore._take_sms,
    "receipt": WorldCore._receipt,
}
