"""The beginning of a guided run: its plan, a world of its own, and the operator in it.

What lives here: making them. It must not know acts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reference_impl.civil_time import parse_instant
from reference_impl.errors import CallerError, FieldError
from reference_impl.registry import check_operator, operator_from
from reports.judging.errors import InputError
from sim.sandbox.sandbox import Sandbox, standard_operator
from sim.sandbox.world.commands import BeginGuided
from sim.sandbox.world.live import LiveWorld
from sim.sandbox.world.spec import DEFAULT_WORLD, free_name
from sim.validation.guided.acts import plan_members
from sim.validation.plan import SHIPPED, Plan, load_plan, plan_of_text
from sim.validation.runner import world_members

WORLD = "guided"


class PlanRefused(CallerError):
    """A plan that cannot be read. Data: one line that says where, what, and what is allowed."""


@dataclass(frozen=True, slots=True)
class RunRequest:
    """A run that is wanted: a shipped plan by its name, or the TOML `text` of one; whose it is."""

    plan: str = "essential"
    text: str = ""
    operator: str = "ALFA"
    endpoint: str | None = None
    project_codes: Sequence[str] | None = None
    delivery_codes: Sequence[str] | None = None

    @property
    def registration(self) -> dict[str, object]:
        """What the operator is registered with: its codes where they are said, else what follows from its name."""
        codes_said = {"project_codes": self.project_codes, "delivery_codes": self.delivery_codes}
        return {
            **standard_operator(self.operator),
            **{name: list(codes) for name, codes in codes_said.items() if codes},
        }


async def begin(sandbox: Sandbox, request: RunRequest) -> LiveWorld:
    """The world of a new run. Nothing is made where it raises FieldError, PlanRefused, EndpointError."""
    plan = plan_wanted(request)
    endpoint = await sandbox.checked_endpoint(request.endpoint) if request.endpoint else None
    operator = request.registration
    check_operator(operator_from(operator))
    members = world_members(plan, free_name(WORLD, sandbox.worlds))
    spec = replace(sandbox.world(DEFAULT_WORLD).spec, declared={}, start=_start(plan), **members)
    live = sandbox.create_world(spec)
    live.register_operator(operator, endpoint)
    sandbox.write_sftp_key(live.name, request.operator)
    live.guide(BeginGuided(request.operator, plan_members(plan)))
    return live


def plan_wanted(request: RunRequest) -> Plan:
    """The plan that is meant. Raises FieldError, PlanRefused."""
    if not request.text and request.plan not in SHIPPED:
        raise FieldError("plan", request.plan, f"{', '.join(SHIPPED)}, or the text of a TOML file")
    try:
        return plan_of_text(request.text, request.plan) if request.text else load_plan(request.plan)
    except InputError as error:
        raise PlanRefused(str(error)) from error


def _start(plan: Plan) -> int:
    try:
        return parse_instant(str(plan.start))
    except ValueError as error:
        raise FieldError("start", plan.start, "an instant such as 2026-03-03T08:00") from error
