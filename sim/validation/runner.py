"""The runner: a plan on a stage, story by story, and the judge on what happened.

One world for a run. Every story is played in it on a morning of its own, one after the other; then the clock goes on
until nothing more is to come. It must not know what a step does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from reports.judging.judge import judge
from reports.judging.profiles import Profile, declaring, named_profile
from reports.judging.verdicts import Verdicts
from reports.words.labels import Term
from reports.words.number_words import filled
from sim.sandbox.http_client import SandboxClient
from sim.validation.actions import CLEAR_DAY, NOWHERE, Errand, StoryUnderWay, named_step, undone, warnings_of
from sim.validation.operator_file import OperatorUnderTest
from sim.validation.outcome import Outcome, outcome_of
from sim.validation.plan import Plan, Story
from sim.validation.stage import WHY, RegistrationRefused, Stage, StageError, Undone

TERRITORIES = {"LAZIO": 40, NOWHERE: 0}
HANDED_IN_BY_THE_HARNESS = "OP-1"  # then the code on an order says nothing about the operator
UNDONE_BY: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "disturb hold": ("release", {}),
    "disturb close-site": ("open-site", {}),
    "disturb limit": ("limit", {"seconds": 0}),
}
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Run:
    """What a run left: its trace, the verdicts on it, what counts of them, the stories left out or cut short."""

    plan: Plan
    trace: Sequence[dict[str, Any]]
    verdicts: Verdicts
    outcome: Outcome
    left_out: Sequence[Story]
    ended_early: Mapping[str, Term] = field(default_factory=dict)


def profile_of(plan: Plan) -> Profile:
    """The readings of a plan; what it does not say is as the default says."""
    return declaring(replace(named_profile("default"), name=plan.name), plan.readings, f"plan {plan.name}")


def scope_of(plan: Plan, operator: OperatorUnderTest) -> tuple[str, ...]:
    """The rules that a run can judge: without a desk the harness hands in the orders."""
    return tuple(rule for rule in plan.rules if operator.desk is not None or rule != HANDED_IN_BY_THE_HARNESS)


def make_world(client: SandboxClient, plan: Plan, operator: OperatorUnderTest, name: str) -> Stage:
    """A world for a run, with the operator in it. Raises StageError, RegistrationRefused."""
    stage = Stage(client, operator, plan.quiet_seconds, desk_seconds=max(30.0, plan.patience_seconds))
    stage.ask("POST", "/_sandbox/worlds", {"start": plan.start, **world_members(plan, name)})
    stage.world = name
    try:
        stage.ask("POST", "/_sandbox/operators", operator.registration)
    except StageError as error:
        raise RegistrationRefused(*error.args) from error
    return stage


def world_members(plan: Plan, name: str) -> dict[str, Any]:
    """What the world of a run is made with, beside its start."""
    return {
        "name": name,
        "seed": plan.seed,
        "readings": dict(plan.readings),
        "territories": dict(TERRITORIES),
        "under_test": "operator",
    }


def play(stage: Stage, plan: Plan, tell: Tell, look: Callable[[], None] = lambda: None) -> Run:
    """Play every story that the operator can take part in, and judge. `look` is called after each step."""
    able = {"desk"} if stage.operator.desk is not None else set()
    left_out = [story for story in plan.stories if not able.issuperset(story.needs)]
    played = [story for story in plan.stories if story not in left_out]
    ended_early: dict[str, Term] = {}
    errands: list[Errand] = []
    for number, story in enumerate(played, start=1):
        tell(f"{number}/{len(played)}  {story.name}")
        if (reason := _play_story(StoryUnderWay(stage, number, errands=errands), story, look)) is not None:
            ended_early[story.name] = reason
    stage.settle()
    while stage.next_wake() is not None:
        stage.clock(until="idle")
        stage.settle()
    stage.clock(until="idle")
    return replace(judged(stage, plan, left_out, errands), ended_early=ended_early)


def judged(stage: Stage, plan: Plan, left_out: Sequence[Story] = (), errands: Sequence[Errand] = ()) -> Run:
    """The judge on what has happened so far."""
    scope = scope_of(plan, stage.operator)
    return judged_trace(plan, stage.trace(), stage.operator.operator, scope, left_out, errands)


def judged_trace(
    plan: Plan,
    trace: Sequence[dict[str, Any]],
    operator: str,
    scope: Sequence[str],
    left_out: Sequence[Story] = (),
    errands: Sequence[Errand] = (),
) -> Run:
    """The judge on a trace of a plan: the operator's rules in `scope` count, and which `errands` were not done."""
    verdicts = judge(trace, profile_of(plan), target=operator, seed=plan.seed)
    warnings = tuple(warnings_of(undone(trace, operator, errands), scope))
    return Run(plan, trace, verdicts, outcome_of(verdicts, scope, warnings), left_out)


def _play_story(under_way: StoryUnderWay, story: Story, look: Callable[[], None]) -> Term | None:
    """Play a story to its end; or to where the operator has not done its part, and say so."""
    stage = under_way.stage
    under_way.morning(first_day=CLEAR_DAY if story.clear_day else 1)
    stage.settle()
    for step in story.steps:
        try:
            under_way.do(step)
            look()
        except Undone as error:
            _undo(stage, story)
            return filled(WHY, what=named_step(step), why=error.words)
    _undo(stage, story)
    return None


def _undo(stage: Stage, story: Story) -> None:
    """What a story has closed is opened again, wherever it ended."""
    for step in story.steps:
        if step in UNDONE_BY:
            stage.disturb(*UNDONE_BY[step])
