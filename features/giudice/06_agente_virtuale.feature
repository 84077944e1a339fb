# language: it
@LINK
Funzionalità: Il giudice: L'Agente Virtuale e i suoi link
  Storie raccontate a mano, filo per filo: qui è in prova il giudice, non un sistema.

  Contesto:
    Dato l'operatore Alfa con codice progetto PRJ-ALFA
    E che la lettura griglia delle fasce è quella predefinita

  @LINK-1
  Regola: Il link porta a un dominio registrato dall'operatore

    Schema dello scenario: Un link verso <dominio> con lettura <lettura> è <esito>
      Dato che Alfa ha registrato il dominio alfa.example
      E che la lettura dominio del link è <lettura>
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-03-03 09:00:00, con il link https://<dominio>/abc
      Allora la regola LINK-1 è <esito>

      Esempi:
        | dominio                    | lettura            | esito      |
        | alfa.example               | esatto             | rispettata |
        | alfa.example               | anche sottodominio | rispettata |
        | va.alfa.example            | esatto             | violata    |
        | va.alfa.example            | anche sottodominio | rispettata |
        | nonalfa.example            | esatto             | violata    |
        | nonalfa.example            | anche sottodominio | violata    |
        | alfa.example.altri.example | anche sottodominio | violata    |

    Scenario: Un link del file CSV verso un altro dominio è una violazione
      Dato un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-03-31 09:00:00
      E il file CSV è stato depositato mar 2026-03-31 14:00:00, con il link https://altri.example/abc
      Allora la regola LINK-1 è violata

    Scenario: Un sottodominio senza letture dichiarate: decide la lettura del dominio
      Dato che non è dichiarata alcuna lettura
      E che Alfa ha registrato il dominio alfa.example
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito lun 2026-03-30 09:00:00, con il link https://va.alfa.example/abc
      Allora la regola LINK-1 è ambigua e decide la lettura dominio del link

  @LINK-2
  Regola: Chi ha aderito a Rendez Vous usa esattamente il dominio registrato per Rendez Vous

    Schema dello scenario: Aderente a Rendez Vous, link verso <dominio>: <esito>
      Dato che Alfa ha aderito a Rendez Vous con il dominio rv.alfa.example
      E un ordine ULL di Alfa
      E l'SMS di ingaggio è partito gio 2027-01-07 09:00:00, con il link https://<dominio>/abc
      Allora la regola LINK-2 è <esito>

      Esempi:
        | dominio             | esito      |
        | rv.alfa.example     | rispettata |
        | agente.alfa.example | violata    |
        | altri.example       | violata    |

  @LINK-3
  Regola: L'appuntamento si fissa soltanto in digitale, con l'Agente Virtuale

    Scenario: Una visita senza appuntamento sull'Agente Virtuale è una violazione
      Dato un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2027-09-28 09:00:00
      E il tecnico è arrivato gio 2027-09-30 10:00-12:00
      Allora la regola LINK-3 è violata

    Scenario: Una causale di appuntamento senza atto sull'Agente Virtuale è una violazione
      Dato un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2027-11-02 09:00:00
      E l'operatore ha ricevuto W09 mar 2027-11-02 10:00:00 per gio 2027-11-04 10:00-12:00
      Allora la regola LINK-3 è violata

  @LINK-4
  Regola: L'Agente Virtuale serve sia il cliente finale sia l'operatore

    Schema dello scenario: Se l'Agente Virtuale non conosce il link di una parte (<chi>) è una violazione
      Dato un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-04-28 09:00:00
      E il file CSV è stato depositato mar 2026-04-28 14:00:00
      E <chi> voleva aprire il link mar 2026-04-28 14:30:00: link sconosciuto
      Allora la regola LINK-4 è violata

      Esempi:
        | chi         |
        | il cliente  |
        | l'operatore |
