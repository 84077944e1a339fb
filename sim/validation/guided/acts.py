"""The acts of a guided run: the steps of a plan's stories one after the other, and the plan as plain data.

What lives here: what there is to be done, and in which order. Whether it has happened, `recognition` says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sim.validation.plan import Plan, Story

MORNING, REST = "morning", "rest"


@dataclass(frozen=True, slots=True)
class Act:
    """One act: its number from 1, its story and which one that is, and the step in the words of `actions`.

    A story begins with `morning`; the last act of all, of no story, is `rest`.
    """

    number: int
    story: str
    story_number: int
    step: str

    @property
    def verb(self) -> str:
        """What is done."""
        return self.step.split()[0]

    @property
    def arguments(self) -> tuple[str, ...]:
        """To what, and how."""
        return tuple(self.step.split()[1:])


def acts_of(plan: Plan) -> tuple[Act, ...]:
    """All acts of a plan."""
    return tuple(Act(number, *step) for number, step in enumerate(_steps(plan), start=1))


def _steps(plan: Plan) -> Iterator[tuple[str, int, str]]:
    for number, story in enumerate(plan.stories, start=1):
        for step in (MORNING, *story.steps):
            yield story.name, number, step
    yield "", len(plan.stories) + 1, REST


def plan_members(plan: Plan) -> dict[str, Any]:
    """A plan as plain data, whole: what a later version ships does not change a run that is under way."""
    return asdict(plan)


def plan_from(members: Mapping[str, Any]) -> Plan:
    """A plan from plain data."""
    stories = tuple(
        Story(**{**story, "steps": tuple(story["steps"]), "needs": tuple(story["needs"])})
        for story in members["stories"]
    )
    return Plan(**{**members, "stories": stories, "rules": tuple(members["rules"])})
