"""What a recording saw: which wires, and from when until when.

What lives here: adding up what `trace.observes` says. It must not know the rules.

A recording without `trace.observes` counts as one that sees every wire. So before the first `trace.observes` all wires
count as seen, and no later one takes that back: a recording that saw less has to begin with it. Several of them add up,
wire by wire. A rule needs several wires: it is judged in each stretch of time in which all of them were seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from reports.judging.events import Event, instant_of
from reports.rome_time import Instant


class Stretch(NamedTuple):
    """A stretch of time; None where it is open: since ever, or until the end of the trace."""

    since: Instant | None
    until: Instant | None

    def holds(self, at: Instant) -> bool:
        return (self.since is None or self.since <= at) and (self.until is None or at <= self.until)


@dataclass(slots=True)
class Observation:
    """What the recording of one world saw. `is_said` where it says so itself."""

    is_said: bool = False
    _of_all: list[Stretch] = field(default_factory=list)
    _of_wire: dict[str, list[Stretch]] = field(default_factory=dict)
    _joined: dict[str, tuple[Stretch, ...]] = field(default_factory=dict)  # by wire, until the next `trace.observes`
    _worked_out: dict[tuple[str, ...], Sequence[Stretch]] = field(default_factory=dict)  # the same

    def take(self, observes: Event, last_at: Instant | None) -> None:
        """Takes one more `trace.observes`; `last_at` is the instant of the event before it, if there was one."""
        if not self.is_said and last_at is not None:
            self._of_all.append(Stretch(None, last_at))
        self.is_said = True
        since, until = observes.data.get("from"), observes.data.get("until")
        said = Stretch(instant_of(since) if since else None, instant_of(until) if until else None)
        for wire in (*observes.data["sources"], observes.source):
            self._of_wire.setdefault(wire, []).append(said)
        self._joined.clear()
        self._worked_out.clear()

    def stretches(self, wires: Iterable[str]) -> Sequence[Stretch]:
        """The stretches of time in which all of these wires were seen, in order; they neither touch nor overlap.

        Many rules need the same wires, and most recordings see all of them alike: to work out once what is the same
        takes a fifth off the judging of a conformance run.
        """
        key = tuple(wires)
        if key not in self._worked_out:
            common: Sequence[Stretch] = [Stretch(None, None)]
            for stretches in dict.fromkeys(map(self._seen_on, key)) if self.is_said else ():
                common = _shared(common, stretches)
            self._worked_out[key] = common
        return self._worked_out[key]

    def _seen_on(self, wire: str) -> tuple[Stretch, ...]:
        """The stretches of time in which one wire was seen."""
        if wire not in self._joined:
            self._joined[wire] = tuple(_joined([*self._of_all, *self._of_wire.get(wire, ())]))
        return self._joined[wire]

    def seen_since_ever(self, wires: Iterable[str], at: Instant) -> bool:
        """Whether these wires were seen without a gap from the beginning until then."""
        return any(stretch.since is None and stretch.holds(at) for stretch in self.stretches(wires))

    def seen_throughout(self, wires: Iterable[str], since: Instant, at: Instant) -> bool:
        """Whether these wires were seen without a gap between two instants."""
        return any(stretch.holds(since) and stretch.holds(at) for stretch in self.stretches(wires))

    def seen_without_a_gap(self, wires: Iterable[str], at: Instant) -> bool:
        """Whether these wires were seen without a gap from when they were first seen until then."""
        stretches = self.stretches(wires)
        return bool(stretches) and (stretches[0].until is None or at <= stretches[0].until)

    def end(self, last_at: Instant) -> Instant:
        """Until when anything was seen, in a trace whose last event happened then."""
        spans = [*self._of_all, *(span for spans in self._of_wire.values() for span in spans)]
        ends = [span.until for span in spans if span.until is not None]
        is_open = not spans or any(span.until is None for span in spans)
        return max([*ends, *([last_at] if is_open else [])])


def _joined(spans: Iterable[Stretch]) -> list[Stretch]:
    """The union of some spans."""
    union: list[Stretch] = []
    for span in sorted(spans, key=lambda span: (span.since is not None, span.since or 0)):
        latest = union[-1] if union else None
        if latest is None or (span.since is not None and latest.until is not None and span.since > latest.until):
            union.append(span)
        elif latest.until is not None:
            union[-1] = Stretch(latest.since, None if span.until is None else max(latest.until, span.until))
    return union


def _shared(some: Sequence[Stretch], others: Sequence[Stretch]) -> list[Stretch]:
    """What two lists of stretches have in common."""
    pairs = [_both(stretch, other) for stretch in some for other in others]
    return [both for both in pairs if both.since is None or both.until is None or both.since < both.until]


def _both(stretch: Stretch, other: Stretch) -> Stretch:
    starts = [since for since in (stretch.since, other.since) if since is not None]
    ends = [until for until in (stretch.until, other.until) if until is not None]
    return Stretch(max(starts, default=None), min(ends, default=None))
