"""Before a run: whether the operator can be reached, is quick enough, and takes a genuine notification.

Each fault is one line with who is to mend it and how; nothing of it is a rule's failure. It must not know stories.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from reports.words.labels import Term
from sim.validation.outcome import CONFIGURATION, ENVIRONMENT, MENDS
from sim.validation.stage import DeskError, PlayedOrder, Stage

FIRST_ORDER = PlayedOrder("PREFLIGHT-1", "VULA_FTTH", "+393330000010")
SIGNATURE = Term("controlla il segreto webhook, e che l'orologio sia giusto", "check the webhook secret and your clock")
PATH = Term("correggi il percorso in endpoint", "mend the path in endpoint")
SPEED = Term("rispondi prima, e lavora dopo", "answer first, and work afterwards")
STATUS = Term("rispondi 2xx a una notifica che prendi in carico", "answer a notification that you take over with 2xx")
# What a genuine notification is answered with, where it is not taken, and the mend.
MENDS_OF_STATUS = {401: SIGNATURE, 403: SIGNATURE, 400: SIGNATURE, 404: PATH, 405: PATH}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something to be mended before a run makes sense."""

    what: str
    blame: str
    mend: Term


def preflight(stage: Stage) -> list[Fault]:
    """What is to be mended; nothing where a run can begin. It hands in an order and takes it back."""
    if stage.operator.endpoint is None:
        return [Fault("endpoint: none", CONFIGURATION, MENDS[0][2])]
    stage.ask("POST", "/_sandbox/orders", _members(stage))
    stage.line_ready(FIRST_ORDER)
    stage.clock(advance="0 s")
    faults = list(_of_answers(stage))
    if not faults:
        faults += _of_desk(stage)
    stage.cancel(FIRST_ORDER)
    stage.clock(advance="0 s")
    return faults


def _members(stage: Stage) -> dict[str, Any]:
    members = {"order": FIRST_ORDER.code, "operator": stage.operator.operator, "service": FIRST_ORDER.service}
    return {**members, "line_state": "LNA", "phone": FIRST_ORDER.number, **stage.operator.written_code}


def _of_answers(stage: Stage) -> Iterator[Fault]:
    """What became of the first notification."""
    told = stage.ask("GET", f"/_sandbox/notifications?operator={quote(stage.operator.operator)}").members
    attempts = [attempt for notice in told["notifications"] for attempt in notice["attempts"]][:1]
    for attempt in attempts:
        status, reason = attempt["status"], attempt["reason"]
        where = f"endpoint {stage.operator.endpoint}"
        if 200 <= status < 300:
            continue
        if status:
            yield Fault(f"{where}: answered {status}", CONFIGURATION, MENDS_OF_STATUS.get(status, STATUS))
        elif reason.startswith("not reached"):
            blame, mend = next((blame, mend) for sign, blame, mend in MENDS if sign in reason)
            yield Fault(f"{where}: {reason}", blame, mend)
        else:
            yield Fault(f"{where}: {reason}", ENVIRONMENT, SPEED)


def _of_desk(stage: Stage) -> Iterator[Fault]:
    """Whether the operator's own clock call answers."""
    if stage.operator.round is not None:
        try:
            stage.settle()
        except DeskError as error:
            mend = Term("correggi round nel file --operator", "mend round in the --operator file")
            yield Fault(f"round {error.args[0]}: {error.args[1]}", CONFIGURATION, mend)
