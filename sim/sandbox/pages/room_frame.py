"""What the pages of a world for people have in common: language, words, addresses, and the page that asks for a key.

What lives here: what an answer is made of, from a request and its world. It must not change anything.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlencode, urlsplit, urlunsplit

from fastapi import Request
from fastapi.responses import Response
from markupsafe import Markup

from reference_impl.services import SERVICES
from reports.judging.catalogue import catalogue
from reports.timeline.drawing import symbols
from reports.words.labels import SIGNS, VERDICTS, verdicts_counted
from reports.words.messages import words_of
from sim.sandbox.http.dependencies import has_entered
from sim.sandbox.pages import civil_words
from sim.sandbox.pages import control_view as view
from sim.sandbox.pages.control_words import ROOM_WORDS
from sim.sandbox.pages.event_words import reason_words
from sim.sandbox.pages.page_languages import remembering_language, spoken, words_in
from sim.sandbox.pages.rendering import page
from sim.sandbox.sandbox import Sandbox
from sim.sandbox.world.live import LiveWorld
from sim.sandbox.world.spec import DEFAULT_WORLD
from sim.sandbox.world.world_clock import GOALS

View = TypeVar("View", bound=Callable[..., Coroutine[Any, Any, Response]])
STEPS = ("15 min", "1 h", "5 h", "1 d")


def frame(sandbox: Sandbox, request: Request, live: LiveWorld, home: str = "") -> dict[str, object]:
    """What every page of a world needs; `home` is the page that an act answers with, below the world's address."""
    language = spoken(request)
    return {
        **_words(language),
        "link": linker(request, home),
        "base": base_of(live.name),
        "world": live.name,
        "worlds": [(name, f"{base_of(name)}/") for name in sandbox.worlds],
        "rooms": [
            (f"{base_of(live.name)}{room.path}", room.title.in_language(language)) for room in request.app.state.rooms
        ],
        "live": live,
        "clock": sandbox.clock(live.name).status(),
        "position": len(live.trace),
        "grounds": Markup(symbols()),  # of the days in the drawings
    }


def answer(request: Request, name: str, context: Mapping[str, object], status: int = 200) -> Response:
    """A page as an answer, which keeps the language that was asked for."""
    return remembering_language(request, page(f"control/{name}.html.j2", context, status))


def door(request: Request, name: str, wrong: str = "", home: str = "") -> Response:
    """The page that asks for a key; `wrong` is the key of the words that say why the last one was refused."""
    language = spoken(request)
    say = words_in(language, ROOM_WORDS)
    context = {"base": base_of(request.state.world), "link": linker(request, home), "language": language, "t": say}
    return answer(request, name, {**context, "wrong": say(wrong) if wrong else ""}, 401)


def requires_entry(view: View) -> View:
    """The view, for browsers that have entered the control room only; others get the page that asks for the token."""

    @wraps(view)
    async def guarded(room: object, request: Request, **names: str) -> Response:
        if not has_entered(request.app.state.sandbox, request):
            return door(request, "door")
        return await view(room, request, **names)

    return cast("View", guarded)


def linker(request: Request, home: str = "") -> Callable[..., str]:
    """Makes the address of the same page with other choices; None takes one away."""
    is_act = request.method != "GET"  # whose answer is the page at home, at the address of the act
    query = {} if is_act else dict(request.query_params)
    path = f"{base_of(request.state.world)}/{home}" if is_act else ""

    def link(**changes: object) -> str:
        choices = {name: value for name, value in {**query, **changes}.items() if value is not None}
        return f"{path}?{urlencode(choices)}"

    return link


def _words(language: str) -> dict[str, object]:
    rules, say = catalogue().rules, words_in(language, ROOM_WORDS)
    return {
        "language": language,
        "t": say,
        "pace_words": lambda pace: say(f"pace_{pace}") if f"pace_{pace}" in ROOM_WORDS else pace,
        "why_not": lambda reason: reason_words(reason).in_language(language),
        "civil": civil_words,
        "view": view,
        "payload": view.payload,
        "posting_tones": view.POSTING_TONES,
        "signs": SIGNS,
        "verdict_words": lambda verdict: VERDICTS[verdict].in_language(language),
        "counted": lambda verdict, count: f"{count} {verdicts_counted(verdict, count).in_language(language)}",
        "title_of": lambda rule: rules[rule].title.in_language(language),
        "told": lambda finding, member: words_of(finding, member).in_language(language),
        "services": tuple(SERVICES),
        "steps": STEPS,
        "goals": tuple(GOALS),
        "paces": view.PACES,
    }


def page_before(request: Request) -> str:
    """The page of this world on which a form was sent, with its query; the room if the browser names none."""
    referrer, room = urlsplit(request.headers.get("referer", "")), f"{base_of(request.state.world)}/"
    is_ours = referrer.netloc == request.headers.get("host") and (
        referrer.path in (room, f"{room}guided") or referrer.path.startswith(f"{room}orders/")
    )
    return urlunsplit(("", "", referrer.path, referrer.query, "")) if is_ours else room


def base_of(world: str) -> str:
    """What stands before the paths of a world."""
    return "" if world == DEFAULT_WORLD else f"/worlds/{world}"
