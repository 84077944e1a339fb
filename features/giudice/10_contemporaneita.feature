# language: it
@RACE
Funzionalità: Il giudice: Operatore e cliente insieme
  Storie raccontate a mano, filo per filo: qui è in prova il giudice, non un sistema.

  Contesto:
    Dato l'operatore Alfa con codice progetto PRJ-ALFA
    E che la lettura griglia delle fasce è quella predefinita

  @RACE-1
  Regola: Se confermano insieme, l'appuntamento è di chi conferma per primo

    Scenario: Due appuntamenti su un ordine sono una violazione
      Dato un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-06-30 09:00:00
      E il cliente ha fissato mar 2026-07-07 10:00-12:00 mer 2026-07-01 11:00:00
      E l'operatore ha fissato mer 2026-07-08 10:00-12:00 mer 2026-07-01 11:00:00
      Allora la regola RACE-1 è violata

  @RACE-2
  Regola: Chi arriva secondo ne è informato e non cambia nulla

    Scenario: Una seconda causale per il secondo richiedente è una violazione
      Dato un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-09-29 09:00:00
      E il cliente ha fissato mar 2026-10-06 10:00-12:00 mer 2026-09-30 11:00:00
      E l'operatore ha ricevuto W09 mer 2026-09-30 11:00:00 per mar 2026-10-06 10:00-12:00
      E l'operatore voleva fissare mer 2026-10-07 10:00-12:00 mer 2026-09-30 11:00:00: appuntamento già fissato
      E l'operatore ha ricevuto W09 mer 2026-09-30 11:00:01 per mer 2026-10-07 10:00-12:00
      Allora la regola RACE-2 è violata
