"""What findings say of an order's way through the service, in both languages: a template for each message id.

What lives here: the text of the rules from ELIG to REF, in the order of the catalogue. See `finding_words`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from reports.words.labels import Term

SERVICE_TEMPLATES: Mapping[str, Term] = MappingProxyType(
    {
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
        # ROUTE
        "route.valid": Term("valido secondo {schema}", "valid by {schema}"),
        "route.not_xml": Term("non è XML: {problem}", "not XML: {problem}"),
        "route.invalid": Term("lo schema rifiuta: {problem}", "{problem}"),
        "route.no_policy_call": Term("nessuna telefonata della Policy di Contatto", "no contact policy call"),
        "route.no_service": Term("nessun {name}", "no {name}"),
        "route.for_order": Term("{what} per un ordine del servizio", "{what} for an order of the service"),
        "route.flow": Term("flusso {flows}", "flow {flows}"),
        "route.flow_only": Term("flusso {flows} e niente del servizio", "flow {flows} and nothing of the service"),
        "route.worked": Term(
            "un ordine con un codice efficace si lavora nel servizio",
            "an order with an effective code is worked in the service",
        ),
        "route.if_project_code": Term(
            "nel servizio, se il codice progetto è dell'operatore",
            "in the service if the project code is the operator's",
        ),
        "route.if_delivery_code": Term(
            "disaggregato, se il codice delivery è dell'operatore",
            "disaggregated if the delivery code is the operator's",
        ),
        # SMS
        "sms.no_sms": Term("nessun SMS a un numero che non è di cellulare", "no SMS to a number that is not a mobile"),
        "sms.one_if_own": Term(
            "un SMS di ingaggio, se il codice è dell'operatore", "one engagement SMS if the code is the operator's"
        ),
        "sms.one": Term("un solo SMS di ingaggio", "one engagement SMS"),
        "sms.link_in_text": Term("il link al Virtual Agent nel testo", "the link to the Virtual Agent in the text"),
        "sms.one_first": Term("prima un SMS di ingaggio", "one engagement SMS first"),
        "sms.one_after": Term("un SMS di ingaggio dopo l'evento che lo avvia", "one engagement SMS after the trigger"),
        "sms.promptly": Term("senza lunga attesa", "without long waiting"),
        "sms.handed_back": Term(
            "restituito: il suo numero non è di cellulare", "handed back: its number is not a mobile"
        ),
        "sms.after": Term("dopo {code}", "after {code}"),
        "sms.none_before": Term("{event}, nessun {code} prima", "{event}, no {code} before"),
        "sms.days": Term("da lunedì a sabato", "on Monday to Saturday"),
        "sms.days_not_holidays": Term(
            "da lunedì a sabato, non in un giorno festivo", "on Monday to Saturday, not on a holiday"
        ),
        "sms.on": Term("{event}, di {weekday}", "{event}, a {weekday}"),
        "sms.on_holiday": Term("{event}, di {weekday} e giorno festivo", "{event}, a {weekday} and a holiday"),
        "sms.window": Term("dalle 07:00 alle 20:00", "from 07:00 to 20:00"),
        "sms.alias_length": Term("un alias da 1 a {count} caratteri", "an alias of 1 to {count} characters"),
        "sms.alias": Term("alias {alias!r}", "alias {alias!r}"),
        "sms.alias_asked_for": Term("l'alias che l'operatore ha chiesto", "the alias that the operator asked for"),
        # CSV
        "csv.new_file": Term("un file nuovo, mai scritto prima", "a new file, never written before"),
        "csv.again": Term("{path} depositato di nuovo", "{path} deposited again"),
        "csv.own_directory": Term("una cartella dell'operatore soltanto", "a directory of the operator's own"),
        "csv.shared": Term("{path}, anche di un altro", "{path}, also another's"),
        "csv.own_orders": Term("soltanto ordini di quell'operatore", "orders of that operator only"),
        "csv.foreign_order": Term("ordine {order} di un altro", "order {order} of another"),
        "csv.file_per_order": Term("un file per ordine", "one file per order"),
        "csv.rows": Term("{count:# riga|# righe} in un file", "{count:# row|# rows} in one file"),
        "csv.file_per_run": Term("un file per operatore e giro", "one file per operator and run"),
        "csv.same_run": Term("{path} nello stesso giro", "{path} in the same run"),
        "csv.form": Term("un file nella forma concordata", "a file of the agreed form"),
        "csv.malformed": Term("riga {line}, {field}: {problem}", "line {line}, {field}: {problem}"),
        "csv.row_per_sms": Term("una riga per ogni SMS di ingaggio inviato", "one row per engagement SMS sent"),
        "csv.row_without": Term("riga {rank} senza un SMS", "row {rank} without one"),
        "csv.phone_of_sms": Term("il numero che ha ricevuto l'SMS, {phone}", "the phone that got the SMS, {phone}"),
        "csv.phone": Term("numero {phone}", "phone {phone}"),
        "csv.country_code": Term(
            "un numero con il prefisso internazionale, come +393331234567",
            "a number with its country code, such as +393331234567",
        ),
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
        # UNR
        "unr.after_sms": Term("dopo l'SMS di ingaggio", "after the engagement SMS"),
        "unr.before_others": Term("prima di ogni altra causale", "before any other causal"),
        "unr.own_family": Term(
            "sospeso da una causale della propria famiglia", "suspended by a causal of its own family"
        ),
        "unr.from": Term("sospeso dall'istante di {code}", "suspended from the instant of {code}"),
        "unr.no_suspension": Term("nessuna sospensione", "no suspension"),
        "unr.silent_ledger": Term(
            "la traccia non ha niente del registro degli SLA", "the trace has nothing of the SLA ledger"
        ),
        "unr.not_before_first": Term(
            "nessuna sospensione prima della prima causale", "no suspension before the first causal"
        ),
        "unr.while_unbooked": Term("sospeso finché nessuno ha fissato", "suspended while nobody has booked"),
        "unr.open_after": Term("aperta dopo la causale di appuntamento non preso", "open after the not-booked causal"),
        "unr.resumed_at": Term("ripreso {at}", "resumed at {at}"),
        "unr.not_resumed": Term("non ripreso", "not resumed"),
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
        "link.each": Term(
            "nel file un link diverso da quello dell'SMS", "in the file a link other than that of the SMS"
        ),
        "link.shared": Term("nel file lo stesso link dell'SMS", "in the file the link of the SMS"),
        "link.usable": Term("{channel} può usare il Virtual Agent", "the {channel} can use the Virtual Agent"),
        # BOOK
        "book.on_offer": Term(
            "entro il termine si fissa in ogni fascia che si offre", "within the term any slot on offer can be fixed"
        ),
        "book.after_sms": Term(
            "fissato dopo l'SMS di ingaggio: il termine comincia da lì",
            "fixed after the engagement SMS: the term begins with it",
        ),
        "book.until": Term(
            "si può fissare fino a {at}, non in quell'istante né dopo", "can be fixed until {at}, not at it or after"
        ),
        "book.one_causal": Term(
            "una {code} per ogni appuntamento preso, dopo di esso", "one {code} per booking, after it"
        ),
        "book.without": Term("{event} senza un appuntamento preso", "{event} without a booking"),
        "book.slot_booked": Term("la fascia che è stata presa", "the slot that was booked"),
        "book.slot": Term("fascia {at}", "slot {at}"),
        "book.causal_of": Term("una {code} per l'appuntamento preso", "one {code} for the booking"),
        "book.one_visit": Term("una sola visita per appuntamento", "one visit of an appointment"),
        "book.last_slot": Term("la fascia presa per ultima", "the slot that was booked last"),
        "book.visit_in": Term("visita nella fascia di {at}", "visit in the slot of {at}"),
        "book.in_band": Term("entro la fascia presa", "within the booked band"),
        "book.visit_in_band": Term("una visita nella fascia presa", "a visit in the booked band"),
        "book.no_visit": Term("nessuna visita", "no visit"),
        "book.none_from": Term("nessun appuntamento da {at} in poi", "no appointment from {at} on"),
        "book.late_accepted": Term("una conferma in ritardo viene accettata", "a late confirmation is accepted"),
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
        # OUT
        "out.never_booked": Term("mai per un ordine con appuntamento", "never for a booked order"),
        "out.not_before": Term("non prima della fine del termine", "not before the end of the term"),
        "out.handed_back": Term("l'ordine viene restituito", "the order is handed back"),
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
        # RES
        "res.only_fixed": Term("si sposta soltanto un appuntamento fissato", "only a fixed appointment is moved"),
        "res.at_most": Term("al massimo {count:# spostamento|# spostamenti}", "at most {count:# move|# moves}"),
        "res.move": Term("spostamento {count}", "move {count}"),
        "res.can_be_moved": Term("un appuntamento fissato si può spostare", "a fixed appointment can be moved"),
        "res.for_slot": Term("{event} per {slot}", "{event} for {slot}"),
        "res.dates": Term("date prima e dopo", "earlier and later dates"),
        "res.visit_follows_to": Term(
            "la visita segue lo spostamento, a {slot}", "the visit follows the move, to {slot}"
        ),
        "res.in_slot": Term("{event} in {slot}", "{event} in {slot}"),
        "res.visit_follows": Term("la visita segue lo spostamento", "the visit follows the move"),
        "res.no_visit": Term("nessuna visita vista", "no visit seen"),
        "res.moved_from": Term("spostato da {slot}", "moved from {slot}"),
        "res.slot_in_force": Term("la fascia in vigore, {slot}", "the slot in force, {slot}"),
        "res.of_slot": Term("{event} di {slot}", "{event} of {slot}"),
        "res.free_again": Term("la fascia di prima è di nuovo libera", "the old slot is free again"),
        # REF
        "ref.only_unfixed": Term("rifiutato soltanto finché niente è fissato", "refused only while nothing is fixed"),
        "ref.may_unfixed": Term("si può rifiutare finché niente è fissato", "may be refused while nothing is fixed"),
        "ref.may_within": Term("si può rifiutare entro il termine", "may be refused within the term"),
        "ref.one_causal": Term("esattamente una {code} dopo il rifiuto", "exactly one {code} after the refusal"),
        "ref.nobody_books": Term("nessuno fissa dopo un rifiuto", "nobody books after a refusal"),
    }
)
