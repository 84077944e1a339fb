"""One order of a recorded trace, found by its code: for the terminal and for programs.

What lives here: finding it, and gathering what happened to it and what was due. Nothing is judged here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from reports.conformance.observation import declared_readings
from reports.conformance.page_orders import PageOrder, Stories, TraceLine
from reports.judging.errors import InputError
from reports.rome_time import format_instant, parse_instant
from reports.timeline.characters import draw_text
from reports.timeline.days_off import days_off
from reports.timeline.marks import Deadline, meaning_of
from reports.words.labels import OUTCOMES, SERVICES, Term
from reports.words.masking import one_line

WIDTH = 80
MOST_NAMED = 4  # of the orders that a code may mean, or of the codes there are
DUE = Term("scadenza", "due")


def order_named(
    events: Iterable[TraceLine], code: str, operator: str | None, world: str | None
) -> tuple[PageOrder, Mapping[str, object]]:
    """The one order of that code, with its events, and the readings that its world declares.

    InputError names those it may mean, where they are none or several. The events can be read anew.
    """
    stories = Stories(events)
    same_code = [story for story in stories.orders if story.code == code]
    matching = [story for story in same_code if operator in (None, story.operator) and world in (None, story.world)]
    if len(matching) == 1:
        stories.load_events(matching)
        return matching[0], declared_readings(stories.remarks).get(matching[0].world, {})
    if matching:
        raise InputError("--order", f"{code!r} is {len(matching)} orders", f"one of {_named(matching)}")
    raise InputError(
        "--order", f"{code!r} is no order of the trace", _named(same_code or stories.orders) or "a trace with orders"
    )


def _named(stories: Sequence[PageOrder]) -> str:
    names = [_options(story) for story in stories[:MOST_NAMED]]
    more = [f"{len(stories) - MOST_NAMED} more"] if len(stories) > MOST_NAMED else []
    return ", ".join([*names, *more])


def _options(story: PageOrder) -> str:
    """An order as it would be asked for."""
    options = {"--order": story.code, "--operator": story.operator, "--world": story.world}
    return " ".join(f"{option} {value}" for option, value in options.items() if value)


def members_of(story: PageOrder, deadlines: Sequence[Deadline]) -> Mapping[str, object]:
    """The order for programs: who it is, what happened to it, what was due when."""
    return {
        "order": story.code,
        "operator": story.operator,
        "world": story.world,
        "service": story.service,
        "flow": story.flow,
        "outcome": story.outcome,
        "events": story.plain_events(),
        "deadlines": [
            {"what": deadline.label.en, "instant": format_instant(deadline.instant)}
            for deadline in sorted(deadlines, key=lambda deadline: deadline.instant)
        ],
    }


def picture_of(story: PageOrder, deadlines: Sequence[Deadline], readings: Mapping[str, object], language: str) -> str:
    """The order for people: its name and outcome, then its days under readings, with all that happened and was due."""
    known_names = (
        story.code,
        SERVICES.get(story.service, story.service),
        story.operator,
        OUTCOMES[story.outcome].in_language(language),
        story.world,
    )
    due = DUE.in_language(language)
    marks = [(parse_instant(event["time"]), meaning_of(event).in_language(language)) for _, event in story.events]
    marks += [(deadline.instant, f"{due}: {deadline.label.in_language(language)}") for deadline in deadlines]
    return (
        f"{one_line('  '.join(filter(None, known_names)))}\n\n{draw_text(marks, WIDTH, language, days_off(readings))}"
    )
