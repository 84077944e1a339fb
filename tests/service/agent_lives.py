"""Orders at the points of their life at which somebody acts in the Virtual Agent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.judging.lives import Life, slot

FRIDAY, LATER_FRIDAY, MONDAY = "2026-03-06 08:00", "2026-03-06 10:00", "2026-03-09 08:00"
PARTIES = ("customer", "operator")
AFTER_DEPOSIT = "2026-03-02 15:00"


def engaged(**readings: Any) -> Life:
    """Engaged on Monday 2 March at 10:00; the file comes at 14:00, the term ends with Wednesday."""
    return Life(**readings).ready("2026-03-02 10:00").until(AFTER_DEPOSIT)


def booked(party: str = "customer", **readings: Any) -> Life:
    return engaged(**readings).confirm(AFTER_DEPOSIT, FRIDAY, party)


def declined(**readings: Any) -> Life:
    return engaged(**readings).decline(AFTER_DEPOSIT)


def timed_out(**readings: Any) -> Life:
    return engaged(**readings).until("2026-03-05 09:00")


def late(**readings: Any) -> Life:
    return timed_out(late_booking="accept", **readings).confirm("2026-03-05 09:00", MONDAY)


def acts(life: Life, party: str, wanted_slot: str = LATER_FRIDAY) -> dict[str, Callable[[], object]]:
    agent, link = life.world.agent, life.link(party)
    return {
        "confirm": lambda: agent.confirm(link, slot(wanted_slot), party),
        "reschedule": lambda: agent.reschedule(link, slot(wanted_slot), party),
        "decline": lambda: agent.decline(link, party),
    }
