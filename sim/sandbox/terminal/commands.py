"""The table of the commands that speak to a running sandbox: each verb with what it asks and what it stands for.

A verb here is all that it takes to have a command. A test holds this table against the control room's forms and the
operations of the OpenAPI, so that whatever can be done there can be done here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sim.sandbox.terminal.grammar import Noun, Verb, call
from sim.sandbox.terminal.order_commands import AGENT, ORDERS
from sim.sandbox.terminal.wire_commands import CLOCK, FILES, NOTIFICATIONS, SMS, TRACE
from sim.sandbox.terminal.world_commands import OPERATORS, SLOTS, STATUS, WORLDS

VERDICT_ENDINGS = "exit status: 0 conformant, 1 a rule fails, 2 undecided, 3 not possible"
NOUNS = (STATUS, ORDERS, SMS, AGENT, FILES, NOTIFICATIONS, CLOCK, TRACE, OPERATORS, SLOTS, WORLDS)


def verdicts(show: Callable[[Any], Any], status: Callable[[Any], int]) -> Noun:
    """Verdicts are shown and weighed by whoever knows the rules."""
    uses = ("GET /_sandbox/verdicts",)
    verb = Verb("", "", uses, call(*uses), show, status=status, endings=VERDICT_ENDINGS)
    about = "the judge's verdicts on a running world, rule by rule"
    return Noun("verdicts", about, (verb,), ("appuntamento verdicts", "appuntamento verdicts --json"))
