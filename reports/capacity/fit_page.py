"""The page of a fit: what the records say, how well the fitted distributions lie on them, and what the backtest showed.

What lives here: `fit.json` as a page. Which numbers there are, and how they were found, is not known here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from reports.capacity.figure import Cell, Table
from reports.capacity.fit_figures import curve_figure, tested_figure
from reports.capacity.fit_lines import days_term, histories_term, records_term, tested_term, value_text
from reports.capacity.fit_words import NOTES, SHORT, suggestion
from reports.capacity.page_words import CAPACITY
from reports.capacity.pages import page_environment, tools_of_the_template, write_page
from reports.capacity.parameter_words import parameter_words
from reports.capacity.run_folder import CapacityRun
from reports.rome_time import Instant
from reports.words.labels import Lexicon, Term
from reports.words.number_words import filled, joined, number
from reports.words.time_words import real_time_text

Members = Mapping[str, Any]
WORDS: Mapping[str, Term] = {
    "title": Term("Uno scenario dagli ordini registrati", "A scenario from recorded orders"),
    "file": Term("File", "File"),
    "scenario": Term("Scenario", "Scenario"),
    "like": Term("Il resto da", "The rest from"),
    "seed": Term("Seme", "Seed"),
    "numbers": Term("Ogni numero, e da dove viene", "Every number, and where it comes from"),
    "numbers_note": Term(
        "Stimato: di massima verosimiglianza. Contato: come sta negli ordini. Limite visto: il vero può essere più "
        "largo. Assunto: gli ordini non lo dicono.",
        "Fitted: of greatest likelihood. Counted: as it stands in the orders. Limit seen: the true one may be wider. "
        "Assumed: the orders do not say.",
    ),
    "curves": Term("Registrato e stimato", "Recorded and fitted"),
    "tested": Term("La prova sull'ultimo quarto", "The trial on the last quarter"),
    "look": Term("Dove guardare", "Where to look"),
}
CURVE_TITLES: Mapping[str, Term] = {
    "customers.wishes_days": Term("Giorni dalla prenotazione alla visita", "Days from booking to the visit"),
}


def write_fit_page(folder: Path, fit: Members, language: str = "it", made_at: Instant | None = None) -> Path:
    """Write the page of a fit into its folder, whole or not at all; returns its path."""
    lexicon = Lexicon(language)
    page = folder / "index.html"
    run = CapacityRun(
        {"scenario": {"operators": [{"name": name} for name in fit["records"]["operators"]]}}, {}, None, None
    )
    tested = fit["backtest"]
    compared = tested["compared"] if tested["possible"] else []
    outside = dict.fromkeys(suggestion(row["name"]) for row in compared if not row["inside"])
    text = (
        page_environment()
        .get_template("fit.html.j2")
        .render(
            fit=fit,
            language=language,
            program_version=version("appuntamento"),
            made_at="" if made_at is None else real_time_text(made_at),
            records=records_term(fit["records"]),
            histories=histories_term(fit["records"]) if fit["records"]["histories"] > 1 else None,
            days=days_term(fit["records"]) if fit["records"].get("days_only") else None,
            tested=tested_term(tested),
            colour="PASS" if compared and not outside else "WARNING",
            outside=list(outside),
            tested_figure=tested_figure(compared) if compared else None,
            numbers=_numbers(run, fit["findings"], fit["like"]),
            curves=[
                curve_figure(finding, CURVE_TITLES.get(finding["path"]) or parameter_words(run, finding["path"]))
                for finding in fit["findings"]
                if finding["curve"] is not None
            ],
            **tools_of_the_template(lexicon, {**CAPACITY, **WORDS}),
        )
    )
    write_page(page, text)
    return page


def _numbers(run: CapacityRun, findings: Sequence[Members], like: str) -> Table:
    head: list[Cell] = [
        Term("Parametro", "Parameter"),
        Term("Valore", "Value"),
        Term("Origine", "Origin"),
        Term("Ordini", "Orders"),
        Term("Scarto", "Gap"),
        Term("Da sapere", "To know"),
    ]
    return Table(head, [_row(run, finding, like) for finding in findings])


def _row(run: CapacityRun, finding: Members, like: str) -> list[Cell]:
    notes = [filled(NOTES[note], like=like) for note in finding["notes"]]
    return [
        parameter_words(run, finding["path"]),
        value_text(finding["value"]),
        SHORT[finding["origin"]],
        number(finding["records"], 0) if finding["records"] else "",
        number(finding["distance"], 3) if finding["distance"] is not None else "",
        joined(notes, " "),
    ]
