"""Where a page gets its words: tables of texts in both languages, and the language that a reader asked for.

What lives here: the choice between languages. The texts themselves stand in tables, one for each kind of page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fastapi import Request
from fastapi.responses import Response

from reports.words.labels import LANGUAGES, Term
from reports.words.number_words import with_forms

Words = Callable[..., str]
Texts = Mapping[str, Term]
LANGUAGE_COOKIE = "lang"


def words_in(language: str, *tables: Texts) -> Words:
    """A function that says a thing in a language: its key, and the values that its text names.

    The first table that has the key gives the text.
    """

    def say(key: str, **values: object) -> str:
        text = next(table[key] for table in tables if key in table)
        return with_forms(text.in_language(language), values)

    return say


def language_of(wanted_language: str | None, accepted: str) -> str:
    """The language of an answer: the one that was asked for, else the first accepted one that there is, else Italian.

    `accepted` is the header Accept-Language; the weight of each of its languages counts, then their order.
    """
    if wanted_language in LANGUAGES:
        return str(wanted_language)
    weighed = [(-_weight(part), place, part) for place, part in enumerate(accepted[:1000].split(","))]
    for weight, _, part in sorted(weighed):
        name = part.partition(";")[0].strip().lower().partition("-")[0]
        if name in LANGUAGES and weight < 0:
            return name
    return LANGUAGES[0]


def spoken(request: Request) -> str:
    """The language of a page: the one that was asked for, now or before, else the browser's."""
    wanted_language = request.query_params.get("lang") or request.cookies.get(LANGUAGE_COOKIE)
    return language_of(wanted_language, request.headers.get("accept-language", ""))


def remembering_language(request: Request, answer: Response) -> Response:
    """The answer, after which the language that was asked for stays until another is."""
    if request.query_params.get("lang") in LANGUAGES:
        answer.set_cookie(LANGUAGE_COOKIE, spoken(request), samesite="strict", httponly=True)
    return answer


def _weight(part: str) -> float:
    _, sign, weight = part.partition("q=")
    try:
        return min(max(float(weight), 0.0), 1.0) if sign else 1.0
    except ValueError:
        return 0.0
