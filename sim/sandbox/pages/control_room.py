"""The control room: one page that shows a world and moves it, for people. Programs do the same under `/_sandbox`.

    GET  /                  the page; it follows the world by itself, and without a script by reloading
    POST /control/{act}     what its buttons and forms do, see `control_acts`; then 303 back to the page
    POST /control/enter     beyond loopback: the control token opens it, for some hours

The page and each of its acts belong to the world of the path, as everywhere: `/worlds/NAME/`.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup
from starlette.exceptions import HTTPException

from reference_impl.errors import CallerError
from reference_impl.services import SERVICES
from reports.judging.catalogue import catalogue
from reports.timeline.drawing import symbols
from reports.words.labels import SIGNS
from sim.sandbox.http.dependencies import (
    ENTERED,
    ROOM_COOKIE,
    ROOM_COOKIE_SECONDS,
    ROOM_PURPOSE,
    form_of,
    has_entered,
)
from sim.sandbox.http.views import operator_out
from sim.sandbox.live_verdicts import LiveVerdicts
from sim.sandbox.pages import civil_words
from sim.sandbox.pages import control_view as view
from sim.sandbox.pages.control_acts import ACTS, FormContext, next_operator, next_order
from sim.sandbox.pages.control_orders import facts, order_cards
from sim.sandbox.pages.rendering import page, static_router
from sim.sandbox.world.live import LiveWorld
from sim.sandbox.world.spec import DEFAULT_WORLD
from sim.sandbox.world.world_clock import GOALS

if TYPE_CHECKING:
    from sim.sandbox.sandbox import Sandbox

CARDS_SHOWN, MOST_CARDS = 6, 100
STEPS = ("15 min", "1 h", "5 h", "1 d")


def router(sandbox: Sandbox) -> APIRouter:
    """The routes of the control room, and the static files of all pages."""
    room = ControlRoom(sandbox)
    routes = APIRouter()
    routes.get("/")(room.show)
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
        return await self._page(request) if has_entered(self._sandbox, request) else self._door(request, "")

    async def act(self, request: Request, act: str) -> Response:
        """Do what a button or form says, and lead back to the page; a mistake is said on it."""
        if not has_entered(self._sandbox, request):
            return self._door(request, "")
        if act not in ACTS:
            raise HTTPException(404, "no such act")
        name = request.state.world
        context = FormContext(self._sandbox, self._sandbox.world(name), self._sandbox.clock(name))
        try:
            await ACTS[act](context, await form_of(request))
        except CallerError as error:
            return await self._page(request, wrong=str(error), status=422)
        return RedirectResponse(f"{_base(name)}/", 303)

    async def enter(self, request: Request) -> Response:
        """Let in whoever knows the control token."""
        given = (await form_of(request)).get("token", "")
        if not hmac.compare_digest(given.encode(), self._sandbox.vault.control_token().encode()):
            return self._door(request, "That is not the control token. It was printed when the sandbox started.")
        answer = RedirectResponse(f"{_base(request.state.world)}/", 303)
        sealed = self._sandbox.vault.seal(ROOM_PURPOSE, ENTERED)
        answer.set_cookie(ROOM_COOKIE, sealed, ROOM_COOKIE_SECONDS, httponly=True, samesite="strict")
        return answer

    def _door(self, request: Request, wrong: str) -> Response:
        return page("control/door.html.j2", {"base": _base(request.state.world), "wrong": wrong}, 401)

    async def _page(self, request: Request, wrong: str = "", status: int = 200) -> Response:
        live = self._sandbox.world(request.state.world)
        context = {
            "base": _base(live.name),
            "grounds": Markup(symbols()),  # of the days in the drawings
            "wrong": wrong,
            "position": len(live.trace),
            "sftp": self._sandbox.addresses.get("sftp", ""),
            "worlds": [(name, f"{_base(name)}/") for name in self._sandbox.worlds],
            "verdicts": await self._verdicts.look(live),
            "rules": catalogue().rules,
            **_asked(request, live),
            **self._shown(live),
        }
        return page("control/room.html.j2", {**WORDS, **context}, status)

    def _shown(self, live: LiveWorld) -> dict[str, object]:
        """What the panels show, whatever is asked for."""
        return {
            "world": live.name,
            "live": live,
            "clock": self._sandbox.clock(live.name).status(),
            "operators": [operator_out(self._sandbox, live, account.operator.operator) for account in live.operators()],
            "next_operator": next_operator(live),
            "next_order": next_order(live),
            "folders": view.folders(live),
            "postings": view.last_postings(live),
            "grids": view.grids(live),
            "lines": view.log_lines(live),
        }


def _asked(request: Request, live: LiveWorld) -> dict[str, object]:
    """What the address chooses: which orders, and whose phone."""
    query = request.query_params
    looked_for, orders = query.get("order", "").strip().upper(), live.orders()[::-1]
    matching = [order for order in orders if looked_for in order.code]
    count = MOST_CARDS if "all" in query else CARDS_SHOWN
    return {
        "looked_for": looked_for,
        "found": len(matching),
        "cards": order_cards(live, matching[:count]),
        "phone": view.phone_of(live, query.get("phone")),
        "with_phone": lambda message: "?" + urlencode({**query, "phone": message}),
    }


WORDS: dict[str, object] = {
    "civil": civil_words,
    "view": view,
    "facts": facts,
    "signs": SIGNS,
    "services": tuple(SERVICES),
    "steps": STEPS,
    "goals": tuple(GOALS),
    "paces": view.PACES,
}


def _base(world: str) -> str:
    """What stands before the paths of a world."""
    return "" if world == DEFAULT_WORLD else f"/worlds/{world}"
