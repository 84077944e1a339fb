"""What `fit` says in a terminal: each number with its origin, then what the backtest showed, within 80 columns.

What lives here: lines for people, from the members of `fit.json`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from textwrap import wrap
from typing import Any

from reports.capacity.fit_words import (
    ALL_INSIDE,
    HISTORIES,
    IMPOSSIBLE,
    INDICATORS,
    NOTES,
    SHORT,
    SOME_OUTSIDE,
    TRIED,
    WHOLE_DAYS,
    suggestion,
)
from reports.words.labels import Term
from reports.words.masking import printable
from reports.words.number_words import bare, between, exact, filled, joined, number

WIDTH, TITLE_WIDTH = 80, 36
Members = Mapping[str, Any]
HEAD = Term(
    "{orders:# ordine ricevuto|# ordini ricevuti} dal {first} al {last}.",
    "{orders:# order|# orders} received from {first} to {last}.",
)
OF_RECORDS = Term("{origin} da {records:# ordine|# ordini}", "{origin} from {records:# order|# orders}")
GAP = Term("scarto {distance}", "gap {distance}")
ASSUMED = Term("Non sono negli ordini registrati, assunti: {paths}.", "Not in the records, assumed: {paths}.")
OF_PATHS = Term("{paths}: {note}", "{paths}: {note}")
COLUMNS = Term("registrato", "recorded"), Term("simulato, 95 %", "simulated, 95%")
INSIDE, OUTSIDE = Term("dentro", "inside"), Term("FUORI", "OUTSIDE")


def fit_lines(fit: Members, language: str) -> list[str]:
    """The lines of a fit in a language."""
    return [*_findings(fit, language), "", *_tested(fit["backtest"], language)]


def _findings(fit: Members, language: str) -> Iterator[str]:
    records = fit["records"]
    yield from _sentence(records_term(records), language)
    if records["histories"] > 1:
        yield from _sentence(histories_term(records), language)
    if records.get("days_only"):
        yield from _sentence(days_term(records), language)
    estimated = [finding for finding in fit["findings"] if finding["origin"] != "assumed"]
    for finding in estimated:
        yield f"  {printable(finding['path'])}"
        yield from _indented(f"{value_text(finding['value'])}  ({_origin(finding).in_language(language)})")
    for note in dict.fromkeys(note for finding in estimated for note in finding["notes"]):
        paths = ", ".join(finding["path"] for finding in estimated if note in finding["notes"])
        yield from _sentence(filled(OF_PATHS, paths=paths, note=filled(NOTES[note], like=fit["like"])), language)
    assumed = ", ".join(finding["path"] for finding in fit["findings"] if finding["origin"] == "assumed")
    if assumed:
        yield from _sentence(filled(ASSUMED, paths=assumed), language)


def records_term(records: Members) -> Term:
    """How many orders were recorded, and when."""
    return filled(HEAD, orders=number(records["orders"], 0), first=records["first"], last=records["last"])


def histories_term(records: Members) -> Term:
    """That only one of several histories was read."""
    return filled(HISTORIES, histories=number(records["histories"], 0), orders=number(records["orders"], 0))


def days_term(records: Members) -> Term:
    """That some columns have days alone, and what that keeps from being fitted."""
    return filled(WHOLE_DAYS, columns=", ".join(records["days_only"]))


def _origin(finding: Members) -> Term:
    parts = [filled(OF_RECORDS, origin=SHORT[finding["origin"]], records=number(finding["records"], 0))]
    if finding["distance"] is not None:
        parts.append(filled(GAP, distance=number(finding["distance"], 3)))
    return joined(parts, ", ")


def value_text(value: Any) -> str:
    """A value of the scenario in few words."""
    if isinstance(value, bool):
        return str(value).lower()  # as the scenario writes it
    if isinstance(value, Mapping) and "distribution" in value:
        parameters = ", ".join(f"{key} {exact(parameter)}" for key, parameter in value.items() if key != "distribution")
        return f"{value['distribution']} {parameters}"
    if isinstance(value, Mapping) and "values" in value and "weights" in value:
        pairs = zip(value["values"], value["weights"], strict=True)
        return ", ".join(f"{exact(choice)}: {exact(weight)}%" for choice, weight in pairs)
    if isinstance(value, Mapping):
        return printable(", ".join(f"{key} {value_text(member)}" for key, member in value.items()))
    if isinstance(value, list):
        return " ".join(map(value_text, value))
    return printable(exact(value) if isinstance(value, float) else value)


def tested_term(tested: Members) -> Term:
    """What a backtest showed, in a sentence."""
    if not tested["possible"]:
        days, orders = number(tested["least_days"], 0), number(tested["least_orders"], 0)
        return filled(IMPOSSIBLE[tested["why"]], days=days, orders=orders)
    compared = tested["compared"]
    inside = sum(row["inside"] for row in compared)
    sentence = filled(
        TRIED,
        orders=number(tested["orders"], 0),
        first=tested["first"],
        last=tested["last"],
        replications=number(tested["replications"], 0),
        inside=number(inside, 0),
        count=number(len(compared), 0),
    )
    ending = ALL_INSIDE if inside == len(compared) else SOME_OUTSIDE
    return Term(f"{sentence.it} {ending.it}", f"{sentence.en} {ending.en}")


def _tested(tested: Members, language: str) -> Iterator[str]:
    yield from _sentence(tested_term(tested), language)
    if not tested["possible"]:
        return
    recorded, simulated = (column.in_language(language) for column in COLUMNS)
    yield f"  {'':<{TITLE_WIDTH}} {recorded:>11}  {simulated}"
    for row in tested["compared"]:
        value = bare(row["recorded"], row["unit"]).in_language(language)
        ends = between(row["low"], row["high"], row["unit"]).in_language(language)
        side = (INSIDE if row["inside"] else OUTSIDE).in_language(language)
        yield f"  {INDICATORS[row['name']].in_language(language):<{TITLE_WIDTH}} {value:>11}  {ends:<19} {side}"
    outside = [suggestion(row["name"]) for row in tested["compared"] if not row["inside"]]
    for term in dict.fromkeys(outside):
        yield from _sentence(term, language)


def _sentence(term: Term, language: str) -> list[str]:
    return wrap(term.in_language(language), WIDTH, subsequent_indent="    ", break_on_hyphens=False)


def _indented(text: str) -> list[str]:
    return wrap(text, WIDTH, initial_indent="      ", subsequent_indent="      ", break_on_hyphens=False)
