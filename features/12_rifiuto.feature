# language: it
@REF
Funzionalità: Rifiutare l'appuntamento
  Finché nessun appuntamento è fissato cliente o operatore possono rifiutare di prenderlo.

  Contesto:
    Dato l'operatore Alfa con codice progetto PRJ-ALFA
    E che la lettura griglia delle fasce è quella predefinita

  @REF-1
  Regola: Si può rifiutare soltanto finché nessun appuntamento è fissato

    Schema dello scenario: <servizio>: rifiuta <chi>
      Dato un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco <giorno> 09:00:00
      E <giorno> 15:00:00 <chi> rifiuta
      Allora l'Agente Virtuale accetta
      E non c'è alcun appuntamento

      Esempi:
        | servizio             | chi         | giorno         |
        | ULL                  | il cliente  | ven 2026-03-27 |
        | ULL                  | l'operatore | ven 2027-10-01 |
        | SLU                  | il cliente  | gio 2026-12-31 |
        | SLU                  | l'operatore | ven 2026-10-23 |
        | VULA FTTCAB          | il cliente  | mar 2026-04-07 |
        | VULA FTTCAB          | l'operatore | lun 2026-06-01 |
        | VULA FTTH            | il cliente  | lun 2026-10-26 |
        | VULA FTTH            | l'operatore | lun 2026-03-30 |
        | Bitstream NGA FTTCAB | il cliente  | gio 2027-01-07 |
        | Bitstream NGA FTTCAB | l'operatore | gio 2026-04-30 |
        | Bitstream NGA FTTH   | il cliente  | mar 2027-11-02 |
        | Bitstream NGA FTTH   | l'operatore | ven 2026-08-14 |

    Schema dello scenario: Fissato da <primo>, <secondo> non può più rifiutare
      Dato un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2026-08-11 09:00:00
      E mar 2026-08-11 15:00:00 <primo> fissa mar 2026-08-18 10:00-12:00
      E <quando> <secondo> rifiuta
      Allora l'Agente Virtuale risponde di no: appuntamento già fissato
      E il tecnico arriva mar 2026-08-18 10:00-12:00
      E l'operatore non riceve W24

      Esempi:
        | primo       | secondo     | quando                  |
        | il cliente  | il cliente  | mar 2026-08-11 15:00:00 |
        | il cliente  | l'operatore | mar 2026-08-11 15:00:00 |
        | l'operatore | il cliente  | mer 2026-08-12 09:00:00 |
        | l'operatore | l'operatore | ven 2026-08-14 09:00:00 |

    Schema dello scenario: Rifiutare <momento> con lettura <lettura>: <esito>
      Dato che la lettura festività è nazionali
      E che la lettura fine del terzo giorno è <lettura>
      E un ordine SLU di Alfa
      Quando la rete notifica l'innesco mar 2027-11-30 09:00:00
      E <quando> il cliente rifiuta
      Allora l'Agente Virtuale <risposta>

      Esempi:
        | momento                       | lettura    | quando                  | esito | risposta                        |
        | all'ultimo secondo            | mezzanotte | gio 2027-12-02 23:59:59 | vale  | accetta                         |
        | alla mezzanotte               | mezzanotte | ven 2027-12-03 00:00:00 | tardi | risponde di no: termine scaduto |
        | un secondo dopo la mezzanotte | mezzanotte | ven 2027-12-03 00:00:01 | tardi | risponde di no: termine scaduto |
        | all'ultimo secondo            | alle 20    | gio 2027-12-02 19:59:59 | vale  | accetta                         |
        | alle 20                       | alle 20    | gio 2027-12-02 20:00:00 | tardi | risponde di no: termine scaduto |

  @REF-2
  Regola: Il rifiuto dà una sola causale W24 o Z36, e nessun'altra alla fine del termine

    Schema dello scenario: <servizio>: rifiuta <chi>, arriva <causale> una volta sola
      Dato che la lettura rifiuto definitivo è sì
      E che la lettura causale del rifiuto è immediata
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco <innesco>
      E <quando> <chi> rifiuta
      Allora l'operatore riceve <causale> fra <quando> e <termine>
      E la notifica <causale> dice «<etichetta>»
      E nell'ordine l'operatore riceve <tutte>, e niente altro

      Esempi:
        | servizio             | chi         | causale | tutte        | etichetta                                                   | innesco                 | quando                  | termine                 |
        | ULL                  | il cliente  | Z36     | AC, Z18, Z36 | Attesa OLO per cliente irreperibile in fase di appuntamento | mar 2026-03-03 09:00:00 | mar 2026-03-03 15:00:00 | ven 2026-03-06 00:00:00 |
        | ULL                  | l'operatore | Z36     | AC, Z18, Z36 | Attesa OLO per cliente irreperibile in fase di appuntamento | mar 2026-03-03 09:00:00 | mar 2026-03-03 15:00:00 | ven 2026-03-06 00:00:00 |
        | SLU                  | il cliente  | Z36     | AC, Z18, Z36 | Attesa OLO per cliente irreperibile in fase di appuntamento | mar 2026-06-30 09:00:00 | mar 2026-06-30 15:00:00 | ven 2026-07-03 00:00:00 |
        | SLU                  | l'operatore | Z36     | AC, Z18, Z36 | Attesa OLO per cliente irreperibile in fase di appuntamento | mar 2026-06-30 09:00:00 | mar 2026-06-30 15:00:00 | ven 2026-07-03 00:00:00 |
        | VULA FTTCAB          | il cliente  | W24     | CO, W08, W24 | Attesa OLO per cliente irreperibile da remoto – time out KO | mar 2027-01-12 09:00:00 | mar 2027-01-12 15:00:00 | ven 2027-01-15 00:00:00 |
        | VULA FTTCAB          | l'operatore | W24     | CO, W08, W24 | Attesa OLO per cliente irreperibile da remoto – time out KO | mar 2027-01-12 09:00:00 | mar 2027-01-12 15:00:00 | ven 2027-01-15 00:00:00 |
        | VULA FTTH            | il cliente  | W24     | CO, W08, W24 | Attesa OLO per cliente irreperibile da remoto – time out KO | mar 2026-03-24 09:00:00 | mar 2026-03-24 15:00:00 | ven 2026-03-27 00:00:00 |
        | VULA FTTH            | l'operatore | W24     | CO, W08, W24 | Attesa OLO per cliente irreperibile da remoto – time out KO | mar 2026-03-24 09:00:00 | mar 2026-03-24 15:00:00 | ven 2026-03-27 00:00:00 |
        | Bitstream NGA FTTCAB | il cliente  | W24     | CO, W08, W24 | Attesa OLO per cliente irreperibile da remoto – time out KO | mar 2026-10-20 09:00:00 | mar 2026-10-20 15:00:00 | ven 2026-10-23 00:00:00 |
        | Bitstream NGA FTTCAB | l'operatore | W24     | CO, W08, W24 | Attesa OLO per cliente irreperibile da remoto – time out KO | mar 2026-10-20 09:00:00 | mar 2026-10-20 15:00:00 | ven 2026-10-23 00:00:00 |
        | Bitstream NGA FTTH   | il cliente  | W24     | CO, W08, W24 | Attesa OLO per cliente irreperibile da remoto – time out KO | mar 2028-02-29 09:00:00 | mar 2028-02-29 15:00:00 | ven 2028-03-03 00:00:00 |
        | Bitstream NGA FTTH   | l'operatore | W24     | CO, W08, W24 | Attesa OLO per cliente irreperibile da remoto – time out KO | mar 2028-02-29 09:00:00 | mar 2028-02-29 15:00:00 | ven 2028-03-03 00:00:00 |

    Schema dello scenario: <servizio>: con la causale a fine termine il rifiuto porta <causale> alla fine del termine
      Dato che la lettura fine del terzo giorno è mezzanotte
      E che la lettura causale del rifiuto è a fine termine
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2028-02-29 09:00:00
      E mar 2028-02-29 15:00:00 il cliente rifiuta
      Allora l'operatore non riceve <causale> fino a gio 2028-03-02 23:59:59
      E l'operatore riceve <causale> non prima di ven 2028-03-03 00:00:00
      E l'ordine torna all'operatore non prima di ven 2028-03-03 00:00:00
      E nell'ordine l'operatore riceve <tutte>, e niente altro

      Esempi:
        | servizio             | causale | tutte        |
        | ULL                  | Z36     | AC, Z18, Z36 |
        | SLU                  | Z36     | AC, Z18, Z36 |
        | VULA FTTCAB          | W24     | CO, W08, W24 |
        | VULA FTTH            | W24     | CO, W08, W24 |
        | Bitstream NGA FTTCAB | W24     | CO, W08, W24 |
        | Bitstream NGA FTTH   | W24     | CO, W08, W24 |

  @REF-3
  Regola: Dopo il rifiuto l'ordine torna all'operatore e nessuno fissa più
    Che l'ordine torni è una lettura: il testo dice soltanto che si prosegue come nelle Offerte di Riferimento.

    Schema dello scenario: <servizio>: rifiuta <chi>, l'ordine torna e <altro> non fissa più
      Dato che la lettura rifiuto definitivo è sì
      E che la lettura causale del rifiuto è immediata
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2026-06-30 09:00:00
      E mar 2026-06-30 15:00:00 <chi> rifiuta
      E mer 2026-07-01 09:00:00 <altro> fissa mar 2026-07-07 10:00-12:00
      Allora l'Agente Virtuale risponde di no: ordine chiuso
      E non c'è alcun appuntamento
      E l'ordine torna all'operatore non prima di mar 2026-06-30 15:00:00
      E nessun tecnico arriva

      Esempi:
        | servizio             | chi         | altro       |
        | ULL                  | il cliente  | l'operatore |
        | ULL                  | l'operatore | l'operatore |
        | SLU                  | il cliente  | il cliente  |
        | SLU                  | l'operatore | il cliente  |
        | VULA FTTCAB          | il cliente  | l'operatore |
        | VULA FTTCAB          | l'operatore | l'operatore |
        | VULA FTTH            | il cliente  | il cliente  |
        | VULA FTTH            | l'operatore | il cliente  |
        | Bitstream NGA FTTCAB | il cliente  | l'operatore |
        | Bitstream NGA FTTCAB | l'operatore | l'operatore |
        | Bitstream NGA FTTH   | il cliente  | il cliente  |
        | Bitstream NGA FTTH   | l'operatore | il cliente  |

    Schema dello scenario: Rifiutare due volte (<primo>, poi <secondo>): la seconda è negata
      Dato che la lettura festività è nazionali
      E che la lettura rifiuto definitivo è sì
      E un ordine ULL di Alfa
      Quando la rete notifica l'innesco mar 2026-09-29 09:00:00
      E mar 2026-09-29 15:00:00 <primo> rifiuta
      E <quando> <secondo> rifiuta
      Allora l'Agente Virtuale risponde di no: ordine chiuso
      E nell'ordine l'operatore riceve AC, Z18, Z36, e niente altro

      Esempi:
        | primo       | secondo     | quando                  |
        | il cliente  | il cliente  | mar 2026-09-29 15:00:00 |
        | il cliente  | l'operatore | mar 2026-09-29 15:00:00 |
        | l'operatore | il cliente  | mer 2026-09-30 15:00:00 |
        | l'operatore | l'operatore | mer 2026-09-30 15:00:00 |

    Schema dello scenario: Se il rifiuto non è definitivo, dopo <primo> può ancora fissare <secondo>
      Dato che la lettura rifiuto definitivo è no
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2026-12-29 09:00:00
      E mar 2026-12-29 15:00:00 <primo> rifiuta
      E mer 2026-12-30 15:00:00 <secondo> fissa mar 2027-01-05 10:00-12:00
      Allora l'Agente Virtuale accetta
      E nell'ordine l'operatore riceve CO, W08, W09, e niente altro
      E il tecnico arriva mar 2027-01-05 10:00-12:00

      Esempi:
        | primo       | secondo     |
        | il cliente  | l'operatore |
        | l'operatore | il cliente  |

    Schema dello scenario: Se il rifiuto non è definitivo, chi ha rifiutato (<chi>) non fissa più
      Dato che la lettura fine del terzo giorno è mezzanotte
      E che la lettura rifiuto definitivo è no
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2027-01-12 09:00:00
      E mar 2027-01-12 15:00:00 <chi> rifiuta
      E mer 2027-01-13 15:00:00 <chi> fissa mar 2027-01-19 10:00-12:00
      Allora l'Agente Virtuale risponde di no: ordine chiuso
      E l'operatore riceve W24 non prima di ven 2027-01-15 00:00:00

      Esempi:
        | chi         |
        | il cliente  |
        | l'operatore |

    Scenario: Se il rifiuto non è definitivo, quando rifiutano entrambi è finita
      Dato che la lettura rifiuto definitivo è no
      E che la lettura causale del rifiuto è immediata
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2026-10-27 09:00:00
      E mar 2026-10-27 15:00:00 il cliente rifiuta
      E mer 2026-10-28 15:00:00 l'operatore rifiuta
      Allora l'operatore riceve W24 non prima di mer 2026-10-28 15:00:00
      E l'ordine torna all'operatore non prima di mer 2026-10-28 15:00:00

    Scenario: Rifiuto e conferma nello stesso istante: vale chi arriva prima, il rifiuto
      Dato che la lettura rifiuto definitivo è sì
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2028-02-22 09:00:00
      E mer 2028-02-23 11:00:00 il cliente rifiuta
      E mer 2028-02-23 11:00:00 l'operatore fissa mar 2028-02-29 10:00-12:00
      Allora l'Agente Virtuale risponde di no: ordine chiuso
      E non c'è alcun appuntamento
