# language: it
@BOOK
Funzionalità: Fissare l'appuntamento
  Cliente e operatore hanno tre giorni lavorativi; poi il tecnico viene nel giorno e nella fascia scelti.

  Contesto:
    Dato l'operatore Alfa con codice progetto PRJ-ALFA
    E che la lettura griglia delle fasce è quella predefinita

  @BOOK-1
  Regola: Cliente e operatore hanno 3 giorni lavorativi per fissare l'appuntamento, il giorno dell'SMS compreso

    Schema dello scenario: SMS di <giorno>, si fissa <momento>: <chi>
      Dato che la lettura festività è nazionali
      E che la lettura giorni offerti è 30
      E che la lettura fine del terzo giorno è mezzanotte
      E che la lettura settimana lavorativa è lunedì-venerdì
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco <innesco>
      E <quando> <chi> fissa mar 2026-11-10 10:00-12:00
      Allora l'Agente Virtuale accetta
      E l'appuntamento è mar 2026-11-10 10:00-12:00

      Esempi:
        | giorno    | momento                        | chi         | servizio             | innesco                 | quando                      |
        | lunedì    | un secondo prima dell'ultimo   | il cliente  | ULL                  | lun 2026-10-26 09:00:00 | mer 2026-10-28 23:59:58     |
        | lunedì    | all'ultimo secondo             | il cliente  | SLU                  | lun 2026-10-26 09:00:00 | mer 2026-10-28 23:59:59     |
        | lunedì    | all'ultimo millesimo           | l'operatore | VULA FTTCAB          | lun 2026-10-26 09:00:00 | mer 2026-10-28 23:59:59.999 |
        | lunedì    | a mezzogiorno del terzo giorno | l'operatore | VULA FTTH            | lun 2026-10-26 09:00:00 | mer 2026-10-28 12:00:00     |
        | martedì   | un secondo prima dell'ultimo   | il cliente  | VULA FTTCAB          | mar 2026-10-27 09:00:00 | gio 2026-10-29 23:59:58     |
        | martedì   | all'ultimo secondo             | il cliente  | VULA FTTH            | mar 2026-10-27 09:00:00 | gio 2026-10-29 23:59:59     |
        | martedì   | all'ultimo millesimo           | l'operatore | Bitstream NGA FTTCAB | mar 2026-10-27 09:00:00 | gio 2026-10-29 23:59:59.999 |
        | martedì   | a mezzogiorno del terzo giorno | l'operatore | Bitstream NGA FTTH   | mar 2026-10-27 09:00:00 | gio 2026-10-29 12:00:00     |
        | mercoledì | un secondo prima dell'ultimo   | il cliente  | Bitstream NGA FTTCAB | mer 2026-10-28 09:00:00 | ven 2026-10-30 23:59:58     |
        | mercoledì | all'ultimo secondo             | il cliente  | Bitstream NGA FTTH   | mer 2026-10-28 09:00:00 | ven 2026-10-30 23:59:59     |
        | mercoledì | all'ultimo millesimo           | l'operatore | ULL                  | mer 2026-10-28 09:00:00 | ven 2026-10-30 23:59:59.999 |
        | mercoledì | a mezzogiorno del terzo giorno | l'operatore | SLU                  | mer 2026-10-28 09:00:00 | ven 2026-10-30 12:00:00     |
        | giovedì   | un secondo prima dell'ultimo   | il cliente  | ULL                  | gio 2026-10-29 09:00:00 | lun 2026-11-02 23:59:58     |
        | giovedì   | all'ultimo secondo             | il cliente  | SLU                  | gio 2026-10-29 09:00:00 | lun 2026-11-02 23:59:59     |
        | giovedì   | all'ultimo millesimo           | l'operatore | VULA FTTCAB          | gio 2026-10-29 09:00:00 | lun 2026-11-02 23:59:59.999 |
        | giovedì   | a mezzogiorno del terzo giorno | l'operatore | VULA FTTH            | gio 2026-10-29 09:00:00 | lun 2026-11-02 12:00:00     |
        | venerdì   | un secondo prima dell'ultimo   | il cliente  | VULA FTTCAB          | ven 2026-10-30 09:00:00 | mar 2026-11-03 23:59:58     |
        | venerdì   | all'ultimo secondo             | il cliente  | VULA FTTH            | ven 2026-10-30 09:00:00 | mar 2026-11-03 23:59:59     |
        | venerdì   | all'ultimo millesimo           | l'operatore | Bitstream NGA FTTCAB | ven 2026-10-30 09:00:00 | mar 2026-11-03 23:59:59.999 |
        | venerdì   | a mezzogiorno del terzo giorno | l'operatore | Bitstream NGA FTTH   | ven 2026-10-30 09:00:00 | mar 2026-11-03 12:00:00     |

    Schema dello scenario: SMS di sabato con prima giornata <lettura>: si fissa fino a <ultimo>
      Dato che la lettura cadenza degli SMS è continua
      E che la lettura fine del terzo giorno è mezzanotte
      E che la lettura settimana lavorativa è lunedì-venerdì
      E che la lettura prima giornata è <lettura>
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco sab 2026-03-07 10:00:00
      E <ultimo> il cliente fissa mar 2026-03-17 10:00-12:00
      Allora l'Agente Virtuale accetta

      Esempi:
        | lettura       | ultimo                  |
        | se lavorativa | mer 2026-03-11 23:59:59 |
        | sempre        | mar 2026-03-10 23:59:59 |

    Schema dello scenario: Settimana <settimana>: Innesco <innesco>, si fissa fino a <ultimo>
      Dato che la lettura fine del terzo giorno è mezzanotte
      E che la lettura settimana lavorativa è <settimana>
      E che la lettura prima giornata è se lavorativa
      E un ordine ULL di Alfa
      Quando la rete notifica l'innesco <innesco>
      E <ultimo> il cliente fissa <fascia>
      Allora l'Agente Virtuale accetta

      Esempi:
        | settimana      | innesco                 | ultimo                  | fascia                     |
        | lunedì-venerdì | gio 2026-03-05 09:00:00 | lun 2026-03-09 23:59:59 | mar 2026-03-17 10:00-12:00 |
        | lunedì-sabato  | gio 2026-03-05 09:00:00 | sab 2026-03-07 23:59:59 | mar 2026-03-17 10:00-12:00 |
        | lunedì-venerdì | sab 2026-03-07 09:00:00 | mer 2026-03-11 23:59:59 | mar 2026-03-17 10:00-12:00 |
        | lunedì-sabato  | sab 2026-03-07 09:00:00 | mar 2026-03-10 23:59:59 | mar 2026-03-17 10:00-12:00 |

    Schema dello scenario: Il terzo giorno finisce alle <lettura>: ultimo secondo <ultimo>
      Dato che la lettura giorni offerti è 30
      E che la lettura fine del terzo giorno è <lettura>
      E un ordine VULA FTTCAB di Alfa
      Quando la rete notifica l'innesco mar 2026-12-22 09:00:00
      E <ultimo> il cliente fissa mar 2027-01-05 10:00-12:00
      Allora l'Agente Virtuale accetta

      Esempi:
        | lettura    | ultimo                  |
        | mezzanotte | gio 2026-12-24 23:59:59 |
        | alle 20    | gio 2026-12-24 19:59:59 |
        | alle 18    | gio 2026-12-24 17:59:59 |

    Schema dello scenario: <occasione> nel termine: <chi> fissa ancora <ultimo>
      Dato che la lettura festività è nazionali
      E che la lettura cadenza degli SMS è continua
      E che la lettura fine del terzo giorno è mezzanotte
      E che la lettura settimana lavorativa è lunedì-venerdì
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco <innesco>
      E <ultimo> <chi> fissa <fascia>
      Allora l'Agente Virtuale accetta

      Esempi: ogni festività nazionale in un giorno feriale
        | occasione             | chi         | servizio             | innesco                 | ultimo                      | fascia                     |
        | Capodanno             | il cliente  | ULL                  | mer 2025-12-31 09:00:00 | lun 2026-01-05 23:59:59.999 | lun 2026-01-12 10:00-12:00 |
        | L'Epifania            | l'operatore | SLU                  | lun 2026-01-05 09:00:00 | gio 2026-01-08 23:59:59.999 | mer 2026-01-14 10:00-12:00 |
        | Il Lunedì dell'Angelo | il cliente  | VULA FTTCAB          | ven 2026-04-03 09:00:00 | mer 2026-04-08 23:59:59.999 | mar 2026-04-14 10:00-12:00 |
        | La Liberazione        | l'operatore | VULA FTTH            | lun 2028-04-24 09:00:00 | gio 2028-04-27 23:59:59.999 | mer 2028-05-03 10:00-12:00 |
        | Il 1° maggio          | il cliente  | Bitstream NGA FTTCAB | gio 2026-04-30 09:00:00 | mar 2026-05-05 23:59:59.999 | lun 2026-05-11 10:00-12:00 |
        | Il 2 giugno           | l'operatore | Bitstream NGA FTTH   | lun 2026-06-01 09:00:00 | gio 2026-06-04 23:59:59.999 | mer 2026-06-10 10:00-12:00 |
        | Ferragosto            | il cliente  | ULL                  | lun 2028-08-14 09:00:00 | gio 2028-08-17 23:59:59.999 | mer 2028-08-23 10:00-12:00 |
        | Il 4 ottobre          | l'operatore | SLU                  | ven 2027-10-01 09:00:00 | mer 2027-10-06 23:59:59.999 | mar 2027-10-12 10:00-12:00 |
        | Ognissanti            | il cliente  | VULA FTTCAB          | ven 2027-10-29 09:00:00 | mer 2027-11-03 23:59:59.999 | mar 2027-11-09 10:00-12:00 |
        | L'Immacolata          | l'operatore | VULA FTTH            | lun 2026-12-07 09:00:00 | gio 2026-12-10 23:59:59.999 | mer 2026-12-16 10:00-12:00 |
        | Natale                | il cliente  | Bitstream NGA FTTCAB | gio 2026-12-24 09:00:00 | mar 2026-12-29 23:59:59.999 | lun 2027-01-04 10:00-12:00 |
        | Santo Stefano         | l'operatore | Bitstream NGA FTTH   | ven 2028-12-22 09:00:00 | gio 2028-12-28 23:59:59.999 | mer 2029-01-03 10:00-12:00 |

      Esempi: notti che non sono come le altre
        | occasione           | chi         | servizio           | innesco                 | ultimo                      | fascia                     |
        | A cavallo d'anno    | il cliente  | ULL                | mer 2026-12-30 10:00:00 | lun 2027-01-04 23:59:59.999 | mar 2027-01-12 10:00-12:00 |
        | Anno bisestile      | l'operatore | SLU                | lun 2028-02-28 17:00:00 | mer 2028-03-01 23:59:59.999 | gio 2028-03-09 10:00-12:00 |
        | Ora legale in mezzo | il cliente  | VULA FTTH          | ven 2026-03-27 10:00:00 | mar 2026-03-31 23:59:59.999 | gio 2026-04-09 10:00-12:00 |
        | Ora solare in mezzo | l'operatore | Bitstream NGA FTTH | ven 2026-10-23 10:00:00 | mar 2026-10-27 23:59:59.999 | gio 2026-11-05 10:00-12:00 |

    Schema dello scenario: Festivi <festivi>: Innesco <innesco>, ultimo secondo <ultimo>
      Dato che la lettura giorni offerti è 30
      E che la lettura fine del terzo giorno è mezzanotte
      E che la lettura festività è <festivi>
      E un ordine SLU di Alfa
      Quando la rete notifica l'innesco <innesco>
      E <ultimo> il cliente fissa <fascia>
      Allora l'Agente Virtuale accetta

      Esempi:
        | festivi          | innesco                 | ultimo                  | fascia                     |
        | nazionali        | lun 2026-06-22 09:00:00 | mer 2026-06-24 23:59:59 | mar 2026-07-07 10:00-12:00 |
        | nazionali, 06-24 | lun 2026-06-22 09:00:00 | gio 2026-06-25 23:59:59 | mar 2026-07-07 10:00-12:00 |
        | nessuna          | lun 2026-06-01 09:00:00 | mer 2026-06-03 23:59:59 | mar 2026-06-16 10:00-12:00 |

    Schema dello scenario: Si offrono i giorni e le fasce della griglia: <fascia> <esito>
      Dato che la lettura giorni offerti è 30
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2026-03-03 09:00:00
      E mar 2026-03-03 15:00:00 il cliente fissa <fascia>
      Allora l'Agente Virtuale risponde di no: fascia non offerta
      E non c'è alcun appuntamento

      Esempi:
        | fascia                     | esito                  |
        | sab 2026-03-14 10:00-12:00 | è sabato               |
        | dom 2026-03-15 10:00-12:00 | è domenica             |
        | mar 2026-03-10 09:00-11:00 | non è una fascia       |
        | mar 2026-03-10 18:00-20:00 | è troppo tardi la sera |
        | ven 2026-04-03 10:00-12:00 | è troppo lontana       |
        | lun 2026-03-02 10:00-12:00 | è passata              |

    Schema dello scenario: Griglia propria con <membro> <valore>: si fissa <fascia>
      Dato che la lettura giorni offerti è 30
      E che la lettura griglia delle fasce ha <membro> <valore>
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2026-04-28 09:00:00
      E mar 2026-04-28 15:00:00 il cliente fissa <fascia>
      Allora l'Agente Virtuale accetta
      E il tecnico arriva <fascia>

      Esempi:
        | membro | valore                   | fascia                     |
        | giorni | lun, sab                 | sab 2026-05-09 10:00-12:00 |
        | fasce  | 08:00-13:00, 14:00-19:00 | mar 2026-05-05 14:00-19:00 |

  @BOOK-2
  Regola: Ogni appuntamento fissato nel termine è notificato una volta sola: W09 o PA

    Schema dello scenario: <servizio>: quando fissa <chi> arriva <causale>, una volta sola
      Dato che la lettura festività è nazionali
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco <innesco>
      E <quando> <chi> fissa <fascia>
      Allora l'operatore riceve <causale> non prima di <quando>
      E la notifica <causale>, se nomina una fascia, nomina <fascia>
      E la notifica <causale> dice «<etichetta>»
      E nell'ordine l'operatore riceve <tutte>, e niente altro

      Esempi:
        | servizio             | chi         | causale | etichetta                                  | tutte        | innesco                 | quando                  | fascia                     |
        | ULL                  | il cliente  | PA      | Preso Appuntamento                         | AC, Z18, PA  | mar 2027-03-23 09:00:00 | mer 2027-03-24 11:30:00 | mar 2027-03-30 16:00-18:00 |
        | ULL                  | l'operatore | PA      | Preso Appuntamento                         | AC, Z18, PA  | mar 2027-03-23 09:00:00 | mer 2027-03-24 11:30:00 | mar 2027-03-30 16:00-18:00 |
        | SLU                  | il cliente  | PA      | Preso Appuntamento                         | AC, Z18, PA  | mar 2026-06-30 09:00:00 | mer 2026-07-01 11:30:00 | mar 2026-07-07 16:00-18:00 |
        | SLU                  | l'operatore | PA      | Preso Appuntamento                         | AC, Z18, PA  | mar 2026-06-30 09:00:00 | mer 2026-07-01 11:30:00 | mar 2026-07-07 16:00-18:00 |
        | VULA FTTCAB          | il cliente  | W09     | Sospensione Cliente per Appuntamento preso | CO, W08, W09 | mar 2027-01-12 09:00:00 | mer 2027-01-13 11:30:00 | mar 2027-01-19 16:00-18:00 |
        | VULA FTTCAB          | l'operatore | W09     | Sospensione Cliente per Appuntamento preso | CO, W08, W09 | mar 2027-01-12 09:00:00 | mer 2027-01-13 11:30:00 | mar 2027-01-19 16:00-18:00 |
        | VULA FTTH            | il cliente  | W09     | Sospensione Cliente per Appuntamento preso | CO, W08, W09 | mar 2026-03-24 09:00:00 | mer 2026-03-25 11:30:00 | mar 2026-03-31 16:00-18:00 |
        | VULA FTTH            | l'operatore | W09     | Sospensione Cliente per Appuntamento preso | CO, W08, W09 | mar 2026-03-24 09:00:00 | mer 2026-03-25 11:30:00 | mar 2026-03-31 16:00-18:00 |
        | Bitstream NGA FTTCAB | il cliente  | W09     | Sospensione Cliente per Appuntamento preso | CO, W08, W09 | mar 2026-10-20 09:00:00 | mer 2026-10-21 11:30:00 | mar 2026-10-27 16:00-18:00 |
        | Bitstream NGA FTTCAB | l'operatore | W09     | Sospensione Cliente per Appuntamento preso | CO, W08, W09 | mar 2026-10-20 09:00:00 | mer 2026-10-21 11:30:00 | mar 2026-10-27 16:00-18:00 |
        | Bitstream NGA FTTH   | il cliente  | W09     | Sospensione Cliente per Appuntamento preso | CO, W08, W09 | mar 2028-02-29 09:00:00 | mer 2028-03-01 11:30:00 | mar 2028-03-07 16:00-18:00 |
        | Bitstream NGA FTTH   | l'operatore | W09     | Sospensione Cliente per Appuntamento preso | CO, W08, W09 | mar 2028-02-29 09:00:00 | mer 2028-03-01 11:30:00 | mar 2028-03-07 16:00-18:00 |

  @BOOK-3
  Regola: Il tecnico arriva nel giorno e nella fascia dell'appuntamento

    Schema dello scenario: <servizio>: il tecnico arriva <fascia>
      Dato che la lettura giorni offerti è 30
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco <innesco>
      E <quando> il cliente fissa <fascia>
      Allora il tecnico arriva <fascia>
      E l'ordine non torna all'operatore

      Esempi:
        | servizio             | fascia                     | innesco                 | quando                  |
        | ULL                  | gio 2026-03-05 08:00-10:00 | mar 2026-03-03 09:00:00 | mer 2026-03-04 11:30:00 |
        | SLU                  | ven 2026-07-03 10:00-12:00 | mar 2026-06-30 09:00:00 | mer 2026-07-01 11:30:00 |
        | VULA FTTCAB          | lun 2027-01-18 12:00-14:00 | mar 2027-01-12 09:00:00 | mer 2027-01-13 11:30:00 |
        | VULA FTTH            | mar 2026-03-31 14:00-16:00 | mar 2026-03-24 09:00:00 | mer 2026-03-25 11:30:00 |
        | Bitstream NGA FTTCAB | mer 2026-10-28 16:00-18:00 | mar 2026-10-20 09:00:00 | mer 2026-10-21 11:30:00 |
        | Bitstream NGA FTTH   | lun 2028-03-27 08:00-10:00 | mar 2028-02-29 09:00:00 | mer 2028-03-01 11:30:00 |

    Scenario: Un ordine annullato non vede arrivare nessuno
      Dato un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2028-02-22 09:00:00
      E mer 2028-02-23 11:30:00 il cliente fissa mar 2028-02-29 16:00-18:00
      E ven 2028-02-25 11:30:00 l'operatore annulla l'ordine
      Allora nessun tecnico arriva
      E nessun promemoria per la fascia mar 2028-02-29 16:00-18:00 parte dopo ven 2028-02-25 11:30:00

  @BOOK-4
  Regola: Scaduto il termine non si fissano più appuntamenti

    Schema dello scenario: SMS di <giorno>, <chi> vuole fissare <momento>: è tardi
      Dato che la lettura prenotazione tardiva è respinta
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco <innesco>
      E <quando> <chi> fissa mar 2026-04-07 10:00-12:00
      Allora l'Agente Virtuale risponde di no: termine scaduto
      E non c'è alcun appuntamento

      Esempi:
        | giorno    | chi         | momento                       | servizio             | innesco                 | quando                  |
        | lunedì    | il cliente  | alla mezzanotte               | ULL                  | lun 2026-03-23 09:00:00 | gio 2026-03-26 00:00:00 |
        | lunedì    | l'operatore | un secondo dopo la mezzanotte | SLU                  | lun 2026-03-23 09:00:00 | gio 2026-03-26 00:00:01 |
        | martedì   | il cliente  | alla mezzanotte               | VULA FTTCAB          | mar 2026-03-24 09:00:00 | ven 2026-03-27 00:00:00 |
        | martedì   | l'operatore | un secondo dopo la mezzanotte | VULA FTTH            | mar 2026-03-24 09:00:00 | ven 2026-03-27 00:00:01 |
        | mercoledì | il cliente  | alla mezzanotte               | Bitstream NGA FTTCAB | mer 2026-03-25 09:00:00 | sab 2026-03-28 00:00:00 |
        | mercoledì | l'operatore | un secondo dopo la mezzanotte | Bitstream NGA FTTH   | mer 2026-03-25 09:00:00 | sab 2026-03-28 00:00:01 |
        | giovedì   | il cliente  | alla mezzanotte               | ULL                  | gio 2026-03-26 09:00:00 | mar 2026-03-31 00:00:00 |
        | giovedì   | l'operatore | un secondo dopo la mezzanotte | SLU                  | gio 2026-03-26 09:00:00 | mar 2026-03-31 00:00:01 |
        | venerdì   | il cliente  | alla mezzanotte               | VULA FTTCAB          | ven 2026-03-27 09:00:00 | mer 2026-04-01 00:00:00 |
        | venerdì   | l'operatore | un secondo dopo la mezzanotte | VULA FTTH            | ven 2026-03-27 09:00:00 | mer 2026-04-01 00:00:01 |

    Schema dello scenario: SMS di sabato con prima giornata <lettura>: <quando> è tardi
      Dato che la lettura cadenza degli SMS è continua
      E che la lettura prima giornata è <lettura>
      E che la lettura prenotazione tardiva è respinta
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco sab 2026-03-07 10:00:00
      E purché l'SMS di ingaggio parta entro sab 2026-03-07 20:00:00
      E <quando> il cliente fissa mar 2026-03-17 10:00-12:00
      Allora l'Agente Virtuale risponde di no: termine scaduto

      Esempi:
        | lettura       | quando                  |
        | se lavorativa | gio 2026-03-12 00:00:00 |
        | se lavorativa | gio 2026-03-12 00:00:01 |
        | sempre        | mer 2026-03-11 00:00:00 |
        | sempre        | mer 2026-03-11 00:00:01 |

    Schema dello scenario: Il terzo giorno finisce alle <lettura>: <quando> è tardi
      Dato che la lettura festività è nazionali
      E che la lettura fine del terzo giorno è <lettura>
      E che la lettura prenotazione tardiva è respinta
      E un ordine VULA FTTCAB di Alfa
      Quando la rete notifica l'innesco mar 2027-11-02 09:00:00
      E <quando> il cliente fissa mar 2027-11-16 10:00-12:00
      Allora l'Agente Virtuale risponde di no: termine scaduto

      Esempi:
        | lettura    | quando                  |
        | mezzanotte | ven 2027-11-05 00:00:00 |
        | alle 20    | gio 2027-11-04 20:00:00 |
        | alle 20    | gio 2027-11-04 20:00:01 |
        | alle 18    | gio 2027-11-04 18:00:00 |
        | alle 18    | gio 2027-11-04 18:00:01 |

    Schema dello scenario: <occasione>: <quando> è tardi
      Dato che la lettura festività è nazionali
      E che la lettura cadenza degli SMS è continua
      E che la lettura prenotazione tardiva è respinta
      E un ordine Bitstream NGA FTTCAB di Alfa
      Quando la rete notifica l'innesco <innesco>
      E <quando> il cliente fissa <fascia>
      Allora l'Agente Virtuale risponde di no: termine scaduto

      Esempi:
        | occasione            | innesco                 | quando                  | fascia                     |
        | Prima di Pasqua      | gio 2026-04-02 09:00:00 | mer 2026-04-08 00:00:00 | mar 2026-04-14 10:00-12:00 |
        | Il 2 giugno in mezzo | lun 2026-06-01 12:00:00 | ven 2026-06-05 00:00:00 | mar 2026-06-16 10:00-12:00 |
        | A cavallo d'anno     | mer 2026-12-30 10:00:00 | mar 2027-01-05 00:00:00 | mar 2027-01-12 10:00-12:00 |
        | Anno bisestile       | lun 2028-02-28 17:00:00 | gio 2028-03-02 00:00:00 | gio 2028-03-09 10:00-12:00 |
        | Ora legale in mezzo  | ven 2026-03-27 10:00:00 | mer 2026-04-01 00:00:00 | gio 2026-04-09 10:00-12:00 |
        | Ora solare in mezzo  | ven 2026-10-23 10:00:00 | mer 2026-10-28 00:00:00 | gio 2026-11-05 10:00-12:00 |

    Schema dello scenario: Con la lettura che accoglie <servizio> si fissa anche dopo, senza <causale>
      Dato che la lettura giorni offerti è 30
      E che la lettura prenotazione tardiva è accolta
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2026-08-11 09:00:00
      E <quando> il cliente fissa mar 2026-08-25 10:00-12:00
      Allora l'Agente Virtuale accetta
      E il tecnico arriva mar 2026-08-25 10:00-12:00
      E nell'ordine l'operatore riceve <tutte>, e niente altro

      Esempi:
        | servizio  | causale | quando                  | tutte        |
        | ULL       | PA      | ven 2026-08-14 00:00:01 | AC, Z18, Z36 |
        | VULA FTTH | W09     | lun 2026-08-17 12:00:00 | CO, W08, W24 |

    Schema dello scenario: <occasione> è un giorno come un altro: <ultimo> è tardi
      Dato che la lettura festività è nazionali
      E che la lettura cadenza degli SMS è continua
      E che la lettura fine del terzo giorno è mezzanotte
      E che la lettura settimana lavorativa è lunedì-venerdì
      E che la lettura prenotazione tardiva è respinta
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco <innesco>
      E <ultimo> il cliente fissa <fascia>
      Allora l'Agente Virtuale risponde di no: termine scaduto

      Esempi: giorni che altri calendari tengono per festivi
        | occasione               | servizio             | innesco                 | ultimo                  | fascia                     |
        | La vigilia di Natale    | ULL                  | mer 2026-12-23 09:00:00 | mar 2026-12-29 00:00:00 | lun 2027-01-04 10:00-12:00 |
        | San Silvestro           | SLU                  | mer 2026-12-30 09:00:00 | mar 2027-01-05 00:00:00 | lun 2027-01-11 10:00-12:00 |
        | Il Venerdì Santo        | VULA FTTCAB          | gio 2026-04-02 09:00:00 | mer 2026-04-08 00:00:00 | lun 2026-04-13 10:00-12:00 |
        | Il patrono di Roma      | VULA FTTH            | ven 2026-06-26 09:00:00 | mer 2026-07-01 00:00:00 | lun 2026-07-06 10:00-12:00 |
        | Il patrono di Milano    | Bitstream NGA FTTCAB | ven 2026-12-04 09:00:00 | gio 2026-12-10 00:00:00 | mar 2026-12-15 10:00-12:00 |
        | Il patrono di Torino    | Bitstream NGA FTTH   | mar 2026-06-23 09:00:00 | ven 2026-06-26 00:00:00 | mer 2026-07-01 10:00-12:00 |
        | Il 4 ottobre 2024       | ULL                  | gio 2024-10-03 09:00:00 | mar 2024-10-08 00:00:00 | lun 2024-10-14 10:00-12:00 |
        | San Giuseppe            | SLU                  | mer 2026-03-18 09:00:00 | sab 2026-03-21 00:00:00 | gio 2026-03-26 10:00-12:00 |
        | L'Ascensione            | VULA FTTCAB          | mer 2026-05-13 09:00:00 | sab 2026-05-16 00:00:00 | gio 2026-05-21 10:00-12:00 |
        | Il Lunedì di Pentecoste | VULA FTTH            | ven 2026-05-22 09:00:00 | mer 2026-05-27 00:00:00 | lun 2026-06-01 10:00-12:00 |
        | Il 4 novembre           | Bitstream NGA FTTCAB | mar 2026-11-03 09:00:00 | ven 2026-11-06 00:00:00 | mer 2026-11-11 10:00-12:00 |
        | Il Martedì Grasso       | Bitstream NGA FTTH   | lun 2026-02-16 09:00:00 | gio 2026-02-19 00:00:00 | mar 2026-02-24 10:00-12:00 |
