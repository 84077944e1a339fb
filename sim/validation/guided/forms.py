"""What the forms of a guided run send: fields, and a picture where one is attached; and what each of them does.

What lives here: from the body of a request to an act on a live world. Every mistake in it is a CallerError that says
what is allowed. It must not know pages.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from fastapi import Request
from starlette.exceptions import HTTPException

from sim.sandbox.http.dependencies import MOST_FORM_FIELDS, form_of
from sim.sandbox.pages.control_acts import PATIENCE_SECONDS, SURE, ConfirmationNeeded, FormContext, Question
from sim.sandbox.pages.room_frame import base_of
from sim.validation.guided.beginning import RunRequest, begin
from sim.validation.guided.hands import Hands
from sim.validation.guided.models import record_in
from sim.validation.guided.notes import attach
from sim.validation.guided.recognition import standing_of
from sim.validation.guided.words import act_words
from sim.validation.plan import SHIPPED

OWN_PLAN = "own"
MULTIPART = "multipart/form-data"
BOUNDARY = re.compile(r'boundary="?([0-9A-Za-z\'()+_,./:=? -]{1,70})"?')
CODES_APART = re.compile(r"[^\s,;]+")
NAME = re.compile(rb'[; ]name="([^"]*)"')
FILE_NAME = re.compile(rb'filename="([^"]*)"')


@dataclass(frozen=True, slots=True)
class File:
    """A file as a browser sends it."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class SentForm:
    """The fields of a form, its files, and the language of its page."""

    fields: Mapping[str, str]
    language: str = "it"
    files: Mapping[str, File] = field(default_factory=dict)


async def sent_by(request: Request, language: str) -> SentForm:
    """What a form sent, with or without files. Raises HTTPException."""
    kind = request.headers.get("content-type", "")
    if not kind.startswith(MULTIPART):
        return SentForm(await form_of(request), language)
    boundary = BOUNDARY.search(kind)
    if boundary is None:
        raise HTTPException(400, "a form with files says its boundary")
    return _parts(await request.body(), boundary[1].encode(), language)


def _parts(body: bytes, boundary: bytes, language: str) -> SentForm:
    """The parts of RFC 7578: between the lines of the boundary a head, an empty line, the content."""
    fields: dict[str, str] = {}
    files: dict[str, File] = {}
    parts = (b"\r\n" + body).split(b"\r\n--" + boundary)[1:-1]
    if not 1 <= len(parts) <= MOST_FORM_FIELDS:
        raise HTTPException(400, f"a form of 1 to {MOST_FORM_FIELDS} fields")
    for part in parts:
        head, _, content = part.partition(b"\r\n\r\n")
        name, file_name = NAME.search(head), FILE_NAME.search(head)
        if name is None:
            raise HTTPException(400, "each part of a form has a name")
        if file_name is None:
            fields[_text(name[1])] = _text(content)
        elif content:  # an empty one was not chosen
            files[_text(name[1])] = File(_text(file_name[1]), content)
    return SentForm(fields, language, files)


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise HTTPException(400, "a form in UTF-8") from error


async def start(context: FormContext, form: SentForm) -> str:
    """A run of a shipped plan, or of the TOML text that stands in its place; its page."""
    plan = form.fields.get("plan", "").strip()
    operator, endpoint = form.fields.get("operator", "").strip(), form.fields.get("endpoint", "").strip()
    is_own = "\n" in plan or "=" in plan
    codes = [CODES_APART.findall(form.fields.get(name, "")) for name in ("project_codes", "delivery_codes")]
    name, text = (OWN_PLAN, plan) if is_own else (plan or SHIPPED[0], "")
    request = RunRequest(name, text, operator, endpoint or None, *codes)
    live = await begin(context.sandbox, request)
    return f"{base_of(live.name)}/guided"


async def go_on(context: FormContext, form: SentForm) -> None:
    """The harness's part, or the clock's; where it is the operator's turn it is asked about first."""
    record, anyway = record_in(context.live), "anyway" in form.fields
    number = form.fields.get("act", "")
    if anyway and form.fields.get(SURE) != "yes":
        act = act_words(context.live, record.operator, standing_of(context.live, record), form.language)
        _ask("guided_go_on", form, act=act)
    hands = Hands(context.sandbox, context.live, context.clock)
    going = hands.go_on(int(number) if number.isdecimal() and len(number) < 9 else None, anyway)
    await context.clock.begin(going, PATIENCE_SECONDS)


async def note(context: FormContext, form: SentForm) -> None:
    """A note on a rule, with or without a picture."""
    record_in(context.live)
    picture = form.files.get("picture")
    content, name = (picture.content, picture.name) if picture else (None, "")
    attach(context.live, form.fields.get("rule", ""), form.fields.get("text", ""), content, name)


async def end(context: FormContext, form: SentForm) -> None:
    """The end; before the last act it is asked about first."""
    standing = standing_of(context.live, record_in(context.live))
    left = len(standing.acts) - len(standing.passed)
    if left and form.fields.get(SURE) != "yes":
        _ask("guided_end", form, left=left)
    Hands(context.sandbox, context.live, context.clock).end(anyway=True)


def _ask(form_name: str, form: SentForm, **values: object) -> None:
    raise ConfirmationNeeded(Question(form_name, f"ask_{form_name}", f"yes_{form_name}", values, form.fields))


GUIDED_ACTS: Mapping[str, Callable[[FormContext, SentForm], Awaitable[str | None]]] = {
    "guided_start": start,
    "guided_go_on": go_on,
    "guided_note": note,
    "guided_end": end,
}
