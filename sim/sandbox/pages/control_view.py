"""What the panels of the control room show: the SMS phone, the SFTP tree, notifications, slots, clock and log.

What lives here: reading of a live world. It must not change it, and it must not know HTTP or HTML. Phone numbers are
masked everywhere but on the phone itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any, Generic, TypeVar

from reference_impl.civil_time import DAY, format_time_of_day, parse_instant, wall_clock
from reference_impl.errors import FieldError
from reference_impl.formats.csv_file import Row, read_rows
from reference_impl.ports import OrderKey, Slot
from reports.words.masking import mask_phones
from sim.http_notifier import notification_body
from sim.recorder import Event
from sim.sandbox.pages.control_orders import state_words
from sim.sandbox.pages.control_words import ROOM_WORDS
from sim.sandbox.pages.event_words import words_of
from sim.sandbox.pages.page_languages import words_in
from sim.sandbox.world.live import LiveWorld
from sim.sandbox.world.operator_site import DropFile
from sim.sandbox.world.outbox import Attempt, Posting
from sim.sandbox.world.telephones import Message

POSTINGS_SHOWN, LINES_SHOWN = 40, 80
MOST_ROWS, MOST_PHONES, MOST_FILES, MOST_MESSAGES = 20, 30, 12, 20
POSTING_TONES = {"delivered": "ok", "waiting": "warn", "given_up": "bad", "no_endpoint": "idle"}
GRID_DAYS = 10
LOOKED_AHEAD = 21 * DAY
PACES = ("manual", "real", "x60", "x3600")
FEWEST_DIGITS, MOST_FOUND_BY_NUMBER = 3, 20
Item = TypeVar("Item")
LINK = re.compile(r"https://\S+")


@dataclass(frozen=True, slots=True)
class Paged(Generic[Item]):
    """One part of a long list; parts count from 1."""

    items: tuple[Item, ...]
    number: int
    count: int


def paged(items: Sequence[Item], page: str | None, size: int) -> Paged[Item]:
    """The asked part of a list, or the nearest that there is."""
    count = max(1, -(-len(items) // size))
    number = min(max(int(page), 1), count) if page is not None and page.isdecimal() and len(page) < 9 else 1
    return Paged(tuple(items[(number - 1) * size : number * size]), number, count)


@dataclass(frozen=True, slots=True)
class Search:
    """What the reader looks for, and the orders that it names; None: all."""

    text: str
    orders: frozenset[OrderKey] | None

    def names(self, operator: str, order: str) -> bool:
        """Whether an order is among those that are looked for."""
        return self.orders is None or OrderKey(operator, order) in self.orders


def search_for(live: LiveWorld, text: str, language: str) -> Search:
    """The orders whose code, state or operator holds a text, and those that it names as `OPERATOR/CODE,…`."""
    search_text = " ".join(text.split()).casefold()
    if not search_text:
        return Search("", None)
    say, named_orders = words_in(language, ROOM_WORDS), search_text.split(",")
    keys = (
        order.key
        for order in live.orders()
        if search_text in f"{order.code}\n{order.key.operator}\n{state_words(order, say)}\n{order.state}".casefold()
        or named_as(order.key.operator, order.code).casefold() in named_orders
    )
    return Search(" ".join(text.split()), frozenset(keys))


def named_as(operator: str, order: str) -> str:
    """An order in an address: its operator and its code, because two operators may use the same code."""
    return f"{operator}/{order}"


def without_numbers(live: LiveWorld, text: str, operator: str | None = None) -> str:
    """A search text as an address may hold it: a customer's number becomes the names of the orders that have it.

    Only those of one operator, where it is said. Raises FieldError for a number that no order has, or too many.
    """
    digits = "".join(text.split())
    is_number = digits.removeprefix("+").isdecimal() and len(digits) >= FEWEST_DIGITS
    orders = live.orders(operator)
    if not is_number or any(digits in order.code for order in orders):
        return " ".join(text.split())
    order_keys = [order.key for order in orders if digits in f"{order.work.phone}\n{order.phone}"]
    if not 1 <= len(order_keys) <= MOST_FOUND_BY_NUMBER:
        raise FieldError("find", digits, f"digits of a number that 1 to {MOST_FOUND_BY_NUMBER} orders have")
    return ",".join(named_as(key.operator, key.code) for key in order_keys)


@dataclass(frozen=True, slots=True)
class Phone:
    """One customer's phone: its number, its last messages in order of time; the others by their last message."""

    number: str
    messages: tuple[Message, ...]
    others: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Folder:
    """An operator's directory on the site, newest file first."""

    operator: str
    files: tuple[tuple[DropFile, tuple[Row, ...]], ...]
    count: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One slot of a territory."""

    slot: Slot
    places: int
    taken: int

    @property
    def tone(self) -> str:
        """How full it is, from `none` over `some` and `most` to `full`; `shut` without any place."""
        if self.places == 0:
            return "shut"
        share = self.taken / self.places
        return "none" if share == 0 else "full" if share >= 1 else "most" if share > 0.5 else "some"


@dataclass(frozen=True, slots=True)
class Grid:
    """The slots of a territory: days across, bands down; a cell is None where the day lacks the band."""

    territory: str
    days: tuple[int, ...]
    rows: tuple[tuple[str, tuple[Cell | None, ...]], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log."""

    position: int
    at: int
    source: str
    kind: str
    subject: str
    words: str


def phone_of(live: LiveWorld, message_id: str | None, search: Search) -> Phone | None:
    """The phone that a message went to, or the one that got the last of those that are looked for; None without any."""
    messages = [message for message in live.messages() if search.names(message.operator or "", message.order or "")]
    if not messages:
        return None
    number = next((message for message in messages if message.id == message_id), messages[-1]).to
    last_messages = {message.to: message for message in messages}
    other_phones = sorted(
        (message for to, message in last_messages.items() if to != number), key=lambda message: message.at, reverse=True
    )
    own_messages = [message for message in messages if message.to == number][-MOST_MESSAGES:]
    return Phone(number, tuple(own_messages), tuple(other_phones[:MOST_PHONES]))


def split_at_link(text: str) -> tuple[str, str]:
    """The text before and after the link of a message; the link is shown as a button."""
    before, _, after = LINK.sub("\0", text, count=1).partition("\0")
    return before, after


def folders(live: LiveWorld, search: Search) -> list[Folder]:
    """The SFTP tree, with the rows that are looked for."""
    dialect = live.world.policy.csv_dialect
    shown_folders = []
    for name in live.operators():
        files_read = ((file, read_rows(file.data, dialect)) for file in reversed(live.site.files(name)))
        files_wanted = ((file, [row for row in rows if search.names(name, row.order)]) for file, rows in files_read)
        files_shown = ((file, tuple(rows[:MOST_ROWS])) for file, rows in files_wanted if rows or search.orders is None)
        shown_folders.append(Folder(name, tuple(islice(files_shown, MOST_FILES)), len(live.site.files(name))))
    return shown_folders


def postings_of(live: LiveWorld, search: Search) -> list[Posting]:
    """The notifications that are looked for, newest first."""
    return [
        posting
        for posting in reversed(live.deliveries.postings())
        if search.names(posting.notification.operator, posting.notification.order)
    ]


def has_failed(posting: Posting) -> bool:
    """Whether a notification was tried, and its operator has not taken it over."""
    return bool(posting.attempts) and not any(attempt.taken for attempt in posting.attempts)


def payload(posting: Posting) -> str:
    """What is posted, as a person reads it."""
    return json.dumps(json.loads(notification_body(posting.notification)), ensure_ascii=False, indent=2)


def answer_of(attempt: Attempt) -> str:
    """How the body of an answer began, as a person reads it."""
    return mask_phones(attempt.answer)


def grids(live: LiveWorld) -> list[Grid]:
    """The slots of every territory, from tomorrow's on."""
    days = dict(_slots_by_day(live))
    bands = sorted({_band(slot) for of_day in days.values() for slot in of_day})
    return [_grid(live, territory, days, bands) for territory in live.spec.territories]


def slots_shown(live: LiveWorld) -> list[Slot]:
    """The slots of the grids, in order of time."""
    return [slot for _, of_day in _slots_by_day(live) for slot in of_day]


def _slots_by_day(live: LiveWorld) -> Iterator[tuple[int, list[Slot]]]:
    slots = live.world.slots.between(live.now, live.now + LOOKED_AHEAD)
    for day, of_day in islice(groupby(slots, key=lambda slot: wall_clock(slot.start)[0]), GRID_DAYS):
        yield day, list(of_day)


def _band(slot: Slot) -> tuple[int, int]:
    return wall_clock(slot.start)[1], wall_clock(slot.end)[1]


def _grid(live: LiveWorld, territory: str, days: Mapping[int, list[Slot]], bands: list[tuple[int, int]]) -> Grid:
    cells = {
        (day, _band(slot)): Cell(slot, places, places - live.world.slots.free(territory, slot))
        for day, slots in days.items()
        for slot in slots
        for places in [live.world.slots.capacity(territory, slot)]
    }
    rows = [
        (f"{format_time_of_day(band[0])}–{format_time_of_day(band[1])}", tuple(cells.get((day, band)) for day in days))
        for band in bands
    ]
    return Grid(territory, tuple(days), tuple(rows))


def log_lines(live: LiveWorld, search: Search, page_number: str | None, language: str) -> Paged[Line]:
    """The events that are looked for, newest first."""
    positions = range(len(live.trace), 0, -1)
    wanted_positions: Sequence[int] = positions
    if search.orders is not None:
        wanted_positions = [position for position in positions if _is_about(live.trace[position - 1], search)]
    part = paged(wanted_positions, page_number, LINES_SHOWN)
    lines = tuple(line_of(live.trace[position - 1], position, language) for position in part.items)
    return Paged(lines, part.number, part.count)


def _is_about(event: Event, search: Search) -> bool:
    data: Any = event["data"]
    return search.names(str(data.get("operator", "")), str(event.get("subject", "")))


def line_of(event: Mapping[str, Any], position: int, language: str) -> Line:
    """An event as a line of the log."""
    kind, subject = str(event["type"]), str(event.get("subject", ""))
    at = parse_instant(str(event["time"]))
    return Line(position, at, str(event["source"]), kind, subject, words_of(event, language))


def masked(number: str) -> str:
    """A phone number of which only the last three digits are left."""
    return f"…{number[-3:]}"
