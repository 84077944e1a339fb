"""What the control room says, in Italian and English.

What lives here: text only. It must not know what a world looks like.
"""

from __future__ import annotations

from types import MappingProxyType

from sim.sandbox.pages.page_languages import Texts, in_both

ROOM_WORDS: Texts = MappingProxyType(
    {
        "room": in_both("Sala di controllo", "Control room"),
        "skip": in_both("Vai agli ordini", "Skip to the orders"),
        "language": in_both("Lingua", "Language"),
        "world": in_both("Mondo", "World"),
        "tagline": in_both(
            "Un wholesaler vivo, sotto un orologio che muovi tu", "A living wholesaler, under a clock that you move"
        ),
        "new_tab": in_both("di {order}, in una nuova scheda", "of {order}, in a new tab"),
        "footer": in_both(
            "Tutto questo si fa anche via HTTP (la rotta sta in ogni pannello) e da riga di comando",
            "Everything here can also be done by HTTP (the route stands in each panel) and from the command line",
        ),
        "trace": in_both("traccia", "trace"),
        "order": in_both("Ordine", "Order"),
        "operator": in_both("Operatore", "Operator"),
        "service": in_both("Servizio", "Service"),
        "territory": in_both("Territorio", "Territory"),
        "link": in_both("Link", "Link"),
        "date": in_both("Data", "Date"),
        "number": in_both("Numero", "Number"),
        "copy": in_both("Copia", "Copy"),
        "older": in_both("Più vecchi", "Older"),
        "newer": in_both("Più recenti", "Newer"),
        "part": in_both("{number} di {count}", "{number} of {count}"),
        "instant_form": in_both("come 2026-03-04 18:00", "such as 2026-03-04 18:00"),
        "back": in_both("Torna alla sala di controllo", "Back to the control room"),
        # the clock
        "clock": in_both("Orologio", "Clock"),
        "stands_still": in_both("fermo", "stands still"),
        "paused": in_both("{pace}, in pausa", "{pace}, paused"),
        "next": in_both("prossimo {at}", "next {at}"),
        "advance": in_both("Avanti", "Advance"),
        "until": in_both("Fino a", "Move until"),
        "next-effect": in_both("prossimo effetto", "next effect"),
        "csv-deadline": in_both("scadenza CSV", "CSV deadline"),
        "term-end": in_both("fine termine", "term end"),
        "eve-18:00": in_both("vigilia 18:00", "eve 18:00"),
        "idle": in_both("fino alla fine", "quiet"),
        "move_to": in_both("Vai a", "Move to"),
        "go_to": in_both("vai", "go to"),
        "pace": in_both("Passo", "Pace"),
        "pace_manual": in_both("a mano", "manual"),
        "pace_real": in_both("tempo reale", "real time"),
        "set_pace": in_both("imposta", "set pace"),
        "pause": in_both("pausa", "pause"),
        "resume": in_both("riprendi", "resume"),
        "moving_to": in_both("in moto verso {at}", "moving to {at}"),
        "moving_on": in_both("in moto", "moving on"),
        "effects": in_both("effetti: {count}", "effects: {count}"),
        "stop": in_both("ferma", "stop"),
        "stopping": in_both("si sta fermando", "stopping"),
        # orders
        "orders": in_both("Ordini", "Orders"),
        "customers_number": in_both("Numero del cliente", "Customer's number"),
        "line_ready": in_both("linea pronta subito", "line ready at once"),
        "send_order": in_both("Invia l'ordine", "Send the order"),
        "no_orders": in_both("Ancora nessun ordine.", "No orders yet."),
        "no_orders_lead": in_both(
            "Invii l'ordine qui sopra: con la linea pronta subito, il telefono del cliente riceve l'SMS di ingaggio, "
            "e il suo pulsante apre la pagina di prenotazione.",
            "Send the order above: with the line ready at once, the customer's phone gets the engagement SMS, and its "
            "button opens the booking page.",
        ),
        "no_operators": in_both("Questo mondo non ha operatori.", "This world has no operators."),
        "no_operators_lead": in_both(
            "Ne registri uno nel pannello degli operatori: poi potrà inviare il primo ordine da qui.",
            "Register one in the panel of operators: then the first order can be sent from here.",
        ),
        "to_operators": in_both("Agli operatori", "To the operators"),
        "find": in_both("Cerca per ordine, numero, stato, operatore", "Find by order, number, state, operator"),
        "find_button": in_both("Cerca", "Find"),
        "all_orders": in_both("tutti gli ordini", "all orders"),
        "none_found": in_both("Nessun ordine corrisponde a {text}.", "No order matches {text}."),
        "some_of": in_both(
            "{shown} di {count} ordini, dal più recente.", "{shown} of {count} orders, the newest first."
        ),
        "report_line": in_both("segnala {code}", "report {code}"),
        "cancel": in_both("annulla", "cancel"),
        "page_of_customer": in_both("pagina del cliente", "customer's page"),
        "page_of_operator": in_both("pagina dell'operatore", "operator's page"),
        "timeline_of": in_both("Storia di {order}", "Timeline of {order}"),
        "received": in_both("ricevuto {at}", "received {at}"),
        "flow": in_both("flusso {flow}", "flow {flow}"),
        "visit_on": in_both("visita {day}", "visit {day}"),
        # questions
        "ask_cancel": in_both("Annullare l'ordine {order} di {operator}?", "Cancel order {order} of {operator}?"),
        "ask_resend": in_both("Inviare di nuovo {count} notifiche?", "Send {count} notifications again?"),
        "ask_drop": in_both(
            "Eliminare per sempre il mondo {name} (ordini: {count})?",
            "Drop the world {name} (orders: {count}) for good?",
        ),
        "yes_cancel": in_both("Sì, annulla", "Yes, cancel it"),
        "yes_resend": in_both("Sì, invia {count}", "Yes, send {count}"),
        "yes_drop": in_both("Sì, elimina", "Yes, drop it"),
        "no": in_both("No", "No"),
        # notifications
        "notifications": in_both("Notifiche", "Notifications"),
        "resend_since": in_both("Invia di nuovo dal", "Resend since"),
        "of": in_both("di", "of"),
        "everybody": in_both("tutti", "everybody"),
        "resend": in_both("Invia di nuovo", "Resend"),
        "resend_one": in_both("{code} di {order}", "{code} of {order}"),
        "failed_only": in_both("Solo fallite ({count})", "Failed only ({count})"),
        "all_notifications": in_both("Tutte", "All of them"),
        "sent": in_both("Inviata", "Sent"),
        "code": in_both("Codice", "Code"),
        "attempts": in_both("Tentativi", "Attempts"),
        "state": in_both("Stato", "State"),
        "act": in_both("Atto", "Act"),
        "no_answer": in_both("nessuna risposta", "no answer"),
        "none": in_both("nessuno", "none"),
        "none_answered": in_both("nessuna", "none"),
        "again_at": in_both("di nuovo {at}", "again {at}"),
        "no_notifications": in_both("Ancora nessuna notifica.", "Nothing has been notified yet."),
        "no_failed": in_both("Nessuna notifica fallita.", "No notification failed."),
        "payload": in_both("Contenuto", "Payload"),
        "answer": in_both("Risposta", "Answer"),
        "delivered": in_both("consegnata", "delivered"),
        "waiting": in_both("in attesa", "waiting"),
        "given_up": in_both("abbandonata", "given up"),
        "no_endpoint": in_both("senza indirizzo", "no endpoint"),
        # slots, log, phone, files
        "technicians": in_both("Tecnici", "Technicians"),
        "slots_of": in_both(
            "{territory}: posti presi su quelli che ci sono", "{territory}: places taken of those there are"
        ),
        "band": in_both("Fascia", "Band"),
        "slot": in_both("Fascia", "Slot"),
        "how_many": in_both("tecnici", "technicians"),
        "set": in_both("Imposta", "Set"),
        "log": in_both("Registro", "Log"),
        "last_events": in_both("Ultimi eventi, dal più recente", "Last events, newest first"),
        "phone": in_both("Telefono SMS", "SMS phone"),
        "messages_of": in_both("Messaggi di {number}", "Messages of {number}"),
        "open_link": in_both("Apri il link", "Open the link"),
        "in_new_tab": in_both("in una nuova scheda", "in a new tab"),
        "size": in_both(
            "{encoding}, {units} unità, segmenti: {segments}", "{encoding}, {units} units, segments: {segments}"
        ),
        "no_signal": in_both("ancora nessun segnale", "no signal yet"),
        "no_sms": in_both(
            "L'SMS di ingaggio del primo ordine arriverà qui.",
            "The engagement SMS of the first order will arrive here.",
        ),
        "sms_accepted": in_both("accettato", "accepted"),
        "sms_delivered": in_both("consegnato", "delivered"),
        "sms_undeliverable": in_both("non consegnabile", "undeliverable"),
        "other_phones": in_both("Altri telefoni", "Other phones"),
        "files": in_both("Sito SFTP", "SFTP site"),
        "files_count": in_both("file: {count}", "files: {count}"),
        "bytes": in_both("{count} byte", "{count} bytes"),
        "rows_of": in_both("Righe di {name}", "Rows of {name}"),
        "open": in_both("apri", "open"),
        "open_page_of": in_both(
            "la pagina dell'operatore di {order} in una nuova scheda", "the operator's page of {order} in a new tab"
        ),
        "work_list": in_both("Lavoro del call centre", "Work of the call centre"),
        # the work of the call centre
        "work_left": in_both("da fare: {count} di {all} righe", "to do: {count} of {all} rows"),
        "work_find": in_both("Cerca per ordine, numero, stato", "Find by order, number, state"),
        "work_only": in_both("solo da fare", "only to do"),
        "next_act": in_both("Prossimo atto", "Next act"),
        "work_until": in_both("Entro", "Until"),
        "work_file": in_both("Nel file di", "In the file of"),
        "work_done": in_both("Niente da fare per ora.", "Nothing to do for now."),
        "work_none": in_both("Nessuna riga.", "No rows."),
        "work_keys": in_both(
            "Tastiera: Invio apre la riga; nella pagina dell'ordine frecce e Spazio scelgono la fascia, Invio conferma "
            "e di nuovo Invio riporta qui.",
            "Keyboard: Enter opens the row; on the page of the order arrows and Space choose the band, Enter confirms, "
            "and Enter again leads back here.",
        ),
        "call_and_book": in_both("chiamare e prenotare", "call and book"),
        "may_be_moved": in_both("si può spostare", "may be moved"),
        "nothing_to_do": in_both("niente", "nothing"),
        # verdicts
        "verdicts": in_both("Verdetti dal vivo", "Live verdicts"),
        "judged_part": in_both(
            "Dopo {events} di {position} eventi; il giudice lavora.",
            "After {events} of {position} events; the judge is at work.",
        ),
        "judging": in_both("Il giudice lavora.", "The judge is at work."),
        "occasions": in_both("occasioni: {count}", "occasions: {count}"),
        "expected": in_both("atteso", "expected"),
        "observed": in_both("osservato", "observed"),
        "finding": in_both("Rilievi", "Findings"),
        "no_finding": in_both("Nessun rilievo.", "No findings."),
        "why_inconclusive": in_both("Perché non si può dire", "Why it cannot be told"),
        "not_exercised": in_both(
            "Finora non è mai successo ciò che la regola riguarda.", "What the rule is about has not happened so far."
        ),
        "not_applicable": in_both(
            "Con le letture di questo mondo la regola non si applica.",
            "With the readings of this world the rule does not apply.",
        ),
        "observes": in_both("Si vede da", "Seen in"),
        # operators and worlds
        "operators": in_both("Operatori", "Operators"),
        "new_operator": in_both("Nuovo operatore", "New operator"),
        "register": in_both("Registra", "Register"),
        "more_of_operator": in_both("Altro su di lui", "More about it"),
        "notifications_to": in_both("Notifiche a", "Notifications to"),
        "domain_of_links": in_both("Dominio dei suoi link", "Domain of its links"),
        "telephone": in_both("Telefono per i clienti", "Telephone for customers"),
        "alias_of_sms": in_both("Alias dell'SMS di ingaggio", "Alias of the engagement SMS"),
        "text_of_sms": in_both("Testo dell'SMS di ingaggio", "Text of the engagement SMS"),
        "endpoint_none": in_both("senza indirizzo", "no endpoint"),
        "api_key": in_both("Chiave API", "API key"),
        "codes": in_both("Codici", "Codes"),
        "domain": in_both("Dominio", "Domain"),
        "signing_secret": in_both("Segreto di firma", "Signing secret"),
        "signing_secret_before": in_both("Segreto di firma precedente", "Signing secret before"),
        "worlds": in_both("Mondi", "Worlds"),
        "new_world": in_both("Nuovo mondo", "New world"),
        "with_operators": in_both("con gli operatori", "with operators"),
        "create": in_both("Crea", "Create"),
        "drop": in_both("elimina", "drop"),
        "worlds_count": in_both("ordini: {count}", "orders: {count}"),
        # the page of an order
        "acts": in_both("Atti", "Acts"),
        "no_acts": in_both("Nessun atto finora.", "No act so far."),
        "sms": in_both("SMS", "SMS"),
        "no_messages": in_both("Nessun SMS finora.", "No SMS so far."),
        "rows_in_files": in_both("Righe nei file", "Rows in files"),
        "no_rows": in_both("Nessuna riga finora.", "No row so far."),
        "as_json": in_both("Scarica in JSON", "Download as JSON"),
        "as_trace": in_both("Scarica la traccia", "Download as trace"),
        "copy_link": in_both("Copia l'indirizzo della pagina", "Copy the address of this page"),
        # the door
        "door_lead": in_both(
            "Questo sandbox ascolta oltre il loopback: serve il token di controllo, stampato quando è partito.",
            "This sandbox listens beyond loopback, so the control token is needed. It was printed when the sandbox "
            "started.",
        ),
        "token": in_both("Token di controllo", "Control token"),
        "enter": in_both("Entra", "Enter"),
        "wrong_token": in_both(
            "Non è il token di controllo. È stato stampato alla partenza del sandbox.",
            "That is not the control token. It was printed when the sandbox started.",
        ),
        "desk_lead": in_both(
            "La chiave API dell'operatore apre il lavoro del suo call centre, e nient'altro, per dieci ore.",
            "The operator's API key opens the work of its call centre, and nothing else, for ten hours.",
        ),
        "to_desk": in_both(
            "Al call centre di un operatore, con la sua chiave API", "To an operator's call centre, with its API key"
        ),
        "wrong_key": in_both(
            "Non è la chiave API di un operatore di questo mondo.",
            "That is not the API key of an operator of this world.",
        ),
        "leave": in_both("Esci: {operator}", "Leave: {operator}"),
        # the states of orders
        "state_elsewhere": in_both("lavorato altrove", "worked elsewhere"),
        "state_waiting": in_both("attende la linea", "waits for the line"),
        "state_unreachable": in_both("attende la linea, senza cellulare", "waits for the line, no mobile number"),
        "state_engaging": in_both("l'SMS attende la sua finestra", "SMS waits for its window"),
        "state_engaged": in_both("cliente ingaggiato", "customer engaged"),
        "state_refusing": in_both("rifiutato, comunicato a fine termine", "declined, told at the end of the term"),
        "state_booked": in_both("prenotato", "booked"),
        "state_late_booked": in_both("prenotato dopo il time-out", "booked after the time-out"),
        "state_visited": in_both("visitato", "visited"),
        "state_refused": in_both("rifiutato", "declined"),
        "state_timed_out": in_both("scaduto", "timed out"),
        "state_handed_back": in_both("restituito", "handed back"),
        "state_cancelled": in_both("annullato", "cancelled"),
    }
)
