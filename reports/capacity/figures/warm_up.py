"""Whether the declared warm-up suffices: the daily series, the days left out, and where the rule would cut.

What lives here: one figure and its sentence. It must not judge the warm-up itself: the run says what was found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from reports.capacity.canvas import Canvas, Scale, dates_below, rounded_up, value_axis
from reports.capacity.figure import Cell, Figure, Swatch, Table
from reports.capacity.run_folder import CapacityRun
from reports.words.labels import Term
from reports.words.number_words import filled, number, percent

TITLES: Mapping[str, Term] = {
    "enough": Term(
        "L'avviamento basta: {declared:# giorno dichiarato|# giorni dichiarati}, la regola ne toglierebbe {cut}",
        "The warm-up suffices: {declared:# day|# days} declared, the rule would leave out {cut}",
    ),
    "too_short": Term(
        "L'avviamento è troppo breve: {declared:# giorno dichiarato|# giorni dichiarati}, la regola ne toglierebbe "
        "{cut}",
        "The warm-up is too short: {declared:# day|# days} declared, the rule would leave out {cut}",
    ),
    "no_level": Term(
        "Gli ordini in corso non raggiungono un livello entro metà del periodo",
        "Orders under way reach no level within half of the horizon",
    ),
}
WARNINGS: Mapping[str, Term] = {
    "too_short": Term(
        "Attenzione: l'avviamento dichiarato ({declared:# giorno|# giorni}) è troppo breve: nei primi giorni "
        "misurati gli ordini "
        "in corso distano del {gap} dal loro livello. La regola MSER ne toglierebbe {cut}.",
        "Warning: the declared warm-up ({declared:# day|# days}) is too short: on the first measured days orders "
        "under way are "
        "{gap} off their level. The MSER rule would leave out {cut}.",
    ),
    "no_level": Term(
        "Attenzione: gli ordini in corso non raggiungono un livello entro metà del periodo: è troppo breve, o gli "
        "ordini sono più di quanti se ne possano servire.",
        "Warning: orders under way reach no level within half of the horizon: it is too short, or there are more "
        "orders than can be served.",
    ),
}
NOTE = Term(
    "Ordini in corso all'inizio di ogni giorno, media delle repliche, rispetto a quanti sarebbero se gli ordini "
    "fossero sempre arrivati (1): così una stagione non sembra un avviamento. La regola è MSER: toglie i primi giorni "
    "senza i quali la media degli altri è più sicura.",
    "Orders under way at the beginning of each day, mean of the replications, over how many there would be had orders "
    "always come (1): so a season does not look like a warm-up. The rule is MSER: it leaves out the first days without "
    "which the mean of the others is surest.",
)
LEGEND = (
    Swatch("stroke s1", Term("ordini in corso, sull'atteso", "orders under way, over the expected")),
    Swatch("idle", Term("avviamento dichiarato", "declared warm-up")),
    Swatch("stroke cut", Term("dove taglierebbe la regola", "where the rule would cut")),
)
HEIGHT, TOP, BOTTOM, LEFT = 210.0, 30.0, 176.0, 46.0


def warm_up_warning(run: CapacityRun) -> Term | None:
    """The sentence of a warm-up that does not suffice."""
    warm_up = _warm_up_of(run)
    pattern = WARNINGS.get(str(warm_up.get("verdict"))) if warm_up else None
    return None if pattern is None else _filled(pattern, warm_up)


def warm_up_figure(run: CapacityRun) -> Figure | None:
    """The daily series with the declared warm-up and the cut; None where the run does not tell."""
    warm_up = _warm_up_of(run)
    if not warm_up or warm_up.get("verdict") not in TITLES or "start" not in run.horizon:
        return None
    first = date.fromisoformat(str(run.horizon["start"]))
    days = [first + timedelta(days=place) for place in range(len(warm_up["series"]))]
    return Figure(
        "warm-up",
        _filled(TITLES[str(warm_up["verdict"])], warm_up),
        NOTE,
        (HEIGHT, HEIGHT),
        lambda canvas: _draw(canvas, days, warm_up),
        [_table(days, warm_up)],
        LEGEND,
    )


def _warm_up_of(run: CapacityRun) -> Mapping[str, Any]:
    warm_up = run.about.get("warm_up") or []
    return next((entry for entry in warm_up if entry.get("variant", run.variant) == run.variant), {})


def _filled(pattern: Term, warm_up: Mapping[str, Any]) -> Term:
    gap = percent(abs(warm_up["gap"]), 0)
    return filled(pattern, declared=number(warm_up["declared_days"]), cut=number(warm_up["cut_days"]), gap=gap)


def _draw(canvas: Canvas, days: Sequence[date], warm_up: Mapping[str, Any]) -> None:
    series, declared, cut = warm_up["series"], int(warm_up["declared_days"]), warm_up["cut_days"]
    across = Scale(0, len(series), LEFT, canvas.width - 8)
    up = Scale(0, rounded_up(max(series), least=1.2), BOTTOM, TOP)
    canvas.rect(across(0), TOP, across(declared) - across(0), BOTTOM - TOP, "idle")
    value_axis(canvas, up, across.start, across.end, 4)
    canvas.line(across.start, up(1), across.end, up(1), "base")
    canvas.curve([(across(place), up(value)) for place, value in enumerate(series)], "stroke s1")
    if cut is not None:
        canvas.line(across(cut), TOP - 8, across(cut), BOTTOM, "stroke cut")
        canvas.text(across(cut) + 5, TOP - 2, days[int(cut)].isoformat(), "lab halo")
    dates_below(canvas, across, BOTTOM + 17, [day.isoformat() for day in days], 2 if canvas.is_narrow else 7)
    for place, (day, value) in enumerate(zip(days, series, strict=True)):
        if len(days) <= 100:
            tip = Term(f"{day.isoformat()}: {number(value).it}", f"{day.isoformat()}: {number(value).en}")
            canvas.target(across(place - 0.5), TOP, across(1) - across(0), BOTTOM - TOP, tip)


def _table(days: Sequence[date], warm_up: Mapping[str, Any]) -> Table:
    head: list[Cell] = [Term("Giorno", "Day"), Term("Sull'atteso", "Over the expected")]
    rows: list[list[Cell]] = [
        [day.isoformat(), number(value)] for day, value in zip(days, warm_up["series"], strict=True)
    ]
    return Table(head, rows)
