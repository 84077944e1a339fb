"""What a plan tried, as a curve against the target, with the values that it accepts and what each of them costs.

What lives here: one figure. It must not know how values were chosen: it shows `plan.json`, and costs from `kpis`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from reports.capacity.canvas import Canvas, Scale, value_axis
from reports.capacity.figure import Cell, Figure, Swatch, Table
from reports.capacity.figures.plan import indicator_of
from reports.capacity.figures.response import LEFT, titled
from reports.capacity.parameter_words import parameter_words
from reports.capacity.run_folder import ALL, CapacityRun
from reports.words.labels import Term
from reports.words.number_words import amount, bare, between, filled, in_full, joined, number, percent

Row = Mapping[str, Any]
Costs = Mapping[float, Row]
TRIED_TITLE = Term(
    "{vary}. Valori provati: {count}; soddisfano l'obiettivo: {meeting}",
    "{vary}. Values tried: {count}; meeting the target: {meeting}",
)
PLAN_NOTE = Term(
    "Ogni punto è un valore provato, con il suo intervallo al 95 % e, sotto, la probabilità di soddisfare l'obiettivo. "
    "Pieno: lo soddisfa con certezza. Vuoto: no, o non è abbastanza certo. Tratteggio: l'obiettivo. La confidenza vale "
    "per la risposta intera: ogni valore e ogni sguardo ne spende una parte.",
    "Each dot is a value tried, with its 95% interval and, below, how sure it is to meet the target. "
    "Full: surely meets it. Hollow: does not, or not surely enough. Dashes: the target. The confidence is that of the "
    "whole answer: every value and every look spends a part of it.",
)
ACCEPTED = Term("valori accettati", "values accepted")
UNDECIDED = Term("non è deciso", "undecided")
COST_TITLE = Term("Costo dei giorni misurati (euro)", "Cost of the measured days (euro)")
HEIGHT, COST_HEIGHT = 316, 150


def plan_figure(run: CapacityRun) -> Figure | None:
    """What a plan tried; None where the run is no plan."""
    plan = run.plan
    if plan is None or not plan.get("tried"):
        return None
    title, unit = indicator_of(run, plan)
    meeting = [in_full(trial["value"]) for trial in plan["tried"] if trial["meets"]]
    values_that_meet = joined(meeting, "; ")
    costs, vary = _costs(run, str(plan["vary"])), parameter_words(run, str(plan["vary"]))
    height = HEIGHT + (COST_HEIGHT if costs else 0)
    return Figure(
        "plan-tried",
        filled(
            TRIED_TITLE,
            vary=vary,
            count=number(len(plan["tried"]), 0),
            meeting=values_that_meet if meeting else Term("nessuno", "none"),
        ),
        PLAN_NOTE,
        (height, height),
        lambda canvas: _Drawn(canvas, plan, vary, unit, costs).draw(titled(title, unit)),
        [_plan_table(plan, vary, unit, costs)],
        [
            Swatch(css, name)
            for css, name, span in (("accepted", ACCEPTED, accepted(plan)), ("doubtful", UNDECIDED, undecided(plan)))
            if span is not None
        ],
    )


def _costs(run: CapacityRun, path: str) -> Costs:
    """The cost of each value tried; none where nothing is priced."""
    kpis = run.frames.get("kpis", pl.DataFrame())
    if kpis.is_empty():
        return {}
    rows = kpis.filter(pl.col("mean").is_not_null(), indicator="cost", territory=ALL)
    by_variant = {row["variant"]: row for row in rows.iter_rows(named=True)}
    values = {str(variant["name"]): variant["changes"].get(path) for variant in run.variants}
    return {float(values[name]): row for name, row in by_variant.items() if values.get(name) is not None}


def accepted(plan: Mapping[str, Any]) -> tuple[int, int] | None:
    """The first and last of the tried values that the answer accepts, by their places; None where there are none."""
    answer, last_place = plan.get("answer"), len(plan["tried"]) - 1
    if answer is None:
        return None
    place = _place_of(plan, answer)
    is_largest = plan["outcome"] == "largest" or (plan["outcome"] == "undecided" and answer < max(plan["between"]))
    return (0, place) if is_largest else (place, last_place)


def undecided(plan: Mapping[str, Any]) -> tuple[int, int] | None:
    """The first and last of the tried values between which it is not decided."""
    if plan["outcome"] != "undecided" or not plan.get("between"):
        return None
    low, high = plan["between"]
    answer = plan.get("answer")
    places = [
        place for place, trial in enumerate(plan["tried"]) if low <= trial["value"] <= high and trial["value"] != answer
    ]
    return (places[0], places[-1]) if places else None


def _place_of(plan: Mapping[str, Any], value: float) -> int:
    return next(place for place, trial in enumerate(plan["tried"]) if trial["value"] == value)


class _Drawn:
    """The curve on its sheet: values at even distances, for a bisection crowds about its answer."""

    def __init__(self, canvas: Canvas, plan: Mapping[str, Any], vary: Term, unit: str, costs: Costs) -> None:
        self._canvas, self._plan, self._vary, self._unit, self._costs = canvas, plan, vary, unit, costs
        self._across = Scale(-0.5, len(plan["tried"]) - 0.5, LEFT, canvas.width - 16)
        self._up = self._scale()

    def draw(self, title: Term) -> None:
        """All of it."""
        canvas, across, up = self._canvas, self._across, self._up
        limit = float(self._plan["target"]["limit"])
        canvas.text(0, 16, title, "lab strong")
        self._draw_region(accepted(self._plan), "accepted")
        self._draw_region(undecided(self._plan), "doubtful")
        value_axis(canvas, up, across.start, across.end, is_share=self._unit == "share")
        canvas.line(across.start, up(limit), across.end, up(limit), "dash")
        canvas.text(0, up.start + 31, Term("certo, %", "sure, %"), "tick")
        tried = [(place, trial) for place, trial in enumerate(self._plan["tried"]) if trial["mean"] is not None]
        canvas.curve([(across(place), up(trial["mean"])) for place, trial in tried], "stroke s1", 0.5)
        for place, trial in enumerate(self._plan["tried"]):
            canvas.text(across(place), up.start + 16, number(trial["value"]), "tick mid")
            canvas.text(across(place), up.start + 31, _sureness(trial["sure"]), "tick mid")
        for place, trial in tried:
            self._draw_trial(place, trial)
        canvas.text(across.end, up.start + 52, self._vary, "tick end")
        if self._costs:
            self._draw_costs()

    def _scale(self) -> Scale:
        limit = float(self._plan["target"]["limit"])
        trials = [trial for trial in self._plan["tried"] if trial["mean"] is not None]
        values = [
            value for trial in trials for value in (trial["low"], trial["mean"], trial["high"]) if value is not None
        ]
        low, high = min(*values, limit, limit), max(*values, limit, limit)
        room = (high - low) * 0.12 or 1.0
        return Scale(max(low - room, 0) if low >= 0 else low - room, high + room, 246, 34)

    def _draw_region(self, span: tuple[int, int] | None, css: str) -> None:
        if span is not None:
            start, end = self._across(span[0] - 0.5), self._across(span[1] + 0.5)
            self._canvas.rect(start, self._up.end, end - start, self._up.start - self._up.end, css)

    def _draw_trial(self, place: int, trial: Row) -> None:
        canvas, x, up = self._canvas, self._across(place), self._up
        if trial["low"] is not None and trial["high"] is not None:
            canvas.line(x, up(trial["low"]), x, up(trial["high"]), "whisker")
        css = "good" if trial["meets"] else "bad hollow"
        radius = 7 if trial["value"] == self._plan.get("answer") else 4.5
        canvas.dot(x, up(trial["mean"]), radius, css, self._tip(trial))

    def _draw_costs(self) -> None:
        canvas, across = self._canvas, self._across
        costs = {place: self._costs.get(float(trial["value"])) for place, trial in enumerate(self._plan["tried"])}
        known_costs = {place: row for place, row in costs.items() if row is not None}
        values = [
            value
            for row in known_costs.values()
            for value in (row["low"], row["mean"], row["high"])
            if value is not None
        ]
        low, high = min(values), max(values)
        room = (high - low) * 0.15 or 1.0
        up = Scale(max(low - room, 0), high + room, HEIGHT + COST_HEIGHT - 22, HEIGHT + 30)
        canvas.text(0, HEIGHT + 16, COST_TITLE, "lab strong")
        value_axis(canvas, up, across.start, across.end, 3)
        canvas.curve([(across(place), up(row["mean"])) for place, row in known_costs.items()], "stroke s2")
        for place, row in known_costs.items():
            if row["low"] is not None:
                canvas.line(across(place), up(row["low"]), across(place), up(row["high"]), "whisker")
            canvas.dot(across(place), up(row["mean"]), 4, "fill s1", amount(row["mean"], "euro"))
            value = in_full(self._plan["tried"][place]["value"])
            canvas.text(across(place), up.start + 16, value, "tick mid")

    def _tip(self, trial: Row) -> Term:
        pattern = Term(
            "{vary} = {value}: {mean}, {count:# replica|# repliche}, sicuro al {sure}",
            "{vary} = {value}: {mean}, {count:# replication|# replications}, {sure} sure",
        )
        return filled(
            pattern,
            vary=self._vary,
            value=in_full(trial["value"]),
            mean=bare(trial["mean"], self._unit),
            count=number(trial["replications"], 0),
            sure=percent(trial["sure"]),
        )


def _sureness(sure: float) -> Term:
    """How sure a value is to meet the target, in percent, as short as an axis wants it."""
    if 0.005 <= sure < 0.995:
        return number(sure * 100, 0)
    return Term("> 99", "> 99") if sure > 0.5 else Term("< 1", "< 1")


def _plan_table(plan: Mapping[str, Any], vary: Term, unit: str, costs: Costs) -> Table:
    head: list[Cell] = [
        vary,
        Term("Media", "Mean"),
        Term("Intervallo al 95 %", "95% interval"),
        Term("Repliche", "Replications"),
        Term("Probabilità di soddisfare", "How sure"),
        Term("Soddisfa", "Meets"),
        *([Term("Costo", "Cost")] if costs else []),
    ]
    return Table(head, [_row(trial, unit, costs) for trial in plan["tried"]])


def _row(trial: Row, unit: str, costs: Costs) -> Sequence[Cell]:
    cost = costs.get(float(trial["value"]))
    return [
        in_full(trial["value"]),
        bare(trial["mean"], unit),
        between(trial["low"], trial["high"], unit),
        number(trial["replications"], 0),
        percent(trial["sure"]),
        Term("sì", "yes") if trial["meets"] else Term("no", "no"),
        *([amount(cost["mean"], "euro") if cost else "–"] if costs else []),
    ]
