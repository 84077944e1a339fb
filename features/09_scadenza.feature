# language: it
@OUT
Funzionalità: La scadenza del termine
  Se nei tre giorni lavorativi nessuno fissa, l'operatore riceve la causale di attesa e l'ordine torna a lui.

  Contesto:
    Dato l'operatore Alfa con codice progetto PRJ-ALFA
    E che la lettura griglia delle fasce è quella predefinita

  @OUT-1
  Regola: Se nessuno fissa nel termine, l'operatore riceve una sola causale di time-out: W24 o Z36

    Schema dello scenario: <servizio>: nessuno fissa, arriva <causale> una volta sola
      Dato che la lettura fine del terzo giorno è mezzanotte
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco <innesco>
      Allora l'operatore riceve <causale> non prima di <termine>
      E la notifica <causale> dice «<etichetta>»
      E nell'ordine l'operatore riceve <tutte>, e niente altro
      E nessun SMS di promemoria è inviato
      E nessun tecnico arriva

      Esempi:
        | servizio             | causale | etichetta                                                   | tutte        | innesco                 | termine                 |
        | ULL                  | Z36     | Attesa OLO per cliente irreperibile in fase di appuntamento | AC, Z18, Z36 | mar 2028-02-29 09:00:00 | ven 2028-03-03 00:00:00 |
        | SLU                  | Z36     | Attesa OLO per cliente irreperibile in fase di appuntamento | AC, Z18, Z36 | mar 2026-06-30 09:00:00 | ven 2026-07-03 00:00:00 |
        | VULA FTTCAB          | W24     | Attesa OLO per cliente irreperibile da remoto – time out KO | CO, W08, W24 | mar 2027-01-12 09:00:00 | ven 2027-01-15 00:00:00 |
        | VULA FTTH            | W24     | Attesa OLO per cliente irreperibile da remoto – time out KO | CO, W08, W24 | mar 2026-03-24 09:00:00 | ven 2026-03-27 00:00:00 |
        | Bitstream NGA FTTCAB | W24     | Attesa OLO per cliente irreperibile da remoto – time out KO | CO, W08, W24 | mar 2026-10-20 09:00:00 | ven 2026-10-23 00:00:00 |
        | Bitstream NGA FTTH   | W24     | Attesa OLO per cliente irreperibile da remoto – time out KO | CO, W08, W24 | mar 2028-02-29 09:00:00 | ven 2028-03-03 00:00:00 |

    Schema dello scenario: Guardare senza fissare (<chi>) non evita <causale>
      Dato che la lettura fine del terzo giorno è mezzanotte
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2026-06-30 09:00:00
      E mer 2026-07-01 15:00:00 <chi> apre il link
      Allora l'operatore riceve <causale> non prima di ven 2026-07-03 00:00:00

      Esempi:
        | chi         | causale |
        | il cliente  | W24     |
        | l'operatore | W24     |

    Scenario: Un tentativo negato non vale come appuntamento
      Dato che la lettura fine del terzo giorno è mezzanotte
      E un ordine ULL di Alfa
      Quando la rete notifica l'innesco mar 2026-09-29 09:00:00
      E mer 2026-09-30 15:00:00 il cliente fissa sab 2026-10-10 10:00-12:00
      Allora l'Agente Virtuale risponde di no: fascia non offerta
      E l'operatore riceve Z36 non prima di ven 2026-10-02 00:00:00

    Schema dello scenario: <servizio> annullato nel termine non riceve <causale>
      Dato che la lettura annullamento è ferma tutto
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2026-12-29 09:00:00
      E <quando> l'operatore annulla l'ordine
      Allora l'operatore non riceve <causale>

      Esempi:
        | servizio             | causale | quando                  |
        | ULL                  | Z36     | mar 2026-12-29 12:00:00 |
        | SLU                  | Z36     | mer 2026-12-30 12:00:00 |
        | VULA FTTCAB          | W24     | gio 2026-12-31 12:00:00 |
        | VULA FTTH            | W24     | mar 2026-12-29 12:00:00 |
        | Bitstream NGA FTTCAB | W24     | mer 2026-12-30 12:00:00 |
        | Bitstream NGA FTTH   | W24     | gio 2026-12-31 12:00:00 |

  @OUT-2
  Regola: La causale di time-out non precede la fine del termine e non tocca un ordine con appuntamento

    Schema dello scenario: SMS di <giorno> per <servizio>: nessun time-out fino a <prima>
      Dato che la lettura fine del terzo giorno è mezzanotte
      E che la lettura settimana lavorativa è lunedì-venerdì
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco <innesco>
      Allora l'operatore non riceve <causale> fino a <prima>
      E l'operatore riceve <causale> non prima di <scadenza>

      Esempi:
        | giorno    | servizio             | causale | innesco                 | prima                       | scadenza                |
        | lunedì    | ULL                  | Z36     | lun 2026-03-02 09:00:00 | mer 2026-03-04 23:59:59.999 | gio 2026-03-05 00:00:00 |
        | lunedì    | VULA FTTCAB          | W24     | lun 2026-03-02 09:00:00 | mer 2026-03-04 23:59:59.999 | gio 2026-03-05 00:00:00 |
        | martedì   | SLU                  | Z36     | mar 2027-01-12 09:00:00 | gio 2027-01-14 23:59:59.999 | ven 2027-01-15 00:00:00 |
        | martedì   | VULA FTTH            | W24     | mar 2026-03-31 09:00:00 | gio 2026-04-02 23:59:59.999 | ven 2026-04-03 00:00:00 |
        | mercoledì | ULL                  | Z36     | mer 2026-03-04 09:00:00 | ven 2026-03-06 23:59:59.999 | sab 2026-03-07 00:00:00 |
        | mercoledì | Bitstream NGA FTTCAB | W24     | mer 2026-03-04 09:00:00 | ven 2026-03-06 23:59:59.999 | sab 2026-03-07 00:00:00 |
        | giovedì   | SLU                  | Z36     | gio 2027-01-14 09:00:00 | lun 2027-01-18 23:59:59.999 | mar 2027-01-19 00:00:00 |
        | giovedì   | Bitstream NGA FTTH   | W24     | gio 2026-03-05 09:00:00 | lun 2026-03-09 23:59:59.999 | mar 2026-03-10 00:00:00 |
        | venerdì   | ULL                  | Z36     | ven 2026-03-06 09:00:00 | mar 2026-03-10 23:59:59.999 | mer 2026-03-11 00:00:00 |
        | venerdì   | VULA FTTCAB          | W24     | ven 2026-03-06 09:00:00 | mar 2026-03-10 23:59:59.999 | mer 2026-03-11 00:00:00 |

    Schema dello scenario: SMS di sabato con prima giornata <lettura>: time-out non prima di <scadenza>
      Dato che la lettura cadenza degli SMS è continua
      E che la lettura fine del terzo giorno è mezzanotte
      E che la lettura settimana lavorativa è lunedì-venerdì
      E che la lettura prima giornata è <lettura>
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco sab 2026-03-07 10:00:00
      Allora l'operatore non riceve W24 fino a <prima>
      E l'operatore riceve W24 non prima di <scadenza>

      Esempi:
        | lettura       | prima                       | scadenza                |
        | se lavorativa | mer 2026-03-11 23:59:59.999 | gio 2026-03-12 00:00:00 |
        | sempre        | mar 2026-03-10 23:59:59.999 | mer 2026-03-11 00:00:00 |

    Schema dello scenario: Settimana <settimana>, Innesco <innesco>: time-out non prima di <scadenza>
      Dato che la lettura fine del terzo giorno è mezzanotte
      E che la lettura settimana lavorativa è <settimana>
      E che la lettura prima giornata è se lavorativa
      E un ordine ULL di Alfa
      Quando la rete notifica l'innesco <innesco>
      Allora l'operatore non riceve Z36 fino a <prima>
      E l'operatore riceve Z36 non prima di <scadenza>

      Esempi:
        | settimana      | innesco                 | prima                   | scadenza                |
        | lunedì-venerdì | gio 2026-03-05 09:00:00 | lun 2026-03-09 23:59:59 | mar 2026-03-10 00:00:00 |
        | lunedì-sabato  | gio 2026-03-05 09:00:00 | sab 2026-03-07 23:59:59 | dom 2026-03-08 00:00:00 |
        | lunedì-sabato  | ven 2026-03-06 09:00:00 | lun 2026-03-09 23:59:59 | mar 2026-03-10 00:00:00 |
        | lunedì-sabato  | sab 2026-03-07 09:00:00 | mar 2026-03-10 23:59:59 | mer 2026-03-11 00:00:00 |

    Schema dello scenario: Terzo giorno fino alle <lettura>: time-out non prima di <scadenza>
      Dato che la lettura fine del terzo giorno è <lettura>
      E un ordine VULA FTTCAB di Alfa
      Quando la rete notifica l'innesco mar 2027-09-28 09:00:00
      Allora l'operatore non riceve W24 fino a <prima>
      E l'operatore riceve W24 non prima di <scadenza>

      Esempi:
        | lettura    | prima                   | scadenza                |
        | mezzanotte | gio 2027-09-30 23:59:59 | ven 2027-10-01 00:00:00 |
        | alle 20    | gio 2027-09-30 19:59:59 | gio 2027-09-30 20:00:00 |
        | alle 18    | gio 2027-09-30 17:59:59 | gio 2027-09-30 18:00:00 |

    Schema dello scenario: <occasione> nel termine: <servizio> non scade prima di <scadenza>
      Dato che la lettura festività è nazionali
      E che la lettura cadenza degli SMS è continua
      E che la lettura fine del terzo giorno è mezzanotte
      E che la lettura settimana lavorativa è lunedì-venerdì
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco <innesco>
      Allora l'operatore non riceve <causale> fino a <prima>
      E l'operatore riceve <causale> non prima di <scadenza>

      Esempi: ogni festività nazionale in un giorno feriale
        | occasione             | servizio             | causale | innesco                 | prima                       | scadenza                |
        | Capodanno             | ULL                  | Z36     | mer 2025-12-31 09:00:00 | lun 2026-01-05 23:59:59.999 | mar 2026-01-06 00:00:00 |
        | L'Epifania            | SLU                  | Z36     | lun 2026-01-05 09:00:00 | gio 2026-01-08 23:59:59.999 | ven 2026-01-09 00:00:00 |
        | Il Lunedì dell'Angelo | VULA FTTCAB          | W24     | ven 2026-04-03 09:00:00 | mer 2026-04-08 23:59:59.999 | gio 2026-04-09 00:00:00 |
        | La Liberazione        | VULA FTTH            | W24     | lun 2028-04-24 09:00:00 | gio 2028-04-27 23:59:59.999 | ven 2028-04-28 00:00:00 |
        | Il 1° maggio          | Bitstream NGA FTTCAB | W24     | gio 2026-04-30 09:00:00 | mar 2026-05-05 23:59:59.999 | mer 2026-05-06 00:00:00 |
        | Il 2 giugno           | Bitstream NGA FTTH   | W24     | lun 2026-06-01 09:00:00 | gio 2026-06-04 23:59:59.999 | ven 2026-06-05 00:00:00 |
        | Ferragosto            | ULL                  | Z36     | lun 2028-08-14 09:00:00 | gio 2028-08-17 23:59:59.999 | ven 2028-08-18 00:00:00 |
        | Il 4 ottobre          | SLU                  | Z36     | ven 2027-10-01 09:00:00 | mer 2027-10-06 23:59:59.999 | gio 2027-10-07 00:00:00 |
        | Ognissanti            | VULA FTTCAB          | W24     | ven 2027-10-29 09:00:00 | mer 2027-11-03 23:59:59.999 | gio 2027-11-04 00:00:00 |
        | L'Immacolata          | VULA FTTH            | W24     | lun 2026-12-07 09:00:00 | gio 2026-12-10 23:59:59.999 | ven 2026-12-11 00:00:00 |
        | Natale                | Bitstream NGA FTTCAB | W24     | gio 2026-12-24 09:00:00 | mar 2026-12-29 23:59:59.999 | mer 2026-12-30 00:00:00 |
        | Santo Stefano         | Bitstream NGA FTTH   | W24     | ven 2028-12-22 09:00:00 | gio 2028-12-28 23:59:59.999 | ven 2028-12-29 00:00:00 |

      Esempi: notti che non sono come le altre
        | occasione           | servizio           | causale | innesco                 | prima                       | scadenza                |
        | A cavallo d'anno    | ULL                | Z36     | mer 2026-12-30 10:00:00 | lun 2027-01-04 23:59:59.999 | mar 2027-01-05 00:00:00 |
        | Anno bisestile      | SLU                | Z36     | lun 2028-02-28 17:00:00 | mer 2028-03-01 23:59:59.999 | gio 2028-03-02 00:00:00 |
        | Ora legale in mezzo | VULA FTTH          | W24     | ven 2026-03-27 10:00:00 | mar 2026-03-31 23:59:59.999 | mer 2026-04-01 00:00:00 |
        | Ora solare in mezzo | Bitstream NGA FTTH | W24     | ven 2026-10-23 10:00:00 | mar 2026-10-27 23:59:59.999 | mer 2026-10-28 00:00:00 |

    Schema dello scenario: <servizio> fissato <momento>: nessun time-out
      Dato che la lettura giorni offerti è 30
      E che la lettura fine del terzo giorno è mezzanotte
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2027-11-30 09:00:00
      E <quando> il cliente fissa mar 2027-12-14 10:00-12:00
      Allora l'operatore non riceve <causale>
      E il tecnico arriva mar 2027-12-14 10:00-12:00

      Esempi:
        | servizio             | momento            | quando                  | causale |
        | ULL                  | la mattina stessa  | mar 2027-11-30 11:00:00 | Z36     |
        | ULL                  | all'ultimo secondo | gio 2027-12-02 23:59:59 | Z36     |
        | SLU                  | la mattina stessa  | mar 2027-11-30 11:00:00 | Z36     |
        | SLU                  | all'ultimo secondo | gio 2027-12-02 23:59:59 | Z36     |
        | VULA FTTCAB          | la mattina stessa  | mar 2027-11-30 11:00:00 | W24     |
        | VULA FTTCAB          | all'ultimo secondo | gio 2027-12-02 23:59:59 | W24     |
        | VULA FTTH            | la mattina stessa  | mar 2027-11-30 11:00:00 | W24     |
        | VULA FTTH            | all'ultimo secondo | gio 2027-12-02 23:59:59 | W24     |
        | Bitstream NGA FTTCAB | la mattina stessa  | mar 2027-11-30 11:00:00 | W24     |
        | Bitstream NGA FTTCAB | all'ultimo secondo | gio 2027-12-02 23:59:59 | W24     |
        | Bitstream NGA FTTH   | la mattina stessa  | mar 2027-11-30 11:00:00 | W24     |
        | Bitstream NGA FTTH   | all'ultimo secondo | gio 2027-12-02 23:59:59 | W24     |

  @OUT-3
  Regola: Dopo il time-out l'ordine torna all'operatore
    È una lettura: il testo dice soltanto che dopo la causale si prosegue come nelle Offerte di Riferimento.

    Schema dello scenario: <servizio>: con <causale> l'ordine torna all'operatore
      Dato che la lettura fine del terzo giorno è mezzanotte
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2026-10-27 09:00:00
      Allora l'operatore riceve <causale> non prima di ven 2026-10-30 00:00:00
      E l'ordine torna all'operatore non prima di ven 2026-10-30 00:00:00
      E l'ordine non torna all'operatore prima di <causale>
      E nessun tecnico arriva

      Esempi:
        | servizio             | causale |
        | ULL                  | Z36     |
        | SLU                  | Z36     |
        | VULA FTTCAB          | W24     |
        | VULA FTTH            | W24     |
        | Bitstream NGA FTTCAB | W24     |
        | Bitstream NGA FTTH   | W24     |

    Schema dello scenario: <servizio> con appuntamento non torna all'operatore
      Dato che la lettura giorni offerti è 30
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2026-12-22 09:00:00
      E mer 2026-12-23 15:00:00 l'operatore fissa mar 2027-01-05 10:00-12:00
      Allora l'ordine non torna all'operatore

      Esempi:
        | servizio             |
        | ULL                  |
        | SLU                  |
        | VULA FTTCAB          |
        | VULA FTTH            |
        | Bitstream NGA FTTCAB |
        | Bitstream NGA FTTH   |

    Scenario: Un ordine annullato non scade
      Dato che la lettura annullamento è ferma tutto
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2027-03-23 09:00:00
      E mer 2027-03-24 15:00:00 l'operatore annulla l'ordine
      Allora l'operatore non riceve W24
      E l'ordine non torna all'operatore

    Scenario: Un ordine annullato prima della finestra non riceve nulla
      Dato un ordine ULL di Alfa
      Quando la rete notifica AC mar 2028-02-22 22:00:00
      E mer 2028-02-23 06:59:59 l'operatore annulla l'ordine
      Allora nessun SMS di ingaggio è inviato
      E nell'ordine l'operatore riceve AC, e niente altro
