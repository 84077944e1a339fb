"""The command `verdicts`: the judge on a running world, by the world's own readings or as `check` judges its trace.

With `--profile`, `--rule` or `--report` the closed trace is fetched and judged here, so that the outcome, the words and
the exit status are those of `check` on the trace that `trace save` keeps.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from reports.judging.exit_status import exit_status
from sim.sandbox.terminal.client import Answer, Client
from sim.sandbox.terminal.grammar import Argument, Inputs, Noun, Verb, WordedAnswer, with_language

LIVE, TRACE = "GET /_sandbox/verdicts", "GET /_sandbox/trace"
ENDINGS = "exit status: 0 conformant, 1 a rule fails, 2 undecided, 3 not possible"


def ask_or_judge(client: Client, inputs: Inputs) -> Answer:
    """The verdicts of the world's readings, or those of a profile on its trace. Raises CommandError, InputError."""
    judges_here = any(inputs[name] for name in ("profile", "rule", "report"))
    return _judge_trace(client, inputs) if judges_here else client.ask(LIVE)


def _judge_trace(client: Client, inputs: Inputs) -> Answer:
    from reports.conformance.pages import write_report
    from reports.judging.catalogue import catalogue, rules_named
    from reports.judging.judge import judge
    from reports.judging.profiles import load_profile
    from reports.rome_time import made_now
    from reports.timeline.deadlines import deadlines_of

    profile, rules = load_profile(inputs["profile"] or "any"), rules_named(inputs["rule"] or ())
    events = [json.loads(line) for line in client.fetch(TRACE).splitlines()]
    text = judge(events, profile, target="trace").only(rules).to_json()
    answer: Answer = json.loads(text)
    if inputs["report"]:
        deadlines = partial(deadlines_of, profile)
        write_report(
            inputs["report"], answer, events, catalogue(), inputs["lang"], verdicts_json=text.encode(),
            deadlines=deadlines, made_at=made_now(),
        )  # fmt: skip
    return answer


def print_answer(answer: WordedAnswer) -> Iterable[str]:
    """Print the verdicts as a table; no lines are left to print."""
    from reports.conformance.terminal import print_verdicts  # the other commands draw no table
    from reports.judging.catalogue import catalogue

    print_verdicts(answer, catalogue(), answer.language)
    return ()


def status_of(answer: Answer) -> int:
    """The exit status, as of `check`."""
    return exit_status({rule["rule"]: rule["verdict"] for rule in answer["rules"]}, planned=())


VERDICTS = Noun(
    "verdicts",
    "the judge's verdicts on a running world, rule by rule",
    (
        Verb(
            "",
            "",
            (LIVE, TRACE),
            with_language(ask_or_judge),
            print_answer,
            (
                Argument("profile", "as `check`: default, literal, any or a TOML file (default: the world's own)", "P"),
                Argument("rule", "only this rule or family; repeatable", "ID", action="append"),
                Argument("report", "write the report into this folder", "DIR", read=Path),
                Argument("lang", "language of titles (default: it)", choices=("it", "en"), default="it"),
            ),
            status=status_of,
            endings=ENDINGS,
        ),
    ),
    (
        "appuntamento verdicts",
        "appuntamento verdicts --profile any --rule OP",
        "appuntamento verdicts --report out/now",
    ),
)
