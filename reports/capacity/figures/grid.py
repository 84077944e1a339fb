"""The answer of a plan for two parameters: in a sentence, and as a map of what each pair costs.

What lives here: one figure and its sentences. It must not know how pairs were tried: it shows `grid` of `run.json`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reports.capacity.canvas import Canvas
from reports.capacity.command_words import command_line, target_words
from reports.capacity.figure import Cell, Figure, Swatch, Table
from reports.capacity.figures.plan import target_text
from reports.capacity.parameter_words import parameter_words
from reports.capacity.run_folder import CapacityRun
from reports.words.labels import Term
from reports.words.number_words import (
    amount,
    bare,
    between,
    exact,
    filled,
    in_full,
    joined,
    number,
    percent,
    percent_in_full,
)

Grid = Mapping[str, Any]
Pair = Mapping[str, Any]
CHEAPEST = Term(
    "Costa meno di tutti, fra chi dà con certezza {target}: {values} ({cost}); confidenza {confidence}",
    "Cheapest of those that surely give {target}: {values} ({cost}); {confidence} confidence",
)
NONE = Term(
    "Nessuna coppia provata dà con certezza {target}; confidenza {confidence}",
    "No pair tried surely gives {target}; {confidence} confidence",
)
DOUBTFUL = Term(
    "Costerebbero meno e non è deciso se bastano: {pairs}. Più repliche (--replications) lo deciderebbero.",
    "These would cost less, and it is undecided whether they are enough: {pairs}. More replications (--replications) "
    "would settle it.",
)
DEARER = Term(
    "La seconda è {values}: costa {difference} in più (intervallo al 95 %: {ends}).",
    "The next is {values}: it costs {difference} more (95% interval: {ends}).",
)
GUARANTEE = Term(
    "Una coppia detta sufficiente lo è: tutte le prove insieme sbagliano al più in {error} dei casi. "
    "Che sia la meno cara vale fra le coppie provate.",
    "A pair that is called enough is: all tests together err in at most {error} of cases. That it is the cheapest "
    "holds among the pairs tried.",
)
NOTE = Term(
    "In ogni casella il costo, e sotto l'indicatore a cui si mira: ✓ lo raggiunge con certezza, ✕ no, ? non è deciso. "
    "Colore più pieno: più caro. Contorno: la meno cara fra quelle con ✓.",
    "In each square the cost, and below it the indicator aimed at: ✓ surely meets it, ✕ does not, ? undecided. "
    "Fuller colour: dearer. Outline: the cheapest of those with ✓.",
)
SIGNS = {"meets": "✓", "fails": "✕", "unsure": "?"}
SIDES = {
    "meets": Term("lo raggiunge con certezza", "surely meets it"),
    "fails": Term("non lo raggiunge", "does not meet it"),
    "unsure": Term("non è deciso", "undecided"),
}
ROW, TOP, BOTTOM, LEFT, NARROW_LEFT = 44, 30, 44, 96, 54
LEAST_TEXT_WIDTH = 40
MOST_NAMED = 3


def grid_of(run: CapacityRun) -> Grid | None:
    """What a plan for two parameters found; None where the run is none, or shows one of its variants."""
    return None if run.shown else run.about.get("grid")


def best_variant(grid: Grid) -> str | None:
    """The name of the variant that is the answer; None where there is none."""
    best = _answer_pair(grid)
    return str(best["variant"]) if best else None


def grid_sentence(run: CapacityRun, grid: Grid) -> Term:
    """The answer in one sentence."""
    confidence, target = percent_in_full(grid["confidence"]), target_text(run, grid)
    if grid["answer"] is None:
        return filled(NONE, target=target, confidence=confidence)
    best = _answer_pair(grid)
    cost = amount(best["cost"], run.unit_of(grid["minimise"])) if best else ""
    return filled(CHEAPEST, target=target, values=_values(run, grid["answer"]), cost=cost, confidence=confidence)


def grid_facts(run: CapacityRun, grid: Grid) -> list[Term]:
    """What else the planner should know: doubtful pairs, the next, and what is guaranteed."""
    facts = []
    doubtful = [_values(run, values) for values in grid["doubtful"]]
    if doubtful:
        more = f" (+{len(doubtful) - MOST_NAMED})" if len(doubtful) > MOST_NAMED else ""
        named = joined(doubtful[:MOST_NAMED], "; ")
        facts.append(filled(DOUBTFUL, pairs=Term(named.it + more, named.en + more)))
    if dearer := grid["dearer"]:
        unit = run.unit_of(grid["minimise"])
        difference = amount(dearer["difference"], unit)
        ends = between(dearer["low"], dearer["high"], unit)
        facts.append(filled(DEARER, values=_values(run, dearer["values"]), difference=difference, ends=ends))
    return [*facts, filled(GUARANTEE, error=percent(1 - grid["confidence"]))]


def grid_command(run: CapacityRun, grid: Grid) -> str:
    """The command that gives the answer again."""
    axes = [f"--vary {path}={','.join(map(exact, _axis(grid, place)))}" for place, path in enumerate(grid["vary"])]
    how = f"--confidence {exact(grid['confidence'])} --replications {grid['most_replications']}"
    how += f" --indifference {exact(grid['indifference'])}"
    return command_line(run, "plan", (target_words(grid), *axes, f"--minimise {grid['minimise']}"), how)


def grid_figure(run: CapacityRun) -> Figure | None:
    """The map; None where the run is no plan for two parameters."""
    grid = grid_of(run)
    if grid is None:
        return None
    height = TOP + len(_axis(grid, 1)) * ROW + BOTTOM
    return Figure(
        "grid",
        filled(
            Term("{what} per ogni coppia di valori", "{what} of each pair of values"),
            what=run.title_of(grid["minimise"]),
        ),
        NOTE,
        (height, height),
        lambda canvas: _draw(canvas, run, grid),
        [_table(run, grid)],
        [Swatch("heat", Term("più caro", "dearer"), 0.46), Swatch("heat", Term("meno caro", "cheaper"), 0.06)],
    )


def _axis(grid: Grid, place: int) -> list[float]:
    return sorted({pair["values"][place] for pair in grid["pairs"]})


def _answer_pair(grid: Grid) -> Pair | None:
    answer = list((grid["answer"] or {}).values())
    return next((pair for pair in grid["pairs"] if pair["values"] == answer), None)


def _values(run: CapacityRun, values: Mapping[str, float]) -> Term:
    named = [(parameter_words(run, path), in_full(value)) for path, value in values.items()]
    return Term(
        ", ".join(f"{words.it} {value.it}" for words, value in named),
        ", ".join(f"{words.en} {value.en}" for words, value in named),
    )


def _draw(canvas: Canvas, run: CapacityRun, grid: Grid) -> None:
    across, up = _axis(grid, 0), _axis(grid, 1)[::-1]
    left = NARROW_LEFT if canvas.is_narrow else LEFT
    width = (canvas.width - left - 4) / len(across)
    costs = [pair["cost"] for pair in grid["pairs"]]
    least, largest = min(costs), max(costs)
    names = [parameter_words(run, path) for path in grid["vary"]]
    canvas.text(0, 14, filled(Term("↑ {name}", "↑ {name}"), name=names[1]), "lab strong")
    for row, value in enumerate(up):
        canvas.text(left - 10, TOP + row * ROW + ROW / 2 + 4, number(value), "lab end")
    bottom = TOP + len(up) * ROW
    for column, value in enumerate(across):
        canvas.text(left + (column + 0.5) * width, bottom + 16, number(value), "lab mid")
    canvas.text(canvas.width, bottom + 36, filled(Term("{name} →", "{name} →"), name=names[0]), "lab strong end")
    best_pair = _answer_pair(grid)
    for pair in sorted(grid["pairs"], key=lambda pair: pair is best_pair):  # its outline lies over its neighbours'
        x = left + across.index(pair["values"][0]) * width
        y = TOP + up.index(pair["values"][1]) * ROW
        share = (pair["cost"] - least) / (largest - least) if largest > least else 0.0
        depth = 0.06 + 0.4 * share
        canvas.rect(
            x, y, width - 2, ROW - 2, "heat most" if pair is best_pair else "heat", _tip(run, grid, pair), depth
        )
        if width >= LEAST_TEXT_WIDTH:
            decimals = 0 if abs(pair["cost"]) >= 100 else None
            canvas.text(x + width / 2 - 1, y + 18, number(pair["cost"], decimals), "lab mid")
            sign = SIGNS[pair["side"]]
            unit = run.unit_of(grid["target"]["indicator"])
            words = filled(Term("{sign} {mean}", "{sign} {mean}"), sign=sign, mean=bare(pair["mean"], unit))
            canvas.text(x + width / 2 - 1, y + 34, words, "lab mid")


def _tip(run: CapacityRun, grid: Grid, pair: Pair) -> Term:
    pattern = Term(
        "{values}: {cost}; {mean} ({ends}), {count:# replica|# repliche}: {side}",
        "{values}: {cost}; {mean} ({ends}), {count:# replication|# replications}: {side}",
    )
    unit = run.unit_of(grid["target"]["indicator"])
    return filled(
        pattern,
        values=_values(run, dict(zip(grid["vary"], pair["values"], strict=True))),
        cost=amount(pair["cost"], run.unit_of(grid["minimise"])),
        mean=amount(pair["mean"], unit),
        ends=between(pair["low"], pair["high"], unit),
        count=number(pair["replications"], 0),
        side=SIDES[pair["side"]],
    )


def _table(run: CapacityRun, grid: Grid) -> Table:
    unit, cost_unit = run.unit_of(grid["target"]["indicator"]), run.unit_of(grid["minimise"])
    head: list[Cell] = [
        *(parameter_words(run, path) for path in grid["vary"]),
        run.title_of(grid["minimise"]),
        Term("Intervallo al 95 %", "95% interval"),
        run.title_of(grid["target"]["indicator"]),
        Term("Intervallo al 95 %", "95% interval"),
        Term("Repliche", "Replications"),
        Term("Obiettivo", "Target"),
    ]
    return Table(head, [_row(pair, unit, cost_unit) for pair in _by_cost(grid["pairs"])])


def _by_cost(pairs: Sequence[Pair]) -> list[Pair]:
    return sorted(pairs, key=lambda pair: float(pair["cost"]))


def _row(pair: Pair, unit: str, cost_unit: str) -> list[Cell]:
    return [
        *(in_full(value) for value in pair["values"]),
        amount(pair["cost"], cost_unit),
        between(pair["cost_low"], pair["cost_high"], cost_unit),
        bare(pair["mean"], unit),
        between(pair["low"], pair["high"], unit),
        number(pair["replications"], 0),
        SIDES[pair["side"]],
    ]
