# language: it
@RES
Funzionalità: Il giudice: Spostare l'appuntamento
  Storie raccontate a mano, filo per filo: qui è in prova il giudice, non un sistema.

  Contesto:
    Dato l'operatore Alfa con codice progetto PRJ-ALFA
    E che la lettura griglia delle fasce è quella predefinita

  @RES-1
  Regola: Cliente e operatore possono spostare un appuntamento fissato, chiunque lo abbia fissato

    Scenario: Negare uno spostamento in tempo è una violazione
      Dato un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-03-03 09:00:00
      E il cliente ha fissato mar 2026-03-10 10:00-12:00 mar 2026-03-03 15:00:00
      E l'operatore voleva spostare gio 2026-03-12 14:00-16:00 mer 2026-03-04 15:00:00: nessun appuntamento da spostare
      Allora la regola RES-1 è violata

  @RES-2
  Regola: L'appuntamento si sposta in anticipo o in posticipo

    Scenario: Non offrire un anticipo su una fascia libera è una violazione
      Dato un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2027-01-12 09:00:00
      E il cliente ha fissato lun 2027-01-25 10:00-12:00 mar 2027-01-12 15:00:00
      E il cliente voleva spostare gio 2027-01-21 10:00-12:00 mer 2027-01-13 15:00:00: fascia non offerta
      Allora la regola RES-2 è violata

  @RES-3
  Regola: Si sposta fino alle 18:00:00 del giorno solare prima dell'appuntamento in vigore

    Schema dello scenario: Uno spostamento accettato <scarto>: <esito>
      Dato un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-10-27 09:00:00
      E il cliente ha fissato lun 2026-11-02 10:00-12:00 mar 2026-10-27 15:00:00
      E il cliente ha spostato da lun 2026-11-02 10:00-12:00 a mar 2026-11-10 10:00-12:00 <quando>
      Allora la regola RES-3 è <esito>

      Esempi:
        | scarto                                | quando                  | esito      |
        | un secondo prima delle 18 di domenica | dom 2026-11-01 17:59:59 | rispettata |
        | un secondo dopo le 18 di domenica     | dom 2026-11-01 18:00:01 | violata    |

    Scenario: Negare uno spostamento un secondo prima delle 18 è una violazione
      Dato un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2028-02-22 09:00:00
      E il cliente ha fissato mar 2028-02-29 10:00-12:00 mar 2028-02-22 15:00:00
      E il cliente voleva spostare gio 2028-03-02 14:00-16:00 lun 2028-02-28 17:59:59: limite delle 18 passato
      Allora la regola RES-3 è violata

    Scenario: Un secondo oltre il limite si misura
      Dato che la lettura 18:00 comprese è sì
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-03-24 09:00:00
      E il cliente ha fissato mar 2026-03-31 10:00-12:00 mar 2026-03-24 15:00:00
      E il cliente ha spostato da mar 2026-03-31 10:00-12:00 a mar 2026-04-07 10:00-12:00 lun 2026-03-30 18:00:01
      Allora la regola RES-3 è violata di 1 secondo

    Scenario: Alle 18 precise senza letture dichiarate: decide l'estremo
      Dato che non è dichiarata alcuna lettura
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2027-11-02 09:00:00
      E il cliente ha fissato mar 2027-11-09 10:00-12:00 mar 2027-11-02 15:00:00
      E il cliente ha spostato da mar 2027-11-09 10:00-12:00 a mar 2027-11-16 10:00-12:00 lun 2027-11-08 18:00:00
      Allora la regola RES-3 è ambigua e decide la lettura 18:00 comprese

  @RES-4
  Regola: Dopo lo spostamento conta il nuovo appuntamento: la vecchia fascia è libera e la visita segue la nuova

    Scenario: Un tecnico nella vecchia fascia è una violazione
      Dato un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-03-31 09:00:00
      E il cliente ha fissato mar 2026-04-07 10:00-12:00 mar 2026-03-31 15:00:00
      E il cliente ha spostato da mar 2026-04-07 10:00-12:00 a gio 2026-04-09 14:00-16:00 mer 2026-04-01 15:00:00
      E il tecnico è arrivato mar 2026-04-07 10:00-12:00
      Allora la regola RES-4 è violata
