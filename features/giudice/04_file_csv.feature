# language: it
@CSV
Funzionalità: Il giudice: Il file CSV sul sito SFTP
  Storie raccontate a mano, filo per filo: qui è in prova il giudice, non un sistema.

  Contesto:
    Dato l'operatore Alfa con codice progetto PRJ-ALFA
    E che la lettura griglia delle fasce è quella predefinita

  @CSV-1
  Regola: Ogni deposito è un file nuovo nella cartella dell'operatore: niente aggiunte, niente sostituzioni

    Scenario: Un nome già usato è una violazione
      Dato un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-12-22 09:00:00
      E il file CSV è stato depositato mar 2026-12-22 12:00:00, con il nome A.csv
      E il file CSV è stato depositato mar 2026-12-22 14:00:00, con il nome A.csv
      Allora la regola CSV-1 è violata

    Scenario: Un file nella cartella di un altro operatore è una violazione
      Dato l'operatore Beta con codice progetto PRJ-BETA
      E un ordine VULA FTTH di Beta
      E l'SMS di ingaggio è partito mar 2026-03-31 08:00:00
      E il file CSV è stato depositato mar 2026-03-31 12:00:00
      E un altro ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-03-31 09:00:00
      E il file CSV è stato depositato mar 2026-03-31 14:00:00, nella cartella BETA
      Allora la regola CSV-1 è violata

  @CSV-2
  Regola: Ogni SMS di ingaggio ha una riga, e ogni riga un SMS: ordine, data, link e telefono

    Scenario: Due righe per un SMS sono una violazione
      Dato un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2027-09-28 09:00:00
      E il file CSV è stato depositato mar 2027-09-28 12:00:00
      E il file CSV è stato depositato mar 2027-09-28 14:00:00
      Allora la regola CSV-2 è violata

    Scenario: Una riga con un telefono diverso da quello dell'SMS è una violazione
      Dato un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2027-11-02 09:00:00
      E il file CSV è stato depositato mar 2027-11-02 14:00:00, con il telefono +393479999999
      Allora la regola CSV-2 è violata

  @CSV-3
  Regola: La data della riga è una data vera, scritta gg/mm/aaaa

    Schema dello scenario: La data scritta «<data>» (<perché>) è <esito>
      Dato un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-03-03 09:00:00
      E il file CSV è stato depositato mar 2026-03-03 14:00:00, con data <data>
      Allora la regola CSV-3 è <esito>

      Esempi:
        | data       | perché                   | esito      |
        | 03/03/2026 | il giorno dell'SMS       | rispettata |
        | 02/03/2026 | il giorno prima          | violata    |
        | 04/03/2026 | il giorno dopo           | violata    |
        | 31/02/2026 | un giorno che non esiste | violata    |
        | 03-03-2026 | un'altra forma           | violata    |
        | 3/3/2026   | senza zeri               | violata    |

    Scenario: La data del deposito senza letture dichiarate: la scelta è del sistema, ed è una scelta sola
      Dato che non è dichiarata alcuna lettura
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-04-28 17:00:00
      E il file CSV è stato depositato mer 2026-04-29 09:00:00, con data 29/04/2026
      Allora la regola CSV-3 è rispettata

  @CSV-4
  Regola: Il file arriva entro 5 ore operative dall'SMS di ingaggio

    Schema dello scenario: SMS delle <ore>, file <scarto>: in regola
      Dato un ordine SLU di Alfa
      E l'SMS di ingaggio è partito <sms>
      E il file CSV è stato depositato <file>
      Allora la regola CSV-4 è rispettata

      Esempi:
        | ore      | scarto                       | sms                     | file                    |
        | 07:00:00 | un secondo prima del termine | mar 2026-08-11 07:00:00 | mar 2026-08-11 11:59:59 |
        | 07:00:00 | al termine                   | mar 2026-08-11 07:00:00 | mar 2026-08-11 12:00:00 |
        | 15:00:00 | un secondo prima del termine | mar 2026-08-11 15:00:00 | mar 2026-08-11 19:59:59 |
        | 15:00:00 | al termine                   | mar 2026-08-11 15:00:00 | mar 2026-08-11 20:00:00 |
        | 15:00:01 | un secondo prima del termine | mar 2026-08-11 15:00:01 | mer 2026-08-12 07:00:00 |
        | 15:00:01 | al termine                   | mar 2026-08-11 15:00:01 | mer 2026-08-12 07:00:01 |
        | 17:00:00 | un secondo prima del termine | mar 2026-08-11 17:00:00 | mer 2026-08-12 08:59:59 |
        | 17:00:00 | al termine                   | mar 2026-08-11 17:00:00 | mer 2026-08-12 09:00:00 |
        | 20:00:00 | un secondo prima del termine | mar 2026-08-11 20:00:00 | mer 2026-08-12 11:59:59 |
        | 20:00:00 | al termine                   | mar 2026-08-11 20:00:00 | mer 2026-08-12 12:00:00 |

    Schema dello scenario: SMS delle <ore>, file un secondo dopo il termine: violazione
      Dato un ordine SLU di Alfa
      E l'SMS di ingaggio è partito <sms>
      E il file CSV è stato depositato <file>
      Allora la regola CSV-4 è violata di 1 secondo

      Esempi:
        | ore      | sms                     | file                    |
        | 07:00:00 | mar 2027-03-23 07:00:00 | mar 2027-03-23 12:00:01 |
        | 15:00:00 | mar 2027-03-23 15:00:00 | mar 2027-03-23 20:00:01 |
        | 15:00:01 | mar 2027-03-23 15:00:01 | mer 2027-03-24 07:00:02 |
        | 17:00:00 | mar 2027-03-23 17:00:00 | mer 2027-03-24 09:00:01 |
        | 20:00:00 | mar 2027-03-23 20:00:00 | mer 2027-03-24 12:00:01 |

    Schema dello scenario: <notte>: file <scarto> è <esito>
      Dato che la lettura giorno X+1 è di calendario
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito <sms>
      E il file CSV è stato depositato <file>
      Allora la regola CSV-4 è <esito>

      Esempi:
        | notte                 | sms                     | scarto          | file                    | esito      |
        | Notte dell'ora legale | sab 2026-03-28 17:00:00 | al termine      | dom 2026-03-29 09:00:00 | rispettata |
        | Notte dell'ora legale | sab 2026-03-28 17:00:00 | un secondo dopo | dom 2026-03-29 09:00:01 | violata    |
        | Notte dell'ora solare | sab 2026-10-24 17:00:00 | al termine      | dom 2026-10-25 09:00:00 | rispettata |
        | Notte dell'ora solare | sab 2026-10-24 17:00:00 | un secondo dopo | dom 2026-10-25 09:00:01 | violata    |

    Scenario: Sabato alle 17 con il file lunedì: senza letture dichiarate decide X+1
      Dato che non è dichiarata alcuna lettura
      E un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito sab 2026-03-07 17:00:00
      E il file CSV è stato depositato lun 2026-03-09 09:00:00
      Allora la regola CSV-4 è ambigua e decide la lettura giorno X+1

    Scenario: Un SMS senza riga è una violazione
      Dato un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito lun 2026-10-26 09:00:00
      Allora la regola CSV-4 è violata

    Scenario: Se la traccia finisce prima del termine la riga non si può giudicare
      Dato un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-10-20 09:00:00
      E la traccia finisce mar 2026-10-20 13:59:59
      Allora la regola CSV-4 è senza elementi per giudicare

    Scenario: Un file prima del suo SMS è una violazione
      Dato un ordine VULA FTTH di Alfa
      E la rete ha notificato CO mar 2028-02-29 08:00:00
      E l'SMS di ingaggio è partito mar 2028-02-29 09:00:00
      E il file CSV è stato depositato mar 2028-02-29 08:59:59, con data 29/02/2028
      Allora la regola CSV-4 è violata

  @CSV-5
  Regola: Il link della riga funziona: con esso l'operatore può fissare l'appuntamento

    Scenario: Un link della riga che l'Agente Virtuale non conosce è una violazione
      Dato un ordine VULA FTTH di Alfa
      E l'SMS di ingaggio è partito mar 2026-06-30 09:00:00
      E il file CSV è stato depositato mar 2026-06-30 14:00:00
      E l'operatore voleva aprire il link mar 2026-06-30 14:30:00: link sconosciuto
      Allora la regola CSV-5 è violata
