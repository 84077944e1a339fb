"""The page of one order: drawing, messages, rows in files, notifications with what was posted and answered, verdicts.

What lives here: reading of a live world, for the page and for programs. It must not change it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reference_impl.orders import Order
from sim.http_notifier import notification_body
from sim.sandbox.live_verdicts import ShownVerdicts
from sim.sandbox.order_life import life_of
from sim.sandbox.pages.control_orders import order_cards
from sim.sandbox.pages.control_view import answer_of, line_of
from sim.sandbox.pages.work_list import rows_of
from sim.sandbox.world.live import LiveWorld
from sim.sandbox.world.outbox import Posting
from sim.sandbox.world.telephones import Message

ACTS_OF_PARTIES = ("appointment.", "agent.")


def order_page(live: LiveWorld, order: Order, verdicts: ShownVerdicts | None, language: str) -> dict[str, object]:
    """What the page of an order shows."""
    events = life_of(live, order).events
    lines = [line_of(event, number, language) for number, event in enumerate(events, start=1)]
    return {
        "card": order_cards(live, [order], language)[0],
        "messages": _messages(live, order),
        "rows": [(file, row) for file, row in rows_of(live, order.key.operator) if row.order == order.code],
        "postings": _postings(live, order),
        "acts": [line for line in lines if line.kind.startswith(ACTS_OF_PARTIES)],
        "lines": lines,
        "findings": list(_findings(live, order, verdicts)),
    }


def order_members(live: LiveWorld, order: Order, verdicts: ShownVerdicts | None) -> dict[str, Any]:
    """The same for programs: the order, its events as they stand in the trace, its notifications and its findings."""
    return {
        "order": order.code,
        "operator": order.key.operator,
        "state": str(order.state),
        "events": life_of(live, order).events,
        "notifications": [
            {
                "id": posting.event,
                "code": posting.notification.code,
                "state": posting.state,
                "payload": notification_body(posting.notification).decode(),
                "attempts": [
                    {
                        "copy": attempt.copy,
                        "status": attempt.status,
                        "reason": attempt.reason,
                        "answer": answer_of(attempt),
                    }
                    for attempt in posting.attempts
                ],
            }
            for posting in _postings(live, order)
        ],
        "findings": [{"rule": rule, **finding} for rule, finding in _findings(live, order, verdicts)],
    }


def _messages(live: LiveWorld, order: Order) -> list[Message]:
    return [sms for sms in live.messages() if (sms.operator, sms.order) == (order.key.operator, order.code)]


def _postings(live: LiveWorld, order: Order) -> list[Posting]:
    return [
        posting for posting in live.deliveries.postings(order.key.operator) if posting.notification.order == order.code
    ]


def _findings(live: LiveWorld, order: Order, verdicts: ShownVerdicts | None) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The findings on an order, each with its rule; without those on another operator's order of the same code."""
    own_events = _event_ids(live, order)
    namesakes = [namesake for namesake in live.orders() if namesake.code == order.code and namesake.key != order.key]
    foreign_events = {event for namesake in namesakes for event in _event_ids(live, namesake)} - own_events
    for _, rules in verdicts.families if verdicts else ():
        for rule in rules:
            for finding in rule["findings"]:
                evidence = {*finding["evidence"]}
                if finding["subject"] == order.code and (evidence & own_events or not evidence & foreign_events):
                    yield str(rule["rule"]), finding


def _event_ids(live: LiveWorld, order: Order) -> set[str]:
    return {str(event["id"]) for event in life_of(live, order).events}
