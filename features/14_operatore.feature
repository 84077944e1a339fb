# language: it
@OP
Funzionalità: Il sistema dell'operatore
  Le stesse regole viste dall'altra parte: che cosa deve fare il sistema di un operatore.

  Contesto:
    Dato l'operatore Alfa con codice progetto PRJ-ALFA e codice delivery DEL-ALFA
    E che la lettura link_identity è per_channel
    E che la lettura slot_grid è quella predefinita

  @OP-1
  Regola: L'operatore mette nell'ordine un codice solo, suo, e non conta sul delivery per un disaggregato

    Schema dello scenario: <servizio>: il sistema scrive soltanto il codice progetto
      Dato che Alfa lavora con il sistema di esempio
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2026-03-03 09:00:00
      Allora l'ordine porta soltanto il codice progetto
      E l'ordine è del servizio

      Esempi:
        | servizio             |
        | ULL                  |
        | SLU                  |
        | VULA FTTCAB          |
        | VULA FTTH            |
        | Bitstream NGA FTTCAB |
        | Bitstream NGA FTTH   |

    Schema dello scenario: Chi usa il delivery: <servizio> <modo> porta <codici>
      Dato che Alfa lavora con il sistema di esempio
      E che il sistema di esempio usa il codice delivery
      E un ordine <servizio> di Alfa, <modo>
      Quando la rete notifica l'innesco mar 2026-03-03 09:00:00
      Allora l'ordine porta <codici>
      E l'ordine è <flusso>

      Esempi:
        | servizio  | modo                         | codici                      | flusso       |
        | ULL       | non disaggregato             | soltanto il codice delivery | del servizio |
        | ULL       | disaggregato anche nella PdC | nessun codice               | disaggregato |
        | SLU       | disaggregato                 | nessun codice               | disaggregato |
        | VULA FTTH | non disaggregato             | soltanto il codice delivery | del servizio |

    Schema dello scenario: Un ordine <difetto> è una violazione
      Dato che la storia riguarda il sistema dell'operatore
      E un ordine <ordine>
      E l'SMS di ingaggio è partito mar 2026-03-03 09:00:00
      Allora la regola OP-1 è violata

      Esempi:
        | difetto                      | ordine                                                                        |
        | con entrambi i codici        | VULA FTTH di Alfa, con codice progetto PRJ-ALFA, con codice delivery DEL-ALFA |
        | con un codice non suo        | VULA FTTH di Alfa, con codice progetto PRJ-BETA                               |
        | disaggregato con il delivery | ULL di Alfa, disaggregato anche nella PdC, con codice delivery DEL-ALFA       |

    Scenario: Se la storia riguarda il servizio la regola non si applica
      Dato un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-03-03 09:00:00
      Allora la regola OP-1 è non applicabile

  @OP-2
  Regola: L'operatore risponde 2xx in tempo a ogni notifica, e la stessa notifica due volte ha un solo effetto

    Schema dello scenario: <servizio>: risposta 2xx a ogni notifica
      Dato che Alfa lavora con il sistema di esempio
      E un ordine <servizio> di Alfa
      Quando l'SMS di ingaggio parte mar 2026-03-03 09:00:00
      Allora l'operatore ha risposto 2xx a ogni notifica

      Esempi:
        | servizio             |
        | ULL                  |
        | SLU                  |
        | VULA FTTCAB          |
        | VULA FTTH            |
        | Bitstream NGA FTTCAB |
        | Bitstream NGA FTTH   |

    Schema dello scenario: <servizio>: notifiche doppie, un solo effetto
      Dato che Alfa lavora con il sistema di esempio
      E che le notifiche arrivano doppie
      E un ordine <servizio> di Alfa
      Quando l'SMS di ingaggio parte mar 2026-03-03 09:00:00
      Allora l'operatore ha risposto 2xx a ogni notifica
      E l'appuntamento è stato fissato una volta sola, da operatore

      Esempi:
        | servizio  |
        | ULL       |
        | VULA FTTH |

    Schema dello scenario: Rispondere <stato> a una notifica è <esito>
      Dato che la storia riguarda il sistema dell'operatore
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-03-03 09:00:00
      E l'operatore ha ricevuto W08 mar 2026-03-03 09:00:00
      E l'operatore ha risposto <stato> a W08 mar 2026-03-03 09:00:01
      Allora la regola OP-2 è <esito>

      Esempi:
        | stato | esito      |
        | 200   | rispettata |
        | 204   | rispettata |
        | 302   | violata    |
        | 404   | violata    |
        | 500   | violata    |
        | 0     | violata    |

    Scenario: Lasciare una notifica senza risposta è una violazione
      Dato che la storia riguarda il sistema dell'operatore
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-03-03 09:00:00
      E l'operatore ha ricevuto W08 mar 2026-03-03 09:00:00
      E l'operatore ha risposto 200 a W08 mar 2026-03-03 09:00:01
      E l'operatore ha ricevuto W24 ven 2026-03-06 00:00:00
      Allora la regola OP-2 è violata

    Scenario: Fissare di nuovo dopo una copia della notifica è una violazione
      Dato che la storia riguarda il sistema dell'operatore
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-03-03 09:00:00
      E l'operatore ha ricevuto W08 mar 2026-03-03 09:00:00
      E l'operatore ha risposto 200 a W08 mar 2026-03-03 09:00:01
      E l'operatore ha fissato mar 2026-03-10 10:00-12:00 mar 2026-03-03 15:00:00
      E l'operatore ha risposto 200 a W08 mar 2026-03-03 16:00:00, copia 2
      E l'operatore voleva fissare mer 2026-03-11 10:00-12:00 mar 2026-03-03 16:01:00: appuntamento già fissato
      Allora la regola OP-2 è violata

  @OP-3
  Regola: L'operatore preleva ogni CSV finché i link servono, e mai un file dal nome provvisorio

    Schema dello scenario: SMS <sms>: il file è prelevato una volta, in tempo
      Dato che la lettura window_end_included è yes
      E che la lettura sms_cadence è continuous
      E che Alfa lavora con il sistema di esempio
      E un ordine VULA FTTH di Alfa
      Quando l'SMS di ingaggio parte <sms>
      Allora l'operatore ha prelevato ogni file una volta sola

      Esempi:
        | sms                     |
        | mar 2026-03-03 09:00:00 |
        | mar 2026-03-03 17:00:00 |
        | ven 2026-03-06 20:00:00 |

    Scenario: Due corse, due file prelevati
      Dato che Alfa lavora con il sistema di esempio
      E un ordine VULA FTTH di Alfa, detto A
      E un altro ordine ULL di Alfa, detto B
      Quando si parla dell'ordine A
      E la rete notifica CO mar 2026-03-03 09:00:00
      E si parla dell'ordine B
      E la rete notifica AC mar 2026-03-03 17:00:00
      Allora l'operatore ha prelevato ogni file una volta sola

    Schema dello scenario: Un file prelevato <momento> è <esito>
      Dato che la lettura day_end è midnight
      E che la storia riguarda il sistema dell'operatore
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-03-03 09:00:00
      E il file CSV è stato depositato mar 2026-03-03 14:00:00
      E Alfa ha prelevato il file depositato <quando>
      Allora la regola OP-3 è <esito>

      Esempi:
        | momento                        | quando                  | esito      |
        | subito                         | mar 2026-03-03 14:00:00 | rispettata |
        | all'ultimo secondo del termine | gio 2026-03-05 23:59:59 | rispettata |
        | alla fine del termine          | ven 2026-03-06 00:00:00 | violata    |
        | un secondo dopo il termine     | ven 2026-03-06 00:00:01 | violata    |

    Scenario: Un file mai prelevato è una violazione
      Dato che la storia riguarda il sistema dell'operatore
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-03-03 09:00:00
      E il file CSV è stato depositato mar 2026-03-03 14:00:00
      Allora la regola OP-3 è violata

    Schema dello scenario: Prelevare un nome provvisorio (<nome>) è una violazione
      Dato che la storia riguarda il sistema dell'operatore
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-03-03 09:00:00
      E il file CSV è stato depositato mar 2026-03-03 14:00:00
      E Alfa ha prelevato il file depositato mar 2026-03-03 14:10:00
      E Alfa ha prelevato il file <nome> mar 2026-03-03 13:59:59
      Allora la regola OP-3 è violata

      Esempi:
        | nome                                |
        | APPDIG_ALFA_20260303140000.csv.tmp  |
        | APPDIG_ALFA_20260303140000.csv.part |

  @OP-4
  Regola: L'operatore fissa solo con i link dell'Agente Virtuale e nel termine

    Schema dello scenario: SMS di <giorno>: il sistema fissa per <servizio> nel termine
      Dato che Alfa lavora con il sistema di esempio
      E un ordine <servizio> di Alfa
      Quando l'SMS di ingaggio parte <sms>
      Allora l'operatore fissa fra <sms> e <termine>

      Esempi:
        | giorno             | servizio             | sms                     | termine                 |
        | lunedì             | ULL                  | lun 2026-03-02 09:00:00 | gio 2026-03-05 00:00:00 |
        | martedì            | SLU                  | mar 2026-03-03 09:00:00 | ven 2026-03-06 00:00:00 |
        | mercoledì          | VULA FTTCAB          | mer 2026-03-04 09:00:00 | sab 2026-03-07 00:00:00 |
        | giovedì            | VULA FTTH            | gio 2026-03-05 09:00:00 | mar 2026-03-10 00:00:00 |
        | venerdì            | Bitstream NGA FTTCAB | ven 2026-03-06 09:00:00 | mer 2026-03-11 00:00:00 |
        | venerdì 23 ottobre | Bitstream NGA FTTH   | ven 2026-10-23 09:00:00 | mer 2026-10-28 00:00:00 |

    Schema dello scenario: Chi lascia al cliente <ore> ore fissa <quando>
      Dato che la lettura csv_cadence è table
      E che Alfa lavora con il sistema di esempio
      E che il sistema di esempio lascia al cliente <ore> ore
      E un ordine VULA FTTH di Alfa
      Quando l'SMS di ingaggio parte mar 2026-03-03 09:00:00
      Allora l'operatore fissa fra <quando> e <dopo>

      Esempi:
        | ore | quando                  | dopo                    |
        | 1   | mar 2026-03-03 15:00:00 | mar 2026-03-03 15:00:01 |
        | 24  | mer 2026-03-04 14:00:00 | mer 2026-03-04 14:00:01 |

    Schema dello scenario: L'operatore fissa <momento>: <esito>
      Dato che la lettura day_end è midnight
      E che la storia riguarda il sistema dell'operatore
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-03-03 09:00:00
      E il file CSV è stato depositato mar 2026-03-03 14:00:00
      E l'operatore ha fissato mar 2026-03-17 10:00-12:00 <quando>
      Allora la regola OP-4 è <esito>

      Esempi:
        | momento                    | quando                  | esito      |
        | all'ultimo secondo         | gio 2026-03-05 23:59:59 | rispettata |
        | alla fine del termine      | ven 2026-03-06 00:00:00 | violata    |
        | un secondo dopo il termine | ven 2026-03-06 00:00:01 | violata    |

    Scenario: Fissare con un link che nessuno ha dato è una violazione
      Dato che la storia riguarda il sistema dell'operatore
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-03-03 09:00:00
      E il file CSV è stato depositato mar 2026-03-03 14:00:00
      E l'operatore voleva fissare mar 2026-03-17 10:00-12:00 mer 2026-03-04 10:00:00: link sconosciuto
      Allora la regola OP-4 è violata

  @OP-5
  Regola: Se il cliente è arrivato prima, l'operatore lo accetta

    Schema dello scenario: <servizio>: il cliente ha già fissato e il sistema lo sa
      Dato che la lettura csv_cadence è table
      E che Alfa lavora con il sistema di esempio
      E un ordine <servizio> di Alfa
      Quando l'SMS di ingaggio parte mar 2026-03-03 09:00:00
      E mar 2026-03-03 15:00:00 il cliente fissa mar 2026-03-10 10:00-12:00
      Allora sull'Agente Virtuale l'operatore ha fissato 0 volte
      E l'appuntamento è mar 2026-03-10 10:00-12:00

      Esempi:
        | servizio             |
        | ULL                  |
        | SLU                  |
        | VULA FTTCAB          |
        | VULA FTTH            |
        | Bitstream NGA FTTCAB |
        | Bitstream NGA FTTH   |

    Scenario: Il cliente fissa mentre il sistema guarda: un no basta
      Dato che Alfa lavora con il sistema di esempio
      E un ordine VULA FTTH di Alfa
      Quando l'SMS di ingaggio parte mar 2026-03-03 09:00:00
      E il cliente fissa mar 2026-03-10 10:00-12:00 mentre l'operatore guarda
      Allora l'operatore si è sentito dire una volta: appuntamento già fissato
      E sull'Agente Virtuale l'operatore ha fissato 0 volte
      E sull'Agente Virtuale l'operatore ha rifiutato 0 volte
      E il tecnico arriva mar 2026-03-10 10:00-12:00

    Scenario: La notizia della prenotazione è in ritardo: il sistema guarda e accetta
      Dato che la lettura csv_cadence è table
      E che Alfa lavora con il sistema di esempio
      E che le notifiche arrivano superate dalle successive
      E un ordine VULA FTTH di Alfa
      Quando l'SMS di ingaggio parte mar 2026-03-03 09:00:00
      E mar 2026-03-03 15:00:00 il cliente fissa mar 2026-03-10 10:00-12:00
      Allora sull'Agente Virtuale l'operatore ha fissato 0 volte

    Schema dello scenario: Dopo un no l'operatore vuole ancora <atto>: violazione
      Dato che la storia riguarda il sistema dell'operatore
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-03-03 09:00:00
      E il cliente ha fissato mar 2026-03-10 10:00-12:00 mar 2026-03-03 15:00:00
      E l'operatore voleva fissare mer 2026-03-11 10:00-12:00 mar 2026-03-03 16:00:00: appuntamento già fissato
      E l'operatore voleva <atto> mar 2026-03-03 16:00:01: appuntamento già fissato
      Allora la regola OP-5 è violata

      Esempi:
        | atto                               |
        | fissare mer 2026-03-11 10:00-12:00 |
        | rifiutare                          |

    Scenario: Un solo no, accettato, è in regola
      Dato che la storia riguarda il sistema dell'operatore
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-03-03 09:00:00
      E il cliente ha fissato mar 2026-03-10 10:00-12:00 mar 2026-03-03 15:00:00
      E l'operatore voleva fissare mer 2026-03-11 10:00-12:00 mar 2026-03-03 16:00:00: appuntamento già fissato
      Allora la regola OP-5 è rispettata

  @OP-6
  Regola: L'operatore sposta solo entro il limite, e regge il diniego quando lo ha passato

    Schema dello scenario: Il cliente chiede di spostare <momento>: spostamenti <volte>
      Dato che la lettura max_reschedules è unlimited
      E che la lettura csv_cadence è table
      E che Alfa lavora con il sistema di esempio
      E un ordine VULA FTTH di Alfa
      Quando l'SMS di ingaggio parte mar 2026-03-03 09:00:00
      E mar 2026-03-03 15:00:00 il cliente fissa mar 2026-03-10 10:00-12:00
      E <quando> il cliente chiede al call center di spostare
      Allora sull'Agente Virtuale l'operatore ha spostato <volte> volte

      Esempi:
        | momento                     | quando                  | volte |
        | il giorno dopo              | mer 2026-03-04 10:00:00 | 1     |
        | alla vigilia prima delle 18 | lun 2026-03-09 17:29:59 | 1     |
        | alla vigilia dopo le 18     | lun 2026-03-09 18:10:00 | 0     |

    Scenario: Chi conosce il limite, quando è passato, non prova nemmeno
      Dato che la lettura csv_cadence è table
      E che Alfa lavora con il sistema di esempio
      E un ordine VULA FTTH di Alfa
      Quando l'SMS di ingaggio parte mar 2026-03-03 09:00:00
      E mar 2026-03-03 15:00:00 il cliente fissa mar 2026-03-10 10:00-12:00
      E lun 2026-03-09 18:10:00 il cliente chiede al call center di spostare
      Allora dopo lun 2026-03-09 18:00:00 l'operatore non usa più il link
      E il tecnico arriva mar 2026-03-10 10:00-12:00

    Scenario: Chi non conosce il limite sente un no e non insiste
      Dato che la lettura csv_cadence è table
      E che Alfa lavora con il sistema di esempio
      E che il sistema di esempio non conosce il limite delle 18
      E un ordine VULA FTTH di Alfa
      Quando l'SMS di ingaggio parte mar 2026-03-03 09:00:00
      E mar 2026-03-03 15:00:00 il cliente fissa mar 2026-03-10 10:00-12:00
      E lun 2026-03-09 18:10:00 il cliente chiede al call center di spostare
      Allora l'operatore si è sentito dire una volta: limite delle 18 passato
      E il tecnico arriva mar 2026-03-10 10:00-12:00

    Scenario: Insistere dopo il no sul limite è una violazione
      Dato che la storia riguarda il sistema dell'operatore
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-03-03 09:00:00
      E il cliente ha fissato mar 2026-03-10 10:00-12:00 mar 2026-03-03 15:00:00
      E l'operatore voleva spostare mar 2026-03-17 10:00-12:00 lun 2026-03-09 18:00:01: limite delle 18 passato
      E l'operatore voleva spostare mar 2026-03-17 10:00-12:00 lun 2026-03-09 18:00:05: limite delle 18 passato
      Allora la regola OP-6 è violata

    Schema dello scenario: L'operatore sposta <momento>: <esito>
      Dato che la storia riguarda il sistema dell'operatore
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-03-03 09:00:00
      E il cliente ha fissato mar 2026-03-10 10:00-12:00 mar 2026-03-03 15:00:00
      E l'operatore ha spostato da mar 2026-03-10 10:00-12:00 a mar 2026-03-17 10:00-12:00 <quando>
      Allora la regola OP-6 è <esito>

      Esempi:
        | momento                     | quando                  | esito      |
        | un secondo prima del limite | lun 2026-03-09 17:59:59 | rispettata |
        | un secondo dopo il limite   | lun 2026-03-09 18:00:01 | violata    |

  @OP-7
  Regola: Dopo W24 o Z36 l'operatore non usa più il link

    Schema dello scenario: <servizio>: dopo <causale> il sistema non usa più il link
      Dato che la lettura refusal_final è yes
      E che la lettura refusal_notice è immediate
      E che la lettura csv_cadence è table
      E che Alfa lavora con il sistema di esempio
      E un ordine <servizio> di Alfa
      Quando l'SMS di ingaggio parte mar 2026-03-03 09:00:00
      E mar 2026-03-03 15:00:00 il cliente rifiuta
      E mar 2026-03-03 19:00:00 il cliente chiede al call center di rinunciare
      Allora l'operatore riceve <causale> mar 2026-03-03 15:00:00
      E dopo mar 2026-03-03 15:00:00 l'operatore non usa più il link

      Esempi:
        | servizio             | causale |
        | ULL                  | Z36     |
        | SLU                  | Z36     |
        | VULA FTTCAB          | W24     |
        | VULA FTTH            | W24     |
        | Bitstream NGA FTTCAB | W24     |
        | Bitstream NGA FTTH   | W24     |

    Schema dello scenario: Dopo <causale> l'operatore <atto>: violazione
      Dato che la storia riguarda il sistema dell'operatore
      E un ordine <servizio> di Alfa
      E l'SMS di ingaggio è partito mar 2026-03-03 09:00:00
      E l'operatore ha ricevuto <causale> ven 2026-03-06 00:00:00
      E l'operatore <fatto>
      Allora la regola OP-7 è violata

      Esempi:
        | servizio  | causale | atto          | fatto                                                                              |
        | ULL       | Z36     | apre il link  | ha aperto il link ven 2026-03-06 09:00:00                                          |
        | VULA FTTH | W24     | apre il link  | ha aperto il link ven 2026-03-06 09:00:00                                          |
        | VULA FTTH | W24     | vuole fissare | voleva fissare mar 2026-03-17 10:00-12:00 ven 2026-03-06 09:00:00: termine scaduto |

    Scenario: Il link usato prima della causale non è una violazione
      Dato che la storia riguarda il sistema dell'operatore
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-03-03 09:00:00
      E l'operatore ha aperto il link gio 2026-03-05 09:00:00
      E l'operatore ha ricevuto W24 ven 2026-03-06 00:00:00
      Allora la regola OP-7 è rispettata

  @OP-8
  Regola: L'operatore regge notifiche tarde, doppie o fuori ordine e CSV all'ultimo istante

    Schema dello scenario: Notifiche <come> per <servizio>: il sistema fissa comunque una volta
      Dato che Alfa lavora con il sistema di esempio
      E che le notifiche arrivano <come>
      E un ordine <servizio> di Alfa
      Quando l'SMS di ingaggio parte mar 2026-03-03 09:00:00
      Allora sull'Agente Virtuale l'operatore ha fissato 1 volta
      E sull'Agente Virtuale l'operatore ha rifiutato 0 volte

      Esempi:
        | come                      | servizio  |
        | in ritardo                | ULL       |
        | in ritardo                | VULA FTTH |
        | superate dalle successive | ULL       |
        | superate dalle successive | VULA FTTH |
        | doppie                    | ULL       |
        | doppie                    | VULA FTTH |

    Schema dello scenario: Il file arriva all'ultimo istante: SMS <sms>, il sistema fissa nel termine
      Dato che la lettura window_end_included è yes
      E che la lettura sms_cadence è continuous
      E che Alfa lavora con il sistema di esempio
      E che la lettura csv_cadence è latest
      E un ordine VULA FTTH di Alfa
      Quando l'SMS di ingaggio parte <sms>
      Allora l'operatore fissa fra <sms> e <termine>
      E l'operatore ha prelevato ogni file una volta sola

      Esempi:
        | sms                     | termine                 |
        | mar 2026-03-03 15:00:00 | ven 2026-03-06 00:00:00 |
        | mar 2026-03-03 15:00:01 | ven 2026-03-06 00:00:00 |
        | mar 2026-03-03 20:00:00 | ven 2026-03-06 00:00:00 |

    Scenario: Insistere dopo una notifica in ritardo è una violazione
      Dato che la storia riguarda il sistema dell'operatore
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-03-03 09:00:00
      E l'operatore ha ricevuto W08 mar 2026-03-03 09:00:00
      E l'operatore ha fissato mar 2026-03-10 10:00-12:00 mar 2026-03-03 15:00:00
      E l'operatore ha ricevuto W09 mar 2026-03-03 15:00:00 per mar 2026-03-10 10:00-12:00
      E l'operatore ha risposto 200 a W09 mar 2026-03-03 15:00:01
      E l'operatore ha risposto 200 a W08 mar 2026-03-03 17:00:00
      E l'operatore voleva fissare mer 2026-03-11 10:00-12:00 mar 2026-03-03 17:01:00: appuntamento già fissato
      Allora la regola OP-8 è violata
