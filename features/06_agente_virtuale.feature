# language: it
@LINK
Funzionalità: L'Agente Virtuale e i suoi link
  Cliente e operatore fissano l'appuntamento con un link che porta a un dominio dell'operatore.

  Contesto:
    Dato l'operatore Alfa con codice progetto PRJ-ALFA
    E che la lettura griglia delle fasce è quella predefinita

  @LINK-1
  Regola: Il link porta a un dominio registrato dall'operatore

    Schema dello scenario: <servizio>: i due link portano al dominio registrato
      Dato che Alfa ha registrato il dominio <dominio>
      E che la lettura dominio del link è esatto
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2026-03-03 09:00:00
      Allora il link dell'SMS porta al dominio <dominio>
      E il link del file CSV porta al dominio <dominio>

      Esempi:
        | servizio             | dominio                   |
        | ULL                  | appuntamenti.alfa.example |
        | SLU                  | alfa.example              |
        | VULA FTTCAB          | va.alfa.example           |
        | VULA FTTH            | tecnico.alfa.example      |
        | Bitstream NGA FTTCAB | a.b.c.alfa.example        |
        | Bitstream NGA FTTH   | alfa-tlc.example          |

    Scenario: Con la lettura anche sottodominio il link può stare sotto il dominio
      Dato che Alfa ha registrato il dominio alfa.example
      E che la lettura dominio del link è anche sottodominio
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco sab 2027-10-02 09:00:00
      Allora il link dell'SMS porta al dominio va.alfa.example
      E il link del file CSV porta al dominio va.alfa.example

    Schema dello scenario: <servizio>: un dominio nuovo vale per i link che vengono dopo, e i vecchi aprono ancora
      Dato che la lettura dominio del link è esatto
      E che la lettura identità del link è per canale
      E che la lettura cadenza dei file è da tabella
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco <giorno> 09:00:00
      E purché l'SMS di ingaggio parta entro <giorno> 10:00:00
      E <giorno> 10:00:00 Alfa si registra di nuovo, con il dominio nuova.alfa.example
      Allora il link dell'SMS porta al dominio agente.alfa.example
      E il link del file CSV porta al dominio nuova.alfa.example
      E l'ordine ha in tutto 1 riga nei file CSV

      Esempi:
        | servizio             | giorno         |
        | ULL                  | gio 2026-12-31 |
        | SLU                  | sab 2026-10-24 |
        | VULA FTTCAB          | mar 2026-04-07 |
        | VULA FTTH            | lun 2026-06-01 |
        | Bitstream NGA FTTCAB | lun 2026-10-26 |
        | Bitstream NGA FTTH   | lun 2026-03-30 |

    Schema dello scenario: Dopo un cambio di dominio <chi> fissa con il link che ha
      Dato che la lettura dominio del link è esatto
      E che la lettura identità del link è per canale
      E che la lettura cadenza dei file è da tabella
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2026-06-30 09:00:00
      E mar 2026-06-30 10:00:00 Alfa si registra di nuovo, con il dominio nuova.alfa.example
      E mer 2026-07-01 10:00:00 <chi> fissa mar 2026-07-07 10:00-12:00
      Allora l'Agente Virtuale accetta
      E il tecnico arriva mar 2026-07-07 10:00-12:00

      Esempi:
        | chi         |
        | il cliente  |
        | l'operatore |

    Schema dello scenario: <servizio> di Alfa: il suo link sotto il dominio di Beta non apre nulla
      Dato che la lettura festività è nazionali
      E l'operatore Beta con codice progetto PRJ-BETA
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2026-09-29 09:00:00
      E mar 2026-09-29 15:00:00 il cliente fissa mar 2026-10-06 10:00-12:00 con il suo link, ma sotto il dominio di Beta
      Allora l'Agente Virtuale risponde di no: link sconosciuto
      E non c'è alcun appuntamento
      Quando mar 2026-09-29 15:01:00 il cliente fissa mar 2026-10-06 10:00-12:00
      Allora l'Agente Virtuale accetta

      Esempi:
        | servizio             |
        | ULL                  |
        | SLU                  |
        | VULA FTTCAB          |
        | VULA FTTH            |
        | Bitstream NGA FTTCAB |
        | Bitstream NGA FTTH   |

  @LINK-2
  Regola: Chi ha aderito a Rendez Vous usa esattamente il dominio registrato per Rendez Vous

    Schema dello scenario: <servizio> di chi ha aderito a Rendez Vous usa quel dominio
      Dato che Alfa ha aderito a Rendez Vous con il dominio rv.alfa.example
      E che la lettura dominio del link è esatto
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco <giorno> 09:00:00
      Allora il link dell'SMS porta al dominio rv.alfa.example
      E il link del file CSV porta al dominio rv.alfa.example

      Esempi:
        | servizio             | giorno         |
        | ULL                  | gio 2027-01-07 |
        | SLU                  | sab 2026-05-02 |
        | VULA FTTCAB          | mar 2027-11-02 |
        | VULA FTTH            | ven 2026-08-14 |
        | Bitstream NGA FTTCAB | lun 2026-12-07 |
        | Bitstream NGA FTTH   | ven 2026-04-03 |

    Scenario: Chi non ha aderito a Rendez Vous usa il proprio dominio
      Dato un ordine VULA FTTH di Alfa
      E che la lettura dominio del link è esatto
      Quando la rete notifica l'innesco gio 2026-12-24 09:00:00
      Allora il link dell'SMS porta al dominio agente.alfa.example

  @LINK-3
  Regola: L'appuntamento si fissa soltanto in digitale, con l'Agente Virtuale

    Schema dello scenario: <servizio>: l'appuntamento nasce da un atto sull'Agente Virtuale
      Dato un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2026-03-31 09:00:00
      E mar 2026-03-31 15:00:00 il cliente apre il link
      E mar 2026-03-31 15:01:00 il cliente fissa ven 2026-04-03 14:00-16:00
      Allora l'Agente Virtuale accetta
      E l'appuntamento è ven 2026-04-03 14:00-16:00
      E l'appuntamento è nato sull'Agente Virtuale

      Esempi:
        | servizio             |
        | ULL                  |
        | SLU                  |
        | VULA FTTCAB          |
        | VULA FTTH            |
        | Bitstream NGA FTTCAB |
        | Bitstream NGA FTTH   |

    Scenario: Con un link inventato non si fissa nulla
      Dato un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2026-03-03 09:00:00
      E mar 2026-03-03 15:00:00 qualcuno fissa ven 2026-03-06 14:00-16:00 con un link inventato
      Allora l'Agente Virtuale risponde di no: link sconosciuto
      E non c'è alcun appuntamento
      E l'operatore non riceve W09

  @LINK-4
  Regola: L'Agente Virtuale serve sia il cliente finale sia l'operatore

    Schema dello scenario: <servizio>: fissa <chi>
      Dato un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2027-09-28 09:00:00
      E mar 2027-09-28 15:00:00 <chi> apre il link
      E mar 2027-09-28 15:01:00 <chi> fissa ven 2027-10-01 14:00-16:00
      Allora l'Agente Virtuale accetta
      E l'appuntamento è stato fissato una volta sola, da <parte>

      Esempi:
        | servizio             | chi         | parte     |
        | ULL                  | il cliente  | cliente   |
        | ULL                  | l'operatore | operatore |
        | SLU                  | il cliente  | cliente   |
        | SLU                  | l'operatore | operatore |
        | VULA FTTCAB          | il cliente  | cliente   |
        | VULA FTTCAB          | l'operatore | operatore |
        | VULA FTTH            | il cliente  | cliente   |
        | VULA FTTH            | l'operatore | operatore |
        | Bitstream NGA FTTCAB | il cliente  | cliente   |
        | Bitstream NGA FTTCAB | l'operatore | operatore |
        | Bitstream NGA FTTH   | il cliente  | cliente   |
        | Bitstream NGA FTTH   | l'operatore | operatore |

    Schema dello scenario: Con la lettura <lettura> i due link sono <come>
      Dato che la lettura identità del link è <lettura>
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2028-02-29 09:00:00
      Allora il link dell'SMS e quello del file CSV sono <come>

      Esempi:
        | lettura    | come    |
        | per canale | diversi |
        | condivisa  | uguali  |

    Schema dello scenario: Con la lettura <lettura> si sa chi ha fissato: <parte>
      Dato che la lettura identità del link è <lettura>
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2027-01-12 09:00:00
      E mar 2027-01-12 15:00:00 <chi> fissa ven 2027-01-15 14:00-16:00
      Allora l'appuntamento è stato fissato una volta sola, da <parte>

      Esempi:
        | lettura    | chi         | parte     |
        | per canale | il cliente  | cliente   |
        | per canale | l'operatore | operatore |
        | condivisa  | il cliente  | cliente   |
        | condivisa  | l'operatore | operatore |
