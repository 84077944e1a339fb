"""Which days a drawing shades: those that are no working days under the readings in force, and where no SMS leaves.

What lives here: the word for such a day. It must not know how one is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from reports.facts import WEEKDAYS
from reports.judging.judge_calendar import Holidays, holidays_of, is_holiday, is_sms_day, is_working
from reports.words.labels import Term

SUNDAY = 6
_HOLIDAY, _REST = Term("festivo", "holiday"), Term("riposo", "day off")


@dataclass(frozen=True, slots=True)
class DaysOff:
    """The calendar of a drawing: the three readings that say what a day is; the defaults are how the text is read."""

    working_week: str = "mon_fri"
    sms_on_holidays: str = "no"
    holidays: Holidays = "national"

    def word(self, day: date) -> Term | None:
        """Why a day is off; None for a working day."""
        if is_holiday(day, self.holidays):
            return _HOLIDAY
        if is_working(day, self.working_week, self.holidays):
            return None
        return Term(WEEKDAYS[day.weekday()].it, WEEKDAYS[day.weekday()].en) if day.weekday() == SUNDAY else _REST

    def has_window(self, day: date) -> bool:
        """Whether SMS leave on that day, from 07:00 to 20:00."""
        return is_sms_day(day, self.sms_on_holidays, self.holidays)


AS_READ = DaysOff()


def days_off(readings: Mapping[str, object]) -> DaysOff:
    """The calendar of these readings; one that nobody declared has its default."""
    return DaysOff(
        str(readings.get("working_week", AS_READ.working_week)),
        str(readings.get("sms_on_holidays", AS_READ.sms_on_holidays)),
        holidays_of(readings.get("holidays", AS_READ.holidays)),
    )
