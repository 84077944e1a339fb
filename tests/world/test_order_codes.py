"""An order code belongs to its operator: two operators use the same one on the same day, and nothing mixes."""

from __future__ import annotations

from typing import Any

import pytest

from reference_impl.civil_time import DAY, HOUR, parse_instant
from reference_impl.errors import AmbiguousOrder, OrderCodeTaken, UnknownOrder
from reference_impl.formats.csv_file import read_rows
from reference_impl.ports import Slot
from sim.world import World

START = parse_instant("2026-03-02T08:00")
CODE = "X-1"
PHONES = {"ALFA": "+393331111111", "BETA": "+393332222222"}
SERVICES = {"ALFA": "VULA_FTTH", "BETA": "ULL"}
TRIGGERS = {"ALFA": "CO", "BETA": "AC"}
OF_ALFA = Slot(parse_instant("2026-03-06T08:00"), parse_instant("2026-03-06T10:00"))
OF_BETA = Slot(parse_instant("2026-03-09T14:00"), parse_instant("2026-03-09T16:00"))


@pytest.fixture
def world() -> World:
    """ALFA and BETA, each with an order X-1 whose line is ready."""
    world = World(start=START)
    for operator in PHONES:
        world.register_operator(
            operator=operator, agent_domain=f"{operator.lower()}.example", project_codes=[f"PRJ-{operator}"]
        )
        world.submit_order(**members_of(operator))
    for operator, trigger in TRIGGERS.items():
        world.report_line(CODE, trigger, operator)
    world.run_until(START + HOUR)
    return world


def members_of(operator: str) -> dict[str, object]:
    return {
        "order": CODE,
        "operator": operator,
        "service": SERVICES[operator],
        "line_state": "LNA",
        "project_code": f"PRJ-{operator}",
        "phone": PHONES[operator],
    }


def link_of(world: World, operator: str) -> str:
    (sms,) = [sms for sms in world.sms_inbox.messages if sms.operator == operator and sms.kind == "engagement"]
    assert sms.link is not None
    return sms.link


def events_of(world: World, operator: str, *types: str) -> list[dict[str, Any]]:
    """The events of an operator's order, by the operator that they name."""
    events: list[dict[str, Any]] = [dict(event) for event in world.trace]
    return [
        event
        for event in events
        if event.get("subject") == CODE and event["data"]["operator"] == operator and event["type"] in types
    ]


def codes(world: World, operator: str) -> list[str]:
    return [event["data"]["code"] for event in events_of(world, operator, "notification.sent")]


def test_each_order_is_kept_with_its_own_operator(world: World) -> None:
    alfa, beta = (world.service.find(CODE, operator) for operator in PHONES)
    assert (alfa.key, beta.key) == (("ALFA", CODE), ("BETA", CODE))
    assert (alfa.work.service, beta.work.service) == ("VULA_FTTH", "ULL")


def test_each_customer_gets_one_sms_with_a_link_of_the_own_operator(world: World) -> None:
    for operator, phone in PHONES.items():
        (sms,) = events_of(world, operator, "sms.sent")
        assert sms["data"]["to"] == phone
        assert sms["data"]["link"].startswith(f"https://{operator.lower()}.example/")
    assert link_of(world, "ALFA").rpartition("/")[2] != link_of(world, "BETA").rpartition("/")[2]


def test_what_one_party_books_the_order_of_the_other_operator_does_not_know(world: World) -> None:
    world.agent.confirm(link_of(world, "ALFA"), OF_ALFA)
    assert world.service.find(CODE, "BETA").slot is None
    world.agent.confirm(link_of(world, "BETA"), OF_BETA)
    world.run_until(START + 14 * DAY)
    for operator, slot in (("ALFA", OF_ALFA), ("BETA", OF_BETA)):
        (visit,) = events_of(world, operator, "visit.started")
        assert parse_instant(visit["data"]["slot"]["start"]) == slot.start
        assert [sms["data"]["kind"] for sms in events_of(world, operator, "sms.sent")] == ["engagement", "reminder"]
    assert codes(world, "ALFA") == ["CO", "W08", "W09"]
    assert codes(world, "BETA") == ["AC", "Z18", "PA"]


def test_cancelling_the_one_leaves_the_other_as_it_was(world: World) -> None:
    for operator in PHONES:
        world.agent.confirm(link_of(world, operator), OF_ALFA)
    world.cancel_order(CODE, operator="ALFA")
    world.run_until(START + 14 * DAY)
    assert world.slots.free("LAZIO", OF_ALFA) == 3  # one of four is still taken
    assert events_of(world, "ALFA", "visit.started") == []
    assert len(events_of(world, "BETA", "visit.started")) == 1
    assert [event["data"]["cause"] for event in events_of(world, "ALFA", "sla.resumed")] == ["cancelled"]
    assert [event["data"]["cause"] for event in events_of(world, "BETA", "sla.resumed")] == ["appointment"]


def test_each_file_has_the_row_of_its_own_operator_and_its_link_opens_that_order(world: World) -> None:
    world.run_until(START + 8 * HOUR)
    for operator, phone in PHONES.items():
        (name,) = world.drop.listdir(operator)
        (row,) = read_rows(world.drop.read(f"/{operator}/{name}"), world.policy.csv_dialect)
        assert (row.order, row.phone) == (CODE, phone)
        world.agent.decline(row.link)
        assert str(world.service.find(CODE, operator).state) == "refused"
        assert [event["data"]["channel"] for event in events_of(world, operator, "appointment.declined")] == [
            "operator"
        ]


def test_every_event_of_an_order_says_whose_it_is(world: World) -> None:
    world.agent.confirm(link_of(world, "ALFA"), OF_ALFA)
    world.agent.reschedule(link_of(world, "ALFA"), OF_BETA)
    world.agent.decline(link_of(world, "BETA"))
    ordinary = members_of("BETA") | {"order": "X-2", "project_code": None}
    world.submit_order(**ordinary)
    world.report_line("X-2", "AC")
    world.cancel_order("X-2")
    world.run_until(START + 14 * DAY)
    of_orders = [event for event in world.finish() if event.get("subject") in (CODE, "X-2")]
    assert {event["data"].get("operator") for event in of_orders} == set(PHONES)  # type: ignore[attr-defined]
    assert all(event["data"]["operator"] in PHONES for event in of_orders)  # type: ignore[index]


def test_the_same_code_twice_by_one_operator_is_refused_by_name_and_changes_nothing(world: World) -> None:
    event_count = len(world.trace)
    with pytest.raises(OrderCodeTaken, match=r"order: 'X-1' is not allowed; .* not used before by ALFA"):
        world.submit_order(**members_of("ALFA"))
    assert len(world.trace) == event_count
    assert len(list(world.service)) == 2


def test_a_code_of_several_operators_asks_whose_it_is(world: World) -> None:
    with pytest.raises(AmbiguousOrder, match=r"'X-1' is a code of ALFA and BETA; .* \(--operator ALFA\)"):
        world.report_line(CODE, "CO")
    with pytest.raises(UnknownOrder, match="'X-1' of GAMMA"):
        world.cancel_order(CODE, operator="GAMMA")


def test_errors_come_back_whole_from_a_process_of_the_simulation() -> None:
    for error in (OrderCodeTaken("X-1", "ALFA"), AmbiguousOrder("X-1", ("ALFA", "BETA")), UnknownOrder("X-1")):
        assert str(type(error)(*error.args)) == str(error)
