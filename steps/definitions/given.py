"""`Dato …`: readings, operators, orders and places, declared before anything happens."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from itertools import pairwise

from pytest_bdd import given, parsers

from reports.judging.profiles import load_profile
from steps import dates
from steps.context import Story
from steps.words import COMMERCIAL, READINGS, SERVICES, TABLE_MEMBERS, TABLE_VALUES, WEEKDAYS, Reading

DEFAULT_VALUE = "quella predefinita"

TEXT_FIELDS = {
    ("l'ingaggio", "il testo"): "engagement_text",
    ("l'ingaggio", "l'alias"): "engagement_alias",
    ("il promemoria", "il testo"): "reminder_text",
    ("il promemoria", "l'alias"): "reminder_alias",
}
SERVICE_NAMES = "|".join(sorted(SERVICES, key=len, reverse=True))


@given(parsers.re(r"che la lettura (?P<reading>.+?) è (?P<value>.+)"))
def reading_is(story: Story, reading: str, value: str) -> None:
    """Pin a reading for this world; `quella predefinita` is what the default profile says."""
    pinned = the_reading(reading)
    if value == DEFAULT_VALUE:
        story.pin(pinned.parameter, default_readings()[pinned.parameter])
    elif pinned.parameter == "holidays":
        story.pin(pinned.parameter, [pinned.values.get(word, word) for word in value.split(", ")])
    else:
        story.pin(pinned.parameter, value_of(pinned, reading, value))


@given(parsers.re(rf"che la lettura (?P<reading>.+?) ha (?P<member>{'|'.join(TABLE_MEMBERS)}) (?P<value>.+)"))
def table_reading_has(story: Story, reading: str, member: str, value: str) -> None:
    """Pin one member of a reading that is a table."""
    parameter = the_reading(reading).parameter
    base = story.reading(parameter)
    table = dict(base) if isinstance(base, dict) else {}
    plain: object = TABLE_VALUES.get(value, value)
    if parameter == "slot_grid":
        plain = [WEEKDAYS.get(word, word) for word in value.split(", ")]
    table[TABLE_MEMBERS[member]] = plain
    story.pin(parameter, table)


@cache
def default_readings() -> Mapping[str, object]:
    """What the default profile says."""
    return load_profile("default").readings


def the_reading(name: str) -> Reading:
    """A reading by its Italian name. Raises ValueError with the nearest one."""
    if name not in READINGS:
        by_parameter = [italian for italian, reading in READINGS.items() if reading.parameter == name]
        nearest = by_parameter or get_close_matches(name, READINGS, 1, 0.0)
        raise ValueError(f"lettura {name!r} ignota; la più vicina: {nearest[0]!r}; tutte: {', '.join(READINGS)}")
    return READINGS[name]


def value_of(reading: Reading, name: str, value: str) -> object:
    """A value of a reading from its Italian word; numbers and times of day are what they are. Raises ValueError."""
    if value in reading.values:
        return reading.values[value]
    if not value[0].isdigit():
        raise ValueError(f"lettura {name!r}: valore {value!r} ignoto; si ammettono: {', '.join(reading.values)}")
    return int(value) if value.isdecimal() else value


@given(parsers.re(r"l'operatore (?P<name>\w+)(?P<codes>( con| e| codice \w+ [\w-]+| senza codici)+)"))
def operator_is(story: Story, name: str, codes: str) -> None:
    """Declare an operator with the codes that TIM assigned to it."""
    words = codes.split()
    assigned: dict[str, list[str]] = {"progetto": [], "delivery": []}
    for kind, code in pairwise(words):
        if kind in assigned:
            assigned[kind].append(code)
    story.declare_operator(name, project_codes=assigned["progetto"], delivery_codes=assigned["delivery"])


@given(parsers.re(r"che (?P<name>\w+) non usa il 4° referente"))
def no_fourth_referent(story: Story, name: str) -> None:
    """The operator does not use the 4th referent."""
    story.declare_operator(name, uses_4th_referent=False)


@given(parsers.re(r"che (?P<name>\w+) non compra accesso regolamentato"))
def no_regulated_access(story: Story, name: str) -> None:
    """The operator does not buy regulated access."""
    story.declare_operator(name, regulated_access=False)


@given(parsers.re(r"che (?P<name>\w+) ha aderito a Rendez Vous con il dominio (?P<domain>\S+)"))
def joined_rendez_vous(story: Story, name: str, domain: str) -> None:
    """The operator has registered a domain for Rendez Vous."""
    story.declare_operator(name, rendez_vous_domain=domain)


@given(parsers.re(r"che (?P<name>\w+) ha registrato il dominio (?P<domain>\S+)"))
def registered_domain(story: Story, name: str, domain: str) -> None:
    """The operator has registered a domain for the Virtual Agent."""
    story.declare_operator(name, agent_domain=domain)


@given(
    parsers.re(
        r"che (?P<name>\w+) ha chiesto per (?P<kind>l'ingaggio|il promemoria)"
        r" (?P<wording>il testo|l'alias) \"(?P<text>.*)\""
    )
)
def own_wording(story: Story, name: str, kind: str, wording: str, text: str) -> None:
    """The operator has asked for a text or an alias of its own."""
    story.declare_operator(name, **{TEXT_FIELDS[kind, wording]: text})


@given(parsers.re(r"che (?P<name>\w+) ha comprato (?P<services>.+)"))
def bought_services(story: Story, name: str, services: str) -> None:
    """The commercial services that the operator bought for its ordinary orders."""
    names = COMMERCIAL if services == "tutti i servizi commerciali" else services.split(", ")
    story.declare_operator(name, commercial_services=[COMMERCIAL[word] for word in names])


@given(parsers.re(rf"un(?: altro)? ordine (?P<service>{SERVICE_NAMES}) di (?P<operator>\w+)(?P<details>(?:, [^,]+)*)"))
def order_is(story: Story, service: str, operator: str, details: str) -> None:
    """Declare an order; what is not said is the plain case: inactive line, the operator's own code."""
    members: dict[str, object] = {"line_state": "LNA"}
    words = [detail for detail in details.split(", ") if detail]
    names = {prefix: detail.removeprefix(prefix) for prefix in NAMES for detail in words if detail.startswith(prefix)}
    for detail in words:
        if not detail.startswith(NAMES):
            members |= order_detail(detail)
    if "senza codice" not in words and members.keys().isdisjoint(("project_code", "delivery_code")):
        members |= own_code(story.operators[operator.upper()])
    story.declare_order(service, operator, members, *(names.get(prefix, "") for prefix in NAMES))


@given(parsers.re(rf"(?P<count>\d+) ordini (?P<service>{SERVICE_NAMES}) di (?P<operator>\w+)"))
def orders_are(story: Story, count: str, service: str, operator: str) -> None:
    """Declare several orders of the plain case."""
    for _ in range(int(count)):
        order_is(story, service, operator, "")


NAMES = ("detto ", "con codice d'ordine ")
PLAIN_DETAILS: dict[str, dict[str, object]] = {
    "senza codice": {},
    "su linea attiva": {"line_state": "LA"},
    "su linea non attiva": {},
    "di attivazione": {},
    "di cessazione": {"activity": "cessation"},
    "non disaggregato": {},
    "disaggregato": {"disaggregated": True},
    "disaggregato anche nella PdC": {"disaggregated": True, "pdc_disaggregated": True},
}
VALUED_DETAILS = {
    "con codice progetto ": "project_code",
    "con codice delivery ": "delivery_code",
    "al numero ": "phone",
}


def order_detail(detail: str) -> dict[str, object]:
    """The members of an order that a detail stands for. Raises ValueError for a detail that nobody knows."""
    if detail in PLAIN_DETAILS:
        return PLAIN_DETAILS[detail]
    for prefix, member in VALUED_DETAILS.items():
        if detail.startswith(prefix):
            return {member: detail.removeprefix(prefix)}
    allowed = ", ".join([*PLAIN_DETAILS, *(f"{prefix}…" for prefix in (*VALUED_DETAILS, *NAMES))])
    raise ValueError(f"un ordine non ha il dettaglio {detail!r}; si ammettono: {allowed}")


def own_code(operator: dict[str, object]) -> dict[str, object]:
    """The operator's first code: the project code where it has one."""
    for member, codes in (("project_code", "project_codes"), ("delivery_code", "delivery_codes")):
        assigned = operator.get(codes)
        if isinstance(assigned, list) and assigned:
            return {member: assigned[0]}
    return {}


@given(parsers.re(r"che ogni fascia ha (?P<places>\d+) post[oi]"))
def places_everywhere(story: Story, places: str) -> None:
    """The places of every band."""
    story.capacity = int(places)


@given(parsers.re(rf"che la fascia (?P<slot>{dates.BAND}) ha (?P<places>\d+) post[oi]"))
def places_of_one(story: Story, slot: str, places: str) -> None:
    """The places of one band."""
    story.capacities.append((dates.band(slot), int(places)))
