# language: it
@ROUTE
Funzionalità: Che cosa il codice spegne, e gli ordini disaggregati
  Con un codice efficace l'ordine è lavorato in digitale: niente telefonate, niente altri servizi commerciali.

  Contesto:
    Dato l'operatore Alfa con codice progetto PRJ-ALFA e codice delivery DEL-ALFA
    E che Alfa ha comprato tutti i servizi commerciali
    E che la lettura griglia delle fasce è quella predefinita

  @ROUTE-1
  Regola: Per un ordine del servizio nessuno telefona al cliente secondo la Policy di Contatto

    Schema dello scenario: <servizio> con codice <tipo>: nessuna telefonata
      Dato un ordine <servizio> di Alfa, con codice <tipo> <codice>
      Quando la rete notifica l'innesco <giorno> 09:00:00
      Allora nessuno telefona al cliente

      Esempi:
        | servizio             | tipo     | codice   | giorno         |
        | ULL                  | progetto | PRJ-ALFA | sab 2026-10-24 |
        | ULL                  | delivery | DEL-ALFA | mar 2026-04-07 |
        | SLU                  | progetto | PRJ-ALFA | lun 2026-06-01 |
        | SLU                  | delivery | DEL-ALFA | lun 2026-10-26 |
        | VULA FTTCAB          | progetto | PRJ-ALFA | lun 2026-03-30 |
        | VULA FTTCAB          | delivery | DEL-ALFA | gio 2027-01-07 |
        | VULA FTTH            | progetto | PRJ-ALFA | sab 2026-05-02 |
        | VULA FTTH            | delivery | DEL-ALFA | mar 2027-11-02 |
        | Bitstream NGA FTTCAB | progetto | PRJ-ALFA | ven 2026-08-14 |
        | Bitstream NGA FTTCAB | delivery | DEL-ALFA | lun 2026-12-07 |
        | Bitstream NGA FTTH   | progetto | PRJ-ALFA | ven 2026-04-03 |
        | Bitstream NGA FTTH   | delivery | DEL-ALFA | gio 2026-12-24 |

    Schema dello scenario: <servizio> senza codice: il cliente è chiamato
      Dato un ordine <servizio> di Alfa, senza codice
      Quando la rete notifica l'innesco <giorno> 09:00:00
      Allora il cliente è chiamato secondo la Policy di Contatto

      Esempi:
        | servizio             | giorno         |
        | ULL                  | mar 2028-02-29 |
        | SLU                  | sab 2026-03-28 |
        | VULA FTTCAB          | sab 2027-10-02 |
        | VULA FTTH            | gio 2026-12-31 |
        | Bitstream NGA FTTCAB | sab 2026-10-24 |
        | Bitstream NGA FTTH   | mar 2026-04-07 |

    Schema dello scenario: <servizio> con codice <tipo>, anche dopo l'appuntamento (fissa <chi>): nessuna telefonata
      Dato un ordine <servizio> di Alfa, con codice <tipo> <codice>
      Quando la rete notifica l'innesco mar 2026-03-03 09:00:00
      E mer 2026-03-04 15:00:00 <chi> fissa mar 2026-03-10 10:00-12:00
      Allora il tecnico arriva mar 2026-03-10 10:00-12:00
      E nessuno telefona al cliente

      Esempi:
        | servizio             | tipo     | codice   | chi         |
        | ULL                  | progetto | PRJ-ALFA | il cliente  |
        | ULL                  | delivery | DEL-ALFA | l'operatore |
        | SLU                  | progetto | PRJ-ALFA | il cliente  |
        | SLU                  | delivery | DEL-ALFA | l'operatore |
        | VULA FTTCAB          | progetto | PRJ-ALFA | il cliente  |
        | VULA FTTCAB          | delivery | DEL-ALFA | l'operatore |
        | VULA FTTH            | progetto | PRJ-ALFA | il cliente  |
        | VULA FTTH            | delivery | DEL-ALFA | l'operatore |
        | Bitstream NGA FTTCAB | progetto | PRJ-ALFA | il cliente  |
        | Bitstream NGA FTTCAB | delivery | DEL-ALFA | l'operatore |
        | Bitstream NGA FTTH   | progetto | PRJ-ALFA | il cliente  |
        | Bitstream NGA FTTH   | delivery | DEL-ALFA | l'operatore |

    Schema dello scenario: <servizio> rifiutato o scaduto (<atto>): nessuno telefona nemmeno dopo
      Dato un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2026-10-20 09:00:00
      E mer 2026-10-21 15:00:00 <atto>
      Allora l'ordine torna all'operatore
      E nessuno telefona al cliente
      E non parte il servizio commerciale Rendez Vous
      E non parte il servizio commerciale Rendez Vous 2.0
      E non parte il servizio commerciale SMS di Cortesia
      E non parte il servizio commerciale INFO CARE

      Esempi:
        | servizio             | atto                     |
        | ULL                  | il cliente rifiuta       |
        | SLU                  | il cliente apre il link  |
        | VULA FTTCAB          | l'operatore rifiuta      |
        | VULA FTTH            | l'operatore apre il link |
        | Bitstream NGA FTTCAB | il cliente rifiuta       |
        | Bitstream NGA FTTH   | il cliente apre il link  |

  @ROUTE-2
  Regola: Per un ordine del servizio non partono Rendez Vous né Rendez Vous 2.0

    Schema dello scenario: <nome> tace per <servizio> con codice <tipo>
      Dato un ordine <servizio> di Alfa, con codice <tipo> <codice>
      Quando la rete notifica l'innesco <giorno> 09:00:00
      Allora non parte il servizio commerciale <nome>

      Esempi:
        | servizio             | tipo     | codice   | nome            | giorno         |
        | ULL                  | progetto | PRJ-ALFA | Rendez Vous     | lun 2026-06-01 |
        | ULL                  | progetto | PRJ-ALFA | Rendez Vous 2.0 | lun 2026-10-26 |
        | ULL                  | delivery | DEL-ALFA | Rendez Vous     | lun 2026-03-30 |
        | ULL                  | delivery | DEL-ALFA | Rendez Vous 2.0 | gio 2027-01-07 |
        | SLU                  | progetto | PRJ-ALFA | Rendez Vous     | sab 2026-05-02 |
        | SLU                  | progetto | PRJ-ALFA | Rendez Vous 2.0 | mar 2027-11-02 |
        | SLU                  | delivery | DEL-ALFA | Rendez Vous     | ven 2026-08-14 |
        | SLU                  | delivery | DEL-ALFA | Rendez Vous 2.0 | lun 2026-12-07 |
        | VULA FTTCAB          | progetto | PRJ-ALFA | Rendez Vous     | ven 2026-04-03 |
        | VULA FTTCAB          | progetto | PRJ-ALFA | Rendez Vous 2.0 | gio 2026-12-24 |
        | VULA FTTCAB          | delivery | DEL-ALFA | Rendez Vous     | mar 2028-02-29 |
        | VULA FTTCAB          | delivery | DEL-ALFA | Rendez Vous 2.0 | sab 2026-03-28 |
        | VULA FTTH            | progetto | PRJ-ALFA | Rendez Vous     | sab 2027-10-02 |
        | VULA FTTH            | progetto | PRJ-ALFA | Rendez Vous 2.0 | gio 2026-12-31 |
        | VULA FTTH            | delivery | DEL-ALFA | Rendez Vous     | sab 2026-10-24 |
        | VULA FTTH            | delivery | DEL-ALFA | Rendez Vous 2.0 | mar 2026-04-07 |
        | Bitstream NGA FTTCAB | progetto | PRJ-ALFA | Rendez Vous     | lun 2026-06-01 |
        | Bitstream NGA FTTCAB | progetto | PRJ-ALFA | Rendez Vous 2.0 | lun 2026-10-26 |
        | Bitstream NGA FTTCAB | delivery | DEL-ALFA | Rendez Vous     | lun 2026-03-30 |
        | Bitstream NGA FTTCAB | delivery | DEL-ALFA | Rendez Vous 2.0 | gio 2027-01-07 |
        | Bitstream NGA FTTH   | progetto | PRJ-ALFA | Rendez Vous     | sab 2026-05-02 |
        | Bitstream NGA FTTH   | progetto | PRJ-ALFA | Rendez Vous 2.0 | mar 2027-11-02 |
        | Bitstream NGA FTTH   | delivery | DEL-ALFA | Rendez Vous     | ven 2026-08-14 |
        | Bitstream NGA FTTH   | delivery | DEL-ALFA | Rendez Vous 2.0 | lun 2026-12-07 |

    Schema dello scenario: <nome> parte per un ordine <servizio> senza codice
      Dato un ordine <servizio> di Alfa, senza codice
      Quando la rete notifica l'innesco <giorno> 09:00:00
      Allora parte il servizio commerciale <nome>

      Esempi:
        | nome            | servizio    | giorno         |
        | Rendez Vous     | ULL         | ven 2026-04-03 |
        | Rendez Vous     | VULA FTTCAB | gio 2026-12-24 |
        | Rendez Vous 2.0 | ULL         | mar 2028-02-29 |
        | Rendez Vous 2.0 | VULA FTTCAB | sab 2026-03-28 |

    Schema dello scenario: <nome> tace per <servizio> con codice <tipo> anche dopo l'appuntamento (fissa <chi>)
      Dato un ordine <servizio> di Alfa, con codice <tipo> <codice>
      Quando la rete notifica l'innesco mar 2028-02-29 09:00:00
      E mer 2028-03-01 15:00:00 <chi> fissa mar 2028-03-07 10:00-12:00
      Allora il tecnico arriva mar 2028-03-07 10:00-12:00
      E non parte il servizio commerciale <nome>

      Esempi:
        | servizio             | tipo     | codice   | chi         | nome            |
        | ULL                  | progetto | PRJ-ALFA | il cliente  | Rendez Vous     |
        | ULL                  | delivery | DEL-ALFA | l'operatore | Rendez Vous 2.0 |
        | SLU                  | progetto | PRJ-ALFA | il cliente  | Rendez Vous     |
        | SLU                  | delivery | DEL-ALFA | l'operatore | Rendez Vous 2.0 |
        | VULA FTTCAB          | progetto | PRJ-ALFA | il cliente  | Rendez Vous     |
        | VULA FTTCAB          | delivery | DEL-ALFA | l'operatore | Rendez Vous 2.0 |
        | VULA FTTH            | progetto | PRJ-ALFA | il cliente  | Rendez Vous     |
        | VULA FTTH            | delivery | DEL-ALFA | l'operatore | Rendez Vous 2.0 |
        | Bitstream NGA FTTCAB | progetto | PRJ-ALFA | il cliente  | Rendez Vous     |
        | Bitstream NGA FTTCAB | delivery | DEL-ALFA | l'operatore | Rendez Vous 2.0 |
        | Bitstream NGA FTTH   | progetto | PRJ-ALFA | il cliente  | Rendez Vous     |
        | Bitstream NGA FTTH   | delivery | DEL-ALFA | l'operatore | Rendez Vous 2.0 |

  @ROUTE-3
  Regola: Per un ordine del servizio non parte SMS di Cortesia

    Schema dello scenario: SMS di Cortesia tace per <servizio> con codice <tipo>
      Dato un ordine <servizio> di Alfa, con codice <tipo> <codice>
      Quando la rete notifica l'innesco <giorno> 09:00:00
      Allora non parte il servizio commerciale <nome>

      Esempi:
        | servizio             | tipo     | codice   | nome            | giorno         |
        | ULL                  | progetto | PRJ-ALFA | SMS di Cortesia | sab 2027-10-02 |
        | ULL                  | delivery | DEL-ALFA | SMS di Cortesia | gio 2026-12-31 |
        | SLU                  | progetto | PRJ-ALFA | SMS di Cortesia | sab 2026-10-24 |
        | SLU                  | delivery | DEL-ALFA | SMS di Cortesia | mar 2026-04-07 |
        | VULA FTTCAB          | progetto | PRJ-ALFA | SMS di Cortesia | lun 2026-06-01 |
        | VULA FTTCAB          | delivery | DEL-ALFA | SMS di Cortesia | lun 2026-10-26 |
        | VULA FTTH            | progetto | PRJ-ALFA | SMS di Cortesia | lun 2026-03-30 |
        | VULA FTTH            | delivery | DEL-ALFA | SMS di Cortesia | gio 2027-01-07 |
        | Bitstream NGA FTTCAB | progetto | PRJ-ALFA | SMS di Cortesia | sab 2026-05-02 |
        | Bitstream NGA FTTCAB | delivery | DEL-ALFA | SMS di Cortesia | mar 2027-11-02 |
        | Bitstream NGA FTTH   | progetto | PRJ-ALFA | SMS di Cortesia | ven 2026-08-14 |
        | Bitstream NGA FTTH   | delivery | DEL-ALFA | SMS di Cortesia | lun 2026-12-07 |

    Schema dello scenario: SMS di Cortesia parte per un ordine <servizio> senza codice
      Dato un ordine <servizio> di Alfa, senza codice
      Quando la rete notifica l'innesco <giorno> 09:00:00
      Allora parte il servizio commerciale <nome>

      Esempi:
        | nome            | servizio    | giorno         |
        | SMS di Cortesia | ULL         | ven 2026-04-03 |
        | SMS di Cortesia | VULA FTTCAB | gio 2026-12-24 |

    Schema dello scenario: SMS di Cortesia tace per <servizio> con codice <tipo> anche dopo l'appuntamento (fissa <chi>)
      Dato un ordine <servizio> di Alfa, con codice <tipo> <codice>
      Quando la rete notifica l'innesco mar 2026-12-29 09:00:00
      E mer 2026-12-30 15:00:00 <chi> fissa mar 2027-01-05 10:00-12:00
      Allora il tecnico arriva mar 2027-01-05 10:00-12:00
      E non parte il servizio commerciale SMS di Cortesia

      Esempi:
        | servizio             | tipo     | codice   | chi         |
        | ULL                  | progetto | PRJ-ALFA | il cliente  |
        | ULL                  | delivery | DEL-ALFA | l'operatore |
        | SLU                  | progetto | PRJ-ALFA | il cliente  |
        | SLU                  | delivery | DEL-ALFA | l'operatore |
        | VULA FTTCAB          | progetto | PRJ-ALFA | il cliente  |
        | VULA FTTCAB          | delivery | DEL-ALFA | l'operatore |
        | VULA FTTH            | progetto | PRJ-ALFA | il cliente  |
        | VULA FTTH            | delivery | DEL-ALFA | l'operatore |
        | Bitstream NGA FTTCAB | progetto | PRJ-ALFA | il cliente  |
        | Bitstream NGA FTTCAB | delivery | DEL-ALFA | l'operatore |
        | Bitstream NGA FTTH   | progetto | PRJ-ALFA | il cliente  |
        | Bitstream NGA FTTH   | delivery | DEL-ALFA | l'operatore |

  @ROUTE-4
  Regola: Per un ordine del servizio non parte INFO CARE

    Schema dello scenario: INFO CARE tace per <servizio> con codice <tipo>
      Dato un ordine <servizio> di Alfa, con codice <tipo> <codice>
      Quando la rete notifica l'innesco mar 2026-03-03 09:00:00
      Allora non parte il servizio commerciale <nome>

      Esempi:
        | servizio             | tipo     | codice   | nome      |
        | ULL                  | progetto | PRJ-ALFA | INFO CARE |
        | ULL                  | delivery | DEL-ALFA | INFO CARE |
        | SLU                  | progetto | PRJ-ALFA | INFO CARE |
        | SLU                  | delivery | DEL-ALFA | INFO CARE |
        | VULA FTTCAB          | progetto | PRJ-ALFA | INFO CARE |
        | VULA FTTCAB          | delivery | DEL-ALFA | INFO CARE |
        | VULA FTTH            | progetto | PRJ-ALFA | INFO CARE |
        | VULA FTTH            | delivery | DEL-ALFA | INFO CARE |
        | Bitstream NGA FTTCAB | progetto | PRJ-ALFA | INFO CARE |
        | Bitstream NGA FTTCAB | delivery | DEL-ALFA | INFO CARE |
        | Bitstream NGA FTTH   | progetto | PRJ-ALFA | INFO CARE |
        | Bitstream NGA FTTH   | delivery | DEL-ALFA | INFO CARE |

    Schema dello scenario: INFO CARE parte per un ordine <servizio> senza codice
      Dato un ordine <servizio> di Alfa, senza codice
      Quando la rete notifica l'innesco <giorno> 09:00:00
      Allora parte il servizio commerciale <nome>

      Esempi:
        | nome      | servizio    | giorno         |
        | INFO CARE | ULL         | mar 2028-02-29 |
        | INFO CARE | VULA FTTCAB | sab 2026-03-28 |

    Schema dello scenario: INFO CARE tace per <servizio> con codice <tipo> anche dopo l'appuntamento (fissa <chi>)
      Dato un ordine <servizio> di Alfa, con codice <tipo> <codice>
      Quando la rete notifica l'innesco mar 2026-03-31 09:00:00
      E mer 2026-04-01 15:00:00 <chi> fissa mar 2026-04-07 10:00-12:00
      Allora il tecnico arriva mar 2026-04-07 10:00-12:00
      E non parte il servizio commerciale INFO CARE

      Esempi:
        | servizio             | tipo     | codice   | chi         |
        | ULL                  | progetto | PRJ-ALFA | il cliente  |
        | ULL                  | delivery | DEL-ALFA | l'operatore |
        | SLU                  | progetto | PRJ-ALFA | il cliente  |
        | SLU                  | delivery | DEL-ALFA | l'operatore |
        | VULA FTTCAB          | progetto | PRJ-ALFA | il cliente  |
        | VULA FTTCAB          | delivery | DEL-ALFA | l'operatore |
        | VULA FTTH            | progetto | PRJ-ALFA | il cliente  |
        | VULA FTTH            | delivery | DEL-ALFA | l'operatore |
        | Bitstream NGA FTTCAB | progetto | PRJ-ALFA | il cliente  |
        | Bitstream NGA FTTCAB | delivery | DEL-ALFA | l'operatore |
        | Bitstream NGA FTTH   | progetto | PRJ-ALFA | il cliente  |
        | Bitstream NGA FTTH   | delivery | DEL-ALFA | l'operatore |

  @ROUTE-5
  Regola: Sul rame il codice progetto vince sulla disaggregazione, anche della Policy di Contatto

    Schema dello scenario: <servizio> <modo> con codice progetto è lavorato nel servizio
      Dato un ordine <servizio> di Alfa, <modo>, con codice progetto PRJ-ALFA
      Quando la rete notifica AC <giorno> 09:00:00
      Allora l'ordine è del servizio
      E nessuno telefona al cliente
      E l'ordine riceve SMS, riga del file e causale

      Esempi:
        | servizio | modo                         | giorno         |
        | ULL      | non disaggregato             | sab 2027-10-02 |
        | ULL      | disaggregato                 | gio 2026-12-31 |
        | ULL      | disaggregato anche nella PdC | sab 2026-10-24 |
        | SLU      | non disaggregato             | mar 2026-04-07 |
        | SLU      | disaggregato                 | lun 2026-06-01 |
        | SLU      | disaggregato anche nella PdC | lun 2026-10-26 |

    Scenario: Con entrambi i codici vince il progetto anche se l'ordine è disaggregato
      Dato che la lettura doppio codice è vince il progetto
      E un ordine ULL di Alfa, disaggregato anche nella PdC, con codice progetto PRJ-ALFA, con codice delivery DEL-ALFA
      Quando la rete notifica AC lun 2026-03-30 09:00:00
      Allora l'ordine è del servizio

  @ROUTE-6
  Regola: Sul rame il codice delivery non conta in un ordine disaggregato: del servizio non accade nulla

    Schema dello scenario: <servizio> disaggregato anche nella PdC con codice delivery (lettura <lettura>)
      Dato che la lettura delivery ignorato è <lettura>
      E un ordine <servizio> di Alfa, disaggregato anche nella PdC, con codice delivery DEL-ALFA
      Quando la rete notifica AC <giorno> 09:00:00
      Allora l'ordine è disaggregato
      E del servizio non accade nulla
      E nessuno telefona al cliente

      Esempi:
        | servizio | lettura              | giorno         |
        | ULL      | in ogni disaggregato | gio 2027-01-07 |
        | ULL      | se lo è anche la PdC | sab 2026-05-02 |
        | SLU      | in ogni disaggregato | mar 2027-11-02 |
        | SLU      | se lo è anche la PdC | ven 2026-08-14 |

    Schema dello scenario: <servizio> disaggregato ma non nella PdC, con codice delivery e lettura <lettura>, è <esito>
      Dato che la lettura delivery ignorato è <lettura>
      E un ordine <servizio> di Alfa, disaggregato, con codice delivery DEL-ALFA
      Quando la rete notifica AC <giorno> 09:00:00
      Allora l'ordine è <esito>

      Esempi:
        | servizio | lettura              | esito        | giorno         |
        | ULL      | in ogni disaggregato | disaggregato | lun 2026-12-07 |
        | ULL      | se lo è anche la PdC | del servizio | ven 2026-04-03 |
        | SLU      | in ogni disaggregato | disaggregato | gio 2026-12-24 |
        | SLU      | se lo è anche la PdC | del servizio | mar 2028-02-29 |

    Schema dello scenario: <servizio> <modo> senza codice resta disaggregato
      Dato un ordine <servizio> di Alfa, <modo>, senza codice
      Quando la rete notifica AC <giorno> 09:00:00
      Allora l'ordine è disaggregato
      E del servizio non accade nulla

      Esempi:
        | servizio | modo                         | giorno         |
        | ULL      | disaggregato                 | sab 2026-03-28 |
        | ULL      | disaggregato anche nella PdC | sab 2027-10-02 |
        | SLU      | disaggregato                 | gio 2026-12-31 |
        | SLU      | disaggregato anche nella PdC | sab 2026-10-24 |

    Scenario: Disaggregato senza PdC: il cliente è chiamato al telefono
      Dato un ordine ULL di Alfa, disaggregato, senza codice
      Quando la rete notifica AC mar 2026-03-03 09:00:00
      Allora il cliente è chiamato secondo la Policy di Contatto
      E non parte il servizio commerciale INFO CARE

    Schema dello scenario: <servizio> non disaggregato con codice delivery entra nel servizio
      Dato un ordine <servizio> di Alfa, non disaggregato, con codice delivery DEL-ALFA
      Quando la rete notifica AC <giorno> 09:00:00
      Allora l'ordine è del servizio

      Esempi:
        | servizio | giorno         |
        | ULL      | mar 2026-04-07 |
        | SLU      | lun 2026-06-01 |

  @ROUTE-7
  Regola: Ordini e notifiche hanno gli stessi tracciati XML con il codice e senza
    Gli XSD veri non sono pubblici: quelli del progetto fanno le veci e si possono sostituire.

    Schema dello scenario: <servizio> <codice>: ordine e notifiche validi
      Dato un ordine <servizio> di Alfa, <codice>
      Quando la rete notifica l'innesco mar 2026-06-30 09:00:00
      E mar 2026-06-30 15:00:00 il cliente apre il link
      E mar 2026-06-30 15:01:00 il cliente fissa ven 2026-07-03 10:00-12:00
      Allora l'ordine e le sue notifiche sono validi secondo gli XSD

      Esempi:
        | servizio             | codice                       |
        | ULL                  | con codice progetto PRJ-ALFA |
        | ULL                  | con codice delivery DEL-ALFA |
        | SLU                  | con codice progetto PRJ-ALFA |
        | SLU                  | con codice delivery DEL-ALFA |
        | VULA FTTCAB          | con codice progetto PRJ-ALFA |
        | VULA FTTCAB          | con codice delivery DEL-ALFA |
        | VULA FTTH            | con codice progetto PRJ-ALFA |
        | VULA FTTH            | con codice delivery DEL-ALFA |
        | Bitstream NGA FTTCAB | con codice progetto PRJ-ALFA |
        | Bitstream NGA FTTCAB | con codice delivery DEL-ALFA |
        | Bitstream NGA FTTH   | con codice progetto PRJ-ALFA |
        | Bitstream NGA FTTH   | con codice delivery DEL-ALFA |

    Schema dello scenario: <servizio> senza codice: stesso tracciato
      Dato un ordine <servizio> di Alfa, con codice progetto PRJ-ALFA
      E un altro ordine <servizio> di Alfa, con codice delivery DEL-ALFA
      E un altro ordine <servizio> di Alfa, senza codice
      Quando la rete notifica l'innesco di ogni ordine <giorno> 09:00:00
      Allora l'ordine e le sue notifiche sono validi secondo gli XSD
      E tutti gli ordini hanno gli stessi elementi XML, codice a parte

      Esempi:
        | servizio             | giorno         |
        | ULL                  | lun 2026-10-26 |
        | SLU                  | lun 2026-03-30 |
        | VULA FTTCAB          | gio 2027-01-07 |
        | VULA FTTH            | sab 2026-05-02 |
        | Bitstream NGA FTTCAB | mar 2027-11-02 |
        | Bitstream NGA FTTH   | ven 2026-08-14 |

  @ROUTE-8
  Regola: Un ordine con codice efficace riceve davvero il servizio: il codice non cade nel silenzio

    Schema dello scenario: <servizio> con codice <tipo> riceve tutto il servizio
      Dato un ordine <servizio> di Alfa, con codice <tipo> <codice>
      Quando la rete notifica l'innesco <giorno> 09:00:00
      Allora l'ordine riceve SMS, riga del file e causale

      Esempi:
        | servizio             | tipo     | codice   | giorno         |
        | ULL                  | progetto | PRJ-ALFA | lun 2026-12-07 |
        | ULL                  | delivery | DEL-ALFA | ven 2026-04-03 |
        | SLU                  | progetto | PRJ-ALFA | gio 2026-12-24 |
        | SLU                  | delivery | DEL-ALFA | mar 2028-02-29 |
        | VULA FTTCAB          | progetto | PRJ-ALFA | sab 2026-03-28 |
        | VULA FTTCAB          | delivery | DEL-ALFA | sab 2027-10-02 |
        | VULA FTTH            | progetto | PRJ-ALFA | gio 2026-12-31 |
        | VULA FTTH            | delivery | DEL-ALFA | sab 2026-10-24 |
        | Bitstream NGA FTTCAB | progetto | PRJ-ALFA | mar 2026-04-07 |
        | Bitstream NGA FTTCAB | delivery | DEL-ALFA | lun 2026-06-01 |
        | Bitstream NGA FTTH   | progetto | PRJ-ALFA | lun 2026-10-26 |
        | Bitstream NGA FTTH   | delivery | DEL-ALFA | lun 2026-03-30 |

    Schema dello scenario: <servizio> detto <modo>, con codice <tipo>, riceve tutto il servizio
      Dato un ordine <servizio> di Alfa, <modo>, con codice <tipo> <codice>
      Quando la rete notifica l'innesco <giorno> 09:00:00
      Allora l'ordine riceve SMS, riga del file e causale

      Esempi:
        | servizio             | modo                         | tipo     | codice   | giorno         |
        | VULA FTTCAB          | disaggregato                 | delivery | DEL-ALFA | gio 2027-01-07 |
        | VULA FTTH            | disaggregato anche nella PdC | progetto | PRJ-ALFA | sab 2026-05-02 |
        | Bitstream NGA FTTCAB | disaggregato anche nella PdC | delivery | DEL-ALFA | mar 2027-11-02 |
        | Bitstream NGA FTTH   | disaggregato                 | progetto | PRJ-ALFA | ven 2026-08-14 |
