"""Undeclared readings: a checker gives each combination the verdict that it gives it alone, and runs once an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.judging.checker_interface import Judged
from reports.judging.deciding import questions
from reports.judging.deciding.occasions import hearing_of
from reports.judging.deciding.questions import Frame
from reports.judging.judge_calendar import shortest_term_end
from reports.judging.order_owners import KnownOrder
from reports.judging.profiles import load_profile
from reports.judging.readings import Readings
from reports.rome_time import HOUR_MS, instant_at

OPEN = {
    "working_week": ("mon_sat", "mon_fri"),
    "first_day": ("if_working", "always"),
    "day_end": ("midnight", "20:00", "18:00"),
    "holidays": ("national", "none"),
    "late_booking": ("reject", "accept"),
}
DECLARED = load_profile("default").readings
DAYS = (date(2026, 3, 4), date(2026, 3, 6), date(2026, 4, 3))  # the last is Good Friday: holidays bear on its term
QUESTIONS = st.lists(st.sampled_from([*OPEN, *DAYS]), max_size=3)
Run = Callable[[Readings], Iterator[Judged]]


def frame() -> Frame:
    return Frame(DECLARED, OPEN, frozenset(DECLARED))


def answer(readings: Readings, question: str | date) -> object:
    if isinstance(question, str):
        return readings[question]
    return readings.term_end(KnownOrder(0, "", "", 0, engaged_at=instant_at(question, 10)))


def checker_asking(first: list[str | date], then: list[str | date], runs: list[Readings]) -> Run:
    """A checker that asks some questions, others by what it is told, and says in its one verdict what it was told."""

    def run(readings: Readings) -> Iterator[Judged]:
        runs.append(readings)
        answers = [answer(readings, question) for question in first]
        if sum(map(str(answers).count, "18")) % 2:
            answers += [answer(readings, question) for question in then]
        yield Judged("FAIL" if first else "PASS", "T1", "ULL", ("first",), observed=str(answers))

    return run


@given(QUESTIONS, QUESTIONS)
def test_each_combination_says_what_a_run_under_it_says(first: list[str | date], then: list[str | date]) -> None:
    run, alone = checker_asking(first, then, []), {}
    for values in product(*OPEN.values()):
        readings = Readings(DECLARED, OPEN, dict(zip(OPEN, values, strict=True)), frozenset(DECLARED))
        (judged,) = run(readings)
        alone[tuple(readings.asked.items())] = judged.observed
    answers = hearing_of("BOOK-1", run, frame())
    if not first:
        assert (answers.occasions, answers.asked) == ((), ())
        return
    (occasion,) = answers.occasions
    outcomes = [(tuple(outcome.assignment.items()), outcome.judged) for outcome in occasion.outcomes]
    assert {key: judged.observed for key, judged in outcomes if judged is not None} == alone
    assert len(outcomes) == len(alone)
    assert set(answers.asked) == {name for key in alone for name, _ in key}


def test_a_checker_runs_once_for_each_answer_however_many_combinations_give_it() -> None:
    runs: list[Readings] = []
    (occasion,) = hearing_of("BOOK-1", checker_asking([DAYS[0]], [], runs), frame()).occasions
    ends = {outcome.judged.observed for outcome in occasion.outcomes if outcome.judged is not None}
    assert len(occasion.outcomes) == 12
    assert len(runs) == len(ends) < 12


def test_what_passes_under_every_combination_is_certain_and_still_asked_for() -> None:
    def passing(readings: Readings) -> Iterator[Judged]:
        yield Judged("PASS", readings["first_day"] and "T1", "ULL", ("first",))

    answers = hearing_of("BOOK-1", passing, frame())
    assert [judged.verdict for judged in answers.certain] == ["PASS"]
    assert (answers.occasions, answers.asked) == ([], {"first_day"})


def test_the_answers_remembered_are_bounded_and_given_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(questions, "MOST_REMEMBERED", 2)
    readings = frame()
    first = [answers_to(day, readings) for day in DAYS]
    assert [answers_to(day, readings) for day in DAYS] == first
    assert [sum(map(len, answers.values())) for answers in first] == [12, 12, 24]
    assert len(readings.trunk.parted) <= 2


def answers_to(day: date, readings: Frame) -> Mapping[object, Sequence[Mapping[str, str]]]:
    """Every combination that bears on the end of the term of that day, by what it gives."""
    branches = readings.branches(readings.trunk, day)
    return {end: [entry.assignment for entry in branch.combinations] for end, branch in branches.items()}


@given(st.dates(date(2026, 1, 1), date(2028, 12, 31)), st.integers(0, 7 * 24))
def test_a_term_is_over_as_its_end_says_and_nothing_is_asked_before_the_shortest(first_day: date, hours: int) -> None:
    order = KnownOrder(0, "", "", 0, engaged_at=instant_at(first_day, 10))
    at = instant_at(first_day) + hours * HOUR_MS
    for values in product(*OPEN.values()):
        assigned = dict(zip(OPEN, values, strict=True))
        judge_readings, plain_readings = (Readings(DECLARED, OPEN, assigned, frozenset(DECLARED)) for _ in range(2))
        end = plain_readings.term_end(order)
        assert end is not None
        assert judge_readings.term_is_over(order, at) == (at >= end)
        assert not judge_readings.asked or at >= shortest_term_end(first_day)
        assert shortest_term_end(first_day) <= end
