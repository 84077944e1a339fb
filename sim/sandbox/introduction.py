"""What a sandbox says of itself when it starts: addresses and credentials, for people and for programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

from reference_impl.civil_time import format_instant
from sim.command_line import LOOPBACK
from sim.sandbox.http.views import operator_out
from sim.sandbox.options import PORT_OPTIONS
from sim.sandbox.sandbox import Sandbox
from sim.sandbox.sftp.server import known_hosts_file
from sim.sandbox.smpp.message_centre import password_of
from sim.sandbox.world.spec import DEFAULT_WORLD


def introduction(sandbox: Sandbox) -> dict[str, Any]:
    """Addresses, worlds and credentials as plain data."""
    facts: dict[str, Any] = {
        **sandbox.addresses,
        "data": str(sandbox.folder),
        "worlds": {
            name: {
                "now": format_instant(live.now),
                "operators": [operator_out(sandbox, live, operator).model_dump() for operator in live.operators()],
            }
            for name, live in sandbox.worlds.items()
        },
    }
    if "sftp" in sandbox.addresses:
        facts["sftp_known_hosts"] = str(known_hosts_file(sandbox))
    if "smpp" in sandbox.addresses:
        for name, members in facts["worlds"].items():
            members["smpp"] = {"system_id": name, "password": password_of(sandbox.vault, name)}
    if sandbox.options.host not in LOOPBACK:
        facts["control_token"] = sandbox.vault.control_token()
    return facts


def print_introduction(facts: Mapping[str, Any]) -> None:
    """The same as tables."""
    console = Console(highlight=False, soft_wrap=True)
    places = Table("what", "where", title="Appuntamento sandbox", title_justify="left")
    places.add_row("control room", f"{facts['http']}/")
    places.add_row("orders", f"{facts['http']}/v1/orders")
    for wire in PORT_OPTIONS:
        if wire in facts and wire != "http":
            places.add_row(wire.upper(), facts[wire])
    if "smpp" in facts:
        account = facts["worlds"][DEFAULT_WORLD]["smpp"]
        places.add_row("SMPP account", f"system_id {account['system_id']}, password {account['password']}")
    places.add_row("OpenAPI", f"{facts['http']}/openapi.json")
    places.add_row("data", facts["data"])
    places.add_row("clock", facts["worlds"][DEFAULT_WORLD]["now"])
    if "control_token" in facts:
        places.add_row("control token", facts["control_token"])
    console.print(places)
    for world, members in facts["worlds"].items():
        for operator in members["operators"]:
            console.print(_credentials(world, operator))
    console.print("Ctrl-C ends it.")


def _credentials(world: str, operator: Mapping[str, Any]) -> Table:
    """What one operator needs, a line each, so that nothing is cut off in a narrow window."""
    where = "" if world == DEFAULT_WORLD else f", world {world}"
    keys = Table("operator", operator["operator"] + where)
    keys.add_row("codes", " ".join(operator["project_codes"] + operator["delivery_codes"]))
    keys.add_row("API key", operator["api_key"])
    keys.add_row("SFTP user", operator["sftp_user"])
    keys.add_row("SFTP key", operator["sftp_key_file"])
    keys.add_row("webhook secret", " ".join(operator["webhook_secrets"]))
    keys.columns[1].overflow = "fold"
    return keys
