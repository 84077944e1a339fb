"""`/_sandbox`: what the wires carried: SMS, files, notifications, events as they happen, the trace, its verdicts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Annotated

from fastapi import Query, Request
from fastapi.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from reference_impl.civil_time import format_instant
from reference_impl.errors import UnknownOrder
from sim.recorder import to_json_line
from sim.sandbox.http import views
from sim.sandbox.http.dependencies import ClockDep, SandboxDep, WorldDep, control_router
from sim.sandbox.http.models import NotificationOut, NotificationsOut, ResentOut, SinceIn
from sim.sandbox.http.problems import problem, problem_of
from sim.sandbox.http.watch_models import EventOut, EventsOut, FileOut, FilesOut, SmsListOut
from sim.sandbox.live_verdicts import verdicts_on
from sim.sandbox.sandbox import Sandbox
from sim.sandbox.world.live import LiveWorld
from sim.sandbox.world.telephones import Message
from sim.sandbox.world.world_clock import WorldClock

router = control_router()
LONGEST_WAIT_SECONDS = 60.0
MOST_EVENTS, MOST_AT_ONCE = 5_000, 500
EVENT_STREAM = "text/event-stream"
KEEP_ALIVE_SECONDS = 15.0
MOST_STREAMS = 64  # each is told of every event, so others wait for as many


# --- SMS ---


@router.get("/sms")
async def list_sms(
    sandbox: SandboxDep,
    live: WorldDep,
    to: str | None = None,
    order: str | None = None,
    operator: str | None = None,
) -> SmsListOut:
    """All SMS, or those to one number, of one order, of one operator's orders."""
    messages = _messages(live, to, order, operator)
    return SmsListOut(messages=[views.sms_out(sandbox, message) for message in messages])


@router.get("/sms/wait")
async def wait_for_sms(
    sandbox: SandboxDep,
    live: WorldDep,
    to: str | None = None,
    order: str | None = None,
    operator: str | None = None,
    since: str | None = None,
    timeout_seconds: Annotated[float, Query(ge=0, le=LONGEST_WAIT_SECONDS)] = 10.0,
) -> SmsListOut:
    """The SMS that arrived, at a number or of an order, since a message (its id) or an instant.

    Waits in real time for the first.
    """
    arrived: list[Message] = []
    try:
        async with asyncio.timeout(timeout_seconds):
            while (
                not (arrived := _arrived(_messages(live, to, order, operator), since)) and not sandbox.closing.is_set()
            ):
                await live.activity.change()
    except TimeoutError:
        pass
    return SmsListOut(messages=[views.sms_out(sandbox, message) for message in arrived])


def _messages(live: LiveWorld, to: str | None, order: str | None, operator: str | None) -> list[Message]:
    """The messages that are asked for. Raises AmbiguousOrder for a code of several operators without one."""
    if order is not None and operator is None:
        with suppress(UnknownOrder):  # it may be handed in later
            live.order(order)
    return [
        message
        for message in live.messages()
        if to in (None, message.to) and order in (None, message.order) and operator in (None, message.operator)
    ]


def _arrived(messages: list[Message], since: str | None) -> list[Message]:
    arrived = [message for message in messages if message.copies]
    if since is None:
        return arrived
    ids = [message.id for message in arrived]
    if since in ids:
        return arrived[ids.index(since) + 1 :]
    earliest = views.instant("since", since)
    return [message for message in arrived if message.at >= earliest]


# --- files ---


@router.get("/files")
async def list_files(live: WorldDep) -> FilesOut:
    """All files on the SFTP site."""
    files = [
        FileOut(operator=name, name=file.name, bytes=len(file.data), at=format_instant(file.at))
        for name in live.operators()
        for file in live.site.files(name)
    ]
    return FilesOut(files=files)


@router.get("/files/{operator}/{name}", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
async def read_file(live: WorldDep, operator: str, name: str) -> Response:
    """The bytes of a file; looking at it here is not fetching it."""
    return Response(live.site.file(operator, name).data, media_type="text/csv")


@router.delete("/files/{operator}/{name}", status_code=204)
async def remove_file(live: WorldDep, operator: str, name: str) -> None:
    """Delete a file, as its operator can."""
    live.site.remove_file(operator, name)


# --- notifications ---


@router.get("/notifications")
async def list_notifications(
    sandbox: SandboxDep, live: WorldDep, operator: str | None = None, since: str | None = None
) -> NotificationsOut:
    """All notifications with their deliveries, or those of one operator, or those issued from an instant on."""
    return views.notifications_out(sandbox, live, operator, since)


@router.post("/notifications/resend")
async def resend_since(live: WorldDep, body: SinceIn, operator: str | None = None) -> ResentOut:
    """Send again all notifications issued from a simulated instant on."""
    return ResentOut(resent=live.deliveries.resend_since(views.instant("since", body.since), operator))


@router.post("/notifications/{notification}/resend")
async def resend(sandbox: SandboxDep, live: WorldDep, notification: str) -> NotificationOut:
    """Send one notification again."""
    live.deliveries.resend([notification])
    posting = next(posting for posting in live.deliveries.postings() if posting.event == notification)
    return views.notification_out(sandbox, live, posting)


# --- what happened ---


@router.get(
    "/events",
    response_model=EventsOut,
    response_model_exclude_unset=True,
    responses={
        200: {"content": {EVENT_STREAM: {"schema": {"type": "string"}}}},
        503: problem_of(f"There are {MOST_STREAMS} streams of events already"),
    },
)
async def events(
    request: Request,
    sandbox: SandboxDep,
    live: WorldDep,
    world_clock: ClockDep,
    after: Annotated[int, Query(ge=0)] = 0,
    clock: Annotated[bool, Query(description="in a stream: `event: clock` when a move begins, stops or ends")] = False,
) -> EventsOut | Response:
    """The events after a position; as they happen, where `text/event-stream` is asked for."""
    if EVENT_STREAM in request.headers.get("accept", ""):
        last_seen = request.headers.get("last-event-id", "")
        if sandbox.streams >= MOST_STREAMS:
            return problem(503, "Service unavailable", f"at most {MOST_STREAMS} streams of events at the same time")
        position = int(last_seen) if last_seen.isdecimal() else after
        stream = _stream(sandbox, live, position, world_clock if clock else None)
        return Stream(sandbox, stream)
    news = live.trace[after : after + MOST_EVENTS]
    return EventsOut(
        events=[EventOut.model_validate(event) for event in news], last=min(after, len(live.trace)) + len(news)
    )


class Stream(StreamingResponse):
    """Events as they happen; counted for as long as it lasts."""

    def __init__(self, sandbox: Sandbox, stream: AsyncIterator[str]) -> None:
        super().__init__(stream, media_type=EVENT_STREAM)
        self._sandbox = sandbox

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._sandbox.streams += 1
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._sandbox.streams -= 1


async def _stream(sandbox: Sandbox, live: LiveWorld, position: int, clock: WorldClock | None) -> AsyncIterator[str]:
    moved = _motion(clock)
    closing = asyncio.create_task(sandbox.closing.wait())
    try:
        while not closing.done():
            while news := live.trace[position : position + MOST_AT_ONCE]:
                numbered = enumerate(news, start=position + 1)
                yield "".join(f"id: {number}\ndata: {to_json_line(event)}\n\n" for number, event in numbered)
                position += len(news)
            if moved != _motion(clock):
                moved = _motion(clock)
                yield "event: clock\ndata: {}\n\n"
            change = asyncio.create_task(live.activity.change())
            finished, _ = await asyncio.wait(
                {change, closing}, timeout=KEEP_ALIVE_SECONDS, return_when=asyncio.FIRST_COMPLETED
            )
            change.cancel()
            if not finished:
                yield ": still here\n\n"
    finally:
        closing.cancel()


def _motion(clock: WorldClock | None) -> tuple[int, int, int | None, bool] | None:
    """What changes when a move of the clock begins, is stopped or ends; None at rest."""
    move = clock.status().move if clock else None
    return (move.started, move.first, move.goal, move.is_stopping) if move else None


@router.get("/trace", response_class=Response, responses={200: {"content": {"application/x-ndjson": {}}}})
async def trace(live: WorldDep) -> Response:
    """The whole trace so far, closed: what `appuntamento check` reads."""
    lines = "".join(to_json_line(event) + "\n" for event in live.closed_trace())
    return Response(lines, media_type="application/x-ndjson")


@router.get("/verdicts", response_class=Response, responses={200: {"content": {"application/json": {}}}})
async def verdicts(live: WorldDep) -> Response:
    """The verdicts on the trace so far, as `verdicts.json`."""
    return Response((await verdicts_on(live)).to_json(), media_type="application/json")
