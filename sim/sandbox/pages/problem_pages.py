"""What a browser sees where a program gets a problem: a page in words, with the same status.

What lives here: a wrapper around the whole HTTP application. It changes only answers that are problems, and only for
those who accept HTML; what a customer's page could say of the inside stays out of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qs

from reports.words.labels import LANGUAGES, Term
from sim.sandbox.http.limits import App, Message, Receive, Scope, Send
from sim.sandbox.pages.agent_words import WORDS
from sim.sandbox.pages.page_languages import Texts, language_of, words_in
from sim.sandbox.pages.rendering import render

PROBLEM_TYPE = b"application/problem+json"
PATH_OF_CUSTOMERS = "/va/"
PATH_OF_AGENTS = "/operator/"
LOWEST_OF_OUR_FAULTS = 500
OTHER_FAULT = Term("La richiesta non è possibile", "This is not possible")
OUR_FAULT = Term("Errore nostro: riprovi tra poco", "Our fault: please try again soon")
TITLES: Mapping[int, Term] = MappingProxyType(
    {
        401: Term("Serve il token di controllo", "The control token is needed"),
        403: Term("Richiesta da un altro sito", "A request from another site"),
        404: Term("Questa pagina non esiste", "There is no such page"),
        405: Term("Questa pagina non si apre così", "This page is not opened like this"),
        408: Term("La richiesta è arrivata troppo lentamente", "The request came too slowly"),
        413: Term("La richiesta è troppo grande", "The request is too large"),
        421: Term("Questo nome non è di questo sito", "That name is not of this site"),
        429: Term("Troppe richieste: riprovi tra un momento", "Too many requests: try again in a moment"),
    }
)
LEADS: Texts = MappingProxyType(
    {
        "problem_lead": Term(
            "Nulla è stato cambiato. Torni indietro, o riapra il link che ha ricevuto.",
            "Nothing has been changed. Go back, or open the link that you received again.",
        )
    }
)
# The words for a reader who is not a customer: a developer was sent no link.
ROOM_LEADS: Texts = MappingProxyType(
    {
        "over": Term("Sala di controllo", "Control room"),
        "problem_lead": Term("Nulla è stato cambiato.", "Nothing has been changed."),
        "problem_home": Term("Torna alla sala di controllo", "Back to the control room"),
    }
)


class ProblemPages:
    """An application whose problems are pages for browsers."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        headers = dict(reversed(scope["headers"])) if scope["type"] == "http" else {}
        if b"text/html" in headers.get(b"accept", b"") and scope["method"] != "HEAD":
            send = _sending_pages(scope, headers, send)
        await self._app(scope, receive, send)


def _sending_pages(scope: Scope, headers: Mapping[bytes, bytes], send: Send) -> Send:
    """A `send` that holds the head of a problem back until its body is known, and sends a page instead."""
    held_starts: list[Message] = []

    async def sender(message: Message) -> None:
        if message["type"] == "http.response.start" and (b"content-type", PROBLEM_TYPE) in message["headers"]:
            held_starts.append(message)
        elif held_starts and message["type"] == "http.response.body":
            start = held_starts.pop()
            body = _page(scope, headers, start["status"], json.loads(message["body"]))
            await send({**start, "headers": _as_html(start["headers"], len(body))})
            await send({"type": "http.response.body", "body": body})
        else:
            await send(message)

    return sender


def _as_html(headers: Iterable[tuple[bytes, bytes]], length: int) -> list[tuple[bytes, bytes]]:
    other_headers = [(name, value) for name, value in headers if name not in (b"content-type", b"content-length")]
    return [*other_headers, (b"content-type", b"text/html; charset=utf-8"), (b"content-length", str(length).encode())]


def _page(scope: Scope, headers: Mapping[bytes, bytes], status: int, problem: Mapping[str, Any]) -> bytes:
    wanted_language = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [None])[0]
    language = language_of(wanted_language, headers.get(b"accept-language", b"").decode("latin-1"))
    title = TITLES.get(status, OUR_FAULT if status >= LOWEST_OF_OUR_FAULTS else OTHER_FAULT).in_language(language)
    to_customer = scope["path"].startswith(PATH_OF_CUSTOMERS)
    is_room = not to_customer and PATH_OF_AGENTS not in scope["path"]
    detail = "" if to_customer else problem.get("detail", "")
    words = words_in(language, *([ROOM_LEADS] if is_room else []), LEADS, WORDS)
    frame = {"language": language, "languages": LANGUAGES, "t": words, "is_room": is_room}
    return render("agent/problem.html.j2", title=title, status=status, detail=detail, **frame).encode()
