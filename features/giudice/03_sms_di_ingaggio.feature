# language: it
@SMS
Funzionalità: Il giudice: L'SMS di ingaggio
  Storie raccontate a mano, filo per filo: qui è in prova il giudice, non un sistema.

  Contesto:
    Dato l'operatore Alfa con codice progetto PRJ-ALFA e codice delivery DEL-ALFA

  @SMS-1
  Regola: Il cliente finale riceve un solo SMS di ingaggio, con il link all'Agente Virtuale

    Scenario: Due SMS di ingaggio per lo stesso CO sono una violazione
      Dato che la lettura secondo innesco è ignorato
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2027-01-12 09:00:00
      E l'SMS di ingaggio è partito mar 2027-01-12 11:00:00
      Allora la regola SMS-1 è violata

    Scenario: Un SMS di ingaggio che arriva molto tardi è un avviso
      Dato un ordine VULA FTTH di Alfa
      E la rete ha notificato CO mar 2026-10-27 09:00:00
      E l'SMS di ingaggio è partito gio 2026-10-29 09:00:00
      Allora la regola SMS-1 è in avviso

  @SMS-2
  Regola: L'SMS di ingaggio segue l'AC sul rame e il CO sulla fibra: mai prima, mai senza

    Schema dello scenario: <servizio>: un SMS <scarto> di <innesco> è <esito>
      Dato un ordine <servizio> di Alfa
      E la rete ha notificato <innesco> mar 2028-02-22 09:00:00
      E l'SMS di ingaggio è partito <sms>
      Allora la regola SMS-2 è <esito>

      Esempi:
        | servizio  | innesco | scarto           | sms                     | esito      |
        | ULL       | AC      | un secondo prima | mar 2028-02-22 08:59:59 | violata    |
        | ULL       | AC      | un secondo dopo  | mar 2028-02-22 09:00:01 | rispettata |
        | VULA FTTH | CO      | un secondo prima | mar 2028-02-22 08:59:59 | violata    |
        | VULA FTTH | CO      | un secondo dopo  | mar 2028-02-22 09:00:01 | rispettata |

    Schema dello scenario: Per <servizio> non basta <altro>
      Dato un ordine <servizio> di Alfa
      E la rete ha notificato <altro> <giorno> 09:00:00
      E l'SMS di ingaggio è partito <giorno> 09:00:00
      Allora la regola SMS-2 è violata

      Esempi:
        | servizio             | altro | giorno         |
        | ULL                  | CO    | lun 2026-12-07 |
        | SLU                  | CO    | ven 2026-04-03 |
        | VULA FTTCAB          | AC    | gio 2026-12-24 |
        | VULA FTTH            | AC    | mar 2028-02-29 |
        | Bitstream NGA FTTCAB | AC    | sab 2026-03-28 |
        | Bitstream NGA FTTH   | AC    | sab 2027-10-02 |

    Scenario: Un SMS di ingaggio senza alcun innesco è una violazione
      Dato un ordine VULA FTTH di Alfa
      E la rete non ha notificato nulla
      E l'SMS di ingaggio è partito gio 2026-12-31 09:00:00
      Allora la regola SMS-2 è violata

  @SMS-3
  Regola: L'SMS di ingaggio parte soltanto dal lunedì al sabato

    Schema dello scenario: Un SMS di ingaggio partito <giorno> è <esito>
      Dato un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito <sms>
      Allora la regola SMS-3 è <esito>

      Esempi:
        | giorno                      | sms                     | esito      |
        | sabato in chiusura          | sab 2026-03-07 20:00:00 | rispettata |
        | domenica al primo secondo   | dom 2026-03-08 00:00:00 | violata    |
        | domenica a mezzogiorno      | dom 2026-03-08 12:00:00 | violata    |
        | domenica all'ultimo secondo | dom 2026-03-08 23:59:59 | violata    |
        | lunedì all'apertura         | lun 2026-03-09 07:00:00 | rispettata |

    Schema dello scenario: Un SMS nel giorno festivo con lettura <lettura> è <esito>
      Dato che la lettura festività è nazionali
      E che la lettura SMS nei festivi è <lettura>
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-06-02 10:00:00
      Allora la regola SMS-3 è <esito>

      Esempi:
        | lettura | esito      |
        | no      | violata    |
        | sì      | rispettata |

    Scenario: Un SMS nel giorno festivo senza letture dichiarate: decide la lettura sui festivi
      Dato che non è dichiarata alcuna lettura
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-06-02 10:00:00
      Allora la regola SMS-3 è ambigua e decide la lettura SMS nei festivi

  @SMS-4
  Regola: L'SMS di ingaggio parte soltanto dalle 07:00 alle 20:00, estremi compresi

    Schema dello scenario: Un SMS partito <momento> è <esito>
      Dato un ordine VULA FTTH di Alfa
      E la rete ha notificato CO mar 2026-03-24 03:00:00
      E l'SMS di ingaggio è partito <sms>
      Allora la regola SMS-4 è <esito>

      Esempi:
        | momento                         | sms                     | esito      |
        | un secondo prima dell'apertura  | mar 2026-03-24 06:59:59 | violata    |
        | all'apertura precisa            | mar 2026-03-24 07:00:00 | rispettata |
        | un secondo dopo l'apertura      | mar 2026-03-24 07:00:01 | rispettata |
        | un secondo prima della chiusura | mar 2026-03-24 19:59:59 | rispettata |
        | un secondo dopo la chiusura     | mar 2026-03-24 20:00:01 | violata    |
        | di notte                        | mer 2026-03-25 02:00:00 | violata    |

    Scenario: Un SMS alle 20:00 precise senza letture dichiarate: decide l'estremo
      Dato che non è dichiarata alcuna lettura
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-03-03 20:00:00
      Allora la regola SMS-4 è ambigua e decide la lettura 20:00 comprese

  @SMS-5
  Regola: L'SMS di ingaggio ha il testo voluto dall'operatore, altrimenti quello standard

    Scenario: Un testo diverso da quello chiesto è una violazione
      Dato che Alfa ha chiesto per l'ingaggio il testo "Alfa: {link}"
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito sab 2026-10-24 09:00:00, con il testo "Un altro testo"
      Allora la regola SMS-5 è violata

  @SMS-6
  Regola: L'SMS di ingaggio ha l'alias voluto dall'operatore, di 11 caratteri al più, altrimenti quello standard

    Schema dello scenario: Un SMS con alias «<alias>» è <esito>
      Dato che Alfa ha chiesto per l'ingaggio l'alias "AlfaTlc"
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-04-07 09:00:00, con l'alias "<alias>"
      Allora la regola SMS-6 è <esito>

      Esempi:
        | alias   | esito      |
        | AlfaTlc | rispettata |
        | Altro   | violata    |

    Scenario: Un alias standard di 12 caratteri è una violazione
      Dato un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito lun 2026-06-01 09:00:00, con l'alias "AlfaTecnico1"
      Allora la regola SMS-6 è violata
