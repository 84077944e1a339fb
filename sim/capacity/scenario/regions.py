"""The territories that a scenario gets when it names none of its own: the twenty Italian regions.

Shares follow the resident population (Istat, 1 January 2024, rounded to thousands); that orders follow the population
is an assumption. `column` and `row` place a region on a tile map.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Region:
    """A region: Italian name, residents in thousands, place on the tile map."""

    title: str
    residents: int
    column: int
    row: int


ITALIAN_REGIONS: Mapping[str, Region] = MappingProxyType(
    {
        "abruzzo": Region("Abruzzo", 1_270, 4, 4),
        "basilicata": Region("Basilicata", 533, 5, 6),
        "calabria": Region("Calabria", 1_838, 5, 7),
        "campania": Region("Campania", 5_590, 4, 6),
        "emilia-romagna": Region("Emilia-Romagna", 4_456, 3, 2),
        "friuli-venezia-giulia": Region("Friuli-Venezia Giulia", 1_195, 4, 0),
        "lazio": Region("Lazio", 5_720, 3, 4),
        "liguria": Region("Liguria", 1_509, 1, 2),
        "lombardia": Region("Lombardia", 10_020, 2, 1),
        "marche": Region("Marche", 1_484, 4, 3),
        "molise": Region("Molise", 289, 4, 5),
        "piemonte": Region("Piemonte", 4_252, 1, 1),
        "puglia": Region("Puglia", 3_890, 6, 6),
        "sardegna": Region("Sardegna", 1_570, 1, 6),
        "sicilia": Region("Sicilia", 4_798, 4, 8),
        "toscana": Region("Toscana", 3_661, 2, 3),
        "trentino-alto-adige": Region("Trentino-Alto Adige", 1_083, 3, 0),
        "umbria": Region("Umbria", 854, 3, 3),
        "valle-d-aosta": Region("Valle d'Aosta", 123, 0, 1),
        "veneto": Region("Veneto", 4_852, 3, 1),
    }
)
