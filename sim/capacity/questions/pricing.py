"""What each ambiguity of the text is worth: a scenario under every value of every reading, with the same luck.

Replications of the same number meet the same orders with the same draws, so that what differs between two readings is
the reading. Whether an order lives otherwise is seen in the sampled orders, event by event; how long and how many, in
all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from reports.judging.catalogue import Parameter, catalogue
from sim.capacity.engine.tally import Outcome
from sim.capacity.errors import RunError
from sim.capacity.intervals import Interval, finite_or_none, interval
from sim.capacity.jobs.jobs import BASE, Finished, Job, Plan, Variant, make_plan
from sim.capacity.jobs.replications import executor, run_jobs
from sim.capacity.jobs.store import Store
from sim.capacity.questions.lives import Example, Lives, different_lives, example_of, happens_otherwise, lives_of
from sim.capacity.questions.runs import How
from sim.capacity.scenario.scenario import Scenario
from sim.capacity.tables.counts import Counts, ratio
from sim.capacity.tables.indicators import indicators_of

LEAST_REPLICATIONS, MOST_REPLICATIONS = 2, 100
YEAR_DAYS = 365
LIVES = "lives_a_year"
MEASURES = ("p95_days", "timed_out_a_year", "suspended_days")
RANKS = (LIVES, *MEASURES)
# The values that are tried of a reading that is no choice among words.
TRIED: Mapping[str, Sequence[object]] = {
    "holidays": ("none", "national"),
    "reminder_time": ("07:00", "10:00", "18:00"),
    "max_reschedules": (0, 1, "unlimited"),
    "offered_days": (7, 14, 30, "unlimited"),
    "csv_dialect": ({"separator": ",", "header": True},),
}
NOT_RUN = {
    "cancel": "one_value",  # no other value is known
    "slot_grid": "of_the_scenario",  # what the scenario says of slots
    **dict.fromkeys(
        ("never_after", "warn_first_notice", "warn_booked_notice", "warn_timeout_notice", "warn_sms_delay"),
        "judge_only",
    ),
}


@dataclass(frozen=True, slots=True)
class Priced:
    """What another value of a reading changes. Intervals are over the replications, of paired differences.

    `lives_a_year` are the orders a year whose life differs (`only_written`: in nothing but links, texts and the form of
    files, of which nothing else in the scenario depends); `p95_days` the change of the 95th percentile of days to the
    visit, `timed_out_a_year` that of orders timed out, `suspended_days` that of the mean suspension of the SLA.
    """

    parameter: str
    now: object
    other: object
    lives_a_year: Interval
    p95_days: Interval
    timed_out_a_year: Interval
    suspended_days: Interval
    sampled: int
    example: Example | None
    only_written: bool

    def rank(self, rank_by: str = LIVES) -> tuple[float, ...]:
        """The dearest first: by what is asked for, then by lives, by orders timed out, by days."""
        measures = (rank_by, LIVES, "timed_out_a_year", "p95_days")
        return tuple(-abs(finite_or_none(getattr(self, name).mean) or 0.0) for name in measures)


@dataclass(frozen=True, slots=True)
class Seen:
    """What is kept of a replication: its indicators; of a variant how many lives differ, and how many do in more
    than what is written, and the smallest.
    """

    values: Mapping[str, float]
    different: int
    otherwise: int
    example: Example | None


def price_readings(
    scenario: str,
    replications: int,
    *,
    how: How,
    changes: Mapping[str, object] | None = None,
    only: Sequence[str] = (),
    rank_by: str = LIVES,
) -> list[Priced]:
    """Every reading (or `only` some) under every other value, the dearest first by one of RANKS.

    Raises RunError, ScenarioError.
    """
    how.check()
    if rank_by not in RANKS:
        raise RunError("--rank-by", rank_by, ", ".join(RANKS))
    if not LEAST_REPLICATIONS <= replications <= MOST_REPLICATIONS:
        raise RunError(
            "--replications", replications, f"a whole number from {LEAST_REPLICATIONS} to {MOST_REPLICATIONS}"
        )
    plan = make_plan(scenario, seed=how.seed, engine=how.engine, changes=changes)
    base = plan.scenario(plan.variants[0])
    if not base.sampled_orders:
        raise RunError("--set", "sample.orders=0", "at least 1: lives are compared order by order")
    priced_questions = questions(base, only)
    plan = plan.with_variants([Variant(BASE, {}), *(variant for _, _, variant in priced_questions)])
    progress = how.listener()
    with executor(how.workers, how.cluster) as pool:
        base_store = _Seeing(base, {})
        run_jobs(_jobs(plan, plan.variants[:1], replications), base_store, pool, progress)
        variant_store = _Seeing(base, base_store.lives)
        run_jobs(_jobs(plan, plan.variants[1:], replications), variant_store, pool, progress)
    return sorted(
        (_priced(base, *question, base_store, variant_store) for question in priced_questions),
        key=lambda priced: priced.rank(rank_by),
    )


def questions(scenario: Scenario, only: Sequence[str]) -> list[tuple[str, object, Variant]]:
    """Each reading with a value that is not the scenario's: its name, the value in force, the variant of the other.

    Raises RunError for a name that is no reading, or one that no run depends on.
    """
    parameters = catalogue().parameters
    for name in only:
        if name not in parameters or name in NOT_RUN:
            allowed = ", ".join(name for name in parameters if name not in NOT_RUN)
            raise RunError("--reading", name, allowed)
    names = [name for name in parameters if name not in NOT_RUN and (not only or name in only)]
    found_questions = []
    for name in names:
        now = scenario.readings.get(name, parameters[name].default)
        for number, value in enumerate(values_of(parameters[name])):
            if value != now:
                found_questions.append((name, now, Variant(f"{name}-{number}", {f"readings.{name}": value})))
    return found_questions


def values_of(parameter: Parameter) -> Sequence[object]:
    """The values of a reading that are tried."""
    return TRIED.get(parameter.name, parameter.readings)


class _Seeing(Store):
    """Keeps of each job what the questions need, and forgets the rest: a few hundred replications would not fit."""

    def __init__(self, scenario: Scenario, base: Mapping[int, Lives]) -> None:
        super().__init__(None)
        self.seen: dict[tuple[str, int], Seen] = {}
        self.lives: dict[int, Lives] = {}
        self._scenario, self._base = scenario, base

    def keep(self, finished: Finished) -> None:
        """Keep what is needed of a result."""
        lives = lives_of(finished.trace)
        if self._base:
            now = self._base[finished.replication]
            different = different_lives(now, lives)
            otherwise = sum(happens_otherwise(now[key], lives.get(key, ())) for key in different)
            example = example_of(now, lives, different)
            measures = Seen(values_in(finished, self._scenario), len(different), otherwise, example)
        else:
            self.lives[finished.replication] = lives
            measures = Seen(values_in(finished, self._scenario), 0, 0, None)
        self.seen[finished.key] = measures
        super().keep(replace(finished, arrays={}, trace=()))


def values_in(finished: Finished, scenario: Scenario) -> dict[str, float]:
    """The measures of a replication, by name."""
    values = indicators_of(finished.arrays, [place.name for place in scenario.territories], scenario)
    counts = Counts(finished.arrays)
    timed_out = ratio(counts.outcome(Outcome.TIMED_OUT), counts.outcome(Outcome.RECEIVED))
    return {
        "p95_days": values["", "p95_days_to_visit"],
        "timed_out_a_year": timed_out * orders_a_year(scenario),
        "suspended_days": values["", "mean_days_suspended"],
    }


def orders_a_year(scenario: Scenario) -> float:
    """How many orders a year the scenario stands for."""
    if scenario.recorded is not None:
        return len(scenario.recorded) * YEAR_DAYS / scenario.horizon.days
    return sum(plan.orders_per_year for plan in scenario.operators)


def _jobs(plan: Plan, variants: Sequence[Variant], replications: int) -> list[Job]:
    return [plan.job(variant, number) for variant in variants for number in range(replications)]


def _priced(
    base: Scenario, name: str, now: object, variant: Variant, base_store: _Seeing, variant_store: _Seeing
) -> Priced:
    pairs = [
        (base_store.seen[BASE, number], variant_store.seen[variant.name, number], len(lives))
        for number, lives in base_store.lives.items()
    ]
    year = orders_a_year(base)
    changed = {
        measure: interval([later.values[measure] - first.values[measure] for first, later, _ in pairs])
        for measure in MEASURES
    }
    examples = [later.example for _, later, _ in pairs if later.example is not None]
    return Priced(
        name,
        now,
        next(iter(variant.changes.values())),
        interval([year * later.different / sampled for _, later, sampled in pairs if sampled]),
        sampled=sum(sampled for _, _, sampled in pairs),
        example=min(
            examples,
            key=lambda example: (len(example.now) + len(example.other), example.operator, example.order),
            default=None,
        ),
        only_written=bool(examples) and not any(later.otherwise for _, later, _ in pairs),
        **changed,
    )


def priced_members(priced: Sequence[Priced]) -> list[dict[str, object]]:
    """The answers as plain values, as `price.json` holds them."""
    return [
        {
            "reading": item.parameter,
            "now": item.now,
            "other": item.other,
            "lives_a_year": _number_ends(item.lives_a_year),
            **({"only_written": True} if item.only_written else {}),
            **{name: getattr(item, name).members() for name in MEASURES},
            "sampled": item.sampled,
            "example": asdict(item.example) if item.example else None,
        }
        for item in priced
    ]


def _number_ends(estimate: Interval) -> dict[str, float | None]:
    """Mean and ends of a number of lives, whose lower end is never below 0."""
    ends = estimate.members()
    return ends if ends["low"] is None else ends | {"low": max(ends["low"], 0.0)}
