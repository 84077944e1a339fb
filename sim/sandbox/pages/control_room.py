"""The control room: one page that shows a world and moves it, for people. Programs do the same under `/_sandbox`.

    GET  /                          the page; it follows the world by itself, and without a script by reloading
    GET  /orders/{operator}/{code}  all there is of one order; `?as=json` and `?as=trace` for programs
    GET  /rules/{rule}              what a rule says, and why its verdict is what it is
    GET  /control/clock             the clock's panel alone, for a page that follows a move
    POST /control/{act}             what its buttons and forms do, see `control_acts`; then 303 back to the page
    POST /control/enter             beyond loopback: the control token opens it, for some hours

Each page and act belongs to the world of the path, as everywhere: `/worlds/NAME/`. A language that was asked for once
stays until another is.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from reference_impl.errors import CallerError
from reports.judging.catalogue import catalogue
from sim.recorder import to_json_line
from sim.sandbox.http.dependencies import ENTERED, ROOM_COOKIE, ROOM_COOKIE_SECONDS, ROOM_PURPOSE, form_of
from sim.sandbox.http.problems import status_of
from sim.sandbox.http.views import operator_out
from sim.sandbox.live_verdicts import LiveVerdicts
from sim.sandbox.pages import control_view as view
from sim.sandbox.pages.control_acts import (
    ACTS,
    ConfirmationNeeded,
    FormContext,
    Question,
    next_operator,
    next_order,
    next_world,
)
from sim.sandbox.pages.control_order import order_members, order_page
from sim.sandbox.pages.control_orders import order_cards
from sim.sandbox.pages.page_languages import spoken
from sim.sandbox.pages.rendering import static_router
from sim.sandbox.pages.room_frame import answer, base_of, door, frame, page_before, requires_entry
from sim.sandbox.world.live import LiveWorld

if TYPE_CHECKING:
    from sim.sandbox.sandbox import Sandbox

CARDS_SHOWN = 6
NDJSON = "application/x-ndjson"


def router(sandbox: Sandbox) -> APIRouter:
    """The routes of the control room, and the static files of all pages."""
    room = ControlRoom(sandbox)
    routes = APIRouter(include_in_schema=False)
    routes.get("/")(room.show)
    routes.get("/orders/{operator}/{code}")(room.order)
    routes.get("/rules/{rule}")(room.rule)
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

    @requires_entry
    async def show(self, request: Request) -> Response:
        """The page."""
        return await self._page(request)

    @requires_entry
    async def order(self, request: Request, operator: str, code: str) -> Response:
        """All there is of one order."""
        live = self._sandbox.world(request.state.world)
        order = live.order(code, operator)
        verdicts, form = await self._verdicts.look(live), request.query_params.get("as")
        if form == "trace":
            events = order_members(live, order, verdicts)["events"]
            return Response("".join(to_json_line(event) + "\n" for event in events), media_type=NDJSON)
        if form == "json":
            return JSONResponse(order_members(live, order, verdicts))
        context = {**frame(self._sandbox, request, live), **order_page(live, order, verdicts, spoken(request))}
        return answer(request, "order", {**context, "verdicts": verdicts})

    @requires_entry
    async def rule(self, request: Request, rule: str) -> Response:
        """What a rule says, and what the judge says of it."""
        rules = catalogue().rules
        if rule not in rules:
            raise HTTPException(404, "no such rule")
        live = self._sandbox.world(request.state.world)
        verdicts = await self._verdicts.look(live)
        judged = verdicts.of_rule(rule) if verdicts else None
        return answer(request, "rule", {**frame(self._sandbox, request, live), "rule": rules[rule], "judged": judged})

    @requires_entry
    async def clock(self, request: Request) -> Response:
        """The clock's panel alone."""
        return answer(request, "clock", frame(self._sandbox, request, self._sandbox.world(request.state.world)))

    @requires_entry
    async def act(self, request: Request, act: str) -> Response:
        """Do what a button or form says, and lead back to the page; a mistake or a question is said on it."""
        if act not in ACTS:
            raise HTTPException(404, "no such act")
        name, form = request.state.world, await form_of(request)
        context = FormContext(self._sandbox, self._sandbox.world(name), self._sandbox.clock(name))
        try:
            address = await ACTS[act](context, form)
        except CallerError as error:
            return await self._page(request, wrong=str(error), status=status_of(error))
        except ConfirmationNeeded as needed:
            return await self._page(request, question=needed.question)
        return RedirectResponse(address or page_before(request), 303)

    async def enter(self, request: Request) -> Response:
        """Let in a browser that brings the control token."""
        token = (await form_of(request)).get("token", "")
        if not hmac.compare_digest(token.encode(), self._sandbox.vault.control_token().encode()):
            return door(request, "door", "wrong_token")
        response = RedirectResponse(f"{base_of(request.state.world)}/", 303)
        sealed = self._sandbox.vault.seal(ROOM_PURPOSE, ENTERED)
        response.set_cookie(ROOM_COOKIE, sealed, ROOM_COOKIE_SECONDS, httponly=True, samesite="strict")
        return response

    async def _page(
        self, request: Request, wrong: str = "", question: Question | None = None, status: int = 200
    ) -> Response:
        live = self._sandbox.world(request.state.world)
        failure = self._sandbox.clock(live.name).failure
        context = {
            **frame(self._sandbox, request, live),
            "wrong": wrong or failure,
            "question": question,
            "sftp": self._sandbox.addresses.get("sftp", ""),
            "verdicts": await self._verdicts.look(live),
            **_chosen_by_address(request, live),
            **self._panels(live),
        }
        return answer(request, "room", context, status)

    def _panels(self, live: LiveWorld) -> dict[str, object]:
        """What the panels show, whatever is asked for."""
        return {
            "operators": [operator_out(self._sandbox, live, name) for name in live.operators()],
            "next_operator": next_operator(live),
            "next_order": next_order(live),
            "next_world": next_world(self._sandbox),
            "worlds_counted": [
                (name, f"{base_of(name)}/", len(world.orders())) for name, world in self._sandbox.worlds.items()
            ],
            "grids": view.grids(live),
        }


def _chosen_by_address(request: Request, live: LiveWorld) -> dict[str, object]:
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
