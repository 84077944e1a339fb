"""An appointment as a calendar file (RFC 5545): the same event, by its UID, whether it is made, moved or cancelled.

What lives here: the form of the file. It must not know pages or links.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from reference_impl.ports import Slot

MEDIA_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Appuntamento//Sandbox//EN"
LONGEST_LINE_BYTES = 75
ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True, slots=True)
class Entry:
    """What a calendar keeps. `sequence` grows with every change; `written_at` is when this version was made."""

    uid: str
    sequence: int
    slot: Slot
    summary: str
    description: str
    organizer: str
    address: str
    written_at: int
    is_cancelled: bool = False


def calendar_file(entry: Entry) -> bytes:
    """The file that adds an entry to a calendar, changes it there, or takes it away."""
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        f"METHOD:{'CANCEL' if entry.is_cancelled else 'PUBLISH'}",
        "BEGIN:VEVENT",
        f"UID:{entry.uid}",
        f"SEQUENCE:{entry.sequence}",
        f"DTSTAMP:{_utc(entry.written_at)}",
        f"DTSTART:{_utc(entry.slot.start)}",
        f"DTEND:{_utc(entry.slot.end)}",
        f"SUMMARY:{_text(entry.summary)}",
        f"DESCRIPTION:{_text(entry.description)}",
        f'ORGANIZER;CN="{entry.organizer}":{entry.address}',
        f"STATUS:{'CANCELLED' if entry.is_cancelled else 'CONFIRMED'}",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _utc(instant: int) -> str:
    return f"{datetime.fromtimestamp(instant // 1000, UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    return words.translate(ESCAPED)


def _folded(line: str) -> str:
    """A line in parts of at most 75 bytes, never cut inside a character."""
    parts, length = [""], 0
    for character in line:
        width = len(character.encode())
        if length + width > LONGEST_LINE_BYTES:
            parts, length = [*parts, ""], 1  # the space that marks what goes on
        parts[-1] += character
        length += width
    return "\r\n ".join(parts)
