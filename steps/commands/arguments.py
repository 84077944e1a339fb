"""The arguments of `conformance`, `check`, `timeline`, `rules`, `readings`; what each does, its own file knows."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from sim.capacity.command_line import add_scenario
from sim.command_line import add_command
from steps.commands.judging import REFERENCE, check_command, conformance_command
from steps.commands.pricing import price_command
from steps.commands.reference import readings_command, rules_command, timeline_command

if TYPE_CHECKING:
    from sim.command_line import Commands


def add_commands(commands: Commands) -> None:
    """Add the five commands."""
    _add_conformance(commands)
    _add_check(commands)
    _add_timeline(commands)
    for name, run, about in (
        ("rules", rules_command, "the catalogue of rules with its coverage"),
        ("readings", readings_command, "the readings of the text and the named profiles"),
    ):
        example = f"  appuntamento {name}\n  appuntamento {name} --json"
        if name == "readings":
            example += "\n  appuntamento readings price small-town"
        command = add_command(commands, name, run, about, example)
        command.add_argument("--json", action="store_true", help="for programs")
        if name == "readings":
            _add_price(command.add_subparsers(title="verbs", metavar="VERB"))


def _add_price(verbs: Commands) -> None:
    examples = (
        "  appuntamento readings price small-town\n"
        "  appuntamento readings price region --workers 2 --lang en\n"
        "  appuntamento readings price small-town --reading first_day --reading day_end"
    )
    about = "what each ambiguity of the text is worth to a capacity scenario"
    command = add_command(verbs, "price", price_command, about, examples)
    command.usage = "appuntamento readings price SCENARIO [options]"
    add_scenario(command, "folder of page and JSON (default: out/price/SCENARIO)")
    command.add_argument("--reading", action="append", metavar="NAME", help="only this one; may be repeated")
    ranks = "lives_a_year (default), p95_days, timed_out_a_year or suspended_days"
    command.add_argument("--rank-by", default="lives_a_year", metavar="MEASURE", help=f"dearest first by {ranks}")
    command.add_argument("--replications", type=int, default=4, metavar="N", help="of each value (default: 4)")
    command.add_argument("--json", action="store_true", help="for programs")
    for action in command._actions:
        if action.dest in ("json", "lang"):  # what was said of them before the verb holds
            action.default = argparse.SUPPRESS


def _add_conformance(commands: Commands) -> None:
    examples = (
        "  appuntamento conformance\n"
        "  appuntamento conformance --rule csv --rule SMS-3 --profile literal\n"
        "  appuntamento conformance --scenario domenica\n"
        "  appuntamento conformance --failed\n"
        "  appuntamento conformance --features my-features --report out/mine\n"
        "  appuntamento conformance --profile mine.toml --report out/mine --lang en\n"
        "  appuntamento conformance --target http://127.0.0.1:8020 --profile default"
    )
    about = "run the features against a system, judge what happened, write the report"
    command = add_command(commands, "conformance", conformance_command, about, examples)
    command.add_argument(
        "--target", default=REFERENCE, metavar="reference|URL", help="the reference in process, or a running sandbox"
    )
    command.add_argument("--scenario", default="", metavar="TEXT", help="only scenarios with this text in their name")
    command.add_argument("--failed", action="store_true", help="only scenarios that failed in the run of --report")
    command.add_argument("--features", type=Path, metavar="DIR", help="your own feature files, with our steps")
    command.add_argument("--seed", type=int, default=0, help="seed of everything that is drawn (default: 0)")
    _add_judging(command, None, "out/conformance")


def _add_check(commands: Commands) -> None:
    examples = (
        "  appuntamento check out/conformance/trace.jsonl --profile default\n"
        "  zcat recorded.jsonl.gz | appuntamento check - --json"
    )
    command = add_command(commands, "check", check_command, "judge a recorded trace; drive nothing", examples)
    command.add_argument(
        "trace", metavar="TRACE", help="a trace in JSON Lines, also .gz or .zst; - reads standard input"
    )
    _add_judging(command, "any", "none")


def _add_judging(command: argparse.ArgumentParser, profile: str | None, report: str) -> None:
    """The options of a judging command; without a profile of its own, the target decides."""
    profile_words = profile or "default for the reference, any for other systems"
    command.add_argument(
        "--profile",
        default=profile,
        metavar="P",
        help=f"default, literal, any (every reading at once) or a TOML file (default: {profile_words})",
    )
    command.add_argument(
        "--rule", action="append", default=[], metavar="ID", help="only this rule or family (csv-4, CSV); repeatable"
    )
    command.add_argument("--report", type=Path, metavar="DIR", help=f"folder of the report (default: {report})")
    command.add_argument("--schemas", type=Path, metavar="DIR", help="folder with your order.xsd and notification.xsd")
    command.add_argument("--infer", type=Path, metavar="FILE", help="write the profile that was inferred, as TOML")
    command.add_argument("--json", action="store_true", help="verdicts.json on standard output")


def _add_timeline(commands: Commands) -> None:
    examples = (
        "  appuntamento timeline --service VULA_FTTH --trigger 2026-03-03T17:00\n"
        "  appuntamento timeline --service ULL --trigger 2026-03-03T09:00 \\\n"
        "      --booked 2026-03-04T10:00 --visit 2026-03-06T08:00 --json\n"
        "  appuntamento timeline --batch orders.csv --profile literal\n"
        "  appuntamento timeline --trace out/conformance/trace.jsonl \\\n"
        "      --order 04-CSV-4-001-1"
    )
    about = "the instants of an order, by the rules or in a recorded trace"
    command = add_command(commands, "timeline", timeline_command, about, examples)
    command.add_argument(
        "--service", metavar="S", help="ULL, SLU, VULA_FTTCAB, VULA_FTTH, BITSTREAM_NGA_FTTCAB or …_FTTH"
    )
    command.add_argument("--trigger", metavar="T", help="instant of AC/CO; without offset it is Europe/Rome")
    command.add_argument("--booked", metavar="T", help="instant of the booking (with --visit)")
    command.add_argument("--visit", metavar="T", help="start of the booked slot (with --booked)")
    command.add_argument(
        "--batch", metavar="FILE", help="CSV with the header service,trigger,booked,visit; - = standard input"
    )
    command.add_argument("--trace", metavar="FILE", help="a recorded trace (- = standard input), with --order")
    command.add_argument("--order", metavar="CODE", help="draw this order of the trace")
    command.add_argument("--operator", metavar="NAME", help="whose order, where several operators use the code")
    command.add_argument("--world", metavar="W", help="of which world, where the trace has several")
    command.add_argument(
        "--profile", metavar="P", default="default", help="default, literal or a TOML file (default: default)"
    )
    command.add_argument("--json", action="store_true", help="one JSON object")
