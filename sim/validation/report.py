"""The report of a validation for the wholesaler: page, verdicts, trace, JUnit, outcome with its cover, and a seal.

The seal is a list of SHA-256 sums, in the form that `sha256sum -c` reads: `appuntamento verify DIR` checks it. What is
shown counts the operator's rules only; what the harness observed of itself stands apart in `outcome.json`.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from reports.conformance.junit import junit_xml
from reports.conformance.pages import json_line, render
from reports.conformance.report_folder import SEAL, replace_folder
from reports.conformance.rule_notes import RuleNote
from reports.judging.catalogue import catalogue
from reports.judging.errors import InputError
from reports.timeline.deadlines import deadlines_of
from reports.words.labels import Term
from sim.validation.cover import cover_rows, outcome_members
from sim.validation.runner import Run, profile_of
from sim.validation.signing import signed, signer_of

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = ("--headless", "--disable-gpu", "--no-sandbox", "--no-pdf-header-footer")
PRINT_SECONDS = 120
NOT_SEALED, CHANGED = Term("non sigillato", "not sealed"), Term("cambiato", "changed")
MISSING = Term("manca", "missing")
KEPT = frozenset({"PASS", "WARNING", "NOT_APPLICABLE"})


@dataclass(frozen=True, slots=True)
class Attached:
    """Notes on rules that no wire shows, and their pictures by the names of their files."""

    notes: Sequence[RuleNote]
    pictures: Mapping[str, bytes]


def write_report(folder: Path, run: Run, language: str, pdf: bool = False, signer: Path | None = None) -> Path:
    """Write the report, all or nothing; the path of its page. InputError where the folder is not ours."""
    replace_folder(folder, report_files(run, language, pdf, signer))
    return folder / "index.html"


def report_files(
    run: Run, language: str, pdf: bool = False, signer: Path | None = None, attached: Attached | None = None
) -> dict[str, bytes]:
    """The files of a report by their names, with the seal on all of them.

    `pdf` prints the page too, where there is a browser that can; `signer` is a PKCS#12 file that signs it; `attached`
    stands in page and outcome.
    """
    notes, pictures = (attached.notes, attached.pictures) if attached else ((), {})
    scope = [ruling.rule for ruling in run.outcome.rules]
    operator_verdicts = run.verdicts.only(scope)
    text = operator_verdicts.to_json()
    content = json.loads(text)
    deadlines = partial(deadlines_of, profile_of(run.plan))
    outcome = outcome_members(run, notes)
    cover = outcome["cover"]
    rows, headline = tuple(cover_rows(cover, run)), _headline(run)
    page = render(content, run.trace, catalogue(), language, deadlines, rows, notes=notes, headline=headline)
    files = {
        "index.html": page.encode(),
        "verdicts.json": text.encode(),
        "trace.jsonl": b"".join(map(json_line, run.trace)),
        "junit.xml": junit_xml(content, run.trace, scope),
        "outcome.json": json.dumps(outcome, ensure_ascii=False, indent=2).encode() + b"\n",
        **pictures,
    }
    if (pdf or signer) and (printed := pdf_of(files["index.html"])) is not None:
        files["report.pdf"] = signed(printed, signer_of(signer)) if signer else printed
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items()))
    return {**files, SEAL: sums.encode()}


def _headline(run: Run) -> str | None:
    """Undecided where a rule had no occasion: nobody is conformant by doing nothing."""
    verdicts = {ruling.verdict for ruling in run.outcome.rules}
    return "INCONCLUSIVE" if "NOT_EXERCISED" in verdicts and verdicts <= {"NOT_EXERCISED", *KEPT} else None


def pdf_of(page: bytes) -> bytes | None:
    """The page as a headless Chromium prints it; None where there is none, or where it fails."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        return None
    with tempfile.TemporaryDirectory(prefix="appuntamento-") as name:
        folder = Path(name)
        (folder / "index.html").write_bytes(page)
        target = folder / "report.pdf"
        options = [*CHROMIUM, f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={target}"]
        with suppress(subprocess.SubprocessError, OSError):
            subprocess.run(
                [browser, *options, str(folder / "index.html")], timeout=PRINT_SECONDS, check=True, capture_output=True
            )
        return target.read_bytes() if target.exists() else None


def broken_seals(folder: Path, language: str = "en") -> list[str]:
    """The files of a report that are not as they were sealed, each with what is wrong; InputError without a seal."""
    try:
        lines = (folder / SEAL).read_text(encoding="ascii").splitlines()
        sums = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
        if not sums or any(name != Path(name).name for name in sums):
            raise ValueError("no files, or files elsewhere")
    except (OSError, ValueError) as problem:
        raise InputError(str(folder / SEAL), "is no seal of a report", "a folder that validate wrote") from problem
    broken = [(path.name, NOT_SEALED) for path in sorted(folder.iterdir()) if path.name not in {*sums, SEAL}]
    for name, digest in sums.items():
        path = folder / name
        if not path.is_file():
            broken.append((name, MISSING))
        elif hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            broken.append((name, CHANGED))
    return [f"{name}: {what.in_language(language)}" for name, what in broken]
