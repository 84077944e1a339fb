"""Whose order an event speaks of: order codes belong to their operator, and not every event names the operator.

What lives here: finding the order of an event by what the event itself tells. It must not know the rules.
It asks in this order: the operator that the event names; the only operator that has an order of that code; the order
whose link or phone the event carries; and where as many equal events stand at one instant as there are orders of that
code, one for each (whichever is whose, the same is told of each). Where nothing tells, an event stays unattributed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from reports.judging.events import Event, OrderStory
from reports.judging.phones import same_number

Signature = tuple[str, str, str]


class OrderKey(NamedTuple):
    """An order of one operator; the operator is empty while none is known."""

    operator: str
    code: str


class OrderOwners:
    """The orders of one world, found by operator and code. It takes in events in the order of the trace."""

    def __init__(self) -> None:
        self.orders: dict[OrderKey, OrderStory] = {}
        self._by_code: dict[str, list[OrderStory]] = {}
        self._by_link: dict[str, OrderStory] = {}
        self._operators_by_host: dict[str, set[str]] = {}
        self._shared: dict[str, OrderStory] = {}
        self._unnamed_now: list[tuple[Event, OrderStory]] = []
        self._waiting: list[Event] = []

    def take(self, event: Event) -> None:
        """One event of an order."""
        self._settle_unless_at(event)
        story = self._owner(event)
        if story is None:
            self._waiting.append(event)
        else:
            self._give(event, story)

    def take_row(self, deposit: Event, row: Mapping[str, str]) -> None:
        """One row of a file: an order of the operator whose file it is."""
        self._settle_unless_at(deposit)
        story = self._of_operator(str(deposit.data["operator"]), row["order"])
        story.rows.append((deposit, row))
        self._by_link.setdefault(row["link"], story)

    def take_registration(self, registered: Event) -> None:
        for member in ("agent_domain", "rendez_vous_domain"):
            if domain := registered.data.get(member):
                self._operators_by_host.setdefault(_host(domain), set()).add(registered.data["operator"])

    def find(self, operator: str, code: str) -> OrderStory | None:
        """The order of that operator, or one of an operator not known."""
        return self.orders.get(OrderKey(operator, code)) or self.orders.get(OrderKey("", code))

    def owners_of(self, code: str) -> Sequence[OrderStory]:
        """All orders of that code."""
        return self._by_code.get(code, ())

    def story_of(self, event: Event) -> OrderStory | None:
        """The order that took that event in."""
        stories = self._by_code.get(event.subject, ())
        return stories[0] if len(stories) == 1 else self._shared.get(event.id)

    def settle(self) -> None:
        """Decides what waits: the instant is over."""
        groups: dict[tuple[str, Signature], list[Event]] = {}
        for event in self._waiting:
            groups.setdefault((event.subject, _signature(event)), []).append(event)
        for (code, signature), alike in groups.items():
            served = {id(story) for event, story in self._unnamed_now if _is_alike(event, code, signature)}
            left = [story for story in self._by_code[code] if id(story) not in served]
            if len(left) == len(alike):
                for event, story in zip(alike, left, strict=True):
                    self._give(event, story)
            else:
                for story in self._by_code[code]:
                    story.unattributed += alike
        self._waiting.clear()
        self._unnamed_now.clear()

    def _settle_unless_at(self, event: Event) -> None:
        latest = self._waiting or [known for known, _ in self._unnamed_now[-1:]]
        if latest and latest[0].at != event.at:
            self.settle()

    def _owner(self, event: Event) -> OrderStory | None:
        operator = event.data.get("operator")
        if isinstance(operator, str) and operator:
            return self._of_operator(operator, event.subject)
        stories = self._by_code.get(event.subject, [])
        if not stories:
            return self._new("", event.subject)
        return stories[0] if len(stories) == 1 else self._told_by_event(event, stories)

    def _of_operator(self, operator: str, code: str) -> OrderStory:
        known = self.orders.get(OrderKey(operator, code))
        if known is not None:
            return known
        if (unowned := self.orders.pop(OrderKey("", code), None)) is not None:
            unowned.operator = operator
            self.orders[OrderKey(operator, code)] = unowned
            return unowned
        return self._new(operator, code)

    def _new(self, operator: str, code: str) -> OrderStory:
        story = self.orders[OrderKey(operator, code)] = OrderStory(code, operator)
        sharing = self._by_code.setdefault(code, [])
        sharing.append(story)
        if len(sharing) == 2:
            for event in (event for known in sharing[0].by_type.values() for event in known):
                self._shared[event.id] = sharing[0]
        for other in sharing if len(sharing) > 1 else ():
            other.shares_its_code = True
        return story

    def _give(self, event: Event, story: OrderStory) -> None:
        story.take(event)
        if story.shares_its_code:
            self._shared[event.id] = story
        if "operator" not in event.data:
            self._unnamed_now.append((event, story))
        if event.type == "sms.sent" and (link := event.data.get("link")):
            self._by_link.setdefault(link, story)

    def by_link(self, link: str) -> OrderStory | None:
        """The order for which that link was handed out first."""
        return self._by_link.get(link)

    def _told_by_event(self, event: Event, stories: Sequence[OrderStory]) -> OrderStory | None:
        link = event.data.get("link")
        if link and (known := self._by_link.get(link)) is not None and known in stories:
            return known
        if event.type == "sms.sent":
            by_phone = [story for story in stories if _is_phone_of(story, event.data["to"])]
            if len(by_phone) == 1:
                return by_phone[0]
        hosts = self._operators_by_host.get(_host(link), set()) if link else set()
        by_host = [story for story in stories if story.operator in hosts]
        return by_host[0] if len(by_host) == 1 else None


def _is_phone_of(story: OrderStory, phone: str) -> bool:
    return story.received is not None and same_number(phone, story.received.data["phone"])


def _is_alike(event: Event, code: str, signature: Signature) -> bool:
    return event.subject == code and _signature(event) == signature


def _signature(event: Event) -> Signature:
    data: Mapping[str, Any] = event.data
    return event.type, event.source, json.dumps(data, sort_keys=True, default=str)


def _host(text: str) -> str:
    try:
        return (urlsplit(text if "://" in text else f"//{text}").hostname or "").rstrip(".")
    except ValueError:
        return ""
