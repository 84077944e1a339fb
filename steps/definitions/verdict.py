"""`Allora la regola …`: the verdict of the judge on a story told by hand."""

from __future__ import annotations

from pytest_bdd import parsers, then

from steps.chronicle import Chronicle
from steps.words import READINGS, VERDICTS

RULE = r"(?P<rule>[A-Z]+-\d+)"
OUTCOME = rf"(?P<outcome>{'|'.join(VERDICTS)})"


@then(parsers.re(rf"la regola {RULE} è {OUTCOME}"))
def verdict_is(chronicle: Chronicle, rule: str, outcome: str) -> None:
    """The verdict of a rule."""
    entry = chronicle.judged(rule)
    findings = "; ".join(f"{f['subject']}: {f['expected']} / {f['observed']}" for f in entry["findings"][:2])
    assert entry["verdict"] == VERDICTS[outcome], (
        f"{rule}: verdetto atteso {VERDICTS[outcome]}; osservato {entry['verdict']}"
        f" ({entry['occasions']} occasioni; {findings})"
    )


@then(parsers.re(rf"la regola {RULE} è violata (?P<direction>di|con un anticipo di) (?P<seconds>\d+) second[oi]"))
def violated_by(chronicle: Chronicle, rule: str, direction: str, seconds: str) -> None:
    """A rule fails, by that many seconds: late, or early."""
    verdict_is(chronicle, rule, "violata")
    expected = int(seconds) * (1 if direction == "di" else -1)
    offsets = [finding.get("offset_seconds") for finding in chronicle.judged(rule)["findings"]]
    assert expected in offsets, f"{rule}: scarto atteso {expected} s; osservati {offsets}"


@then(parsers.re(rf"la regola {RULE} è ambigua e decide la lettura (?P<reading>.+)"))
def decided_by(chronicle: Chronicle, rule: str, reading: str) -> None:
    """A rule holds under one reading and fails under another."""
    verdict_is(chronicle, rule, "ambigua")
    parameter = READINGS[reading].parameter
    observed = [str(finding.get("reading")) for finding in chronicle.judged(rule)["findings"]]
    assert any(parameter in named for named in observed), f"{rule}: letture osservate {observed}"
