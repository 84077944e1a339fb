"""A world whose service is wired through another port: the service uses that port, and all others stay."""

from __future__ import annotations

from dataclasses import replace

from reference_impl.civil_time import DAY, parse_instant
from reference_impl.ports import Sms
from sim.world import Rewire, World

NOON = parse_instant("2026-03-03T12:00:00+01:00")


class SilentGateway:
    """Takes every SMS and sends none."""

    def __init__(self) -> None:
        self.taken: list[Sms] = []

    def send(self, sms: Sms) -> None:
        self.taken.append(sms)


def test_the_service_uses_the_wiring_that_it_is_given() -> None:
    gateway = SilentGateway()
    types = _types_in_a_life(lambda world, wiring: replace(wiring, sms=gateway))
    assert [sms.kind for sms in gateway.taken] == ["engagement"]
    assert "sms.sent" not in types
    assert "notification.sent" in types


def test_as_wired_is_as_without_rewiring() -> None:
    assert _types_in_a_life(lambda world, wiring: wiring) == _types_in_a_life(None)


def _types_in_a_life(rewire: Rewire | None) -> list[object]:
    world = World(start=NOON, rewire=rewire)
    world.register_operator(operator="ALFA", agent_domain="agente.alfa.example", project_codes=["PRJ-ALFA"])
    world.submit_order(
        order="A-1", operator="ALFA", service="VULA_FTTH", line_state="LNA", project_code="PRJ-ALFA",
        phone="+393331234567",
    )  # fmt: skip
    world.report_line("A-1", "CO")
    world.run_until(NOON + DAY)
    return [event["type"] for event in world.finish()]
