"""JUnit XML for the machines that read it: suites by feature, one case for each rule, totals that add up."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from reports.conformance.junit import junit_xml
from tests.pages.sample_report import PHONE, sample_events, sample_verdicts

ELEMENTS = {
    "PASS": None,
    "WARNING": None,
    "FAIL": "failure",
    "ERROR": "error",
    "INCONCLUSIVE": "skipped",
    "AMBIGUOUS": "skipped",
    "NOT_EXERCISED": "skipped",
    "NOT_APPLICABLE": "skipped",
}


def suites() -> dict[str, Any]:
    root = etree.fromstring(junit_xml(sample_verdicts(), sample_events()))
    return {str(suite.get("name")): suite for suite in root}


def properties(case: Any) -> dict[str, str]:
    return {each.get("name"): each.get("value") for each in case.findall("properties/property")}


def case_of(verdict: str) -> Any:
    entry = {"rule": "CSV-4", "verdict": verdict, "occasions": 7, "findings": [], "services": {}}
    return etree.fromstring(junit_xml({"rules": [entry]}, [])).find(".//testcase")


def test_each_feature_is_a_suite_with_a_case_for_each_scenario() -> None:
    finished = [event["data"] for event in sample_events() if event["type"] == "scenario.finished"]
    for feature in {data["feature"] for data in finished}:
        told = [(properties(case)["rule"], case.get("name")) for case in suites()[feature].iter("testcase")]
        assert told == [(data["rule"], data["scenario"]) for data in finished if data["feature"] == feature]


def test_each_rule_is_a_case_with_its_verdict_and_occasions() -> None:
    told = [properties(case) for case in suites()["rules"].iter("testcase")]
    assert told == [
        {"rule": rule["rule"], "verdict": rule["verdict"], "occasions": str(rule["occasions"])}
        for rule in sample_verdicts()["rules"]
    ]


@pytest.mark.parametrize(("verdict", "element"), ELEMENTS.items())
def test_a_verdict_becomes_the_element_that_machines_understand(verdict: str, element: str | None) -> None:
    assert [child.tag for child in case_of(verdict) if child.tag != "properties"] == ([element] if element else [])


def test_the_totals_of_every_suite_add_up_to_those_of_the_run() -> None:
    root = etree.fromstring(junit_xml(sample_verdicts(), sample_events()))
    for total, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        assert all(int(suite.get(total, "")) == len(suite.findall(f".//{tag}")) for suite in root)
        assert int(root.get(total, "")) == sum(int(suite.get(total, "")) for suite in root)


def test_a_failed_rule_tells_its_findings_and_what_proves_them() -> None:
    failure = suites()["rules"].find("testcase[@name='CSV-4']/failure")
    assert failure.get("message").startswith("FAIL: ORD-1: expected the CSV row of the order is deposited by")
    assert failure.text.endswith("[late-csv-4, late-csv-7]")


def test_control_characters_and_phone_numbers_do_not_get_through() -> None:
    text = junit_xml(sample_verdicts(), sample_events()).decode()
    assert PHONE not in text
    assert "\x00" not in text
    assert "\x07" not in text
    assert "…567" in text


def test_a_run_without_scenarios_has_the_suite_of_rules_alone() -> None:
    root = etree.fromstring(junit_xml(sample_verdicts(), []))
    assert [suite.get("name") for suite in root] == ["rules"]
