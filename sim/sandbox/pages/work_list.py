"""The work of an operator's call centre: the rows of all its files, what each waits for, and until when.

What lives here: reading of a live world. It must not change it, and it must not know HTTP or HTML. A row is handled on
the operator's page of its order. Telephone numbers are shown in full, because the call centre has to call them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from reference_impl.deadlines import reminder_deadline
from reference_impl.errors import UnknownOrder
from reference_impl.formats.csv_file import Row, read_rows
from reference_impl.orders import Order, State
from reference_impl.ports import Slot
from sim.sandbox.pages.control_orders import TONES, state_words
from sim.sandbox.pages.page_languages import Words
from sim.sandbox.world.live import LiveWorld
from sim.sandbox.world.operator_site import DropFile

BOOK, MOVE, NOTHING = "call_and_book", "may_be_moved", "nothing_to_do"
NEXT_ACTS: Mapping[State, str] = MappingProxyType({State.ENGAGED: BOOK, State.BOOKED: MOVE, State.LATE_BOOKED: MOVE})


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One row of a file as the call centre works on it; `until` is the first instant at which its act is too late."""

    order: str
    phone: str
    file: str
    deposited_at: int
    state: str
    tone: str
    slot: Slot | None
    act: str
    until: int | None
    address: str

    @property
    def is_to_do(self) -> bool:
        """Whether the customer has to be called."""
        return self.act == BOOK


def work_of(live: LiveWorld, operator: str, say: Words) -> list[WorkRow]:
    """The rows of all files of an operator: what is to do first, the most urgent before the others."""
    rows = [_work_row(live, operator, file, row, say) for file, row in rows_of(live, operator)]
    return sorted(rows, key=lambda row: (not row.is_to_do, row.until is None, row.until or 0, row.order))


def matching(rows: Sequence[WorkRow], text: str, only_to_do: bool) -> list[WorkRow]:
    """The rows whose order or state holds a text, or that it names; of these, where wanted, only what is to do."""
    search_text = text.casefold().strip()
    named_orders = [name.rpartition("/")[2] for name in search_text.split(",") if "/" in name]
    return [
        row
        for row in rows
        if (search_text in f"{row.order}\n{row.state}".casefold() or row.order.casefold() in named_orders)
        and (row.is_to_do or not only_to_do)
    ]


def rows_of(live: LiveWorld, operator: str) -> Iterator[tuple[DropFile, Row]]:
    """The rows of all files of an operator, each with its file."""
    for file in live.site.files(operator):
        for row in read_rows(file.data, live.world.policy.csv_dialect):
            yield file, row


def _work_row(live: LiveWorld, operator: str, file: DropFile, row: Row, say: Words) -> WorkRow:
    try:
        order = live.order(row.order, operator)
    except UnknownOrder:  # a file may outlive what it is about
        return WorkRow(row.order, row.phone, file.name, file.at, "", "idle", None, NOTHING, None, "")
    act = NEXT_ACTS.get(order.state, NOTHING)
    until = _until(order, act)
    if until is not None and until <= live.now:
        act, until = NOTHING, None
    address = f"/va/{row.link.rpartition('/')[2]}?channel=operator"
    state, tone = state_words(order, say), TONES[order.state]
    return WorkRow(order.code, row.phone, file.name, file.at, state, tone, order.slot, act, until, address)


def _until(order: Order, act: str) -> int | None:
    if act == BOOK:
        return order.closes_at
    return reminder_deadline(order.slot.start) if act == MOVE and order.slot is not None else None
