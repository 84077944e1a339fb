"""When somebody is at work, guessed from the instants at which something of theirs happened."""

from __future__ import annotations

import numpy as np

from reference_impl.civil_time import DAY, MINUTE, WEEKDAYS, format_time_of_day, wall_clock, weekday
from sim.capacity.fit.records import Numbers
from sim.capacity.scenario.open_hours import Hours

LEAST_INSTANTS = 100  # fewer say nothing about when nothing happens
STEP = 30 * MINUTE
LONGEST_DAY = 20 * 60 * MINUTE  # who works longer never closes
LEAST_EXPECTED = 20  # on a day of the week, had it been like the others


def hours_seen(instants: Numbers, days: range, holidays: frozenset[int]) -> Hours | None:
    """The narrowest opening hours, in half hours, that hold all instants; None where they are too few to say."""
    if len(instants) < LEAST_INSTANTS:
        return None
    clocks = [wall_clock(instant) for instant in instants.tolist()]
    times = [time for _, time in clocks]
    start, end = min(times) // STEP * STEP, min((max(times) // STEP + 1) * STEP, DAY)
    if end - start > LONGEST_DAY:
        start, end = 0, DAY
    counts = np.bincount([weekday(day) for day, _ in clocks], minlength=7)
    usual = counts[counts > 0].mean()
    open_days = tuple(number for number in range(7) if counts[number] or usual < LEAST_EXPECTED)
    rests = [day for day in days if day in holidays and weekday(day) in open_days]
    on_holidays = bool({day for day, _ in clocks} & set(rests)) if rests else len(open_days) == 7
    return Hours(open_days, start, end, on_holidays)


def hours_members(hours: Hours) -> dict[str, object]:
    """Opening hours as a scenario writes them."""
    return {
        "hours": f"{format_time_of_day(hours.start)}-{format_time_of_day(hours.end)}",
        "weekdays": [WEEKDAYS[day] for day in hours.weekdays],
        "on_holidays": hours.on_holidays,
    }
