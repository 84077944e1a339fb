"""What `timeline`, `rules` and `readings` do: say what the rules give, without driving or judging anything."""

from __future__ import annotations

import argparse
import io
import json
import sys
from typing import TYPE_CHECKING, TextIO

from sim.command_line import UsageError, check_effective

if TYPE_CHECKING:
    from reference_impl.policy import Policy

DONE = 0


def timeline_command(options: argparse.Namespace) -> int:
    """The instants that the rules give for one order, or for each row of a file; or an order of a recorded trace."""
    of_one = {f"--{name}": getattr(options, name) for name in ("service", "trigger", "booked", "visit")}
    if options.trace is not None or options.order is not None:
        check_effective({**of_one, "--batch": options.batch}, "without --trace and --order")
        return _print_traced(options)
    check_effective({"--operator": options.operator, "--world": options.world}, "with --trace and --order")
    policy = _policy(options.profile)
    if options.batch is not None:
        check_effective(of_one, "without --batch, whose rows have them")
        return _print_batch(options.batch, policy)
    if options.service is None or options.trigger is None:
        raise UsageError(
            "timeline: --service and --trigger are required, or --batch FILE, or --trace FILE --order CODE"
        )
    if (options.booked is None) is not (options.visit is None):
        raise UsageError("timeline: --booked and --visit are given together, or neither of them")
    return _print_order(options, policy)


def _print_traced(options: argparse.Namespace) -> int:
    """One order of a trace: what happened to it, and what was due when."""
    from reports.conformance.traced_order import members_of, order_named, picture_of
    from reports.judging.profiles import load_profile
    from reports.judging.reading.trace_reader import TraceFile
    from reports.timeline.deadlines import deadlines_of

    if options.trace is None or options.order is None:
        raise UsageError("timeline: --trace FILE and --order CODE go together")
    profile = load_profile(options.profile)
    trace = TraceFile(options.trace)
    trace.check()
    story, declared = order_named(trace, options.order, options.operator, options.world)
    due = deadlines_of(profile, story.plain_events(), declared)
    if options.json:
        print(json.dumps(members_of(story, due)))
    else:
        print(picture_of(story, due, {**profile.readings, **declared}, options.lang))
    return DONE


def _print_batch(name: str, policy: Policy) -> int:
    from reference_impl.timeline.batch import timelines

    with _opened(name) as file:
        rows = timelines(file, "standard input" if name == "-" else name, policy)
        lines = [json.dumps(members, ensure_ascii=False) + "\n" for members in rows]
    sys.stdout.writelines(lines)
    return DONE


def _print_order(options: argparse.Namespace, policy: Policy) -> int:
    from reference_impl.civil_time import format_instant
    from reference_impl.timeline.order_timeline import timeline
    from reports.conformance.terminal import print_timeline
    from reports.judging.profiles import single_behaviour

    booked, visit = _instant("--booked", options.booked), _instant("--visit", options.visit)
    members = timeline(options.service, _required_instant("--trigger", options.trigger), policy, booked, visit)
    if options.json:
        print(json.dumps(members, ensure_ascii=False))
    else:
        instants = {"booked": booked, "visit": visit}
        shown = {name: format_instant(at) for name, at in instants.items() if at is not None}
        print_timeline(members, single_behaviour(options.profile), options.lang, shown)
    return DONE


def rules_command(options: argparse.Namespace) -> int:
    """The rules with their coverage: scenarios, checker, readings."""
    from reports.conformance.terminal import print_rules
    from reports.judging.catalogue import catalogue
    from steps.coverage import JUDGE, scenarios_per_rule

    print_rules(catalogue(), scenarios_per_rule(), scenarios_per_rule(JUDGE), options.lang, as_json=options.json)
    return DONE


def readings_command(options: argparse.Namespace) -> int:
    """The readings and the named profiles."""
    from reports.conformance.terminal import print_readings
    from reports.judging.catalogue import catalogue

    print_readings(catalogue(), options.lang, as_json=options.json)
    return DONE


def _policy(profile: str) -> Policy:
    from reference_impl.policy import Policy
    from reports.judging.profiles import single_behaviour

    return Policy.from_readings(single_behaviour(profile))


def _opened(name: str) -> TextIO:
    if name == "-":
        if sys.stdin is None:
            raise UsageError("standard input: is closed; allowed: CSV rows")
        return io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", newline="")
    try:
        return open(name, encoding="utf-8-sig", newline="")
    except OSError as error:
        raise UsageError(f"{name or repr(name)}: cannot be read: {error.strerror}") from error


def _instant(option: str, text: str | None) -> int | None:
    return None if text is None else _required_instant(option, text)


def _required_instant(option: str, text: str) -> int:
    from reference_impl.civil_time import parse_instant

    try:
        return parse_instant(text)
    except ValueError as error:
        raise UsageError(f"{option}: {error}") from error
