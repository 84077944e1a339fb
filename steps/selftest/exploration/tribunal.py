"""Has the judge judge the traces of an exploration: many worlds at a time, equal traces once.

A trace that was judged under the default readings and looks the same under others needs only the rules that those
readings bear on: no other rule may ask for them. The readings are declared by the profile, not in the trace, so that
equal lives have equal traces.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from reports.judging.catalogue import catalogue
from reports.judging.judge import judge
from reports.judging.profiles import Profile
from reports.judging.verdicts import Finding as JudgesFinding
from reports.rome_time import parse_instant
from sim.recorder import Event
from steps.selftest.exploration.lived import Ending
from steps.selftest.exploration.scenes import Scene, Variant
from steps.selftest.exploration.search import Path, lived, problem_of

HELD_AGAINST = frozenset({"FAIL", "ERROR", "AMBIGUOUS"})
WORLDS_AT_A_TIME = 200
Kind = tuple[str, str]  # rule, verdict
Known = Collection[str]


class Finding(NamedTuple):
    """A verdict against the reference: rule and verdict, the shortest sequence, the judge's words, the trace."""

    kind: Kind
    path: Path
    expected: str
    observed: str
    trace: tuple[Event, ...]


@dataclass(slots=True)
class Tribunal:
    """The traces of one scene under one set of readings. `known_traces` were judged under the default."""

    scene: Scene
    variant: Variant
    known_traces: Known = frozenset()
    judged: set[str] = field(default_factory=set)
    findings: dict[Kind, Finding] = field(default_factory=dict)
    rejudged: int = 0
    _whole: list[tuple[Path, Sequence[Event]]] = field(default_factory=list)
    _in_part: list[tuple[Path, Sequence[Event]]] = field(default_factory=list)

    def take(self, path: Path, ending: Ending) -> None:
        """Queue a trace to be judged, unless an equal one was; a full queue is judged at once."""
        content = ending.content
        if content in self.judged:
            return
        self.judged.add(content)
        is_known = content in self.known_traces
        self.rejudged += is_known
        docket = self._in_part if is_known else self._whole
        docket.append((path, ending.trace))
        if len(docket) == WORLDS_AT_A_TIME:
            self._sit(docket, self._bearing() if is_known else ())

    def close(self) -> None:
        """Judge what is left, and find the shortest sequence for each finding."""
        self._sit(self._whole, ())
        self._sit(self._in_part, self._bearing())
        self.findings = {kind: self._shortened(finding) for kind, finding in self.findings.items()}

    def _bearing(self) -> tuple[str, ...]:
        """The rules that may ask for a reading in which this variant differs from the default."""
        parameters = catalogue().parameters
        return tuple(dict.fromkeys(rule for name in self.variant.differs for rule in parameters[name].rules))

    def _sit(self, docket: list[tuple[Path, Sequence[Event]]], only: Sequence[str]) -> None:
        if docket and (only or docket is self._whole):
            kinds = held_against((trace for _, trace in docket), self.variant.profile, only)
            rules = [rule for rule, _ in kinds]
            for path, trace in docket:
                if kinds.keys() <= self.findings.keys():
                    break
                for kind, ruled in held_against([trace], self.variant.profile, rules).items():
                    finding = Finding(kind, path, ruled.expected, ruled.observed, tuple(trace))
                    self.findings.setdefault(kind, finding)
        docket.clear()

    def _shortened(self, finding: Finding) -> Finding:
        """The same finding with every step left out that it does not need."""
        kind = finding.kind

        def finding_in(path: Path) -> JudgesFinding | None:
            if problem_of(self.scene, self.variant, path):
                return None
            trace = tuple(lived(self.scene, self.variant, path))
            return held_against([trace], self.variant.profile, [kind[0]]).get(kind)

        path = shortest(finding.path, lambda shorter: finding_in(shorter) is not None)
        ruled = finding_in(path)
        assert ruled is not None
        return Finding(kind, path, ruled.expected, ruled.observed, tuple(lived(self.scene, self.variant, path)))


def shortest(path: Path, is_enough: Callable[[Path], bool]) -> Path:
    """The sequence without those steps that can be left out, one after the other: what remains `is_enough`."""
    position = 0
    while position < len(path):
        shorter = (*path[:position], *path[position + 1 :])
        if is_enough(shorter):
            path = shorter
        else:
            position += 1
    return path


def held_against(
    traces: Iterator[Sequence[Event]] | Sequence[Sequence[Event]], profile: Profile, only: Collection[str] = ()
) -> Mapping[Kind, JudgesFinding]:
    """What the judge holds against these traces, each judged as a world of its own: a finding of each kind."""
    findings: dict[Kind, JudgesFinding] = {}
    for ruling in judge(_side_by_side(traces), profile, only=only).rules:
        for finding in ruling.findings:
            if finding.verdict in HELD_AGAINST:
                findings.setdefault((ruling.rule, finding.verdict), finding)
    return findings


def _side_by_side(traces: Iterator[Sequence[Event]] | Sequence[Sequence[Event]]) -> list[Event]:
    """One trace of many worlds, in order of time; the texts of times would not sort where winter time begins."""
    events = [
        {**event, "world": f"w{number}", "id": f"w{number}-{event['id']}"}
        for number, trace in enumerate(traces)
        for event in trace
    ]
    return sorted(events, key=lambda event: _instant(str(event["time"])))


_instant = lru_cache(maxsize=65536)(parse_instant)
