"""What the page says of verdicts, findings, orders and readings, in either language."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from lxml import html

from reports.conformance.page_choice import GROUPS_SHOWN
from reports.conformance.page_words import PAGE
from reports.conformance.pages import ORDERS_OPEN, render
from reports.judging.catalogue import catalogue
from reports.judging.verdicts import MERGE_ORDER
from tests.conftest import FullRun
from tests.pages.report_pages import page, page_of, plain, verdict_of_class
from tests.pages.sample_report import SERVICES, Event, sample_events, sample_verdicts

MOST_BYTES, MOST_BYTES_OF_A_GREEN_RUN = 3_000_000, 1_500_000


def test_the_headline_counts_what_the_verdicts_hold() -> None:
    rules = sample_verdicts()["rules"]
    tally = {verdict_of_class(item): int(item.find("a/b").text) for item in page().xpath("//ul[@class='tally']/li")}
    assert tally == Counter(rule["verdict"] for rule in rules)
    assert plain(page().get_element_by_id("findings-total")) == str(sum(len(rule["findings"]) for rule in rules))
    assert plain(page().find_class("headline")[0]).startswith("✗ Non conforme")


def test_the_occasions_have_the_separator_of_each_language() -> None:
    total = sum(rule["occasions"] for rule in sample_verdicts()["rules"])
    assert total > 1000
    assert plain(page("en").get_element_by_id("occasions-total")) == f"{total:,}"
    assert plain(page("it").get_element_by_id("occasions-total")) == f"{total:,}".replace(",", ".")


def test_each_cell_of_the_matrix_is_that_of_its_rule_and_service() -> None:
    matrix = page().get_element_by_id("matrix")
    for entry in sample_verdicts()["rules"]:
        row = matrix.xpath(f".//tr[.//a[@href='#{entry['rule']}']]")[0]
        for service, cell in zip(SERVICES, row.findall("td"), strict=False):
            of_service = entry["services"].get(service)
            if of_service is None:
                assert "none" in cell.get("class").split()
            else:
                assert verdict_of_class(cell) == of_service["verdict"]
                assert cell.find_class("n")[0].text_content() == str(of_service["occasions"])


def test_a_verdict_is_told_by_a_sign_and_a_word_besides_its_colour() -> None:
    for cell in page().xpath("//td[contains(@class, 'sum')]"):
        assert cell.find_class("sign")[0].text
        assert cell.find_class("vh")[0].text_content().strip(", ")


def test_a_finding_shows_all_it_knows_and_leads_to_its_evidence() -> None:
    rule = page("en").get_element_by_id("CSV-4")
    facts = {plain(line.find("dt")): plain(line.find("dd")) for line in rule.xpath(".//article//dl/div")}
    assert facts["Deadline"] == "Wed 2026-03-04 09:00:00"
    assert facts["Offset"] == "1 s late"
    assert facts["Expected"].startswith("the CSV row of the order is deposited by")
    assert facts["Evidence"] == "late-csv-4 late-csv-7"
    for link in rule.xpath(".//dd/a/@href"):
        event = page("en").get_element_by_id(link[1:])
        assert [above.get("class") for above in event.iterancestors("details")] == ["order"]


def test_evidence_that_the_trace_does_not_hold_is_named_without_a_link() -> None:
    names = page().get_element_by_id("RES-3").xpath(".//dd/code/text()")
    assert "unknown-id" in names


def test_a_deciding_reading_is_named() -> None:
    assert "sms_on_holidays" in plain(page().get_element_by_id("SMS-3").xpath(".//article")[0])


def test_findings_that_say_the_same_are_one_with_a_count_and_its_rows() -> None:
    verdicts = sample_verdicts()
    rule = next(entry for entry in verdicts["rules"] if entry["rule"] == "SMS-3")
    light = rule["findings"][0]
    other_days = [{**light, "observed": f"an engagement SMS on 2026-04-{day:02d}"} for day in range(1, 14)]
    rule["findings"] = [*other_days, {**light, "verdict": "FAIL"}]
    section = page_of(verdicts, sample_events(), "en").get_element_by_id("SMS-3")
    assert [verdict_of_class(article) for article in section.xpath(".//article")] == ["FAIL", "AMBIGUOUS"]
    assert "Findings: 13" in plain(section.xpath(".//article")[1].find_class("who")[0])
    assert len(section.xpath(".//table[@class='found']/tbody/tr")) == 13


def test_one_late_file_is_one_finding_with_a_row_for_each_order() -> None:
    events = sample_events()
    deposit = next(event for event in events if event["id"] == "late-csv-7")
    deposit["data"]["rows"] = [{**deposit["data"]["rows"][0], "order": f"ORD-{number}"} for number in range(1, 31)]
    verdicts = sample_verdicts()
    rule = next(entry for entry in verdicts["rules"] if entry["rule"] == "CSV-4")
    late = rule["findings"][0]
    rule["findings"] = [
        {**late, "subject": row["order"], "evidence": ["late-csv-7"]} for row in deposit["data"]["rows"]
    ]
    section = page_of(verdicts, events, "en").get_element_by_id("CSV-4")
    assert "Findings: 30, one cause" in plain(section.xpath(".//article")[0].find_class("who")[0])
    rows = section.xpath(".//table[@class='found']/tbody/tr")
    assert len(rows) == 1
    assert all(row["order"] in plain(rows[0]) for row in deposit["data"]["rows"])


def test_a_finding_shows_its_order_its_drawing_and_the_raw_events() -> None:
    article = page("en").get_element_by_id("CSV-4").xpath(".//article")[0]
    assert "ORD-1 ULL ALFA refused" in plain(article.find_class("who")[0])
    assert len(article.xpath(".//svg")) == 1
    raw = article.xpath(".//pre[@class='raw']")[0].text
    events = [json.loads(line) for line in raw.splitlines() if line.strip()]
    assert [event["id"] for event in events] == ["late-csv-4", "late-csv-7"]


def test_the_number_of_violations_leads_to_the_list_of_them() -> None:
    document = page("en")
    links = document.xpath("//ul[@class='tally']/li[contains(@class, 'FAIL')]/a/@href")
    named = document.xpath(f"//h3[@id='{links[0][1:]}']/following-sibling::ul[1]/li/a[@class='id']/@href")
    failed = [entry["rule"] for entry in sample_verdicts()["rules"] if entry["verdict"] == "FAIL"]
    assert [link[1:] for link in named] == failed
    assert document.get_element_by_id("findings-total").xpath("./a/@href") == ["#findings"]


def test_what_the_recording_observed_is_shown_as_such() -> None:
    verdicts = sample_verdicts() | {"inferred": {"csv_file": ["per_run", "per_order"]}, "ignored": {"sms.snet": 3}}
    document = page_of(verdicts, sample_events(), "en")
    facts = {plain(fact.find("dt")): plain(fact.find("dd")) for fact in document.xpath("//dl[@class='facts']/div")}
    assert facts["Wires observed"] == "/intake /sms"
    assert "/sftp" in facts["Wires not observed"]
    assert facts["Span observed"] == "Tue 2026-03-03 15:20:00 – Wed 2026-04-08 00:00:00"
    assert facts["Inferred from the trace"] == "csv_file = per_run | per_order"
    assert facts["Ignored"] == "sms.snet 3"
    silent = [event for event in sample_events() if event["type"] != "trace.observes"]
    wires = page_of(sample_verdicts(), silent, "en").get_element_by_id("observed-wires")
    assert PAGE["everything_observed"].en in plain(wires)


def test_orders_with_findings_come_first_and_open_the_heaviest_before() -> None:
    orders = page().xpath("//details[@class='order']")
    with_findings = [order for order in orders if order.find_class("briefs")]
    assert orders[: len(with_findings)] == with_findings
    assert all(order.get("open") is not None for order in with_findings[:ORDERS_OPEN])
    assert not any(order.get("open") is not None for order in orders[len(with_findings) :])
    weights = [MERGE_ORDER.index(verdict_of_class(order.find("summary").find_class("v")[0])) for order in with_findings]
    assert weights == sorted(weights)
    assert with_findings[0].xpath(".//ul[@class='briefs']//a/@href") == ["#CSV-4"]


def test_every_order_of_the_trace_is_drawn_or_named_and_each_kind_has_an_example() -> None:
    events = sample_events(3)
    received = [event for event in events if event["type"] == "order.received"]
    document = page_of(sample_verdicts(), events)
    drawn, named = document.xpath("//details[@class='order']"), document.xpath("//details[@class='codes']/ul/li")
    assert len(drawn) + len(named) == len(received)
    heads = [plain(order.find("summary")) for order in drawn if not order.find_class("briefs")]
    kinds = {head.rpartition(" ")[0] for head in heads}
    assert len(heads) == len(kinds) == len(SERVICES) * 4  # visited, timed out, refused, ordinary
    late = next(order for order in drawn if "late-csv" in plain(order.find("summary")))
    instants = late.xpath(".//div[@class='ev']//dt/text()")
    assert [instant.strip() for instant in instants].count("17:00:00") == 2
    assert "working_week = mon_fri" in plain(late)
    assert "timeline --trace trace.jsonl --order ORD-1" in plain(document.get_element_by_id("orders"))


def test_the_scenarios_of_each_rule_are_there_and_a_failed_one_says_why() -> None:
    finished = [event["data"] for event in sample_events() if event["type"] == "scenario.finished"]
    for rule, scenarios in Counter(data["rule"] for data in finished).items():
        assert len(page().get_element_by_id(rule).xpath(".//details[@class='scenarios']//li")) == scenarios
    failed = page().get_element_by_id("RES-3").xpath(".//li[@class='failed']")
    assert len(failed) == 1
    assert "atteso un rifiuto" in failed[0].find("pre").text


def test_the_readings_in_force_stand_beside_the_possible_ones() -> None:
    rows = page().get_element_by_id("readings").xpath(".//tbody/tr")
    readings = {row.find("th/code").text: plain(row.findall("td")[0]) for row in rows}
    assert list(readings) == list(catalogue().parameters)
    assert readings["working_week"] == "mon_fri"
    assert readings["csv_cadence"] == PAGE["every_reading"].it


def test_a_run_without_orders_says_so() -> None:
    document = page_of(sample_verdicts(), [])
    assert PAGE["no_orders"].it in plain(document.get_element_by_id("orders"))
    assert not document.xpath("//details[@class='order']")


def test_a_rule_that_the_catalogue_does_not_know_still_shows() -> None:
    verdicts = sample_verdicts()
    verdicts["rules"].append({"rule": "NEW-1", "verdict": "PASS", "occasions": 1, "findings": [], "services": {}})
    assert "NEW-1" in plain(page_of(verdicts, []).get_element_by_id("NEW-1"))


def test_an_order_code_of_two_operators_is_two_stories() -> None:
    events = [event for event in sample_events() if event.get("world") == "w0-booked-ull"]
    twin = [{**event, "id": f"twin-{event['id']}", "data": {**event["data"], "operator": "BETA"}} for event in events]
    for event in events:
        event["data"] = {**event["data"], "operator": "ALFA"}
    both = sorted([*events, *twin], key=lambda event: str(event["time"]))
    heads = [plain(head) for head in page_of(sample_verdicts(), both, "en").xpath("//details[@class='order']/summary")]
    named = page_of(sample_verdicts(), both, "en").xpath("//details[@class='codes']/ul/li")
    assert len(heads) + len(named) == 2


def monstrous() -> tuple[dict[str, Any], list[Event]]:
    """Every rule broken by every order, each time in other words, in a trace of two thousand long-winded orders."""
    events = [dict(event) for event in sample_events(66) if event["type"] != "scenario.finished"]
    orders = [event for event in events if event["type"] == "order.received"]
    verdicts = sample_verdicts()
    for rule in verdicts["rules"]:
        rule["verdict"] = "FAIL"
        rule["findings"] = [
            {
                "subject": order["subject"],
                "verdict": "FAIL",
                "expected": f"{chr(97 + number % 26) * (number + 1)} {'expected at length ' * 20}",
                "observed": "observed at length " * 30,
                "evidence": [order["id"]] * 40,
            }
            for number, order in enumerate(orders[:200])
        ]
    return verdicts, events


def test_the_page_stays_below_three_megabytes_whatever_the_trace() -> None:
    verdicts, events = monstrous()
    text = render(verdicts, events, catalogue())
    assert len(text.encode()) < MOST_BYTES
    document: Any = html.fromstring(text)
    assert len(document.get_element_by_id("CSV-4").xpath(".//article")) == GROUPS_SHOWN
    assert document.xpath("//details[@class='order']")


def test_the_page_of_a_full_run_stays_light(full_run: FullRun) -> None:
    assert (full_run("default") / "index.html").stat().st_size < MOST_BYTES_OF_A_GREEN_RUN
