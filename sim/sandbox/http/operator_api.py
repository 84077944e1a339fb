"""`/v1`: what an operator's systems may do with the API key, and only with what is their own."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from reference_impl.errors import IntakeError
from sim.sandbox.http import views
from sim.sandbox.http.dependencies import Caller, SandboxDep, WorldDep
from sim.sandbox.http.intake import Key, members_in, order_body, take
from sim.sandbox.http.models import (
    CancelIn,
    EndpointIn,
    EndpointOut,
    NotificationOut,
    NotificationsOut,
    OrderOut,
    OrdersOut,
    OrderTaken,
    ResentOut,
    SinceIn,
)
from sim.sandbox.http.problems import COMMON_PROBLEMS, CONFLICT, OTHER_MEDIA, UNAUTHORIZED

router = APIRouter(prefix="/v1", tags=["operator"], responses={**COMMON_PROBLEMS, **UNAUTHORIZED})


@router.post(
    "/orders", status_code=201, responses={**OTHER_MEDIA, **CONFLICT}, openapi_extra=order_body(with_operator=False)
)
async def submit_order(
    request: Request, answer: Response, sandbox: SandboxDep, live: WorldDep, operator: Caller, key: Key = None
) -> OrderTaken:
    """Hand in a work order, as JSON or as XML of the schema in force. The same key with the same body counts once."""
    members = await members_in(request, sandbox)
    if members.setdefault("operator", operator) != operator:
        raise IntakeError("operator", members["operator"], "the operator of the API key")
    return await take(request, answer, live, members, key)


@router.get("/orders")
async def list_orders(live: WorldDep, operator: Caller) -> OrdersOut:
    """The operator's orders."""
    return OrdersOut(orders=[views.order_out(live, order) for order in live.orders(operator)])


@router.get("/orders/{order}")
async def get_order(live: WorldDep, operator: Caller, order: str) -> OrderOut:
    """One of the operator's orders."""
    return views.order_out(live, live.order(order, operator))


@router.post("/orders/{order}/cancel", responses=CONFLICT)
async def cancel_order(live: WorldDep, operator: Caller, order: str, body: CancelIn) -> OrderOut:
    """Cancel one of the operator's orders."""
    live.cancel_order(order, body.reason, operator)
    return views.order_out(live, live.order(order, operator))


@router.get("/notifications")
async def list_notifications(
    sandbox: SandboxDep, live: WorldDep, operator: Caller, since: str | None = None
) -> NotificationsOut:
    """The operator's notifications with their deliveries, those issued from a simulated instant on."""
    return views.notifications_out(sandbox, live, operator, since)


@router.post("/notifications/resend")
async def resend_since(live: WorldDep, operator: Caller, body: SinceIn) -> ResentOut:
    """Send again all of the operator's notifications issued from a simulated instant on."""
    return ResentOut(resent=live.deliveries.resend_since(views.instant("since", body.since), operator))


@router.post("/notifications/{notification}/resend")
async def resend(sandbox: SandboxDep, live: WorldDep, operator: Caller, notification: str) -> NotificationOut:
    """Send one of the operator's notifications again."""
    live.deliveries.resend([notification], operator)
    posting = next(posting for posting in live.deliveries.postings(operator) if posting.event == notification)
    return views.notification_out(sandbox, live, posting)


@router.get("/endpoint")
async def get_endpoint(live: WorldDep, operator: Caller) -> EndpointOut:
    """Where the operator takes notifications, and the secrets that sign them."""
    return views.endpoint_out(live, operator)


@router.put("/endpoint")
async def put_endpoint(sandbox: SandboxDep, live: WorldDep, operator: Caller, body: EndpointIn) -> EndpointOut:
    """Say where the operator takes notifications."""
    live.set_endpoint(operator, None if body.url is None else await sandbox.checked_endpoint(body.url))
    return views.endpoint_out(live, operator)


@router.post("/endpoint/rotate-secret")
async def rotate_secret(live: WorldDep, operator: Caller) -> EndpointOut:
    """Begin a new signing secret; the one before it signs too until it is retired."""
    live.rotate_secret(operator)
    return views.endpoint_out(live, operator)


@router.post("/endpoint/retire-secret")
async def retire_secret(live: WorldDep, operator: Caller) -> EndpointOut:
    """End the signing secret before the newest."""
    live.retire_secret(operator)
    return views.endpoint_out(live, operator)
