"""Who has to do the next act, and what the operator has to do before the clock goes on.

Pure reading of a standing and its world. It must not know how things are said, nor do any of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reference_impl.links import OPERATOR as OPERATORS_LINK
from reference_impl.orders import State
from sim.sandbox.world.guided_record import GuidedRecord
from sim.sandbox.world.live import LiveWorld
from sim.validation.actions import NOWHERE
from sim.validation.guided.acts import MORNING, REST
from sim.validation.guided.recognition import Standing

OPERATOR, HARNESS, CLOCK = "operator", "harness", "clock"
OF_THE_CLOCK = frozenset({MORNING, "saturday", "advance", "clock", "wait", REST})
FETCH, BOOK = "fetch", "book"


@dataclass(frozen=True, slots=True)
class Task:
    """What the operator has to do: `fetch` a file, `book`, `move` or `decline` for an order; until when."""

    kind: str
    name: str
    until: int | None


def tasks_of(live: LiveWorld, record: GuidedRecord, standing: Standing) -> tuple[Task, ...]:
    """What the operator has to do now, the most urgent first; nothing while its folder is closed."""
    if live.site.is_closed(record.operator):
        return ()
    tasks = [*_files(live, record), *_orders(live, record, standing)]
    return tuple(sorted(tasks, key=lambda task: (task.until is None, task.until or 0, task.kind != FETCH)))


def owner_of(standing: Standing, tasks: tuple[Task, ...]) -> str:
    """Who has to do the next act."""
    act = standing.current
    if act is None:
        return HARNESS
    is_operators = act.verb == "desk" or (act.verb == "order" and "nowhere" not in act.arguments)
    if tasks or is_operators:  # what is due is done before the story goes on
        return OPERATOR
    return CLOCK if act.verb in OF_THE_CLOCK else HARNESS


def has_link(live: LiveWorld, operator: str, order: str) -> bool:
    """Whether the operator has a file with the link of an order."""
    return live.link_of(order, OPERATORS_LINK, operator) is not None


def _files(live: LiveWorld, record: GuidedRecord) -> Iterator[Task]:
    """The files that nobody has fetched and whose links are of use."""
    fetched: set[object] = set()
    deposits: list[dict[str, object]] = []
    for event in live.trace[record.position :]:
        data: dict[str, object] = event["data"]  # type: ignore[assignment]
        if event["type"] == "csv.fetched":
            fetched.add(data["path"])
        elif event["type"] == "csv.deposited" and data["operator"] == record.operator:
            deposits.append(data)
    for data in deposits:
        rows: list[dict[str, str]] = data["rows"]  # type: ignore[assignment]
        ends = [order.closes_at or 0 for row in rows for order in [live.order(row["order"], record.operator)]]
        if data["path"] not in fetched and max(ends, default=0) > live.now:
            yield Task(FETCH, str(data["path"]), max(ends))


def _orders(live: LiveWorld, record: GuidedRecord, standing: Standing) -> Iterator[Task]:
    for code in standing.claimed:
        if not has_link(live, record.operator, code):
            continue
        order, errand = live.order(code, record.operator), standing.errands.get(code)
        is_open = order.closes_at is not None and order.closes_at > live.now and order.state == State.ENGAGED
        if (errand == "decline" and is_open) or (errand is not None and order.state == State.BOOKED):
            yield Task(errand, code, order.closes_at if is_open else None)
        elif is_open and order.work.territory != NOWHERE:
            yield Task(BOOK, code, order.closes_at)
