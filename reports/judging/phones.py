"""Telephone numbers as the judge compares them: the same number, however it is written.

What lives here: comparing and recognising numbers. It must not know events or rules.
"""

from __future__ import annotations

import re
from functools import lru_cache

DECORATION = re.compile(r"[^\d+]")
ITALIAN_MOBILE_DIGITS = re.compile(r"3\d{8,9}")


@lru_cache(maxsize=4096)  # an order's number is compared half a dozen times
def national_part(phone: str) -> str:
    """The number without country code and decoration."""
    digits = DECORATION.sub("", phone)
    for prefix in ("+39", "0039"):
        if digits.startswith(prefix):
            return digits[len(prefix) :]
    return digits[2:] if digits.startswith("393") and len(digits) >= 11 else digits


def has_country_code(phone: str) -> bool:
    """Whether a number says of which country it is, however it is decorated."""
    digits = DECORATION.sub("", phone)
    return digits.startswith(("+", "00")) or national_part(phone) != digits


def same_number(phone: str, other_phone: str) -> bool:
    return phone == other_phone or national_part(phone) == national_part(other_phone)


@lru_cache(maxsize=4096)
def is_surely_not_mobile(phone: str) -> bool:
    """True only where no way of reading the number makes it an Italian mobile."""
    return not ITALIAN_MOBILE_DIGITS.fullmatch(national_part(phone))
