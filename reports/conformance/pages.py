"""Renders a run as one page that needs nothing else, and writes the report folder around it.

What lives here: the bridge between the model of the report and its template. It must not judge nor count: verdicts
and numbers come from the verdicts, whatever the page shows of an order from the trace.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from reports.conformance.finding_groups import raw_text
from reports.conformance.junit import junit_xml
from reports.conformance.observation import declared_readings, declared_texts
from reports.conformance.page_choice import GROUPS_SHOWN, Drawing, choose, load_shown
from reports.conformance.page_model import ReportModel, build_model
from reports.conformance.page_orders import PageOrder, TraceLine
from reports.conformance.page_words import PAGE
from reports.conformance.report_folder import replace_folder
from reports.conformance.rule_notes import RuleNote
from reports.judging.catalogue import Catalogue
from reports.judging.verdicts import MERGE_ORDER, FindingRecord, VerdictsFile
from reports.page_templates import environment_of
from reports.rome_time import Instant, parse_instant, wall_clock
from reports.timeline.days_off import days_off
from reports.timeline.drawing import draw, symbols
from reports.timeline.marks import Deadline, meaning_of
from reports.words.labels import (
    DECISIONS,
    HEADLINES,
    OUTCOMES,
    SERVICES,
    SIGNS,
    VERDICT_MEANINGS,
    VERDICTS,
    Lexicon,
    Term,
    same,
    verdicts_counted,
)
from reports.words.masking import printable
from reports.words.messages import words_of
from reports.words.number_words import number
from reports.words.reading_words import value_text, value_words, values_left
from reports.words.time_words import clock_text, date_time_text, duration_text, offset_text, real_time_text, weekday_of

TEMPLATES = Path(__file__).parents[1] / "templates"
EVIDENCE_SHOWN, BRIEFS_SHOWN, SCENARIOS_SHOWN, LONGEST_VALUES = 6, 12, 80, 120
BETWEEN_VALUES = Term(" | ", " | ")
ORDERS_OPEN = 40
ATTENTION_SHOWN = 6  # rules of a verdict that the first page names
_SCENARIO_SIGNS = {"passed": "✓", "failed": "✗", "skipped": "○"}

# What was due when for an order with these events, in a world that declares these readings.
Deadlines = Callable[[Sequence[TraceLine], Mapping[str, object]], Sequence[Deadline]]


def write_report(
    folder: Path,
    verdicts: VerdictsFile,
    events: Iterable[TraceLine],
    catalogue: Catalogue,
    language: str = "it",
    *,
    verdicts_json: bytes | None = None,
    deadlines: Deadlines | None = None,
    planned: Sequence[str] | None = (),
    seconds: Mapping[str, float] | None = None,
    made_at: Instant | None = None,
) -> Path:
    """Writes index.html, verdicts.json, trace.jsonl and junit.xml, all or none; returns the path of the page.

    `verdicts_json` are the bytes of the verdict file where the caller has them; `planned` are the rules that the run
    must exercise (None: all that apply) and `seconds` how long its scenarios took, by the id of the event of each.
    `made_at` is when it was judged, in real time. The events can be read anew; they are, and never kept whole.
    An existing folder is replaced only if it holds a report and nothing else, otherwise InputError.
    """
    files: dict[str, bytes | Iterable[bytes]] = {
        "index.html": render(verdicts, events, catalogue, language, deadlines, made_at=made_at).encode(),
        "verdicts.json": verdicts_json if verdicts_json is not None else json_line(verdicts),
        "trace.jsonl": map(json_line, events),
        "junit.xml": junit_xml(verdicts, events, planned, seconds),
    }
    replace_folder(folder, files)
    return folder / "index.html"


def json_line(value: object) -> bytes:
    """A value as one line of JSON, the same bytes for the same value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def render(
    verdicts: VerdictsFile,
    events: Iterable[TraceLine],
    catalogue: Catalogue,
    language: str = "it",
    deadlines: Deadlines | None = None,
    cover: Sequence[tuple[Term, Term]] = (),
    made_at: Instant | None = None,
    notes: Sequence[RuleNote] = (),
    headline: str | None = None,
) -> str:
    """The page as text: the same verdicts, events, notes, language and real time give the same bytes.

    `cover` comes first, if any; `headline` is the verdict on top where it is not the heaviest of the rules'.
    """
    lexicon = Lexicon(language)
    model = build_model(verdicts, events, catalogue)
    model = model if headline is None else replace(model, headline=headline)
    load_shown(model)
    drawing = _drawings(
        lexicon, deadlines or _none_known, verdicts.get("readings", {}), declared_readings(model.stories.remarks)
    )
    chosen = choose(model, drawing)
    template = _environment().get_template("report.html.j2")
    return template.render(
        model=model,
        cover=cover,
        source=verdicts,
        catalogue=catalogue,
        notes=notes,
        language=language,
        symbols=Markup(symbols()),
        in_force=verdicts.get("readings", {}),
        known_rules=frozenset(view.rule for _, _, views in model.families for view in views),
        declared_in=declared_texts(model.stories.remarks).get,
        chosen=chosen,
        drawing=drawing,
        made_at=made_at,
        **_words_of_the_template(lexicon),
        **_of_orders(model, chosen.numbers),
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = environment_of(TEMPLATES)
    environment.globals.update(
        signs=SIGNS,
        verdicts=VERDICTS,
        meanings=VERDICT_MEANINGS,
        verdict_order=MERGE_ORDER,
        headlines=HEADLINES,
        services=SERVICES,
        outcomes=OUTCOMES,
        scenario_signs=_SCENARIO_SIGNS,
        decisions=DECISIONS,
        program_version=version("appuntamento"),
        attention_shown=ATTENTION_SHOWN,
        groups_shown=GROUPS_SHOWN,
        evidence_shown=EVIDENCE_SHOWN,
        briefs_shown=BRIEFS_SHOWN,
        scenarios_shown=SCENARIOS_SHOWN,
        orders_open=ORDERS_OPEN,
        counted=verdicts_counted,
        clean=printable,
        clip=_clipped,
        term=Term,
        parse_instant=parse_instant,
        date_time=date_time_text,
        real_time=real_time_text,
        clock=clock_text,
        duration=duration_text,
        offset=offset_text,
        weekday_of=weekday_of,
        weekday=lambda instant: weekday_of(wall_clock(instant).date()),
        value_text=value_text,
        value_words=value_words,
        values_left=_values_left,
        service_name=lambda service: SERVICES.get(service, printable(service)),
    )
    return environment


def _words_of_the_template(lexicon: Lexicon) -> dict[str, Any]:
    """What lets the template speak both languages."""
    return {
        "say": lexicon.span,
        "text": lexicon.text,
        "mark": lexicon.mark,
        "said": partial(_finding_words, lexicon),
        "t": lambda key: lexicon.span(PAGE[key]),
        "n": lambda count: lexicon.span(number(count, 0)),
        "page_title": lambda: lexicon.span(PAGE["title"], "title"),
        "words": lambda: Markup(lexicon.to_json()),
    }


def _finding_words(lexicon: Lexicon, finding: FindingRecord, member: str, longest: int) -> Markup:
    """What a finding says it expected or observed, in both languages where it is a message of ours."""
    words = words_of(finding, member)
    shown = Term(_clipped(words.it, longest), _clipped(words.en, longest))
    return lexicon.span(shown) if shown.it != shown.en else Markup('<span lang="en">{}</span>').format(shown.en)


def _of_orders(model: ReportModel, drawn: frozenset[int]) -> dict[str, Any]:
    """What the template asks about single orders and findings."""
    return {
        "story_of": model.stories.of_finding,
        "anchor_of": partial(_anchor_of, model, drawn),
        "by_day": partial(_by_day, model.evidence_places()),
        "raw_events": partial(_raw_events, model),
    }


def _none_known(events: Sequence[TraceLine], declared: Mapping[str, object]) -> Sequence[Deadline]:
    return ()


def _drawings(
    lexicon: Lexicon, deadlines: Deadlines, in_force: Mapping[str, object], declared: Mapping[str, Mapping[str, object]]
) -> Drawing:
    """Draws an order, each once, by the calendar of the readings in force or of its own world's."""
    drawn: dict[int, Markup] = {}

    def drawing(story: PageOrder) -> Markup:
        if story.number not in drawn:
            events = story.plain_events()
            of_world = declared.get(story.world, {})
            due = [*_deadlines_of(story), *deadlines(events, of_world)]
            calendar = days_off({**in_force, **of_world})
            picture = draw(events, deadlines=due, lexicon=lexicon, name=printable(story.code), calendar=calendar)
            drawn[story.number] = Markup(picture)
        return drawn[story.number]

    return drawing


def _raw_events(model: ReportModel, finding: FindingRecord) -> list[str]:
    """What a finding names as evidence, as it stands in the trace."""
    ids = list(map(str, finding.get("evidence", ())))[:EVIDENCE_SHOWN]
    events = (model.stories.event(event_id) for event_id in ids)
    return [raw_text(event, str(finding.get("subject", ""))) for event in events if event is not None]


def _anchor_of(model: ReportModel, drawn: frozenset[int], event_id: object, story: PageOrder | None) -> str | None:
    """The place of an event in the list of its order: that of the finding if it is there, else the first one."""
    place = model.stories.place_of_event.get(str(event_id))
    if place is None:
        return None
    holders = [holder for holder in model.stories.orders_at(place) if holder.number in drawn]
    if not holders:
        return None
    holder = story if story is not None and story in holders else holders[0]
    return f"e{holder.number}-{place}"


def _by_day(evidence: frozenset[int], story: PageOrder) -> list[tuple[date, list[tuple[str, Instant, Term]]]]:
    """The events of an order by Rome day: (anchor of what is evidence, instant, meaning)."""
    entries = [
        (f"e{story.number}-{place}" if place in evidence else "", parse_instant(event["time"]), meaning_of(event))
        for place, event in story.events
    ]
    days = groupby(entries, key=lambda entry: wall_clock(entry[1]).date())
    return [(day, list(entries_of_day)) for day, entries_of_day in days]


def _deadlines_of(story: PageOrder) -> list[Deadline]:
    """The deadlines that the findings of an order name, each once."""
    named: dict[tuple[str, str], FindingRecord] = {}
    for rule, finding in story.findings:
        if finding.get("deadline"):
            named.setdefault((rule, str(finding["deadline"])), finding)
    return [
        Deadline(parse_instant(instant), same(rule), str(finding["verdict"]))
        for (rule, instant), finding in named.items()
    ]


def _clipped(text: object, longest: int) -> str:
    """A text of anybody's, no longer than a page can bear."""
    shown = printable(text)
    return shown if len(shown) <= longest else f"{shown[:longest]}…"


def _values_left(values: Sequence[str]) -> Term:
    """The values left of a reading, no longer than a page can bear."""
    return Term(*(_clipped(text, LONGEST_VALUES) for text in values_left(values, BETWEEN_VALUES)))
