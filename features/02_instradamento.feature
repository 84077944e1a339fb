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
      Quando la rete notifica l'innesco mar 2026-03-03 09:00:00
      Allora nessuno telefona al cliente

      Esempi:
        | servizio             | tipo     | codice   |
        | ULL                  | progetto | PRJ-ALFA |
        | ULL                  | delivery | DEL-ALFA |
        | SLU                  | progetto | PRJ-ALFA |
        | SLU                  | delivery | DEL-ALFA |
        | VULA FTTCAB          | progetto | PRJ-ALFA |
        | VULA FTTCAB          | delivery | DEL-ALFA |
        | VULA FTTH            | progetto | PRJ-ALFA |
        | VULA FTTH            | delivery | DEL-ALFA |
        | Bitstream NGA FTTCAB | progetto | PRJ-ALFA |
        | Bitstream NGA FTTCAB | delivery | DEL-ALFA |
        | Bitstream NGA FTTH   | progetto | PRJ-ALFA |
        | Bitstream NGA FTTH   | delivery | DEL-ALFA |

    Schema dello scenario: <servizio> senza codice: il cliente è chiamato
      Dato un ordine <servizio> di Alfa, senza codice
      Quando la rete notifica l'innesco mar 2026-03-03 09:00:00
      Allora il cliente è chiamato secondo la Policy di Contatto

      Esempi:
        | servizio             |
        | ULL                  |
        | SLU                  |
        | VULA FTTCAB          |
        | VULA FTTH            |
        | Bitstream NGA FTTCAB |
        | Bitstream NGA FTTH   |

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
      Quando la rete notifica l'innesco mar 2026-03-03 09:00:00
      E mer 2026-03-04 15:00:00 <atto>
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
      Quando la rete notifica l'innesco mar 2026-03-03 09:00:00
      Allora non parte il servizio commerciale <nome>

      Esempi:
        | servizio             | tipo     | codice   | nome            |
        | ULL                  | progetto | PRJ-ALFA | Rendez Vous     |
        | ULL                  | progetto | PRJ-ALFA | Rendez Vous 2.0 |
        | ULL                  | delivery | DEL-ALFA | Rendez Vous     |
        | ULL                  | delivery | DEL-ALFA | Rendez Vous 2.0 |
        | SLU                  | progetto | PRJ-ALFA | Rendez Vous     |
        | SLU                  | progetto | PRJ-ALFA | Rendez Vous 2.0 |
        | SLU                  | delivery | DEL-ALFA | Rendez Vous     |
        | SLU                  | delivery | DEL-ALFA | Rendez Vous 2.0 |
        | VULA FTTCAB          | progetto | PRJ-ALFA | Rendez Vous     |
        | VULA FTTCAB          | progetto | PRJ-ALFA | Rendez Vous 2.0 |
        | VULA FTTCAB          | delivery | DEL-ALFA | Rendez Vous     |
        | VULA FTTCAB          | delivery | DEL-ALFA | Rendez Vous 2.0 |
        | VULA FTTH            | progetto | PRJ-ALFA | Rendez Vous     |
        | VULA FTTH            | progetto | PRJ-ALFA | Rendez Vous 2.0 |
        | VULA FTTH            | delivery | DEL-ALFA | Rendez Vous     |
        | VULA FTTH            | delivery | DEL-ALFA | Rendez Vous 2.0 |
        | Bitstream NGA FTTCAB | progetto | PRJ-ALFA | Rendez Vous     |
        | Bitstream NGA FTTCAB | progetto | PRJ-ALFA | Rendez Vous 2.0 |
        | Bitstream NGA FTTCAB | delivery | DEL-ALFA | Rendez Vous     |
        | Bitstream NGA FTTCAB | delivery | DEL-ALFA | Rendez Vous 2.0 |
        | Bitstream NGA FTTH   | progetto | PRJ-ALFA | Rendez Vous     |
        | Bitstream NGA FTTH   | progetto | PRJ-ALFA | Rendez Vous 2.0 |
        | Bitstream NGA FTTH   | delivery | DEL-ALFA | Rendez Vous     |
        | Bitstream NGA FTTH   | delivery | DEL-ALFA | Rendez Vous 2.0 |

    Schema dello scenario: <nome> parte per un ordine <servizio> senza codice
      Dato un ordine <servizio> di Alfa, senza codice
      Quando la rete notifica l'innesco mar 2026-03-03 09:00:00
      Allora parte il servizio commerciale <nome>

      Esempi:
        | nome            | servizio    |
        | Rendez Vous     | ULL         |
        | Rendez Vous     | VULA FTTCAB |
        | Rendez Vous 2.0 | ULL         |
        | Rendez Vous 2.0 | VULA FTTCAB |

    Schema dello scenario: <nome> tace per <servizio> con codice <tipo> anche dopo l'appuntamento (fissa <chi>)
      Dato un ordine <servizio> di Alfa, con codice <tipo> <codice>
      Quando la rete notifica l'innesco mar 2026-03-03 09:00:00
      E mer 2026-03-04 15:00:00 <chi> fissa mar 2026-03-10 10:00-12:00
      Allora il tecnico arriva mar 2026-03-10 10:00-12:00
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
      Quando la rete notifica l'innesco mar 2026-03-03 09:00:00
      Allora non parte il servizio commerciale <nome>

      Esempi:
        | servizio             | tipo     | codice   | nome            |
        | ULL                  | progetto | PRJ-ALFA | SMS di Cortesia |
        | ULL                  | delivery | DEL-ALFA | SMS di Cortesia |
        | SLU                  | progetto | PRJ-ALFA | SMS di Cortesia |
        | SLU                  | delivery | DEL-ALFA | SMS di Cortesia |
        | VULA FTTCAB          | progetto | PRJ-ALFA | SMS di Cortesia |
        | VULA FTTCAB          | delivery | DEL-ALFA | SMS di Cortesia |
        | VULA FTTH            | progetto | PRJ-ALFA | SMS di Cortesia |
        | VULA FTTH            | delivery | DEL-ALFA | SMS di Cortesia |
        | Bitstream NGA FTTCAB | progetto | PRJ-ALFA | SMS di Cortesia |
        | Bitstream NGA FTTCAB | delivery | DEL-ALFA | SMS di Cortesia |
        | Bitstream NGA FTTH   | progetto | PRJ-ALFA | SMS di Cortesia |
        | Bitstream NGA FTTH   | delivery | DEL-ALFA | SMS di Cortesia |

    Schema dello scenario: SMS di Cortesia parte per un ordine <servizio> senza codice
      Dato un ordine <servizio> di Alfa, senza codice
      Quando la rete notifica l'innesco mar 2026-03-03 09:00:00
      Allora parte il servizio commerciale <nome>

      Esempi:
        | nome            | servizio    |
        | SMS di Cortesia | ULL         |
        | SMS di Cortesia | VULA FTTCAB |

    Schema dello scenario: SMS di Cortesia tace per <servizio> con codice <tipo> anche dopo l'appuntamento (fissa <chi>)
      Dato un ordine <servizio> di Alfa, con codice <tipo> <codice>
      Quando la rete notifica l'innesco mar 2026-03-03 09:00:00
      E mer 2026-03-04 15:00:00 <chi> fissa mar 2026-03-10 10:00-12:00
      Allora il tecnico arriva mar 2026-03-10 10:00-12:00
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
      Quando la rete notifica l'innesco mar 2026-03-03 09:00:00
      Allora parte il servizio commerciale <nome>

      Esempi:
        | nome      | servizio    |
        | INFO CARE | ULL         |
        | INFO CARE | VULA FTTCAB |

    Schema dello scenario: INFO CARE tace per <servizio> con codice <tipo> anche dopo l'appuntamento (fissa <chi>)
      Dato un ordine <servizio> di Alfa, con codice <tipo> <codice>
      Quando la rete notifica l'innesco mar 2026-03-03 09:00:00
      E mer 2026-03-04 15:00:00 <chi> fissa mar 2026-03-10 10:00-12:00
      Allora il tecnico arriva mar 2026-03-10 10:00-12:00
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
      Quando la rete notifica AC mar 2026-03-03 09:00:00
      Allora l'ordine è del servizio
      E nessuno telefona al cliente
      E l'ordine riceve SMS, riga del file e causale

      Esempi:
        | servizio | modo                         |
        | ULL      | non disaggregato             |
        | ULL      | disaggregato                 |
        | ULL      | disaggregato anche nella PdC |
        | SLU      | non disaggregato             |
        | SLU      | disaggregato                 |
        | SLU      | disaggregato anche nella PdC |

    Scenario: Con entrambi i codici vince il progetto anche se l'ordine è disaggregato
      Dato che la lettura doppio codice è vince il progetto
      E un ordine ULL di Alfa, disaggregato anche nella PdC, con codice progetto PRJ-ALFA, con codice delivery DEL-ALFA
      Quando la rete notifica AC mar 2026-03-03 09:00:00
      Allora l'ordine è del servizio

  @ROUTE-6
  Regola: Sul rame il codice delivery non conta in un ordine disaggregato: del servizio non accade nulla

    Schema dello scenario: <servizio> disaggregato anche nella PdC con codice delivery (lettura <lettura>)
      Dato che la lettura delivery ignorato è <lettura>
      E un ordine <servizio> di Alfa, disaggregato anche nella PdC, con codice delivery DEL-ALFA
      Quando la rete notifica AC mar 2026-03-03 09:00:00
      Allora l'ordine è disaggregato
      E del servizio non accade nulla
      E nessuno telefona al cliente

      Esempi:
        | servizio | lettura              |
        | ULL      | in ogni disaggregato |
        | ULL      | se lo è anche la PdC |
        | SLU      | in ogni disaggregato |
        | SLU      | se lo è anche la PdC |

    Schema dello scenario: <servizio> disaggregato ma non nella PdC, con codice delivery e lettura <lettura>, è <esito>
      Dato che la lettura delivery ignorato è <lettura>
      E un ordine <servizio> di Alfa, disaggregato, con codice delivery DEL-ALFA
      Quando la rete notifica AC mar 2026-03-03 09:00:00
      Allora l'ordine è <esito>

      Esempi:
        | servizio | lettura              | esito        |
        | ULL      | in ogni disaggregato | disaggregato |
        | ULL      | se lo è anche la PdC | del servizio |
        | SLU      | in ogni disaggregato | disaggregato |
        | SLU      | se lo è anche la PdC | del servizio |

    Schema dello scenario: <servizio> <modo> senza codice resta disaggregato
      Dato un ordine <servizio> di Alfa, <modo>, senza codice
      Quando la rete notifica AC mar 2026-03-03 09:00:00
      Allora l'ordine è disaggregato
      E del servizio non accade nulla

      Esempi:
        | servizio | modo                         |
        | ULL      | disaggregato                 |
        | ULL      | disaggregato anche nella PdC |
        | SLU      | disaggregato                 |
        | SLU      | disaggregato anche nella PdC |

    Scenario: Disaggregato senza PdC: il cliente è chiamato al telefono
      Dato un ordine ULL di Alfa, disaggregato, senza codice
      Quando la rete notifica AC mar 2026-03-03 09:00:00
      Allora il cliente è chiamato secondo la Policy di Contatto
      E non parte il servizio commerciale INFO CARE

    Schema dello scenario: <servizio> non disaggregato con codice delivery entra nel servizio
      Dato un ordine <servizio> di Alfa, non disaggregato, con codice delivery DEL-ALFA
      Quando la rete notifica AC mar 2026-03-03 09:00:00
      Allora l'ordine è del servizio

      Esempi:
        | servizio |
        | ULL      |
        | SLU      |

  @ROUTE-7
  Regola: Ordini e notifiche hanno gli stessi tracciati XML con il codice e senza
    Gli XSD veri non sono pubblici: quelli del progetto fanno le veci e si possono sostituire.

    Schema dello scenario: <servizio> <codice>: ordine e notifiche validi
      Dato un ordine <servizio> di Alfa, <codice>
      Quando la rete notifica l'innesco mar 2026-03-03 09:00:00
      E mar 2026-03-03 15:00:00 il cliente apre il link
      E mar 2026-03-03 15:01:00 il cliente fissa ven 2026-03-06 10:00-12:00
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
      Quando la rete notifica l'innesco di ogni ordine mar 2026-03-03 09:00:00
      Allora l'ordine e le sue notifiche sono validi secondo gli XSD
      E tutti gli ordini hanno gli stessi elementi XML, codice a parte

      Esempi:
        | servizio             |
        | ULL                  |
        | SLU                  |
        | VULA FTTCAB          |
        | VULA FTTH            |
        | Bitstream NGA FTTCAB |
        | Bitstream NGA FTTH   |

  @ROUTE-8
  Regola: Un ordine con codice efficace riceve davvero il servizio: il codice non cade nel silenzio

    Schema dello scenario: <servizio> con codice <tipo> riceve tutto il servizio
      Dato un ordine <servizio> di Alfa, con codice <tipo> <codice>
      Quando la rete notifica l'innesco mar 2026-03-03 09:00:00
      Allora l'ordine riceve SMS, riga del file e causale

      Esempi:
        | servizio             | tipo     | codice   |
        | ULL                  | progetto | PRJ-ALFA |
        | ULL                  | delivery | DEL-ALFA |
        | SLU                  | progetto | PRJ-ALFA |
        | SLU                  | delivery | DEL-ALFA |
        | VULA FTTCAB          | progetto | PRJ-ALFA |
        | VULA FTTCAB          | delivery | DEL-ALFA |
        | VULA FTTH            | progetto | PRJ-ALFA |
        | VULA FTTH            | delivery | DEL-ALFA |
        | Bitstream NGA FTTCAB | progetto | PRJ-ALFA |
        | Bitstream NGA FTTCAB | delivery | DEL-ALFA |
        | Bitstream NGA FTTH   | progetto | PRJ-ALFA |
        | Bitstream NGA FTTH   | delivery | DEL-ALFA |

    Schema dello scenario: <servizio> detto <modo>, con codice <tipo>, riceve tutto il servizio
      Dato un ordine <servizio> di Alfa, <modo>, con codice <tipo> <codice>
      Quando la rete notifica l'innesco mar 2026-03-03 09:00:00
      Allora l'ordine riceve SMS, riga del file e causale

      Esempi:
        | servizio             | modo                         | tipo     | codice   |
        | VULA FTTCAB          | disaggregato                 | delivery | DEL-ALFA |
        | VULA FTTH            | disaggregato anche nella PdC | progetto | PRJ-ALFA |
        | Bitstream NGA FTTCAB | disaggregato anche nella PdC | delivery | DEL-ALFA |
        | Bitstream NGA FTTH   | disaggregato                 | progetto | PRJ-ALFA |
