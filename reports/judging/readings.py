"""The readings that a checker may ask for, and what it is told.

What lives here: one call's view of them, which remembers what was asked. It must not know any rule, nor who asks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from reports.judging.judge_calendar import (
    LONGEST_TERM,
    Holidays,
    has_national_holiday,
    holidays_of,
    shortest_term_end,
    term_end,
)
from reports.judging.order_owners import KnownOrder
from reports.judging.order_story import OrderStory
from reports.rome_time import Instant, day_of

Question = str | date  # for a reading by its name, for the end of the term by the day of the SMS
Answer = str | Instant


class Readings:
    """The readings in force for one call of a checker.

    It remembers in `asked` which undeclared readings the checker asked for, and which value it got. A rule may ask only
    for the readings that `readings.csv` lists for it: `readings["name"]` raises KeyError for any other.
    `told` are the answers that it got to all questions on which an undeclared reading bears, in the order in which they
    were asked first.
    """

    __slots__ = ("_allowed", "_assigned", "_fixed", "_undeclared", "asked", "told")

    def __init__(
        self,
        fixed: Mapping[str, object],
        undeclared: Mapping[str, tuple[str, ...]],
        assigned: Mapping[str, str],
        allowed: frozenset[str],
        answers: Mapping[Question, Answer] | None = None,
    ) -> None:
        self._fixed, self._undeclared, self._assigned, self._allowed = fixed, undeclared, assigned, allowed
        self.asked: dict[str, str] = {}
        self.told: dict[Question, Answer] = dict(answers) if answers else {}

    def __getitem__(self, name: str) -> str:
        value = self._value(name)
        if name in self._undeclared:
            self.told[name] = value
        return value

    def answer(self, question: Question) -> Answer:
        """What a checker is told that asks this."""
        return self._value(question) if isinstance(question, str) else self._term_end(question)

    def declared(self, name: str) -> str | None:
        """The declared reading, or None where every value is accepted because none was declared: no branch opens."""
        return None if name in self._undeclared else self[name]

    def holidays(self, first_day: date, last_day: date) -> Holidays:
        """The holidays in force, as `is_holiday` takes them; undeclared ones are asked for only where one lies between.

        Further days such as patron saints count only where they are declared: no trace can tell which they are.
        """
        return self._holidays(first_day, last_day, self.__getitem__)

    def slot_grid(self) -> Mapping[str, Sequence[str]]:
        """The declared `weekdays` (their keys) and `bands` ("HH:MM-HH:MM") of the technicians."""
        grid = self._fixed["slot_grid"]
        return grid if isinstance(grid, Mapping) else {}

    def phone_format(self) -> str | None:
        """How numbers stand in files, `e164` or `national`; None where nobody declared it."""
        dialect = self._fixed["csv_dialect"]
        if "csv_dialect" in self._undeclared or not isinstance(dialect, Mapping):
            return None
        return str(dialect["phone_format"])

    def number(self, name: str) -> int:
        """A reading that is a number, such as a threshold in seconds."""
        value = self._fixed[name]
        return value if type(value) is int else int(str(value))

    def limit(self, name: str) -> int | None:
        """A declared number; None where there is no limit or nobody declared one."""
        value = self.declared(name)
        return None if value is None or value == "unlimited" else int(value)

    def term_end(self, order: OrderStory | KnownOrder) -> Instant | None:
        """The first instant too late to book that order; None before its engagement SMS."""
        engaged_at = order.engaged_at
        if engaged_at is None:
            return None
        sms_day = day_of(engaged_at)
        answer: Any = self.told.get(sms_day)
        if answer is None:
            answer = self.told[sms_day] = self._term_end(sms_day)
        end: Instant = answer
        return end

    def term_is_over(self, order: OrderStory | KnownOrder, at: Instant) -> bool:
        """Whether it was too late then to book that order; its engagement SMS has left.

        Of what came while the shortest term ran no reading is asked: it saves the judge most questions for terms.
        """
        engaged_at, end = order.engaged_at, None
        if engaged_at is not None and at >= shortest_term_end(day_of(engaged_at)):
            end = self.term_end(order)
        return end is not None and at >= end

    def _value(self, name: str) -> str:
        if name not in self._allowed:
            raise KeyError(f"{name} does not bear on this rule in readings.csv")
        if name in self._undeclared:
            return self.asked.setdefault(name, self._assigned.get(name, self._undeclared[name][0]))
        return str(self._fixed[name])

    def _term_end(self, first: date) -> Instant:
        holidays = self._holidays(first, first + LONGEST_TERM, self._value)
        return term_end(first, self._value("working_week"), self._value("first_day"), self._value("day_end"), holidays)

    def _holidays(self, first_day: date, last_day: date, ask: Callable[[str], str]) -> Holidays:
        if "holidays" in self._undeclared:
            return ask("holidays") if has_national_holiday(first_day, last_day) else "none"
        return holidays_of(self._fixed["holidays"])
