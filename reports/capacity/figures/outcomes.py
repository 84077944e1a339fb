"""How orders end: a bar of outcomes for all orders, and for each territory.

What lives here: one figure. It must not know how an outcome comes about: it shows the table `kpis`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reports.capacity.canvas import Canvas, Scale, stacked_bar
from reports.capacity.figure import Cell, Figure, Swatch, Table
from reports.capacity.run_folder import ALL, CapacityRun
from reports.facts import NOT_BOOKED_CODES
from reports.words.labels import Term, same
from reports.words.number_words import filled, percent

NOT_BOOKED = "/".join(sorted(NOT_BOOKED_CODES))
OUTCOMES: Mapping[str, tuple[str, Term]] = {
    "share_booked_by_customer": ("o1", Term("preso dal cliente", "booked by the customer")),
    "share_booked_by_operator": ("o2", Term("preso dall'operatore", "booked by the operator")),
    "share_refused": ("o3", Term("rifiutato", "refused")),
    "share_timed_out": ("o4", Term(f"scaduto ({NOT_BOOKED})", f"timed out ({NOT_BOOKED})")),
}
REST = ("o5", Term("annullato o ancora aperto", "cancelled or still open"))
TITLE = Term(
    "Su 100 ordini {customer} appuntamenti li prende il cliente, {operator} l'operatore; {late} scadono",
    "Of 100 orders {customer} are booked by the customer, {operator} by the operator; {late} time out",
)
NOTE = Term(
    "Ordini entrati nel servizio nei giorni misurati; medie sulle repliche.",
    "Orders that entered the service on measured days; means over replications.",
)
ROW, BAR = 30, 20


def outcomes_figure(run: CapacityRun) -> Figure | None:
    """The outcomes of all orders, then of each territory."""
    rows = [(Term("Tutti gli ordini", "All orders"), _shares(run, ALL))]
    if len(run.territory_titles) > 1:
        rows += [(same(title), _shares(run, name)) for name, title in run.territory_titles.items()]
    rows = [(name, shares) for name, shares in rows if shares]
    if not rows:
        return None
    whole = rows[0][1]
    customer, operator, _, late, _ = (percent(share, 0) for share in whole)
    return Figure(
        "outcomes",
        filled(TITLE, customer=_plain(customer), operator=_plain(operator), late=_plain(late)),
        NOTE,
        (len(rows) * ROW + 30, len(rows) * (ROW + 16) + 30),
        lambda canvas: _draw(canvas, rows),
        [_table(rows)],
        [Swatch(f"fill {css}", name) for css, name in [*OUTCOMES.values(), REST]],
    )


def _shares(run: CapacityRun, territory: str) -> list[float]:
    """The share of each outcome, and of what is left."""
    kpis = [run.kpi(name, territory) for name in OUTCOMES]
    if not any(kpis):
        return []
    shares = [kpi.mean if kpi else 0.0 for kpi in kpis]
    return [*shares, max(0.0, 1 - sum(shares))]


def _draw(canvas: Canvas, rows: Sequence[tuple[Term, Sequence[float]]]) -> None:
    left = 0 if canvas.is_narrow else 190
    height = ROW + 16 if canvas.is_narrow else ROW
    across = Scale(0, 1, left, canvas.width - 4)
    for place, (name, shares) in enumerate(rows):
        top = place * height + (18 if canvas.is_narrow else 0)
        css = "lab strong" if place == 0 else "lab"
        if canvas.is_narrow:
            canvas.text(0, top - 5, name, css)
        else:
            canvas.text(left - 12, top + 15, name, f"{css} end")
        stacked_bar(canvas, across, top, BAR, _parts(name, shares))
    bottom = canvas.height - 12
    for mark in (0, 0.25, 0.5, 0.75, 1):
        ends = "tick" if mark == 0 else "tick end" if mark == 1 else "tick mid"
        canvas.text(across(mark), bottom + 6, percent(mark, 0), ends)


def _parts(name: Term, shares: Sequence[float]) -> Iterator[tuple[str, float, Term, Term]]:
    pattern = Term("{name}, {outcome}: {share}", "{name}, {outcome}: {share}")
    for (css, outcome), share in zip([*OUTCOMES.values(), REST], shares, strict=True):
        yield css, share, filled(pattern, name=name, outcome=outcome, share=percent(share)), percent(share, 0)


def _table(rows: Sequence[tuple[Term, Sequence[float]]]) -> Table:
    head: list[Cell] = [Term("Ordini", "Orders"), *(name for _, name in OUTCOMES.values()), REST[1]]
    return Table(head, [[name, *map(percent, shares)] for name, shares in rows])


def _plain(share: Term) -> Term:
    return Term(share.it.removesuffix(" %"), share.en.removesuffix("%"))
