# language: it
@CSV
Funzionalità: Il file CSV sul sito SFTP
  L'operatore trova nel file il link con cui il suo call center può fissare l'appuntamento.

  Contesto:
    Dato l'operatore Alfa con codice progetto PRJ-ALFA
    E che la lettura griglia delle fasce è quella predefinita

  @CSV-1
  Regola: Ogni deposito è un file nuovo nella cartella dell'operatore: niente aggiunte, niente sostituzioni

    Schema dello scenario: <servizio>: il file sta nella cartella dell'operatore
      Dato l'operatore Beta con codice progetto PRJ-BETA
      E un ordine <servizio> di Beta
      Quando la rete notifica l'innesco <giorno> 09:00:00
      Allora il file CSV con l'ordine sta nella cartella di Beta
      E per Beta è depositato in tutto 1 file CSV

      Esempi:
        | servizio             | giorno         |
        | ULL                  | lun 2026-10-26 |
        | SLU                  | lun 2026-03-30 |
        | VULA FTTCAB          | gio 2027-01-07 |
        | VULA FTTH            | sab 2026-05-02 |
        | Bitstream NGA FTTCAB | mar 2027-11-02 |
        | Bitstream NGA FTTH   | ven 2026-08-14 |

    Scenario: Due ordini della stessa corsa stanno in un file solo
      Dato che la lettura un file è per corsa
      E un ordine VULA FTTH di Alfa
      E un altro ordine ULL di Alfa
      Quando la rete notifica l'innesco di ogni ordine lun 2026-12-07 09:00:00
      Allora per Alfa è depositato in tutto 1 file CSV
      E il file CSV con l'ordine ha 2 righe

    Scenario: Due righe che non possono stare insieme danno due file, e il primo resta com'era
      Dato un ordine VULA FTTH di Alfa, detto A
      E un altro ordine ULL di Alfa, detto B
      Quando si parla dell'ordine A
      E la rete notifica CO mar 2026-03-31 07:00:00
      E si parla dell'ordine B
      E la rete notifica AC mar 2026-03-31 15:00:00
      E si parla dell'ordine A
      Allora il file CSV con l'ordine resta com'è fino alla fine
      E per Alfa sono depositati in tutto 2 file CSV
      E il file CSV con l'ordine ha 1 riga
      Quando si parla dell'ordine B
      Allora il file CSV con l'ordine ha 1 riga

    Scenario: Due operatori nella stessa corsa hanno ciascuno il proprio file
      Dato che la lettura un file è per corsa
      E che la lettura cadenza dei file è da tabella
      E l'operatore Beta con codice progetto PRJ-BETA
      E un ordine VULA FTTH di Alfa
      E un altro ordine VULA FTTH di Beta
      Quando la rete notifica l'innesco di ogni ordine ven 2026-04-03 09:00:00
      Allora per Alfa è depositato in tutto 1 file CSV
      E per Beta è depositato in tutto 1 file CSV
      E il file CSV con l'ordine sta nella cartella di Beta

    Schema dello scenario: Con la lettura <lettura> due ordini della stessa corsa danno <file> file
      Dato che la lettura cadenza dei file è da tabella
      E che la lettura un file è <lettura>
      E un ordine VULA FTTH di Alfa
      E un altro ordine ULL di Alfa
      Quando la rete notifica l'innesco di ogni ordine gio 2026-12-24 09:00:00
      Allora per Alfa sono depositati in tutto <file> file CSV
      E il file CSV con l'ordine ha <righe> righe

      Esempi:
        | lettura    | file | righe |
        | per corsa  | 1    | 2     |
        | per ordine | 2    | 1     |

  @CSV-2
  Regola: Ogni SMS di ingaggio ha una riga, e ogni riga un SMS: ordine, data, link e telefono

    Schema dello scenario: <servizio>: una riga con i quattro campi
      Dato che la lettura dominio del link è esatto
      E un ordine <servizio> di Alfa, al numero +393470000001
      Quando la rete notifica l'innesco <innesco>
      Allora l'ordine ha in tutto 1 riga nei file CSV
      E nella riga il campo codice ordine vale quello dell'ordine
      E nella riga il campo data vale <data>
      E nella riga il campo telefono vale +393470000001
      E il link del file CSV porta al dominio agente.alfa.example

      Esempi:
        | servizio             | innesco                 | data       |
        | ULL                  | mar 2026-03-03 09:00:00 | 03/03/2026 |
        | SLU                  | mar 2026-06-30 09:00:00 | 30/06/2026 |
        | VULA FTTCAB          | mar 2027-01-12 09:00:00 | 12/01/2027 |
        | VULA FTTH            | mar 2026-03-24 09:00:00 | 24/03/2026 |
        | Bitstream NGA FTTCAB | mar 2026-10-20 09:00:00 | 20/10/2026 |
        | Bitstream NGA FTTH   | mar 2028-02-29 09:00:00 | 29/02/2028 |

    Schema dello scenario: Dialetto con <membro> «<valore>»
      Dato che la lettura dialetto del file è quella predefinita
      E che la lettura dialetto del file ha <membro> <valore>
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2027-09-28 09:00:00
      Allora il file è scritto come <forma>

      Esempi:
        | membro       | valore          | forma                                                                                |
        | separatore   | punto e virgola | ORDINE;28/09/2027;LINK;+393331234567[CR][LF]                                         |
        | separatore   | virgola         | ORDINE,28/09/2027,LINK,+393331234567[CR][LF]                                         |
        | intestazione | no              | ORDINE;28/09/2027;LINK;+393331234567[CR][LF]                                         |
        | intestazione | sì              | codice_ordine;data;link;telefono[CR][LF]ORDINE;28/09/2027;LINK;+393331234567[CR][LF] |
        | codifica     | utf-8           | ORDINE;28/09/2027;LINK;+393331234567[CR][LF]                                         |
        | codifica     | utf-8-sig       | [BOM]ORDINE;28/09/2027;LINK;+393331234567[CR][LF]                                    |
        | fine riga    | CR LF           | ORDINE;28/09/2027;LINK;+393331234567[CR][LF]                                         |
        | fine riga    | LF              | ORDINE;28/09/2027;LINK;+393331234567[LF]                                             |
        | telefono     | internazionale  | ORDINE;28/09/2027;LINK;+393331234567[CR][LF]                                         |
        | telefono     | nazionale       | ORDINE;28/09/2027;LINK;3331234567[CR][LF]                                            |

    Scenario: Annullato prima del deposito, l'ordine ha comunque la riga del suo SMS
      Dato che la lettura festività è nazionali
      E che la lettura riga dell'ordine annullato è dovuta
      E che la lettura cadenza dei file è da tabella
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2026-09-29 09:00:00
      E mar 2026-09-29 11:00:00 l'operatore annulla l'ordine
      Allora l'ordine ha in tutto 1 riga nei file CSV

    Scenario: Annullato prima del deposito, se la riga è omessa l'ordine non ne ha
      Dato che la lettura riga dell'ordine annullato è omessa
      E che la lettura cadenza dei file è da tabella
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2026-12-22 09:00:00
      E mar 2026-12-22 11:00:00 l'operatore annulla l'ordine
      Allora l'ordine ha in tutto 0 righe nei file CSV

    Schema dello scenario: <servizio>: i byte della riga, campo per campo
      Dato che la lettura dialetto del file è quella predefinita
      E che la lettura data della riga è giorno dell'SMS
      E un ordine <servizio> di Alfa, al numero <numero>
      Quando la rete notifica l'innesco mar 2026-04-28 09:00:00
      Allora il file è scritto come ORDINE;28/04/2026;LINK;+393470000001[CR][LF]

      Esempi:
        | servizio             | numero        |
        | ULL                  | +393470000001 |
        | SLU                  | 3470000001    |
        | VULA FTTCAB          | +393470000001 |
        | VULA FTTH            | 3470000001    |
        | Bitstream NGA FTTCAB | +393470000001 |
        | Bitstream NGA FTTH   | 3470000001    |

  @CSV-3
  Regola: La data della riga è una data vera, scritta gg/mm/aaaa

    Schema dello scenario: SMS del <giorno>: la data è <data>
      Dato che la lettura data della riga è giorno dell'SMS
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco <innesco>
      Allora nella riga il campo data vale <data>

      Esempi:
        | giorno                            | innesco                 | data       |
        | 3 marzo al mattino                | mar 2027-01-12 09:00:00 | 12/01/2027 |
        | 3 marzo, file l'indomani          | mar 2027-01-12 17:00:00 | 12/01/2027 |
        | 31 dicembre                       | gio 2026-12-31 17:00:00 | 31/12/2026 |
        | 28 febbraio bisestile             | lun 2028-02-28 17:00:00 | 28/02/2028 |
        | 29 febbraio                       | mar 2028-02-29 17:00:00 | 29/02/2028 |
        | 12 ottobre, giorno e mese diversi | lun 2026-10-12 09:00:00 | 12/10/2026 |

    Schema dello scenario: Con la data del deposito, SMS <innesco>: il giorno è quello del file
      Dato che la lettura giorno X+1 è di calendario
      E che la lettura data della riga è giorno del deposito
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco <innesco>
      Allora nella riga la data è il giorno del deposito, scritto gg/mm/aaaa

      Esempi:
        | innesco                 |
        | mar 2026-10-27 09:00:00 |
        | mar 2026-10-27 17:00:00 |
        | gio 2026-12-31 17:00:00 |
        | lun 2028-02-28 17:00:00 |
        | mar 2028-02-29 17:00:00 |
        | sab 2026-11-21 17:00:00 |
        | sab 2026-10-24 17:00:00 |

    Schema dello scenario: Con la data dell'SMS, innesco <innesco>: il giorno è quello dell'SMS
      Dato che la lettura 20:00 comprese è sì
      E che la lettura data della riga è giorno dell'SMS
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco <innesco>
      Allora nella riga la data è il giorno dell'SMS, scritto gg/mm/aaaa

      Esempi:
        | servizio             | innesco                 |
        | ULL                  | sab 2026-03-28 17:00:00 |
        | SLU                  | sab 2026-10-24 20:00:00 |
        | VULA FTTCAB          | gio 2026-12-31 19:00:00 |
        | VULA FTTH            | dom 2026-03-01 10:00:00 |
        | Bitstream NGA FTTCAB | mar 2028-02-29 21:00:00 |
        | Bitstream NGA FTTH   | mar 2026-12-01 07:00:00 |

  @CSV-4
  Regola: Il file arriva entro 5 ore operative dall'SMS di ingaggio
    Le ore operative corrono dalle 07:00 alle 20:00: quelle che avanzano la sera continuano il mattino dopo.

    Schema dello scenario: Cadenza <cadenza>, SMS <innesco>: file entro <termine>
      Dato che la lettura 20:00 comprese è sì
      E che la lettura cadenza degli SMS è continua
      E che la lettura cadenza dei file è <cadenza>
      E un ordine SLU di Alfa
      Quando la rete notifica l'innesco <innesco>
      Allora il file CSV con l'ordine arriva entro <termine>, se l'SMS è partito <innesco>

      Esempi:
        | cadenza            | innesco                 | termine                 |
        | da tabella         | mar 2027-03-23 07:00:00 | mar 2027-03-23 12:00:00 |
        | da tabella         | mar 2027-03-23 08:59:59 | mar 2027-03-23 13:59:59 |
        | da tabella         | mar 2027-03-23 15:00:00 | mar 2027-03-23 20:00:00 |
        | da tabella         | mar 2027-03-23 15:00:01 | mer 2027-03-24 07:00:01 |
        | da tabella         | mar 2027-03-23 20:00:00 | mer 2027-03-24 12:00:00 |
        | immediata          | mar 2027-03-23 07:00:00 | mar 2027-03-23 12:00:00 |
        | immediata          | mar 2027-03-23 20:00:00 | mer 2027-03-24 12:00:00 |
        | all'ultimo istante | mar 2027-03-23 07:00:00 | mar 2027-03-23 12:00:00 |
        | all'ultimo istante | mar 2027-03-23 14:59:59 | mar 2027-03-23 19:59:59 |
        | all'ultimo istante | mar 2027-03-23 15:00:00 | mar 2027-03-23 20:00:00 |
        | all'ultimo istante | mar 2027-03-23 15:00:01 | mer 2027-03-24 07:00:01 |
        | all'ultimo istante | mar 2027-03-23 17:00:00 | mer 2027-03-24 09:00:00 |
        | all'ultimo istante | mar 2027-03-23 20:00:00 | mer 2027-03-24 12:00:00 |

    Schema dello scenario: Innesco <quando>: file entro <termine>
      Dato che la lettura 20:00 comprese è sì
      E che la lettura cadenza degli SMS è continua
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica CO <quando>
      Allora il file CSV con l'ordine arriva entro <termine>, se l'SMS è partito <sms>

      Esempi:
        | quando                  | sms                     | termine                 |
        | mar 2026-03-03 06:59:59 | mar 2026-03-03 07:00:00 | mar 2026-03-03 12:00:00 |
        | mar 2026-03-03 20:00:00 | mar 2026-03-03 20:00:00 | mer 2026-03-04 12:00:00 |
        | mar 2026-03-03 20:00:01 | mer 2026-03-04 07:00:00 | mer 2026-03-04 12:00:00 |
        | sab 2026-03-07 20:00:01 | lun 2026-03-09 07:00:00 | lun 2026-03-09 12:00:00 |
        | dom 2026-03-08 10:00:00 | lun 2026-03-09 07:00:00 | lun 2026-03-09 12:00:00 |

    Schema dello scenario: Qualunque cadenza: SMS <momento>, file entro il termine
      Dato che la lettura 20:00 comprese è sì
      E che la lettura cadenza degli SMS è continua
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco <innesco>
      Allora il file CSV con l'ordine arriva entro <termine>, se l'SMS è partito <innesco>

      Esempi:
        | momento                               | servizio             | innesco                 | termine                 |
        | delle 07:00:00 (ULL)                  | ULL                  | mar 2028-02-22 07:00:00 | mar 2028-02-22 12:00:00 |
        | delle 09:00:00 (SLU)                  | SLU                  | mar 2027-11-02 09:00:00 | mar 2027-11-02 14:00:00 |
        | delle 11:00:00 (VULA FTTCAB)          | VULA FTTCAB          | mar 2026-03-24 11:00:00 | mar 2026-03-24 16:00:00 |
        | delle 13:00:00 (VULA FTTH)            | VULA FTTH            | mar 2026-08-11 13:00:00 | mar 2026-08-11 18:00:00 |
        | delle 14:59:59 (Bitstream NGA FTTCAB) | Bitstream NGA FTTCAB | mar 2026-10-20 14:59:59 | mar 2026-10-20 19:59:59 |
        | delle 15:00:00 (Bitstream NGA FTTH)   | Bitstream NGA FTTH   | mar 2028-02-29 15:00:00 | mar 2028-02-29 20:00:00 |
        | delle 15:00:01 (ULL)                  | ULL                  | mar 2028-02-22 15:00:01 | mer 2028-02-23 07:00:01 |
        | delle 17:00:00 (SLU)                  | SLU                  | mar 2027-11-02 17:00:00 | mer 2027-11-03 09:00:00 |
        | delle 19:00:00 (VULA FTTCAB)          | VULA FTTCAB          | mar 2026-03-24 19:00:00 | mer 2026-03-25 11:00:00 |
        | delle 19:59:59 (VULA FTTH)            | VULA FTTH            | mar 2026-08-11 19:59:59 | mer 2026-08-12 11:59:59 |
        | delle 20:00:00 (Bitstream NGA FTTCAB) | Bitstream NGA FTTCAB | mar 2026-10-20 20:00:00 | mer 2026-10-21 12:00:00 |

    Schema dello scenario: <occasione> con lettura <lettura>: Innesco <innesco>, file entro <file>
      Dato che la lettura festività è nazionali
      E che la lettura 20:00 comprese è sì
      E che la lettura cadenza degli SMS è continua
      E che la lettura giorno X+1 è <lettura>
      E che la lettura SMS nei festivi è no
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco <innesco>
      Allora il file CSV con l'ordine arriva entro <file>, se l'SMS è partito <innesco>

      Esempi:
        | occasione             | lettura       | innesco                 | file                    |
        | Sabato prima delle 15 | di calendario | sab 2026-03-07 15:00:00 | sab 2026-03-07 20:00:00 |
        | Sabato dopo le 15     | di calendario | sab 2026-03-07 15:00:01 | dom 2026-03-08 07:00:01 |
        | Sabato alle 17        | di calendario | sab 2026-03-07 17:00:00 | dom 2026-03-08 09:00:00 |
        | Sabato in chiusura    | di calendario | sab 2026-03-07 20:00:00 | dom 2026-03-08 12:00:00 |
        | Sabato prima delle 15 | operativo     | sab 2026-03-07 15:00:00 | sab 2026-03-07 20:00:00 |
        | Sabato dopo le 15     | operativo     | sab 2026-03-07 15:00:01 | lun 2026-03-09 07:00:01 |
        | Sabato alle 17        | operativo     | sab 2026-03-07 17:00:00 | lun 2026-03-09 09:00:00 |
        | Sabato in chiusura    | operativo     | sab 2026-03-07 20:00:00 | lun 2026-03-09 12:00:00 |
        | Vigilia del 1° maggio | di calendario | gio 2026-04-30 17:00:00 | ven 2026-05-01 09:00:00 |
        | Vigilia del 1° maggio | operativo     | gio 2026-04-30 17:00:00 | sab 2026-05-02 09:00:00 |
        | Vigilia del 2 giugno  | di calendario | lun 2026-06-01 17:00:00 | mar 2026-06-02 09:00:00 |
        | Vigilia del 2 giugno  | operativo     | lun 2026-06-01 17:00:00 | mer 2026-06-03 09:00:00 |
        | Vigilia di Natale     | di calendario | gio 2026-12-24 18:00:00 | ven 2026-12-25 10:00:00 |
        | Vigilia di Natale     | operativo     | gio 2026-12-24 18:00:00 | lun 2026-12-28 10:00:00 |
        | San Silvestro         | di calendario | gio 2026-12-31 17:00:00 | ven 2027-01-01 09:00:00 |
        | San Silvestro         | operativo     | gio 2026-12-31 17:00:00 | sab 2027-01-02 09:00:00 |
        | Sabato di Pasqua      | di calendario | sab 2026-04-04 17:00:00 | dom 2026-04-05 09:00:00 |
        | Sabato di Pasqua      | operativo     | sab 2026-04-04 17:00:00 | mar 2026-04-07 09:00:00 |
        | Notte dell'ora legale | di calendario | sab 2026-03-28 17:00:00 | dom 2026-03-29 09:00:00 |
        | Notte dell'ora legale | operativo     | sab 2026-03-28 17:00:00 | lun 2026-03-30 09:00:00 |
        | Notte dell'ora solare | di calendario | sab 2026-10-24 17:00:00 | dom 2026-10-25 09:00:00 |
        | Notte dell'ora solare | operativo     | sab 2026-10-24 17:00:00 | lun 2026-10-26 09:00:00 |
        | Notte del 29 febbraio | di calendario | lun 2028-02-28 17:00:00 | mar 2028-02-29 09:00:00 |
        | Notte del 1° marzo    | di calendario | mar 2028-02-29 17:00:00 | mer 2028-03-01 09:00:00 |

  @CSV-5
  Regola: Il link della riga funziona: con esso l'operatore può fissare l'appuntamento

    Schema dello scenario: <servizio>: l'operatore fissa con il link della riga
      Dato un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2026-12-29 09:00:00
      E mar 2026-12-29 15:00:00 l'operatore apre il link
      E mar 2026-12-29 15:00:01 l'operatore fissa lun 2027-01-04 10:00-12:00
      Allora l'Agente Virtuale accetta
      E l'appuntamento è stato fissato una volta sola, da operatore

      Esempi:
        | servizio             |
        | ULL                  |
        | SLU                  |
        | VULA FTTCAB          |
        | VULA FTTH            |
        | Bitstream NGA FTTCAB |
        | Bitstream NGA FTTH   |

    Schema dello scenario: Il link della riga serve con identità <lettura>
      Dato che la lettura identità del link è <lettura>
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2026-03-03 09:00:00
      E mar 2026-03-03 15:00:01 l'operatore fissa lun 2026-03-09 10:00-12:00
      Allora l'Agente Virtuale accetta

      Esempi:
        | lettura    |
        | per canale |
        | condivisa  |

    Scenario: Il link della riga serve fino all'ultimo secondo del termine
      Dato che la lettura festività è nazionali
      E che la lettura fine del terzo giorno è mezzanotte
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco mar 2026-06-30 17:00:00
      E gio 2026-07-02 23:59:59 l'operatore fissa lun 2026-07-06 10:00-12:00
      Allora l'Agente Virtuale accetta

    Schema dello scenario: Due righe in un file: <prima> e <seconda>, a ogni riga il suo link
      Dato che la lettura festività è nazionali
      E un ordine <prima> di Alfa, detto A
      E un altro ordine <seconda> di Alfa, detto B
      Quando la rete notifica l'innesco di ogni ordine mar 2026-09-29 09:00:00
      E si parla dell'ordine A
      E mar 2026-09-29 15:00:00 l'operatore fissa lun 2026-10-05 10:00-12:00
      Allora l'Agente Virtuale accetta
      E l'appuntamento è lun 2026-10-05 10:00-12:00
      Quando si parla dell'ordine B
      Allora non c'è alcun appuntamento
      Quando mar 2026-09-29 15:01:00 l'operatore fissa mar 2026-10-06 16:00-18:00
      Allora l'Agente Virtuale accetta
      E l'appuntamento è mar 2026-10-06 16:00-18:00

      Esempi:
        | prima     | seconda              |
        | ULL       | VULA FTTH            |
        | SLU       | Bitstream NGA FTTCAB |
        | VULA FTTH | VULA FTTH            |

    Schema dello scenario: <servizio>: il link della riga serve anche dopo che il cliente ha fissato
      Dato che la lettura spostamenti ammessi è senza limite
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco mar 2026-12-22 09:00:00
      E mar 2026-12-22 11:00:00 il cliente fissa lun 2026-12-28 10:00-12:00
      E mar 2026-12-22 15:00:00 l'operatore apre il link
      E mar 2026-12-22 15:00:01 l'operatore sposta a mar 2026-12-29 10:00-12:00
      Allora l'Agente Virtuale accetta
      E l'appuntamento è mar 2026-12-29 10:00-12:00

      Esempi:
        | servizio             |
        | ULL                  |
        | SLU                  |
        | VULA FTTCAB          |
        | VULA FTTH            |
        | Bitstream NGA FTTCAB |
        | Bitstream NGA FTTH   |
