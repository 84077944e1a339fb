"""The page "questions to TIM": what each ambiguity of the text is worth, the dearest first, with an order lived twice.

What lives here: `price.json` as a page and as lines. Which numbers there are, and how they were found, is not known
here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap
from typing import Any

from markupsafe import Markup

from reports.capacity.pages import page_environment, tools_of_the_template, write_page
from reports.judging.catalogue import Parameter, catalogue
from reports.timeline.days_off import days_off
from reports.timeline.drawing import draw, symbols
from reports.words.labels import Lexicon, Term
from reports.words.masking import printable
from reports.words.number_words import filled, number

WORDS: Mapping[str, Term] = {
    "title": Term("Domande a TIM", "Questions to TIM"),
    "skip": Term("Vai al contenuto", "Skip to the content"),
    "intro": Term(
        "Dove il testo tace o si può leggere in due modi, ecco quanto vale ciascuna lettura: gli stessi ordini, con la "
        "stessa sorte, vissuti prima con la lettura di questo scenario e poi con un'altra.",
        "Where the text is silent or can be read in two ways, this is what each reading is worth: the same orders, "
        "with the same luck, lived first under the reading of this scenario and then under another.",
    ),
    "written": Term(
        "Solo in ciò che è scritto (indirizzi, testi, file): null'altro in questo scenario ne dipende, e tutto accade "
        "negli stessi istanti.",
        "Only in what is written (addresses, texts, files): nothing else in this scenario depends on it, and all "
        "happens at the same instants.",
    ),
    "question": Term("Domanda", "Question"),
    "questions": Term("Le domande", "The questions"),
    "now": Term("lettura dello scenario", "the scenario's reading"),
    "other": Term("altra lettura", "another reading"),
    "lives": Term("Ordini l'anno che vivono diversamente", "Orders a year whose life differs"),
    "p95": Term("Giorni alla visita, 95° percentile", "Days to the visit, 95th percentile"),
    "timed_out": Term("Ordini scaduti l'anno", "Orders timed out a year"),
    "suspended": Term("Giorni di sospensione, media", "Days of suspension, mean"),
    "example": Term("Il più piccolo ordine che cambia", "The smallest order that changes"),
    "gone": Term("Con questa lettura non gli accade nulla.", "Under this reading nothing happens to it."),
    "same": Term("Domande che qui non spostano alcun ordine", "Questions that move no order here"),
    "same_note": Term(
        "Nessuno degli ordini osservati le incontra. In un altro scenario può essere diverso.",
        "None of the orders that were looked at meets them. In another scenario this may differ.",
    ),
    "not_run": Term("Letture non provate", "Readings that were not tried"),
    "note": Term(
        "Fra parentesi l'intervallo al 95 % delle differenze appaiate. Le vite si confrontano, evento per evento, "
        "sugli ordini campione; tempi e scadenze su tutti.",
        "In brackets the 95% interval of the paired differences. Lives are compared event by event in the sampled "
        "orders, times and time-outs in all of them.",
    ),
    "unnamed": Term(
        "Ciò che non è nominato non cambia in nessuna replica.", "What is not named changes in no replication."
    ),
    "scenario": Term("Scenario", "Scenario"),
    "replications": Term("Repliche per lettura", "Replications for each reading"),
    "seed": Term("Seme", "Seed"),
}
RANKED: Mapping[str, Term] = {
    "lives_a_year": Term(
        "In cima le domande che cambiano più ordini.", "The questions that change most orders come first."
    ),
    "p95_days": Term(
        "In cima le domande che cambiano di più i giorni alla visita (95° percentile).",
        "The questions that change the days to the visit most (95th percentile) come first.",
    ),
    "timed_out_a_year": Term(
        "In cima le domande che cambiano di più gli ordini scaduti.",
        "The questions that change the orders timed out most come first.",
    ),
    "suspended_days": Term(
        "In cima le domande che cambiano di più i giorni di sospensione.",
        "The questions that change the days of suspension most come first.",
    ),
}
HEADLINE = Term(
    "{count:# lettura cambia|# letture cambiano} la vita di qualche ordine; la più cara ne cambia {lives} l'anno",
    "{count:# reading changes|# readings change} the life of some orders; the dearest changes {lives} a year",
)
ONLY_WRITTEN = Term(
    "Letture che cambiano solo ciò che è scritto: {count}", "Readings that change only what is written: {count}"
)
AND_WRITTEN = Term("{first}. {second}", "{first}. {second}")
NO_HEADLINE = Term("Nessuna lettura cambia la vita di un ordine", "No reading changes the life of an order")
WHY_NOT_RUN: Mapping[str, Term] = {
    "one_value": Term("se ne conosce una sola", "only one is known"),
    "of_the_scenario": Term("lo dice lo scenario", "the scenario says it"),
    "judge_only": Term("riguarda solo chi giudica", "it concerns the judge alone"),
}
LIVES = "lives_a_year"
MEASURES = ("p95_days", "timed_out_a_year", "suspended_days")
LABELS = ("lives", "p95", "timed_out", "suspended")
WIDTH, INDENT = 80, "    "


@dataclass(frozen=True, slots=True)
class Question:
    """A reading and another value of it: what changes, and the drawings of an order lived under both."""

    parameter: Parameter
    now: str
    other: str
    lives: Term
    changes: tuple[Term, ...]
    drawings: tuple[Markup, ...]
    order: str
    moves: bool
    only_written: bool


def write_questions(folder: Path, language: str = "it") -> Path:
    """Write the page of a `price.json` beside it, whole or not at all; returns its path."""
    price = read_price(folder)
    lexicon = Lexicon(language)
    page = folder / "index.html"
    in_force = {reading["reading"]: reading["now"] for reading in price["readings"]}
    questions = [_question(reading, lexicon, in_force) for reading in price["readings"]]
    write_page(
        page,
        page_environment()
        .get_template("questions.html.j2")
        .render(
            price=price,
            language=language,
            headline=_headline(price["readings"]),
            ranked=_ranked(price),
            moving=[question for question in questions if question.moves],
            still=[question for question in questions if not question.moves],
            not_run=[(catalogue().parameters[name], WHY_NOT_RUN[why]) for name, why in price["not_run"].items()],
            symbols=Markup(symbols()),
            **tools_of_the_template(lexicon, WORDS),
        ),
    )
    return page


def price_lines(folder: Path, language: str = "it") -> list[str]:
    """The dearest questions as lines of a terminal, of each what changes; then those that change nothing."""
    lexicon = Lexicon(language, has_switch=False)
    price = read_price(folder)
    readings = price["readings"]
    ranked = (_ranked(price),) if "ranked_by" in price else ()
    heads = (_headline(readings), *ranked, WORDS["note"], WORDS["unnamed"])
    lines = [line for head in heads for line in wrap(head.in_language(language), WIDTH)]
    unmoved = []
    for reading in readings:
        question = _question(reading, lexicon)
        name = f"{question.parameter.name}: {question.now} → {question.other}"
        if not question.moves:
            unmoved.append(name)
            continue
        lines += wrap(name, WIDTH, subsequent_indent="    ")
        measures = zip((LIVES, *MEASURES), LABELS, (question.lives, *question.changes), strict=True)
        lines += [
            f"    {WORDS[label].in_language(language)}: {change.in_language(language)}"
            for measure, label, change in measures
            if any(reading[measure].values())
        ]
        if question.only_written:
            lines += wrap(
                WORDS["written"].in_language(language), WIDTH, initial_indent=INDENT, subsequent_indent=INDENT
            )
    if unmoved:
        lines.append(f"{WORDS['same'].in_language(language)}:")
        lines += [
            line for name in unmoved for line in wrap(name, WIDTH, initial_indent="    ", subsequent_indent=" " * 8)
        ]
    return lines


def read_price(folder: Path) -> Mapping[str, Any]:
    """The answers that lie in a folder."""
    price: Mapping[str, Any] = json.loads((folder / "price.json").read_text("utf-8"))
    return price


def _headline(readings: Sequence[Mapping[str, Any]]) -> Term:
    """How many readings change something, and how much the dearest does; those that only write it otherwise, apart."""
    moving = [item for item in readings if item["lives_a_year"]["mean"]]
    lives = [item["lives_a_year"]["mean"] for item in moving if not item.get("only_written")]
    headlines = [filled(HEADLINE, count=number(len(lives), 0), lives=number(max(lives), 0))] if lives else []
    if len(moving) > len(lives):
        headlines.append(filled(ONLY_WRITTEN, count=number(len(moving) - len(lives), 0)))
    if len(headlines) == 2:
        return filled(AND_WRITTEN, first=headlines[0], second=headlines[1])
    return headlines[0] if headlines else NO_HEADLINE


def _ranked(price: Mapping[str, Any]) -> Term:
    return RANKED[price.get("ranked_by", LIVES)]


def _question(reading: Mapping[str, Any], lexicon: Lexicon, in_force: Mapping[str, object] | None = None) -> Question:
    """A question as the page shows it; drawn, each life by its own calendar, where the readings `in_force` are told."""
    example, drawings = reading["example"], []
    for side in ("now", "other") if example and in_force is not None else ():
        calendar = days_off({**(in_force or {}), reading["reading"]: reading[side]})
        drawings.append(draw(example[side], lexicon=lexicon, name=example["order"], calendar=calendar))
    return Question(
        catalogue().parameters[reading["reading"]],
        _value(reading["now"]),
        _value(reading["other"]),
        _with_ends(reading["lives_a_year"], "", 0),
        tuple(_with_ends(reading[name], "+", 0 if name == "timed_out_a_year" else 2) for name in MEASURES),
        tuple(map(Markup, drawings)),
        printable(f"{example['operator']} {example['order']}") if example else "",
        bool(reading["lives_a_year"]["mean"]) or any(reading[name]["mean"] for name in MEASURES),
        bool(reading.get("only_written")),
    )


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return printable(", ".join(f"{name}={item}" for name, item in value.items()))
    return printable(", ".join(map(str, value)) if isinstance(value, list) else value)


def _with_ends(estimate: Mapping[str, float | None], sign: str, decimals: int) -> Term:
    """A number with the ends of its interval; a difference says whether it is more or less."""
    mean = _signed(estimate["mean"], sign, decimals)
    if estimate["low"] is None or estimate["high"] is None:
        return mean
    low, high = _signed(estimate["low"], sign, decimals), _signed(estimate["high"], sign, decimals)
    return Term(f"{mean.it} [{low.it} – {high.it}]", f"{mean.en} [{low.en} – {high.en}]")


def _signed(value: float | None, sign: str, decimals: int) -> Term:
    if value is None:
        return Term("–", "–")
    rounded = round(value, decimals)
    text = number(abs(rounded), decimals)
    before = "−" if rounded < 0 else sign if rounded > 0 else ""
    return Term(f"{before}{text.it}", f"{before}{text.en}")
