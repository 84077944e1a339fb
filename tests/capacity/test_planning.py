"""What a plan answers, against an exhaustive search; and how often it is wrong on questions whose truth is known."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pytest

from sim.capacity.errors import RunError
from sim.capacity.intervals import interval
from sim.capacity.jobs.jobs import BASE, Variant
from sim.capacity.questions.planning import Runner, Search, find_smallest
from sim.capacity.questions.runs import highest_value
from sim.capacity.questions.searching import Found, Outcome, search
from sim.capacity.questions.sequential_test import SequentialTest, Side, looks
from sim.capacity.questions.targets import Target, read_target
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
    times_asked: Counter[int] = Counter()

    class Counting(KnownLine):
        def side(self, position: int) -> Side:
            times_asked[position] += 1
            return super().side(position)

    sides = [F] * first_meeting + [M] * (18 - first_meeting)
    assert search(Counting(sides, [0.0] * 18)) == Found(Outcome.SMALLEST, first_meeting, first_meeting)
    assert len(times_asked) <= 7


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


def test_a_plan_finds_the_planted_smallest_capacity() -> None:
    """Everybody wants the next day: with too few technicians orders queue up, with enough they do not.

    The limit lies between two values, so that few replications say on which side each is.
    """
    planted = plan(
        customers__books=1.0, customers__refuses=0.0, customers__wishes_days={"constant": 1},
        customers__reschedules=0.0, customers__cancels=0.0, horizon__days=21, horizon__warm_up_days=7,
        customers__answers_after_hours={"constant": 1}, sample__orders=0,
    )  # fmt: skip
    target = read_target("p90_days_to_visit<=8", planted.scenario(planted.variants[0]))
    path = "territories.lazio.slots_per_band"
    runner = runner_of(planted)
    answer = find_smallest(path, target, Search(1, 16), runner)
    smallest = next(number for number in range(1, 17) if _surely_meets(runner, path, number, target))
    assert answer.outcome is Outcome.SMALLEST
    assert answer.value == smallest
    assert all(trial.judgement.meets == (trial.value >= smallest) for trial in answer.trials)


def _surely_meets(runner: Runner, path: str, number: int, target: Target) -> bool:
    margins = map(target.margin, runner.values(Variant(f"value-{number}", {path: number}), 4, target))
    return interval(list(margins)).low >= 0


def test_a_plan_that_nothing_meets_says_so() -> None:
    small_plan = plan(horizon__days=7, sample__orders=20)
    target = read_target("p50_days_to_visit[lazio]<=0.1", small_plan.scenario(small_plan.variants[0]))
    path = "territories.lazio.slots_per_band"
    answer = find_smallest(path, target, Search(5, 6), runner_of(small_plan))
    assert answer.outcome is Outcome.NONE
    assert answer.value is None
    assert {trial.judgement.side for trial in answer.trials} == {Side.FAILS}


@pytest.mark.parametrize(
    "text", ["p95_days_to_visit", "p95<=7", "p95_days_to_visit[roma]<=7", "sms_backlog_peak[lazio]<=1"]
)
def test_a_target_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(RunError, match="--target"):
        read_target(text, plan().scenario(Variant(BASE, {})))


def test_a_plan_looks_up_to_four_times_what_the_scenario_has() -> None:
    assert highest_value("region", "territories.lazio.slots_per_band") == 1160
    assert highest_value("region", "operators.4.orders_per_year", {"operators.4.orders_per_year": 10}) == 40
    with pytest.raises(RunError, match=r"--vary: 'territories\.lazio\.mon' .* \(nearest: territories\.lazio\."):
        highest_value("region", "territories.lazio.mon")
