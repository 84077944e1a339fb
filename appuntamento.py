"""The front door: one command line, each command a thin call into the folders below.

It parses arguments, chooses the exit status and prints. It computes nothing: what an answer is, the folders know.

Exit status of every command: 0 conformant, 1 a rule fails, 2 undecided, 3 bad usage, input or configuration (nothing
ran, one line on standard error), 4 fault of the harness.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

if TYPE_CHECKING:  # commands load what they use, so that none waits for what another one needs
    from reference_impl.policy import Policy
    from reports.judging.catalogue import Catalogue
    from reports.judging.profiles import Profile
    from reports.judging.verdicts import Verdicts
    from steps.drivers.verbs import Driver

CONFORMANT, FAILED, UNDECIDED, BAD_INPUT, HARNESS_FAULT, INTERRUPTED = 0, 1, 2, 3, 4, 130
DEBUG_VARIABLE = "APPUNTAMENTO_DEBUG"
REFERENCE = "reference"

EXIT_STATUS = (
    "exit status: 0 conformant, 1 a rule fails, 2 undecided, 3 bad usage or input (nothing ran), 4 harness fault"
)


class UsageError(Exception):
    """Something the caller wrote is not allowed. Data: one line that says what, where and what is allowed."""


class Parser(argparse.ArgumentParser):
    """argparse with this project's exit status and one-line errors."""

    def error(self, message: str) -> NoReturn:
        self.exit(BAD_INPUT, f"{self.prog}: {message} (see {self.prog} --help)\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    _write_utf8()
    options = parser().parse_args(arguments)
    try:
        return int(options.command(options))
    except KeyboardInterrupt:
        print("appuntamento: interrupted; nothing was written", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CONFORMANT
    except Exception as error:
        return _say(error)


def _write_utf8() -> None:
    """What is printed is the same bytes everywhere, whatever the terminal or the pipe says of itself."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _say(error: Exception) -> int:
    """One line for the caller's mistakes; for the harness's own fault, also how to see more."""
    from reference_impl.errors import CallerError
    from reports.judging.errors import InputError

    if isinstance(error, CallerError | InputError | UsageError):
        print(f"appuntamento: {error}", file=sys.stderr)
        return BAD_INPUT
    if os.environ.get(DEBUG_VARIABLE):
        traceback.print_exception(error)
    print(
        f"appuntamento: fault of the harness: {type(error).__name__}: {error} (set {DEBUG_VARIABLE}=1 to see where)",
        file=sys.stderr,
    )
    return HARNESS_FAULT


# --- timeline -------------------------------------------------------------------------------------------------------


def timeline_command(options: argparse.Namespace) -> int:
    """The instants that the rules give for one order, or for each row of a file."""
    from reference_impl.timeline.batch import timelines
    from reference_impl.timeline.order_timeline import timeline

    policy = _policy(options.profile)
    if options.batch is not None:
        with _opened(options.batch) as file:
            rows = timelines(file, "standard input" if options.batch == "-" else options.batch, policy)
            lines = [json.dumps(members, ensure_ascii=False) + "\n" for members in rows]
        sys.stdout.writelines(lines)
        return CONFORMANT
    if options.service is None or options.trigger is None:
        raise UsageError("timeline: --service and --trigger are required, or --batch FILE")
    booked, visit = _instant("--booked", options.booked), _instant("--visit", options.visit)
    members = timeline(options.service, _required_instant("--trigger", options.trigger), policy, booked, visit)
    if options.json:
        print(json.dumps(members, ensure_ascii=False))
    else:
        from reference_impl.civil_time import format_instant
        from reports.conformance.terminal import print_timeline

        given = {"booked": booked, "visit": visit}
        print_timeline(
            members, options.lang, {name: format_instant(at) for name, at in given.items() if at is not None}
        )
    return CONFORMANT


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


def _policy(profile: str) -> Policy:
    from reference_impl.policy import Policy
    from reports.judging.profiles import load_profile

    loaded = load_profile(profile)
    if loaded.undeclared:
        raise UsageError("--profile: any is no single behaviour; allowed here: default, literal or a TOML file")
    return Policy.from_readings(loaded.readings)


# --- conformance and check ------------------------------------------------------------------------------------------


def conformance_command(options: argparse.Namespace) -> int:
    """Run the features against a system, judge the trace, write the report."""
    from reports.conformance.terminal import progress, say
    from reports.judging.judge import judge
    from reports.judging.profiles import load_profile
    from steps.run import run_features

    options.report = options.report or Path("out") / "conformance"
    rules = _known_rules(options.rule)
    _check_report_folder(options.report)
    profile = load_profile(options.profile or ("default" if options.target == REFERENCE else "any"))
    with _drivers(options.target) as make:
        say(f"seed {options.seed}, profile {profile.name}, target {options.target}", quiet=options.json)
        with progress("scenarios", quiet=options.json) as advance:
            events = run_features(profile, rules, options.seed, advance, make)
    verdicts = judge(events, profile, schemas=options.schemas, target=options.target, seed=options.seed)
    return _deliver(options, verdicts, events, profile, planned=rules or None)


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


def check_command(options: argparse.Namespace) -> int:
    """Judge a recorded trace; drive nothing."""
    from reports.judging.judge import judge
    from reports.judging.profiles import load_profile
    from reports.judging.trace_reader import read_trace

    profile = load_profile(options.profile)
    _check_report_folder(options.report)
    events = read_trace(options.trace)
    verdicts = judge(events, profile, schemas=options.schemas, target="trace")
    return _deliver(options, verdicts, events, profile, planned=())


def _deliver(
    options: argparse.Namespace,
    verdicts: Verdicts,
    events: Sequence[Mapping[str, object]],
    profile: Profile,
    planned: Sequence[str] | None,
) -> int:
    """Write the report if one is wanted, print the verdicts, and choose the exit status."""
    from reports.conformance.pages import write_report
    from reports.conformance.terminal import print_verdicts, say
    from reports.timeline.deadlines import deadlines_of

    text = verdicts.to_json()
    content = json.loads(text)
    if options.json:
        sys.stdout.write(text)
    else:
        print_verdicts(content, _catalogue(), options.lang)
    if options.report is not None:
        page = write_report(
            options.report,
            content,
            events,
            _catalogue(),
            options.lang,
            verdicts_json=text.encode(),
            deadlines=deadlines_of(events, profile),
        )
        say(f"report: {page}", quiet=options.json)
    return exit_status({rule["rule"]: rule["verdict"] for rule in content["rules"]}, planned)


def exit_status(verdicts: Mapping[str, str], planned: Sequence[str] | None) -> int:
    """The exit status for verdicts by rule. `planned` rules must be exercised; None means all that apply."""
    found = set(verdicts.values())
    if "ERROR" in found:
        return HARNESS_FAULT
    if "FAIL" in found:
        return FAILED
    must = verdicts if planned is None else planned
    missing = any(verdicts[rule] == "NOT_EXERCISED" for rule in must)
    return UNDECIDED if missing or found & {"AMBIGUOUS", "INCONCLUSIVE"} else CONFORMANT


def _check_report_folder(folder: Path | None) -> None:
    """Refuse a folder that is not ours to replace before anything runs."""
    from reports.conformance.report_folder import check_replaceable

    if folder is not None:
        check_replaceable(folder)


def _known_rules(rules: Sequence[str]) -> Sequence[str]:
    known = list(_catalogue().rules)
    for rule in rules:
        if rule not in known:
            raise UsageError(f"--rule: {rule!r} is not a rule; allowed: {', '.join(known)}")
    return rules


def _catalogue() -> Catalogue:
    from reports.judging import catalogue

    return catalogue.catalogue()


# --- catalogue ------------------------------------------------------------------------------------------------------


def rules_command(options: argparse.Namespace) -> int:
    """The rules with their coverage: scenarios, checker, readings."""
    from reports.conformance.terminal import print_rules
    from steps.coverage import JUDGE, scenarios_per_rule

    print_rules(_catalogue(), scenarios_per_rule(), scenarios_per_rule(JUDGE), options.lang, as_json=options.json)
    return CONFORMANT


def readings_command(options: argparse.Namespace) -> int:
    """The readings and the named profiles."""
    from reports.conformance.terminal import print_readings

    print_readings(_catalogue(), options.lang, as_json=options.json)
    return CONFORMANT


# --- sandbox --------------------------------------------------------------------------------------------------------


def _add_sandbox(commands: argparse._SubParsersAction[Parser]) -> None:
    from sim.sandbox.command_line import Outside, add_commands

    add_commands(commands, Outside(_one_behaviour, _judge_live, _rule_titles, _live_verdicts, _weigh))


def _one_behaviour(profile: str) -> Mapping[str, object]:
    """The readings of a profile that is one behaviour; a world is made with them."""
    from reports.judging.profiles import load_profile

    _policy(profile)
    return load_profile(profile).readings


def _judge_live(events: Sequence[Mapping[str, object]], readings: Mapping[str, object]) -> Mapping[str, object]:
    """The verdicts on a running world, judged by the readings that it was made with."""
    from reports.judging.judge import judge
    from reports.judging.profiles import Profile

    verdicts = judge(events, Profile("sandbox", readings, frozenset()), target="sandbox")
    return dict(json.loads(verdicts.to_json()))


def _rule_titles() -> Mapping[str, str]:
    return {name: rule.title_en for name, rule in _catalogue().rules.items()}


def _live_verdicts(content: Mapping[str, Any]) -> Iterator[str]:
    """Print the verdicts on a running world, in English as everything that is said of it."""
    from reports.conformance.terminal import print_verdicts

    print_verdicts(content, _catalogue(), "en")
    yield from ()


def _weigh(content: Mapping[str, Any]) -> int:
    return exit_status({rule["rule"]: rule["verdict"] for rule in content["rules"]}, planned=())


# --- capacity -------------------------------------------------------------------------------------------------------


def _add_capacity(commands: argparse._SubParsersAction[Parser]) -> None:
    from sim.capacity.command_line import FrontDoor, add_commands

    add_commands(commands, FrontDoor(_add, _scenario_profile, _judge_sample, _write_capacity_page))


def _scenario_profile(profile: str) -> Mapping[str, object]:
    """The readings of the profile that a scenario names; ValueError says what is wrong, the scenario where."""
    from reference_impl.errors import CallerError
    from reports.judging.errors import InputError

    try:
        return _one_behaviour(profile)
    except (CallerError, InputError, UsageError) as error:
        raise ValueError(str(error)) from error


def _judge_sample(
    trace: Sequence[Mapping[str, object]], profile: str, folder: Path, options: argparse.Namespace
) -> int:
    """Judge the sampled orders of a capacity run; what their horizon leaves open is no fault of theirs."""
    from reports.conformance.terminal import print_findings, say
    from reports.judging.judge import judge
    from reports.judging.profiles import load_profile

    verdicts = judge(trace, load_profile(profile), target="simulation", seed=options.seed)
    (folder / "verdicts.json").write_text(verdicts.to_json(), encoding="utf-8")
    rules = json.loads(verdicts.to_json())["rules"]
    broken = [rule for rule in rules if rule["verdict"] in ("FAIL", "ERROR")]
    quiet = bool(getattr(options, "json", False))
    say(f"judged: {sum(rule['occasions'] for rule in rules)} occasions, {len(broken)} rules violated", quiet)
    if not quiet:
        print_findings(broken, _catalogue(), options.lang)
    return exit_status({rule["rule"]: rule["verdict"] for rule in broken}, planned=())


def _write_capacity_page(folder: Path, language: str) -> Path:
    from reports.capacity.pages import write_capacity_report

    return write_capacity_report(folder, language)


# --- arguments ------------------------------------------------------------------------------------------------------


def parser() -> Parser:
    """The whole command line."""
    top = Parser(
        prog="appuntamento",
        description="Simulation and conformance test harness for the Appuntamento Digitale service.",
        epilog=EXIT_STATUS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_conformance(commands)
    _add_check(commands)
    _add_timeline(commands)
    _add_sandbox(commands)
    _add_capacity(commands)
    for name, command, about in (
        ("rules", rules_command, "the catalogue of rules with its coverage"),
        ("readings", readings_command, "the readings of the text and the named profiles"),
    ):
        added = _add(commands, name, command, about, f"  appuntamento {name}\n  appuntamento {name} --json")
        added.add_argument("--json", action="store_true", help="for programs")
    return top


def _add_conformance(commands: argparse._SubParsersAction[Parser]) -> None:
    examples = (
        "  appuntamento conformance\n"
        "  appuntamento conformance --rule CSV-4 --rule SMS-3 --profile literal\n"
        "  appuntamento conformance --profile my-readings.toml --report out/mine --lang en\n"
        "  appuntamento conformance --target http://127.0.0.1:8020 --profile default"
    )
    about = "run the features against a system, judge what happened, write the report"
    added = _add(commands, "conformance", conformance_command, about, examples)
    added.add_argument(
        "--target", default=REFERENCE, metavar="reference|URL", help="the reference in process, or a running sandbox"
    )
    added.add_argument("--rule", action="append", default=[], metavar="ID", help="only this rule; may be repeated")
    added.add_argument("--seed", type=int, default=0, help="seed of everything that is drawn (default: 0)")
    _add_judging(added, None, "out/conformance")


def _add_check(commands: argparse._SubParsersAction[Parser]) -> None:
    examples = (
        "  appuntamento check out/conformance/trace.jsonl --profile default\n"
        "  zcat recorded.jsonl.gz | appuntamento check - --json"
    )
    added = _add(commands, "check", check_command, "judge a recorded trace; drive nothing", examples)
    added.add_argument("trace", metavar="TRACE", help="a trace in JSON Lines; - reads standard input")
    _add_judging(added, "any", "none")


def _add_judging(added: Parser, profile: str | None, report: str) -> None:
    """The options of a judging command; without a profile of its own, the target decides."""
    shown = profile or "default for the reference, any for other systems"
    added.add_argument(
        "--profile",
        default=profile,
        metavar="P",
        help=f"default, literal, any (every reading at once) or a TOML file (default: {shown})",
    )
    added.add_argument("--report", type=Path, metavar="DIR", help=f"folder of the report (default: {report})")
    added.add_argument("--schemas", type=Path, metavar="DIR", help="folder with your order.xsd and notification.xsd")
    added.add_argument("--json", action="store_true", help="verdicts.json on standard output")


def _add_timeline(commands: argparse._SubParsersAction[Parser]) -> None:
    examples = (
        "  appuntamento timeline --service VULA_FTTH --trigger 2026-03-03T17:00\n"
        "  appuntamento timeline --service ULL --trigger 2026-03-03T09:00 \\\n"
        "      --booked 2026-03-04T10:00 --visit 2026-03-06T08:00 --json\n"
        "  appuntamento timeline --batch orders.csv --profile literal"
    )
    about = "the instants that the rules give for an order"
    added = _add(commands, "timeline", timeline_command, about, examples)
    added.add_argument(
        "--service", metavar="S", help="ULL, SLU, VULA_FTTCAB, VULA_FTTH, BITSTREAM_NGA_FTTCAB or …_FTTH"
    )
    added.add_argument("--trigger", metavar="T", help="instant of AC/CO; without offset it is Europe/Rome")
    added.add_argument("--booked", metavar="T", help="instant of the booking (with --visit)")
    added.add_argument("--visit", metavar="T", help="start of the booked slot (with --booked)")
    added.add_argument(
        "--batch", metavar="FILE", help="CSV with the header service,trigger,booked,visit; - = standard input"
    )
    added.add_argument("--profile", metavar="P", default="default", help="default, literal or a TOML file")
    added.add_argument("--json", action="store_true", help="one JSON object")


def _add(commands: argparse._SubParsersAction[Parser], name: str, command: object, about: str, examples: str) -> Parser:
    added = commands.add_parser(
        name,
        help=about,
        description=about[0].upper() + about[1:] + ".",
        epilog=f"examples:\n{examples}\n\n{EXIT_STATUS}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    added.set_defaults(command=command)
    added.add_argument("--lang", choices=("it", "en"), default="it", help="language of titles (default: it)")
    return added


if __name__ == "__main__":
    sys.exit(main())
