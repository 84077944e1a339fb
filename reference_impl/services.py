"""The six services, their two families and the causal codes: one table each.

Codes and labels are facts of the service description. They stand here only: whatever needs a code asks the family of
the order, and whatever needs all of them goes through these tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Trigger = Literal["AC", "CO"]
CausalCode = Literal["AC", "CO", "W08", "Z18", "W09", "PA", "W24", "Z36"]


@dataclass(frozen=True, slots=True)
class Family:
    """A family of services: its line event, and its causals by what they tell the operator."""

    name: str
    trigger: Trigger  # the line is ready: the operator is told, and the customer is engaged
    first: str  # the customer is being engaged: the SLA is suspended
    booked: str
    not_booked: str  # nobody booked in time, or a party refused


# INV-1: a service has one family, and a family has its own causals.
COPPER = Family("copper", trigger="AC", first="Z18", booked="PA", not_booked="Z36")
NGA = Family("nga", trigger="CO", first="W08", booked="W09", not_booked="W24")

FAMILIES = (COPPER, NGA)
TRIGGERS = tuple(family.trigger for family in FAMILIES)

# ELIG-1: the services that can be in this service, and no other.
SERVICES: Mapping[str, Family] = MappingProxyType(
    {
        "ULL": COPPER,
        "SLU": COPPER,
        "VULA_FTTCAB": NGA,
        "VULA_FTTH": NGA,
        "BITSTREAM_NGA_FTTCAB": NGA,
        "BITSTREAM_NGA_FTTH": NGA,
    }
)

# Services of the wholesale catalogue that intake knows and that Appuntamento Digitale does not cover.
OTHER_SERVICES: frozenset[str] = frozenset({"WLR"})

ACTIVITIES: tuple[str, ...] = ("activation", "cessation")
LINE_STATES: tuple[str, ...] = ("LNA", "LA")
COMMERCIAL_SERVICES: tuple[str, ...] = ("rendez_vous", "rendez_vous_2", "sms_di_cortesia", "info_care")

CAUSAL_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "AC": "Accettato",
        "CO": "Configurato OK",
        "W08": "Cliente non reperibile",
        "Z18": "Causa cliente irreperibile in fase di appuntamento",
        "W09": "Sospensione Cliente per Appuntamento preso",
        "PA": "Preso Appuntamento",
        "W24": "Attesa OLO per cliente irreperibile da remoto – time out KO",
        "Z36": "Attesa OLO per cliente irreperibile in fase di appuntamento",
    }
)


def family_of(service: str) -> Family | None:
    """The family of a service, or None for a service that Appuntamento Digitale does not cover (ELIG-1)."""
    return SERVICES.get(service)
