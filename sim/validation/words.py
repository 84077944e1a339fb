"""What a person reads of a validation, in both languages. It must not know how a run is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from textwrap import wrap

from reports.judging.catalogue import catalogue
from reports.judging.verdicts import RuleVerdict
from reports.words.labels import BLAMES, SIGNS, VERDICTS, Term
from reports.words.number_words import filled
from sim.validation.cover import out_of_scope
from sim.validation.faults import Fault
from sim.validation.outcome import HARNESS, Blamed, in_words
from sim.validation.runner import Run

EXPECTED, OBSERVED = Term("atteso", "expected"), Term("osservato", "observed")
TO_DO = Term("manca l'occasione: {what}", "no occasion: {what}")
OWN = Term(
    "il banco di prova: {good} regole su {all} rispettate", "the harness itself: {good} of {all:# rule|# rules} kept"
)
SO_FAR = Term("finora", "so far")
OUT_OF_SCOPE = Term("fuori ambito, {why}", "out of scope, {why}")
LEFT_OUT = Term("non giocata, serve desk: {name}", "not played, needs desk: {name}")
EARLY = Term("finita prima, {name}: {why}", "ended early, {name}: {why}")
READY = Term("pronto: l'operatore risponde", "ready: the operator answers")
MEND = Term("rimedio", "mend")
FINDINGS_SHOWN = 3
WIDTH = 80


def lines_of(run: Run, language: str) -> Iterator[str]:
    """The outcome, rule by rule, each with its first findings."""
    for ruling in run.outcome.rules:
        yield verdict_line(ruling, language)
        yield from _first(language, (finding for finding in run.outcome.findings if finding.rule == ruling.rule))
    yield filled(OWN, good=run.outcome.harness_good, all=len(run.outcome.harness)).in_language(language)
    yield from _first(language, (finding for finding in run.outcome.findings if finding.blame == HARNESS))
    for reason in out_of_scope(run).values():
        yield OUT_OF_SCOPE.in_language(language).format(why=reason.in_language(language))
    for story in run.left_out:
        yield LEFT_OUT.in_language(language).format(name=story.name)
    for name, why in run.ended_early.items():
        yield EARLY.in_language(language).format(name=name, why=why.in_language(language))


def narrow(line: str) -> list[str]:
    """A line as lines of 80 columns; what follows stands deeper than its beginning."""
    below = " " * (len(line) - len(line.lstrip()) + 4)
    return wrap(line, WIDTH, subsequent_indent=below, break_long_words=False, break_on_hyphens=False) or [line]


def verdict_line(ruling: RuleVerdict, language: str) -> str:
    """A rule's sign, verdict and title."""
    title = catalogue().rules[ruling.rule].title.in_language(language)
    return f"{SIGNS[ruling.verdict]} {ruling.rule:<6}{VERDICTS[ruling.verdict].in_language(language)}  {title}"


def live_lines(ruling: RuleVerdict, finding: Blamed | None, language: str) -> Iterator[str]:
    """A rule's verdict while a run goes on: a failure is certain, anything else holds so far."""
    so_far = "" if ruling.verdict == "FAIL" else f" ({SO_FAR.in_language(language)})"
    yield f"  {verdict_line(ruling, language)}{so_far}"
    if finding is not None:
        yield from _finding(finding, language)


def fault_line(fault: Fault, language: str) -> str:
    """A fault before the run, with its mend."""
    blame, mend = BLAMES[fault.blame].in_language(language), fault.mend.in_language(language)
    return f"[{blame}] {fault.problem}; {MEND.in_language(language)}: {mend}"


def _first(language: str, findings: Iterable[Blamed]) -> Iterator[str]:
    """The first findings that say something of their own."""
    for lines in islice(dict.fromkeys(tuple(_finding(finding, language)) for finding in findings), FINDINGS_SHOWN):
        yield from lines


def _finding(finding: Blamed, language: str) -> Iterator[str]:
    if finding.verdict == "NOT_EXERCISED" and finding.mend is not None:
        yield "    " + TO_DO.in_language(language).format(what=finding.mend.in_language(language))
        return
    blame = BLAMES[finding.blame].in_language(language)
    expected, observed = in_words(finding.expected, language), in_words(finding.observed, language)
    yield f"    [{blame}] {finding.subject}"
    yield f"      {EXPECTED.in_language(language)}: {expected}"
    yield f"      {OBSERVED.in_language(language)}: {observed}"
    if finding.mend is not None:
        yield f"      {MEND.in_language(language)}: {finding.mend.in_language(language)}"
