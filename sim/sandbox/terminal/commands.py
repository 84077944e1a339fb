"""The table of the commands that speak to a running sandbox: each verb with what it asks and what it stands for.

A verb here is all that it takes to have a command. A test holds this table against the control room's forms and the
operations of the OpenAPI, so that whatever can be done there can be done here.
"""

from __future__ import annotations

from sim.sandbox.terminal.guided_commands import GUIDED
from sim.sandbox.terminal.order_commands import AGENT, ORDERS
from sim.sandbox.terminal.verdict_commands import VERDICTS
from sim.sandbox.terminal.wire_commands import CLOCK, FILES, NOTIFICATIONS, SMS, TRACE
from sim.sandbox.terminal.world_commands import OPERATORS, SLOTS, STATUS, WORLDS

NOUNS = (STATUS, ORDERS, SMS, AGENT, FILES, NOTIFICATIONS, CLOCK, TRACE, OPERATORS, SLOTS, WORLDS, VERDICTS, GUIDED)
