"""The report of the self test: a table of rules, wrong systems and who caught them; and a document for programs.

Everything here comes from the outcomes; nothing is tried or decided.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import Any

from steps.selftest.systems import WrongSystem
from steps.selftest.trial import Outcome
from steps.selftest.tribunal import UNSEEN_AT_MOST, held_against, systems

COLUMNS, RULE_WIDTH, NAME_WIDTH = 80, 9, 38
CAUGHT, MISSED, NOT_SHOWN = "caught", "MISSED", "no trace"


def document(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The report for programs: each system, who caught it under which rule, and the reasons why it does not hold."""
    rows = [_system(outcome) for outcome in outcomes]
    return {"holds": holds(outcomes), "counted": _counted(outcomes), "systems": rows, "reasons": _reasons(outcomes)}


def holds(outcomes: Sequence[Outcome]) -> bool:
    """Whether every wrong system was caught twice, no stranger was accused, and few are excused from the judge."""
    unseen = [outcome for outcome in outcomes if _is_unseen(outcome)]
    return not any(map(held_against, outcomes)) and len(unseen) <= UNSEEN_AT_MOST


def _is_unseen(outcome: Outcome) -> bool:
    system = systems()[outcome.name]
    return isinstance(system, WrongSystem) and bool(system.unseen)


def _counted(outcomes: Sequence[Outcome]) -> dict[str, int]:
    wrong_outcomes = [outcome for outcome in outcomes if outcome.kind == "wrong"]
    strangers = [outcome for outcome in outcomes if outcome.kind == "stranger"]
    return {
        "wrong": len(wrong_outcomes),
        "caught": sum(not held_against(outcome) for outcome in wrong_outcomes),
        "unseen": sum(map(_is_unseen, outcomes)),
        "strangers": len(strangers),
        "acquitted": sum(not held_against(outcome) for outcome in strangers),
    }


def _reasons(outcomes: Sequence[Outcome]) -> dict[str, list[str]]:
    return {outcome.name: reasons for outcome in outcomes if (reasons := held_against(outcome))}


def _system(outcome: Outcome) -> dict[str, Any]:
    system = systems()[outcome.name]
    members: dict[str, Any] = {"name": outcome.name, "kind": outcome.kind, "does": system.does}
    if isinstance(system, WrongSystem):
        members["rules"] = list(system.rules)
        members |= {"unseen": system.unseen} if system.unseen else {}
    else:
        members["declares"] = dict(system.declares)
    members["caught"] = {
        rule: {"scenarios": list(caught.scenarios), "findings": list(caught.findings)}
        for rule, caught in outcome.catches.items()
    }
    return members | {"crash": outcome.crash, "holds": not held_against(outcome)}


def as_json(outcomes: Sequence[Outcome]) -> str:
    """The document as text; the same outcomes give the same bytes."""
    return json.dumps(document(outcomes), ensure_ascii=False, indent=1) + "\n"


def as_text(outcomes: Sequence[Outcome], rules: Sequence[str]) -> str:
    """The table, rule by rule, then the strangers, then why the self test does not hold, if it does not."""
    lines = [f"{'rule':{RULE_WIDTH}} {'wrong system':{NAME_WIDTH}} {'scenario':9} judge"]
    lines += [line for rule in rules for line in _rows(rule, outcomes)]
    strangers = [outcome for outcome in outcomes if outcome.kind == "stranger"]
    if strangers:
        lines += ["", f"{'':{RULE_WIDTH}} {'lawful stranger':{NAME_WIDTH}} accused by"]
        lines += [line for outcome in strangers for line in _accused(outcome)]
    reasons = _reasons(outcomes)
    if reasons:
        lines += ["", "does not hold:"]
        lines += [
            part for name, causes in reasons.items() for reason in causes for part in in_lines(f"  {name}: {reason}")
        ]
    return "\n".join([*lines, "", *in_lines(summary(outcomes))]) + "\n"


def in_lines(words: str) -> list[str]:
    """Words in as many lines as they need; those below the first go on a little further in."""
    return wrap(words, COLUMNS, subsequent_indent="      ", break_on_hyphens=False)


def _rows(rule: str, outcomes: Sequence[Outcome]) -> Iterator[str]:
    for outcome in outcomes:
        system = systems()[outcome.name]
        if not isinstance(system, WrongSystem) or rule not in system.rules:
            continue
        catches = outcome.catches.get(rule)
        if outcome.crash or catches is None:
            yield f"{rule:{RULE_WIDTH}} {outcome.name:{NAME_WIDTH}} crashed"
            continue
        by_scenario = CAUGHT if catches.scenarios else MISSED
        by_judge = CAUGHT if catches.findings else NOT_SHOWN if system.unseen else MISSED
        yield f"{rule:{RULE_WIDTH}} {outcome.name:{NAME_WIDTH}} {by_scenario:9} {by_judge}"


def _accused(outcome: Outcome) -> list[str]:
    head = f"{'':{RULE_WIDTH}} {outcome.name:{NAME_WIDTH}} "
    accusers = "crashed" if outcome.crash else ", ".join(outcome.catches) or "nobody"
    return wrap(accusers, COLUMNS, initial_indent=head, subsequent_indent=" " * len(head), break_on_hyphens=False)


def summary(outcomes: Sequence[Outcome]) -> str:
    """What was found in a sentence."""
    counted = _counted(outcomes)
    return (
        f"{counted['caught']} of {counted['wrong']} wrong systems caught twice, {counted['unseen']} of them in no "
        f"trace; {counted['acquitted']} of {counted['strangers']} lawful strangers accused of nothing"
    )
