"""What the panels of the control room show: the SMS phone, the SFTP tree, notifications, slots, clock and log.

What lives here: reading of a live world. It must not change it, and it must not know HTTP or HTML. Phone numbers are
masked everywhere but on the phone itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, islice

from reference_impl.civil_time import DAY, format_time_of_day, parse_instant, wall_clock
from reference_impl.formats.csv_file import Row, read_rows
from reference_impl.ports import Slot
from sim.recorder import Event
from sim.sandbox.pages.event_words import words_of
from sim.sandbox.world.live import LiveWorld
from sim.sandbox.world.operator_site import DropFile
from sim.sandbox.world.outbox import Posting
from sim.sandbox.world.telephones import Message

MOST_POSTINGS, MOST_LINES, MOST_ROWS, MOST_PHONES, MOST_FILES, MOST_MESSAGES = 40, 80, 20, 30, 12, 20
GRID_DAYS = 10
LOOKED_AHEAD = 21 * DAY
PACES = ("manual", "real", "x60", "x3600")
LINK = re.compile(r"https://\S+")


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


def phone_of(live: LiveWorld, message_id: str | None) -> Phone | None:
    """The phone that a message went to, or the one that got the last; None if no message was sent yet."""
    messages = live.messages()
    if not messages:
        return None
    number = next((message for message in messages if message.id == message_id), messages[-1]).to
    last = {message.to: message for message in messages}
    others = sorted(
        (message for to, message in last.items() if to != number), key=lambda message: message.at, reverse=True
    )
    own = [message for message in messages if message.to == number][-MOST_MESSAGES:]
    return Phone(number, tuple(own), tuple(others[:MOST_PHONES]))


def split_at_link(text: str) -> tuple[str, str]:
    """What stands before and after the link of a message, which is shown as a button."""
    before, _, after = LINK.sub("\0", text, count=1).partition("\0")
    return before, after


def folders(live: LiveWorld) -> list[Folder]:
    """The SFTP tree."""
    dialect = live.world.policy.csv_dialect
    shown_folders = []
    for account in live.operators():
        files = live.files(account.operator.operator)
        shown = [(file, tuple(read_rows(file.data, dialect)[:MOST_ROWS])) for file in files[: -MOST_FILES - 1 : -1]]
        shown_folders.append(Folder(account.operator.operator, tuple(shown), len(files)))
    return shown_folders


def last_postings(live: LiveWorld) -> list[Posting]:
    """The last notifications, newest first."""
    return live.postings()[: -MOST_POSTINGS - 1 : -1]


def grids(live: LiveWorld) -> list[Grid]:
    """The slots of every territory, from tomorrow's on."""
    slots = live.world.slots_between(live.now, live.now + LOOKED_AHEAD)
    days = dict(islice(_by_day(slots), GRID_DAYS))
    bands = sorted({_band(slot) for of_day in days.values() for slot in of_day})
    return [_grid(live, territory, days, bands) for territory in live.spec.territories]


def slots_shown(live: LiveWorld) -> list[Slot]:
    """The slots of the grids, in order of time."""
    days = islice(_by_day(live.world.slots_between(live.now, live.now + LOOKED_AHEAD)), GRID_DAYS)
    return [slot for _, of_day in days for slot in of_day]


def _by_day(slots: list[Slot]) -> Iterator[tuple[int, list[Slot]]]:
    for day, of_day in groupby(slots, key=lambda slot: wall_clock(slot.start)[0]):
        yield day, list(of_day)


def _band(slot: Slot) -> tuple[int, int]:
    return wall_clock(slot.start)[1], wall_clock(slot.end)[1]


def _grid(live: LiveWorld, territory: str, days: Mapping[int, list[Slot]], bands: list[tuple[int, int]]) -> Grid:
    cells = {
        (day, _band(slot)): Cell(slot, places, places - live.world.free_places(territory, slot))
        for day, slots in days.items()
        for slot in slots
        for places in [live.world.places(territory, slot)]
    }
    rows = [
        (f"{format_time_of_day(band[0])}–{format_time_of_day(band[1])}", tuple(cells.get((day, band)) for day in days))
        for band in bands
    ]
    return Grid(territory, tuple(days), tuple(rows))


def log_lines(live: LiveWorld) -> list[Line]:
    """The last events, newest first."""
    count = len(live.trace)
    return [_line(live.trace[number - 1], number) for number in range(count, max(count - MOST_LINES, 0), -1)]


def _line(event: Event, position: int) -> Line:
    kind, subject = str(event["type"]), str(event.get("subject", ""))
    at = parse_instant(str(event["time"]))
    return Line(position, at, str(event["source"]), kind, subject, words_of(event))


def masked(number: str) -> str:
    """A phone number of which only the last three digits are left."""
    return f"…{number[-3:]}"
