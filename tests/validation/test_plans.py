"""Plans and stories as data: every shipped one can be read, and what is wrong in a file is said in one line."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from reports.judging.errors import InputError
from sim.sandbox.http_client import Answer
from sim.validation.actions import ACTIONS, StoryUnderWay
from sim.validation.operator_file import load_operator
from sim.validation.plan import OPERATOR_RULES, SHIPPED, load_plan, stories
from sim.validation.shelf import SHELF
from sim.validation.stage import Stage

# What an operator does wrong only where it is tempted to: each of these is the one story that shows somebody.
TELLING = {
    "disaggregated", "two-rows", "race-lost", "timed-out", "operator-moves-late", "duplicate", "out-of-order-own",
    "forged-end", "stale", "limited", "part-file",
}  # fmt: skip


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_plan_has_stories_and_rules(name: str) -> None:
    plan = load_plan(name)
    assert plan.stories
    assert set(plan.rules) <= set(OPERATOR_RULES)


def test_every_step_of_every_story_begins_with_an_action() -> None:
    assert {step.split()[0] for story in stories().values() for step in story.steps} == set(ACTIONS)


def test_every_story_is_in_a_plan() -> None:
    played = {story.name for name in SHIPPED for story in load_plan(name).stories}
    assert played == set(stories())


def test_the_widest_plans_judge_every_rule_of_the_operator() -> None:
    assert load_plan("complete").rules == load_plan("hostile").rules == OPERATOR_RULES


@pytest.mark.parametrize(("now", "first_day", "expected"), [(3, 1, 10), (3, 13, 17), (10, 13, 17), (12, 13, 17)])
def test_a_story_begins_on_the_next_morning_whose_date_nobody_can_misread(
    now: int, first_day: int, expected: int
) -> None:
    moves: list[str] = []

    class StageAt:
        def ask(self, method: str, path: str) -> Answer:
            return Answer(200, "OK", f'{{"now": "2026-03-{now:02}T09:00:00+01:00"}}'.encode())

        def clock(self, to: str) -> None:
            moves.append(to)

    StoryUnderWay(cast(Stage, StageAt()), 1).morning(first_day=first_day)
    assert moves == [f"2026-03-{expected}T09:00:00+01:00"], "a Tuesday"


def test_a_false_notification_of_an_end_is_told_on_a_clear_day() -> None:
    false = {f"disturb {kind} {code}" for kind in ("forged", "stale") for code in ("W24", "PA")}
    on_a_clear_day = {name for name, story in stories().items() if false.intersection(story.steps)}
    assert on_a_clear_day == {name for name, story in stories().items() if story.clear_day}


@pytest.mark.parametrize("name", ["complete", "hostile"])
def test_the_widest_plans_have_each_story_in_which_alone_some_wrong_operator_shows(name: str) -> None:
    assert {story.name for story in load_plan(name).stories} >= TELLING


def test_thirty_wrong_operators_break_every_rule() -> None:
    assert len(SHELF) >= 30
    assert len({row.name for row in SHELF}) == len(SHELF)
    assert {rule for row in SHELF for rule in row.rules} == set(OPERATOR_RULES)


def test_a_file_replaces_what_it_says_of_the_plan_that_it_extends(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('extends = "hostile"\nrules = ["OP-3"]\nquiet_seconds = 5\n[readings]\nday_end = "20:00"\n')
    plan, hostile = load_plan(str(path)), load_plan("hostile")
    assert (plan.name, plan.rules, plan.quiet_seconds) == ("mine", ("OP-3",), 5)
    assert plan.stories == hostile.stories
    assert dict(plan.readings) == {"day_end": "20:00"}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("colour = 1", "key colour: unknown 'colour'"),
        ('stories = ["operator-book"]', "perhaps operator-books"),
        ('rules = ["CSV-4"]', "key rules: unknown 'CSV-4'"),
        ("stories = 7", "a list of words"),
        ("quiet_seconds = -1", "a number from 0"),
        ('extends = "nothing.toml"', "cannot be read"),
        ("extends = ", "is not TOML"),
        ('readings = {day_end = "21:00"}', "day_end"),
        ("readings = 3", "key readings: .*a table"),
        ("seed = inf", "key seed: .*a whole number"),
        ("seed = true", "key seed: .*a whole number"),
        ("answer_seconds = inf", "key answer_seconds: .*a number from 0"),
        ("start = 2026-03-03T08:00:00", "key start: .*in quotes"),
        ("it = 5", "key it: .*a text"),
        ("seed = " + "[" * 5000, "is not TOML"),
    ],
)
def test_what_is_wrong_in_a_plan_is_said_in_one_line(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text)
    with pytest.raises(InputError, match=problem):
        load_plan(str(path))


def test_plans_that_extend_each_other_end(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('extends = "mine.toml"\n')
    with pytest.raises(InputError, match="circle"):
        load_plan(str(path))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('endpoint = "ftp://x"', "key endpoint"),
        ('name = "ALFA"', "key name: unknown key"),
        ('project_codes = "PRJ-ALFA"', "key project_codes: .*a list"),
        ("desk = \udcff", "is not UTF-8"),
    ],
)
def test_what_is_wrong_in_an_operator_file_is_said_in_one_line(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "alfa.toml"
    path.write_text(text, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(InputError, match=problem):
        load_operator(path)
