"""Builds traces by hand for the tests of the judge: events in order of time, none of them from the service.

What lives here: a small scribe and the good story of one order of each family. It must not import the service.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

Event = dict[str, Any]
ROME = ZoneInfo("Europe/Rome")
PHONE = "+393331234567"
CODES = {"ULL": ("AC", "Z18", "PA", "Z36"), "VULA_FTTH": ("CO", "W08", "W09", "W24")}
SOURCES = {
    "notification.sent": "/notifications",
    "notification.answered": "/notifications",
    "sms.sent": "/sms",
    "csv.deposited": "/sftp",
    "csv.fetched": "/sftp",
    "appointment.confirmed": "/agent",
    "appointment.rescheduled": "/agent",
    "appointment.declined": "/agent",
    "agent.rejected": "/agent",
    "agent.opened": "/agent",
    "slots.published": "/agent",
    "visit.started": "/field",
    "sla.suspended": "/sla",
    "sla.resumed": "/sla",
    "contact_policy.started": "/telephone",
    "commercial_service.started": "/commercial",
    "scenario.finished": "/features",
    "trace.observes": "/trace",
}
ALL_WIRES = (*sorted({*SOURCES.values(), "/intake"}),)


def rome(text: str) -> str:
    """A wall clock of Rome, `2026-03-03 10:00[:00[.000]]`, as the trace writes it."""
    return datetime.fromisoformat(text).replace(tzinfo=ROME).isoformat(timespec="milliseconds")


def later(text: str, **elapsed: float) -> str:
    """A wall clock some time after another, as `rome` takes it."""
    return str(datetime.fromisoformat(text) + timedelta(**elapsed))


def band(day: str, start: int = 10) -> dict[str, str]:
    return {"start": rome(f"{day} {start:02}:00"), "end": rome(f"{day} {start + 2:02}:00")}


@dataclass
class Scribe:
    """Writes events; `trace()` gives them in order of time."""

    events: list[Event] = field(default_factory=list)

    def tell(self, moment: str, kind: str, subject: str = "", /, **data: Any) -> Event:
        event = {
            "specversion": "1.0",
            "id": f"e{len(self.events) + 1}",
            "source": SOURCES.get(kind, "/intake"),
            "type": kind,
            "time": rome(moment),
            "data": data,
        }
        if subject:
            event["subject"] = subject
        self.events.append(event)
        return event

    def observe(self, moment: str, since: str = "", until: str = "") -> None:
        """The recorder says that it sees every wire, and from when until when."""
        span = {name: rome(end) for name, end in (("from", since), ("until", until)) if end}
        self.tell(moment, "trace.observes", sources=[*ALL_WIRES], **span)

    def trace(self) -> list[Event]:
        return sorted(self.events, key=lambda event: datetime.fromisoformat(event["time"]))


def operator(scribe: Scribe, name: str = "ALFA", **changes: Any) -> None:
    data: dict[str, Any] = {
        "operator": name,
        "project_codes": [f"PRJ-{name}"],
        "delivery_codes": [f"DEL-{name}"],
        "agent_domain": f"va.{name.lower()}.example",
        "uses_4th_referent": True,
        "regulated_access": True,
    }
    scribe.tell("2026-03-01 08:00", "operator.registered", name, **data | changes)


def order(scribe: Scribe, code: str, moment: str = "2026-03-02 08:00", flow: str = "service", **changes: Any) -> None:
    name = changes.get("operator", "ALFA")
    data: dict[str, Any] = {
        "operator": name,
        "service": "VULA_FTTH",
        "line_state": "LNA",
        "project_code": f"PRJ-{name}",
        "disaggregated": False,
        "pdc_disaggregated": False,
        "phone": PHONE,
        "territory": "LAZIO",
    }
    scribe.tell(moment, "order.received", code, **data | changes)
    scribe.tell(moment, "order.routed", code, flow=flow, diagnostics=[])


def notice(scribe: Scribe, moment: str, order_code: str, causal: str, **data: Any) -> Event:
    return scribe.tell(moment, "notification.sent", order_code, operator="ALFA", code=causal, label="x", **data)


def engage(scribe: Scribe, code: str, service: str, sms: str, row_at: str) -> None:
    """From the trigger to the file: the SMS, its causal, the suspension, the row."""
    trigger, first_causal, _, _ = CODES[service]
    sms_link, row_link = f"https://va.alfa.example/s{code}", f"https://va.alfa.example/c{code}"
    notice(scribe, sms, code, trigger)
    text = f"Fissa qui: {sms_link}"
    scribe.tell(sms, "sms.sent", code, kind="engagement", to=PHONE, alias="ALFA", text=text, link=sms_link)
    notice(scribe, sms, code, first_causal)
    scribe.tell(sms, "sla.suspended", code, code=first_causal)
    day = datetime.fromisoformat(sms)
    row = {"order": code, "date": f"{day:%d/%m/%Y}", "link": row_link, "phone": PHONE}
    scribe.tell(row_at, "csv.deposited", f"/ALFA/{code}.csv", operator="ALFA", path=f"/ALFA/{code}.csv", rows=[row])


def remind(scribe: Scribe, moment: str, code: str, slot: dict[str, str]) -> Event:
    text = "Promemoria: il tecnico arriva"
    return scribe.tell(moment, "sms.sent", code, kind="reminder", to=PHONE, alias="ALFA", text=text, slot=slot)


def book(scribe: Scribe, moment: str, code: str, causal: str, slot: dict[str, str]) -> None:
    scribe.tell(moment, "appointment.confirmed", code, channel="operator" if code == "B1" else "customer", slot=slot)
    notice(scribe, moment, code, causal, slot=slot)


def good_trace(service: str = "VULA_FTTH") -> list[Event]:
    """One operator and the orders that exercise every rule of the service, all of them kept."""
    scribe = Scribe()
    operator(scribe, rendez_vous_domain="va.alfa.example")
    scribe.tell("2026-03-01 08:00", "slots.published", territory="LAZIO", capacity=2)
    _, _, booked, lost = CODES[service]
    copper = service == "ULL"
    order(scribe, "N1", flow="ordinary", service=service, project_code=None)
    order(scribe, "B1", service=service, disaggregated=copper, pdc_disaggregated=copper, document="<order/>")
    engage(scribe, "B1", service, "2026-03-03 10:00", "2026-03-03 14:00")
    book(scribe, "2026-03-03 15:00", "B1", booked, band("2026-03-10"))
    scribe.tell(
        "2026-03-03 15:00", "agent.rejected", "B1", channel="customer", act="confirm", reason="already_booked",
        slot=band("2026-03-11"),
    )  # fmt: skip
    scribe.tell("2026-03-03 15:01", "agent.rejected", "B1", channel="customer", act="decline", reason="already_booked")
    scribe.tell(
        "2026-03-04 09:00", "appointment.rescheduled", "B1", channel="customer", slot=band("2026-03-12"),
        previous=band("2026-03-10"),
    )  # fmt: skip
    notice(scribe, "2026-03-04 09:00", "B1", booked, slot=band("2026-03-12"))
    remind(scribe, "2026-03-11 10:00", "B1", band("2026-03-12"))
    scribe.tell(
        "2026-03-11 18:00:01", "agent.rejected", "B1", channel="operator", act="reschedule", reason="cutoff_passed"
    )
    scribe.tell("2026-03-12 10:00", "visit.started", "B1", slot=band("2026-03-12"))
    scribe.tell("2026-03-12 10:00", "sla.resumed", "B1", cause="appointment")
    order(scribe, "B2", service=service)
    engage(scribe, "B2", service, "2026-03-03 10:00", "2026-03-03 14:30")
    book(scribe, "2026-03-03 16:00", "B2", booked, band("2026-03-11"))
    remind(scribe, "2026-03-10 10:00", "B2", band("2026-03-11"))
    scribe.tell("2026-03-11 10:00", "visit.started", "B2", slot=band("2026-03-11"))
    scribe.tell("2026-03-11 10:00", "sla.resumed", "B2", cause="appointment")
    order(scribe, "T1", service=service)
    engage(scribe, "T1", service, "2026-03-03 10:00", "2026-03-03 14:45")
    notice(scribe, "2026-03-06 00:00", "T1", lost)
    scribe.tell("2026-03-06 00:00", "order.handed_back", "T1", reason="timeout")
    late = {"channel": "customer", "act": "confirm", "reason": "term_over", "slot": band("2026-03-12")}
    scribe.tell("2026-03-06 00:00", "agent.rejected", "T1", **late)
    order(scribe, "R1", service=service)
    engage(scribe, "R1", service, "2026-03-03 10:00", "2026-03-03 14:50")
    scribe.tell("2026-03-03 17:00", "appointment.declined", "R1", channel="customer")
    notice(scribe, "2026-03-03 17:00", "R1", lost)
    scribe.tell("2026-03-03 17:00", "order.handed_back", "R1", reason="refused")
    if copper:
        ignored: dict[str, Any] = {
            "project_code": None,
            "delivery_code": "DEL-ALFA",
            "disaggregated": True,
            "pdc_disaggregated": True,
        }
        order(scribe, "D1", service=service, flow="disaggregated", **ignored)
    scribe.observe("2026-04-20 10:00")
    return scribe.trace()


def edited(trace: list[Event], change: Callable[[list[Event]], object]) -> list[Event]:
    """A deep enough copy of a trace, changed and put in order again."""
    copy = [{**event, "data": dict(event["data"])} for event in trace]
    change(copy)
    return sorted(copy, key=lambda event: datetime.fromisoformat(event["time"]))


def find(trace: list[Event], kind: str, subject: str, rank: int = 0, /, **data: Any) -> Event:
    """The event of that kind, order and data."""
    matching = [
        event
        for event in trace
        if event["type"] == kind
        and event.get("subject", "") == subject
        and all(event["data"].get(key) == value for key, value in data.items())
    ]
    return matching[rank]
