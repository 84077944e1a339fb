"""What the capacity commands print: a run, a sweep, the answer of a plan, a comparison, each as a few lines.

What lives here: lines for people. Programs are given `--json`.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from reports.words.number_words import amount, exact, number
from sim.capacity.questions.searching import Outcome
from sim.capacity.questions.sequential_test import Side
from sim.capacity.terminal_rows import beside_a_limit, print_measure, print_sentence, print_sentences
from sim.capacity.terminal_words import phrase

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
    "p95_days_to_done",
    "mean_days_suspended",
    "utilisation",
    "share_of_visits_again",
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

SIDES = {Side.MEETS: "meets", Side.FAILS: "fails", Side.UNSURE: "unsure"}
MOST_WARNINGS = 5
WRONG = ("too_short", "no_level")


def _titles(run: Run, lang: str) -> Mapping[str, str]:
    return {str(item["name"]): str(item[lang]) for item in run.about["indicators"]}  # type: ignore[attr-defined]


def print_kpis(run: Run, lang: str) -> None:
    """The main indicators of a run, each with its interval."""
    titles = _titles(run, lang)
    _print_means(run, lang)
    rows = {row["indicator"]: row for row in run.frames["kpis"].iter_rows(named=True) if row["territory"] == ""}
    for name in SHOWN:
        row = rows.get(name)  # some are told only where the scenario speaks of what they count
        if row is not None and row["mean"] is not None:
            print_measure(titles[name], row["mean"], _ends(row), row["unit"], lang)
    if is_conditional(run.about):
        print_sentence(phrase(lang, "conditional"))


def _print_means(run: Run, lang: str) -> None:
    """What the numbers are, where they have intervals."""
    most = max(run.about["replications"].values())  # type: ignore[attr-defined]
    if most > 1:
        print_sentence(phrase(lang, "means", count=_whole(most, lang)))


def is_conditional(about: Mapping[str, Any]) -> bool:
    """Whether all replications meet the same recorded arrivals."""
    recorded = about["scenario"].get("arrivals", {}).get("recorded")
    return bool(recorded) and recorded.get("resample", "none") == "none"


def print_sweep(run: Run, table: pl.DataFrame, lang: str) -> None:
    """Two indicators of each variant."""
    titles, paths = _titles(run, lang), table.columns[1 : table.columns.index("territory")]
    _print_means(run, lang)
    for row in table.iter_rows(named=True):
        if row["territory"] == "" and row["indicator"] in ("p95_days_to_visit", "share_timed_out"):
            values, title = ", ".join(f"{path}={row[path]}" for path in paths), titles[row["indicator"]]
            print_measure(f"{values}: {title}", row["mean"], _ends(row), row["unit"], lang)


def print_engines(run: Run, engine_option: str, lang: str) -> None:
    """Say which engine did the replications, where it was not the service engine that nobody asked about."""
    engines: Any = run.about["engines"]
    if engine_option in ("auto", "service") and set(engines) == {"service"}:
        return
    for engine, replications in engines.items():
        print(phrase(lang, "engines", replications=_whole(replications, lang), engine=engine), file=sys.stderr)


def print_warm_up(run: Run, quiet: bool, lang: str) -> None:
    """Whether the declared warm-up suffices: a WARNING where it does not, on standard error, whoever reads."""
    judged: Any = run.about["warm_up"]
    insufficient = [item for item in judged if item["verdict"] in WRONG]
    for item in insufficient[:MOST_WARNINGS]:
        variant = phrase(lang, "of_variant", name=item["variant"]) if len(judged) > 1 else ""
        gap = phrase(lang, "below" if item["gap"] > 0 else "above", share=f"{abs(item['gap']):.0%}")
        reason = phrase(lang, item["verdict"], declared=item["declared_days"], cut=item["cut_days"], gap=gap)
        print_sentence(phrase(lang, "warm_up", variant=variant, what=reason), sys.stderr)
    if len(insufficient) > MOST_WARNINGS:
        print(phrase(lang, "more_variants", count=len(insufficient) - MOST_WARNINGS), file=sys.stderr)
    if not insufficient and not quiet and judged[0]["cut_days"] is not None:
        print(phrase(lang, "warm_up_enough", declared=judged[0]["declared_days"], cut=judged[0]["cut_days"]))


def print_answer(answer: Answer, lang: str) -> None:
    """What a plan tried, its answer, and what gives way next."""
    from reports.capacity.figures.limits import MEASURED_AS
    from sim.capacity.tables.indicators import INDICATORS

    unit = INDICATORS[answer.target.indicator].unit
    for trial in answer.trials:
        ends = beside_a_limit(trial.estimate.mean, (trial.estimate.low, trial.estimate.high), unit, lang)
        side, value = phrase(lang, SIDES[trial.judgement.side]), _value(trial.value, lang)
        print_sentence(
            "  "
            + phrase(lang, "trial", vary=answer.vary, value=value, ends=ends, count=trial.estimate.count, side=side)
        )
    print_sentence(_answer_line(answer, lang))
    if answer.replications_wanted:
        print_sentence(phrase(lang, "settled_by", count=_whole(answer.replications_wanted, lang)))
    if answer.outcome in (Outcome.NONE, Outcome.OTHER_LIMIT):
        print_sentence(_limit_line(answer.limit, lang))
    elif answer.next_bottlenecks:
        tightest = answer.next_bottlenecks[0]
        resource, place = phrase(lang, tightest.resource), _place(tightest.territory, lang)
        what = MEASURED_AS[tightest.resource].in_language(lang)
        print_sentence(phrase(lang, "next", resource=resource, place=place, load=f"{tightest.load:.0%}", what=what))


def print_pairs(run: Run, lang: str) -> None:
    """Each pair of values with its cost and whether it is enough, the cheapest first; then the answer."""
    from reports.capacity.figures.grid import grid_facts, grid_sentence
    from reports.capacity.run_folder import CapacityRun

    grid: Any = run.about["grid"]
    capacity_run = CapacityRun(run.about, run.frames, None, None)
    unit, cost_unit = capacity_run.unit_of(grid["target"]["indicator"]), capacity_run.unit_of(grid["minimise"])
    for pair in sorted(grid["pairs"], key=lambda pair: pair["cost"]):
        values = ", ".join(f"{path}={exact(value)}" for path, value in zip(grid["vary"], pair["values"], strict=True))
        side, cost = phrase(lang, SIDES[Side[pair["side"].upper()]]), amount(pair["cost"], cost_unit).in_language(lang)
        mean = phrase(lang, "no_mean") if pair["mean"] is None else beside_a_limit(pair["mean"], None, unit, lang)
        words = {"values": values, "aim": grid["minimise"], "cost": cost, "mean": mean, "side": side}
        print_sentence("  " + phrase(lang, "pair", count=pair["replications"], **words))
    print_sentences(
        sentence.in_language(lang) for sentence in (grid_sentence(capacity_run, grid), *grid_facts(capacity_run, grid))
    )


def _answer_line(answer: Answer, lang: str) -> str:
    first, last = answer.between or (0, 0)
    numbers = {"value": answer.value or 0, "first": first, "last": last, "best": answer.best or 0}
    value_texts = {name: _value(value, lang) for name, value in numbers.items()}
    confidence = f"{_value(answer.search.confidence * 100, lang)}%"
    line = phrase(lang, answer.outcome.value, vary=answer.vary, confidence=confidence, **value_texts)
    if answer.outcome is Outcome.UNDECIDED and answer.value is not None:
        line += phrase(lang, "surely", value=value_texts["value"])
    return line


def _limit_line(limit: Limit | None, lang: str) -> str:
    if limit is None:
        return phrase(lang, "no_resource")
    met = phrase(lang, "none_meets")
    if limit.meets_at is not None:
        met = phrase(lang, "meets_with", value=_value(limit.meets_at, lang))
    values = {"now": _value(limit.now, lang), "matters": _value(limit.matters_at, lang)}
    place, resource = _place(limit.territory, lang), phrase(lang, limit.resource)
    return phrase(lang, "another_limit", resource=resource, place=place, parameter=limit.parameter, met=met, **values)


def _place(name: str, lang: str) -> str:
    return phrase(lang, "of_place", name=name) if name else ""


def print_comparison(table: pl.DataFrame, names: tuple[str, str], lang: str) -> None:
    """What is taken from what, then the difference of each indicator, with its interval."""
    from sim.capacity.tables.indicators import INDICATORS

    pairs = max(table["pairs"].to_list(), default=0)
    print_sentence(phrase(lang, "difference", pairs=_whole(pairs, lang), a=names[0], b=names[1]))
    for row in table.iter_rows(named=True):
        if row["territory"] == "" and row["low"] is not None:
            item = INDICATORS[row["indicator"]]
            title = item.title_it if lang == "it" else item.title_en
            print_measure(title, row["difference"], _ends(row), row["unit"], lang)
            if row["better"]:
                print(f"      {phrase(lang, 'better', side=row['better'])}")


def _value(value: float, lang: str) -> str:
    """A value of a parameter with all its digits, as its language writes it."""
    return exact(value).replace(".", ",") if lang == "it" else exact(value)


def _whole(count: int, lang: str) -> str:
    return number(count, 0).in_language(lang)


def _ends(row: Mapping[str, Any]) -> tuple[float, float] | None:
    return None if row["low"] is None else (row["low"], row["high"])
