"""What a plan answers, and how often it may be wrong: on questions whose truth is known."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pytest

from sim.capacity.questions.planning import Search, find_smallest
from sim.capacity.questions.searching import Found, Outcome, search
from sim.capacity.questions.sequential_test import SequentialTest, Side, looks
from sim.capacity.questions.targets import read_target
from tests.capacity.cases import plan, runner_of
from tests.capacity.plan_questions import ERROR, NOISES, is_wrong, question

QUESTIONS = 1_000
F, U, M = Side.FAILS, Side.UNSURE, Side.MEETS


@dataclass
class KnownLine:
    """Positions whose sides are written down; `heights` tell how near to the target each is."""

    sides: list[Side]
    heights: list[float]

    @property
    def last(self) -> int:
        """The last position."""
        return len(self.sides) - 1

    def side(self, position: int) -> Side:
        """As written."""
        return self.sides[position]

    def gain(self, position: int, other: int) -> float:
        """As written."""
        return self.heights[other] - self.heights[position]

    def makes_no_difference(self, position: int, other: int) -> bool:
        """As written."""
        return self.heights[other] == self.heights[position]


def found_on(sides: str, heights: str = "") -> Found:
    """What a search finds on a line such as `FFUMM`."""
    known = [{"F": F, "U": U, "M": M}[letter] for letter in sides]
    return search(KnownLine(known, [float(digit) for digit in heights or "0" * len(sides)]))


@pytest.mark.parametrize(
    ("sides", "heights", "found"),
    [
        ("FFFFFMM", "", Found(Outcome.SMALLEST, 5, 5)),
        ("FM", "", Found(Outcome.SMALLEST, 1, 1)),
        ("MMMMM", "", Found(Outcome.SMALLEST, 0, 0)),
        ("MMMMFF", "", Found(Outcome.LARGEST, 3, 3)),
        ("FFFUUMM", "", Found(Outcome.UNDECIDED, 5, 5, (3, 5))),
        ("MMUUFFF", "", Found(Outcome.UNDECIDED, 1, 1, (1, 3))),
        ("UUUUMMM", "", Found(Outcome.UNDECIDED, 4, 4, (0, 4))),
        ("FFFUUUU", "", Found(Outcome.UNDECIDED, None, 6, (3, 6))),
        ("FFMMMFF", "", Found(Outcome.SMALLEST, 2, 2)),
        ("FFFFF", "12345", Found(Outcome.NONE, None, 4)),
        ("FFFFF", "54321", Found(Outcome.NONE, None, 0)),
        ("FFFFF", "12555", Found(Outcome.OTHER_LIMIT, None, 4)),
        ("UUUUU", "55555", Found(Outcome.OTHER_LIMIT, None, 4)),
        ("UUUUU", "12345", Found(Outcome.UNDECIDED, None, 4, (0, 4))),
    ],
)
def test_a_search_tells_its_ends_apart(sides: str, heights: str, found: Found) -> None:
    assert found_on(sides, heights) == found


@pytest.mark.parametrize("first_meeting", range(1, 18))
def test_a_search_asks_about_few_positions(first_meeting: int) -> None:
    looks: Counter[int] = Counter()

    class Counting(KnownLine):
        def side(self, position: int) -> Side:
            looks[position] += 1
            return super().side(position)

    sides = [F] * first_meeting + [M] * (18 - first_meeting)
    assert search(Counting(sides, [0.0] * 18)) == Found(Outcome.SMALLEST, first_meeting, first_meeting)
    assert len(looks) <= 7


@pytest.mark.parametrize("noise", NOISES)
def test_of_a_thousand_answers_no_more_are_wrong_than_promised(noise: str) -> None:
    wrong_answers, outcomes = [], Counter[Outcome]()
    for seed in range(QUESTIONS):
        one_question = question(seed, noise)
        ending = search(one_question)
        outcomes[ending.outcome] += 1
        if is_wrong(one_question, ending):
            wrong_answers.append((seed, ending))
    assert len(wrong_answers) <= ERROR * QUESTIONS, wrong_answers
    assert outcomes[Outcome.SMALLEST] > 100, "a plan that never decides is never wrong"
    assert outcomes[Outcome.NONE] > 200
    assert outcomes[Outcome.LARGEST] > 0


def test_an_undecided_value_says_what_would_settle_it() -> None:
    test = SequentialTest(looks(32), 0.01, 0.0)
    judged = test.judge([0.5, -0.4, 0.3, -0.2] * 8)
    assert judged.side is Side.UNSURE
    assert judged.wanted_replications is not None
    assert judged.wanted_replications > 32
    assert test.judge([0.5, 0.5, 0.5, 0.5]).side is Side.MEETS
    assert test.judge([float("-inf"), 0.5, 0.5, 0.5]).side is Side.FAILS


def test_on_a_plateau_every_seed_gives_the_same_answer() -> None:
    """The gateway is far from full: a faster one changes nothing, wherever the limit lies."""
    answers = set()
    for seed in range(3):
        small_plan = plan(seed=seed, horizon__days=7, sample__orders=0)
        target = read_target("p95_days_to_visit<=8.5", small_plan.scenario(small_plan.variants[0]))
        answer = find_smallest("sms.per_second", target, Search(50, 80, most_replications=8), runner_of(small_plan))
        answers.add((answer.outcome, answer.value))
    assert answers == {(Outcome.OTHER_LIMIT, None)}
