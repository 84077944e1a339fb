"""The deposit runs: rows wait for their run, and each run writes new files to the operators' sites (CSV-1).

The life cycle says to which run a row belongs. What lives here keeps the rows until then, and writes them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator

from reference_impl.civil_time import SECOND, civil_day
from reference_impl.formats.csv_file import Row, file_name, write_rows
from reference_impl.life_cycle.effects import QueueRow
from reference_impl.links import OPERATOR, LinkBook
from reference_impl.orders import Order, State
from reference_impl.policy import Policy
from reference_impl.ports import FileDrop, OrderKey, WakeUps
from reference_impl.sms_text import italian_date


class DepositRuns:
    """The rows that wait, and their runs. `known_orders` are those that the service has not forgotten."""

    def __init__(
        self, policy: Policy, links: LinkBook, drop: FileDrop, wake_ups: WakeUps, known_orders: Container[OrderKey]
    ) -> None:
        self._policy, self._links, self._drop = policy, links, drop
        self._wake_ups, self._known_orders = wake_ups, known_orders
        self.rows: dict[int, list[tuple[Order, int]]] = {}  # by deposit run: orders, and when their SMS left
        self.deposited_at: int | None = None

    def queue(self, order: Order, effect: QueueRow, now: int) -> None:
        """Let the row of an SMS that leaves now wait for its run."""
        run_at = effect.run_at
        if run_at == self.deposited_at:  # CSV-1: that run is over, and its file is not written again
            run_at += SECOND
        rows = self.rows.get(run_at)
        if rows is None:
            self.rows[run_at] = rows = []
            self._wake_ups.wake_at(run_at, self._deposit, rows)
        rows.append((order, now))

    def _deposit(self, due: list[tuple[Order, int]], now: int) -> None:
        """One deposit run: a new file for each operator that has rows (CSV-1)."""
        del self.rows[now]
        self.deposited_at = now
        by_operator: defaultdict[str, list[Row]] = defaultdict(list)
        for order, sms_at in due:
            if order.state is State.CANCELLED and self._policy.cancelled_row == "dropped":
                continue
            by_operator[order.operator.operator].append(self._row(order, sms_at, now))
            if order.key not in self._known_orders:  # it was forgotten: its row is owed (CSV-2), its link opens nothing
                self._links.forget(order)
        for operator, rows in by_operator.items():
            for name, content in self._files(operator, rows, now):
                self._drop.deposit(operator, name, write_rows(content, self._policy.csv_dialect))

    def _row(self, order: Order, sms_at: int, now: int) -> Row:
        """CSV-2, CSV-3, CSV-5: one row for each engagement SMS, with a link that works."""
        day = civil_day(sms_at if self._policy.csv_date == "sms_day" else now)
        link = self._links.link(order, OPERATOR)
        return Row(order.code, italian_date(day), link, order.phone)

    def _files(self, operator: str, rows: list[Row], now: int) -> Iterator[tuple[str, list[Row]]]:
        if self._policy.csv_file == "per_run":
            yield file_name(operator, now), rows
        else:
            for number, row in enumerate(rows, start=1):
                yield file_name(operator, now, number), [row]
