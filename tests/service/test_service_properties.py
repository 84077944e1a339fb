"""Whatever both parties do, in whatever order and under whatever readings: the invariants, read off the trace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from reference_impl.civil_time import DAY, HOUR, MINUTE, SECOND, parse_instant
from reference_impl.errors import AgentRejected, IllegalEvent
from reference_impl.policy import Policy
from reference_impl.services import SERVICES
from reports.judging.catalogue import catalogue
from sim.world import World
from tests.judging.lives import ALFA, PHONE, at

CHOICES = {name: entry.readings for name, entry in catalogue().parameters.items() if entry.kind == "choice"}
STARTS = ("2026-03-27 06:00", "2026-10-23 19:59", "2026-04-02 12:00", "2026-12-23 18:30", "2026-03-02 06:00")
STEPS = (0, 1, SECOND, MINUTE, HOUR, 5 * HOUR, 13 * HOUR, DAY, 3 * DAY)
FIRST = {"copper": "Z18", "nga": "W08"}
BOOKED = {"copper": "PA", "nga": "W09"}
NOT_BOOKED = {"copper": "Z36", "nga": "W24"}
PARTIES = ("customer", "operator")
NUMBERS = st.integers(0, 10**6)
Event = dict[str, Any]


class TwoParties(RuleBasedStateMachine):
    """A world in which both parties do anything at any time. The invariants look at the trace alone."""

    @initialize(
        readings=st.fixed_dictionaries({name: st.sampled_from(readings) for name, readings in CHOICES.items()}),
        limit=st.sampled_from(["unlimited", 0, 1, 2]),
        start=st.sampled_from(STARTS),
        places=st.integers(1, 2),
    )
    def begin(self, readings: dict[str, Any], limit: Any, start: str, places: int) -> None:
        self.readings, self.places = readings, places
        policy = Policy.from_readings(readings | {"max_reschedules": limit})
        self.world = World(start=at(start), policy=policy, territories={"LAZIO": places}, documents=False)
        self.world.register_operator(**ALFA)
        self.orders: dict[str, str] = {}

    @rule(service=st.sampled_from(sorted(SERVICES)), code=st.sampled_from(["project_code", "delivery_code", None]))
    def hand_in(self, service: str, code: str | None) -> None:
        name = f"ORDER-{len(self.orders) + 1}"
        codes = {"project_code": "PRJ-ALFA", "delivery_code": "DLV-ALFA"}
        written = {code: codes[code]} if code else {}
        self.world.submit_order(order=name, operator="ALFA", service=service, line_state="LNA", phone=PHONE, **written)
        self.orders[name] = SERVICES[service].name

    @precondition(lambda self: self.orders)
    @rule(number=NUMBERS)
    def line_ready(self, number: int) -> None:
        order = self.order(number)
        try:
            self.world.report_line(order, "AC" if self.orders[order] == "copper" else "CO")
        except IllegalEvent:
            return

    @precondition(lambda self: self.orders)
    @rule(number=NUMBERS)
    def cancel(self, number: int) -> None:
        try:
            self.world.cancel_order(self.order(number), "any")
        except IllegalEvent:
            return

    @rule(step=st.sampled_from(STEPS))
    def let_time_pass(self, step: int) -> None:
        self.world.run_until(self.world.now + step)

    @rule()
    def go_to_the_next_event(self) -> None:
        if self.world.env.peek() != float("inf"):
            self.world.run_until(int(self.world.env.peek()))

    @precondition(lambda self: self.orders)
    @rule(number=NUMBERS, party=st.sampled_from(PARTIES), act=st.sampled_from(["confirm", "reschedule", "decline"]))
    def act_now(self, number: int, party: str, act: str) -> None:
        self.act(number, party, act)

    @precondition(lambda self: self.orders)
    @rule(number=NUMBERS, party=st.sampled_from(PARTIES), act=st.sampled_from(["confirm", "decline"]))
    def act_the_moment_something_is_due(self, number: int, party: str, act: str) -> None:
        """Ahead of whatever asks to be woken at that instant from now on, and after what has asked already."""
        if self.world.env.peek() != float("inf"):
            self.world.at(int(self.world.env.peek()), lambda: self.act(number, party, act))

    def act(self, number: int, party: str, act: str) -> None:
        link = self.link(self.order(number), party)
        if link is None:
            return
        try:
            if act == "decline":
                self.world.agent.decline(link, party)
            elif offered := self.world.agent.offered_slots(link):
                getattr(self.world.agent, act)(link, offered[number % min(len(offered), 3)], party)
        except AgentRejected:
            return

    def order(self, number: int) -> str:
        return f"ORDER-{number % len(self.orders) + 1}"

    def link(self, order: str, party: str) -> str | None:
        """The link that a party was given last, as its wire saw it."""
        if party == "customer":
            links = [event["data"]["link"] for event in self.of(order, "sms.sent") if "link" in event["data"]]
        else:
            rows = (row for event in self.all("csv.deposited") for row in event["data"]["rows"])
            links = [row["link"] for row in rows if row["order"] == order]
        return str(links[-1]) if links else None

    # --- the trace ---

    def all(self, *types: str) -> Iterator[Event]:
        trace: list[Event] = self.world.trace
        return (event for event in trace if event["type"] in types)

    def of(self, order: str, *types: str) -> list[Event]:
        return [event for event in self.all(*types) if event.get("subject") == order]

    def codes(self, order: str) -> list[str]:
        return [event["data"]["code"] for event in self.of(order, "notification.sent")]

    # --- the invariants ---

    @invariant()
    def inv_1_a_family_has_only_its_own_causals(self) -> None:
        for order, family in self.stories():
            own = {FIRST[family], BOOKED[family], NOT_BOOKED[family], "AC" if family == "copper" else "CO"}
            assert set(self.codes(order)) <= own

    @invariant()
    def inv_2_an_order_ends_in_one_way(self) -> None:
        for order, family in self.stories():
            ends = Counter(event["data"]["reason"] for event in self.of(order, "order.handed_back"))
            assert sum(ends.values()) <= 1
            assert len(self.of(order, "order.cancelled")) <= 1
            assert len(self.of(order, "visit.started")) <= 1
            lost = self.codes(order).count(NOT_BOOKED[family])
            assert lost == ends["timeout"] + ends["refused"]
            if self.of(order, "appointment.confirmed") and self.readings["late_booking"] == "reject":
                assert not ends

    @invariant()
    def inv_3_nothing_of_the_service_happens_without_an_engagement_sms(self) -> None:
        engaged = Counter(event["subject"] for event in self.all("sms.sent") if event["data"]["kind"] == "engagement")
        rows = Counter(row["order"] for event in self.all("csv.deposited") for row in event["data"]["rows"])
        for order, family in self.stories():
            assert rows[order] <= engaged[order]  # CSV-2
            service_codes = {FIRST[family], BOOKED[family], NOT_BOOKED[family]} & set(self.codes(order))
            if not engaged[order]:
                assert not service_codes
                assert not self.of(order, "sms.sent", "appointment.confirmed", "sla.suspended")

    @invariant()
    def inv_4_booked_and_not_booked_causals_exclude_each_other(self) -> None:
        for order, family in self.stories():
            assert not {BOOKED[family], NOT_BOOKED[family]} <= set(self.codes(order))

    @invariant()
    def inv_5_events_name_known_orders_and_causals_come_in_their_order(self) -> None:
        times = [parse_instant(str(event["time"])) for event in self.world.trace]
        assert times == sorted(times)
        for event in self.all("notification.sent", "sms.sent", "appointment.confirmed", "visit.started"):
            assert event["subject"] in self.orders
        for order, family in self.stories():
            codes = [code for code in self.codes(order) if code not in ("AC", "CO")]
            assert codes.count(FIRST[family]) <= 1
            assert FIRST[family] not in codes[1:]

    @invariant()
    def inv_6_no_slot_holds_more_than_its_places(self) -> None:
        slot_of_order: dict[str, str] = {}
        for event in self.all("appointment.confirmed", "appointment.rescheduled", "order.cancelled"):
            if event["type"] == "order.cancelled":
                slot_of_order.pop(event["subject"], None)
            else:
                slot_of_order[event["subject"]] = event["data"]["slot"]["start"]
            assert max(Counter(slot_of_order.values()).values(), default=0) <= self.places

    @invariant()
    def the_ledger_adds_up(self) -> None:
        for order, _ in self.stories():
            ledger = self.world.service.ledger(self.world.service.find(order), self.world.now)
            assert 0 <= ledger.suspended_ms <= ledger.gross_ms
            assert ledger.net_ms == ledger.gross_ms - ledger.suspended_ms

    def stories(self) -> Iterator[tuple[str, str]]:
        orders: Mapping[str, str] = getattr(self, "orders", {})
        return iter(orders.items())

    def teardown(self) -> None:
        """A quiet phase: after it, every order of the service that was engaged has come to its end."""
        if not hasattr(self, "world"):
            return
        self.world.run_until(self.world.now + 45 * DAY)
        rows = Counter(row["order"] for event in self.all("csv.deposited") for row in event["data"]["rows"])
        for order, _ in self.stories():
            engaged = sum(event["data"]["kind"] == "engagement" for event in self.of(order, "sms.sent"))
            dropped = self.readings["cancelled_row"] == "dropped" and bool(self.of(order, "order.cancelled"))
            assert rows[order] == engaged or (dropped and rows[order] == 0)
            assert bool(self.of(order, "order.handed_back", "order.cancelled", "visit.started")) or not engaged
        for name in (name for name in dir(self) if name.startswith("inv_")):
            getattr(self, name)()


def test_the_invariants_hold_whatever_both_parties_do_under_whatever_readings() -> None:
    run_state_machine_as_test(TwoParties, settings=settings(max_examples=120, stateful_step_count=40))
