"""What becomes of errors over HTTP: a status for each of the caller's errors, and problem details as its body."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from reference_impl.errors import (
    AgentRejected,
    AmbiguousOrder,
    CallerError,
    FieldError,
    IllegalEvent,
    OrderCodeTaken,
    UnknownOrder,
)
from reference_impl.formats.documents import DocumentError
from sim.agent_over_http import OTHER_REFUSAL, STATUS_OF_REFUSAL
from sim.sandbox.http.models import Problem
from sim.sandbox.world.acts.refusals import UnknownName
from sim.sandbox.world.clock_words import ClockError
from sim.sandbox.world.guided_record import GuidedRefused
from sim.sandbox.world.world_clock import ClockBusy

PROBLEM_TYPE = "application/problem+json"

# The status of each of the caller's errors; the first kind that fits. The Virtual Agent's refusals have their own.
STATUS_OF: tuple[tuple[type[CallerError], int], ...] = (
    (UnknownOrder, 404),
    (UnknownName, 404),
    (AmbiguousOrder, 409),
    (ClockBusy, 409),
    (GuidedRefused, 409),
    (IllegalEvent, 409),
    (OrderCodeTaken, 409),
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


def problem(
    status: int,
    title: str,
    detail: str,
    members: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A problem as it is answered."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **(members or {})}
    return JSONResponse(body, status, dict(headers or {}), media_type=PROBLEM_TYPE)


def first_fault(error: RequestValidationError) -> tuple[str, str]:
    """The first field that is not as the schema has it, and what is wrong with it."""
    fault = error.errors()[0]
    return ".".join(str(part) for part in fault["loc"]), fault["msg"]


def handle_errors(api: FastAPI) -> None:
    """Answer every error that a route raises with a problem."""

    @api.exception_handler(CallerError)
    async def caller_error(request: Request, error: CallerError) -> Response:
        return _of_caller_error(error)

    @api.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        field, wrong = first_fault(error)
        return problem(422, "Unprocessable content", f"{field}: {wrong}", {"field": field})

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
    members: dict[str, str] = {}
    if isinstance(error, AgentRejected):
        members = {"reason": error.reason}
    elif isinstance(error, FieldError):
        members = {"field": error.field, "allowed": error.allowed}
    elif isinstance(error, ClockBusy):
        members = {"under_way": error.under_way}
    elif isinstance(error, ClockError):
        members = {"allowed": error.allowed}
    elif isinstance(error, DocumentError):
        members = {"field": f"line {error.line}"}
    status = status_of(error)
    return problem(status, HTTPStatus(status).phrase, str(error), members)
