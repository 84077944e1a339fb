"""Groups of findings: those of one rule that say the same of many orders, and within a group those of one cause.

What lives here: grouping and what the page shows of each group. It must not know about markup, and judges nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reports.conformance.page_orders import Stories, TraceLine
from reports.facts import SERVICE_CODES, TRIGGER_CODES
from reports.judging.verdicts import MERGE_ORDER, FindingRecord
from reports.words.masking import printable

CODES = TRIGGER_CODES | SERVICE_CODES
ROWS_OF_A_RAW_EVENT = 3
LONGEST_RAW_EVENT = 1_200
SHARED = "csv.deposited"  # the one event that many orders have in common
# What tells two findings of one kind apart: addresses, quoted texts, and every word with a digit in it.
# A word is looked at from its first letter only: from each of its letters, a long one takes a hundred times as long.
_PARTICULAR = re.compile(r"""https?://\S+|'[^']*'|"[^"]*"|(?<![\w./:+-])[\w./:+-]*\d[\w./:+-]*""")


@dataclass(frozen=True, slots=True)
class Cause:
    """What one thing brought about: a file and its rows, or one order alone; then `event` is None."""

    event: TraceLine | None
    findings: tuple[FindingRecord, ...]


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """The findings of one rule that are of one kind; `number` counts the groups of the rule from 1."""

    rule: str
    number: int
    causes: tuple[Cause, ...]

    @property
    def example(self) -> FindingRecord:
        return self.causes[0].findings[0]

    @property
    def verdict(self) -> str:
        return str(self.example["verdict"])

    @property
    def count(self) -> int:
        return sum(len(cause.findings) for cause in self.causes)

    @property
    def anchor(self) -> str:
        return f"{self.rule}.{self.number}"


def groups_of(rule: str, findings: Iterable[FindingRecord], stories: Stories) -> list[FindingGroup]:
    """The groups of one rule, the heaviest verdict first, then the one that stands first in the file."""
    by_kind: dict[tuple[str, ...], dict[str, list[FindingRecord]]] = {}
    for number, finding in enumerate(findings):
        cause = _cause_of(finding, stories)
        by_kind.setdefault(_kind_of(finding), {}).setdefault(cause or f"alone {number}", []).append(finding)
    kinds = sorted(by_kind.values(), key=lambda causes: MERGE_ORDER.index(next(iter(causes.values()))[0]["verdict"]))
    return [
        FindingGroup(
            rule, number, tuple(Cause(stories.event(name), tuple(members)) for name, members in causes.items())
        )
        for number, causes in enumerate(kinds, 1)
    ]


def _kind_of(finding: FindingRecord) -> tuple[str, ...]:
    """What makes two findings say the same; a message id where there is one, else the text without particulars."""
    ids = [str(message["id"]) for message in (finding.get("messages") or {}).values()]
    texts = [str(finding.get(member, "")) for member in ("expected", "observed")]
    subject = str(finding.get("subject", ""))
    said = ids or [_PARTICULAR.sub(_kept_code, text.replace(subject, "1") if subject else text) for text in texts]
    return (str(finding["verdict"]), str(finding.get("reading") or ""), *said)


def _kept_code(word: re.Match[str]) -> str:
    return word.group() if word.group() in CODES else "·"


def _cause_of(finding: FindingRecord, stories: Stories) -> str:
    """The id of the file that a finding is about, else an empty text."""
    for event_id in finding.get("evidence", ()):
        event = stories.event(str(event_id))
        if event is not None and event["type"] == SHARED:
            return str(event_id)
    return ""


def raw_text(event: TraceLine, code: str) -> str:
    """An event of the trace as it stands there, phone numbers masked; of a file only the rows of that order."""
    data = event.get("data") or {}
    rows = data.get("rows") if isinstance(data, Mapping) else None
    if isinstance(rows, list) and len(rows) > ROWS_OF_A_RAW_EVENT:
        event = {**event, "data": {**data, "rows": _rows_of(rows, code)}}
    text = printable(json.dumps(event, ensure_ascii=False))
    return text if len(text) <= LONGEST_RAW_EVENT else f"{text[:LONGEST_RAW_EVENT]}…"


def _rows_of(rows: Sequence[Any], code: str) -> list[Any]:
    own = [row for row in rows if isinstance(row, Mapping) and row.get("order") == code] or list(rows)
    shown = own[:ROWS_OF_A_RAW_EVENT]
    return [*shown, f"… {len(rows) - len(shown)}"]
