"""The Virtual Agent for call-centre software: TM Forum Appointment API (TMF646) v4, the part that a link can do.

    POST  searchTimeSlot           the slots that can be booked now, within the periods that are asked for
    POST  appointment              validFor = a slot: fixes the appointment
    GET   appointment, …/{id}      the appointment of the link; its id is the order code
    PATCH appointment/{id}         validFor = another slot: moves it; status = cancelled: refuses to fix one

The bearer token is the secret of a Virtual Agent link, so a program can do exactly what the holder of the link can. An
appointment that is still to be fixed is `initialized` and its period has an end only: the last instant to fix it.
Members of the standard that mean nothing here are taken and ignored. Errors have the standard's form; `code` is the
reason in the words of the trace.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from reference_impl.civil_time import format_instant
from reference_impl.errors import AgentRejected, CallerError, FieldError
from reference_impl.orders import State
from reference_impl.ports import Slot
from reference_impl.virtual_agent import AgentView
from sim.sandbox.http import link_acts, views
from sim.sandbox.http.dependencies import ActingChannel, Bearer, SandboxDep, WorldDep
from sim.sandbox.http.problems import COMMON_PROBLEMS, first_fault, status_of
from sim.sandbox.world.acts.refusals import UnknownName
from sim.sandbox.world.link_session import LinkSession

PREFIX = "/tmf-api/appointment/v4"
Status = Literal["initialized", "confirmed", "cancelled", "completed", "failed"]
STATUS_OF_STATE: dict[str, Status] = {
    State.BOOKED: "confirmed",
    State.LATE_BOOKED: "confirmed",
    State.VISITED: "completed",
    State.REFUSED: "cancelled",
    State.REFUSING: "cancelled",
    State.CANCELLED: "cancelled",
    State.TIMED_OUT: "failed",
    State.HANDED_BACK: "failed",
}


class TmfBody(BaseModel):
    """A body of the standard: members that mean nothing here are ignored."""

    model_config = ConfigDict(extra="ignore")


class TimePeriod(TmfBody):
    """A period; with an end only, a deadline."""

    startDateTime: Annotated[str, Field(max_length=40)] | None = None  # noqa: N815  # the standard's names
    endDateTime: Annotated[str, Field(max_length=40)] | None = None  # noqa: N815


class TimeSlot(TmfBody):
    """A slot of time."""

    id: str | None = None
    validFor: TimePeriod  # noqa: N815


class SearchTimeSlotCreate(TmfBody):
    """What is searched: periods, or nothing for all."""

    requestedTimeSlot: Annotated[list[TimeSlot], Field(max_length=50)] = []  # noqa: N815


class SearchTimeSlot(TmfBody):
    """What was found."""

    id: str
    searchDate: str  # noqa: N815
    searchResult: str  # noqa: N815
    status: Literal["done"] = "done"
    availableTimeSlot: list[TimeSlot]  # noqa: N815


class AppointmentCreate(TmfBody):
    """The appointment that is wanted."""

    validFor: TimePeriod  # noqa: N815


class AppointmentUpdate(TmfBody):
    """What is to become of an appointment."""

    validFor: TimePeriod | None = None  # noqa: N815
    status: Status | None = None


class Appointment(TmfBody):
    """The appointment of a link."""

    id: str
    href: str
    category: Literal["intervention"] = "intervention"
    creationDate: str  # noqa: N815
    lastUpdate: str  # noqa: N815
    status: Status
    validFor: TimePeriod  # noqa: N815


class TmfError(BaseModel):
    """An error in the standard's form."""

    code: str
    reason: str
    message: str
    status: str


class TmfRoute(APIRoute):
    """A route whose errors have the standard's form."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler with the errors caught."""
        handle = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                return await handle(request)
            except AgentRejected as refusal:
                return _error(status_of(refusal), refusal.reason, "Refused by the Virtual Agent", str(refusal))
            except CallerError as error:
                return _error(status_of(error), "not_allowed", "Not allowed", str(error))
            except RequestValidationError as error:
                return _error(422, "invalid", "Not as the schema has it", ": ".join(first_fault(error)))
            except HTTPException as error:
                return _error(error.status_code, "refused", "Refused", str(error.detail), error.headers)

        return handled


ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": TmfError, "description": description}
    for status, description in {
        400: "The request cannot be read",
        401: "The token of a link is missing",
        404: "Not there",
        409: "Not in the state in which things are",
        410: "Over for good",
        422: "Not allowed",
        429: "Too soon: Retry-After says how many seconds to wait",
    }.items()
}
router = APIRouter(prefix=PREFIX, tags=["TMF646"], route_class=TmfRoute, responses={**COMMON_PROBLEMS, **ERRORS})


async def bearer_session(
    request: Request, sandbox: SandboxDep, live: WorldDep, credentials: Bearer, channel: ActingChannel = None
) -> LinkSession:
    """The session of the link whose secret a request carries."""
    if credentials is None:
        raise HTTPException(401, "the token of a link, as Authorization: Bearer …", {"WWW-Authenticate": "Bearer"})
    session = link_acts.session_of(sandbox, live, credentials.credentials, channel, request.state.link_domain)
    link_acts.check_limit(session)
    return session


SessionDep = Annotated[LinkSession, Depends(bearer_session)]
Id = Annotated[str, Path(max_length=30)]


@router.post("/searchTimeSlot", status_code=201, response_model_exclude_none=True)
async def search(session: SessionDep, body: SearchTimeSlotCreate) -> SearchTimeSlot:
    """The slots that can be booked now."""
    order = link_acts.look(session).order
    periods = [_bounds(time_slot.validFor) for time_slot in body.requestedTimeSlot]
    fitting = [
        slot
        for slot in session.live.offered_slots(session.digest)
        if not periods or any(_lies_within(slot, bounds) for bounds in periods)
    ]
    return SearchTimeSlot(
        id=f"{order}-{session.live.now}",
        searchDate=format_instant(session.live.now),
        searchResult="success" if fitting else "fail",
        availableTimeSlot=[TimeSlot(id=format_instant(slot.start), validFor=_period(slot)) for slot in fitting],
    )


@router.post("/appointment", status_code=201, response_model_exclude_none=True)
async def create(session: SessionDep, body: AppointmentCreate) -> Appointment:
    """Fix the appointment."""
    return _appointment(session, link_acts.act(session, "confirm", _slot(body.validFor)))


@router.get("/appointment", response_model_exclude_none=True)
async def list_appointments(session: SessionDep) -> list[Appointment]:
    """The one appointment of the link."""
    return [_appointment(session, link_acts.look(session))]


@router.get("/appointment/{id}", response_model_exclude_none=True)
async def retrieve(session: SessionDep, id: Id) -> Appointment:
    """The appointment of the link."""
    return _appointment(session, _own(session, id))


@router.patch("/appointment/{id}", response_model_exclude_none=True)
async def update(session: SessionDep, id: Id, body: AppointmentUpdate) -> Appointment:
    """Move the appointment, or refuse to fix one."""
    _own(session, id)
    if body.status == "cancelled":
        return _appointment(session, link_acts.act(session, "decline"))
    if body.validFor is None:
        raise FieldError("appointment", body.model_dump(exclude_none=True), "validFor, or status cancelled")
    return _appointment(session, link_acts.act(session, "reschedule", _slot(body.validFor)))


def _own(session: LinkSession, id: str) -> AgentView:
    view = link_acts.look(session)
    if view.order != id:
        raise UnknownName("appointment", id)
    return view


def _appointment(session: LinkSession, view: AgentView) -> Appointment:
    order = session.live.order_behind(session.digest)
    if order is None:
        raise UnknownName("appointment", view.order)
    closes = TimePeriod(endDateTime=format_instant(order.closes_at)) if order.closes_at else TimePeriod()
    return Appointment(
        id=order.code,
        href=f"{PREFIX}/appointment/{order.code}",
        creationDate=format_instant(order.received_at),
        lastUpdate=format_instant(session.live.now),
        status=STATUS_OF_STATE.get(order.state, "initialized"),
        validFor=closes if order.slot is None else _period(order.slot),
    )


def _period(slot: Slot) -> TimePeriod:
    return TimePeriod(startDateTime=format_instant(slot.start), endDateTime=format_instant(slot.end))


def _bounds(period: TimePeriod) -> tuple[int | None, int | None]:
    start = views.instant("startDateTime", period.startDateTime) if period.startDateTime else None
    return start, views.instant("endDateTime", period.endDateTime) if period.endDateTime else None


def _slot(period: TimePeriod) -> Slot:
    start, end = _bounds(period)
    if start is None or end is None:
        raise FieldError("validFor", period.model_dump(), "startDateTime and endDateTime of a slot")
    return views.slot_between(start, end)


def _lies_within(slot: Slot, bounds: tuple[int | None, int | None]) -> bool:
    start, end = bounds
    return (start is None or slot.start >= start) and (end is None or slot.end <= end)


def _error(status: int, code: str, reason: str, message: str, headers: Any = None) -> Response:
    body = TmfError(code=code, reason=reason, message=message, status=str(status))
    return JSONResponse(body.model_dump(), status, headers)
