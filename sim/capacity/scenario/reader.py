"""From a TOML file, or plain values, to a `Scenario`: every key checked, every error with file, table and key.

Two steps: the readings make a policy, then all tables are read by it. A variant is the same values with some of them
replaced by dotted path, and is read here again: one way to check.
"""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, Field, PlainValidator, create_model
from pydantic_core import core_schema

from reference_impl.errors import PolicyError
from reference_impl.policy import Policy
from reference_impl.services import FAMILIES
from sim.capacity.errors import NO_SUCH_PLACE, NO_TABLE, ScenarioError
from sim.capacity.scenario.demand import BY_WEEK, Arrivals, Horizon, RecordedOrder
from sim.capacity.scenario.file_table import ARRAY, FileTable, Kind, Text, read_table, word
from sim.capacity.scenario.opening import (
    OPEN_ORDERS,
    TAKEN_SLOTS,
    Opening,
    Setting,
    read_open_orders,
    read_taken_slots,
)
from sim.capacity.scenario.recorded_orders import RECORDED, read_recorded
from sim.capacity.scenario.scenario import (
    SERVICE_NAMES,
    Assumption,
    Costs,
    Customers,
    LineReady,
    Notifications,
    OperatorPlan,
    Sample,
    Scenario,
    ServiceLevel,
    Sms,
    TakenSlots,
    Technicians,
    Territory,
    Title,
    named_once,
)
from sim.capacity.scenario.territories_reader import read_territories

Values = Mapping[str, object]
Readings = Callable[[str], Mapping[str, object]]
LEAST_RESAMPLED_DAYS = 14
SHIPPED = Path(__file__).parents[2] / "scenarios"


class Deposits(FileTable):
    """When the CSV rows are deposited."""

    cadence: Annotated[str | None, word("table", "immediate", "latest")] = None


_line_ready_keys: dict[str, Any] = {family.name: LineReady for family in FAMILIES}
LineReadyTable = create_model("LineReadyTable", __base__=FileTable, **_line_ready_keys)


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
    except (ValueError, RecursionError) as error:
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
                raise ScenarioError(file, path, name, None, f"{NO_SUCH_PLACE} {len(place)}")
            place = place[int(name) - 1]
        elif isinstance(place, dict):
            place = place.setdefault(name, {})
        else:
            raise ScenarioError(file, path, name, place, NO_TABLE)
    if not isinstance(place, dict):
        raise ScenarioError(file, path, key, place, NO_TABLE)
    place[key] = value


class ReadingsTable(FileTable):
    """What of the top table makes the policy, which the other tables are read by."""

    is_open: ClassVar[bool] = True
    profile: Text = "default"
    readings: Annotated[Mapping[str, object], Kind(core_schema.dict_schema(strict=True), "a table")] = {}
    slots: object = None
    deposits: Deposits = Deposits()


class ScenarioTable(ReadingsTable):
    """The top table of a scenario file."""

    is_open: ClassVar[bool] = False
    horizon: Horizon
    territories: Annotated[tuple[Territory, ...], PlainValidator(read_territories)] = Field({}, validate_default=True)
    operators: Annotated[tuple[OperatorPlan, ...], ARRAY, AfterValidator(named_once)]
    name: Text | None = None
    title: Title = Title()
    arrivals: Arrivals = Arrivals()
    opening: Opening | None = None
    line_ready: Annotated[FileTable, PlainValidator(LineReadyTable.model_validate)]
    technicians: Technicians = Technicians()
    sms: Sms
    notifications: Notifications
    customers: Customers
    sample: Sample = Sample()
    service_level: ServiceLevel = ServiceLevel()
    costs: Costs | None = None
    assumptions: Annotated[tuple[Assumption, ...], ARRAY] = ()


def read_scenario(
    file: str, values: Values, readings_of: Readings = default_readings, terms_may_be_over: bool = False
) -> Scenario:
    """A scenario from plain values. `readings_of` gives the readings of a profile by name.

    `terms_may_be_over`: under readings that are not those of the files' world, an open order may have timed out.
    Raises ScenarioError, FileRowsError.
    """
    readings = _readings(file, read_table(ReadingsTable, values, file), readings_of)
    policy = _policy(file, readings)
    table = read_table(ScenarioTable, values, file, context=policy)
    recorded = _recorded(file, table)
    setting = Setting(table.horizon, table.territories, policy, terms_may_be_over)
    open_orders = _open_orders(file, table, setting, recorded or ())
    name = table.name or Path(file).stem
    return Scenario(
        file=file,
        name=name,
        title={"it": table.title.it or name, "en": table.title.en or name},
        horizon=table.horizon,
        readings=readings,
        arrivals=table.arrivals,
        recorded=recorded,
        open_orders=open_orders,
        taken_slots=_taken_slots(file, table, setting, open_orders),
        operators=table.operators,
        line_ready={family.name: getattr(table.line_ready, family.name) for family in FAMILIES},
        territories=table.territories,
        technicians=table.technicians,
        sms=table.sms,
        notifications=table.notifications,
        customers=table.customers,
        sampled_orders=table.sample.orders,
        service_level=table.service_level,
        costs=table.costs,
        assumptions=table.assumptions,
    )


def _readings(file: str, table: ReadingsTable, readings_of: Readings) -> Mapping[str, object]:
    """The readings of the profile, with those of the scenario over them."""
    try:
        readings = dict(readings_of(table.profile))
    except ValueError as error:
        allowed = f"a named profile of readings, or its TOML file ({error})"
        raise ScenarioError(file, "", "profile", table.profile, allowed) from error
    if table.slots is not None:
        readings["slot_grid"] = table.slots
    if table.deposits.cadence is not None:
        readings["csv_cadence"] = table.deposits.cadence
    return readings | dict(table.readings)


def files_named(values: Values) -> frozenset[str]:
    """The names of the files whose rows a scenario of these values reads, as it writes them."""
    names = set()
    for kind in (RECORDED, OPEN_ORDERS, TAKEN_SLOTS):
        place: object = values
        for key in (*kind.table.split("."), kind.key):
            place = place.get(key) if isinstance(place, Mapping) else None
        names |= {place} if isinstance(place, str) else set()
    return frozenset(names)


def _recorded(file: str, table: ScenarioTable) -> tuple[RecordedOrder, ...] | None:
    if table.arrivals.recorded is None:
        return None
    recorded = table.arrivals.recorded
    if recorded.resample == BY_WEEK and table.horizon.days < LEAST_RESAMPLED_DAYS:
        allowed = f"weeks only with a horizon of at least {LEAST_RESAMPLED_DAYS} days"
        raise ScenarioError(file, "arrivals.recorded", "resample", recorded.resample, allowed)
    return read_recorded(file, recorded.file, table.horizon, _words(table))


def _open_orders(
    file: str, table: ScenarioTable, setting: Setting, recorded: Sequence[RecordedOrder]
) -> tuple[RecordedOrder, ...]:
    if table.opening is None or table.opening.orders is None:
        return ()
    codes = {(order.operator, order.code) for order in recorded if order.code}
    return read_open_orders(file, table.opening.orders, _words(table), setting, codes)


def _taken_slots(
    file: str, table: ScenarioTable, setting: Setting, open_orders: tuple[RecordedOrder, ...]
) -> TakenSlots:
    if table.opening is None or table.opening.slots is None:
        return {}
    return read_taken_slots(file, table.opening.slots, setting, open_orders)


def _words(table: ScenarioTable) -> Mapping[str, Sequence[str]]:
    """What the columns of a file of orders may hold."""
    return {
        "operator": [plan.name for plan in table.operators],
        "service": SERVICE_NAMES,
        "territory": [place.name for place in table.territories],
    }


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
