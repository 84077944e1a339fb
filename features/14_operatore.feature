# language: it
@OP
Funzionalità: Il sistema dell'operatore
  Le stesse regole viste dall'altra parte: che cosa deve fare il sistema di un operatore.

  Contesto:
    Dato l'operatore Alfa con codice progetto PRJ-ALFA e codice delivery DEL-ALFA
    E che la lettura identità del link è per canale
    E che la lettura griglia delle fasce è quella predefinita

  @OP-1
  Regola: L'operatore mette nell'ordine un codice solo, suo, e non conta sul delivery per un disaggregato

    Schema dello scenario: <servizio>: il sistema scrive soltanto il codice progetto
      Dato che Alfa lavora con il sistema di esempio
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco <giorno> 09:00:00
      Allora l'ordine porta soltanto il codice progetto
      E l'ordine è del servizio

      Esempi:
        | servizio             | giorno         |
        | ULL                  | sab 2026-03-28 |
        | SLU                  | sab 2027-10-02 |
        | VULA FTTCAB          | gio 2026-12-31 |
        | VULA FTTH            | sab 2026-10-24 |
        | Bitstream NGA FTTCAB | mar 2026-04-07 |
        | Bitstream NGA FTTH   | lun 2026-06-01 |

    Schema dello scenario: Chi usa il delivery: <servizio> <modo> porta <codici>
      Dato che Alfa lavora con il sistema di esempio
      E che il sistema di esempio usa il codice delivery
      E un ordine <servizio> di Alfa, <modo>
      Quando la rete notifica l'innesco <giorno> 09:00:00
      Allora l'ordine porta <codici>
      E l'ordine è <flusso>

      Esempi:
        | servizio  | modo                         | codici                      | flusso       | giorno         |
        | ULL       | non disaggregato             | soltanto il codice delivery | del servizio | lun 2026-10-26 |
        | ULL       | disaggregato anche nella PdC | nessun codice               | disaggregato | lun 2026-03-30 |
        | SLU       | disaggregato                 | nessun codice               | disaggregato | gio 2027-01-07 |
        | VULA FTTH | non disaggregato             | soltanto il codice delivery | del servizio | sab 2026-05-02 |

  @OP-2
  Regola: L'operatore risponde 2xx in tempo a ogni notifica, e la stessa notifica due volte ha un solo effetto

    Schema dello scenario: <servizio>: risposta 2xx a ogni notifica
      Dato che Alfa lavora con il sistema di esempio
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco <giorno> 09:00:00
      Allora l'operatore ha risposto 2xx a ogni notifica

      Esempi:
        | servizio             | giorno         |
        | ULL                  | mar 2027-11-02 |
        | SLU                  | ven 2026-08-14 |
        | VULA FTTCAB          | lun 2026-12-07 |
        | VULA FTTH            | ven 2026-04-03 |
        | Bitstream NGA FTTCAB | gio 2026-12-24 |
        | Bitstream NGA FTTH   | mar 2028-02-29 |

    Schema dello scenario: <servizio>: notifiche doppie, un solo effetto
      Dato che Alfa lavora con il sistema di esempio
      E che le notifiche arrivano doppie
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco <giorno> 09:00:00
      Allora l'operatore ha risposto 2xx a ogni notifica
      E l'appuntamento è stato fissato una volta sola, da operatore
      E l'operatore non si è mai sentito dire di no

      Esempi:
        | servizio  | giorno         |
        | ULL       | sab 2026-03-28 |
        | VULA FTTH | sab 2027-10-02 |

  @OP-3
  Regola: L'operatore preleva ogni CSV finché i link servono, e mai un file dal nome provvisorio

    Schema dello scenario: Innesco <innesco>: il file è prelevato una volta, in tempo
      Dato che la lettura 20:00 comprese è sì
      E che la lettura cadenza degli SMS è continua
      E che Alfa lavora con il sistema di esempio
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco <innesco>
      Allora l'operatore ha prelevato ogni file una volta sola, prima di <termine>

      Esempi:
        | innesco                 | termine                 |
        | mar 2026-03-03 09:00:00 | ven 2026-03-06 00:00:00 |
        | mar 2026-03-03 17:00:00 | ven 2026-03-06 00:00:00 |
        | ven 2026-03-06 20:00:00 | mer 2026-03-11 00:00:00 |

    Scenario: Due corse, due file prelevati
      Dato che Alfa lavora con il sistema di esempio
      E un ordine VULA FTTH di Alfa, detto A
      E un altro ordine ULL di Alfa, detto B
      Quando si parla dell'ordine A
      E la rete notifica CO mar 2028-02-22 09:00:00
      E si parla dell'ordine B
      E la rete notifica AC mar 2028-02-22 17:00:00
      Allora l'operatore ha prelevato ogni file una volta sola

  @OP-4
  Regola: L'operatore fissa solo con i link dell'Agente Virtuale e nel termine

    Schema dello scenario: SMS di <giorno>: il sistema fissa per <servizio> nel termine
      Dato che Alfa lavora con il sistema di esempio
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco <innesco>
      Allora l'operatore fissa fra <innesco> e <termine>
      E l'operatore non si è mai sentito dire di no

      Esempi:
        | giorno             | servizio             | innesco                 | termine                 |
        | lunedì             | ULL                  | lun 2026-03-02 09:00:00 | gio 2026-03-05 00:00:00 |
        | martedì            | SLU                  | mar 2026-03-03 09:00:00 | ven 2026-03-06 00:00:00 |
        | mercoledì          | VULA FTTCAB          | mer 2026-03-04 09:00:00 | sab 2026-03-07 00:00:00 |
        | giovedì            | VULA FTTH            | gio 2026-03-05 09:00:00 | mar 2026-03-10 00:00:00 |
        | venerdì            | Bitstream NGA FTTCAB | ven 2026-03-06 09:00:00 | mer 2026-03-11 00:00:00 |
        | venerdì 23 ottobre | Bitstream NGA FTTH   | ven 2026-10-23 09:00:00 | mer 2026-10-28 00:00:00 |

    Schema dello scenario: Chi lascia al cliente <ore> ore fissa dopo
      Dato che la lettura cadenza dei file è da tabella
      E che Alfa lavora con il sistema di esempio
      E che il sistema di esempio lascia al cliente <ore> ore
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2026-03-24 09:00:00
      Allora l'operatore fissa fra <quando> e <termine>

      Esempi:
        | ore | quando                  | termine                 |
        | 1   | mar 2026-03-24 15:00:00 | ven 2026-03-27 00:00:00 |
        | 24  | mer 2026-03-25 14:00:00 | ven 2026-03-27 00:00:00 |

  @OP-5
  Regola: Se il cliente è arrivato prima, l'operatore lo accetta

    Schema dello scenario: <servizio>: il cliente ha già fissato e il sistema lo sa
      Dato che la lettura cadenza dei file è da tabella
      E che Alfa lavora con il sistema di esempio
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2026-12-22 09:00:00
      E mar 2026-12-22 15:00:00 il cliente fissa mar 2026-12-29 10:00-12:00
      Allora sull'Agente Virtuale l'operatore ha fissato 0 volte
      E l'appuntamento è mar 2026-12-29 10:00-12:00

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
      Quando la rete notifica l'innesco mar 2026-03-31 09:00:00
      E il tempo passa fino a mar 2026-03-31 11:00:00
      E il cliente fissa mar 2026-04-07 10:00-12:00 mentre l'operatore guarda
      Allora l'operatore si è sentito dire una volta: appuntamento già fissato
      E sull'Agente Virtuale l'operatore ha fissato 0 volte
      E sull'Agente Virtuale l'operatore ha rifiutato 0 volte
      E il tecnico arriva mar 2026-04-07 10:00-12:00

    Scenario: La notizia della prenotazione è in ritardo: il sistema guarda e accetta
      Dato che la lettura cadenza dei file è da tabella
      E che Alfa lavora con il sistema di esempio
      E che le notifiche arrivano superate dalle successive
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2027-09-28 09:00:00
      E mar 2027-09-28 15:00:00 il cliente fissa mar 2027-10-05 10:00-12:00
      Allora sull'Agente Virtuale l'operatore ha fissato 0 volte

  @OP-6
  Regola: L'operatore sposta solo entro il limite, e regge il diniego quando lo ha passato

    Schema dello scenario: Il cliente chiede di spostare <momento>: spostamenti <volte>
      Dato che la lettura spostamenti ammessi è senza limite
      E che la lettura cadenza dei file è da tabella
      E che Alfa lavora con il sistema di esempio
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2027-11-02 09:00:00
      E mar 2027-11-02 15:00:00 il cliente fissa mar 2027-11-09 10:00-12:00
      E <quando> il cliente chiede al call center di spostare
      Allora sull'Agente Virtuale l'operatore ha spostato <volte> volte

      Esempi:
        | momento                     | quando                  | volte |
        | il giorno dopo              | mer 2027-11-03 10:00:00 | 1     |
        | alla vigilia prima delle 18 | lun 2027-11-08 17:29:59 | 1     |
        | alla vigilia dopo le 18     | lun 2027-11-08 18:10:00 | 0     |

    Scenario: Chi conosce il limite, quando è passato, non prova nemmeno
      Dato che la lettura cadenza dei file è da tabella
      E che Alfa lavora con il sistema di esempio
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2026-04-28 09:00:00
      E mar 2026-04-28 15:00:00 il cliente fissa mar 2026-05-05 10:00-12:00
      E lun 2026-05-04 18:10:00 il cliente chiede al call center di spostare
      Allora dopo lun 2026-05-04 18:00:00 l'operatore non usa più il link
      E il tecnico arriva mar 2026-05-05 10:00-12:00

    Scenario: Chi non conosce il limite sente un no e non insiste
      Dato che la lettura cadenza dei file è da tabella
      E che Alfa lavora con il sistema di esempio
      E che il sistema di esempio non conosce il limite delle 18
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2026-08-11 09:00:00
      E mar 2026-08-11 15:00:00 il cliente fissa mar 2026-08-18 10:00-12:00
      E lun 2026-08-17 18:10:00 il cliente chiede al call center di spostare
      Allora l'operatore si è sentito dire una volta: limite delle 18 passato
      E il tecnico arriva mar 2026-08-18 10:00-12:00

  @OP-7
  Regola: Dopo W24 o Z36 l'operatore non usa più il link

    Schema dello scenario: <servizio>: dopo <causale> il sistema non usa più il link
      Dato che la lettura rifiuto definitivo è sì
      E che la lettura causale del rifiuto è immediata
      E che la lettura cadenza dei file è da tabella
      E che Alfa lavora con il sistema di esempio
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2027-06-01 09:00:00
      E mar 2027-06-01 15:00:00 il cliente rifiuta
      E mar 2027-06-01 19:00:00 il cliente chiede al call center di rinunciare
      Allora l'operatore riceve <causale> non prima di mar 2027-06-01 15:00:00
      E dopo mar 2027-06-01 19:00:00 l'operatore non usa più il link

      Esempi:
        | servizio             | causale |
        | ULL                  | Z36     |
        | SLU                  | Z36     |
        | VULA FTTCAB          | W24     |
        | VULA FTTH            | W24     |
        | Bitstream NGA FTTCAB | W24     |
        | Bitstream NGA FTTH   | W24     |

  @OP-8
  Regola: L'operatore regge notifiche tarde, doppie o fuori ordine e CSV all'ultimo istante

    Schema dello scenario: Notifiche <come> per <servizio>: il sistema fissa comunque una volta
      Dato che Alfa lavora con il sistema di esempio
      E che le notifiche arrivano <come>
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco <giorno> 09:00:00
      Allora sull'Agente Virtuale l'operatore ha fissato 1 volta
      E sull'Agente Virtuale l'operatore ha rifiutato 0 volte
      E l'operatore non si è mai sentito dire di no
      E l'operatore ha risposto 2xx a ogni notifica

      Esempi:
        | come                      | servizio  | giorno         |
        | in ritardo                | ULL       | gio 2026-12-31 |
        | in ritardo                | VULA FTTH | sab 2026-10-24 |
        | superate dalle successive | ULL       | mar 2026-04-07 |
        | superate dalle successive | VULA FTTH | lun 2026-06-01 |
        | doppie                    | ULL       | lun 2026-10-26 |
        | doppie                    | VULA FTTH | lun 2026-03-30 |

    Schema dello scenario: Il file arriva all'ultimo istante: Innesco <innesco>, il sistema fissa nel termine
      Dato che la lettura 20:00 comprese è sì
      E che la lettura cadenza degli SMS è continua
      E che Alfa lavora con il sistema di esempio
      E che la lettura cadenza dei file è all'ultimo istante
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco <innesco>
      Allora l'operatore fissa fra <innesco> e <termine>
      E l'operatore ha prelevato ogni file una volta sola

      Esempi:
        | innesco                 | termine                 |
        | mar 2027-03-23 15:00:00 | ven 2027-03-26 00:00:00 |
        | mar 2027-03-23 15:00:01 | ven 2027-03-26 00:00:00 |
        | mar 2027-03-23 20:00:00 | ven 2027-03-26 00:00:00 |

    Schema dello scenario: Notifiche <come> per <servizio>, il cliente ha già fissato: il sistema lascia stare
      Dato che la lettura cadenza dei file è da tabella
      E che Alfa lavora con il sistema di esempio
      E che le notifiche arrivano <come>
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2026-10-20 09:00:00
      E mar 2026-10-20 13:00:00 il cliente fissa mar 2026-10-27 10:00-12:00
      Allora sull'Agente Virtuale l'operatore ha fissato 0 volte
      E l'operatore non si è mai sentito dire di no
      E il tecnico arriva mar 2026-10-27 10:00-12:00

      Esempi:
        | come                      | servizio             |
        | superate dalle successive | ULL                  |
        | superate dalle successive | VULA FTTH            |
        | doppie                    | SLU                  |
        | doppie                    | Bitstream NGA FTTCAB |
        | in ritardo                | VULA FTTCAB          |

  @OP-9
  Regola: L'operatore verifica ogni notifica: quelle contraffatte, vecchie o ripetute non hanno effetto

    Schema dello scenario: Una <causale> <come>: il sistema non ci crede e fissa
      Dato che Alfa lavora con il sistema di esempio
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2028-02-29 09:00:00
      E mar 2028-02-29 10:10:00 l'operatore riceve una <causale> <come>
      Allora nessuna notifica contraffatta ha avuto risposta 2xx
      E l'operatore fissa fra mar 2028-02-29 10:10:00 e ven 2028-03-03 00:00:00

      Esempi:
        | come         | causale | servizio  |
        | contraffatta | W24     | VULA FTTH |
        | contraffatta | W09     | VULA FTTH |
        | contraffatta | Z36     | ULL       |
        | vecchia      | W24     | VULA FTTH |
        | vecchia      | PA      | ULL       |

    Scenario: Una notifica autentica ripetuta non ha un secondo effetto
      Dato che Alfa lavora con il sistema di esempio
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2026-06-30 09:00:00
      E mer 2026-07-01 10:10:00 l'operatore riceve una W09 ripetuta
      Allora sull'Agente Virtuale l'operatore ha fissato 1 volta
      E sull'Agente Virtuale l'operatore ha spostato 0 volte
      E l'operatore non si è mai sentito dire di no

  @OP-10
  Regola: L'operatore legge ogni riga di ogni file e fa qualcosa di ciascuna

    Schema dello scenario: Innesco <innesco>: di due righe dello stesso file nessuna va persa
      Dato che Alfa lavora con il sistema di esempio
      E un ordine VULA FTTH di Alfa, detto A
      E un altro ordine VULA FTTCAB di Alfa, detto B
      Quando si parla dell'ordine A
      E la rete notifica CO <innesco>
      E si parla dell'ordine B
      E la rete notifica CO <innesco>
      Allora si parla dell'ordine A
      E l'operatore fissa fra <innesco> e <termine>
      E si parla dell'ordine B
      E l'operatore fissa fra <innesco> e <termine>

      Esempi:
        | innesco                 | termine                 |
        | mer 2026-04-01 09:00:00 | sab 2026-04-04 00:00:00 |
        | lun 2026-03-23 09:00:00 | gio 2026-03-26 00:00:00 |
        | ven 2026-10-02 09:00:00 | mer 2026-10-07 00:00:00 |

  @OP-11
  Regola: L'operatore si tiene ai limiti che gli sono detti

    Schema dello scenario: Chi si sente dire di aspettare <minuti> minuti aspetta, e poi fissa
      Dato che Alfa lavora con il sistema di esempio
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2026-09-29 09:00:00
      E mar 2026-09-29 10:10:00 l'Agente Virtuale comincia a dire all'operatore di aspettare <minuti> minuti
      Allora l'operatore ha aspettato <minuti> minuti
      E l'operatore fissa fra mar 2026-09-29 10:10:00 e ven 2026-10-02 00:00:00

      Esempi:
        | minuti |
        | 1      |
        | 45     |
        | 100    |
