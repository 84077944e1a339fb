"""The way in of an operator's call centre, and its work list. Programs do the same under `/v1`.

    GET  /operator/work     the rows of the operator's files
    POST /operator/find     look among them; then 303 to the list, with an address that holds no telephone number
    POST /operator/enter    the operator's API key opens it, for a working day
    POST /operator/leave    close it again

The key is the operator's own, so a browser that entered with it sees the rows of that operator and nothing else: its
cookie opens neither the control room nor the test controls. The cookie is sealed, holds world and operator, and is sent
by our own pages only. A browser that may use the control room sees the list of every operator.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from reference_impl.errors import CallerError
from sim.sandbox.http.dependencies import form_of, has_entered, operator_with
from sim.sandbox.http.problems import status_of
from sim.sandbox.pages.control_view import paged, without_numbers
from sim.sandbox.pages.control_words import ROOM_WORDS
from sim.sandbox.pages.page_languages import spoken, words_in
from sim.sandbox.pages.room_frame import answer, base_of, door, frame
from sim.sandbox.pages.work_list import matching, work_of
from sim.sandbox.world.live import LiveWorld

if TYPE_CHECKING:
    from sim.sandbox.sandbox import Sandbox

DESK_COOKIE, DESK_PURPOSE = "desk", "call centre"
DESK_COOKIE_SECONDS = 10 * 3600
ROWS_SHOWN = 50
DOOR, HOME = "desk_door", "operator/work"


def router(sandbox: Sandbox) -> APIRouter:
    """The routes of the call centre."""
    centre = CallCentre(sandbox)
    routes = APIRouter(prefix="/operator", include_in_schema=False)
    routes.get("/work")(centre.work)
    routes.post("/find")(centre.find)
    routes.post("/enter")(centre.enter)
    routes.post("/leave")(centre.leave)
    return routes


def desk_operator(sandbox: Sandbox, request: Request, live: LiveWorld) -> str | None:
    """The operator with whose API key a browser has entered; None if it has not."""
    cookie = request.cookies.get(DESK_COOKIE, "")
    members = sandbox.vault.unseal(DESK_PURPOSE, cookie, DESK_COOKIE_SECONDS)
    if members is None or members["world"] != live.name:
        return None
    return str(members["operator"]) if members["operator"] in live.operators() else None


def list_address(sandbox: Sandbox, request: Request, live: LiveWorld, operator: str) -> str:
    """The address of an operator's work list; empty for a browser that may not see it."""
    if has_entered(sandbox, request) or desk_operator(sandbox, request, live) == operator:
        return f"{base_of(live.name)}/operator/work?{urlencode({'operator': operator, 'open': 1})}"
    return ""


class CallCentre:
    """Answers the requests of the page."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    async def work(self, request: Request) -> Response:
        """The work of one operator."""
        live = self._sandbox.world(request.state.world)
        names = self._visible_operators(request, live)
        if names is None:
            return door(request, DOOR, home=HOME)
        return self._list(request, live, names)

    async def find(self, request: Request) -> Response:
        """Lead to the rows that are looked for."""
        live = self._sandbox.world(request.state.world)
        names, form = self._visible_operators(request, live), await form_of(request)
        if names is None:
            return door(request, DOOR, home=HOME)
        operator = _chosen(names, form.get("operator"))
        try:
            query = {"operator": operator or "", "find": without_numbers(live, form.get("find", ""), operator)}
        except CallerError as error:
            return self._list(request, live, names, operator, str(error), status_of(error))
        return RedirectResponse(f"work?{urlencode({**query, **({'open': 1} if form.get('open') else {})})}", 303)

    async def enter(self, request: Request) -> Response:
        """Let in a browser that brings an operator's API key, to the work of that operator."""
        live = self._sandbox.world(request.state.world)
        operator = operator_with(live, (await form_of(request)).get("key", "").strip())
        if operator is None:
            return door(request, DOOR, "wrong_key", HOME)
        response = RedirectResponse("work?open=1", 303)
        sealed = self._sandbox.vault.seal(DESK_PURPOSE, {"world": live.name, "operator": operator})
        response.set_cookie(DESK_COOKIE, sealed, DESK_COOKIE_SECONDS, httponly=True, samesite="strict")
        return response

    async def leave(self, request: Request) -> Response:
        """Delete the cookie."""
        response = RedirectResponse("work", 303)
        response.delete_cookie(DESK_COOKIE, httponly=True, samesite="strict")
        return response

    def _visible_operators(self, request: Request, live: LiveWorld) -> list[str] | None:
        """The operators whose work a browser may see: all in the control room, one at a call centre, else None."""
        if has_entered(self._sandbox, request):
            return live.operators()
        own = desk_operator(self._sandbox, request, live)
        return None if own is None else [own]

    def _list(
        self,
        request: Request,
        live: LiveWorld,
        names: Sequence[str],
        operator_name: str | None = None,
        wrong: str = "",
        status: int = 200,
    ) -> Response:
        query = request.query_params
        operator = _chosen(names, operator_name or query.get("operator"))
        rows = work_of(live, operator, words_in(spoken(request), ROOM_WORDS)) if operator else []
        matching_rows = matching(rows, query.get("find", ""), "open" in query)
        context = {
            "names": names,
            "operator": operator,
            "at_desk": not has_entered(self._sandbox, request),
            "wrong": wrong,
            "looked_for": query.get("find", ""),
            "only_to_do": "open" in query,
            "rows": paged(matching_rows, query.get("page"), ROWS_SHOWN),
            "to_do": sum(row.is_to_do for row in rows),
            "all": len(rows),
        }
        return answer(request, "work", {**frame(self._sandbox, request, live, HOME), **context}, status)


def _chosen(names: Sequence[str], operator: str | None) -> str | None:
    """The operator that is asked for, where it may be seen, else the first that may."""
    return operator if operator in names else next(iter(names), None)
