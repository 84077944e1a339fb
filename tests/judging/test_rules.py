"""The judge against hand-made traces: the good one passes, every planted violation fails its own rule."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from reports.judging.catalogue import catalogue
from reports.judging.checker_register import EVENT_CHECKERS, ORDER_CHECKERS, WORLD_CHECKERS
from reports.judging.judge import judge
from reports.judging.profiles import Profile, load_profile
from reports.judging.verdicts import Verdicts
from tests.judging.changes import Mutation, watched_but_for
from tests.judging.traces import CODES, Event, edited, good_trace
from tests.judging.verdicts import DEFAULT, broken, changed, fails_naming, numbered
from tests.judging.violations import VIOLATIONS

XSD = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="{}"/></xs:schema>'
ONLY_COPPER = {"ROUTE-5", "ROUTE-6"}


@pytest.fixture
def schemas(tmp_path: Path) -> Path:
    for name in ("order", "notification"):
        (tmp_path / f"{name}.xsd").write_text(XSD.format(name), encoding="utf-8")
    return tmp_path


def judged(
    events: list[Event], schemas: Path, profile: str | Profile = "default", only: Collection[str] = ()
) -> Verdicts:
    chosen = load_profile(profile) if isinstance(profile, str) else profile
    return judge(events, chosen, schemas=schemas, only=only)


def test_every_rule_has_exactly_one_checker() -> None:
    assert ORDER_CHECKERS.keys() | EVENT_CHECKERS.keys() | WORLD_CHECKERS.keys() == catalogue().rules.keys()
    assert not ORDER_CHECKERS.keys() & WORLD_CHECKERS.keys()


@pytest.mark.parametrize("service", CODES)
def test_the_good_trace_passes_every_rule_with_an_occasion(service: str, schemas: Path) -> None:
    for ruling in judged(good_trace(service), schemas).rules:
        if ruling.rule.startswith("OP-"):
            assert ruling.verdict == "NOT_APPLICABLE", ruling
        elif service != "ULL" and ruling.rule in ONLY_COPPER:
            assert ruling.verdict == "NOT_EXERCISED", ruling
        else:
            assert ruling.verdict == "PASS", ruling
            assert ruling.occasions > 0
            assert not ruling.findings


def test_named_rules_are_judged_alone_and_as_beside_all_others() -> None:
    together, alone = judge(good_trace("ULL"), DEFAULT), judge(good_trace("ULL"), DEFAULT, only=["CSV-4", "RES-2"])
    assert [ruling.rule for ruling in alone.rules] == ["CSV-4", "RES-2"]
    assert alone.rules == (together.verdict_of("CSV-4"), together.verdict_of("RES-2"))


@pytest.mark.parametrize(
    ("rule", "service", "mutation"),
    VIOLATIONS,
    ids=numbered(VIOLATIONS),
)
def test_a_planted_violation_fails_its_rule_and_names_the_event(
    rule: str, service: str, mutation: Mutation, schemas: Path
) -> None:
    trace, offender = changed(good_trace(service), mutation)
    verdict = judged(trace, schemas, only=[rule]).verdict_of(rule)
    assert fails_naming(offender, verdict), (offender, verdict)


def test_every_rule_of_the_service_has_a_planted_violation() -> None:
    of_the_service = {rule for rule in catalogue().rules if not rule.startswith("OP-")}
    assert {rule for rule, _, _ in VIOLATIONS} == of_the_service


@pytest.mark.parametrize("service", CODES)
def test_no_prefix_of_the_good_trace_fails_and_nothing_passes_without_an_occasion(service: str, schemas: Path) -> None:
    trace = [event for event in good_trace(service) if event["type"] != "trace.observes"]
    for length in range(len(trace) + 1):
        verdicts = judged(trace[:length], schemas)
        assert not broken(verdicts), length
        assert all(ruling.verdict != "PASS" or ruling.occasions > 0 for ruling in verdicts.rules)


@pytest.mark.parametrize("profile", ["default", "any"])
def test_an_empty_trace_exercises_nothing(profile: str) -> None:
    verdicts = judge([], load_profile(profile))
    assert len(verdicts.rules) == len(catalogue().rules)
    assert {ruling.verdict for ruling in verdicts.rules} == {"NOT_EXERCISED", "NOT_APPLICABLE"}


def test_an_unseen_wire_leaves_its_rules_inconclusive(schemas: Path) -> None:
    trace = edited(good_trace(), partial(watched_but_for, "/telephone"))
    verdicts = judged(trace, schemas)
    assert verdicts.verdict_of("ROUTE-1").verdict == "INCONCLUSIVE"
    assert verdicts.verdict_of("ROUTE-2").verdict == "PASS"


def test_under_any_the_good_trace_passes_and_what_is_open_is_inferred(schemas: Path) -> None:
    verdicts = judged(good_trace(), schemas, "any")
    assert not broken(verdicts)
    assert verdicts.verdict_of("UNR-3").verdict == "PASS"
    assert verdicts.inferred["sla_resume"] == ["appointment", "visit"]


def test_the_same_trace_and_profile_give_the_same_bytes(schemas: Path) -> None:
    trace = good_trace("ULL")
    assert judged(trace, schemas, "any").to_json() == judged(trace, schemas, "any").to_json()


def test_a_fault_of_a_checker_is_an_error_and_not_a_crash(schemas: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(*_: Any) -> Iterator[Any]:
        raise ZeroDivisionError("division")

    monkeypatch.setitem(ORDER_CHECKERS, "SMS-3", faulty)
    verdict = judged(good_trace(), schemas).verdict_of("SMS-3")
    assert verdict.verdict == "ERROR"
    assert "ZeroDivisionError" in verdict.findings[0].observed
