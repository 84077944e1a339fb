"""The parts that many sentences share: an instant, a band, a party. Patterns for `parsers.re`, each a named group.

What lives here knows no step.
"""

from __future__ import annotations

from steps import dates
from steps.words import CHANNELS

AT = rf"(?P<at>{dates.INSTANT})"
SLOT = rf"(?P<slot>{dates.BAND})"
PARTY = rf"(?P<party>{'|'.join(CHANNELS)})"
