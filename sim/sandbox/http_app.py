"""The HTTP application: its routers, what they share, and what becomes of errors. Limits stand around it.

Who asks and of which world are found out here; what is answered, the routers say.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.exceptions import HTTPException

from reference_impl.documents import DocumentError
from reference_impl.errors import AgentRejected, CallerError, FieldError, IllegalEvent, UnknownOrder
from sim.agent_over_http import OTHER_REFUSAL, STATUS_OF_REFUSAL
from sim.sandbox.clock_desk import ClockDesk
from sim.sandbox.clock_words import ClockError
from sim.sandbox.http_limits import App, Limits
from sim.sandbox.http_models import (
    Health,
    Problem,
)
from sim.sandbox.live_world import LiveWorld, UnknownName
from sim.sandbox.sandbox import Sandbox

LOOPBACK = ("127.0.0.1", "::1", "localhost")
PROBLEM_TYPE = "application/problem+json"
MOST_FORM_FIELDS = 20
ABOUT = """A living wholesaler for an operator's integration, under a clock that you move.

`/v1` is the operator's side (its API key), `/_sandbox` the test controls, `/agent` and `/tmf-api` the Virtual Agent for
programs. Every path exists in each world: prefix `/worlds/NAME`, or header `Appuntamento-World`."""

# The status of each of the caller's errors; the first kind that fits. The Virtual Agent's refusals have their own.
STATUS_OF: tuple[tuple[type[CallerError], int], ...] = (
    (UnknownOrder, 404),
    (UnknownName, 404),
    (IllegalEvent, 409),
    (CallerError, 422),
)


def problem_of(description: str) -> dict[str, Any]:
    """How a problem is documented in OpenAPI."""
    return {"description": description, "content": {PROBLEM_TYPE: {"schema": Problem.model_json_schema()}}}


COMMON_PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: problem_of(description)
    for status, description in {
        400: "The request cannot be read",
        403: "The request comes from another site",
        404: "Not there",
        408: "The body came too slowly",
        413: "The body is too large",
        421: "Host is not a name of this sandbox",
        422: "Something in the request is not allowed: which field, and what is",
        429: "Too many requests",
    }.items()
}
UNAUTHORIZED: dict[int | str, dict[str, Any]] = {401: problem_of("The credentials are missing or wrong")}
CONFLICT: dict[int | str, dict[str, Any]] = {409: problem_of("Not in the state in which things are")}
GONE: dict[int | str, dict[str, Any]] = {410: problem_of("Over for good")}
OTHER_MEDIA: dict[int | str, dict[str, Any]] = {415: problem_of("A body of this kind is not taken")}

bearer = HTTPBearer(auto_error=False)
Bearer = Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]


def create_app(sandbox: Sandbox) -> App:
    """The application with its limits around it."""
    from sim.sandbox import (  # they import from here
        agent_pages,
        control_room,
        http_agent,
        http_control,
        http_operator,
        http_tmf,
        http_watch,
    )

    api = FastAPI(
        title="Appuntamento sandbox",
        version="1",
        description=ABOUT,
        docs_url=None,  # the page would load assets from outside
        redoc_url=None,
        responses=COMMON_PROBLEMS,
        separate_input_output_schemas=False,
    )
    api.state.sandbox = sandbox
    _handle_errors(api)
    for part in (http_operator, http_control, http_watch, http_agent, http_tmf):
        api.include_router(part.router)
    for pages in (agent_pages, control_room):
        api.include_router(pages.router(sandbox), include_in_schema=False)
    _add_health(api, sandbox)
    hosts = (sandbox.options.host, *sandbox.options.allowed_host)
    return Limits(api, hosts, lambda host: sandbox.world_of_domain(host) is not None, sandbox.options.rate)


# FastAPI hands plain functions to threads; these only look something up, so they are coroutines.


async def sandbox_of(request: Request) -> Sandbox:
    """The sandbox that serves a request."""
    sandbox: Sandbox = request.app.state.sandbox
    return sandbox


Box = Annotated[Sandbox, Depends(sandbox_of)]


async def world_of(request: Request, sandbox: Box) -> LiveWorld:
    """The world that a request is about. Raises UnknownName."""
    return sandbox.world(request.state.world)


async def clock_of(request: Request, sandbox: Box) -> ClockDesk:
    """The clock of that world."""
    return sandbox.clock(request.state.world)


World = Annotated[LiveWorld, Depends(world_of)]
Clock = Annotated[ClockDesk, Depends(clock_of)]


async def operator_of(live: World, credentials: Bearer) -> str:
    """The operator whose API key a request carries."""
    given = credentials.credentials if credentials else ""
    for account in live.operators():
        name = account.operator.operator
        if hmac.compare_digest(live.api_key(name).encode(), given.encode()):
            return name
    raise HTTPException(401, "an API key of this world, as Authorization: Bearer …", {"WWW-Authenticate": "Bearer"})


Caller = Annotated[str, Depends(operator_of)]


async def controller(sandbox: Box, credentials: Bearer) -> None:
    """Let the test controls be used: freely on loopback, elsewhere with their token."""
    if sandbox.options.host in LOOPBACK:
        return
    given = credentials.credentials if credentials else ""
    if not hmac.compare_digest(sandbox.vault.control_token().encode(), given.encode()):
        raise HTTPException(401, "the control token, as Authorization: Bearer …", {"WWW-Authenticate": "Bearer"})


def control_router() -> APIRouter:
    """Routes of the test controls."""
    guarded = [Depends(controller)]
    return APIRouter(prefix="/_sandbox", tags=["test controls"], responses=UNAUTHORIZED, dependencies=guarded)


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a form as a browser sends them. Raises HTTPException."""
    try:
        text = (await request.body()).decode()
        return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FORM_FIELDS))
    except ValueError as error:
        raise HTTPException(400, "a form of at most 20 fields") from error


def problem(
    status: int,
    title: str,
    detail: str,
    more: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A problem as it is answered."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **(more or {})}
    return JSONResponse(body, status, dict(headers or {}), media_type=PROBLEM_TYPE)


def _handle_errors(api: FastAPI) -> None:
    @api.exception_handler(CallerError)
    async def caller_error(request: Request, error: CallerError) -> Response:
        return _of_caller_error(error)

    @api.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        return problem(422, "Unprocessable content", f"{field}: {first['msg']}", {"field": field})

    @api.exception_handler(HTTPException)
    async def http_error(request: Request, error: HTTPException) -> Response:
        return problem(
            error.status_code, HTTPStatus(error.status_code).phrase, str(error.detail), headers=error.headers
        )

    @api.exception_handler(Exception)
    async def our_fault(request: Request, error: Exception) -> Response:
        return problem(500, "Fault of the sandbox", type(error).__name__)


def status_of(error: CallerError) -> int:
    """The HTTP status of one of the caller's errors."""
    if isinstance(error, AgentRejected):
        return STATUS_OF_REFUSAL.get(error.reason, OTHER_REFUSAL)
    return next(status for kind, status in STATUS_OF if isinstance(error, kind))


def _of_caller_error(error: CallerError) -> Response:
    more: dict[str, str] = {}
    if isinstance(error, AgentRejected):
        more = {"reason": error.reason}
    elif isinstance(error, FieldError):
        more = {"field": error.field, "allowed": error.allowed}
    elif isinstance(error, ClockError):
        more = {"allowed": error.allowed}
    elif isinstance(error, DocumentError):
        more = {"field": f"line {error.line}"}
    status = status_of(error)
    return problem(status, HTTPStatus(status).phrase, str(error), more)


def _add_health(api: FastAPI, sandbox: Sandbox) -> None:
    @api.get("/livez")
    async def livez() -> Health:
        """The process is there."""
        return Health(status="ok")

    @api.get("/readyz")
    async def readyz() -> Health:
        """Every wire is open."""
        return Health(status="ok")
