# language: it
@ROUTE
Funzionalità: Il giudice: Che cosa il codice spegne, e gli ordini disaggregati
  Storie raccontate a mano, filo per filo: qui è in prova il giudice, non un sistema.

  Contesto:
    Dato l'operatore Alfa con codice progetto PRJ-ALFA e codice delivery DEL-ALFA
    E che Alfa ha comprato tutti i servizi commerciali
    E che la lettura griglia delle fasce è quella predefinita

  @ROUTE-1
  Regola: Per un ordine del servizio nessuno telefona al cliente secondo la Policy di Contatto

    Scenario: Una telefonata su un ordine del servizio è una violazione
      Dato un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-12-29 09:00:00
      E la Policy di Contatto è partita mar 2026-12-29 11:00:00
      Allora la regola ROUTE-1 è violata

    Scenario: Una telefonata su un ordine ordinario non riguarda la regola
      Dato un ordine VULA FTTH di Alfa, senza codice
      E l'ordine è stato instradato come ordinario
      E la Policy di Contatto è partita mar 2026-03-03 11:00:00
      Allora la regola ROUTE-1 è non esercitata

    Scenario: Se nessuno ascolta il telefono la regola non si può giudicare
      Dato un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2028-02-29 09:00:00
      E la traccia non vede /telephone
      Allora la regola ROUTE-1 è senza elementi per giudicare

  @ROUTE-2
  Regola: Per un ordine del servizio non partono Rendez Vous né Rendez Vous 2.0

    Schema dello scenario: <nome> su un ordine <servizio> del servizio è una violazione
      Dato un ordine <servizio> di Alfa
      E l'SMS di ingaggio è partito <giorno> 09:00:00
      E il servizio commerciale <nome> è partito <giorno> 11:00:00
      Allora la regola ROUTE-2 è violata

      Esempi:
        | nome            | servizio  | giorno         |
        | Rendez Vous     | ULL       | sab 2026-03-28 |
        | Rendez Vous     | VULA FTTH | sab 2027-10-02 |
        | Rendez Vous 2.0 | ULL       | gio 2026-12-31 |
        | Rendez Vous 2.0 | VULA FTTH | sab 2026-10-24 |

  @ROUTE-3
  Regola: Per un ordine del servizio non parte SMS di Cortesia

    Schema dello scenario: SMS di Cortesia su un ordine <servizio> del servizio è una violazione
      Dato un ordine <servizio> di Alfa
      E l'SMS di ingaggio è partito <giorno> 09:00:00
      E il servizio commerciale <nome> è partito <giorno> 11:00:00
      Allora la regola ROUTE-3 è violata

      Esempi:
        | nome            | servizio  | giorno         |
        | SMS di Cortesia | ULL       | mar 2026-04-07 |
        | SMS di Cortesia | VULA FTTH | lun 2026-06-01 |

  @ROUTE-4
  Regola: Per un ordine del servizio non parte INFO CARE

    Schema dello scenario: INFO CARE su un ordine <servizio> del servizio è una violazione
      Dato un ordine <servizio> di Alfa
      E l'SMS di ingaggio è partito <giorno> 09:00:00
      E il servizio commerciale <nome> è partito <giorno> 11:00:00
      Allora la regola ROUTE-4 è violata

      Esempi:
        | nome      | servizio  | giorno         |
        | INFO CARE | ULL       | lun 2026-10-26 |
        | INFO CARE | VULA FTTH | lun 2026-03-30 |

  @ROUTE-5
  Regola: Sul rame il codice progetto vince sulla disaggregazione, anche della Policy di Contatto

    Scenario: Lavorare disaggregato un ordine con codice progetto è una violazione
      Dato un ordine ULL di Alfa, disaggregato anche nella PdC, con codice progetto PRJ-ALFA
      E l'ordine è stato instradato come disaggregato
      E la rete ha notificato AC gio 2027-01-07 09:00:00
      Allora la regola ROUTE-5 è violata

  @ROUTE-6
  Regola: Sul rame il codice delivery non conta in un ordine disaggregato: del servizio non accade nulla

    Scenario: Un SMS di ingaggio su un disaggregato con codice delivery è una violazione
      Dato un ordine SLU di Alfa, disaggregato anche nella PdC, con codice delivery DEL-ALFA
      E l'ordine è stato instradato come disaggregato
      E l'SMS di ingaggio è partito sab 2026-05-02 09:00:00
      Allora la regola ROUTE-6 è violata

    Scenario: Disaggregato ma non nella PdC: senza letture dichiarate decide la portata del codice delivery
      Dato che non è dichiarata alcuna lettura
      E un ordine ULL di Alfa, disaggregato, con codice delivery DEL-ALFA
      E l'ordine è stato instradato come del servizio
      E l'SMS di ingaggio è partito mar 2027-11-02 09:00:00
      Allora la regola ROUTE-6 è ambigua e decide la lettura delivery ignorato

  @ROUTE-7
  Regola: Ordini e notifiche hanno gli stessi tracciati XML con il codice e senza

    Scenario: Un documento fuori tracciato è una violazione
      Dato un ordine VULA FTTH di Alfa
      E il documento XML dell'ordine era <ordine><altro/></ordine>
      E l'SMS di ingaggio è partito mar 2026-03-03 09:00:00
      Allora la regola ROUTE-7 è violata

  @ROUTE-8
  Regola: Un ordine con codice efficace riceve davvero il servizio: il codice non cade nel silenzio

    Scenario: Un ordine con codice al quale non accade nulla è una violazione
      Dato un ordine Bitstream NGA FTTCAB di Alfa
      E l'ordine è stato instradato come ordinario
      E la rete ha notificato CO ven 2026-08-14 09:00:00
      Allora la regola ROUTE-8 è violata
