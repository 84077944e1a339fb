"""Traces of any length in little memory: every week so many orders, each of which lives for ten days.

What lives here: writing such a trace line by line. It must not know the judge.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from operator import itemgetter

from tests.judging.traces import Scribe, band, book, engage, later, operator, order, remind

FIRST_WEEK = "2026-03-02"
CODE, NUMBER = "@CODE@", "@NUMBER@"
EVENTS_OF_AN_ORDER = 12
Line = tuple[str, str]  # its time, which sorts, and its text


def long_trace(weeks: int, orders_a_week: int, late_file: int = 0) -> Iterator[str]:
    """The lines of a trace of so many weeks; the file of every `late_file`-th order comes a day late."""
    scribe = Scribe()
    operator(scribe)
    scribe.tell("2026-03-01 08:00", "slots.published", territory="LAZIO", capacity=orders_a_week)
    for number, event in enumerate(scribe.events):
        yield json.dumps(event | {"id": f"first-{number}"})
    waiting: list[Line] = []
    for week in range(weeks):
        waiting += _cohort(week, orders_a_week, late_file)
        waiting.sort(key=itemgetter(0))
        next_week = later(f"{FIRST_WEEK} 00:00", days=7 * week + 7).replace(" ", "T")
        due = [line for line in waiting if line[0] < next_week]
        yield from (text for _, text in due)
        waiting = waiting[len(due) :]
    yield from (text for _, text in waiting)


def _cohort(week: int, orders: int, late_file: int) -> Iterator[Line]:
    in_time, late = _story(week, "14:00"), _story(week, "15:30")
    for rank in range(orders):
        number = week * orders + rank
        is_late = late_file and number % late_file == 0
        for time, text in late if is_late else in_time:
            yield time, text.replace(CODE, f"ORD-{number}").replace(NUMBER, str(number))


def _story(week: int, row_at: str) -> list[Line]:
    """One order of that week, its code and the numbers in its ids still open."""

    def day(weekday: int) -> str:
        return later(f"{FIRST_WEEK} 00:00", days=7 * week + weekday)[:10]

    scribe, slot = Scribe(), band(day(10))
    order(scribe, CODE, f"{day(0)} 08:00")
    engage(scribe, CODE, "VULA_FTTH", f"{day(1)} 10:00", f"{day(1)} {row_at}")
    book(scribe, f"{day(1)} 16:00", CODE, "W09", slot)
    remind(scribe, f"{day(9)} 10:00", CODE, slot)
    scribe.tell(f"{day(10)} 10:00", "visit.started", CODE, slot=slot)
    scribe.tell(f"{day(10)} 10:00", "sla.resumed", CODE, cause="appointment")
    assert len(scribe.events) == EVENTS_OF_AN_ORDER
    events = [event | {"id": f"{NUMBER}-{place}"} for place, event in enumerate(scribe.events)]
    return sorted(((event["time"], json.dumps(event)) for event in events), key=itemgetter(0))
