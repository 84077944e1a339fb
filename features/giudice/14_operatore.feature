# language: it
@OP
Funzionalità: Il giudice: Il sistema dell'operatore
  Storie raccontate a mano, filo per filo: qui è in prova il giudice, non un sistema.

  Contesto:
    Dato l'operatore Alfa con codice progetto PRJ-ALFA e codice delivery DEL-ALFA
    E che la lettura identità del link è per canale
    E che la lettura griglia delle fasce è quella predefinita

  @OP-1
  Regola: L'operatore mette nell'ordine un codice solo, suo, e non conta sul delivery per un disaggregato

    Schema dello scenario: Un ordine <difetto> è una violazione
      Dato che la storia riguarda il sistema dell'operatore
      E un ordine <ordine>
      E l'SMS di ingaggio è partito sab 2026-05-02 09:00:00
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

    Schema dello scenario: Rispondere <stato> a una notifica è <esito>
      Dato che la storia riguarda il sistema dell'operatore
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2027-11-02 09:00:00
      E l'operatore ha ricevuto W08 mar 2027-11-02 09:00:00
      E l'operatore ha risposto <stato> a W08 mar 2027-11-02 09:00:01
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
      Dato che la lettura mai dopo è 30 d
      E che la storia riguarda il sistema dell'operatore
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-03-31 09:00:00
      E l'operatore ha ricevuto W08 mar 2026-03-31 09:00:00
      E l'operatore ha risposto 200 a W08 mar 2026-03-31 09:00:01
      E l'operatore ha ricevuto W24 ven 2026-04-03 00:00:00
      Allora la regola OP-2 è violata

    Scenario: Fissare di nuovo dopo una copia della notifica è una violazione
      Dato che la storia riguarda il sistema dell'operatore
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2027-09-28 09:00:00
      E l'operatore ha ricevuto W08 mar 2027-09-28 09:00:00
      E l'operatore ha risposto 200 a W08 mar 2027-09-28 09:00:01
      E l'operatore ha fissato mar 2027-10-05 10:00-12:00 mar 2027-09-28 15:00:00
      E l'operatore ha risposto 200 a W08 mar 2027-09-28 16:00:00, copia 2
      E l'operatore voleva fissare mer 2027-10-06 10:00-12:00 mar 2027-09-28 16:01:00: appuntamento già fissato
      Allora la regola OP-2 è violata

  @OP-3
  Regola: L'operatore preleva ogni CSV finché i link servono, e mai un file dal nome provvisorio

    Schema dello scenario: Un file prelevato <momento> è <esito>
      Dato che la lettura fine del terzo giorno è mezzanotte
      E che la storia riguarda il sistema dell'operatore
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-08-11 09:00:00
      E il file CSV è stato depositato mar 2026-08-11 14:00:00
      E Alfa ha prelevato il file depositato <quando>
      Allora la regola OP-3 è <esito>

      Esempi:
        | momento                        | quando                  | esito      |
        | subito                         | mar 2026-08-11 14:00:00 | rispettata |
        | all'ultimo secondo del termine | gio 2026-08-13 23:59:59 | rispettata |
        | alla fine del termine          | ven 2026-08-14 00:00:00 | violata    |
        | un secondo dopo il termine     | ven 2026-08-14 00:00:01 | violata    |

    Scenario: Un file mai prelevato è una violazione
      Dato che la storia riguarda il sistema dell'operatore
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-12-29 09:00:00
      E il file CSV è stato depositato mar 2026-12-29 14:00:00
      Allora la regola OP-3 è violata

    Schema dello scenario: Prelevare un nome provvisorio (<nome>) è una violazione
      Dato che la storia riguarda il sistema dell'operatore
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-12-22 09:00:00
      E il file CSV è stato depositato mar 2026-12-22 14:00:00
      E Alfa ha prelevato il file depositato mar 2026-12-22 14:10:00
      E Alfa ha prelevato il file <nome> mar 2026-12-22 13:59:59
      Allora la regola OP-3 è violata

      Esempi:
        | nome                                |
        | APPDIG_ALFA_20260303140000.csv.tmp  |
        | APPDIG_ALFA_20260303140000.csv.part |

  @OP-4
  Regola: L'operatore fissa solo con i link dell'Agente Virtuale e nel termine

    Schema dello scenario: L'operatore fissa <momento>: <esito>
      Dato che la lettura fine del terzo giorno è mezzanotte
      E che la storia riguarda il sistema dell'operatore
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2027-03-23 09:00:00
      E il file CSV è stato depositato mar 2027-03-23 14:00:00
      E l'operatore ha fissato mar 2027-04-06 10:00-12:00 <quando>
      Allora la regola OP-4 è <esito>

      Esempi:
        | momento                    | quando                  | esito      |
        | all'ultimo secondo         | gio 2027-03-25 23:59:59 | rispettata |
        | alla fine del termine      | ven 2027-03-26 00:00:00 | violata    |
        | un secondo dopo il termine | ven 2027-03-26 00:00:01 | violata    |

    Scenario: Fissare con un link che nessuno ha dato è una violazione
      Dato che la storia riguarda il sistema dell'operatore
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-03-03 09:00:00
      E il file CSV è stato depositato mar 2026-03-03 14:00:00
      E l'operatore voleva fissare mar 2026-03-17 10:00-12:00 mer 2026-03-04 10:00:00: link sconosciuto
      Allora la regola OP-4 è violata

  @OP-5
  Regola: Se il cliente è arrivato prima, l'operatore lo accetta

    Schema dello scenario: Dopo un no l'operatore vuole ancora <atto>: violazione
      Dato che la storia riguarda il sistema dell'operatore
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-04-28 09:00:00
      E il cliente ha fissato mar 2026-05-05 10:00-12:00 mar 2026-04-28 15:00:00
      E l'operatore voleva fissare mer 2026-05-06 10:00-12:00 mar 2026-04-28 16:00:00: appuntamento già fissato
      E l'operatore voleva <atto> mar 2026-04-28 16:00:01: appuntamento già fissato
      Allora la regola OP-5 è violata

      Esempi:
        | atto                               |
        | fissare mer 2026-05-06 10:00-12:00 |
        | rifiutare                          |

    Scenario: Un solo no, accettato, è in regola
      Dato che la storia riguarda il sistema dell'operatore
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-10-20 09:00:00
      E il cliente ha fissato mar 2026-10-27 10:00-12:00 mar 2026-10-20 15:00:00
      E l'operatore voleva fissare mer 2026-10-28 10:00-12:00 mar 2026-10-20 16:00:00: appuntamento già fissato
      Allora la regola OP-5 è rispettata

  @OP-6
  Regola: L'operatore sposta solo entro il limite, e regge il diniego quando lo ha passato

    Scenario: Insistere dopo il no sul limite è una violazione
      Dato che la storia riguarda il sistema dell'operatore
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2028-02-29 09:00:00
      E il cliente ha fissato mar 2028-03-07 10:00-12:00 mar 2028-02-29 15:00:00
      E l'operatore voleva spostare mar 2028-03-14 10:00-12:00 lun 2028-03-06 18:00:01: limite delle 18 passato
      E l'operatore voleva spostare mar 2028-03-14 10:00-12:00 lun 2028-03-06 18:00:05: limite delle 18 passato
      Allora la regola OP-6 è violata

    Schema dello scenario: L'operatore sposta <momento>: <esito>
      Dato che la storia riguarda il sistema dell'operatore
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-06-30 09:00:00
      E il cliente ha fissato mar 2026-07-07 10:00-12:00 mar 2026-06-30 15:00:00
      E l'operatore ha spostato da mar 2026-07-07 10:00-12:00 a mar 2026-07-14 10:00-12:00 <quando>
      Allora la regola OP-6 è <esito>

      Esempi:
        | momento                     | quando                  | esito      |
        | un secondo prima del limite | lun 2026-07-06 17:59:59 | rispettata |
        | un secondo dopo il limite   | lun 2026-07-06 18:00:01 | violata    |

  @OP-7
  Regola: Dopo W24 o Z36 l'operatore non usa più il link

    Schema dello scenario: Dopo <causale> l'operatore <atto>: violazione
      Dato che la storia riguarda il sistema dell'operatore
      E un ordine <servizio> di Alfa
      E l'SMS di ingaggio è partito mar 2026-09-29 09:00:00
      E l'operatore ha ricevuto <causale> ven 2026-10-02 00:00:00
      E l'operatore <fatto>
      Allora la regola OP-7 è violata

      Esempi:
        | servizio  | causale | atto          | fatto                                                                              |
        | ULL       | Z36     | apre il link  | ha aperto il link ven 2026-10-02 09:00:00                                          |
        | VULA FTTH | W24     | apre il link  | ha aperto il link ven 2026-10-02 09:00:00                                          |
        | VULA FTTH | W24     | vuole fissare | voleva fissare mar 2026-10-13 10:00-12:00 ven 2026-10-02 09:00:00: termine scaduto |

    Scenario: Il link usato prima della causale non è una violazione
      Dato che la storia riguarda il sistema dell'operatore
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2027-01-12 09:00:00
      E l'operatore ha aperto il link gio 2027-01-14 09:00:00
      E l'operatore ha ricevuto W24 ven 2027-01-15 00:00:00
      Allora la regola OP-7 è rispettata

  @OP-8
  Regola: L'operatore regge notifiche tarde, doppie o fuori ordine e CSV all'ultimo istante

    Scenario: Insistere dopo una notifica in ritardo è una violazione
      Dato che la storia riguarda il sistema dell'operatore
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-10-27 09:00:00
      E l'operatore ha ricevuto W08 mar 2026-10-27 09:00:00
      E l'operatore ha fissato mar 2026-11-03 10:00-12:00 mar 2026-10-27 15:00:00
      E l'operatore ha ricevuto W09 mar 2026-10-27 15:00:00 per mar 2026-11-03 10:00-12:00
      E l'operatore ha risposto 200 a W09 mar 2026-10-27 15:00:01
      E l'operatore ha risposto 200 a W08 mar 2026-10-27 17:00:00
      E l'operatore voleva fissare mer 2026-11-04 10:00-12:00 mar 2026-10-27 17:01:00: appuntamento già fissato
      Allora la regola OP-8 è violata

  @OP-9
  Regola: L'operatore verifica ogni notifica: quelle contraffatte, vecchie o ripetute non hanno effetto

    Schema dello scenario: Rispondere <stato> a una notifica <come> è <esito>
      Dato che la storia riguarda il sistema dell'operatore
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-03-03 09:00:00
      E l'operatore ha risposto <stato> a una W24 <come> mar 2026-03-03 10:00:00
      Allora la regola OP-9 è <esito>

      Esempi:
        | stato | come         | esito      |
        | 401   | contraffatta | rispettata |
        | 0     | contraffatta | rispettata |
        | 200   | contraffatta | violata    |
        | 204   | contraffatta | violata    |
        | 204   | vecchia      | rispettata |
        | 400   | vecchia      | rispettata |
        | 204   | ripetuta     | rispettata |

    Schema dello scenario: Fissare <quando> una notifica ripetuta è <esito>
      Dato che la storia riguarda il sistema dell'operatore
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2028-02-22 09:00:00
      E il file CSV è stato depositato mar 2028-02-22 14:00:00
      E l'operatore ha risposto 204 a una W08 ripetuta mar 2028-02-22 16:00:00
      E l'operatore ha fissato mar 2028-02-29 10:00-12:00 <istante>
      Allora la regola OP-9 è <esito>

      Esempi:
        | quando             | istante                 | esito      |
        | all'arrivo di      | mar 2028-02-22 16:00:00 | violata    |
        | un secondo dopo    | mar 2028-02-22 16:00:01 | rispettata |

    Schema dello scenario: Lasciar stare un ordine dopo una W24 <come> è <esito>
      Dato che la lettura fine del terzo giorno è mezzanotte
      E che la storia riguarda il sistema dell'operatore
      E un ordine VULA FTTH di Alfa, detto A
      E un altro ordine VULA FTTH di Alfa, detto B
      E si parla dell'ordine A
      E l'SMS di ingaggio è partito mar 2026-03-24 09:00:00
      E il file CSV è stato depositato mar 2026-03-24 14:00:00
      E Alfa ha prelevato il file depositato mar 2026-03-24 15:00:00
      E l'operatore ha fissato mar 2026-03-31 10:00-12:00 mar 2026-03-24 16:00:00
      E si parla dell'ordine B
      E l'SMS di ingaggio è partito mar 2026-03-24 09:00:01
      E il file CSV è stato depositato mar 2026-03-24 14:00:01
      E Alfa ha prelevato il file depositato mar 2026-03-24 15:00:00
      E l'operatore ha risposto 401 a una W24 <come> mar 2026-03-24 15:30:00
      Allora la regola OP-9 è <esito>

      Esempi:
        | come         | esito      |
        | contraffatta | violata    |
        | vecchia      | violata    |
        | ripetuta     | rispettata |

    Scenario: Chi lascia stare anche altri ordini può non aver creduto a nulla
      Dato che la lettura fine del terzo giorno è mezzanotte
      E che la storia riguarda il sistema dell'operatore
      E un ordine VULA FTTH di Alfa, detto A
      E un altro ordine VULA FTTH di Alfa, detto B
      E un altro ordine VULA FTTH di Alfa, detto C
      E si parla dell'ordine A
      E l'SMS di ingaggio è partito mar 2027-12-07 09:00:00
      E il file CSV è stato depositato mar 2027-12-07 14:00:00
      E Alfa ha prelevato il file depositato mar 2027-12-07 15:00:00
      E l'operatore ha fissato mar 2027-12-14 10:00-12:00 mar 2027-12-07 16:00:00
      E si parla dell'ordine B
      E l'SMS di ingaggio è partito mar 2027-12-07 09:00:01
      E il file CSV è stato depositato mar 2027-12-07 14:00:01
      E Alfa ha prelevato il file depositato mar 2027-12-07 15:00:00
      E l'operatore ha risposto 204 a una W24 vecchia mar 2027-12-07 15:30:00
      E si parla dell'ordine C
      E l'SMS di ingaggio è partito mar 2027-12-07 09:00:02
      E il file CSV è stato depositato mar 2027-12-07 14:00:02
      E Alfa ha prelevato il file depositato mar 2027-12-07 15:00:00
      Allora la regola OP-9 è rispettata

  @OP-10
  Regola: L'operatore legge ogni riga di ogni file e fa qualcosa di ciascuna

    Schema dello scenario: Chi fissa per una riga e dell'altra <fatto>: <esito>
      Dato che la lettura fine del terzo giorno è mezzanotte
      E che la storia riguarda il sistema dell'operatore
      E un ordine VULA FTTH di Alfa, detto A
      E un altro ordine VULA FTTH di Alfa, detto B
      E si parla dell'ordine A
      E l'SMS di ingaggio è partito mar 2027-11-02 09:00:00
      E il file CSV è stato depositato mar 2027-11-02 14:00:00
      E Alfa ha prelevato il file depositato mar 2027-11-02 15:00:00
      E l'operatore ha fissato mar 2027-11-09 10:00-12:00 mar 2027-11-02 16:00:00
      E si parla dell'ordine B
      E l'SMS di ingaggio è partito mar 2027-11-02 09:00:01
      E il file CSV è stato depositato mar 2027-11-02 14:00:01
      E Alfa ha prelevato il file depositato mar 2027-11-02 15:00:00
      E <chi> ha fissato mar 2027-11-09 14:00-16:00 <quando>
      Allora la regola OP-10 è <esito>

      Esempi:
        | fatto                          | chi         | quando                  | esito      |
        | fa lo stesso                   | l'operatore | mar 2027-11-02 16:00:00 | rispettata |
        | lascia fare al cliente         | il cliente  | gio 2027-11-04 23:59:59 | rispettata |
        | non fa nulla fino alla fine    | il cliente  | ven 2027-11-05 00:00:01 | in avviso  |

    Scenario: Chi non fissa mai non è giudicato
      Dato che la storia riguarda il sistema dell'operatore
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-03-31 09:00:00
      E il file CSV è stato depositato mar 2026-03-31 14:00:00
      E Alfa ha prelevato il file depositato mar 2026-03-31 15:00:00
      Allora la regola OP-10 è non esercitata

  @OP-11
  Regola: L'operatore si tiene ai limiti che gli sono detti

    Schema dello scenario: Chi deve aspettare 60 secondi e chiede di nuovo dopo <secondi>: <esito>
      Dato che la storia riguarda il sistema dell'operatore
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2027-09-28 09:00:00
      E l'Agente Virtuale ha detto all'operatore di aspettare 60 secondi mar 2027-09-28 15:00:00
      E l'operatore ha chiesto di nuovo dopo <secondi> secondi
      Allora la regola OP-11 è <esito>

      Esempi:
        | secondi | esito      |
        | 0       | violata    |
        | 59      | violata    |
        | 60      | rispettata |
