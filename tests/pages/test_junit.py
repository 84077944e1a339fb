"""JUnit XML for the machines that read it: suites by feature, one case for each rule, totals that add up.

Two of the machines are known by what they look at, and read here the same way: GitLab takes the first of failure, error
and skipped that a case holds; Jenkins takes a case for good unless it holds a failure or an error, and for skipped
before that. Neither believes the totals.
"""

from __future__ import annotations

from typing import Any

import junitparser
import pytest
from lxml import etree

from reports.conformance.junit import junit_xml
from reports.judging.catalogue import FEATURES, catalogue
from reports.judging.exit_status import exit_status
from reports.judging.verdicts import MERGE_ORDER
from tests.pages.sample_report import PHONE, sample_events, sample_verdicts

ELEMENTS = {
    "PASS": None,
    "WARNING": None,
    "FAIL": "failure",
    "ERROR": "error",
    "INCONCLUSIVE": "error",
    "AMBIGUOUS": "error",
    "NOT_EXERCISED": "skipped",
    "NOT_APPLICABLE": "skipped",
}


def suites() -> dict[str, Any]:
    root = etree.fromstring(junit_xml(sample_verdicts(), sample_events()))
    return {str(suite.get("name")): suite for suite in root}


def properties(case: Any) -> dict[str, str]:
    return {entry.get("name"): entry.get("value") for entry in case.findall("properties/property")}


def case_of(verdict: str) -> Any:
    entry = {"rule": "CSV-4", "verdict": verdict, "occasions": 7, "findings": [], "services": {}}
    return etree.fromstring(junit_xml({"rules": [entry]}, [])).find(".//testcase")


def verdicts_with(*verdicts: str) -> dict[str, Any]:
    rules = zip(catalogue().rules, verdicts, strict=False)
    return {"rules": [{"rule": rule, "verdict": verdict, "occasions": 1, "findings": []} for rule, verdict in rules]}


def cases_of(document: bytes) -> list[junitparser.TestCase]:
    return [case for suite in junitparser.JUnitXml.fromstring(document) for case in suite]


def is_green_for_gitlab(document: bytes) -> bool:
    """GitLab: a case has one status, and the report fails by failed cases and by those in error."""
    by_weight = (junitparser.Failure, junitparser.Error, junitparser.Skipped)
    results = [
        next((kind for kind in by_weight if kind in map(type, case.result)), None) for case in cases_of(document)
    ]
    return not {junitparser.Failure, junitparser.Error} & set(results)


def is_green_for_jenkins(document: bytes) -> bool:
    """Jenkins: a skipped case has not failed whatever else it holds; the build is unstable by any that has."""
    kinds = [set(map(type, case.result)) for case in cases_of(document)]
    return not any(
        results & {junitparser.Failure, junitparser.Error} and junitparser.Skipped not in results for results in kinds
    )


@pytest.mark.parametrize("planned", [(), None, ("ELIG-1",)], ids=["nothing planned", "all planned", "one planned"])
@pytest.mark.parametrize("verdict", MERGE_ORDER)
def test_a_pipeline_is_green_exactly_where_the_exit_status_is_0(verdict: str, planned: tuple[str, ...] | None) -> None:
    verdicts = verdicts_with(verdict, "PASS")
    status = exit_status({entry["rule"]: entry["verdict"] for entry in verdicts["rules"]}, planned)
    document = junit_xml(verdicts, [], planned)
    assert is_green_for_gitlab(document) == is_green_for_jenkins(document) == (status == 0)


def test_a_status_that_no_rule_explains_has_a_case_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.conformance.junit.exit_status", lambda verdicts, planned: 2)
    document = junit_xml(verdicts_with("NOT_EXERCISED"), [])
    assert not is_green_for_gitlab(document)
    assert [case.name for case in cases_of(document)] == ["ELIG-1", "occasions"]


def test_the_totals_are_those_that_a_reader_counts_for_itself() -> None:
    document = junit_xml(sample_verdicts(), sample_events(), None, {"scenario-3-al-limite": 0.25})
    for suite in junitparser.JUnitXml.fromstring(document):
        totals = (suite.tests, suite.failures, suite.errors, suite.skipped, suite.time)
        suite.update_statistics()  # type: ignore[no-untyped-call]
        assert (suite.tests, suite.failures, suite.errors, suite.skipped, suite.time) == totals


def test_a_scenario_says_how_long_it_took_and_where_it_stands() -> None:
    document = junit_xml(sample_verdicts(), sample_events(), (), {"scenario-3-al-limite": 0.25})
    finished = [event for event in sample_events() if event["type"] == "scenario.finished"]
    seconds = {event["data"]["scenario"]: 0.25 * (event["id"] == "scenario-3-al-limite") for event in finished}
    places = {event["data"]["scenario"]: (event["data"]["file"], str(event["data"]["line"])) for event in finished}
    case_by_name = {case.name: case for case in cases_of(document) if case.classname != "rules"}
    assert {name: case.time for name, case in case_by_name.items()} == seconds
    assert {name: (case._elem.get("file"), case._elem.get("line")) for name, case in case_by_name.items()} == places


def test_a_rule_leads_to_its_line_in_the_table_of_rules() -> None:
    lines = (FEATURES / "rules.csv").read_text(encoding="utf-8").splitlines()
    for case in suites()["rules"].iter("testcase"):
        assert case.get("file") == "features/rules.csv"
        assert lines[int(case.get("line")) - 1].startswith(f"{case.get('name')},")


def test_each_feature_is_a_suite_with_a_case_for_each_scenario() -> None:
    finished = [event["data"] for event in sample_events() if event["type"] == "scenario.finished"]
    for feature in {data["feature"] for data in finished}:
        cases = [(properties(case)["rule"], case.get("name")) for case in suites()[feature].iter("testcase")]
        assert cases == [(data["rule"], data["scenario"]) for data in finished if data["feature"] == feature]


def test_each_rule_is_a_case_with_its_verdict_and_occasions() -> None:
    rules = [properties(case) for case in suites()["rules"].iter("testcase")]
    assert rules == [
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
