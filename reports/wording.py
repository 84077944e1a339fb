"""Every word the pages and the terminal show, in Italian and English, and the lexicon that carries both into a page.

What lives here: text only. It must not know what a trace or a verdict file looks like.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from markupsafe import Markup, escape

LANGUAGES = ("it", "en")


class Term(NamedTuple):
    """One thing said in both languages."""

    it: str
    en: str

    def said_in(self, language: str) -> str:
        return self.it if language == "it" else self.en


WEEKDAYS = (
    Term("lun", "Mon"),
    Term("mar", "Tue"),
    Term("mer", "Wed"),
    Term("gio", "Thu"),
    Term("ven", "Fri"),
    Term("sab", "Sat"),
    Term("dom", "Sun"),
)

VERDICTS: Mapping[str, Term] = MappingProxyType(
    {
        "PASS": Term("Conforme", "Pass"),
        "FAIL": Term("Violata", "Fail"),
        "WARNING": Term("Attenzione", "Warning"),
        "AMBIGUOUS": Term("Ambigua", "Ambiguous"),
        "INCONCLUSIVE": Term("Non concludente", "Inconclusive"),
        "NOT_EXERCISED": Term("Non esercitata", "Not exercised"),
        "NOT_APPLICABLE": Term("Non applicabile", "Not applicable"),
        "ERROR": Term("Errore del banco", "Harness error"),
    }
)
VERDICT_MEANINGS: Mapping[str, Term] = MappingProxyType(
    {
        "PASS": Term("rispettata in ogni occasione", "kept on every occasion"),
        "FAIL": Term("violata almeno una volta", "broken at least once"),
        "WARNING": Term("oltre una soglia che il testo non impone", "beyond a threshold that the text does not impose"),
        "AMBIGUOUS": Term("dipende da come si legge il testo", "depends on how the text is read"),
        "INCONCLUSIVE": Term("non abbastanza osservato per decidere", "too little was observed to decide"),
        "NOT_EXERCISED": Term("nessuna occasione", "no occasion"),
        "NOT_APPLICABLE": Term("non riguarda il sistema in prova", "does not concern the system under test"),
        "ERROR": Term("guasto del banco di prova", "fault of the test harness"),
    }
)
SIGNS: Mapping[str, str] = MappingProxyType(
    {
        "PASS": "✓",
        "FAIL": "✗",
        "WARNING": "!",
        "AMBIGUOUS": "≈",
        "INCONCLUSIVE": "?",
        "NOT_EXERCISED": "○",
        "NOT_APPLICABLE": "–",
        "ERROR": "E",
    }
)
# From the heaviest to the lightest: the order in which verdicts merge.
VERDICT_ORDER = (
    "ERROR",
    "FAIL",
    "INCONCLUSIVE",
    "AMBIGUOUS",
    "WARNING",
    "PASS",
    "NOT_EXERCISED",
    "NOT_APPLICABLE",
)

HEADLINES: Mapping[str, Term] = MappingProxyType(
    {
        "PASS": Term("Conforme", "Conformant"),
        "FAIL": Term("Non conforme", "Not conformant"),
        "WARNING": Term("Conforme, con avvertimenti", "Conformant, with warnings"),
        "AMBIGUOUS": Term("Non deciso: dipende dalle letture", "Undecided: it depends on the readings"),
        "INCONCLUSIVE": Term("Non deciso: osservazione incompleta", "Undecided: incomplete observation"),
        "NOT_EXERCISED": Term("Nessuna regola esercitata", "No rule exercised"),
        "NOT_APPLICABLE": Term("Nessuna regola applicabile", "No rule applicable"),
        "ERROR": Term("Errore del banco di prova", "Fault of the harness"),
    }
)

FAMILIES: Mapping[str, Term] = MappingProxyType(
    {
        "ELIG": Term("Eleggibilità", "Eligibility"),
        "ROUTE": Term("Instradamento", "Routing"),
        "SMS": Term("SMS di ingaggio", "Engagement SMS"),
        "CSV": Term("File CSV", "CSV file"),
        "UNR": Term("Cliente irreperibile", "Customer unreachable"),
        "LINK": Term("Agente Virtuale", "Virtual Agent"),
        "BOOK": Term("Presa appuntamento", "Booking"),
        "REM": Term("Promemoria", "Reminder"),
        "OUT": Term("Time-out", "Time-out"),
        "RACE": Term("Contemporaneità", "Both at once"),
        "RES": Term("Rimodulazione", "Rescheduling"),
        "REF": Term("Rifiuto", "Refusal"),
        "INV": Term("Invarianti", "Invariants"),
        "OP": Term("Sistema dell'operatore", "The operator's system"),
    }
)

SERVICES: Mapping[str, str] = MappingProxyType(
    {
        "ULL": "ULL",
        "SLU": "SLU",
        "VULA_FTTCAB": "VULA FTTCab",
        "VULA_FTTH": "VULA FTTH",
        "BITSTREAM_NGA_FTTCAB": "Bitstream FTTCab",
        "BITSTREAM_NGA_FTTH": "Bitstream FTTH",
    }
)

OUTCOMES: Mapping[str, Term] = MappingProxyType(
    {
        "open": Term("in corso", "open"),
        "booked": Term("appuntamento preso", "booked"),
        "visited": Term("visita fatta", "visited"),
        "refused": Term("rifiutato", "refused"),
        "timed_out": Term("scaduto", "timed out"),
        "cancelled": Term("annullato", "cancelled"),
        "handed_back": Term("restituito", "handed back"),
        "ordinary": Term("processo ordinario", "ordinary process"),
        "disaggregated": Term("disaggregato", "disaggregated"),
    }
)

# What a mark says on its flag, and in full.
FLAGS: Mapping[str, tuple[Term, Term]] = MappingProxyType(
    {
        "received": (Term("OL", "OL"), Term("Ordinativo ricevuto", "Work order received")),
        "cancelled": (Term("Annulla", "Cancels"), Term("Ordine annullato", "Order cancelled")),
        "handed_back": (Term("Reso", "Back"), Term("Ordine restituito", "Order handed back")),
        "engagement": (Term("SMS", "SMS"), Term("SMS di ingaggio", "Engagement SMS")),
        "reminder": (Term("Promemoria", "Reminder"), Term("SMS di promemoria", "Reminder SMS")),
        "csv": (Term("CSV", "CSV"), Term("Deposito del file CSV", "CSV file deposited")),
        "fetched": (Term("Preleva", "Fetches"), Term("File CSV prelevato", "CSV file fetched")),
        "opened": (Term("Apre", "Opens"), Term("Apre il Virtual Agent", "Opens the Virtual Agent")),
        "confirmed": (Term("Fissa", "Books"), Term("Fissa l'appuntamento", "Fixes the appointment")),
        "rescheduled": (Term("Sposta", "Moves"), Term("Sposta l'appuntamento", "Moves the appointment")),
        "declined": (Term("Rifiuta", "Declines"), Term("Rifiuta di fissare", "Declines to book")),
        "rejected": (Term("Respinto", "Rejected"), Term("Atto respinto", "Act rejected")),
        "visit": (Term("Visita", "Visit"), Term("Visita del tecnico", "Technician's visit")),
        "contact_policy": (Term("PdC", "PdC"), Term("Policy di contatto telefonica", "Telephone contact policy")),
        "commercial": (Term("Comm.", "Comm."), Term("Servizio commerciale avviato", "Commercial service started")),
        "slot": (Term("Fascia", "Band"), Term("Fascia prenotata", "Booked band")),
        "slot_left": (Term("Fascia", "Band"), Term("Fascia lasciata libera", "Band given up")),
        "sla": (Term("SLA", "SLA"), Term("SLA sospeso", "SLA suspended")),
        "routed": (Term("Flusso", "Flow"), Term("Instradato", "Routed")),
        "sla_suspended": (Term("SLA", "SLA"), Term("SLA sospeso", "SLA suspended")),
        "sla_resumed": (Term("SLA", "SLA"), Term("SLA ripreso", "SLA resumed")),
        "answered": (Term("HTTP", "HTTP"), Term("Notifica riscontrata", "Notification answered")),
    }
)
LANES: Mapping[str, Term] = MappingProxyType(
    {
        "operator": Term("Operatore", "Operator"),
        "tim": Term("TIM", "TIM"),
        "customer": Term("Cliente", "Customer"),
        "visit": Term("Visita", "Visit"),
    }
)
REASONS: Mapping[str, Term] = MappingProxyType(
    {
        "already_booked": Term("già prenotato", "already booked"),
        "slot_taken": Term("fascia già presa", "slot taken"),
        "slot_not_offered": Term("fascia non offerta", "slot not offered"),
        "term_over": Term("termine scaduto", "term over"),
        "cutoff_passed": Term("limite superato", "cut-off passed"),
        "closed": Term("chiuso", "closed"),
        "not_booked": Term("nessun appuntamento", "nothing booked"),
        "unknown_link": Term("link sconosciuto", "unknown link"),
        "reschedules_exhausted": Term("spostamenti esauriti", "no reschedule left"),
    }
)

# Everything else the page says, by the name its template uses.
PAGE: Mapping[str, Term] = MappingProxyType(
    {
        "title": Term("Appuntamento Digitale · Rapporto di conformità", "Appuntamento Digitale · Conformance report"),
        "name": Term("Rapporto di conformità", "Conformance report"),
        "contents": Term("Indice", "Contents"),
        "language": Term("Lingua", "Language"),
        "skip": Term("Vai alla matrice", "Skip to the matrix"),
        "profile": Term("Profilo", "Profile"),
        "target": Term("Sistema in prova", "System under test"),
        "seed": Term("Seme", "Seed"),
        "rules": Term("Regole", "Rules"),
        "occasions": Term("Occasioni", "Occasions"),
        "findings": Term("Rilievi", "Findings"),
        "scenarios": Term("Scenari", "Scenarios"),
        "worlds": Term("Mondi", "Worlds"),
        "orders": Term("Ordini", "Orders"),
        "events": Term("Eventi", "Events"),
        "simulated": Term("Tempo simulato", "Simulated time"),
        "from_to": Term("fra", "between"),
        "and": Term("e", "and"),
        "matrix": Term("Regole per servizio", "Rules by service"),
        "matrix_note": Term(
            "In ogni casella il verdetto e il numero di occasioni: quante volte la regola è stata messa alla prova.",
            "Each cell holds the verdict and the number of occasions: how often the rule was put to the test.",
        ),
        "rule": Term("Regola", "Rule"),
        "total": Term("Totale", "Total"),
        "elsewhere": Term("Altro", "Other"),
        "elsewhere_note": Term(
            "Altro: occasioni che non riguardano un ordine di questi servizi.",
            "Other: occasions that concern no order of these services.",
        ),
        "legend": Term("Legenda", "Legend"),
        "rule_by_rule": Term("Regola per regola", "Rule by rule"),
        "no_scenarios": Term("Nessuno scenario in questa corsa.", "No scenario in this run."),
        "expected": Term("Atteso", "Expected"),
        "observed": Term("Osservato", "Observed"),
        "deadline": Term("Termine", "Deadline"),
        "offset": Term("Scarto", "Offset"),
        "decided_by": Term("Decide la lettura", "Reading that decides"),
        "evidence": Term("Prove", "Evidence"),
        "order_drawing": Term("Vedi l'ordine", "See the order"),
        "verdict": Term("Verdetto", "Verdict"),
        "subject": Term("Soggetto", "Subject"),
        "passed": Term("riuscito", "passed"),
        "failed": Term("fallito", "failed"),
        "skipped": Term("saltato", "skipped"),
        "orders_with_findings": Term("Ordini con rilievi", "Orders with findings"),
        "no_orders_with_findings": Term("Nessun ordine ha rilievi.", "No order has findings."),
        "other_orders": Term("Altri ordini", "Other orders"),
        "other_orders_note": Term(
            "Ogni ordine si apre con un clic sulla sua riga.", "Each order opens with a click on its row."
        ),
        "no_orders": Term("La traccia non contiene ordini.", "The trace holds no order."),
        "filter": Term(
            "Filtra per codice, servizio, mondo, operatore o esito",
            "Filter by code, service, world, operator or outcome",
        ),
        "shown": Term("mostrati", "shown"),
        "reading_drawing": Term(
            "Chiaro: finestra 07–20. Scuro: ore di chiusura. Tratteggio rosato: domeniche e festivi. "
            "Il bordo sinistro di ogni bandierina segna l'istante.",
            "Light: the window 07–20. Dark: closed hours. Pink: Sundays and holidays. "
            "The left edge of each flag marks the instant.",
        ),
        "drawing": Term("Linea del tempo dell'ordine", "Timeline of the order"),
        "event_list": Term("Elenco degli eventi", "List of events"),
        "readings": Term("Letture in vigore", "Readings in force"),
        "readings_note": Term(
            "Dove la descrizione del servizio tace o si presta a più interpretazioni, questa corsa ha letto così.",
            "Where the service description is silent or can be read in several ways, this run has read it so.",
        ),
        "parameter": Term("Parametro", "Parameter"),
        "in_force": Term("In vigore", "In force"),
        "alternatives": Term("Letture possibili", "Possible readings"),
        "bears_on": Term("Pesa su", "Bears on"),
        "every_reading": Term("ogni lettura", "every reading"),
        "without_service": Term("servizio ignoto", "unknown service"),
        "all_rules": Term("tutte", "all"),
    }
)


class Lexicon:
    """The pairs of texts a page uses: each is written in the initial language and numbered, so a page can switch."""

    def __init__(self, language: str = "it") -> None:
        if language not in LANGUAGES:
            raise ValueError(f"language {language!r} is unknown: allowed are {', '.join(LANGUAGES)}")
        self.language = language
        self._numbers: dict[Term, int] = {}

    def number(self, term: Term) -> int:
        return self._numbers.setdefault(term, len(self._numbers))

    def text(self, term: Term) -> str:
        return term.said_in(self.language)

    def span(self, term: Term, tag: str = "span") -> Markup:
        """The term in the initial language, marked so that the switch of the page finds it."""
        if term.it == term.en:
            return escape(term.it)
        return Markup('<{0} data-t="{1}">{2}</{0}>').format(tag, self.number(term), self.text(term))

    def to_json(self) -> str:
        """All pairs by number, safe inside a script element."""
        text = json.dumps([list(term) for term in self._numbers], ensure_ascii=False, separators=(",", ":"))
        return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
