"""Every refusal of a caller says what was wrong and what is allowed, in one line; nothing of it is lost on the way."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reference_impl.errors import AmbiguousOrder, CallerError, OrderCodeTaken, UnknownOrder
from reference_impl.formats.csv_file import read_rows
from reference_impl.intake import parse_order
from reference_impl.policy import CsvDialect, Policy
from reference_impl.registry import Operator, Registry, operator_from
from reference_impl.sms_text import check_template
from tests.service.test_csv_file import LINE
from tests.service.test_intake import PLAIN as ORDER
from tests.service.test_registry import PLAIN as OPERATOR

ACCENTED = "abc\x00{link}"


def reading(name: str, value: object) -> Callable[[], object]:
    return lambda: Policy.from_readings({name: value})


def order(**members: object) -> Callable[[], object]:
    return lambda: parse_order(ORDER | members)


def operator(**members: object) -> Callable[[], object]:
    return lambda: Registry().register(operator_from(OPERATOR | members))


def file(data: bytes, dialect: CsvDialect | None = None) -> Callable[[], object]:
    return lambda: read_rows(data, dialect or CsvDialect())


def two_with_one_code() -> None:
    registry = Registry()
    registry.register(Operator("ALFA", "va.alfa.example", ("X-1",)))
    registry.register(Operator("BETA", "va.beta.example", ("X-1",)))


LETTERS = "upper-case letters, digits and -"
DAYS, HOURS = "national, none, or a day MM-DD or YYYY-MM-DD", "HH:MM-HH:MM"
WHOLE: list[tuple[Callable[[], object], str]] = [
    (
        reading("csv_dialect", {"separator": "@"}),
        "csv_dialect.separator: '@' is not allowed; allowed: ';' or ',' or '|' or '\\t'",
    ),
    (
        reading("csv_dialect", {"encoding": "x"}),
        "csv_dialect.encoding: 'x' is not allowed; allowed: 'utf-8' or 'utf-8-sig' or 'iso-8859-1' or 'cp1252'",
    ),
    (
        reading("slot_grid", {"weekdays": ["lun"]}),
        "slot_grid.weekdays: 'lun' is not allowed; allowed: mon, tue, wed, thu, fri, sat, sun",
    ),
    (
        reading("slot_grid", {"bands": ["10:00-10:00"]}),
        "slot_grid.bands: '10:00-10:00' is not allowed; "
        "allowed: bands that end after they start, in order, not overlapping",
    ),
    (reading("slot_grid", {"bands": ["8-10"]}), f"slot_grid.bands: '8-10' is not allowed; allowed: {HOURS}"),
    (
        reading("slot_grid", {"bands": ["08:00-25:00"]}),
        f"slot_grid.bands: '08:00-25:00' is not allowed; allowed: {HOURS}",
    ),
    (
        reading("slot_grid", {"days": []}),
        "slot_grid: {'days': []} is not allowed; allowed: a table with weekdays, bands",
    ),
    (reading("first_day", "perhaps"), "first_day: 'perhaps' is not allowed; allowed: if_working or always"),
    (reading("max_reschedules", -1), "max_reschedules: -1 is not allowed; allowed: unlimited or a whole number from 0"),
    (reading("holidays", "roman"), f"holidays: 'roman' is not allowed; allowed: {DAYS}"),
    (reading("holidays", 7), "holidays: 7 is not allowed; allowed: a list of words"),
    (order(disaggregated="yes"), "disaggregated: 'yes' is not allowed; allowed: true or false"),
    (
        order(pdc_disaggregated=True),
        "pdc_disaggregated: True is not allowed; allowed: false, unless the order is disaggregated",
    ),
    (operator(operator="alfa"), f"operator: 'alfa' is not allowed; allowed: {LETTERS}, at most 30"),
    (operator(agent_domain="x"), "agent_domain: 'x' is not allowed; allowed: a domain name in lower case"),
    (operator(rendez_vous_domain="x"), "rendez_vous_domain: 'x' is not allowed; allowed: a domain name in lower case"),
    (
        operator(telephone="12"),
        "telephone: '12' is not allowed; allowed: 3 to 19 digits, + before them and spaces between them",
    ),
    (operator(project_codes=["p"]), f"project_codes: 'p' is not allowed; allowed: {LETTERS}, 2 to 30"),
    (operator(project_codes=7), "project_codes: 7 is not allowed; allowed: a list of words"),
    (
        operator(commercial_services=["info_care", "info_care"]),
        "commercial_services: 'info_care' is not allowed; "
        "allowed: rendez_vous, rendez_vous_2, sms_di_cortesia, info_care, each once",
    ),
    (operator(regulated_access=1), "regulated_access: 1 is not allowed; allowed: true or false"),
    (lambda: operator_from({}), "operator: None is not allowed; allowed: a value: the member is required"),
    (two_with_one_code, "code: 'X-1' is not allowed; allowed: a code that is assigned once, to one operator"),
    (
        lambda: check_template("engagement", ACCENTED),
        f"engagement_text: {ACCENTED!r} is not allowed; allowed: printable characters and line feeds",
    ),
    (file(b"\xef\xbb\xbf" + LINE), "line 1, line: the file must not begin with a byte order mark in utf-8"),
    (file(LINE.replace(b"\r\n", b"\n")), "line 1, line: lines must end with crlf"),
    (file(b"a;b\r\n"), "line 1, line: 2 fields; allowed: 4 (order, date, link, phone)"),
    (file(b"\n\xff"), "line 2, line: byte 1 is not utf-8"),
    (
        file(LINE, CsvDialect(phone_format="national")),
        "line 1, phone: '+393331234567' is not in the phone format national",
    ),
]
BEGUN: list[tuple[Callable[[], object], str]] = [
    (
        reading("slow_lane", "yes"),
        "slow_lane: 'yes' is not allowed; allowed: a parameter among working_week, holidays, ",
    ),
    (order(colour="red"), "colour: 'red' is not allowed; allowed: no such member; the members are order, operator, "),
    (operator(colour="red"), "member: 'colour' is not allowed; allowed: agent_domain, commercial_services, "),
    (
        file(LINE.replace(b"ALFA", b"ALF\xc0"), CsvDialect(encoding="iso-8859-1")),
        "line 1, order: 'ALF\u00c0-0001' is not allowed",
    ),
]


def refusal_of(act: Callable[[], object]) -> str:
    with pytest.raises(CallerError) as refusal:
        act()
    return str(refusal.value)


@pytest.mark.parametrize(
    ("act", "text"), WHOLE, ids=[text.partition(":")[0] + f"-{n}" for n, (_, text) in enumerate(WHOLE)]
)
def test_a_refusal_says_what_is_allowed(act: Callable[[], object], text: str) -> None:
    assert refusal_of(act) == text


@pytest.mark.parametrize(("act", "text"), BEGUN, ids=["reading", "order", "operator", "file"])
def test_a_long_refusal_begins_with_what_was_wrong(act: Callable[[], object], text: str) -> None:
    assert refusal_of(act).startswith(text)


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (OrderCodeTaken("A1", "ALFA"), "order: 'A1' is not allowed; allowed: a code that was not used before by ALFA"),
        (UnknownOrder("A1"), "order 'A1' is not known; allowed: the code of an order received before"),
        (UnknownOrder("A1", "ALFA"), "order 'A1' of ALFA is not known; allowed: the code of an order received before"),
        (
            AmbiguousOrder("A1", ("ALFA", "BETA")),
            "order 'A1' is a code of ALFA and BETA; allowed: say whose: operator ALFA or BETA (--operator ALFA)",
        ),
    ],
)
def test_an_error_about_an_order_can_be_made_again_from_its_data(error: CallerError, text: str) -> None:
    assert str(error) == text
    assert str(type(error)(*error.args)) == text


def test_an_ambiguous_order_names_the_field_the_order_and_whose_it_may_be() -> None:
    error = AmbiguousOrder("A1", ("ALFA", "BETA"))
    assert (error.field, error.order, error.operators) == ("operator", "A1", ("ALFA", "BETA"))
