"""Real orders from a file: the arrivals of a horizon instead of a profile, or those that are open as it begins.

Columns: `received_at` (instant; without offset Europe/Rome), `operator`, `service`, `territory`, and optionally
`line_ready_at` (AC/CO) and `order` (the code under which its operator hands it in: two operators may use the same).
Personal data has no column here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from reference_impl.civil_time import civil_day, day_of
from reference_impl.intake import GRAMMARS
from sim.capacity.scenario.demand import Horizon, RecordedOrder
from sim.capacity.scenario.file_rows import FileKind, Row, RowFault, instant_in, read_file, word_of

NEEDED = ("received_at", "operator", "service", "territory")
OPTIONAL = ("line_ready_at", "order")
RECORDED = FileKind("arrivals.recorded", "file", NEEDED, OPTIONAL)
Words = Mapping[str, Sequence[str]]


def read_recorded(scenario_file: str, name: str, horizon: Horizon, words: Words) -> tuple[RecordedOrder, ...]:
    """The orders of a file within the horizon, in order of time. `words` are those that a column may hold.

    Raises ScenarioError for a file that cannot be read as a table, FileRowsError for rows that are not allowed.
    """
    first = day_of(horizon.start)
    days = range(first, first + horizon.days)
    return read_orders(scenario_file, name, RECORDED, OrderReader(days, "an instant within the horizon", words).read)


def read_orders(
    scenario_file: str, name: str, kind: FileKind, read_row: Callable[[int, Row], RecordedOrder]
) -> tuple[RecordedOrder, ...]:
    """The orders of a file in order of time. Raises ScenarioError, FileRowsError."""
    orders = read_file(scenario_file, name, kind, read_row)
    return tuple(sorted(orders, key=lambda order: order.received_at))


class OrderReader:
    """Reads one row after the other; what is allowed of `received_at` is said in words too.

    `elsewhere` are the codes, each with its operator, that orders of another file have.
    """

    def __init__(self, days: range, allowed: str, words: Words, elsewhere: Collection[tuple[str, str]] = ()) -> None:
        self._days, self._allowed, self._words = days, allowed, words
        self._codes: dict[tuple[object, ...], int] = {}
        self._elsewhere = elsewhere

    def read(self, line: int, row: Row) -> RecordedOrder:
        """The order of a row. Raises RowFault."""
        received_at = instant_in(row, "received_at")
        if civil_day(received_at) not in self._days:
            raise RowFault("received_at", row["received_at"], self._allowed)
        words = {name: word_of(row, name, self._words[name]) for name in self._words}
        ready = row.get("line_ready_at")
        line_ready_at = instant_in(row, "line_ready_at") if ready not in (None, "") else None
        if line_ready_at is not None and line_ready_at < received_at:
            raise RowFault("line_ready_at", ready, "an instant from received_at on")
        check_code(line, row, self._codes)
        code = _code_of(row)
        if (words["operator"], code) in self._elsewhere:
            raise RowFault("order", code, f"a code that no order of {words['operator']} in [{RECORDED.table}] has")
        names = words["operator"], words["service"], words["territory"]
        return RecordedOrder(received_at, *names, line_ready_at, code)


def _code_of(row: Row) -> str:
    """The code of a row, if an order can bear it; else empty, and one is made for the order."""
    code = str(row.get("order"))
    return code if "order" in row and GRAMMARS["order"][0].fullmatch(code) else ""


def check_code(line: int, row: Row, codes: dict[tuple[object, ...], int], history: tuple[object, ...] = ()) -> None:
    """Check that an operator has a code once in a history; `codes` keeps the line of each. Raises RowFault."""
    code = row.get("order")
    if code in (None, ""):
        return
    first = codes.setdefault((*history, row["operator"], code), line)
    if first != line:
        raise RowFault("order", code, f"each code once for an operator; it is on line {first} too")
