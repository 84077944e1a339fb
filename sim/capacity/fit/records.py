"""Orders that were recorded, with what became of them, as columns. Personal data has no column here.

They come from a CSV or Parquet file (such as the `orders.parquet` of a run), or from the rows that a simulation kept: a
fit treats both alike. Order codes are compared and forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference_impl.civil_time import civil_day
from reference_impl.deadlines import booking_closes
from reference_impl.orders import State
from reference_impl.policy import Policy
from sim.capacity.engine.order_rows import PREFIX, STATES
from sim.capacity.engine.tally import Arrays

Numbers = NDArray[np.int64]
NONE = -1
INSTANTS = ("line_ready_at", "sms_at", "looked_at", "booked_at", "visit_at", "refused_at")
COUNTS = ("reschedules", "calls")
OWN = ("order", "state", "acted_by", "capacity_days")
# Which row it is of a run (of these only the first history), and what only a simulation tells.
OF_A_RUN = ("variant", "replication", "day", "number", "visits", "done_at")
OPEN, VISITED, REFUSED, TIMED_OUT, CANCELLED, ELSEWHERE = range(6)
OUTCOMES = ("open", "visited", "refused", "timed_out", "cancelled", "elsewhere")
OUTCOME_OF: Mapping[str, int] = {
    **{state.value: OPEN for state in State},
    State.VISITED: VISITED,
    State.REFUSED: REFUSED,
    State.TIMED_OUT: TIMED_OUT,
    State.HANDED_BACK: ELSEWHERE,
    State.CANCELLED: CANCELLED,
    State.ELSEWHERE: ELSEWHERE,
    "open": OPEN,
}
ACTORS = ("customer", "operator")
CUSTOMER, OPERATOR = range(2)


@dataclass(frozen=True, slots=True)
class Records:
    """Recorded orders in order of reception: an array for each column, -1 where a value is missing.

    Instants and `added_ms` are milliseconds; `operator` and `territory` number the names, `service` those of
    SERVICE_NAMES. `present` are the columns that were recorded at all, `until` the last instant that was seen.
    """

    operators: tuple[str, ...]
    territories: tuple[str, ...]
    present: frozenset[str]
    received_at: Numbers
    operator: Numbers
    service: Numbers
    territory: Numbers
    line_ready_at: Numbers
    sms_at: Numbers
    looked_at: Numbers
    booked_at: Numbers
    visit_at: Numbers
    refused_at: Numbers
    acted_by: Numbers
    calls: Numbers
    reschedules: Numbers
    added_ms: Numbers
    outcome: Numbers
    until: int
    histories: int = 1
    days_only: frozenset[str] = frozenset()  # the columns that have days instead of instants

    def __len__(self) -> int:
        return len(self.received_at)

    @property
    def days(self) -> range:
        """The days from the first reception to the last."""
        return range(civil_day(int(self.received_at[0])), civil_day(int(self.received_at[-1])) + 1)

    def where(self, chosen: NDArray[np.bool_]) -> Records:
        """Some of the orders."""
        names = [field.name for field in fields(self) if isinstance(getattr(self, field.name), np.ndarray)]
        columns: dict[str, Any] = {name: getattr(self, name)[chosen] for name in names}
        return replace(self, **columns)

    def renumbered(self) -> Records:
        """The same with only the names that orders have."""
        operators, operator = np.unique(self.operator, return_inverse=True)
        territories, territory = np.unique(self.territory, return_inverse=True)
        return replace(
            self,
            operators=tuple(self.operators[number] for number in operators),
            territories=tuple(self.territories[number] for number in territories),
            operator=operator,
            territory=territory,
        )

    def as_of(self, instant: int, policy: Policy) -> Records:
        """What was known at an instant: what came later had not happened, and those orders were open.

        A time-out comes when the term is over; when an order was cancelled is not recorded, so that stays known.
        """
        received = self.where(self.received_at <= instant)
        changed: dict[str, Any] = {}
        for name in ("line_ready_at", "sms_at", "looked_at", "booked_at", "refused_at"):
            changed[name] = np.where(getattr(received, name) > instant, NONE, getattr(received, name))
        visited = (received.outcome == VISITED) & (received.visit_at > instant)
        refused = (received.outcome == REFUSED) & (received.refused_at > instant)
        acts = np.maximum(received.looked_at, received.refused_at)
        terms = [sms == NONE or booking_closes(sms, policy) <= instant for sms in received.sms_at.tolist()]
        timed_out = (received.outcome == TIMED_OUT) & ~np.array(terms, dtype=np.bool_)
        unknown = visited | refused | timed_out
        changed["outcome"] = np.where(unknown, OPEN, received.outcome)
        changed["visit_at"] = np.where(visited, NONE, received.visit_at)
        changed["acted_by"] = np.where(acts > instant, NONE, received.acted_by)
        changed["calls"] = np.where((acts > instant) | timed_out, NONE, received.calls)
        return replace(received, until=min(instant, self.until), **changed)


def records_of_run(arrays: Arrays, operators: Sequence[str], territories: Sequence[str]) -> Records:
    """The orders that a replication kept."""
    kept_columns = {name.removeprefix(PREFIX): values for name, values in arrays.items() if name.startswith(PREFIX)}
    outcomes = np.array([OUTCOME_OF[state.value] for state in STATES], dtype=np.int64)
    kept_columns["outcome"] = outcomes[kept_columns.pop("state")]
    order = np.argsort(kept_columns["received_at"], kind="stable")
    columns: dict[str, Any] = {name: values[order] for name, values in kept_columns.items() if name not in OF_A_RUN}
    present = frozenset((*INSTANTS, *COUNTS, *OWN)) - {"order"}
    return make_records(columns, operators, territories, present)


def make_records(
    columns: Mapping[str, Numbers],
    operators: Sequence[str],
    territories: Sequence[str],
    present: frozenset[str],
    histories: int = 1,
    days_only: frozenset[str] = frozenset(),
) -> Records:
    """Records from their columns, which are in order of reception."""
    seen = ("received_at", "line_ready_at", "sms_at", "looked_at", "booked_at", "refused_at")
    until = max(int(columns[name].max()) for name in seen)
    visits = columns["visit_at"][columns["outcome"] == VISITED]
    until = max(until, int(visits.max())) if len(visits) else until
    members: dict[str, Any] = {**columns, "until": until, "histories": histories, "days_only": days_only}
    return Records(tuple(operators), tuple(territories), present, **members)
