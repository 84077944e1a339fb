"""What a world keeps of the guided run that takes place in it: the plan, what was marked, what was noted, its end.

A person is led through a plan (`sim/validation/guided`); what has happened shows in the trace. Kept here is only what
the trace cannot show, as commands like everything else, so that a restart finds the run where it was. Deterministic
and without I/O; it must not know what a plan says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from reference_impl.errors import CallerError
from sim.sandbox.world import commands
from sim.world import World

MOST_NOTES = 100


class GuidedRefused(CallerError):
    """Something that the guided run of a world does not allow as it stands. Data: what was asked, what is allowed."""

    def __init__(self, asked: str, allowed: str) -> None:
        super().__init__(asked, allowed)
        self.asked, self.allowed = asked, allowed

    def __str__(self) -> str:
        return f"guided run: {self.asked}; allowed: {self.allowed}"


@dataclass(frozen=True, slots=True)
class Mark:
    """An act of the plan that was marked: how, after how many events, and when in simulated time."""

    act: int
    how: str
    position: int
    at: int


@dataclass(frozen=True, slots=True)
class Note:
    """What a person says of a rule, with or without a picture: `digest`, `media_type`, `name`, `bytes`."""

    rule: str
    text: str
    picture: Mapping[str, Any] | None
    at: int


@dataclass(frozen=True, slots=True)
class Ending:
    """The end of a run: how many events there were, when, and what had been observed by then."""

    position: int
    at: int
    observation: Mapping[str, object]


@dataclass(slots=True)
class GuidedRecord:
    """A guided run: whose, by which plan, since which event."""

    operator: str
    plan: Mapping[str, Any]
    position: int
    at: int
    marks: list[Mark] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    ending: Ending | None = None


class WorldCore(Protocol):
    """What a run takes place in."""

    world: World
    guided: GuidedRecord | None


def record_of(core: WorldCore) -> GuidedRecord:
    """The run under way. Raises GuidedRefused where there is none, or it has ended."""
    if core.guided is None:
        raise GuidedRefused("there is none in this world", "to start one, which makes a world of its own")
    if core.guided.ending is not None:
        raise GuidedRefused("it has ended", "to read its report")
    return core.guided


def _begin(core: WorldCore, command: commands.BeginGuided) -> None:
    if core.guided is not None:
        raise GuidedRefused("this world has one", "one in each world")
    core.guided = GuidedRecord(command.operator, command.plan, len(core.world.trace), core.world.now)


def _mark(core: WorldCore, command: commands.MarkGuided) -> None:
    record_of(core).marks.append(Mark(command.act, command.how, len(core.world.trace), core.world.now))


def _note(core: WorldCore, command: commands.NoteGuided) -> None:
    record = record_of(core)
    if len(record.notes) >= MOST_NOTES:
        raise GuidedRefused("one note more", f"at most {MOST_NOTES}")
    record.notes.append(Note(command.rule, command.text, command.picture, core.world.now))


def _end(core: WorldCore, command: commands.EndGuided) -> None:
    world = core.world
    record_of(core).ending = Ending(len(world.trace), world.now, world.observation())


GUIDE: Mapping[type[commands.Command], Callable[[Any, Any], None]] = {
    commands.BeginGuided: _begin,
    commands.MarkGuided: _mark,
    commands.NoteGuided: _note,
    commands.EndGuided: _end,
}
