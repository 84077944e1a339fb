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
      Quando la rete notifica l'innesco mar 2026-03-03 09:00:00
      E mer 2026-03-04 15:00:00 il cliente <atto>
      Allora nell'ordine l'operatore riceve <tutte>, e niente altro
      E l'operatore non riceve <altre>

      Esempi:
        | servizio             | fine      | atto                             | tutte        | altre         |
        | ULL                  | fissato   | fissa mar 2026-03-10 10:00-12:00 | AC, Z18, PA  | W08, W09, W24 |
        | ULL                  | rifiutato | rifiuta                          | AC, Z18, Z36 | W08, W09, W24 |
        | SLU                  | fissato   | fissa mar 2026-03-10 10:00-12:00 | AC, Z18, PA  | W08, W09, W24 |
        | SLU                  | rifiutato | rifiuta                          | AC, Z18, Z36 | W08, W09, W24 |
        | VULA FTTCAB          | fissato   | fissa mar 2026-03-10 10:00-12:00 | CO, W08, W09 | Z18, PA, Z36  |
        | VULA FTTCAB          | rifiutato | rifiuta                          | CO, W08, W24 | Z18, PA, Z36  |
        | VULA FTTH            | fissato   | fissa mar 2026-03-10 10:00-12:00 | CO, W08, W09 | Z18, PA, Z36  |
        | VULA FTTH            | rifiutato | rifiuta                          | CO, W08, W24 | Z18, PA, Z36  |
        | Bitstream NGA FTTCAB | fissato   | fissa mar 2026-03-10 10:00-12:00 | CO, W08, W09 | Z18, PA, Z36  |
        | Bitstream NGA FTTCAB | rifiutato | rifiuta                          | CO, W08, W24 | Z18, PA, Z36  |
        | Bitstream NGA FTTH   | fissato   | fissa mar 2026-03-10 10:00-12:00 | CO, W08, W09 | Z18, PA, Z36  |
        | Bitstream NGA FTTH   | rifiutato | rifiuta                          | CO, W08, W24 | Z18, PA, Z36  |

  @INV-2
  Regola: Ogni ordine del servizio finisce in un solo modo: fissato, rifiutato, scaduto o annullato

    Schema dello scenario: <servizio>: un ordine <fine> finisce così e basta
      Dato un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2026-03-03 09:00:00
      E mer 2026-03-04 15:00:00 <atto>
      Allora nell'ordine l'operatore riceve <tutte>, e niente altro

      Esempi:
        | servizio    | fine      | atto                                         | tutte        |
        | SLU         | fissato   | l'operatore fissa mar 2026-03-10 10:00-12:00 | AC, Z18, PA  |
        | SLU         | rifiutato | l'operatore rifiuta                          | AC, Z18, Z36 |
        | SLU         | annullato | l'operatore annulla l'ordine                 | AC, Z18      |
        | SLU         | scaduto   | il cliente apre il link                      | AC, Z18, Z36 |
        | VULA FTTCAB | fissato   | l'operatore fissa mar 2026-03-10 10:00-12:00 | CO, W08, W09 |
        | VULA FTTCAB | rifiutato | l'operatore rifiuta                          | CO, W08, W24 |
        | VULA FTTCAB | annullato | l'operatore annulla l'ordine                 | CO, W08      |
        | VULA FTTCAB | scaduto   | il cliente apre il link                      | CO, W08, W24 |

  @INV-3
  Regola: Senza SMS di ingaggio non c'è nient'altro del servizio

    Scenario: Prima dell'SMS non c'è nulla del servizio
      Dato un ordine VULA FTTH di Alfa
      Quando la rete notifica CO sab 2026-03-07 21:00:00
      E il tempo passa fino a lun 2026-03-09 06:59:59
      Allora nessun SMS di ingaggio è inviato fino a lun 2026-03-09 06:59:59
      E l'operatore non riceve W08, W09, W24 fino a lun 2026-03-09 06:59:59
      E l'SMS di ingaggio parte non prima di lun 2026-03-09 07:00:00

  @INV-4
  Regola: La causale di appuntamento preso e quella di attesa si escludono sullo stesso ordine

    Schema dello scenario: <servizio> <fine>: <presente> e mai <assente>
      Dato che la lettura fine del terzo giorno è mezzanotte
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2026-03-03 09:00:00
      E gio 2026-03-05 23:59:59 il cliente <atto>
      Allora l'operatore non riceve <assente>
      E l'operatore riceve <presente> non prima di <quando>

      Esempi:
        | servizio             | fine    | atto                             | presente | quando                  | assente |
        | ULL                  | fissato | fissa mar 2026-03-17 10:00-12:00 | PA       | gio 2026-03-05 23:59:59 | Z36     |
        | ULL                  | scaduto | apre il link                     | Z36      | ven 2026-03-06 00:00:00 | PA      |
        | SLU                  | fissato | fissa mar 2026-03-17 10:00-12:00 | PA       | gio 2026-03-05 23:59:59 | Z36     |
        | SLU                  | scaduto | apre il link                     | Z36      | ven 2026-03-06 00:00:00 | PA      |
        | VULA FTTCAB          | fissato | fissa mar 2026-03-17 10:00-12:00 | W09      | gio 2026-03-05 23:59:59 | W24     |
        | VULA FTTCAB          | scaduto | apre il link                     | W24      | ven 2026-03-06 00:00:00 | W09     |
        | VULA FTTH            | fissato | fissa mar 2026-03-17 10:00-12:00 | W09      | gio 2026-03-05 23:59:59 | W24     |
        | VULA FTTH            | scaduto | apre il link                     | W24      | ven 2026-03-06 00:00:00 | W09     |
        | Bitstream NGA FTTCAB | fissato | fissa mar 2026-03-17 10:00-12:00 | W09      | gio 2026-03-05 23:59:59 | W24     |
        | Bitstream NGA FTTCAB | scaduto | apre il link                     | W24      | ven 2026-03-06 00:00:00 | W09     |
        | Bitstream NGA FTTH   | fissato | fissa mar 2026-03-17 10:00-12:00 | W09      | gio 2026-03-05 23:59:59 | W24     |
        | Bitstream NGA FTTH   | scaduto | apre il link                     | W24      | ven 2026-03-06 00:00:00 | W09     |

  @INV-5
  Regola: Ogni evento nomina un ordine noto e le notifiche di un ordine si seguono secondo causa

    Schema dello scenario: <servizio>: le notifiche si seguono secondo causa
      Dato che la lettura spostamenti ammessi è senza limite
      E che la lettura causale dello spostamento è ripetuta
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2026-03-03 09:00:00
      E mer 2026-03-04 15:00:00 il cliente fissa mar 2026-03-10 10:00-12:00
      E gio 2026-03-05 15:00:00 l'operatore sposta a gio 2026-03-12 10:00-12:00
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
      Quando la rete notifica CO mar 2026-03-03 09:00:00
      E l'ordine è consegnato mar 2026-03-03 10:00:00
      Allora la richiesta è respinta

  @INV-6
  Regola: Una fascia non contiene mai più appuntamenti dei posti che ha

    Schema dello scenario: Con <posti> posti il cliente in più non trova posto
      Dato che ogni fascia ha <posti> posti
      E un ordine VULA FTTH di Alfa, detto A
      E un altro ordine ULL di Alfa, detto B
      E un altro ordine SLU di Alfa, detto C
      Quando la rete notifica l'innesco di ogni ordine mar 2026-03-03 09:00:00
      E si parla dell'ordine A
      E mar 2026-03-03 15:00:00 il cliente fissa mar 2026-03-10 10:00-12:00
      Allora l'Agente Virtuale accetta
      Quando si parla dell'ordine B
      E mar 2026-03-03 15:00:00 il cliente fissa mar 2026-03-10 10:00-12:00
      Allora l'Agente Virtuale <seconda>
      Quando si parla dell'ordine C
      E mar 2026-03-03 15:00:00 il cliente fissa mar 2026-03-10 10:00-12:00
      Allora l'Agente Virtuale <terza>

      Esempi:
        | posti | seconda                         | terza                           |
        | 1     | risponde di no: fascia esaurita | risponde di no: fascia esaurita |
        | 2     | accetta                         | risponde di no: fascia esaurita |
        | 3     | accetta                         | accetta                         |

    Scenario: Una fascia senza posti non si offre
      Dato che la fascia mar 2026-03-10 10:00-12:00 ha 0 posti
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2026-03-03 09:00:00
      Allora mar 2026-03-03 15:00:00 la fascia mar 2026-03-10 10:00-12:00 non è offerta al cliente
      E mar 2026-03-03 15:00:00 la fascia mar 2026-03-10 12:00-14:00 è offerta all'operatore

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
