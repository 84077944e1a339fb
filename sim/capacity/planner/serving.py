"""The command `capacity`: the planner's page, on loopback, until it is interrupted."""

from __future__ import annotations

import argparse
import json
import tempfile
from contextlib import ExitStack
from pathlib import Path

from sim.capacity.errors import RunError
from sim.command_line import LOOPBACK, check_folder, check_port, interruption


def capacity_command(options: argparse.Namespace) -> int:
    """Serve the planner's page; refuses to be reached from elsewhere, for whoever reaches it can start runs."""
    if options.host not in LOOPBACK:
        raise RunError("--host", options.host, " or ".join(LOOPBACK))
    check_port("--port", options.port)
    import uvloop

    from sim.capacity.planner.desk import Desk

    with ExitStack() as closing:
        folder = options.data or Path(closing.enter_context(tempfile.TemporaryDirectory(prefix="appuntamento-")))
        check_folder("--data", folder)
        folder.mkdir(parents=True, exist_ok=True)
        uvloop.run(_serve(Desk(folder, options.scenario), options))
    return 0


async def _serve(desk, options: argparse.Namespace) -> None:  # type: ignore[no-untyped-def]  # slow to import
    from sim.capacity.planner.pages import create_app
    from sim.sandbox.http.server import HttpServer

    over = interruption()
    server = HttpServer("127.0.0.1" if options.host == "localhost" else options.host, options.port, create_app)
    try:
        address = await server.start(desk)
    except OSError as error:
        raise RunError("--port", options.port, "a free port (0 = any)") from error
    print(json.dumps({"http": address}) if options.json else f"the planner's page: {address}/", flush=True)
    await over.wait()
    desk.close()
    await server.stop()
