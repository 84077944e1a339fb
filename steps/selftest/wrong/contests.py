"""Wrong systems that break RACE, RES or REF: two parties at once, moving an appointment, refusing one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reference_impl.deadlines import within_cutoff
from reference_impl.life_cycle import effects as fx
from reference_impl.life_cycle.transitions import TRANSITIONS, confirm, time_out
from reference_impl.life_cycle.transitions import decline as refuse
from reference_impl.orders import Detail, Event, Order, State
from reference_impl.policy import Policy
from reference_impl.slot_agenda import SlotAgenda
from reference_impl.virtual_agent import REFUSALS, AgentView, VirtualAgent
from steps.selftest.changes import GONE, Change, attribute, effects, entry, function, readings
from steps.selftest.systems import wrong
from steps.selftest.wrong.appointments import moved
from steps.selftest.wrong.ways import (
    DAY,
    HOUR,
    civil_day,
    denies,
    instant_of,
    weekday,
    without,
)

BOOKED, ENGAGED, REFUSED = State.BOOKED, State.ENGAGED, State.REFUSED


def cutoff(within: Callable[[int, int, bool], bool]) -> Change:
    """An appointment can be moved at other times: `within(now, slot_start, lawful)`."""
    return function(
        within_cutoff, lambda original: lambda now, start, policy: within(now, start, original(now, start, policy))
    )


def answered(act: str, instead: Callable[..., Any]) -> Change:
    """The agent answers an act otherwise: `instead(agent, original, link, *rest)`."""
    return attribute(VirtualAgent, act, lambda original: lambda self, link, *rest: instead(self, original, link, *rest))


def _swallowed(agent: VirtualAgent, original: Callable[..., Any], link: str, *rest: Any) -> Any:
    """A confirmation of what is booked is answered as if it had been taken."""
    order, _ = agent._links.bearer(link) or (None, "")
    if order is not None and order.state == BOOKED:
        return AgentView(order.code, order.state, order.slot)
    return original(agent, link, *rest)


def _refused_when_booked(order: Order, now: int, policy: Policy, detail: Detail) -> fx.Effects:
    """A refusal ends an appointment: nobody is reminded or visited."""
    order.remind_at = order.visit_at = None
    return refuse(order, now, policy, detail)


def _refused_and_awaited(order: Order, now: int, policy: Policy, detail: Detail) -> fx.Effects:
    """A refusal leaves the end of the term awaited."""
    term_end = order.term_end_at
    refusal_effects = refuse(order, now, policy, detail)
    order.term_end_at = term_end
    return refusal_effects


def refused(become: Callable[[Any], Any]) -> Change:
    """Effects of a refusal are others."""
    return effects(lambda order, event, now, done: become(done) if event == Event.DECLINE else done)


SHELF = (
    wrong("RACE-1", "the-last-wins", "a second confirmation takes the appointment over",
          entry(REFUSALS["confirm"], BOOKED, GONE) + entry(TRANSITIONS, (BOOKED, Event.CONFIRM), (BOOKED, confirm))),
    wrong("RACE-1", "the-first-is-turned-away", "an operator is told that it is booked though it is not",
          denies("confirm", "already_booked", lambda order, party, slot, now: (
              party == "operator" and order.state == ENGAGED))),
    wrong("RACE-1", "customers-first", "a customer takes the appointment over from the operator",
          entry(TRANSITIONS, (BOOKED, Event.CONFIRM), (BOOKED, confirm)) + attribute(
              VirtualAgent, "_confirm_refusal", lambda o: lambda self, order, party: (
                  None if party == "customer" and order.booked_by == "operator" and order.state == BOOKED
                  else o(self, order, party)))),
    wrong("RACE-2", "the-second-is-told-yes", "who comes second is answered as if the appointment were his",
          answered("confirm", _swallowed),
          unseen="what the agent answers a party shows in no trace, but for a refusal that is recorded"),
    wrong("RACE-2", "causal-for-the-second", "who comes second causes a booked causal",
          attribute(VirtualAgent, "_reject_if", lambda o: lambda self, order, party, act, slot, refusal: (
              self._service._notify(order, fx.Notify(order.family.booked, order.slot), order.sms_at)
              if refusal == "already_booked" and act == "confirm" else None,
              o(self, order, party, act, slot, refusal))[1])),
    wrong("RACE-2", "winners-refused", "who has won is refused when the answer was lost and it asks again",
          readings(race_retry="reject")),

    wrong("RES-1", "who-booked-moves", "only the party that booked can move",
          denies("reschedule", "closed", lambda order, party, slot, now: order.booked_by not in (None, party))),
    wrong("RES-1", "moved-once", "an appointment can be moved once", readings(max_reschedules=1)),
    wrong("RES-1", "operators-do-not-move", "an operator cannot move an appointment",
          denies("reschedule", "not_booked", lambda order, party, slot, now: party == "operator")),
    wrong("RES-2", "only-later", "an appointment can be moved to later dates only",
          denies("reschedule", "slot_not_offered", lambda order, party, slot, now: (
              order.slot is not None and slot.start < order.slot.start))),
    wrong("RES-2", "only-earlier", "an appointment can be moved to earlier dates only",
          denies("reschedule", "slot_not_offered", lambda order, party, slot, now: (
              order.slot is not None and slot.start > order.slot.start))),
    wrong("RES-2", "not-on-the-day", "an appointment cannot be moved to another band of its day",
          denies("reschedule", "slot_not_offered", lambda order, party, slot, now: (
              order.slot is not None and slot != order.slot and civil_day(slot.start) == civil_day(order.slot.start)))),
    wrong("RES-3", "cutoff-at-noon", "an appointment can be moved until 12:00 of the eve",
          cutoff(lambda now, start, lawful: now <= instant_of(civil_day(start) - 1, 12 * HOUR))),
    wrong("RES-3", "cutoff-a-millisecond-late", "an appointment can be moved at 18:00:00.001 of the eve",
          cutoff(lambda now, start, lawful: now <= instant_of(civil_day(start) - 1, 18 * HOUR) + 1)),
    wrong("RES-3", "cutoff-excluded", "an appointment cannot be moved at 18:00:00 of the eve",
          readings(cutoff_included="no")),
    wrong("RES-3", "no-cutoff", "an appointment can be moved until it begins",
          cutoff(lambda now, start, lawful: now < start)),
    wrong("RES-3", "cutoff-on-working-days", "an appointment of a Monday can be moved until Friday",
          cutoff(lambda now, start, lawful: lawful and (
              weekday(civil_day(start)) > 0 or now <= instant_of(civil_day(start) - 3, 18 * HOUR)))),
    wrong("RES-3", "twenty-four-hours", "an appointment can be moved until 24 hours before it begins",
          cutoff(lambda now, start, lawful: now <= start - DAY)),
    wrong("RES-4", "old-slot-kept", "the slot that was left stays taken", without(fx.ReleaseSlot)),
    wrong("RES-4", "visited-in-the-old-slot", "the technician comes in the slot that was left",
          effects(lambda order, event, now, done: [
              effect._replace(slot=moved(effect.slot, -DAY))
              if isinstance(effect, fx.StartVisit) and order.reschedules else effect for effect in done])),
    wrong("RES-4", "old-slot-told", "the causal after a move names the slot that was left",
          effects(lambda order, event, now, done: [
              effect._replace(slot=next(e.previous for e in done if isinstance(e, fx.Moved)))
              if isinstance(effect, fx.Notify) and event == Event.RESCHEDULE else effect for effect in done])),

    wrong("REF-1", "booked-and-refused", "an appointment that is fixed can be refused",
          entry(REFUSALS["decline"], BOOKED, GONE)
          + entry(TRANSITIONS, (BOOKED, Event.DECLINE), (REFUSED, _refused_when_booked))),
    wrong("REF-1", "operators-do-not-refuse", "an operator cannot refuse",
          denies("decline", "not_booked", lambda order, party, slot, now: (
              party == "operator" and order.state == ENGAGED))),
    wrong("REF-1", "customers-do-not-refuse", "a customer cannot refuse in the first day",
          denies("decline", "already_booked", lambda order, party, slot, now: (
              party == "customer" and order.state == ENGAGED and now < order.sms_at + DAY))),
    wrong("REF-2", "refusal-untold", "a refusal brings no causal",
          refused(lambda done: [effect for effect in done if not isinstance(effect, fx.Notify)])),
    wrong("REF-2", "refusal-told-twice", "a refusal brings its causal twice",
          refused(lambda done: [copy for effect in done for copy in [effect] * (1 + isinstance(effect, fx.Notify))])),
    wrong("REF-2", "refusal-and-time-out", "a refused order is timed out as well",
          entry(TRANSITIONS, (ENGAGED, Event.DECLINE), (REFUSED, _refused_and_awaited))
          + entry(TRANSITIONS, (REFUSED, Event.TERM_END), (State.TIMED_OUT, time_out))),
    wrong("REF-3", "the-other-may-book", "a refusal by one party leaves the other free to book",
          readings(refusal_final="no")),
    wrong("REF-3", "refused-and-kept", "an order is not handed back after a refusal",
          refused(lambda done: [effect for effect in done if not isinstance(effect, fx.HandBack)])),
    wrong("REF-3", "refused-and-booked", "who has refused can book all the same",
          entry(REFUSALS["confirm"], REFUSED, GONE) + entry(TRANSITIONS, (REFUSED, Event.CONFIRM), (BOOKED, confirm))),
    wrong("INV-6", "one-place-too-many", "a slot takes one appointment more than it has places",
          attribute(SlotAgenda, "free", lambda o: lambda self, territory, slot: o(self, territory, slot) + 1)),
    wrong("INV-6", "places-doubled", "a slot takes twice the appointments that it has places",
          attribute(SlotAgenda, "free", lambda o: lambda self, territory, slot: (
              o(self, territory, slot) + self.capacity(territory, slot)))),
)  # fmt: skip
