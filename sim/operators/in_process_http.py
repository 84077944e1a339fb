"""Operator code that reads the wall clock and speaks HTTP, run in process under simulated time.

freezegun shows it the simulated clock and `responses` carries its HTTP both ways: the service's notifications to its
`handle`, its requests to the Virtual Agent of the world. Nothing reaches a network, and the operator cannot tell. Use:

    world = World(start=..., policy=..., under_test="operator")
    world.register_operator(operator="ALFA", agent_domain="va.alfa.example", project_codes=["PRJ-ALFA"])
    with live_with_model_operator(world, "ALFA", waits_hours=4) as operator:
        world.submit_order(**operator.new_order("ALFA-1", "VULA_FTTH", "+393330000001"))
        world.report_line("ALFA-1", "CO")
        world.run_until(...)                          # it takes notifications, reads files, books
        operator.customer_asks("ALFA-1", "move")      # or "decline": done when it next looks at its work
        world.run_until(...)
    trace = world.finish()

`operator.cases["ALFA-1"]` is what it knows of an order. Its codes and CSV dialect are those that the world knows;
further keywords are members of `sim.operators.model_operator.Practice` (`delivery_code=..., project_code=None` for the
other kind of code), `faults` (`sim.faults.NotificationFaults`) and `poll_minutes`. One operator at a time lives so;
notifications to other operators of the world go their own way. `live_with_operator` takes any other system with
`handle`, `poll` and `act`, a deliberately wrong one too.

The trace gets `notification.answered` for every delivery and `csv.fetched` for every file that is read; what is done at
the Virtual Agent is recorded by the service. Nothing is judged here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol

import freezegun
import responses
import simpy
from requests import PreparedRequest

from reference_impl.civil_time import MINUTE
from reference_impl.links import OPERATOR
from reference_impl.policy import CsvDialect
from reference_impl.ports import Notification
from sim import agent_over_http
from sim.doubles import OperatorDirectory
from sim.faults import NO_FAULTS, NotificationFaults, delivery_delays
from sim.http_notifier import DeliveryError, HttpNotifier
from sim.operator_acts import meanwhile
from sim.operators.model_operator import ModelOperator, Practice
from sim.operators.probes import SECRET, Prober, headers_of
from sim.world import World

POLL_MINUTES = 30
ENDPOINT = "https://notifications.invalid/"
ANY_URL = re.compile(r"https?://.+")
EPOCH = datetime(1970, 1, 1)
# They time the tests. So a function of `time` that is called within a few frames of pytest gets the real time, too;
# `datetime.now()` never does.
NOT_FROZEN = ["_pytest", "pytest_bdd"]
# Large, where they are loaded, and none of them asks what time it is. The clock is shown to a module by looking through
# it, at every start: without these it takes 14 ms among the three thousand modules of the tests, where it took 40 (75
# starts in a run of the features).
ASK_NO_TIME = [
    *("anyio", "asyncssh", "cryptography", "faker", "fastapi", "gherkin", "holidays", "hypothesis", "jinja2", "lxml"),
    *("numpy", "opentelemetry", "playwright", "polars", "pydantic", "pygments", "reports", "rich", "schemathesis"),
    *("scipy", "sim.capacity", "starlette", "uvicorn", "yaml"),
]


Meet = Callable[["OperatorLife"], None]


class OperatorSystem(Protocol):
    """An operator's system, as its web server and its scheduler would run it."""

    def handle(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]: ...

    def poll(self) -> None: ...

    def act(self) -> None: ...


class ShownClock(Protocol):
    """The wall clock that the operator's code reads."""

    def tick(self, delta: timedelta) -> object: ...


@contextmanager
def live_with_model_operator(
    world: World,
    name: str,
    *,
    faults: NotificationFaults = NO_FAULTS,
    poll_minutes: int = POLL_MINUTES,
    meet: Meet | None = None,
    **practice: Any,
) -> Iterator[ModelOperator]:
    """Let the model operator live in a world, under the name of an operator that is registered there.

    `meet` is called with the operator's life, which can be probed and limited.
    """
    registered = world.service.registry.get(name)
    if registered is None:
        raise ValueError(f"operator {name!r} is not registered in this world")
    ways = practice_of(registered.project_codes, registered.delivery_codes, world.policy.csv_dialect, practice)
    operator = ModelOperator(name, OperatorDirectory(world.drop, world.recorder, name), ways)
    with live_with_operator(world, name, operator, faults=faults, poll_minutes=poll_minutes, meet=meet):
        yield operator


@contextmanager
def live_with_operator(
    world: World,
    name: str,
    system: OperatorSystem,
    *,
    faults: NotificationFaults = NO_FAULTS,
    poll_minutes: int = POLL_MINUTES,
    meet: Meet | None = None,
) -> Iterator[None]:
    """Let any operator's system live in a world; its files are in an `OperatorDirectory`."""
    former_deliver = world.endpoint.deliver
    with (
        freezegun.freeze_time(wall_time(world.now), real_asyncio=True, ignore=NOT_FROZEN + ASK_NO_TIME) as clock,
        responses.RequestsMock(assert_all_requests_are_fired=False) as wire,
        HttpNotifier({name: ENDPOINT}) as notifier,
    ):
        life = OperatorLife(world, name, system, notifier=notifier, clock=clock, faults=faults)
        for method in ("GET", "POST"):
            wire.add_callback(method, ANY_URL, life.carry)
        world.endpoint.deliver = life.deliver
        world.env.process(life.work(poll_minutes * MINUTE))
        if meet is not None:
            meet(life)
        try:
            yield
        finally:
            world.endpoint.deliver = former_deliver
            life.over = True


def practice_of(
    project_codes: Sequence[str], delivery_codes: Sequence[str], dialect: CsvDialect, ways: Mapping[str, Any]
) -> Practice:
    """How the operator works: codes and files as registered, and its own settings."""
    registered: dict[str, Any] = {
        "project_code": next(iter(project_codes), None),
        "delivery_code": next(iter(delivery_codes), None),
        "csv_separator": dialect.separator,
        "csv_header": dialect.header,
        "csv_encoding": dialect.encoding,
        "webhook_secret": SECRET,
    }
    return Practice(**{**registered, **ways})


class OperatorLife:
    """An operator's system between the wires of a world: each call into it is made under the simulated clock."""

    def __init__(
        self,
        world: World,
        name: str,
        system: OperatorSystem,
        *,
        notifier: HttpNotifier,
        clock: ShownClock,
        faults: NotificationFaults,
    ) -> None:
        self.over = False
        self._on_its_way: Notification | None = None
        self._world, self._name, self._system = world, name, system
        self._shown_at = world.now
        self._notifier, self._clock, self._faults = notifier, clock, faults
        self._elsewhere = world.endpoint.deliver
        recorder = world.recorder
        self._prober = Prober(name, lambda: world.now, recorder.record, recorder.events)
        self.limit = self._prober.limit

    def probe(self, kind: str, order: str, code: str) -> None:
        """Hand over a `forged`, `stale` or `replayed` notification now (OP-9)."""
        self._show_clock()
        self._prober.probe(kind, order, code, self._world.endpoint.notifications, self._system.handle)

    def work(self, every: int) -> Generator[simpy.Event, None, None]:
        """The operator's scheduler: poll, then act, from now on."""
        while not self.over:
            self._show_clock()
            self._system.poll()
            self._system.act()
            yield self._world.env.timeout(every)

    def deliver(self, notification: Notification, event_id: str) -> None:
        """Send a notification on its way, with the faults that happen to it there (OP-2, OP-8)."""
        if notification.operator != self._name:
            if self._elsewhere is not None:
                self._elsewhere(notification, event_id)
            return
        seed = f"{self._world.seed}/{self._world.name}"
        for copy, delay in enumerate(delivery_delays(self._faults, seed, notification), start=1):
            self._world.at(self._world.now + delay, partial(self._arrive, notification, event_id, copy))

    def carry(self, request: PreparedRequest) -> tuple[int, dict[str, str], bytes]:
        """Carry one HTTP request: to the operator's endpoint, or from the operator to the Virtual Agent."""
        body = request.body or b""
        body = body.encode() if isinstance(body, str) else body
        if request.url == ENDPOINT:
            assert self._on_its_way is not None
            signed = headers_of(self._on_its_way, body, self._world.now)
            status, content = self._system.handle(body, {**request.headers, **signed})
            return status, {}, content
        if (wait_headers := self._prober.limited()) is not None:  # OP-11
            return 429, wait_headers, b""
        agent, method, url = self._world.agent, request.method or "", request.url or ""
        status, members = agent_over_http.answer(agent, method, url, body, OPERATOR)
        return status, {"Content-Type": "application/json"}, json.dumps(members).encode()

    def _arrive(self, notification: Notification, event_id: str, copy: int) -> None:
        if self.over:
            return
        self._show_clock()
        recorder = self._world.recorder
        began, self._on_its_way = len(recorder.events), notification
        try:
            status = self._notifier.deliver(notification)
        except DeliveryError as error:
            status = error.status
        members: dict[str, object] = {"operator": self._name, "notification": event_id, "copy": copy}
        members["status"] = status
        members |= meanwhile(recorder.events, began, notification.key)
        recorder.record("/notifications", "notification.answered", notification.key, members)

    def _show_clock(self) -> None:
        now = self._world.now
        self._clock.tick(timedelta(milliseconds=now - self._shown_at))  # a third of the time that `move_to` takes
        self._shown_at = now


def wall_time(instant: int) -> datetime:
    """An instant as freezegun wants it: naive, in UTC."""
    return EPOCH + timedelta(milliseconds=instant)
