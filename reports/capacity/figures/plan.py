"""The answer of a plan in sentences, and the command that gives it again.

What lives here: words about `plan.json`. It must not know how values were chosen, nor draw them: see `plan_curve`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reports.capacity.command_words import command_line, target_words
from reports.capacity.parameter_words import parameter_words
from reports.capacity.run_folder import CapacityRun
from reports.words.labels import Term, same
from reports.words.masking import printable
from reports.words.number_words import amount, exact, filled, in_full, joined, number, percent_in_full

Row = Mapping[str, Any]
RELATIONS = {"<=": "≤", ">=": "≥"}
OUTCOMES = {
    "smallest": Term(
        "{vary}: {answer:ne basta #|ne bastano #} per avere {target}, con confidenza {confidence}",
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
SETTLED_BY = Term(
    "lo {count:deciderebbe circa # replica|deciderebbero circa # repliche}",
    "about {count:# replication|# replications} would settle it",
)
BINDS = Term(
    "Il limite è un altro: {parameter}, ora {now}; con {matters} cambia qualcosa, {met}",
    "Another limit binds: {parameter}, now {now}; {matters} makes a difference, {met}",
)
MET = Term("con {meets} si raggiunge l'obiettivo", "{meets} meets the target")
NOT_MET = Term("l'obiettivo non si raggiunge", "the target is not met")


def target_text(run: CapacityRun, plan: Mapping[str, Any]) -> Term:
    """The target as people say it: «Giorni fino alla visita, 95° percentile (Lazio) ≤ 7 giorni»."""
    target = plan["target"]
    title, unit = indicator_of(run, plan)
    place = str(target.get("territory") or "")
    where = f" ({run.territory_titles.get(place, printable(place))})" if place else ""
    relation, limit = RELATIONS.get(target["relation"], "="), amount(target["limit"], unit)
    return Term(f"«{title.it}»{where} {relation} {limit.it}", f"“{title.en}”{where} {relation} {limit.en}")


def indicator_of(run: CapacityRun, plan: Mapping[str, Any]) -> tuple[Term, str]:
    """Title and unit of the indicator aimed at."""
    name = str(plan["target"]["indicator"])
    title, unit, _ = run.titles.get(name, (same(printable(name)), "number", ""))
    return title, unit


def plan_sentence(run: CapacityRun, plan: Mapping[str, Any]) -> Term:
    """The answer of a plan: how it ended, what is surely enough, and what else holds the target back."""
    low_end, high_end = plan.get("between") or (None, None)
    sentence = filled(
        OUTCOMES[str(plan["outcome"])],
        vary=parameter_words(run, str(plan["vary"])),
        answer=in_full(plan.get("answer")),
        first=in_full(low_end),
        last=in_full(high_end),
        best=in_full(plan.get("best")),
        highest=in_full(max((trial["value"] for trial in plan["tried"]), default=None)),
        target=target_text(run, plan),
        confidence=percent_in_full(plan["confidence"]),
    )
    return joined([sentence, *_more_of_the_answer(plan)], "; ")


def binding_sentence(run: CapacityRun, plan: Mapping[str, Any]) -> Term | None:
    """What holds the target back where the parameter does not; None where nothing was found or asked."""
    limit = plan.get("limit")
    if not limit:
        return None
    meets = limit["meets_at"]
    return filled(
        BINDS,
        parameter=parameter_words(run, str(limit["parameter"])),
        now=in_full(limit["now"]),
        matters=in_full(limit["matters_at"]),
        met=NOT_MET if meets is None else filled(MET, meets=in_full(meets)),
    )


def _more_of_the_answer(plan: Mapping[str, Any]) -> list[Term]:
    """Of an undecided answer: the value that surely meets the target, and what would settle it."""
    sentences: list[Term] = []
    if plan["outcome"] == "undecided":
        if plan.get("answer") is not None:
            sentences.append(filled(SAFE, answer=in_full(plan["answer"])))
        if plan.get("replications_wanted"):
            sentences.append(filled(SETTLED_BY, count=number(plan["replications_wanted"], 0)))
    return sentences


def plan_command(run: CapacityRun, plan: Mapping[str, Any]) -> str:
    """The command that gives the plan again; nothing where its file does not say how it searched."""
    search = plan.get("search")
    if not search:
        return ""
    span = f"--from {exact(search['low'])} --to {exact(search['high'])} --step {exact(search['step'])}"
    method = f"--confidence {exact(plan['confidence'])} --replications {search['most_replications']}"
    if "indifference" in search:
        method += f" --indifference {exact(search['indifference'])}"
    return command_line(run, "plan", (target_words(plan), f"--vary {plan['vary']}", span), method)
