"""The answer of a plan: in a sentence, and as the values that it tried against the target.

What lives here: one figure. It must not know how values were chosen: it shows `plan.json`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reports.capacity_canvas import Canvas, Scale, value_axis
from reports.capacity_figure import Cell, Figure, Table
from reports.capacity_reading import CapacityRun
from reports.capacity_response import LEFT, Axis
from reports.masking import printable
from reports.number_wording import bare, between, filled, number, percent
from reports.wording import Term

Row = Mapping[str, Any]
RELATIONS = {"<=": "≤", ">=": "≥"}
PLAN_TITLE = Term(
    "{vary} = {answer} è il valore più piccolo che soddisfa {target}, con confidenza {confidence}",
    "{vary} = {answer} is the smallest value that meets {target}, with {confidence} confidence",
)
PLAN_NONE = Term(
    "Nessun valore di {vary} fino a {highest} soddisfa {target} con confidenza {confidence}",
    "No value of {vary} up to {highest} meets {target} with {confidence} confidence",
)
TRIED_TITLE = Term(
    "Valori provati: {count}; soddisfano l'obiettivo: {meeting}",
    "Values tried: {count}; meeting the target: {meeting}",
)
PLAN_NOTE = Term(
    "Ogni punto è un valore provato, con il suo intervallo e la probabilità di soddisfare l'obiettivo. "
    "Pieno: lo soddisfa. Vuoto: no. Tratteggio: l'obiettivo.",
    "Each dot is a value tried, with its interval and how sure it is to meet the target. "
    "Full: meets it. Hollow: does not. Dashes: the target.",
)


def target_text(plan: Mapping[str, Any]) -> str:
    """The target as a formula."""
    target = plan["target"]
    place = f"[{target['territory']}]" if target.get("territory") else ""
    return printable(f"{target['indicator']}{place} {RELATIONS.get(target['relation'], '=')} {target['limit']:g}")


def plan_sentence(plan: Mapping[str, Any]) -> Term:
    """The answer of a plan."""
    answer = plan.get("answer")
    return filled(
        PLAN_NONE if answer is None else PLAN_TITLE,
        vary=printable(str(plan["vary"])),
        answer=number(answer),
        highest=number(max((each["value"] for each in plan["tried"]), default=None)),
        target=target_text(plan),
        confidence=percent(plan["confidence"], 0),
    )


def plan_figure(run: CapacityRun) -> Figure | None:
    """What a plan tried; None where the run is no plan."""
    plan = run.plan
    if plan is None or not plan.get("tried"):
        return None
    tried = [each for each in plan["tried"] if each["mean"] is not None]
    indicator = str(plan["target"]["indicator"])
    unit = "share" if indicator.startswith("share") or indicator == "utilisation" else "number"
    meeting = [number(each["value"]) for each in plan["tried"] if each["meets"]]
    said = Term(" ".join(each.it for each in meeting), " ".join(each.en for each in meeting))
    return Figure(
        "plan-tried",
        filled(
            TRIED_TITLE,
            count=number(len(plan["tried"]), 0),
            meeting=said if meeting else Term("nessuno", "none"),
        ),
        PLAN_NOTE,
        (300, 300),
        lambda canvas: _draw_plan(canvas, plan, tried, unit),
        [_plan_table(plan, unit)],
    )


def _draw_plan(canvas: Canvas, plan: Mapping[str, Any], tried: Sequence[Row], unit: str) -> None:
    axis = Axis(str(plan["vary"]), [each["value"] for each in plan["tried"]])
    limit = float(plan["target"]["limit"])
    values = [value for each in tried for value in (each["low"], each["mean"], each["high"]) if value is not None]
    low, high = min(*values, limit), max(*values, limit)
    room = (high - low) * 0.12 or 1.0
    up = Scale(max(low - room, 0) if low >= 0 else low - room, high + room, 246, 34)
    across = Scale(*axis.ends, LEFT, canvas.width - 16)
    canvas.text(0, 16, str(plan["target"]["indicator"]), "lab strong")
    value_axis(canvas, up, across.start, across.end, is_share=unit == "share")
    canvas.line(across.start, up(limit), across.end, up(limit), "dash")
    for each in tried:
        x, y = across(each["value"]), up(each["mean"])
        if each["low"] is not None and each["high"] is not None:
            canvas.line(x, up(each["low"]), x, up(each["high"]), "whisker")
        css = "good" if each["meets"] else "bad hollow"
        radius = 7 if each["value"] == plan.get("answer") else 4.5
        canvas.dot(x, y, radius, css, _trial_tip(plan, each, unit))
        canvas.text(x, up.start + 16, number(each["value"]), "tick mid")
    canvas.text(across.end, 292, printable(axis.path), "tick end")


def _trial_tip(plan: Mapping[str, Any], each: Row, unit: str) -> Term:
    said = Term(
        "{vary} = {value}: {mean}, {count} repliche, sicuro al {sure}",
        "{vary} = {value}: {mean}, {count} replications, {sure} sure",
    )
    return filled(
        said,
        vary=printable(str(plan["vary"])),
        value=number(each["value"]),
        mean=bare(each["mean"], unit),
        count=number(each["replications"], 0),
        sure=percent(each["sure"]),
    )


def _plan_table(plan: Mapping[str, Any], unit: str) -> Table:
    head: list[Cell] = [
        printable(str(plan["vary"])),
        Term("Media", "Mean"),
        Term("Intervallo al 95 %", "95% interval"),
        Term("Repliche", "Replications"),
        Term("Probabilità di soddisfare", "How sure"),
        Term("Soddisfa", "Meets"),
    ]
    rows = [
        [
            number(each["value"]),
            bare(each["mean"], unit),
            between(each["low"], each["high"], unit),
            number(each["replications"], 0),
            percent(each["sure"]),
            Term("sì", "yes") if each["meets"] else Term("no", "no"),
        ]
        for each in plan["tried"]
    ]
    return Table(head, rows)
