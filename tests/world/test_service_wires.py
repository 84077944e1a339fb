"""The service at its wires: orders that go elsewhere, intake, files, texts and links, what the trace holds."""

from __future__ import annotations

from typing import Any

import pytest

from reference_impl.errors import IllegalEvent, IntakeError
from reference_impl.ports import Sms
from tests.judging.lives import COPPER, PHONE, Life, slot

FRIDAY = "2026-03-06 08:00"
LANDLINE = {"phone": "0612345678"}
NO_CODE = {"project_code": None}


def engaged(**members: Any) -> Life:
    return Life(**members).ready("2026-03-02 10:00")


# --- orders outside the service ---


def test_an_ordinary_order_gets_telephone_attempts_and_what_its_operator_bought() -> None:  # ROUTE-1 to ROUTE-4
    bought = ["rendez_vous", "info_care"]
    life = Life(operator={"commercial_services": bought}, order=NO_CODE).ready("2026-03-06 10:00")
    life.until("2026-03-20 00:00")
    assert [event["data"]["name"] for event in life.seen("commercial_service.started")] == bought
    assert life.when("contact_policy.started") == ["2026-03-06 10:00", "2026-03-09 09:00", "2026-03-10 09:00"]
    assert life.codes == ["CO"]
    assert life.rows() == life.sms("engagement") == []


@pytest.mark.parametrize(("pdc", "attempts"), [(False, 3), (True, 0)])
def test_a_disaggregated_order_gets_the_telephone_attempts_only_if_they_are_not_disaggregated(
    pdc: bool, attempts: int
) -> None:
    members = NO_CODE | {"disaggregated": True, "pdc_disaggregated": pdc}
    life = Life(COPPER, operator={"commercial_services": ["info_care"]}, order=members).ready("2026-03-02 10:00")
    life.until("2026-03-20 00:00")
    assert len(life.seen("contact_policy.started")) == attempts
    assert life.seen("commercial_service.started") == []


def test_an_order_of_the_service_starts_nothing_of_the_ordinary_process() -> None:
    life = engaged(operator={"commercial_services": ["rendez_vous", "sms_di_cortesia", "info_care"]})
    life.until("2026-03-20 00:00")
    assert life.seen("contact_policy.started", "commercial_service.started") == []


def test_a_number_that_takes_no_sms_sends_the_order_back_at_its_trigger() -> None:  # SMS-1, INV-3
    life = Life(order=LANDLINE).ready("2026-03-02 10:00").until("2026-03-20 00:00")
    assert (life.flow, life.codes, life.sms("engagement")) == ("service", ["CO"], [])
    assert life.seen("order.handed_back")[0]["data"] == {"operator": "ALFA", "reason": "bad_number"}


@pytest.mark.parametrize(
    ("order", "readings", "reason"),
    [
        ({"delivery_code": "DLV-ALFA"}, {"both_codes": "reject"}, "both_codes"),
        ({"project_code": "PRJ-BETA"}, {"unknown_code": "reject"}, "unknown_code"),
        ({"line_state": "LA"}, {"ineligible": "reject"}, "ineligible"),
        (LANDLINE, {"bad_number": "fail"}, "bad_number"),
    ],
)
def test_by_reading_an_order_is_handed_back_at_intake_and_nothing_follows(
    order: dict[str, Any], readings: dict[str, Any], reason: str
) -> None:
    life = Life(order=order, **readings)
    assert life.seen("order.handed_back")[0]["data"] == {"operator": "ALFA", "reason": reason}
    with pytest.raises(IllegalEvent, match="state handed_back"):
        life.world.report_line(life.code, "CO")
    assert life.codes == []


@pytest.mark.parametrize(
    ("members", "field"),
    [({"operator": "BETA"}, "operator"), ({"order": "ORDER-1"}, "order"), ({"territory": "MOLISE"}, "territory")],
)
def test_an_order_that_does_not_fit_the_world_is_refused_and_not_kept(members: dict[str, Any], field: str) -> None:
    life = Life()
    trace = list(life.trace)
    with pytest.raises(IntakeError) as refusal:
        life.world.submit_order(**{"order": "ORDER-2"} | life.members | members)
    assert refusal.value.field == field
    assert life.trace == trace


# --- files ---


def test_one_file_an_operator_and_run_holds_the_rows_of_its_sms_in_their_order() -> None:  # CSV-1, CSV-2
    life = Life()
    life.world.register_operator(operator="BETA", agent_domain="beta.example", project_codes=["PRJ-BETA"])
    life.another("ORDER-2")
    life.another("ORDER-3", operator="BETA", project_code="PRJ-BETA")
    for code in ("ORDER-2", "ORDER-3"):
        life.world.report_line(code, "CO")
    life.ready("2026-03-02 08:00").until("2026-03-02 12:00")
    alfa, beta = life.deposits("ALFA"), life.deposits("BETA")
    assert [row["order"] for row in alfa[0]["data"]["rows"]] == ["ORDER-2", "ORDER-1"]
    assert [row["order"] for row in beta[0]["data"]["rows"]] == ["ORDER-3"]
    assert (len(alfa), len(beta)) == (1, 1)
    assert alfa[0]["subject"] == "/ALFA/APPDIG_ALFA_20260302120000.csv"


def test_a_row_has_code_date_link_and_the_number_that_got_the_sms() -> None:  # CSV-2, CSV-3, CSV-5
    life = engaged(order={"phone": "3331234567"}).until("2026-03-02 14:00")
    assert life.rows() == [
        {"order": "ORDER-1", "date": "02/03/2026", "link": life.link("operator"), "phone": "+393331234567"}
    ]
    assert life.sms("engagement")[0]["data"]["to"] == PHONE
    assert life.world.agent.open(life.link("operator")).order == "ORDER-1"


def test_the_bytes_are_those_of_the_dialect() -> None:
    dialect = {"separator": ",", "header": True, "line_end": "lf", "phone_format": "national", "encoding": "utf-8-sig"}
    life = engaged(csv_dialect=dialect).until("2026-03-02 14:00")
    content = life.world.drop.read("/ALFA/APPDIG_ALFA_20260302140000.csv")
    assert content.startswith(
        b"\xef\xbb\xbfcodice_ordine,data,link,telefono\nORDER-1,02/03/2026,https://va.alfa.example/"
    )
    assert content.endswith(b",3331234567\n")


def test_by_reading_each_row_is_a_file_of_its_own_with_a_number() -> None:
    life = Life(csv_file="per_order")
    life.another("ORDER-2")
    life.world.report_line("ORDER-2", "CO")
    life.ready("2026-03-02 07:00").until("2026-03-02 12:00")
    assert life.world.drop.listdir("ALFA") == [
        "APPDIG_ALFA_20260302120000_001.csv",
        "APPDIG_ALFA_20260302120000_002.csv",
    ]


@pytest.mark.parametrize(("reading", "date"), [("sms_day", "02/03/2026"), ("deposit_day", "03/03/2026")])
def test_the_date_of_a_row_is_that_of_the_sms_or_of_the_deposit_by_reading(reading: str, date: str) -> None:
    life = Life(csv_date=reading).ready("2026-03-02 18:00").until("2026-03-03 09:00")
    assert life.rows()[0]["date"] == date


@pytest.mark.parametrize("csv_file", ["per_run", "per_order"])
def test_sms_of_one_instant_whose_run_is_already_over_come_a_second_later(csv_file: str) -> None:  # CSV-1
    life = Life(csv_cadence="immediate", csv_file=csv_file).ready("2026-03-02 10:00")
    for number in (2, 3):
        life.another(f"ORDER-{number}")
        life.world.report_line(f"ORDER-{number}", "CO")
        life.until("2026-03-02 10:00")
    assert life.rows()[0]["order"] == "ORDER-1"
    life.until("2026-03-02 10:01")
    deposited = [(event["time"][11:19], row["order"]) for event in life.deposits() for row in event["data"]["rows"]]
    assert deposited == [("10:00:00", "ORDER-1"), ("10:00:01", "ORDER-2"), ("10:00:01", "ORDER-3")]


# --- texts, domains, wires that answer at once ---


def test_texts_and_aliases_are_the_operator_s_own_where_it_asked() -> None:  # SMS-5, SMS-6, REM-2, REM-3
    own = {
        "engagement_text": "Scegli quando: {link}",
        "engagement_alias": "ALFA",
        "reminder_text": "Il {date}, {band}.",
        "reminder_alias": "ALFA TEC",
    }
    life = engaged(operator=own).confirm("2026-03-02 11:00", FRIDAY).until("2026-03-05 12:00")
    engagement, reminder = life.sms("engagement")[0]["data"], life.sms("reminder")[0]["data"]
    assert (engagement["text"], engagement["alias"]) == (f"Scegli quando: {life.link()}", "ALFA")
    assert (reminder["text"], reminder["alias"]) == ("Il 06/03/2026, 08:00-10:00.", "ALFA TEC")


@pytest.mark.parametrize(
    ("operator", "reading", "host"),
    [
        ({}, "exact", "va.alfa.example"),
        ({"rendez_vous_domain": "rdv.alfa.example"}, "exact", "rdv.alfa.example"),
        ({"rendez_vous_domain": "rdv.alfa.example"}, "subdomain", "va.rdv.alfa.example"),
    ],
)
def test_links_are_in_the_domain_that_the_operator_registered(
    operator: dict[str, Any], reading: str, host: str
) -> None:  # LINK-1, LINK-2
    life = engaged(operator=operator, domain_match=reading).until("2026-03-02 14:00")
    assert all(life.link(channel).startswith(f"https://{host}/") for channel in ("customer", "operator"))


def test_a_customer_who_books_the_moment_the_sms_arrives_leaves_the_causals_in_order() -> None:  # UNR-2
    life = Life()

    def book_at_once(sms: Sms) -> None:
        if sms.link is not None:
            life.world.agent.confirm(sms.link, slot(FRIDAY))

    life.world.sms_inbox.deliver = book_at_once
    life.ready("2026-03-02 10:00").until("2026-03-02 12:00")
    assert life.codes == ["CO", "W08", "W09"]
    assert life.happened.index("W08") < life.happened.index("appointment.confirmed")


def test_what_was_observed_is_told_at_the_end() -> None:
    life = engaged().until("2026-03-02 14:00")
    last = life.world.finish()[-1]
    assert last["type"] == "trace.observes"
    data = last["data"]
    assert isinstance(data, dict)
    assert "from" not in data  # a world begins with its trace: nothing came before it
    assert data["until"] == "2026-03-02T14:00:00.000+01:00"


def test_every_event_has_an_id_of_its_own_and_the_trace_is_in_order_of_time() -> None:
    trace = engaged().confirm("2026-03-02 11:00", FRIDAY).until("2026-03-10 00:00").world.finish()
    assert len({event["id"] for event in trace}) == len(trace)
    times = [str(event["time"]) for event in trace]
    assert times == sorted(times)
