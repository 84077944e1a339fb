"""The words of the features and what the trace calls them: services, parties, answers, routes. Tables only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Causals:
    """The line event and the causals of a family of services, as the features expect them."""

    trigger: str
    first: str
    booked: str
    not_booked: str


COPPER = Causals("AC", "Z18", "PA", "Z36")
FIBRE = Causals("CO", "W08", "W09", "W24")

SERVICES: Mapping[str, tuple[str, Causals]] = {
    "ULL": ("ULL", COPPER),
    "SLU": ("SLU", COPPER),
    "VULA FTTCAB": ("VULA_FTTCAB", FIBRE),
    "VULA FTTH": ("VULA_FTTH", FIBRE),
    "Bitstream NGA FTTCAB": ("BITSTREAM_NGA_FTTCAB", FIBRE),
    "Bitstream NGA FTTH": ("BITSTREAM_NGA_FTTH", FIBRE),
    "WLR": ("WLR", COPPER),
}

CHANNELS = {"il cliente": "customer", "l'operatore": "operator"}
SMS_KINDS = {"di ingaggio": "engagement", "di promemoria": "reminder"}
FLOWS = {"del servizio": "service", "ordinario": "ordinary", "disaggregato": "disaggregated"}

COMMERCIAL = {
    "Rendez Vous": "rendez_vous",
    "Rendez Vous 2.0": "rendez_vous_2",
    "SMS di Cortesia": "sms_di_cortesia",
    "INFO CARE": "info_care",
}

ANSWERS = {
    "appuntamento già fissato": "already_booked",
    "fascia esaurita": "slot_taken",
    "fascia non offerta": "slot_not_offered",
    "termine scaduto": "term_over",
    "limite delle 18 passato": "cutoff_passed",
    "ordine chiuso": "closed",
    "nessun appuntamento da spostare": "not_booked",
    "link sconosciuto": "unknown_link",
    "spostamenti esauriti": "reschedules_exhausted",
}

HAND_BACKS = {
    "time-out": "timeout",
    "rifiuto": "refused",
    "numero non mobile": "bad_number",
    "doppio codice": "both_codes",
    "codice ignoto": "unknown_code",
    "ordine non ammesso": "ineligible",
}

RESUMPTIONS = {"appuntamento": "appointment", "prenotazione": "booking", "visita": "visit", "annullamento": "cancelled"}

VERDICTS = {
    "rispettata": "PASS",
    "violata": "FAIL",
    "in avviso": "WARNING",
    "ambigua": "AMBIGUOUS",
    "senza elementi per giudicare": "INCONCLUSIVE",
    "non esercitata": "NOT_EXERCISED",
    "non applicabile": "NOT_APPLICABLE",
}
