"""The shell of the service: it takes orders and events, asks the core, and performs the effects through the ports.

Every entry receives `now`. Each type of effect has one method, here or in `deposit_runs`; one table names it. These
methods decide nothing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import MethodType

from reference_impl.deposit_runs import DepositRuns
from reference_impl.errors import AmbiguousOrder, IntakeError, OrderCodeTaken, ServiceFault, UnknownOrder
from reference_impl.formats.documents import notification_document, order_document
from reference_impl.intake import WorkOrder, parse_order
from reference_impl.life_cycle import effects as fx
from reference_impl.life_cycle.sla_ledger import Ledger, ledger, resume, suspend
from reference_impl.life_cycle.transitions import AWAITED_IN, TERM_EVENTS, apply, wake
from reference_impl.links import CUSTOMER, LinkBook
from reference_impl.orders import NO_DETAIL, Detail, Event, Order, State
from reference_impl.policy import Policy
from reference_impl.ports import (
    FileDrop,
    Journal,
    LinkKeys,
    Notification,
    OperatorNotifier,
    OrderKey,
    Sms,
    SmsGateway,
    WakeUps,
)
from reference_impl.registry import Operator, Registry
from reference_impl.routing import SERVICE, Route, route
from reference_impl.services import CAUSAL_LABELS, TRIGGERS, family_of
from reference_impl.slot_agenda import SlotAgenda
from reference_impl.sms_text import e164, engagement_text, reminder_text
from reference_impl.virtual_agent import VirtualAgent

ELSEWHERE, WAITING, UNREACHABLE = State.ELSEWHERE, State.WAITING, State.UNREACHABLE
LINE_DETAILS: Mapping[str, Detail] = {code: Detail(code=code) for code in TRIGGERS}


class Service:
    """The whole service. It works the same with doubles and with real adapters behind its ports."""

    def __init__(
        self,
        *,
        policy: Policy,
        agenda: SlotAgenda,
        sms: SmsGateway,
        drop: FileDrop,
        notifier: OperatorNotifier,
        wake_ups: WakeUps,
        journal: Journal,
        keys: LinkKeys,
        documents: bool = True,
    ) -> None:
        self.registry = Registry()
        self._policy, self._agenda = policy, agenda
        self._sms, self._notifier = sms, notifier
        self._wake_ups, self._journal = wake_ups, journal
        self._links = LinkBook(keys, policy)
        self.agent = VirtualAgent(self, self._links, agenda, journal, policy)
        self._documents = documents
        self._orders: dict[OrderKey, Order] = {}
        self.deposits = DepositRuns(policy, self._links, drop, wake_ups, self._orders)
        self._to_do: deque[tuple[Order, fx.Effects, int]] = deque()
        self._performing = False
        own_performers: Mapping[type, Performer] = {effect: MethodType(done, self) for effect, done in PERFORM.items()}
        self._do: Mapping[type, Performer] = {**own_performers, fx.QueueRow: self.deposits.queue}
        self._wake_up_handlers = {event: partial(self._on_wake_up, event) for event in AWAITED_IN}

    def register(self, operator: Operator) -> None:
        """Register an operator, or register it anew: from now on that holds, for its orders under way too.

        Raises RegistrationError.
        """
        self.registry.register(operator)
        for order in self:
            if order.key.operator == operator.operator:
                order.operator = operator
        values = {name: getattr(operator, name) for name in Operator.__slots__}
        lists = {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
        members = {name: value for name, value in lists.items() if value is not None}
        self._journal.record("/intake", "operator.registered", operator.operator, members)

    def receive(self, members: Mapping[str, object], now: int) -> WorkOrder:
        """Take in a work order as written: check it whole, then as `accept`."""
        return self.accept(parse_order(members), now).work

    def accept(self, work: WorkOrder, now: int) -> Order:
        """Take in a work order: route it and keep it (ELIG-6). On IntakeError nothing is kept."""
        operator = self._check(work)
        decision = route(work, operator, now, self._policy)
        state = _first_state(decision)
        order = Order(work, operator, family_of(work.service), decision.flow, decision.diagnostics, now, state)
        order.ended_at = now if decision.rejected else None
        order.phone = e164(work.phone) if state is WAITING else ""
        key = order.key
        self._orders[key] = order
        self._journal.record("/intake", "order.received", key, partial(self._received, work, now))
        if decision.flow:
            self._journal.record("/intake", "order.routed", key, decision.members)
        if decision.rejected is not None:
            self._journal.record("/intake", "order.handed_back", key, {"reason": decision.rejected})
        return order

    def forget(self, order: Order) -> None:
        """Forget an order whose cycle has ended, and its links. Nothing that was promised to it happens any more."""
        if order.ended_at is None and order.state is not ELSEWHERE:
            raise ServiceFault(f"order {order.code} is {order.state} and cannot be forgotten")
        order.attempt_at = None
        self._links.forget(order)
        del self._orders[order.key]

    def line_event(self, order: Order, code: str, now: int) -> None:
        """The network says AC or CO of an order's line (SMS-2). Raises IntakeError for the other family's event."""
        expected = (order.family.trigger,) if order.family else TRIGGERS
        if code not in expected:
            raise IntakeError("line event", code, " or ".join(expected))
        self.happen(order, Event.LINE_READY, now, LINE_DETAILS[code])

    def cancel(self, order: Order, reason: str, now: int) -> None:
        """The operator cancels an order: every timer stops. Raises IllegalEvent after the end of its cycle."""
        self.happen(order, Event.CANCEL, now, Detail(reason=reason))

    def find(self, code: str, operator: str | None = None) -> Order:
        """The order of an operator with that code; without an operator, the only one of that code.

        Raises UnknownOrder, and AmbiguousOrder where several operators use the code and none is named.
        """
        names = [registered.operator for registered in self.registry] if operator is None else [operator]
        keys = [key for key in (OrderKey(name, code) for name in names) if key in self._orders]
        if not keys:
            raise UnknownOrder(code, operator)  # INV-5
        if len(keys) > 1:
            raise AmbiguousOrder(code, tuple(key.operator for key in keys))
        return self._orders[keys[0]]

    def happen(self, order: Order, event: Event, now: int, detail: Detail = NO_DETAIL) -> None:
        """Let an event happen to an order and do its effects. Raises IllegalEvent; then nothing has changed."""
        self._perform(order, apply(order, event, now, self._policy, detail), now)

    def end_term_if_over(self, order: Order, now: int) -> None:
        """End the term of an order if that is due, so that an act of the same instant comes after it (BOOK-4)."""
        if order.closes_at is None or now < order.closes_at:
            return
        for event in TERM_EVENTS:
            due = getattr(order, AWAITED_IN[event])
            if due is not None and due <= now:
                self._on_wake_up(event, order, due)

    def ledger(self, order: Order, now: int) -> Ledger:
        """The SLA ledger of an order (UNR-3)."""
        return ledger(order, now)

    def __iter__(self) -> Iterator[Order]:
        return iter(self._orders.values())

    def _check(self, work: WorkOrder) -> Operator:
        operator = self.registry.get(work.operator)
        if operator is None:
            raise IntakeError("operator", work.operator, "a registered operator")
        if (work.operator, work.code) in self._orders:
            raise OrderCodeTaken(work.code, work.operator)
        if not self._agenda.serves(work.territory):
            raise IntakeError("territory", work.territory, ", ".join(self._agenda.territories))
        return operator

    def _received(self, work: WorkOrder, now: int) -> Mapping[str, object]:
        members = {name: getattr(work, name) for name in WorkOrder._fields if name != "code"}
        if self._documents:
            members["document"] = order_document(work, now)  # ROUTE-7
        return {name: value for name, value in members.items() if value is not None}

    def _perform(self, order: Order, effects: fx.Effects, now: int) -> None:
        """Do effects one by one. One may cause an act: the effects of that act come after all that were due before."""
        if self._performing:
            self._to_do.append((order, effects, now))
            return
        self._performing = True
        do, to_do = self._do, self._to_do
        try:
            for effect in effects:
                do[type(effect)](order, effect, now)
            while to_do:
                next_order, next_effects, instant = to_do.popleft()
                for effect in next_effects:
                    do[type(effect)](next_order, effect, instant)
        finally:
            self._performing = False
            if to_do:
                to_do.clear()

    def _send_sms(self, order: Order, effect: fx.SendSms, now: int) -> None:
        operator, (kind, slot) = order.operator, effect
        link = None
        if slot is None:  # SMS-1, SMS-5
            link = self._links.link(order, CUSTOMER)
            text = engagement_text(operator.engagement_text, link)
        else:  # REM-2
            text = reminder_text(operator.reminder_text, slot)
        self._sms.send(Sms(order.code, operator.operator, kind, order.phone, operator.alias_of(kind), text, link, slot))

    def _notify(self, order: Order, effect: fx.Notify, now: int) -> None:
        code, slot = effect
        label, name = CAUSAL_LABELS[code], order.operator.operator
        document = None
        if self._documents:  # ROUTE-7
            document = notification_document(name, order.code, code, label, now, slot)
        self._notifier.notify(Notification(order.code, name, code, label, now, slot, document))

    def _wake_at(self, order: Order, effect: fx.WakeAt, now: int) -> None:
        """Promise an order its event at an instant; what is due now happens at once."""
        if effect.instant == now:
            self._on_wake_up(effect.event, order, now)
        else:
            self._wake_ups.wake_at(effect.instant, self._wake_up_handlers[effect.event], order)

    def _on_wake_up(self, event: Event, order: Order, now: int) -> None:
        """An instant that was promised to an order has come."""
        effects = wake(order, event, now, self._policy)
        if effects:
            self._perform(order, effects, now)

    def _release(self, order: Order, effect: fx.ReleaseSlot, now: int) -> None:
        self._agenda.release(order.work.territory, effect.slot)  # RES-4

    def _suspend(self, order: Order, effect: fx.Suspend, now: int) -> None:
        if suspend(order, effect.code, now):
            self._journal.record("/sla", "sla.suspended", order.key, {"code": effect.code})

    def _resume(self, order: Order, effect: fx.Resume, now: int) -> None:
        if resume(order, effect.cause, now):
            self._journal.record("/sla", "sla.resumed", order.key, {"cause": effect.cause})

    def _record(self, order: Order, effect: fx.Effect, now: int) -> None:
        source, event_type = JOURNALLED[type(effect)]
        self._journal.record(source, event_type, order.key, effect)


def _first_state(decision: Route) -> State:
    if decision.rejected is not None:
        return State.HANDED_BACK
    if decision.flow != SERVICE:
        return ELSEWHERE
    return UNREACHABLE if "bad_number" in decision.diagnostics else WAITING


# Effects that are nothing but an event at a wire of their own.
JOURNALLED: Mapping[type, tuple[str, str]] = {
    fx.Confirmed: ("/agent", "appointment.confirmed"),
    fx.Moved: ("/agent", "appointment.rescheduled"),
    fx.Declined: ("/agent", "appointment.declined"),
    fx.Cancelled: ("/intake", "order.cancelled"),
    fx.HandBack: ("/intake", "order.handed_back"),
    fx.StartVisit: ("/field", "visit.started"),
    fx.StartContactPolicy: ("/telephone", "contact_policy.started"),
    fx.StartCommercialService: ("/commercial", "commercial_service.started"),
}
Performer = Callable[..., None]
PERFORM: Mapping[type, Performer] = {
    **dict.fromkeys(JOURNALLED, Service._record),
    fx.SendSms: Service._send_sms,
    fx.Notify: Service._notify,
    fx.WakeAt: Service._wake_at,
    fx.ReleaseSlot: Service._release,
    fx.Suspend: Service._suspend,
    fx.Resume: Service._resume,
}
