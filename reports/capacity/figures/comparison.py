"""Two runs beside each other: which indicators moved, by how much, and how sure that is.

What lives here: one figure and its sentence. It must not compare anything itself: it shows the table `comparison`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from reports.capacity.canvas import Canvas, Scale, ticks
from reports.capacity.figure import Cell, Figure, Swatch, Table
from reports.capacity.run_folder import ALL, CapacityRun
from reports.words.labels import Term
from reports.words.masking import printable
from reports.words.number_words import bare, between, filled, joined, number, percent

Row = Mapping[str, Any]
SENTENCE = Term(
    "Da A a B: indicatori migliorati {better}, peggiorati {worse}, dal segno incerto {open}",
    "From A to B: indicators better {better}, worse {worse}, of unsure sign {open}",
)
SIDE = Term("{side}: {folder}, {count:# replica|# repliche}", "{side}: {folder}, {count:# replication|# replications}")
CHANGE = Term("{path}: {a} in A, {b} in B", "{path}: {a} in A, {b} in B")
MOST_CHANGES = 6
TITLE = Term("Che cosa cambia di più: {names}", "What changes most: {names}")
UNSURE_TITLE = Term("Nessun indicatore cambia con certezza", "No indicator surely changes")
NO_TITLE = Term("Nessun indicatore cambia", "No indicator changes")
NOTE = Term(
    "Differenza B − A come quota della media di A, con il suo intervallo al 95 %: coppie di repliche con la stessa "
    "sorte ({pairs}). Dove l'intervallo contiene lo zero il segno non è certo. Ciò che supera il grafico sta sul bordo "
    "con il suo valore.",
    "Difference B − A as a share of A's mean, with its 95% interval: pairs of replications with the same luck "
    "({pairs}). Where the interval holds zero the sign is not sure. What is beyond the plot stands at its edge, "
    "with its value.",
)
LEGEND = (
    Swatch("good", Term("migliora", "better")),
    Swatch("bad hollow", Term("peggiora", "worse")),
    Swatch("fill o5", Term("diverso, o non certo", "different, or not sure")),
)
SIDES = {"B": "good", "A": "bad hollow"}
CHANGED = Term("I valori in cui gli scenari differiscono", "The values in which the scenarios differ")
UNCHANGED = Term("Gli scenari non differiscono in alcun valore.", "The scenarios differ in no value.")
MOST_SHOWN, ROW, LEAST_REACH = 16, 30, 0.02


UNRELATED = Term(
    "Attenzione: i due scenari non sono varianti di uno stesso (nome, operatori o territori diversi): le differenze "
    "non hanno una causa sola e le coppie risparmiano poco.",
    "Mind: the two scenarios are no variants of one (other name, operators or territories): differences have no single "
    "cause, and pairs save little.",
)


def comparison_sentence(run: CapacityRun) -> Term:
    """How many indicators moved which way."""
    rows = _rows(run)
    better, worse = (sum(row["better"] == side for row in rows) for side in ("B", "A"))
    is_open = sum(not row["better"] and row["difference"] != 0 and _direction(run, row) != "" for row in rows)
    return filled(SENTENCE, better=number(better), worse=number(worse), open=number(is_open))


def comparison_facts(run: CapacityRun) -> list[Term]:
    """Which two runs were compared, and in what their scenarios differ."""
    about = run.about.get("comparison") or {}
    sentences = []
    for side in ("a", "b"):
        counts = (about.get(side) or {}).get("replications") or {}
        folder = printable(str((about.get(side) or {}).get("folder", "")))
        sentences.append(filled(SIDE, side=side.upper(), folder=folder, count=number(sum(counts.values()), 0)))
    if about.get("unrelated"):
        sentences.append(UNRELATED)
    changed = about.get("changed") or []
    for change in changed[:MOST_CHANGES]:
        sentences.append(filled(CHANGE, **{name: printable(str(change[name])) for name in ("path", "a", "b")}))
    return sentences if changed else [*sentences, UNCHANGED]


def comparison_figure(run: CapacityRun) -> Figure | None:
    """The differences of the indicators that moved most, the surest first; None where the run is no comparison."""
    rows = _rows(run)
    if not rows:
        return None
    moved = sorted((row for row in rows if row["difference"] and row["mean_a"]), key=_certainty, reverse=True)
    rows_shown = moved[:MOST_SHOWN]
    names = [run.title_of(row["indicator"]) for row in rows_shown[:2] if _certainty(row) > 1]
    listed = joined(names, "; ")
    height = max(len(rows_shown), 1) * ROW + 30
    return Figure(
        "differences",
        filled(TITLE, names=listed) if names else UNSURE_TITLE if rows_shown else NO_TITLE,
        filled(NOTE, pairs=number(max(row["pairs"] for row in rows))),
        (height, max(len(rows_shown), 1) * (ROW + 16) + 30),
        lambda canvas: _draw(canvas, run, rows_shown),
        [_table(run, rows), _changed_table(run)],
        LEGEND,
    )


def _rows(run: CapacityRun) -> list[Row]:
    table = run.frames.get("comparison", pl.DataFrame())
    return [] if table.is_empty() else list(table.filter(pl.col("territory") == ALL).iter_rows(named=True))


def _direction(run: CapacityRun, row: Row) -> str:
    return run.titles[row["indicator"]][2] if row["indicator"] in run.titles else ""


def _certainty(row: Row) -> float:
    """How many half widths of its interval the difference is from zero."""
    if row["low"] is None:
        return 0.0
    half_width = (float(row["high"]) - float(row["low"])) / 2
    return min(abs(float(row["difference"])) / max(half_width, 1e-12), 1e6)


def _draw(canvas: Canvas, run: CapacityRun, rows: Sequence[Row]) -> None:
    left = 0 if canvas.is_narrow else 330
    height = ROW + 16 if canvas.is_narrow else ROW
    bottom = canvas.height - 20
    reach = _reach(rows)
    across = Scale(-reach, reach, left + 8, canvas.width - 16)
    for mark in ticks(-reach, reach, 4 if canvas.is_narrow else 8):
        canvas.line(across(mark), 0, across(mark), bottom, "grid")
        canvas.text(across(mark), bottom + 16, percent(mark, 0), "tick mid")
    canvas.line(across(0), 0, across(0), bottom, "mark")
    for place, row in enumerate(rows):
        y = place * height + (28 if canvas.is_narrow else ROW / 2)
        canvas.text(0, y - 12 if canvas.is_narrow else y + 4, run.title_of(row["indicator"]), "lab halo")
        _draw_difference(canvas, across, y, row, run.title_of(row["indicator"]))


def _reach(rows: Sequence[Row]) -> float:
    """How far the axis goes: what most rows need; a row beyond it ends at the edge."""
    reaches = sorted(abs(row["difference"] / row["mean_a"]) for row in rows)
    return max(1.25 * reaches[int(0.8 * (len(reaches) - 1))], LEAST_REACH) if reaches else LEAST_REACH


def _draw_difference(canvas: Canvas, across: Scale, y: float, row: Row, title: Term) -> None:
    def at(value: float) -> float:
        return across(min(max(value / abs(row["mean_a"]), across.low), across.high))

    if row["low"] is not None:
        canvas.line(at(row["low"]), y, at(row["high"]), y, "whisker")
    pattern = Term("{title}: {a} → {b}; {ends}", "{title}: {a} → {b}; {ends}")
    ends = between(row["low"], row["high"], row["unit"])
    a, b = bare(row["mean_a"], row["unit"]), bare(row["mean_b"], row["unit"])
    tip = filled(pattern, title=title, a=a, b=b, ends=ends)
    canvas.dot(at(row["difference"]), y, 5, SIDES.get(row["better"], "fill o5"), tip)
    share = row["difference"] / abs(row["mean_a"])
    if not across.low <= share <= across.high:
        side, anchor = (-10, "end ") if share > 0 else (10, "")
        canvas.text(at(row["difference"]) + side, y + 4, percent(share, 0), f"{anchor}lab halo")


def _table(run: CapacityRun, rows: Sequence[Row]) -> Table:
    head: list[Cell] = [
        Term("Indicatore", "Indicator"),
        *("A", "B", "B − A"),
        Term("Intervallo al 95 %", "95% interval"),
        Term("Varianza risparmiata dalle coppie", "Variance saved by pairing"),
        Term("Meglio", "Better"),
    ]
    return Table(head, [_cells(run, row) for row in rows])


def _cells(run: CapacityRun, row: Row) -> list[Cell]:
    unit, saved = row["unit"], row["variance_ratio"]
    means = [bare(row[name], unit) for name in ("mean_a", "mean_b", "difference")]
    ratio = Term("–", "–") if saved is None else Term(f"{number(saved).it} ×", f"{number(saved).en} ×")
    return [run.title_of(row["indicator"]), *means, between(row["low"], row["high"], unit), ratio, str(row["better"])]


def _changed_table(run: CapacityRun) -> Table:
    changed = (run.about.get("comparison") or {}).get("changed") or []
    rows = [[printable(str(change[name])) for name in ("path", "a", "b")] for change in changed]
    return Table([Term("Valore", "Value"), "A", "B"], rows, CHANGED if rows else UNCHANGED)
