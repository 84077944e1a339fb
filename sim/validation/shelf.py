"""Wrong operators: the model operator, wrong in one way each, with the rules that it breaks by it and no other.

They show that a plan finds what it should. Each is a handful of methods in the place of the model's own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from sim.operators.model_program import BOOKED, OVER, WAITING, Case, Json, Operator

Methods = Mapping[str, Any]
Headers = Mapping[str, str]
MODEL = "model"
NEXT_DAY = timedelta(days=1)
SOME_SLOT = {"start": "2026-10-06T08:00:00+02:00", "end": "2026-10-06T10:00:00+02:00"}


@dataclass(frozen=True, slots=True)
class WrongOperator:
    """An operator that is wrong in one way: the rules that it breaks, what it does, and the methods that do it.

    Who loses a file breaks OP-8 too: the files of the stories come at their last instant.
    """

    name: str
    rules: tuple[str, ...]
    does: str
    methods: Methods = field(default_factory=dict)

    def operator(self, facts: Json) -> Operator:
        """Such an operator."""
        operator: Operator = type("WrongOperator", (Operator,), dict(self.methods))(facts)
        return operator


def wrong(rules: str, name: str, does: str, **methods: Any) -> WrongOperator:
    """A row of the shelf; `rules` are ids with blanks between them."""
    return WrongOperator(name, tuple(rules.split()), does, MappingProxyType(methods))


def answers(status: int) -> Callable[[Operator, Headers, bytes], int]:
    """Take a notification over, and answer with another status."""

    def take(self: Operator, headers: Headers, body: bytes) -> int:
        return status if 200 <= Operator.take(self, headers, body) < 300 else 401

    return take


def _is_genuine(self: Operator, headers: Headers, body: bytes) -> bool:
    return self.is_fresh(headers) and self.is_signed(headers, body)


def _agent_of(self: Operator, case: Case) -> str:
    """The address of the Virtual Agent for an order."""
    return f"{self.facts['sandbox']}/agent/{str(case.link).rpartition('/')[2]}"


def _post(self: Operator, case: Case, act: str, slot: Mapping[str, str] | None = None) -> None:
    body = {} if slot is None else {"slot": slot}
    self.http.post(f"{_agent_of(self, case)}/{act}", json=body, timeout=10)


def _moved(slot: Mapping[str, str], days: int = 1) -> dict[str, str]:
    return {end: (datetime.fromisoformat(text) + days * NEXT_DAY).isoformat() for end, text in slot.items()}


def on_each_copy(
    act: str, *codes: str, first_too: bool = True, slot: Mapping[str, str] | None = None
) -> Callable[[Operator, Headers, bytes], int]:
    """Act on every copy of a notification, or on every one but the first, before answering."""

    def take(self: Operator, headers: Headers, body: bytes) -> int:
        notice: Json = json.loads(body)
        case, known = self.case(notice["order"]), notice["notification"] in self.taken
        if _is_genuine(self, headers, body) and notice["code"] in codes and case.link and (known or first_too):
            band = notice.get("slot") or case.slot or slot
            count = case.refusals = case.refusals + 1
            _post(self, case, act, _moved(band, count) if band else None)
        return Operator.take(self, headers, body)

    return take


def _acts_after_answering(self: Operator) -> None:
    """In its next round it books again for every duplicate."""
    Operator.round(self)
    for case in list(self.cases.values()):
        if case.errand == "again" and case.slot and case.link:
            case.errand = None
            _post(self, case, "confirm", _moved(case.slot))


def _marks_duplicates(self: Operator, headers: Headers, body: bytes) -> int:
    notice: Json = json.loads(body)
    case = self.case(notice["order"])
    known = _is_genuine(self, headers, body) and notice["notification"] in self.taken
    if known and notice["code"] in ("W09", "PA") and case.slot:
        case.errand = "again"
    return Operator.take(self, headers, body)


def _uses_link_after_end(self: Operator, notice: Json) -> None:
    """On W24 and Z36 it looks at the order once more."""
    Operator.learn(self, notice)
    case = self.case(notice["order"])
    if notice["code"] in ("W24", "Z36") and case.link:
        self.http.get(_agent_of(self, case), timeout=10)


def _looks_after_end(self: Operator) -> None:
    """In every round it looks at what is over, twice at most."""
    Operator.round(self)
    for case in list(self.cases.values()):
        if case.standing == OVER and case.link and case.refusals < 2 and case.told_at == "ended":
            case.refusals += 1
            self.http.get(_agent_of(self, case), timeout=10)


def _marks_end(self: Operator, notice: Json) -> None:
    Operator.learn(self, notice)
    if notice["code"] in ("W24", "Z36"):
        self.case(notice["order"]).told_at = "ended"


def _declines_when_second(self: Operator, case: Case, reason: str) -> None:
    Operator.refused(self, case, reason)
    if reason == "already_booked":
        _post(self, case, "decline")


def _books_when_second(self: Operator, case: Case, reason: str) -> None:
    Operator.refused(self, case, reason)
    if reason == "already_booked":
        view = self.http.get(_agent_of(self, case), timeout=10).json()
        _post(self, case, "confirm", view["slots"][-1])


def _moves_again_when_late(self: Operator, case: Case, reason: str) -> None:
    Operator.refused(self, case, reason)
    if reason == "cutoff_passed" and case.slot:
        _post(self, case, "reschedule", _moved(case.slot, 7))


def _month_first(self: Operator, text: str) -> date:
    day, month, year = map(int, text.split("/"))
    return date(year, day, month) if day <= 12 else Operator.read_date(self, text)


def _skips_what_looks_old(self: Operator, data: bytes) -> None:
    """Reading 03/11 as March, it drops rows whose date seems to be far from that of the file."""
    rows = data.decode().splitlines(keepends=True)
    known = [row for row in rows if self.read_date(row.split(";")[1]).month == int(row.split(";")[1].split("/")[1])]
    Operator.read_file(self, "".join(known).encode())


def _first_file_only(self: Operator) -> None:
    if not self.fetched:
        Operator.poll(self)


def _one_file_a_time(self: Operator) -> None:
    """It takes the newest name for the only file."""
    names = [name for name in sorted(self.folder.ask("listdir", ".")) if self.final_name.fullmatch(name)]
    if len(self.fetched) < 2 or len(names) % 3:
        Operator.poll(self)
    else:
        self.fetched |= set(names)


def _guesses_temporary_names(self: Operator) -> None:
    for name in self.folder.ask("listdir", "."):
        if self.final_name.fullmatch(name) and name not in self.fetched:
            try:
                self.folder.ask("read", f"{name}.part")
            except OSError:
                continue
    Operator.poll(self)


def _deletes_unread(self: Operator) -> None:
    """Every third file is deleted before it is read."""
    for name in self.folder.ask("listdir", "."):
        if self.final_name.fullmatch(name) and name not in self.fetched and len(self.fetched) % 3 == 2:
            self.fetched.add(name)
            self.folder.ask("remove", name)
    Operator.poll(self)


def _asks_again_at_once(self: Operator, seconds: float) -> None:
    """It does not wait at all."""


def _hands_in_with(**codes: str) -> Callable[[Operator, bool], Json]:
    return lambda self, disaggregated: {name: self.facts.get(key) or key for name, key in codes.items()}


def _trusts_last(self: Operator, notice: Json) -> None:
    """What came last is what is so: a first causal after the booked one sends the order back to be booked."""
    Operator.learn(self, notice)
    case = self.case(notice["order"])
    if notice["code"] in ("W08", "Z18") and case.standing == BOOKED:
        case.standing = WAITING


def _confirms_without_looking(self: Operator, case: Case) -> None:
    """An order that it takes for open is booked again where it was."""
    if case.standing == WAITING and case.slot and case.link and not case.refusals:
        case.refusals += 1
        _post(self, case, "confirm", _moved(case.slot))
    Operator.serve(self, case)


def _known_duplicates_refused(self: Operator, headers: Headers, body: bytes) -> int:
    known = _is_genuine(self, headers, body) and json.loads(body)["notification"] in self.taken
    status = Operator.take(self, headers, body)
    return 409 if known else status


def _believes_all(self: Operator, headers: Headers, body: bytes) -> bool:
    return True


def _without_genuine(self: Operator, headers: Headers, body: bytes) -> int:
    """It answers a forged one with 204, though it does nothing about it."""
    status = Operator.take(self, headers, body)
    return 204 if status == 401 else status


SHELF: tuple[WrongOperator, ...] = (
    wrong("OP-1", "both-codes", "it writes both its codes",
          codes=_hands_in_with(project_code="project_code", delivery_code="delivery_code")),
    wrong("OP-1", "foreign-code", "it writes the code of another operator",
          codes=_hands_in_with(project_code="PRJ-BETA")),
    wrong("OP-1", "delivery-when-disaggregated", "it writes its delivery code on disaggregated orders too",
          codes=_hands_in_with(delivery_code="delivery_code")),
    wrong("OP-2 OP-8", "answers-500", "it answers every notification with 500", take=answers(500)),
    wrong("OP-2 OP-8", "answers-302", "it answers every notification with 302", take=answers(302)),
    wrong("OP-2 OP-8", "answers-401", "it answers every notification with 401", take=answers(401)),
    wrong("OP-2 OP-8", "refuses-duplicates", "it answers a duplicate with 409", take=_known_duplicates_refused),
    wrong("OP-2 OP-8", "books-on-duplicates", "it books again on a duplicate, before it answers",
          take=on_each_copy("confirm", "W09", "PA", first_too=False)),
    wrong("OP-2 OP-8", "books-after-duplicates", "it books again on a duplicate, after it has answered",
          take=_marks_duplicates, round=_acts_after_answering),
    wrong("OP-2", "moves-on-duplicates", "it moves the appointment on every copy of the booked causal",
          take=on_each_copy("reschedule", "W09")),
    wrong("OP-3 OP-8", "never-fetches", "it never looks at its folder", poll=lambda self: None),
    wrong("OP-3 OP-8", "first-file-only", "it reads the first file and no other", poll=_first_file_only),
    wrong("OP-3", "reads-temporary-names", "it reads files with temporary names", final_name=re.compile(r"[^.].*")),
    wrong("OP-3", "reads-part-files", "it takes every name with .csv in it for a file",
          final_name=re.compile(r".+\.csv.*")),
    wrong("OP-3", "asks-for-part-files", "it asks for a temporary name beside each file",
          poll=_guesses_temporary_names),
    wrong("OP-3 OP-8", "deletes-unread", "it deletes every third file unread", poll=_deletes_unread),
    wrong("OP-3 OP-8", "newest-only", "it loses files where several are new", poll=_one_file_a_time),
    wrong("OP-8", "trusts-last", "it takes the notification that came last for what is so",
          learn=_trusts_last, serve=_confirms_without_looking),
    wrong("OP-4 OP-7", "books-after-the-end", "it books on W24 and Z36",
          take=on_each_copy("confirm", "W24", "Z36", slot=SOME_SLOT)),
    wrong("OP-5", "declines-when-second", "told that the customer was first, it declines",
          refused=_declines_when_second),
    wrong("OP-5", "books-when-second", "told that the customer was first, it books again", refused=_books_when_second),
    wrong("OP-6", "moves-again-when-late", "told that it is too late to move, it tries again",
          refused=_moves_again_when_late),
    wrong("OP-7", "looks-in-the-handler", "it looks at the order while it takes W24 or Z36 over",
          learn=_uses_link_after_end),
    wrong("OP-7", "looks-after-the-end", "it looks at orders that are over", learn=_marks_end, round=_looks_after_end),
    wrong("OP-7", "declines-after-the-end", "it declines on W24 and Z36", take=on_each_copy("decline", "W24", "Z36")),
    wrong("OP-9", "unsigned-believed", "it believes whatever comes",
          is_signed=_believes_all, is_fresh=lambda self, headers: True),
    wrong("OP-9", "signatures-unverified", "it verifies the time and not the signature", is_signed=_believes_all),
    wrong("OP-9", "stale-believed", "it verifies the signature and not the time",
          is_fresh=lambda self, headers: True),
    wrong("OP-9", "forged-answered-204", "it answers a forged notification with 204", take=_without_genuine),
    wrong("OP-10", "first-row-only", "it reads the first row of a file",
          read_file=lambda self, data: Operator.read_file(self, data.splitlines(keepends=True)[0])),
    wrong("OP-10", "month-first-dates", "it reads dates the American way and drops what then seems old",
          read_date=_month_first, read_file=_skips_what_looks_old),
    wrong("OP-11", "hammers", "told to wait, it asks again at once", wait=_asks_again_at_once),
)  # fmt: skip


def wrong_operator(name: str) -> WrongOperator:
    """The operator of that name; the right one is `model`. Raises KeyError."""
    return {MODEL: WrongOperator(MODEL, (), "it keeps every rule"), **{row.name: row for row in SHELF}}[name]
