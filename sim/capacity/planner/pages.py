"""The planner's pages over HTTP: choose a scenario, move sliders, follow a run, see before and after.

    GET  /                       the scenarios on offer, and what was run before
    GET  /scenarios/{name}       its sliders
    POST /scenarios/{name}       run before and after; then 303 to the run
    GET  /runs/{number}          how far it is, or both sides beside each other
    GET  /runs/{number}/events   the same as events, for a page with a script
    POST /runs/{number}/end      end it
    GET  /runs/{number}/{side}   the full page of a side

Around it stand the limits of the sandbox's pages: Host, Origin, bodies, rate, headers.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from functools import cache
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse
from jinja2 import Environment
from starlette.exceptions import HTTPException

from reference_impl.errors import CallerError
from reports.page_templates import environment_of
from reports.words.labels import Term
from sim.capacity.judged import readings_of
from sim.capacity.planner import views
from sim.capacity.planner.desk import LEAST_REPLICATIONS, MOST_REPLICATIONS, SIDES, Comparison, Desk
from sim.capacity.planner.side import DONE, RUNNING
from sim.capacity.planner.words import PLANNER_WORDS
from sim.sandbox.http.dependencies import form_of
from sim.sandbox.http.limits import App, Limits
from sim.sandbox.http.watch import EVENT_STREAM, KEEP_ALIVE_SECONDS, MOST_STREAMS
from sim.sandbox.pages.page_languages import remembering_language, spoken, words_in
from sim.sandbox.pages.rendering import static_router

FOLDER = Path(__file__).parent
REQUESTS_PER_SECOND = 200
STATIC_TYPES = {"planner.css": "text/css", "planner.js": "text/javascript"}
REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; frame-ancestors 'none'"


def create_app(desk: Desk) -> App:
    """The pages with their limits around them."""
    api = FastAPI(title="Appuntamento planner", docs_url=None, redoc_url=None, openapi_url=None)
    pages = PlannerPages(desk)
    api.get("/")(pages.home)
    api.get("/scenarios/{name}")(pages.scenario)
    api.post("/scenarios/{name}")(pages.ask)
    api.get("/runs/{number}")(pages.run)
    api.get("/runs/{number}/events")(pages.events)
    api.post("/runs/{number}/end")(pages.end)
    api.get("/runs/{number}/{side}")(pages.side)
    api.get("/planner/{name}")(planner_file)
    api.include_router(static_router)
    api.add_exception_handler(HTTPException, pages.gone)
    api.add_exception_handler(RequestValidationError, pages.gone)  # the number of a run that is none
    return Limits(api, (), lambda host: False, REQUESTS_PER_SECOND)


class PlannerPages:
    """Answers the requests of the pages."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._streams = 0  # answers that go on for as long as a run does

    async def home(self, request: Request) -> Response:
        """The scenarios on offer."""
        comparisons = [self._desk.comparisons[number] for number in sorted(self._desk.comparisons, reverse=True)]
        return _page(request, "home", {"scenarios": list(self._desk.scenarios), "comparisons": comparisons})

    async def scenario(self, request: Request, name: str) -> Response:
        """The sliders of a scenario; a query may say values."""
        return self._sliders(request, name, dict(request.query_params), "")

    async def ask(self, request: Request, name: str) -> Response:
        """Run what the form says; a mistake is said on the page."""
        form = await form_of(request)
        self._known(name)
        try:
            question = views.question_of(self._desk, name, form, readings_of)
            comparison = self._desk.ask(question, spoken(request))
        except CallerError as error:
            return self._sliders(request, name, form, str(error), 422)
        return RedirectResponse(f"/runs/{comparison.number}", 303)

    async def run(self, request: Request, number: int) -> Response:
        """How far a run is, or what came of it."""
        comparison = self._comparison(number)
        context = {
            "comparison": comparison,
            "is_running": comparison.state == RUNNING,
            "changes": views.changes_of(self._desk, comparison.question),
            "command": views.command_of(self._desk, comparison.question),
            "groups": views.rows_of(comparison) if comparison.state == DONE else [],
            **self._form(comparison.question.scenario, self._given(comparison)),
        }
        return _page(request, "run", context)

    async def events(self, number: int) -> Response:
        """How far a run is, whenever that changes, until it is over."""
        if self._streams >= MOST_STREAMS:
            raise HTTPException(429, "so many listen already")
        return StreamingResponse(self._progress(self._comparison(number)), media_type=EVENT_STREAM)

    async def end(self, number: int) -> Response:
        """End a run."""
        self._desk.end(self._comparison(number))
        return RedirectResponse(f"/runs/{number}", 303)

    async def side(self, number: int, side: str) -> Response:
        """The full page of one side."""
        comparison = self._comparison(number)
        if side not in SIDES or comparison.reports[side].state != DONE:
            raise HTTPException(404)
        text = (comparison.folders[side] / "index.html").read_text("utf-8")
        return HTMLResponse(text, headers={"content-security-policy": REPORT_POLICY})

    async def gone(self, request: Request, error: Exception) -> Response:
        """A page that is not there."""
        status = error.status_code if isinstance(error, HTTPException) else 404
        return _page(request, "gone", {}, status)

    async def _progress(self, comparison: Comparison) -> AsyncIterator[str]:
        self._streams += 1
        try:
            async for event in _events_of(comparison):
                yield event
        finally:
            self._streams -= 1

    def _sliders(
        self, request: Request, name: str, field_values: Mapping[str, str], problem: str, status: int = 200
    ) -> Response:
        self._known(name)
        return _page(request, "scenario", {"wrong": problem, **self._form(name, field_values)}, status)

    def _form(self, name: str, field_values: Mapping[str, object]) -> dict[str, object]:
        _, values = self._desk.values_of(name)
        return {
            "name": name,
            "fields": views.fields_of(values, field_values),
            "replications": field_values.get("replications") or views.DEFAULT_REPLICATIONS,
            "seed": field_values.get("seed") or 0,
            "least_replications": LEAST_REPLICATIONS,
            "most_replications": MOST_REPLICATIONS,
        }

    def _given(self, comparison: Comparison) -> dict[str, object]:
        question = comparison.question
        return {**question.changes, "replications": question.replications, "seed": question.seed}

    def _known(self, name: str) -> None:
        if name not in self._desk.scenarios:
            raise HTTPException(404)

    def _comparison(self, number: int) -> Comparison:
        if number not in self._desk.comparisons:
            raise HTTPException(404)
        return self._desk.comparisons[number]


async def _events_of(comparison: Comparison) -> AsyncIterator[str]:
    while True:
        changed = comparison.changed
        members = {"state": comparison.state, "share": round(comparison.share, 3), "lines": dict(comparison.lines)}
        yield f"data: {json.dumps(members)}\n\n"
        if comparison.state != RUNNING:
            return
        try:
            async with asyncio.timeout(KEEP_ALIVE_SECONDS):
                await changed.wait()
        except TimeoutError:
            yield ": still under way\n\n"


async def planner_file(name: str) -> Response:
    """The style sheet or the script of the planner's pages."""
    if name not in STATIC_TYPES:
        raise HTTPException(404)
    return Response((FOLDER / "static" / name).read_bytes(), media_type=STATIC_TYPES[name])


def _page(request: Request, name: str, context: Mapping[str, object], status: int = 200) -> Response:
    language = spoken(request)
    tools = {
        "t": words_in(language, PLANNER_WORDS),
        "say": lambda term: term.in_language(language) if isinstance(term, Term) else str(term),
        "language": language,
        "path": request.url.path if request.method == "GET" else "/",
    }
    html = _environment().get_template(f"{name}.html.j2").render(**tools, **context)
    return remembering_language(request, HTMLResponse(html, status))


@cache
def _environment() -> Environment:
    return environment_of(FOLDER / "templates", lstrip_blocks=True)
