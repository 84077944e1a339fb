"""What the page of a guided run shows: the next act, the way so far, notes, and at its end the judgement.

What lives here: reading of a live world and a judged run, in the language of a page. It must not know HTTP or HTML.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from reports.judging.catalogue import catalogue
from reports.words.labels import BLAMES, SIGNS, VERDICTS
from sim.sandbox.sandbox import Sandbox
from sim.sandbox.world.guided_record import GuidedRecord
from sim.sandbox.world.live import LiveWorld
from sim.validation.actions import step_words
from sim.validation.guided.recognition import LEFT_OUT, Standing, standing_of
from sim.validation.guided.tasks import BOOK, FETCH, OPERATOR, Task, owner_of, tasks_of
from sim.validation.guided.words import OWNERS, act_words, task_words
from sim.validation.outcome import Blamed, in_words
from sim.validation.plan import SHIPPED
from sim.validation.runner import Run
from sim.validation.words import FINDINGS_SHOWN


@dataclass(frozen=True, slots=True)
class ShownTask:
    """Something to do: in words, and the page on which a person can do it."""

    words: str
    place: str
    address: str


@dataclass(frozen=True, slots=True)
class NextAct:
    """The next act: its number, whose turn it is, what it is, and what is to do before it."""

    number: int
    owner: str
    owner_words: str
    words: str
    tasks: tuple[ShownTask, ...]
    is_order: bool

    @property
    def is_operators(self) -> bool:
        """Whether it is the operator's turn."""
        return self.owner == OPERATOR


@dataclass(frozen=True, slots=True)
class ShownStory:
    """A story with its steps, each with a sign: behind, left out, next or to come."""

    title: str
    is_open: bool
    steps: tuple[tuple[str, str, str], ...]  # in words, its sign, its tone


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding in words."""

    blame: str
    subject: str
    expected: str
    observed: str
    mend: str


@dataclass(frozen=True, slots=True)
class ShownRule:
    """A rule of the operator with its verdict and its first findings."""

    rule: str
    verdict: str
    sign: str
    verdict_words: str
    title: str
    findings: tuple[ShownFinding, ...]
    to_do: str


def next_act(sandbox: Sandbox, live: LiveWorld, record: GuidedRecord, language: str, base: str) -> NextAct | None:
    """The next act; None where all have happened, or the run has ended."""
    standing = standing_of(live, record)
    act = standing.current
    if act is None or record.ending is not None:
        return None
    tasks = tasks_of(live, record, standing)
    owner = owner_of(standing, tasks)
    shown_tasks = tuple(_shown_task(sandbox, live, record, task, language, base) for task in tasks)
    words = act_words(live, record.operator, standing, language)
    is_order = owner == OPERATOR and act.verb == "order"
    return NextAct(act.number, owner, OWNERS[owner].in_language(language), words, shown_tasks, is_order)


def _shown_task(
    sandbox: Sandbox, live: LiveWorld, record: GuidedRecord, task: Task, language: str, base: str
) -> ShownTask:
    if task.kind == FETCH:
        return ShownTask(task_words(task, language), "sftp", f"{base}/#operators")
    link = sandbox.local_link(live.link_of(task.name, OPERATOR, record.operator)) or ""
    page = f"/va/{link.rpartition('/')[2]}?channel=operator"
    return ShownTask(task_words(task, language), BOOK, page)


def shown_stories(standing: Standing, language: str) -> Iterator[ShownStory]:
    """All stories, with how far each is."""
    passed_acts = {passed.act.number: passed.known_by for passed in standing.passed}
    current = None if standing.current is None else standing.current.number
    for name, acts in groupby(standing.acts, key=lambda act: act.story):
        story_acts = tuple(acts)
        steps = tuple(
            (step_words(act.step).in_language(language), *_sign(passed_acts.get(act.number), act.number == current))
            for act in story_acts
        )
        yield ShownStory(_title(standing, name, language), any(act.number == current for act in story_acts), steps)


def _title(standing: Standing, name: str, language: str) -> str:
    for story in standing.plan.stories:
        if story.name == name:
            return f"{name}: {story.it if language == 'it' else story.en}"
    return {"it": "Alla fine", "en": "At the end"}[language]


def _sign(how: str | None, is_current: bool) -> tuple[str, str]:
    if how is not None:
        return ("–", "left") if how == LEFT_OUT else ("✓", "done")
    return ("→", "current") if is_current else ("·", "to-come")


def shown_rules(run: Run, language: str) -> tuple[ShownRule, ...]:
    """The rules in scope as the judge sees them."""
    return tuple(_shown_rule(run, ruling.rule, ruling.verdict, language) for ruling in run.outcome.rules)


def _shown_rule(run: Run, rule: str, verdict: str, language: str) -> ShownRule:
    findings = [finding for finding in run.outcome.findings if finding.rule == rule]
    to_do = next((found.mend.in_language(language) for found in findings if found.mend and not found.subject), "")
    distinct = dict.fromkeys(_shown_finding(found, language) for found in findings if found.subject)
    first = tuple(islice(distinct, FINDINGS_SHOWN))
    title = catalogue().rules[rule].title.in_language(language)
    return ShownRule(rule, verdict, SIGNS[verdict], VERDICTS[verdict].in_language(language), title, first, to_do)


def _shown_finding(finding: Blamed, language: str) -> ShownFinding:
    mend = finding.mend.in_language(language) if finding.mend else ""
    blame = BLAMES[finding.blame].in_language(language)
    expected, observed = in_words(finding.expected, language), in_words(finding.observed, language)
    return ShownFinding(blame, finding.subject, expected, observed, mend)


def plans() -> Sequence[str]:
    """The shipped plans, the smallest first."""
    return sorted(SHIPPED, key=lambda name: (name != "essential", name == "hostile", name))
