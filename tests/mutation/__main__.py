"""`python -m tests.mutation [PATH ...]`: tries every mutant of some files and says which live.

Exit status 0 where each survivor is explained in `survivors.toml` and each explained one still lives; else 1.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.mutation import ledger
from tests.mutation.killing import FAULT, KILLED, SURVIVED, TIME_OUT, UNTESTED, Killing
from tests.mutation.mutants import ROOT, Mutant, mutants_of

FATES = (KILLED, TIME_OUT, SURVIVED, UNTESTED, FAULT)
UNEXPLAINED = ROOT / "out" / "mutants.toml"
JUDGE, REFERENCE = "reports/judging", "reference_impl"
# What kills: tests in one process that take no other. Long ones would be asked of every survivor, so they are left out.
KILLERS = {
    JUDGE: ("tests/judging", "features/giudice"),
    REFERENCE: ("tests/service", *sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("features/*.feature"))),
}
LEFT_OUT = (
    "--ignore=tests/judging/planted",
    "--ignore=tests/judging/test_prefixes.py",
    "--ignore=tests/judging/stream/test_judged_together.py",
    "--deselect=tests/judging/pairs/test_pairs.py::test_what_fails_when_the_order_has_gone_on_fails_to_the_end",
    "--ignore=tests/service/test_second_calculator.py",
)


def main(arguments: Sequence[str]) -> int:
    """Try, tell and count; see the module for the exit status."""
    options = _parser().parse_args(arguments)
    paths = sorted({path for name in options.paths or (f"{JUDGE}/checks", REFERENCE) for path in _files(Path(name))})
    mutants = [mutant for path in paths for mutant in mutants_of(path) if mutant.place]
    if options.again:
        if not UNEXPLAINED.exists():
            raise SystemExit(f"--again: {UNEXPLAINED} is not there; a run without it writes it")
        lived = ledger.names_in(UNEXPLAINED)
        mutants = [mutant for mutant in mutants if mutant.name in lived]
    fates: dict[ledger.Name, str] = {}
    reasons = ledger.explained()

    def note(mutant: Mutant, fate: str, killer: str) -> None:
        fates[mutant.name] = fate
        if fate in {SURVIVED, UNTESTED} and mutant.name not in reasons:
            print(f"{fate}: {mutant.path}:{mutant.first} in {mutant.place}", flush=True)
            print(f"  - {mutant.before}\n  + {mutant.after}", flush=True)
        elif options.verbose or fate == FAULT:
            print(f"{fate}: {mutant.path}:{mutant.first} {mutant.after} [{killer}]", flush=True)

    for root, killers in KILLERS.items():
        tried = [mutant for mutant in mutants if mutant.path.startswith(f"{root}/")]
        if tried:
            killing = Killing(tried, options.workers, options.patience, note)
            status = pytest.main(["-q", "--tb=no", *(options.tests or killers), *LEFT_OUT], plugins=[killing])
            if status != pytest.ExitCode.OK:
                return 1
    return _concluded(mutants, fates, reasons, () if options.again else paths)


def _concluded(
    mutants: Sequence[Mutant], fates: dict[ledger.Name, str], reasons: ledger.Reasons, paths: Sequence[str]
) -> int:
    alive = [mutant for mutant in mutants if fates[mutant.name] in {SURVIVED, UNTESTED}]
    unexplained = [mutant for mutant in alive if mutant.name not in reasons]
    stale = ledger.stale(reasons, {mutant.name for mutant in alive}, paths)
    print("\n".join(_table(mutants, fates, reasons)))
    for name in stale:
        print(f"explained, but it does not live: {name}")
    if unexplained:
        UNEXPLAINED.parent.mkdir(exist_ok=True)
        UNEXPLAINED.write_text(ledger.as_entries(unexplained), encoding="utf-8")
        print(f"{len(unexplained)} survivors are unexplained: {UNEXPLAINED}")
    return 1 if unexplained or stale or FAULT in fates.values() else 0


def _table(mutants: Sequence[Mutant], fates: dict[ledger.Name, str], reasons: ledger.Reasons) -> Iterator[str]:
    """A line for each file and one for all: how many mutants, what became of them, how many are explained."""
    yield f"{'file':48}{'mutants':>8}" + "".join(f"{fate:>10}" for fate in FATES) + f"{'explained':>10}"
    paths = list(dict.fromkeys(mutant.path for mutant in mutants))
    for path in (*paths, ""):
        of_file = [mutant for mutant in mutants if path in {"", mutant.path}]
        counts = Counter(fates[mutant.name] for mutant in of_file)
        known = sum(mutant.name in reasons and fates[mutant.name] in {SURVIVED, UNTESTED} for mutant in of_file)
        yield f"{path or 'all':48}{len(of_file):8}" + "".join(f"{counts[fate]:10}" for fate in FATES) + f"{known:10}"


def _files(path: Path) -> list[str]:
    """The modules of a file or folder, relative to the root of the project."""
    target = (ROOT / path).resolve()
    if not target.exists() or not target.is_relative_to(ROOT):
        raise SystemExit(f"{path}: no such file or folder of this project")
    return [str(file.relative_to(ROOT)) for file in ([target] if target.is_file() else sorted(target.rglob("*.py")))]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("paths", nargs="*", help="files or folders; the checkers and the reference where none is named")
    parser.add_argument("--workers", type=int, default=2, help="processes at a time (default: 2)")
    parser.add_argument(
        "--patience", type=float, default=10.0, metavar="SECONDS",
        help="processor time of the tests asked of a mutant, the quickest first; who outlives it lives (default: 10)",
    )  # fmt: skip
    parser.add_argument("--again", action="store_true", help=f"only those that the last run left in {UNEXPLAINED.name}")
    parser.add_argument(
        "--tests", nargs="+", default=(), metavar="PATH", help="who is asked; a few are a quick first look"
    )
    parser.add_argument("--verbose", action="store_true", help="the fate of every mutant, and which test killed it")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
