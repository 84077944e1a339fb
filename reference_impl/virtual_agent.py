"""The Virtual Agent: what customer and operator may do through their links (LINK-3, LINK-4).

It decides whether an act is allowed, takes the slot, and lets the life cycle do the rest. An act that is refused
changes nothing. Reasons are words of the trace.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from reference_impl.deadlines import within_cutoff
from reference_impl.errors import AgentRejected, FieldError
from reference_impl.links import CHANNELS, CUSTOMER, SHARED, LinkBook
from reference_impl.orders import Detail, Event, Order, State
from reference_impl.policy import Policy
from reference_impl.ports import Journal, Slot
from reference_impl.slot_agenda import SlotAgenda

S = State
ENGAGED, TIMED_OUT, BOOKED_STATES = S.ENGAGED, S.TIMED_OUT, (S.BOOKED, S.LATE_BOOKED)
# Why an act is refused in a state, whatever else it asks. A pair that is not here goes on to the act's own checks.
REFUSALS: Mapping[str, Mapping[State, str]] = {
    "confirm": {
        S.BOOKED: "already_booked",  # RACE-1, RACE-2
        S.LATE_BOOKED: "already_booked",
        S.TIMED_OUT: "term_over",  # BOOK-4
        S.VISITED: "closed",
        S.REFUSING: "closed",  # REF-3
        S.REFUSED: "closed",
        S.CANCELLED: "closed",
    },
    "reschedule": {
        S.ENGAGED: "not_booked",
        S.TIMED_OUT: "term_over",
        S.VISITED: "cutoff_passed",
        S.REFUSING: "closed",
        S.REFUSED: "closed",
        S.CANCELLED: "closed",
    },
    "decline": {
        S.BOOKED: "already_booked",  # REF-1
        S.LATE_BOOKED: "already_booked",
        S.TIMED_OUT: "term_over",
        S.VISITED: "closed",
        S.REFUSING: "closed",
        S.REFUSED: "closed",
        S.CANCELLED: "closed",
    },
}


class LifeCycle(Protocol):
    """What the agent needs of the service: a way to let an event happen to an order."""

    def happen(self, order: Order, event: Event, now: int, detail: Detail) -> None: ...

    def end_term_if_over(self, order: Order, now: int) -> None: ...


class AgentView(NamedTuple):
    """What the bearer of a link sees: where the order stands and the appointment, if there is one."""

    order: str
    state: str
    slot: Slot | None


class VirtualAgent:
    """The acts: open, offered slots, confirm, reschedule, decline. Each raises AgentRejected and is then journalled."""

    def __init__(
        self, service: LifeCycle, links: LinkBook, agenda: SlotAgenda, journal: Journal, policy: Policy
    ) -> None:
        self._service, self._links, self._agenda = service, links, agenda
        self._journal, self._policy = journal, policy

    def open(self, link: str, now: int, channel: str | None = None) -> AgentView:
        """Look at the order behind a link. `channel` matters only for a link that both parties share."""
        order, party = self._enter(link, "open", channel, now)
        self._journal.record("/agent", "agent.opened", order.key, {"channel": party, "link": link})
        return AgentView(order.code, order.state, order.slot)

    def offered_slots(self, link: str, now: int) -> list[Slot]:
        """The slots that the bearer can book now, in order of time."""
        order, _ = self._enter(link, "open", None, now)
        return self._agenda.offered(order.work.territory, now)

    def first_slot(self, link: str, now: int, since: int) -> Slot | None:
        """The first slot from an instant on that the bearer can book now; failing that, the first of all."""
        order, _ = self._enter(link, "open", None, now)
        return self._agenda.first(order.work.territory, now, since)

    def confirm(self, link: str, slot: Slot, now: int, channel: str | None = None) -> AgentView:
        """Fix the appointment. RACE-1: the first to confirm gets it."""
        order, party = self._enter(link, "confirm", channel, now)
        if self._is_winners_retry(order, party, slot):
            return AgentView(order.code, order.state, order.slot)  # RACE-2: the same answer, and nothing happens
        self._reject_if(order, party, "confirm", slot, self._confirm_refusal(order, party))
        self._take(order, party, "confirm", slot, now)
        return self._do(order, Event.CONFIRM, now, Detail(party, link, slot))

    def reschedule(self, link: str, slot: Slot, now: int, channel: str | None = None) -> AgentView:
        """Move the appointment: either party, earlier or later (RES-1, RES-2). The same slot changes nothing."""
        order, party = self._enter(link, "reschedule", channel, now)
        self._reject_if(order, party, "reschedule", slot, self._reschedule_refusal(order, slot, now))
        if slot == order.slot:
            return AgentView(order.code, order.state, order.slot)
        self._take(order, party, "reschedule", slot, now)
        return self._do(order, Event.RESCHEDULE, now, Detail(party, link, slot))

    def decline(self, link: str, now: int, channel: str | None = None) -> AgentView:
        """Refuse to fix an appointment, while none is fixed (REF-1)."""
        order, party = self._enter(link, "decline", channel, now)
        self._reject_if(order, party, "decline", None, self._decline_refusal(order, party))
        return self._do(order, self._kind_of_decline(order), now, Detail(party, link))

    def _enter(self, link: str, act: str, channel: str | None, now: int) -> tuple[Order, str]:
        """The order behind a link, as it stands now, and the channel that acts."""
        if channel is not None and channel not in CHANNELS:
            raise FieldError("channel", channel, " or ".join(CHANNELS))
        bearer = self._links.bearer(link)
        if bearer is None:
            rejection = {"channel": channel or CUSTOMER, "act": act, "reason": "unknown_link", "link": link}
            self._journal.record("/agent", "agent.rejected", None, rejection)
            raise AgentRejected("unknown_link", act)
        order, given_to = bearer
        party = given_to if given_to != SHARED else channel or CUSTOMER
        self._service.end_term_if_over(order, now)  # BOOK-4
        return order, party

    def _is_winners_retry(self, order: Order, party: str, slot: Slot) -> bool:
        is_booked = order.state in BOOKED_STATES
        is_repeated = is_booked and order.booked_by == party and order.slot == slot
        return is_repeated and self._policy.race_retry == "idempotent"

    def _confirm_refusal(self, order: Order, party: str) -> str | None:
        if order.state is TIMED_OUT and self._policy.late_booking == "accept":
            return None
        if order.state is ENGAGED and party in order.declined_by:
            return "closed"  # REF-3
        return REFUSALS["confirm"].get(order.state)

    def _reschedule_refusal(self, order: Order, slot: Slot, now: int) -> str | None:
        refusal = REFUSALS["reschedule"].get(order.state)
        if refusal or order.slot is None:
            return refusal
        if not within_cutoff(now, order.slot.start, self._policy):  # RES-3
            return "cutoff_passed"
        limit = self._policy.max_reschedules
        is_move = slot != order.slot
        return "reschedules_exhausted" if is_move and limit != "unlimited" and order.reschedules >= limit else None

    def _decline_refusal(self, order: Order, party: str) -> str | None:
        if order.state is ENGAGED and party in order.declined_by:
            return "closed"
        return REFUSALS["decline"].get(order.state)

    def _kind_of_decline(self, order: Order) -> Event:
        """The event of this refusal: it depends on the other party (REF-3) and on the time of the notice (REF-2)."""
        is_last_party = len(order.declined_by) + 1 == len(CHANNELS)
        if self._policy.refusal_final == "no" and not is_last_party:
            return Event.DECLINE_ONE_PARTY
        return Event.DECLINE if self._policy.refusal_notice == "immediate" else Event.DECLINE_UNTIL_TERM

    def _take(self, order: Order, party: str, act: str, slot: Slot, now: int) -> None:
        """Take a place of the slot; refuse a slot that is not on offer or has no place left (INV-6)."""
        is_offered = self._agenda.exists(slot, now)
        self._reject_if(order, party, act, slot, None if is_offered else "slot_not_offered")
        is_taken = self._agenda.take(order.work.territory, slot)
        self._reject_if(order, party, act, slot, None if is_taken else "slot_taken")

    def _reject_if(self, order: Order, party: str, act: str, slot: Slot | None, refusal: str | None) -> None:
        """Raise AgentRejected where there is a refusal: the party is told the reason, and nothing changes (RACE-2)."""
        if refusal is None:
            return
        data: dict[str, object] = {"channel": party, "act": act, "reason": refusal}
        if slot is not None:
            data["slot"] = slot
        self._journal.record("/agent", "agent.rejected", order.key, data)
        raise AgentRejected(refusal, act)

    def _do(self, order: Order, event: Event, now: int, detail: Detail) -> AgentView:
        self._service.happen(order, event, now, detail)
        return AgentView(order.code, order.state, order.slot)
