# language: it
@INV
Funzionalità: Il giudice: Quello che deve valere sempre
  Storie raccontate a mano, filo per filo: qui è in prova il giudice, non un sistema.

  Contesto:
    Dato l'operatore Alfa con codice progetto PRJ-ALFA
    E che la lettura griglia delle fasce è quella predefinita

  @INV-1
  Regola: Ogni famiglia di servizi riceve soltanto le proprie causali

    Schema dello scenario: <causale> su <servizio> è una violazione
      Dato un ordine <servizio> di Alfa
      E l'SMS di ingaggio è partito mar 2026-10-20 09:00:00
      E l'operatore ha ricevuto <causale> ven 2026-10-23 00:00:00
      Allora la regola INV-1 è violata

      Esempi:
        | servizio             | causale |
        | ULL                  | W08     |
        | ULL                  | W09     |
        | ULL                  | W24     |
        | SLU                  | W08     |
        | SLU                  | W09     |
        | SLU                  | W24     |
        | VULA FTTH            | Z18     |
        | VULA FTTH            | PA      |
        | VULA FTTH            | Z36     |
        | Bitstream NGA FTTCAB | Z18     |
        | Bitstream NGA FTTCAB | PA      |
        | Bitstream NGA FTTCAB | Z36     |

  @INV-2
  Regola: Ogni ordine del servizio finisce in un solo modo: fissato, rifiutato, scaduto o annullato

    Scenario: Fissato e scaduto insieme è una violazione
      Dato un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2028-02-29 09:00:00
      E il cliente ha fissato mar 2028-03-07 10:00-12:00 mer 2028-03-01 15:00:00
      E l'operatore ha ricevuto W09 mer 2028-03-01 15:00:00 per mar 2028-03-07 10:00-12:00
      E l'operatore ha ricevuto W24 ven 2028-03-03 00:00:00
      E l'ordine è stato restituito per time-out ven 2028-03-03 00:00:00
      Allora la regola INV-2 è violata

    Scenario: Un ordine che non finisce in nessun modo è una violazione
      Dato che la lettura mai dopo è 30 d
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-03-03 09:00:00
      E l'operatore ha ricevuto W08 mar 2026-03-03 09:00:00
      E la traccia finisce lun 2026-04-06 00:00:00
      Allora la regola INV-2 è violata

  @INV-3
  Regola: Senza SMS di ingaggio non c'è nient'altro del servizio

    Schema dello scenario: <causale> senza SMS di ingaggio è una violazione
      Dato un ordine <servizio> di Alfa
      E la rete ha notificato <innesco> mar 2026-03-03 09:00:00
      E l'operatore ha ricevuto <causale> mar 2026-03-03 10:00:00
      Allora la regola INV-3 è violata

      Esempi:
        | servizio  | innesco | causale |
        | ULL       | AC      | Z18     |
        | ULL       | AC      | PA      |
        | ULL       | AC      | Z36     |
        | VULA FTTH | CO      | W08     |
        | VULA FTTH | CO      | W09     |
        | VULA FTTH | CO      | W24     |

    Scenario: Una riga CSV senza SMS di ingaggio è una violazione
      Dato un ordine VULA FTTH di Alfa
      E la rete ha notificato CO mar 2026-06-30 09:00:00
      E il file CSV è stato depositato mar 2026-06-30 14:00:00
      Allora la regola INV-3 è violata

    Scenario: Un promemoria senza SMS di ingaggio è una violazione
      Dato un ordine VULA FTTH di Alfa
      E la rete ha notificato CO mar 2026-09-29 09:00:00
      E l'SMS di promemoria è partito gio 2026-10-01 10:00:00 per ven 2026-10-02 10:00-12:00
      Allora la regola INV-3 è violata

  @INV-4
  Regola: La causale di appuntamento preso e quella di attesa si escludono sullo stesso ordine

    Schema dello scenario: <servizio>: <prima> e <seconda> insieme sono una violazione
      Dato un ordine <servizio> di Alfa
      E l'SMS di ingaggio è partito mar 2027-01-12 09:00:00
      E l'operatore ha ricevuto <prima> gio 2027-01-14 10:00:00
      E l'operatore ha ricevuto <seconda> ven 2027-01-15 00:00:00
      Allora la regola INV-4 è violata

      Esempi:
        | servizio             | prima | seconda |
        | ULL                  | PA    | Z36     |
        | SLU                  | PA    | Z36     |
        | VULA FTTCAB          | W09   | W24     |
        | VULA FTTH            | W09   | W24     |
        | Bitstream NGA FTTCAB | W09   | W24     |
        | Bitstream NGA FTTH   | W09   | W24     |

  @INV-5
  Regola: Ogni evento nomina un ordine noto e le notifiche di un ordine si seguono secondo causa

    Scenario: Una causale prima dell'innesco è una violazione
      Dato un ordine VULA FTTH di Alfa
      E l'operatore ha ricevuto W08 mar 2026-10-27 08:00:00
      E la rete ha notificato CO mar 2026-10-27 09:00:00
      E l'SMS di ingaggio è partito mar 2026-10-27 09:00:00
      Allora la regola INV-5 è violata

    Scenario: Una riga CSV che nomina un ordine mai ricevuto è una violazione
      Dato un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2028-02-22 09:00:00
      E il file CSV è stato depositato mar 2028-02-22 14:00:00, con l'ordine MAI-VISTO
      Allora la regola INV-5 è violata

  @INV-6
  Regola: Una fascia non contiene mai più appuntamenti dei posti che ha

    Scenario: Due appuntamenti in una fascia da un posto sono una violazione
      Dato che la fascia mar 2026-03-31 10:00-12:00 ha 1 posto
      E un ordine VULA FTTH di Alfa, detto A
      E l'SMS di ingaggio è partito mar 2026-03-24 09:00:00
      E il cliente ha fissato mar 2026-03-31 10:00-12:00 mar 2026-03-24 15:00:00
      E un altro ordine VULA FTTH di Alfa, detto B
      E l'SMS di ingaggio è partito mar 2026-03-24 09:00:00
      E il cliente ha fissato mar 2026-03-31 10:00-12:00 mar 2026-03-24 16:00:00
      Allora la regola INV-6 è violata
