"""The commands `validate` and `verify`: an operator's system through a plan, and the seal of its report."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from reports.judging.errors import InputError
from reports.judging.exit_status import BAD_INPUT, CONFORMANT, FAILED
from sim.command_line import add_command, check_effective, check_folder, check_port

if TYPE_CHECKING:
    from sim.command_line import Commands
    from sim.validation.own_sandbox import Ports
    from sim.validation.runner import Run

EXAMPLES = (
    "  appuntamento validate essential --operator alfa.toml\n"
    "  appuntamento validate mine.toml --operator alfa.toml \\\n"
    "      --target http://127.0.0.1:8020\n"
    "  appuntamento validate hostile --with model\n"
    "  appuntamento validate hostile --with hammers\n"
    "  appuntamento validate hostile --with all"
)
VERIFY_EXIT_STATUS = "exit status: 0 as it was sealed, 1 something is not, 3 no seal or bad usage,\n4 harness fault"
ALL = "all"
FOLDER, REPORT = Path("out") / "validate", "report"  # where things are kept, and the report within it


def add_commands(commands: Commands) -> None:
    """Add `validate` and `verify` to a command line."""
    about = "put an operator's own system through a plan, and judge it"
    added = add_command(commands, "validate", validate_command, about, EXAMPLES)
    added.add_argument("plan", metavar="PLAN", help="essential, complete, hostile, call-centre, or a TOML file")
    added.add_argument("--operator", type=Path, metavar="FILE", help="TOML file about the operator's system")
    added.add_argument("--with", dest="name", metavar="NAME", help="instead: the model operator, or a wrong one; all")
    added.add_argument("--target", metavar="URL", help="a running sandbox (default: one of its own)")
    added.add_argument("--folder", type=Path, metavar="DIR",
                       help="where credentials and report are (default: out/validate)")  # fmt: skip
    added.add_argument("--port", type=int, metavar="N",
                       help="of its own sandbox, 0 = any free one (default: 8020; with --with 0)")  # fmt: skip
    added.add_argument("--sftp-port", type=int, metavar="N", help="likewise (default: 8022; with --with 0)")
    added.add_argument("--pdf", action="store_true", help="the page as PDF too, where Chromium is there")
    added.add_argument("--sign", type=Path, metavar="FILE",
                       help="print, and sign the PDF with this PKCS#12 file")  # fmt: skip
    added.add_argument("--json", action="store_true", help="the outcome as JSON on standard output")
    about = "check that a validation's report is as it was sealed"
    example = "  appuntamento verify out/validate/report"
    verify = add_command(commands, "verify", verify_command, about, example, VERIFY_EXIT_STATUS)
    verify.add_argument("folder", type=Path, metavar="DIR", help="the folder of the report")


def validate_command(options: argparse.Namespace) -> int:
    """Run a plan, print the outcome, write the report, and return the exit status."""
    from sim.validation.plan import load_plan
    from sim.validation.shelf import MODEL, SHELF
    from sim.validation.signing import signer_of

    if options.sign is not None:
        signer_of(options.sign)  # what is wrong with it is said before the run
    plan = load_plan(options.plan)
    names = (MODEL, *(row.name for row in SHELF))
    if options.name is not None and options.name not in (*names, ALL):
        raise InputError("--with", f"unknown operator {options.name!r}", ", ".join((*names, ALL)))
    if (options.name is None) is (options.operator is None):
        raise InputError("validate", "whose system?", "--operator FILE, or --with NAME")
    _check_effective(options)
    if options.name == ALL:
        from sim.validation.trials import try_all

        return try_all(options.plan, lambda line: _say(line, to_errors=False))
    options.folder = options.folder or FOLDER
    run = _run(options, plan)
    return BAD_INPUT if run is None else _finish(run, options)


def _check_effective(options: argparse.Namespace) -> None:
    """Refuse what a plan with all, or in a sandbox that runs already, has no use for."""
    ports = {"--port": options.port, "--sftp-port": options.sftp_port}
    for option, port in ports.items():
        check_port(option, port)
    if options.name == ALL:
        of_a_report = {"--pdf": options.pdf, "--sign": options.sign, "--json": options.json}
        check_effective(
            {"--target": options.target, "--folder": options.folder, **ports, **of_a_report},
            "with one system; of all nothing is kept, each in a sandbox of its own",
        )
    if options.target is not None:
        check_effective(ports, "without --target, whose ports are its own")


def ports_of(options: argparse.Namespace) -> Ports:
    """The ports of its own sandbox: an operator's system must find them, one of ours is told."""
    from sim.validation.own_sandbox import ANY_FREE, Ports

    usual = Ports() if options.name is None else ANY_FREE
    return Ports(
        usual.http if options.port is None else options.port,
        usual.sftp if options.sftp_port is None else options.sftp_port,
    )


def _run(options: argparse.Namespace, plan: object) -> Run | None:
    """The run; None where the preflight found something to be mended first."""
    from reports.conformance.report_folder import check_replaceable
    from sim.validation.plan import Plan
    from sim.validation.rehearsal import Place, rehearse, run_operator
    from sim.validation.words import fault_line

    assert isinstance(plan, Plan)
    check_folder("--folder", options.folder)
    check_replaceable(options.folder / REPORT)
    ports = ports_of(options)
    if options.name is not None:
        return rehearse(plan, options.name, lambda line: _say(line, options.json), options.target, options.lang, ports)
    place = Place(options.folder, ports.http, ports.sftp, options.target)
    faults, run = run_operator(plan, options.operator, place, options.lang, lambda line: _say(line, True))
    for fault in faults:
        print(f"appuntamento: {fault_line(fault, options.lang)}", file=sys.stderr)
    return run


def _finish(run: Run, options: argparse.Namespace) -> int:
    from sim.validation.cover import outcome_members
    from sim.validation.report import write_report
    from sim.validation.words import lines_of

    page = write_report(options.folder / REPORT, run, options.lang, options.pdf, options.sign)
    if (options.pdf or options.sign) and not page.with_name("report.pdf").exists():
        print("appuntamento: no PDF: Chromium is not there, or failed", file=sys.stderr)
    if options.json:
        print(json.dumps(outcome_members(run), ensure_ascii=False))
    else:
        for line in lines_of(run, options.lang):
            _say(line, to_errors=False)
        print(f"report: {page}")
    return run.outcome.exit_status


def verify_command(options: argparse.Namespace) -> int:
    """Say what is not as it was sealed."""
    from sim.validation.report import broken_seals

    broken = broken_seals(options.folder, options.lang)
    for line in broken:
        print(line)
    if not broken:
        print({"it": "tutto come sigillato", "en": "all as it was sealed"}[options.lang])
    return FAILED if broken else CONFORMANT


def _say(line: str, to_errors: bool) -> None:
    from sim.validation.words import narrow

    print(*narrow(line), sep="\n", file=sys.stderr if to_errors else sys.stdout, flush=True)
