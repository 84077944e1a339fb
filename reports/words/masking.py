"""What a page may show of a text: phone numbers masked, characters that no document may hold replaced.

What lives here: cleaning of single texts. It must not know where they come from.
"""

from __future__ import annotations

import re

# An international number, or nine to eleven national digits that begin as Italian numbers do, standing alone.
_PHONE = re.compile(r"(?<![\w.:-])(?:\+\d{6,15}|0039\d{6,13}|[03]\d{8,10})(?!\w)")
# Everything XML 1.0 does not allow: control characters, lone surrogates, non-characters.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def mask_phone(phone: str) -> str:
    """A number of which only the prefix and the last three digits are left."""
    prefix = "+39" if phone.startswith(("+39", "0039")) else ""
    return f"{prefix}…{phone[-3:]}"


def mask_phones(text: str) -> str:
    return _PHONE.sub(lambda phone: mask_phone(phone.group()), text)


def printable(text: object) -> str:
    """A text that HTML, XML and a terminal can hold, phone numbers masked."""
    return mask_phones(_NOT_XML.sub("\ufffd", str(text)))


def one_line(text: object) -> str:
    return " ".join(printable(text).split())
