"""`/_sandbox/guided`: guided runs for programs and the terminal. Each run has a world of its own."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Annotated, Any, Literal

from fastapi import Path, Query, Request
from fastapi.responses import Response

from sim.sandbox.http.dependencies import ClockDep, SandboxDep, WorldDep, control_router
from sim.sandbox.http.problems import CONFLICT
from sim.sandbox.http.watch import LONGEST_WAIT_SECONDS
from sim.sandbox.world.live import LiveWorld
from sim.validation.guided.beginning import RunRequest, begin
from sim.validation.guided.hands import Hands
from sim.validation.guided.models import (
    EndIn,
    GoOnIn,
    GuidedIn,
    GuidedOut,
    NoteIn,
    NotesOut,
    RuleId,
    guided_out,
    is_turn,
    note_out,
    record_in,
)
from sim.validation.guided.notes import LONGEST_NOTE, attach
from sim.validation.guided.pictures import LONGEST_NAME, MAGIC
from sim.validation.guided.sealed import matter_of

router = control_router()
PICTURES: dict[str, Any] = {
    media_type: {"schema": {"type": "string", "format": "binary"}} for _, media_type, _ in MAGIC
}
Language = Annotated[str, Query(pattern="^(it|en)$")]


@router.post("/guided", status_code=201)
async def start_guided_run(sandbox: SandboxDep, body: GuidedIn) -> GuidedOut:
    """Begin a guided run, in a new world that the answer names."""
    return guided_out(await begin(sandbox, RunRequest(**body.model_dump())))


@router.get("/guided")
async def get_guided_run(live: WorldDep) -> GuidedOut:
    """How far the run of this world is, what comes next, and who has to do it."""
    return guided_out(live)


@router.get("/guided/wait")
async def wait_for_turn(
    sandbox: SandboxDep,
    live: WorldDep,
    turn: Literal["operator", "harness"] = "harness",
    timeout_seconds: Annotated[float, Query(ge=0, le=LONGEST_WAIT_SECONDS)] = 10.0,
) -> GuidedOut:
    """How far the run is once it is somebody's turn: the operator's, or the harness's with its clock.

    Waits in real time, until then, until no act is left, or until the time is over: `current.owner` says which.
    """
    with suppress(TimeoutError):
        async with asyncio.timeout(timeout_seconds):
            while not is_turn(guided_out(live), turn) and not sandbox.closing.is_set():
                await live.activity.change()
    return guided_out(live)


@router.post("/guided/go-on", responses=CONFLICT)
async def go_on(sandbox: SandboxDep, live: WorldDep, clock: ClockDep, body: GoOnIn) -> GuidedOut:
    """Let the harness do its part, or move the clock. 409 where it is the operator's turn, unless `anyway`."""
    record_in(live)
    await Hands(sandbox, live, clock).go_on(body.act, body.anyway)
    return guided_out(live)


@router.post("/guided/notes", status_code=201, responses=CONFLICT)
async def add_note(live: WorldDep, body: NoteIn) -> NotesOut:
    """Say something of a rule that no wire shows."""
    record_in(live)
    attach(live, body.rule, body.text)
    return _notes(live)


@router.post(
    "/guided/pictures",
    status_code=201,
    responses=CONFLICT,
    openapi_extra={"requestBody": {"required": True, "content": PICTURES}},
)
async def add_picture(
    request: Request,
    live: WorldDep,
    rule: RuleId,
    text: Annotated[str, Query(max_length=LONGEST_NOTE)] = "",
    name: Annotated[str, Query(max_length=4 * LONGEST_NAME)] = "",
) -> NotesOut:
    """Attach a picture to a rule: PNG or JPEG, told by its first bytes."""
    record_in(live)
    attach(live, rule, text, await request.body(), name)
    return _notes(live)


@router.get("/guided/pictures/{digest}", response_class=Response, responses={200: {"content": PICTURES}})
async def get_picture(live: WorldDep, digest: Annotated[str, Path(max_length=64)]) -> Response:
    """A picture that was attached."""
    pictures = [note.picture for note in record_in(live).notes if note.picture and note.picture["digest"] == digest]
    return Response(live.picture(digest), media_type=pictures[0]["media_type"] if pictures else None)


@router.post("/guided/end", responses=CONFLICT)
async def end_guided_run(sandbox: SandboxDep, live: WorldDep, clock: ClockDep, body: EndIn) -> GuidedOut:
    """End the run: what happens later is not judged. 409 before its last act, unless `anyway`."""
    record_in(live)
    Hands(sandbox, live, clock).end(body.anyway)
    return guided_out(live)


@router.get("/guided/outcome", response_class=Response, responses={200: {"content": {"application/json": {}}}})
async def get_outcome(live: WorldDep) -> Response:
    """The judgement so far, or at the end, as `outcome.json` of `validate`, with the notes."""
    matter = matter_of(live, record_in(live))
    return Response(await asyncio.to_thread(matter.outcome), media_type="application/json")


@router.get("/guided/report", response_class=Response, responses={200: {"content": {"application/zip": {}}}})
async def get_report(live: WorldDep, lang: Language = "it") -> Response:
    """The sealed report as one file, notes and pictures included; `appuntamento verify` checks its folder."""
    content = await asyncio.to_thread(matter_of(live, record_in(live)).packed, lang)
    named = {"Content-Disposition": f'attachment; filename="{live.name}.zip"'}
    return Response(content, media_type="application/zip", headers=named)


def _notes(live: LiveWorld) -> NotesOut:
    return NotesOut(notes=[note_out(note) for note in record_in(live).notes])
