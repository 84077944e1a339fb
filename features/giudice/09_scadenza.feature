# language: it
@OUT
Funzionalità: Il giudice: La scadenza del termine
  Storie raccontate a mano, filo per filo: qui è in prova il giudice, non un sistema.

  Contesto:
    Dato l'operatore Alfa con codice progetto PRJ-ALFA
    E che la lettura griglia delle fasce è quella predefinita

  @OUT-1
  Regola: Se nessuno fissa nel termine, l'operatore riceve una sola causale di time-out: W24 o Z36

    Schema dello scenario: Dopo giorni senza <causale> non si sa: un limite non è scritto e può ancora arrivare
      Dato un ordine <servizio> di Alfa
      E l'SMS di ingaggio è partito mar 2026-12-29 09:00:00
      E la traccia finisce gio 2027-01-07 00:00:00
      Allora la regola OUT-1 è senza elementi per giudicare

      Esempi:
        | servizio  | causale |
        | ULL       | Z36     |
        | VULA FTTH | W24     |

    Scenario: Due causali di time-out sono una violazione
      Dato un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-08-11 09:00:00
      E l'operatore ha ricevuto W24 ven 2026-08-14 00:00:00
      E l'operatore ha ricevuto W24 ven 2026-08-14 00:05:00
      Allora la regola OUT-1 è violata

    Schema dello scenario: <causale> arrivata <ritardo>: <esito>
      Dato un ordine <servizio> di Alfa
      E l'SMS di ingaggio è partito mar 2026-03-03 09:00:00
      E l'operatore ha ricevuto <causale> <quando>
      Allora la regola OUT-1 è <esito>

      Esempi:
        | servizio  | causale | ritardo         | quando                  | esito      |
        | ULL       | Z36     | al termine      | ven 2026-03-06 00:00:00 | rispettata |
        | VULA FTTH | W24     | al termine      | ven 2026-03-06 00:00:00 | rispettata |
        | ULL       | Z36     | due giorni dopo | dom 2026-03-08 00:00:01 | in avviso  |
        | VULA FTTH | W24     | due giorni dopo | dom 2026-03-08 00:00:01 | in avviso  |

    Scenario: Se la traccia finisce prima del termine il time-out non si può giudicare
      Dato un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-12-22 09:00:00
      E la traccia finisce gio 2026-12-24 23:59:59
      Allora la regola OUT-1 è senza elementi per giudicare

  @OUT-2
  Regola: La causale di time-out non precede la fine del termine e non tocca un ordine con appuntamento

    Schema dello scenario: Time-out <scarto>: <esito>
      Dato che la lettura fine del terzo giorno è mezzanotte
      E un ordine <servizio> di Alfa
      E l'SMS di ingaggio è partito mar 2027-03-23 09:00:00
      E l'operatore ha ricevuto <causale> <quando>
      Allora la regola OUT-2 è <esito>

      Esempi:
        | scarto                                     | servizio  | causale | quando                  | esito      |
        | un secondo prima del termine per ULL       | ULL       | Z36     | gio 2027-03-25 23:59:59 | violata    |
        | al termine per ULL                         | ULL       | Z36     | ven 2027-03-26 00:00:00 | rispettata |
        | un secondo dopo il termine per ULL         | ULL       | Z36     | ven 2027-03-26 00:00:01 | rispettata |
        | un secondo prima del termine per VULA FTTH | VULA FTTH | W24     | gio 2027-03-25 23:59:59 | violata    |
        | al termine per VULA FTTH                   | VULA FTTH | W24     | ven 2027-03-26 00:00:00 | rispettata |
        | un secondo dopo il termine per VULA FTTH   | VULA FTTH | W24     | ven 2027-03-26 00:00:01 | rispettata |

    Scenario: Un secondo di anticipo sul termine
      Dato che la lettura fine del terzo giorno è mezzanotte
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-04-28 09:00:00
      E l'operatore ha ricevuto W24 gio 2026-04-30 23:59:59
      Allora la regola OUT-2 è violata con un anticipo di 1 secondo

    Scenario: Un time-out su un ordine con appuntamento è una violazione
      Dato un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-10-20 09:00:00
      E il cliente ha fissato mar 2026-11-03 10:00-12:00 mar 2026-10-20 15:00:00
      E l'operatore ha ricevuto W09 mar 2026-10-20 15:00:00 per mar 2026-11-03 10:00-12:00
      E l'operatore ha ricevuto W24 ven 2026-10-23 00:00:00
      Allora la regola OUT-2 è violata

    Scenario: Time-out martedì a mezzanotte dopo un SMS di sabato: decide la prima giornata
      Dato che non è dichiarata alcuna lettura
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito sab 2026-03-07 10:00:00
      E l'operatore ha ricevuto W24 mer 2026-03-11 00:00:00
      Allora la regola OUT-2 è ambigua e decide la lettura prima giornata

  @OUT-3
  Regola: Dopo il time-out l'ordine torna all'operatore

    Scenario: Un time-out senza riconsegna è una violazione
      Dato che la lettura mai dopo è 30 d
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2028-02-29 09:00:00
      E l'operatore ha ricevuto W08 mar 2028-02-29 09:00:00
      E l'operatore ha ricevuto W24 ven 2028-03-03 00:00:00
      Allora la regola OUT-3 è violata
