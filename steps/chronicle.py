"""A story told by hand: facts in the past become a trace of their own, which is judged apart.

It never enters the trace of the run. Facts that a story leaves out are added in their plainest form: the operators are
registered, the orders received and routed to the service at the first midnight, and the AC or CO comes with the SMS.
Nothing here knows whether a fact is allowed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from reference_impl.services import TRIGGERS
from reports.judging.judge import judge
from reports.judging.profiles import load_profile
from sim.world import SOURCES
from steps import dates
from steps.context import OrderSheet, Story
from steps.drivers.verbs import TraceEvent

DAYS_WATCHED_AFTER = 40  # longer than what counts as never
STANDARD_TEXT = "Fissa il tuo appuntamento: {link}"
STANDARD_REMINDER = "Il tecnico viene il {date} fra le {band}"


@dataclass(slots=True)
class Fact:
    """Something that happened at a wire."""

    moment: int
    source: str
    type: str
    subject: str | None
    data: Mapping[str, object]


@dataclass(slots=True)
class Chronicle:
    """The facts of one hand-told story, in the order in which they are told."""

    story: Story
    facts: list[Fact] = field(default_factory=list)
    flows: dict[str, str] = field(default_factory=dict)
    silent_line: bool = False
    end_of_trace: int | None = None
    unseen: set[str] = field(default_factory=set)
    any_reading: bool = False
    verdicts: dict[str, Any] = field(default_factory=dict)

    def tell(self, moment: int, source: str, type: str, data: Mapping[str, object], subject: str | None = "") -> Fact:
        """Add a fact about the order at hand, or about another subject."""
        assert not self.verdicts, "la storia è già stata giudicata: i fatti vanno prima dei verdetti"
        about = self.story.order.code if subject == "" else subject
        fact = Fact(moment, source, type, about, data)
        self.facts.append(fact)
        return fact

    def link(self, channel: str) -> str:
        """The link that the story gives to a party of the order at hand."""
        operator = self.story.operators[self.story.order.operator]
        host = operator.get("rendez_vous_domain") or operator["agent_domain"]
        return f"https://{host}/{channel}-{self.story.order.code}"

    def judged(self, rule: str) -> Any:
        """The verdict on the story of one rule, as it is written."""
        if rule not in self.verdicts:
            run = self.story.profile
            profile = load_profile("any") if self.any_reading else replace(run, undeclared=frozenset())
            (self.verdicts[rule],) = json.loads(judge(self.events(), profile, only=[rule]).to_json())["rules"]
        return self.verdicts[rule]

    def events(self) -> list[TraceEvent]:
        """The trace of the story, in order of time."""
        assert self.facts, "la storia è vuota: serve almeno un fatto"
        begin = dates.midnight(min(fact.moment for fact in self.facts))
        facts = sorted([*self._prelude(begin), *self.facts], key=lambda fact: fact.moment)
        facts.insert(0, self._observation(begin, facts[-1].moment))  # first: later it could not say that it saw less
        events = [_event(number, fact) for number, fact in enumerate(facts, start=1)]
        for event in events:
            if event["type"] == "notification.answered":
                event["data"]["notification"] = _id_of_notice(events, event)
        return events

    def _prelude(self, begin: int) -> list[Fact]:
        special = [(dates.slot_of(bounds), count) for bounds, count in self.story.capacities]
        places: list[tuple[dict[str, str] | None, int]] = [(None, self.story.capacity), *special]
        prelude = [Fact(begin, "/agent", "slots.published", None, published(slot, count)) for slot, count in places]
        for name, members in self.story.operators.items():
            prelude.append(Fact(begin, "/intake", "operator.registered", name, registration(members)))
        for sheet in self.story.orders:
            prelude += self._received(sheet, begin)
        return prelude

    def _received(self, sheet: OrderSheet, begin: int) -> list[Fact]:
        data = {
            "operator": sheet.operator,
            "service": sheet.service,
            "disaggregated": False,
            "pdc_disaggregated": False,
            "territory": "LAZIO",
            **sheet.members,
        }
        flow = self.flows.get(sheet.code, "service")
        routed = Fact(begin, "/intake", "order.routed", sheet.code, {"flow": flow, "diagnostics": []})
        facts = [Fact(begin, "/intake", "order.received", sheet.code, data)]
        facts += [routed] if flow != "none" else []
        return facts + self._trigger(sheet)

    def _trigger(self, sheet: OrderSheet) -> list[Fact]:
        """AC or CO at the instant of the first SMS, unless the story speaks of the line itself."""
        order_facts = [fact for fact in self.facts if fact.subject == sheet.code]
        sms = [fact.moment for fact in order_facts if fact.type == "sms.sent" and fact.data["kind"] == "engagement"]
        is_told = any(fact.data.get("code") in TRIGGERS for fact in order_facts if fact.type == "notification.sent")
        if is_told or self.silent_line or not sms:
            return []
        trigger_facts = [notice(min(sms), sheet, sheet.causals.trigger)]
        if any(fact.type == "notification.answered" for fact in order_facts):
            trigger_facts.append(taken(min(sms), sheet, sheet.causals.trigger))
        return trigger_facts

    def _observation(self, begin: int, last: int) -> Fact:
        end_of_trace = self.end_of_trace if self.end_of_trace is not None else last + DAYS_WATCHED_AFTER * dates.DAY_MS
        data = {
            "sources": [wire for wire in SOURCES if wire not in self.unseen],
            "until": dates.to_trace(end_of_trace),
            "readings": {} if self.any_reading else dict(self.story.pins),
            "under_test": self.story.under_test,
        }
        return Fact(begin, "/trace", "trace.observes", None, data)


def published(slot: dict[str, str] | None, places: int) -> dict[str, object]:
    """The places of one band, or of all."""
    return {"territory": "LAZIO", "capacity": places} | ({"slot": slot} if slot else {})


def registration(members: Mapping[str, object]) -> dict[str, object]:
    """An operator as `operator.registered` tells it."""
    plain: dict[str, object] = {
        "project_codes": [],
        "delivery_codes": [],
        "uses_4th_referent": True,
        "regulated_access": True,
        "commercial_services": [],
    }
    return {**plain, **members}


def notice(moment: int, sheet: OrderSheet, code: str, **more: object) -> Fact:
    """A notification to the operator of an order."""
    data = {"operator": sheet.operator, "code": code, "label": code, **more}
    return Fact(moment, "/notifications", "notification.sent", sheet.code, data)


def taken(moment: int, sheet: OrderSheet, code: str) -> Fact:
    """The operator's good answer to a notification."""
    data = {"operator": sheet.operator, "notification": code, "copy": 1, "status": 200}
    return Fact(moment, "/notifications", "notification.answered", sheet.code, data)


def _id_of_notice(events: list[TraceEvent], answer: TraceEvent) -> str:
    """The id of the notification that an answer, told with its causal, belongs to."""
    code = answer["data"]["notification"]
    sent = [event for event in events if event["type"] == "notification.sent" and event["data"]["code"] == code]
    ids = [event["id"] for event in sent if event.get("subject") == answer["subject"]]
    assert ids, f"la storia racconta la risposta a {code}, ma non la sua notifica"
    return str(ids[-1])


def _event(number: int, fact: Fact) -> TraceEvent:
    event: TraceEvent = {"specversion": "1.0", "id": f"fatto-{number:03d}", "source": fact.source, "type": fact.type}
    if fact.subject is not None:
        event["subject"] = fact.subject
    return event | {"time": dates.to_trace(fact.moment), "data": dict(fact.data)}
