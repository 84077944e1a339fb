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
        "passed_many": Term("riusciti", "passed"),
        "failed_many": Term("falliti", "failed"),
        "skipped_many": Term("saltati", "skipped"),
        "more_findings": Term("Altri rilievi", "More findings"),
        "order": Term("Ordine", "Order"),
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
