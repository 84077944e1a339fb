"""What the conformance page says that depends on no number, by the name its template uses.

What lives here: text only, as in `labels`. It must not know what a trace or a verdict file looks like.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from reports.words.labels import Term

PAGE: Mapping[str, Term] = MappingProxyType(
    {
        "title": Term("Appuntamento Digitale · Rapporto di conformità", "Appuntamento Digitale · Conformance report"),
        "name": Term("Rapporto di conformità", "Conformance report"),
        "cover": Term("Copertina", "Cover"),
        "contents": Term("Indice", "Contents"),
        "language": Term("Lingua", "Language"),
        "skip": Term("Vai alla matrice", "Skip to the matrix"),
        "profile": Term("Profilo", "Profile"),
        "target": Term("Sistema in prova", "System under test"),
        "judged_with": Term("Giudicato con", "Judged with"),
        "made_at": Term("Giudicato il", "Judged on"),
        "csv": Term("Tabella in CSV", "Table as CSV"),
        "seed": Term("Seme", "Seed"),
        "rules": Term("Regole", "Rules"),
        "occasions": Term("Occasioni", "Occasions"),
        "findings": Term("Rilievi", "Findings"),
        "scenarios": Term("Scenari", "Scenarios"),
        "judge_scenarios": Term("Scenari sul giudice", "Scenarios about the judge"),
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
        "notes": Term("Note", "Notes"),
        "notes_note": Term(
            "Quello che una persona dice di una regola che nessun filo mostra; non cambia nessun verdetto.",
            "What a person says of a rule that no wire shows; it changes no verdict.",
        ),
        "download": Term("Scarica", "Download"),
        "total": Term("Totale", "Total"),
        "elsewhere": Term("Altro", "Other"),
        "elsewhere_note": Term(
            "Altro: occasioni che non riguardano un ordine di questi servizi.",
            "Other: occasions that concern no order of these services.",
        ),
        "legend": Term("Legenda", "Legend"),
        "rule_by_rule": Term("Regola per regola", "Rule by rule"),
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
        "passed_many": Term("riusciti", "passed"),
        "failed_many": Term("falliti", "failed"),
        "skipped_many": Term("saltati", "skipped"),
        "findings_note": Term(
            "Ogni riga raccoglie i rilievi di una regola che dicono la stessa cosa; porta alla prova.",
            "Each row gathers the findings of a rule that say the same; it leads to the proof.",
        ),
        "no_findings": Term("Nessun rilievo.", "No findings."),
        "more_kinds": Term("Altri tipi di rilievo", "More kinds of finding"),
        "more_rows": Term("Altri", "More"),
        "not_listed": Term(
            "Altri rilievi dello stesso tipo, contati e non elencati", "More of the same kinds, counted and not listed"
        ),
        "for_example": Term("per esempio", "for example"),
        "causes": Term("cause", "causes"),
        "one_cause": Term("una sola causa", "one cause"),
        "rows": Term("righe", "rows"),
        "proof": Term("L'ordine e gli eventi che lo provano", "The order and the events that prove it"),
        "raw_events": Term("Eventi della traccia", "Events of the trace"),
        "more_scenarios": Term("Altri scenari", "More scenarios"),
        "order": Term("Ordine", "Order"),
        "observed_wires": Term("Reti osservate", "Wires observed"),
        "unseen_wires": Term("Reti non osservate", "Wires not observed"),
        "everything_observed": Term(
            "la registrazione non lo dice: valgono come osservate tutte, fino all'ultimo evento",
            "the recording does not say: all count as observed, up to the last event",
        ),
        "observed_span": Term("Periodo osservato", "Span observed"),
        "in_worlds": Term("mondi", "worlds"),
        "inferred": Term("Dedotto dalla traccia", "Inferred from the trace"),
        "ignored": Term("Ignorato", "Ignored"),
        "orders_with_findings": Term("Ordini con rilievi", "Orders with findings"),
        "no_orders_with_findings": Term("Nessun ordine ha rilievi.", "No order has findings."),
        "other_orders": Term("Altri ordini", "Other orders"),
        "other_orders_note": Term(
            "Un esempio disegnato per ogni servizio ed esito; degli altri il nome.",
            "One drawn example of each service and outcome; of the others the name.",
        ),
        "named_orders": Term("Ordini non disegnati qui", "Orders not drawn here"),
        "named_orders_note": Term("Il disegno di ognuno:", "The drawing of each:"),
        "no_orders": Term("La traccia non contiene ordini.", "The trace holds no order."),
        "filter": Term(
            "Filtra per codice, servizio, mondo, operatore o esito",
            "Filter by code, service, world, operator or outcome",
        ),
        "shown": Term("mostrati", "shown"),
        "reading_drawing": Term(
            "Il bordo sinistro di ogni bandierina segna l'istante; chi la tocca lo legge al millisecondo.",
            "The left edge of each flag marks its instant; point at it to read it to the millisecond.",
        ),
        "key_open": Term("finestra 07–20", "window 07–20"),
        "key_closed": Term("ore di chiusura", "closed hours"),
        "key_off": Term("domeniche e festivi", "Sundays and holidays"),
        "key_band": Term("fascia prenotata", "booked band"),
        "key_sla": Term("SLA sospeso", "SLA suspended"),
        "key_due": Term("scadenza", "deadline"),
        "drawing": Term("Linea del tempo dell'ordine", "Timeline of the order"),
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
    }
)
