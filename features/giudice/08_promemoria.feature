# language: it
@REM
Funzionalità: Il giudice: Il promemoria
  Storie raccontate a mano, filo per filo: qui è in prova il giudice, non un sistema.

  Contesto:
    Dato l'operatore Alfa con codice progetto PRJ-ALFA
    E che la lettura griglia delle fasce è quella predefinita

  @REM-1
  Regola: Il promemoria arriva entro le 18:00 del giorno di calendario prima dell'appuntamento

    Schema dello scenario: Promemoria <momento>: <esito>
      Dato un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2027-01-12 09:00:00
      E il cliente ha fissato ven 2027-01-15 10:00-12:00 mar 2027-01-12 15:00:00
      E l'operatore ha ricevuto W09 mar 2027-01-12 15:00:00 per ven 2027-01-15 10:00-12:00
      E l'SMS di promemoria è partito <quando> per ven 2027-01-15 10:00-12:00
      Allora la regola REM-1 è <esito>

      Esempi:
        | momento                     | quando                  | esito      |
        | un secondo prima del limite | gio 2027-01-14 17:59:59 | rispettata |
        | un secondo dopo il limite   | gio 2027-01-14 18:00:01 | violata    |
        | il giorno stesso            | ven 2027-01-15 07:00:00 | violata    |

    Scenario: Un promemoria al numero di un altro è una violazione
      Dato un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-10-27 09:00:00
      E il cliente ha fissato ven 2026-10-30 10:00-12:00 mar 2026-10-27 15:00:00
      E l'operatore ha ricevuto W09 mar 2026-10-27 15:00:00 per ven 2026-10-30 10:00-12:00
      E l'SMS di promemoria è partito gio 2026-10-29 10:00:00 per ven 2026-10-30 10:00-12:00, al numero +393330000000
      Allora la regola REM-1 è violata

    Schema dello scenario: Promemoria alle 18 precise con limite incluso <lettura>: <esito>
      Dato che la lettura 18:00 comprese è <lettura>
      E un ordine ULL di Alfa
      E l'SMS di ingaggio è partito mar 2026-03-03 09:00:00
      E il cliente ha fissato ven 2026-03-06 10:00-12:00 mar 2026-03-03 15:00:00
      E l'operatore ha ricevuto PA mar 2026-03-03 15:00:00 per ven 2026-03-06 10:00-12:00
      E l'SMS di promemoria è partito gio 2026-03-05 18:00:00 per ven 2026-03-06 10:00-12:00
      Allora la regola REM-1 è <esito>

      Esempi:
        | lettura | esito      |
        | sì      | rispettata |
        | no      | violata    |

    Scenario: Un secondo oltre le 18 è un ritardo di un secondo
      Dato che la lettura 18:00 comprese è sì
      E un ordine ULL di Alfa
      E l'SMS di ingaggio è partito mar 2028-02-22 09:00:00
      E il cliente ha fissato ven 2028-02-25 10:00-12:00 mar 2028-02-22 15:00:00
      E l'operatore ha ricevuto PA mar 2028-02-22 15:00:00 per ven 2028-02-25 10:00-12:00
      E l'SMS di promemoria è partito gio 2028-02-24 18:00:01 per ven 2028-02-25 10:00-12:00
      Allora la regola REM-1 è violata di 1 secondo

    Scenario: Nessun promemoria è una violazione
      Dato un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-03-24 09:00:00
      E il cliente ha fissato ven 2026-03-27 10:00-12:00 mar 2026-03-24 15:00:00
      E l'operatore ha ricevuto W09 mar 2026-03-24 15:00:00 per ven 2026-03-27 10:00-12:00
      E il tecnico è arrivato ven 2026-03-27 10:00-12:00
      Allora la regola REM-1 è violata

  @REM-2
  Regola: Il promemoria ha il testo voluto dall'operatore, altrimenti quello standard

    Schema dello scenario: Promemoria con il testo «<testo>»: <esito>
      Dato che Alfa ha chiesto per il promemoria il testo "Il {date} fra le {band}"
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-03-31 09:00:00
      E il cliente ha fissato ven 2026-04-03 10:00-12:00 mar 2026-03-31 15:00:00
      E l'SMS di promemoria è partito gio 2026-04-02 10:00:00 per ven 2026-04-03 10:00-12:00, con il testo "<testo>"
      Allora la regola REM-2 è <esito>

      Esempi:
        | testo                            | esito      |
        | Il 03/04/2026 fra le 10:00-12:00 | rispettata |
        | Ci vediamo presto                | violata    |

  @REM-3
  Regola: Il promemoria ha l'alias voluto dall'operatore, altrimenti quello standard

    Schema dello scenario: Promemoria con l'alias «<alias>»: <esito>
      Dato che Alfa ha chiesto per il promemoria l'alias "AlfaTlc"
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2027-09-28 09:00:00
      E il cliente ha fissato ven 2027-10-01 10:00-12:00 mar 2027-09-28 15:00:00
      E l'SMS di promemoria è partito gio 2027-09-30 10:00:00 per ven 2027-10-01 10:00-12:00, con l'alias "<alias>"
      Allora la regola REM-3 è <esito>

      Esempi:
        | alias   | esito      |
        | AlfaTlc | rispettata |
        | Altro   | violata    |

  @REM-4
  Regola: Il promemoria riguarda l'appuntamento in vigore, anche dopo uno spostamento

    Scenario: Un promemoria della vecchia data dopo lo spostamento è una violazione
      Dato che la lettura promemoria dopo lo spostamento è ripetuto
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2027-11-02 09:00:00
      E il cliente ha fissato ven 2027-11-05 10:00-12:00 mar 2027-11-02 15:00:00
      E il cliente ha spostato da ven 2027-11-05 10:00-12:00 a mer 2027-11-10 14:00-16:00 mer 2027-11-03 09:00:00
      E l'SMS di promemoria è partito gio 2027-11-04 10:00:00 per ven 2027-11-05 10:00-12:00
      E il tecnico è arrivato mer 2027-11-10 14:00-16:00
      Allora la regola REM-4 è violata
