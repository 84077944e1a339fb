# language: it
@REM
Funzionalità: Il promemoria
  Il giorno prima della visita il cliente riceve un SMS che ricorda giorno e fascia.

  Contesto:
    Dato l'operatore Alfa con codice progetto PRJ-ALFA
    E che la lettura griglia delle fasce è quella predefinita

  @REM-1
  Regola: Il promemoria arriva entro le 18:00 del giorno di calendario prima dell'appuntamento

    Schema dello scenario: <servizio>: visita <fascia>, un solo promemoria entro <limite>
      Dato che la lettura festività è nazionali
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2026-10-20 09:00:00
      E mar 2026-10-20 15:00:00 <chi> fissa <fascia>
      Allora per la fascia <fascia> parte un solo promemoria, entro <limite>
      E in tutto parte 1 SMS di promemoria
      E l'SMS di promemoria parte non prima di mar 2026-10-20 15:00:00

      Esempi:
        | servizio             | chi         | fascia                     | limite                  |
        | ULL                  | il cliente  | gio 2026-10-22 08:00-10:00 | mer 2026-10-21 18:00:00 |
        | ULL                  | l'operatore | ven 2026-10-23 10:00-12:00 | gio 2026-10-22 18:00:00 |
        | SLU                  | l'operatore | ven 2026-10-23 16:00-18:00 | gio 2026-10-22 18:00:00 |
        | VULA FTTCAB          | il cliente  | mar 2026-10-27 10:00-12:00 | lun 2026-10-26 18:00:00 |
        | VULA FTTH            | l'operatore | mer 2026-10-28 12:00-14:00 | mar 2026-10-27 18:00:00 |
        | Bitstream NGA FTTCAB | il cliente  | gio 2026-10-29 14:00-16:00 | mer 2026-10-28 18:00:00 |
        | Bitstream NGA FTTH   | l'operatore | ven 2026-10-30 08:00-10:00 | gio 2026-10-29 18:00:00 |

    Schema dello scenario: Il promemoria arriva al numero del cliente, <numero>
      Dato un ordine VULA FTTH di Alfa, al numero <numero>
      Quando la rete notifica l'innesco mar 2028-02-29 09:00:00
      E mar 2028-02-29 15:00:00 l'operatore fissa mar 2028-03-07 10:00-12:00
      Allora per la fascia mar 2028-03-07 10:00-12:00 parte un solo promemoria, entro lun 2028-03-06 18:00:00
      E l'SMS di promemoria arriva al numero <arrivo>

      Esempi:
        | numero        | arrivo        |
        | +393339876543 | +393339876543 |
        | 3339876543    | +393339876543 |

    Schema dello scenario: Fissato alla vigilia <momento>: un solo promemoria, entro le 18
      Dato che la lettura ora del promemoria è <ora>
      E che la lettura prima fascia è con promemoria possibile
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2026-12-29 09:00:00
      E <fissato> il cliente fissa gio 2026-12-31 08:00-10:00
      Allora l'Agente Virtuale accetta
      E per la fascia gio 2026-12-31 08:00-10:00 parte un solo promemoria, entro mer 2026-12-30 18:00:00
      E in tutto parte 1 SMS di promemoria

      Esempi:
        | momento                                  | ora   | fissato                 |
        | un secondo prima dell'ora del promemoria | 10:00 | mer 2026-12-30 09:59:59 |
        | all'ora del promemoria                   | 10:00 | mer 2026-12-30 10:00:00 |
        | un secondo dopo l'ora del promemoria     | 10:00 | mer 2026-12-30 10:00:01 |
        | nel pomeriggio                           | 10:00 | mer 2026-12-30 15:30:00 |
        | un secondo prima delle 18                | 10:00 | mer 2026-12-30 17:59:59 |
        | con l'ora del promemoria alle 17         | 17:00 | mer 2026-12-30 17:00:01 |

    Schema dello scenario: Alle 18 della vigilia, 18:00 comprese <lettura>: <fissato> la fascia <offerta>
      Dato che la lettura 18:00 comprese è <lettura>
      E che la lettura prima fascia è con promemoria possibile
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2026-03-03 09:00:00
      Allora <fissato> la fascia gio 2026-03-05 08:00-10:00 <offerta> al cliente

      Esempi:
        | lettura | fissato                     | offerta       |
        | sì      | mer 2026-03-04 17:59:59     | è offerta     |
        | sì      | mer 2026-03-04 18:00:00     | è offerta     |
        | sì      | mer 2026-03-04 18:00:00.001 | non è offerta |
        | no      | mer 2026-03-04 17:59:59.999 | è offerta     |
        | no      | mer 2026-03-04 18:00:00     | non è offerta |
        | no      | mer 2026-03-04 18:00:01     | non è offerta |

    Schema dello scenario: Fissare <fissato> la visita dell'indomani, 18:00 comprese <lettura>: <chi> <esito>
      Dato che la lettura festività è nazionali
      E che la lettura 18:00 comprese è <lettura>
      E che la lettura prima fascia è con promemoria possibile
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2026-06-30 09:00:00
      E <fissato> <chi> fissa gio 2026-07-02 08:00-10:00
      Allora l'Agente Virtuale <risposta>
      E in tutto <quanti> SMS di promemoria

      Esempi:
        | servizio  | chi         | lettura | fissato                     | esito  | risposta                           | quanti    |
        | VULA FTTH | il cliente  | sì      | mer 2026-07-01 18:00:00     | riesce | accetta                            | parte 1   |
        | ULL       | l'operatore | sì      | mer 2026-07-01 18:00:00     | riesce | accetta                            | parte 1   |
        | VULA FTTH | l'operatore | sì      | mer 2026-07-01 18:00:00.001 | tarda  | risponde di no: fascia non offerta | partono 0 |
        | ULL       | il cliente  | no      | mer 2026-07-01 17:59:59.999 | riesce | accetta                            | parte 1   |
        | VULA FTTH | il cliente  | no      | mer 2026-07-01 18:00:00     | tarda  | risponde di no: fascia non offerta | partono 0 |

    Scenario: Dopo le 18 della vigilia la fascia dell'indomani è negata
      Dato che la lettura prima fascia è con promemoria possibile
      E un ordine ULL di Alfa
      Quando la rete notifica l'innesco mar 2026-09-29 09:00:00
      E mer 2026-09-30 18:00:01 il cliente fissa gio 2026-10-01 08:00-10:00
      Allora l'Agente Virtuale risponde di no: fascia non offerta
      E non c'è alcun appuntamento

    Schema dello scenario: Prima fascia con lettura <lettura>: <quando> è <fascia>
      Dato che la lettura festività è nazionali
      E che la lettura prima fascia è <lettura>
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2027-01-12 09:00:00
      Allora <quando> la prima fascia offerta è <fascia>

      Esempi:
        | lettura                  | quando                  | fascia                     |
        | con promemoria possibile | mar 2027-01-12 17:59:59 | mer 2027-01-13 08:00-10:00 |
        | con promemoria possibile | mar 2027-01-12 18:00:01 | gio 2027-01-14 08:00-10:00 |
        | con promemoria possibile | gio 2027-01-14 18:00:01 | lun 2027-01-18 08:00-10:00 |
        | dal giorno dopo          | mar 2027-01-12 18:00:01 | mer 2027-01-13 08:00-10:00 |
        | dal giorno dopo          | mar 2027-01-12 23:59:59 | mer 2027-01-13 08:00-10:00 |
        | dal giorno dopo          | mer 2027-01-13 00:00:00 | gio 2027-01-14 08:00-10:00 |
        | qualunque                | mar 2027-01-12 09:59:59 | mar 2027-01-12 10:00-12:00 |
        | qualunque                | mar 2027-01-12 10:00:00 | mar 2027-01-12 12:00-14:00 |
        | qualunque                | mar 2027-01-12 18:00:01 | mer 2027-01-13 08:00-10:00 |

    Schema dello scenario: <vigilia>, promemoria di domenica <lettura>: parte entro <limite>
      Dato che la lettura ora del promemoria è 10:00
      E che la lettura festività è nazionali
      E che la lettura settimana lavorativa è lunedì-venerdì
      E che la lettura promemoria di domenica è <lettura>
      E che la lettura SMS nei festivi è no
      E un ordine VULA FTTCAB di Alfa
      Quando la rete notifica l'innesco <innesco>
      E <fissato> il cliente fissa <fascia>
      Allora l'Agente Virtuale accetta
      E per la fascia <fascia> parte un solo promemoria, entro <limite>
      E in tutto parte 1 SMS di promemoria

      Esempi: la vigilia è domenica
        | vigilia                  | lettura    | innesco                 | fissato                 | fascia                     | limite                  |
        | Visita di lunedì         | anticipato | gio 2026-03-05 09:00:00 | gio 2026-03-05 15:00:00 | lun 2026-03-09 10:00-12:00 | sab 2026-03-07 20:00:00 |
        | Visita di lunedì         | inviato    | gio 2026-03-05 09:00:00 | gio 2026-03-05 15:00:00 | lun 2026-03-09 10:00-12:00 | dom 2026-03-08 18:00:00 |
        | Fissata sabato alle 15   | anticipato | gio 2026-03-05 09:00:00 | sab 2026-03-07 15:00:00 | lun 2026-03-09 10:00-12:00 | sab 2026-03-07 20:00:00 |
        | Fissata sabato alle 15   | inviato    | gio 2026-03-05 09:00:00 | sab 2026-03-07 15:00:00 | lun 2026-03-09 10:00-12:00 | dom 2026-03-08 18:00:00 |
        | Fissata domenica alle 12 | anticipato | gio 2026-03-05 09:00:00 | dom 2026-03-08 12:00:00 | lun 2026-03-09 10:00-12:00 | dom 2026-03-08 18:00:00 |
        | Fissata domenica alle 12 | inviato    | gio 2026-03-05 09:00:00 | dom 2026-03-08 12:00:00 | lun 2026-03-09 10:00-12:00 | dom 2026-03-08 18:00:00 |
        | Domenica dell'ora legale | anticipato | gio 2026-03-26 09:00:00 | gio 2026-03-26 15:00:00 | lun 2026-03-30 10:00-12:00 | sab 2026-03-28 20:00:00 |
        | Domenica dell'ora legale | inviato    | gio 2026-03-26 09:00:00 | gio 2026-03-26 15:00:00 | lun 2026-03-30 10:00-12:00 | dom 2026-03-29 18:00:00 |
        | Domenica dell'ora solare | anticipato | gio 2026-10-22 09:00:00 | gio 2026-10-22 15:00:00 | lun 2026-10-26 10:00-12:00 | sab 2026-10-24 20:00:00 |
        | Domenica dell'ora solare | inviato    | gio 2026-10-22 09:00:00 | gio 2026-10-22 15:00:00 | lun 2026-10-26 10:00-12:00 | dom 2026-10-25 18:00:00 |

      Esempi: la vigilia è festiva
        | vigilia                    | lettura    | innesco                 | fissato                 | fascia                     | limite                  |
        | Dopo il Lunedì dell'Angelo | anticipato | gio 2026-04-02 09:00:00 | gio 2026-04-02 15:00:00 | mar 2026-04-07 10:00-12:00 | sab 2026-04-04 20:00:00 |
        | Dopo il Lunedì dell'Angelo | inviato    | gio 2026-04-02 09:00:00 | gio 2026-04-02 15:00:00 | mar 2026-04-07 10:00-12:00 | lun 2026-04-06 18:00:00 |
        | Dopo il 2 giugno           | anticipato | ven 2026-05-29 09:00:00 | ven 2026-05-29 15:00:00 | mer 2026-06-03 10:00-12:00 | lun 2026-06-01 20:00:00 |
        | Dopo il 2 giugno           | inviato    | ven 2026-05-29 09:00:00 | ven 2026-05-29 15:00:00 | mer 2026-06-03 10:00-12:00 | mar 2026-06-02 18:00:00 |
        | Dopo l'Epifania            | anticipato | lun 2027-01-04 09:00:00 | lun 2027-01-04 15:00:00 | gio 2027-01-07 10:00-12:00 | mar 2027-01-05 20:00:00 |
        | Dopo Santo Stefano         | anticipato | mer 2026-12-23 09:00:00 | mer 2026-12-23 15:00:00 | lun 2026-12-28 10:00-12:00 | gio 2026-12-24 20:00:00 |

      Esempi: la vigilia è un giorno particolare
        | vigilia                        | lettura    | innesco                 | fissato                 | fascia                     | limite                  |
        | Il 29 febbraio                 | anticipato | lun 2028-02-28 09:00:00 | lun 2028-02-28 15:00:00 | mer 2028-03-01 10:00-12:00 | mar 2028-02-29 18:00:00 |
        | San Silvestro, visita lunedì 4 | inviato    | mer 2026-12-30 09:00:00 | mer 2026-12-30 15:00:00 | lun 2027-01-04 10:00-12:00 | dom 2027-01-03 18:00:00 |

    Schema dello scenario: Ora del promemoria <ora>: un solo promemoria, entro le 18
      Dato che la lettura 18:00 comprese è sì
      E che la lettura ora del promemoria è <ora>
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2026-03-31 09:00:00
      E mar 2026-03-31 15:00:00 il cliente fissa ven 2026-04-03 10:00-12:00
      Allora per la fascia ven 2026-04-03 10:00-12:00 parte un solo promemoria, entro gio 2026-04-02 18:00:00

      Esempi:
        | ora   |
        | 09:30 |
        | 10:00 |
        | 18:00 |

    Schema dello scenario: <servizio>: fissato all'ultimo giorno per l'indomani, promemoria entro le 18
      Dato un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2027-09-28 09:00:00
      E gio 2027-09-30 15:00:00 l'operatore fissa ven 2027-10-01 10:00-12:00
      Allora per la fascia ven 2027-10-01 10:00-12:00 parte un solo promemoria, entro gio 2027-09-30 18:00:00

      Esempi:
        | servizio             |
        | ULL                  |
        | SLU                  |
        | VULA FTTCAB          |
        | VULA FTTH            |
        | Bitstream NGA FTTCAB |
        | Bitstream NGA FTTH   |

  @REM-2
  Regola: Il promemoria ha il testo voluto dall'operatore, altrimenti quello standard

    Schema dello scenario: <servizio>: promemoria con il testo voluto dall'operatore
      Dato che la lettura festività è nazionali
      E che Alfa ha chiesto per il promemoria il testo "Alfa ricorda: tecnico il {date} fra le {band}"
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2026-10-27 09:00:00
      E mar 2026-10-27 15:00:00 il cliente fissa ven 2026-10-30 10:00-12:00
      Allora l'SMS di promemoria dice "Alfa ricorda: tecnico il 30/10/2026 fra le 10:00-12:00"

      Esempi:
        | servizio             |
        | ULL                  |
        | SLU                  |
        | VULA FTTCAB          |
        | VULA FTTH            |
        | Bitstream NGA FTTCAB |
        | Bitstream NGA FTTH   |

    Schema dello scenario: Testo voluto, visita <stagione>: la data e la fascia sono quelle dell'orologio
      Dato che la lettura festività è nazionali
      E che Alfa ha chiesto per il promemoria il testo "Il {date} fra le {band} viene il tecnico"
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco <innesco>
      E <quando> <chi> fissa <fascia>
      Allora l'SMS di promemoria dice "Il <data> fra le <ore> viene il tecnico"

      Esempi:
        | stagione          | servizio             | chi         | innesco                 | quando                  | fascia                     | data       | ore         |
        | d'estate          | ULL                  | il cliente  | mar 2026-07-07 09:00:00 | mar 2026-07-07 15:00:00 | mar 2026-07-14 08:00-10:00 | 14/07/2026 | 08:00-10:00 |
        | d'inverno         | VULA FTTH            | l'operatore | mar 2027-01-12 09:00:00 | mar 2027-01-12 15:00:00 | mar 2027-01-19 16:00-18:00 | 19/01/2027 | 16:00-18:00 |
        | dopo l'ora legale | SLU                  | l'operatore | gio 2026-03-26 09:00:00 | gio 2026-03-26 15:00:00 | lun 2026-03-30 08:00-10:00 | 30/03/2026 | 08:00-10:00 |
        | dopo l'ora solare | VULA FTTCAB          | il cliente  | gio 2026-10-22 09:00:00 | gio 2026-10-22 15:00:00 | lun 2026-10-26 16:00-18:00 | 26/10/2026 | 16:00-18:00 |
        | il 1° marzo       | Bitstream NGA FTTCAB | il cliente  | lun 2028-02-28 09:00:00 | lun 2028-02-28 15:00:00 | mer 2028-03-01 12:00-14:00 | 01/03/2028 | 12:00-14:00 |
        | a inizio d'anno   | Bitstream NGA FTTH   | l'operatore | mer 2026-12-30 09:00:00 | mer 2026-12-30 15:00:00 | lun 2027-01-04 10:00-12:00 | 04/01/2027 | 10:00-12:00 |

    Schema dello scenario: Testo voluto e visita spostata da <chi>: il promemoria dice la nuova data
      Dato che la lettura festività è nazionali
      E che la lettura spostamenti ammessi è senza limite
      E che la lettura promemoria dopo lo spostamento è ripetuto
      E che Alfa ha chiesto per il promemoria il testo "Il {date} fra le {band} viene il tecnico"
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2026-07-07 09:00:00
      E mar 2026-07-07 15:00:00 il cliente fissa mar 2026-07-14 08:00-10:00
      E mer 2026-07-08 15:00:00 <chi> sposta a gio 2026-07-16 16:00-18:00
      Allora l'SMS di promemoria dice "Il 16/07/2026 fra le 16:00-18:00 viene il tecnico"

      Esempi:
        | servizio    | chi         |
        | ULL         | il cliente  |
        | VULA FTTCAB | l'operatore |

    Schema dello scenario: <servizio>: testo chiesto di nuovo prima di fissare, e il promemoria lo ha
      Dato che Alfa ha chiesto per il promemoria il testo "Prima: {date} {band}"
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2026-12-22 09:00:00
      E mar 2026-12-22 12:00:00 Alfa si registra di nuovo, con per il promemoria il testo "Poi: {date} {band}"
      E mar 2026-12-22 15:00:00 il cliente fissa gio 2026-12-31 10:00-12:00
      Allora l'SMS di promemoria dice "Poi: 31/12/2026 10:00-12:00"
      E in tutto parte 1 SMS di promemoria

      Esempi:
        | servizio  |
        | ULL       |
        | VULA FTTH |

    Schema dello scenario: <servizio>: testo chiesto di nuovo la sera della vigilia, e il promemoria partito resta uno
      Dato che la lettura festività è nazionali
      E che Alfa ha chiesto per il promemoria il testo "Prima: {date} {band}"
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2027-11-30 09:00:00
      E mar 2027-11-30 15:00:00 il cliente fissa gio 2027-12-09 10:00-12:00
      E mer 2027-12-08 19:00:00 Alfa si registra di nuovo, con per il promemoria il testo "Poi: {date} {band}"
      Allora l'SMS di promemoria dice "Prima: 09/12/2027 10:00-12:00"
      E in tutto parte 1 SMS di promemoria

      Esempi:
        | servizio             |
        | SLU                  |
        | Bitstream NGA FTTCAB |

  @REM-3
  Regola: Il promemoria ha l'alias voluto dall'operatore, altrimenti quello standard

    Schema dello scenario: <servizio>: promemoria con l'alias voluto dall'operatore
      Dato che Alfa ha chiesto per il promemoria l'alias "AlfaTecnico"
      E che Alfa ha chiesto per l'ingaggio l'alias "AlfaTlc"
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2027-03-23 09:00:00
      E mar 2027-03-23 15:00:00 il cliente fissa ven 2027-03-26 10:00-12:00
      Allora l'SMS di promemoria ha l'alias "AlfaTecnico"
      E l'SMS di ingaggio ha l'alias "AlfaTlc"

      Esempi:
        | servizio             |
        | ULL                  |
        | SLU                  |
        | VULA FTTCAB          |
        | VULA FTTH            |
        | Bitstream NGA FTTCAB |
        | Bitstream NGA FTTH   |

    Scenario: Senza richiesta il promemoria ha l'alias standard
      Dato che la lettura festività è nazionali
      E un ordine ULL di Alfa
      Quando la rete notifica l'innesco mar 2028-02-22 09:00:00
      E mar 2028-02-22 15:00:00 il cliente fissa ven 2028-02-25 10:00-12:00
      Allora l'SMS di promemoria ha un alias di 11 caratteri al più

    Scenario: Un alias di promemoria di 12 caratteri non si registra
      Dato che Alfa ha chiesto per il promemoria l'alias "AlfaTecnico1"
      Quando l'operatore si registra
      Allora la richiesta è respinta

    Schema dello scenario: <servizio>: alias chiesto di nuovo prima di fissare, e il promemoria lo ha
      Dato che Alfa ha chiesto per il promemoria l'alias "Prima"
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2026-04-28 09:00:00
      E mar 2026-04-28 12:00:00 Alfa si registra di nuovo, con per il promemoria l'alias "Poi"
      E mar 2026-04-28 15:00:00 il cliente fissa gio 2026-05-07 10:00-12:00
      Allora l'SMS di promemoria ha l'alias "Poi"
      E in tutto parte 1 SMS di promemoria

      Esempi:
        | servizio  |
        | ULL       |
        | VULA FTTH |

    Schema dello scenario: <servizio>: alias chiesto di nuovo la sera della vigilia, e il promemoria partito resta uno
      Dato che Alfa ha chiesto per il promemoria l'alias "Prima"
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2026-03-24 09:00:00
      E mar 2026-03-24 15:00:00 il cliente fissa gio 2026-04-02 10:00-12:00
      E mer 2026-04-01 19:00:00 Alfa si registra di nuovo, con per il promemoria l'alias "Poi"
      Allora l'SMS di promemoria ha l'alias "Prima"
      E in tutto parte 1 SMS di promemoria

      Esempi:
        | servizio             |
        | SLU                  |
        | Bitstream NGA FTTCAB |

  @REM-4
  Regola: Il promemoria riguarda l'appuntamento in vigore, anche dopo uno spostamento

    Schema dello scenario: <servizio>: spostato <come> da <chi>, un solo promemoria per la nuova fascia
      Dato che la lettura festività è nazionali
      E che la lettura spostamenti ammessi è senza limite
      E che la lettura promemoria dopo lo spostamento è ripetuto
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2027-11-02 09:00:00
      E mar 2027-11-02 15:00:00 il cliente fissa <prima>
      E mar 2027-11-02 16:00:00 <chi> sposta a <poi>
      Allora per la fascia <poi> parte un solo promemoria, entro <limite>
      E nessun promemoria per la fascia <prima> parte dopo mar 2027-11-02 16:00:00

      Esempi:
        | servizio             | come         | chi         | prima                      | poi                        | limite                  |
        | ULL                  | in posticipo | il cliente  | ven 2027-11-05 10:00-12:00 | mer 2027-11-10 14:00-16:00 | mar 2027-11-09 18:00:00 |
        | SLU                  | in anticipo  | l'operatore | mer 2027-11-10 14:00-16:00 | ven 2027-11-05 10:00-12:00 | gio 2027-11-04 18:00:00 |
        | VULA FTTCAB          | in posticipo | l'operatore | ven 2027-11-05 10:00-12:00 | mer 2027-11-10 14:00-16:00 | mar 2027-11-09 18:00:00 |
        | VULA FTTH            | in anticipo  | il cliente  | mer 2027-11-10 14:00-16:00 | ven 2027-11-05 10:00-12:00 | gio 2027-11-04 18:00:00 |
        | Bitstream NGA FTTCAB | in posticipo | il cliente  | ven 2027-11-05 10:00-12:00 | mer 2027-11-10 14:00-16:00 | mar 2027-11-09 18:00:00 |
        | Bitstream NGA FTTH   | in anticipo  | l'operatore | mer 2027-11-10 14:00-16:00 | ven 2027-11-05 10:00-12:00 | gio 2027-11-04 18:00:00 |

    Schema dello scenario: Spostato <come> alla vigilia da <chi>: un solo promemoria per la nuova fascia
      Dato che la lettura spostamenti ammessi è senza limite
      E che la lettura promemoria dopo lo spostamento è ripetuto
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2026-08-11 09:00:00
      E mar 2026-08-11 15:00:00 il cliente fissa ven 2026-08-14 10:00-12:00
      E gio 2026-08-13 15:00:00 <chi> sposta a <fascia>
      Allora per la fascia <fascia> parte un solo promemoria, entro <limite>
      E nessun promemoria per la fascia ven 2026-08-14 10:00-12:00 parte dopo gio 2026-08-13 15:00:00

      Esempi:
        | servizio    | chi         | come                | fascia                     | limite                  |
        | VULA FTTH   | il cliente  | in avanti           | mer 2026-08-19 14:00-16:00 | mar 2026-08-18 18:00:00 |
        | ULL         | l'operatore | in avanti           | mer 2026-08-19 14:00-16:00 | mar 2026-08-18 18:00:00 |
        | VULA FTTCAB | l'operatore | nello stesso giorno | ven 2026-08-14 16:00-18:00 | gio 2026-08-13 18:00:00 |
        | SLU         | il cliente  | nello stesso giorno | ven 2026-08-14 08:00-10:00 | gio 2026-08-13 18:00:00 |

    Schema dello scenario: Se il promemoria è uno solo, spostato <come> alla vigilia non se ne ha un secondo
      Dato che la lettura spostamenti ammessi è senza limite
      E che la lettura promemoria dopo lo spostamento è uno solo
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2026-10-20 09:00:00
      E mar 2026-10-20 15:00:00 il cliente fissa ven 2026-10-23 10:00-12:00
      E gio 2026-10-22 15:00:00 il cliente sposta a <fascia>
      Allora in tutto parte 1 SMS di promemoria

      Esempi:
        | come                | fascia                     |
        | in avanti           | mer 2026-10-28 14:00-16:00 |
        | in anticipo         | ven 2026-10-23 08:00-10:00 |
        | nello stesso giorno | ven 2026-10-23 16:00-18:00 |

    Schema dello scenario: Anticipato a domani da <chi>, il nuovo promemoria parte entro le 18
      Dato che la lettura festività è nazionali
      E che la lettura spostamenti ammessi è senza limite
      E che la lettura promemoria dopo lo spostamento è ripetuto
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2027-06-01 09:00:00
      E mar 2027-06-01 15:00:00 il cliente fissa mer 2027-06-09 14:00-16:00
      E mer 2027-06-02 16:00:00 <chi> sposta a gio 2027-06-03 08:00-10:00
      Allora per la fascia gio 2027-06-03 08:00-10:00 parte un solo promemoria, entro mer 2027-06-02 18:00:00
      E nessun promemoria per la fascia mer 2027-06-09 14:00-16:00 parte dopo mer 2027-06-02 16:00:00

      Esempi:
        | servizio  | chi         |
        | SLU       | il cliente  |
        | VULA FTTH | l'operatore |
