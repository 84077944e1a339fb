"""A sandbox in the test's own event loop, with free ports, and worlds without any wire."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from reference_impl.civil_time import parse_instant
from sim.sandbox.options import Options
from sim.sandbox.sandbox import Sandbox, Wire, opened
from sim.sandbox.wiring import wires_of
from sim.sandbox.world.link_index import digest_of
from sim.sandbox.world.live import LiveWorld
from sim.sandbox.world.spec import DEFAULT_WORLD, WorldSpec
from sim.sandbox.world.store import FILE_NAME, Store
from sim.sandbox.world.vault import open_vault

START = parse_instant("2026-03-03T08:00")
ALFA = {"operator": "ALFA", "agent_domain": "appuntamenti.alfa.example", "project_codes": ["PRJ-ALFA"]}


@asynccontextmanager
async def running_sandbox(folder: Path, wires: Sequence[Wire] | None = None, **members: Any) -> AsyncIterator[Sandbox]:
    """A sandbox with its data in a folder; `members` are those of Options."""
    options = Options(**{"port": 0, "sftp_port": 0, "smpp_port": 0, "data": folder, **members})
    async with opened(options, {}, wires=wires_of(options) if wires is None else wires) as sandbox:
        yield sandbox


@contextmanager
def live_world(folder: Path, spec: WorldSpec | None = None) -> Iterator[LiveWorld]:
    """A world on disk, opened again where it exists. Nothing delivers its notifications, and no clock moves it."""
    spec = spec or WorldSpec(DEFAULT_WORLD, START)
    store = Store(folder / FILE_NAME)
    try:
        if spec.name not in dict(store.worlds()):
            store.add_world(spec.name, asdict(spec))
        yield LiveWorld(spec, open_vault(folder), store)
    finally:
        store.close()


def order(code: str, **changes: object) -> dict[str, object]:
    """The members of a work order that is in the service."""
    members = {"order": code, "operator": "ALFA", "service": "VULA_FTTH", "line_state": "LNA"}
    return {**members, "project_code": "PRJ-ALFA", "phone": "+393331234567", **changes}


def engage(world: LiveWorld, code: str = "A-1") -> str:
    """Hand in an order of ALFA whose line is ready at once; return the digest of its customer's link."""
    if not world.operators():
        world.register_operator(ALFA)
    world.submit_order(order(code))
    world.report_line(code, "CO")
    link = world.link_of(code, "customer")
    assert link is not None
    return digest_of(link)
