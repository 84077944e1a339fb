"""What an order gets outside the service: calls on three working days, and what its operator has bought."""

from __future__ import annotations

from typing import Any

import pytest

from tests.judging.lives import COPPER, Life

READY = "2026-03-06 10:00"  # a Friday
CALLS = [(1, "2026-03-06 10:00"), (2, "2026-03-09 09:00"), (3, "2026-03-10 09:00")]
BOUGHT = ("rendez_vous", "info_care")


def outside(**members: Any) -> Life:
    """An order without a code whose line is ready on a Friday."""
    life = Life(COPPER, operator={"commercial_services": list(BOUGHT)}, order={"project_code": None, **members})
    return life.ready(READY)


def calls(life: Life) -> list[tuple[int, str]]:
    started = life.until("2026-03-20 10:00").seen("contact_policy.started")
    moments = life.when("contact_policy.started")
    return [(event["data"]["attempt"], moment) for event, moment in zip(started, moments, strict=True)]


def services(life: Life) -> list[str]:
    return [event["data"]["name"] for event in life.seen("commercial_service.started")]


def test_the_customer_is_called_on_three_working_days() -> None:  # ROUTE-1
    life = outside()
    assert calls(life) == CALLS
    assert services(life) == list(BOUGHT)
    assert life.codes == ["AC"]


def test_a_line_that_is_ready_again_is_told_and_starts_nothing_anew() -> None:
    life = outside()
    life.ready("2026-03-09 12:00")
    assert calls(life) == CALLS
    assert services(life) == list(BOUGHT)
    assert life.codes == ["AC", "AC"]


@pytest.mark.parametrize(("whole", "called"), [(False, CALLS), (True, [])])
def test_a_disaggregated_order_is_called_unless_its_contact_policy_is_too(
    whole: bool, called: list[tuple[int, str]]
) -> None:  # ROUTE-6
    life = outside(disaggregated=True, pdc_disaggregated=whole)
    assert calls(life) == called
    assert services(life) == []


def test_a_call_waits_for_the_end_of_the_holidays() -> None:
    life = Life(COPPER, start="2026-04-01 10:00", order={"project_code": None})
    life.ready("2026-04-03 10:00")
    life.until("2026-04-20 10:00")
    assert life.when("contact_policy.started")[1] == "2026-04-07 09:00"  # behind Easter Monday
