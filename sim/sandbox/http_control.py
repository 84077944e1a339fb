"""`/_sandbox`: the test controls. Everything that the control room shows and does, for programs."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response, StreamingResponse

from reference_impl.civil_time import DAY, format_instant
from reference_impl.errors import FieldError
from sim.recorder import slot_members, to_json_line
from sim.sandbox import http_views as views
from sim.sandbox.clock_words import parse_span
from sim.sandbox.http_app import CONFLICT, UNAUTHORIZED, Box, Clock, World, controller
from sim.sandbox.http_models import (
    AddressesOut,
    CancelIn,
    CapacityIn,
    ClockIn,
    ClockMoved,
    ClockOut,
    EndpointIn,
    EndpointOut,
    EventOut,
    EventsOut,
    FileOut,
    FilesOut,
    LineIn,
    NotificationOut,
    NotificationsOut,
    OperatorIn,
    OperatorOut,
    OperatorsOut,
    OrderOut,
    OrdersOut,
    OrderTaken,
    ResentOut,
    SinceIn,
    SlotOut,
    SlotsOut,
    SmsListOut,
    WorldIn,
    WorldOut,
    WorldsOut,
    order_schema,
)
from sim.sandbox.http_operator import json_members
from sim.sandbox.live_world import LiveWorld
from sim.sandbox.sandbox import Sandbox, standard_operator
from sim.sandbox.sftp_site import known_hosts_file
from sim.sandbox.telephones import Message
from sim.sandbox.webhook_client import check_endpoint
from sim.sandbox.world_spec import DEFAULT_WORLD

router = APIRouter(
    prefix="/_sandbox", tags=["test controls"], responses=UNAUTHORIZED, dependencies=[Depends(controller)]
)
LONGEST_WAIT_SECONDS = 60.0
LONGEST_VIEW_DAYS = 31
MOST_EVENTS = 5_000
EVENT_STREAM = "text/event-stream"
KEEP_ALIVE_SECONDS = 15.0


# --- addresses, worlds and operators ---


@router.get("/addresses")
async def list_addresses(sandbox: Box) -> AddressesOut:
    """Where the wires are."""
    known_hosts = known_hosts_file(sandbox).read_text(encoding="ascii") if "sftp" in sandbox.addresses else None
    return AddressesOut(**sandbox.addresses, sftp_known_hosts=known_hosts)


@router.get("/worlds")
async def list_worlds(sandbox: Box) -> WorldsOut:
    """All worlds."""
    return WorldsOut(worlds=[views.world_out(live) for live in sandbox.worlds.values()])


@router.post("/worlds", status_code=201)
async def create_world(sandbox: Box, body: WorldIn) -> WorldOut:
    """Make a world of its own, without operators. What is not said is as the default world began."""
    spec = sandbox.world(DEFAULT_WORLD).spec
    said = body.model_dump(exclude_none=True)
    if body.start is not None:
        said["start"] = views.instant("start", body.start)
    return views.world_out(sandbox.create_world(replace(spec, **said)))


@router.delete("/worlds/{name}", status_code=204)
async def drop_world(sandbox: Box, name: str) -> None:
    """Forget a world for good."""
    await sandbox.drop_world(name)


@router.get("/operators")
async def list_operators(sandbox: Box, live: World) -> OperatorsOut:
    """The operators with their credentials."""
    names = [account.operator.operator for account in live.operators()]
    return OperatorsOut(operators=[views.operator_out(sandbox, live, name) for name in names])


@router.post("/operators", status_code=201)
async def register_operator(sandbox: Box, live: World, body: OperatorIn) -> OperatorOut:
    """Register an operator and make its credentials."""
    said = body.model_dump(exclude_none=True, exclude={"endpoint"})
    members = {**standard_operator(body.operator), **said}
    operator = live.register_operator(members, check_endpoint(body.endpoint) if body.endpoint else None)
    sandbox.write_sftp_key(live.name, operator.operator)
    return views.operator_out(sandbox, live, operator.operator)


@router.put("/operators/{operator}/endpoint")
async def put_endpoint(live: World, operator: str, body: EndpointIn) -> EndpointOut:
    """Say where an operator takes notifications."""
    live.set_endpoint(operator, check_endpoint(body.url) if body.url is not None else None)
    return views.endpoint_out(live, operator)


@router.post("/operators/{operator}/rotate-secret")
async def rotate_secret(live: World, operator: str) -> EndpointOut:
    """Begin a new signing secret; the one before it signs too until it is retired."""
    live.rotate_secret(operator)
    return views.endpoint_out(live, operator)


@router.post("/operators/{operator}/retire-secret")
async def retire_secret(live: World, operator: str) -> EndpointOut:
    """End the signing secret before the newest."""
    live.retire_secret(operator)
    return views.endpoint_out(live, operator)


# --- orders ---

ORDER_BODY = {"requestBody": {"required": True, "content": {"application/json": {"schema": order_schema(True)}}}}


@router.get("/orders")
async def list_orders(live: World) -> OrdersOut:
    """All orders."""
    return OrdersOut(orders=[views.order_out(live, order) for order in live.orders()])


@router.post("/orders", status_code=201, openapi_extra=ORDER_BODY)
async def submit_order(request: Request, live: World) -> OrderTaken:
    """Hand in a work order in the name of an operator."""
    return views.taken(live.submit_order(json_members(await request.body())).order)


@router.get("/orders/{order}")
async def get_order(live: World, order: str) -> OrderOut:
    """One order."""
    return views.order_out(live, live.order(order))


@router.post("/orders/{order}/line", responses=CONFLICT)
async def report_line(live: World, order: str, body: LineIn) -> OrderOut:
    """The network reports AC or CO of the order's line, now."""
    live.report_line(order, body.code)
    return views.order_out(live, live.order(order))


@router.post("/orders/{order}/cancel", responses=CONFLICT)
async def cancel_order(live: World, order: str, body: CancelIn) -> OrderOut:
    """Cancel an order in the name of its operator."""
    live.cancel_order(order, body.reason)
    return views.order_out(live, live.order(order))


@router.get("/slots")
async def list_slots(
    live: World,
    territory: str | None = None,
    days: Annotated[int, Query(ge=1, le=LONGEST_VIEW_DAYS)] = 7,
) -> SlotsOut:
    """The technicians' slots from today on."""
    world = live.world
    names = [territory] if territory is not None else list(live.spec.territories)
    if not set(names) <= set(live.spec.territories):
        raise FieldError("territory", territory, ", ".join(live.spec.territories))
    slots = [
        SlotOut(**slot, territory=name, capacity=world.places(name, each), free=world.free_places(name, each))
        for each in world.slots_between(live.now, live.now + days * DAY)
        for slot in [slot_members(each)]
        for name in names
    ]
    return SlotsOut(slots=slots)


@router.put("/slots", status_code=204)
async def set_capacity(live: World, body: CapacityIn) -> None:
    """Give one slot a number of places of its own."""
    if body.territory not in live.spec.territories:
        raise FieldError("territory", body.territory, ", ".join(live.spec.territories))
    live.set_capacity(body.territory, views.slot_of(body.slot), body.capacity)


# --- clock ---


@router.get("/clock")
async def get_clock(clock: Clock) -> ClockOut:
    """Where the clock stands."""
    return views.clock_out(clock.status())


@router.post("/clock")
async def move_clock(clock: Clock, live: World, body: ClockIn) -> ClockMoved:
    """Move the clock forward, or say how it goes. Answers when every effect is done and its I/O has ended."""
    if len([said for said in (body.advance, body.to, body.until, body.pace, body.pause) if said is not None]) != 1:
        raise FieldError("clock", body.model_dump(exclude_none=True), "one of advance, to, until, pace, pause")
    if body.pace is not None:
        clock.set_pace(body.pace)
    if body.pause is not None:
        clock.pause(body.pause)
    if body.to is not None:
        report = await clock.to(views.instant("to", body.to))
    elif body.until is not None:
        report = await clock.until(body.until, body.order)
    else:
        report = await clock.advance(parse_span(str(body.advance or 0)))
    return views.clock_moved(report)


# --- SMS ---


@router.get("/sms")
async def list_sms(sandbox: Box, live: World, to: str | None = None) -> SmsListOut:
    """All SMS, or those to one number."""
    found = [message for message in live.messages() if to in (None, message.to)]
    return SmsListOut(messages=[views.sms_out(sandbox, message) for message in found])


@router.get("/sms/wait")
async def wait_for_sms(
    sandbox: Box,
    live: World,
    to: str,
    since: str | None = None,
    timeout_seconds: Annotated[float, Query(ge=0, le=LONGEST_WAIT_SECONDS)] = 10.0,
) -> SmsListOut:
    """The SMS that arrived at a number since a message (its id) or an instant; waits in real time for the first."""
    found: list[Message] = []
    try:
        async with asyncio.timeout(timeout_seconds):
            while not (found := _arrived(live, to, since)) and not sandbox.closing.is_set():
                await live.change()
    except TimeoutError:
        pass
    return SmsListOut(messages=[views.sms_out(sandbox, message) for message in found])


def _arrived(live: LiveWorld, to: str, since: str | None) -> list[Message]:
    arrived = [message for message in live.messages() if message.to == to and message.copies]
    if since is None:
        return arrived
    ids = [message.id for message in arrived]
    if since in ids:
        return arrived[ids.index(since) + 1 :]
    first = views.instant("since", since)
    return [message for message in arrived if message.at >= first]


# --- files ---


@router.get("/files")
async def list_files(live: World) -> FilesOut:
    """All files on the SFTP site."""
    files = [
        FileOut(operator=name, name=file.name, bytes=len(file.data), at=format_instant(file.at))
        for name in (account.operator.operator for account in live.operators())
        for file in live.files(name)
    ]
    return FilesOut(files=files)


@router.get("/files/{operator}/{name}", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
async def read_file(live: World, operator: str, name: str) -> Response:
    """The bytes of a file; looking at it here is not fetching it."""
    return Response(live.file(operator, name).data, media_type="text/csv")


# --- notifications ---


@router.get("/notifications")
async def list_notifications(sandbox: Box, live: World, operator: str | None = None) -> NotificationsOut:
    """All notifications with their deliveries."""
    return NotificationsOut(
        notifications=[views.notification_out(sandbox, live, posting) for posting in live.postings(operator)]
    )


@router.post("/notifications/resend")
async def resend_since(live: World, body: SinceIn, operator: str | None = None) -> ResentOut:
    """Send again all notifications issued from a simulated instant on."""
    return ResentOut(resent=live.resend_since(views.instant("since", body.since), operator))


@router.post("/notifications/{notification}/resend")
async def resend(sandbox: Box, live: World, notification: str) -> NotificationOut:
    """Send one notification again."""
    live.resend([notification])
    posting = next(each for each in live.postings() if each.event == notification)
    return views.notification_out(sandbox, live, posting)


# --- what happened ---


@router.get(
    "/events", response_model=EventsOut, responses={200: {"content": {EVENT_STREAM: {"schema": {"type": "string"}}}}}
)
async def events(
    request: Request, sandbox: Box, live: World, after: Annotated[int, Query(ge=0)] = 0
) -> EventsOut | Response:
    """The events after a position; as they happen, where `text/event-stream` is asked for."""
    if EVENT_STREAM in request.headers.get("accept", ""):
        last_seen = request.headers.get("last-event-id", "")
        stream = _stream(sandbox, live, int(last_seen) if last_seen.isdecimal() else after)
        return StreamingResponse(stream, media_type=EVENT_STREAM)
    found = live.trace[after : after + MOST_EVENTS]
    return EventsOut(
        events=[EventOut.model_validate(event) for event in found], last=min(after, len(live.trace)) + len(found)
    )


async def _stream(sandbox: Sandbox, live: LiveWorld, after: int) -> AsyncIterator[str]:
    closing = asyncio.create_task(sandbox.closing.wait())
    try:
        while not closing.done():
            for position in range(after + 1, len(live.trace) + 1):
                yield f"id: {position}\ndata: {to_json_line(live.trace[position - 1])}\n\n"
                after = position
            change = asyncio.create_task(live.change())
            done, _ = await asyncio.wait(
                {change, closing}, timeout=KEEP_ALIVE_SECONDS, return_when=asyncio.FIRST_COMPLETED
            )
            change.cancel()
            if not done:
                yield ": still here\n\n"
    finally:
        closing.cancel()


@router.get("/trace", response_class=Response, responses={200: {"content": {"application/x-ndjson": {}}}})
async def trace(live: World) -> Response:
    """The whole trace so far, closed: what `appuntamento check` reads."""
    lines = "".join(to_json_line(event) + "\n" for event in live.closed_trace())
    return Response(lines, media_type="application/x-ndjson")


@router.get("/verdicts", response_class=Response, responses={200: {"content": {"application/json": {}}}})
async def verdicts(sandbox: Box, live: World) -> Response:
    """The verdicts on the trace so far, as `verdicts.json`."""
    if sandbox.judge is None:
        return Response("{}", media_type="application/json")
    found = await asyncio.to_thread(sandbox.judge, live.closed_trace(), dict(live.spec.readings))
    return Response(json.dumps(found, ensure_ascii=False), media_type="application/json")
