"""The deadlines of every order of a trace, for its drawing: the file, the term, and 18:00 of the eve.

Computed with the judge's own calendar under the readings in force; where a reading is open, under its default. Nothing
is judged here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reports.facts import ENGAGEMENT
from reports.judging.catalogue import catalogue
from reports.judging.checker_interface import Readings
from reports.judging.events import OrderStory
from reports.judging.judge_calendar import LONGEST_TERM, deposit_deadline, eve_limit, term_end
from reports.judging.profiles import Profile
from reports.judging.reading.trace_reader import TraceInMemory
from reports.judging.stories import finished_orders
from reports.judging.survey import Survey
from reports.rome_time import Instant, day_of
from reports.timeline.marks import Deadline
from reports.words.labels import DEADLINES, Term


def deadlines_of(events: Iterable[Mapping[str, Any]], profile: Profile) -> dict[tuple[str, str, str], list[Deadline]]:
    """By (world, operator, order code): what was due when. Orders without an engagement SMS have none."""
    by_order: dict[tuple[str, str, str], list[Deadline]] = {}
    known = frozenset(catalogue().parameters)
    trace = TraceInMemory(events)
    survey = Survey(trace.checked())
    in_world = {world.name: Readings({**profile.readings, **world.readings}, {}, {}, known) for world in survey.worlds}
    for world, order in finished_orders(survey, trace.again()):
        due = [Deadline(instant, label) for instant, label in _due(order, in_world[world])]
        if due:
            by_order[world, order.operator, order.code] = due
    return by_order


def _due(order: OrderStory, readings: Readings) -> Iterator[tuple[Instant, Term]]:
    sent = order.messages(ENGAGEMENT)
    if not sent:
        return
    first = day_of(sent[0].at)
    holidays = readings.holidays(first, first + LONGEST_TERM)
    yield (
        deposit_deadline(sent[0].at, readings["csv_rollover"], readings["sms_on_holidays"], holidays),
        DEADLINES["csv"],
    )
    week, first_day, day_end = readings["working_week"], readings["first_day"], readings["day_end"]
    yield term_end(first, week, first_day, day_end, holidays), DEADLINES["term_end"]
    if order.appointments:
        yield eve_limit(order.appointments[-1].slot.start), DEADLINES["eve"]
