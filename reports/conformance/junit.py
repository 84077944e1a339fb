"""The run as JUnit XML: a suite per feature with a case per scenario, and a suite `rules` with a case per rule.

What lives here: that one format. Rule verdicts come from the verdicts, scenarios from the trace.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lxml import etree

from reports.conformance.page_model import Scenario, scenarios_of
from reports.conformance.page_orders import TraceLine
from reports.judging.verdicts import VerdictsFile
from reports.words.masking import printable

# Verdict -> element of the case; a verdict that is not here is a plain pass.
_ELEMENTS = {
    "FAIL": "failure",
    "ERROR": "error",
    "INCONCLUSIVE": "skipped",
    "AMBIGUOUS": "skipped",
    "NOT_EXERCISED": "skipped",
    "NOT_APPLICABLE": "skipped",
}
_SCENARIO_ELEMENTS = {"failed": "failure", "skipped": "skipped"}
_TOTALS = (("failures", "failure"), ("errors", "error"), ("skipped", "skipped"))


def junit_xml(verdicts: VerdictsFile, events: Sequence[TraceLine]) -> bytes:
    """The whole document; totals of the root are the sums of its suites."""
    root = etree.Element("testsuites", name="appuntamento")
    features: dict[str, list[Scenario]] = {}
    for scenario in scenarios_of(events):
        features.setdefault(scenario.feature, []).append(scenario)
    for feature, scenarios in features.items():
        _suite(root, feature, (_scenario_case(scenario) for scenario in scenarios))
    _suite(root, "rules", (_rule_case(entry) for entry in verdicts["rules"]))
    _set_totals(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _suite(root: etree._Element, name: str, cases: Iterable[etree._Element]) -> None:
    suite = etree.SubElement(root, "testsuite", name=printable(name))
    suite.extend(cases)
    _set_totals(suite)


def _set_totals(element: etree._Element) -> None:
    element.set("tests", str(len(element.findall(".//testcase"))))
    for attribute, tag in _TOTALS:
        element.set(attribute, str(len(element.findall(f".//{tag}"))))


def _scenario_case(scenario: Scenario) -> etree._Element:
    case = _case(scenario.feature, scenario.name, {"rule": scenario.rule})
    tag = _SCENARIO_ELEMENTS.get(scenario.outcome)
    if tag:
        _outcome(case, tag, scenario.message or scenario.outcome, scenario.message)
    return case


def _rule_case(entry: Mapping[str, Any]) -> etree._Element:
    verdict = str(entry["verdict"])
    properties = {"rule": entry["rule"], "verdict": verdict, "occasions": entry["occasions"]}
    case = _case("rules", str(entry["rule"]), properties)
    tag = _ELEMENTS.get(verdict)
    if tag:
        lines = [_finding_line(finding) for finding in entry["findings"]]
        _outcome(case, tag, f"{verdict}: {lines[0]}" if lines else verdict, "\n".join(lines))
    return case


def _case(class_name: str, name: str, properties: Mapping[str, object]) -> etree._Element:
    case = etree.Element("testcase", classname=printable(class_name), name=printable(name))
    holder = etree.SubElement(case, "properties")
    for key, value in properties.items():
        etree.SubElement(holder, "property", name=key, value=printable(value))
    return case


def _outcome(case: etree._Element, tag: str, message: str, text: str) -> None:
    first_line = (printable(message).splitlines() or [""])[0]
    element = etree.SubElement(case, tag, message=first_line)
    if text and tag != "skipped":
        element.text = printable(text)


def _finding_line(finding: Mapping[str, Any]) -> str:
    evidence = ", ".join(map(str, finding.get("evidence", ())))
    line = f"{finding['subject']}: expected {finding['expected']}; observed {finding['observed']}"
    return f"{line} [{evidence}]" if evidence else line
