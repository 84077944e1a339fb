"""The Virtual Agent's page for people: server-rendered, without a script, usable by keyboard alone.

    GET  /va/{token}                        the link as it was given out: a short cookie takes its place, then the order
    GET  /va/order/{handle}                 the order: dates to choose from, or the appointment
    GET  /va/order/{handle}/move|decline    ask before it is done
    GET  /va/order/{handle}/appointment.ics the appointment for a calendar
    POST /va/order/{handle}/confirm|reschedule|decline    do it, then 303 back to the order; GET leads there too

The handle names the order's page and opens nothing; the cookie does, so two orders can be open side by side. A GET
changes nothing (opening a link is seen by the trace, as every look through it is). Links that were never given out and
links that have expired get one and the same page; so do all pages whose cookie is missing or over, and what was chosen
there is kept for when the link is opened again. Whether an act is allowed the service decides.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from reference_impl.errors import AgentRejected
from reference_impl.links import CHANNELS, OPERATOR
from reference_impl.ports import Slot
from sim.sandbox.http.dependencies import form_of
from sim.sandbox.pages.agent_frame import (
    BY,
    CHOICE_COOKIE,
    address_of,
    calendar_entry,
    field_of,
    frame,
    order_frame,
    slot_in,
    words_for,
)
from sim.sandbox.pages.appointment_file import MEDIA_TYPE, calendar_file
from sim.sandbox.pages.call_centre import list_address
from sim.sandbox.pages.rendering import page
from sim.sandbox.world.agent_view import TO_BOOK, AgentPage, look, opens_nothing, was_done, weeks_of
from sim.sandbox.world.link_session import LinkSession

if TYPE_CHECKING:
    from sim.sandbox.sandbox import Sandbox

COOKIE, PURPOSE = "va", "agent page"
COOKIE_SECONDS = 30 * 60
HANDLE_LENGTH = 16
HANDLE = re.compile(r"[0-9a-f]{16}")
OUTCOME_OF_ACT = {"confirm": "confirmed", "reschedule": "moved", "decline": ""}
FROM_ELSEWHERE = "cross-site"
Visit = tuple[LinkSession, AgentPage]


def router(sandbox: Sandbox) -> APIRouter:
    """The routes of the page."""
    pages = AgentPages(sandbox)
    routes = APIRouter(include_in_schema=False)
    routes.get("/va/{token}")(pages.enter)
    routes.get("/va/order/{handle}")(pages.show)
    routes.get("/va/order/{handle}/move")(pages.ask_to_move)
    routes.get("/va/order/{handle}/decline")(pages.ask_to_decline)
    routes.get("/va/order/{handle}/appointment.ics")(pages.appointment)
    routes.get("/va/order/{handle}/{act}")(pages.lead_back)
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
        channel = request.query_params.get("channel")
        session = LinkSession(live, digest, channel if channel in CHANNELS else None)
        live.open_link(digest, session.channel)
        if opens_nothing(session):
            return _gone(request)
        address = address_of(request, digest[:HANDLE_LENGTH])
        if _may_come_from_elsewhere(request):  # a strict cookie does not follow a redirect
            answer: Response = page("agent/go_on.html.j2", {"target": address, **frame(request)})
        else:
            answer = RedirectResponse(address, 303)
        return self._with_cookie(answer, session)

    async def show(self, request: Request, handle: str) -> Response:
        """The order: dates to choose from, the appointment, or how it ended."""
        visit = self._visit(request, handle)
        if visit is None:
            return self._closed_page(request, handle)
        session, agent_page = visit
        return self._page(
            "order", request, visit, session.live.offered_slots(session.digest) if agent_page.stage == TO_BOOK else []
        )

    async def ask_to_move(self, request: Request, handle: str) -> Response:
        """The dates to which the appointment can be moved."""
        visit = self._visit(request, handle)
        if visit is None:
            return self._closed_page(request, handle)
        session, agent_page = visit
        if not agent_page.can_move:
            return RedirectResponse(address_of(request, handle), 303)
        return self._page("move", request, visit, session.live.offered_slots(session.digest))

    async def ask_to_decline(self, request: Request, handle: str) -> Response:
        """The question before a refusal."""
        visit = self._visit(request, handle)
        if visit is None:
            return self._closed_page(request, handle)
        if visit[1].stage != TO_BOOK:
            return RedirectResponse(address_of(request, handle), 303)
        return self._page("decline", request, visit, [])

    async def appointment(self, request: Request, handle: str) -> Response:
        """The appointment as a calendar file: made, moved or cancelled."""
        visit = self._visit(request, handle)
        if visit is None:
            return self._closed_page(request, handle)
        entry = calendar_entry(*visit, words_for(request, visit[1]), self._sandbox.vault.mark)
        if entry is None:
            return RedirectResponse(address_of(request, handle), 303)
        return Response(calendar_file(entry), media_type=MEDIA_TYPE)

    async def lead_back(self, request: Request, handle: str, act: str) -> Response:
        """A GET of an act's address: lead to the order."""
        return RedirectResponse(address_of(request, handle), 303)

    async def do(self, request: Request, handle: str, act: str) -> Response:
        """Do an act, and lead back to the order, where its outcome is said."""
        slot = slot_in((await form_of(request)).get("slot", ""))
        visit = self._visit(request, handle)
        if visit is None or act not in OUTCOME_OF_ACT:
            return self._closed_page(request, handle, slot)
        outcome = _perform(visit, act, slot)
        answer = RedirectResponse(address_of(request, handle, "", **outcome), 303)
        answer.delete_cookie(CHOICE_COOKIE, path=_path(handle))
        return answer

    def _closed_page(self, request: Request, handle: str, chosen: Slot | None = None) -> Response:
        """The page where the session or the link is over. The slot that was chosen is kept for a while."""
        if self._members(request) is not None:
            return _gone(request)
        answer = page("agent/expired.html.j2", {"kept": chosen, **frame(request)}, 403)
        if chosen is not None and HANDLE.fullmatch(handle):
            text = field_of(chosen)
            answer.set_cookie(CHOICE_COOKIE, text, COOKIE_SECONDS, path=_path(handle), httponly=True, samesite="strict")
        return answer

    def _members(self, request: Request) -> dict[str, str] | None:
        """The members of the cookie; None if there is none, or it is too old."""
        members: dict[str, str] | None = self._sandbox.vault.unseal(
            PURPOSE, request.cookies.get(COOKIE, ""), COOKIE_SECONDS
        )
        return members

    def _visit(self, request: Request, handle: str) -> Visit | None:
        """The session of the request's cookie, and the page that it sees; None if it does not open this order."""
        members = self._members(request)
        if members is None:
            return None
        live = self._sandbox.worlds.get(members["world"])
        if live is None or members["digest"][:HANDLE_LENGTH] != handle:
            return None
        if not live.opens_under(request.state.link_domain, members["digest"]):  # LINK-1
            return None
        session = LinkSession(live, members["digest"], members["channel"])
        agent_page = look(session)
        return (session, agent_page) if agent_page else None

    def _page(self, name: str, request: Request, visit: Visit, offered: list[Slot]) -> Response:
        session, agent_page = visit
        handle = session.digest[:HANDLE_LENGTH]
        actor = {BY: OPERATOR} if agent_page.party == OPERATOR else {}
        context = {
            **frame(request),
            **order_frame(request, agent_page, offered),
            "weeks": weeks_of(offered),
            "work": self._work_list(request, session),
            "address": lambda rest="": address_of(request, handle, rest, **actor),
        }
        return self._with_cookie(page(f"agent/{name}.html.j2", context), session)

    def _work_list(self, request: Request, session: LinkSession) -> str:
        """The address of the operator's work list; empty for a browser that may not see it."""
        owner = session.live.order_behind(session.digest)
        if request.state.link_domain is not None or owner is None:
            return ""
        return list_address(self._sandbox, request, session.live, owner.key.operator)

    def _with_cookie(self, answer: Response, session: LinkSession) -> Response:
        members = {"world": session.live.name, "digest": session.digest, "channel": session.channel}
        sealed = self._sandbox.vault.seal(PURPOSE, members)
        path = _path(session.digest[:HANDLE_LENGTH])
        answer.set_cookie(COOKIE, sealed, COOKIE_SECONDS, path=path, httponly=True, samesite="strict")
        return answer


def _perform(visit: Visit, act: str, slot: Slot | None) -> dict[str, str]:
    """Do an act; return its outcome as members of the address's query."""
    session, _ = visit
    if slot is None and act != "decline":
        return {"refused": "no_slot"}
    try:
        session.live.act(act, session.digest, None if act == "decline" else slot, session.channel)
    except AgentRejected as refusal:
        agent_page = look(session)
        if agent_page is None or not was_done(agent_page, act, slot):
            return {"refused": refusal.reason}
    return {"done": OUTCOME_OF_ACT[act]} if OUTCOME_OF_ACT[act] else {}


def _may_come_from_elsewhere(request: Request) -> bool:
    """Whether a link was followed from another site; over plain HTTP beyond loopback a browser does not say."""
    site = request.headers.get("sec-fetch-site")
    return site == FROM_ELSEWHERE or (site is None and "text/html" in request.headers.get("accept", ""))


def _gone(request: Request) -> Response:
    """One answer for links that never were and links that have expired."""
    return page("agent/gone.html.j2", frame(request), 404)


def _path(handle: str) -> str:
    """Where the cookies of an order's page are sent, and nowhere else."""
    return f"/va/order/{handle}"
