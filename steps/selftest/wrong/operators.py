"""Wrong operators: the model operator, wrong in one way each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import requests

from sim.operators.model_operator import OVER, WAITING, Case, Drop, ModelOperator, date_in_row, safe_end_of_term
from sim.operators.notification_reading import is_fresh, is_signed, read_notification
from steps.selftest.changes import Change, attribute, function
from steps.selftest.systems import wrong

NOON, ONE_O_CLOCK = "2026-04-10T12:00:00+02:00", "2026-04-10T13:00:00+02:00"


def handles(instead: Callable[..., tuple[int, bytes]]) -> Change:
    """The endpoint answers otherwise: `instead(operator, original, body, headers)`."""
    return attribute(
        ModelOperator, "handle", lambda original: lambda self, body, headers: instead(self, original, body, headers)
    )


def writes(**members: object) -> Change:
    """Orders are written with other members."""
    return attribute(
        ModelOperator, "new_order", lambda o: lambda self, *rest, **own: {**o(self, *rest, **own), **members}
    )


def learns(instead: Callable[..., None]) -> Change:
    """It learns otherwise from what it is told: `instead(operator, original, case, *what)`."""
    return attribute(ModelOperator, "_learn", lambda o: lambda self, case, *what: instead(self, o, case, *what))


def acts_then(further_act: Callable[[ModelOperator, Case], None]) -> Change:
    """In every round it does something more with each order that has a link."""

    def by(original: Callable[..., None]) -> Callable[..., None]:
        def changed(self: ModelOperator) -> None:
            original(self)
            for case in list(self.cases.values()):
                if case.link is not None:
                    further_act(self, case)

        return changed

    return attribute(ModelOperator, "act", by)


def _post(case: Case, act: str, body: dict[str, Any] | None = None) -> None:
    requests.request("POST", f"{case.link}/{act}", json=body or {}, timeout=10)


def _is_a_copy(self: ModelOperator, body: bytes) -> bool:
    return read_notification(body).key in self._taken_over


def _copies_refused(self: ModelOperator, original: Any, body: bytes, headers: Any) -> tuple[int, bytes]:
    """It answers the second copy of a notification with 409."""
    is_copy = _is_a_copy(self, body)
    answer: tuple[int, bytes] = original(self, body, headers)
    return (409, b"known") if is_copy else answer


def _books_again(self: ModelOperator, original: Any, body: bytes, headers: Any) -> tuple[int, bytes]:
    """A copy of the booked causal moves it to book once more, a day later."""
    is_copy, notice = _is_a_copy(self, body), read_notification(body)
    answer: tuple[int, bytes] = original(self, body, headers)
    if is_copy and notice.slot:
        _post(self.cases[notice.order], "confirm", {"slot": _next_day(notice.slot)})
    return answer


def _last_told_counts(self: ModelOperator, original: Any, body: bytes, headers: Any) -> tuple[int, bytes]:
    """A first causal that comes after the booked one moves it to book once more, a day later."""
    notice = read_notification(body)
    answer: tuple[int, bytes] = original(self, body, headers)
    case = self.cases[notice.order]
    if notice.code in ("W08", "Z18") and case.slot:
        _post(case, "confirm", {"slot": _next_day(case.slot)})
    return answer


def _month_first(original: Callable[[str], date]) -> Callable[[str], date]:
    """Dates are read the American way wherever they can be."""

    def read(text: str) -> date:
        day, month, year = map(int, text.split("/"))
        return date(year, day, month) if day <= 12 else original(text)

    return read


def _next_day(slot: Mapping[str, str]) -> dict[str, str]:
    return {name: (datetime.fromisoformat(text) + timedelta(days=1)).isoformat() for name, text in slot.items()}


def _insists(self: ModelOperator, case: Case) -> None:
    if case.refusals and case.slot is None and case.refusals < 3 and case.standing != OVER:
        case.refusals += 1
        _post(case, "decline")


def _confirms_again(self: ModelOperator, case: Case) -> None:
    if case.refusals == 1 and case.standing != OVER:
        view = requests.request("GET", str(case.link), timeout=10).json()
        case.refusals += 1
        _post(case, "confirm", {"slot": view["slots"][9]})


class _OldFiles:
    """A directory that shows a file only so long after it was there."""

    def __init__(self, drop: Drop, delay: timedelta) -> None:
        self.drop, self.delay, self.seen_at = drop, delay, dict[str, datetime]()

    def listdir(self) -> list[str]:
        now = datetime.now(UTC)
        return [name for name in self.drop.listdir() if now - self.seen_at.setdefault(name, now) >= self.delay]

    def read(self, name: str) -> bytes:
        return self.drop.read(name)


def _reads_late(self: ModelOperator, original: Callable[..., None], delay: timedelta) -> None:
    if not isinstance(self._drop, _OldFiles):
        self._drop = _OldFiles(self._drop, delay)
    original(self)


def _guesses(original: Callable[..., None], self: ModelOperator, case: Case, link: str, now: datetime) -> None:
    """Before it uses a link it tries the next one."""
    if case.standing == WAITING:
        requests.request("POST", f"{link}0/confirm", json={"slot": {"start": NOON, "end": ONE_O_CLOCK}}, timeout=10)
    original(self, case, link, now)


def _looks_after_the_end(self: ModelOperator, case: Case) -> None:
    if {"W24", "Z36"} & set(case.notified):
        requests.request("GET", str(case.link), timeout=10)


def _books_after_the_end(self: ModelOperator, case: Case) -> None:
    if {"W24", "Z36"} & set(case.notified):
        _post(case, "confirm", {"slot": {"start": NOON, "end": ONE_O_CLOCK}})


def _moves_again(self: ModelOperator, case: Case) -> None:
    if case.errand is None and case.refusals and case.slot and case.notified.count("W09") + case.notified.count("PA"):
        case.errand, case.refusals = "move", 0


def _nothing(*rest: Any) -> None:
    """It does nothing."""


def _term(days: int) -> Change:
    return function(safe_end_of_term, lambda original: lambda sms_day: original(sms_day + timedelta(days=days)))


def _never_over(self: ModelOperator, original: Any, case: Case, standing: str, *rest: Any) -> None:
    original(self, case, WAITING if standing == OVER else standing, *rest)


def _waits_for_the_end(original: Callable[..., None], self: ModelOperator, case: Case, *rest: Any) -> None:
    original(self, case, *rest)
    case.act_from = case.act_until and case.act_until - timedelta(hours=2)


SHELF = (
    wrong("OP-1", "both-codes-written", "it writes its project code and its delivery code",
          writes(project_code="PRJ-ALFA", delivery_code="DEL-ALFA")),
    wrong("OP-1", "foreign-code-written", "it writes the code of another operator",
          writes(project_code="PRJ-BETA")),
    wrong("OP-1", "delivery-though-disaggregated", "it writes its delivery code on disaggregated orders too",
          attribute(ModelOperator, "new_order", lambda o: lambda self, *rest, **more: {
              **o(self, *rest, **more), "project_code": None, "delivery_code": "DEL-ALFA"})),
    wrong("OP-2", "always-500", "it answers every notification with 500",
          handles(lambda self, original, body, headers: (original(self, body, headers)[0] * 0 + 500, b""))),
    wrong("OP-2", "redirects", "it answers every notification with 302",
          handles(lambda self, original, body, headers: (original(self, body, headers)[0] * 0 + 302, b""))),
    wrong("OP-2", "books-on-duplicates", "it books again on a notification that comes twice", handles(_books_again)),
    wrong("OP-3", "never-fetches", "it never reads its files", attribute(ModelOperator, "poll", lambda o: _nothing)),
    wrong("OP-3", "first-file-only", "it reads the first file and no other",
          attribute(ModelOperator, "poll", lambda o: lambda self: None if self._fetched else o(self))),
    wrong("OP-3", "fetches-late", "it reads its files ten days later",
          attribute(ModelOperator, "poll", lambda o: lambda self: _reads_late(self, o, timedelta(days=10)))),
    wrong("OP-4", "guesses-links", "it books through links that nobody gave it",
          attribute(ModelOperator, "_serve", lambda o: lambda self, *rest: _guesses(o, self, *rest))),
    wrong("OP-4", "books-after-the-term", "it takes the term for six days longer, and waits for the end of it",
          _term(6) + learns(_never_over) + attribute(ModelOperator, "_take_row", lambda o: (
              lambda self, *rest: _waits_for_the_end(o, self, *rest)))),
    wrong("OP-5", "refuses-when-second", "told that the customer was first, it refuses", acts_then(_insists)),
    wrong("OP-5", "insists-when-second", "told that the customer was first, it books again",
          acts_then(_confirms_again)),
    wrong("OP-6", "moves-again-when-late", "told that it is too late to move, it tries again",
          acts_then(_moves_again)),
    wrong("OP-6", "refusals-forgotten", "it forgets that it was told no, and tries every half hour",
          attribute(ModelOperator, "_refused", lambda o: _nothing)),
    wrong("OP-7", "looks-after-the-end", "it looks at the agent after W24 and Z36", acts_then(_looks_after_the_end)),
    wrong("OP-7", "books-after-the-end", "it books after W24 and Z36", acts_then(_books_after_the_end)),
    wrong("OP-8", "duplicates-refused", "it answers the second copy of a notification with 409",
          handles(_copies_refused)),
    wrong("OP-8", "last-told-counts", "it takes the notification that came last for what is so",
          handles(_last_told_counts)),
    wrong("OP-9", "signatures-unverified", "it believes a notification whatever its signature",
          function(is_signed, lambda o: lambda body, headers, secret: True)),
    wrong("OP-9", "stale-believed", "it believes a notification however old it is",
          function(is_fresh, lambda o: lambda stamp: True)),
    wrong("OP-9", "books-on-replays", "it books again on a notification that is replayed",
          function(is_fresh, lambda o: lambda stamp: True) + handles(_books_again)),
    wrong("OP-10", "month-first-dates", "it reads 01/04 as the fourth of January",
          function(date_in_row, _month_first)),
    wrong("OP-10", "first-row-only", "it reads the first row of a file and no other",
          attribute(ModelOperator, "_take_rows", lambda o: lambda self, name, content: (
              o(self, name, content.splitlines()[0])))),
    wrong("OP-11", "limits-forgotten", "told to wait, it asks again in the next round",
          attribute(ModelOperator, "_wait", lambda o: _nothing)),
    wrong("OP-11", "waits-half", "told to wait, it waits half of it",
          attribute(ModelOperator, "_wait", lambda o: lambda self, seconds: o(self, seconds // 2))),
)  # fmt: skip
