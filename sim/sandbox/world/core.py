"""One world as a function of its commands: the simulated world, its telephones, outbox, links and accounts.

Deterministic and without I/O: the same commands give the same events, live or replayed. Everything that is due at the
instant of a command happens with it. Nothing here knows the store, the network or real time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from reference_impl.errors import FieldError
from reference_impl.ports import OrderKey, Slot, Sms
from reference_impl.registry import Operator
from reference_impl.virtual_agent import AgentView
from sim.doubles import path_on_site
from sim.operator_acts import meanwhile
from sim.recorder import Event
from sim.sandbox.world import commands
from sim.sandbox.world.clock_words import MANUAL
from sim.sandbox.world.command_records import members_of, whole_outcome
from sim.sandbox.world.commands import Command
from sim.sandbox.world.crowd import Crowd
from sim.sandbox.world.disturbances import DISTURB, Disturbances
from sim.sandbox.world.guided_record import GUIDE, GuidedRecord
from sim.sandbox.world.link_index import GivenLink, LinkIndex
from sim.sandbox.world.operator_site import DropFile, Site
from sim.sandbox.world.outbox import Outbox
from sim.sandbox.world.spec import WorldSpec
from sim.sandbox.world.telephones import DELIVERED, Inbox, delivery_of
from sim.sandbox.world.vault import Vault
from sim.world import World

STEP_LIMIT = 200  # wake-ups before other tasks may run
NEVER = float("inf")


@dataclass(slots=True)
class Account:
    """An operator with its endpoint and the generations of its signing secret that are in force, newest first."""

    operator: Operator
    endpoint: str | None = None
    secret_generations: tuple[int, ...] = (1,)


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
        self.crowds: list[Crowd] = []
        self.guided: GuidedRecord | None = None
        self.strangers = 0  # tries with links that open no order
        self.missed_files = 0
        self.disturbances = Disturbances()
        self._indexed = 0
        self._foreign_sms_settled = False
        self.world.sms_inbox.deliver = self._on_sms
        self.world.drop.deliver = self._on_deposit
        self.world.endpoint.deliver = self.outbox.sent

    def perform(self, command: Command) -> Any:
        """Do a command and what is due at its instant. Raises CallerError; then nothing but a refusal has happened."""
        try:
            return PERFORM[type(command)](self, command)
        finally:
            self.world.run_until(self.world.now)

    def run_towards(self, instant: int, stop_at_effect: bool, stop_when_idle: bool) -> bool:
        """Go on until something has to be delivered, or for a while; True if there is no need to go on.

        That is at the instant; at the first event, with `stop_at_effect`; and where nothing is to come, with
        `stop_when_idle`. What it did is the command `RunTo` where the clock is then.
        """
        events_before = len(self.world.trace)
        self._foreign_sms_settled = False
        for _ in range(STEP_LIMIT):
            wake = self.world.env.peek()
            if wake > instant:
                if not (stop_when_idle and wake == NEVER):
                    self.world.run_until(instant)
                return True
            self.world.run_until(int(wake))
            if stop_at_effect and len(self.world.trace) > events_before:
                return True
            if not self.outbox.is_empty or self._foreign_sms_settled:
                return False
        return False

    def index(self) -> tuple[list[Event], list[GivenLink]]:
        """The events since the last call, and the links that they gave out."""
        events = self.world.trace[self._indexed :]
        self._indexed += len(events)
        links = [link for event in events for link in self.links.learn(event)]
        for event in events:
            self.inbox.hear(event)
            self.strangers += event["type"] == "agent.rejected" and "subject" not in event
        return events, links

    # --- what the commands do, one method each ---

    def _register_operator(self, command: commands.RegisterOperator) -> Operator:
        operator = self.world.register_operator(**command.members)
        account = self.accounts.get(operator.operator)
        if account is None:
            self.accounts[operator.operator] = Account(operator)
            self.sites[operator.operator] = Site(operator.operator, self.world.recorder)
            self._set_endpoint(operator.operator, command.endpoint)
        else:  # registered anew: its secrets and its files stay, and its endpoint unless another is said
            account.operator = operator
            if command.endpoint is not None:
                self._set_endpoint(operator.operator, command.endpoint)
        return operator

    def _submit_order(self, command: commands.SubmitOrder) -> OrderKey:
        work = self.world.submit_order(**command.members)
        return OrderKey(work.operator, work.code)

    def _report_line(self, command: commands.ReportLine) -> None:
        self.world.report_line(command.order, command.code, command.operator)

    def _cancel_order(self, command: commands.CancelOrder) -> None:
        self.world.cancel_order(command.order, command.reason, command.operator)

    def _set_capacity(self, command: commands.SetCapacity) -> None:
        self.world.set_capacity(command.territory, Slot(*command.slot), command.capacity)

    def _open_link(self, command: commands.OpenLink) -> AgentView:
        return self.world.agent.open(self.links.url(command.link), channel=command.channel)

    def _act_on_link(self, command: commands.ActOnLink) -> AgentView:
        agent, link, channel = self.world.agent, self.links.url(command.link), command.channel
        if command.slot is None:
            return agent.decline(link, channel=channel)
        if command.act == "confirm":
            self.disturbances.before_booking(self, command.link)
        book = agent.confirm if command.act == "confirm" else agent.reschedule
        return book(link, Slot(*command.slot), channel=channel)

    def _set_pace(self, command: commands.SetPace) -> None:
        self.pace = command.pace

    def _set_endpoint(self, operator: str, url: str | None) -> None:
        self.accounts[operator].endpoint = url
        self.outbox.set_reachable(operator, url is not None)

    def _rotate_secret(self, command: commands.RotateSecret) -> None:
        account = self.accounts[command.operator]
        newest = account.secret_generations[0]
        account.secret_generations = (newest + 1, newest)

    def _retire_secret(self, command: commands.RetireSecret) -> None:
        account = self.accounts[command.operator]
        account.secret_generations = account.secret_generations[:1]

    def _record_outcomes(self, command: commands.RecordOutcomes) -> None:
        for event, copy, status, reason, began, body in map(whole_outcome, command.outcomes):
            attempt = self.outbox.answered(event, copy, status, reason, began, body)
            posting = self.outbox.get(event)
            if attempt is not None and posting is not None:
                notification = posting.notification
                # the body of the answer stays out of the trace: who knows what it holds
                answer = {"operator": notification.operator, "notification": event, "copy": copy, "status": status}
                answer |= {"reason": reason} if reason else {}
                answer |= meanwhile(self.world.trace, began, notification.key)
                self.world.recorder.record("/notifications", "notification.answered", notification.key, answer)

    def _resend(self, command: commands.Resend) -> int:
        return sum(self.outbox.resend(event) for event in command.events)

    def _fetch_file(self, command: commands.FetchFile) -> None:
        self.sites[command.operator].read(command.name)

    def _miss_file(self, command: commands.MissFile) -> None:
        self.missed_files += 1
        self.sites[command.operator].miss(command.name)

    def _disturb(self, command: commands.Disturb) -> None:
        DISTURB[command.how](self, command.operator, command.order)

    def _record_probe(self, command: commands.RecordProbe) -> None:
        key = OrderKey(command.operator, command.order)
        data: dict[str, object] = {"operator": command.operator, "kind": command.kind, "code": command.code}
        data |= {"status": command.status} | ({"reason": command.reason} if command.reason else {})
        data |= meanwhile(self.world.trace, command.began, key)
        self.world.recorder.record("/notifications", "notification.probed", key, data)

    def _record_limit(self, command: commands.RecordLimit) -> None:
        if command.told_at_ms is not None:
            self.disturbances.limit_was_told(command.operator, command.told_at_ms)
        data: dict[str, object] = {"operator": command.operator, "retry_after_seconds": command.retry_after_seconds}
        data |= {} if command.since_told_ms is None else {"since_told_ms": command.since_told_ms}
        self.world.recorder.record("/agent", "request.limited", None, data)

    def _bring_crowd(self, command: commands.BringCrowd) -> Crowd:
        if any(crowd.plan.seed == command.seed for crowd in self.crowds):
            raise FieldError("seed", command.seed, "a seed of which no crowd lives in this world yet")
        operator = self.accounts[command.operator].operator
        self.crowds.append(Crowd(self.world, operator, self.sites[command.operator], command))
        return self.crowds[-1]

    def _take_sms(self, command: commands.TakeSms) -> str:
        event = self.world.recorder.record("/smpp", "sms.received", None, _trace_members(command))
        self._send_to_phone(event, command.to, None)
        return event

    def _settle_receipt(self, command: commands.SettleReceipt) -> None:
        self.world.recorder.record("/smpp", "receipt.taken", None, _trace_members(command))

    # --- what the wires of the world hand over ---

    def _on_sms(self, sms: Sms) -> None:
        self._send_to_phone(str(self.world.trace[-1]["id"]), sms.to, sms)

    def _send_to_phone(self, event: str, number: str, sms: Sms | None) -> None:
        """An SMS has left; `sms` is None for one that a system under test handed in."""
        for delay, outcome in delivery_of(number):
            arrive = partial(self._arrive, outcome, event, sms)
            if delay:
                self.world.at(self.world.now + delay, arrive)
            else:
                arrive()

    def _arrive(self, outcome: str, event: str, sms: Sms | None) -> None:
        self.world.recorder.record("/sms", outcome, sms.key if sms else None, {"sms": event})
        if sms is None:
            self._foreign_sms_settled = True  # its sender may be waiting for a receipt
        elif outcome == DELIVERED:
            for crowd in self.crowds:
                crowd.receive(sms)

    def _on_deposit(self, operator: str, name: str) -> None:
        content = self.world.drop.read(path_on_site(operator, name))
        self.sites[operator].files[name] = DropFile(name, content, self.world.now)
        for crowd in self.crowds:
            crowd.file_arrived(operator)


def _trace_members(command: Command) -> dict[str, Any]:
    """The members of a command as the trace shows them, in the order in which the store has them."""
    return dict(sorted(members_of(command).items()))


PERFORM: Mapping[type[Command], Callable[[WorldCore, Any], Any]] = {
    commands.Begin: lambda core, command: None,  # what a world publishes when it is made
    commands.RegisterOperator: WorldCore._register_operator,
    commands.SubmitOrder: WorldCore._submit_order,
    commands.ReportLine: WorldCore._report_line,
    commands.CancelOrder: WorldCore._cancel_order,
    commands.SetCapacity: WorldCore._set_capacity,
    commands.OpenLink: WorldCore._open_link,
    commands.ActOnLink: WorldCore._act_on_link,
    commands.RunTo: lambda core, command: core.world.run_until(command.to),
    commands.SetPace: WorldCore._set_pace,
    commands.SetEndpoint: lambda core, command: core._set_endpoint(command.operator, command.url),
    commands.RotateSecret: WorldCore._rotate_secret,
    commands.RetireSecret: WorldCore._retire_secret,
    commands.RecordOutcomes: WorldCore._record_outcomes,
    commands.Resend: WorldCore._resend,
    commands.FetchFile: WorldCore._fetch_file,
    commands.RemoveFile: lambda core, command: core.sites[command.operator].remove(command.name),
    commands.MissFile: WorldCore._miss_file,
    commands.TakeSms: WorldCore._take_sms,
    commands.SettleReceipt: WorldCore._settle_receipt,
    commands.BringCrowd: WorldCore._bring_crowd,
    commands.Disturb: WorldCore._disturb,
    commands.RecordProbe: WorldCore._record_probe,
    commands.RecordLimit: WorldCore._record_limit,
    commands.SetLimit: lambda core, command: core.disturbances.set_limit(command.operator, command.seconds),
    **GUIDE,
}
