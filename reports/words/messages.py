"""A sentence of a finding: an id and parameters, from which programs get stable English and people their language.

What lives here: filling the templates of `finding_words`. It must not know any rule.

For programs instants stand in RFC 3339 and names as they are in a trace. For people instants are Rome's wall clock,
with the offset only in the hour that comes twice, and names are words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache, reduce
from typing import Any

from reports.rome_time import HOUR_MS, Instant, format_instant, parse_instant, wall_clock
from reports.words.finding_words import TEMPLATES
from reports.words.labels import Term, same
from reports.words.number_words import with_forms
from reports.words.time_words import clock_text, weekday_of
from reports.words.trace_names import NAMES

INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")


class Text(str):
    """The English text of a message, which knows the id and the parameters it was made of."""

    id: str
    parameters: Mapping[str, object]

    def members(self) -> dict[str, object]:
        """The message for programs."""
        parameters = {
            name: value.members() if isinstance(value, Text) else value for name, value in self.parameters.items()
        }
        return {"id": self.id, "parameters": parameters}


class Message:
    """A message that is not written yet: nearly everything that a checker would say is never read.

    Its parameters are texts, names, numbers, other messages, and instants where they are called `at`.
    """

    __slots__ = ("_id", "_parameters")

    def __init__(self, message_id: str, parameters: Mapping[str, object]) -> None:
        self._id, self._parameters = message_id, parameters

    def written(self) -> Text:
        """The text; KeyError where the table does not know the message or a parameter is missing."""
        parameters = {name: _parameter(name, value) for name, value in self._parameters.items()}
        text = Text(with_forms(TEMPLATES[self._id].en, parameters))
        text.id, text.parameters = self._id, parameters
        return text


Words = str | Message


def say(message_id: str, /, **parameters: object) -> Message:
    """The message of that id."""
    return Message(message_id, parameters)


say_again = lru_cache(maxsize=1024)(say)  # for what is said of many orders alike: three times as fast


def written(words: Words) -> str:
    """A text as it is, a message as it reads."""
    return words.written() if isinstance(words, Message) else words


def enumerated(texts: Sequence[Words]) -> Words:
    """Some texts, one after the other."""
    return reduce(lambda first, then: say("list.and", first=first, then=then), texts)


def either(texts: Sequence[Words]) -> Words:
    """One of some texts."""
    return reduce(lambda first, then: say("list.or", first=first, then=then), texts)


def together(texts: Sequence[Words]) -> Words:
    """Some texts, each with the others."""
    return reduce(lambda first, then: say("list.with", first=first, then=then), texts)


def _parameter(name: str, value: object) -> object:
    if isinstance(value, Message):
        return value.written()
    return format_instant(value) if name == "at" and isinstance(value, int | Fraction) else value


def words_of(finding: Mapping[str, Any], member: str) -> Term:
    """The words of a finding for people; `member` is `expected`, `observed` or `reading`.

    Where our table does not have the message, these are the plain text of the verdicts file.
    """
    text = str(finding.get(member, ""))
    record = (finding.get("messages") or {}).get(member)
    if record is None or record["id"] not in TEMPLATES:
        return same(text)
    return Term(_filled(record, "it"), _filled(record, "en"))


def _filled(record: Mapping[str, Any], language: str) -> str:
    template = TEMPLATES[record["id"]].in_language(language)
    parameters = {name: _shown(value, language) for name, value in record["parameters"].items()}
    return with_forms(template, parameters)


def _shown(value: object, language: str) -> str:
    if isinstance(value, Mapping):
        return _filled(value, language)
    text = str(value)
    if text in NAMES:
        return NAMES[text].in_language(language)
    return INSTANT.sub(lambda instant: wall_clock_text(instant.group(), language), text)


def wall_clock_text(written: str, language: str) -> str:
    """An instant of RFC 3339 as a clock in Rome shows it: mar 2026-03-03 17:00:00."""
    instant = parse_instant(written)
    local = wall_clock(instant)
    offset = local.strftime("%z") if _comes_twice(instant) else ""
    shown = f"{weekday_of(local.date()).in_language(language)} {local.date().isoformat()} {clock_text(instant)}"
    return f"{shown} {offset[:3]}:{offset[3:]}" if offset else shown


def _comes_twice(instant: Instant) -> bool:
    """Whether the wall clock shows this time twice, in the night in which summer time ends."""
    local = wall_clock(instant).replace(tzinfo=None)
    return local in (wall_clock(instant + sign * HOUR_MS).replace(tzinfo=None) for sign in (1, -1))
