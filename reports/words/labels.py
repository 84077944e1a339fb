"""Every word the pages and the terminal show, in Italian and English, and the lexicon that carries both into a page.

What lives here: text only. It must not know what a trace or a verdict file looks like.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from markupsafe import Markup, escape

from reports import facts

LANGUAGES = ("it", "en")


class Term(NamedTuple):
    """One text in both languages."""

    it: str
    en: str

    def in_language(self, language: str) -> str:
        return self.it if language == "it" else self.en


def same(text: str) -> Term:
    """A text that is the same in both languages."""
    return Term(text, text)


WEEKDAYS = tuple(Term(weekday.it[:3], weekday.en[:3]) for weekday in facts.WEEKDAYS)  # in short

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
# Who is to mend what a validation found.
BLAMES: Mapping[str, Term] = MappingProxyType(
    {
        "operator": Term("operatore", "operator"),
        "configuration": Term("configurazione", "configuration"),
        "environment": Term("ambiente", "environment"),
        "harness": Term("banco di prova", "harness"),
        "specification": Term("specifica", "specification"),
    }
)
# The same behind a number: 8 violate, 44 conformi.
VERDICTS_COUNTED: Mapping[str, tuple[Term, Term]] = MappingProxyType(
    {
        "PASS": (Term("conforme", "pass"), Term("conformi", "pass")),
        "FAIL": (Term("violata", "fails"), Term("violate", "fail")),
        "WARNING": (Term("con avviso", "warning"), Term("con avviso", "warnings")),
        "AMBIGUOUS": (Term("ambigua", "ambiguous"), Term("ambigue", "ambiguous")),
        "INCONCLUSIVE": (Term("non concludente", "inconclusive"), Term("non concludenti", "inconclusive")),
        "NOT_EXERCISED": (Term("non esercitata", "not exercised"), Term("non esercitate", "not exercised")),
        "NOT_APPLICABLE": (Term("non applicabile", "not applicable"), Term("non applicabili", "not applicable")),
        "ERROR": (Term("errore del banco", "harness error"), Term("errori del banco", "harness errors")),
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
# What is to be decided where a rule has one of these verdicts, the heaviest first.
DECISIONS: Mapping[str, Term] = MappingProxyType(
    {
        "ERROR": Term("Da correggere nel banco di prova, poi rifare", "To be mended in the harness, then run again"),
        "FAIL": Term(
            "Da correggere nel sistema in prova, o da contestare con la descrizione del servizio",
            "To be mended in the system under test, or contested with the service description",
        ),
        "INCONCLUSIVE": Term(
            "Da osservare: serve una registrazione che veda le reti e i tempi che mancano",
            "To be observed: a recording is needed that sees the wires and the times that are missing",
        ),
        "AMBIGUOUS": Term("Da decidere con TIM: quale lettura vale", "To be decided with TIM: which reading holds"),
        "WARNING": Term("Da valutare: il testo non lo impone", "To be weighed: the text does not impose it"),
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

RULE_FAMILIES: Mapping[str, Term] = MappingProxyType(
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

SERVICES: Mapping[str, str] = MappingProxyType({name: service.label for name, service in facts.SERVICES.items()})

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
DEADLINES: Mapping[str, Term] = MappingProxyType(
    {
        "sms_window": Term("si apre la finestra SMS", "SMS window opens"),  # SMS-2, SMS-3
        "csv": Term("file CSV entro", "CSV file by"),  # CSV-4
        "term_end": Term("fine del termine", "end of the term"),  # BOOK-1
        "eve": Term("ore 18 della vigilia", "18:00 of the eve"),  # REM-1, RES-3
        "reminder": Term("promemoria previsto", "reminder planned"),
    }
)
NOW = Term("Adesso", "Now")
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


def verdicts_counted(verdict: str, count: int) -> Term:
    """What so many rules of a verdict are called."""
    return VERDICTS_COUNTED[verdict][0 if count == 1 else 1]


class Lexicon:
    """The pairs of texts a page uses: each is written in the initial language and numbered, so a page can switch.

    Nothing is marked for the switch on a page that has none.
    """

    def __init__(self, language: str = "it", has_switch: bool = True) -> None:
        if language not in LANGUAGES:
            raise ValueError(f"language {language!r} is unknown: allowed are {', '.join(LANGUAGES)}")
        self.language, self._has_switch = language, has_switch
        self._numbers: dict[Term, int] = {}

    def number(self, term: Term) -> int:
        return self._numbers.setdefault(term, len(self._numbers))

    def text(self, term: Term) -> str:
        return term.in_language(self.language)

    def mark(self, term: Term) -> Markup:
        """The attribute, with a space before it, by which the switch of the page finds an element of only this term."""
        marked = self._has_switch and term.it != term.en
        return Markup(f' data-t="{self.number(term)}"' if marked else "")

    def span(self, term: Term, tag: str = "span") -> Markup:
        """The term in the initial language, marked so that the switch of the page finds it."""
        if term.it == term.en:
            return escape(term.it)
        return Markup(f"<{tag}{self.mark(term)}>{escape(self.text(term))}</{tag}>")

    def to_json(self) -> str:
        """All pairs by number, safe inside a script element."""
        text = json.dumps([list(term) for term in self._numbers], ensure_ascii=False, separators=(",", ":"))
        return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
