# language: it
@RES
Funzionalità: Spostare l'appuntamento
  Fino alle 18 del giorno prima cliente e operatore possono spostare un appuntamento fissato, in anticipo o in posticipo.

  Contesto:
    Dato l'operatore Alfa con codice progetto PRJ-ALFA
    E che la lettura griglia delle fasce è quella predefinita

  @RES-1
  Regola: Cliente e operatore possono spostare un appuntamento fissato, chiunque lo abbia fissato

    Schema dello scenario: <servizio>: fissa <chi>, sposta <altro>
      Dato che la lettura festività è nazionali
      E che la lettura spostamenti ammessi è senza limite
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco <innesco>
      E <fissa> <chi> fissa <prima>
      E <sposta> <altro> sposta a <poi>
      Allora l'Agente Virtuale accetta
      E l'appuntamento è <poi>
      E l'appuntamento è stato spostato 1 volta

      Esempi:
        | servizio             | chi         | altro       | innesco                 | fissa                   | prima                      | sposta                  | poi                        |
        | ULL                  | il cliente  | il cliente  | mar 2026-10-27 09:00:00 | mar 2026-10-27 15:00:00 | mar 2026-11-03 10:00-12:00 | mer 2026-10-28 15:00:00 | gio 2026-11-05 14:00-16:00 |
        | ULL                  | il cliente  | l'operatore | mar 2026-10-27 09:00:00 | mar 2026-10-27 15:00:00 | mar 2026-11-03 10:00-12:00 | mer 2026-10-28 15:00:00 | gio 2026-11-05 14:00-16:00 |
        | ULL                  | l'operatore | il cliente  | mar 2026-10-27 09:00:00 | mar 2026-10-27 15:00:00 | mar 2026-11-03 10:00-12:00 | mer 2026-10-28 15:00:00 | gio 2026-11-05 14:00-16:00 |
        | ULL                  | l'operatore | l'operatore | mar 2026-10-27 09:00:00 | mar 2026-10-27 15:00:00 | mar 2026-11-03 10:00-12:00 | mer 2026-10-28 15:00:00 | gio 2026-11-05 14:00-16:00 |
        | SLU                  | il cliente  | il cliente  | mar 2026-06-30 09:00:00 | mar 2026-06-30 15:00:00 | mar 2026-07-07 10:00-12:00 | mer 2026-07-01 15:00:00 | gio 2026-07-09 14:00-16:00 |
        | SLU                  | il cliente  | l'operatore | mar 2026-06-30 09:00:00 | mar 2026-06-30 15:00:00 | mar 2026-07-07 10:00-12:00 | mer 2026-07-01 15:00:00 | gio 2026-07-09 14:00-16:00 |
        | SLU                  | l'operatore | il cliente  | mar 2026-06-30 09:00:00 | mar 2026-06-30 15:00:00 | mar 2026-07-07 10:00-12:00 | mer 2026-07-01 15:00:00 | gio 2026-07-09 14:00-16:00 |
        | SLU                  | l'operatore | l'operatore | mar 2026-06-30 09:00:00 | mar 2026-06-30 15:00:00 | mar 2026-07-07 10:00-12:00 | mer 2026-07-01 15:00:00 | gio 2026-07-09 14:00-16:00 |
        | VULA FTTCAB          | il cliente  | il cliente  | mar 2027-01-12 09:00:00 | mar 2027-01-12 15:00:00 | mar 2027-01-19 10:00-12:00 | mer 2027-01-13 15:00:00 | gio 2027-01-21 14:00-16:00 |
        | VULA FTTCAB          | il cliente  | l'operatore | mar 2027-01-12 09:00:00 | mar 2027-01-12 15:00:00 | mar 2027-01-19 10:00-12:00 | mer 2027-01-13 15:00:00 | gio 2027-01-21 14:00-16:00 |
        | VULA FTTCAB          | l'operatore | il cliente  | mar 2027-01-12 09:00:00 | mar 2027-01-12 15:00:00 | mar 2027-01-19 10:00-12:00 | mer 2027-01-13 15:00:00 | gio 2027-01-21 14:00-16:00 |
        | VULA FTTCAB          | l'operatore | l'operatore | mar 2027-01-12 09:00:00 | mar 2027-01-12 15:00:00 | mar 2027-01-19 10:00-12:00 | mer 2027-01-13 15:00:00 | gio 2027-01-21 14:00-16:00 |
        | VULA FTTH            | il cliente  | il cliente  | mar 2026-03-24 09:00:00 | mar 2026-03-24 15:00:00 | mar 2026-03-31 10:00-12:00 | mer 2026-03-25 15:00:00 | gio 2026-04-02 14:00-16:00 |
        | VULA FTTH            | il cliente  | l'operatore | mar 2026-03-24 09:00:00 | mar 2026-03-24 15:00:00 | mar 2026-03-31 10:00-12:00 | mer 2026-03-25 15:00:00 | gio 2026-04-02 14:00-16:00 |
        | VULA FTTH            | l'operatore | il cliente  | mar 2026-03-24 09:00:00 | mar 2026-03-24 15:00:00 | mar 2026-03-31 10:00-12:00 | mer 2026-03-25 15:00:00 | gio 2026-04-02 14:00-16:00 |
        | VULA FTTH            | l'operatore | l'operatore | mar 2026-03-24 09:00:00 | mar 2026-03-24 15:00:00 | mar 2026-03-31 10:00-12:00 | mer 2026-03-25 15:00:00 | gio 2026-04-02 14:00-16:00 |
        | Bitstream NGA FTTCAB | il cliente  | il cliente  | mar 2026-10-20 09:00:00 | mar 2026-10-20 15:00:00 | mar 2026-10-27 10:00-12:00 | mer 2026-10-21 15:00:00 | gio 2026-10-29 14:00-16:00 |
        | Bitstream NGA FTTCAB | il cliente  | l'operatore | mar 2026-10-20 09:00:00 | mar 2026-10-20 15:00:00 | mar 2026-10-27 10:00-12:00 | mer 2026-10-21 15:00:00 | gio 2026-10-29 14:00-16:00 |
        | Bitstream NGA FTTCAB | l'operatore | il cliente  | mar 2026-10-20 09:00:00 | mar 2026-10-20 15:00:00 | mar 2026-10-27 10:00-12:00 | mer 2026-10-21 15:00:00 | gio 2026-10-29 14:00-16:00 |
        | Bitstream NGA FTTCAB | l'operatore | l'operatore | mar 2026-10-20 09:00:00 | mar 2026-10-20 15:00:00 | mar 2026-10-27 10:00-12:00 | mer 2026-10-21 15:00:00 | gio 2026-10-29 14:00-16:00 |
        | Bitstream NGA FTTH   | il cliente  | il cliente  | mar 2028-02-29 09:00:00 | mar 2028-02-29 15:00:00 | mar 2028-03-07 10:00-12:00 | mer 2028-03-01 15:00:00 | gio 2028-03-09 14:00-16:00 |
        | Bitstream NGA FTTH   | il cliente  | l'operatore | mar 2028-02-29 09:00:00 | mar 2028-02-29 15:00:00 | mar 2028-03-07 10:00-12:00 | mer 2028-03-01 15:00:00 | gio 2028-03-09 14:00-16:00 |
        | Bitstream NGA FTTH   | l'operatore | il cliente  | mar 2028-02-29 09:00:00 | mar 2028-02-29 15:00:00 | mar 2028-03-07 10:00-12:00 | mer 2028-03-01 15:00:00 | gio 2028-03-09 14:00-16:00 |
        | Bitstream NGA FTTH   | l'operatore | l'operatore | mar 2028-02-29 09:00:00 | mar 2028-02-29 15:00:00 | mar 2028-03-07 10:00-12:00 | mer 2028-03-01 15:00:00 | gio 2028-03-09 14:00-16:00 |

    Scenario: Si sposta più volte, da entrambe le parti
      Dato che la lettura spostamenti ammessi è senza limite
      E un ordine ULL di Alfa
      Quando la rete notifica l'innesco mar 2027-03-23 09:00:00
      E mar 2027-03-23 15:00:00 il cliente fissa mar 2027-03-30 10:00-12:00
      E mer 2027-03-24 15:00:00 l'operatore sposta a gio 2027-04-01 14:00-16:00
      E gio 2027-03-25 15:00:00 il cliente sposta a ven 2027-04-02 08:00-10:00
      E ven 2027-03-26 15:00:00 l'operatore sposta a mer 2027-03-31 08:00-10:00
      Allora l'Agente Virtuale accetta
      E l'appuntamento è stato spostato 3 volte
      E il tecnico arriva mer 2027-03-31 08:00-10:00

    Schema dello scenario: Con al più <numero> spostamenti quello in più è negato
      Dato che la lettura spostamenti ammessi è <numero>
      E un ordine ULL di Alfa
      Quando la rete notifica l'innesco mar 2028-02-22 09:00:00
      E mar 2028-02-22 15:00:00 il cliente fissa mar 2028-02-29 10:00-12:00
      E mer 2028-02-23 15:00:00 il cliente sposta a <prima>
      E gio 2028-02-24 15:00:00 il cliente sposta a ven 2028-03-03 08:00-10:00
      Allora l'Agente Virtuale risponde di no: spostamenti esauriti
      E l'appuntamento è <resta>

      Esempi:
        | numero | prima                      | resta                      |
        | 1      | gio 2028-03-02 14:00-16:00 | gio 2028-03-02 14:00-16:00 |

    Scenario: Senza spostamenti ammessi anche il primo è negato
      Dato che la lettura spostamenti ammessi è 0
      E un ordine ULL di Alfa
      Quando la rete notifica l'innesco mar 2026-12-22 09:00:00
      E mar 2026-12-22 15:00:00 il cliente fissa mar 2026-12-29 10:00-12:00
      E mer 2026-12-23 15:00:00 il cliente sposta a gio 2026-12-31 14:00-16:00
      Allora l'Agente Virtuale risponde di no: spostamenti esauriti

    Schema dello scenario: Spostare alla stessa fascia (<chi>) non cambia e non notifica nulla
      Dato un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2026-04-28 09:00:00
      E mar 2026-04-28 15:00:00 il cliente fissa mar 2026-05-05 10:00-12:00
      E mer 2026-04-29 15:00:00 <chi> sposta a mar 2026-05-05 10:00-12:00
      Allora l'Agente Virtuale accetta
      E l'appuntamento è stato spostato 0 volte
      E nell'ordine l'operatore riceve CO, W08, W09, e niente altro

      Esempi:
        | chi         |
        | il cliente  |
        | l'operatore |

    Schema dello scenario: Senza appuntamento non si sposta (<chi>)
      Dato un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2026-03-03 09:00:00
      E mar 2026-03-03 15:00:00 <chi> sposta a mar 2026-03-10 10:00-12:00
      Allora l'Agente Virtuale risponde di no: nessun appuntamento da spostare
      E non c'è alcun appuntamento

      Esempi:
        | chi         |
        | il cliente  |
        | l'operatore |

    Schema dello scenario: Si sposta anche dopo il termine di tre giorni (<quando>)
      Dato che la lettura giorni offerti è 30
      E che la lettura spostamenti ammessi è senza limite
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2026-03-24 09:00:00
      E gio 2026-03-26 15:00:00 il cliente fissa mar 2026-04-07 10:00-12:00
      E <quando> il cliente sposta a mer 2026-04-08 10:00-12:00
      Allora l'Agente Virtuale accetta
      E l'operatore non riceve W24

      Esempi:
        | quando                  |
        | ven 2026-03-27 00:00:00 |
        | mar 2026-03-31 12:00:00 |

    Scenario: Dopo il time-out non c'è nulla da spostare
      Dato un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco ven 2027-12-03 09:00:00
      E sab 2027-12-11 10:00:00 il cliente sposta a mar 2027-12-21 10:00-12:00
      Allora l'Agente Virtuale risponde di no: termine scaduto

  @RES-2
  Regola: L'appuntamento si sposta in anticipo o in posticipo

    Schema dello scenario: Con giorni offerti <giorni>, la fascia <fascia> <offerta>
      Dato che la lettura giorni offerti è <giorni>
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2026-03-03 09:00:00
      Allora mar 2026-03-03 15:00:00 la fascia <fascia> <offerta> al cliente

      Esempi:
        | giorni       | fascia                     | offerta       |
        | 10           | ven 2026-03-13 08:00-10:00 | è offerta     |
        | 10           | lun 2026-03-16 08:00-10:00 | non è offerta |
        | 30           | gio 2026-04-02 08:00-10:00 | è offerta     |
        | senza limite | ven 2026-06-12 08:00-10:00 | è offerta     |

    Schema dello scenario: <servizio>: <chi> sposta <verso> a <fascia>
      Dato che la lettura festività è nazionali
      E che la lettura giorni offerti è 30
      E che la lettura spostamenti ammessi è senza limite
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco <innesco>
      E <fissa> il cliente fissa <prima>
      E <sposta> <chi> sposta a <fascia>
      Allora l'Agente Virtuale accetta
      E il tecnico arriva <fascia>

      Esempi:
        | servizio             | chi         | verso        | fascia                     | innesco                 | fissa                   | prima                      | sposta                  |
        | ULL                  | il cliente  | in anticipo  | ven 2026-08-14 10:00-12:00 | mar 2026-08-11 09:00:00 | mar 2026-08-11 15:00:00 | mar 2026-08-18 10:00-12:00 | mer 2026-08-12 15:00:00 |
        | ULL                  | il cliente  | in posticipo | lun 2026-08-24 10:00-12:00 | mar 2026-08-11 09:00:00 | mar 2026-08-11 15:00:00 | mar 2026-08-18 10:00-12:00 | mer 2026-08-12 15:00:00 |
        | ULL                  | l'operatore | in anticipo  | ven 2026-08-14 10:00-12:00 | mar 2026-08-11 09:00:00 | mar 2026-08-11 15:00:00 | mar 2026-08-18 10:00-12:00 | mer 2026-08-12 15:00:00 |
        | ULL                  | l'operatore | in posticipo | lun 2026-08-24 10:00-12:00 | mar 2026-08-11 09:00:00 | mar 2026-08-11 15:00:00 | mar 2026-08-18 10:00-12:00 | mer 2026-08-12 15:00:00 |
        | SLU                  | il cliente  | in anticipo  | ven 2026-07-03 10:00-12:00 | mar 2026-06-30 09:00:00 | mar 2026-06-30 15:00:00 | mar 2026-07-07 10:00-12:00 | mer 2026-07-01 15:00:00 |
        | SLU                  | il cliente  | in posticipo | lun 2026-07-13 10:00-12:00 | mar 2026-06-30 09:00:00 | mar 2026-06-30 15:00:00 | mar 2026-07-07 10:00-12:00 | mer 2026-07-01 15:00:00 |
        | SLU                  | l'operatore | in anticipo  | ven 2026-07-03 10:00-12:00 | mar 2026-06-30 09:00:00 | mar 2026-06-30 15:00:00 | mar 2026-07-07 10:00-12:00 | mer 2026-07-01 15:00:00 |
        | SLU                  | l'operatore | in posticipo | lun 2026-07-13 10:00-12:00 | mar 2026-06-30 09:00:00 | mar 2026-06-30 15:00:00 | mar 2026-07-07 10:00-12:00 | mer 2026-07-01 15:00:00 |
        | VULA FTTCAB          | il cliente  | in anticipo  | ven 2027-01-15 10:00-12:00 | mar 2027-01-12 09:00:00 | mar 2027-01-12 15:00:00 | mar 2027-01-19 10:00-12:00 | mer 2027-01-13 15:00:00 |
        | VULA FTTCAB          | il cliente  | in posticipo | lun 2027-01-25 10:00-12:00 | mar 2027-01-12 09:00:00 | mar 2027-01-12 15:00:00 | mar 2027-01-19 10:00-12:00 | mer 2027-01-13 15:00:00 |
        | VULA FTTCAB          | l'operatore | in anticipo  | ven 2027-01-15 10:00-12:00 | mar 2027-01-12 09:00:00 | mar 2027-01-12 15:00:00 | mar 2027-01-19 10:00-12:00 | mer 2027-01-13 15:00:00 |
        | VULA FTTCAB          | l'operatore | in posticipo | lun 2027-01-25 10:00-12:00 | mar 2027-01-12 09:00:00 | mar 2027-01-12 15:00:00 | mar 2027-01-19 10:00-12:00 | mer 2027-01-13 15:00:00 |
        | VULA FTTH            | il cliente  | in anticipo  | ven 2026-03-27 10:00-12:00 | mar 2026-03-24 09:00:00 | mar 2026-03-24 15:00:00 | mar 2026-03-31 10:00-12:00 | mer 2026-03-25 15:00:00 |
        | VULA FTTH            | il cliente  | in posticipo | mar 2026-04-07 10:00-12:00 | mar 2026-03-24 09:00:00 | mar 2026-03-24 15:00:00 | mar 2026-03-31 10:00-12:00 | mer 2026-03-25 15:00:00 |
        | VULA FTTH            | l'operatore | in anticipo  | ven 2026-03-27 10:00-12:00 | mar 2026-03-24 09:00:00 | mar 2026-03-24 15:00:00 | mar 2026-03-31 10:00-12:00 | mer 2026-03-25 15:00:00 |
        | VULA FTTH            | l'operatore | in posticipo | mar 2026-04-07 10:00-12:00 | mar 2026-03-24 09:00:00 | mar 2026-03-24 15:00:00 | mar 2026-03-31 10:00-12:00 | mer 2026-03-25 15:00:00 |
        | Bitstream NGA FTTCAB | il cliente  | in anticipo  | ven 2026-10-23 10:00-12:00 | mar 2026-10-20 09:00:00 | mar 2026-10-20 15:00:00 | mar 2026-10-27 10:00-12:00 | mer 2026-10-21 15:00:00 |
        | Bitstream NGA FTTCAB | il cliente  | in posticipo | lun 2026-11-02 10:00-12:00 | mar 2026-10-20 09:00:00 | mar 2026-10-20 15:00:00 | mar 2026-10-27 10:00-12:00 | mer 2026-10-21 15:00:00 |
        | Bitstream NGA FTTCAB | l'operatore | in anticipo  | ven 2026-10-23 10:00-12:00 | mar 2026-10-20 09:00:00 | mar 2026-10-20 15:00:00 | mar 2026-10-27 10:00-12:00 | mer 2026-10-21 15:00:00 |
        | Bitstream NGA FTTCAB | l'operatore | in posticipo | lun 2026-11-02 10:00-12:00 | mar 2026-10-20 09:00:00 | mar 2026-10-20 15:00:00 | mar 2026-10-27 10:00-12:00 | mer 2026-10-21 15:00:00 |
        | Bitstream NGA FTTH   | il cliente  | in anticipo  | ven 2028-03-03 10:00-12:00 | mar 2028-02-29 09:00:00 | mar 2028-02-29 15:00:00 | mar 2028-03-07 10:00-12:00 | mer 2028-03-01 15:00:00 |
        | Bitstream NGA FTTH   | il cliente  | in posticipo | lun 2028-03-13 10:00-12:00 | mar 2028-02-29 09:00:00 | mar 2028-02-29 15:00:00 | mar 2028-03-07 10:00-12:00 | mer 2028-03-01 15:00:00 |
        | Bitstream NGA FTTH   | l'operatore | in anticipo  | ven 2028-03-03 10:00-12:00 | mar 2028-02-29 09:00:00 | mar 2028-02-29 15:00:00 | mar 2028-03-07 10:00-12:00 | mer 2028-03-01 15:00:00 |
        | Bitstream NGA FTTH   | l'operatore | in posticipo | lun 2028-03-13 10:00-12:00 | mar 2028-02-29 09:00:00 | mar 2028-02-29 15:00:00 | mar 2028-03-07 10:00-12:00 | mer 2028-03-01 15:00:00 |

    Schema dello scenario: Nello stesso giorno si cambia fascia <verso>
      Dato che la lettura spostamenti ammessi è senza limite
      E un ordine ULL di Alfa
      Quando la rete notifica l'innesco mar 2026-10-20 09:00:00
      E mar 2026-10-20 15:00:00 il cliente fissa mar 2026-10-27 10:00-12:00
      E mer 2026-10-21 15:00:00 il cliente sposta a <fascia>
      Allora l'Agente Virtuale accetta
      E il tecnico arriva <fascia>

      Esempi:
        | verso        | fascia                     |
        | in anticipo  | mar 2026-10-27 08:00-10:00 |
        | in posticipo | mar 2026-10-27 16:00-18:00 |

  @RES-3
  Regola: Si sposta fino alle 18:00:00 del giorno solare prima dell'appuntamento in vigore

    Schema dello scenario: Visita <occasione>, si sposta <momento>: accettato
      Dato che la lettura festività è nazionali
      E che la lettura giorni offerti è 30
      E che la lettura spostamenti ammessi è senza limite
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco <innesco>
      E <fissato> il cliente fissa <fascia>
      E <quando> <chi> sposta a <nuova>
      Allora l'Agente Virtuale accetta
      E l'appuntamento è <nuova>

      Esempi:
        | occasione                                    | momento                   | servizio             | innesco                 | fissato                 | fascia                     | quando                  | chi         | nuova                      |
        | di martedì                                   | dopo il promemoria        | ULL                  | mar 2028-02-29 09:00:00 | mer 2028-03-01 09:00:00 | mar 2028-03-07 10:00-12:00 | lun 2028-03-06 15:00:00 | l'operatore | mar 2028-03-14 10:00-12:00 |
        | di martedì                                   | un secondo prima delle 18 | SLU                  | mar 2026-06-30 09:00:00 | mer 2026-07-01 09:00:00 | mar 2026-07-07 10:00-12:00 | lun 2026-07-06 17:59:59 | il cliente  | mar 2026-07-14 10:00-12:00 |
        | di lunedì (vigilia domenica)                 | dopo il promemoria        | VULA FTTCAB          | mar 2026-09-29 09:00:00 | mer 2026-09-30 09:00:00 | lun 2026-10-05 08:00-10:00 | dom 2026-10-04 15:00:00 | l'operatore | mar 2026-10-13 10:00-12:00 |
        | di lunedì (vigilia domenica)                 | un secondo prima delle 18 | VULA FTTH            | mar 2026-03-03 09:00:00 | mer 2026-03-04 09:00:00 | lun 2026-03-09 08:00-10:00 | dom 2026-03-08 17:59:59 | il cliente  | mar 2026-03-17 10:00-12:00 |
        | dopo il Lunedì dell'Angelo (vigilia festiva) | dopo il promemoria        | Bitstream NGA FTTCAB | mer 2026-04-01 09:00:00 | gio 2026-04-02 09:00:00 | mar 2026-04-07 10:00-12:00 | lun 2026-04-06 15:00:00 | l'operatore | mar 2026-04-14 10:00-12:00 |
        | dopo il Lunedì dell'Angelo (vigilia festiva) | un secondo prima delle 18 | Bitstream NGA FTTH   | mer 2026-04-01 09:00:00 | gio 2026-04-02 09:00:00 | mar 2026-04-07 10:00-12:00 | lun 2026-04-06 17:59:59 | il cliente  | mar 2026-04-14 10:00-12:00 |
        | dopo il 2 giugno (vigilia festiva)           | dopo il promemoria        | ULL                  | gio 2026-05-28 09:00:00 | gio 2026-05-28 15:00:00 | mer 2026-06-03 16:00-18:00 | mar 2026-06-02 15:00:00 | l'operatore | mer 2026-06-10 10:00-12:00 |
        | dopo il 2 giugno (vigilia festiva)           | un secondo prima delle 18 | SLU                  | gio 2026-05-28 09:00:00 | gio 2026-05-28 15:00:00 | mer 2026-06-03 16:00-18:00 | mar 2026-06-02 17:59:59 | il cliente  | mer 2026-06-10 10:00-12:00 |
        | dopo l'ora legale                            | dopo il promemoria        | VULA FTTCAB          | gio 2026-03-26 09:00:00 | gio 2026-03-26 15:00:00 | lun 2026-03-30 10:00-12:00 | dom 2026-03-29 15:00:00 | l'operatore | gio 2026-04-09 10:00-12:00 |
        | dopo l'ora legale                            | un secondo prima delle 18 | VULA FTTH            | gio 2026-03-26 09:00:00 | gio 2026-03-26 15:00:00 | lun 2026-03-30 10:00-12:00 | dom 2026-03-29 17:59:59 | il cliente  | gio 2026-04-09 10:00-12:00 |
        | dopo l'ora solare                            | dopo il promemoria        | Bitstream NGA FTTCAB | gio 2026-10-22 09:00:00 | gio 2026-10-22 15:00:00 | lun 2026-10-26 10:00-12:00 | dom 2026-10-25 15:00:00 | l'operatore | gio 2026-11-05 10:00-12:00 |
        | dopo l'ora solare                            | un secondo prima delle 18 | Bitstream NGA FTTH   | gio 2026-10-22 09:00:00 | gio 2026-10-22 15:00:00 | lun 2026-10-26 10:00-12:00 | dom 2026-10-25 17:59:59 | il cliente  | gio 2026-11-05 10:00-12:00 |
        | dopo il 29 febbraio                          | dopo il promemoria        | ULL                  | ven 2028-02-25 09:00:00 | ven 2028-02-25 15:00:00 | mer 2028-03-01 10:00-12:00 | mar 2028-02-29 15:00:00 | l'operatore | gio 2028-03-09 10:00-12:00 |
        | dopo il 29 febbraio                          | un secondo prima delle 18 | SLU                  | ven 2028-02-25 09:00:00 | ven 2028-02-25 15:00:00 | mer 2028-03-01 10:00-12:00 | mar 2028-02-29 17:59:59 | il cliente  | gio 2028-03-09 10:00-12:00 |
        | a inizio d'anno                              | dopo il promemoria        | VULA FTTCAB          | mer 2026-12-30 09:00:00 | mer 2026-12-30 15:00:00 | lun 2027-01-04 10:00-12:00 | dom 2027-01-03 15:00:00 | l'operatore | mar 2027-01-12 10:00-12:00 |
        | a inizio d'anno                              | un secondo prima delle 18 | VULA FTTH            | mer 2026-12-30 09:00:00 | mer 2026-12-30 15:00:00 | lun 2027-01-04 10:00-12:00 | dom 2027-01-03 17:59:59 | il cliente  | mar 2027-01-12 10:00-12:00 |

    Schema dello scenario: Visita <occasione>, si vuole spostare <momento>: è tardi
      Dato che la lettura festività è nazionali
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco <innesco>
      E <fissato> il cliente fissa <fascia>
      E <quando> <chi> sposta a <nuova>
      Allora l'Agente Virtuale risponde di no: limite delle 18 passato
      E l'appuntamento è <fascia>

      Esempi:
        | occasione                                    | momento                         | servizio             | innesco                 | fissato                 | fascia                     | quando                  | chi         | nuova                      |
        | di martedì                                   | un secondo dopo le 18           | ULL                  | mar 2026-12-29 09:00:00 | mer 2026-12-30 09:00:00 | mar 2027-01-05 10:00-12:00 | lun 2027-01-04 18:00:01 | il cliente  | mar 2027-01-12 10:00-12:00 |
        | di martedì                                   | alla mezzanotte meno un secondo | SLU                  | mar 2027-01-12 09:00:00 | mer 2027-01-13 09:00:00 | mar 2027-01-19 10:00-12:00 | lun 2027-01-18 23:59:59 | l'operatore | mar 2027-01-26 10:00-12:00 |
        | di lunedì (vigilia domenica)                 | un secondo dopo le 18           | VULA FTTCAB          | mar 2026-10-27 09:00:00 | mer 2026-10-28 09:00:00 | lun 2026-11-02 08:00-10:00 | dom 2026-11-01 18:00:01 | il cliente  | mar 2026-11-10 10:00-12:00 |
        | di lunedì (vigilia domenica)                 | alla mezzanotte meno un secondo | VULA FTTH            | mar 2028-02-22 09:00:00 | mer 2028-02-23 09:00:00 | lun 2028-02-28 08:00-10:00 | dom 2028-02-27 23:59:59 | l'operatore | mar 2028-03-07 10:00-12:00 |
        | dopo il Lunedì dell'Angelo (vigilia festiva) | un secondo dopo le 18           | Bitstream NGA FTTCAB | mer 2026-04-01 09:00:00 | gio 2026-04-02 09:00:00 | mar 2026-04-07 10:00-12:00 | lun 2026-04-06 18:00:01 | il cliente  | mar 2026-04-14 10:00-12:00 |
        | dopo il Lunedì dell'Angelo (vigilia festiva) | alla mezzanotte meno un secondo | Bitstream NGA FTTH   | mer 2026-04-01 09:00:00 | gio 2026-04-02 09:00:00 | mar 2026-04-07 10:00-12:00 | lun 2026-04-06 23:59:59 | l'operatore | mar 2026-04-14 10:00-12:00 |
        | dopo il 2 giugno (vigilia festiva)           | un secondo dopo le 18           | ULL                  | gio 2026-05-28 09:00:00 | gio 2026-05-28 15:00:00 | mer 2026-06-03 16:00-18:00 | mar 2026-06-02 18:00:01 | il cliente  | mer 2026-06-10 10:00-12:00 |
        | dopo il 2 giugno (vigilia festiva)           | alla mezzanotte meno un secondo | SLU                  | gio 2026-05-28 09:00:00 | gio 2026-05-28 15:00:00 | mer 2026-06-03 16:00-18:00 | mar 2026-06-02 23:59:59 | l'operatore | mer 2026-06-10 10:00-12:00 |
        | dopo l'ora legale                            | un secondo dopo le 18           | VULA FTTCAB          | gio 2026-03-26 09:00:00 | gio 2026-03-26 15:00:00 | lun 2026-03-30 10:00-12:00 | dom 2026-03-29 18:00:01 | il cliente  | gio 2026-04-09 10:00-12:00 |
        | dopo l'ora legale                            | alla mezzanotte meno un secondo | VULA FTTH            | gio 2026-03-26 09:00:00 | gio 2026-03-26 15:00:00 | lun 2026-03-30 10:00-12:00 | dom 2026-03-29 23:59:59 | l'operatore | gio 2026-04-09 10:00-12:00 |
        | dopo l'ora solare                            | un secondo dopo le 18           | Bitstream NGA FTTCAB | gio 2026-10-22 09:00:00 | gio 2026-10-22 15:00:00 | lun 2026-10-26 10:00-12:00 | dom 2026-10-25 18:00:01 | il cliente  | gio 2026-11-05 10:00-12:00 |
        | dopo l'ora solare                            | alla mezzanotte meno un secondo | Bitstream NGA FTTH   | gio 2026-10-22 09:00:00 | gio 2026-10-22 15:00:00 | lun 2026-10-26 10:00-12:00 | dom 2026-10-25 23:59:59 | l'operatore | gio 2026-11-05 10:00-12:00 |
        | dopo il 29 febbraio                          | un secondo dopo le 18           | ULL                  | ven 2028-02-25 09:00:00 | ven 2028-02-25 15:00:00 | mer 2028-03-01 10:00-12:00 | mar 2028-02-29 18:00:01 | il cliente  | gio 2028-03-09 10:00-12:00 |
        | dopo il 29 febbraio                          | alla mezzanotte meno un secondo | SLU                  | ven 2028-02-25 09:00:00 | ven 2028-02-25 15:00:00 | mer 2028-03-01 10:00-12:00 | mar 2028-02-29 23:59:59 | l'operatore | gio 2028-03-09 10:00-12:00 |
        | a inizio d'anno                              | un secondo dopo le 18           | VULA FTTCAB          | mer 2026-12-30 09:00:00 | mer 2026-12-30 15:00:00 | lun 2027-01-04 10:00-12:00 | dom 2027-01-03 18:00:01 | il cliente  | mar 2027-01-12 10:00-12:00 |
        | a inizio d'anno                              | alla mezzanotte meno un secondo | VULA FTTH            | mer 2026-12-30 09:00:00 | mer 2026-12-30 15:00:00 | lun 2027-01-04 10:00-12:00 | dom 2027-01-03 23:59:59 | l'operatore | mar 2027-01-12 10:00-12:00 |

    Schema dello scenario: Alle 18 con limite incluso <lettura>: <quando> è <esito>
      Dato che la lettura spostamenti ammessi è senza limite
      E che la lettura 18:00 comprese è <lettura>
      E un ordine ULL di Alfa
      Quando la rete notifica l'innesco mar 2026-12-22 09:00:00
      E mar 2026-12-22 15:00:00 il cliente fissa mar 2026-12-29 10:00-12:00
      E <quando> il cliente sposta a mar 2027-01-05 10:00-12:00
      Allora l'Agente Virtuale <risposta>

      Esempi:
        | lettura | quando                      | esito    | risposta                                |
        | sì      | lun 2026-12-28 18:00:00     | in tempo | accetta                                 |
        | sì      | lun 2026-12-28 18:00:00.001 | tardi    | risponde di no: limite delle 18 passato |
        | no      | lun 2026-12-28 17:59:59.999 | in tempo | accetta                                 |
        | no      | lun 2026-12-28 18:00:00     | tardi    | risponde di no: limite delle 18 passato |

    Scenario: Il giorno della visita non si sposta più
      Dato un ordine ULL di Alfa
      Quando la rete notifica l'innesco mar 2026-03-31 09:00:00
      E mar 2026-03-31 15:00:00 il cliente fissa mar 2026-04-07 10:00-12:00
      E mar 2026-04-07 07:30:00 il cliente sposta a mar 2026-04-14 10:00-12:00
      Allora l'Agente Virtuale risponde di no: limite delle 18 passato
      E il tecnico arriva mar 2026-04-07 10:00-12:00

    Scenario: Conta l'appuntamento in vigore, non il primo
      Dato che la lettura spostamenti ammessi è senza limite
      E un ordine ULL di Alfa
      Quando la rete notifica l'innesco mar 2027-09-28 09:00:00
      E mar 2027-09-28 15:00:00 il cliente fissa mar 2027-10-05 10:00-12:00
      E mer 2027-09-29 15:00:00 il cliente sposta a gio 2027-10-07 10:00-12:00
      E mar 2027-10-05 19:00:00 il cliente sposta a mar 2027-10-12 10:00-12:00
      Allora l'Agente Virtuale accetta

  @RES-4
  Regola: Dopo lo spostamento conta il nuovo appuntamento: la vecchia fascia è libera e la visita segue la nuova

    Schema dello scenario: <servizio>: con la lettura <lettura> lo spostamento porta <tutte>
      Dato che la lettura spostamenti ammessi è senza limite
      E che la lettura causale dello spostamento è <lettura>
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco ven 2027-12-03 09:00:00
      E ven 2027-12-03 15:00:00 il cliente fissa ven 2027-12-10 10:00-12:00
      E mer 2027-12-08 15:00:00 l'operatore sposta a gio 2027-12-16 14:00-16:00
      Allora nell'ordine l'operatore riceve <tutte>, e niente altro
      E la notifica <causale>, se nomina una fascia, nomina <fascia>
      E il tecnico arriva gio 2027-12-16 14:00-16:00

      Esempi:
        | servizio             | lettura  | causale | fascia                     | tutte             |
        | ULL                  | ripetuta | PA      | gio 2027-12-16 14:00-16:00 | AC, Z18, PA, PA   |
        | ULL                  | nessuna  | PA      | ven 2027-12-10 10:00-12:00 | AC, Z18, PA       |
        | SLU                  | ripetuta | PA      | gio 2027-12-16 14:00-16:00 | AC, Z18, PA, PA   |
        | SLU                  | nessuna  | PA      | ven 2027-12-10 10:00-12:00 | AC, Z18, PA       |
        | VULA FTTCAB          | ripetuta | W09     | gio 2027-12-16 14:00-16:00 | CO, W08, W09, W09 |
        | VULA FTTCAB          | nessuna  | W09     | ven 2027-12-10 10:00-12:00 | CO, W08, W09      |
        | VULA FTTH            | ripetuta | W09     | gio 2027-12-16 14:00-16:00 | CO, W08, W09, W09 |
        | VULA FTTH            | nessuna  | W09     | ven 2027-12-10 10:00-12:00 | CO, W08, W09      |
        | Bitstream NGA FTTCAB | ripetuta | W09     | gio 2027-12-16 14:00-16:00 | CO, W08, W09, W09 |
        | Bitstream NGA FTTCAB | nessuna  | W09     | ven 2027-12-10 10:00-12:00 | CO, W08, W09      |
        | Bitstream NGA FTTH   | ripetuta | W09     | gio 2027-12-16 14:00-16:00 | CO, W08, W09, W09 |
        | Bitstream NGA FTTH   | nessuna  | W09     | ven 2027-12-10 10:00-12:00 | CO, W08, W09      |

    Scenario: La vecchia fascia torna libera
      Dato che la lettura spostamenti ammessi è senza limite
      E che ogni fascia ha 1 posto
      E un ordine VULA FTTH di Alfa, detto A
      E un altro ordine VULA FTTH di Alfa, detto B
      Quando la rete notifica l'innesco di ogni ordine mar 2027-03-23 09:00:00
      E si parla dell'ordine A
      E mar 2027-03-23 15:00:00 il cliente fissa mar 2027-03-30 10:00-12:00
      E mer 2027-03-24 15:00:00 il cliente sposta a gio 2027-04-01 14:00-16:00
      E si parla dell'ordine B
      E mer 2027-03-24 15:00:01 il cliente fissa mar 2027-03-30 10:00-12:00
      Allora l'Agente Virtuale accetta
      E il tecnico arriva mar 2027-03-30 10:00-12:00

    Scenario: La nuova fascia è occupata
      Dato che la lettura spostamenti ammessi è senza limite
      E che ogni fascia ha 1 posto
      E un ordine VULA FTTH di Alfa, detto A
      E un altro ordine VULA FTTH di Alfa, detto B
      Quando la rete notifica l'innesco di ogni ordine mar 2026-04-28 09:00:00
      E si parla dell'ordine A
      E mar 2026-04-28 15:00:00 il cliente fissa mar 2026-05-05 10:00-12:00
      E mer 2026-04-29 15:00:00 il cliente sposta a gio 2026-05-07 14:00-16:00
      E si parla dell'ordine B
      E mer 2026-04-29 15:00:01 il cliente fissa gio 2026-05-07 14:00-16:00
      Allora l'Agente Virtuale risponde di no: fascia esaurita
      E non c'è alcun appuntamento

    Scenario: Uno spostamento negato non libera la fascia
      Dato che la lettura spostamenti ammessi è senza limite
      E che ogni fascia ha 1 posto
      E un ordine VULA FTTH di Alfa, detto A
      E un altro ordine VULA FTTH di Alfa, detto B
      Quando la rete notifica l'innesco di ogni ordine mar 2026-03-24 09:00:00
      E si parla dell'ordine A
      E mar 2026-03-24 15:00:00 il cliente fissa mar 2026-03-31 10:00-12:00
      E si parla dell'ordine B
      E mar 2026-03-24 15:01:00 il cliente fissa gio 2026-04-02 14:00-16:00
      E si parla dell'ordine A
      E mer 2026-03-25 15:00:00 il cliente sposta a gio 2026-04-02 14:00-16:00
      Allora l'Agente Virtuale risponde di no: fascia esaurita
      E il tecnico arriva mar 2026-03-31 10:00-12:00

    Scenario: Con due posti quello lasciato libero si riempie una volta sola
      Dato che la lettura festività è nazionali
      E che la lettura spostamenti ammessi è senza limite
      E che ogni fascia ha 2 posti
      E un ordine VULA FTTH di Alfa, detto A
      E un altro ordine ULL di Alfa, detto B
      E un altro ordine VULA FTTCAB di Alfa, detto C
      E un altro ordine SLU di Alfa, detto D
      Quando la rete notifica l'innesco di ogni ordine mar 2027-11-02 09:00:00
      E si parla dell'ordine A
      E mar 2027-11-02 15:00:00 il cliente fissa mar 2027-11-09 10:00-12:00
      E si parla dell'ordine B
      E mar 2027-11-02 15:01:00 il cliente fissa mar 2027-11-09 10:00-12:00
      E si parla dell'ordine C
      E mar 2027-11-02 15:02:00 il cliente fissa mar 2027-11-09 10:00-12:00
      Allora l'Agente Virtuale risponde di no: fascia esaurita
      Quando si parla dell'ordine A
      E mer 2027-11-03 15:00:00 l'operatore sposta a gio 2027-11-11 14:00-16:00
      Allora l'Agente Virtuale accetta
      Quando si parla dell'ordine C
      E mer 2027-11-03 15:00:00 il cliente fissa mar 2027-11-09 10:00-12:00
      Allora l'Agente Virtuale accetta
      Quando si parla dell'ordine D
      E mer 2027-11-03 15:00:00 il cliente fissa mar 2027-11-09 10:00-12:00
      Allora l'Agente Virtuale risponde di no: fascia esaurita
      Quando si parla dell'ordine A
      E mer 2027-11-03 15:01:00 il cliente sposta a mar 2027-11-09 10:00-12:00
      Allora l'Agente Virtuale risponde di no: fascia esaurita
      E l'appuntamento è gio 2027-11-11 14:00-16:00
