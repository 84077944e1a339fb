"""Before a run: whether the SFTP site can be reached with the operator's account, and who was not let in.

The harness comes to the site as the operator would, with what `operator.json` says. What the operator's own system
does wrong there, or with its API key, the sandbox remembers. It must not know stories.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import asyncssh

from sim.validation.faults import MENDS_OF_SITE, MENDS_OF_STRANGERS, SITE_NOT_REACHED, Fault
from sim.validation.outcome import CONFIGURATION
from sim.validation.stage import Stage

CONNECT_SECONDS = 30.0
NOBODY = {"username": "preflight", "client_keys": ()}


def site_faults(account: Mapping[str, Any]) -> Iterator[Fault]:
    """What keeps the operator's account out of the SFTP site, tried from here.

    Where its key is on another machine, it is only tried whether the site is there and known.
    """
    has_key = Path(account["client_keys"]).exists()
    try:
        asyncio.run(_visit(account if has_key else {**account, **NOBODY}))
    except asyncssh.PermissionDenied as error:
        if has_key:
            yield _site_fault(account, error)
    except (asyncssh.Error, OSError, ValueError) as error:
        yield _site_fault(account, error)


def strangers(stage: Stage, user: str) -> Iterator[Fault]:
    """Who came in the operator's name, or in none, since the world is there, and was not let in; each reason once."""
    reasons: set[str] = set()
    for stranger in stage.ask("GET", "/_sandbox/addresses").members["turned_away"]:
        named, because = stranger["user"], stranger["because"]
        is_new = stranger["number"] > stage.strangers_before and because not in reasons
        if is_new and _may_be(named, user, stage.operator.operator):
            reasons.add(because)
            mend = next(mend for sign, mend in MENDS_OF_STRANGERS if sign in because)
            yield Fault(f"{stranger['wire'].upper()} {named}".strip() + f": {because}", CONFIGURATION, mend)


def _may_be(named: str, user: str, operator: str) -> bool:
    """Whether a visitor is the operator under test: by its account, its name in any spelling, or without a name."""
    return named in ("", user) or named.casefold().rpartition(".")[2] == operator.casefold()


def _site_fault(account: Mapping[str, Any], error: Exception) -> Fault:
    blame, mend = MENDS_OF_SITE.get(type(error).__name__, SITE_NOT_REACHED)
    return Fault(f"SFTP {account['host']}:{account['port']}: {_said(error)}", blame, mend)


async def _visit(account: Mapping[str, Any]) -> None:
    options = {"config": None, "agent_path": None, "connect_timeout": CONNECT_SECONDS, **account}
    async with asyncssh.connect(**options) as connection, connection.start_sftp_client() as client:
        await client.listdir(".")


def _said(error: Exception) -> str:
    text = error.reason if isinstance(error, asyncssh.DisconnectError) else error.args[-1] if error.args else ""
    return " ".join(str(text).split()) or type(error).__name__
