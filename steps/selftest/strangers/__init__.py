"""Shelf 2: lawful strangers, unlike the reference and right."""

from __future__ import annotations

from steps.selftest.strangers import readings, ways
from steps.selftest.systems import LawfulStranger

LAWFUL_STRANGERS: tuple[LawfulStranger, ...] = (*readings.SHELF, *ways.SHELF)
