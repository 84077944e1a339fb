"""A sandbox of the validation's own, in a thread: fresh worlds, and credentials that stay the same in the same folder.

What lives here: starting and ending it, and handing over what the operator's system needs. It must not know stories.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from typing import Any

from sim.sandbox.introduction import introduction
from sim.sandbox.options import Options
from sim.sandbox.sandbox import opened
from sim.sandbox.wiring import wires_of
from sim.sandbox.world.store import FILE_NAME

HARNESS_OPERATOR = "BETA"  # another operator beside the one under test


@dataclass(frozen=True, slots=True)
class Ports:
    """Where the wires listen; 0 is any free port."""

    http: int = 8020
    sftp: int = 8022


ANY_FREE = Ports(0, 0)


@contextmanager
def own_sandbox(folder: Path, ports: Ports, answer_seconds: float) -> Iterator[dict[str, Any]]:
    """A running sandbox, and what it says of itself as `sandbox --json` does. Raises what its start raises."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob(f"{FILE_NAME}*"):
        path.unlink()  # the secret stays: an operator is set up once
    options = Options(
        port=ports.http, sftp_port=ports.sftp, data=folder, operator=(HARNESS_OPERATOR,), notify_timeout=answer_seconds,
        private_addresses=True,
    )  # fmt: skip
    introductions: Queue[dict[str, Any] | BaseException] = Queue()
    over: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    async def serve() -> None:
        try:
            async with opened(options, {}, wires_of(options), is_durable=False) as sandbox:  # it begins anew each time
                over.append((asyncio.get_running_loop(), asyncio.Event()))
                introductions.put(introduction(sandbox))
                await over[0][1].wait()
        except BaseException as fault:
            introductions.put(fault)

    thread = threading.Thread(target=asyncio.run, args=(serve(),), name="sandbox")
    thread.start()
    try:
        facts = introductions.get()
        if isinstance(facts, BaseException):
            raise facts
        yield facts
    finally:
        if over:
            loop, event = over[0]
            loop.call_soon_threadsafe(event.set)
        thread.join()


def facts_for(
    operator: Mapping[str, Any], addresses: Mapping[str, Any], known_hosts: str, world: str
) -> dict[str, Any]:
    """What an operator's system needs to reach its world of the sandbox."""
    host, _, port = str(addresses["sftp"]).rpartition(":")
    return {
        "operator": operator["operator"],
        "sandbox": f"{addresses['http']}/worlds/{world}",
        "api_key": operator["api_key"],
        "webhook_secret": operator["webhook_secrets"][0],
        "project_code": next(iter(operator["project_codes"]), None),
        "delivery_code": next(iter(operator["delivery_codes"]), None),
        "sftp": {
            "host": host,
            "port": int(port),
            "username": operator["sftp_user"],
            "client_keys": operator["sftp_key_file"],
            "known_hosts": known_hosts,
        },
    }


def write_facts(path: Path, facts: Mapping[str, Any]) -> None:
    """Write them where only their owner reads them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")
