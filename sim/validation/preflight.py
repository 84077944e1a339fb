"""Before a run: whether the operator can be reached, is quick enough, takes a genuine notification, and comes in.

Each fault is one line with who is to mend it and how; nothing of it is a rule's failure. It must not know stories.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from reports.facts import INACTIVE_LINE
from sim.validation.endpoint_checks import endpoint_faults
from sim.validation.faults import AS_ASKED, DESK, HANDS_IN, ROUND, Fault
from sim.validation.outcome import CONFIGURATION, MENDS
from sim.validation.plan import Plan
from sim.validation.site_checks import site_faults, strangers
from sim.validation.stage import DeskError, PlayedOrder, Stage, StageError

FIRST_ORDER = PlayedOrder("PREFLIGHT-1", "VULA_FTTH", "+393330000010")
ORDER_OF_DESK = PlayedOrder("PREFLIGHT-2", "VULA_FTTH", "+393330000020")


def preflight(stage: Stage, plan: Plan, facts: Mapping[str, Any]) -> list[Fault]:
    """What is to be mended; nothing where a run can begin. It hands in orders and takes them back."""
    if stage.operator.endpoint is None:
        return [Fault("endpoint: none", CONFIGURATION, MENDS[0][2])]
    stage.ask("POST", "/_sandbox/orders", _members(stage))
    stage.line_ready(FIRST_ORDER)
    stage.clock(advance="0 s")
    faults = [*site_faults(facts["sftp"])]
    faults += endpoint_faults(stage, facts["webhook_secret"], plan.answer_seconds, plan.patience_seconds)
    faults += () if faults else [*_of_desk(stage), *_of_round(stage)]
    faults += () if faults else strangers(stage, facts["sftp"]["username"])
    stage.cancel(FIRST_ORDER)
    stage.clock(advance="0 s")
    return faults


def _members(stage: Stage) -> dict[str, Any]:
    members = {"order": FIRST_ORDER.code, "operator": stage.operator.operator, "service": FIRST_ORDER.service}
    return {**members, "line_state": INACTIVE_LINE, "phone": FIRST_ORDER.number, **stage.operator.written_code}


def _of_desk(stage: Stage) -> Iterator[Fault]:
    """Whether the operator's call centre hands in an order when it is asked to; which code it writes, OP-1 judges."""
    if stage.operator.desk is None:
        return
    try:
        stage.submit(ORDER_OF_DESK, {})
        stage.ask("GET", f"/_sandbox/orders/{ORDER_OF_DESK.code}?operator={quote(stage.operator.operator)}")
    except DeskError as error:
        turned_away = [*strangers(stage, stage.operator.operator)]
        yield from turned_away or [Fault(f"desk {error}", CONFIGURATION, DESK)]
    except StageError:
        turned_away = [*strangers(stage, stage.operator.operator)]
        yield from turned_away or [
            Fault(f"desk {stage.operator.desk}: took an order and did not hand it in", CONFIGURATION, HANDS_IN)
        ]
    else:
        yield from _not_as_asked(stage)
        stage.cancel(ORDER_OF_DESK)


def _not_as_asked(stage: Stage) -> Iterator[Fault]:
    """What the desk wrote on the order otherwise than it was asked: the service does not begin then."""
    received = (event for event in stage.trace() if event["type"] == "order.received")
    data = next(event["data"] for event in received if event["subject"] == ORDER_OF_DESK.code)
    for member, asked_for in (("line_state", INACTIVE_LINE), ("service", ORDER_OF_DESK.service)):
        if data[member] != asked_for:
            problem = f"desk {stage.operator.desk}: handed in {member} {data[member]}, asked for {asked_for}"
            yield Fault(problem, CONFIGURATION, AS_ASKED)


def _of_round(stage: Stage) -> Iterator[Fault]:
    """Whether the operator does what is due, and goes quiet."""
    try:
        stage.settle()
    except DeskError as error:
        yield Fault(f"round {error}", CONFIGURATION, ROUND)
