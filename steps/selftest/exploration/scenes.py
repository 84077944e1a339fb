"""Where an exploration begins, and under which readings: two tables.

Most scenes are a Good Friday: its weekend, Easter Monday and the days after it hold every kind of day that the rules
know, an SMS on a Friday and on a Saturday, a term that a holiday stretches, and an eve that is a holiday. One is the
Friday before the night that has 25 hours: the hour that comes twice lies between the SMS and the end of the term.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType

from reference_impl.civil_time import parse_instant
from reference_impl.policy import Policy
from reference_impl.ports import Slot
from reports.judging.catalogue import catalogue
from reports.judging.profiles import Profile, declaring, named_profile

GOOD_FRIDAY_EVENING = parse_instant("2026-04-03T19:30:00+02:00")
TUESDAY_AFTER_EASTER, FRIDAY_AFTER_EASTER, MONDAY_AFTER_THAT = (
    Slot(parse_instant(f"2026-04-{day}T10:00:00+02:00"), parse_instant(f"2026-04-{day}T12:00:00+02:00"))
    for day in ("07", "10", "13")
)
FRIDAY_BEFORE_WINTER_TIME = parse_instant("2026-10-23T19:30:00+02:00")
TUESDAY_OF_WINTER_TIME, FRIDAY_OF_WINTER_TIME = (
    Slot(parse_instant(f"2026-10-{day}T10:00:00+01:00"), parse_instant(f"2026-10-{day}T12:00:00+01:00"))
    for day in ("27", "30")
)
OFF_THE_GRID = Slot(parse_instant("2026-04-08T10:30:00+02:00"), parse_instant("2026-04-08T11:30:00+02:00"))
NAMED = ("default", "literal")
OPERATOR = "ALFA"
REGISTRATION: Mapping[str, object] = MappingProxyType(
    {
        "operator": OPERATOR,
        "agent_domain": "agente.alfa.example",
        "project_codes": ["PRJ-ALFA"],
        "delivery_codes": ["DEL-ALFA"],
        "commercial_services": ["sms_di_cortesia"],
    }
)


@dataclass(frozen=True, slots=True)
class Scene:
    """What an exploration begins with: the orders, the places of each slot, the slots that the parties want."""

    name: str
    orders: tuple[Mapping[str, object], ...]
    less_deep: int = 0  # by how many steps its sequences are shorter than the longest
    less_deep_elsewhere: int = 0  # and by how many more under other readings than those of the named profiles
    places: int = 1
    slots: tuple[Slot, ...] = (TUESDAY_AFTER_EASTER, FRIDAY_AFTER_EASTER)
    engaged: bool = False  # the line events have come before the exploration begins
    start: int = GOOD_FRIDAY_EVENING
    off_the_grid: Slot = OFF_THE_GRID
    documents: bool = False  # orders and notifications are in the trace as they are exchanged

    def depth_of(self, deepest: int, variant: str) -> int:
        """How many steps its longest sequences have, where the longest of all have `deepest`."""
        return max(1, deepest - self.less_deep - (0 if variant in NAMED else self.less_deep_elsewhere))


def _order(code: str, service: str, **members: object) -> Mapping[str, object]:
    return {
        "order": code,
        "operator": OPERATOR,
        "service": service,
        "line_state": "LNA",
        "phone": f"+3933312345{ord(code[0])}",
        **members,
    }


IN_SERVICE = {"project_code": "PRJ-ALFA"}
FTTH, ULL = "VULA_FTTH", "ULL"
SCENES = (
    Scene(
        "two orders, one place",
        (_order("N-1", FTTH, **IN_SERVICE), _order("C-1", ULL, **IN_SERVICE)),
        less_deep=2,
        slots=(TUESDAY_AFTER_EASTER,),
        engaged=True,
    ),
    Scene("one nga order", (_order("N-1", FTTH, **IN_SERVICE),)),
    Scene("one copper order", (_order("C-1", ULL, **IN_SERVICE),), less_deep_elsewhere=2),  # other causals, no more
    Scene(
        "slots after the term",
        (_order("N-1", FTTH, **IN_SERVICE),),
        less_deep=3,
        slots=(FRIDAY_AFTER_EASTER, MONDAY_AFTER_THAT),
        engaged=True,
    ),
    Scene(
        "the night of 25 hours",
        (_order("N-1", FTTH, **IN_SERVICE),),
        less_deep=2,
        less_deep_elsewhere=1,
        slots=(TUESDAY_OF_WINTER_TIME, FRIDAY_OF_WINTER_TIME),
        start=FRIDAY_BEFORE_WINTER_TIME,
        off_the_grid=Slot(parse_instant("2026-10-28T10:30:00+01:00"), parse_instant("2026-10-28T11:30:00+01:00")),
    ),
    Scene("with documents", (_order("N-1", FTTH, **IN_SERVICE),), less_deep=3, less_deep_elsewhere=1, documents=True),
    Scene("no code", (_order("N-1", FTTH),)),
    Scene("a number without SMS", (_order("N-1", FTTH, **IN_SERVICE | {"phone": "+390612345678"}),)),
    Scene("both codes", (_order("N-1", FTTH, **IN_SERVICE, delivery_code="DEL-ALFA"),), less_deep=3),
    Scene("a code of nobody", (_order("N-1", FTTH, project_code="PRJ-OTHER"),)),
    Scene("an active line", (_order("N-1", FTTH, **IN_SERVICE | {"line_state": "LA"}),)),
    Scene(
        "disaggregated", (_order("C-1", ULL, **IN_SERVICE, disaggregated=True, pdc_disaggregated=True),), less_deep=3
    ),
    Scene(
        "disaggregated by delivery",
        (_order("C-1", ULL, delivery_code="DEL-ALFA", disaggregated=True, pdc_disaggregated=True),),
        less_deep=3,
    ),
    Scene(
        "disaggregated but for the contacts",
        (_order("C-1", ULL, delivery_code="DEL-ALFA", disaggregated=True),),
        less_deep=3,
    ),
)

# Values of the readings that are no choice between words.
OTHER_VALUES: Mapping[str, tuple[object, ...]] = {
    "holidays": (["none"], ["national", "04-08", "04-10"]),
    "csv_dialect": ({"separator": ",", "header": True, "line_end": "lf", "phone_format": "national"},),
    "reminder_time": ("07:00", "18:00"),
    "max_reschedules": (0, 1),
    "slot_grid": ({"weekdays": ["tue", "fri", "sat"], "bands": ["10:00-12:00"]},),
}
# Readings that meet: some entries of the table are reached under two of them at once.
TOGETHER: tuple[Mapping[str, object], ...] = (
    {"first_notice_unconditional": "no", "refusal_notice": "term_end"},
    {"refusal_final": "no", "refusal_notice": "term_end"},
    {"reengage": "yes", "csv_cadence": "immediate"},
)


@dataclass(frozen=True, slots=True)
class Variant:
    """Readings to explore under: what differs from the default profile, and all of them."""

    name: str
    differs: Mapping[str, object]
    readings: Mapping[str, object]

    @property
    def policy(self) -> Policy:
        """The readings as the service takes them."""
        known = {field.name for field in fields(Policy)}
        return Policy.from_readings({name: value for name, value in self.readings.items() if name in known})

    @property
    def profile(self) -> Profile:
        """The readings as the judge takes them."""
        return Profile(self.name, self.readings, frozenset())


def variants() -> Iterator[Variant]:
    """The default profile; each other value of each reading, alone; readings that meet; the literal profile."""
    base = named_profile("default")
    yield Variant("default", {}, base.readings)
    for differs in (*_single_values(), *TOGETHER):
        name = ", ".join(f"{reading}={_shown(value)}" for reading, value in differs.items())
        yield Variant(name, differs, declaring(base, differs, name).readings)
    literal = named_profile("literal").readings
    yield Variant("literal", {name: value for name, value in literal.items() if value != base.readings[name]}, literal)


def _single_values() -> Iterator[Mapping[str, object]]:
    known = {field.name for field in fields(Policy)}
    for name, parameter in catalogue().parameters.items():
        if name not in known:
            continue
        words = parameter.readings if parameter.kind == "choice" else ()
        for value in (*words, *OTHER_VALUES.get(name, ())):
            if value != parameter.default:
                yield {name: value}


def _shown(value: object) -> str:
    if isinstance(value, Mapping):
        return "other"
    return "+".join(value) if isinstance(value, list) else str(value)
