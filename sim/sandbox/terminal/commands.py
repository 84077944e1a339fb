"""The table of the commands that speak to a running sandbox: each verb with what it asks and what it stands for.

A verb here is all that it takes to have a command. A test holds this table against the control room's forms and the
operations of the OpenAPI, so that whatever can be done there can be done here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sim.sandbox.terminal.grammar import Noun, Verb, call
from sim.sandbox.terminal.order_commands import AGENT, ORDERS
from sim.sandbox.terminal.wire_commands import CLOCK, FILES, NOTIFICATIONS, SMS, TRACE
from sim.sandbox.terminal.world_commands import OPERATORS, SLOTS, STATUS, WORLDS


def _show_verdicts(answer: Any) -> Iterable[str]:
    """Print the verdicts on a running world, in English as everything that is said of it."""
    from reports.conformance.terminal import print_verdicts  # the other commands draw no table
    from reports.judging.catalogue import catalogue

    print_verdicts(answer, catalogue(), "en")
    return ()


def _weigh_verdicts(answer: Any) -> int:
    from reports.judging.exit_status import exit_status

    return exit_status({rule["rule"]: rule["verdict"] for rule in answer["rules"]}, planned=())


VERDICT_USES = ("GET /_sandbox/verdicts",)
VERDICT_ENDINGS = "exit status: 0 conformant, 1 a rule fails, 2 undecided, 3 not possible"
VERDICTS = Noun(
    "verdicts",
    "the judge's verdicts on a running world, rule by rule",
    (
        Verb(
            "",
            "",
            VERDICT_USES,
            call(*VERDICT_USES),
            _show_verdicts,
            status=_weigh_verdicts,
            endings=VERDICT_ENDINGS,
        ),
    ),
    ("appuntamento verdicts", "appuntamento verdicts --json"),
)
NOUNS = (STATUS, ORDERS, SMS, AGENT, FILES, NOTIFICATIONS, CLOCK, TRACE, OPERATORS, SLOTS, WORLDS, VERDICTS)
