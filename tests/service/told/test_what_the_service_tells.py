"""What the service tells its wires of an order: sources, members, documents, rows and files; and whom it knows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from reference_impl.errors import AgentRejected, AmbiguousOrder, IntakeError, ServiceFault
from reference_impl.virtual_agent import VirtualAgent
from tests.judging.lives import ALFA, COPPER, Life, at, slot

READY, SMS_DAY, DEPOSIT_DAY = "2026-03-03 10:00", "03/03/2026", "04/03/2026"
BETA: dict[str, Any] = {"operator": "BETA", "agent_domain": "va.beta.example", "project_codes": ["PRJ-BETA"]}


def two(**readings: Any) -> Life:
    """Two orders whose lines are ready at one instant, one after the other."""
    life = Life(**readings)
    life.another("ORDER-2")
    life.until(READY)
    life.world.report_line("ORDER-1", "CO")
    life.until(READY)
    life.world.report_line("ORDER-2", "CO")
    return life.until(READY)


def files(life: Life) -> list[tuple[str, str, list[str]]]:
    """Each file with when it came and whose rows it has."""
    return [
        (
            event["data"]["path"].rpartition("/")[2],
            event["time"][11:19],
            [row["order"] for row in event["data"]["rows"]],
        )
        for event in life.until("2026-03-05 10:00").deposits()
    ]


def test_what_happens_to_an_order_is_told_at_the_wire_where_it_happens() -> None:
    life = Life().ready(READY).confirm("2026-03-03 12:00", "2026-03-06 08:00").until("2026-03-07 08:00")
    sources = {event["type"]: event["source"] for event in life.trace}
    assert {kind: sources[kind] for kind in ("operator.registered", "order.received", "order.routed")} == dict.fromkeys(
        ("operator.registered", "order.received", "order.routed"), "/intake"
    )
    assert (sources["sla.suspended"], sources["sla.resumed"]) == ("/sla", "/sla")
    (reminder,) = life.sms("reminder")
    assert "link" not in reminder["data"]
    assert all("document" not in event["data"] for event in life.seen("order.received", "notification.sent"))


def test_a_registration_is_told_with_what_it_says_and_no_more() -> None:
    (event,) = Life().seen("operator.registered", subject="ALFA")
    assert event["data"]["project_codes"] == ["PRJ-ALFA"]
    assert "telephone" not in event["data"]
    assert None not in event["data"].values()


def test_an_order_is_told_as_it_was_written() -> None:
    (event,) = Life(order={"delivery_code": None}).seen("order.received")
    assert {"service", "line_state", "phone", "territory", "operator"} <= event["data"].keys()
    assert not {"code", "delivery_code", "document"} & event["data"].keys()


def test_orders_and_notifications_have_their_documents() -> None:  # ROUTE-7
    life = Life(documents=True).ready(READY)
    documents = [event["data"]["document"] for event in life.seen("order.received", "notification.sent")]
    assert [document[:10] for document in documents] == ["<workOrder", "<notificat", "<notificat"]


def test_an_order_that_is_rejected_has_ended_and_says_why() -> None:  # ELIG-2
    rejected = Life(order={"line_state": "LA"}, ineligible="reject")
    (back,) = rejected.seen("order.handed_back")
    assert (back["source"], back["data"]["reason"]) == ("/intake", "ineligible")
    assert rejected.world.service.find("ORDER-1").ended_at == at("2026-03-02 06:00")
    assert Life().world.service.find("ORDER-1").ended_at is None


def test_only_an_order_of_the_service_has_a_number_for_sms() -> None:
    phones = [Life(order=members).world.service.find("ORDER-1").phone for members in ({}, {"project_code": None})]
    assert phones == ["+393331234567", ""]


def test_an_order_is_forgotten_once_it_has_ended_or_is_not_of_the_service() -> None:
    service = Life().world.service
    with pytest.raises(ServiceFault, match="ORDER-1 is waiting and cannot be forgotten"):
        service.forget(service.find("ORDER-1"))
    for life in (Life().cancel("2026-03-02 10:00"), Life(order={"project_code": None})):
        life.world.service.forget(life.world.service.find("ORDER-1"))
        assert list(life.world.service) == []


@pytest.mark.parametrize(
    ("service", "code", "allowed"), [("VULA_FTTH", "AC", "CO"), (COPPER, "CO", "AC"), ("WLR", "XX", "AC or CO")]
)
def test_a_line_event_of_the_other_family_is_refused(service: str, code: str, allowed: str) -> None:
    with pytest.raises(IntakeError, match=f"^line event: '{code}' is not allowed; allowed: {allowed}$"):
        Life(service).world.report_line("ORDER-1", code)


@pytest.mark.parametrize(
    ("members", "text"),
    [
        ({"operator": "GAMMA"}, "operator: 'GAMMA' is not allowed; allowed: a registered operator"),
        ({"territory": "MARTE"}, "territory: 'MARTE' is not allowed; allowed: LAZIO, MOLISE"),
    ],
)
def test_an_order_of_nobody_or_for_nowhere_is_refused(members: dict[str, str], text: str) -> None:
    life = Life(territories={"LAZIO": 4, "MOLISE": 1})
    with pytest.raises(IntakeError) as refusal:
        life.another("ORDER-2", **members)
    assert str(refusal.value) == text


def test_a_code_of_two_operators_is_found_by_the_operator_alone() -> None:
    life = Life()
    life.world.register_operator(**BETA)
    life.another("ORDER-1", operator="BETA", project_code="PRJ-BETA")
    operators = [life.world.service.find("ORDER-1", name).key.operator for name in ("ALFA", "BETA")]
    assert operators == ["ALFA", "BETA"]
    with pytest.raises(AmbiguousOrder):
        life.world.service.find("ORDER-1")


def test_a_new_registration_holds_for_the_orders_of_its_operator_alone() -> None:
    life = Life()
    life.world.register_operator(**BETA)
    life.world.register_operator(**ALFA | {"engagement_alias": "Alfa"})
    life.another("ORDER-2", operator="BETA", project_code="PRJ-BETA")
    life.world.register_operator(**ALFA | {"engagement_alias": "Nuova"})
    life.ready(READY)
    life.world.report_line("ORDER-2", "CO")
    life.until("2026-03-03 10:01")
    aliases = {event["subject"]: event["data"]["alias"] for event in life.trace if event["type"] == "sms.sent"}
    assert aliases == {"ORDER-1": "Nuova", "ORDER-2": "Attivazione"}


@pytest.mark.parametrize(("reading", "date"), [("sms_day", SMS_DAY), ("deposit_day", DEPOSIT_DAY)])
def test_a_row_has_the_day_of_its_sms_or_of_its_file(reading: str, date: str) -> None:  # CSV-3
    life = Life(csv_date=reading).ready("2026-03-03 18:00").until("2026-03-05 10:00")
    assert [row["date"] for row in life.rows()] == [date]


def test_rows_of_one_run_are_in_one_file_or_in_one_each() -> None:  # CSV-1
    run = "APPDIG_ALFA_20260303140000"
    assert files(two()) == [(f"{run}.csv", "14:00:00", ["ORDER-1", "ORDER-2"])]
    assert files(two(csv_file="per_order")) == [
        (f"{run}_001.csv", "14:00:00", ["ORDER-1"]),
        (f"{run}_002.csv", "14:00:00", ["ORDER-2"]),
    ]


def test_a_run_that_is_over_is_not_written_again() -> None:  # CSV-1
    deposits = [(moment, orders) for _, moment, orders in files(two(csv_cadence="immediate"))]
    assert deposits == [("10:00:00", ["ORDER-1"]), ("10:00:01", ["ORDER-2"])]


@pytest.mark.parametrize(("reading", "orders"), [("owed", ["ORDER-1", "ORDER-2"]), ("dropped", ["ORDER-2"])])
def test_the_row_of_a_cancelled_order_is_owed_or_dropped(reading: str, orders: list[str]) -> None:  # CSV-2
    life = two(cancelled_row=reading).cancel("2026-03-03 11:00")
    assert [rows for _, _, rows in files(life)] == [orders]


STRANGE, WANTED = "https://va.alfa.example/strange", slot("2026-03-06 08:00")
ACTS: list[tuple[str, Callable[[VirtualAgent, str, int], object]]] = [
    ("open", lambda agent, link, now: agent.open(link, now)),
    ("open", lambda agent, link, now: agent.offered_slots(link, now)),
    ("open", lambda agent, link, now: agent.first_slot(link, now, now)),
    ("confirm", lambda agent, link, now: agent.confirm(link, WANTED, now)),
    ("reschedule", lambda agent, link, now: agent.reschedule(link, WANTED, now)),
    ("decline", lambda agent, link, now: agent.decline(link, now)),
]


@pytest.mark.parametrize(("act", "attempt"), ACTS)
def test_an_act_on_a_strange_link_is_told_as_what_it_was(
    act: str, attempt: Callable[[VirtualAgent, str, int], object]
) -> None:
    life = Life().ready(READY)
    with pytest.raises(AgentRejected) as refusal:
        attempt(life.world.service.agent, STRANGE, life.world.now)
    assert (refusal.value.reason, refusal.value.act) == ("unknown_link", act)
    last_event = life.trace[-1]
    assert (last_event["source"], last_event["type"], last_event.get("subject", "")) == ("/agent", "agent.rejected", "")
    assert last_event["data"] == {"channel": "customer", "act": act, "reason": "unknown_link", "link": STRANGE}


def test_who_opens_is_told_with_the_link_and_a_stranger_with_its_channel() -> None:
    life = Life().ready(READY)
    life.world.agent.open(life.link())
    last_event = life.trace[-1]
    assert (last_event["source"], last_event["type"], last_event["data"]["link"]) == (
        "/agent",
        "agent.opened",
        life.link(),
    )
    with pytest.raises(AgentRejected):
        life.world.agent.open(STRANGE, "operator")
    assert life.trace[-1]["data"]["channel"] == "operator"


@pytest.mark.parametrize("act", ["confirm", "reschedule"])
def test_a_slot_that_is_not_on_offer_is_denied_to_the_act_that_asked(act: str) -> None:
    life = Life().ready(READY)
    if act == "reschedule":
        life.confirm(READY, "2026-03-06 08:00")
    with pytest.raises(AgentRejected) as refusal:
        getattr(life.world.agent, act)(life.link(), slot("2026-03-08 08:00"))
    assert (refusal.value.reason, refusal.value.act) == ("slot_not_offered", act)
    last_event = life.trace[-1]
    assert (last_event["source"], last_event["data"]["act"]) == ("/agent", act)
    assert last_event["data"]["slot"]["start"] == "2026-03-08T08:00:00+01:00"


def test_an_act_that_wants_no_slot_is_denied_without_one() -> None:
    life = Life().ready(READY).confirm(READY, "2026-03-06 08:00")
    with pytest.raises(AgentRejected):
        life.decline(READY)
    assert "slot" not in life.trace[-1]["data"]
