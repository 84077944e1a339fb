"""Which option is to blame for a scenario that cannot be run as changed, while the file alone can be run.

What lives here: the way from an error of a scenario to the option and the path that were written. It must not know what
an option is for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from difflib import get_close_matches

from sim.capacity.errors import ChangeError, ScenarioError
from sim.capacity.jobs.jobs import Plan, Variant, make_plan
from sim.capacity.scenario.reader import Values, load_values

MOST_NEAREST = 3
LONGEST_VALUE = 40
VARY = "--vary"


@contextmanager
def blaming_set(scenario: str, changes: Mapping[str, object]) -> Iterator[None]:
    """An error of the scenario within is blamed on `--set` if the file alone can be run. Raises ChangeError."""
    try:
        yield
    except ScenarioError as error:
        if not changes or not _is_right(scenario):
            raise
        raise _blamed("--set", changes, error, load_values(scenario)[1]) from error


def varied(plan: Plan, variants: list[Variant]) -> Plan:
    """The plan with the variants of `--vary`, every one read. Raises ChangeError."""
    for variant in variants:
        check_variant(plan, variant, VARY)
    return plan.with_unread(variants)


def check_variant(plan: Plan, variant: Variant, option: str) -> None:
    """Raise ChangeError for a variant that cannot be run: it blames the option, or `--vary` for an unknown path."""
    try:
        plan.scenario(variant)
    except ScenarioError as error:
        raise _blamed(VARY if error.is_unknown else option, variant.changes, error, plan.values) from error


def nearest_paths(path: str, values: Values) -> list[str]:
    """The paths of the numbers of a scenario that are written most like one, in the same table if there are any."""
    paths, table = list(_number_paths(values)), path.split(".", 1)[0]
    of_table = [other for other in paths if other.split(".", 1)[0] == table]
    return get_close_matches(path, of_table or paths, MOST_NEAREST, 0.0)


def _blamed(option: str, changes: Mapping[str, object], error: ScenarioError, values: Values) -> ChangeError:
    at_fault = [path for path in changes if _is_of(path, error)] or list(changes)
    if error.is_unknown:
        return ChangeError(option, ", ".join(at_fault), str(error), ", ".join(nearest_paths(at_fault[0], values)))
    return ChangeError(option, ", ".join(f"{path}={_short(changes[path])}" for path in at_fault), str(error), "")


def _is_of(path: str, error: ScenarioError) -> bool:
    """Whether an error is about what stands at a path."""
    place = ".".join(part for part in (error.table, error.key) if part)
    return path == place or path.startswith(f"{place}.") or place.startswith(f"{path}.")


def _is_right(scenario: str) -> bool:
    try:
        make_plan(scenario)
    except ScenarioError:
        return False
    return True


def _number_paths(value: object, path: str = "") -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _number_paths(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for number, item in enumerate(value, 1):
            yield from _number_paths(item, f"{path}.{number}")
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield path


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}…"
