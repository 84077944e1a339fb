"""The findings on the page of an order, where another operator has an order of the same code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sim.sandbox.live_verdicts import ShownVerdicts
from sim.sandbox.pages.control_order import order_members
from tests.sandbox.in_process import ALFA, live_world, order

BETA = {"operator": "BETA", "agent_domain": "appuntamenti.beta.example", "project_codes": ["PRJ-BETA"]}


def finding(observed: str, *evidence: str) -> dict[str, Any]:
    return {"subject": "X-1", "verdict": "FAIL", "expected": "", "observed": observed, "evidence": evidence}


def test_an_order_shows_the_findings_of_its_own_events_and_those_that_name_none(tmp_path: Path) -> None:
    with live_world(tmp_path) as world:
        for operator in (ALFA, BETA):
            name = str(operator["operator"])
            world.register_operator(operator)
            world.submit_order(order("X-1", operator=name, project_code=f"PRJ-{name}"))
        received = [event for event in world.trace if event["type"] == "order.received"]
        first, second = (str(event["id"]) for event in received)
        findings = (finding("of ALFA", first), finding("of BETA", second), finding("of both", first, second))
        judged = {"rule": "INV-5", "verdict": "FAIL", "findings": [*findings, finding("of nothing seen")]}
        verdicts = ShownVerdicts(0, (("INV", (judged,)),), {})
        observed = {
            name: [item["observed"] for item in order_members(world, world.order("X-1", name), verdicts)["findings"]]
            for name in ("ALFA", "BETA")
        }
    assert observed["ALFA"] == ["of ALFA", "of both", "of nothing seen"]
    assert observed["BETA"] == ["of BETA", "of both", "of nothing seen"]
