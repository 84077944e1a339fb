# language: it
@ELIG
Funzionalità: Il giudice: Quali ordini entrano in Appuntamento Digitale
  Storie raccontate a mano, filo per filo: qui è in prova il giudice, non un sistema.

  Contesto:
    Dato l'operatore Alfa con codice progetto PRJ-ALFA e codice delivery DEL-ALFA

  @ELIG-1
  Regola: Il servizio vale per la fornitura di sei servizi di accesso, e per nessun altro

    Scenario: Un servizio fuori elenco instradato nel servizio è una violazione
      Dato un ordine WLR di Alfa
      E l'ordine è stato instradato come del servizio
      E l'SMS di ingaggio è partito gio 2027-01-07 09:00:00
      Allora la regola ELIG-1 è violata

    Scenario: Una cessazione instradata nel servizio è una violazione
      Dato un ordine SLU di Alfa, di cessazione
      E l'ordine è stato instradato come del servizio
      E l'SMS di ingaggio è partito mar 2026-03-03 09:00:00
      Allora la regola ELIG-1 è violata

  @ELIG-2
  Regola: Solo gli ordini su linea non attiva possono entrare nel servizio

    Scenario: Una linea attiva instradata nel servizio è una violazione
      Dato un ordine VULA FTTH di Alfa, su linea attiva
      E l'ordine è stato instradato come del servizio
      E l'SMS di ingaggio è partito sab 2026-05-02 09:00:00
      Allora la regola ELIG-2 è violata

  @ELIG-3
  Regola: Il servizio è aperto ai soli operatori che comprano accesso regolamentato

    Scenario: Servire chi non compra accesso regolamentato è una violazione
      Dato che Alfa non compra accesso regolamentato
      E un ordine VULA FTTH di Alfa
      E l'ordine è stato instradato come del servizio
      E l'SMS di ingaggio è partito mar 2027-11-02 09:00:00
      Allora la regola ELIG-3 è violata

  @ELIG-4
  Regola: Il servizio è aperto ai soli operatori che usano il 4° referente

    Scenario: Servire chi non usa il 4° referente è una violazione
      Dato che Alfa non usa il 4° referente
      E un ordine ULL di Alfa
      E l'ordine è stato instradato come del servizio
      E l'SMS di ingaggio è partito ven 2026-08-14 09:00:00
      Allora la regola ELIG-4 è violata

  @ELIG-5
  Regola: L'operatore usa un codice progetto oppure un codice delivery, fra quelli assegnati a lui

    Scenario: Un codice assegnato ad altri che apre il servizio è una violazione
      Dato l'operatore Beta con codice progetto PRJ-BETA
      E un ordine VULA FTTH di Alfa, con codice progetto PRJ-BETA
      E l'ordine è stato instradato come del servizio
      E l'SMS di ingaggio è partito lun 2026-12-07 09:00:00
      Allora la regola ELIG-5 è violata

  @ELIG-6
  Regola: Ogni ordine sceglie per sé: con un codice efficace entra nel servizio, senza resta ordinario

    Scenario: Un ordine senza codice instradato nel servizio è una violazione
      Dato un ordine VULA FTTH di Alfa, senza codice
      E l'ordine è stato instradato come del servizio
      E l'SMS di ingaggio è partito ven 2026-04-03 09:00:00
      Allora la regola ELIG-6 è violata

    Scenario: Un ordine con codice tenuto fuori dal servizio è una violazione
      Dato un ordine VULA FTTH di Alfa
      E l'ordine è stato instradato come ordinario
      E la rete ha notificato CO gio 2026-12-24 09:00:00
      Allora la regola ELIG-6 è violata

  @ELIG-7
  Regola: Il servizio è in vigore dal 1° giugno 2020

    Scenario: Un ordine precedente all'avvio instradato nel servizio è una violazione
      Dato un ordine VULA FTTH di Alfa
      E l'ordine è stato instradato come del servizio
      E l'SMS di ingaggio è partito gio 2020-05-28 10:00:00
      Allora la regola ELIG-7 è violata
