"""What findings say, in both languages: a template for each message id, and the words for names that stand in a trace.

What lives here: text only. The English of a template is what programs read in `verdicts.json`: it stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from reports.facts import WEEKDAYS
from reports.words.labels import FLAGS, REASONS, SERVICES, Term

TEMPLATES: Mapping[str, Term] = MappingProxyType(
    {
        # what any rule may say
        "event": Term("{event}, {at}", "{event} at {at}"),
        "event_detail": Term("{event} {detail}, {at}", "{event} {detail} at {at}"),
        "another": Term("ancora: {event}", "another {event}"),
        "accepted": Term("accettato: {event}", "accepted: {event}"),
        "observation_ends": Term("l'osservazione finisce {at}", "the observation ends {at}"),
        "nothing_until": Term("niente fino a {at}", "nothing until {at}"),
        "unregistered": Term(
            "nessuna registrazione di {operator} vista fino ad allora", "no registration of {operator} seen by then"
        ),
        "not_after_event": Term("non dopo {event}", "not after {event}"),
        "after_cancellation": Term(
            "niente del servizio dopo l'annullamento dell'ordine", "nothing of the service once the order is cancelled"
        ),
        "maybe_begun_before": Term(
            "{observed}; l'ordine può essere cominciato prima dell'osservazione",
            "{observed}; the order may have begun before the observation",
        ),
        # what any rule may say, too
        "again": Term("di nuovo: {event}", "again: {event}"),
        "none_and": Term("niente, e {event}", "none, and {event}"),
        "text": Term("testo {text!r}", "text {text!r}"),
        "text.asked_for": Term("il testo che l'operatore ha chiesto", "the text that the operator asked for"),
        "moved_until": Term("spostato entro {at}", "moved until {at}"),
        "sent_to_customer": Term("inviato al numero del cliente finale", "sent to the end customer's number"),
        "sent_to": Term("inviato a {phone}", "sent to {phone}"),
        # the judge itself
        "judge.wires": Term("le reti {wires}", "the wires {wires}"),
        "judge.unseen": Term("non osservate: {wires}", "not seen: {wires}"),
        "judge.scenario": Term("lo scenario riesce", "the scenario passes"),
        "judge.failed": Term("è fallito", "it failed"),
        # ELIG
        "elig.six_services": Term(
            "entrano nel servizio soltanto attivazioni dei sei servizi",
            "only activations of the six services enter the service",
        ),
        "elig.inactive_line": Term(
            "entrano nel servizio soltanto ordini su linea non attiva", "only orders on LNA enter the service"
        ),
        "elig.regulated": Term(
            "sono serviti soltanto operatori che comprano accesso regolamentato",
            "only operators that buy regulated access are served",
        ),
        "elig.fourth_referent": Term(
            "sono serviti soltanto operatori che usano il 4° referente",
            "only operators that use the 4th referent are served",
        ),
        "elig.codes": Term("secondo i codici assegnati all'operatore", "by the codes assigned to the operator"),
        "elig.by_codes": Term(
            "secondo i codici assegnati all'operatore: {flows}", "by the codes assigned to the operator: {flows}"
        ),
        "elig.code": Term("secondo il codice di questo ordine", "by the code on this order"),
        "elig.by_code": Term("secondo il codice di questo ordine: {flows}", "by the code on this order: {flows}"),
        "elig.since": Term(
            "nessun ordine entra nel servizio prima del 2020-06-01", "no order enters the service before 2020-06-01"
        ),
        # OP
        "op.one_code": Term("un solo codice, fra i suoi", "one code of its own"),
        "op.both_codes": Term("entrambi i codici", "both codes"),
        "op.foreign_code": Term("un codice di un altro", "a code of another"),
        "op.delivery_disaggregated": Term("delivery, su un ordine disaggregato", "delivery, disaggregated"),
        "op.one_code_not_delivery": Term(
            "un solo codice, fra i suoi, non delivery se disaggregato",
            "one code of its own, not delivery when disaggregated",
        ),
        "op.status": Term("stato {status}", "status {status}"),
        "op.no_answer": Term("nessuna risposta", "no answer"),
        "op.answer": Term("una risposta 2xx", "an answer 2xx"),
        "op.one_effect": Term("un solo effetto della stessa notifica", "one effect of the same notification"),
        "op.temporary_name": Term("mai un nome provvisorio", "never a temporary name"),
        "op.fetched_before": Term("prelevato prima di {at}", "fetched before {at}"),
        "op.not_fetched": Term("non prelevato", "not fetched"),
        "op.not_fetched_yet": Term("non ancora prelevato", "not fetched yet"),
        "op.handed_out": Term("attraverso un link che è stato consegnato", "through a link that was handed out"),
        "op.within_term": Term("entro il termine", "within the term"),
        "op.accepts": Term("accetta che l'altro è arrivato primo", "accepts that the other was first"),
        "op.gives_up": Term("rinuncia dopo un diniego", "gives up once denied"),
        "op.no_act_after": Term("nessun atto dopo {code}", "no act after {code}"),
        "op.survives": Term("sopravvive a una consegna disturbata", "survives a disturbed delivery"),
        "op.last_moment": Term("un file dell'ultimo momento viene prelevato", "a file at the last moment is fetched"),
        "op.not_in_time": Term("non in tempo", "not in time"),
        # INV
        "inv.codes": Term("una fra {codes}", "one of {codes}"),
        "inv.one_end": Term(
            "una sola fine: appuntamento, rifiuto, time-out o annullamento",
            "one end: booked, refused, timed out or cancelled",
        ),
        "inv.back_again": Term("restituito {count} volte", "handed back {count} times"),
        "inv.booked_and": Term("appuntamento fissato, e {event}", "booked, and {event}"),
        "inv.none_before": Term("nessuna prima di {event}", "none before {event}"),
        "inv.nothing_without_sms": Term(
            "niente senza un SMS di ingaggio prima", "nothing without an engagement SMS before"
        ),
        "inv.either": Term("o fissato o non fissato", "either booked or not booked"),
        "inv.both": Term("entrambi: {event}", "both: {event}"),
        "inv.received": Term("un ordine che è stato ricevuto", "an order that was received"),
        "inv.unknown_order": Term("{event}, ordine {order} sconosciuto", "{event}, order {order} unknown"),
        "inv.before_order": Term("{event}, prima dell'ordine", "{event}, before the order"),
        "inv.to": Term("a {operator}", "to {operator}"),
        "inv.event_to": Term("{event} a {operator}", "{event} to {operator}"),
        "inv.after": Term("dopo {code}", "after {code}"),
        "inv.before_ends": Term(
            "prima delle causali di appuntamento preso e non preso", "before booked and not-booked causals"
        ),
        "inv.capacity": Term(
            "al massimo {count} appuntamenti nella fascia", "at most {count} appointments in the slot"
        ),
        "inv.appointments": Term("{count} appuntamenti", "{count} appointments"),
        "inv.full": Term("piena con {count} appuntamenti", "full at {count} appointments"),
        "inv.with": Term("{event}, con {count}", "{event}, with {count}"),
        # REM
        "rem.of": Term("un promemoria di {slot}", "a reminder of {slot}"),
        "rem.in_force": Term("l'appuntamento in vigore, {slot}", "the appointment in force, {slot}"),
        "rem.by": Term("un promemoria entro {at}", "a reminder by {at}"),
        "rem.fixed_then": Term("fissato soltanto allora: {event}", "fixed only then: {event}"),
        "rem.none": Term("nessun promemoria", "no reminder"),
        "rem.one": Term("un solo promemoria dell'appuntamento in vigore", "one reminder of the appointment in force"),
        "rem.anticipated": Term(
            "anticipato a {weekday} {date} al più tardi", "anticipated to {weekday} {date} at the latest"
        ),
        "rem.standard_text": Term("il testo standard", "the standard text"),
        "rem.no_text": Term("nessun testo", "no text"),
        "rem.day_and_band": Term(
            "il giorno e la fascia dell'appuntamento, {slot}", "the day and band of the appointment, {slot}"
        ),
        "rem.in_text": Term("{words} nel testo", "{words} in the text"),
        # ROUTE-7
        "route.valid": Term("valido secondo {schema}", "valid by {schema}"),
        "route.not_xml": Term("non è XML: {problem}", "not XML: {problem}"),
        # LINK, CSV-5
        "link": Term("link {link}", "link {link}"),
        "link.quoted": Term("link {link!r}", "link {link!r}"),
        "link.on": Term("un link su {domain}", "a link on {domain}"),
        "link.on_own": Term("un link su un dominio dell'operatore", "a link on a domain of the operator"),
        "link.on_rendez_vous": Term(
            "un link sul dominio Rendez Vous dell'operatore, se ne ha uno",
            "a link on the Rendez Vous domain of the operator, if it has one",
        ),
        "link.through_agent": Term("fissato attraverso il Virtual Agent", "fixed through the Virtual Agent"),
        "link.by_source": Term("{event} da {source}", "{event} by {source}"),
        "link.appointment": Term(
            "un appuntamento fissato attraverso il Virtual Agent", "an appointment fixed through the Virtual Agent"
        ),
        "link.own": Term("un link proprio per ogni ordine", "a link of its own for each order"),
        "link.of_order": Term("il link dell'ordine {order}", "the link of order {order}"),
        "link.usable": Term("{channel} può usare il Virtual Agent", "the {channel} can use the Virtual Agent"),
        # CSV
        "csv.new_file": Term("un file nuovo, mai scritto prima", "a new file, never written before"),
        "csv.again": Term("{path} depositato di nuovo", "{path} deposited again"),
        "csv.own_directory": Term("una cartella dell'operatore soltanto", "a directory of the operator's own"),
        "csv.shared": Term("{path}, anche di un altro", "{path}, also another's"),
        "csv.own_orders": Term("soltanto ordini di quell'operatore", "orders of that operator only"),
        "csv.foreign_order": Term("ordine {order} di un altro", "order {order} of another"),
        "csv.file_per_order": Term("un file per ordine", "one file per order"),
        "csv.rows": Term("{count} righe in un file", "{count} rows in one file"),
        "csv.file_per_run": Term("un file per operatore e giro", "one file per operator and run"),
        "csv.same_run": Term("{path} nello stesso giro", "{path} in the same run"),
        "csv.form": Term("un file nella forma concordata", "a file of the agreed form"),
        "csv.malformed": Term("riga {line}, {field}: {problem}", "line {line}, {field}: {problem}"),
        "csv.row_per_sms": Term("una riga per ogni SMS di ingaggio inviato", "one row per engagement SMS sent"),
        "csv.row_without": Term("riga {rank} senza un SMS", "row {rank} without one"),
        "csv.phone_of_sms": Term("il numero che ha ricevuto l'SMS, {phone}", "the phone that got the SMS, {phone}"),
        "csv.phone": Term("numero {phone}", "phone {phone}"),
        "csv.row_owed": Term(
            "la riga di un SMS partito prima dell'annullamento", "the row of an SMS that left before the cancellation"
        ),
        "csv.row_dropped": Term("nessuna riga di un ordine annullato", "no row of a cancelled order"),
        "csv.none": Term("nessuna riga", "no row"),
        "csv.active_link": Term("un link attivo", "an active link"),
        "csv.real_date": Term("una data vera gg/mm/aaaa", "a real date dd/mm/yyyy"),
        "csv.date_quoted": Term("data {date!r}", "date {date!r}"),
        "csv.date": Term("data {date}", "date {date}"),
        "csv.by": Term("in un file entro {at}", "in a file by {at}"),
        "csv.after_sms": Term("depositato dopo l'SMS", "deposited after the SMS"),
        "csv.no_row": Term("nessuna riga fino a {at}", "no row until {at}"),
        "csv.own_link": Term("un link proprio in ogni riga", "a link of its own in each row"),
        "csv.link_of_row": Term(
            "il link di una riga apre l'ordine di quella riga", "the link of a row opens the order of that row"
        ),
        "csv.link_works": Term("il link della riga funziona", "the link of the row works"),
        # RACE
        "race.first_wins": Term(
            "il primo che conferma ottiene l'appuntamento", "the first to confirm gets the appointment"
        ),
        "race.only_first": Term(
            "soltanto la prima conferma fissa l'appuntamento", "only the first confirmation fixes an appointment"
        ),
        "race.no_second_causal": Term(
            "nessuna seconda causale per chi è arrivato secondo", "no second causal for the one who came second"
        ),
        "race.second_told": Term("chi conferma secondo ne è informato", "the second to confirm is told so"),
        "race.same_answer": Term(
            "chi ha vinto riceve di nuovo la stessa risposta", "the winner gets the same answer again"
        ),
    }
)

_EVENTS = {
    "order.received": "received",
    "order.cancelled": "cancelled",
    "order.handed_back": "handed_back",
    "order.routed": "routed",
    "csv.deposited": "csv",
    "csv.fetched": "fetched",
    "agent.opened": "opened",
    "appointment.confirmed": "confirmed",
    "appointment.rescheduled": "rescheduled",
    "appointment.declined": "declined",
    "agent.rejected": "rejected",
    "visit.started": "visit",
    "contact_policy.started": "contact_policy",
    "commercial_service.started": "commercial",
    "sla.suspended": "sla_suspended",
    "sla.resumed": "sla_resumed",
    "notification.answered": "answered",
}

# Names as they stand in a trace, in words for people.
NAMES: Mapping[str, Term] = MappingProxyType(
    {
        **{name: Term(service, service) for name, service in SERVICES.items()},
        **REASONS,
        **{event: FLAGS[flag][1] for event, flag in _EVENTS.items()},
        "notification.sent": Term("Causale", "Causal"),
        "sms.sent": Term("SMS", "SMS"),
        "none": Term("nessuno", "none"),
        **{day.en: Term(day.it, day.en) for day in WEEKDAYS},
        "engagement": Term("di ingaggio", "of engagement"),
        "reminder": Term("di promemoria", "of reminder"),
        "customer": Term("il cliente", "customer"),
        "operator": Term("l'operatore", "operator"),
        "the operator": Term("l'operatore", "the operator"),
        "service": Term("nel servizio", "service"),
        "ordinary": Term("processo ordinario", "ordinary"),
        "disaggregated": Term("disaggregato", "disaggregated"),
    }
)
