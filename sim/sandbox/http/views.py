"""What the HTTP interfaces show of a world: orders, notifications, SMS, clock, as the bodies of `models`."""

from __future__ import annotations

from dataclasses import asdict
from math import floor
from typing import Any

from reference_impl.civil_time import format_instant, parse_instant
from reference_impl.errors import FieldError
from reference_impl.links import CHANNELS
from reference_impl.orders import Order
from reference_impl.ports import Slot
from reports.timeline.marks import marks_of, spans_of
from reports.words.labels import FLAGS, LANES
from sim.recorder import slot_members
from sim.sandbox.http.control_models import ClockMoved, ClockOut, CrowdOut, LinksOut, MovingOut, OperatorOut, WorldOut
from sim.sandbox.http.models import (
    AttemptOut,
    Band,
    EndpointOut,
    LedgerOut,
    NotificationOut,
    NotificationsOut,
    OrderOut,
    OrderTaken,
)
from sim.sandbox.http.watch_models import EventOut, SmsOut, TimelineOut
from sim.sandbox.order_life import life_of
from sim.sandbox.sandbox import Sandbox
from sim.sandbox.world.crowd import CrowdProgress
from sim.sandbox.world.live import LiveWorld
from sim.sandbox.world.outbox import Posting
from sim.sandbox.world.telephones import Message
from sim.sandbox.world.world_clock import ClockReport, ClockStatus, Move
from sim.webhook_signature import shown_secret


def instant(name: str, text: str) -> int:
    """An instant that a caller wrote. Raises FieldError."""
    try:
        return parse_instant(text)
    except ValueError as error:
        raise FieldError(name, text, f"an instant such as 2026-03-03T08:00:00+01:00 ({error})") from error


def slot_of(band: Band) -> Slot:
    """A slot that a caller wrote. Raises FieldError."""
    return slot_between(instant("slot.start", band.start), instant("slot.end", band.end))


def slot_between(start: int, end: int) -> Slot:
    """A slot, which ends after it begins. Raises FieldError."""
    if end <= start:
        raise FieldError("slot", f"{format_instant(start)} to {format_instant(end)}", "an end after the start")
    return Slot(start, end)


def band(slot: Slot | None) -> Band | None:
    """A slot as it is shown."""
    return None if slot is None else Band(**slot_members(slot))


def instant_text(moment: int | None) -> str | None:
    """An instant as it is shown."""
    return None if moment is None else format_instant(moment)


def order_taken(order: Order) -> OrderTaken:
    """The answer to a work order."""
    return OrderTaken(**_taken_members(order))


def _taken_members(order: Order) -> dict[str, Any]:
    return {
        "order": order.code,
        "operator": order.key.operator,
        "flow": order.flow or None,
        "diagnostics": list(order.diagnostics),
        "received_at": format_instant(order.received_at),
    }


def order_out(live: LiveWorld, order: Order) -> OrderOut:
    """An order as it stands."""
    ledger = live.world.service.ledger(order, live.now)
    return OrderOut(
        **_taken_members(order),
        service=order.work.service,
        phone=order.work.phone,
        state=order.state,
        slot=band(order.slot),
        booked_by=order.booked_by,
        sms_at=instant_text(order.sms_at),
        closes_at=instant_text(order.closes_at),
        visit_at=instant_text(order.visit_at),
        ended_at=instant_text(order.ended_at),
        ledger=LedgerOut(gross_ms=ledger.gross_ms, suspended_ms=ledger.suspended_ms, net_ms=ledger.net_ms),
    )


def crowd_out(progress: CrowdProgress) -> CrowdOut:
    """How far a crowd is."""
    counts = {"states": progress.states, "customers": progress.customers, "call_centre": progress.call_centre}
    members = {
        **asdict(progress.plan),
        "handed_in": progress.handed_in,
        "refused": progress.refused,
        **{name: dict(sorted(count.items())) for name, count in counts.items()},
    }
    return CrowdOut.model_validate(members)


def links_out(sandbox: Sandbox, live: LiveWorld, order: Order) -> LinksOut:
    """The links of an order that its parties have been given."""
    link_of_channel = {channel: live.link_of(order.code, channel, order.key.operator) for channel in CHANNELS}
    links = [
        {"channel": channel, "link": link, "local_link": sandbox.local_link(link)}
        for channel, link in link_of_channel.items()
        if link is not None
    ]
    return LinksOut.model_validate({"order": order.code, "operator": order.key.operator, "links": links})


def timeline_out(live: LiveWorld, order: Order) -> TimelineOut:
    """The life of an order, in order of time."""
    life = life_of(live, order)
    marks = [
        {"at": instant_text(floor(mark.instant)), "lane": LANES[mark.lane].en, "meaning": mark.meaning.en}
        for mark in marks_of(life.events)
    ]
    spans = [
        {
            "start": instant_text(floor(span.start)),
            "end": instant_text(floor(span.end)),
            "kind": span.kind,
            "meaning": FLAGS[span.kind][1].en,
        }
        for span in spans_of(life.events, life.now)
    ]
    due = [
        {"at": instant_text(floor(deadline.instant)), "meaning": deadline.label.en}
        for deadline in sorted(life.deadlines, key=lambda deadline: deadline.instant)
    ]
    members = {
        "order": order.code,
        "operator": order.key.operator,
        "now": instant_text(live.now),
        "marks": marks,
        "spans": spans,
        "due": due,
    }
    return TimelineOut.model_validate(members)


def notification_out(sandbox: Sandbox, live: LiveWorld, posting: Posting) -> NotificationOut:
    """A notification with its deliveries."""
    notification = posting.notification
    attempts = [
        AttemptOut(
            copy=attempt.copy,
            at=format_instant(attempt.at),
            status=attempt.status,
            reason=attempt.reason,
            answer=attempt.answer,
        )
        for attempt in posting.attempts
    ]
    members = {
        "id": posting.event,
        "message_id": sandbox.dispatcher(live.name).message_id(posting.event),
        "operator": notification.operator,
        "order": notification.order,
        "code": notification.code,
        "label": notification.label,
        "at": format_instant(notification.at, milliseconds=True),
        "slot": band(notification.slot),
        "state": posting.state,
        "retry_at": instant_text(posting.retry_at),
        "attempts": attempts,
    }
    return NotificationOut.model_validate(members)


def notifications_out(sandbox: Sandbox, live: LiveWorld, operator: str | None, since: str | None) -> NotificationsOut:
    """The notifications of one operator or of all, from an instant on. Raises FieldError."""
    earliest = instant("since", since) if since else 0
    postings = [posting for posting in live.deliveries.postings(operator) if posting.notification.at >= earliest]
    return NotificationsOut(notifications=[notification_out(sandbox, live, posting) for posting in postings])


def endpoint_out(live: LiveWorld, operator: str) -> EndpointOut:
    """An operator's endpoint and its secrets."""
    secrets = [shown_secret(secret) for secret in live.webhook_secrets(operator)]
    return EndpointOut(operator=operator, url=live.account(operator).endpoint, secrets=secrets)


def operator_out(sandbox: Sandbox, live: LiveWorld, name: str) -> OperatorOut:
    """An operator with its credentials."""
    account = live.account(name)
    user = sandbox.sftp_user(live.name, name)
    return OperatorOut(
        operator=name,
        agent_domain=account.operator.link_domain,
        project_codes=list(account.operator.project_codes),
        delivery_codes=list(account.operator.delivery_codes),
        api_key=live.api_key(name),
        endpoint=account.endpoint,
        webhook_secrets=endpoint_out(live, name).secrets,
        sftp_user=user,
        sftp_key_file=str(sandbox.sftp_key_file(user)),
    )


def sms_out(sandbox: Sandbox, message: Message) -> SmsOut:
    """An SMS with the local address of its link."""
    members = {
        **asdict(message),
        "local_link": sandbox.local_link(message.link),
        "at": format_instant(message.at),
        "copies": message.copies,
        "trail": [{"state": state, "at": format_instant(at)} for state, at in message.trail],
    }
    return SmsOut.model_validate(members)


def world_out(live: LiveWorld) -> WorldOut:
    """A world and where its clock stands."""
    return WorldOut(
        name=live.name,
        start=format_instant(live.spec.start),
        now=format_instant(live.now),
        seed=live.spec.seed,
        territories=dict(live.spec.territories),
        under_test=live.spec.under_test,
        orders=len(live.orders()),
        events=len(live.trace),
    )


def clock_out(status: ClockStatus) -> ClockOut:
    """Where the clock stands."""
    return ClockOut(
        now=format_instant(status.now, milliseconds=True),
        ready=status.ready,
        pace=status.pace,
        paused=status.paused,
        next_wake=instant_text(status.next_wake_at),
        moving=None if status.move is None else _moving(status.move, status.effects),
    )


def _moving(move: Move, effects: int) -> MovingOut:
    started, goal = format_instant(move.started, milliseconds=True), instant_text(move.goal)
    return MovingOut(started=started, to=goal, effects=effects, stopping=move.is_stopping)


def clock_moved(live: LiveWorld, report: ClockReport) -> ClockMoved:
    """A move of the clock and its effects."""
    return ClockMoved(
        started=format_instant(report.started, milliseconds=True),
        now=format_instant(report.now, milliseconds=True),
        ready=True,
        effects=[EventOut.model_validate(event) for event in report.effects],
        events=len(live.trace),
    )
