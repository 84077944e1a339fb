"""The words of the features and what the trace calls them: services, parties, answers, routes. Tables only."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from reports import facts

SERVICES = {
    "ULL": "ULL",
    "SLU": "SLU",
    "VULA FTTCAB": "VULA_FTTCAB",
    "VULA FTTH": "VULA_FTTH",
    "Bitstream NGA FTTCAB": "BITSTREAM_NGA_FTTCAB",
    "Bitstream NGA FTTH": "BITSTREAM_NGA_FTTH",
    "WLR": "WLR",
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

PROBES = {"contraffatta": "forged", "vecchia": "stale", "ripetuta": "replayed"}
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

# What a system may say as well: an order whose term is over is closed, a band that is full is not on offer.
ALSO_TRUE: Mapping[str, Collection[str]] = {
    "termine scaduto": {"closed"},
    "ordine chiuso": {"term_over"},
    "fascia esaurita": {"slot_not_offered"},
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


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading as the features name it: its parameter, and its values in their words."""

    parameter: str
    values: Mapping[str, str]


YES_NO = {"sì": "yes", "no": "no"}
READINGS: Mapping[str, Reading] = {
    "settimana lavorativa": Reading("working_week", {"lunedì-venerdì": "mon_fri", "lunedì-sabato": "mon_sat"}),
    "festività": Reading("holidays", {"nazionali": "national", "nessuna": "none"}),
    "prima giornata": Reading("first_day", {"se lavorativa": "if_working", "sempre": "always"}),
    "fine del terzo giorno": Reading("day_end", {"mezzanotte": "midnight", "alle 20": "20:00", "alle 18": "18:00"}),
    "SMS nei festivi": Reading("sms_on_holidays", YES_NO),
    "cadenza degli SMS": Reading("sms_cadence", {"continua": "continuous", "ogni due ore": "two_hourly"}),
    "giorno X+1": Reading("csv_rollover", {"di calendario": "calendar_day", "operativo": "operating_day"}),
    "cadenza dei file": Reading(
        "csv_cadence", {"da tabella": "table", "immediata": "immediate", "all'ultimo istante": "latest"}
    ),
    "data della riga": Reading("csv_date", {"giorno dell'SMS": "sms_day", "giorno del deposito": "deposit_day"}),
    "un file": Reading("csv_file", {"per corsa": "per_run", "per ordine": "per_order"}),
    "dialetto del file": Reading("csv_dialect", {}),
    "prima causale comunque": Reading("first_notice_unconditional", YES_NO),
    "identità del link": Reading("link_identity", {"per canale": "per_channel", "condivisa": "shared"}),
    "dominio del link": Reading("domain_match", {"esatto": "exact", "anche sottodominio": "subdomain"}),
    "prenotazione tardiva": Reading("late_booking", {"respinta": "reject", "accolta": "accept"}),
    "prima fascia": Reading(
        "earliest_slot",
        {"con promemoria possibile": "reminder_possible", "dal giorno dopo": "next_day", "qualunque": "any"},
    ),
    "promemoria di domenica": Reading("reminder_sunday", {"anticipato": "anticipate", "inviato": "send"}),
    "ora del promemoria": Reading("reminder_time", {}),
    "promemoria dopo lo spostamento": Reading("reminder_on_reschedule", {"ripetuto": "resend", "uno solo": "once"}),
    "18:00 comprese": Reading("cutoff_included", YES_NO),
    "20:00 comprese": Reading("window_end_included", YES_NO),
    "causale dello spostamento": Reading("reschedule_notice", {"ripetuta": "repeat", "nessuna": "none"}),
    "spostamenti ammessi": Reading("max_reschedules", {"senza limite": "unlimited"}),
    "causale del rifiuto": Reading("refusal_notice", {"immediata": "immediate", "a fine termine": "term_end"}),
    "rifiuto definitivo": Reading("refusal_final", YES_NO),
    "conferma ripetuta": Reading("race_retry", {"idempotente": "idempotent", "respinta": "reject"}),
    "doppio codice": Reading("both_codes", {"vince il progetto": "progetto_wins", "respinto": "reject"}),
    "codice ignoto": Reading("unknown_code", {"ordinario": "ordinary", "respinto": "reject"}),
    "ordine non ammesso": Reading("ineligible", {"ordinario": "ordinary", "respinto": "reject"}),
    "delivery ignorato": Reading(
        "delivery_scope", {"in ogni disaggregato": "any_disaggregated", "se lo è anche la PdC": "pdc_disaggregated"}
    ),
    "numero non valido": Reading("bad_number", {"nessun SMS": "no_sms", "respinto": "fail"}),
    "ripresa dello SLA": Reading(
        "sla_resume", {"appuntamento": "appointment", "prenotazione": "booking", "visita": "visit"}
    ),
    "secondo innesco": Reading("reengage", {"ignorato": "no", "nuovo SMS": "yes"}),
    "annullamento": Reading("cancel", {"ferma tutto": "stops_all"}),
    "riga dell'ordine annullato": Reading("cancelled_row", {"dovuta": "owed", "omessa": "dropped"}),
    "giorni offerti": Reading("offered_days", {"senza limite": "unlimited"}),
    "mai dopo": Reading("never_after", {"senza limite": "unlimited"}),
    "griglia delle fasce": Reading("slot_grid", {}),
}
TABLE_MEMBERS = {
    "separatore": "separator",
    "intestazione": "header",
    "codifica": "encoding",
    "fine riga": "line_end",
    "telefono": "phone_format",
    "giorni": "weekdays",
    "fasce": "bands",
}
TABLE_VALUES: Mapping[str, object] = {
    "sì": True,
    "no": False,
    "virgola": ",",
    "barra": "|",
    "punto e virgola": ";",
    "CR LF": "crlf",
    "LF": "lf",
    "nazionale": "national",
    "internazionale": "e164",
}
WEEKDAYS = {weekday.it[:3]: weekday.key for weekday in facts.WEEKDAYS}
