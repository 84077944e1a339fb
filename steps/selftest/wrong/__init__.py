"""Shelf 1: wrong systems, each wrong in one way, by the family of rules that it breaks."""

from __future__ import annotations

from steps.selftest.systems import WrongSystem
from steps.selftest.wrong import appointments, contests, csv_files, eligibility, engagement, invariants, operators

WRONG_SYSTEMS: tuple[WrongSystem, ...] = (
    *eligibility.SHELF,
    *engagement.SHELF,
    *csv_files.SHELF,
    *appointments.SHELF,
    *contests.SHELF,
    *invariants.SHELF,
    *operators.SHELF,
)
