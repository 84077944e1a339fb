"""The Virtual Agent's page for people: server-rendered, without a script, usable by keyboard alone.

    GET  /va/{token}                        the link as it was given out: a short cookie takes its place, then the order
    GET  /va/order/{handle}                 the order: dates to choose from, or the appointment
    GET  /va/order/{handle}/move|decline    ask before it is done
    POST /va/order/{handle}/confirm|reschedule|decline    do it, then 303 back to the order

The handle names the order's page and opens nothing; the cookie does, so two orders can be open side by side. A GET
changes nothing (opening a link is seen by the trace, as every look through it is). Links that were never given out,
that have expired, and cookies that have, all get one and the same page. Whether an act is allowed the service decides.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from reference_impl.civil_time import END_OF_TIME, FIRST_INSTANT
from reference_impl.errors import AgentRejected
from reference_impl.links import CHANNELS
from reference_impl.ports import Slot
from sim.sandbox.http.dependencies import form_of
from sim.sandbox.pages import civil_words
from sim.sandbox.pages.agent_words import DONE, REFUSED, SERVICES, WORDS, language_of, words_in
from sim.sandbox.pages.civil_words import LANGUAGES
from sim.sandbox.pages.rendering import page
from sim.sandbox.world.agent_view import BOOKED, TO_BOOK, AgentPage, look, opens_nothing, was_done, weeks_of
from sim.sandbox.world.link_session import LinkSession

if TYPE_CHECKING:
    from sim.sandbox.sandbox import Sandbox

COOKIE, PURPOSE = "va", "agent page"
COOKIE_SECONDS = 30 * 60
HANDLE_LENGTH = 16
SLOT = re.compile(r"([0-9]{12,14})-([0-9]{12,14})", re.ASCII)
OUTCOME_OF_ACT = {"confirm": "confirmed", "reschedule": "moved", "decline": ""}
FROM_ELSEWHERE = "cross-site"
Visit = tuple[LinkSession, AgentPage]


def router(sandbox: Sandbox) -> APIRouter:
    """The routes of the page."""
    pages = AgentPages(sandbox)
    routes = APIRouter()
    routes.get("/va/{token}")(pages.enter)
    routes.get("/va/order/{handle}")(pages.show)
    routes.get("/va/order/{handle}/move")(pages.ask_to_move)
    routes.get("/va/order/{handle}/decline")(pages.ask_to_decline)
    routes.post("/va/order/{handle}/{act}")(pages.do)
    return routes


class AgentPages:
    """Answers the requests of the page."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    async def enter(self, request: Request, token: str) -> Response:
        """Swap the token of a link for a cookie, and lead to the order without it."""
        known_link = self._sandbox.link(token, request.state.link_domain)
        if known_link is None:
            return _gone(request)
        live, digest = known_link
        asked = request.query_params.get("channel")
        session = LinkSession(live, digest, asked if asked in CHANNELS else None)
        live.open_link(digest, session.channel)
        if opens_nothing(session):
            return _gone(request)
        address = _address(request, digest[:HANDLE_LENGTH])
        if _may_come_from_elsewhere(request):  # a strict cookie does not follow a redirect
            answer: Response = page("agent/go_on.html.j2", {"target": address, **_frame(request)})
        else:
            answer = RedirectResponse(address, 303)
        return self._with_cookie(answer, session)

    async def show(self, request: Request, handle: str) -> Response:
        """The order: dates to choose from, the appointment, or how it ended."""
        visit = self._visit(request, handle)
        if visit is None:
            return _gone(request)
        session, seen = visit
        offered = session.live.offered_slots(session.digest) if seen.stage == TO_BOOK else []
        return self._page("order", request, visit, weeks=weeks_of(offered))

    async def ask_to_move(self, request: Request, handle: str) -> Response:
        """The dates to which the appointment can be moved."""
        visit = self._visit(request, handle)
        if visit is None:
            return _gone(request)
        session, seen = visit
        if not seen.can_move:
            return RedirectResponse(_address(request, handle), 303)
        return self._page("move", request, visit, weeks=weeks_of(session.live.offered_slots(session.digest)))

    async def ask_to_decline(self, request: Request, handle: str) -> Response:
        """The question before a refusal."""
        visit = self._visit(request, handle)
        if visit is None:
            return _gone(request)
        if visit[1].stage != TO_BOOK:
            return RedirectResponse(_address(request, handle), 303)
        return self._page("decline", request, visit)

    async def do(self, request: Request, handle: str, act: str) -> Response:
        """Do an act, and lead back to the order, where its outcome is said."""
        visit = self._visit(request, handle)
        if visit is None or act not in OUTCOME_OF_ACT:
            return _gone(request)
        slot = _slot((await form_of(request)).get("slot", ""))
        outcome = _perform(visit, act, slot)
        return RedirectResponse(_address(request, handle, "", **outcome), 303)

    def _visit(self, request: Request, handle: str) -> Visit | None:
        """Whose cookie this is, in which world, and what he sees."""
        members = self._sandbox.vault.unseal(PURPOSE, request.cookies.get(COOKIE, ""), COOKIE_SECONDS)
        if members is None:
            return None
        live = self._sandbox.worlds.get(members["world"])
        if live is None or members["digest"][:HANDLE_LENGTH] != handle:
            return None
        if not live.opens_under(request.state.link_domain, members["digest"]):  # LINK-1
            return None
        session = LinkSession(live, members["digest"], members["channel"])
        seen = look(session)
        return (session, seen) if seen else None

    def _page(self, name: str, request: Request, visit: Visit, **more: object) -> Response:
        session, seen = visit
        handle = session.digest[:HANDLE_LENGTH]
        context = {
            "seen": seen,
            "address": lambda rest="": _address(request, handle, rest),
            "service": SERVICES.get(seen.order.work.service, seen.order.work.service),
            "notice": _notice(request, seen),
        }
        answer = page(f"agent/{name}.html.j2", {**context, **_frame(request), **more})
        return self._with_cookie(answer, session)

    def _with_cookie(self, answer: Response, session: LinkSession) -> Response:
        members = {"world": session.live.name, "digest": session.digest, "channel": session.channel}
        sealed = self._sandbox.vault.seal(PURPOSE, members)
        path = f"/va/order/{session.digest[:HANDLE_LENGTH]}"
        answer.set_cookie(COOKIE, sealed, COOKIE_SECONDS, path=path, httponly=True, samesite="strict")
        return answer


def _perform(visit: Visit, act: str, slot: Slot | None) -> dict[str, str]:
    """Do an act; the outcome as the address says it."""
    session, _ = visit
    if slot is None and act != "decline":
        return {"refused": "no_slot"}
    try:
        session.live.act(act, session.digest, None if act == "decline" else slot, session.channel)
    except AgentRejected as refusal:
        seen = look(session)
        if seen is None or not was_done(seen, act, slot):
            return {"refused": refusal.reason}
    return {"done": OUTCOME_OF_ACT[act]} if OUTCOME_OF_ACT[act] else {}


def _notice(request: Request, seen: AgentPage) -> tuple[str, str] | None:
    """What the page says of the act before it: `done` or `refused`, and the key of the words."""
    done, refused = request.query_params.get("done", ""), request.query_params.get("refused", "")
    if refused and REFUSED + refused in WORDS:
        return "refused", REFUSED + refused
    if done and DONE + done in WORDS and seen.stage == BOOKED:
        return "done", DONE + done
    return None


def _may_come_from_elsewhere(request: Request) -> bool:
    """Whether a link was followed from another site; over plain HTTP beyond loopback a browser does not say."""
    site = request.headers.get("sec-fetch-site")
    return site == FROM_ELSEWHERE or (site is None and "text/html" in request.headers.get("accept", ""))


def _gone(request: Request) -> Response:
    """One answer for links that never were, links that have expired, and cookies that have."""
    return page("agent/gone.html.j2", _frame(request), 404)


def _frame(request: Request) -> dict[str, object]:
    """What every page needs: the language, its words, and how to get the same page in the others."""
    language = language_of(request.query_params.get("lang"), request.headers.get("accept-language", ""))
    return {"language": language, "languages": LANGUAGES, "t": words_in(language), "civil": civil_words}


def _address(request: Request, handle: str, rest: str = "", **outcome: str) -> str:
    """The address of an order's page; the language that was asked for stays."""
    asked = request.query_params.get("lang")
    query = {**outcome, **({"lang": asked} if asked in LANGUAGES else {})}
    path = f"/va/order/{handle}" + (f"/{rest}" if rest else "")
    return f"{path}?{urlencode(query)}" if query else path


def _slot(text: str) -> Slot | None:
    """The slot of a form's field; None if it is not one."""
    match = SLOT.fullmatch(text)
    bounds = [int(bound) for bound in match.groups()] if match else []
    return Slot(*bounds) if bounds and all(FIRST_INSTANT <= bound < END_OF_TIME for bound in bounds) else None
