"""What the control room says, in Italian and English.

What lives here: text only. It must not know what a world looks like.
"""

from __future__ import annotations

from types import MappingProxyType

from reports.words.labels import Term
from sim.sandbox.pages.page_languages import Texts

ROOM_WORDS: Texts = MappingProxyType(
    {
        "room": Term("Sala di controllo", "Control room"),
        "skip": Term("Vai agli ordini", "Skip to the orders"),
        "language": Term("Lingua", "Language"),
        "world": Term("Mondo", "World"),
        "tagline": Term(
            "Un wholesaler vivo, sotto un orologio che muovi tu", "A living wholesaler, under a clock that you move"
        ),
        "new_tab": Term("di {order}, in una nuova scheda", "of {order}, in a new tab"),
        "footer": Term(
            "Tutto questo si fa anche via HTTP (la rotta sta in ogni pannello) e da riga di comando",
            "Everything here can also be done by HTTP (the route stands in each panel) and from the command line",
        ),
        "trace": Term("traccia", "trace"),
        "order": Term("Ordine", "Order"),
        "operator": Term("Operatore", "Operator"),
        "service": Term("Servizio", "Service"),
        "territory": Term("Territorio", "Territory"),
        "link": Term("Link", "Link"),
        "date": Term("Data", "Date"),
        "number": Term("Numero", "Number"),
        "copy": Term("Copia", "Copy"),
        "older": Term("Più vecchi", "Older"),
        "newer": Term("Più recenti", "Newer"),
        "part": Term("{number} di {count}", "{number} of {count}"),
        "instant_form": Term("come 2026-03-04 18:00", "such as 2026-03-04 18:00"),
        "back": Term("Torna alla sala di controllo", "Back to the control room"),
        # the clock
        "clock": Term("Orologio", "Clock"),
        "stands_still": Term("fermo", "stands still"),
        "paused": Term("{pace}, in pausa", "{pace}, paused"),
        "next": Term("prossimo {at}", "next {at}"),
        "advance": Term("Avanti", "Advance"),
        "until": Term("Fino a", "Move until"),
        "next-effect": Term("prossimo effetto", "next effect"),
        "csv-deadline": Term("scadenza CSV", "CSV deadline"),
        "term-end": Term("fine termine", "term end"),
        "eve-18:00": Term("vigilia 18:00", "eve 18:00"),
        "idle": Term("fino alla fine", "quiet"),
        "move_to": Term("Vai a", "Move to"),
        "go_to": Term("vai", "go to"),
        "pace": Term("Passo", "Pace"),
        "pace_manual": Term("a mano", "manual"),
        "pace_real": Term("tempo reale", "real time"),
        "set_pace": Term("imposta", "set pace"),
        "pause": Term("pausa", "pause"),
        "resume": Term("riprendi", "resume"),
        "moving_to": Term("in moto verso {at}", "moving to {at}"),
        "moving_on": Term("in moto", "moving on"),
        "effects": Term("effetti: {count}", "effects: {count}"),
        "stop": Term("ferma", "stop"),
        "stopping": Term("si sta fermando", "stopping"),
        # orders
        "orders": Term("Ordini", "Orders"),
        "customers_number": Term("Numero del cliente", "Customer's number"),
        "line_ready": Term("linea pronta subito", "line ready at once"),
        "send_order": Term("Invia l'ordine", "Send the order"),
        "no_orders": Term("Ancora nessun ordine.", "No orders yet."),
        "no_orders_lead": Term(
            "Invii l'ordine qui sopra: con la linea pronta subito, il telefono del cliente riceve l'SMS di ingaggio, "
            "e il suo pulsante apre la pagina di prenotazione.",
            "Send the order above: with the line ready at once, the customer's phone gets the engagement SMS, and its "
            "button opens the booking page.",
        ),
        "no_operators": Term("Questo mondo non ha operatori.", "This world has no operators."),
        "no_operators_lead": Term(
            "Ne registri uno nel pannello degli operatori: poi potrà inviare il primo ordine da qui.",
            "Register one in the panel of operators: then the first order can be sent from here.",
        ),
        "to_operators": Term("Agli operatori", "To the operators"),
        "find": Term("Cerca per ordine, numero, stato, operatore", "Find by order, number, state, operator"),
        "find_button": Term("Cerca", "Find"),
        "all_orders": Term("tutti gli ordini", "all orders"),
        "none_found": Term("Nessun ordine corrisponde a {text}.", "No order matches {text}."),
        "some_of": Term(
            "{shown} di {count:# ordine|# ordini}, dal più recente.",
            "{shown} of {count:# order|# orders}, the newest first.",
        ),
        "report_line": Term("segnala {code}", "report {code}"),
        "cancel": Term("annulla", "cancel"),
        "page_of_customer": Term("pagina del cliente", "customer's page"),
        "page_of_operator": Term("pagina dell'operatore", "operator's page"),
        "timeline_of": Term("Storia di {order}", "Timeline of {order}"),
        "received": Term("ricevuto {at}", "received {at}"),
        "flow": Term("flusso {flow}", "flow {flow}"),
        "visit_on": Term("visita {day}", "visit {day}"),
        # questions
        "ask_cancel": Term("Annullare l'ordine {order} di {operator}?", "Cancel order {order} of {operator}?"),
        "ask_resend": Term(
            "Inviare di nuovo {count:# notifica|# notifiche}?", "Send {count:# notification|# notifications} again?"
        ),
        "ask_drop": Term(
            "Eliminare per sempre il mondo {name} (ordini: {count})?",
            "Drop the world {name} (orders: {count}) for good?",
        ),
        "yes_cancel": Term("Sì, annulla", "Yes, cancel it"),
        "yes_resend": Term("Sì, invia {count}", "Yes, send {count}"),
        "yes_drop": Term("Sì, elimina", "Yes, drop it"),
        "no": Term("No", "No"),
        # notifications
        "notifications": Term("Notifiche", "Notifications"),
        "resend_since": Term("Invia di nuovo dal", "Resend since"),
        "of": Term("di", "of"),
        "everybody": Term("tutti", "everybody"),
        "resend": Term("Invia di nuovo", "Resend"),
        "resend_one": Term("{code} di {order}", "{code} of {order}"),
        "failed_only": Term("Solo fallite ({count})", "Failed only ({count})"),
        "all_notifications": Term("Tutte", "All of them"),
        "sent": Term("Inviata", "Sent"),
        "code": Term("Codice", "Code"),
        "attempts": Term("Tentativi", "Attempts"),
        "state": Term("Stato", "State"),
        "act": Term("Atto", "Act"),
        "no_answer": Term("nessuna risposta", "no answer"),
        "none": Term("nessuno", "none"),
        "none_answered": Term("nessuna", "none"),
        "again_at": Term("di nuovo {at}", "again {at}"),
        "no_notifications": Term("Ancora nessuna notifica.", "Nothing has been notified yet."),
        "no_failed": Term("Nessuna notifica fallita.", "No notification failed."),
        "payload": Term("Contenuto", "Payload"),
        "answer": Term("Risposta", "Answer"),
        "delivered": Term("consegnata", "delivered"),
        "waiting": Term("in attesa", "waiting"),
        "given_up": Term("abbandonata", "given up"),
        "no_endpoint": Term("senza indirizzo", "no endpoint"),
        # slots, log, phone, files
        "technicians": Term("Tecnici", "Technicians"),
        "slots_of": Term(
            "{territory}: posti presi su quelli che ci sono", "{territory}: places taken of those there are"
        ),
        "band": Term("Fascia", "Band"),
        "slot": Term("Fascia", "Slot"),
        "how_many": Term("tecnici", "technicians"),
        "set": Term("Imposta", "Set"),
        "log": Term("Registro", "Log"),
        "last_events": Term("Ultimi eventi, dal più recente", "Last events, newest first"),
        "phone": Term("Telefono SMS", "SMS phone"),
        "messages_of": Term("Messaggi di {number}", "Messages of {number}"),
        "open_link": Term("Apri il link", "Open the link"),
        "in_new_tab": Term("in una nuova scheda", "in a new tab"),
        "size": Term(
            "{encoding}, {units} unità, segmenti: {segments}",
            "{encoding}, {units:# unit|# units}, segments: {segments}",
        ),
        "no_signal": Term("ancora nessun segnale", "no signal yet"),
        "no_sms": Term(
            "L'SMS di ingaggio del primo ordine arriverà qui.",
            "The engagement SMS of the first order will arrive here.",
        ),
        "sms_accepted": Term("accettato", "accepted"),
        "sms_delivered": Term("consegnato", "delivered"),
        "sms_undeliverable": Term("non consegnabile", "undeliverable"),
        "other_phones": Term("Altri telefoni", "Other phones"),
        "files": Term("Sito SFTP", "SFTP site"),
        "files_count": Term("file: {count}", "files: {count}"),
        "bytes": Term("{count} byte", "{count:# byte|# bytes}"),
        "rows_of": Term("Righe di {name}", "Rows of {name}"),
        "open": Term("apri", "open"),
        "open_page_of": Term(
            "la pagina dell'operatore di {order} in una nuova scheda", "the operator's page of {order} in a new tab"
        ),
        "work_list": Term("Lavoro del call centre", "Work of the call centre"),
        # the work of the call centre
        "work_left": Term("da fare: {count} di {all:# riga|# righe}", "to do: {count} of {all:# row|# rows}"),
        "work_find": Term("Cerca per ordine, numero, stato", "Find by order, number, state"),
        "work_only": Term("solo da fare", "only to do"),
        "next_act": Term("Prossimo atto", "Next act"),
        "work_until": Term("Entro", "Until"),
        "work_file": Term("Nel file di", "In the file of"),
        "work_done": Term("Niente da fare per ora.", "Nothing to do for now."),
        "work_none": Term("Nessuna riga.", "No rows."),
        "work_keys": Term(
            "Tastiera: Invio apre la riga; nella pagina dell'ordine frecce e Spazio scelgono la fascia, Invio conferma "
            "e di nuovo Invio riporta qui.",
            "Keyboard: Enter opens the row; on the page of the order arrows and Space choose the band, Enter confirms, "
            "and Enter again leads back here.",
        ),
        "call_and_book": Term("chiamare e prenotare", "call and book"),
        "may_be_moved": Term("si può spostare", "may be moved"),
        "nothing_to_do": Term("niente", "nothing"),
        # verdicts
        "verdicts": Term("Verdetti dal vivo", "Live verdicts"),
        "judged_part": Term(
            "Dopo {events} di {position:# evento|# eventi}; il giudice lavora.",
            "After {events} of {position:# event|# events}; the judge is at work.",
        ),
        "judging": Term("Il giudice lavora.", "The judge is at work."),
        "occasions": Term("occasioni: {count}", "occasions: {count}"),
        "expected": Term("atteso", "expected"),
        "observed": Term("osservato", "observed"),
        "finding": Term("Rilievi", "Findings"),
        "no_finding": Term("Nessun rilievo.", "No findings."),
        "why_inconclusive": Term("Perché non si può dire", "Why it cannot be told"),
        "not_exercised": Term(
            "Finora non è mai successo ciò che la regola riguarda.", "What the rule is about has not happened so far."
        ),
        "not_applicable": Term(
            "Con le letture di questo mondo la regola non si applica.",
            "With the readings of this world the rule does not apply.",
        ),
        "observes": Term("Si vede da", "Seen in"),
        # operators and worlds
        "operators": Term("Operatori", "Operators"),
        "new_operator": Term("Nuovo operatore", "New operator"),
        "register": Term("Registra", "Register"),
        "more_of_operator": Term("Altro su di lui", "More about it"),
        "notifications_to": Term("Notifiche a", "Notifications to"),
        "domain_of_links": Term("Dominio dei suoi link", "Domain of its links"),
        "telephone": Term("Telefono per i clienti", "Telephone for customers"),
        "alias_of_sms": Term("Alias dell'SMS di ingaggio", "Alias of the engagement SMS"),
        "text_of_sms": Term("Testo dell'SMS di ingaggio", "Text of the engagement SMS"),
        "endpoint_none": Term("senza indirizzo", "no endpoint"),
        "api_key": Term("Chiave API", "API key"),
        "codes": Term("Codici", "Codes"),
        "domain": Term("Dominio", "Domain"),
        "signing_secret": Term("Segreto di firma", "Signing secret"),
        "signing_secret_before": Term("Segreto di firma precedente", "Signing secret before"),
        "worlds": Term("Mondi", "Worlds"),
        "new_world": Term("Nuovo mondo", "New world"),
        "with_operators": Term("con gli operatori", "with operators"),
        "create": Term("Crea", "Create"),
        "drop": Term("elimina", "drop"),
        "worlds_count": Term("ordini: {count}", "orders: {count}"),
        # the page of an order
        "acts": Term("Atti", "Acts"),
        "no_acts": Term("Nessun atto finora.", "No act so far."),
        "sms": Term("SMS", "SMS"),
        "no_messages": Term("Nessun SMS finora.", "No SMS so far."),
        "rows_in_files": Term("Righe nei file", "Rows in files"),
        "no_rows": Term("Nessuna riga finora.", "No row so far."),
        "as_json": Term("Scarica in JSON", "Download as JSON"),
        "as_trace": Term("Scarica la traccia", "Download as trace"),
        "copy_link": Term("Copia l'indirizzo della pagina", "Copy the address of this page"),
        # the door
        "door_lead": Term(
            "Questo sandbox ascolta oltre il loopback: serve il token di controllo, stampato quando è partito.",
            "This sandbox listens beyond loopback, so the control token is needed. It was printed when the sandbox "
            "started.",
        ),
        "token": Term("Token di controllo", "Control token"),
        "enter": Term("Entra", "Enter"),
        "wrong_token": Term(
            "Non è il token di controllo. È stato stampato alla partenza del sandbox.",
            "That is not the control token. It was printed when the sandbox started.",
        ),
        "desk_lead": Term(
            "La chiave API dell'operatore apre il lavoro del suo call centre, e nient'altro, per dieci ore.",
            "The operator's API key opens the work of its call centre, and nothing else, for ten hours.",
        ),
        "to_desk": Term(
            "Al call centre di un operatore, con la sua chiave API", "To an operator's call centre, with its API key"
        ),
        "wrong_key": Term(
            "Non è la chiave API di un operatore di questo mondo.",
            "That is not the API key of an operator of this world.",
        ),
        "leave": Term("Esci: {operator}", "Leave: {operator}"),
        # the states of orders
        "state_elsewhere": Term("lavorato altrove", "worked elsewhere"),
        "state_waiting": Term("attende la linea", "waits for the line"),
        "state_unreachable": Term("attende la linea, senza cellulare", "waits for the line, no mobile number"),
        "state_engaging": Term("l'SMS attende la sua finestra", "SMS waits for its window"),
        "state_engaged": Term("cliente ingaggiato", "customer engaged"),
        "state_refusing": Term("rifiutato, comunicato a fine termine", "declined, told at the end of the term"),
        "state_booked": Term("prenotato", "booked"),
        "state_late_booked": Term("prenotato dopo il time-out", "booked after the time-out"),
        "state_visited": Term("visitato", "visited"),
        "state_refused": Term("rifiutato", "declined"),
        "state_timed_out": Term("scaduto", "timed out"),
        "state_handed_back": Term("restituito", "handed back"),
        "state_cancelled": Term("annullato", "cancelled"),
    }
)
