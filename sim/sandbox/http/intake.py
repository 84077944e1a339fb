"""A work order in the body of a request: JSON, or XML of the schema in force; at `/v1` and at the test controls alike.

What an order may contain is intake's to say; whose order it is, the router that takes it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Header, Request, Response
from pydantic_core import from_json
from starlette.exceptions import HTTPException

from reference_impl.errors import IntakeError
from reference_impl.formats.documents import parse_order_document
from reference_impl.intake import WorkOrder
from sim.sandbox.http import views
from sim.sandbox.http.models import OrderTaken, order_schema
from sim.sandbox.sandbox import Sandbox
from sim.sandbox.world.live import LiveWorld

JSON, XML = "application/json", ("application/xml", "text/xml")
Key = Annotated[str | None, Header(alias="Idempotency-Key", max_length=200, pattern=r"^[\x21-\x7e]+$")]


def order_body(with_operator: bool) -> dict[str, Any]:
    """How OpenAPI shows such a body."""
    content = {JSON: {"schema": order_schema(with_operator)}, XML[0]: {"schema": {"type": "string"}}}
    return {"requestBody": {"required": True, "content": content}}


async def members_in(request: Request, sandbox: Sandbox) -> dict[str, Any]:
    """The members of the work order. Raises HTTPException, IntakeError, DocumentError."""
    body, kind = await request.body(), _kind(request)
    if kind == JSON:
        return _json_members(body)
    if kind in XML:
        return _members_of(parse_order_document(body, sandbox.schemas))
    raise HTTPException(415, f"Content-Type {JSON} or {XML[0]}")


async def take(
    request: Request, answer: Response, live: LiveWorld, members: Mapping[str, object], key: str | None
) -> OrderTaken:
    """Hand in the order of a request, only once for the same idempotency key. Raises IntakeError, KeyReused."""
    digest = hashlib.sha256(_kind(request).encode() + b"\0" + await request.body()).hexdigest()
    submitted = live.submit_order(members, key, digest)
    if submitted.replayed:
        answer.headers["Idempotent-Replayed"] = "true"
    return views.order_taken(submitted.order)


def _kind(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _json_members(body: bytes) -> dict[str, Any]:
    try:
        members = from_json(body, allow_inf_nan=False)
    except ValueError as error:
        raise HTTPException(400, f"the body is not JSON: {error}") from error
    if not isinstance(members, dict):
        raise IntakeError("body", type(members).__name__, "a JSON object")
    return members


def _members_of(work: WorkOrder) -> dict[str, Any]:
    values: Mapping[str, Any] = {name: getattr(work, name) for name in WorkOrder._fields}
    return {("order" if name == "code" else name): value for name, value in values.items()}
