"""What a terminal shows, piped: 80 columns, no colour, both languages, nothing kept back without saying so."""

from __future__ import annotations

import json

import pytest

from reports.conformance.terminal import FINDINGS_SHOWN, print_readings, print_rules, print_timeline, print_verdicts
from reports.judging.catalogue import catalogue
from tests.pages.sample_report import sample_verdicts
from tests.pages.test_timeline import MEMBERS

Capture = pytest.CaptureFixture[str]
LANGUAGES = ("it", "en")


def lines_of(capsys: Capture) -> list[str]:
    output = capsys.readouterr().out
    assert "\x1b" not in output
    lines = output.splitlines()
    assert max(map(len, lines)) <= 80
    return lines


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_verdicts_stand_by_family_and_are_counted_below(capsys: Capture, language: str) -> None:
    print_verdicts(sample_verdicts(), catalogue(), language)
    lines = lines_of(capsys)
    rules = sample_verdicts()["rules"]
    csv = next(line for line in lines if line.startswith("CSV "))
    assert "✗4" in csv
    assert csv.split()[-1] == str(sum(rule["occasions"] for rule in rules if rule["rule"].startswith("CSV-")))
    passed = sum(rule["verdict"] == "PASS" for rule in rules)
    counts = "\n".join(lines[-2:])
    assert f"✓ {passed} " in counts
    for count in ("2 violate", "11 non applicabili") if language == "it" else ("2 fail", "11 not applicable"):
        assert count in counts


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_findings_of_what_did_not_pass_follow_with_offset_and_evidence(capsys: Capture, language: str) -> None:
    print_verdicts(sample_verdicts(), catalogue(), language)
    output = " ".join(" ".join(lines_of(capsys)).split())
    assert f"✗ CSV-4 {'Violata' if language == 'it' else 'Fail'}" in output
    assert ("1 s di ritardo" if language == "it" else "1 s late") in output
    assert "late-csv-4, late-csv-7" in output
    assert "≈ SMS-3" in output
    assert "[sms_on_holidays]" in output


@pytest.mark.parametrize(("rule", "is_told"), [("UNR-3", True), ("CSV-4", False)])
def test_only_inferred_readings_that_bear_on_the_rules_shown_are_told(
    capsys: Capture, rule: str, is_told: bool
) -> None:
    verdicts = sample_verdicts() | {"inferred": {"sla_resume": ["appointment"]}}
    verdicts["rules"] = [entry for entry in verdicts["rules"] if entry["rule"] == rule]
    print_verdicts(verdicts, catalogue(), "en")
    assert ("inferred readings: sla_resume=appointment" in lines_of(capsys)) is is_told


def test_of_many_findings_the_heaviest_come_first_and_the_rest_is_counted(capsys: Capture) -> None:
    verdicts = sample_verdicts()
    rule = next(entry for entry in verdicts["rules"] if entry["rule"] == "SMS-3")
    light = rule["findings"][0]
    rule["findings"] = [light] * (FINDINGS_SHOWN + 4) + [{**light, "verdict": "FAIL", "subject": "WORST"}]
    print_verdicts(verdicts, catalogue(), "en")
    lines = lines_of(capsys)
    head = next(number for number, line in enumerate(lines) if line.startswith("≈ SMS-3"))
    first = next(line for line in lines[head:] if line.startswith("    ") and ": expected" in line)
    assert first.strip().startswith("WORST")
    assert any("… and 5 more" in line for line in lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_fits_the_terminal(capsys: Capture, language: str) -> None:
    print_rules(catalogue(), {"CSV-4": 101}, {"CSV-4": 28}, language, as_json=False)
    lines = lines_of(capsys)
    assert sum(line.split(" ")[0] in catalogue().rules for line in lines) == len(catalogue().rules)
    assert next(line for line in lines if line.startswith("CSV-4")).split()[-2:] == ["101", "28"]
    print_readings(catalogue(), language, as_json=False)
    lines = lines_of(capsys)
    assert sum(line.split("  ")[0] in catalogue().parameters for line in lines) == len(catalogue().parameters)


def test_the_catalogue_for_programs_is_json_with_coverage(capsys: Capture) -> None:
    print_rules(catalogue(), {"CSV-4": 101}, {"CSV-4": 28}, "it", as_json=True)
    rules = {entry["rule"]: entry for entry in json.loads(capsys.readouterr().out)}
    assert list(rules) == list(catalogue().rules)
    assert (rules["CSV-4"]["scenarios"], rules["CSV-4"]["judge_scenarios"]) == (101, 28)
    print_readings(catalogue(), "it", as_json=True)
    assert [entry["parameter"] for entry in json.loads(capsys.readouterr().out)] == list(catalogue().parameters)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_timeline_is_a_list_of_instants_and_a_picture(capsys: Capture, language: str) -> None:
    print_timeline(MEMBERS, {}, language, {"visit": "2026-04-10T08:00:00.000+02:00"})
    lines = lines_of(capsys)
    assert any(line.split()[-2:] == ["2026-04-03", "09:00:00.000+02:00"] for line in lines)
    assert any("TSN" in line for line in lines)
    assert any(line.startswith(("V  ven 2026-04-10 08:00:00", "V  Fri 2026-04-10 08:00:00")) for line in lines)
