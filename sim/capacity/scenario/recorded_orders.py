"""Arrivals from a file of real orders, CSV or Parquet, instead of a profile.

Columns: `received_at` (instant; without offset Europe/Rome), `operator`, `service`, `territory`, and optionally
`line_ready_at` (AC/CO). Personal data has no column here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from reference_impl.civil_time import civil_day, day_of, parse_instant
from sim.capacity.errors import ScenarioError
from sim.capacity.scenario.scenario import Horizon, RecordedOrder

NEEDED = ("received_at", "operator", "service", "territory")
OPTIONAL = ("line_ready_at",)


def read_recorded(
    scenario_file: str, name: str, horizon: Horizon, words: Mapping[str, Sequence[str]]
) -> tuple[RecordedOrder, ...]:
    """The orders of the file, in order of time. `words` are those that a column may hold.

    A relative name is relative to the scenario. Raises ScenarioError with the row of the file.
    """
    path = Path(name) if Path(name).is_absolute() else Path(scenario_file).parent / name
    first = day_of(horizon.start)
    reader = _RowReader(scenario_file, name, range(first, first + horizon.days), words)
    orders = [reader.read(row, number) for number, row in enumerate(_rows(scenario_file, path), 1)]
    if not orders:
        raise _not_allowed(scenario_file, "file", name, "a file with at least one order")
    return tuple(sorted(orders, key=lambda order: order.received_at))


def _not_allowed(scenario_file: str, key: str, value: object, allowed: str) -> ScenarioError:
    return ScenarioError(scenario_file, "arrivals.recorded", key, value, allowed)


def _rows(scenario_file: str, path: Path) -> Sequence[Mapping[str, object]]:
    import polars  # here: only a scenario with recorded orders reads a file

    try:
        frame = polars.read_parquet(path) if path.suffix == ".parquet" else polars.read_csv(path, infer_schema=False)
    except (OSError, polars.exceptions.PolarsError) as error:
        allowed = f"a CSV or Parquet file ({type(error).__name__})"
        raise _not_allowed(scenario_file, "file", str(path), allowed) from error
    missing = [column for column in NEEDED if column not in frame.columns]
    unknown = [column for column in frame.columns if column not in NEEDED + OPTIONAL]
    if missing or unknown:
        allowed = f"columns {', '.join(NEEDED)} and optionally {', '.join(OPTIONAL)}"
        raise _not_allowed(scenario_file, "file", f"columns {', '.join(frame.columns)}", allowed)
    return frame.rows(named=True)


class _RowReader:
    """Checks one row after the other."""

    def __init__(self, scenario_file: str, name: str, days: range, words: Mapping[str, Sequence[str]]) -> None:
        self._scenario_file, self._name, self._days, self._words = scenario_file, name, days, words

    def read(self, row: Mapping[str, object], number: int) -> RecordedOrder:
        received_at = self._instant(row, "received_at", number)
        if civil_day(received_at) not in self._days:
            raise self._fault(row, "received_at", number, "an instant within the horizon")
        words = {name: self._word(row, name, number) for name in self._words}
        ready = row.get("line_ready_at")
        line_ready_at = self._instant(row, "line_ready_at", number) if ready not in (None, "") else None
        if line_ready_at is not None and line_ready_at < received_at:
            raise self._fault(row, "line_ready_at", number, "an instant from received_at on")
        return RecordedOrder(received_at, line_ready_at=line_ready_at, **words)

    def _word(self, row: Mapping[str, object], name: str, number: int) -> str:
        value = row[name]
        word = value.upper() if name == "territory" and isinstance(value, str) else value
        if not isinstance(word, str) or word not in self._words[name]:
            raise self._fault(row, name, number, " or ".join(self._words[name]))
        return word

    def _instant(self, row: Mapping[str, object], name: str, number: int) -> int:
        value = row[name]
        try:
            return parse_instant(value.isoformat() if isinstance(value, datetime) else str(value))
        except ValueError as error:
            raise self._fault(row, name, number, "an instant such as 2026-03-03T07:00:00") from error

    def _fault(self, row: Mapping[str, object], name: str, number: int, allowed: str) -> ScenarioError:
        return _not_allowed(self._scenario_file, f"file {self._name}, row {number}, {name}", row[name], allowed)
