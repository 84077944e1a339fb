"""Scenarios made at random, also ones that nobody would write: both engines run them and must agree.

Overload, one slot, holidays, both clock changes, every reading, cancellations, crowded call centres, slow gateways,
two operators whose customers ring at once and who hand in the same order codes under the same domain; small enough that
a run takes a fraction of a second.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, get_args, get_type_hints

from hypothesis import strategies as st

from reference_impl.civil_time import DAY, civil_day, day_of, instant_of
from reference_impl.policy import Policy
from sim.capacity.engine.places import Places
from sim.capacity.scenario.demand import BookedSlot, RecordedOrder
from sim.capacity.scenario.reader import read_scenario
from sim.capacity.scenario.scenario import SERVICE_NAMES, Scenario, TakenSlots

STARTS = [
    date(2026, 3, 27),
    date(2026, 10, 22),
    date(2026, 12, 22),
    date(2026, 4, 2),
    date(2020, 5, 28),
    date(2026, 8, 12),
]
GRIDS = [
    {},
    {"weekdays": ["mon", "wed", "sat"], "bands": ["08:00-13:00"]},
    {"weekdays": ["tue", "sun"], "bands": ["01:00-02:30", "02:30-05:00", "16:00-18:30"]},
    {"weekdays": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "bands": ["00:00-04:00", "20:00-24:00"]},
]
WRITTEN: Mapping[str, st.SearchStrategy[object]] = {
    "holidays": st.sampled_from([["none"], ["national"], ["national", "04-07", "2026-10-27"]]),
    "reminder_time": st.sampled_from(["07:00", "10:00", "12:00", "17:59", "18:00"]),
    "max_reschedules": st.sampled_from([0, 1, "unlimited"]),
    "offered_days": st.sampled_from([0, 1, 5, 30, "unlimited"]),
    "csv_dialect": st.sampled_from(
        [{"header": True, "separator": "|"}, {"line_end": "lf", "phone_format": "national"}]
    ),
}
DISTRIBUTIONS = st.sampled_from(
    [
        {"constant": 0},
        {"constant": 12},
        {"distribution": "expon", "scale": 6},
        {"values": [0, 1, 24, 200], "weights": [3, 3, 2, 1]},
        {"distribution": "lognorm", "s": 1.5, "scale": 10},
    ]
)
NOTHING: st.SearchStrategy[None] = st.none()
OPERATORS = ("BETA", "BETA-X")  # the X-1 of one and the 1 of the other
ALIKE = ("", "", "X-1", "1", "20260327-000000", "20260327-000000-0")
HOURS: st.SearchStrategy[dict[str, object]] = st.sampled_from(
    [
        {},
        {"hours": "08:00-18:00", "weekdays": ["mon", "tue", "thu"], "on_holidays": False},
        {"hours": "00:00-24:00", "weekdays": ["sun"]},
        {"hours": "01:30-03:30"},
    ]
)


def _words(hint: Any) -> list[str]:
    return [word for part in (hint, *get_args(hint)) for word in get_args(part) or () if isinstance(word, str)]


def readings() -> st.SearchStrategy[dict[str, object]]:
    """Any readings, most of them left alone."""
    choices = {name: words for name, hint in get_type_hints(Policy).items() if (words := _words(hint))}
    strategies = {name: st.sampled_from(words) for name, words in choices.items()} | dict(WRITTEN)
    strategies.pop("cancel", None)
    strategies.pop("never_after", None)
    names = st.lists(st.sampled_from(sorted(strategies)), unique=True, max_size=6)
    return names.flatmap(lambda chosen: st.fixed_dictionaries({name: strategies[name] for name in chosen}))


def _operator(name: str) -> st.SearchStrategy[dict[str, object]]:
    centre = st.fixed_dictionaries(
        {
            "agents": st.sampled_from([1, 2, 40]),
            "minutes_per_call": st.sampled_from([0.1, 4, 300]),
            "attempts": st.integers(1, 4),
            "hours_between_attempts": st.sampled_from([0, 0.5, 30]),
            "first_call_after_hours": st.sampled_from([0, 1]),
            "reached_per_attempt": st.sampled_from([0, 0.4, 1]),
            "refuses": st.sampled_from([0, 0.5]),
        }
    )
    called = st.tuples(centre, HOURS).map(lambda parts: parts[0] | parts[1])
    return st.fixed_dictionaries(
        {
            "name": st.just(name),
            "domain": st.sampled_from(["va.example.it", f"va.{name.lower()}.example.it"]),
            "orders_per_year": st.sampled_from([1_000, 6_000]),
            "services": st.dictionaries(st.sampled_from(SERVICE_NAMES), st.integers(1, 5), min_size=1, max_size=3),
            "code": st.sampled_from(["project", "delivery"]),
            "share_with_code": st.sampled_from([0.5, 1, 1]),
        },
        optional={"call_centre": called},
    )


def _values() -> st.SearchStrategy[dict[str, object]]:
    days = st.integers(2, 9)
    return st.fixed_dictionaries(
        {
            "name": st.just("generated"),
            "horizon": days.flatmap(_horizon),
            "readings": readings(),
            "slots": st.sampled_from(GRIDS),
            "operators": st.tuples(*map(_operator, OPERATORS)).map(list),
            "line_ready": st.fixed_dictionaries(
                {
                    family: st.tuples(DISTRIBUTIONS, HOURS).map(lambda parts: {"after_hours": parts[0]} | parts[1])
                    for family in ("copper", "nga")
                }
            ),
            "territories": st.fixed_dictionaries(
                {
                    "nord": st.fixed_dictionaries({"share": st.just(2), "slots_per_band": st.sampled_from([1, 2, 9])}),
                    "sud": st.fixed_dictionaries({"share": st.just(1), "slots_per_band": st.sampled_from([1, 3])}),
                }
            ),
            "arrivals": st.fixed_dictionaries({"overdispersion": st.sampled_from([0, 0, 0.3, 20])}),
            "technicians": st.fixed_dictionaries(
                {"absence": st.sampled_from([0, 0, 0.3, 0.99])},
                optional={
                    "second_visit": st.sampled_from([0, 0.2, 1]),
                    "second_visit_after_days": st.sampled_from([1, 2, 40]),
                },
            ),
            "sms": st.fixed_dictionaries({"per_second": st.sampled_from([0.01, 0.3, 7, 1000])}),
            "notifications": st.fixed_dictionaries(
                {
                    "concurrency": st.sampled_from([1, 3]),
                    "latency_ms": st.sampled_from([{"constant": 200}, {"distribution": "expon", "scale": 90_000}]),
                }
            ),
            "customers": st.fixed_dictionaries(
                {
                    "books": st.sampled_from([0, 0.5, 0.9]),
                    "refuses": st.sampled_from([0, 0.1]),
                    "answers_after_hours": DISTRIBUTIONS,
                    "awake": HOURS,
                    "wishes_days": st.sampled_from([{"constant": 0}, {"values": [0, 1, 3, 40]}]),
                    "session_minutes": st.sampled_from([{"constant": 3}, {"distribution": "expon", "scale": 600}]),
                    "reschedules": st.sampled_from([0, 0.5]),
                    "cancels": st.sampled_from([0, 0.2]),
                    "retries_after_hours": st.sampled_from([0.1, 5, 24]),
                },
                optional={"no_show": st.sampled_from([0, 0.3])},
            ),
            "sample": st.fixed_dictionaries({"orders": st.sampled_from([0, 20, 1_000])}),
        }
    )


def _horizon(days: int) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries(
        {
            "start": st.sampled_from(STARTS),
            "days": st.just(days),
            "warm_up_days": st.integers(0, days - 1),
            "longest_life_days": st.sampled_from([1, 12, 40]),
        }
    )


def _codes(orders: list[RecordedOrder], codes: list[str]) -> tuple[RecordedOrder, ...]:
    """The orders in order of time, each with a code where its operator has not used it yet."""
    used: set[tuple[str, str]] = set()
    coded = []
    for order, code in zip(sorted(orders, key=lambda order: order.received_at), codes, strict=False):
        coded.append(replace(order, code="" if (order.operator, code) in used else code))
        used.add((order.operator, code))
    return tuple(coded)


def _recorded_order(days: range) -> st.SearchStrategy[RecordedOrder]:
    """An order that arrives within some days."""
    return st.integers(instant_of(days[0]), instant_of(days[-1] + 1) - 1).flatmap(_order_of)


def _open_order(start: int, bands: int) -> st.SearchStrategy[RecordedOrder]:
    """An order received before an instant, with a line that is ready, will be, or nobody knows when.

    It may have booked a slot that cannot be so by the rules, as a file may under other readings than its own.
    """
    days = st.integers(0, 12).map(lambda after: civil_day(start) + after)
    booked = st.none() | st.builds(BookedSlot, days, st.integers(0, bands - 1))
    instants = st.integers(1, 25 * DAY).map(lambda before: start - before)
    return instants.flatmap(lambda instant: _order_of(instant, booked))


def _order_of(instant: int, booked: st.SearchStrategy[BookedSlot | None] = NOTHING) -> st.SearchStrategy[RecordedOrder]:
    """An order received at an instant."""
    return st.builds(
        RecordedOrder,
        received_at=st.just(instant),
        operator=st.sampled_from(OPERATORS),
        service=st.sampled_from(SERVICE_NAMES),
        territory=st.sampled_from(["NORD", "SUD"]),
        line_ready_at=st.none() | st.integers(0, 30 * DAY).map(lambda after: instant + after),
        booked=booked,
    )


def _taken_slots(scenario: Scenario, places_taken: int) -> TakenSlots:
    """So many places of each slot of the first two weeks, as far as there are so many."""
    first = day_of(scenario.horizon.start)
    places = Places(scenario, Policy.from_readings(scenario.readings), 1, 0)
    slots = ((day, slot) for day in range(first, first + 14) for slot in places.of_day(day))
    return {(slot.territory, day, slot.band): min(places_taken, slot.places) for day, slot in slots}


def _with_files(scenario: Scenario) -> st.SearchStrategy[Scenario]:
    """The scenario with what files can say: orders that are open or arrive, their codes, slots that are taken."""
    first = day_of(scenario.horizon.start)
    days = range(first, first + scenario.horizon.days)
    open_orders = st.lists(_open_order(instant_of(first), len(scenario.territories[0].capacity[0])), max_size=12)
    recorded = st.none() | st.lists(_recorded_order(days), max_size=40)
    codes = st.lists(st.sampled_from(ALIKE), min_size=52, max_size=52)
    taken = st.sampled_from([0, 0, 1, 9]).map(lambda taken: _taken_slots(scenario, taken))
    files = st.tuples(open_orders, recorded, codes, taken)
    return files.map(lambda files: _with_orders(scenario, *files))


def _with_orders(
    scenario: Scenario,
    open_orders: list[RecordedOrder],
    recorded: list[RecordedOrder] | None,
    codes: list[str],
    taken_slots: TakenSlots,
) -> Scenario:
    coded = _codes([*open_orders, *(recorded or ())], codes)  # open orders come before all others
    arriving = None if recorded is None else coded[len(open_orders) :]
    return replace(scenario, open_orders=coded[: len(open_orders)], recorded=arriving, taken_slots=taken_slots)


def scenarios() -> st.SearchStrategy[Scenario]:
    """Any small scenario, most of them with orders from files or slots that are taken as they begin."""
    return _values().map(lambda values: read_scenario("generated.toml", values)).flatmap(_with_files)
