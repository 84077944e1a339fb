"""The cover of a report: who was put through what, when, by which version, and what was left out of it and why.

What lives here: the same facts for programs (`outcome.json`) and, in words of both languages, for the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from reports.conformance.rule_notes import RuleNote
from reports.rome_time import parse_instant, wall_clock
from reports.words.labels import Term, same
from reports.words.number_words import filled
from reports.words.time_words import real_time_text
from sim.validation.runner import HANDED_IN_BY_THE_HARNESS, Run

Row = tuple[Term, Term]
OPERATOR, PLAN, STORIES = Term("Operatore", "Operator"), Term("Piano", "Plan"), Term("Storie giocate", "Stories played")
LEFT_OUT, EARLY = Term("Storie non giocate", "Stories not played"), Term("Finite prima", "Ended early")
READINGS, PERIOD = Term("Letture dichiarate", "Readings declared"), Term("Periodo simulato", "Simulated period")
SEED, VERSION, MADE = Term("Seme", "Seed"), Term("Versione", "Version"), Term("Eseguito", "Run on")
IN_SCOPE, OUT_OF_SCOPE = Term("Regole giudicate", "Rules judged"), Term("Fuori ambito", "Out of scope")
OWN = Term("Il banco di prova", "The harness itself")
ENDED_AT = same("{name} ({why})")
DEFAULTS = Term("nessuna: valgono quelle predefinite", "none: the defaults are in force")
NEEDS_DESK = Term("serve desk: {names}", "desk needed: {names}")
HANDED_IN = Term(
    "{rule}: senza desk gli ordini li invia il banco di prova, e il codice che portano non dice nulla dell'operatore",
    "{rule}: without a desk the harness hands the orders in, and the code on them says nothing about the operator",
)
NOT_JUDGED = Term("{rule}: la prova non poteva giudicarla", "{rule}: the run could not judge it")
OWN_RULES = Term("{good} regole su {all} rispettate", "{good} of {all:# rule|# rules} kept")


def cover_of(run: Run) -> dict[str, Any]:
    """The cover for programs."""
    times = [event["time"] for event in run.trace]
    return {
        "operator": run.verdicts.target,
        "plan": run.plan.name,
        "stories": played(run),
        "left_out": [story.name for story in run.left_out],
        "ended_early": {name: reason.en for name, reason in run.ended_early.items()},
        "out_of_scope": {rule: reason.en for rule, reason in out_of_scope(run).items()},
        "readings": dict(run.plan.readings),
        "from": times[0],
        "until": times[-1],
        "seed": run.plan.seed,
        "version": version("appuntamento"),
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def outcome_members(run: Run, notes: Sequence[RuleNote] = ()) -> dict[str, Any]:
    """`outcome.json`: the cover, what came out, the notes, and the exit status that says it in one number."""
    members = {"cover": cover_of(run), **run.outcome.members(), "notes": [note.members() for note in notes]}
    return members | {"status": run.outcome.exit_status}


def cover_rows(cover: dict[str, Any], run: Run) -> Iterator[Row]:
    """The cover for people: labels and values."""
    yield OPERATOR, same(cover["operator"])
    title = Term(run.plan.it, run.plan.en)
    yield PLAN, Term(*(f"{run.plan.name}: {text}" if text else run.plan.name for text in title))
    yield STORIES, same(", ".join(cover["stories"]))
    if cover["left_out"]:
        yield LEFT_OUT, filled(NEEDS_DESK, names=", ".join(cover["left_out"]))
    if run.ended_early:
        stories = [filled(ENDED_AT, name=name, why=reason) for name, reason in run.ended_early.items()]
        yield EARLY, Term(*map("; ".join, zip(*stories, strict=True)))
    yield IN_SCOPE, same(", ".join(ruling.rule for ruling in run.outcome.rules))
    for reason in out_of_scope(run).values():
        yield OUT_OF_SCOPE, reason
    readings = ", ".join(f"{name} = {value}" for name, value in cover["readings"].items())
    yield READINGS, same(readings) if readings else DEFAULTS
    yield PERIOD, same(" – ".join(_minute(cover[end]) for end in ("from", "until")))
    yield SEED, same(str(cover["seed"]))
    yield VERSION, same(f"appuntamento {cover['version']}")
    yield MADE, same(real_time_text(parse_instant(cover["made_at"])))
    yield OWN, filled(OWN_RULES, good=run.outcome.harness_good, all=len(run.outcome.harness))


def played(run: Run) -> list[str]:
    """The names of the stories that were played."""
    return [story.name for story in run.plan.stories if story not in run.left_out]


def out_of_scope(run: Run) -> dict[str, Term]:
    """The rules of the plan that the run could not judge, and why."""
    judged = {ruling.rule for ruling in run.outcome.rules}
    missing = [rule for rule in run.plan.rules if rule not in judged]
    return {rule: filled(HANDED_IN if rule == HANDED_IN_BY_THE_HARNESS else NOT_JUDGED, rule=rule) for rule in missing}


def _minute(instant: str) -> str:
    return f"{wall_clock(parse_instant(instant)):%Y-%m-%d %H:%M}"
