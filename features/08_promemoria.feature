# language: it
@REM
Funzionalità: Il promemoria
  Il giorno prima della visita il cliente riceve un SMS che ricorda giorno e fascia.

  Contesto:
    Dato l'operatore Alfa con codice progetto PRJ-ALFA
    E che la lettura griglia delle fasce è quella predefinita

  @REM-1
  Regola: Il promemoria arriva entro le 18:00 del giorno di calendario prima dell'appuntamento

    Schema dello scenario: <servizio>: visita <fascia>, promemoria <promemoria>
      Dato che la lettura ora del promemoria è 10:00
      E un ordine <servizio> di Alfa
      Quando l'SMS di ingaggio parte mar 2026-03-03 09:00:00
      E mar 2026-03-03 15:00:00 il cliente fissa <fascia>
      Allora l'SMS di promemoria è inviato <promemoria>
      E in tutto parte 1 SMS di promemoria

      Esempi:
        | servizio             | fascia                     | promemoria              |
        | ULL                  | gio 2026-03-05 08:00-10:00 | mer 2026-03-04 10:00:00 |
        | SLU                  | ven 2026-03-06 16:00-18:00 | gio 2026-03-05 10:00:00 |
        | VULA FTTCAB          | mar 2026-03-10 10:00-12:00 | lun 2026-03-09 10:00:00 |
        | VULA FTTH            | mer 2026-03-11 12:00-14:00 | mar 2026-03-10 10:00:00 |
        | Bitstream NGA FTTCAB | gio 2026-03-12 14:00-16:00 | mer 2026-03-11 10:00:00 |
        | Bitstream NGA FTTH   | ven 2026-03-13 08:00-10:00 | gio 2026-03-12 10:00:00 |

    Schema dello scenario: Il promemoria arriva al numero del cliente, <numero>
      Dato che la lettura ora del promemoria è 10:00
      E un ordine VULA FTTH di Alfa, al numero <numero>
      Quando l'SMS di ingaggio parte mar 2026-03-03 09:00:00
      E mar 2026-03-03 15:00:00 l'operatore fissa mar 2026-03-10 10:00-12:00
      Allora l'SMS di promemoria è inviato lun 2026-03-09 10:00:00
      E l'SMS di promemoria arriva al numero <arrivo>

      Esempi:
        | numero        | arrivo        |
        | +393339876543 | +393339876543 |
        | 3339876543    | +393339876543 |

    Schema dello scenario: Fissato alla vigilia <momento>: promemoria <promemoria>
      Dato che la lettura ora del promemoria è 10:00
      E un ordine VULA FTTH di Alfa
      Quando l'SMS di ingaggio parte mar 2026-03-03 09:00:00
      E <fissato> il cliente fissa gio 2026-03-05 08:00-10:00
      Allora l'Agente Virtuale accetta
      E l'SMS di promemoria è inviato <promemoria>
      E in tutto parte 1 SMS di promemoria

      Esempi:
        | momento                                  | fissato                 | promemoria              |
        | un secondo prima dell'ora del promemoria | mer 2026-03-04 09:59:59 | mer 2026-03-04 10:00:00 |
        | all'ora del promemoria                   | mer 2026-03-04 10:00:00 | mer 2026-03-04 10:00:00 |
        | un secondo dopo l'ora del promemoria     | mer 2026-03-04 10:00:01 | mer 2026-03-04 10:00:01 |
        | nel pomeriggio                           | mer 2026-03-04 15:30:00 | mer 2026-03-04 15:30:00 |
        | un secondo prima delle 18                | mer 2026-03-04 17:59:59 | mer 2026-03-04 17:59:59 |

    Schema dello scenario: Alle 18 della vigilia con limite incluso <lettura>: fissare <fissato> è <esito>
      Dato che la lettura 18:00 comprese è <lettura>
      E che la lettura prima fascia è con promemoria possibile
      E un ordine VULA FTTH di Alfa
      Quando l'SMS di ingaggio parte mar 2026-03-03 09:00:00
      Allora <fissato> la fascia gio 2026-03-05 08:00-10:00 <offerta> al cliente

      Esempi:
        | lettura | fissato                 | esito     | offerta       |
        | sì      | mer 2026-03-04 17:59:59 | possibile | è offerta     |
        | sì      | mer 2026-03-04 18:00:00 | possibile | è offerta     |
        | sì      | mer 2026-03-04 18:00:01 | tardi     | non è offerta |
        | no      | mer 2026-03-04 17:59:59 | possibile | è offerta     |
        | no      | mer 2026-03-04 18:00:00 | tardi     | non è offerta |
        | no      | mer 2026-03-04 18:00:01 | tardi     | non è offerta |

    Scenario: Dopo le 18 della vigilia la fascia dell'indomani è negata
      Dato che la lettura prima fascia è con promemoria possibile
      E un ordine ULL di Alfa
      Quando l'SMS di ingaggio parte mar 2026-03-03 09:00:00
      E mer 2026-03-04 18:00:01 il cliente fissa gio 2026-03-05 08:00-10:00
      Allora l'Agente Virtuale risponde di no: fascia non offerta
      E non c'è alcun appuntamento

    Schema dello scenario: Prima fascia con lettura <lettura>: <quando> è <fascia>
      Dato che la lettura prima fascia è <lettura>
      E un ordine VULA FTTH di Alfa
      Quando l'SMS di ingaggio parte mar 2026-03-03 09:00:00
      Allora <quando> la prima fascia offerta è <fascia>

      Esempi:
        | lettura                  | quando                  | fascia                     |
        | con promemoria possibile | mar 2026-03-03 17:59:59 | mer 2026-03-04 08:00-10:00 |
        | con promemoria possibile | mar 2026-03-03 18:00:01 | gio 2026-03-05 08:00-10:00 |
        | con promemoria possibile | gio 2026-03-05 18:00:01 | lun 2026-03-09 08:00-10:00 |
        | dal giorno dopo          | mar 2026-03-03 18:00:01 | mer 2026-03-04 08:00-10:00 |
        | dal giorno dopo          | mar 2026-03-03 23:59:59 | mer 2026-03-04 08:00-10:00 |
        | dal giorno dopo          | mer 2026-03-04 00:00:00 | gio 2026-03-05 08:00-10:00 |
        | qualunque                | mar 2026-03-03 09:59:59 | mar 2026-03-03 10:00-12:00 |
        | qualunque                | mar 2026-03-03 10:00:00 | mar 2026-03-03 12:00-14:00 |
        | qualunque                | mar 2026-03-03 18:00:01 | mer 2026-03-04 08:00-10:00 |

    Schema dello scenario: <vigilia> con lettura <lettura>: promemoria <promemoria>
      Dato che la lettura ora del promemoria è 10:00
      E che la lettura festività è nazionali
      E che la lettura settimana lavorativa è lunedì-venerdì
      E che la lettura promemoria di domenica è <lettura>
      E che la lettura SMS nei festivi è no
      E un ordine VULA FTTCAB di Alfa
      Quando l'SMS di ingaggio parte <sms>
      E <fissato> il cliente fissa <fascia>
      Allora l'Agente Virtuale accetta
      E l'SMS di promemoria è inviato <promemoria>
      E in tutto parte 1 SMS di promemoria

      Esempi: la vigilia è domenica
        | vigilia                  | lettura    | sms                     | fissato                 | fascia                     | promemoria              |
        | Visita di lunedì         | anticipato | gio 2026-03-05 09:00:00 | gio 2026-03-05 15:00:00 | lun 2026-03-09 10:00-12:00 | sab 2026-03-07 10:00:00 |
        | Visita di lunedì         | inviato    | gio 2026-03-05 09:00:00 | gio 2026-03-05 15:00:00 | lun 2026-03-09 10:00-12:00 | dom 2026-03-08 10:00:00 |
        | Fissata sabato alle 15   | anticipato | gio 2026-03-05 09:00:00 | sab 2026-03-07 15:00:00 | lun 2026-03-09 10:00-12:00 | sab 2026-03-07 15:00:00 |
        | Fissata sabato alle 15   | inviato    | gio 2026-03-05 09:00:00 | sab 2026-03-07 15:00:00 | lun 2026-03-09 10:00-12:00 | dom 2026-03-08 10:00:00 |
        | Fissata domenica alle 12 | anticipato | gio 2026-03-05 09:00:00 | dom 2026-03-08 12:00:00 | lun 2026-03-09 10:00-12:00 | dom 2026-03-08 12:00:00 |
        | Fissata domenica alle 12 | inviato    | gio 2026-03-05 09:00:00 | dom 2026-03-08 12:00:00 | lun 2026-03-09 10:00-12:00 | dom 2026-03-08 12:00:00 |
        | Domenica dell'ora legale | anticipato | gio 2026-03-26 09:00:00 | gio 2026-03-26 15:00:00 | lun 2026-03-30 10:00-12:00 | sab 2026-03-28 10:00:00 |
        | Domenica dell'ora legale | inviato    | gio 2026-03-26 09:00:00 | gio 2026-03-26 15:00:00 | lun 2026-03-30 10:00-12:00 | dom 2026-03-29 10:00:00 |
        | Domenica dell'ora solare | anticipato | gio 2026-10-22 09:00:00 | gio 2026-10-22 15:00:00 | lun 2026-10-26 10:00-12:00 | sab 2026-10-24 10:00:00 |
        | Domenica dell'ora solare | inviato    | gio 2026-10-22 09:00:00 | gio 2026-10-22 15:00:00 | lun 2026-10-26 10:00-12:00 | dom 2026-10-25 10:00:00 |

      Esempi: la vigilia è festiva
        | vigilia                    | lettura    | sms                     | fissato                 | fascia                     | promemoria              |
        | Dopo il Lunedì dell'Angelo | anticipato | gio 2026-04-02 09:00:00 | gio 2026-04-02 15:00:00 | mar 2026-04-07 10:00-12:00 | sab 2026-04-04 10:00:00 |
        | Dopo il Lunedì dell'Angelo | inviato    | gio 2026-04-02 09:00:00 | gio 2026-04-02 15:00:00 | mar 2026-04-07 10:00-12:00 | lun 2026-04-06 10:00:00 |
        | Dopo il 2 giugno           | anticipato | ven 2026-05-29 09:00:00 | ven 2026-05-29 15:00:00 | mer 2026-06-03 10:00-12:00 | lun 2026-06-01 10:00:00 |
        | Dopo il 2 giugno           | inviato    | ven 2026-05-29 09:00:00 | ven 2026-05-29 15:00:00 | mer 2026-06-03 10:00-12:00 | mar 2026-06-02 10:00:00 |
        | Dopo l'Epifania            | anticipato | lun 2027-01-04 09:00:00 | lun 2027-01-04 15:00:00 | gio 2027-01-07 10:00-12:00 | mar 2027-01-05 10:00:00 |
        | Dopo Santo Stefano         | anticipato | mer 2026-12-23 09:00:00 | mer 2026-12-23 15:00:00 | lun 2026-12-28 10:00-12:00 | gio 2026-12-24 10:00:00 |

      Esempi: la vigilia è un giorno particolare
        | vigilia                        | lettura    | sms                     | fissato                 | fascia                     | promemoria              |
        | Il 29 febbraio                 | anticipato | lun 2028-02-28 09:00:00 | lun 2028-02-28 15:00:00 | mer 2028-03-01 10:00-12:00 | mar 2028-02-29 10:00:00 |
        | San Silvestro, visita lunedì 4 | inviato    | mer 2026-12-30 09:00:00 | mer 2026-12-30 15:00:00 | lun 2027-01-04 10:00-12:00 | dom 2027-01-03 10:00:00 |

    Schema dello scenario: Ora del promemoria <ora>: promemoria <promemoria>
      Dato che la lettura 18:00 comprese è sì
      E che la lettura ora del promemoria è <ora>
      E un ordine VULA FTTH di Alfa
      Quando l'SMS di ingaggio parte mar 2026-03-03 09:00:00
      E mar 2026-03-03 15:00:00 il cliente fissa ven 2026-03-06 10:00-12:00
      Allora l'SMS di promemoria è inviato <promemoria>

      Esempi:
        | ora   | promemoria              |
        | 09:30 | gio 2026-03-05 09:30:00 |
        | 10:00 | gio 2026-03-05 10:00:00 |
        | 18:00 | gio 2026-03-05 18:00:00 |

    Schema dello scenario: <servizio>: promemoria entro le 18 della vigilia
      Dato un ordine <servizio> di Alfa
      Quando l'SMS di ingaggio parte mar 2026-03-03 09:00:00
      E gio 2026-03-05 15:00:00 l'operatore fissa <fascia>
      Allora il promemoria è inviato entro <limite>

      Esempi:
        | servizio             | fascia                     | limite                  |
        | ULL                  | ven 2026-03-06 10:00-12:00 | gio 2026-03-05 18:00:00 |
        | SLU                  | ven 2026-03-06 10:00-12:00 | gio 2026-03-05 18:00:00 |
        | VULA FTTCAB          | ven 2026-03-06 10:00-12:00 | gio 2026-03-05 18:00:00 |
        | VULA FTTH            | ven 2026-03-06 10:00-12:00 | gio 2026-03-05 18:00:00 |
        | Bitstream NGA FTTCAB | ven 2026-03-06 10:00-12:00 | gio 2026-03-05 18:00:00 |
        | Bitstream NGA FTTH   | ven 2026-03-06 10:00-12:00 | gio 2026-03-05 18:00:00 |

  @REM-2
  Regola: Il promemoria ha il testo voluto dall'operatore, altrimenti quello standard

    Schema dello scenario: <servizio>: promemoria con il testo voluto dall'operatore
      Dato che Alfa ha chiesto per il promemoria il testo "Alfa ricorda: tecnico il {date} fra le {band}"
      E un ordine <servizio> di Alfa
      Quando l'SMS di ingaggio parte mar 2026-03-03 09:00:00
      E mar 2026-03-03 15:00:00 il cliente fissa ven 2026-03-06 10:00-12:00
      Allora l'SMS di promemoria dice "Alfa ricorda: tecnico il 06/03/2026 fra le 10:00-12:00"

      Esempi:
        | servizio             |
        | ULL                  |
        | SLU                  |
        | VULA FTTCAB          |
        | VULA FTTH            |
        | Bitstream NGA FTTCAB |
        | Bitstream NGA FTTH   |

    Schema dello scenario: Senza richiesta il promemoria dice comunque <parte>
      Dato un ordine VULA FTTH di Alfa
      Quando l'SMS di ingaggio parte mar 2026-03-03 09:00:00
      E mar 2026-03-03 15:00:00 il cliente fissa ven 2026-03-06 10:00-12:00
      Allora l'SMS di promemoria contiene "<parte>"

      Esempi:
        | parte       |
        | 06/03/2026  |
        | 10:00-12:00 |

    Schema dello scenario: Un testo di promemoria <difetto> non si registra
      Dato che Alfa ha chiesto per il promemoria il testo "<testo>"
      Quando l'operatore si registra
      Allora la richiesta è respinta per il campo reminder_text

      Esempi:
        | difetto                  | testo                              |
        | senza data               | Tecnico fra le {band}              |
        | senza fascia             | Tecnico il {date}                  |
        | con un segnaposto ignoto | Il {date} fra le {band} da {luogo} |

  @REM-3
  Regola: Il promemoria ha l'alias voluto dall'operatore, altrimenti quello standard

    Schema dello scenario: <servizio>: promemoria con l'alias voluto dall'operatore
      Dato che Alfa ha chiesto per il promemoria l'alias "AlfaTecnico"
      E che Alfa ha chiesto per l'ingaggio l'alias "AlfaTlc"
      E un ordine <servizio> di Alfa
      Quando l'SMS di ingaggio parte mar 2026-03-03 09:00:00
      E mar 2026-03-03 15:00:00 il cliente fissa ven 2026-03-06 10:00-12:00
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
      Dato che la lettura ora del promemoria è 10:00
      E un ordine ULL di Alfa
      Quando l'SMS di ingaggio parte mar 2026-03-03 09:00:00
      E mar 2026-03-03 15:00:00 il cliente fissa ven 2026-03-06 10:00-12:00
      Allora l'SMS di promemoria è inviato gio 2026-03-05 10:00:00
      E l'SMS di promemoria ha un alias di 11 caratteri al più

    Scenario: Un alias di promemoria di 12 caratteri non si registra
      Dato che Alfa ha chiesto per il promemoria l'alias "AlfaTecnico1"
      Quando l'operatore si registra
      Allora la richiesta è respinta per il campo alias

  @REM-4
  Regola: Il promemoria riguarda l'appuntamento in vigore, anche dopo uno spostamento

    Schema dello scenario: Spostato prima del promemoria con lettura <lettura>: un solo promemoria, per la nuova data
      Dato che la lettura spostamenti ammessi è senza limite
      E che la lettura ora del promemoria è 10:00
      E che la lettura promemoria dopo lo spostamento è <lettura>
      E un ordine VULA FTTH di Alfa
      Quando l'SMS di ingaggio parte mar 2026-03-03 09:00:00
      E mar 2026-03-03 15:00:00 il cliente fissa ven 2026-03-06 10:00-12:00
      E mer 2026-03-04 09:00:00 il cliente sposta a mer 2026-03-11 14:00-16:00
      Allora in tutto parte 1 SMS di promemoria
      E l'SMS di promemoria è inviato mar 2026-03-10 10:00:00
      E il promemoria nomina la fascia mer 2026-03-11 14:00-16:00

      Esempi:
        | lettura  |
        | ripetuto |
        | uno solo |

    Schema dello scenario: Spostato <come> dopo il promemoria con lettura <lettura>: in tutto <quanti>
      Dato che la lettura spostamenti ammessi è senza limite
      E che la lettura ora del promemoria è 10:00
      E che la lettura promemoria dopo lo spostamento è <lettura>
      E un ordine VULA FTTH di Alfa
      Quando l'SMS di ingaggio parte mar 2026-03-03 09:00:00
      E mar 2026-03-03 15:00:00 il cliente fissa ven 2026-03-06 10:00-12:00
      E gio 2026-03-05 15:00:00 il cliente sposta a <fascia>
      Allora in tutto partono <quanti> SMS di promemoria
      E il promemoria nomina la fascia <ultima>

      Esempi:
        | come                | lettura  | fascia                     | quanti | ultima                     |
        | in avanti           | ripetuto | mer 2026-03-11 14:00-16:00 | 2      | mer 2026-03-11 14:00-16:00 |
        | in avanti           | uno solo | mer 2026-03-11 14:00-16:00 | 1      | ven 2026-03-06 10:00-12:00 |
        | nello stesso giorno | ripetuto | ven 2026-03-06 16:00-18:00 | 2      | ven 2026-03-06 16:00-18:00 |
        | nello stesso giorno | uno solo | ven 2026-03-06 16:00-18:00 | 1      | ven 2026-03-06 10:00-12:00 |

    Scenario: Anticipato alla vigilia, il nuovo promemoria parte subito
      Dato che la lettura spostamenti ammessi è senza limite
      E che la lettura ora del promemoria è 10:00
      E che la lettura promemoria dopo lo spostamento è ripetuto
      E un ordine SLU di Alfa
      Quando l'SMS di ingaggio parte mar 2026-03-03 09:00:00
      E mar 2026-03-03 15:00:00 il cliente fissa mer 2026-03-11 14:00-16:00
      E mer 2026-03-04 16:00:00 il cliente sposta a gio 2026-03-05 08:00-10:00
      Allora l'SMS di promemoria è inviato mer 2026-03-04 16:00:00
      E il promemoria nomina la fascia gio 2026-03-05 08:00-10:00
      E in tutto parte 1 SMS di promemoria
