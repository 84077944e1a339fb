# language: it
@SMS
Funzionalità: L'SMS di ingaggio
      Quando la linea è pronta il cliente riceve, nella finestra consentita, un SMS con il link per fissare l'appuntamento.

  Contesto:
    Dato l'operatore Alfa con codice progetto PRJ-ALFA e codice delivery DEL-ALFA

  @SMS-1
  Regola: Il cliente finale riceve un solo SMS di ingaggio, con il link all'Agente Virtuale

    Schema dello scenario: <servizio>: un solo SMS di ingaggio con il link
      Dato un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco <giorno> 09:00:00
      Allora in tutto parte 1 SMS di ingaggio
      E l'SMS di ingaggio arriva al numero +393331234567
      E l'SMS di ingaggio porta il suo link, intero

      Esempi:
        | servizio             | giorno         |
        | ULL                  | lun 2026-12-07 |
        | SLU                  | ven 2026-04-03 |
        | VULA FTTCAB          | gio 2026-12-24 |
        | VULA FTTH            | mar 2028-02-29 |
        | Bitstream NGA FTTCAB | sab 2026-03-28 |
        | Bitstream NGA FTTH   | sab 2027-10-02 |

    Schema dello scenario: Il numero <numero> riceve l'SMS come <atteso>
      Dato un ordine VULA FTTH di Alfa, al numero <numero>
      Quando la rete notifica CO gio 2026-12-31 09:00:00
      Allora l'SMS di ingaggio arriva al numero <atteso>

      Esempi:
        | numero         | atteso        |
        | +393331234567  | +393331234567 |
        | 3331234567     | +393331234567 |
        | 00393331234567 | +393331234567 |
        | 393331234567   | +393331234567 |
        | 3931234567     | +393931234567 |
        | +39333123456   | +39333123456  |
        | 333123456      | +39333123456  |

    Schema dello scenario: Al numero <numero> (<perché>) non parte nulla e l'ordine torna
      Dato che la lettura numero non valido è nessun SMS
      E un ordine VULA FTTH di Alfa, al numero <numero>
      Quando la rete notifica CO mar 2026-03-03 09:00:00
      Allora nessun SMS di ingaggio è inviato
      E l'operatore non riceve W08, W09, W24
      E l'ordine torna all'operatore

      Esempi:
        | numero         | perché                    |
        | +390612345678  | rete fissa                |
        | +41791234567   | estero                    |
        | 0612345678     | rete fissa senza prefisso |
        | +3933312345    | troppo corto              |
        | +3933312345678 | troppo lungo              |

    Schema dello scenario: Con la lettura che respinge il numero <numero> fa tornare subito l'ordine
      Dato che la lettura numero non valido è respinto
      E un ordine SLU di Alfa, al numero <numero>
      Quando l'ordine è consegnato sab 2026-10-24 09:00:00
      Allora l'ordine torna all'operatore
      E nessun SMS di ingaggio è inviato

      Esempi:
        | numero        |
        | +390612345678 |
        | +41791234567  |

    Schema dello scenario: Un secondo <innesco> per <servizio> non manda un secondo SMS
      Dato che la lettura secondo innesco è ignorato
      E un ordine <servizio> di Alfa
      Quando la rete notifica <innesco> <giorno> 09:00:00
      E la rete notifica <innesco> <giorno> 16:00:00
      Allora in tutto parte 1 SMS di ingaggio
      E l'ordine ha in tutto 1 riga nei file CSV

      Esempi:
        | innesco | servizio             | giorno         |
        | AC      | ULL                  | mar 2026-04-07 |
        | AC      | SLU                  | lun 2026-06-01 |
        | CO      | VULA FTTCAB          | lun 2026-10-26 |
        | CO      | VULA FTTH            | lun 2026-03-30 |
        | CO      | Bitstream NGA FTTCAB | gio 2027-01-07 |
        | CO      | Bitstream NGA FTTH   | sab 2026-05-02 |

    Schema dello scenario: Con la lettura nuovo SMS un secondo <innesco> per <servizio> manda un secondo SMS
      Dato che la lettura secondo innesco è nuovo SMS
      E un ordine <servizio> di Alfa
      Quando la rete notifica <innesco> <giorno> 09:00:00
      E la rete notifica <innesco> <giorno> 16:00:00
      Allora in tutto partono 2 SMS di ingaggio
      E l'ordine ha in tutto 2 righe nei file CSV
      E nell'ordine l'operatore riceve <causali>, e niente altro

      Esempi:
        | innesco | servizio  | causali          | giorno         |
        | AC      | ULL       | AC, Z18, AC, Z36 | mar 2027-11-02 |
        | CO      | VULA FTTH | CO, W08, CO, W24 | ven 2026-08-14 |

    Scenario: Un secondo CO prima che la finestra apra manda un solo SMS
      Dato un ordine VULA FTTH di Alfa
      Quando la rete notifica CO mar 2027-09-28 02:00:00
      E la rete notifica CO mar 2027-09-28 03:00:00
      Allora in tutto parte 1 SMS di ingaggio
      E l'SMS di ingaggio parte non prima di mar 2027-09-28 07:00:00

    Schema dello scenario: <prima> e <seconda> insieme: ogni cliente riceve il suo, sul suo numero
      Dato che la lettura festività è nazionali
      E che la lettura griglia delle fasce è quella predefinita
      E un ordine <prima> di Alfa, al numero +393470000001, detto A
      E un altro ordine <seconda> di Alfa, al numero +393470000002, detto B
      Quando la rete notifica l'innesco di ogni ordine mar 2026-09-29 09:00:00
      E si parla dell'ordine A
      E mar 2026-09-29 16:00:00 il cliente fissa ven 2026-10-02 10:00-12:00
      Allora l'SMS di ingaggio arriva al numero +393470000001
      E l'SMS di promemoria arriva al numero +393470000001
      E nella riga il campo telefono vale +393470000001
      E l'appuntamento è ven 2026-10-02 10:00-12:00
      Quando si parla dell'ordine B
      Allora l'SMS di ingaggio arriva al numero +393470000002
      E nella riga il campo telefono vale +393470000002
      E nessun SMS di promemoria è inviato
      E non c'è alcun appuntamento

      Esempi:
        | prima       | seconda              |
        | ULL         | SLU                  |
        | VULA FTTCAB | VULA FTTH            |
        | SLU         | Bitstream NGA FTTCAB |
        | VULA FTTH   | Bitstream NGA FTTH   |

    Schema dello scenario: <servizio> annullato <momento> l'SMS: nessun SMS <dopo>
      Dato un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco <innesco>
      E <quando> l'operatore annulla l'ordine
      Allora in tutto <quanti> SMS di ingaggio
      E nessun SMS di promemoria è inviato

      Esempi:
        | servizio             | momento | dopo      | innesco                 | quando                  | quanti    |
        | ULL                  | prima   | parte più | mar 2026-12-22 22:00:00 | mer 2026-12-23 06:59:59 | partono 0 |
        | SLU                  | dopo    | in più    | mar 2026-04-28 09:00:00 | mar 2026-04-28 12:00:00 | parte 1   |
        | VULA FTTCAB          | prima   | parte più | dom 2026-03-08 10:00:00 | dom 2026-03-08 10:00:00 | partono 0 |
        | VULA FTTH            | prima   | parte più | sab 2026-03-07 20:00:01 | lun 2026-03-09 06:59:59 | partono 0 |
        | Bitstream NGA FTTCAB | dopo    | in più    | mar 2026-03-03 09:00:00 | mer 2026-03-04 12:00:00 | parte 1   |
        | Bitstream NGA FTTH   | prima   | parte più | sab 2026-10-24 21:00:00 | dom 2026-10-25 12:00:00 | partono 0 |

  @SMS-2
  Regola: L'SMS di ingaggio segue l'AC sul rame e il CO sulla fibra: mai prima, mai senza

    Schema dello scenario: <servizio> senza <innesco> non manda nulla
      Dato un ordine <servizio> di Alfa
      Quando il tempo passa fino a ven 2026-03-06 12:00:00
      Allora nessun SMS di ingaggio è inviato

      Esempi:
        | servizio             | innesco |
        | ULL                  | AC      |
        | SLU                  | AC      |
        | VULA FTTCAB          | CO      |
        | VULA FTTH            | CO      |
        | Bitstream NGA FTTCAB | CO      |
        | Bitstream NGA FTTH   | CO      |

    Schema dello scenario: <servizio>: l'SMS segue <innesco> <momento>
      Dato che la lettura cadenza degli SMS è continua
      E un ordine <servizio> di Alfa
      Quando il tempo passa fino a <prima>
      Allora nessun SMS di ingaggio è inviato fino a <prima>
      Quando la rete notifica <innesco> <quando>
      Allora l'SMS di ingaggio parte non prima di <quando>
      E l'SMS di ingaggio parte dopo la notifica <innesco>

      Esempi:
        | servizio             | innesco | momento    | prima                   | quando                  |
        | ULL                  | AC      | al mattino | mar 2027-01-12 09:59:59 | mar 2027-01-12 10:00:00 |
        | ULL                  | AC      | di sabato  | sab 2027-01-16 11:29:59 | sab 2027-01-16 11:30:00 |
        | SLU                  | AC      | al mattino | mar 2026-10-27 09:59:59 | mar 2026-10-27 10:00:00 |
        | SLU                  | AC      | di sabato  | sab 2026-10-31 11:29:59 | sab 2026-10-31 11:30:00 |
        | VULA FTTCAB          | CO      | al mattino | mar 2027-03-23 09:59:59 | mar 2027-03-23 10:00:00 |
        | VULA FTTCAB          | CO      | di sabato  | sab 2027-03-27 11:29:59 | sab 2027-03-27 11:30:00 |
        | VULA FTTH            | CO      | al mattino | mar 2028-02-22 09:59:59 | mar 2028-02-22 10:00:00 |
        | VULA FTTH            | CO      | di sabato  | sab 2028-02-26 11:29:59 | sab 2028-02-26 11:30:00 |
        | Bitstream NGA FTTCAB | CO      | al mattino | mar 2027-11-02 09:59:59 | mar 2027-11-02 10:00:00 |
        | Bitstream NGA FTTCAB | CO      | di sabato  | sab 2027-11-06 11:29:59 | sab 2027-11-06 11:30:00 |
        | Bitstream NGA FTTH   | CO      | al mattino | mar 2026-03-24 09:59:59 | mar 2026-03-24 10:00:00 |
        | Bitstream NGA FTTH   | CO      | di sabato  | sab 2026-03-28 11:29:59 | sab 2026-03-28 11:30:00 |

    Schema dello scenario: <servizio>: <altro>, che è dell'altra famiglia, non basta; poi viene <innesco>
      Dato un ordine <servizio> di Alfa
      Quando la rete notifica per errore <altro> mar 2026-08-11 08:00:00
      E il tempo passa fino a mer 2026-08-12 08:59:59
      Allora nessun SMS di ingaggio è inviato fino a mer 2026-08-12 08:59:59
      Quando la rete notifica <innesco> mer 2026-08-12 09:00:00
      Allora l'SMS di ingaggio parte non prima di mer 2026-08-12 09:00:00
      E in tutto parte 1 SMS di ingaggio

      Esempi:
        | servizio             | altro | innesco |
        | ULL                  | CO    | AC      |
        | SLU                  | CO    | AC      |
        | VULA FTTCAB          | AC    | CO      |
        | VULA FTTH            | AC    | CO      |
        | Bitstream NGA FTTCAB | AC    | CO      |
        | Bitstream NGA FTTH   | AC    | CO      |

    Schema dello scenario: <servizio> con i due eventi nello stesso istante: un solo SMS, una sola riga
      Dato un ordine <servizio> di Alfa
      Quando la rete notifica per errore <altro> mar 2026-03-03 09:00:00
      E la rete notifica <innesco> mar 2026-03-03 09:00:00
      Allora in tutto parte 1 SMS di ingaggio
      E l'ordine ha in tutto 1 riga nei file CSV

      Esempi:
        | servizio  | altro | innesco |
        | SLU       | CO    | AC      |
        | VULA FTTH | AC    | CO      |

  @SMS-3
  Regola: L'SMS di ingaggio parte soltanto dal lunedì al sabato

    Schema dello scenario: Innesco di <giorno>: l'SMS parte <attesa>
      Dato che la lettura cadenza degli SMS è continua
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica CO <quando>
      Allora l'SMS di ingaggio parte non prima di <sms>
      E l'SMS di ingaggio parte soltanto dal lunedì al sabato
      E l'SMS di ingaggio parte soltanto dalle 07:00 alle 20:00

      Esempi:
        | giorno                             | quando                             | attesa              | sms                     |
        | lunedì                             | lun 2026-10-19 10:00:00            | da allora           | lun 2026-10-19 10:00:00 |
        | martedì                            | mar 2026-10-20 10:00:00            | da allora           | mar 2026-10-20 10:00:00 |
        | mercoledì                          | mer 2026-10-21 10:00:00            | da allora           | mer 2026-10-21 10:00:00 |
        | giovedì                            | gio 2026-10-22 10:00:00            | da allora           | gio 2026-10-22 10:00:00 |
        | venerdì                            | ven 2026-10-23 10:00:00            | da allora           | ven 2026-10-23 10:00:00 |
        | sabato                             | sab 2026-10-24 10:00:00            | da allora           | sab 2026-10-24 10:00:00 |
        | domenica                           | dom 2026-10-25 10:00:00            | lunedì all'apertura | lun 2026-10-26 07:00:00 |
        | domenica a mezzanotte              | dom 2026-10-25 00:00:00            | lunedì all'apertura | lun 2026-10-26 07:00:00 |
        | domenica, ultimo secondo           | dom 2026-10-25 23:59:59            | lunedì all'apertura | lun 2026-10-26 07:00:00 |
        | domenica dell'ora legale           | dom 2026-11-15 03:30:00            | lunedì all'apertura | lun 2026-11-16 07:00:00 |
        | domenica dell'ora solare           | dom 2026-10-25 02:30:00            | lunedì all'apertura | lun 2026-10-26 07:00:00 |
        | domenica, ora ripetuta             | dom 2026-10-25 02:30:00 ora solare | lunedì all'apertura | lun 2026-10-26 07:00:00 |
        | martedì 29 febbraio                | mar 2028-02-29 10:00:00            | da allora           | mar 2028-02-29 10:00:00 |
        | Venerdì Santo                      | ven 2026-04-03 10:00:00            | da allora           | ven 2026-04-03 10:00:00 |
        | vigilia di Natale                  | gio 2026-12-24 10:00:00            | da allora           | gio 2026-12-24 10:00:00 |
        | San Silvestro                      | gio 2026-12-31 10:00:00            | da allora           | gio 2026-12-31 10:00:00 |
        | 4 ottobre 2025, non ancora festivo | sab 2025-10-04 10:00:00            | da allora           | sab 2025-10-04 10:00:00 |

    Schema dello scenario: Festivo (<festa>) con lettura <lettura>: l'SMS parte <sms>
      Dato che la lettura festività è nazionali
      E che la lettura cadenza degli SMS è continua
      E che la lettura SMS nei festivi è <lettura>
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica CO <quando>
      Allora l'SMS di ingaggio parte non prima di <sms>
      E l'SMS di ingaggio parte soltanto dal lunedì al sabato
      E l'SMS di ingaggio parte soltanto dalle 07:00 alle 20:00

      Esempi: si aspetta il primo giorno utile
        | festa                   | lettura | quando                  | sms                     |
        | Capodanno               | no      | gio 2026-01-01 10:00:00 | ven 2026-01-02 07:00:00 |
        | Epifania                | no      | mar 2026-01-06 10:00:00 | mer 2026-01-07 07:00:00 |
        | Lunedì dell'Angelo      | no      | lun 2026-04-06 10:00:00 | mar 2026-04-07 07:00:00 |
        | Liberazione di sabato   | no      | sab 2026-04-25 10:00:00 | lun 2026-04-27 07:00:00 |
        | Festa del Lavoro        | no      | ven 2026-05-01 10:00:00 | sab 2026-05-02 07:00:00 |
        | Festa della Repubblica  | no      | mar 2026-06-02 10:00:00 | mer 2026-06-03 07:00:00 |
        | 2 giugno 2020, il primo | no      | mar 2020-06-02 10:00:00 | mer 2020-06-03 07:00:00 |
        | Ferragosto di sabato    | no      | sab 2026-08-15 10:00:00 | lun 2026-08-17 07:00:00 |
        | 4 ottobre 2027          | no      | lun 2027-10-04 10:00:00 | mar 2027-10-05 07:00:00 |
        | Ognissanti di lunedì    | no      | lun 2027-11-01 10:00:00 | mar 2027-11-02 07:00:00 |
        | Immacolata              | no      | mar 2026-12-08 10:00:00 | mer 2026-12-09 07:00:00 |
        | Natale                  | no      | ven 2026-12-25 10:00:00 | lun 2026-12-28 07:00:00 |
        | Santo Stefano           | no      | sab 2026-12-26 10:00:00 | lun 2026-12-28 07:00:00 |

      Esempi: si invia anche nei festivi
        | festa                  | lettura | quando                  | sms                     |
        | Capodanno              | sì      | gio 2026-01-01 10:00:00 | gio 2026-01-01 10:00:00 |
        | Epifania               | sì      | mar 2026-01-06 10:00:00 | mar 2026-01-06 10:00:00 |
        | Lunedì dell'Angelo     | sì      | lun 2026-04-06 10:00:00 | lun 2026-04-06 10:00:00 |
        | Liberazione di sabato  | sì      | sab 2026-04-25 10:00:00 | sab 2026-04-25 10:00:00 |
        | 4 ottobre 2027         | sì      | lun 2027-10-04 10:00:00 | lun 2027-10-04 10:00:00 |
        | Natale                 | sì      | ven 2026-12-25 10:00:00 | ven 2026-12-25 10:00:00 |
        | Pasqua, che è domenica | sì      | dom 2026-04-05 10:00:00 | lun 2026-04-06 07:00:00 |

    Schema dello scenario: Festivi secondo la lettura <festivi>: innesco <quando>, SMS <sms>
      Dato che la lettura cadenza degli SMS è continua
      E che la lettura festività è <festivi>
      E che la lettura SMS nei festivi è no
      E un ordine ULL di Alfa
      Quando la rete notifica AC <quando>
      Allora l'SMS di ingaggio parte non prima di <sms>
      E l'SMS di ingaggio parte soltanto dal lunedì al sabato
      E l'SMS di ingaggio parte soltanto dalle 07:00 alle 20:00

      Esempi:
        | festivi               | quando                  | sms                     |
        | nazionali             | mer 2026-06-24 10:00:00 | mer 2026-06-24 10:00:00 |
        | nazionali, 06-24      | mer 2026-06-24 10:00:00 | gio 2026-06-25 07:00:00 |
        | nazionali, 2026-06-24 | mer 2026-06-24 10:00:00 | gio 2026-06-25 07:00:00 |
        | nazionali, 2026-06-24 | gio 2027-06-24 10:00:00 | gio 2027-06-24 10:00:00 |
        | nessuna               | mar 2026-06-02 10:00:00 | mar 2026-06-02 10:00:00 |
        | nessuna, 12-07        | lun 2026-12-07 10:00:00 | mar 2026-12-08 07:00:00 |

  @SMS-4
  Regola: L'SMS di ingaggio parte soltanto dalle 07:00 alle 20:00, estremi compresi

    Schema dello scenario: Innesco <momento>: l'SMS parte <attesa>
      Dato che la lettura cadenza degli SMS è continua
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica CO <quando>
      Allora l'SMS di ingaggio parte non prima di <sms>
      E l'SMS di ingaggio parte soltanto dal lunedì al sabato
      E l'SMS di ingaggio parte soltanto dalle 07:00 alle 20:00

      Esempi: i bordi di un giorno qualunque
        | momento                          | quando                      | attesa       | sms                     |
        | a mezzanotte                     | mar 2028-02-29 00:00:00     | all'apertura | mar 2028-02-29 07:00:00 |
        | un secondo prima dell'apertura   | mar 2028-02-29 06:59:59     | all'apertura | mar 2028-02-29 07:00:00 |
        | un millesimo prima dell'apertura | mar 2028-02-29 06:59:59.999 | all'apertura | mar 2028-02-29 07:00:00 |
        | all'apertura                     | mar 2028-02-29 07:00:00     | da allora    | mar 2028-02-29 07:00:00 |
        | un secondo dopo l'apertura       | mar 2028-02-29 07:00:01     | da allora    | mar 2028-02-29 07:00:01 |
        | un secondo prima della chiusura  | mar 2028-02-29 19:59:59     | da allora    | mar 2028-02-29 19:59:59 |
        | un secondo dopo la chiusura      | mar 2028-02-29 20:00:01     | l'indomani   | mer 2028-03-01 07:00:00 |
        | un millesimo dopo la chiusura    | mar 2028-02-29 20:00:00.001 | l'indomani   | mer 2028-03-01 07:00:00 |
        | all'ultimo secondo del giorno    | mar 2028-02-29 23:59:59     | l'indomani   | mer 2028-03-01 07:00:00 |

      Esempi: sere che non hanno un indomani qualunque
        | momento                      | quando                  | attesa       | sms                     |
        | sabato dopo la chiusura      | sab 2026-03-07 20:00:01 | lunedì       | lun 2026-03-09 07:00:00 |
        | sabato prima dell'ora legale | sab 2026-03-28 20:00:01 | lunedì       | lun 2026-03-30 07:00:00 |
        | sabato prima dell'ora solare | sab 2026-10-24 20:00:01 | lunedì       | lun 2026-10-26 07:00:00 |
        | lunedì prima del 29 febbraio | lun 2028-02-28 20:00:01 | martedì 29   | mar 2028-02-29 07:00:00 |
        | 31 marzo dopo la chiusura    | mer 2027-03-31 20:00:01 | il 1° aprile | gio 2027-04-01 07:00:00 |
        | 28 febbraio non bisestile    | mer 2029-02-28 20:00:01 | il 1° marzo  | gio 2029-03-01 07:00:00 |

    Schema dello scenario: Sera di vigilia (<vigilia>) con lettura <lettura>: l'SMS parte <sms>
      Dato che la lettura festività è nazionali
      E che la lettura SMS nei festivi è <lettura>
      E un ordine SLU di Alfa
      Quando la rete notifica AC <quando>
      Allora l'SMS di ingaggio parte non prima di <sms>
      E l'SMS di ingaggio parte soltanto dal lunedì al sabato
      E l'SMS di ingaggio parte soltanto dalle 07:00 alle 20:00

      Esempi:
        | vigilia       | lettura | quando                  | sms                     |
        | San Silvestro | no      | gio 2026-12-31 20:00:01 | sab 2027-01-02 07:00:00 |
        | San Silvestro | sì      | gio 2026-12-31 20:00:01 | ven 2027-01-01 07:00:00 |
        | Natale        | no      | gio 2026-12-24 20:00:01 | lun 2026-12-28 07:00:00 |
        | Natale        | sì      | gio 2026-12-24 20:00:01 | ven 2026-12-25 07:00:00 |
        | 2 giugno      | no      | lun 2026-06-01 20:00:01 | mer 2026-06-03 07:00:00 |
        | 2 giugno      | sì      | lun 2026-06-01 20:00:01 | mar 2026-06-02 07:00:00 |
        | Pasqua        | no      | sab 2026-04-04 20:00:01 | mar 2026-04-07 07:00:00 |
        | Pasqua        | sì      | sab 2026-04-04 20:00:01 | lun 2026-04-06 07:00:00 |

    Schema dello scenario: Alle 20:00 precise con lettura <lettura>: innesco <quando>, SMS <sms>
      Dato che la lettura cadenza degli SMS è continua
      E che la lettura 20:00 comprese è <lettura>
      E un ordine VULA FTTCAB di Alfa
      Quando la rete notifica CO <quando>
      Allora l'SMS di ingaggio parte non prima di <sms>
      E l'SMS di ingaggio parte soltanto dal lunedì al sabato
      E l'SMS di ingaggio parte soltanto dalle 07:00 alle 20:00

      Esempi:
        | lettura | quando                  | sms                     |
        | sì      | mar 2026-12-29 19:59:59 | mar 2026-12-29 19:59:59 |
        | sì      | mar 2026-12-29 20:00:00 | mar 2026-12-29 20:00:00 |
        | sì      | mar 2026-12-29 20:00:01 | mer 2026-12-30 07:00:00 |
        | no      | mar 2026-12-29 19:59:59 | mar 2026-12-29 19:59:59 |
        | no      | mar 2026-12-29 20:00:00 | mer 2026-12-30 07:00:00 |
        | no      | mar 2026-12-29 20:00:01 | mer 2026-12-30 07:00:00 |

    Schema dello scenario: Partenze ogni due ore: innesco <quando>, SMS <sms>
      Dato che la lettura cadenza degli SMS è ogni due ore
      E un ordine VULA FTTH di Alfa
      Quando la rete notifica CO <quando>
      Allora l'SMS di ingaggio parte non prima di <sms>
      E l'SMS di ingaggio parte soltanto dal lunedì al sabato
      E l'SMS di ingaggio parte soltanto dalle 07:00 alle 20:00

      Esempi:
        | quando                  | sms                     |
        | mar 2026-06-30 06:59:59 | mar 2026-06-30 07:00:00 |
        | mar 2026-06-30 07:00:00 | mar 2026-06-30 07:00:00 |
        | mar 2026-06-30 07:00:01 | mar 2026-06-30 09:00:00 |
        | mar 2026-06-30 09:00:01 | mar 2026-06-30 11:00:00 |
        | mar 2026-06-30 11:00:01 | mar 2026-06-30 13:00:00 |
        | mar 2026-06-30 13:00:01 | mar 2026-06-30 15:00:00 |
        | mar 2026-06-30 15:00:01 | mar 2026-06-30 17:00:00 |
        | mar 2026-06-30 17:00:01 | mar 2026-06-30 19:00:00 |
        | mar 2026-06-30 19:00:00 | mar 2026-06-30 19:00:00 |
        | mar 2026-06-30 19:00:01 | mer 2026-07-01 07:00:00 |
        | sab 2026-07-04 19:00:01 | lun 2026-07-06 07:00:00 |

  @SMS-5
  Regola: L'SMS di ingaggio ha il testo voluto dall'operatore, altrimenti quello standard

    Schema dello scenario: <servizio>: testo voluto dall'operatore
      Dato che Alfa ha chiesto per l'ingaggio il testo "Alfa: scegli quando arriva il tecnico su {link}"
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco <giorno> 09:00:00
      Allora l'SMS di ingaggio dice "Alfa: scegli quando arriva il tecnico su {link}"

      Esempi:
        | servizio             | giorno         |
        | ULL                  | lun 2026-12-07 |
        | SLU                  | ven 2026-04-03 |
        | VULA FTTCAB          | gio 2026-12-24 |
        | VULA FTTH            | mar 2028-02-29 |
        | Bitstream NGA FTTCAB | sab 2026-03-28 |
        | Bitstream NGA FTTH   | sab 2027-10-02 |

    Scenario: Senza richiesta vale il testo standard, con il link
      Dato un ordine VULA FTTH di Alfa
      Quando la rete notifica l'innesco gio 2026-12-31 09:00:00
      Allora l'SMS di ingaggio contiene "{link}"

    Scenario: Il testo di un operatore non passa a un altro
      Dato che Alfa ha chiesto per l'ingaggio il testo "Solo di Alfa: {link}"
      E l'operatore Beta con codice progetto PRJ-BETA
      E che Beta ha chiesto per l'ingaggio il testo "Solo di Beta: {link}"
      E un ordine VULA FTTH di Beta
      Quando la rete notifica l'innesco sab 2026-10-24 09:00:00
      Allora l'SMS di ingaggio dice "Solo di Beta: {link}"

    Schema dello scenario: <servizio>: il testo cambia mentre l'SMS aspetta la finestra (<quando>)
      Dato che Alfa ha chiesto per l'ingaggio il testo "Prima: {link}"
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco <innesco>
      E <quando> Alfa si registra di nuovo, con per l'ingaggio il testo "Poi: {link}"
      Allora l'SMS di ingaggio dice "Poi: {link}"
      E in tutto parte 1 SMS di ingaggio

      Esempi:
        | servizio             | innesco                 | quando                  |
        | SLU                  | sab 2026-03-07 21:00:00 | dom 2026-03-08 12:00:00 |
        | VULA FTTH            | sab 2026-03-28 20:30:00 | dom 2026-03-29 03:00:00 |
        | Bitstream NGA FTTCAB | dom 2026-10-25 01:00:00 | dom 2026-10-25 12:00:00 |
        | ULL                  | dom 2026-12-27 10:00:00 | dom 2026-12-27 20:00:00 |

    Schema dello scenario: <servizio>: il testo cambia quando l'SMS è già partito, e non ne parte un altro
      Dato che Alfa ha chiesto per l'ingaggio il testo "Prima: {link}"
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco <innesco>
      E purché l'SMS di ingaggio parta entro <quando>
      E <quando> Alfa si registra di nuovo, con per l'ingaggio il testo "Poi: {link}"
      Allora l'SMS di ingaggio dice "Prima: {link}"
      E in tutto parte 1 SMS di ingaggio

      Esempi:
        | servizio           | innesco                 | quando                  |
        | ULL                | mar 2026-03-03 09:00:00 | mer 2026-03-04 12:00:00 |
        | VULA FTTCAB        | mar 2026-07-14 09:00:00 | mer 2026-07-15 12:00:00 |
        | Bitstream NGA FTTH | ven 2026-12-04 09:00:00 | lun 2026-12-07 12:00:00 |

  @SMS-6
  Regola: L'SMS di ingaggio ha l'alias voluto dall'operatore, di 11 caratteri al più, altrimenti quello standard

    Schema dello scenario: Alias «<alias>» (<lunghezza>) voluto dall'operatore
      Dato che Alfa ha chiesto per l'ingaggio l'alias "<alias>"
      E un ordine ULL di Alfa
      Quando la rete notifica l'innesco mar 2026-04-07 09:00:00
      Allora l'SMS di ingaggio ha l'alias "<alias>"

      Esempi:
        | alias       | lunghezza      |
        | A           | 1 carattere    |
        | AlfaTecnic  | 10 caratteri   |
        | AlfaTecnico | 11 caratteri   |
        | Alfa 2      | con uno spazio |

    Scenario: Un alias di 12 caratteri non si registra
      Dato che Alfa ha chiesto per l'ingaggio l'alias "AlfaTecnico1"
      Quando l'operatore si registra
      Allora la richiesta è respinta

    Scenario: Senza richiesta vale l'alias standard
      Dato un ordine ULL di Alfa
      Quando la rete notifica l'innesco lun 2026-06-01 09:00:00
      Allora l'SMS di ingaggio ha un alias di 11 caratteri al più

    Schema dello scenario: <servizio>: l'alias cambia mentre l'SMS aspetta la finestra
      Dato che Alfa ha chiesto per l'ingaggio l'alias "Prima"
      E un ordine <servizio> di Alfa
      Quando la rete notifica l'innesco sab 2026-03-07 21:00:00
      E dom 2026-03-08 12:00:00 Alfa si registra di nuovo, con per l'ingaggio l'alias "Poi"
      Allora l'SMS di ingaggio ha l'alias "Poi"

      Esempi:
        | servizio  |
        | ULL       |
        | VULA FTTH |
