"""The answer of a plan: in a sentence, and as the values that it tried against the target.

What lives here: one figure. It must not know how values were chosen: it shows `plan.json`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reports.capacity.canvas import Canvas, Scale, value_axis
from reports.capacity.figure import Cell, Figure, Table
from reports.capacity.figures.response import LEFT, titled
from reports.capacity.run_folder import CapacityRun
from reports.words.labels import Term
from reports.words.masking import printable
from reports.words.number_words import amount, bare, between, filled, number, percent

Row = Mapping[str, Any]
RELATIONS = {"<=": "≤", ">=": "≥"}
OUTCOMES = {
    "smallest": Term(
        "{vary}: ne bastano {answer} per avere {target}, con confidenza {confidence}",
        "{vary}: {answer} is the least that gives {target}, with {confidence} confidence",
    ),
    "largest": Term(
        "{vary}: di più peggiora; {answer} è il massimo con cui si ha {target}, con confidenza {confidence}",
        "{vary}: more makes it worse; {answer} is the most that gives {target}, with {confidence} confidence",
    ),
    "undecided": Term(
        "{vary}: tra {first} e {last} non è deciso se si ha {target}, con confidenza {confidence}",
        "{vary}: between {first} and {last} it is undecided whether it gives {target}, with {confidence} confidence",
    ),
    "none": Term(
        "{vary}: nessun valore fino a {highest} dà {target}, con confidenza {confidence}; il più vicino è {best}",
        "{vary}: no value up to {highest} gives {target}, with {confidence} confidence; {best} comes closest",
    ),
    "other_limit": Term(
        "{vary} non fa differenza: nessun valore fino a {highest} dà con certezza {target}",
        "{vary} makes no difference: no value up to {highest} surely gives {target}",
    ),
}
SAFE = Term("{answer} lo dà con certezza", "{answer} surely gives it")
SETTLED_BY = Term("lo deciderebbero circa {count} repliche", "about {count} replications would settle it")
BINDS = Term(
    "Il limite è un altro: {parameter}, ora {now}; con {matters} cambia qualcosa, {met}",
    "Another limit binds: {parameter}, now {now}; {matters} makes a difference, {met}",
)
MET = Term("con {meets} si raggiunge l'obiettivo", "{meets} meets the target")
NOT_MET = Term("l'obiettivo non si raggiunge", "the target is not met")
TRIED_TITLE = Term(
    "Valori provati: {count}; soddisfano l'obiettivo: {meeting}",
    "Values tried: {count}; meeting the target: {meeting}",
)
PLAN_NOTE = Term(
    "Ogni punto è un valore provato, con il suo intervallo al 95 % e, sotto, la probabilità di soddisfare l'obiettivo. "
    "Pieno: lo soddisfa con certezza. Vuoto: no, o non è abbastanza certo. Tratteggio: l'obiettivo. La confidenza vale "
    "per la risposta intera: ogni valore e ogni sguardo ne spende una parte.",
    "Each dot is a value tried, with its 95% interval and, below, how sure it is to meet the target. "
    "Full: surely meets it. Hollow: does not, or not surely enough. Dashes: the target. The confidence is that of the "
    "whole answer: every value and every look spends a part of it.",
)
SLOTS = Term("Posti per fascia in {place}", "Slots per band in {place}")
ALL_SLOTS = Term("Posti per fascia in tutti i territori", "Slots per band in all territories")


def target_text(run: CapacityRun, plan: Mapping[str, Any]) -> Term:
    """The target as people say it: «Giorni fino alla visita, 95° percentile (Lazio) ≤ 7 giorni»."""
    target = plan["target"]
    title, unit = _indicator(run, plan)
    place = str(target.get("territory") or "")
    where = f" ({run.territory_titles.get(place, printable(place))})" if place else ""
    relation, limit = RELATIONS.get(target["relation"], "="), amount(target["limit"], unit)
    return Term(f"«{title.it}»{where} {relation} {limit.it}", f"“{title.en}”{where} {relation} {limit.en}")


def _indicator(run: CapacityRun, plan: Mapping[str, Any]) -> tuple[Term, str]:
    """Title and unit of the indicator aimed at."""
    name = str(plan["target"]["indicator"])
    title, unit, _ = run.titles.get(name, (Term(printable(name), printable(name)), "number", ""))
    return title, unit


def _parameter(run: CapacityRun, path: str) -> Term:
    """The parameter as people call it, where it is one of the usual; else its path."""
    table, _, key = path.partition(".")
    place, _, last = key.rpartition(".")
    if table != "territories" or last != "slots_per_band":
        return Term(printable(path), printable(path))
    return filled(SLOTS, place=run.territory_titles.get(place, printable(place))) if place else ALL_SLOTS


def plan_sentence(run: CapacityRun, plan: Mapping[str, Any]) -> Term:
    """The answer of a plan: how it ended, what is surely enough, and what else holds the target back."""
    first, last = plan.get("between") or (None, None)
    sentence = filled(
        OUTCOMES[str(plan["outcome"])],
        vary=_parameter(run, str(plan["vary"])),
        answer=number(plan.get("answer")),
        first=number(first),
        last=number(last),
        best=number(plan.get("best")),
        highest=number(max((trial["value"] for trial in plan["tried"]), default=None)),
        target=target_text(run, plan),
        confidence=percent(plan["confidence"], 0),
    )
    return _joined([sentence, *_more_of_the_answer(plan)], "; ")


def binding_sentence(run: CapacityRun, plan: Mapping[str, Any]) -> Term | None:
    """What holds the target back where the parameter does not; None where nothing was found or asked."""
    limit = plan.get("limit")
    if not limit:
        return None
    meets = limit["meets_at"]
    return filled(
        BINDS,
        parameter=_parameter(run, str(limit["parameter"])),
        now=number(limit["now"]),
        matters=number(limit["matters_at"]),
        met=NOT_MET if meets is None else filled(MET, meets=number(meets)),
    )


def _more_of_the_answer(plan: Mapping[str, Any]) -> list[Term]:
    """Of an undecided answer: the value that surely meets the target, and what would settle it."""
    more: list[Term] = []
    if plan["outcome"] == "undecided":
        if plan.get("answer") is not None:
            more.append(filled(SAFE, answer=number(plan["answer"])))
        if plan.get("replications_wanted"):
            more.append(filled(SETTLED_BY, count=number(plan["replications_wanted"], 0)))
    return more


def _joined(parts: Sequence[Term], between_them: str) -> Term:
    return Term(between_them.join(part.it for part in parts), between_them.join(part.en for part in parts))


def plan_command(plan: Mapping[str, Any], about: Mapping[str, Any]) -> str:
    """The command that gives the plan again; nothing where its file does not say how it searched."""
    search, target = plan.get("search"), plan["target"]
    if not search:
        return ""
    place = f"[{target['territory']}]" if target.get("territory") else ""
    aim = f"--target '{target['indicator']}{place}{target['relation']}{target['limit']:g}' --vary {plan['vary']}"
    where = f"--from {search['low']:g} --to {search['high']:g} --step {search['step']:g}"
    how = f"--confidence {plan['confidence']:g} --replications {search['most_replications']}"
    if "indifference" in search:
        how += f" --indifference {search['indifference']:g}"
    changes = [f"--set {path}={value}" for path, value in (about.get("changes") or {}).items()]
    words = (
        "appuntamento plan",
        str(about.get("file", "")),
        aim,
        where,
        *changes,
        how,
        f"--seed {about.get('seed', 0)}",
    )
    return printable(" ".join(words))


def plan_figure(run: CapacityRun) -> Figure | None:
    """What a plan tried; None where the run is no plan."""
    plan = run.plan
    if plan is None or not plan.get("tried"):
        return None
    tried = [trial for trial in plan["tried"] if trial["mean"] is not None]
    title, unit = _indicator(run, plan)
    meeting = [number(trial["value"]) for trial in plan["tried"] if trial["meets"]]
    values_that_meet = Term("; ".join(trial.it for trial in meeting), "; ".join(trial.en for trial in meeting))
    return Figure(
        "plan-tried",
        filled(
            TRIED_TITLE,
            count=number(len(plan["tried"]), 0),
            meeting=values_that_meet if meeting else Term("nessuno", "none"),
        ),
        PLAN_NOTE,
        (310, 310),
        lambda canvas: _draw_plan(canvas, plan, tried, titled(title, unit), unit),
        [_plan_table(plan, unit)],
    )


def _draw_plan(canvas: Canvas, plan: Mapping[str, Any], tried: Sequence[Row], title: Term, unit: str) -> None:
    limit = float(plan["target"]["limit"])
    values = [value for trial in tried for value in (trial["low"], trial["mean"], trial["high"]) if value is not None]
    low, high = min(*values, limit), max(*values, limit)
    room = (high - low) * 0.12 or 1.0
    up = Scale(max(low - room, 0) if low >= 0 else low - room, high + room, 246, 34)
    across = Scale(-0.5, len(plan["tried"]) - 0.5, LEFT, canvas.width - 16)  # even: a bisection crowds about its answer
    canvas.text(0, 16, title, "lab strong")
    value_axis(canvas, up, across.start, across.end, is_share=unit == "share")
    canvas.line(across.start, up(limit), across.end, up(limit), "dash")
    canvas.text(0, up.start + 31, Term("certo, %", "sure, %"), "tick")
    for place, trial in enumerate(plan["tried"]):
        canvas.text(across(place), up.start + 16, number(trial["value"]), "tick mid")
        canvas.text(across(place), up.start + 31, _sureness(trial["sure"]), "tick mid")
        if trial["mean"] is None:
            continue
        x, y = across(place), up(trial["mean"])
        if trial["low"] is not None and trial["high"] is not None:
            canvas.line(x, up(trial["low"]), x, up(trial["high"]), "whisker")
        css = "good" if trial["meets"] else "bad hollow"
        radius = 7 if trial["value"] == plan.get("answer") else 4.5
        canvas.dot(x, y, radius, css, _trial_tip(plan, trial, unit))
    canvas.text(across.end, 302, printable(str(plan["vary"])), "tick end")


def _sureness(sure: float) -> Term:
    """How sure a value is to meet the target, in percent, as short as an axis wants it."""
    if 0.005 <= sure < 0.995:
        return number(sure * 100, 0)
    return Term("> 99", "> 99") if sure > 0.5 else Term("< 1", "< 1")


def _trial_tip(plan: Mapping[str, Any], trial: Row, unit: str) -> Term:
    pattern = Term(
        "{vary} = {value}: {mean}, {count} repliche, sicuro al {sure}",
        "{vary} = {value}: {mean}, {count} replications, {sure} sure",
    )
    return filled(
        pattern,
        vary=printable(str(plan["vary"])),
        value=number(trial["value"]),
        mean=bare(trial["mean"], unit),
        count=number(trial["replications"], 0),
        sure=percent(trial["sure"]),
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
            number(trial["value"]),
            bare(trial["mean"], unit),
            between(trial["low"], trial["high"], unit),
            number(trial["replications"], 0),
            percent(trial["sure"]),
            Term("sì", "yes") if trial["meets"] else Term("no", "no"),
        ]
        for trial in plan["tried"]
    ]
    return Table(head, rows)
