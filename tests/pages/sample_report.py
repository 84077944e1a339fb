"""A synthetic run to draw pages from: a catalogue, worlds of one order each, and verdicts with findings of each kind.

What lives here: made-up data that looks like a run. It judges nothing: its verdicts are written down by hand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from reports.judging.catalogue import catalogue

ROME = ZoneInfo("Europe/Rome")
COPPER = {"trigger": "AC", "first": "Z18", "booked": "PA", "not_booked": "Z36"}
NGA = {"trigger": "CO", "first": "W08", "booked": "W09", "not_booked": "W24"}
SERVICES = {
    "ULL": COPPER,
    "SLU": COPPER,
    "VULA_FTTCAB": NGA,
    "VULA_FTTH": NGA,
    "BITSTREAM_NGA_FTTCAB": NGA,
    "BITSTREAM_NGA_FTTH": NGA,
}
PHONE = "+393331234567"

Event = dict[str, Any]


@dataclass(slots=True)
class World:
    """Records the events of one order, each at a Rome wall-clock instant."""

    name: str
    code: str
    service: str
    events: list[Event] = field(default_factory=list)

    def add(self, when: str, kind: str, subject: str | None = None, /, **data: Any) -> Event:
        event: Event = {
            "specversion": "1.0",
            "id": f"{self.name}-{len(self.events) + 1}",
            "source": "/agent",
            "type": kind,
            "subject": subject or self.code,
            "time": rome(when),
            "world": self.name,
            "data": data,
        }
        self.events.append(event)
        return event

    def notify(self, when: str, which: str, operator: str = "ALFA") -> Event:
        code = SERVICES[self.service][which]
        return self.add(when, "notification.sent", operator=operator, code=code, label=f"Causale {code}")


def rome(when: str) -> str:
    """2026-03-03 17:00:00 on Rome's wall clock, as RFC 3339 to the millisecond."""
    local = datetime.fromisoformat(when).replace(tzinfo=ROME)
    return local.isoformat(timespec="milliseconds")


def _slot(day: str, start_hour: int) -> dict[str, str]:
    return {"start": rome(f"{day} {start_hour:02d}:00:00"), "end": rome(f"{day} {start_hour + 2:02d}:00:00")}


def _opening(world: World, day: str, csv_at: str) -> None:
    world.add(
        f"{day} 15:20:00",
        "order.received",
        operator="ALFA",
        service=world.service,
        line_state="LNA",
        project_code="PRJ-ALFA",
        phone=PHONE,
    )
    world.add(f"{day} 15:20:00", "order.routed", flow="service", diagnostics=[])
    world.notify(f"{day} 17:00:00", "trigger")
    link = f"https://alfa.example/va/{world.code}"
    world.add(f"{day} 17:00:00", "sms.sent", kind="engagement", to=PHONE, alias="ALFA", text=f"Vai a {link}", link=link)
    world.notify(f"{day} 17:00:00.500", "first")
    world.add(f"{day} 17:00:00.500", "sla.suspended", code=SERVICES[world.service]["first"])
    row = {"order": world.code, "date": "03/03/2026", "link": link, "phone": PHONE}
    path = f"ALFA/APPDIG_ALFA_{world.name}.csv"
    world.add(csv_at, "csv.deposited", path, operator="ALFA", path=path, rows=[row])


def _booked(world: World) -> None:
    _opening(world, "2026-03-03", "2026-03-04 09:00:00")
    slot = _slot("2026-03-10", 8)
    world.add("2026-03-04 10:12:00", "agent.opened", channel="customer")
    world.add("2026-03-04 10:13:10", "appointment.confirmed", channel="customer", slot=slot)
    world.notify("2026-03-04 10:13:10.200", "booked")
    world.add("2026-03-04 10:13:11", "agent.rejected", channel="operator", act="confirm", reason="already_booked")
    _visited(world, "2026-03-09 10:00:00", slot)


def _moved(world: World) -> None:
    _opening(world, "2026-03-03", "2026-03-04 09:00:00")
    slot, later = _slot("2026-03-09", 10), _slot("2026-03-20", 14)
    world.add("2026-03-04 10:13:10", "appointment.confirmed", channel="operator", slot=slot)
    world.notify("2026-03-04 10:13:10.200", "booked")
    world.add("2026-03-08 17:59:59", "appointment.rescheduled", channel="customer", slot=later, previous=slot)
    world.notify("2026-03-08 17:59:59.300", "booked")
    _visited(world, "2026-03-19 10:00:00", later)


def _visited(world: World, reminder_at: str, slot: dict[str, str]) -> None:
    world.add(reminder_at, "sms.sent", kind="reminder", to=PHONE, alias="ALFA", text="Promemoria", slot=slot)
    start = datetime.fromisoformat(slot["start"]).strftime("%Y-%m-%d %H:%M:%S")
    world.add(start, "visit.started", slot=slot)
    world.add(start, "sla.resumed", cause="appointment")


def _timed_out(world: World) -> None:
    _opening(world, "2026-04-02", "2026-04-03 09:00:00")
    world.add("2026-04-03 11:30:00", "agent.opened", channel="operator")
    world.notify("2026-04-08 00:00:00", "not_booked")
    world.add("2026-04-08 00:00:00", "order.handed_back", reason="timeout")


def _refused(world: World) -> None:
    _opening(world, "2026-03-03", "2026-03-04 09:00:00")
    world.add("2026-03-04 12:40:00", "appointment.declined", channel="operator")
    world.notify("2026-03-04 12:40:00.100", "not_booked")
    world.add("2026-03-04 12:40:00.100", "order.handed_back", reason="refused")


def _ordinary(world: World) -> None:
    world.add("2026-03-03 15:20:00", "order.received", operator="BETA", service=world.service, phone=PHONE)
    world.add("2026-03-03 15:20:00", "order.routed", flow="ordinary", diagnostics=["no_code"])
    world.notify("2026-03-03 17:00:00", "trigger", "BETA")
    world.add("2026-03-04 09:30:00", "contact_policy.started", attempt=1)


def _late_csv(world: World) -> None:
    _opening(world, "2026-03-03", "2026-03-04 09:00:01")
    world.add("2026-03-04 12:40:00", "appointment.declined", channel="customer")
    world.notify("2026-03-04 12:40:00", "not_booked")


def _on_a_holiday(world: World) -> None:
    _opening(world, "2026-04-06", "2026-04-07 09:00:00")
    world.add("2026-04-07 11:00:00", "order.cancelled", reason="operator")


LIVES: tuple[Callable[[World], None], ...] = (_booked, _moved, _timed_out, _refused, _ordinary)


def sample_events(copies: int = 1) -> list[Event]:
    """A run: every life for every service, `copies` times, two violations, and a scenario for each world and rule."""
    events: list[Event] = []
    for number in range(copies):
        for service in SERVICES:
            for life in LIVES:
                events += _world(f"w{number}{life.__name__}-{service}", service, life)
    events += _world("late-csv", "ULL", _late_csv) + _world("holiday", "VULA_FTTH", _on_a_holiday)
    return events + _scenarios()


def _world(name: str, service: str, life: Callable[[World], None]) -> list[Event]:
    world = World(name.replace("_", "-").lower(), "ORD-1", service)
    life(world)
    edges = {"from": world.events[0]["time"], "until": world.events[-1]["time"]}
    readings = {"working_week": "mon_fri"} if name.startswith("late") else {}
    until = datetime.fromisoformat(edges["until"]).replace(tzinfo=None).isoformat(sep=" ")
    observes = world.add(until, "trace.observes", sources=["/intake", "/sms"], readings=readings, **edges)
    del observes["subject"]
    return world.events


def _scenarios() -> list[Event]:
    finished = datetime(2026, 4, 8, 1, tzinfo=UTC)
    events: list[Event] = []
    for number, entry in enumerate(catalogue().rules.values()):
        for variant in ("al limite", "un secondo dopo"):
            failed = entry.id == "RES-3" and variant == "un secondo dopo"
            data = {
                "rule": entry.id,
                "feature": f"{entry.family}: funzionalità di prova",
                "scenario": f"{entry.title.it}, {variant}",
                "file": f"features/{entry.family.lower()}.feature",
                "line": 10 + number,
                "outcome": "failed" if failed else "passed",
                "message": f"atteso un rifiuto\x00 per {PHONE} <script>alert(1)</script>" if failed else "",
            }
            events.append(
                {
                    "specversion": "1.0",
                    "id": f"scenario-{number}-{variant.replace(' ', '-')}",
                    "source": "/features",
                    "type": "scenario.finished",
                    "time": (finished + timedelta(seconds=number)).isoformat(timespec="milliseconds"),
                    "data": data,
                }
            )
    return events


HOSTILE = "<script>alert('x')</script>"

_FINDINGS: dict[str, tuple[str, dict[str, Any]]] = {
    "CSV-4": (
        "FAIL",
        {
            "subject": "ORD-1",
            "expected": "the CSV row of the order is deposited by 2026-03-04T09:00:00+01:00",
            "observed": f"deposited at 2026-03-04T09:00:01+01:00 for {PHONE}",
            "deadline": "2026-03-04T09:00:00.000+01:00",
            "offset_seconds": 1,
            "evidence": ["late-csv-4", "late-csv-7"],
        },
    ),
    "SMS-3": (
        "AMBIGUOUS",
        {
            "subject": "ORD-1",
            "expected": "no SMS on a day off",
            "observed": "an engagement SMS on Easter Monday",
            "reading": "sms_on_holidays",
            "evidence": ["holiday-4"],
        },
    ),
    "UNR-1": (
        "WARNING",
        {
            "subject": "ORD-1",
            "expected": "a first causal within the threshold",
            "observed": "26 hours later",
            "deadline": "2026-04-07T17:00:00.000+02:00",
            "offset_seconds": 7200.5,
            "evidence": ["holiday-5"],
        },
    ),
    "RES-3": (
        "FAIL",
        {
            "subject": f"un secondo dopo {HOSTILE}",
            "expected": "the scenario passes",
            "observed": f"it failed: {HOSTILE}\x07",
            "evidence": ["scenario-49-un-secondo-dopo", "unknown-id"],
        },
    ),
    "ROUTE-7": (
        "INCONCLUSIVE",
        {"subject": "trace", "expected": "documents", "observed": "wire not seen", "evidence": []},
    ),
}


def sample_verdicts() -> dict[str, Any]:
    """Verdicts of each kind; OP rules are not applicable and one rule was not exercised."""
    rules = [_rule(number, rule) for number, rule in enumerate(catalogue().rules)]
    readings = {"working_week": "mon_fri", "csv_rollover": "calendar_day"}
    return {"profile": "any", "seed": 20260303, "target": "reference", "readings": readings, "rules": rules}


def _rule(number: int, rule: str) -> dict[str, Any]:
    if rule.startswith("OP-") or rule == "INV-6":
        verdict = "NOT_APPLICABLE" if rule.startswith("OP-") else "NOT_EXERCISED"
        return {"rule": rule, "verdict": verdict, "occasions": 0, "findings": [], "services": {}}
    verdict, finding = _FINDINGS.get(rule, ("PASS", None))
    findings = [{**finding, "verdict": verdict}] if finding else []
    services = {service: {"verdict": "PASS", "occasions": 3 + number % 7} for service in SERVICES}
    services["ULL" if rule == "CSV-4" else "VULA_FTTH"]["verdict"] = verdict
    if rule.startswith("LINK"):
        services[""] = {"verdict": "PASS", "occasions": 2}
        del services["SLU"]
    occasions = sum(int(str(cell["occasions"])) for cell in services.values())
    return {"rule": rule, "verdict": verdict, "occasions": occasions, "findings": findings, "services": services}
