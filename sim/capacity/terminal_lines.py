"""What the capacity commands print: a run, a sweep, the answer of a plan, a comparison, each as a few lines.

What lives here: lines for people. Programs are given `--json`.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sim.capacity.questions.searching import Outcome
from sim.capacity.questions.sequential_test import Side

if TYPE_CHECKING:
    import polars as pl

    from sim.capacity.questions.planning import Answer, Limit
    from sim.capacity.tables.results import Run

SHOWN = (
    "orders",
    "share_booked",
    "share_timed_out",
    "share_refused",
    "share_no_slot",
    "mean_days_to_visit",
    "p95_days_to_visit",
    "share_visited_in_7_days",
    "mean_days_suspended",
    "utilisation",
    "sms_at_opening_peak",
    "sms_backlog_peak",
    "notifications_per_second_peak",
    "p95_notification_wait_seconds",
    "sessions_peak",
    "slots_over_capacity",
    "cost",
    "cost_per_visit",
    "cost_technicians",
    "cost_agents",
    "cost_sms",
    "cost_delay",
)

SIDES = {Side.MEETS: "meets", Side.FAILS: "does not", Side.UNSURE: "not sure"}
MOST_WARNINGS = 5
WARNINGS = {
    "too_short": (
        "{declared} days declared, MSER would leave out {cut}; on the days between, orders under way are {gap} "
        "their later level (see horizon.warm_up_days)"
    ),
    "no_level": (
        "{declared} days declared, but no level is reached within half of the horizon: it is too short, or there are "
        "more orders than can be served"
    ),
}


def _titles(run: Run, lang: str) -> Mapping[str, str]:
    return {str(item["name"]): str(item[lang]) for item in run.about["indicators"]}  # type: ignore[attr-defined]


def print_kpis(run: Run, lang: str) -> None:
    """The main indicators of a run, each with its interval."""
    titles = _titles(run, lang)
    rows = {row["indicator"]: row for row in run.frames["kpis"].iter_rows(named=True) if row["territory"] == ""}
    for name in SHOWN:
        row = rows[name]
        if row["mean"] is not None:
            print(f"  {titles[name]:<48} {_shown(row['mean'], row['unit']):>12}  {_ends(row)}")
    if is_conditional(run.about):
        print('intervals hold for the recorded arrivals; resample = "weeks" draws weeks anew in each replication')


def is_conditional(about: Mapping[str, Any]) -> bool:
    """Whether all replications meet the same recorded arrivals."""
    recorded = about["scenario"].get("arrivals", {}).get("recorded")
    return bool(recorded) and recorded.get("resample", "none") == "none"


def print_sweep(table: pl.DataFrame) -> None:
    """Two indicators of each variant."""
    paths = table.columns[1 : table.columns.index("territory")]
    for row in table.iter_rows(named=True):
        if row["territory"] == "" and row["indicator"] in ("p95_days_to_visit", "share_timed_out"):
            values = ", ".join(f"{path}={row[path]}" for path in paths)
            print(f"  {values:<50} {row['indicator']:<20} {_shown(row['mean'], row['unit']):>10}  {_ends(row)}")


def print_engines(run: Run, asked: str) -> None:
    """Say which engine did the replications, where it was not the service engine that nobody asked about."""
    engines: Any = run.about["engines"]
    if asked in ("auto", "service") and set(engines) == {"service"}:
        return
    for engine, replications in engines.items():
        print(f"engine of {replications:,} replications: {engine}", file=sys.stderr)


def print_warm_up(run: Run, quiet: bool) -> None:
    """Whether the declared warm-up suffices: a WARNING where it does not, on standard error, whoever reads."""
    judged: Any = run.about["warm_up"]
    wrong = [item for item in judged if item["verdict"] in WARNINGS]
    for item in wrong[:MOST_WARNINGS]:
        variant = f" of {item['variant']}" if len(judged) > 1 else ""
        gap = f"{abs(item['gap']):.0%} {'below' if item['gap'] > 0 else 'above'}"
        said = WARNINGS[item["verdict"]].format(declared=item["declared_days"], cut=item["cut_days"], gap=gap)
        print(f"WARNING: warm-up{variant}: {said}", file=sys.stderr)
    if len(wrong) > MOST_WARNINGS:
        print(f"WARNING: warm-up: the same in {len(wrong) - MOST_WARNINGS} more variants", file=sys.stderr)
    if not wrong and not quiet and judged[0]["cut_days"] is not None:
        first = judged[0]
        print(f"warm-up: {first['declared_days']} days declared, MSER would leave out {first['cut_days']}: enough")


def print_answer(answer: Answer) -> None:
    """What a plan tried, its answer, and what gives way next."""
    for trial in answer.trials:
        ends = f"{trial.found.mean:.3f} [{trial.found.low:.3f}, {trial.found.high:.3f}]"
        side = SIDES[trial.judgement.side]
        print(f"  {answer.vary} = {trial.value:g}: {ends}, {trial.found.count} replications: {side}")
    print(_answer_line(answer))
    if answer.replications_wanted:
        print(f"about {answer.replications_wanted:,} replications would settle it (--replications)")
    if answer.outcome in (Outcome.NONE, Outcome.OTHER_LIMIT):
        print(_limit_line(answer.limit))
    elif answer.next_bottlenecks:
        tightest = answer.next_bottlenecks[0]
        place = f" of {tightest.territory}" if tightest.territory else ""
        print(f"next bottleneck: {tightest.resource}{place}, {tightest.load:.0%} ({tightest.measured_as})")


def print_pairs(run: Run, lang: str) -> None:
    """Each pair of values with its cost and whether it is enough, the cheapest first; then the answer."""
    from reports.capacity.figures.grid import grid_facts, grid_sentence
    from reports.capacity.run_folder import CapacityRun

    grid: Any = run.about["grid"]
    for pair in sorted(grid["pairs"], key=lambda pair: pair["cost"]):
        values = ", ".join(f"{path}={value:g}" for path, value in zip(grid["vary"], pair["values"], strict=True))
        side = SIDES[Side[pair["side"].upper()]]
        mean = "none" if pair["mean"] is None else f"{pair['mean']:.3f}"
        print(
            f"  {values}: {grid['minimise']} {pair['cost']:,.2f}, {mean}, {pair['replications']} replications: {side}"
        )
    told = CapacityRun(run.about, run.frames, None, None)
    for sentence in (grid_sentence(told, grid), *grid_facts(told, grid)):
        print(sentence.in_language(lang))


def _answer_line(answer: Answer) -> str:
    confidence, ends = f"{answer.search.confidence:.0%} confidence", answer.between or (0, 0)
    words = {
        Outcome.SMALLEST: f"smallest value: {answer.vary} = {answer.value or 0:g}, {confidence}",
        Outcome.LARGEST: f"more makes it worse; largest value: {answer.vary} = {answer.value or 0:g}, {confidence}",
        Outcome.UNDECIDED: f"undecided between {ends[0]:g} and {ends[1]:g}, {confidence}",
        Outcome.NONE: f"no value meets the target, {confidence}; {answer.best:g} comes closest",
        Outcome.OTHER_LIMIT: f"{answer.vary} makes no difference, {confidence}; no value surely meets the target",
    }
    line = words[answer.outcome]
    if answer.outcome is Outcome.UNDECIDED and answer.value is not None:
        line += f"; {answer.value:g} surely meets the target"
    return line


def _limit_line(limit: Limit | None) -> str:
    if limit is None:
        return "no resource would help: what customers wish and how long lines take sets the limit"
    place = f" of {limit.territory}" if limit.territory else ""
    met = "no value tried meets" if limit.meets_at is None else f"with {limit.meets_at:g} it meets"
    return (
        f"another limit binds: {limit.resource}{place}: {limit.parameter} = {limit.now:g} now, "
        f"{limit.matters_at:g} makes a difference, {met} the target"
    )


def print_comparison(table: pl.DataFrame, lang: str) -> None:
    """The difference of each indicator, with its interval."""
    from sim.capacity.tables.indicators import INDICATORS

    for row in table.iter_rows(named=True):
        if row["territory"] == "" and row["low"] is not None:
            item = INDICATORS[row["indicator"]]
            title = item.title_it if lang == "it" else item.title_en
            better = f"  better: {row['better']}" if row["better"] else ""
            print(f"  {title:<48} {_shown(row['difference'], row['unit']):>12}  {_ends(row)}{better}")


def _shown(value: float, unit: str) -> str:
    return f"{value:.2%}" if unit == "share" else f"{value:,.2f}"


def _ends(row: Mapping[str, Any]) -> str:
    if row["low"] is None:
        return ""
    return f"[{_shown(row['low'], row['unit'])}, {_shown(row['high'], row['unit'])}]"
