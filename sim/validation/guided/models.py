"""The JSON bodies of guided runs, in and out, in the manner of the sandbox's own."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from reference_impl.civil_time import format_instant
from sim.sandbox.http.models import Body, Instant, Text
from sim.sandbox.world.acts.refusals import UnknownName
from sim.sandbox.world.guided_record import GuidedRecord, Note
from sim.sandbox.world.live import LiveWorld
from sim.validation.guided.notes import LONGEST_NOTE
from sim.validation.guided.recognition import Standing, standing_of
from sim.validation.guided.tasks import OPERATOR, owner_of, tasks_of
from sim.validation.guided.words import act_words, task_words

MOST_PLAN_CHARACTERS = 100_000
RuleId = Annotated[str, Field(max_length=20)]


class GuidedIn(Body):
    """A run to begin: the name of a shipped plan, or any name and the `text` of its TOML file; whose it is.

    Codes that are not said follow from the operator's name.
    """

    plan: Annotated[str, Field(min_length=1, max_length=80)] = "essential"
    text: Annotated[str, Field(max_length=MOST_PLAN_CHARACTERS)] = ""
    operator: Annotated[str, Field(max_length=30)] = "ALFA"
    endpoint: Annotated[str, Field(max_length=2_000)] | None = None
    project_codes: list[Text] | None = None
    delivery_codes: list[Text] | None = None


class GoOnIn(Body):
    """`act`: only if this is the next one. `anyway`: also where it is the operator's turn."""

    act: Annotated[int, Field(ge=1)] | None = None
    anyway: bool = False


class EndIn(Body):
    """`anyway`: also before the last act."""

    anyway: bool = False


class NoteIn(Body):
    """What a person says of a rule."""

    rule: RuleId
    text: Annotated[str, Field(max_length=LONGEST_NOTE)]


class PictureOut(Body):
    """A picture, named by its SHA-256."""

    digest: str
    media_type: Literal["image/png", "image/jpeg"]
    name: str
    bytes: int


class NoteOut(Body):
    """A note on a rule."""

    rule: str
    text: str
    at: Instant
    picture: PictureOut | None


class NotesOut(Body):
    """All notes of a run."""

    notes: list[NoteOut]


class TaskOut(Body):
    """What the operator has to do; `it` and `en` say it."""

    kind: Literal["fetch", "book", "move", "decline"]
    name: str
    until: Instant | None
    it: str
    en: str


class ActOut(Body):
    """The next act: whose turn it is, what is to do before it, where the clock goes for it."""

    number: int
    story: str
    step: str
    owner: Literal["operator", "harness", "clock"]
    goal: Instant | None
    tasks: list[TaskOut]
    it: str
    en: str


class GuidedOut(NotesOut):
    """How far a guided run is. Without `current` all acts have happened, or it has ended."""

    world: str
    operator: str
    plan: str
    passed: int
    acts: int
    now: Instant
    ended: bool
    current: ActOut | None


def record_in(live: LiveWorld) -> GuidedRecord:
    """The run of a world. Raises UnknownName."""
    if live.guided is None:
        raise UnknownName("guided run of world", live.name)
    return live.guided


def guided_out(live: LiveWorld) -> GuidedOut:
    """How far the run of a world is. Raises UnknownName."""
    record = record_in(live)
    standing = standing_of(live, record)
    return GuidedOut(
        world=live.name,
        operator=record.operator,
        plan=standing.plan.name,
        passed=len(standing.passed),
        acts=len(standing.acts),
        now=format_instant(live.now),
        ended=record.ending is not None,
        current=None if record.ending else _act_out(live, record, standing),
        notes=[note_out(note) for note in record.notes],
    )


def is_turn(run: GuidedOut, turn: str) -> bool:
    """Whether it is the operator's turn, or else the harness's, as the clock's is; nobody's at the end."""
    return run.current is None or (run.current.owner == OPERATOR) is (turn == OPERATOR)


def note_out(note: Note) -> NoteOut:
    """A note as it is sent."""
    picture = None if note.picture is None else PictureOut.model_validate(note.picture)
    return NoteOut(rule=note.rule, text=note.text, at=format_instant(note.at), picture=picture)


def _act_out(live: LiveWorld, record: GuidedRecord, standing: Standing) -> ActOut | None:
    act, tasks = standing.current, tasks_of(live, record, standing)
    if act is None:
        return None
    words = {language: act_words(live, record.operator, standing, language) for language in ("it", "en")}
    return ActOut.model_validate(
        {
            "number": act.number,
            "story": act.story,
            "step": act.step,
            "owner": owner_of(standing, tasks),
            "goal": None if standing.goal is None else format_instant(standing.goal),
            "tasks": [
                {
                    "kind": task.kind,
                    "name": task.name,
                    "until": None if task.until is None else format_instant(task.until),
                    "it": task_words(task, "it"),
                    "en": task_words(task, "en"),
                }
                for task in tasks
            ],
            **words,
        }
    )
