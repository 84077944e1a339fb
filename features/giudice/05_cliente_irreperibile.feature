# language: it
@UNR
Funzionalità: Il giudice: Cliente irreperibile: la prima causale
  Storie raccontate a mano, filo per filo: qui è in prova il giudice, non un sistema.

  Contesto:
    Dato l'operatore Alfa con codice progetto PRJ-ALFA
    E che la lettura griglia delle fasce è quella predefinita

  @UNR-1
  Regola: Dopo l'SMS di ingaggio l'operatore riceve una sola causale di cliente irreperibile: W08 o Z18

    Scenario: Senza la causale la regola è violata
      Dato che la lettura mai dopo è 30 d
      E che la lettura prima causale comunque è sì
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-03-03 09:00:00
      Allora la regola UNR-1 è violata

    Scenario: La causale due volte è una violazione
      Dato un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-09-29 09:00:00
      E l'operatore ha ricevuto W08 mar 2026-09-29 09:00:01
      E l'operatore ha ricevuto W08 mar 2026-09-29 09:00:02
      Allora la regola UNR-1 è violata

    Schema dello scenario: La causale di <servizio> dopo <ritardo> è <esito>
      Dato un ordine <servizio> di Alfa
      E l'SMS di ingaggio è partito mar 2026-12-29 09:00:00
      E l'operatore ha ricevuto <causale> <quando>
      Allora la regola UNR-1 è <esito>

      Esempi:
        | servizio  | ritardo    | causale | quando                  | esito      |
        | ULL       | un secondo | Z18     | mar 2026-12-29 09:00:01 | rispettata |
        | VULA FTTH | un secondo | W08     | mar 2026-12-29 09:00:01 | rispettata |
        | ULL       | due giorni | Z18     | gio 2026-12-31 09:00:00 | in avviso  |
        | VULA FTTH | due giorni | W08     | gio 2026-12-31 09:00:00 | in avviso  |

  @UNR-2
  Regola: La causale di cliente irreperibile segue l'SMS e precede ogni altra causale del servizio

    Schema dello scenario: Prima causale <scarto> dell'SMS: <esito>
      Dato un ordine <servizio> di Alfa
      E la rete ha notificato <innesco> mar 2027-01-12 08:00:00
      E l'SMS di ingaggio è partito mar 2027-01-12 09:00:00
      E l'operatore ha ricevuto <causale> <quando>
      Allora la regola UNR-2 è <esito>

      Esempi:
        | servizio  | innesco | causale | scarto                             | quando                  | esito      |
        | ULL       | AC      | Z18     | un secondo prima per ULL           | mar 2027-01-12 08:59:59 | violata    |
        | ULL       | AC      | Z18     | nello stesso istante per ULL       | mar 2027-01-12 09:00:00 | rispettata |
        | ULL       | AC      | Z18     | un secondo dopo per ULL            | mar 2027-01-12 09:00:01 | rispettata |
        | VULA FTTH | CO      | W08     | un secondo prima per VULA FTTH     | mar 2027-01-12 08:59:59 | violata    |
        | VULA FTTH | CO      | W08     | nello stesso istante per VULA FTTH | mar 2027-01-12 09:00:00 | rispettata |
        | VULA FTTH | CO      | W08     | un secondo dopo per VULA FTTH      | mar 2027-01-12 09:00:01 | rispettata |

    Schema dello scenario: <servizio>: <prima> prima di <causale> è una violazione
      Dato un ordine <servizio> di Alfa
      E l'SMS di ingaggio è partito mar 2026-10-27 09:00:00
      E il cliente ha fissato lun 2026-11-02 10:00-12:00 mar 2026-10-27 09:30:00
      E l'operatore ha ricevuto <prima> mar 2026-10-27 09:30:00 per lun 2026-11-02 10:00-12:00
      E l'operatore ha ricevuto <causale> mar 2026-10-27 10:00:00
      Allora la regola UNR-2 è violata

      Esempi:
        | servizio             | prima | causale |
        | ULL                  | PA    | Z18     |
        | SLU                  | PA    | Z18     |
        | VULA FTTCAB          | W09   | W08     |
        | VULA FTTH            | W09   | W08     |
        | Bitstream NGA FTTCAB | W09   | W08     |
        | Bitstream NGA FTTH   | W09   | W08     |

  @UNR-3
  Regola: La causale di cliente irreperibile apre la sospensione nel computo dello SLA

    Schema dello scenario: Sospensione aperta <scarto>: <esito>
      Dato un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2028-02-22 09:00:00
      E l'operatore ha ricevuto W08 mar 2028-02-22 09:00:00
      E la sospensione è stata aperta <quando> con W08
      Allora la regola UNR-3 è <esito>

      Esempi:
        | scarto                         | quando                  | esito      |
        | un secondo prima della causale | mar 2028-02-22 08:59:59 | violata    |
        | con la causale                 | mar 2028-02-22 09:00:00 | rispettata |
        | un secondo dopo la causale     | mar 2028-02-22 09:00:01 | violata    |

    Scenario: Una causale che non apre la sospensione è una violazione
      Dato un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-03-24 09:00:00
      E l'operatore ha ricevuto W08 mar 2026-03-24 09:00:00
      Allora la regola UNR-3 è violata

    Schema dello scenario: Sospensione chiusa alla prenotazione con lettura <lettura>: <esito>
      Dato che la lettura ripresa dello SLA è <lettura>
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-12-22 09:00:00
      E l'operatore ha ricevuto W08 mar 2026-12-22 09:00:00
      E la sospensione è stata aperta mar 2026-12-22 09:00:00 con W08
      E il cliente ha fissato gio 2026-12-24 10:00-12:00 mar 2026-12-22 15:00:00
      E l'operatore ha ricevuto W09 mar 2026-12-22 15:00:00 per gio 2026-12-24 10:00-12:00
      E la sospensione è stata chiusa mar 2026-12-22 15:00:00 per prenotazione
      E il tecnico è arrivato gio 2026-12-24 10:00-12:00
      Allora la regola UNR-3 è <esito>

      Esempi:
        | lettura      | esito      |
        | prenotazione | rispettata |
        | appuntamento | violata    |
