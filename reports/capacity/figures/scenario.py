"""The scenario that a run came from, value by value, with a mark where a value is assumed.

What lives here: flattening the scenario's tables into rows. It must not know what a value does.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from reports.capacity.run_folder import CapacityRun
from reports.words.labels import Term, same
from reports.words.masking import printable

TABLES: Mapping[str, Term] = {
    "horizon": Term("Periodo", "Horizon"),
    "arrivals": Term("Arrivi", "Arrivals"),
    "opening": Term("Stato iniziale", "Opening state"),
    "operators": Term("Operatori", "Operators"),
    "line_ready": Term("Linea pronta", "Line ready"),
    "slots": Term("Fasce", "Slots"),
    "territories": Term("Territori", "Territories"),
    "technicians": Term("Tecnici", "Technicians"),
    "sms": Term("SMS", "SMS"),
    "csv": Term("File CSV", "CSV files"),
    "notifications": Term("Notifiche", "Notifications"),
    "customers": Term("Clienti", "Customers"),
    "sample": Term("Campione", "Sample"),
    "service_level": Term("Livello di servizio", "Service level"),
    "costs": Term("Costi", "Costs"),
}
SAID_ELSEWHERE = ("name", "title", "assumptions")
LONGEST_VALUE = 400


@dataclass(frozen=True, slots=True)
class Value:
    """A value of the scenario by its dotted path; `assumption` is the number of the assumption it rests on, if any."""

    path: str
    text: str
    assumption: int | None


def scenario_tables(run: CapacityRun) -> list[tuple[Term, list[Value]]]:
    """The values of the scenario by table, in the order of the file."""
    globs = [
        (place, pattern.strip())
        for place, assumption in enumerate(run.assumptions, 1)
        for pattern in str(assumption["about"]).split(",")
    ]
    by_table: dict[str, list[Value]] = {}
    for path, value in _flat((), run.scenario):
        if path[0] not in SAID_ELSEWHERE:
            dotted = ".".join(path)
            by_table.setdefault(path[0], []).append(Value(printable(dotted), _text(value), _assumption(dotted, globs)))
    return [(TABLES.get(name, same(name)), values) for name, values in by_table.items()]


def _flat(path: tuple[str, ...], value: object) -> Iterator[tuple[tuple[str, ...], object]]:
    """The leaves below a value; a distribution or a table of weights is one leaf."""
    if isinstance(value, Mapping) and not _is_leaf(value):
        for name, below in value.items():
            yield from _flat((*path, str(name)), below)
    elif isinstance(value, list) and value and all(isinstance(entry, Mapping) for entry in value):
        for place, entry in enumerate(value, 1):
            yield from _flat((*path, str(place)), entry)
    else:
        yield path, value


def _is_leaf(value: Mapping[str, Any]) -> bool:
    return bool({"distribution", "values", "constant", "weights", "empirical"} & set(value))


def _assumption(path: str, globs: Sequence[tuple[int, str]]) -> int | None:
    """The assumption that names this path most closely."""
    fitting = [
        (len(glob), -place) for place, glob in globs if fnmatchcase(path, glob) or fnmatchcase(path, f"{glob}.*")
    ]
    return -max(fitting)[1] if fitting else None


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        name = str(value.get("distribution", ""))
        parts = [f"{key} = {_text(item)}" for key, item in value.items() if key != "distribution"]
        text = f"{name} ({', '.join(parts)})" if name else ", ".join(parts)
    elif isinstance(value, list):
        text = " ".join(map(_text, value))
    else:
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = printable(text)
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]} …"
