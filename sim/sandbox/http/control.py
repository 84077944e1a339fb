"""`/_sandbox`: worlds, operators, orders, technicians and the clock. What can be watched is in `watch`."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Annotated

from fastapi import Query, Request, Response

from reference_impl.civil_time import DAY
from reference_impl.errors import FieldError
from sim.recorder import slot_members
from sim.sandbox.http import views
from sim.sandbox.http.control_models import (
    AddressesOut,
    CapacityIn,
    ClockIn,
    ClockMoved,
    ClockOut,
    CrowdIn,
    CrowdOut,
    CrowdsOut,
    DisturbedOut,
    DisturbIn,
    LinksOut,
    OperatorIn,
    OperatorOut,
    OperatorsOut,
    SlotOut,
    SlotsOut,
    TurnedAwayOut,
    WorldIn,
    WorldOut,
    WorldsOut,
)
from sim.sandbox.http.dependencies import ClockDep, SandboxDep, WorldDep, control_router
from sim.sandbox.http.intake import Key, members_in, order_body, take
from sim.sandbox.http.models import CancelIn, EndpointIn, EndpointOut, LineIn, OrderOut, OrdersOut, OrderTaken
from sim.sandbox.http.problems import CONFLICT, OTHER_MEDIA
from sim.sandbox.http.watch_models import TimelineOut
from sim.sandbox.notifications.webhook_client import check_endpoint
from sim.sandbox.sandbox import standard_operator
from sim.sandbox.sftp.server import known_hosts_file
from sim.sandbox.world.clock_words import parse_span
from sim.sandbox.world.commands import BringCrowd
from sim.sandbox.world.spec import DEFAULT_WORLD, LONGEST_VIEW_DAYS

router = control_router()
Whose = Annotated[str | None, Query(description="whose order, where several operators use the code")]


# --- addresses, worlds and operators ---


@router.get("/addresses")
async def list_addresses(sandbox: SandboxDep) -> AddressesOut:
    """Where the wires are, and who came lately and was not let in."""
    known_hosts = known_hosts_file(sandbox).read_text(encoding="ascii") if "sftp" in sandbox.addresses else None
    strangers = [TurnedAwayOut.model_validate(asdict(stranger)) for stranger in sandbox.turned_away]
    return AddressesOut(**sandbox.addresses, sftp_known_hosts=known_hosts, turned_away=strangers)


@router.get("/worlds")
async def list_worlds(sandbox: SandboxDep) -> WorldsOut:
    """All worlds."""
    return WorldsOut(worlds=[views.world_out(live) for live in sandbox.worlds.values()])


@router.post("/worlds", status_code=201)
async def create_world(sandbox: SandboxDep, body: WorldIn) -> WorldOut:
    """Make a world of its own. What is not said is as the default world began, but without operators."""
    spec = sandbox.world(DEFAULT_WORLD).spec
    members = body.model_dump(exclude_none=True, exclude={"operators"})
    if body.start is not None:
        members["start"] = views.instant("start", body.start)
    return views.world_out(sandbox.create_world(replace(spec, **members), body.operators))


@router.delete("/worlds/{name}", status_code=204)
async def drop_world(sandbox: SandboxDep, name: str) -> None:
    """Forget a world for good."""
    await sandbox.drop_world(name)


@router.get("/operators")
async def list_operators(sandbox: SandboxDep, live: WorldDep) -> OperatorsOut:
    """The operators with their credentials."""
    return OperatorsOut(operators=[views.operator_out(sandbox, live, name) for name in live.operators()])


@router.post("/operators", status_code=201)
async def register_operator(sandbox: SandboxDep, live: WorldDep, body: OperatorIn) -> OperatorOut:
    """Register an operator and make its credentials."""
    operator = live.register_operator(*_registration(body))
    sandbox.write_sftp_key(live.name, operator.operator)
    return views.operator_out(sandbox, live, operator.operator)


@router.put("/operators/{operator}")
async def register_anew(sandbox: SandboxDep, live: WorldDep, operator: str, body: OperatorIn) -> OperatorOut:
    """Register an operator anew, whole: it holds from now on, for orders under way too. Credentials and files stay."""
    if body.operator != operator:
        raise FieldError("operator", body.operator, f"{operator}, which the path names")
    live.register_anew(*_registration(body))
    return views.operator_out(sandbox, live, operator)


def _registration(body: OperatorIn) -> tuple[dict[str, object], str | None]:
    """The members of a registration and the endpoint; what is not said follows from the name."""
    own = body.model_dump(exclude_none=True, exclude={"endpoint"})
    return {**standard_operator(body.operator), **own}, check_endpoint(body.endpoint) if body.endpoint else None


@router.get("/operators/{operator}")
async def get_operator(sandbox: SandboxDep, live: WorldDep, operator: str) -> OperatorOut:
    """One operator with its credentials."""
    return views.operator_out(sandbox, live, operator)


@router.put("/operators/{operator}/endpoint")
async def put_endpoint(sandbox: SandboxDep, live: WorldDep, operator: str, body: EndpointIn) -> EndpointOut:
    """Say where an operator takes notifications."""
    live.set_endpoint(operator, None if body.url is None else await sandbox.checked_endpoint(body.url))
    return views.endpoint_out(live, operator)


@router.post("/operators/{operator}/rotate-secret")
async def rotate_secret(live: WorldDep, operator: str) -> EndpointOut:
    """Begin a new signing secret; the one before it signs too until it is retired."""
    live.rotate_secret(operator)
    return views.endpoint_out(live, operator)


@router.post("/operators/{operator}/retire-secret")
async def retire_secret(live: WorldDep, operator: str) -> EndpointOut:
    """End the signing secret before the newest."""
    live.retire_secret(operator)
    return views.endpoint_out(live, operator)


@router.post("/operators/{operator}/disturb", responses=CONFLICT)
async def disturb(sandbox: SandboxDep, live: WorldDep, operator: str, body: DisturbIn) -> DisturbedOut:
    """Do to an operator what may befall it; answers when a probe has been answered."""
    await sandbox.dispatcher(live.name).disturb(operator, body.how, body.order, body.code, body.seconds)
    return DisturbedOut(operator=operator, how=body.how)


# --- orders ---


@router.get("/orders")
async def list_orders(live: WorldDep, operator: str | None = None) -> OrdersOut:
    """All orders, or those of one operator."""
    return OrdersOut(orders=[views.order_out(live, order) for order in live.orders(operator)])


@router.post(
    "/orders", status_code=201, responses={**OTHER_MEDIA, **CONFLICT}, openapi_extra=order_body(with_operator=True)
)
async def submit_order(
    request: Request, answer: Response, sandbox: SandboxDep, live: WorldDep, key: Key = None
) -> OrderTaken:
    """Hand in a work order in the name of an operator, as JSON or as XML of the schema in force."""
    return await take(request, answer, live, await members_in(request, sandbox), key)


@router.get("/orders/{order}", responses=CONFLICT)
async def get_order(live: WorldDep, order: str, operator: Whose = None) -> OrderOut:
    """One order."""
    return views.order_out(live, live.order(order, operator))


@router.get("/orders/{order}/timeline", responses=CONFLICT)
async def get_timeline(live: WorldDep, order: str, operator: Whose = None) -> TimelineOut:
    """What happened to an order, and what is due."""
    return views.timeline_out(live, live.order(order, operator))


@router.get("/orders/{order}/links", responses=CONFLICT)
async def get_links(sandbox: SandboxDep, live: WorldDep, order: str, operator: Whose = None) -> LinksOut:
    """The Virtual Agent links of an order that were given out so far."""
    return views.links_out(sandbox, live, live.order(order, operator))


@router.post("/orders/{order}/line", responses=CONFLICT)
async def report_line(live: WorldDep, order: str, body: LineIn, operator: Whose = None) -> OrderOut:
    """The network reports AC or CO of the order's line, now."""
    live.report_line(order, body.code, operator)
    return views.order_out(live, live.order(order, operator))


@router.post("/orders/{order}/cancel", responses=CONFLICT)
async def cancel_order(live: WorldDep, order: str, body: CancelIn, operator: Whose = None) -> OrderOut:
    """Cancel an order in the name of its operator."""
    live.cancel_order(order, body.reason, operator)
    return views.order_out(live, live.order(order, operator))


@router.get("/crowds")
async def list_crowds(live: WorldDep) -> CrowdsOut:
    """The crowds that live in the world, and how far each is."""
    return CrowdsOut(crowds=[views.crowd_out(progress) for progress in live.crowds()])


@router.post("/crowds", status_code=201)
async def bring_crowd(live: WorldDep, body: CrowdIn) -> CrowdOut:
    """Let made-up customers with their orders, and a call centre that looks after them, live in the world."""
    names = live.operators()
    if not names:
        raise FieldError("operator", body.operator, "an operator that is registered; there is none")
    plan = BringCrowd(body.operator or names[0], body.orders, body.seed, body.days)
    return views.crowd_out(live.bring_crowd(plan))


@router.get("/slots")
async def list_slots(
    live: WorldDep,
    territory: str | None = None,
    days: Annotated[int, Query(ge=1, le=LONGEST_VIEW_DAYS)] = 7,
) -> SlotsOut:
    """The technicians' slots from today on."""
    world = live.world
    names = [territory] if territory is not None else list(live.spec.territories)
    if not set(names) <= set(live.spec.territories):
        raise FieldError("territory", territory, ", ".join(live.spec.territories))
    slots = [
        SlotOut(**slot, territory=name, capacity=world.slots.capacity(name, band), free=world.slots.free(name, band))
        for band in world.slots.between(live.now, live.now + days * DAY)
        for slot in [slot_members(band)]
        for name in names
    ]
    return SlotsOut(slots=slots)


@router.put("/slots", status_code=204)
async def set_capacity(live: WorldDep, body: CapacityIn) -> None:
    """Give one slot a number of places of its own."""
    if body.territory not in live.spec.territories:
        raise FieldError("territory", body.territory, ", ".join(live.spec.territories))
    live.set_capacity(body.territory, views.slot_of(body.slot), body.capacity)


# --- clock ---


@router.get("/clock")
async def get_clock(clock: ClockDep) -> ClockOut:
    """Where the clock stands."""
    return views.clock_out(clock.status())


@router.post("/clock", response_model_exclude_unset=True, responses=CONFLICT)
async def move_clock(clock: ClockDep, live: WorldDep, body: ClockIn) -> ClockMoved:
    """Move the clock forward, stop it, or say how it goes. Answers when every effect is done and its I/O has ended.

    There is one move at a time: another is answered 409 until the clock rests.
    """
    orders = (body.advance, body.to, body.until, body.pace, body.pause, body.stop)
    if len([order for order in orders if order is not None]) != 1:
        raise FieldError("clock", body.model_dump(exclude_none=True), "one of advance, to, until, pace, pause, stop")
    if body.stop:
        return views.clock_moved(live, await clock.stop())
    if body.pace is not None:
        clock.set_pace(body.pace)
    if body.pause is not None:
        clock.pause(body.pause)
    if body.to is not None:
        report = await clock.to(views.instant("to", body.to))
    elif body.until is not None:
        report = await clock.until(body.until, body.order, body.operator)
    else:
        report = await clock.advance(parse_span(str(body.advance or 0)))
    return views.clock_moved(live, report)
