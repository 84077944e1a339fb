"""A scenario from records: numbers that the records show are fitted, all others are assumed, and each says which.

What is not in the records comes from another scenario (`like`) or from the defaults here, which hold nothing back:
a quick gateway, quick endpoints.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reference_impl.civil_time import WEEKDAYS, date_of
from reference_impl.policy import Policy
from reports.capacity.fit_words import OPENING, finding_text
from sim.capacity.fit.arrivals import arrival_findings
from sim.capacity.fit.centres import centre_findings
from sim.capacity.fit.customers import customer_findings, weekdays_of_visits
from sim.capacity.fit.delays import acts_of, answer_findings, line_findings
from sim.capacity.fit.findings import Finding, Origin
from sim.capacity.fit.places import place_findings
from sim.capacity.fit.records import Records
from sim.capacity.fit.toml_text import toml_text
from sim.capacity.fit.whole_days import NOTE as DAYS_ONLY
from sim.capacity.fit.whole_days import without_times
from sim.capacity.judged import readings_of
from sim.capacity.scenario.demand import LONGEST_DAYS, Arrivals
from sim.capacity.scenario.open_hours import days_of_rest
from sim.capacity.scenario.reader import Values, load_values, read_scenario, with_values
from sim.capacity.scenario.scenario import Scenario

WARM_UP_DAYS = 14
FEW = 30  # orders, of which a number is rough
DEFAULTS: Mapping[str, object] = {
    "line_ready": {"copper": {"after_hours": {"constant": 24}}, "nga": {"after_hours": {"constant": 24}}},
    "sms": {"per_second": 10},
    "notifications": {"concurrency": 4, "latency_ms": {"constant": 200}},
    "customers": {
        "books": 0.6,
        "refuses": 0.0,
        "answers_after_hours": {"distribution": "expon", "scale": 8},
        "wishes_days": {"values": [1, 2, 3, 5, 7]},
        "session_minutes": {"constant": 3},
        "reschedules": 0.0,
        "moves_by_days": {"values": [1, 2, 5]},
        "cancels": 0.0,
    },
    "sample": {"orders": 100},
    "arrivals": {"hours": [1] * 24},
}
ASKED = (
    "arrivals.months",
    "arrivals.holiday_factor",
    "line_ready.copper.after_hours",
    "line_ready.nga.after_hours",
    *(f"customers.{key}" for key in DEFAULTS["customers"]),  # type: ignore[attr-defined]
    "sms.per_second",
    "notifications.concurrency",
    "notifications.latency_ms",
)
OF_CENTRES = ("minutes_per_call", "hours_between_attempts", "first_call_after_hours")
OWN_TABLES = ("name", "title", "horizon", "operators", "territories", "slots", "opening", "assumptions")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed scenario: its values, and what was found."""

    name: str
    values: Values
    findings: tuple[Finding, ...]
    records: Records
    file: str
    like: str

    def scenario(self) -> Scenario:
        """The scenario, read as any other. Raises ScenarioError."""
        return read_scenario(f"{self.name}.toml", self.values, readings_of)

    def text(self) -> str:
        """The scenario as a file, with a comment above each number."""
        comments = {finding.path: finding_text(finding.members(), self.file, self.like).en for finding in self.findings}
        days = self.records.days
        first, last = date_of(days[0]).isoformat(), date_of(days[-1]).isoformat()
        opening = OPENING.format(records=f"{len(self.records):,}", file=self.file, first=first, last=last)
        return toml_text(self.values, comments, opening)

    def members(self) -> dict[str, object]:
        """What was found, as plain values."""
        first, last = (date_of(day).isoformat() for day in (self.records.days[0], self.records.days[-1]))
        about: dict[str, object] = {"file": self.file, "orders": len(self.records), "first": first, "last": last}
        if self.records.days_only:
            about["days_only"] = sorted(self.records.days_only)
        return {
            "scenario": self.name,
            "like": self.like,
            "records": about | {"histories": self.records.histories, "operators": list(self.records.operators)},
            "findings": [finding.members() for finding in self.findings],
        }


def propose(records: Records, name: str, file: str, like: str | None = None) -> Proposal:
    """The scenario that the records speak for. Raises ScenarioError for a scenario `like` that cannot be read."""
    records = records.renumbered()
    base_file, base = load_values(like) if like is not None else ("", DEFAULTS)
    base_scenario = read_scenario(base_file, base, readings_of) if like is not None else None
    policy = policy_of(like)
    findings = _found(records, policy, base_scenario.arrivals if base_scenario else Arrivals())
    findings, timeless = without_times(findings, records, len(policy.slot_grid.bands))
    if base_scenario is not None:
        findings = [*_without_technicians(findings, records, base_scenario), *_technicians_of(base_scenario, records)]
    findings = [_with_doubt(finding) for finding in findings]
    values: Values = _outline(records, name, base)
    source = "like" if like is not None else "default"
    findings += _assumed(values, findings, source, timeless)
    values = with_values(values, {finding.path: finding.value for finding in findings}, name)
    filled = {key: value for key, value in values.items() if value != {}}
    values = {**filled, "assumptions": _assumptions(findings, len(records), file, like or "")}
    return Proposal(name, values, tuple(findings), records, file, like or "")


def policy_of(like: str | None) -> Policy:
    """The readings in force: those of the scenario `like`, else the default ones. Raises ScenarioError."""
    return Policy.from_readings(read_scenario(*load_values(like), readings_of).readings if like is not None else {})


def _found(records: Records, policy: Policy, assumed: Arrivals) -> list[Finding]:
    holidays, days_of_visits = days_of_rest(policy), weekdays_of_visits(records)
    acts = acts_of(records, policy)
    return [
        *arrival_findings(records, holidays, assumed),
        *line_findings(records, holidays),
        *answer_findings(records, acts, holidays),
        *customer_findings(records, acts, policy, holidays, days_of_visits),
        *centre_findings(records, acts, holidays),
        *place_findings(records, policy.slot_grid, days_of_visits),
    ]


def _with_doubt(finding: Finding) -> Finding:
    """The finding, with a note where few orders speak for it."""
    is_rough = finding.origin in (Origin.FITTED, Origin.COUNTED) and finding.records < FEW
    return replace(finding, notes=(*finding.notes, "few")) if is_rough else finding


def _outline(records: Records, name: str, base: Values) -> dict[str, object]:
    """What no finding says: name, days, operators and territories as tables, and all that the base has besides."""
    base_tables = {key: value for key, value in copy.deepcopy(dict(base)).items() if key not in OWN_TABLES}
    arrivals = dict(base_tables.pop("arrivals", {}))  # type: ignore[call-overload]
    for key in ("recorded", "surges"):
        arrivals.pop(key, None)
    days = min(len(records.days) + WARM_UP_DAYS, LONGEST_DAYS)
    start = date_of(records.days[0] - WARM_UP_DAYS)
    return {
        "name": name,
        "horizon": {"start": start, "days": days, "warm_up_days": WARM_UP_DAYS},
        "arrivals": arrivals,
        "operators": [_operator(operator, base) for operator in records.operators],
        "slots": {},
        "territories": {territory.lower(): {} for territory in records.territories},
        **{key: value for key, value in base_tables.items() if value},
    }


def _operator(name: str, base: Values) -> dict[str, object]:
    """The table of an operator: what the base says of the same one, or its name alone."""
    tables: Any = base.get("operators", ())
    own: dict[str, object] = next((dict(table) for table in tables if table["name"] == name), {"name": name})
    return copy.deepcopy(own)


def _technicians_of(base: Scenario, records: Records) -> list[Finding]:
    """The technicians of the base, which the planner knows better than the records do."""
    grid = Policy.from_readings(base.readings).slot_grid
    findings = []
    for place in base.territories:
        if place.name not in records.territories:
            continue
        path, largest = f"territories.{place.name.lower()}", max(map(max, place.capacity))
        findings.append(Finding(f"{path}.slots_per_band", largest, Origin.ASSUMED, notes=("like",)))
        findings += [
            Finding(f"{path}.{day}", list(place.capacity[WEEKDAYS.index(day)]), Origin.ASSUMED, notes=("like",))
            for day in grid.weekdays
            if set(place.capacity[WEEKDAYS.index(day)]) != {largest}
        ]
        if place.closed:
            findings.append(Finding(f"{path}.closed", list(place.closed), Origin.ASSUMED, notes=("like",)))
    return [
        *findings,
        Finding("slots.weekdays", list(grid.weekdays), Origin.ASSUMED, notes=("like",)),
        Finding("slots.bands", list(grid.bands), Origin.ASSUMED, notes=("like",)),
    ]


def _without_technicians(findings: Sequence[Finding], records: Records, base: Scenario) -> list[Finding]:
    """The findings less the technicians, and the agents, of whom the base knows."""
    base_territories = {place.name.lower() for place in base.territories}
    centres = {plan.name for plan in base.operators if plan.call_centre is not None}
    kept_findings = []
    for finding in findings:
        table, *keys = finding.path.split(".")
        if table == "slots" or (table == "territories" and keys[0] in base_territories and keys[1] != "share"):
            continue
        if table == "operators" and keys[-1] == "agents" and records.operators[int(keys[0]) - 1] in centres:
            continue
        kept_findings.append(finding)
    return kept_findings


def _assumed(
    values: Mapping[str, object], findings: Sequence[Finding], source: str, timeless: Sequence[str]
) -> list[Finding]:
    """What is asked of a scenario and was not found, with the value that the outline or the defaults have.

    `timeless` is what was not found because the records have days instead of instants.
    """
    found_paths = {finding.path for finding in findings}
    paths = [*ASKED, *(path for path in ("arrivals.hours",) if path in timeless)]
    for number, _ in enumerate(values["operators"], 1):  # type: ignore[arg-type]
        if f"operators.{number}.call_centre.reached_per_attempt" in found_paths:
            paths += [f"operators.{number}.call_centre.{key}" for key in ("agents", *OF_CENTRES)]
    assumed = []
    for path in paths:
        value, is_default = _value_at(values, path), False
        if value is None:
            value, is_default = _value_at(DEFAULTS, path), True
        if path not in found_paths and value is not None:
            note = "default" if is_default or source == "default" else "like"
            notes = (note, DAYS_ONLY) if path in timeless else (note,)
            assumed.append(Finding(path, value, Origin.ASSUMED, notes=notes))
    return assumed


def _value_at(values: object, path: str) -> object:
    for part in path.split("."):
        if isinstance(values, list):
            values = values[int(part) - 1]
        elif isinstance(values, Mapping):
            values = values.get(part)
    return values


def _assumptions(findings: Sequence[Finding], records: int, file: str, like: str) -> list[dict[str, str]]:
    """The findings as a page tells them: those of one origin, with the same notes, together."""
    together: dict[tuple[Origin, tuple[str, ...]], list[str]] = {}
    for finding in findings:
        together.setdefault((finding.origin, finding.notes), []).append(finding.path)
    texts = {
        key: finding_text(Finding("", None, key[0], records, notes=key[1]).members(), file, like) for key in together
    }
    return [
        {"about": ", ".join(paths), "text": texts[key].en, "text_it": texts[key].it} for key, paths in together.items()
    ]
