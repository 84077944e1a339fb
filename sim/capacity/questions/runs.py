"""What a planner asks for, as functions that return data frames: the command line and a notebook call the same.

from sim.capacity.questions.runs import simulate
run = simulate("small-town", replications=8, seed=1)
run.kpis, run.hourly, run.daily …
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reports.words.number_words import exact
from sim.capacity.cohort.choice import AUTO
from sim.capacity.errors import RunError
from sim.capacity.jobs.jobs import Finished, Plan, Variant, make_plan
from sim.capacity.jobs.progress import Progress
from sim.capacity.jobs.replications import executor, run_plan, run_until_precise
from sim.capacity.jobs.store import Store, describe
from sim.capacity.questions.blame import check_variant, nearest_paths, varied
from sim.capacity.questions.cheapest import Cheapest, cheapest_members, check_pairs, check_prices, find_cheapest
from sim.capacity.questions.limits import binding_limit
from sim.capacity.questions.planning import Answer, Runner, Search, answer_members, find_smallest
from sim.capacity.questions.sweep import DEFAULT_POINTS, GRID, Axis, design
from sim.capacity.questions.targets import Target, read_target
from sim.capacity.scenario.reader import load_values, with_values
from sim.capacity.tables.bottlenecks import bottlenecks
from sim.capacity.tables.indicators import INDICATORS
from sim.capacity.tables.warm_up import warm_up
from sim.command_line import MOST_WORKERS

# Tables are made when a run is over, and what they need is loaded then: polars takes 34 MB and a third of a second.
if TYPE_CHECKING:
    import polars as pl

    from sim.capacity.tables.results import HearsTrace, Run

DEFAULT_REPLICATIONS = 8
MOST_REPLICATIONS = 1_000
PRECISION_OF = ("mean_days_to_visit",)
LEAST_WHEN_PRECISE = 8
HIGHEST_FACTOR = 4


@dataclass(frozen=True, slots=True)
class How:
    """Where and how a run is done: seed, processes, cluster, folder, and what gets its progress.

    `hears_trace` is called with the trace of the sampled orders and the profile, before the tables are made.
    """

    seed: int = 0
    workers: int = 1
    cluster: str | None = None
    out: Path | None = None
    quiet: bool = True
    engine: str = AUTO
    progress: Progress | None = None
    hears_trace: HearsTrace | None = None

    def check(self) -> None:
        """Raise RunError for what cannot be."""
        if not 1 <= self.workers <= MOST_WORKERS:
            raise RunError("--workers", self.workers, f"a whole number from 1 to {MOST_WORKERS}")
        if self.seed < 0:
            raise RunError("--seed", self.seed, "a whole number from 0")

    def listener(self) -> Progress:
        """What gets the progress of the jobs: `progress` if it is given, else the terminal."""
        return self.progress or Progress(self.quiet, seed=self.seed)


def simulate(
    scenario: str,
    replications: int = DEFAULT_REPLICATIONS,
    *,
    how: How = How(),
    changes: Mapping[str, object] | None = None,
    precision: float | None = None,
    precision_of: Sequence[str] = PRECISION_OF,
    keeps_orders: bool = False,
) -> Run:
    """Run a scenario so many times; with a `precision`, at least eight and as many as the intervals need.

    `changes` replaces values of the scenario by dotted path. `precision` is the half width of the 95 % interval of each
    of `precision_of`, relative to its mean.
    """
    how.check()
    _check_replications(replications)
    plan = make_plan(scenario, seed=how.seed, engine=how.engine, keeps_orders=keeps_orders, changes=changes)
    store, progress = Store(how.out), how.listener()
    with executor(how.workers, how.cluster) as pool:
        if precision is None:
            results = run_plan(plan, replications, store, pool, progress)
        else:
            results = _precise(plan, precision, precision_of, replications, how, store, pool, progress)
    return _written(_run_of(plan, results, how), how.out)


def _precise(
    plan: Plan,
    precision: float,
    names: Sequence[str],
    at_least: int,
    how: How,
    store: Store,
    pool: Any,
    progress: Progress,
) -> list[Finished]:
    if not 0 < precision < 1:
        raise RunError("--until-precision", precision, "above 0 % and below 100 %")
    scenario = plan.scenario(plan.variants[0])
    for name in names:
        if name not in INDICATORS:
            raise RunError("--precision-of", name, "an indicator among " + ", ".join(INDICATORS))
    targets = [read_target(f"{name}<=0", scenario) for name in names]
    return run_until_precise(
        plan,
        plan.variants[0],
        precision,
        [lambda finished, target=target: target.value(finished, scenario) for target in targets],  # type: ignore[misc]
        at_least=max(LEAST_WHEN_PRECISE, at_least),
        at_most=MOST_REPLICATIONS,
        step=max(how.workers, 4),
        store=store,
        pool=pool,
        progress=progress,
    )


def sweep(
    scenario: str,
    axes: Sequence[Axis],
    *,
    kind: str = GRID,
    points: int = DEFAULT_POINTS,
    replications: int = DEFAULT_REPLICATIONS,
    how: How = How(),
    changes: Mapping[str, object] | None = None,
) -> tuple[Run, pl.DataFrame]:
    """Run many variants; the run, and its indicators beside the values of the parameters.

    `changes` replaces values of the scenario in all variants.
    """
    how.check()
    _check_replications(replications)
    plan = make_plan(scenario, seed=how.seed, engine=how.engine, changes=changes)
    plan = varied(plan, design(axes, kind, points, how.seed))
    with executor(how.workers, how.cluster) as pool:
        results = run_plan(plan, replications, Store(how.out), pool, how.listener())
    from sim.capacity.tables.sweep_frame import sweep_frame

    run = _run_of(plan, results, how)
    table = sweep_frame(plan.variants, run.frames["kpis"])
    run = replace(run, frames=run.frames | {"sweep": table})
    return _written(run, how.out), table


def plan_for(
    scenario: str,
    target: str,
    vary: str,
    search: Search,
    *,
    how: How = How(),
    changes: Mapping[str, object] | None = None,
) -> tuple[Run, Answer]:
    """The smallest value of a parameter that meets a target with the confidence asked for.

    The run holds the tables of every value that was tried; its first variant is the one that the answer is about.
    """
    how.check()
    search.check()
    plan = replace(make_plan(scenario, seed=how.seed, engine=how.engine, changes=changes), vary=vary)
    aim: Target = read_target(target, plan.scenario(plan.variants[0]))
    _check_moves(plan, vary, search)
    store = Store(how.out)
    store.open(plan)
    with executor(how.workers, how.cluster) as pool:
        runner = Runner(plan, store, pool, how.listener())
        answer = _with_limits(find_smallest(vary, aim, search, runner), runner)
    run = _run_of(replace(plan, variants=answer.variants), answer.results, how)
    about = {**run.about, "fingerprint": describe(plan)["fingerprint"]}  # the values tried are no part of the question
    described = replace(run, about=about, plan=answer_members(answer))
    return _written(described, how.out), replace(answer, results=())  # the tables have what was counted


def cheapest_for(
    scenario: str,
    target: str,
    axes: Sequence[Axis],
    minimise: str,
    search: Search,
    *,
    how: How = How(),
    changes: Mapping[str, object] | None = None,
) -> tuple[Run, Cheapest]:
    """Of the pairs of two parameters that surely meet a target, the one with the least of an indicator.

    The run holds the tables of every pair; `run.about["grid"]` is the answer.
    """
    how.check()
    search.check()
    check_pairs(axes, minimise)
    plan = make_plan(scenario, seed=how.seed, engine=how.engine, changes=changes)
    plan = replace(varied(plan, design(axes, GRID, 1, how.seed)), is_grid=True)
    first = plan.scenario(plan.variants[0])
    check_prices(minimise, first)
    aim = read_target(target, first)
    store = Store(how.out)
    store.open(plan)
    with executor(how.workers, how.cluster) as pool:
        cheapest = find_cheapest(aim, minimise, search, plan.variants, Runner(plan, store, pool, how.listener()))
    from sim.capacity.tables.sweep_frame import sweep_frame

    run = _run_of(plan, cheapest.results, how)
    frames = run.frames | {"sweep": sweep_frame(plan.variants, run.frames["kpis"])}
    described = replace(run, about={**run.about, "grid": cheapest_members(cheapest)}, frames=frames)
    return _written(described, how.out), replace(cheapest, results=())


def _with_limits(answer: Answer, runner: Runner) -> Answer:
    """The answer with the resources of what it is about, and the one that holds the target back."""
    best = answer.variants[0]
    of_best = [finished for finished in answer.results if finished.variant == best.name]
    tightest = tuple(bottlenecks(runner.plan.scenario(best), of_best))
    return replace(answer, next_bottlenecks=tightest, limit=binding_limit(answer, tightest, runner))


def highest_value(scenario: str, vary: str, changes: Mapping[str, object] | None = None) -> float:
    """Up to where a plan looks if nobody says: four times the value that the scenario has. Raises RunError."""
    file, written = load_values(scenario)
    values = with_values(written, changes or {}, file)
    value: object = values
    for name in vary.split("."):
        if isinstance(value, list) and name.isdecimal() and 1 <= int(name) <= len(value):
            value = value[int(name) - 1]
        else:
            value = value.get(name) if isinstance(value, Mapping) else None
    if not isinstance(value, int | float) or isinstance(value, bool):
        nearest = ", ".join(nearest_paths(vary, values))
        raise RunError("--vary", vary, f"the path of a number in the scenario (nearest: {nearest}), or any with --to")
    return HIGHEST_FACTOR * float(value)


def _check_moves(plan: Plan, vary: str, search: Search) -> None:
    """Both ends of the search must be scenarios, and not the same one."""
    ends = [
        Variant(name, {vary: search.scenario_value(position)}) for name, position in (("low", 0), ("high", search.last))
    ]
    for end, option in zip(ends, ("--from", "--to"), strict=True):
        check_variant(plan, end, option)
    if plan.scenario(ends[0]) == plan.scenario(ends[1]):
        raise RunError(
            "--vary", vary, f"a parameter of which {exact(search.low)} and {exact(search.high)} make a difference"
        )


def compare_runs(a: Path, b: Path, out: Path | None = None) -> Run:
    """Paired differences (`.comparison`) of two runs that were written; they are written to `out`, if given."""
    from sim.capacity.questions.comparison import compare, compared
    from sim.capacity.tables.results import Run, read_run

    if out is not None and (out / "run.json").exists() and not (out / "comparison.parquet").exists():
        raise RunError("--out", str(out), "a new folder, or that of another comparison")
    first, second = read_run(a), read_run(b)
    table = compare(first, second)
    return _written(Run(compared(first, second, (a, b)), {"comparison": table}, ()), out)


def _run_of(plan: Plan, results: Sequence[Finished], how: How) -> Run:
    """The run with the bottlenecks and the warm-up of every variant."""
    from sim.capacity.tables.results import run_of

    run = run_of(plan, results, how.hears_trace)
    limits: list[dict[str, object]] = []
    warm_ups: list[dict[str, object]] = []
    for variant in plan.variants:
        of_variant = [finished for finished in results if finished.variant == variant.name]
        limits += [
            {"variant": variant.name, **asdict(item)} for item in bottlenecks(plan.scenario(variant), of_variant)
        ]
        warm_ups.append({"variant": variant.name, **asdict(warm_up(of_variant))})
    return replace(run, about={**run.about, "bottlenecks": limits, "warm_up": warm_ups})


def _written(run: Run, out: Path | None) -> Run:
    if out is not None:
        run.write(out)
    return run


def _check_replications(replications: int) -> None:
    if not 1 <= replications <= MOST_REPLICATIONS:
        raise RunError("--replications", replications, f"a whole number from 1 to {MOST_REPLICATIONS}")
