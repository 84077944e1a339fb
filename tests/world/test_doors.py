"""The doors of the service: how a number may be written, registrations anew, links by their domain, odd bands."""

from __future__ import annotations

import json
from typing import Any

import pytest

from reference_impl.errors import AgentRejected, RegistrationError
from reference_impl.ports import Slot
from reports.judging.judge import judge
from reports.judging.profiles import load_profile
from sim.world import World
from tests.judging.lives import ALFA, COPPER, Life, at, slot

FRIDAY = "2026-03-06 08:00"
NEW = {"engagement_alias": "Nuova", "reminder_alias": "Nuova", "engagement_text": "Nuova: {link}"}
NEW |= {"agent_domain": "nuova.alfa.example"}


def engaged(**members: Any) -> Life:
    return Life(**members).ready("2026-03-02 10:00")


def verdicts(world: World) -> dict[str, str]:
    """The verdict on each rule that had an occasion, by the readings of the world."""
    document: dict[str, Any] = json.loads(judge(world.finish(), load_profile("default")).to_json())
    return {entry["rule"]: entry["verdict"] for entry in document["rules"] if entry["occasions"]}


# --- telephone numbers ---


@pytest.mark.parametrize("number", ["00393331234567", "393331234567", "+393331234567", "3331234567"])
def test_a_number_is_reached_however_its_country_is_written(number: str) -> None:  # SMS-1
    life = engaged(order={"phone": number}).until("2026-03-03 00:00")
    assert [sms["data"]["to"] for sms in life.sms("engagement")] == ["+393331234567"]
    assert [row["phone"] for row in life.rows()] == ["+393331234567"]
    assert verdicts(life.world)["SMS-1"] == "PASS"


# --- disaggregated orders ---


@pytest.mark.parametrize("code", [{"project_code": "PRJ-ALFA"}, {"project_code": None, "delivery_code": "DEL-ALFA"}])
@pytest.mark.parametrize("pdc", [False, True])
def test_an_nga_order_that_says_disaggregated_is_worked_in_the_service(code: dict[str, str], pdc: bool) -> None:
    operator = {"delivery_codes": ["DEL-ALFA"]}
    members = {"disaggregated": True, "pdc_disaggregated": pdc, **code}
    life = engaged(operator=operator, order=members).until("2026-03-20 00:00")
    assert (life.flow, life.codes) == ("service", ["CO", "W08", "W24"])
    assert "FAIL" not in verdicts(life.world).values()


def test_a_copper_order_with_a_delivery_code_is_disaggregated_all_the_same() -> None:  # ROUTE-6
    members = {"disaggregated": True, "project_code": None, "delivery_code": "DEL-ALFA"}
    life = Life(COPPER, operator={"delivery_codes": ["DEL-ALFA"]}, order=members).ready("2026-03-02 10:00")
    assert life.flow == "disaggregated"


# --- registrations anew ---


def test_texts_aliases_and_domain_of_a_new_registration_hold_from_then_on() -> None:  # SMS-5, SMS-6, REM-3, LINK-1
    life = engaged().confirm("2026-03-02 11:00", FRIDAY)
    life.world.register_operator(**{**ALFA, **NEW})
    life.until("2026-03-02 14:00")
    (row,) = life.rows()
    assert row["link"].startswith("https://nuova.alfa.example/")
    life.world.submit_order(order="ORDER-2", **life.members)
    life.world.report_line("ORDER-2", life.line_code)
    life.until("2026-03-06 00:00")
    first, second = (message for message in life.world.sms_inbox.messages if message.kind == "engagement")
    assert (first.alias, second.alias) == ("Attivazione", "Nuova")
    assert second.text == f"Nuova: {second.link}"
    (reminder,) = life.sms("reminder")
    assert reminder["data"]["alias"] == "Nuova"
    assert "FAIL" not in verdicts(life.world).values()


def test_links_of_before_open_the_order_under_the_domain_that_they_were_given_out_under() -> None:
    life = engaged()
    link, state = life.link(), life.world.service.find(life.code).state
    life.world.register_operator(**{**ALFA, **NEW})
    assert life.world.agent.open(link).state == state
    with pytest.raises(AgentRejected, match="unknown_link"):
        life.world.agent.open(link.replace("va.alfa.example", "nuova.alfa.example"))


def test_codes_count_for_orders_that_are_handed_in_while_they_are_registered() -> None:  # ELIG-5
    life = engaged()
    life.world.register_operator(**{**ALFA, "project_codes": ["PRJ-NUOVO"]})
    life.world.submit_order(order="ORDER-2", **life.members)
    life.world.submit_order(order="ORDER-3", **{**life.members, "project_code": "PRJ-NUOVO"})
    flows = [life.world.service.find(f"ORDER-{number}").flow for number in (1, 2, 3)]
    assert flows == ["service", "ordinary", "service"]
    assert verdicts(life.until("2026-03-20 00:00").world)["ELIG-5"] == "PASS"


def test_a_new_registration_that_is_not_allowed_changes_nothing() -> None:
    life = engaged()
    with pytest.raises(RegistrationError):
        life.world.register_operator(**{**ALFA, "engagement_alias": "far too long an alias"})
    assert life.world.service.registry.get("ALFA") is life.world.service.find(life.code).operator


# --- links by their domain ---


@pytest.mark.parametrize("act", ["open", "offered_slots", "decline"])
def test_a_link_under_another_operators_domain_opens_nothing(act: str) -> None:  # LINK-1
    life = engaged()
    life.world.register_operator(operator="BETA", agent_domain="va.beta.example")
    foreign = life.link().replace("va.alfa.example", "va.beta.example")
    with pytest.raises(AgentRejected, match="unknown_link"):
        getattr(life.world.agent, act)(foreign)
    assert life.world.agent.open(life.link() + "?lang=it").state == "engaged"


# --- bands of no length ---


def test_a_band_of_no_length_is_neither_offered_nor_booked() -> None:
    grid = {"weekdays": ["sun"], "bands": ["02:00-03:00", "05:00-06:00"]}
    life = Life(start="2026-03-23 06:00", slot_grid=grid, earliest_slot="any").ready("2026-03-23 10:00")
    empty_slot = Slot(at("2026-03-29 03:00"), at("2026-03-29 03:00"))
    assert life.world.agent.offered_slots(life.link())[0] == slot("2026-03-29 05:00", hours=1)
    with pytest.raises(AgentRejected, match="slot_not_offered"):
        life.world.agent.confirm(life.link(), empty_slot)
    life.world.agent.confirm(life.link(), slot("2026-03-29 05:00", hours=1))
    life.until("2026-04-10 00:00")
    assert {"FAIL", "ERROR"}.isdisjoint(verdicts(life.world).values())


def test_the_judge_reads_a_band_of_no_length_that_another_system_gave() -> None:
    life = engaged().confirm("2026-03-02 11:00", FRIDAY).until("2026-03-10 00:00")
    trace = json.loads(json.dumps(life.world.finish()))
    for event in trace:
        if "slot" in event["data"]:
            event["data"]["slot"]["end"] = event["data"]["slot"]["start"]
    document = json.loads(judge(trace, load_profile("default")).to_json())
    assert "ERROR" not in {entry["verdict"] for entry in document["rules"]}
    assert next(entry["verdict"] for entry in document["rules"] if entry["rule"] == "BOOK-3") == "PASS"


# --- the latest deposit ---


def test_the_latest_deposit_is_the_deadline_to_the_millisecond() -> None:  # CSV-4
    life = Life(csv_cadence="latest").ready("2026-03-02 10:00:00.999").until("2026-03-02 15:00:00.998")
    assert life.rows() == []
    life.until("2026-03-02 15:00:00.999")
    assert len(life.rows()) == 1
    life.until("2026-03-04 00:00")
    assert verdicts(life.world)["CSV-4"] == "PASS"


def test_two_latest_deposits_of_one_second_are_two_files() -> None:  # CSV-1
    life = Life(csv_cadence="latest")
    life.world.submit_order(order="ORDER-2", **life.members)
    life.ready("2026-03-02 10:00:00.100")
    life.until("2026-03-02 10:00:00.200").world.report_line("ORDER-2", life.line_code)
    life.until("2026-03-02 16:00")
    names = life.world.drop.listdir("ALFA")
    assert names == ["APPDIG_ALFA_20260302150000100.csv", "APPDIG_ALFA_20260302150000200.csv"]
    assert verdicts(life.world)["CSV-1"] == "PASS"
