"""What the recording observed, as it says itself: its span and its wires; and what the verdicts file adds to that.

What lives here: gathering what a page shows of it. Nothing is judged, and nothing is guessed where nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reports.conformance.page_orders import TraceLine
from reports.judging.catalogue import Catalogue
from reports.judging.verdicts import VerdictsFile
from reports.rome_time import Instant, parse_instant
from reports.words.reading_words import value_text


@dataclass(frozen=True, slots=True)
class Wire:
    """A wire that some rule needs, or that the recording names: in how many worlds it was observed."""

    name: str
    worlds: int


@dataclass(frozen=True, slots=True)
class Observation:
    """`worlds` say what they observed; without any, everything counts as observed, up to the last event."""

    worlds: int
    first: Instant | None
    until: Instant | None
    wires: Sequence[Wire]
    inferred: Mapping[str, Sequence[str]]
    ignored: Mapping[str, int]

    @property
    def unseen(self) -> list[str]:
        return [wire.name for wire in self.wires if not wire.worlds]

    @property
    def seen(self) -> list[Wire]:
        return [wire for wire in self.wires if wire.worlds]


def observation_of(verdicts: VerdictsFile, events: Iterable[TraceLine], catalogue: Catalogue) -> Observation:
    """The scope of a recording: what several `trace.observes` of one world say adds up."""
    wires: dict[str, set[str]] = {}
    edges: dict[str, list[Instant]] = {"from": [], "until": []}
    for event in events:
        if event["type"] == "trace.observes":
            data = event.get("data") or {}
            wires.setdefault(str(event.get("world", "")), set()).update(map(str, data.get("sources") or ()))
            for edge, instants in edges.items():
                if data.get(edge):
                    instants.append(parse_instant(str(data[edge])))
    needed = dict.fromkeys(wire for rule in catalogue.rules.values() for wire in rule.observes)
    names = needed | dict.fromkeys(sorted(set().union(*wires.values())))
    return Observation(
        worlds=len(wires),
        first=min(edges["from"], default=None),
        until=max(edges["until"], default=None),
        wires=[Wire(name, sum(name in sources for sources in wires.values())) for name in names] if wires else (),
        inferred={str(name): list(map(str, values)) for name, values in (verdicts.get("inferred") or {}).items()},
        ignored={str(name): int(count) for name, count in (verdicts.get("ignored") or {}).items()},
    )


def declared_readings(remarks: Iterable[TraceLine]) -> dict[str, dict[str, object]]:
    """By world, the readings that the trace itself declares for it."""
    declared: dict[str, dict[str, object]] = {}
    for event in remarks:
        if event["type"] == "trace.observes":
            declared.setdefault(str(event.get("world", "")), {}).update((event.get("data") or {}).get("readings") or {})
    return declared


def declared_texts(remarks: Iterable[TraceLine]) -> dict[str, list[tuple[str, str]]]:
    """The same in words."""
    return {
        world: sorted((str(name), value_text(value)) for name, value in readings.items())
        for world, readings in declared_readings(remarks).items()
        if readings
    }
