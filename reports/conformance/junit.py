"""The run as JUnit XML: a suite per feature with a case per scenario, and a suite `rules` with a case per rule.

What lives here: that one format. Rule verdicts come from the verdicts, scenarios from the trace. Whoever reads it in
place of the exit status decides the same: it holds a failure or an error exactly where that status is not 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lxml import etree

from reports.conformance.page_model import Scenario, scenarios_of
from reports.conformance.page_orders import TraceLine
from reports.judging.catalogue import catalogue
from reports.judging.exit_status import CONFORMANT, exit_status
from reports.judging.verdicts import VerdictsFile
from reports.words.masking import printable

# Verdict -> element of the case; a verdict that is not here is a plain pass. What is undecided is no skipped case:
# the machines that read this take a run of skipped cases for a good one.
_ELEMENTS = {
    "FAIL": "failure",
    "ERROR": "error",
    "INCONCLUSIVE": "error",
    "AMBIGUOUS": "error",
    "NOT_EXERCISED": "skipped",
    "NOT_APPLICABLE": "skipped",
}
_SCENARIO_ELEMENTS = {"failed": "failure", "skipped": "skipped"}
_TOTALS = (("failures", "failure"), ("errors", "error"), ("skipped", "skipped"))
_RULES_FILE = "features/rules.csv"
_FIRST_RULE_LINE = 2  # below the header


def junit_xml(
    verdicts: VerdictsFile,
    events: Iterable[TraceLine],
    planned: Sequence[str] | None = (),
    seconds: Mapping[str, float] | None = None,
) -> bytes:
    """The whole document; totals of the root are the sums of its suites.

    `planned` are the rules that must be exercised, None for all; `seconds` is how long each scenario took, by the id
    of its event: where it is not known, as for a recorded trace, a case took none.
    """
    root = etree.Element("testsuites", name="appuntamento")
    features: dict[str, list[Scenario]] = {}
    for scenario in scenarios_of(events):
        features.setdefault(scenario.feature, []).append(scenario)
    for feature, scenarios in features.items():
        _suite(root, feature, (_scenario_case(scenario, seconds or {}) for scenario in scenarios))
    _suite(root, "rules", _rule_cases(verdicts["rules"], planned))
    _set_totals(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _suite(root: etree._Element, name: str, cases: Iterable[etree._Element]) -> None:
    suite = etree.SubElement(root, "testsuite", name=printable(name))
    suite.extend(cases)
    _set_totals(suite)


def _set_totals(element: etree._Element) -> None:
    cases = element.findall(".//testcase")
    element.set("tests", str(len(cases)))
    for attribute, tag in _TOTALS:
        element.set(attribute, str(len(element.findall(f".//{tag}"))))
    element.set("time", _seconds_text(sum(float(case.get("time", "0")) for case in cases)))


def _seconds_text(seconds: float) -> str:
    return f"{seconds:.3f}"


def _scenario_case(scenario: Scenario, seconds: Mapping[str, float]) -> etree._Element:
    place = {"file": scenario.file, "line": scenario.line}
    case = _case(scenario.feature, scenario.name, {"rule": scenario.rule}, place, seconds.get(scenario.id, 0))
    tag = _SCENARIO_ELEMENTS.get(scenario.outcome)
    if tag:
        _outcome(case, tag, scenario.message or scenario.outcome, scenario.message)
    return case


def _rule_cases(records: Sequence[Mapping[str, Any]], planned: Sequence[str] | None) -> list[etree._Element]:
    """A case for each rule; and one more where the exit status is not 0 though no rule says why."""
    line_of = {rule: number for number, rule in enumerate(catalogue().rules, _FIRST_RULE_LINE)}
    required = {str(record["rule"]) for record in records} if planned is None else set(planned)
    cases = [_rule_case(record, line_of, str(record["rule"]) in required) for record in records]
    status = exit_status({str(record["rule"]): str(record["verdict"]) for record in records}, planned)
    if status != CONFORMANT and not any(case.find(tag) is not None for case in cases for tag in ("failure", "error")):
        case = _case("rules", "occasions", {}, {}, 0)
        _outcome(case, "error", "undecided: nothing was judged", "no rule had an occasion")
        cases.append(case)
    return cases


def _rule_case(record: Mapping[str, Any], line_of: Mapping[str, int], is_required: bool) -> etree._Element:
    rule, verdict = str(record["rule"]), str(record["verdict"])
    properties = {"rule": rule, "verdict": verdict, "occasions": record["occasions"]}
    place = {"file": _RULES_FILE, "line": str(line_of[rule])} if rule in line_of else {}
    case = _case("rules", rule, properties, place, 0)
    tag = "error" if is_required and verdict == "NOT_EXERCISED" else _ELEMENTS.get(verdict)
    if tag:
        lines = [_finding_line(finding) for finding in record["findings"]]
        _outcome(case, tag, f"{verdict}: {lines[0]}" if lines else verdict, "\n".join(lines))
    return case


def _case(
    class_name: str, name: str, properties: Mapping[str, object], place: Mapping[str, str], seconds: float
) -> etree._Element:
    attributes = {"classname": class_name, "name": name, "time": _seconds_text(seconds), **place}
    case = etree.Element("testcase", {key: printable(value) for key, value in attributes.items() if value})
    holder = etree.SubElement(case, "properties")
    for key, value in properties.items():
        etree.SubElement(holder, "property", name=key, value=printable(value))
    return case


def _outcome(case: etree._Element, tag: str, message: str, text: str) -> None:
    first_line = (printable(message).splitlines() or [""])[0]
    element = etree.SubElement(case, tag, message=first_line)
    if tag != "skipped":
        element.text = printable(text or message)


def _finding_line(finding: Mapping[str, Any]) -> str:
    evidence = ", ".join(map(str, finding.get("evidence", ())))
    line = f"{finding['subject']}: expected {finding['expected']}; observed {finding['observed']}"
    return f"{line} [{evidence}]" if evidence else line
