"""A model operator (OAO): how an operator's own system can work with Appuntamento Digitale, in ordinary code.

It takes notifications in as a web server would hand them over (`handle`), reads the new CSV files of its SFTP
directory (`poll`), and through the links in them books for the customers who did not (`act`). It reads the wall clock,
speaks HTTP with `requests` and CSV with `csv`; call `poll` and `act` every so often. It must not know that there are
simulations: it imports nothing of this project but its own reading of notifications.

The Virtual Agent's interface, as this operator uses it (JSON):

    GET  <link>              {"order", "state": "to_book"|"booked"|"closed", "slot", "slots": [...]}
    POST <link>/confirm      {"slot": {"start", "end"}}      fixes the appointment
    POST <link>/reschedule   {"slot": {"start", "end"}}      moves it
    POST <link>/decline      {}                              gives it up

An act that is done answers 200 with the members of GET, without `slots`; one that is refused 404, 409 or 410 with
{"reason"}. Times are RFC 3339 with offset.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import requests

from sim.operators.notification_reading import is_genuine, read_notification

ROME = ZoneInfo("Europe/Rome")
FINAL_NAME = re.compile(r"APPDIG_[A-Z0-9-]+_[0-9_]+\.csv")
SUNDAY = 6

WAITING, BOOKED, OVER = "waiting", "booked", "over"
RANK = {WAITING: 0, BOOKED: 1, OVER: 2}
STANDING_AFTER = {"W09": BOOKED, "PA": BOOKED, "W24": OVER, "Z36": OVER}
STANDING_SEEN = {"to_book": WAITING, "booked": BOOKED, "closed": OVER}
# What a refusal of the Virtual Agent teaches: where the order stands. Any other is no news, and is tried again later.
STANDING_AFTER_REFUSAL = {"already_booked": BOOKED, "term_over": OVER, "closed": OVER, "unknown_link": OVER}
ENDS_ERRAND = frozenset({"cutoff_passed", "reschedules_exhausted", "already_booked", "not_booked"})


class Drop(Protocol):
    """The operator's own directory on the SFTP site."""

    def listdir(self) -> list[str]: ...

    def read(self, name: str) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Practice:
    """How this operator works.

    It leaves the customer `waits_hours` to book, and books `days_ahead` or later, so that the customer can still move
    the appointment. After `refusals` by the Virtual Agent it leaves an order alone. With `knows_cutoff` false it leaves
    it to the Virtual Agent to refuse a move that comes too late. Without a `webhook_secret` it verifies no signature.
    """

    project_code: str | None = None
    delivery_code: str | None = None
    waits_hours: float = 4.0
    days_ahead: int = 2
    retry_minutes: float = 30.0
    refusals: int = 3
    knows_cutoff: bool = True
    http_timeout_seconds: float = 10.0
    webhook_secret: str | None = None
    csv_separator: str = ";"
    csv_header: bool = False
    csv_encoding: str = "utf-8"


@dataclass(slots=True)
class Case:
    """What the operator knows of one of its orders. `errand` is what the customer asked the call centre for."""

    order: str
    standing: str = WAITING
    link: str | None = None
    phone: str | None = None
    act_from: datetime | None = None
    act_until: datetime | None = None
    slot: Mapping[str, str] | None = None
    slot_told_at: datetime | None = None
    errand: str | None = None
    refusals: int = 0
    notified: list[str] = field(default_factory=list)


class ModelOperator:
    """The operator's system. `cases` holds what it knows, `unreadable` the CSV rows that it could not use."""

    def __init__(self, name: str, drop: Drop, practice: Practice | None = None) -> None:
        self.name = name
        self.practice = practice or Practice()
        self.cases: dict[str, Case] = {}
        self.unreadable: list[tuple[str, list[str]]] = []
        self._drop = drop
        self._fetched: set[str] = set()
        self._taken_over: set[str] = set()
        self._quiet_until = datetime.min.replace(tzinfo=UTC)

    def new_order(self, order: str, service: str, phone: str, **members: object) -> dict[str, object]:
        """The members of a work order for this service, with the code that suits it."""
        work_order: dict[str, object] = {"order": order, "operator": self.name, "service": service, "line_state": "LNA"}
        work_order |= {"phone": phone, "disaggregated": False, "pdc_disaggregated": False, **members}
        if self.practice.project_code is not None:
            work_order["project_code"] = self.practice.project_code
        elif self.practice.delivery_code is not None and not work_order["disaggregated"]:  # OP-1
            work_order["delivery_code"] = self.practice.delivery_code
        return work_order

    def handle(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        """Take a notification over: 200, also for one that came before; 400 for anything else; 401 if not genuine."""
        secret = self.practice.webhook_secret
        if secret is not None and not is_genuine(body, headers, secret):  # OP-9
            return 401, b"not genuine"
        try:
            notification = read_notification(body)
        except (ValueError, KeyError, TypeError) as error:
            return 400, f"not a notification: {error!r}".encode()
        if notification.key in self._taken_over:  # OP-2
            return 200, b"known"
        self._taken_over.add(notification.key)
        case = self._case(notification.order)
        case.notified.append(notification.code)
        if notification.code in STANDING_AFTER:
            self._learn(case, STANDING_AFTER[notification.code], notification.slot, notification.issued_at)
        return 200, b"taken over"

    def poll(self) -> None:
        """Read the files that are new in the directory; what cannot be read now is left for the next call."""
        names: list[str] = []
        with suppress(OSError):
            names = self._drop.listdir()
        for name in names:
            if name not in self._fetched and FINAL_NAME.fullmatch(name):  # OP-3
                with suppress(OSError):
                    self._take_rows(name, self._drop.read(name))
                    self._fetched.add(name)

    def act(self) -> None:
        """Do what is due: errands of customers, and bookings for customers who did not book."""
        for case in list(self.cases.values()):
            if not self._may_be_served(case):
                continue
            now = datetime.now(UTC)
            if now < self._quiet_until:  # OP-11
                return
            if case.link is not None and case.act_from is not None and now >= case.act_from:
                self._serve(case, case.link, now)

    def _may_be_served(self, case: Case) -> bool:
        """Whether an order may need a visit to the Virtual Agent, now or later."""
        if case.standing == OVER or case.refusals >= self.practice.refusals:  # OP-7, OP-5
            return False
        return case.standing == WAITING or case.errand is not None

    def customer_asks(self, order: str, errand: str) -> None:
        """The customer calls the call centre: `move` the appointment, or `decline` to have one."""
        if errand not in ("move", "decline"):
            raise ValueError(f"errand {errand!r} is not allowed; allowed: move or decline")
        case = self._case(order)
        case.errand, case.refusals, case.act_from = errand, 0, datetime.now(UTC)

    def _case(self, order: str) -> Case:
        return self.cases.setdefault(order, Case(order))

    def _learn(self, case: Case, standing: str, slot: Mapping[str, str] | None, known_at: datetime) -> None:
        """Move the standing forward, never back; keep the slot that was told last, whatever arrives when."""
        if RANK[standing] > RANK[case.standing]:  # OP-8
            case.standing = standing
        if slot is not None and (case.slot_told_at is None or known_at >= case.slot_told_at):  # OP-8
            case.slot, case.slot_told_at = slot, known_at

    def _take_rows(self, name: str, content: bytes) -> None:
        text = io.StringIO(content.decode(self.practice.csv_encoding, errors="replace"), newline="")
        rows = csv.reader(text, delimiter=self.practice.csv_separator)
        if self.practice.csv_header:
            next(rows, None)
        for row in rows:  # OP-10: every one
            try:
                order, sms_date, link, phone = row
                sms_day = date_in_row(sms_date)
            except ValueError:
                self.unreadable.append((name, row))
                continue
            self._take_row(self._case(order), sms_day, link, phone)

    def _take_row(self, case: Case, sms_day: date, link: str, phone: str) -> None:
        """The customer has some hours to book; where the term leaves fewer, the operator acts in its last two."""
        case.link, case.phone = link, phone
        case.act_until = safe_end_of_term(sms_day)
        patience_ends = datetime.now(UTC) + timedelta(hours=self.practice.waits_hours)
        case.act_from = case.act_from or min(patience_ends, case.act_until - timedelta(hours=2))

    def _serve(self, case: Case, link: str, now: datetime) -> None:
        """One visit to the Virtual Agent: look, then act if there still is something to do."""
        act = self._wanted(case, now)
        if act is None:
            return
        case.act_from = now + timedelta(minutes=self.practice.retry_minutes)  # OP-5: no hammering
        try:
            view = self._call(case, "GET", link)
            if view is not None and self._wanted(case, now) == act:  # OP-5: or the other was first
                self._do(case, link, act, view["slots"])
        except requests.RequestException:
            return  # the agent is not there now: later

    def _wanted(self, case: Case, now: datetime) -> str | None:
        """What is to be done for the order now, if anything."""
        if case.standing == WAITING:
            in_term = case.act_until is not None and now < case.act_until  # OP-4
            return ("decline" if case.errand == "decline" else "confirm") if in_term else None
        if case.standing == BOOKED and case.errand == "move" and self._may_move(case, now):
            return "reschedule"
        case.errand = None  # OP-5: what is booked is neither refused nor booked again
        return None

    def _may_move(self, case: Case, now: datetime) -> bool:
        if case.slot is None or not self.practice.knows_cutoff:
            return True
        return now <= reschedule_cutoff(case.slot)  # OP-6

    def _do(self, case: Case, link: str, act: str, slots: list[dict[str, str]]) -> None:
        if act == "decline":
            if self._call(case, "POST", f"{link}/decline", {}) is not None:
                case.standing = OVER
            return
        slot = self._chosen(case, act, slots)
        if slot is not None and self._call(case, "POST", f"{link}/{act}", {"slot": slot}) is not None:
            case.errand = None

    def _chosen(self, case: Case, act: str, slots: list[dict[str, str]]) -> dict[str, str] | None:
        """The first slot that leaves the customer some days; for a move, on another day than now."""
        earliest = (datetime.now(ROME).date() + timedelta(days=self.practice.days_ahead)).isoformat()
        present = case.slot["start"][:10] if act == "reschedule" and case.slot is not None else ""
        days = ((slot["start"][:10], slot) for slot in slots)
        return next((slot for day, slot in days if day >= earliest and day != present), None)

    def _call(self, case: Case, method: str, url: str, body: object = None) -> dict[str, Any] | None:
        """One request to the Virtual Agent; learn from its answer, and return it unless it is a refusal."""
        answer = requests.request(
            method, url, json=body, timeout=self.practice.http_timeout_seconds, allow_redirects=False
        )
        if answer.status_code in (404, 409, 410):
            self._refused(case, answer.json()["reason"])
            return None
        if answer.status_code == 429:
            self._wait(int(answer.headers.get("Retry-After", "60")))
            return None
        answer.raise_for_status()
        view: dict[str, Any] = answer.json()
        self._learn(case, STANDING_SEEN[view["state"]], view["slot"], datetime.now(UTC))
        return view

    def _wait(self, seconds: int) -> None:
        """Send no request to the Virtual Agent for some seconds (OP-11)."""
        self._quiet_until = datetime.now(UTC) + timedelta(seconds=seconds)

    def _refused(self, case: Case, reason: str) -> None:
        """Learn from a refusal where the order stands, and count it."""
        case.refusals += 1
        self._learn(case, STANDING_AFTER_REFUSAL.get(reason, WAITING), None, datetime.now(UTC))  # OP-5
        if reason in ENDS_ERRAND:  # OP-6
            case.errand = None


def date_in_row(text: str) -> date:
    """The day in a row, gg/mm/aaaa (OP-10). Raises ValueError."""
    return datetime.strptime(text, "%d/%m/%Y").date()


def safe_end_of_term(sms_day: date) -> datetime:
    """When the term can end at the earliest, however it is counted: day 3 of Monday to Saturday, at 18:00."""
    day, counted = sms_day, 1
    while counted < 3:
        day += timedelta(days=1)
        counted += day.weekday() != SUNDAY
    return datetime.combine(day, time(18), ROME).astimezone(UTC)


def reschedule_cutoff(slot: Mapping[str, str]) -> datetime:
    """The last instant at which an appointment can be moved: 18:00 of the calendar day before."""
    eve = datetime.fromisoformat(slot["start"]).astimezone(ROME).date() - timedelta(days=1)
    return datetime.combine(eve, time(18), ROME).astimezone(UTC)
