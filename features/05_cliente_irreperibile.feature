# language: it
@UNR
Funzionalità: Cliente irreperibile: la prima causale
  Dopo l'SMS di ingaggio l'operatore sa che il cliente non è stato ancora raggiunto, e la sospensione comincia.

  Contesto:
    Dato l'operatore Alfa con codice progetto PRJ-ALFA
    E che la lettura griglia delle fasce è quella predefinita

  @UNR-1
  Regola: Dopo l'SMS di ingaggio l'operatore riceve una sola causale di cliente irreperibile: W08 o Z18

    Schema dello scenario: <servizio> riceve <causale> dopo l'SMS, una volta sola
      Dato che la lettura prima causale comunque è sì
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco <linea>
      Allora l'operatore riceve <causale> dopo l'SMS di ingaggio
      E la notifica <causale> dice «<etichetta>»
      E nell'ordine l'operatore riceve <innesco>, <causale>, <scaduto>, e niente altro

      Esempi:
        | servizio             | innesco | causale | etichetta                                          | scaduto | linea                   |
        | ULL                  | AC      | Z18     | Causa cliente irreperibile in fase di appuntamento | Z36     | mar 2026-03-31 09:00:00 |
        | SLU                  | AC      | Z18     | Causa cliente irreperibile in fase di appuntamento | Z36     | mar 2026-06-30 09:00:00 |
        | VULA FTTCAB          | CO      | W08     | Cliente non reperibile                             | W24     | mar 2027-01-12 09:00:00 |
        | VULA FTTH            | CO      | W08     | Cliente non reperibile                             | W24     | mar 2026-03-24 09:00:00 |
        | Bitstream NGA FTTCAB | CO      | W08     | Cliente non reperibile                             | W24     | mar 2026-10-20 09:00:00 |
        | Bitstream NGA FTTH   | CO      | W08     | Cliente non reperibile                             | W24     | mar 2028-02-29 09:00:00 |

    Schema dello scenario: SMS <momento>: <causale> lo segue
      Dato che la lettura cadenza degli SMS è continua
      E che la lettura prima causale comunque è sì
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco <innesco>
      Allora l'operatore riceve <causale> dopo l'SMS di ingaggio
      E l'operatore riceve <causale> non prima di <sms>

      Esempi:
        | momento                       | servizio             | innesco                 | sms                     | causale |
        | di mattina                    | ULL                  | mar 2027-09-28 09:00:00 | mar 2027-09-28 09:00:00 | Z18     |
        | all'apertura                  | VULA FTTH            | mar 2026-04-28 02:00:00 | mar 2026-04-28 07:00:00 | W08     |
        | alla chiusura                 | VULA FTTCAB          | mar 2027-01-12 19:59:59 | mar 2027-01-12 19:59:59 | W08     |
        | l'indomani                    | SLU                  | mar 2026-03-03 20:00:01 | mer 2026-03-04 07:00:00 | Z18     |
        | il lunedì                     | Bitstream NGA FTTH   | dom 2026-03-08 10:00:00 | lun 2026-03-09 07:00:00 | W08     |
        | dopo la notte dell'ora solare | Bitstream NGA FTTCAB | dom 2026-10-25 02:30:00 | lun 2026-10-26 07:00:00 | W08     |

    Schema dello scenario: Anche se il cliente fissa dopo pochi secondi <servizio> riceve <causale>
      Dato che la lettura prima causale comunque è sì
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2026-10-27 09:00:00
      E appena riceve l'SMS il cliente fissa lun 2026-11-02 10:00-12:00
      Allora nell'ordine l'operatore riceve <tutte>, e niente altro

      Esempi:
        | servizio  | causale | tutte        |
        | ULL       | Z18     | AC, Z18, PA  |
        | VULA FTTH | W08     | CO, W08, W09 |

  @UNR-2
  Regola: La causale di cliente irreperibile segue l'SMS e precede ogni altra causale del servizio

    Schema dello scenario: <servizio>: <innesco>, poi l'SMS, poi <causale>, poi <fine>
      Dato che la lettura prima causale comunque è sì
      E un ordine <servizio> di Alfa
      Quando la rete notifica <innesco> <giorno> 06:59:59
      E il tempo passa fino a <giorno> 06:59:59
      Allora l'operatore non riceve <causale> fino a <giorno> 06:59:59
      E l'operatore riceve <causale> dopo l'SMS di ingaggio
      E nell'ordine l'operatore riceve <innesco>, <causale>, <fine>, e niente altro

      Esempi:
        | servizio             | innesco | causale | fine | giorno         |
        | ULL                  | AC      | Z18     | Z36  | mar 2028-02-29 |
        | SLU                  | AC      | Z18     | Z36  | sab 2026-03-28 |
        | VULA FTTCAB          | CO      | W08     | W24  | sab 2027-10-02 |
        | VULA FTTH            | CO      | W08     | W24  | gio 2026-12-31 |
        | Bitstream NGA FTTCAB | CO      | W08     | W24  | sab 2026-10-24 |
        | Bitstream NGA FTTH   | CO      | W08     | W24  | mar 2026-04-07 |

    Schema dello scenario: Se la lettura è no e nessuno fissa <servizio> riceve comunque <causale>
      Dato che la lettura prima causale comunque è no
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco <innesco>
      Allora l'operatore riceve <causale> dopo l'SMS di ingaggio
      E nell'ordine l'operatore riceve <tutte>, e niente altro

      Esempi:
        | servizio    | causale | innesco                 | tutte        |
        | ULL         | Z18     | mar 2027-03-23 09:00:00 | AC, Z18, Z36 |
        | SLU         | Z18     | mar 2028-02-22 17:00:00 | AC, Z18, Z36 |
        | VULA FTTCAB | W08     | mar 2027-11-02 15:00:00 | CO, W08, W24 |
        | VULA FTTH   | W08     | mar 2026-03-24 19:00:00 | CO, W08, W24 |

    Schema dello scenario: Se la lettura è no e si fissa subito <servizio> non riceve <causale>
      Dato che la lettura prima causale comunque è no
      E che la lettura cadenza dei file è da tabella
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2026-08-11 09:00:00
      E appena riceve l'SMS il cliente fissa lun 2026-08-17 10:00-12:00
      Allora nell'ordine l'operatore riceve <tutte>, e niente altro

      Esempi:
        | servizio  | causale | tutte   |
        | ULL       | Z18     | AC, PA  |
        | VULA FTTH | W08     | CO, W09 |

    Schema dello scenario: Se la lettura è no e si rifiuta prima della corsa <servizio> riceve <tutte>
      Dato che la lettura prima causale comunque è no
      E che la lettura causale del rifiuto è immediata
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2027-01-05 09:00:00
      E mar 2027-01-05 10:00:00 il cliente rifiuta
      Allora nell'ordine l'operatore riceve <tutte>, e niente altro

      Esempi:
        | servizio    | tutte        |
        | SLU         | AC, Z18, Z36 |
        | VULA FTTCAB | CO, W08, W24 |

  @UNR-3
  Regola: La causale di cliente irreperibile apre la sospensione nel computo dello SLA

    Schema dello scenario: <servizio>: la sospensione comincia con <causale>
      Dato che la lettura prima causale comunque è sì
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco <giorno> 09:00:00
      Allora la sospensione si apre con <causale>

      Esempi:
        | servizio             | causale | giorno         |
        | ULL                  | Z18     | lun 2026-06-01 |
        | SLU                  | Z18     | lun 2026-10-26 |
        | VULA FTTCAB          | W08     | lun 2026-03-30 |
        | VULA FTTH            | W08     | gio 2027-01-07 |
        | Bitstream NGA FTTCAB | W08     | sab 2026-05-02 |
        | Bitstream NGA FTTH   | W08     | mar 2027-11-02 |

    Schema dello scenario: La sospensione di <servizio> comincia con <causale> anche se la causale aspetta
      Dato che la lettura prima causale comunque è no
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco <giorno> 09:00:00
      Allora la sospensione si apre con <causale>

      Esempi:
        | servizio  | causale | giorno         |
        | SLU       | Z18     | ven 2026-08-14 |
        | VULA FTTH | W08     | lun 2026-12-07 |

    Schema dello scenario: <servizio>: con la lettura <lettura> la sospensione si chiude con <causa>
      Dato che la lettura ripresa dello SLA è <lettura>
      E che la lettura prima causale comunque è sì
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2026-10-20 09:00:00
      E mar 2026-10-20 15:00:00 il cliente fissa gio 2026-10-22 10:00-12:00
      Allora la sospensione si apre con <causale>
      E la sospensione si chiude con <causa>
      E gio 2026-10-22 10:00:00 il tempo sospeso va dall'apertura alla chiusura: al più <ore> ore su 58

      Esempi:
        | servizio             | causale | lettura      | causa        | ore |
        | ULL                  | Z18     | appuntamento | appuntamento | 49  |
        | SLU                  | Z18     | prenotazione | prenotazione | 6   |
        | ULL                  | Z18     | visita       | visita       | 49  |
        | VULA FTTCAB          | W08     | appuntamento | appuntamento | 49  |
        | VULA FTTH            | W08     | prenotazione | prenotazione | 6   |
        | Bitstream NGA FTTCAB | W08     | visita       | visita       | 49  |
        | Bitstream NGA FTTH   | W08     | appuntamento | appuntamento | 49  |

    Schema dello scenario: <servizio>: dopo uno spostamento la sospensione segue l'appuntamento in vigore (lettura <lettura>)
      Dato che la lettura spostamenti ammessi è senza limite
      E che la lettura ripresa dello SLA è <lettura>
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2028-02-29 09:00:00
      E mar 2028-02-29 15:00:00 il cliente fissa gio 2028-03-02 10:00-12:00
      E mer 2028-03-01 09:00:00 il cliente sposta a mar 2028-03-07 08:00-10:00
      Allora l'appuntamento è mar 2028-03-07 08:00-10:00
      E la sospensione si chiude con <causa>

      Esempi:
        | servizio    | lettura      | causa        |
        | ULL         | appuntamento | appuntamento |
        | SLU         | visita       | visita       |
        | VULA FTTCAB | appuntamento | appuntamento |
        | VULA FTTH   | visita       | visita       |

    Scenario: Nella notte dell'ora legale un'ora di sospensione non c'è
      Dato che la lettura prima causale comunque è sì
      E che la lettura ripresa dello SLA è appuntamento
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco ven 2026-03-27 09:00:00
      E ven 2026-03-27 15:00:00 il cliente fissa lun 2026-03-30 10:00-12:00
      Allora la sospensione si chiude con appuntamento
      E lun 2026-03-30 10:00:00 il tempo sospeso va dall'apertura alla chiusura: al più 72 ore su 81

    Scenario: Nella notte dell'ora solare un'ora di sospensione in più
      Dato che la lettura prima causale comunque è sì
      E che la lettura ripresa dello SLA è appuntamento
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco ven 2026-10-23 09:00:00
      E ven 2026-10-23 15:00:00 il cliente fissa lun 2026-10-26 10:00-12:00
      Allora la sospensione si chiude con appuntamento
      E lun 2026-10-26 10:00:00 il tempo sospeso va dall'apertura alla chiusura: al più 74 ore su 83

    Schema dello scenario: <servizio>: con il time-out la sospensione resta aperta
      Dato un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco <giorno> 09:00:00
      Allora la sospensione resta aperta

      Esempi:
        | servizio  | giorno         |
        | ULL       | ven 2026-04-03 |
        | VULA FTTH | gio 2026-12-24 |

    Schema dello scenario: <servizio>: con il rifiuto la sospensione resta aperta
      Dato un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco <giorno> 09:00:00
      E <giorno> 10:00:00 il cliente rifiuta
      Allora la sospensione resta aperta

      Esempi:
        | servizio    | giorno         |
        | SLU         | mar 2028-02-29 |
        | VULA FTTCAB | ven 2026-03-27 |

    Schema dello scenario: <servizio>: un ordine annullato chiude la sospensione
      Dato un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2026-12-29 09:00:00
      E mer 2026-12-30 11:00:00 l'operatore annulla l'ordine
      Allora la sospensione si chiude con annullamento

      Esempi:
        | servizio  |
        | ULL       |
        | VULA FTTH |
