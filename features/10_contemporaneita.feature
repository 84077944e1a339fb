# language: it
@RACE
Funzionalità: Operatore e cliente insieme
  Se entrambi confermano, vince chi conferma per primo; all'altro è detto, e nulla cambia.

  Contesto:
    Dato l'operatore Alfa con codice progetto PRJ-ALFA
    E che la lettura griglia delle fasce è quella predefinita

  @RACE-1
  Regola: Se confermano insieme, l'appuntamento è di chi conferma per primo

    Schema dello scenario: <servizio>: stesso istante, prima <primo> e poi <secondo>
      Dato un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2026-03-03 09:00:00
      E mer 2026-03-04 11:00:00 <primo> fissa mar 2026-03-10 10:00-12:00
      Allora l'Agente Virtuale accetta
      Quando mer 2026-03-04 11:00:00 <secondo> fissa <altra>
      Allora l'Agente Virtuale risponde di no: appuntamento già fissato
      E l'appuntamento è mar 2026-03-10 10:00-12:00
      E l'appuntamento è stato fissato una volta sola, da <parte>

      Esempi:
        | servizio             | primo       | secondo     | altra                      | parte     |
        | ULL                  | il cliente  | l'operatore | mer 2026-03-11 08:00-10:00 | cliente   |
        | ULL                  | l'operatore | il cliente  | mar 2026-03-10 10:00-12:00 | operatore |
        | SLU                  | il cliente  | l'operatore | mar 2026-03-10 10:00-12:00 | cliente   |
        | SLU                  | l'operatore | il cliente  | mer 2026-03-11 08:00-10:00 | operatore |
        | VULA FTTCAB          | il cliente  | l'operatore | mer 2026-03-11 08:00-10:00 | cliente   |
        | VULA FTTCAB          | l'operatore | il cliente  | mar 2026-03-10 10:00-12:00 | operatore |
        | VULA FTTH            | il cliente  | l'operatore | mar 2026-03-10 10:00-12:00 | cliente   |
        | VULA FTTH            | l'operatore | il cliente  | mer 2026-03-11 08:00-10:00 | operatore |
        | Bitstream NGA FTTCAB | il cliente  | l'operatore | mer 2026-03-11 08:00-10:00 | cliente   |
        | Bitstream NGA FTTCAB | l'operatore | il cliente  | mar 2026-03-10 10:00-12:00 | operatore |
        | Bitstream NGA FTTH   | il cliente  | l'operatore | mar 2026-03-10 10:00-12:00 | cliente   |
        | Bitstream NGA FTTH   | l'operatore | il cliente  | mer 2026-03-11 08:00-10:00 | operatore |

    Schema dello scenario: <secondo> arriva <distacco> dopo: vince <primo>
      Dato un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2026-03-03 09:00:00
      E mer 2026-03-04 11:00:00 <primo> fissa mar 2026-03-10 10:00-12:00
      E <quando> <secondo> fissa mer 2026-03-11 10:00-12:00
      Allora l'Agente Virtuale risponde di no: appuntamento già fissato
      E l'appuntamento è mar 2026-03-10 10:00-12:00

      Esempi:
        | primo       | secondo     | distacco     | quando                      |
        | il cliente  | l'operatore | un millesimo | mer 2026-03-04 11:00:00.001 |
        | l'operatore | il cliente  | un millesimo | mer 2026-03-04 11:00:00.001 |
        | il cliente  | l'operatore | un secondo   | mer 2026-03-04 11:00:01     |
        | l'operatore | il cliente  | un secondo   | mer 2026-03-04 11:00:01     |

    Schema dello scenario: Stesso istante con lo stesso link (<primo> per primo)
      Dato che la lettura identità del link è condivisa
      E un ordine ULL di Alfa
      Quando la rete notifica l'innesco mar 2026-03-03 09:00:00
      E mer 2026-03-04 11:00:00 <primo> fissa mar 2026-03-10 10:00-12:00
      E mer 2026-03-04 11:00:00 <secondo> fissa mer 2026-03-11 10:00-12:00
      Allora l'Agente Virtuale risponde di no: appuntamento già fissato
      E l'appuntamento è stato fissato una volta sola, da <parte>

      Esempi:
        | primo       | secondo     | parte     |
        | il cliente  | l'operatore | cliente   |
        | l'operatore | il cliente  | operatore |

  @RACE-2
  Regola: Chi arriva secondo ne è informato e non cambia nulla

    Schema dello scenario: <servizio>: chi perde (<secondo>) lo sa e non cambia nulla
      Dato un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2026-03-03 09:00:00
      E mer 2026-03-04 11:00:00 <primo> fissa mar 2026-03-10 10:00-12:00
      E mer 2026-03-04 11:00:00 <secondo> fissa mer 2026-03-11 10:00-12:00
      Allora l'Agente Virtuale risponde di no: appuntamento già fissato
      E nell'ordine l'operatore riceve <tutte>, e niente altro
      E il tecnico arriva mar 2026-03-10 10:00-12:00

      Esempi:
        | servizio             | primo       | secondo     | tutte        |
        | ULL                  | il cliente  | l'operatore | AC, Z18, PA  |
        | ULL                  | l'operatore | il cliente  | AC, Z18, PA  |
        | SLU                  | il cliente  | l'operatore | AC, Z18, PA  |
        | SLU                  | l'operatore | il cliente  | AC, Z18, PA  |
        | VULA FTTCAB          | il cliente  | l'operatore | CO, W08, W09 |
        | VULA FTTCAB          | l'operatore | il cliente  | CO, W08, W09 |
        | VULA FTTH            | il cliente  | l'operatore | CO, W08, W09 |
        | VULA FTTH            | l'operatore | il cliente  | CO, W08, W09 |
        | Bitstream NGA FTTCAB | il cliente  | l'operatore | CO, W08, W09 |
        | Bitstream NGA FTTCAB | l'operatore | il cliente  | CO, W08, W09 |
        | Bitstream NGA FTTH   | il cliente  | l'operatore | CO, W08, W09 |
        | Bitstream NGA FTTH   | l'operatore | il cliente  | CO, W08, W09 |

    Schema dello scenario: Chi perde (<secondo>) riprova <volte>: sempre no
      Dato un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2026-03-03 09:00:00
      E mer 2026-03-04 11:00:00 <primo> fissa mar 2026-03-10 10:00-12:00
      E mer 2026-03-04 11:00:00 <secondo> fissa mer 2026-03-11 10:00-12:00
      Allora l'Agente Virtuale risponde di no: appuntamento già fissato
      Quando <riprova> <secondo> fissa <fascia>
      Allora l'Agente Virtuale risponde di no: appuntamento già fissato
      E l'appuntamento è mar 2026-03-10 10:00-12:00

      Esempi:
        | primo       | secondo     | volte                      | riprova                 | fascia                     |
        | il cliente  | l'operatore | nello stesso istante       | mer 2026-03-04 11:00:00 | mer 2026-03-11 10:00-12:00 |
        | l'operatore | il cliente  | nello stesso istante       | mer 2026-03-04 11:00:00 | mer 2026-03-11 10:00-12:00 |
        | il cliente  | l'operatore | sulla fascia del vincitore | mer 2026-03-04 11:01:00 | mar 2026-03-10 10:00-12:00 |
        | l'operatore | il cliente  | sulla fascia del vincitore | mer 2026-03-04 11:01:00 | mar 2026-03-10 10:00-12:00 |
        | il cliente  | l'operatore | il giorno dopo             | gio 2026-03-05 11:00:00 | mer 2026-03-11 10:00-12:00 |
        | l'operatore | il cliente  | il giorno dopo             | gio 2026-03-05 11:00:00 | mer 2026-03-11 10:00-12:00 |

    Schema dello scenario: Il vincitore (<primo>) ripete la stessa fascia <quando> e riceve la stessa risposta
      Dato che la lettura conferma ripetuta è idempotente
      E un ordine ULL di Alfa
      Quando la rete notifica l'innesco mar 2026-03-03 09:00:00
      E mer 2026-03-04 11:00:00 <primo> fissa mar 2026-03-10 10:00-12:00
      E <quando> <primo> fissa mar 2026-03-10 10:00-12:00
      Allora l'Agente Virtuale accetta
      E nell'ordine l'operatore riceve AC, Z18, PA, e niente altro
      E l'appuntamento è stato fissato una volta sola, da <parte>

      Esempi:
        | primo       | quando                  | parte     |
        | il cliente  | mer 2026-03-04 11:00:00 | cliente   |
        | l'operatore | mer 2026-03-04 11:00:00 | operatore |
        | il cliente  | mer 2026-03-04 11:05:00 | cliente   |
        | l'operatore | gio 2026-03-05 09:00:00 | operatore |

    Schema dello scenario: Con la lettura che respinge anche il vincitore (<primo>) che ripete riceve un no
      Dato che la lettura conferma ripetuta è respinta
      E un ordine ULL di Alfa
      Quando la rete notifica l'innesco mar 2026-03-03 09:00:00
      E mer 2026-03-04 11:00:00 <primo> fissa mar 2026-03-10 10:00-12:00
      E mer 2026-03-04 11:00:00 <primo> fissa mar 2026-03-10 10:00-12:00
      Allora l'Agente Virtuale risponde di no: appuntamento già fissato
      E nell'ordine l'operatore riceve AC, Z18, PA, e niente altro

      Esempi:
        | primo       |
        | il cliente  |
        | l'operatore |

    Scenario: Il vincitore che chiede un'altra fascia non fissa di nuovo
      Dato un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2026-03-03 09:00:00
      E mer 2026-03-04 11:00:00 il cliente fissa mar 2026-03-10 10:00-12:00
      E mer 2026-03-04 11:00:00 il cliente fissa mer 2026-03-11 10:00-12:00
      Allora l'Agente Virtuale risponde di no: appuntamento già fissato
      E l'appuntamento è mar 2026-03-10 10:00-12:00

    Scenario: Chi perde non occupa un posto
      Dato che ogni fascia ha 1 posto
      E un ordine VULA FTTH di Alfa, detto A
      E un altro ordine VULA FTTH di Alfa, detto B
      Quando la rete notifica l'innesco di ogni ordine mar 2026-03-03 09:00:00
      E si parla dell'ordine A
      E mer 2026-03-04 11:00:00 il cliente fissa mar 2026-03-10 10:00-12:00
      E mer 2026-03-04 11:00:00 l'operatore fissa mer 2026-03-11 10:00-12:00
      Allora l'Agente Virtuale risponde di no: appuntamento già fissato
      Quando si parla dell'ordine B
      E mer 2026-03-04 11:00:00 il cliente fissa mer 2026-03-11 10:00-12:00
      Allora l'Agente Virtuale accetta
