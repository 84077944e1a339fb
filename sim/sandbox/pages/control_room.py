"""The control room: one page that shows a world and moves it, for people. Programs do the same under `/_sandbox`.

    GET  /                          the page; it follows the world by itself, and without a script by reloading
    GET  /orders/{operator}/{code}  all there is of one order; `?as=json` and `?as=trace` for programs
    GET  /rules/{rule}              what a rule says, and why its verdict is what it is
    GET  /operator/work             the rows of an operator's files, for its call centre
    GET  /control/clock             the clock's panel alone, for a page that follows a move
    POST /control/{act}             what its buttons and forms do, see `control_acts`; then 303 back to the page
    POST /control/enter             beyond loopback: the control token opens it, for some hours

Each page and act belongs to the world of the path, as everywhere: `/worlds/NAME/`. A language that was asked for once
stays until another is.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit, urlunsplit

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from markupsafe import Markup
from starlette.exceptions import HTTPException

from reference_impl.errors import CallerError
from reference_impl.services import SERVICES
from reports.judging.catalogue import catalogue
from reports.timeline.drawing import symbols
from reports.words.labels import SIGNS, VERDICTS, verdicts_counted
from reports.words.messages import told
from sim.recorder import to_json_line
from sim.sandbox.http.dependencies import (
    ENTERED,
    ROOM_COOKIE,
    ROOM_COOKIE_SECONDS,
    ROOM_PURPOSE,
    form_of,
    has_entered,
)
from sim.sandbox.http.problems import status_of
from sim.sandbox.http.views import operator_out
from sim.sandbox.live_verdicts import LiveVerdicts
from sim.sandbox.pages import civil_words
from sim.sandbox.pages import control_view as view
from sim.sandbox.pages.civil_words import LANGUAGES
from sim.sandbox.pages.control_acts import ACTS, Asked, FormContext, Question, next_operator, next_order, next_world
from sim.sandbox.pages.control_order import order_members, order_page
from sim.sandbox.pages.control_orders import order_cards
from sim.sandbox.pages.control_words import ROOM_WORDS
from sim.sandbox.pages.page_languages import language_of, words_in
from sim.sandbox.pages.rendering import page, static_router
from sim.sandbox.pages.work_list import matching, work_of
from sim.sandbox.world.live import LiveWorld
from sim.sandbox.world.spec import DEFAULT_WORLD
from sim.sandbox.world.world_clock import GOALS

if TYPE_CHECKING:
    from sim.sandbox.sandbox import Sandbox

LANGUAGE_COOKIE = "lang"
CARDS_SHOWN, WORK_ROWS_SHOWN = 6, 50
STEPS = ("15 min", "1 h", "5 h", "1 d")
NDJSON = "application/x-ndjson"


def router(sandbox: Sandbox) -> APIRouter:
    """The routes of the control room, and the static files of all pages."""
    room = ControlRoom(sandbox)
    routes = APIRouter()
    routes.get("/")(room.show)
    routes.get("/orders/{operator}/{code}")(room.order)
    routes.get("/rules/{rule}")(room.rule)
    routes.get("/operator/work")(room.work)
    routes.get("/control/clock")(room.clock)
    routes.post("/control/enter")(room.enter)
    routes.post("/control/{act}")(room.act)
    routes.include_router(static_router)
    return routes


class ControlRoom:
    """Answers the requests of the page."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._verdicts = LiveVerdicts()

    async def show(self, request: Request) -> Response:
        """The page."""
        return await self._page(request) if has_entered(self._sandbox, request) else self._door(request)

    async def order(self, request: Request, operator: str, code: str) -> Response:
        """All there is of one order."""
        if not has_entered(self._sandbox, request):
            return self._door(request)
        live = self._sandbox.world(request.state.world)
        order = live.order(code, operator)
        verdicts, form = await self._verdicts.look(live), request.query_params.get("as")
        if form == "trace":
            events = order_members(live, order, verdicts)["events"]
            return Response("".join(to_json_line(event) + "\n" for event in events), media_type=NDJSON)
        if form == "json":
            return JSONResponse(order_members(live, order, verdicts))
        context = {**self._frame(request, live), **order_page(live, order, verdicts, spoken(request))}
        return self._answer(request, "order", {**context, "verdicts": verdicts})

    async def rule(self, request: Request, rule: str) -> Response:
        """What a rule says, and what the judge says of it."""
        if not has_entered(self._sandbox, request):
            return self._door(request)
        rules = catalogue().rules
        if rule not in rules:
            raise HTTPException(404, "no such rule")
        live = self._sandbox.world(request.state.world)
        verdicts = await self._verdicts.look(live)
        judged = verdicts.of_rule(rule) if verdicts else None
        return self._answer(request, "rule", {**self._frame(request, live), "rule": rules[rule], "judged": judged})

    async def work(self, request: Request) -> Response:
        """The work of one operator's call centre."""
        if not has_entered(self._sandbox, request):
            return self._door(request)
        live, query = self._sandbox.world(request.state.world), request.query_params
        names = [account.operator.operator for account in live.operators()]
        operator = query.get("operator") if query.get("operator") in names else next(iter(names), None)
        rows = work_of(live, operator, words_in(spoken(request), ROOM_WORDS)) if operator else []
        found = matching(rows, query.get("find", ""), "open" in query)
        context = {
            "names": names,
            "operator": operator,
            "looked_for": query.get("find", ""),
            "only_to_do": "open" in query,
            "rows": view.paged(found, query.get("page"), WORK_ROWS_SHOWN),
            "to_do": sum(row.is_to_do for row in rows),
            "all": len(rows),
        }
        return self._answer(request, "work", {**self._frame(request, live), **context})

    async def clock(self, request: Request) -> Response:
        """The clock's panel alone."""
        if not has_entered(self._sandbox, request):
            return self._door(request)
        return self._answer(request, "clock", self._frame(request, self._sandbox.world(request.state.world)))

    async def act(self, request: Request, act: str) -> Response:
        """Do what a button or form says, and lead back to the page; a mistake or a question is said on it."""
        if not has_entered(self._sandbox, request):
            return self._door(request)
        if act not in ACTS:
            raise HTTPException(404, "no such act")
        name, form = request.state.world, await form_of(request)
        context = FormContext(self._sandbox, self._sandbox.world(name), self._sandbox.clock(name))
        try:
            address = await ACTS[act](context, form)
        except CallerError as error:
            return await self._page(request, wrong=str(error), status=status_of(error))
        except Asked as asked:
            return await self._page(request, question=asked.question)
        return RedirectResponse(address or _page_before(request), 303)

    async def enter(self, request: Request) -> Response:
        """Let in whoever knows the control token."""
        given = (await form_of(request)).get("token", "")
        if not hmac.compare_digest(given.encode(), self._sandbox.vault.control_token().encode()):
            return self._door(request, "wrong_token")
        answer = RedirectResponse(f"{_base(request.state.world)}/", 303)
        sealed = self._sandbox.vault.seal(ROOM_PURPOSE, ENTERED)
        answer.set_cookie(ROOM_COOKIE, sealed, ROOM_COOKIE_SECONDS, httponly=True, samesite="strict")
        return answer

    def _door(self, request: Request, wrong: str = "") -> Response:
        say = words_in(spoken(request), ROOM_WORDS)
        context = {"base": _base(request.state.world), "wrong": say(wrong) if wrong else ""}
        return self._answer(request, "door", {**context, "t": say, "language": spoken(request)}, 401)

    def _answer(self, request: Request, name: str, context: Mapping[str, object], status: int = 200) -> Response:
        """A page; the language that was asked for is remembered."""
        answer = page(f"control/{name}.html.j2", context, status)
        if request.query_params.get("lang") in LANGUAGES:
            answer.set_cookie(LANGUAGE_COOKIE, spoken(request), samesite="strict", httponly=True)
        return answer

    async def _page(
        self, request: Request, wrong: str = "", question: Question | None = None, status: int = 200
    ) -> Response:
        live = self._sandbox.world(request.state.world)
        failure = self._sandbox.clock(live.name).failure
        context = {
            **self._frame(request, live),
            "wrong": wrong or failure,
            "question": question,
            "sftp": self._sandbox.addresses.get("sftp", ""),
            "verdicts": await self._verdicts.look(live),
            **_asked(request, live),
            **self._shown(live),
        }
        return self._answer(request, "room", context, status)

    def _frame(self, request: Request, live: LiveWorld) -> dict[str, object]:
        """What every page of a world needs."""
        language = spoken(request)
        worlds = [(name, f"{_base(name)}/") for name in self._sandbox.worlds]
        return {
            **_words(language),
            "link": _linker(request),
            "base": _base(live.name),
            "world": live.name,
            "worlds": worlds,
            "live": live,
            "clock": self._sandbox.clock(live.name).status(),
            "position": len(live.trace),
            "grounds": Markup(symbols()),  # of the days in the drawings
        }

    def _shown(self, live: LiveWorld) -> dict[str, object]:
        """What the panels show, whatever is asked for."""
        names = [account.operator.operator for account in live.operators()]
        return {
            "operators": [operator_out(self._sandbox, live, name) for name in names],
            "next_operator": next_operator(live),
            "next_order": next_order(live),
            "next_world": next_world(self._sandbox),
            "worlds_counted": [
                (name, f"{_base(name)}/", len(other.orders())) for name, other in self._sandbox.worlds.items()
            ],
            "grids": view.grids(live),
        }


def spoken(request: Request) -> str:
    """The language of a page: the one that was asked for, now or before, else the browser's."""
    asked = request.query_params.get("lang") or request.cookies.get(LANGUAGE_COOKIE)
    return language_of(asked, request.headers.get("accept-language", ""))


def _asked(request: Request, live: LiveWorld) -> dict[str, object]:
    """What the address chooses: which orders, in every panel, which part of a list, and whose phone."""
    query, language = request.query_params, spoken(request)
    search = view.search_for(live, query.get("find", ""), language)
    orders = [order for order in reversed(live.orders()) if search.names(order.key.operator, order.code)]
    cards = view.paged(orders, query.get("page"), CARDS_SHOWN)
    postings = view.postings_of(live, search)
    failed = [posting for posting in postings if view.has_failed(posting)]
    only_failed = "failed" in query
    return {
        "looked_for": search.text,
        "found": len(orders),
        "cards": order_cards(live, cards.items, language),
        "cards_paged": cards,
        "phone": view.phone_of(live, query.get("phone"), search),
        "folders": view.folders(live, search),
        "only_failed": only_failed,
        "failed_count": len(failed),
        "postings": view.paged(failed if only_failed else postings, query.get("notes"), view.POSTINGS_SHOWN),
        "lines": view.log_lines(live, search, query.get("log"), language),
    }


def _linker(request: Request) -> Callable[..., str]:
    """Makes the address of the same page with other choices; None takes one away."""
    is_act = request.method != "GET"  # whose answer is the room, at the address of the act
    query = {} if is_act else dict(request.query_params)
    path = f"{_base(request.state.world)}/" if is_act else ""

    def link(**changes: object) -> str:
        kept = {name: value for name, value in {**query, **changes}.items() if value is not None}
        return f"{path}?{urlencode(kept)}"

    return link


def _words(language: str) -> dict[str, object]:
    rules = catalogue().rules
    return {
        "language": language,
        "t": words_in(language, ROOM_WORDS),
        "civil": civil_words,
        "view": view,
        "payload": view.payload,
        "posting_tones": view.POSTING_TONES,
        "signs": SIGNS,
        "verdict_words": lambda verdict: VERDICTS[verdict].in_language(language),
        "counted": lambda verdict, count: f"{count} {verdicts_counted(verdict, count).in_language(language)}",
        "title_of": lambda rule: rules[rule].title_it if language == "it" else rules[rule].title_en,
        "told": lambda finding, member: told(finding, member).in_language(language),
        "services": tuple(SERVICES),
        "steps": STEPS,
        "goals": tuple(GOALS),
        "paces": view.PACES,
    }


def _page_before(request: Request) -> str:
    """The page of this world that a form stood on, with what it showed; the room where no such page is said."""
    before, room = urlsplit(request.headers.get("referer", "")), f"{_base(request.state.world)}/"
    is_ours = before.netloc == request.headers.get("host") and (
        before.path == room or before.path.startswith(f"{room}orders/")
    )
    return urlunsplit(("", "", before.path, before.query, "")) if is_ours else room


def _base(world: str) -> str:
    """What stands before the paths of a world."""
    return "" if world == DEFAULT_WORLD else f"/worlds/{world}"
