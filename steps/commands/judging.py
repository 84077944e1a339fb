"""What `conformance` and `check` do: get a trace, have it judged, write the report, choose the exit status.

It must not know how anything is judged or drawn.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # a command loads what it uses, so that none waits for what another one needs
    from reports.judging.profiles import Profile
    from reports.judging.verdicts import Verdicts
    from steps.drivers.verbs import Driver

REFERENCE = "reference"


def conformance_command(options: argparse.Namespace) -> int:
    """Run the features against a system, judge the trace, write the report."""
    from reports.conformance.terminal import progress, say
    from reports.judging.catalogue import rules_named
    from reports.judging.judge import judge
    from reports.judging.profiles import load_profile
    from steps.run import run_features

    options.report = options.report or Path("out") / "conformance"
    rules = rules_named(options.rule)
    selection = _selection(options)
    _check_written(options)
    profile = load_profile(options.profile or ("default" if options.target == REFERENCE else "any"))
    with _drivers(options.target) as make:
        say(f"seed {options.seed}, profile {profile.name}, target {options.target}", quiet=options.json)
        with progress("scenarios", quiet=options.json) as advance:
            seconds: dict[str, float] = {}
            events = run_features(profile, rules, options.seed, advance, make, seconds=seconds, **selection)
    verdicts = judge(events, profile, schemas=options.schemas, target=options.target, seed=options.seed)
    is_a_plan = not options.scenario and not options.failed and options.features is None
    planned = (rules or None) if is_a_plan else ()
    status = _deliver(options, verdicts.only(rules), events, profile, planned, seconds)
    return _with_scenarios_of_no_rule(status, events)


def check_command(options: argparse.Namespace) -> int:
    """Judge a recorded trace; drive nothing."""
    from reports.conformance.reading_progress import reading_progress
    from reports.judging.catalogue import rules_named
    from reports.judging.judge import judge
    from reports.judging.profiles import load_profile
    from reports.judging.reading.trace_reader import TraceFile

    profile = load_profile(options.profile)
    rules = rules_named(options.rule)
    _check_written(options)
    events = TraceFile(options.trace)
    with reading_progress(events, options.lang, quiet=options.json):
        verdicts = judge(events, profile, schemas=options.schemas, target="trace")
    return _deliver(options, verdicts.only(rules), events, profile, planned=())


@contextmanager
def _drivers(target: str) -> Iterator[Callable[..., Driver]]:
    """What makes the drivers of a target: of the reference in process, or of a sandbox in another one."""
    from steps.drivers.reference import InProcessDriver

    if target == REFERENCE:
        yield InProcessDriver
        return
    from steps.drivers.remote import RemoteDriver
    from steps.drivers.target import Target

    with Target(target) as reached:
        yield partial(RemoteDriver, reached)


def _deliver(
    options: argparse.Namespace,
    verdicts: Verdicts,
    events: Iterable[Mapping[str, object]],
    profile: Profile,
    planned: Sequence[str] | None,
    seconds: Mapping[str, float] | None = None,
) -> int:
    """Write the report if one is wanted, print the verdicts, and return the exit status."""
    from reports.conformance.pages import write_report
    from reports.conformance.terminal import print_verdicts, say
    from reports.judging.catalogue import catalogue
    from reports.judging.deciding.inferred_profile import write_inferred
    from reports.judging.exit_status import exit_status
    from reports.rome_time import made_now
    from reports.timeline.deadlines import deadlines_of

    if options.infer is not None:
        write_inferred(options.infer, profile, verdicts.inferred)
    text = verdicts.to_json()
    content = json.loads(text)
    if options.json:
        sys.stdout.write(text)
    else:
        print_verdicts(content, catalogue(), options.lang)
    if options.report is not None:
        page = write_report(
            options.report,
            content,
            events,
            catalogue(),
            options.lang,
            verdicts_json=text.encode(),
            deadlines=partial(deadlines_of, profile),
            planned=planned,
            seconds=seconds,
            made_at=made_now(),
        )
        say(f"report: {page}", quiet=options.json)
    return exit_status({rule["rule"]: rule["verdict"] for rule in content["rules"]}, planned)


def _check_written(options: argparse.Namespace) -> None:
    """Refuse what cannot be written, or is not ours to replace, before anything runs."""
    from reports.conformance.report_folder import check_replaceable
    from sim.command_line import check_file, check_folder

    if options.report is not None:
        check_replaceable(options.report)
        check_folder("--report", options.report)
    if options.infer is not None:
        check_file("--infer", options.infer)


def _selection(options: argparse.Namespace) -> dict[str, Any]:
    """The arguments of `run_features` that choose scenarios and their folder. Raises UsageError, InputError."""
    from steps.coverage import FEATURES, feature_files
    from steps.selection import check_words, checked_features, failed_in
    from steps.step_catalogue import check_steps

    selection: dict[str, Any] = {"words": options.scenario}
    if options.features is not None:
        selection["features"] = checked_features(options.features)
        check_steps(feature_files(options.features))
    if options.scenario:
        check_words(options.scenario, options.features or FEATURES)
    if options.failed:
        selection["names"] = failed_in(options.report)
    return selection


def _with_scenarios_of_no_rule(status: int, events: Sequence[Mapping[str, Any]]) -> int:
    """The exit status, with the scenarios that carry the tag of no rule; no verdict tells of them."""
    from reports.conformance.terminal import say
    from reports.judging.exit_status import CONFORMANT, FAILED, UNDECIDED
    from steps.plugin import NO_RULE

    ended = [event["data"] for event in events if event["type"] == "scenario.finished"]
    failed = [data for data in ended if data["rule"] == NO_RULE and data["outcome"] == "failed"]
    for data in failed:
        say(f"{data['feature']}: {data['scenario']}: {data['message']}")
    return FAILED if failed and status in (CONFORMANT, UNDECIDED) else status
