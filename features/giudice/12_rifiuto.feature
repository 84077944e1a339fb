# language: it
@REF
Funzionalità: Il giudice: Rifiutare l'appuntamento
  Storie raccontate a mano, filo per filo: qui è in prova il giudice, non un sistema.

  Contesto:
    Dato l'operatore Alfa con codice progetto PRJ-ALFA
    E che la lettura griglia delle fasce è quella predefinita

  @REF-1
  Regola: Si può rifiutare soltanto finché nessun appuntamento è fissato

    Scenario: Un rifiuto accolto dopo la prenotazione è una violazione
      Dato un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2027-09-28 09:00:00
      E il cliente ha fissato mar 2027-10-05 10:00-12:00 mar 2027-09-28 15:00:00
      E il cliente ha rifiutato mer 2027-09-29 15:00:00
      Allora la regola REF-1 è violata

    Scenario: Negare un rifiuto quando nulla è fissato è una violazione
      Dato un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-03-03 09:00:00
      E il cliente voleva rifiutare mer 2026-03-04 15:00:00: appuntamento già fissato
      Allora la regola REF-1 è violata

  @REF-2
  Regola: Il rifiuto dà una sola causale W24 o Z36, e nessun'altra alla fine del termine

    Scenario: Un rifiuto senza causale è una violazione
      Dato che la lettura mai dopo è 30 d
      E che la lettura causale del rifiuto è immediata
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-12-29 09:00:00
      E il cliente ha rifiutato mar 2026-12-29 15:00:00
      Allora la regola REF-2 è violata

    Schema dello scenario: Una seconda <causale> alla fine del termine è una violazione
      Dato un ordine <servizio> di Alfa
      E l'SMS di ingaggio è partito mar 2026-08-11 09:00:00
      E il cliente ha rifiutato mar 2026-08-11 15:00:00
      E l'operatore ha ricevuto <causale> mar 2026-08-11 15:00:00
      E l'operatore ha ricevuto <causale> ven 2026-08-14 00:00:00
      Allora la regola REF-2 è violata

      Esempi:
        | servizio  | causale |
        | ULL       | Z36     |
        | VULA FTTH | W24     |

  @REF-3
  Regola: Dopo il rifiuto l'ordine torna all'operatore e nessuno fissa più

    Scenario: Un appuntamento fissato dopo il rifiuto è una violazione
      Dato che la lettura rifiuto definitivo è sì
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-12-22 09:00:00
      E il cliente ha rifiutato mar 2026-12-22 15:00:00
      E l'operatore ha fissato mar 2026-12-29 10:00-12:00 mer 2026-12-23 15:00:00
      Allora la regola REF-3 è violata

    Scenario: Un appuntamento dell'altra parte dopo il rifiuto, senza letture dichiarate: il rifiuto vale per una parte
      Dato che non è dichiarata alcuna lettura
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2027-03-23 09:00:00
      E l'operatore ha ricevuto W08 mar 2027-03-23 09:00:00
      E il cliente ha rifiutato mar 2027-03-23 15:00:00
      E l'operatore ha fissato mar 2027-03-30 10:00-12:00 mer 2027-03-24 15:00:00
      E l'operatore ha ricevuto W09 mer 2027-03-24 15:00:00 per mar 2027-03-30 10:00-12:00
      Allora la regola REF-3 è rispettata

    Scenario: Un rifiuto senza riconsegna è una violazione
      Dato che la lettura mai dopo è 30 d
      E che la lettura rifiuto definitivo è sì
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-04-28 09:00:00
      E il cliente ha rifiutato mar 2026-04-28 15:00:00
      E l'operatore ha ricevuto W24 mar 2026-04-28 15:00:00
      Allora la regola REF-3 è violata
