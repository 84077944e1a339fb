"""Which order an event is of: order codes belong to their operator, and not every event names the operator.

What lives here: finding the order of an event by its members. It must not know the rules.
It tries in this order: the operator that the event names; the only operator that has an order of that code; the order
whose link or phone the event carries; and where as many equal events stand at one instant as there are orders of that
code, one event for each order (they are equal, so that it does not matter which). Where nothing decides, an event stays
unattributed.

Of each order only a few facts are kept, so that a trace may hold any number of orders.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from sys import intern, maxsize
from typing import Any, NamedTuple

from reports.facts import ENGAGEMENT, UNKNOWN_LINK
from reports.judging.events import Event
from reports.judging.hosts import host_of
from reports.judging.phones import same_number
from reports.rome_time import Instant

Signature = tuple[str, str, str]
NO_ORDER = -1
STAYS_KNOWN = frozenset({"order.received", "sms.sent"})  # of these events a few words are kept


@dataclass(slots=True, eq=False)
class KnownOrder:
    """What a whole trace tells of one order in a few words; the operator is empty while none is known.

    `rank` tells its place among the orders of its world, `last` is the place in the trace of the last event that speaks
    of it: from then on nothing more comes. `shares_its_code` where another operator has an order of the same code.
    """

    number: int
    operator: str
    code: str
    rank: int
    last: int = NO_ORDER
    shares_its_code: bool = False
    received_at: Instant | None = None
    service: str = ""
    territory: str = ""
    phone: str = ""
    engaged_at: Instant | None = None
    engaged_in: int = maxsize  # where that stands in the trace

    @property
    def name(self) -> str:
        """Its code, with the operator where two operators use the same code."""
        return f"{self.code} ({self.operator or '?'})" if self.shares_its_code else self.code

    def note(self, event: Event) -> None:
        """Takes down what stays known of an event of this order."""
        if event.type == "sms.sent":
            if event.index < self.engaged_in and event.data["kind"] == ENGAGEMENT:
                self.engaged_at, self.engaged_in = event.at, event.index
        elif event.type == "order.received" and self.received_at is None:
            self.received_at, self.phone = event.at, event.data["phone"]
            self.service, self.territory = intern(event.data["service"]), intern(event.data.get("territory") or "")


class Register:
    """All orders of a trace by number, and of each event, by its place, the number of the order that it is of."""

    def __init__(self) -> None:
        self.orders: list[KnownOrder] = []
        self.owner_of: list[int] = []  # most of them the number that an order has: eight bytes, and made already
        self.unattributed: dict[int, list[int]] = {}

    def owner(self, event: Event) -> KnownOrder | None:
        number = self.owner_of[event.index]
        return None if number == NO_ORDER else self.orders[number]


class GivenLink(NamedTuple):
    """A link that more than one order has to do with: for which it was handed out first, and in which row."""

    order: KnownOrder
    row_order: KnownOrder | None
    deposit: Event | None


class OrderOwners:
    """The orders of one world, found by operator and code. It takes in events in the order of the trace."""

    def __init__(self, register: Register | None = None) -> None:
        self.operators: set[str] = set()  # all that any event names
        self._register = register or Register()
        self._by_code: dict[str, KnownOrder] = {}
        self._sharing: dict[str, list[KnownOrder]] = {}
        self._by_link: dict[str, KnownOrder] = {}
        self._row_of_link: dict[str, tuple[KnownOrder, Event]] = {}
        self._doubtful_links: set[str] = set()
        self._operators_by_host: dict[str, set[str]] = {}
        self._unnamed_now: list[tuple[Event, KnownOrder]] = []
        self._waiting: list[Event] = []
        self._now: Instant | None = None  # the instant of what is unnamed or waits
        self._ranks = 0

    def __iter__(self) -> Iterator[KnownOrder]:
        for code, first in self._by_code.items():
            yield from self._sharing.get(code, [first])

    def take(self, event: Event) -> int:
        """One event of an order; the number of that order, NO_ORDER where it is not known, or not yet."""
        if event.at != self._now:
            self._begin(event.at)
        subject, data = event.subject, event.data
        order, operator = self._by_code.get(subject), data.get("operator")
        if operator:
            self.operators.add(operator)
        if order is None or order.shares_its_code or (operator and operator != order.operator) or not subject:
            order = self._doubtful_owner(event)  # hardly ever
            if order is None:
                return NO_ORDER
        order.last = event.index
        self._note(event, order)
        return order.number

    def take_row(self, deposit: Event, row: Mapping[str, str]) -> None:
        """One row of a file: an order of the operator whose file it is."""
        if deposit.at != self._now:
            self._begin(deposit.at)
        order = self._of_operator(str(deposit.data["operator"]), row["order"])
        order.last = deposit.index
        if link := row["link"]:  # where none stands, nothing is shared with other rows of that kind
            self._hand_out(link, order)
            self._row_of_link.setdefault(link, (order, deposit))

    def take_registration(self, registered: Event) -> None:
        self.operators.add(registered.data["operator"])
        for member in ("agent_domain", "rendez_vous_domain"):
            if domain := registered.data.get(member):
                self._operators_by_host.setdefault(host_of(domain), set()).add(registered.data["operator"])

    def find(self, operator: str, code: str) -> KnownOrder | None:
        """The order of that operator, or one of an operator not known."""
        first = self._by_code.get(code)
        if first is not None and first.operator == operator:  # nearly always
            return first
        orders = self.owners_of(code)
        own = next((order for order in orders if order.operator == operator), None)
        return own or next((order for order in orders if order.operator == ""), None)

    def owners_of(self, code: str) -> Sequence[KnownOrder]:
        """All orders of that code."""
        first = self._by_code.get(code)
        return () if first is None else self._sharing.get(code) or (first,)

    def given_link(self, link: str) -> GivenLink | None:
        """What is known of a link; None of one that was handed out for no order, or for one order and used for it."""
        order = self._by_link.get(link)
        if order is None or link not in self._doubtful_links:
            return None
        row_order, deposit = self._row_of_link.get(link, (None, None))
        return GivenLink(order, row_order, deposit)

    def settle(self) -> None:
        """Decides what waits: the instant is over."""
        groups: dict[tuple[str, Signature], list[Event]] = {}
        for event in self._waiting:
            groups.setdefault((event.subject, _signature(event)), []).append(event)
        for (code, signature), alike in groups.items():
            numbers_served = {order.number for event, order in self._unnamed_now if _is_alike(event, code, signature)}
            orders_left = [order for order in self._sharing[code] if order.number not in numbers_served]
            if len(orders_left) == len(alike):
                for event, order in zip(alike, orders_left, strict=True):
                    self._assign(event, order)
            else:
                self._leave_open(alike, self._sharing[code])
        self._waiting.clear()
        self._unnamed_now.clear()

    def close(self) -> None:
        """The trace is over: what waits is decided, and what only served to find owners is forgotten."""
        self.settle()
        self._by_link = {link: self._by_link[link] for link in self._doubtful_links if link in self._by_link}
        self._row_of_link = {link: row for link, row in self._row_of_link.items() if link in self._by_link}

    def _leave_open(self, events: Sequence[Event], orders: Sequence[KnownOrder]) -> None:
        for event in events:
            self._register.unattributed[event.index] = [order.number for order in orders]
            for order in orders:
                order.last = max(order.last, event.index)

    def _begin(self, instant: Instant) -> None:
        """The instant before that one is over."""
        self._now = instant
        if self._waiting:
            self.settle()
        else:
            self._unnamed_now.clear()

    def _doubtful_owner(self, event: Event) -> KnownOrder | None:
        """The order of an event whose code alone does not decide; None if the event waits until its instant ends."""
        if not event.subject:
            of_link = self._by_link.get(str(event.data.get("link")))
            if of_link is not None or event.data.get("reason") != UNKNOWN_LINK:
                return of_link
        order = self._owner(event)  # without a code: of a link that nobody was given, the story of no order (OP-4)
        if order is None:
            self._waiting.append(event)
        return order

    def _owner(self, event: Event) -> KnownOrder | None:
        operator = event.data.get("operator")
        if isinstance(operator, str) and operator:
            return self._of_operator(operator, event.subject)
        orders = self.owners_of(event.subject)
        if not orders:
            return self._new_order("", event.subject)
        return orders[0] if len(orders) == 1 else self._owner_by_content(event, orders)

    def _of_operator(self, operator: str, code: str) -> KnownOrder:
        order = self.find(operator, code)
        if order is None:
            return self._new_order(operator, code)
        if order.operator != operator:
            order.operator = intern(operator)
            order.rank = self._next_rank()
        return order

    def _new_order(self, operator: str, code: str) -> KnownOrder:
        register = self._register
        order = KnownOrder(len(register.orders), intern(operator), code, self._next_rank())
        register.orders.append(order)
        first = self._by_code.setdefault(code, order)
        if first is not order:
            sharing = self._sharing.setdefault(code, [first])
            sharing.append(order)
            for sharing_order in sharing:
                sharing_order.shares_its_code = True
        return order

    def _next_rank(self) -> int:
        self._ranks += 1
        return self._ranks

    def _assign(self, event: Event, order: KnownOrder) -> None:
        """An event that waited is of that order."""
        order.last = max(order.last, event.index)
        self._note(event, order)
        self._register.owner_of[event.index] = order.number

    def _note(self, event: Event, order: KnownOrder) -> None:
        data = event.data
        if event.type in STAYS_KNOWN:
            order.note(event)
        if "operator" not in data:
            self._unnamed_now.append((event, order))
        link = data.get("link")
        if not link:
            return
        if event.type == "sms.sent":
            self._hand_out(link, order)
        elif self._by_link.get(link) is not order:
            self._doubtful_links.add(link)

    def _hand_out(self, link: str, order: KnownOrder) -> None:
        if self._by_link.setdefault(link, order) is not order:
            self._doubtful_links.add(link)

    def _owner_by_content(self, event: Event, orders: Sequence[KnownOrder]) -> KnownOrder | None:
        link = event.data.get("link")
        if link and (link_owner := self._by_link.get(link)) is not None and link_owner in orders:
            return link_owner
        if event.type == "sms.sent":
            by_phone = [order for order in orders if _is_phone_of(order, event.data["to"])]
            if len(by_phone) == 1:
                return by_phone[0]
        hosts = self._operators_by_host.get(host_of(link), set()) if link else set()
        by_host = [order for order in orders if order.operator in hosts]
        return by_host[0] if len(by_host) == 1 else None


def _is_phone_of(order: KnownOrder, phone: str) -> bool:
    return order.received_at is not None and same_number(phone, order.phone)


def _is_alike(event: Event, code: str, signature: Signature) -> bool:
    return event.subject == code and _signature(event) == signature


def _signature(event: Event) -> Signature:
    data: Mapping[str, Any] = event.data
    return event.type, event.source, json.dumps(data, sort_keys=True, default=str)
