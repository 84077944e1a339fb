"""The deadlines of an order of a trace, for its drawing: the file, the term, and 18:00 of the eve.

What lives here: deadlines by the judge's own calendar, under the readings in force; where a reading is open, under its
default. It must not judge.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reports.judging.catalogue import catalogue
from reports.judging.events import ORDER_TYPES
from reports.judging.judge_calendar import LONGEST_TERM, deposit_deadline, eve_limit, term_end
from reports.judging.order_story import OrderStory
from reports.judging.profiles import Profile
from reports.judging.reading.trace_reader import TraceInMemory
from reports.judging.readings import Readings
from reports.rome_time import Instant, day_of
from reports.timeline.marks import Deadline
from reports.words.labels import DEADLINES, Term


def deadlines_of(
    profile: Profile, events: Sequence[Mapping[str, Any]], declared: Mapping[str, object]
) -> list[Deadline]:
    """What was due when for an order with these events; its world declares readings of its own.

    An order without an engagement SMS has no deadlines.
    """
    story = OrderStory("")
    for event in TraceInMemory(events).checked():
        if event.type in ORDER_TYPES:
            story.take(event)
    readings = Readings({**profile.readings, **declared}, {}, {}, frozenset(catalogue().parameters))
    return [Deadline(instant, label) for instant, label in _due(story, readings)]


def _due(order: OrderStory, readings: Readings) -> Iterator[tuple[Instant, Term]]:
    sent = order.engagements
    if not sent:
        return
    sms_day = day_of(sent[0].at)
    holidays = readings.holidays(sms_day, sms_day + LONGEST_TERM)
    yield (
        deposit_deadline(sent[0].at, readings["csv_rollover"], readings["sms_on_holidays"], holidays),
        DEADLINES["csv"],
    )
    week, first_day, day_end = readings["working_week"], readings["first_day"], readings["day_end"]
    yield term_end(sms_day, week, first_day, day_end, holidays), DEADLINES["term_end"]
    if order.appointments:
        yield eve_limit(order.appointments[-1].slot.start), DEADLINES["eve"]
