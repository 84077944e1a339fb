"""What the routes ask for: the sandbox, the world and the clock that a request is about, and who sends it."""

from __future__ import annotations

import hmac
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Header, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.exceptions import HTTPException

from sim.command_line import LOOPBACK
from sim.sandbox.http.limits import SAFE_METHODS
from sim.sandbox.http.models import Channel
from sim.sandbox.http.problems import COMMON_PROBLEMS, UNAUTHORIZED
from sim.sandbox.sandbox import Sandbox
from sim.sandbox.world.live import LiveWorld
from sim.sandbox.world.world_clock import WorldClock

MOST_FORM_FIELDS = 20
ROOM_COOKIE, ROOM_PURPOSE, ENTERED = "control", "control room", "entered"
ROOM_COOKIE_SECONDS = 8 * 3600

bearer = HTTPBearer(auto_error=False)
Bearer = Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]
ActingChannel = Annotated[
    Channel | None,
    Header(alias="Appuntamento-Channel", description="who acts, where both parties have the same link"),
]


# FastAPI hands plain functions to threads; these only look something up, so they are coroutines.


async def sandbox_of(request: Request) -> Sandbox:
    """The sandbox that serves a request."""
    sandbox: Sandbox = request.app.state.sandbox
    return sandbox


SandboxDep = Annotated[Sandbox, Depends(sandbox_of)]


async def world_of(request: Request, sandbox: SandboxDep) -> LiveWorld:
    """The world that a request is about. Raises UnknownName."""
    return sandbox.world(request.state.world)


async def clock_of(request: Request, sandbox: SandboxDep) -> WorldClock:
    """The clock of that world."""
    return sandbox.clock(request.state.world)


WorldDep = Annotated[LiveWorld, Depends(world_of)]
ClockDep = Annotated[WorldClock, Depends(clock_of)]


def operator_with(live: LiveWorld, key: str) -> str | None:
    """The operator of a world whose API key this is."""
    names = live.operators()
    return next((name for name in names if hmac.compare_digest(live.api_key(name).encode(), key.encode())), None)


def too_soon(seconds: int) -> HTTPException:
    """The answer to an operator that has to wait."""
    return HTTPException(429, f"a request after {seconds} s", {"Retry-After": str(seconds)})


async def operator_of(sandbox: SandboxDep, live: WorldDep, credentials: Bearer) -> str:
    """The operator whose API key a request carries."""
    key = credentials.credentials if credentials else ""
    name = operator_with(live, key)
    if name is not None:
        if (seconds := live.disturber.limited(name)) is not None:
            raise too_soon(seconds)
        return name
    because = f"an API key that no operator of the world {live.name} has" if key else "showed no API key"
    sandbox.turned_away.add("http", "", because)
    raise HTTPException(401, "an API key of this world, as Authorization: Bearer …", {"WWW-Authenticate": "Bearer"})


Caller = Annotated[str, Depends(operator_of)]


def has_entered(sandbox: Sandbox, request: Request) -> bool:
    """Whether a browser may use the control room: any on loopback, elsewhere one that brought the control token."""
    if sandbox.options.host in LOOPBACK:
        return True
    sealed = request.cookies.get(ROOM_COOKIE, "")
    return bool(sandbox.vault.unseal(ROOM_PURPOSE, sealed, ROOM_COOKIE_SECONDS) == ENTERED)


async def controller(request: Request, sandbox: SandboxDep, credentials: Bearer) -> None:
    """Let the test controls be used: freely on loopback, elsewhere with their token.

    A browser that has entered the control room may read without it: the room's script follows the events.
    """
    if sandbox.options.host in LOOPBACK or (request.method in SAFE_METHODS and has_entered(sandbox, request)):
        return
    token = credentials.credentials if credentials else ""
    if not hmac.compare_digest(sandbox.vault.control_token().encode(), token.encode()):
        raise HTTPException(401, "the control token, as Authorization: Bearer …", {"WWW-Authenticate": "Bearer"})


def control_router() -> APIRouter:
    """Routes of the test controls."""
    guarded = [Depends(controller)]
    responses = {**COMMON_PROBLEMS, **UNAUTHORIZED}
    return APIRouter(prefix="/_sandbox", tags=["test controls"], responses=responses, dependencies=guarded)


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a form as a browser sends them. Raises HTTPException."""
    try:
        text = (await request.body()).decode()
        return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FORM_FIELDS))
    except ValueError as error:
        raise HTTPException(400, "a form of at most 20 fields") from error
