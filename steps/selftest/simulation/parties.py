"""Who orders what: the operators of the ordinary simulation, and the orders that meet every way of routing."""

from __future__ import annotations

from collections.abc import Mapping

Members = Mapping[str, object]

EVERYTHING = ["rendez_vous", "rendez_vous_2", "sms_di_cortesia", "info_care"]
PEOPLE = "ZETA"  # the operator whose customers and call centre are left to chance
OPERATORS: tuple[Members, ...] = (
    {
        "operator": "ALFA",
        "agent_domain": "agente.alfa.example",
        "project_codes": ["PRJ-ALFA"],
        "delivery_codes": ["DEL-ALFA"],
        "engagement_text": "Alfa: scelga giorno e ora qui: {link} Grazie.",
        "engagement_alias": "ALFA FIBRA",
        "reminder_text": "Alfa: il tecnico viene il {date}, ore {band}.",
        "reminder_alias": "ALFA",
        "commercial_services": EVERYTHING,
    },
    {
        "operator": "BETA",
        "agent_domain": "agente.beta.example",
        "rendez_vous_domain": "rdv.beta.example",
        "project_codes": ["PRJ-BETA"],
        "commercial_services": EVERYTHING,
    },
    {"operator": "EPSI", "agent_domain": "agente.epsi.example", "delivery_codes": ["DEL-EPSI"]},
    {
        "operator": "GAMMA",
        "agent_domain": "agente.gamma.example",
        "project_codes": ["PRJ-GAMMA"],
        "regulated_access": False,
    },
    {
        "operator": "DELTA",
        "agent_domain": "agente.delta.example",
        "project_codes": ["PRJ-DELTA"],
        "uses_4th_referent": False,
    },
    {"operator": PEOPLE, "agent_domain": "agente.zeta.example", "project_codes": ["PRJ-ZETA"]},
)
# What ALFA registers anew while its orders are under way.
ALFA_ANEW: Members = {
    **OPERATORS[0],
    "engagement_text": "Alfa: fissi il suo appuntamento su {link}",
    "engagement_alias": "ALFA CASA",
    "reminder_text": "Alfa ricorda: {date}, fra le {band}.",
    "reminder_alias": "ALFA VISITE",
}

SERVICES = ("VULA_FTTH", "ULL", "BITSTREAM_NGA_FTTCAB", "SLU", "VULA_FTTCAB", "BITSTREAM_NGA_FTTH")
COPPER = ("ULL", "SLU", "WLR")
OWN_CODE: Mapping[str, Members] = {
    "ALFA": {"project_code": "PRJ-ALFA"},
    "BETA": {"project_code": "PRJ-BETA"},
    "EPSI": {"delivery_code": "DEL-EPSI"},
    PEOPLE: {"project_code": "PRJ-ZETA"},
}

ALFA_PROJECT: Members = {"operator": "ALFA", "project_code": "PRJ-ALFA"}
ALFA_DELIVERY: Members = {"operator": "ALFA", "delivery_code": "DEL-ALFA"}
APART: Members = {"disaggregated": True, "pdc_disaggregated": True}
# One order for each way that routing can go, and for each obstacle.
ROUTES: tuple[Members, ...] = (
    {"operator": "ALFA", "service": "VULA_FTTH"},
    {"operator": "ALFA", "service": "ULL"},
    {"operator": "ALFA", "service": "SLU", **APART},
    {**ALFA_DELIVERY, "service": "VULA_FTTCAB"},
    {**ALFA_DELIVERY, "service": "ULL"},
    {**ALFA_DELIVERY, "service": "ULL", **APART},
    {**ALFA_DELIVERY, "service": "SLU", "disaggregated": True},
    {"operator": "EPSI", "delivery_code": "DEL-EPSI", "service": "SLU", **APART},
    {**ALFA_PROJECT, "service": "ULL", **APART},
    {**ALFA_PROJECT, "service": "SLU", "disaggregated": True},
    {**ALFA_PROJECT, **ALFA_DELIVERY, "service": "VULA_FTTH"},
    {**ALFA_PROJECT, **ALFA_DELIVERY, "service": "ULL", **APART},
    {"operator": "ALFA", "project_code": "PRJ-BETA", "service": "VULA_FTTH"},
    {"operator": "BETA", "delivery_code": "DEL-ALFA", "service": "BITSTREAM_NGA_FTTH"},
    {"operator": "ALFA", "project_code": "DEL-ALFA", "service": "VULA_FTTCAB"},
    {**ALFA_PROJECT, "service": "VULA_FTTH", "line_state": "LA"},
    {**ALFA_DELIVERY, "service": "ULL", "line_state": "LA"},
    {**ALFA_PROJECT, "service": "WLR"},
    {**ALFA_PROJECT, "service": "VULA_FTTH", "activity": "cessation"},
    {"operator": "GAMMA", "project_code": "PRJ-GAMMA", "service": "VULA_FTTH"},
    {"operator": "GAMMA", "project_code": "PRJ-GAMMA", "service": "ULL"},
    {"operator": "DELTA", "project_code": "PRJ-DELTA", "service": "BITSTREAM_NGA_FTTCAB"},
    {"operator": "DELTA", "project_code": "PRJ-DELTA", "service": "SLU"},
    {**ALFA_PROJECT, "service": "VULA_FTTH", "phone": "0612345678"},
    {"operator": "BETA", "project_code": "PRJ-BETA", "service": "ULL", "phone": "+3902123456"},
)
