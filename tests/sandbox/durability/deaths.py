"""A world that is killed before, within and after every single write, and the same life without a death beside it.

Run as a program with a folder. It forks one child for each death: the child opens the world, goes on with the script
from where the last one was acknowledged, and kills itself (SIGKILL) at its point of the next write. The script's client
is careful: what it does not know to be done, it looks up before it does it again. Prints one JSON line.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path

from reference_impl.civil_time import parse_instant
from sim.recorder import to_json_line
from sim.sandbox.world.link_index import digest_of
from sim.sandbox.world.live import LiveWorld
from sim.sandbox.world.outbox import Attempt
from sim.sandbox.world.spec import DEFAULT_WORLD, WorldSpec
from sim.sandbox.world.store import FILE_NAME, Store
from sim.sandbox.world.vault import open_vault
from tests.sandbox.in_process import ALFA, START, order

# Three of each kind of life. A life costs what all before it cost, so twice as many take four times as long.
ORDERS = 12
POINTS = ("before", "within", "after")
ACKNOWLEDGED, WIRE = "acknowledged", "wire"
STATUSES = (204, 500, 204, 0)  # what the endpoint answers, by number of the notification and of the copy


@dataclass(frozen=True, slots=True)
class Step:
    """One act of the client: how to see that it is done, and how to do it."""

    name: str
    is_done: Callable[[LiveWorld], bool]
    do: Callable[[LiveWorld, Path], object]


class MortalStore(Store):
    """A store in which the process dies at one point of its first write."""

    def __init__(self, path: Path, point: str | None) -> None:
        super().__init__(path)
        self._point = point

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self._die_at("before")
        with super()._writing():
            yield
            self._die_at("within")
        self._die_at("after")

    def _die_at(self, point: str) -> None:
        if point == self._point:
            os.kill(os.getpid(), signal.SIGKILL)


def live(folder: Path, point: str | None = None) -> LiveWorld:
    """The world of a folder, mortal from its next write on."""
    spec = WorldSpec(DEFAULT_WORLD, START)
    store = MortalStore(folder / FILE_NAME, None)
    if not store.worlds():
        store.add_world(spec.name, asdict(spec))
    world = LiveWorld(spec, open_vault(folder), store)
    store._point = point
    return world


def script() -> list[Step]:
    """What the client does: orders, lines, the clock, deliveries, bookings, moves and refusals."""
    steps = [
        Step("operator", lambda w: bool(w.operators()), lambda w, _: w.register_operator(ALFA, "http://127.0.0.1:9/")),
    ]
    codes = [f"A-{number}" for number in range(1, ORDERS + 1)]
    for number, code in enumerate(codes):
        steps.append(_hand_in(code, f"+39333123{number:04d}"[:13]))
        steps.append(_line(code))
        steps.append(DELIVER)
    steps += [_clock("2026-03-03T12:00:00"), DELIVER]
    for number, code in enumerate(codes):
        steps.append(_book(code, number) if number % 4 else _decline(code))
        steps.append(DELIVER)
        if number % 4 == 1:
            steps.append(_move(code, number))
            steps.append(DELIVER)
    for text in ("2026-03-03T12:00:05", "2026-03-03T13:00", "2026-03-05T09:00", "2026-03-31T09:00"):
        steps += [_clock(text), DELIVER]
    return steps


def _deliver(world: LiveWorld, folder: Path) -> None:
    """Hand the deliveries that are due to the wire, and tell the world their outcomes."""
    outcomes = []
    for delivery in world.deliveries.due():
        line = json.dumps([delivery.event, delivery.copy, delivery.notification.document])
        _append(folder / WIRE, line)
        status = STATUSES[(int(delivery.event[-5:]) + delivery.copy) % len(STATUSES)]
        outcomes.append((delivery.event, Attempt(delivery.copy, world.now, status, "" if status else "silence")))
    if outcomes:
        world.deliveries.record_outcomes(outcomes)


DELIVER = Step("deliver", lambda world: not world.deliveries.due(), _deliver)


def _hand_in(code: str, phone: str) -> Step:
    is_done = lambda world: code in {row.code for row in world.orders()}  # noqa: E731
    return Step(code, is_done, lambda world, _: world.submit_order(order(code, phone=phone), f"key-{code}", code))


def _line(code: str) -> Step:
    return Step("line", lambda w: w.order(code).state != "waiting", lambda w, _: w.report_line(code, "CO"))


def _clock(text: str) -> Step:
    """Time passes with deliveries on the way, as the world's clock has it."""

    def pass_time(world: LiveWorld, folder: Path) -> None:
        _deliver(world, folder)
        while not world.durable.run_towards(parse_instant(text)):
            _deliver(world, folder)

    return Step("clock", lambda world: world.now >= parse_instant(text), pass_time)


def _digest(world: LiveWorld, code: str) -> str:
    return digest_of(str(world.link_of(code, "customer")))


def _book(code: str, number: int) -> Step:
    def book(world: LiveWorld, _: Path) -> None:
        slots = world.offered_slots(_digest(world, code))
        world.act("confirm", _digest(world, code), slots[number])

    return Step("book", lambda world: world.order(code).slot is not None, book)


def _move(code: str, number: int) -> Step:
    def move(world: LiveWorld, _: Path) -> None:
        slots = world.offered_slots(_digest(world, code))
        world.act("reschedule", _digest(world, code), slots[number + 30])

    return Step("move", lambda world: world.order(code).reschedules > 0, move)


def _decline(code: str) -> Step:
    is_done = lambda world: world.order(code).ended_at is not None  # noqa: E731
    return Step("decline", is_done, lambda world, _: world.act("decline", _digest(world, code)))


def _append(path: Path, line: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(line + "\n")
        file.flush()
        os.fsync(file.fileno())


def live_on(folder: Path, point: str | None) -> LiveWorld:
    """Go on with the script from the first step that is not acknowledged, and return the world at its end."""
    world = live(folder, point)
    acknowledged = folder / ACKNOWLEDGED
    done_count = len(acknowledged.read_text().splitlines()) if acknowledged.exists() else 0
    for step in script()[done_count:]:
        if not step.is_done(world):
            step.do(world, folder)
        _append(acknowledged, f"{step.name} {world.now}")
    return world


def child_dies(folder: Path, point: str) -> bool:
    """Whether a child that goes on with the script ended by its own SIGKILL; False where it came to the end."""
    child = os.fork()
    if child == 0:
        live_on(folder, point)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return True
    if status != 0:
        raise RuntimeError(f"a child ended with {status}")
    return False


def main(folder: Path) -> None:
    """Kill the world until the script is done, play the script again without a death, and print how both ended."""
    mortal, unharmed, warm_up = folder / "mortal", folder / "unharmed", folder / "warm-up"
    for home in (mortal, unharmed, warm_up):
        home.mkdir()
        (home / "secret").write_bytes(bytes(32))
    live(warm_up)  # what is computed once for all lives is then known to every child
    gc.disable()  # no child lives long enough to need it, and it would copy what all have from their parent
    gc.freeze()
    deaths = next(number for number in count() if not child_dies(mortal, POINTS[number % len(POINTS)]))
    unharmed_world, mortal_world = live_on(unharmed, None), live(mortal)
    wires = [
        {tuple(json.loads(line)) for line in (home / WIRE).read_text().splitlines()} for home in (mortal, unharmed)
    ]
    summary = {
        "deaths": deaths,
        "same_trace": [*map(to_json_line, mortal_world.trace)] == [*map(to_json_line, unharmed_world.trace)],
        "same_clock": mortal_world.now == unharmed_world.now,
        "same_wire": wires[0] == wires[1],
        "events": len(mortal_world.trace),
        "engaged": sorted(sms.order or "" for sms in mortal_world.messages() if sms.kind == "engagement"),
        "files": [file.name for file in mortal_world.site.files("ALFA")],
        "deliveries": len(wires[0]),
        "states": sorted({str(order.state) for order in mortal_world.orders()}),
    }
    print(json.dumps(summary))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
