"""The pages of guided runs in a sandbox: one for each world, where a run begins or takes place.

GET  /guided                the run of this world; where it has none, the form that begins one, and the runs there are
GET  /guided/report         its sealed report, as one ZIP file
GET  /guided/picture/{…}    a picture of a note
POST /control/guided_{…}    what its buttons and forms do, see `forms`; then 303 back to the page
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from weakref import WeakKeyDictionary

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from reference_impl.errors import CallerError
from reports.judging.catalogue import catalogue
from sim.sandbox.http.problems import status_of
from sim.sandbox.pages.control_acts import ConfirmationNeeded, FormContext, Question
from sim.sandbox.pages.control_words import ROOM_WORDS
from sim.sandbox.pages.more_rooms import MoreRoom
from sim.sandbox.pages.page_languages import spoken, words_in
from sim.sandbox.pages.room_frame import answer, base_of, frame, requires_entry
from sim.sandbox.sandbox import Sandbox
from sim.sandbox.world.guided_record import GuidedRecord
from sim.sandbox.world.live import LiveWorld
from sim.validation.guided import controls
from sim.validation.guided.forms import GUIDED_ACTS, sent_by
from sim.validation.guided.page_view import next_act, plans, shown_rules, shown_stories
from sim.validation.guided.page_words import GUIDED_WORDS
from sim.validation.guided.recognition import standing_of
from sim.validation.guided.sealed import matter_of
from sim.validation.runner import Run

PATH, FORMS = "/guided", "guided_"


class GuidedRoom:
    """Answers the requests of the pages."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._judged: WeakKeyDictionary[LiveWorld, Run] = WeakKeyDictionary()  # runs that have ended

    @requires_entry
    async def show(self, request: Request) -> Response:
        """The page."""
        return await self._page(request)

    @requires_entry
    async def report(self, request: Request) -> Response:
        """The sealed report."""
        live = self._sandbox.world(request.state.world)
        return await controls.get_report(live, spoken(request))

    @requires_entry
    async def picture(self, request: Request, digest: str) -> Response:
        """A picture of a note."""
        return await controls.get_picture(self._sandbox.world(request.state.world), digest)

    @requires_entry
    async def act(self, request: Request, act: str) -> Response:
        """Do what a form says, and lead back to the page; a mistake or a question is said on it."""
        if FORMS + act not in GUIDED_ACTS:
            raise HTTPException(404, "no such act")
        name = request.state.world
        context = FormContext(self._sandbox, self._sandbox.world(name), self._sandbox.clock(name))
        try:
            address = await GUIDED_ACTS[FORMS + act](context, await sent_by(request, spoken(request)))
        except CallerError as error:
            return await self._page(request, problem=str(error), status=status_of(error))
        except ConfirmationNeeded as unconfirmed:
            return await self._page(request, question=unconfirmed.question)
        return RedirectResponse(address or f"{base_of(name)}{PATH}", 303)

    async def _page(
        self, request: Request, problem: str = "", question: Question | None = None, status: int = 200
    ) -> Response:
        live, language = self._sandbox.world(request.state.world), spoken(request)
        context = {
            **frame(self._sandbox, request, live, PATH.removeprefix("/")),
            "t": words_in(language, GUIDED_WORDS, ROOM_WORDS),
            "wrong": problem or self._sandbox.clock(live.name).failure,
            "question": question,
            "record": live.guided,
        }
        if live.guided is None:
            return answer(request, "guided_start", {**context, **self._beginning()}, status)
        return answer(request, "guided", {**context, **await self._run(live, live.guided, language)}, status)

    def _beginning(self) -> Mapping[str, object]:
        runs = [
            (name, f"{base_of(name)}{PATH}", record, len(standing.passed), len(standing.acts))
            for name, live in self._sandbox.worlds.items()
            for record in [live.guided]
            if record is not None
            for standing in [standing_of(live, record)]
        ]
        return {"plans": plans(), "runs": runs}

    async def _run(self, live: LiveWorld, record: GuidedRecord, language: str) -> Mapping[str, object]:
        standing, base = standing_of(live, record), base_of(live.name)
        rules = catalogue().rules
        run = await self._judgement(live, record)
        return {
            "plan_name": standing.plan.name,
            "act": next_act(self._sandbox, live, record, language, base),
            "passed_count": len(standing.passed),
            "acts_count": len(standing.acts),
            "stories": list(shown_stories(standing, language)),
            "in_scope": standing.plan.rules,
            "other_rules": [rule for rule in rules if rule not in standing.plan.rules],
            "judged": None if run is None else shown_rules(run, language),
            "harness_good": 0 if run is None else run.outcome.harness_good,
            "harness_all": 0 if run is None else len(run.outcome.harness),
        }

    async def _judgement(self, live: LiveWorld, record: GuidedRecord) -> Run | None:
        """The judgement on a run that has ended, made once."""
        if record.ending is not None and live not in self._judged:
            self._judged[live] = await asyncio.to_thread(matter_of(live, record).judged)
        return self._judged.get(live)


def pages(sandbox: Sandbox) -> APIRouter:
    """The routes of the pages."""
    room = GuidedRoom(sandbox)
    routes = APIRouter(include_in_schema=False)
    routes.get(PATH)(room.show)
    routes.get(f"{PATH}/report")(room.report)
    routes.get(f"{PATH}/picture/{{digest}}")(room.picture)
    routes.post(f"/control/{FORMS}{{act}}")(room.act)
    return routes


GUIDED_ROOM = MoreRoom(PATH, GUIDED_WORDS["guided"], pages, controls.router)
