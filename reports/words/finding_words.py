"""What findings say, in both languages: a template for each message id.

What lives here: text only, of any rule, of the judge itself, of INV and OP; that of the service's rules is
`service_finding_words`. The English of a template is what programs read in `verdicts.json`: it stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from reports.words.labels import Term
from reports.words.service_finding_words import SERVICE_TEMPLATES

TEMPLATES: Mapping[str, Term] = MappingProxyType(
    {
        **SERVICE_TEMPLATES,
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
        "maybe_unseen": Term(
            "{observed}; ciò che lo spiega può stare su {wires}, che non si è vista sempre",
            "{observed}; what explains it may be on {wires}, which was not seen all the while",
        ),
        "again": Term("di nuovo: {event}", "again: {event}"),
        "none_and": Term("niente, e {event}", "none, and {event}"),
        "text": Term("testo {text!r}", "text {text!r}"),
        "text.asked_for": Term("il testo che l'operatore ha chiesto", "the text that the operator asked for"),
        "moved_until": Term("spostato entro {at}", "moved until {at}"),
        "sent_to_customer": Term("inviato al numero del cliente finale", "sent to the end customer's number"),
        "sent_to": Term("inviato a {phone}", "sent to {phone}"),
        "exactly_one": Term("esattamente una {code}", "exactly one {code}"),
        "without_it": Term("{event} senza di essa", "{event} without it"),
        "before_it": Term("{event} prima", "{event} before it"),
        "soon_after_term": Term("{what} poco dopo il termine", "{what} soon after the term"),
        "soon_after_sms": Term("{what} poco dopo l'SMS", "{what} soon after the SMS"),
        "if_code_is_own": Term("{what}, se il codice è dell'operatore", "{what} if the code is the operator's"),
        # the judge itself
        "judge.wires": Term("le reti {wires}", "the wires {wires}"),
        "judge.unseen": Term("non osservate: {wires}", "not seen: {wires}"),
        "judge.scenario": Term("lo scenario riesce", "the scenario passes"),
        "judge.failed": Term("è fallito", "it failed"),
        "judge.decides": Term("il controllo di {rule} decide", "the checker of {rule} decides"),
        "judge.fault": Term("un guasto del giudice: {problem}", "{problem}"),
        "judge.tells_operator": Term("un evento che dice di quale operatore è", "an event that tells its operator"),
        "judge.of_several": Term("{count} che possono essere di più operatori", "{count} that may be of several"),
        "judge.one_value": Term(
            "un solo valore di ogni lettura aperta, lo stesso in tutta la traccia",
            "one value of each open reading, the same in the whole trace",
        ),
        "judge.one_combination": Term(
            "una combinazione di letture che rispetta la regola", "one combination of readings that keeps the rule"
        ),
        "judge.needs": Term("{subject} richiede {need}", "{subject} needs {need}"),
        "judge.reading": Term(
            "violata con {violated}; rispettata con {kept}", "violated under {violated}; kept under {kept}"
        ),
        "list.and": Term("{first}, {then}", "{first}, {then}"),
        "list.or": Term("{first} o {then}", "{first} or {then}"),
        "list.with": Term("{first} con {then}", "{first} with {then}"),
        # INV
        "inv.codes": Term("una fra {codes}", "one of {codes}"),
        "inv.one_end": Term(
            "una sola fine: appuntamento, rifiuto, time-out o annullamento",
            "one end: booked, refused, timed out or cancelled",
        ),
        "inv.back_again": Term("restituito {count:# volta|# volte}", "handed back {count:# time|# times}"),
        "inv.booked_and": Term("appuntamento fissato, e {event}", "booked, and {event}"),
        "inv.none_before": Term("nessuna prima di {event}", "none before {event}"),
        "inv.nothing_without_sms": Term(
            "niente senza un SMS di ingaggio prima", "nothing without an engagement SMS before"
        ),
        "inv.either": Term("o fissato o non fissato", "either booked or not booked"),
        "inv.both": Term("entrambi: {event}", "both: {event}"),
        "inv.received": Term("un ordine che è stato ricevuto", "an order that was received"),
        "inv.received_once": Term(
            "un codice d'ordine preso in carico una sola volta", "an order code that is taken in once"
        ),
        "inv.unknown_order": Term("{event}, ordine {order} sconosciuto", "{event}, order {order} unknown"),
        "inv.before_order": Term("{event}, prima dell'ordine", "{event}, before the order"),
        "inv.to": Term("a {operator}", "to {operator}"),
        "inv.event_to": Term("{event} a {operator}", "{event} to {operator}"),
        "inv.after": Term("dopo {code}", "after {code}"),
        "inv.before_ends": Term(
            "prima delle causali di appuntamento preso e non preso", "before booked and not-booked causals"
        ),
        "inv.capacity": Term(
            "al massimo {count:# appuntamento|# appuntamenti} nella fascia",
            "at most {count:# appointment|# appointments} in the slot",
        ),
        "inv.appointments": Term("{count:# appuntamento|# appuntamenti}", "{count:# appointment|# appointments}"),
        "inv.full": Term(
            "piena con {count:# appuntamento|# appuntamenti}", "full at {count:# appointment|# appointments}"
        ),
        "inv.with": Term("{event}, con {count}", "{event}, with {count}"),
        # OP
        "op.one_code": Term("un solo codice, fra i suoi", "one code of its own"),
        "op.both_codes": Term("entrambi i codici, {project} e {delivery}", "both codes, {project} and {delivery}"),
        "op.foreign_code": Term("un codice non suo, {code}", "a code that is not its own, {code}"),
        "op.delivery_disaggregated": Term(
            "il codice delivery {code}, su un ordine disaggregato", "the delivery code {code}, on a disaggregated order"
        ),
        "op.one_code_not_delivery": Term(
            "un solo codice, fra i suoi, non delivery se disaggregato",
            "one code of its own, not delivery when disaggregated",
        ),
        "op.status": Term("stato {status}", "status {status}"),
        "op.status_then_nothing": Term(
            "stato {status}, e dopo {code} più nulla: vi ha creduto",
            "status {status}, and nothing after {code}: it believed it",
        ),
        "op.no_answer": Term("nessuna risposta", "no answer"),
        "op.no_endpoint": Term("nessun indirizzo a cui notificare", "no endpoint to notify"),
        "op.listed_name": Term("solo nomi che sono nella cartella", "only names that are in the folder"),
        "op.not_2xx": Term("una notifica contraffatta respinta, non 2xx", "a forged notification turned away, no 2xx"),
        "op.no_effect": Term("nessun effetto di una notifica {kind}", "no effect of a {kind} notification"),
        "op.row_dropped": Term("dopo {code} nulla, fino a {at}", "nothing after {code}, until {at}"),
        "op.each_row": Term("di ogni riga prelevata si fa qualcosa", "something done about each row fetched"),
        "op.row_unused": Term("nulla fino alla fine del termine, {at}", "nothing until the term ended, {at}"),
        "op.waits": Term("nessuna richiesta per {seconds} s", "no request for {seconds} s"),
        "op.asked_again": Term("un'altra richiesta dopo {seconds} s", "another request after {seconds} s"),
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
    }
)
