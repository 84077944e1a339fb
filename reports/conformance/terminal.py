"""What a person reads in a terminal: progress, verdicts, catalogue and a timeline, within 80 columns.

What lives here: printing what the caller hands in. It must not judge. Piped, it is the same text without colour.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from reports.judging.catalogue import Catalogue, Parameter, Rule
from reports.judging.reading.event_forms import nearest_known
from reports.judging.verdicts import MERGE_ORDER
from reports.timeline.characters import timeline_picture
from reports.timeline.days_off import days_off
from reports.words.labels import SIGNS, VERDICTS, Term, verdicts_counted
from reports.words.messages import words_of
from reports.words.number_words import number
from reports.words.reading_words import value_words, values_left
from reports.words.time_words import offset_text

WIDTH = 80
FINDINGS_SHOWN = 3
STYLES: Mapping[str, str] = {
    "PASS": "green",
    "FAIL": "bold red",
    "ERROR": "bold magenta",
    "WARNING": "yellow",
    "AMBIGUOUS": "yellow",
    "INCONCLUSIVE": "yellow",
    "NOT_EXERCISED": "dim",
    "NOT_APPLICABLE": "dim",
}
FAMILY, RULES, OCCASIONS = Term("famiglia", "family"), Term("regole", "rules"), Term("occasioni", "occasions")
SCENARIOS, WIRES = Term("scenari", "scenarios"), Term("reti osservate", "wires")
ABOUT_THE_JUDGE = Term("sul giudice", "about the judge")
NATURES = {"open": Term("aperta", "open"), "disputed": Term("controversa", "disputed")}
EXPECTED, OBSERVED = Term("atteso", "expected"), Term("osservato", "observed")
MORE_FINDINGS = Term(
    "… e {count} in più: tutti con --report DIR o --json", "… and {count} more: all with --report DIR or --json"
)
INFERRED = Term("letture dedotte", "inferred readings")
BETWEEN_VALUES = Term("|", "|")
IGNORED, MEANT = Term("ignorati", "ignored"), Term("forse {name}", "perhaps {name}")
TIMELINE_NAMES: Mapping[str, Term] = {
    "service": Term("servizio", "service"),
    "trigger": Term("AC/CO", "AC/CO"),
    "engagement_sms": Term("SMS di ingaggio", "engagement SMS"),
    "csv_deadline": Term("file CSV entro", "CSV file by"),
    "first_notice": Term("prima causale, non prima di", "first causal, not before"),
    "last_booking_day": Term("ultimo giorno per prenotare", "last day to book"),
    "booking_closes": Term("prenotazione chiusa da", "booking closed from"),
    "timeout_notice": Term("causale di time-out, non prima di", "time-out causal, not before"),
    "booked_notice": Term("causale di appuntamento preso", "causal when booked"),
    "reminder_deadline": Term("promemoria entro", "reminder by"),
    "reminder_planned": Term("promemoria previsto", "reminder planned"),
    "reschedule_cutoff": Term("si può spostare fino a", "can be moved until"),
}


def console() -> Console:
    """Standard output, never wider than 80 columns."""
    output = Console(highlight=False)
    return Console(highlight=False, width=min(output.width, WIDTH))


def say(line: str, quiet: bool = False) -> None:
    """One line for people; nothing where a program reads."""
    if not quiet:
        print(line, flush=True)


@contextmanager
def progress(label: str, quiet: bool = False) -> Iterator[Callable[[int, int, str, str], None]]:
    """A progress bar on standard error while work is done; yields the function to call with its state."""
    bar = Progress(
        TextColumn(label),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TextColumn("{task.fields[name]}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=quiet or not sys.stderr.isatty(),
    )
    with bar:
        task = bar.add_task(label, total=None, name="")
        yield lambda done, total, name, outcome: bar.update(task, completed=done, total=total, name=name)


def print_verdicts(content: Mapping[str, Any], catalogue: Catalogue, language: str) -> None:
    """A row for each family, then the findings of every rule that did not simply pass."""
    out = console()
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(FAMILY.in_language(language))
    table.add_column(RULES.in_language(language))
    table.add_column(OCCASIONS.in_language(language), justify="right")
    rules: Sequence[Mapping[str, Any]] = content["rules"]
    for family, members in groupby(rules, key=lambda rule: str(rule["rule"]).split("-")[0]):
        entries = list(members)
        table.add_row(family, _signs(entries), _count(sum(entry["occasions"] for entry in entries), language))
    out.print(table)
    print_findings([rule for rule in rules if rule["verdict"] != "PASS"], catalogue, language)
    if inferred := _inferred(content, catalogue, language):
        out.print(Text(f"\n{INFERRED.in_language(language)}: {inferred}", style="dim"))
    if content.get("ignored"):
        out.print(Text(f"\n{ignored_text(content['ignored'], language)}", style="yellow"))
    out.print(_summary(rules, language))


def _inferred(content: Mapping[str, Any], catalogue: Catalogue, language: str) -> str:
    """The inferred readings that bear on the rules shown: some may have been asked for only."""
    rules_shown = {rule["rule"] for rule in content["rules"]}
    inferred: Mapping[str, Sequence[str]] = content.get("inferred") or {}
    values = (
        f"{name}={values_left(left, BETWEEN_VALUES).in_language(language)}"
        for name, left in inferred.items()
        if rules_shown.intersection(catalogue.parameters[name].rules)
    )
    return ", ".join(values)


def ignored_text(ignored: Mapping[str, int], language: str) -> str:
    """What the trace says that no reader knows, how often, and which known name each resembles."""
    names = []
    for name, count in ignored.items():
        known = nearest_known(name)
        meant = f" ({MEANT.in_language(language).format(name=known)})" if known else ""
        names.append(f"{name} ×{_count(count, language)}{meant}")
    return f"{IGNORED.in_language(language)}: {', '.join(names)}"


def print_findings(rules: Sequence[Mapping[str, Any]], catalogue: Catalogue, language: str) -> None:
    """The first findings of each of these rules of a verdicts file."""
    out = console()
    for rule in rules:
        if rule["findings"]:
            _print_findings(out, rule, catalogue.rules[rule["rule"]], language)


def _count(value: int, language: str) -> str:
    return number(value, 0).in_language(language)


def _signs(entries: Sequence[Mapping[str, Any]]) -> Text:
    signs = Text()
    for entry in entries:
        rule = str(entry["rule"]).split("-")[1]
        signs.append(f"{SIGNS[entry['verdict']]}{rule} ", style=STYLES[entry["verdict"]])
    return signs


def _print_findings(out: Console, record: Mapping[str, Any], rule: Rule, language: str) -> None:
    head = Text(f"{SIGNS[record['verdict']]} {rule.id} ", style=STYLES[record["verdict"]])
    head.append(VERDICTS[record["verdict"]].in_language(language))
    line = Table.grid(padding=(0, 2, 0, 0))
    line.add_row(head, rule.title.in_language(language))
    out.print("", line, sep="\n")
    findings = [finding for finding in record["findings"] if finding["verdict"] != "PASS"]
    findings.sort(key=lambda finding: MERGE_ORDER.index(finding["verdict"]))
    for finding in findings[:FINDINGS_SHOWN]:
        out.print(Padding(Text(_finding(finding, language)), (0, 0, 0, 4)))
    if len(findings) > FINDINGS_SHOWN:
        more = _count(len(findings) - FINDINGS_SHOWN, language)
        out.print(Padding(Text(MORE_FINDINGS.in_language(language).format(count=more)), (0, 0, 0, 4)))


def _finding(finding: Mapping[str, Any], language: str) -> str:
    expected, observed = (words_of(finding, member).in_language(language) for member in ("expected", "observed"))
    parts = [
        f"{finding['subject']}: {EXPECTED.in_language(language)}: {expected};",
        f"{OBSERVED.in_language(language)}: {observed}",
    ]
    if finding.get("offset_seconds") is not None:
        parts.append(f"({offset_text(finding['offset_seconds']).in_language(language)})")
    if finding.get("reading"):
        parts.append(f"[{words_of(finding, 'reading').in_language(language)}]")
    if finding["evidence"]:
        parts.append(f"→ {', '.join(finding['evidence'])}")
    return " ".join(parts)


def _summary(rules: Sequence[Mapping[str, Any]], language: str) -> Text:
    """How many rules have each verdict; a line ends between two of them only."""
    text, used = Text("\n"), 0
    for verdict in MERGE_ORDER:
        count = sum(rule["verdict"] == verdict for rule in rules)
        if count:
            counted = f"{SIGNS[verdict]} {count} {verdicts_counted(verdict, count).in_language(language)}"
            gap = "" if not used else "  " if used + len(counted) + 2 <= WIDTH else "\n"
            text.append(gap).append(counted, style=STYLES[verdict])
            used = len(counted) + (0 if gap == "\n" else used + len(gap))
    return text


def print_rules(
    catalogue: Catalogue, scenarios: Mapping[str, int], judge_scenarios: Mapping[str, int], language: str, as_json: bool
) -> None:
    """The rules with their scenarios, the wires they need and the readings that bear on them."""
    if as_json:
        counts = {"scenarios": scenarios, "judge_scenarios": judge_scenarios}
        print(json.dumps([_rule_members(rule, catalogue, counts) for rule in catalogue.rules.values()]))
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("id", no_wrap=True)
    table.add_column(RULES.in_language(language))
    table.add_column(SCENARIOS.in_language(language), justify="right")
    table.add_column(ABOUT_THE_JUDGE.in_language(language), justify="right")
    for rule in catalogue.rules.values():
        shown = (str(count.get(rule.id, 0)) for count in (scenarios, judge_scenarios))
        table.add_row(rule.id, rule.title.in_language(language), *shown)
    console().print(table)


def _rule_members(rule: Rule, catalogue: Catalogue, counts: Mapping[str, Mapping[str, int]]) -> Mapping[str, object]:
    return {
        "rule": rule.id,
        "family": rule.family,
        "title_it": rule.title.it,
        "title_en": rule.title.en,
        "observes": list(rule.observes),
        "readings": list(catalogue.bearing_on(rule.id)),
        **{name: count.get(rule.id, 0) for name, count in counts.items()},
    }


def print_readings(catalogue: Catalogue, language: str, as_json: bool) -> None:
    """The parameters with their values and what the named profiles say."""
    if as_json:
        print(json.dumps([_parameter_members(parameter) for parameter in catalogue.parameters.values()]))
        return
    out = console()
    for parameter in catalogue.parameters.values():
        out.print(Text.assemble((parameter.name, "bold"), "  ", parameter.title.in_language(language)))
        differs = f"   literal: {parameter.literal}" if parameter.literal != parameter.default else ""
        nature = NATURES[parameter.nature].in_language(language)
        readings = " | ".join(value_words(value).in_language(language) for value in parameter.readings)
        values = f"{nature}: {readings}   default: {parameter.default}{differs}"
        values += f"   → {' '.join(parameter.rules)}"
        out.print(Padding(Text(values, style="dim"), (0, 0, 0, 4)))


def _parameter_members(parameter: Parameter) -> Mapping[str, object]:
    return {
        "parameter": parameter.name,
        "kind": parameter.kind,
        "nature": parameter.nature,
        "readings": list(parameter.readings),
        "default": parameter.default,
        "literal": parameter.literal,
        "rules": list(parameter.rules),
        "title_it": parameter.title.it,
        "title_en": parameter.title.en,
    }


def print_timeline(
    members: Mapping[str, object], readings: Mapping[str, object], language: str, appointment: Mapping[str, str]
) -> None:
    """Prints the instants of one order as a list, then as a drawing of its days.

    The drawing shows the instants of `appointment` too: `booked`, `visit`. `readings` say which days are off.
    """
    names = {name: TIMELINE_NAMES[name].in_language(language) for name in members}
    width = max(map(len, names.values()))
    for name, value in members.items():
        if value is not None:
            print(f"{names[name]:<{width}}  {_instants_text(value)}")
    print()
    print(timeline_picture({**members, **appointment}, WIDTH, language, days_off(readings)))


def _instants_text(value: object) -> str:
    if isinstance(value, Mapping):
        return "  ".join(_instants_text(part) for part in value.values())
    return str(value).replace("T", " ") if isinstance(value, str) and value[:2] == "20" else str(value)
