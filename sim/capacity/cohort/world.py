"""The arrays of a run as they stand before its first day, and how they grow."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from reference_impl.civil_time import HOUR, MINUTE, WEEKDAYS, instant_of, weekday
from reference_impl.orders import State
from reference_impl.policy import Policy
from reference_impl.slot_agenda import days_offered
from sim.agenda import SPAN
from sim.capacity.cohort import layout as at
from sim.capacity.cohort.arrays import SPARE, World
from sim.capacity.cohort.life_tables import STATES, LifeTables
from sim.capacity.cohort.slot_tables import SlotTables
from sim.capacity.engine.call_centre import TERM_OVER
from sim.capacity.engine.further_visits import first_day_after
from sim.capacity.engine.lead_times import WEEKDAY_COLUMNS, LeadPart, week_of
from sim.capacity.engine.opening_ends import rows_of
from sim.capacity.engine.outcomes import COHORT_OF, ENDED_AS
from sim.capacity.engine.tally import CallCount, Cohort, DurationKind, HourlyCount, Outcome, Wait
from sim.capacity.engine.workload import Workload
from sim.capacity.histogram import BINS, bin_of
from sim.capacity.scenario.open_hours import Hours, OpenTime, days_of_rest
from sim.capacity.scenario.scenario import Scenario

Numbers = NDArray[np.int64]
FIRST_ORDERS, FIRST_BLOCKS = 1_024, 1_024
MOST_ALIVE = 500_000  # orders that a table is reserved for: three times those of a national year
DUE = ("due", "due_unsorted")
FILLED: Mapping[str, tuple[int, int]] = {
    "soon": (at.SOON, 1),
    "session_ends": (at.SESSIONS, 0),
    "waiting": (at.WAITING_END, 0),
    "replies": (at.REPLIES, at.REPLY_FIELDS),
    "order_rows": (at.ORDER_ROWS, at.ORDER_ROW_FIELDS),
    "visit_rows": (at.VISIT_ROWS, at.VISIT_FIELDS),
}  # how many places are in use, and how many one order can take
STATES_BY_REGISTER = {
    at.STATE_ELSEWHERE: State.ELSEWHERE,
    at.STATE_ENGAGED: State.ENGAGED,
    at.STATE_BOOKED: State.BOOKED,
    at.STATE_VISITED: State.VISITED,
    at.STATE_CANCELLED: State.CANCELLED,
}


def stop_day(workload: Workload, scenario: Scenario) -> int:
    """The day at whose midnight a run ends, whatever is still under way."""
    return workload.days[-1] + scenario.horizon.longest_life_days + 1


def new_world(scenario: Scenario, policy: Policy, workload: Workload, life: LifeTables, slots: SlotTables) -> World:
    """The arrays before anything has happened."""
    first = workload.first_day
    start, latest = instant_of(first), instant_of(stop_day(workload, scenario))
    territories = len(slots.capacity)
    agent = np.full((3, *life.agent.shape[1:]), at.NONE, dtype=np.int64)
    agent[:2] = life.agent
    if life.may_reschedule:
        agent[at.ACT_RESCHEDULE] = at.HAPPENS_RESCHEDULE
    centres, openings = _call_centres(scenario, policy, workload)
    awake = _openings(scenario.customers.awake.open_hours, policy, workload)
    minutes = (instant_of(workload.days[-1] + 1) - start) // MINUTE
    world = World(
        reg=_registers(scenario, policy, workload, start, latest, len(awake), minutes),
        coming=np.zeros((len(at.COMING), 0), dtype=np.int64),
        coming_fields=np.array(at.COMING, dtype=np.int64),
        coming_fractions=np.zeros(0),
        blank=_blank(),
        orders=_reserved(min(round(workload.expected_orders), MOST_ALIVE))[:0],
        fractions=np.zeros(0),
        blocks=np.zeros((0, at.BLOCK_FIELDS), dtype=np.int64),
        **{name: np.zeros(0, dtype=np.int64) for name in (*DUE, "ended_orders", "soon_keys", *FILLED)},
        digits=np.zeros(at.DIGITS, dtype=np.int64),
        connections=np.zeros(scenario.notifications.concurrency, dtype=np.int64),
        spans=np.full((latest - start) // SPAN + 1, at.NONE, dtype=np.int64),
        span_sizes=np.zeros((latest - start) // SPAN + 1, dtype=np.int64),
        slots=slots.slots,
        free=slots.free.copy(),
        places=slots.places,
        starts=slots.starts,
        programs=life.programs,
        program_of=life.program_of,
        agent=agent,
        centres=centres,
        openings=openings,
        awake=awake,
        bins=first_of_bins(),
        hours=np.zeros(((latest - start) // HOUR + 1, len(HourlyCount)), dtype=np.int64),
        handed=np.zeros(minutes, dtype=np.int32),
        sent=np.zeros(minutes, dtype=np.int32),
        outcomes=np.zeros((territories, len(Outcome)), dtype=np.int64),
        measures=np.zeros((territories, len(DurationKind), BINS), dtype=np.int64),
        waits=np.zeros((len(Wait), BINS), dtype=np.int64),
        cohorts=np.zeros((len(workload.days), len(Cohort)), dtype=np.int64),
        visits=slots.taken.copy(),
        visits_again=np.zeros_like(slots.capacity),
        hours_again=np.zeros((latest - start) // HOUR + 1, dtype=np.int64),
        orders_again=np.zeros(territories, dtype=np.int64),
        done=np.zeros((territories, BINS), dtype=np.int64),
        opening=np.zeros(
            (territories, rows_of(workload.days, scenario.horizon.longest_life_days), len(Outcome)), dtype=np.int64
        ),
        calls=np.zeros((len(scenario.operators), len(CallCount)), dtype=np.int64),
        lead=np.zeros((territories, len(LeadPart), BINS), dtype=np.int64),
        weeks=np.zeros((week_of(workload.days[-1], workload.days[0]) + 1, BINS), dtype=np.int64),
        lead_weekdays=np.zeros((territories, len(WEEKDAYS), WEEKDAY_COLUMNS), dtype=np.int64),
        ended_as=np.array([ENDED_AS.get(state, at.NONE) for state in STATES], dtype=np.int64),
        term_over=np.array([state in TERM_OVER for state in STATES], dtype=np.int64),
        cohort_of=np.array([COHORT_OF.get(outcome, at.NONE) for outcome in range(len(Outcome))], dtype=np.int64),
    )
    make_room_for_blocks(world, FIRST_BLOCKS)
    return make_room_for_orders(world, FIRST_ORDERS)


def _blank() -> Numbers:
    """What an order is before it has told anything."""
    blank = np.full(at.ORDER_FIELDS, at.NONE, dtype=np.int64)
    blank[list(at.BEGIN_AS_0)] = 0
    return blank


def make_room_for_orders(world: World, added: int) -> World:
    """The world with places for more orders."""
    old_count = len(world.orders)
    orders = _longer(world.orders, old_count + added)
    world.fractions.resize(old_count + added, refcheck=False)
    world.ended_orders.resize(old_count + added, refcheck=False)
    orders[old_count:, at.FORGOTTEN] = 1
    orders[old_count:, at.NEXT] = _chain(old_count, added, int(world.reg[at.FREE_ORDER]))
    world.reg[at.FREE_ORDER] = old_count
    world.reg[at.FREE_ORDERS] += added
    return world._replace(orders=orders)


def _reserved(rows: int) -> Numbers:
    """A table of orders of which no row takes memory before it is used, and then on large pages.

    The loop visits orders all over the table. Grown where it is, it lies on small pages, whose places the processor
    has to look up one by one: a tenth of the time of the loop.
    """
    return np.zeros((rows, at.ORDER_FIELDS), dtype=np.int64)


def _longer(orders: Numbers, rows: int) -> Numbers:
    """The table with so many rows: more of those reserved, or copied where they are too few."""
    reserved = orders if orders.base is None else orders.base
    if rows > len(reserved):
        reserved = _reserved(2 * rows)
        reserved[: len(orders)] = orders
    return reserved[:rows]


def make_room_for_blocks(world: World, added: int) -> None:
    """Make places for more blocks of events."""
    old_count = len(world.blocks)
    world.blocks.resize((old_count + added, at.BLOCK_FIELDS), refcheck=False)
    world.blocks[old_count:, at.BEFORE] = _chain(old_count, added, int(world.reg[at.FREE_BLOCK]))
    world.reg[at.FREE_BLOCK] = old_count
    world.reg[at.FREE_BLOCKS] += added


def make_room(world: World) -> None:
    """Make places wherever what found a table full could lack them."""
    reg = world.reg
    orders = int(reg[at.NEEDED]) + SPARE
    if reg[at.FREE_BLOCKS] < orders:
        make_room_for_blocks(world, len(world.blocks) // 8 + orders)
    for name in DUE:
        getattr(world, name).resize(max(len(world.due), int(world.span_sizes.max())), refcheck=False)
    first, behind = int(reg[at.WAITING_FIRST]), int(reg[at.WAITING_END])
    world.waiting[: behind - first] = world.waiting[first:behind].copy()
    reg[at.WAITING_FIRST], reg[at.WAITING_END] = 0, behind - first
    for name, (used, words) in FILLED.items():
        array, needed = getattr(world, name), int(reg[used]) + words * orders + SPARE
        if len(array) < needed:
            array.resize(needed + len(array) // 2, refcheck=False)
    world.soon_keys.resize(len(world.soon), refcheck=False)


def _chain(first: int, count: int, following: int) -> Numbers:
    """Each new free place names the next, the last what was free before."""
    return np.append(np.arange(first + 1, first + count), following)


def _registers(
    scenario: Scenario, policy: Policy, workload: Workload, start: int, latest: int, openings: int, minutes: int
) -> Numbers:
    latency = scenario.notifications.latency_ms.constant
    last_day = workload.days[-1] - workload.first_day
    reg = np.zeros(at.REGISTERS, dtype=np.int64)
    values = {
        at.START: start,
        at.LATEST: latest,
        at.NOW_SPAN: -1,
        at.FREE_BLOCK: at.NONE,
        at.FREE_ORDER: at.NONE,
        at.OFFERED_DAYS: days_offered(policy),
        at.BANDS: len(policy.slot_grid.bands),
        at.FIRST_WEEKDAY: weekday(workload.days[0]),
        at.HORIZON: instant_of(workload.days[0]),
        at.OPENING: len(scenario.open_orders),
        at.LAST_DAY: last_day,
        at.STOP_DAY: last_day + scenario.horizon.longest_life_days + 1,
        at.SMS_INTERVAL_US: round(1_000_000 / scenario.sms.per_second),
        at.CONSTANT_LATENCY: at.NONE if latency is None else round(latency),
        at.LAST_RUN_AT: at.NONE,
        at.DEPOSITED_AT: at.NONE,
        at.FILE_FOR_EACH_ROW: policy.csv_file == "per_order",
        at.DROPS_CANCELLED: policy.cancelled_row == "dropped",
        at.RETRY_MS: round(scenario.customers.retries_after_hours * HOUR),
        at.AWAKE_ALWAYS: scenario.customers.awake.open_hours.always,
        at.AWAKE_OPENINGS: openings,
        at.MINUTES: minutes,
        at.TELLS_FURTHER_VISITS: scenario.tells_further_visits,
        at.AFTER_DAYS: first_day_after(scenario, policy),
        **{register: STATES.index(state) for register, state in STATES_BY_REGISTER.items()},
    }
    for register, value in values.items():
        reg[register] = value
    return reg


def _call_centres(scenario: Scenario, policy: Policy, workload: Workload) -> tuple[Numbers, Numbers]:
    """The call centre of each operator, if it has one, and the open hours of all."""
    centres = np.zeros((len(scenario.operators), at.CENTRE_FIELDS), dtype=np.int64)
    openings = np.zeros((0, 3), dtype=np.int64)
    for number, plan in enumerate(scenario.operators):
        centre = plan.call_centre
        if centre is None:
            continue
        own_openings = _openings(centre.open_hours, policy, workload)
        centres[number, : at.FILE_FIRST] = (
            True,
            centre.open_hours.always,
            len(openings),
            len(own_openings),
            centre.attempts,
            round(centre.minutes_per_call * MINUTE),
            round(centre.hours_between_attempts * HOUR),
            round(centre.first_call_after_hours * HOUR),
            centre.agents,
            at.NONE,
            at.NONE,
            0,
        )
        openings = np.concatenate((openings, own_openings))
    return centres, openings


def _openings(hours: Hours, policy: Policy, workload: Workload) -> Numbers:
    return OpenTime(hours, workload.open_days, days_of_rest(policy)).openings()


@lru_cache(maxsize=1)
def first_of_bins() -> Numbers:
    """For each bin of a histogram the first whole millisecond in it, found by asking `bin_of`."""
    firsts = np.zeros(BINS, dtype=np.int64)
    first = 1
    for number in range(1, BINS):
        first += bisect_left(range(first, max(2 * first, 4)), number, key=bin_of)
        firsts[number] = first
    return firsts
