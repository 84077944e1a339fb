"""What happens to an order, as programs that the ordered loop can run, made by letting it happen to a trial order.

The life cycle itself is asked: for every state, event and what else of an order can matter, a trial order lives the
event, and what has changed and which effects came back are written down as codes. Readings are never looked at here.
What cannot be written down raises CannotTabulate, and the run goes to the service engine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from reference_impl.civil_time import DAY, HOUR, MINUTE
from reference_impl.deadlines import booking_closes, deposit_run_at, engagement_sms_at, reminder_at
from reference_impl.errors import AgentRejected
from reference_impl.intake import WorkOrder
from reference_impl.life_cycle import effects as fx
from reference_impl.life_cycle.ordinary_process import ATTEMPTS
from reference_impl.life_cycle.transitions import AWAITED_IN, TRANSITIONS, apply, wake
from reference_impl.links import CHANNELS, LinkBook
from reference_impl.orders import NO_DETAIL, Detail, Event, Order, State
from reference_impl.policy import Policy
from reference_impl.ports import OrderKey, Slot
from reference_impl.registry import Operator
from reference_impl.services import SERVICES
from reference_impl.slot_agenda import SlotAgenda
from reference_impl.virtual_agent import VirtualAgent
from sim.capacity.cohort import layout as at

Numbers = NDArray[np.int64]
Op = tuple[int, int]
STATES = tuple(State)
WAKE_UPS = (
    Event.ENGAGE,
    Event.FIRST_NOTICE,
    Event.TERM_END,
    Event.REFUSAL_STANDS,
    Event.REMIND,
    Event.VISIT,
    Event.ATTEMPT,
)
HAPPENINGS = (
    *WAKE_UPS,
    Event.LINE_READY,
    Event.CONFIRM,
    Event.RESCHEDULE,
    Event.DECLINE_ONE_PARTY,
    Event.DECLINE,
    Event.DECLINE_UNTIL_TERM,
    Event.CANCEL,
)
FIELDS = [AWAITED_IN[event] for event in WAKE_UPS]
# A trial: a Tuesday afternoon, a term that ends on Friday, an appointment in two weeks and its next one.
NOW = 20_521 * DAY + 12 * HOUR + 34 * MINUTE + 56_789
CLOSES_AT = NOW + 3 * DAY
SLOT, OTHER_SLOT = (Slot(NOW + days * DAY, NOW + days * DAY + 2 * HOUR) for days in (14, 15))
UNTOUCHED = {field: NOW + DAY + number for number, field in enumerate(FIELDS)}
SIMPLE_EFFECTS: Mapping[type, Op] = {
    fx.Notify: (at.DO_NOTIFY, 0),
    fx.Confirmed: (at.DO_CONFIRMED, 0),
    fx.Moved: (at.DO_MOVED, 0),
    fx.ReleaseSlot: (at.DO_RELEASE, 0),
    fx.Suspend: (at.DO_SUSPEND, 0),
    fx.Resume: (at.DO_RESUME, 0),
    fx.StartVisit: (at.DO_VISIT, 0),
    fx.Cancelled: (at.DO_CANCELLED, 0),
}
HANDED_BACK: Mapping[str, Op] = {"refused": (at.DO_REFUSED, 0), "timeout": (at.DO_TIMED_OUT, 0)}


class CannotTabulate(Exception):
    """Something that the cohort engine has no form for. Data: what it is, as a user would name it."""


@dataclass(frozen=True)
class LifeTables:
    """Programs by number: their pairs of code and argument, and which one runs by state, happening and variant."""

    programs: Numbers
    program_of: Numbers
    agent: Numbers  # by act, channel and who has declined: the happening, the channel that counts
    may_reschedule: bool


@lru_cache(maxsize=4)  # 14 ms; the same for all replications of a process, and nobody writes into them
def life_tables(policy: Policy, operator: Operator) -> LifeTables:
    """The life of an order under a policy. Raises CannotTabulate."""
    numbers: dict[tuple[Op, ...], int] = {}
    program_of = np.full((len(STATES), at.HAPPENINGS, at.VARIANTS), at.NONE, dtype=np.int64)
    for state, event in TRANSITIONS:
        if event not in HAPPENINGS or state is State.LATE_BOOKED:
            continue
        for variant in range(at.VARIANTS):
            program = _program(policy, operator, state, event, variant)
            if program is not None:
                where = STATES.index(state), HAPPENINGS.index(event), variant
                program_of[where] = numbers.setdefault(program, len(numbers))
    programs = np.zeros((len(numbers), 2 * at.PROGRAM_LENGTH), dtype=np.int64)
    for program, number in numbers.items():
        flat = [word for op in program for word in op]
        programs[number, : len(flat)] = flat
    agent = _AgentTrial(policy, operator)
    return LifeTables(programs, program_of, agent.answers(), agent.may_reschedule())


def _trial_order(operator: Operator, service: str, state: State, variant: int) -> Order:
    work = WorkOrder("TRIAL", operator.operator, service, "LNA", None, None, False, False, "+393331234567")
    flow = "ordinary" if state is State.ELSEWHERE else "service"
    order = Order(work, operator, SERVICES[service], flow, (), NOW - DAY, state, phone=work.phone)
    for field, instant in UNTOUCHED.items():
        setattr(order, field, instant)
    if not variant & 1:
        order.first_notice_at = None
    order.reminders = variant >> 1 & 1
    order.attempts = variant >> 2
    order.sms_at, order.closes_at = NOW - HOUR, CLOSES_AT
    order.slot = SLOT if state is State.BOOKED else None
    return order


def _program(policy: Policy, operator: Operator, state: State, event: Event, variant: int) -> tuple[Op, ...] | None:
    """What an event does to an order, or None where such an order cannot meet it; the same for every family."""
    services = {family.name: service for service, family in SERVICES.items()}.values()  # one of each family
    programs = {_one_program(policy, operator, service, state, event, variant) for service in services}
    if len(programs) != 1:
        raise CannotTabulate(f"{event} of {state} orders, which differs by family")
    return programs.pop()


def _one_program(
    policy: Policy, operator: Operator, service: str, state: State, event: Event, variant: int
) -> tuple[Op, ...] | None:
    order = _trial_order(operator, service, state, variant)
    if event is Event.FIRST_NOTICE and not variant & 1:
        return None
    slot = OTHER_SLOT if event is Event.RESCHEDULE else SLOT
    detail = Detail("customer", "link", slot, order.family.trigger) if order.family else NO_DETAIL
    before = {name: getattr(order, name) for name in (*FIELDS, "slot", "declined_by")}
    counts = {name: getattr(order, name) for name in ("reschedules", "reminders", "attempts")}
    if event in WAKE_UPS:
        setattr(order, AWAITED_IN[event], NOW)
        effects = wake(order, event, NOW, policy)
    else:
        effects = apply(order, event, NOW, policy, detail)
    changes = [
        *_changed(order, before, policy),
        *_counted(order, counts, before),
        (at.BECOME, STATES.index(order.state)),
    ]
    return (*changes, *(op for effect in effects for op in _effect_ops(effect, order, before["slot"], policy)))


def _changed(order: Order, before: Mapping[str, object], policy: Policy) -> list[Op]:
    """What has become of the instants that the order awaited, and of its slot."""
    ops: list[Op] = []
    if order.sms_at == NOW:
        ops.append((at.SET_SMS, 0))
        _expect(order.closes_at == booking_closes(NOW, policy), "a term that is not the tabulated one")
    if order.slot != before["slot"]:
        ops.append((at.SET_SLOT, 0))
    tabulated: Mapping[str, tuple[int, int, Callable[[], int | None]]] = {
        "engage_at": (at.SET_TABULATED, at.ENGAGE_AT, lambda: engagement_sms_at(NOW, policy)),
        "first_notice_at": (at.SET_TABULATED, at.RUN_AT, lambda: deposit_run_at(NOW, policy)),
        "term_end_at": (at.SET_TERM, 0, lambda: order.closes_at),
        "refusal_stands_at": (at.SET_TERM, 0, lambda: order.closes_at),
        "remind_at": (at.SET_REMINDER, 0, lambda: reminder_at(order.slot.start, NOW, policy) if order.slot else None),
        "visit_at": (at.SET_VISIT, 0, lambda: order.slot.start if order.slot else None),
        "attempt_at": (at.SET_TABULATED, at.ATTEMPT_2 + order.attempts - 1, lambda: order.attempt_at),
    }
    for number, field in enumerate(FIELDS):
        value = getattr(order, field)
        if value == before[field]:
            continue
        if value is None:
            ops.append((at.CLEAR, number))
            continue
        code, column, expected = tabulated[field]
        _expect(value == expected(), f"{field} at an instant that is not the tabulated one")
        ops.append((code, number + at.WAKE_UP_COUNT * column))
    return ops


def _counted(order: Order, counts: Mapping[str, int], before: Mapping[str, object]) -> list[Op]:
    codes = {"reschedules": at.COUNT_RESCHEDULE, "reminders": at.COUNT_REMINDER, "attempts": at.COUNT_ATTEMPT}
    ops = []
    for name, code in codes.items():
        more = getattr(order, name) - counts[name]
        _expect(more in (0, 1), f"{name} that do not count by one")
        ops += [(code, 0)] * more
    if order.declined_by != before["declined_by"]:
        ops.append((at.DECLINE_BY, 0))
    return ops


def _effect_ops(effect: fx.Effect, order: Order, held_slot: object, policy: Policy) -> list[Op]:
    """One effect as codes."""
    match effect:
        case fx.Declined() | fx.StartCommercialService():  # counted nowhere
            return []
        case fx.SendSms():
            op = at.DO_ENGAGEMENT_SMS if effect.kind == "engagement" else at.DO_REMINDER_SMS, 0
        case fx.QueueRow():
            _expect(effect.run_at == deposit_run_at(NOW, policy), "a row in a run that is not the tabulated one")
            op = at.DO_QUEUE_ROW, 0
        case fx.WakeAt():
            _expect(effect.instant == getattr(order, AWAITED_IN[effect.event]), "a wake-up that is not awaited")
            op = at.DO_WAKE, WAKE_UPS.index(effect.event)
        case fx.HandBack():
            op = HANDED_BACK.get(effect.reason, (at.DO_HANDED_BACK, 0))
        case fx.StartContactPolicy():
            return [(at.DO_LAST_CALL, 0)] if effect.attempt == ATTEMPTS else []
        case _:
            _expect(type(effect) in SIMPLE_EFFECTS, f"the effect {type(effect).__name__}")
            _expect(
                not isinstance(effect, fx.ReleaseSlot) or effect.slot == held_slot, "a slot released that was not held"
            )
            _expect(not isinstance(effect, fx.StartVisit) or effect.slot == order.slot, "a visit outside the slot")
            op = SIMPLE_EFFECTS[type(effect)]
    return [op]


def _expect(holds: bool, otherwise: str) -> None:
    if not holds:
        raise CannotTabulate(otherwise)


class _OpenAgenda(SlotAgenda):
    """Every slot exists and is free, so that only the agent's own conditions speak."""

    def exists(self, slot: Slot, now: int) -> bool:
        return True

    def take(self, territory: str, slot: Slot) -> bool:
        return True


class _Keys:
    def issue(self, order: OrderKey, channel: str) -> str:
        return f"{order.code}-{channel}"


class _AgentTrial:
    """A Virtual Agent with one trial order behind it: what it lets happen is noted, and nothing does."""

    def __init__(self, policy: Policy, operator: Operator) -> None:
        self._operator, self._policy = operator, policy
        self._links = LinkBook(_Keys(), policy)
        self._agent = VirtualAgent(self, self._links, _OpenAgenda(policy, {}), self, policy)
        self._let: list[tuple[Event, str]] = []

    def happen(self, order: Order, event: Event, now: int, detail: Detail) -> None:
        """Note what would happen."""
        self._let.append((event, detail.channel))

    def end_term_if_over(self, order: Order, now: int) -> None:
        """The term of a trial order runs."""

    def record(self, source: str, type: str, subject: object, data: object) -> None:
        """Nothing is journalled."""

    def answers(self) -> Numbers:
        """For each act, channel and set of those who have declined: the happening or -1, and the channel that acts."""
        table = np.full((2, len(CHANNELS), 4, 2), at.NONE, dtype=np.int64)
        for channel in range(len(CHANNELS)):
            for declined in range(4):
                for act in (at.ACT_CONFIRM, at.ACT_DECLINE):
                    let = self._tried(act, channel, declined)
                    if let is not None:
                        table[act, channel, declined] = HAPPENINGS.index(let[0]), CHANNELS.index(let[1])
        return table

    def may_reschedule(self) -> bool:
        """Whether a first move within the cut-off is allowed, whoever asks."""
        answers = {self._tried(at.ACT_RESCHEDULE, channel, 0) is not None for channel in range(len(CHANNELS))}
        if len(answers) != 1:
            raise CannotTabulate("moves that depend on who asks")
        return answers.pop()

    def _tried(self, act: int, channel: int, declined: int) -> tuple[Event, str] | None:
        state = State.BOOKED if act == at.ACT_RESCHEDULE else State.ENGAGED
        order = _trial_order(self._operator, "VULA_FTTH", state, 0)
        order.declined_by = tuple(name for bit, name in enumerate(CHANNELS) if declined >> bit & 1)
        link = self._links.link(order, CHANNELS[channel])
        self._let.clear()
        try:
            if act == at.ACT_CONFIRM:
                self._agent.confirm(link, SLOT, NOW)
            elif act == at.ACT_DECLINE:
                self._agent.decline(link, NOW)
            else:
                self._agent.reschedule(link, OTHER_SLOT, NOW)
        except AgentRejected:
            return None
        return self._let[0]
