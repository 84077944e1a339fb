"""What the capacity commands say in a terminal, in Italian and English: one answer speaks one language throughout.

What lives here: text only. It must not know a run.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from reports.words.labels import Term
from reports.words.number_words import with_forms

SAID: Mapping[str, Term] = MappingProxyType(
    {
        "judged": Term(
            "giudicate: {occasions:# occasione|# occasioni}, regole violate: {broken}",
            "judged: {occasions:# occasion|# occasions}, {broken:# rule|# rules} violated",
        ),
        "conditional": Term(
            'gli intervalli valgono per gli arrivi registrati; resample = "weeks" estrae settimane in ogni replica',
            'intervals hold for the recorded arrivals; resample = "weeks" draws weeks anew in each replication',
        ),
        "engines": Term(
            "motore di {replications:# replica|# repliche}: {engine}",
            "engine of {replications:# replication|# replications}: {engine}",
        ),
        "warm_up_enough": Term(
            "avviamento: {declared:# giorno dichiarato|# giorni dichiarati}, MSER ne toglierebbe {cut}: basta",
            "warm-up: {declared:# day|# days} declared, MSER would leave out {cut}: enough",
        ),
        "warm_up": Term("ATTENZIONE: avviamento{variant}: {what}", "WARNING: warm-up{variant}: {what}"),
        "of_variant": Term(" di {name}", " of {name}"),
        "too_short": Term(
            "{declared:# giorno dichiarato|# giorni dichiarati}, MSER ne toglierebbe {cut}; nei giorni fra gli uni e "
            "gli altri gli ordini in "
            "corso sono {gap} il livello di dopo (vedi horizon.warm_up_days)",
            "{declared:# day|# days} declared, MSER would leave out {cut}; on the days between, orders under way are "
            "{gap} "
            "their later level (see horizon.warm_up_days)",
        ),
        "below": Term("{share} sotto", "{share} below"),
        "above": Term("{share} sopra", "{share} above"),
        "no_level": Term(
            "{declared:# giorno dichiarato|# giorni dichiarati}, ma entro metà del periodo non si raggiunge un "
            "livello: è troppo breve, o "
            "gli ordini sono più di quanti se ne possano servire",
            "{declared:# day|# days} declared, but no level is reached within half of the horizon: it is too short, "
            "or there "
            "are more orders than can be served",
        ),
        "more_variants": Term(
            "ATTENZIONE: avviamento: lo stesso in {count:un'altra variante|altre # varianti}",
            "WARNING: warm-up: the same in {count:# more variant|# more variants}",
        ),
        "unrelated": Term(
            "ATTENZIONE: le corse sono di scenari diversi: cambiano nome, operatori o territori",
            "WARNING: the runs are of unrelated scenarios: name, operators or territories differ",
        ),
        "meets": Term("lo soddisfa", "meets"),
        "fails": Term("non lo soddisfa", "does not"),
        "unsure": Term("non è certo", "not sure"),
        "trial": Term(
            "{vary} = {value}: {ends}, {count:# replica|# repliche}: {side}",
            "{vary} = {value}: {ends}, {count:# replication|# replications}: {side}",
        ),
        "smallest": Term(
            "valore più piccolo: {vary} = {value}, confidenza {confidence}",
            "smallest value: {vary} = {value}, {confidence} confidence",
        ),
        "largest": Term(
            "di più peggiora; valore più grande: {vary} = {value}, confidenza {confidence}",
            "more makes it worse; largest value: {vary} = {value}, {confidence} confidence",
        ),
        "undecided": Term(
            "non deciso fra {first} e {last}, confidenza {confidence}",
            "undecided between {first} and {last}, {confidence} confidence",
        ),
        "none": Term(
            "nessun valore soddisfa l'obiettivo, confidenza {confidence}; il più vicino è {best}",
            "no value meets the target, {confidence} confidence; {best} comes closest",
        ),
        "other_limit": Term(
            "{vary} non fa differenza, confidenza {confidence}; nessun valore soddisfa l'obiettivo con certezza",
            "{vary} makes no difference, {confidence} confidence; no value surely meets the target",
        ),
        "surely": Term("; {value} lo soddisfa con certezza", "; {value} surely meets the target"),
        "settled_by": Term(
            "lo {count:deciderebbe circa # replica|deciderebbero circa # repliche} (--replications)",
            "about {count:# replication|# replications} would settle it (--replications)",
        ),
        "next": Term(
            "prossimo limite: {resource}{place}, {load} ({what})", "next bottleneck: {resource}{place}, {load} ({what})"
        ),
        "pair": Term(
            "{values}: {aim} {cost}, {mean}, {count:# replica|# repliche}: {side}",
            "{values}: {aim} {cost}, {mean}, {count:# replication|# replications}: {side}",
        ),
        "no_mean": Term("nessuna media", "none"),
        "of_place": Term(" di {name}", " of {name}"),
        "no_resource": Term(
            "nessuna risorsa aiuterebbe: il limite è in ciò che i clienti desiderano e in quanto le linee impiegano",
            "no resource would help: what customers wish and how long lines take sets the limit",
        ),
        "another_limit": Term(
            "il limite è un altro: {resource}{place}: {parameter} = {now} ora, con {matters} cambia qualcosa, {met} "
            "l'obiettivo",
            "another limit binds: {resource}{place}: {parameter} = {now} now, {matters} makes a difference, {met} "
            "the target",
        ),
        "none_meets": Term("nessun valore provato soddisfa", "no value tried meets"),
        "meets_with": Term("con {value} si raggiunge", "with {value} it meets"),
        "means": Term(
            "medie di {count} repliche, fra parentesi il loro intervallo al 95%",
            "means of {count} replications, in brackets their 95% interval",
        ),
        "difference": Term(
            "differenze B − A, fra parentesi l'intervallo al 95%, su {pairs:# replica appaiata|# repliche appaiate} "
            "(A: {a}, B: {b})",
            "differences B − A, in brackets their 95% interval, of {pairs:# paired replication|# paired "
            "replications} (A: {a}, B: {b})",
        ),
        "better": Term("meglio: {side}", "better: {side}"),
        "technicians": Term("tecnici", "technicians"),
        "sms_gateway": Term("gateway SMS", "SMS gateway"),
        "notifications": Term("connessioni verso gli operatori", "connections to operators"),
        "call_centre": Term("call centre", "call centre"),
    }
)


def phrase(language: str, key: str, **values: object) -> str:
    """A line in a language, its gaps filled."""
    return with_forms(SAID[key].in_language(language), values)
