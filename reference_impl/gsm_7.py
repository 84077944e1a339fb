"""The GSM default alphabet (3GPP TS 23.038), which an SMS is written in as long as it can be.

A character of the default table costs one septet; one of the extension table costs two, an escape and a septet.
`sms_text` computes what a text costs. Nothing here knows messages.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ESCAPE = 0x1B
# In the order of the septets; the escape stands at its own place.
GSM_ALPHABET = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_EXTENSION: Mapping[int, str] = MappingProxyType(
    {
        0x0A: "\f",
        0x14: "^",
        0x28: "{",
        0x29: "}",
        0x2F: "\\",
        0x3C: "[",
        0x3D: "~",
        0x3E: "]",
        0x40: "|",
        0x65: "€",
    }
)
SEPTETS: Mapping[str, int] = MappingProxyType(
    dict.fromkeys(GSM_ALPHABET.replace(chr(ESCAPE), ""), 1) | dict.fromkeys(GSM_EXTENSION.values(), 2)
)
