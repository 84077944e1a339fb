# language: it
@INV
Funzionalità: Quello che deve valere sempre
  Conseguenze delle regole prese insieme, qualunque sia la storia di un ordine.

  Contesto:
    Dato l'operatore Alfa con codice progetto PRJ-ALFA
    E che la lettura griglia delle fasce è quella predefinita

  @INV-1
  Regola: Ogni famiglia di servizi riceve soltanto le proprie causali

    Schema dello scenario: <servizio> <fine>: soltanto <tutte>
      Dato un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2027-01-05 09:00:00
      E mer 2027-01-06 15:00:00 il cliente <atto>
      Allora nell'ordine l'operatore riceve <tutte>, e niente altro
      E l'operatore non riceve <altre>

      Esempi:
        | servizio             | fine      | atto                             | tutte        | altre         |
        | ULL                  | fissato   | fissa mar 2027-01-12 10:00-12:00 | AC, Z18, PA  | W08, W09, W24 |
        | ULL                  | rifiutato | rifiuta                          | AC, Z18, Z36 | W08, W09, W24 |
        | SLU                  | fissato   | fissa mar 2027-01-12 10:00-12:00 | AC, Z18, PA  | W08, W09, W24 |
        | SLU                  | rifiutato | rifiuta                          | AC, Z18, Z36 | W08, W09, W24 |
        | VULA FTTCAB          | fissato   | fissa mar 2027-01-12 10:00-12:00 | CO, W08, W09 | Z18, PA, Z36  |
        | VULA FTTCAB          | rifiutato | rifiuta                          | CO, W08, W24 | Z18, PA, Z36  |
        | VULA FTTH            | fissato   | fissa mar 2027-01-12 10:00-12:00 | CO, W08, W09 | Z18, PA, Z36  |
        | VULA FTTH            | rifiutato | rifiuta                          | CO, W08, W24 | Z18, PA, Z36  |
        | Bitstream NGA FTTCAB | fissato   | fissa mar 2027-01-12 10:00-12:00 | CO, W08, W09 | Z18, PA, Z36  |
        | Bitstream NGA FTTCAB | rifiutato | rifiuta                          | CO, W08, W24 | Z18, PA, Z36  |
        | Bitstream NGA FTTH   | fissato   | fissa mar 2027-01-12 10:00-12:00 | CO, W08, W09 | Z18, PA, Z36  |
        | Bitstream NGA FTTH   | rifiutato | rifiuta                          | CO, W08, W24 | Z18, PA, Z36  |

  @INV-2
  Regola: Ogni ordine del servizio finisce in un solo modo: fissato, rifiutato, scaduto o annullato

    Schema dello scenario: <servizio>: un ordine <fine> finisce così e basta
      Dato un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2026-12-22 09:00:00
      E mer 2026-12-23 15:00:00 <atto>
      Allora nell'ordine l'operatore riceve <tutte>, e niente altro

      Esempi:
        | servizio             | fine      | atto                                         | tutte        |
        | ULL                  | fissato   | l'operatore fissa mar 2026-12-29 10:00-12:00 | AC, Z18, PA  |
        | ULL                  | rifiutato | l'operatore rifiuta                          | AC, Z18, Z36 |
        | ULL                  | annullato | l'operatore annulla l'ordine                 | AC, Z18      |
        | ULL                  | scaduto   | il cliente apre il link                      | AC, Z18, Z36 |
        | SLU                  | fissato   | l'operatore fissa mar 2026-12-29 10:00-12:00 | AC, Z18, PA  |
        | SLU                  | rifiutato | l'operatore rifiuta                          | AC, Z18, Z36 |
        | SLU                  | annullato | l'operatore annulla l'ordine                 | AC, Z18      |
        | SLU                  | scaduto   | il cliente apre il link                      | AC, Z18, Z36 |
        | VULA FTTCAB          | fissato   | l'operatore fissa mar 2026-12-29 10:00-12:00 | CO, W08, W09 |
        | VULA FTTCAB          | rifiutato | l'operatore rifiuta                          | CO, W08, W24 |
        | VULA FTTCAB          | annullato | l'operatore annulla l'ordine                 | CO, W08      |
        | VULA FTTCAB          | scaduto   | il cliente apre il link                      | CO, W08, W24 |
        | VULA FTTH            | fissato   | l'operatore fissa mar 2026-12-29 10:00-12:00 | CO, W08, W09 |
        | VULA FTTH            | rifiutato | l'operatore rifiuta                          | CO, W08, W24 |
        | VULA FTTH            | annullato | l'operatore annulla l'ordine                 | CO, W08      |
        | VULA FTTH            | scaduto   | il cliente apre il link                      | CO, W08, W24 |
        | Bitstream NGA FTTCAB | fissato   | l'operatore fissa mar 2026-12-29 10:00-12:00 | CO, W08, W09 |
        | Bitstream NGA FTTCAB | rifiutato | l'operatore rifiuta                          | CO, W08, W24 |
        | Bitstream NGA FTTCAB | annullato | l'operatore annulla l'ordine                 | CO, W08      |
        | Bitstream NGA FTTCAB | scaduto   | il cliente apre il link                      | CO, W08, W24 |
        | Bitstream NGA FTTH   | fissato   | l'operatore fissa mar 2026-12-29 10:00-12:00 | CO, W08, W09 |
        | Bitstream NGA FTTH   | rifiutato | l'operatore rifiuta                          | CO, W08, W24 |
        | Bitstream NGA FTTH   | annullato | l'operatore annulla l'ordine                 | CO, W08      |
        | Bitstream NGA FTTH   | scaduto   | il cliente apre il link                      | CO, W08, W24 |

    Schema dello scenario: <servizio> annullato <momento>: poi non accade più nulla
      Dato che la lettura annullamento è ferma tutto
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2026-03-24 09:00:00
      E mer 2026-03-25 15:00:00 <atto>
      E <quando> l'operatore annulla l'ordine
      Allora dopo <quando> all'ordine non accade più nulla, riga del file a parte
      E nell'ordine l'operatore riceve <tutte>, e niente altro
      E nessun tecnico arriva

      Esempi:
        | servizio             | momento                 | atto                                         | quando                  | tutte        |
        | ULL                  | senza appuntamento      | il cliente apre il link                      | gio 2026-03-26 12:00:00 | AC, Z18      |
        | SLU                  | prima del promemoria    | il cliente fissa mar 2026-03-31 10:00-12:00  | ven 2026-03-27 12:00:00 | AC, Z18, PA  |
        | VULA FTTCAB          | senza appuntamento      | l'operatore apre il link                     | gio 2026-03-26 09:00:00 | CO, W08      |
        | VULA FTTH            | alla vigilia dopo le 18 | l'operatore fissa mar 2026-03-31 10:00-12:00 | lun 2026-03-30 19:00:00 | CO, W08, W09 |
        | Bitstream NGA FTTCAB | prima del promemoria    | l'operatore fissa mar 2026-03-31 10:00-12:00 | gio 2026-03-26 12:00:00 | CO, W08, W09 |
        | Bitstream NGA FTTH   | il mattino della visita | il cliente fissa mar 2026-03-31 10:00-12:00  | mar 2026-03-31 07:00:00 | CO, W08, W09 |

    Schema dello scenario: <servizio> annullato: <chi> che vuole <cosa> riceve un no
      Dato che la lettura annullamento è ferma tutto
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2026-03-31 09:00:00
      E <prima>
      E mer 2026-04-01 15:00:00 l'operatore annulla l'ordine
      E gio 2026-04-02 10:00:00 <chi> <atto>
      Allora l'Agente Virtuale risponde di no: ordine chiuso
      E dopo mer 2026-04-01 15:00:00 all'ordine non accade più nulla, riga del file a parte

      Esempi:
        | servizio             | chi         | cosa      | prima                                                               | atto                                |
        | ULL                  | il cliente  | fissare   | mer 2026-04-01 10:00:00 il cliente apre il link                     | fissa mar 2026-04-07 10:00-12:00    |
        | SLU                  | l'operatore | fissare   | mer 2026-04-01 10:00:00 il cliente apre il link                     | fissa mar 2026-04-07 10:00-12:00    |
        | VULA FTTCAB          | il cliente  | spostare  | mer 2026-04-01 10:00:00 il cliente fissa mar 2026-04-07 10:00-12:00 | sposta a gio 2026-04-09 10:00-12:00 |
        | VULA FTTH            | l'operatore | spostare  | mer 2026-04-01 10:00:00 il cliente fissa mar 2026-04-07 10:00-12:00 | sposta a gio 2026-04-09 10:00-12:00 |
        | Bitstream NGA FTTCAB | il cliente  | rifiutare | mer 2026-04-01 10:00:00 il cliente apre il link                     | rifiuta                             |
        | Bitstream NGA FTTH   | l'operatore | rifiutare | mer 2026-04-01 10:00:00 il cliente apre il link                     | rifiuta                             |

    Schema dello scenario: <servizio> annullato prima dell'SMS: non parte nulla, nemmeno la riga
      Dato un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco sab 2026-03-07 21:00:00
      E dom 2026-03-08 12:00:00 l'operatore annulla l'ordine
      Allora nessun SMS di ingaggio è inviato
      E l'ordine ha in tutto 0 righe nei file CSV
      E dopo dom 2026-03-08 12:00:00 all'ordine non accade più nulla, riga del file a parte

      Esempi:
        | servizio             |
        | ULL                  |
        | SLU                  |
        | VULA FTTCAB          |
        | VULA FTTH            |
        | Bitstream NGA FTTCAB |
        | Bitstream NGA FTTH   |

    Schema dello scenario: <servizio> fissato e annullato nello stesso istante: nessuno arriva
      Dato che la lettura annullamento è ferma tutto
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2027-09-28 09:00:00
      E mer 2027-09-29 15:00:00 il cliente fissa mar 2027-10-05 10:00-12:00
      E mer 2027-09-29 15:00:00 l'operatore annulla l'ordine
      E mer 2027-09-29 15:00:00 l'operatore fissa mer 2027-10-06 10:00-12:00
      Allora l'Agente Virtuale risponde di no: ordine chiuso
      E nessun tecnico arriva
      E nessun SMS di promemoria è inviato

      Esempi:
        | servizio  |
        | SLU       |
        | VULA FTTH |

  @INV-3
  Regola: Senza SMS di ingaggio non c'è nient'altro del servizio

    Scenario: Prima dell'SMS non c'è nulla del servizio
      Dato un ordine VULA FTTH di Alfa
      Quando la rete notifica CO sab 2026-03-07 21:00:00
      E il tempo passa fino a lun 2026-03-09 06:59:59
      Allora nessun SMS di ingaggio è inviato fino a lun 2026-03-09 06:59:59
      E l'operatore non riceve W08, W09, W24 fino a lun 2026-03-09 06:59:59
      E l'ordine non ha righe nei file CSV fino a lun 2026-03-09 06:59:59
      E l'SMS di ingaggio parte non prima di lun 2026-03-09 07:00:00

    Schema dello scenario: <servizio> senza <innesco>: nessuna riga, nessuna causale, nessun promemoria
      Dato un ordine <servizio> di Alfa
      Quando il tempo passa fino a gio 2026-03-12 12:00:00
      Allora nessun SMS di ingaggio è inviato
      E nessun SMS di promemoria è inviato
      E l'ordine ha in tutto 0 righe nei file CSV
      E l'operatore non riceve W08, W09, W24, Z18, PA, Z36

      Esempi:
        | servizio             | innesco |
        | ULL                  | AC      |
        | SLU                  | AC      |
        | VULA FTTCAB          | CO      |
        | VULA FTTH            | CO      |
        | Bitstream NGA FTTCAB | CO      |
        | Bitstream NGA FTTH   | CO      |

    Schema dello scenario: <servizio> fuori dalla finestra: prima dell'SMS non c'è nulla del servizio
      Dato un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco sab 2026-03-07 21:00:00
      E il tempo passa fino a lun 2026-03-09 06:59:59
      Allora nessun SMS di ingaggio è inviato fino a lun 2026-03-09 06:59:59
      E l'operatore non riceve W08, W09, W24, Z18, PA, Z36 fino a lun 2026-03-09 06:59:59
      E l'ordine non ha righe nei file CSV fino a lun 2026-03-09 06:59:59
      E ogni riga, causale e promemoria segue l'SMS di ingaggio del suo ordine

      Esempi:
        | servizio             |
        | ULL                  |
        | SLU                  |
        | VULA FTTCAB          |
        | VULA FTTH            |
        | Bitstream NGA FTTCAB |
        | Bitstream NGA FTTH   |

    Schema dello scenario: <servizio> <fine>: ogni riga, causale e promemoria ha prima il suo SMS
      Dato un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2027-03-23 09:00:00
      E mer 2027-03-24 15:00:00 <atto>
      Allora ogni riga, causale e promemoria segue l'SMS di ingaggio del suo ordine
      E l'ordine riceve SMS, riga del file e causale

      Esempi:
        | servizio             | fine      | atto                                         |
        | ULL                  | fissato   | il cliente fissa mar 2027-03-30 10:00-12:00  |
        | SLU                  | scaduto   | l'operatore apre il link                     |
        | VULA FTTCAB          | rifiutato | il cliente rifiuta                           |
        | VULA FTTH            | fissato   | l'operatore fissa mar 2027-03-30 10:00-12:00 |
        | Bitstream NGA FTTCAB | scaduto   | il cliente apre il link                      |
        | Bitstream NGA FTTH   | rifiutato | l'operatore rifiuta                          |

    Schema dello scenario: <con> e <senza> insieme: chi non ha l'SMS non ha nemmeno la riga
      Dato un ordine <con> di Alfa, detto A
      E un altro ordine <senza> di Alfa, detto B
      E un altro ordine <con> di Alfa, senza codice, detto C
      Quando si parla dell'ordine A
      E la rete notifica l'innesco <giorno> 09:00:00
      E si parla dell'ordine C
      E la rete notifica l'innesco <giorno> 09:00:00
      E si parla dell'ordine A
      Allora ogni riga, causale e promemoria segue l'SMS di ingaggio del suo ordine
      E l'ordine ha in tutto 1 riga nei file CSV
      E il file CSV con l'ordine ha 1 riga
      Quando si parla dell'ordine B
      Allora del servizio non accade nulla
      Quando si parla dell'ordine C
      Allora del servizio non accade nulla

      Esempi:
        | con                | senza                | giorno         |
        | ULL                | SLU                  | lun 2026-12-07 |
        | SLU                | VULA FTTCAB          | ven 2026-04-03 |
        | VULA FTTH          | ULL                  | gio 2026-12-24 |
        | Bitstream NGA FTTH | Bitstream NGA FTTCAB | mar 2028-02-29 |

  @INV-4
  Regola: La causale di appuntamento preso e quella di attesa si escludono sullo stesso ordine

    Schema dello scenario: <servizio> <fine>: <presente> e mai <assente>
      Dato che la lettura giorni offerti è 30
      E che la lettura fine del terzo giorno è mezzanotte
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2027-11-02 09:00:00
      E gio 2027-11-04 23:59:59 il cliente <atto>
      Allora l'operatore non riceve <assente>
      E l'operatore riceve <presente> non prima di <quando>

      Esempi:
        | servizio             | fine      | atto                             | presente | quando                  | assente |
        | ULL                  | fissato   | fissa mar 2027-11-16 10:00-12:00 | PA       | gio 2027-11-04 23:59:59 | Z36     |
        | ULL                  | scaduto   | apre il link                     | Z36      | ven 2027-11-05 00:00:00 | PA      |
        | ULL                  | rifiutato | rifiuta                          | Z36      | gio 2027-11-04 23:59:59 | PA      |
        | SLU                  | fissato   | fissa mar 2027-11-16 10:00-12:00 | PA       | gio 2027-11-04 23:59:59 | Z36     |
        | SLU                  | scaduto   | apre il link                     | Z36      | ven 2027-11-05 00:00:00 | PA      |
        | SLU                  | rifiutato | rifiuta                          | Z36      | gio 2027-11-04 23:59:59 | PA      |
        | VULA FTTCAB          | fissato   | fissa mar 2027-11-16 10:00-12:00 | W09      | gio 2027-11-04 23:59:59 | W24     |
        | VULA FTTCAB          | scaduto   | apre il link                     | W24      | ven 2027-11-05 00:00:00 | W09     |
        | VULA FTTCAB          | rifiutato | rifiuta                          | W24      | gio 2027-11-04 23:59:59 | W09     |
        | VULA FTTH            | fissato   | fissa mar 2027-11-16 10:00-12:00 | W09      | gio 2027-11-04 23:59:59 | W24     |
        | VULA FTTH            | scaduto   | apre il link                     | W24      | ven 2027-11-05 00:00:00 | W09     |
        | VULA FTTH            | rifiutato | rifiuta                          | W24      | gio 2027-11-04 23:59:59 | W09     |
        | Bitstream NGA FTTCAB | fissato   | fissa mar 2027-11-16 10:00-12:00 | W09      | gio 2027-11-04 23:59:59 | W24     |
        | Bitstream NGA FTTCAB | scaduto   | apre il link                     | W24      | ven 2027-11-05 00:00:00 | W09     |
        | Bitstream NGA FTTCAB | rifiutato | rifiuta                          | W24      | gio 2027-11-04 23:59:59 | W09     |
        | Bitstream NGA FTTH   | fissato   | fissa mar 2027-11-16 10:00-12:00 | W09      | gio 2027-11-04 23:59:59 | W24     |
        | Bitstream NGA FTTH   | scaduto   | apre il link                     | W24      | ven 2027-11-05 00:00:00 | W09     |
        | Bitstream NGA FTTH   | rifiutato | rifiuta                          | W24      | gio 2027-11-04 23:59:59 | W09     |

  @INV-5
  Regola: Ogni evento nomina un ordine noto e le notifiche di un ordine si seguono secondo causa

    Schema dello scenario: <servizio>: le notifiche si seguono secondo causa
      Dato che la lettura festività è nazionali
      E che la lettura spostamenti ammessi è senza limite
      E che la lettura causale dello spostamento è ripetuta
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2027-06-01 09:00:00
      E mer 2027-06-02 15:00:00 il cliente fissa mar 2027-06-08 10:00-12:00
      E gio 2027-06-03 15:00:00 l'operatore sposta a gio 2027-06-10 10:00-12:00
      Allora nell'ordine l'operatore riceve <tutte>, e niente altro

      Esempi:
        | servizio             | tutte             |
        | ULL                  | AC, Z18, PA, PA   |
        | SLU                  | AC, Z18, PA, PA   |
        | VULA FTTCAB          | CO, W08, W09, W09 |
        | VULA FTTH            | CO, W08, W09, W09 |
        | Bitstream NGA FTTCAB | CO, W08, W09, W09 |
        | Bitstream NGA FTTH   | CO, W08, W09, W09 |

    Scenario: Due ordini con lo stesso codice non si accettano
      Dato un ordine VULA FTTH di Alfa
      Quando la rete notifica CO mar 2026-04-28 09:00:00
      E l'ordine è consegnato mar 2026-04-28 10:00:00
      Allora la richiesta è respinta

    Schema dello scenario: <prima> di Alfa e <seconda> di Beta: ognuno riceve il suo
      Dato l'operatore Beta con codice progetto PRJ-BETA
      E un ordine <prima> di Alfa, detto A
      E un altro ordine <seconda> di Beta, detto B
      Quando la rete notifica l'innesco di ogni ordine mar 2026-08-11 09:00:00
      E si parla dell'ordine A
      E mar 2026-08-11 16:00:00 il cliente <atto>
      Allora ogni evento nomina un ordine noto, e ogni notifica il suo operatore
      E per Alfa è depositato in tutto 1 file CSV
      E per Beta è depositato in tutto 1 file CSV
      Quando si parla dell'ordine B
      Allora il file CSV con l'ordine sta nella cartella di Beta

      Esempi:
        | prima     | seconda              | atto                             |
        | ULL       | VULA FTTH            | fissa mar 2026-08-18 10:00-12:00 |
        | VULA FTTH | SLU                  | rifiuta                          |
        | SLU       | Bitstream NGA FTTH   | apre il link                     |
        | VULA FTTH | Bitstream NGA FTTCAB | fissa mar 2026-08-18 10:00-12:00 |

    Schema dello scenario: Lo stesso codice d'ordine, <prima> di Alfa e <seconda> di Beta: nulla si confonde
      Dato l'operatore Beta con codice progetto PRJ-BETA
      E un ordine <prima> di Alfa, con codice d'ordine X-1, detto A
      E un altro ordine <seconda> di Beta, con codice d'ordine X-1, detto B
      Quando la rete notifica l'innesco di ogni ordine mar 2026-10-20 09:00:00
      E si parla dell'ordine A
      E mar 2026-10-20 15:00:00 il cliente fissa mar 2026-10-27 10:00-12:00
      E si parla dell'ordine B
      E mar 2026-10-20 16:00:00 il cliente <atto>
      Allora nell'ordine l'operatore riceve <sue>, e niente altro
      E il file CSV con l'ordine sta nella cartella di Beta
      E l'ordine ha in tutto 1 riga nei file CSV
      E in tutto parte 1 SMS di ingaggio
      E nella riga il campo telefono vale +393331234568
      Quando si parla dell'ordine A
      Allora nell'ordine l'operatore riceve <tutte>, e niente altro
      E il file CSV con l'ordine sta nella cartella di Alfa
      E l'ordine ha in tutto 1 riga nei file CSV
      E nella riga il campo telefono vale +393331234567
      E il tecnico arriva mar 2026-10-27 10:00-12:00
      E ogni evento nomina un ordine noto, e ogni notifica il suo operatore

      Esempi:
        | prima              | seconda              | atto                             | tutte        | sue          |
        | ULL                | ULL                  | fissa gio 2026-10-29 10:00-12:00 | AC, Z18, PA  | AC, Z18, PA  |
        | ULL                | VULA FTTH            | rifiuta                          | AC, Z18, PA  | CO, W08, W24 |
        | VULA FTTH          | VULA FTTH            | apre il link                     | CO, W08, W09 | CO, W08, W24 |
        | SLU                | Bitstream NGA FTTCAB | fissa mar 2026-10-27 10:00-12:00 | AC, Z18, PA  | CO, W08, W09 |
        | VULA FTTCAB        | SLU                  | rifiuta                          | CO, W08, W09 | AC, Z18, Z36 |
        | Bitstream NGA FTTH | ULL                  | apre il link                     | CO, W08, W09 | AC, Z18, Z36 |

    Scenario: Lo stesso codice d'ordine: Alfa annulla il suo e quello di Beta va avanti
      Dato che la lettura prima causale comunque è sì
      E l'operatore Beta con codice progetto PRJ-BETA
      E un ordine ULL di Beta, con codice d'ordine X-1, detto B
      E un altro ordine VULA FTTH di Alfa, con codice d'ordine X-1, detto A
      Quando la rete notifica l'innesco di ogni ordine mar 2028-02-29 09:00:00
      E si parla dell'ordine A
      E mar 2028-02-29 12:00:00 l'operatore annulla l'ordine
      E si parla dell'ordine B
      E mar 2028-02-29 15:00:00 l'operatore fissa mar 2028-03-07 10:00-12:00
      Allora l'Agente Virtuale accetta
      E nell'ordine l'operatore riceve AC, Z18, PA, e niente altro
      E il tecnico arriva mar 2028-03-07 10:00-12:00
      Quando si parla dell'ordine A
      Allora nell'ordine l'operatore riceve CO, W08, e niente altro
      E nessun tecnico arriva

    Schema dello scenario: <servizio> consegnato due volte con lo stesso codice: la seconda è respinta per nome
      Dato un ordine <servizio> di Alfa, con codice d'ordine X-1
      Quando la rete notifica l'innesco mar 2026-06-30 09:00:00
      E l'ordine è consegnato <quando>
      Allora la richiesta è respinta per il codice d'ordine
      E in tutto parte 1 SMS di ingaggio
      E l'ordine ha in tutto 1 riga nei file CSV

      Esempi:
        | servizio             | quando                  |
        | ULL                  | mar 2026-06-30 09:00:00 |
        | SLU                  | mar 2026-06-30 10:00:00 |
        | VULA FTTCAB          | mer 2026-07-01 10:00:00 |
        | VULA FTTH            | mar 2026-06-30 09:00:00 |
        | Bitstream NGA FTTCAB | gio 2026-07-02 23:00:00 |
        | Bitstream NGA FTTH   | ven 2026-07-03 12:00:00 |

  @INV-6
  Regola: Una fascia non contiene mai più appuntamenti dei posti che ha

    Schema dello scenario: Con <posti> posti il cliente in più non trova posto
      Dato che la lettura festività è nazionali
      E che ogni fascia ha <posti> posti
      E un ordine VULA FTTH di Alfa, detto A
      E un altro ordine ULL di Alfa, detto B
      E un altro ordine SLU di Alfa, detto C
      Quando la rete notifica l'innesco di ogni ordine mar 2026-09-29 09:00:00
      E si parla dell'ordine A
      E mar 2026-09-29 15:00:00 il cliente fissa mar 2026-10-06 10:00-12:00
      Allora l'Agente Virtuale accetta
      Quando si parla dell'ordine B
      E mar 2026-09-29 15:00:00 il cliente fissa mar 2026-10-06 10:00-12:00
      Allora l'Agente Virtuale <seconda>
      Quando si parla dell'ordine C
      E mar 2026-09-29 15:00:00 il cliente fissa mar 2026-10-06 10:00-12:00
      Allora l'Agente Virtuale <terza>

      Esempi:
        | posti | seconda                         | terza                           |
        | 1     | risponde di no: fascia esaurita | risponde di no: fascia esaurita |
        | 2     | accetta                         | risponde di no: fascia esaurita |
        | 3     | accetta                         | accetta                         |

    Scenario: Una fascia senza posti non si offre
      Dato che la fascia mar 2027-01-05 10:00-12:00 ha 0 posti
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2026-12-29 09:00:00
      Allora mar 2026-12-29 15:00:00 la fascia mar 2027-01-05 10:00-12:00 non è offerta al cliente
      E mar 2026-12-29 15:00:00 la fascia mar 2027-01-05 12:00-14:00 è offerta all'operatore

    Scenario: Un ordine annullato libera il posto
      Dato che ogni fascia ha 1 posto
      E un ordine VULA FTTH di Alfa, detto A
      E un altro ordine VULA FTTH di Alfa, detto B
      Quando la rete notifica l'innesco di ogni ordine mar 2026-03-03 09:00:00
      E si parla dell'ordine A
      E mar 2026-03-03 15:00:00 il cliente fissa mar 2026-03-10 10:00-12:00
      E mer 2026-03-04 10:00:00 l'operatore annulla l'ordine
      E si parla dell'ordine B
      E mer 2026-03-04 10:00:00 il cliente fissa mar 2026-03-10 10:00-12:00
      Allora l'Agente Virtuale accetta

    Schema dello scenario: Con <posti> posti e quattro clienti insieme ne passano <posti>
      Dato che la lettura festività è nazionali
      E che la fascia mar 2027-01-19 10:00-12:00 ha <posti> posti
      E un ordine VULA FTTH di Alfa
      E un altro ordine ULL di Alfa
      E un altro ordine SLU di Alfa
      E un altro ordine Bitstream NGA FTTH di Alfa
      Quando la rete notifica l'innesco di ogni ordine mar 2027-01-12 09:00:00
      E il tempo passa fino a mar 2027-01-12 15:00:00
      E mar 2027-01-12 15:00:00 i clienti di tutti gli ordini fissano insieme mar 2027-01-19 10:00-12:00
      Allora gli appuntamenti fissati sono in tutto <posti>

      Esempi:
        | posti |
        | 1     |
        | 2     |
        | 3     |
