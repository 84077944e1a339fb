"""From a TOML file, or plain values, to a `Scenario`: every key checked, every error with file, table and key.

A variant is the same values with some of them replaced by dotted path, and is read here again: one way to check.
"""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

from reference_impl.civil_time import FIRST_YEAR, LAST_YEAR
from reference_impl.errors import PolicyError
from reference_impl.policy import Policy
from sim.capacity.errors import ScenarioError
from sim.capacity.scenario.distributions import YEAR_DAYS, YEAR_HOURS, YEAR_MINUTES, YEAR_MS, read_distribution
from sim.capacity.scenario.hours_reader import read_hours
from sim.capacity.scenario.operators_reader import read_operators
from sim.capacity.scenario.recorded_orders import read_recorded
from sim.capacity.scenario.scenario import (
    Arrivals,
    Assumption,
    Customers,
    Horizon,
    LineReady,
    Notifications,
    Scenario,
    Sms,
    Surge,
    Territory,
)
from sim.capacity.scenario.strict_table import Table
from sim.capacity.scenario.territories_reader import read_territories

Values = Mapping[str, object]
Readings = Callable[[str], Mapping[str, object]]
SHIPPED = Path(__file__).parents[2] / "scenarios"
LONGEST_DAYS = 5 * 366
FAMILIES = ("copper", "nga")
SLOWEST_PER_SECOND, FASTEST_PER_SECOND = 0.01, 1_000_000.0
MOST_FACTOR = 100.0


def default_readings(profile: str) -> Mapping[str, object]:
    """The readings of the `default` profile, which are the policy's own defaults; no other profile is known here."""
    if profile != "default":
        raise ValueError(profile)
    return {}


def shipped_scenarios() -> list[str]:
    """The names of the scenarios that come with the program."""
    return sorted(path.stem for path in SHIPPED.glob("*.toml"))


def load_values(name: str) -> tuple[str, Values]:
    """The file name and plain values of a scenario: a path, or the name of a shipped one. Raises ScenarioError."""
    path = SHIPPED / f"{name}.toml" if name in shipped_scenarios() else Path(name)
    try:
        content = path.read_bytes().decode("utf-8")
        return str(path), tomllib.loads(content)
    except OSError as error:
        shipped = ", ".join(shipped_scenarios())
        raise ScenarioError(name, "", "file", name, f"a TOML file that can be read, or one of {shipped}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ScenarioError(str(path), "", "file", str(error), "TOML in UTF-8") from error


def with_values(values: Values, changes: Mapping[str, object], file: str) -> Values:
    """The same values with some replaced: `territories.lazio.slots_per_band`, `operators.1.orders_per_year`, …"""
    changed = copy.deepcopy(dict(values))
    for path, value in changes.items():
        _replace(changed, path, value, file)
    return changed


def _replace(values: dict[str, object], path: str, value: object, file: str) -> None:
    *tables, key = path.split(".")
    place: object = values
    for name in tables:
        if isinstance(place, list):
            if not name.isdecimal() or not 1 <= int(name) <= len(place):
                raise ScenarioError(file, path, name, None, f"a position from 1 to {len(place)}")
            place = place[int(name) - 1]
        elif isinstance(place, dict):
            place = place.setdefault(name, {})
        else:
            raise ScenarioError(file, path, name, place, "a table there")
    if not isinstance(place, dict):
        raise ScenarioError(file, path, key, place, "a table there")
    place[key] = value


def read_scenario(file: str, values: Values, readings_of: Readings = default_readings) -> Scenario:
    """A scenario from plain values. `readings_of` gives the readings of a profile by name. Raises ScenarioError."""
    top = Table(file, "", values)
    readings = _readings(top, readings_of)
    policy = _policy(file, readings)
    horizon = _horizon(top.table("horizon"))
    territories = read_territories(top, policy)
    operators = read_operators(top)
    scenario = Scenario(
        file=file,
        name=top.text("name", Path(file).stem),
        title=_title(top),
        horizon=horizon,
        readings=readings,
        arrivals=_arrivals(top.table("arrivals", {}), horizon, {plan.name for plan in operators}, territories),
        operators=operators,
        line_ready={family: _line_ready(top, family) for family in FAMILIES},
        territories=territories,
        sms=_sms(top.table("sms")),
        notifications=_notifications(top.table("notifications")),
        customers=_customers(top.table("customers")),
        sampled_orders=_sampled(top.table("sample", {})),
        assumptions=tuple(map(_assumption, top.tables("assumptions", []))),
    )
    top.done()
    return scenario


def _readings(top: Table, readings_of: Readings) -> Mapping[str, object]:
    profile = top.text("profile", "default")
    try:
        known = dict(readings_of(profile))
    except ValueError as error:
        raise top.fault("profile", profile, f"a named profile of readings, or its TOML file ({error})") from error
    own = top.get("readings", {})
    if not isinstance(own, Mapping):
        raise top.fault("readings", own, "a table")
    grid = top.get("slots", None)
    if grid is not None:
        known["slot_grid"] = grid
    cadence = top.table("deposits", {})
    known |= {"csv_cadence": cadence.word("cadence", ("table", "immediate", "latest"))} if cadence.members else {}
    cadence.done()
    return known | dict(own)


def _policy(file: str, readings: Mapping[str, object]) -> Policy:
    try:
        policy = Policy.from_readings(readings)
        policy.slot_grid.times()
    except PolicyError as error:
        table = "slots" if error.field.startswith("slot_grid") else "readings"
        raise ScenarioError(file, table, error.field.removeprefix("slot_grid."), error.value, error.allowed) from error
    except ValueError as error:
        raise ScenarioError(file, "slots", "bands", str(error), "bands such as 08:00-10:00") from error
    if not policy.slot_grid.weekdays or not policy.slot_grid.bands:
        raise ScenarioError(file, "slots", "bands", [], "at least one weekday and one band")
    return policy


def _title(top: Table) -> Mapping[str, str]:
    table = top.table("title", {})
    title = {lang: table.text(lang, top.text("name", Path(top.file).stem)) for lang in ("it", "en")}
    table.done()
    return title


def _horizon(table: Table) -> Horizon:
    start = table.day("start")
    if not FIRST_YEAR + 1 <= start.year <= LAST_YEAR - 6:
        raise table.fault("start", start.isoformat(), f"a date from {FIRST_YEAR + 1} to {LAST_YEAR - 6}")
    if table.has("end"):
        end = table.day("end")
        days = (end - start).days + 1
        if not 1 <= days <= LONGEST_DAYS:
            raise table.fault("end", end.isoformat(), f"a day from the start ({start}) on, within {LONGEST_DAYS} days")
    else:
        days = table.whole("days", low=1, high=LONGEST_DAYS)
    warm_up = table.whole("warm_up_days", 0)
    cool_down = table.whole("cool_down_days", 0)
    if warm_up + cool_down >= days:
        raise table.fault("warm_up_days", warm_up, f"with cool_down_days, less than the {days} days of the horizon")
    life = table.whole("longest_life_days", 60, low=1, high=366)
    for key in ("end", "days"):
        table.get(key, None)
    table.done()
    return Horizon(start, days, warm_up, cool_down, life)


def _arrivals(table: Table, horizon: Horizon, operators: set[str], territories: tuple[Territory, ...]) -> Arrivals:
    recorded = None
    if table.has("recorded"):
        recorded = read_recorded(table.table("recorded"), horizon, operators, {place.name for place in territories})
    else:
        table.get("recorded", None)
    arrivals = Arrivals(
        months=table.weights("months", 12, [1] * 12),
        weekdays=table.weights("weekdays", 7, [1] * 7),
        hours=table.weights("hours", 24, [1] * 24),
        holiday_factor=table.number("holiday_factor", 1.0, high=MOST_FACTOR),
        surges=tuple(map(_surge, table.tables("surges", []))),
        recorded=recorded,
    )
    table.done()
    return arrivals


def _surge(table: Table) -> Surge:
    first, last = table.day("from"), table.day("until")
    if last < first:
        raise table.fault("until", last.isoformat(), f"a day from {first} on")
    surge = Surge(first, last, table.number("factor", high=MOST_FACTOR))
    table.done()
    return surge


def _line_ready(top: Table, family: str) -> LineReady:
    table = top.table("line_ready").table(family)
    ready = LineReady(read_distribution(table, "after_hours", most=YEAR_HOURS), read_hours(table))
    table.done()
    return ready


def _sms(table: Table) -> Sms:
    sms = Sms(table.number("per_second", low=SLOWEST_PER_SECOND, high=FASTEST_PER_SECOND))
    table.done()
    return sms


def _notifications(table: Table) -> Notifications:
    concurrency = table.whole("concurrency", low=1, high=100_000)
    made = Notifications(concurrency, read_distribution(table, "latency_ms", most=YEAR_MS))
    table.done()
    return made


def _customers(table: Table) -> Customers:
    books, refuses = table.share("books"), table.share("refuses", 0.0)
    if books + refuses > 1:
        raise table.fault("refuses", refuses, f"with books ({books:g}), at most 1 in all")
    awake = table.table("awake", {})
    hours = read_hours(awake)
    awake.done()
    customers = Customers(
        books=books,
        refuses=refuses,
        answers_after_hours=read_distribution(table, "answers_after_hours", most=YEAR_HOURS),
        awake=hours,
        wishes_days=read_distribution(table, "wishes_days", most=YEAR_DAYS),
        session_minutes=read_distribution(table, "session_minutes", {"constant": 3}, most=YEAR_MINUTES),
        reschedules=table.share("reschedules", 0.0),
        moves_by_days=read_distribution(table, "moves_by_days", {"values": [1, 2, 5]}, most=YEAR_DAYS),
        cancels=table.share("cancels", 0.0),
        retries_after_hours=table.number("retries_after_hours", 24.0, low=0.1, high=YEAR_HOURS),
    )
    table.done()
    return customers


def _sampled(table: Table) -> int:
    orders = table.whole("orders", 200)
    table.done()
    return orders


def _assumption(table: Table) -> Assumption:
    made = Assumption(table.text("about"), table.text("text"), table.text("source", ""))
    table.done()
    return made
