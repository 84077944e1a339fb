# language: it
@BOOK
Funzionalità: Il giudice: Fissare l'appuntamento
  Storie raccontate a mano, filo per filo: qui è in prova il giudice, non un sistema.

  Contesto:
    Dato l'operatore Alfa con codice progetto PRJ-ALFA
    E che la lettura griglia delle fasce è quella predefinita

  @BOOK-1
  Regola: Cliente e operatore hanno 3 giorni lavorativi per fissare l'appuntamento, il giorno dell'SMS compreso

    Schema dello scenario: Una prenotazione <momento> con lettura <lettura> è <esito>
      Dato che la lettura fine del terzo giorno è mezzanotte
      E che la lettura settimana lavorativa è lunedì-venerdì
      E che la lettura prima giornata è <lettura>
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito sab 2026-03-07 10:00:00
      E il cliente ha fissato mar 2026-03-17 10:00-12:00 <quando>
      E l'operatore ha ricevuto W09 <quando> per mar 2026-03-17 10:00-12:00
      Allora la regola BOOK-1 è <esito>

      Esempi:
        | momento                         | lettura       | quando                  | esito      |
        | all'ultimo secondo di martedì   | sempre        | mar 2026-03-10 23:59:59 | rispettata |
        | all'ultimo secondo di martedì   | se lavorativa | mar 2026-03-10 23:59:59 | rispettata |
        | all'ultimo secondo di mercoledì | se lavorativa | mer 2026-03-11 23:59:59 | rispettata |

    Scenario: Negare la prenotazione dentro il termine è una violazione
      Dato che la lettura fine del terzo giorno è mezzanotte
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-08-11 09:00:00
      E il cliente voleva fissare mar 2026-08-25 10:00-12:00 gio 2026-08-13 23:59:59: termine scaduto
      Allora la regola BOOK-1 è violata

    Scenario: Negata di mercoledì dopo un SMS di sabato: decide la prima giornata
      Dato che non è dichiarata alcuna lettura
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito sab 2026-03-07 10:00:00
      E il cliente voleva fissare mar 2026-03-17 10:00-12:00 mer 2026-03-11 12:00:00: termine scaduto
      Allora la regola BOOK-1 è ambigua e decide la lettura prima giornata

  @BOOK-2
  Regola: Ogni appuntamento fissato nel termine è notificato una volta sola: W09 o PA

    Schema dello scenario: <causale> <scarto>: <esito>
      Dato un ordine <servizio> di Alfa
      E l'SMS di ingaggio è partito mar 2026-03-03 09:00:00
      E il cliente ha fissato mar 2026-03-10 16:00-18:00 mer 2026-03-04 11:30:00
      E l'operatore ha ricevuto <causale> <quando> per mar 2026-03-10 16:00-18:00
      Allora la regola BOOK-2 è <esito>

      Esempi:
        | servizio  | causale | scarto                              | quando                  | esito      |
        | ULL       | PA      | un secondo prima della prenotazione | mer 2026-03-04 11:29:59 | violata    |
        | ULL       | PA      | con la prenotazione                 | mer 2026-03-04 11:30:00 | rispettata |
        | ULL       | PA      | un secondo dopo la prenotazione     | mer 2026-03-04 11:30:01 | rispettata |
        | ULL       | PA      | due ore dopo la prenotazione        | mer 2026-03-04 13:30:00 | in avviso  |
        | VULA FTTH | W09     | un secondo prima della prenotazione | mer 2026-03-04 11:29:59 | violata    |
        | VULA FTTH | W09     | con la prenotazione                 | mer 2026-03-04 11:30:00 | rispettata |
        | VULA FTTH | W09     | un secondo dopo la prenotazione     | mer 2026-03-04 11:30:01 | rispettata |
        | VULA FTTH | W09     | due ore dopo la prenotazione        | mer 2026-03-04 13:30:00 | in avviso  |

    Scenario: Una prenotazione senza causale è una violazione
      Dato che la lettura mai dopo è 30 d
      E un ordine ULL di Alfa
      E l'SMS di ingaggio è partito mar 2027-03-23 09:00:00
      E il cliente ha fissato mar 2027-03-30 16:00-18:00 mer 2027-03-24 11:30:00
      Allora la regola BOOK-2 è violata

    Scenario: Due causali per una prenotazione sono una violazione
      Dato un ordine ULL di Alfa
      E l'SMS di ingaggio è partito mar 2026-10-20 09:00:00
      E il cliente ha fissato mar 2026-10-27 16:00-18:00 mer 2026-10-21 11:30:00
      E l'operatore ha ricevuto PA mer 2026-10-21 11:30:00 per mar 2026-10-27 16:00-18:00
      E l'operatore ha ricevuto PA mer 2026-10-21 11:31:00 per mar 2026-10-27 16:00-18:00
      Allora la regola BOOK-2 è violata

  @BOOK-3
  Regola: Il tecnico arriva nel giorno e nella fascia dell'appuntamento

    Scenario: Un tecnico in un'altra fascia è una violazione
      Dato un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2028-02-29 09:00:00
      E il cliente ha fissato mar 2028-03-07 16:00-18:00 mer 2028-03-01 11:30:00
      E l'operatore ha ricevuto W09 mer 2028-03-01 11:30:00 per mar 2028-03-07 16:00-18:00
      E il tecnico è arrivato mar 2028-03-07 14:00-16:00
      Allora la regola BOOK-3 è violata

    Scenario: Un tecnico che non arriva è una violazione
      Dato un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-06-30 09:00:00
      E il cliente ha fissato mar 2026-07-07 16:00-18:00 mer 2026-07-01 11:30:00
      E l'operatore ha ricevuto W09 mer 2026-07-01 11:30:00 per mar 2026-07-07 16:00-18:00
      E la traccia finisce gio 2026-07-09 00:00:00
      Allora la regola BOOK-3 è violata

  @BOOK-4
  Regola: Scaduto il termine non si fissano più appuntamenti

    Schema dello scenario: Una prenotazione <scarto> con lettura <lettura>: <esito>
      Dato che la lettura prenotazione tardiva è <lettura>
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-09-29 09:00:00
      E il cliente ha fissato mar 2026-10-13 10:00-12:00 <quando>
      Allora la regola BOOK-4 è <esito>

      Esempi:
        | scarto          | lettura  | quando                  | esito   |
        | alla mezzanotte | respinta | ven 2026-10-02 00:00:00 | violata |
        | un secondo dopo | respinta | ven 2026-10-02 00:00:01 | violata |

    Scenario: Una prenotazione di mercoledì dopo un SMS di sabato: la prima giornata può decidere
      Dato che la lettura prenotazione tardiva è respinta
      E che la lettura prima giornata è sempre
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito sab 2026-03-07 10:00:00
      E il cliente ha fissato mar 2026-03-17 10:00-12:00 mer 2026-03-11 12:00:00
      Allora la regola BOOK-4 è violata
