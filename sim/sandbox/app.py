"""The HTTP application: its routers put together, with the limits around them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, FastAPI, Header

from sim.sandbox.http import agent, control, operator_api, tmf, watch
from sim.sandbox.http.limits import App, Limits
from sim.sandbox.http.models import Health, NotificationBody
from sim.sandbox.http.problems import COMMON_PROBLEMS, handle_errors
from sim.sandbox.pages import agent_pages, call_centre, control_room
from sim.sandbox.pages.more_rooms import MoreRoom
from sim.sandbox.pages.problem_pages import ProblemPages
from sim.sandbox.sandbox import Sandbox

ABOUT = """A living wholesaler for an operator's integration, under a clock that you move.

`/v1` is the operator's side (its API key), `/_sandbox` the test controls, `/agent` and `/tmf-api` the Virtual Agent for
programs. Every path exists in each world: prefix `/worlds/NAME`, or header `Appuntamento-World`."""


def create_app(sandbox: Sandbox, rooms: Sequence[MoreRoom] = ()) -> App:
    """The application with its limits around it, and `rooms` beside the control room."""
    api = FastAPI(
        title="Appuntamento sandbox",
        version="1",
        description=ABOUT,
        docs_url=None,  # the page would load assets from outside
        redoc_url=None,
        responses=COMMON_PROBLEMS,
        separate_input_output_schemas=False,
    )
    api.state.sandbox, api.state.rooms = sandbox, rooms
    handle_errors(api)
    for part in (operator_api, control, watch, agent, tmf):
        _take_over(api, part.router)
    for room in rooms:
        _take_over(api, room.controls)
        _take_over(api, room.pages(sandbox))
    for pages in (agent_pages, call_centre, control_room):
        _take_over(api, pages.router(sandbox))
    _add_webhook(api)
    _add_health(api, sandbox)
    hosts = (sandbox.options.host, *sandbox.options.allowed_host)
    limits = Limits(api, hosts, lambda host: sandbox.world_of_domain(host) is not None, sandbox.options.rate)
    return ProblemPages(limits)


def _take_over(api: FastAPI, router: APIRouter) -> None:
    """Add the routes of a router as they are.

    `include_router` would make each anew for every sandbox: to start one and to answer first takes 26 ms so, not 67.
    """
    api.router.routes.extend(router.routes)


def _add_webhook(api: FastAPI) -> None:
    @api.webhooks.post("notification", status_code=204)
    async def notification(
        body: NotificationBody,
        webhook_id: Annotated[str, Header(description="the same for every delivery")],
        webhook_timestamp: Annotated[int, Header(description="real time, in seconds")],
        webhook_signature: Annotated[str, Header(description="v1, and HMAC-SHA256 as Standard Webhooks asks")],
    ) -> None:
        """What is sent to an operator's endpoint. Any 2xx takes it over."""


def _add_health(api: FastAPI, sandbox: Sandbox) -> None:
    @api.get("/livez")
    async def livez() -> Health:
        """The process is there."""
        return Health(status="ok")

    @api.get("/readyz")
    async def readyz() -> Health:
        """Every wire is open."""
        return Health(status="ok")
