"""The model operator, living in a world under simulated time, and alone where only a broken wire can show the point."""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import responses

from reference_impl.civil_time import HOUR, format_instant, parse_instant
from reference_impl.policy import Policy
from sim.faults import NotificationFaults
from sim.operators.in_process_http import live_with_model_operator, live_with_operator
from sim.operators.model_operator import ModelOperator, Practice, reschedule_cutoff, safe_end_of_term
from sim.operators.notification_reading import read_notification
from sim.world import World

TUESDAY = parse_instant("2026-03-03T00:00:00")
PHONE = "+393330000001"
LINK = "https://va.alfa.example/key"
Data = Mapping[str, Any]


def at(text: str) -> int:
    return parse_instant(f"2026-{text}")


def new_world(policy: Policy | None = None, name: str = "w", start: int = TUESDAY) -> World:
    world = World(start=start, policy=policy or Policy(), seed=7, name=name, under_test="operator")
    world.register_operator(
        operator="ALFA", agent_domain="va.alfa.example", project_codes=["PRJ"], delivery_codes=["DLV"]
    )
    return world


@contextmanager
def one_order(world: World, service: str = "VULA_FTTH", **ways: Any) -> Iterator[ModelOperator]:
    """A world with one order whose line is ready at 09:00 of its first day, and the operator living in it."""
    with live_with_model_operator(world, "ALFA", **ways) as operator:
        world.submit_order(**operator.new_order("ALFA-1", service, PHONE))
        world.at(world.start + 9 * HOUR, lambda: world.report_line("ALFA-1", "AC" if service == "ULL" else "CO"))
        yield operator


def seen(world: World, *types: str) -> list[Data]:
    return [dict(data_of(event)) for event in world.trace if event["type"] in types]


def data_of(event: Mapping[str, object]) -> Data:
    data = event["data"]
    assert isinstance(data, Mapping)
    return data


def times_of(world: World, type: str) -> list[str]:
    return [str(event["time"]) for event in world.trace if event["type"] == type]


def codes_of(world: World) -> list[str]:
    return [data["code"] for data in seen(world, "notification.sent")]


def acts_of_operator(world: World) -> list[tuple[str, str | None]]:
    """What the operator did at the Virtual Agent, with the reason where it was refused."""
    kinds = (
        "agent.opened",
        "appointment.confirmed",
        "appointment.rescheduled",
        "appointment.declined",
        "agent.rejected",
    )
    events = [event for event in world.trace if event["type"] in kinds and data_of(event)["channel"] == "operator"]
    return [(str(event["type"]), data_of(event).get("reason")) for event in events]


def customers_link(world: World) -> str:
    link = world.sms_inbox.messages[0].link
    assert link is not None
    return link


def customer_books(world: World, choice: int = 20) -> None:
    link = customers_link(world)
    world.agent.confirm(link, world.agent.offered_slots(link)[choice])


@pytest.mark.parametrize(("service", "booked"), [("VULA_FTTH", "W09"), ("ULL", "PA")])
def test_it_books_through_the_link_for_a_customer_who_did_not(service: str, booked: str) -> None:
    world = new_world()
    with one_order(world, service) as operator:
        world.run_until(at("03-09T00:00:00"))
        assert operator.cases["ALFA-1"].standing == "booked"
    assert times_of(world, "csv.fetched") == ["2026-03-03T14:00:00.000+01:00"]  # OP-3
    assert times_of(world, "appointment.confirmed") == ["2026-03-03T18:00:00.000+01:00"]  # OP-4
    assert codes_of(world)[-1] == booked
    assert [data["slot"]["start"] for data in seen(world, "visit.started")] == ["2026-03-05T08:00:00+01:00"]


def test_it_answers_every_notification_with_2xx_at_once() -> None:
    world = new_world()
    with one_order(world):
        world.run_until(at("03-09T00:00:00"))
    answered = {data["notification"]: data["status"] for data in seen(world, "notification.answered")}
    sent = [event["id"] for event in world.trace if event["type"] == "notification.sent"]
    assert answered == dict.fromkeys(sent, 200)  # OP-2
    assert times_of(world, "notification.answered") == times_of(world, "notification.sent")


def test_it_leaves_the_link_alone_when_the_customer_has_booked() -> None:
    world = new_world()
    with one_order(world):
        world.at(at("03-03T15:00:00"), lambda: customer_books(world))
        world.run_until(at("03-09T00:00:00"))
    assert acts_of_operator(world) == []  # OP-5


def test_where_the_news_of_the_booking_is_late_it_looks_and_accepts_it() -> None:
    world = new_world()
    with one_order(world, faults=NotificationFaults(overtaken=1.0)) as operator:
        world.at(at("03-03T15:00:00"), lambda: customer_books(world))
        world.run_until(at("03-03T20:00:00"))
        assert operator.cases["ALFA-1"].notified == []
        assert operator.cases["ALFA-1"].standing == "booked"
        world.run_until(at("03-12T00:00:00"))
    assert acts_of_operator(world) == [("agent.opened", None)]  # OP-5


def test_it_uses_the_link_no_more_after_the_order_is_closed() -> None:
    world = new_world()
    with one_order(world) as operator:
        world.at(at("03-03T15:00:00"), lambda: declines(world))
        world.at(at("03-03T19:00:00"), lambda: operator.customer_asks("ALFA-1", "decline"))
        world.run_until(at("03-09T00:00:00"))
    assert codes_of(world)[-1] == "W24"
    assert acts_of_operator(world) == []  # OP-7


def declines(world: World) -> None:
    world.agent.decline(customers_link(world))


def test_a_file_that_comes_after_the_order_is_closed_leads_to_nothing() -> None:
    world = new_world()
    with one_order(world) as operator:
        world.at(at("03-03T09:30:00"), lambda: declines(world))
        world.run_until(at("03-09T00:00:00"))
        assert operator.cases["ALFA-1"].link is not None
    assert acts_of_operator(world) == []  # OP-7, OP-8


def test_where_the_news_of_the_end_is_late_it_looks_once_and_never_again() -> None:
    world = new_world()
    with one_order(world, faults=NotificationFaults(overtaken=1.0)):
        world.at(at("03-03T15:00:00"), lambda: declines(world))
        world.run_until(at("03-12T00:00:00"))
    assert acts_of_operator(world) == [("agent.opened", None)]  # OP-7, OP-8


def test_the_same_notification_twice_has_one_effect() -> None:
    world = new_world()
    with one_order(world, faults=NotificationFaults(duplicated=1.0)) as operator:
        world.run_until(at("03-09T00:00:00"))
        assert operator.cases["ALFA-1"].notified == ["CO", "W08", "W09"]  # OP-2
    copies = [(data["copy"], data["status"]) for data in seen(world, "notification.answered")]
    assert sorted(copies) == [(1, 200)] * 3 + [(2, 200)] * 3
    assert len(seen(world, "appointment.confirmed")) == 1


@pytest.mark.parametrize("number", range(8))
def test_notifications_late_doubled_and_out_of_order_change_nothing_of_what_it_does(number: int) -> None:
    world = new_world(name=f"w{number}")
    with one_order(world, faults=NotificationFaults(late=0.5, overtaken=0.5, duplicated=0.5)) as operator:
        world.run_until(at("03-12T00:00:00"))
        assert operator.cases["ALFA-1"].standing == "booked"
    assert acts_of_operator(world) == [("agent.opened", None), ("appointment.confirmed", None)]  # OP-8
    assert codes_of(world) == ["CO", "W08", "W09"]


def test_some_of_those_notifications_do_arrive_out_of_order() -> None:
    world = new_world(name="w3")
    with one_order(world, faults=NotificationFaults(overtaken=0.5)) as operator:
        world.run_until(at("03-12T00:00:00"))
        assert operator.cases["ALFA-1"].notified != ["CO", "W08", "W09"]
        assert sorted(operator.cases["ALFA-1"].notified) == ["CO", "W08", "W09"]


def test_a_file_that_arrives_at_the_last_instant_still_leads_to_a_booking() -> None:
    world = new_world(Policy(csv_cadence="latest"), start=at("03-07T00:00:00"))  # a Saturday
    with live_with_model_operator(world, "ALFA", waits_hours=60) as operator:
        world.submit_order(**operator.new_order("ALFA-1", "VULA_FTTH", PHONE))
        world.at(at("03-07T20:00:00"), lambda: world.report_line("ALFA-1", "CO"))
        world.run_until(at("03-15T00:00:00"))
    assert times_of(world, "csv.fetched") == ["2026-03-08T12:00:00.000+01:00"]
    assert times_of(world, "appointment.confirmed") == [
        "2026-03-10T16:00:00.000+01:00"
    ]  # OP-8: day 3 in the worst case


def test_a_customer_who_asks_gets_the_appointment_moved_to_another_day() -> None:
    world = new_world()
    with one_order(world) as operator:
        world.run_until(at("03-03T20:00:00"))
        operator.customer_asks("ALFA-1", "move")
        world.run_until(at("03-12T00:00:00"))
        assert operator.cases["ALFA-1"].slot == {
            "start": "2026-03-06T08:00:00+01:00",
            "end": "2026-03-06T10:00:00+01:00",
        }
    [moved] = seen(world, "appointment.rescheduled")
    assert moved["previous"]["start"] == "2026-03-05T08:00:00+01:00"
    assert [data["slot"]["start"] for data in seen(world, "visit.started")] == ["2026-03-06T08:00:00+01:00"]


@pytest.mark.parametrize(
    ("asked", "moves"), [("03-04T18:00:00", 1), ("03-04T18:00:01", 0)], ids=["at the cut-off", "a second later"]
)
def test_it_moves_an_appointment_only_until_the_cut_off(asked: str, moves: int) -> None:
    world = new_world()
    with one_order(world, poll_minutes=1) as operator:
        world.run_until(at("03-03T20:00:00"))
        world.at(at(asked), lambda: operator.customer_asks("ALFA-1", "move"))
        world.run_until(at("03-12T00:00:00"))
    assert len(seen(world, "appointment.rescheduled")) == moves  # OP-6
    assert seen(world, "agent.rejected") == []


def test_refused_after_the_cut_off_it_does_not_ask_again() -> None:
    world = new_world()
    with one_order(world, knows_cutoff=False) as operator:
        world.run_until(at("03-04T18:30:00"))
        operator.customer_asks("ALFA-1", "move")
        world.run_until(at("03-12T00:00:00"))
    assert acts_of_operator(world)[2:] == [("agent.opened", None), ("agent.rejected", "cutoff_passed")]  # OP-6
    assert len(seen(world, "visit.started")) == 1


def test_a_customer_who_gives_up_is_declined_once_and_for_all() -> None:
    world = new_world()
    with one_order(world) as operator:
        world.run_until(at("03-03T14:00:00"))
        operator.customer_asks("ALFA-1", "decline")
        world.run_until(at("03-12T00:00:00"))
    assert acts_of_operator(world) == [("agent.opened", None), ("appointment.declined", None)]
    assert codes_of(world)[-1] == "W24"


def test_a_customer_who_gives_up_after_booking_is_not_declined() -> None:
    world = new_world()
    with one_order(world, faults=NotificationFaults(overtaken=1.0)) as operator:
        world.at(at("03-03T14:10:00"), lambda: customer_books(world))
        world.at(at("03-03T14:20:00"), lambda: operator.customer_asks("ALFA-1", "decline"))
        world.run_until(at("03-12T00:00:00"))
    assert acts_of_operator(world) == [("agent.opened", None)]  # OP-5


def test_an_errand_that_does_not_exist_is_refused() -> None:
    with one_order(new_world()) as operator, pytest.raises(ValueError, match="allowed: move or decline"):
        operator.customer_asks("ALFA-1", "sing")


def test_the_night_in_which_the_clock_goes_back_is_lived_through_in_elapsed_hours() -> None:
    world = new_world(start=at("10-24T00:00:00"))  # a Saturday; the clock goes back in the night
    with live_with_model_operator(world, "ALFA") as operator:
        world.submit_order(**operator.new_order("ALFA-1", "VULA_FTTH", PHONE))
        world.at(at("10-24T17:00:00"), lambda: world.report_line("ALFA-1", "CO"))
        world.run_until(at("11-01T00:00:00"))
    assert times_of(world, "csv.fetched") == ["2026-10-25T09:00:00.000+01:00"]
    assert times_of(world, "appointment.confirmed") == ["2026-10-25T13:00:00.000+01:00"]


def test_the_same_seed_gives_the_same_trace() -> None:
    def lived() -> str:
        world = new_world()
        with one_order(world, faults=NotificationFaults(late=0.5, overtaken=0.5, duplicated=0.5)):
            world.run_until(at("03-12T00:00:00"))
        return json.dumps(world.finish())

    assert lived() == lived()


def test_after_its_life_the_wall_clock_and_the_wires_are_as_before() -> None:
    world = new_world()
    with one_order(world):
        world.run_until(at("03-03T09:00:00"))
        assert datetime.now(UTC).timestamp() * 1000 == world.now
    assert world.endpoint.deliver is None
    assert datetime.now(UTC).timestamp() * 1000 != world.now
    world.run_until(at("03-09T00:00:00"))
    assert seen(world, "csv.fetched") == []


def test_notifications_to_other_operators_go_their_own_way() -> None:
    world, elsewhere = new_world(), list[str]()
    world.endpoint.deliver = lambda notification, event_id: elsewhere.append(notification.operator)
    world.register_operator(operator="BETA", agent_domain="va.beta.example", project_codes=["PRJ-B"])
    with live_with_model_operator(world, "ALFA") as operator:
        members = operator.new_order("BETA-1", "VULA_FTTH", PHONE)
        world.submit_order(**members | {"operator": "BETA", "project_code": "PRJ-B"})
        world.report_line("BETA-1", "CO")
        world.run_until(at("03-03T08:00:00"))
    assert elsewhere == ["BETA", "BETA"]
    assert seen(world, "notification.answered") == []


class DeafOperator:
    """A system that breaks on every notification."""

    def handle(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        return 500, b"out of order"

    def poll(self) -> None:
        """Read nothing."""

    def act(self) -> None:
        """Do nothing."""


def test_any_operator_system_can_live_in_a_world_a_wrong_one_too() -> None:
    world = new_world()
    with live_with_operator(world, "ALFA", DeafOperator()):
        world.submit_order(operator="ALFA", order="A-1", **ORDER)
        world.report_line("A-1", "CO")
        world.run_until(at("03-03T08:00:00"))
    assert {data["status"] for data in seen(world, "notification.answered")} == {500}


ORDER: Data = {
    "service": "VULA_FTTH",
    "line_state": "LNA",
    "project_code": "PRJ",
    "disaggregated": False,
    "pdc_disaggregated": False,
    "phone": PHONE,
}


def test_an_operator_that_is_not_registered_cannot_live_in_a_world() -> None:
    with pytest.raises(ValueError, match="'GAMMA' is not registered"), live_with_model_operator(new_world(), "GAMMA"):
        pass


@pytest.mark.parametrize(
    ("project", "delivery", "disaggregated", "written"),
    [
        ("PRJ", "DLV", False, {"project_code": "PRJ"}),
        ("PRJ", "DLV", True, {"project_code": "PRJ"}),
        (None, "DLV", False, {"delivery_code": "DLV"}),
        (None, "DLV", True, {}),
        (None, None, False, {}),
    ],
)
def test_its_orders_carry_one_code_and_never_a_delivery_code_where_it_is_ignored(
    project: str | None, delivery: str | None, disaggregated: bool, written: Data
) -> None:
    operator = ModelOperator("ALFA", Folder(), Practice(project_code=project, delivery_code=delivery))
    order = operator.new_order("ALFA-1", "ULL", PHONE, disaggregated=disaggregated)
    assert {name: value for name, value in order.items() if name.endswith("_code")} == written  # OP-1


@dataclass
class Folder:
    """An operator's directory in memory; `broken` names cannot be read for now."""

    files: dict[str, bytes] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    reads: list[str] = field(default_factory=list)

    def listdir(self) -> list[str]:
        return sorted(self.files)

    def read(self, name: str) -> bytes:
        self.reads.append(name)
        if name in self.broken:
            raise OSError("connection lost")
        return self.files[name]


FILE = "APPDIG_ALFA_20260303140000.csv"
ROW = f"ALFA-1;03/03/2026;{LINK};{PHONE}\r\n".encode()


def test_it_reads_each_file_once_and_no_temporary_name() -> None:
    folder = Folder({FILE: ROW, f".{FILE}.part": ROW, f"{FILE}.tmp": ROW, "notes.csv": ROW})
    operator = ModelOperator("ALFA", folder)
    operator.poll()
    operator.poll()
    assert folder.reads == [FILE]  # OP-3


def test_a_file_that_cannot_be_read_now_is_read_at_the_next_poll_and_holds_up_no_other() -> None:
    other = FILE.replace("1400", "1600")
    folder = Folder({FILE: ROW, other: ROW.replace(b"ALFA-1", b"ALFA-2")}, broken={FILE})
    operator = ModelOperator("ALFA", folder)
    operator.poll()
    assert list(operator.cases) == ["ALFA-2"]
    folder.broken.clear()
    operator.poll()
    assert operator.cases["ALFA-1"].link == LINK
    assert folder.reads == [FILE, other, FILE]


def test_rows_that_it_cannot_use_are_put_aside_and_the_others_used() -> None:
    rows = b"ALFA-0;31/02/2026;x;y\r\nALFA-0;short\r\n" + ROW
    operator = ModelOperator("ALFA", Folder({FILE: rows}))
    operator.poll()
    assert [row for _, row in operator.unreadable] == [["ALFA-0", "31/02/2026", "x", "y"], ["ALFA-0", "short"]]
    assert list(operator.cases) == ["ALFA-1"]


def test_a_header_is_skipped_where_its_files_have_one() -> None:
    operator = ModelOperator("ALFA", Folder({FILE: b"codice;data;link;telefono\r\n" + ROW}), Practice(csv_header=True))
    operator.poll()
    assert (list(operator.cases), operator.unreadable) == (["ALFA-1"], [])


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"order": "A"}',
        b'{"notification": [], "order": 2, "code": 3, "at": "2026-03-03T09:00:00+01:00"}',
        b'{"notification": "k", "order": "A", "code": "W09", "at": "2026-03-03T09:00:00"}',
    ],
)
def test_what_is_no_notification_is_told_so(body: bytes) -> None:
    operator = ModelOperator("ALFA", Folder())
    assert operator.handle(body, {})[0] == 400
    assert operator.cases == {}


class ScriptedAgent:
    """A Virtual Agent that offers one slot and answers each act with the next status and body of its script."""

    def __init__(self, wire: responses.RequestsMock, script: list[tuple[int, Data]]) -> None:
        slot = {"start": "2099-03-05T08:00:00+01:00", "end": "2099-03-05T10:00:00+01:00"}
        self.acts: list[str] = []
        self._script = script
        view = {"order": "ALFA-1", "state": "to_book", "slot": None, "slots": [slot]}
        wire.add("GET", LINK, json=view)
        wire.add_callback("POST", f"{LINK}/confirm", self._answer)

    def _answer(self, request: Any) -> tuple[int, dict[str, str], str]:
        self.acts.append(request.url)
        status, body = self._script.pop(0)
        return status, {}, json.dumps(body)


@pytest.fixture
def wire() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock(assert_all_requests_are_fired=False) as wire:
        yield wire


def eager_operator() -> ModelOperator:
    """An operator with one row whose term never ends, and which waits for nothing."""
    row = ROW.replace(b"2026", b"2099")
    operator = ModelOperator("ALFA", Folder({FILE: row}), Practice(waits_hours=0, retry_minutes=0))
    operator.poll()
    return operator


@pytest.mark.parametrize(
    ("script", "acts", "standing"),
    [
        ([(409, {"reason": "already_booked"})], 1, "booked"),
        ([(410, {"reason": "term_over"})], 1, "over"),
        ([(410, {"reason": "closed"})], 1, "over"),
        ([(404, {"reason": "unknown_link"})], 1, "over"),
        ([(409, {"reason": "slot_taken"})] * 9, 3, "waiting"),
        ([(503, {}), (200, {"order": "ALFA-1", "state": "booked", "slot": None})], 2, "booked"),
    ],
    ids=["the other was first", "too late", "closed", "no such link", "slots always taken", "agent down for a while"],
)
def test_it_takes_a_refusal_for_what_it_says_and_does_not_hammer(
    wire: responses.RequestsMock, script: list[tuple[int, Data]], acts: int, standing: str
) -> None:
    agent, operator = ScriptedAgent(wire, list(script)), eager_operator()
    for _ in range(6):
        operator.act()
    assert (len(agent.acts), operator.cases["ALFA-1"].standing) == (acts, standing)  # OP-5


def test_an_agent_that_cannot_be_reached_is_tried_again_later(wire: responses.RequestsMock) -> None:
    operator = eager_operator()
    operator.act()  # nothing is on the wire: a connection error
    agent = ScriptedAgent(wire, [(200, {"order": "ALFA-1", "state": "booked", "slot": None})])
    operator.act()
    assert (len(agent.acts), operator.cases["ALFA-1"].standing) == (1, "booked")


@pytest.mark.parametrize(
    ("sms_day", "end"),
    [
        ("2026-03-03", "2026-03-05T18:00"),  # from a Tuesday
        ("2026-03-06", "2026-03-09T18:00"),  # from a Friday, over the Sunday
        ("2026-03-07", "2026-03-10T18:00"),  # from a Saturday
    ],
)
def test_its_own_idea_of_the_term_is_the_shortest_one(sms_day: str, end: str) -> None:
    expected = parse_instant(f"{end}:00") / 1000
    assert safe_end_of_term(date.fromisoformat(sms_day)).timestamp() == expected


def test_the_cut_off_is_on_the_calendar_eve_even_where_the_clock_changes_that_day() -> None:
    slot = {"start": format_instant(at("03-30T08:00:00")), "end": format_instant(at("03-30T10:00:00"))}
    assert reschedule_cutoff(slot) == datetime.fromisoformat("2026-03-29T18:00:00+02:00")


@pytest.mark.parametrize(
    ("module", "more"),
    [(ModelOperator.__module__, {"requests", read_notification.__module__}), (read_notification.__module__, set())],
)
def test_its_code_knows_nothing_of_this_project(module: str, more: set[str]) -> None:
    source = Path(sys.modules[module].__file__ or "").read_text(encoding="utf-8")
    nodes = list(ast.walk(ast.parse(source)))
    imported = {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    imported |= {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    assert {name for name in imported if name.partition(".")[0] not in sys.stdlib_module_names} == more
