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
      Dato che la lettura festività è nazionali
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco <innesco>
      E <quando> <primo> fissa <fascia>
      Allora l'Agente Virtuale accetta
      Quando <quando> <secondo> fissa <altra>
      Allora l'Agente Virtuale risponde di no: appuntamento già fissato
      E l'appuntamento è <fascia>
      E l'appuntamento è stato fissato una volta sola, da <parte>

      Esempi:
        | servizio             | primo       | secondo     | altra                      | parte     | innesco                 | quando                  | fascia                     |
        | ULL                  | il cliente  | l'operatore | mer 2026-05-06 08:00-10:00 | cliente   | mar 2026-04-28 09:00:00 | mer 2026-04-29 11:00:00 | mar 2026-05-05 10:00-12:00 |
        | ULL                  | l'operatore | il cliente  | mar 2026-05-05 10:00-12:00 | operatore | mar 2026-04-28 09:00:00 | mer 2026-04-29 11:00:00 | mar 2026-05-05 10:00-12:00 |
        | SLU                  | il cliente  | l'operatore | mar 2026-07-07 10:00-12:00 | cliente   | mar 2026-06-30 09:00:00 | mer 2026-07-01 11:00:00 | mar 2026-07-07 10:00-12:00 |
        | SLU                  | l'operatore | il cliente  | mer 2026-07-08 08:00-10:00 | operatore | mar 2026-06-30 09:00:00 | mer 2026-07-01 11:00:00 | mar 2026-07-07 10:00-12:00 |
        | VULA FTTCAB          | il cliente  | l'operatore | mer 2027-01-20 08:00-10:00 | cliente   | mar 2027-01-12 09:00:00 | mer 2027-01-13 11:00:00 | mar 2027-01-19 10:00-12:00 |
        | VULA FTTCAB          | l'operatore | il cliente  | mar 2027-01-19 10:00-12:00 | operatore | mar 2027-01-12 09:00:00 | mer 2027-01-13 11:00:00 | mar 2027-01-19 10:00-12:00 |
        | VULA FTTH            | il cliente  | l'operatore | mar 2026-03-31 10:00-12:00 | cliente   | mar 2026-03-24 09:00:00 | mer 2026-03-25 11:00:00 | mar 2026-03-31 10:00-12:00 |
        | VULA FTTH            | l'operatore | il cliente  | mer 2026-04-01 08:00-10:00 | operatore | mar 2026-03-24 09:00:00 | mer 2026-03-25 11:00:00 | mar 2026-03-31 10:00-12:00 |
        | Bitstream NGA FTTCAB | il cliente  | l'operatore | mer 2026-10-28 08:00-10:00 | cliente   | mar 2026-10-20 09:00:00 | mer 2026-10-21 11:00:00 | mar 2026-10-27 10:00-12:00 |
        | Bitstream NGA FTTCAB | l'operatore | il cliente  | mar 2026-10-27 10:00-12:00 | operatore | mar 2026-10-20 09:00:00 | mer 2026-10-21 11:00:00 | mar 2026-10-27 10:00-12:00 |
        | Bitstream NGA FTTH   | il cliente  | l'operatore | mar 2028-03-07 10:00-12:00 | cliente   | mar 2028-02-29 09:00:00 | mer 2028-03-01 11:00:00 | mar 2028-03-07 10:00-12:00 |
        | Bitstream NGA FTTH   | l'operatore | il cliente  | mer 2028-03-08 08:00-10:00 | operatore | mar 2028-02-29 09:00:00 | mer 2028-03-01 11:00:00 | mar 2028-03-07 10:00-12:00 |

    Schema dello scenario: <secondo> arriva <distacco> dopo: vince <primo>
      Dato un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2026-03-24 09:00:00
      E mer 2026-03-25 11:00:00 <primo> fissa mar 2026-03-31 10:00-12:00
      E <quando> <secondo> fissa mer 2026-04-01 10:00-12:00
      Allora l'Agente Virtuale risponde di no: appuntamento già fissato
      E l'appuntamento è mar 2026-03-31 10:00-12:00

      Esempi:
        | primo       | secondo     | distacco     | quando                      |
        | il cliente  | l'operatore | un millesimo | mer 2026-03-25 11:00:00.001 |
        | l'operatore | il cliente  | un millesimo | mer 2026-03-25 11:00:00.001 |
        | il cliente  | l'operatore | un secondo   | mer 2026-03-25 11:00:01     |
        | l'operatore | il cliente  | un secondo   | mer 2026-03-25 11:00:01     |

    Schema dello scenario: Stesso istante con lo stesso link (<primo> per primo)
      Dato che la lettura identità del link è condivisa
      E un ordine ULL di Alfa
      Quando la rete notifica l'innesco mar 2027-11-02 09:00:00
      E mer 2027-11-03 11:00:00 <primo> fissa mar 2027-11-09 10:00-12:00
      E mer 2027-11-03 11:00:00 <secondo> fissa mer 2027-11-10 10:00-12:00
      Allora l'Agente Virtuale risponde di no: appuntamento già fissato
      E l'appuntamento è stato fissato una volta sola, da <parte>

      Esempi:
        | primo       | secondo     | parte     |
        | il cliente  | l'operatore | cliente   |
        | l'operatore | il cliente  | operatore |

    Schema dello scenario: <servizio>: davvero insieme, uno <sua> e l'altro <altra>
      Dato un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2027-01-05 09:00:00
      E mer 2027-01-06 11:00:00 il cliente e l'operatore fissano insieme, uno <sua> e l'altro <altra>
      Allora uno solo riesce, e agli altri è detto: appuntamento già fissato
      E gli appuntamenti fissati sono in tutto 1

      Esempi:
        | servizio             | sua                        | altra                      |
        | ULL                  | mar 2027-01-12 10:00-12:00 | mar 2027-01-12 10:00-12:00 |
        | ULL                  | mar 2027-01-12 10:00-12:00 | mer 2027-01-13 08:00-10:00 |
        | SLU                  | mar 2027-01-12 10:00-12:00 | mar 2027-01-12 10:00-12:00 |
        | SLU                  | mar 2027-01-12 10:00-12:00 | mer 2027-01-13 08:00-10:00 |
        | VULA FTTCAB          | mar 2027-01-12 10:00-12:00 | mar 2027-01-12 10:00-12:00 |
        | VULA FTTCAB          | mar 2027-01-12 10:00-12:00 | mer 2027-01-13 08:00-10:00 |
        | VULA FTTH            | mar 2027-01-12 10:00-12:00 | mar 2027-01-12 10:00-12:00 |
        | VULA FTTH            | mar 2027-01-12 10:00-12:00 | mer 2027-01-13 08:00-10:00 |
        | Bitstream NGA FTTCAB | mar 2027-01-12 10:00-12:00 | mar 2027-01-12 10:00-12:00 |
        | Bitstream NGA FTTCAB | mar 2027-01-12 10:00-12:00 | mer 2027-01-13 08:00-10:00 |
        | Bitstream NGA FTTH   | mar 2027-01-12 10:00-12:00 | mar 2027-01-12 10:00-12:00 |
        | Bitstream NGA FTTH   | mar 2027-01-12 10:00-12:00 | mer 2027-01-13 08:00-10:00 |

    Schema dello scenario: <servizio>: insieme uno rifiuta e l'altro fissa, uno solo riesce
      Dato che la lettura rifiuto definitivo è sì
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2026-08-11 09:00:00
      E mer 2026-08-12 11:00:00 insieme il cliente rifiuta e l'operatore fissa mar 2026-08-18 10:00-12:00
      Allora uno solo riesce

      Esempi:
        | servizio  |
        | ULL       |
        | VULA FTTH |

    Schema dello scenario: <servizio>: dieci ordini, per ognuno due insieme: di ogni gara uno solo vince
      Dato che ogni fascia ha 10 posti
      E 10 ordini <servizio> di Alfa
      Quando la rete notifica l'innesco di ogni ordine mar 2026-10-20 09:00:00
      E il tempo passa fino a mer 2026-10-21 11:00:00
      E mer 2026-10-21 11:00:00 per ogni ordine il cliente e l'operatore fissano insieme mar 2026-10-27 10:00-12:00
      Allora per ogni ordine uno solo riesce, e all'altro è detto: appuntamento già fissato
      E gli appuntamenti fissati sono in tutto 10

      Esempi:
        | servizio  |
        | ULL       |
        | VULA FTTH |

    Schema dello scenario: <occasione>: insieme il <quando>, uno solo riesce
      Dato che la lettura fine del terzo giorno è mezzanotte
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco <innesco>
      E <quando> il cliente e l'operatore fissano insieme, uno <sua> e l'altro <altra>
      Allora uno solo riesce, e agli altri è detto: appuntamento già fissato
      E gli appuntamenti fissati sono in tutto 1

      Esempi: giorni che non sono come gli altri
        | occasione                      | servizio             | innesco                 | quando                      | sua                        | altra                      |
        | Il Lunedì dell'Angelo          | ULL                  | ven 2026-04-03 09:00:00 | lun 2026-04-06 12:00:00     | ven 2026-04-10 10:00-12:00 | ven 2026-04-10 10:00-12:00 |
        | La notte dell'ora legale       | SLU                  | ven 2026-03-27 10:00:00 | dom 2026-03-29 03:00:00     | gio 2026-04-02 10:00-12:00 | ven 2026-04-03 10:00-12:00 |
        | La notte dell'ora solare       | VULA FTTCAB          | ven 2026-10-23 10:00:00 | dom 2026-10-25 02:30:00     | gio 2026-10-29 10:00-12:00 | gio 2026-10-29 10:00-12:00 |
        | L'ultimo dell'anno             | VULA FTTH            | mer 2026-12-30 10:00:00 | gio 2026-12-31 23:59:59.999 | ven 2027-01-08 10:00-12:00 | lun 2027-01-04 10:00-12:00 |
        | Il 29 febbraio                 | Bitstream NGA FTTCAB | lun 2028-02-28 10:00:00 | mar 2028-02-29 12:00:00     | mar 2028-03-07 10:00-12:00 | mar 2028-03-07 10:00-12:00 |
        | L'ultimo millesimo del termine | Bitstream NGA FTTH   | mar 2028-02-29 09:00:00 | gio 2028-03-02 23:59:59.999 | mar 2028-03-07 10:00-12:00 | mer 2028-03-08 10:00-12:00 |

  @RACE-2
  Regola: Chi arriva secondo ne è informato e non cambia nulla

    Schema dello scenario: <servizio>: chi perde (<secondo>) lo sa e non cambia nulla
      Dato un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2026-06-30 09:00:00
      E mer 2026-07-01 11:00:00 <primo> fissa mar 2026-07-07 10:00-12:00
      E mer 2026-07-01 11:00:00 <secondo> fissa mer 2026-07-08 10:00-12:00
      Allora l'Agente Virtuale risponde di no: appuntamento già fissato
      E nell'ordine l'operatore riceve <tutte>, e niente altro
      E il tecnico arriva mar 2026-07-07 10:00-12:00

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
      Dato che la lettura festività è nazionali
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2026-09-29 09:00:00
      E mer 2026-09-30 11:00:00 <primo> fissa mar 2026-10-06 10:00-12:00
      E mer 2026-09-30 11:00:00 <secondo> fissa mer 2026-10-07 10:00-12:00
      Allora l'Agente Virtuale risponde di no: appuntamento già fissato
      Quando <riprova> <secondo> fissa <fascia>
      Allora l'Agente Virtuale risponde di no: appuntamento già fissato
      E l'appuntamento è mar 2026-10-06 10:00-12:00

      Esempi:
        | primo       | secondo     | volte                      | riprova                 | fascia                     |
        | il cliente  | l'operatore | nello stesso istante       | mer 2026-09-30 11:00:00 | mer 2026-10-07 10:00-12:00 |
        | l'operatore | il cliente  | nello stesso istante       | mer 2026-09-30 11:00:00 | mer 2026-10-07 10:00-12:00 |
        | il cliente  | l'operatore | sulla fascia del vincitore | mer 2026-09-30 11:01:00 | mar 2026-10-06 10:00-12:00 |
        | l'operatore | il cliente  | sulla fascia del vincitore | mer 2026-09-30 11:01:00 | mar 2026-10-06 10:00-12:00 |
        | il cliente  | l'operatore | il giorno dopo             | gio 2026-10-01 11:00:00 | mer 2026-10-07 10:00-12:00 |
        | l'operatore | il cliente  | il giorno dopo             | gio 2026-10-01 11:00:00 | mer 2026-10-07 10:00-12:00 |

    Schema dello scenario: Il vincitore (<primo>) ripete la stessa fascia <quando> e riceve la stessa risposta
      Dato che la lettura conferma ripetuta è idempotente
      E un ordine ULL di Alfa
      Quando la rete notifica l'innesco mar 2026-12-29 09:00:00
      E mer 2026-12-30 11:00:00 <primo> fissa mar 2027-01-05 10:00-12:00
      E <quando> <primo> fissa mar 2027-01-05 10:00-12:00
      Allora l'Agente Virtuale accetta
      E nell'ordine l'operatore riceve AC, Z18, PA, e niente altro
      E l'appuntamento è stato fissato una volta sola, da <parte>

      Esempi:
        | primo       | quando                  | parte     |
        | il cliente  | mer 2026-12-30 11:00:00 | cliente   |
        | l'operatore | mer 2026-12-30 11:00:00 | operatore |
        | il cliente  | mer 2026-12-30 11:05:00 | cliente   |
        | l'operatore | gio 2026-12-31 09:00:00 | operatore |

    Schema dello scenario: Con la lettura che respinge anche il vincitore (<primo>) che ripete riceve un no
      Dato che la lettura festività è nazionali
      E che la lettura conferma ripetuta è respinta
      E un ordine ULL di Alfa
      Quando la rete notifica l'innesco mar 2027-01-12 09:00:00
      E mer 2027-01-13 11:00:00 <primo> fissa mar 2027-01-19 10:00-12:00
      E mer 2027-01-13 11:00:00 <primo> fissa mar 2027-01-19 10:00-12:00
      Allora l'Agente Virtuale risponde di no: appuntamento già fissato
      E nell'ordine l'operatore riceve AC, Z18, PA, e niente altro

      Esempi:
        | primo       |
        | il cliente  |
        | l'operatore |

    Scenario: Il vincitore che chiede un'altra fascia non fissa di nuovo
      Dato un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2027-06-01 09:00:00
      E mer 2027-06-02 11:00:00 il cliente fissa mar 2027-06-08 10:00-12:00
      E mer 2027-06-02 11:00:00 il cliente fissa mer 2027-06-09 10:00-12:00
      Allora l'Agente Virtuale risponde di no: appuntamento già fissato
      E l'appuntamento è mar 2027-06-08 10:00-12:00

    Scenario: Chi perde non occupa un posto
      Dato che ogni fascia ha 1 posto
      E un ordine VULA FTTH di Alfa, detto A
      E un altro ordine VULA FTTH di Alfa, detto B
      Quando la rete notifica l'innesco di ogni ordine mar 2026-03-31 09:00:00
      E si parla dell'ordine A
      E mer 2026-04-01 11:00:00 il cliente fissa mar 2026-04-07 10:00-12:00
      E mer 2026-04-01 11:00:00 l'operatore fissa mer 2026-04-08 10:00-12:00
      Allora l'Agente Virtuale risponde di no: appuntamento già fissato
      Quando si parla dell'ordine B
      E mer 2026-04-01 11:00:00 il cliente fissa mer 2026-04-08 10:00-12:00
      Allora l'Agente Virtuale accetta

    Schema dello scenario: <servizio>: dopo una gara davvero insieme una sola causale, una sola visita
      Dato un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2027-09-28 09:00:00
      E mer 2027-09-29 11:00:00 il cliente e l'operatore fissano insieme, uno mar 2027-10-05 10:00-12:00 e l'altro mar 2027-10-05 10:00-12:00
      Allora uno solo riesce, e agli altri è detto: appuntamento già fissato
      E nell'ordine l'operatore riceve <tutte>, e niente altro
      E il tecnico arriva mar 2027-10-05 10:00-12:00

      Esempi:
        | servizio             | tutte        |
        | ULL                  | AC, Z18, PA  |
        | SLU                  | AC, Z18, PA  |
        | VULA FTTCAB          | CO, W08, W09 |
        | VULA FTTH            | CO, W08, W09 |
        | Bitstream NGA FTTCAB | CO, W08, W09 |
        | Bitstream NGA FTTH   | CO, W08, W09 |
