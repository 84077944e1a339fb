"""Faults of notifications: what chance draws for each, within its bounds."""

from __future__ import annotations

from typing import Any

import pytest

from reference_impl.ports import Notification
from sim.faults import NO_FAULTS, NotificationFaults, delivery_delays
from tests.world.populations import TUESDAY

BOOKED = Notification("ALFA-1", "ALFA", "W09", "label", TUESDAY)


def test_without_faults_a_notification_arrives_once_and_at_once() -> None:
    assert delivery_delays(NO_FAULTS, "7", BOOKED) == (0,)


def test_a_fault_is_drawn_for_the_notification_and_stays_within_its_bounds() -> None:
    faults = NotificationFaults(late=1.0, late_seconds=10, duplicated=1.0, duplicated_seconds=5)
    arrival, copy = delivery_delays(faults, "7", BOOKED)
    assert delivery_delays(faults, "7", BOOKED) == (arrival, copy)
    assert 0 < arrival <= 10_000
    assert arrival < copy <= arrival + 5_000


def test_one_fault_does_not_move_the_draws_of_another() -> None:
    late = NotificationFaults(late=1.0)
    assert (
        delivery_delays(NotificationFaults(late=1.0, duplicated=1.0), "7", BOOKED)[0]
        == delivery_delays(late, "7", BOOKED)[0]
    )


def test_an_overtaken_notification_is_held_back_for_at_least_half_of_its_time() -> None:
    [delay] = delivery_delays(NotificationFaults(overtaken=1.0, overtaken_seconds=100), "7", BOOKED)
    assert 50_000 <= delay <= 100_000


@pytest.mark.parametrize("wrong", [{"late": 1.5}, {"duplicated": -0.1}, {"late_seconds": -1}])
def test_a_chance_or_duration_that_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="allowed: 0 to"):
        NotificationFaults(**wrong)
