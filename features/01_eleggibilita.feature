# language: it
@ELIG
Funzionalità: Quali ordini entrano in Appuntamento Digitale
  Operatore, servizio, linea, codice e data decidono insieme se un ordine entra nel servizio.

  Contesto:
    Dato l'operatore Alfa con codice progetto PRJ-ALFA e codice delivery DEL-ALFA

  @ELIG-1
  Regola: Il servizio vale per la fornitura di sei servizi di accesso, e per nessun altro
    Il codice non basta: fuori dai sei servizi, e fuori dalla fornitura, l'ordine segue la strada ordinaria.

    Schema dello scenario: <servizio> in fornitura con codice <tipo> entra nel servizio
      Dato un ordine <servizio> di Alfa, con codice <tipo> <codice>
      Quando la rete notifica l'innesco <giorno> 09:00:00
      Allora l'ordine è del servizio
      E l'SMS di ingaggio parte non prima di <giorno> 09:00:00

      Esempi:
        | servizio             | tipo     | codice   | giorno         |
        | ULL                  | progetto | PRJ-ALFA | ven 2026-04-03 |
        | ULL                  | delivery | DEL-ALFA | gio 2026-12-24 |
        | SLU                  | progetto | PRJ-ALFA | mar 2028-02-29 |
        | SLU                  | delivery | DEL-ALFA | sab 2026-03-28 |
        | VULA FTTCAB          | progetto | PRJ-ALFA | sab 2027-10-02 |
        | VULA FTTCAB          | delivery | DEL-ALFA | gio 2026-12-31 |
        | VULA FTTH            | progetto | PRJ-ALFA | sab 2026-10-24 |
        | VULA FTTH            | delivery | DEL-ALFA | mar 2026-04-07 |
        | Bitstream NGA FTTCAB | progetto | PRJ-ALFA | lun 2026-06-01 |
        | Bitstream NGA FTTCAB | delivery | DEL-ALFA | lun 2026-10-26 |
        | Bitstream NGA FTTH   | progetto | PRJ-ALFA | lun 2026-03-30 |
        | Bitstream NGA FTTH   | delivery | DEL-ALFA | gio 2027-01-07 |

    Schema dello scenario: <servizio> in cessazione resta ordinario
      Dato che la lettura ordine non ammesso è ordinario
      E un ordine <servizio> di Alfa, di cessazione
      Quando la rete notifica l'innesco <giorno> 09:00:00
      Allora l'ordine è ordinario
      E del servizio non accade nulla

      Esempi:
        | servizio             | giorno         |
        | ULL                  | sab 2026-05-02 |
        | SLU                  | mar 2027-11-02 |
        | VULA FTTCAB          | ven 2026-08-14 |
        | VULA FTTH            | lun 2026-12-07 |
        | Bitstream NGA FTTCAB | ven 2026-04-03 |
        | Bitstream NGA FTTH   | gio 2026-12-24 |

    Scenario: Un servizio fuori elenco resta ordinario anche con il codice
      Dato che la lettura ordine non ammesso è ordinario
      E un ordine WLR di Alfa
      Quando la rete notifica l'innesco mar 2028-02-29 09:00:00
      Allora l'ordine è ordinario
      E del servizio non accade nulla

    Schema dello scenario: Con la lettura che respinge <caso> torna subito all'operatore
      Dato che la lettura ordine non ammesso è respinto
      E un ordine <ordine>
      Quando l'ordine è consegnato sab 2026-03-28 09:00:00
      Allora l'ordine non è instradato e torna all'operatore

      Esempi:
        | caso                     | ordine                             |
        | la cessazione            | ULL di Alfa, di cessazione         |
        | il servizio fuori elenco | WLR di Alfa                        |
        | la linea attiva          | VULA FTTH di Alfa, su linea attiva |

  @ELIG-2
  Regola: Solo gli ordini su linea non attiva possono entrare nel servizio

    Schema dello scenario: <servizio> su linea <linea> è <esito>
      Dato che la lettura ordine non ammesso è ordinario
      E un ordine <servizio> di Alfa, su linea <linea>
      Quando la rete notifica l'innesco <giorno> 09:00:00
      Allora l'ordine è <esito>

      Esempi:
        | servizio             | linea      | esito        | giorno         |
        | ULL                  | non attiva | del servizio | sab 2027-10-02 |
        | ULL                  | attiva     | ordinario    | gio 2026-12-31 |
        | SLU                  | non attiva | del servizio | sab 2026-10-24 |
        | SLU                  | attiva     | ordinario    | mar 2026-04-07 |
        | VULA FTTCAB          | non attiva | del servizio | lun 2026-06-01 |
        | VULA FTTCAB          | attiva     | ordinario    | lun 2026-10-26 |
        | VULA FTTH            | non attiva | del servizio | lun 2026-03-30 |
        | VULA FTTH            | attiva     | ordinario    | gio 2027-01-07 |
        | Bitstream NGA FTTCAB | non attiva | del servizio | sab 2026-05-02 |
        | Bitstream NGA FTTCAB | attiva     | ordinario    | mar 2027-11-02 |
        | Bitstream NGA FTTH   | non attiva | del servizio | ven 2026-08-14 |
        | Bitstream NGA FTTH   | attiva     | ordinario    | lun 2026-12-07 |

    Schema dello scenario: Su linea attiva il codice <tipo> non porta SMS né causali
      Dato che la lettura ordine non ammesso è ordinario
      E un ordine VULA FTTCAB di Alfa, su linea attiva, con codice <tipo> <codice>
      Quando la rete notifica l'innesco ven 2026-04-03 09:00:00
      Allora del servizio non accade nulla
      E il cliente è chiamato secondo la Policy di Contatto

      Esempi:
        | tipo     | codice   |
        | progetto | PRJ-ALFA |
        | delivery | DEL-ALFA |

  @ELIG-3
  Regola: Il servizio è aperto ai soli operatori che comprano accesso regolamentato

    Schema dello scenario: <servizio> di chi non compra accesso regolamentato resta ordinario
      Dato che la lettura ordine non ammesso è ordinario
      E che Alfa non compra accesso regolamentato
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco <giorno> 09:00:00
      Allora l'ordine è ordinario
      E del servizio non accade nulla

      Esempi:
        | servizio             | giorno         |
        | ULL                  | gio 2026-12-24 |
        | SLU                  | mar 2028-02-29 |
        | VULA FTTCAB          | sab 2026-03-28 |
        | VULA FTTH            | sab 2027-10-02 |
        | Bitstream NGA FTTCAB | gio 2026-12-31 |
        | Bitstream NGA FTTH   | sab 2026-10-24 |

    Scenario: Chi compra accesso regolamentato entra nel servizio
      Dato un ordine ULL di Alfa
      Quando la rete notifica l'innesco mar 2026-03-03 09:00:00
      Allora l'ordine è del servizio

  @ELIG-4
  Regola: Il servizio è aperto ai soli operatori che usano il 4° referente

    Schema dello scenario: <servizio> di chi non usa il 4° referente resta ordinario
      Dato che la lettura ordine non ammesso è ordinario
      E che Alfa non usa il 4° referente
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco <giorno> 09:00:00
      Allora l'ordine è ordinario
      E del servizio non accade nulla

      Esempi:
        | servizio             | giorno         |
        | ULL                  | mar 2026-04-07 |
        | SLU                  | lun 2026-06-01 |
        | VULA FTTCAB          | lun 2026-10-26 |
        | VULA FTTH            | lun 2026-03-30 |
        | Bitstream NGA FTTCAB | gio 2027-01-07 |
        | Bitstream NGA FTTH   | sab 2026-05-02 |

    Scenario: Senza 4° referente e con la lettura che respinge l'ordine torna subito all'operatore
      Dato che la lettura ordine non ammesso è respinto
      E che Alfa non usa il 4° referente
      E un ordine SLU di Alfa
      Quando l'ordine è consegnato mar 2027-11-02 09:00:00
      Allora l'ordine non è instradato e torna all'operatore

    Scenario: Chi usa il 4° referente entra nel servizio
      Dato un ordine Bitstream NGA FTTH di Alfa
      Quando la rete notifica l'innesco ven 2026-08-14 09:00:00
      Allora l'ordine è del servizio

  @ELIG-5
  Regola: L'operatore usa un codice progetto oppure un codice delivery, fra quelli assegnati a lui
    Progetto o delivery: la scelta è dell'operatore, ordine per ordine. I codici sono assegnati a uno solo.

    Schema dello scenario: Vale il codice <tipo> assegnato ad Alfa
      Dato un ordine VULA FTTH di Alfa, con codice <tipo> <codice>
      Quando la rete notifica l'innesco lun 2026-12-07 09:00:00
      Allora l'ordine è del servizio

      Esempi:
        | tipo     | codice   |
        | progetto | PRJ-ALFA |
        | delivery | DEL-ALFA |

    Schema dello scenario: <caso> vale come nessun codice
      Dato che la lettura codice ignoto è ordinario
      E l'operatore Beta con codice progetto PRJ-BETA e codice delivery DEL-BETA
      E un ordine VULA FTTH di Alfa, con codice <tipo> <codice>
      Quando la rete notifica l'innesco ven 2026-04-03 09:00:00
      Allora l'ordine è ordinario
      E del servizio non accade nulla

      Esempi:
        | caso                                     | tipo     | codice      |
        | Un codice progetto inesistente           | progetto | PRJ-NESSUNO |
        | Un codice delivery inesistente           | delivery | DEL-NESSUNO |
        | Il codice progetto di un altro operatore | progetto | PRJ-BETA    |
        | Il codice delivery di un altro operatore | delivery | DEL-BETA    |
        | Un codice progetto scritto come delivery | delivery | PRJ-ALFA    |
        | Un codice delivery scritto come progetto | progetto | DEL-ALFA    |

    Schema dello scenario: Con la lettura che respinge <caso> fa tornare l'ordine
      Dato che la lettura codice ignoto è respinto
      E un ordine VULA FTTH di Alfa, con codice <tipo> <codice>
      Quando l'ordine è consegnato gio 2026-12-24 09:00:00
      Allora l'ordine non è instradato e torna all'operatore

      Esempi:
        | caso                      | tipo     | codice      |
        | un codice progetto ignoto | progetto | PRJ-NESSUNO |
        | un codice delivery ignoto | delivery | DEL-NESSUNO |

    Schema dello scenario: <servizio> con entrambi i codici segue il codice progetto
      Dato che la lettura doppio codice è vince il progetto
      E un ordine <servizio> di Alfa, con codice progetto PRJ-ALFA, con codice delivery DEL-ALFA
      Quando la rete notifica l'innesco <giorno> 09:00:00
      Allora l'ordine è del servizio

      Esempi:
        | servizio             | giorno         |
        | ULL                  | mar 2028-02-29 |
        | SLU                  | sab 2026-03-28 |
        | VULA FTTCAB          | sab 2027-10-02 |
        | VULA FTTH            | gio 2026-12-31 |
        | Bitstream NGA FTTCAB | sab 2026-10-24 |
        | Bitstream NGA FTTH   | mar 2026-04-07 |

    Scenario: Con la lettura che respinge entrambi i codici fanno tornare l'ordine
      Dato che la lettura doppio codice è respinto
      E un ordine VULA FTTH di Alfa, con codice progetto PRJ-ALFA, con codice delivery DEL-ALFA
      Quando l'ordine è consegnato mar 2026-03-03 09:00:00
      Allora l'ordine non è instradato e torna all'operatore

    Schema dello scenario: Un codice buono e uno ignoto: vale il <tipo> buono
      Dato che la lettura codice ignoto è ordinario
      E che la lettura doppio codice è vince il progetto
      E un ordine VULA FTTH di Alfa, con codice progetto <progetto>, con codice delivery <delivery>
      Quando la rete notifica l'innesco lun 2026-06-01 09:00:00
      Allora l'ordine è del servizio

      Esempi:
        | tipo     | progetto    | delivery    |
        | progetto | PRJ-ALFA    | DEL-NESSUNO |
        | delivery | PRJ-NESSUNO | DEL-ALFA    |

    Scenario: Un codice già assegnato non va a un secondo operatore
      Dato l'operatore Beta con codice progetto PRJ-ALFA
      Quando l'operatore si registra
      Allora la richiesta è respinta

    Schema dello scenario: Chi ha più codici di un tipo li può usare tutti: <servizio> con <tipo> <codice>
      Dato l'operatore Gamma con codice progetto PRJ-G1 e codice progetto PRJ-G2 e codice delivery DEL-G1 e codice delivery DEL-G2
      E un ordine <servizio> di Gamma, con codice <tipo> <codice>
      Quando la rete notifica l'innesco <giorno> 09:00:00
      Allora l'ordine è del servizio
      E l'ordine riceve SMS, riga del file e causale

      Esempi:
        | servizio             | tipo     | codice | giorno         |
        | ULL                  | progetto | PRJ-G1 | lun 2026-10-26 |
        | SLU                  | progetto | PRJ-G2 | lun 2026-03-30 |
        | VULA FTTCAB          | delivery | DEL-G1 | gio 2027-01-07 |
        | VULA FTTH            | delivery | DEL-G2 | sab 2026-05-02 |
        | Bitstream NGA FTTCAB | progetto | PRJ-G2 | mar 2027-11-02 |
        | Bitstream NGA FTTH   | delivery | DEL-G2 | ven 2026-08-14 |

  @ELIG-6
  Regola: Ogni ordine sceglie per sé: con un codice efficace entra nel servizio, senza resta ordinario

    Schema dello scenario: <servizio> senza codice resta ordinario
      Dato un ordine <servizio> di Alfa, senza codice
      Quando la rete notifica l'innesco <giorno> 09:00:00
      Allora l'ordine è ordinario
      E del servizio non accade nulla

      Esempi:
        | servizio             | giorno         |
        | ULL                  | lun 2026-12-07 |
        | SLU                  | ven 2026-04-03 |
        | VULA FTTCAB          | gio 2026-12-24 |
        | VULA FTTH            | mar 2028-02-29 |
        | Bitstream NGA FTTCAB | sab 2026-03-28 |
        | Bitstream NGA FTTH   | sab 2027-10-02 |

    Scenario: Due ordini dello stesso operatore, uno con il codice e uno senza
      Dato un ordine VULA FTTH di Alfa, detto A
      E un altro ordine VULA FTTH di Alfa, senza codice, detto B
      Quando la rete notifica l'innesco di ogni ordine gio 2026-12-31 09:00:00
      Allora l'ordine è ordinario
      E del servizio non accade nulla
      Quando si parla dell'ordine A
      Allora l'ordine è del servizio
      E l'ordine riceve SMS, riga del file e causale

    Schema dello scenario: <servizio> con codice <tipo>, ricevuto <ricevuto>, entra nel servizio
      Dato un ordine <servizio> di Alfa, con codice <tipo> <codice>
      Quando l'ordine è consegnato <ricevuto>
      Allora l'ordine è del servizio

      Esempi:
        | servizio             | tipo     | codice   | ricevuto                |
        | ULL                  | delivery | DEL-ALFA | lun 2020-06-01 00:00:00 |
        | SLU                  | progetto | PRJ-ALFA | lun 2020-06-01 09:00:00 |
        | VULA FTTCAB          | progetto | PRJ-ALFA | mar 2026-03-24 09:00:00 |
        | VULA FTTH            | delivery | DEL-ALFA | mer 2026-07-15 23:30:00 |
        | Bitstream NGA FTTCAB | delivery | DEL-ALFA | dom 2027-10-03 12:00:00 |
        | Bitstream NGA FTTH   | progetto | PRJ-ALFA | mar 2028-02-29 10:00:00 |

  @ELIG-7
  Regola: Il servizio è in vigore dal 1° giugno 2020

    Schema dello scenario: Un ordine <servizio> ricevuto <momento> è <esito>
      Dato che la lettura ordine non ammesso è ordinario
      E un ordine <servizio> di Alfa
      Quando l'ordine è consegnato <ricevuto>
      Allora l'ordine è <esito>

      Esempi:
        | servizio  | momento                       | ricevuto                    | esito        |
        | ULL       | un secondo prima dell'avvio   | dom 2020-05-31 23:59:59     | ordinario    |
        | ULL       | un millesimo prima dell'avvio | dom 2020-05-31 23:59:59.999 | ordinario    |
        | ULL       | all'avvio                     | lun 2020-06-01 00:00:00     | del servizio |
        | ULL       | un secondo dopo l'avvio       | lun 2020-06-01 00:00:01     | del servizio |
        | ULL       | nel 2028                      | mar 2028-02-29 10:00:00     | del servizio |
        | VULA FTTH | un secondo prima dell'avvio   | dom 2020-05-31 23:59:59     | ordinario    |
        | VULA FTTH | un millesimo prima dell'avvio | dom 2020-05-31 23:59:59.999 | ordinario    |
        | VULA FTTH | all'avvio                     | lun 2020-06-01 00:00:00     | del servizio |
        | VULA FTTH | un secondo dopo l'avvio       | lun 2020-06-01 00:00:01     | del servizio |
        | VULA FTTH | nel 2028                      | mar 2028-02-29 10:00:00     | del servizio |
