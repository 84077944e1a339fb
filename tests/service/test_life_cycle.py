"""The table of the life cycle is complete, reachable and drawn as it is; nothing happens that it does not hold."""

from __future__ import annotations

import copy
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from reference_impl.errors import IllegalEvent, ServiceFault
from reference_impl.intake import WorkOrder
from reference_impl.life_cycle import transitions
from reference_impl.life_cycle.drawing import BEGINNINGS, diagram
from reference_impl.life_cycle.effects import Resume, WakeAt
from reference_impl.life_cycle.transitions import AWAITED_IN, ENDS, TRANSITIONS, Step, apply, wake
from reference_impl.orders import Detail, Event, Order, State
from reference_impl.policy import DEFAULT
from reference_impl.registry import Operator
from reference_impl.services import NGA
from tests.judging.lives import PHONE, Life, at, refusal, slot
from tests.places import ROOT

DRAWING = ROOT / "docs" / "life_cycle.md"
NOW = at("2026-03-03 10:00")
DETAIL = Detail(channel="customer", link="https://va.alfa.example/x", slot=slot("2026-03-06 08:00"), code="CO")
Key = tuple[State, Event]


def order_in(state: State) -> Order:
    """An order of the service that has just come in."""
    work = WorkOrder("ORDER-1", "ALFA", "VULA_FTTH", "LNA", "PRJ-ALFA", None, False, False, PHONE)
    operator = Operator("ALFA", "va.alfa.example", project_codes=("PRJ-ALFA",))
    ended_at = NOW if state in ENDS else None
    return Order(work, operator, NGA, "service", (), NOW, state, ended_at=ended_at)


def ways() -> Mapping[State, tuple[State, list[Event]]]:
    """For each state, where an order begins and a shortest series of events that leads to it."""
    way_to = {state: (state, list[Event]()) for state, _ in BEGINNINGS}
    waiting = deque(way_to)
    while waiting:
        state = waiting.popleft()
        for (here, event), (following, _) in TRANSITIONS.items():
            if here == state and following not in way_to:
                beginning, events = way_to[state]
                way_to[following] = beginning, [*events, event]
                waiting.append(following)
    return way_to


def led_to(state: State) -> Order:
    """An order that has lived up to a state."""
    beginning, events = ways()[state]
    order = order_in(beginning)
    for event in events:
        apply(order, event, NOW, DEFAULT, DETAIL)
    assert order.state == state
    return order


LEGAL = list(TRANSITIONS)
ILLEGAL = [(state, event) for state in State for event in Event if (state, event) not in TRANSITIONS]


def test_every_state_can_be_reached() -> None:
    assert set(ways()) == set(State)


@pytest.mark.parametrize(("state", "event"), LEGAL)
def test_an_event_of_the_table_leads_where_the_table_says(state: State, event: Event) -> None:
    order = led_to(state)
    apply(order, event, NOW, DEFAULT, DETAIL)
    assert order.state == TRANSITIONS[state, event][0]


@pytest.mark.parametrize(("state", "event"), ILLEGAL)
def test_an_event_that_the_table_does_not_hold_is_named_and_changes_nothing(state: State, event: Event) -> None:
    order = led_to(state)
    order_before = copy.deepcopy(order)
    with pytest.raises(IllegalEvent) as refused:
        apply(order, event, NOW, DEFAULT, DETAIL)
    assert (refused.value.event, refused.value.order, refused.value.state) == (event, "ORDER-1", state)
    assert order == order_before


def test_only_a_late_booking_leaves_an_end() -> None:  # INV-2
    assert [key for key in TRANSITIONS if key[0] in ENDS] == [(State.TIMED_OUT, Event.CONFIRM)]


@pytest.mark.parametrize("state", sorted(ENDS))
def test_an_end_has_its_instant_and_no_other_state_has(state: State) -> None:
    assert led_to(state).ended_at == NOW
    assert all(led_to(ongoing).ended_at is None for ongoing in State if ongoing not in ENDS)


@pytest.mark.parametrize("state", sorted(ENDS - {State.VISITED}))
def test_nothing_is_awaited_after_an_end(state: State) -> None:
    order = led_to(state)
    assert [field for field in AWAITED_IN.values() if getattr(order, field) is not None] == []


def test_a_wake_up_counts_only_at_the_instant_that_the_order_awaits() -> None:
    order = led_to(State.ENGAGED)
    before = copy.deepcopy(order)
    assert wake(order, Event.TERM_END, NOW, DEFAULT) == ()
    assert order == before
    assert order.term_end_at is not None
    assert wake(order, Event.TERM_END, order.term_end_at, DEFAULT) != ()
    assert order.state == State.TIMED_OUT


def test_every_wake_up_that_is_asked_for_is_awaited() -> None:
    for state, event in LEGAL:
        order = led_to(state)
        for effect in apply(order, event, NOW, DEFAULT, DETAIL):
            if isinstance(effect, WakeAt):
                assert getattr(order, AWAITED_IN[effect.event]) == effect.instant, (state, event)


def test_a_cancellation_stops_every_timer_and_ends_the_suspension() -> None:
    for state in (state for state, event in LEGAL if event == Event.CANCEL):
        order = led_to(state)
        assert Resume("cancelled") in apply(order, Event.CANCEL, NOW, DEFAULT, DETAIL)
        assert [field for field in AWAITED_IN.values() if getattr(order, field) is not None] == []


# --- the same table, lived through in worlds ---


class Remembering(dict[Key, tuple[State, Step]]):
    """The table, which remembers what it was asked for."""

    def __init__(self) -> None:
        super().__init__(TRANSITIONS)
        self.used: set[Key] = set()

    def __getitem__(self, key: Key) -> tuple[State, Step]:
        self.used.add(key)
        return super().__getitem__(key)


FRIDAY, NEXT_MONDAY = "2026-03-06 08:00", "2026-03-09 08:00"
NO_CODE = {"project_code": None}
LANDLINE = {"phone": "0612345678"}
TERM_END_REFUSAL: dict[str, Any] = {"refusal_notice": "term_end", "first_notice_unconditional": "no"}


def cancelled_in_each_state() -> Iterator[Life]:
    yield Life(order=NO_CODE).cancel("2026-03-02 07:00")
    yield Life().cancel("2026-03-02 07:00")
    yield Life(order=LANDLINE).cancel("2026-03-02 07:00")
    yield Life().ready("2026-03-02 21:00").cancel("2026-03-02 21:01")
    yield engaged().cancel("2026-03-02 13:00")
    yield engaged(refusal_notice="term_end").decline("2026-03-02 13:00").cancel("2026-03-02 14:00")
    yield engaged().confirm("2026-03-02 13:00", FRIDAY).cancel("2026-03-02 14:00")
    yield late().cancel("2026-03-05 13:00")


def engaged(**readings: Any) -> Life:
    return Life(**readings).ready("2026-03-02 10:00")


def late() -> Life:
    return engaged(late_booking="accept").confirm("2026-03-05 12:00", NEXT_MONDAY)


def ordinary() -> Iterator[Life]:
    yield Life(order=NO_CODE).ready("2026-03-02 10:00").until("2026-03-06 10:00")


def unreachable() -> Iterator[Life]:
    yield Life(order=LANDLINE).ready("2026-03-02 10:00")


def engaged_twice() -> Iterator[Life]:
    yield Life(reengage="yes").ready("2026-03-02 21:00").ready("2026-03-02 21:01").ready("2026-03-03 09:00")


def booked_moved_and_visited() -> Iterator[Life]:
    life = engaged().confirm("2026-03-02 13:00", FRIDAY).ready("2026-03-02 13:30")
    yield life.reschedule("2026-03-02 14:00", NEXT_MONDAY, channel="operator").until("2026-03-09 08:00")


def booked_late_moved_and_visited() -> Iterator[Life]:
    yield late().ready("2026-03-05 12:30").reschedule("2026-03-05 13:00", FRIDAY).until("2026-03-06 08:00")


def refused() -> Iterator[Life]:
    yield engaged().decline("2026-03-02 13:00")
    yield engaged(refusal_final="no").decline("2026-03-02 13:00").until("2026-03-05 00:00")
    waiting = engaged(**TERM_END_REFUSAL).decline("2026-03-02 11:00").ready("2026-03-02 11:30")
    yield waiting.until("2026-03-05 00:00")


def told_only_at_the_deposit_run() -> Iterator[Life]:
    yield engaged(first_notice_unconditional="no").until("2026-03-02 14:00")


LIVES: tuple[Callable[[], Iterator[Life]], ...] = (
    ordinary,
    unreachable,
    engaged_twice,
    booked_moved_and_visited,
    booked_late_moved_and_visited,
    refused,
    told_only_at_the_deposit_run,
    cancelled_in_each_state,
)


def test_every_entry_of_the_table_happens_in_some_life(monkeypatch: pytest.MonkeyPatch) -> None:
    table = Remembering()
    monkeypatch.setattr(transitions, "TRANSITIONS", table)
    for lives in LIVES:
        for life in lives():
            assert life.trace
    assert set(TRANSITIONS) - table.used == set()


# --- and drawn ---


def test_the_drawing_is_that_of_the_table() -> None:
    drawn = DRAWING.read_text(encoding="utf-8").partition("```mermaid\n")[2].partition("```")[0]
    assert drawn == diagram(), "docs/life_cycle.md: put in what `python -m reference_impl.life_cycle.drawing` prints"


def test_the_drawing_has_every_state_and_every_event() -> None:
    drawn = diagram()
    assert all(f" {state}" in drawn for state in State)
    assert all(event.replace("_", " ") in drawn for event in Event)


def test_a_booking_without_a_slot_is_a_fault_of_the_service() -> None:
    order = led_to(State.ENGAGED)
    with pytest.raises(ServiceFault, match=r"^a booking without a slot reached the life cycle$"):
        apply(order, Event.CONFIRM, NOW, DEFAULT, DETAIL._replace(slot=None))


def test_an_order_whose_number_takes_no_sms_is_handed_back_for_it() -> None:  # SMS-1
    life = Life(order={"phone": "+390612345678"}).ready("2026-03-03 10:00")
    assert [event["data"]["reason"] for event in life.seen("order.handed_back")] == ["bad_number"]


def test_an_order_knows_when_its_sms_left() -> None:
    life = Life().ready("2026-03-03 10:00")
    assert life.world.service.find(life.code).sms_at == at("2026-03-03 10:00")


def test_a_late_booking_ends_the_suspension_by_reading() -> None:  # BOOK-4, UNR-3
    life = Life(late_booking="accept", sla_resume="booking").ready("2026-03-02 10:00").until("2026-03-04 10:00")
    link = life.link()
    life.until("2026-03-05 10:00")
    life.world.agent.confirm(link, slot("2026-03-09 08:00"), "customer")
    assert [event["data"]["cause"] for event in life.seen("sla.resumed")] == ["booking"]


def test_every_move_counts_up_to_the_limit() -> None:  # RES-1
    life = Life(max_reschedules=2).ready("2026-03-02 10:00").confirm("2026-03-02 11:00", "2026-03-09 08:00")
    for day in ("2026-03-10", "2026-03-11"):
        life.reschedule("2026-03-02 12:00", f"{day} 08:00")
    assert refusal(lambda: life.reschedule("2026-03-02 12:00", "2026-03-12 08:00")) == "reschedules_exhausted"


@pytest.mark.parametrize("notice", ["immediate", "term_end"])
def test_an_order_knows_who_has_refused_it(notice: str) -> None:  # REF-3
    life = Life(refusal_final="no", refusal_notice=notice).ready("2026-03-02 10:00").until("2026-03-02 16:00")
    life.decline("2026-03-02 16:00").decline("2026-03-02 17:00", "operator")
    assert life.world.service.find(life.code).declined_by == ("customer", "operator")
