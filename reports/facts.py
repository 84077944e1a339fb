"""The facts of the service, each once: services, families, causal codes, channels, flows, acts, weekdays.

What lives here: names and codes as the trace writes them. It must not know rules, deadlines or verdicts.
The service has a table of its own (`reference_impl`): the two sides do not share one, on purpose.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Causals(NamedTuple):
    """The causal codes of one family: what starts an order, and the three causals of the service."""

    trigger: str
    first: str
    booked: str
    not_booked: str

    @property
    def of_appointments(self) -> tuple[str, ...]:
        """The codes that tell the operator of an appointment: one for each that is fixed."""
        return (self.booked,)


class Service(NamedTuple):
    """A wholesale service: how a page calls it, and its family."""

    label: str
    family: str


class Weekday(NamedTuple):
    """A day of the week: its key in a profile, and its name in both languages."""

    key: str
    it: str
    en: str


COPPER, NGA = "copper", "nga"
CAUSALS: Mapping[str, Causals] = MappingProxyType(
    {
        COPPER: Causals(trigger="AC", first="Z18", booked="PA", not_booked="Z36"),
        NGA: Causals(trigger="CO", first="W08", booked="W09", not_booked="W24"),
    }
)
TRIGGER_CODES = frozenset(causals.trigger for causals in CAUSALS.values())
FIRST_CODES = frozenset(causals.first for causals in CAUSALS.values())
BOOKED_CODES = frozenset(causals.booked for causals in CAUSALS.values())
NOT_BOOKED_CODES = frozenset(causals.not_booked for causals in CAUSALS.values())
ENDING_CODES = BOOKED_CODES | NOT_BOOKED_CODES
SERVICE_CODES = FIRST_CODES | ENDING_CODES

SERVICES: Mapping[str, Service] = MappingProxyType(
    {
        "ULL": Service("ULL", COPPER),
        "SLU": Service("SLU", COPPER),
        "VULA_FTTCAB": Service("VULA FTTCab", NGA),
        "VULA_FTTH": Service("VULA FTTH", NGA),
        "BITSTREAM_NGA_FTTCAB": Service("Bitstream FTTCab", NGA),
        "BITSTREAM_NGA_FTTH": Service("Bitstream FTTH", NGA),
    }
)
# Services that a work order may name and that Appuntamento Digitale does not cover.
OTHER_SERVICES = ("WLR", "BITSTREAM", "BITSTREAM_ASIMMETRICO", "BITSTREAM_SIMMETRICO", "VIRTUAL_ULL", "SHARED_ACCESS")
INACTIVE_LINE, ACTIVE_LINE = "LNA", "LA"
LINE_STATES = (INACTIVE_LINE, ACTIVE_LINE)
ACTIVATION, CESSATION = "activation", "cessation"
ACTIVITIES = (ACTIVATION, CESSATION)
COMMERCIAL_SERVICES = ("rendez_vous", "rendez_vous_2", "sms_di_cortesia", "info_care")

# Where an order goes.
IN_SERVICE, ORDINARY, DISAGGREGATED = "service", "ordinary", "disaggregated"
FLOWS = (IN_SERVICE, ORDINARY, DISAGGREGATED)
ELSEWHERE = frozenset({ORDINARY, DISAGGREGATED})

# Who acts in the Virtual Agent, what they may do there, and why an act is refused.
CUSTOMER, OPERATOR = "customer", "operator"
CHANNELS = (CUSTOMER, OPERATOR)
ENGAGEMENT, REMINDER = "engagement", "reminder"
SMS_KINDS = (ENGAGEMENT, REMINDER)
EVENT_OF_ACT: Mapping[str, str] = MappingProxyType(
    {
        "confirm": "appointment.confirmed",
        "reschedule": "appointment.rescheduled",
        "decline": "appointment.declined",
        "open": "agent.opened",
    }
)
AGENT_EVENTS = (*EVENT_OF_ACT.values(), "agent.rejected")
UNKNOWN_LINK = "unknown_link"
REFUSAL_REASONS = (
    "already_booked",
    "slot_taken",
    "slot_not_offered",
    "term_over",
    "cutoff_passed",
    "closed",
    "not_booked",
    UNKNOWN_LINK,
    "reschedules_exhausted",
)

# The side that a trace puts to the test.
SERVICE_SIDE, OPERATOR_SIDE = "service", "operator"
SIDES_UNDER_TEST = (SERVICE_SIDE, OPERATOR_SIDE)
PROBES = ("forged", "stale", "replayed")  # notifications that an operator must not believe

WINDOW_OPENS_HOUR, WINDOW_CLOSES_HOUR = 7, 20  # the SMS window and the operating hours
WEEKDAYS = (
    Weekday("mon", "lunedì", "Monday"),
    Weekday("tue", "martedì", "Tuesday"),
    Weekday("wed", "mercoledì", "Wednesday"),
    Weekday("thu", "giovedì", "Thursday"),
    Weekday("fri", "venerdì", "Friday"),
    Weekday("sat", "sabato", "Saturday"),
    Weekday("sun", "domenica", "Sunday"),
)


def causals_of(service: str) -> Causals | None:
    """The causal codes of a service; None for one that Appuntamento Digitale does not cover."""
    return CAUSALS[SERVICES[service].family] if service in SERVICES else None


def is_copper(service: str) -> bool:
    return service in SERVICES and SERVICES[service].family == COPPER
