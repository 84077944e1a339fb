"""SMS as text: standard and own wording, sender aliases, how many segments a text costs, and mobile numbers.

Everything that depends on what an SMS can carry lives here. It must not know orders, operators or when a
message leaves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from reference_impl.civil_time import date_of, format_time_of_day, wall_clock
from reference_impl.errors import RegistrationError
from reference_impl.gsm_7 import SEPTETS
from reference_impl.ports import Slot

Encoding = Literal["GSM-7", "UCS-2"]

# Units that one message holds alone, and that each part of a concatenated one holds beside its header.
UNITS_ALONE: Mapping[Encoding, int] = MappingProxyType({"GSM-7": 160, "UCS-2": 70})
UNITS_IN_PART: Mapping[Encoding, int] = MappingProxyType({"GSM-7": 153, "UCS-2": 67})

ALIAS = re.compile(r"(?=.{1,11}\Z)(?=.*[A-Za-z])[A-Za-z0-9]+( [A-Za-z0-9]+)*")
ALIAS_ALLOWED = "1 to 11 GSM letters and digits, at least one letter, single spaces only between them"
STANDARD_ALIAS = "Attivazione"

STANDARD_TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "engagement": "Per attivare la Sua linea serve la visita del tecnico. Scelga giorno e ora: {link}",
        "reminder": "Promemoria: il tecnico verrà da Lei il {date}, fascia {band}, per attivare la Sua linea.",
    }
)
PLACEHOLDERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"engagement": ("{link}",), "reminder": ("{date}", "{band}")}
)
BRACES = re.compile(r"\{[^{}]*\}|[{}]")
UNPRINTABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
LONGEST_TEMPLATE = 1_000

# As orders write it: alone, or after +39, 0039 or 39. No national number is so long that 39 could be part of it.
MOBILE = re.compile(r"(?:\+39|0039|39)?(3[0-9]{8,9})")


@dataclass(frozen=True, slots=True)
class SmsSize:
    """What a text costs: its encoding, its length in units (septets or UTF-16 words) and its segments."""

    encoding: Encoding
    units: int
    segments: int


def segments_of(text: str) -> SmsSize:
    """The size of a text. A character of two units never straddles two segments."""
    encoding: Encoding = "GSM-7" if SEPTETS.keys() >= set(text) else "UCS-2"
    widths = list(map(SEPTETS.__getitem__ if encoding == "GSM-7" else _utf16_words, text))
    units = sum(widths)
    if units <= UNITS_ALONE[encoding]:
        return SmsSize(encoding, units, 1)
    return SmsSize(encoding, units, _packed(widths, UNITS_IN_PART[encoding]))


def _utf16_words(character: str) -> int:
    return 2 if ord(character) > 0xFFFF else 1


def _packed(widths: Iterable[int], capacity: int) -> int:
    parts, used = 1, 0
    for width in widths:
        if used + width > capacity:
            parts, used = parts + 1, 0
        used += width
    return parts


def check_alias(alias: object) -> None:
    """Raise RegistrationError unless the alias can be shown as the sender of an SMS (SMS-6, REM-3)."""
    if not isinstance(alias, str) or not ALIAS.fullmatch(alias):
        raise RegistrationError("alias", alias, ALIAS_ALLOWED)


def check_template(kind: str, text: object) -> None:
    """Raise RegistrationError unless an own text has each placeholder of its kind once, and no other.

    `kind` is `engagement` ({link}) or `reminder` ({date} and {band}).
    """
    field, placeholders = f"{kind}_text", PLACEHOLDERS[kind]
    if not isinstance(text, str) or len(text) > LONGEST_TEMPLATE:
        raise RegistrationError(field, text, f"a text of at most {LONGEST_TEMPLATE} characters")
    if UNPRINTABLE.search(text):
        raise RegistrationError(field, text, "printable characters and line feeds")
    if sorted(BRACES.findall(text)) != sorted(placeholders):
        raise RegistrationError(field, text, f"a text with {' and '.join(placeholders)} once, and no other brace")


def engagement_text(template: str | None, link: str) -> str:
    """SMS-5: the operator's own engagement text, else the standard one, with the link in it."""
    return (template or STANDARD_TEXTS["engagement"]).replace("{link}", link)


def reminder_text(template: str | None, slot: Slot) -> str:
    """REM-2: the operator's own reminder, else the standard one; date gg/mm/aaaa, band HH:MM-HH:MM."""
    text = template or STANDARD_TEXTS["reminder"]
    date, band = _date_and_band(slot)
    return text.replace("{date}", date).replace("{band}", band)


@lru_cache(maxsize=4096)
def _date_and_band(slot: Slot) -> tuple[str, str]:
    day, start = wall_clock(slot.start)
    end = wall_clock(slot.end)[1]
    return italian_date(day), f"{format_time_of_day(start)}-{format_time_of_day(end)}"


@lru_cache(maxsize=4096)
def italian_date(day: int) -> str:
    """A day number as gg/mm/aaaa (CSV-3)."""
    return date_of(day).strftime("%d/%m/%Y")


def is_italian_mobile(phone: str) -> bool:
    """Whether an SMS can reach the number: 3 and 8 or 9 more digits, alone or after the country (bad_number)."""
    return MOBILE.fullmatch(phone) is not None


def e164(phone: str) -> str:
    """An Italian mobile number as +39… . Raises ValueError for any other number."""
    match = MOBILE.fullmatch(phone)
    if match is None:
        raise ValueError(f"{phone!r} is not an Italian mobile number such as +393331234567 or 3331234567")
    return phone if phone.startswith("+") else f"+39{match[1]}"
