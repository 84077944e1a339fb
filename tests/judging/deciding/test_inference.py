"""Readings that nobody declared: open ones are inferred over the whole trace, disputed ones leave a rule ambiguous."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.judging.deciding.inference import Constraint, components_of, contradiction
from reports.judging.deciding.inferred_profile import inferred_profile, write_inferred
from reports.judging.judge import judge
from reports.judging.profiles import load_profile
from tests.judging.traces import PHONE, Event, Scribe, band, book, engage, operator, order

ANY = load_profile("any")
VALUES = {"a": ("1", "2"), "b": ("1", "2", "3"), "c": ("1", "2")}


def needs(*partials: dict[str, str]) -> Constraint:
    return frozenset(frozenset(partial.items()) for partial in partials)


def rows_dated(*dates: str) -> list[Event]:
    """Orders whose SMS left at 17:00 on 3 March 2026 and whose rows of the day after carry these dates."""
    scribe = Scribe()
    operator(scribe)
    for number, date in enumerate(dates, start=1):
        code, link = f"O{number}", f"https://va.alfa.example/o{number}"
        order(scribe, code)
        for kind, data in (
            ("notification.sent", {"operator": "ALFA", "code": "CO"}),
            ("sms.sent", {"kind": "engagement", "to": PHONE, "alias": "ALFA", "text": link, "link": link}),
        ):
            scribe.tell("2026-03-03 17:00", kind, code, **data)
        row = {"order": code, "date": date, "link": f"{link}c", "phone": PHONE}
        path = f"/ALFA/{code}.csv"
        scribe.tell(f"2026-03-04 09:0{number}", "csv.deposited", path, operator="ALFA", path=path, rows=[row])
    return scribe.trace()


@pytest.mark.parametrize(("dates", "values"), [(["03/03/2026"], ["sms_day"]), (["04/03/2026"] * 2, ["deposit_day"])])
def test_an_open_reading_is_inferred_from_what_was_done(dates: list[str], values: list[str]) -> None:
    verdicts = judge(rows_dated(*dates), ANY)
    assert verdicts.verdict_of("CSV-3").verdict == "PASS"
    assert verdicts.inferred["csv_date"] == values


def test_two_occasions_that_contradict_each_other_fail_and_are_both_named() -> None:
    verdicts = judge(rows_dated("03/03/2026", "04/03/2026", "03/03/2026"), ANY)
    verdict = verdicts.verdict_of("CSV-3")
    (finding,) = verdict.findings
    assert (verdict.verdict, verdict.occasions, finding.reading) == ("FAIL", 3, "csv_date")
    assert finding.observed == "O1 needs csv_date=sms_day, O2 needs csv_date=deposit_day"
    assert len(finding.evidence) == 2
    assert verdicts.inferred["csv_date"] == []


def test_a_date_that_no_reading_explains_fails_and_infers_nothing() -> None:
    verdict = judge(rows_dated("05/03/2026"), ANY).verdict_of("CSV-3")
    assert verdict.verdict == "FAIL"
    assert judge(rows_dated("05/03/2026", "03/03/2026"), ANY).inferred["csv_date"] == ["sms_day"]


def test_a_reading_that_a_world_declares_is_not_inferred_from_it() -> None:
    trace = rows_dated("04/03/2026")
    observes = {**trace[0], "id": "o", "type": "trace.observes", "source": "/trace", "subject": ""}
    trace.insert(0, {**observes, "data": {"sources": [], "readings": {"csv_date": "sms_day"}}})
    trace[0]["data"]["sources"] = ["/intake", "/sms", "/sftp", "/notifications", "/agent"]
    verdicts = judge(trace, ANY)
    assert verdicts.verdict_of("CSV-3").verdict == "FAIL"
    assert "csv_date" not in verdicts.inferred


def test_a_disputed_reading_leaves_the_rule_ambiguous_and_both_sides_are_told() -> None:
    scribe = Scribe()
    operator(scribe)
    order(scribe, "O1")
    engage(scribe, "O1", "VULA_FTTH", "2026-03-07 10:00", "2026-03-07 14:00")  # a Saturday
    book(scribe, "2026-03-11 10:00", "O1", "W09", band("2026-03-16"))  # the third working day after it
    verdict = judge(scribe.trace(), ANY).verdict_of("BOOK-1")
    assert verdict.verdict == "AMBIGUOUS"
    reading = str(verdict.findings[0].reading)
    assert reading.startswith("violated under late_booking=reject, working_week=mon_sat; ")
    assert reading.endswith("kept under late_booking=accept or working_week=mon_fri")


def test_no_combination_of_disputed_readings_that_keeps_a_rule_is_a_violation(tmp_path: Path) -> None:
    scribe = Scribe()
    operator(scribe)
    for code in ("O1", "O2"):
        order(scribe, code)
        engage(scribe, code, "VULA_FTTH", "2026-03-03 10:00", "2026-03-03 14:00")
    book(scribe, "2026-03-05 19:00", "O1", "W09", band("2026-03-16"))  # so late only if day 3 does not end at 18:00
    late = {"channel": "customer", "act": "confirm", "reason": "term_over", "slot": band("2026-03-17")}
    scribe.tell("2026-03-05 19:00", "agent.rejected", "O2", **late)  # so early only if it does
    (tmp_path / "mine.toml").write_text('extends = "any"\nlate_booking = "reject"\n', encoding="utf-8")
    verdict = judge(scribe.trace(), load_profile(str(tmp_path / "mine.toml"))).verdict_of("BOOK-1")
    assert verdict.verdict == "FAIL"
    assert any("O1 needs" in finding.observed and "O2 needs" in finding.observed for finding in verdict.findings)


def test_what_was_inferred_is_a_profile_that_judges_the_trace_the_same(tmp_path: Path) -> None:
    trace = rows_dated("04/03/2026", "04/03/2026")
    verdicts = judge(trace, ANY)
    write_inferred(tmp_path / "mine.toml", ANY, verdicts.inferred)
    profile = load_profile(str(tmp_path / "mine.toml"))
    assert profile.readings["csv_date"] == "deposit_day"
    assert "csv_date" not in profile.undeclared
    again = judge(trace, profile)
    assert [rule.verdict for rule in again.rules] == [rule.verdict for rule in verdicts.rules]
    assert judge(rows_dated("03/03/2026"), profile).verdict_of("CSV-3").verdict == "FAIL"


def test_a_profile_of_declared_readings_is_written_as_it_is() -> None:
    text = inferred_profile(load_profile("literal"), {})
    assert text.splitlines()[0] == 'extends = "default"'
    assert 'first_day = "always"' in text


def test_readings_that_share_a_constraint_are_solved_together_and_others_apart() -> None:
    joined, alone = needs({"a": "1", "b": "2"}, {"a": "2", "b": "1"}), needs({"c": "2"})
    components = components_of([joined, alone, joined, needs({"a": "2"})], VALUES)
    assert [(component.names, len(component.solutions)) for component in components] == [(("c",), 1), (("a", "b"), 1)]
    assert components[1].values_left("b") == {"1"}


CONSTRAINTS = st.lists(
    st.frozensets(
        st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in VALUES.items()})
        .filter(bool)
        .map(lambda partial: frozenset(partial.items())),
        min_size=1,
        max_size=3,
    ),
    max_size=6,
)


@given(CONSTRAINTS)
def test_a_contradiction_is_part_of_the_constraints_and_has_no_solution_itself(constraints: list[Constraint]) -> None:
    for component in components_of(constraints, VALUES):
        for solution in component.solutions:
            assert all(any(partial <= solution for partial in constraint) for constraint in component.constraints)
        if not component.solutions:
            chosen = contradiction(component, VALUES)
            assert set(chosen) <= set(component.constraints)
            assert not all(part.solutions for part in components_of(chosen, VALUES))


def cancelled_before_its_file(deposited: bool) -> list[Event]:
    scribe = Scribe()
    operator(scribe)
    order(scribe, "O1")
    engage(scribe, "O1", "VULA_FTTH", "2026-03-03 10:00", "2026-03-03 14:00")
    scribe.tell("2026-03-03 11:00", "order.cancelled", "O1", reason="operator")
    scribe.tell("2026-03-05 10:00", "trace.observes", sources=["/intake", "/sms", "/sftp", "/notifications", "/agent"])
    return [event for event in scribe.trace() if deposited or event["type"] != "csv.deposited"]


@pytest.mark.parametrize(("deposited", "reading"), [(True, "owed"), (False, "dropped")])
def test_the_row_of_a_cancelled_order_is_owed_or_dropped(deposited: bool, reading: str, tmp_path: Path) -> None:
    trace = cancelled_before_its_file(deposited)
    verdicts = judge(trace, ANY)
    assert verdicts.verdict_of("CSV-2").verdict == "PASS"
    assert verdicts.inferred["cancelled_row"] == [reading]
    other = "dropped" if reading == "owed" else "owed"
    (tmp_path / "mine.toml").write_text(f'cancelled_row = "{other}"\n', encoding="utf-8")
    assert judge(trace, load_profile(str(tmp_path / "mine.toml"))).verdict_of("CSV-2").verdict == "FAIL"
