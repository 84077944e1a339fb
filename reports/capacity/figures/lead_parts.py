"""What lead times are spent on, as stacked bars: all visits, the slowest, each territory, each weekday wished.

What lives here: two figures and the sentences that name the part to blame. It must not know how a lead time is taken
apart: it shows the table `lead`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import polars as pl

from reports.capacity.canvas import Canvas, Scale, rounded_up, stacked_bar, ticks
from reports.capacity.figure import Cell, Figure, Swatch, Table
from reports.capacity.page_words import ON_WEEKDAYS
from reports.capacity.ranking import is_surely_above
from reports.capacity.run_folder import ALL, CapacityRun
from reports.facts import WEEKDAYS
from reports.words.labels import Term, same
from reports.words.number_words import amount, filled, joined, number, percent, unit_name, with_ends

PARTS: Mapping[str, tuple[str, Term]] = {
    "line": ("o1", Term("finché la linea è pronta", "until the line is ready")),
    "answer": ("o2", Term("finché qualcuno guarda l'agenda", "until somebody looks at the agenda")),
    "wish": ("o3", Term("fino al giorno che il cliente desidera", "until the day that the customer wishes")),
    "capacity": ("o4", Term("oltre quel giorno, per i posti", "beyond that day, for want of slots")),
}
BLAMED: Mapping[str, Term] = {
    "line": Term("la linea", "the line"),
    "answer": Term("la risposta all'SMS o alla telefonata", "the answer to SMS or call"),
    "wish": Term("il giorno che il cliente desidera", "the day that the customer wishes"),
    "capacity": Term("un posto libero", "a free slot"),
}
WHOLE, ALL_VISITS, SLOWEST = "whole", "all", "slowest"
BLAME = Term(
    "chi aspetta di più aspetta soprattutto {part} ({days} di {whole})",
    "who waits longest waits mostly for {part} ({days} of {whole})",
)
BLAME_UNSURE = Term(
    "chi aspetta di più aspetta per {part} ({days} di {whole}) e per {other}: quale pesi di più non è certo",
    "who waits longest waits for {part} ({days} of {whole}) and for {other}: which weighs more is not sure",
)
TITLE = Term(
    "Dall'ordine alla visita passano {whole}: {parts}",
    "From the order to the visit it takes {whole}: {parts}",
)
PARTS_NOTE = Term(
    "Media dei giorni di ogni parte, sulle visite di ordini dei giorni misurati; le parti sommano al tempo intero. "
    "«Per i posti» è ciò che si aggiunge a quando il cliente sarebbe stato servito se nessun altro avesse prenotato; "
    "gli spostamenti chiesti dal cliente sono suoi desideri. Le più lente: il 5 % delle visite che ha atteso di più.",
    "Mean days of each part, over the visits of orders of measured days; the parts add up to the whole. “For want of "
    "slots” is what is added to when the customer would have been served had nobody else booked; moves that customers "
    "ask for are wishes. The slowest: the 5% of visits that took longest.",
)
ALL_ROW, SLOWEST_ROW = Term("Tutte le visite", "All visits"), Term("Le più lente", "The slowest")
WEEKDAY_TITLE = Term(
    "Chi desidera {day} aspetta un posto {most} in più; chi desidera {other}, {least}",
    "Who wishes {day} waits {most} more for a slot; who wishes {other}, {least}",
)
UNSURE_TITLE = Term(
    "Si aggiungono da {least} a {most}, secondo il giorno desiderato; dove manchino più posti non è certo",
    "{least} to {most} are added, by weekday wished; which lacks most slots is not sure",
)
ALIKE_TITLE = Term(
    "Oltre il giorno desiderato, per i posti, passa: {most}, qualunque giorno sia",
    "Beyond the day wished, for want of slots: {most}, whichever weekday it is",
)
EVEN_TITLE = Term(
    "In nessun giorno della settimana mancano posti: si aggiunge al massimo {most}",
    "No weekday lacks slots: at most {most} are added",
)
WEEKDAY_NOTE = Term(
    "Per giorno della settimana desiderato: quello del posto che il cliente avrebbe avuto se nessun altro avesse "
    "prenotato. Tutti i territori insieme; quelli singoli nella tabella.",
    "By weekday wished: that of the slot that the customer would have had, had nobody else booked. All territories "
    "together; each of them in the table.",
)
FULL = Term(
    "I tecnici di {place} sono impegnati al {load} in tutto, ma {days} al {full}: chi desidera quei giorni aspetta, "
    "anche se altri giorni restano liberi.",
    "The technicians of {place} are {load} busy overall, but {full} {days}: whoever wishes those days waits, "
    "though other days stay free.",
)
FULL_AT, BUSY_BELOW = 0.98, 0.95
LEAST_ADDED = 0.05  # days below which nobody speaks of a lack
MOST_TOLD = 3
ROW, BAR = 30, 20


class Days(NamedTuple):
    """The mean days of a part, with the ends of its interval."""

    mean: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Taken:
    """A bar: its name, and the days of each part."""

    name: Term
    parts: Mapping[str, Days]

    def days(self, part: str) -> float:
        """The mean days of a part."""
        return self.parts[part].mean

    @property
    def ranked(self) -> list[str]:
        """The parts, the one that takes longest first."""
        return sorted(PARTS, key=self.days, reverse=True)

    def is_above(self, part: str, other: Taken, other_part: str) -> bool:
        """Whether a part surely takes longer than another: their intervals do not touch."""
        return is_surely_above(self.parts[part], other.parts[other_part])


def taken_apart(
    run: CapacityRun, name: Term, territory: str = ALL, visits: str = ALL_VISITS, weekday: int = 0
) -> Taken | None:
    """The parts of some visits; None where there were none."""
    parts = {part: Days(*days) for part, days in run.lead_times.get((territory, visits, weekday), {}).items()}
    return Taken(name, parts) if len(parts) == len(PARTS) + 1 else None


def blame(run: CapacityRun) -> Term | None:
    """Which part the slowest visits wait for, as half a sentence."""
    slowest = taken_apart(run, SLOWEST_ROW, visits=SLOWEST)
    if slowest is None:
        return None
    part, next_part = slowest.ranked[:2]
    return filled(
        BLAME if slowest.is_above(part, slowest, next_part) else BLAME_UNSURE,
        part=BLAMED[part],
        other=BLAMED[next_part],
        days=number(slowest.days(part)),
        whole=amount(slowest.days(WHOLE), "days"),
    )


def parts_sentence(run: CapacityRun) -> Term | None:
    """The mean lead time and its parts in one line."""
    visits = taken_apart(run, ALL_ROW)
    if visits is None:
        return None
    listed = [(number(visits.days(part)), PARTS[part][1]) for part in PARTS]
    parts = Term(
        ", ".join(f"{days.it} {name.it}" for days, name in listed),
        ", ".join(f"{days.en} {name.en}" for days, name in listed),
    )
    return filled(TITLE, whole=amount(visits.days(WHOLE), "days"), parts=parts)


def full_sentences(run: CapacityRun) -> list[Term]:
    """Territories whose technicians are not busy overall and yet have no slot left on some weekdays."""
    frame = run.table("territory")
    if frame.is_empty():
        return []
    sums = (pl.sum("visits"), pl.sum("capacity"))
    whole = frame.group_by("territory").agg(*sums)
    loads = {name: visits / capacity for name, visits, capacity in whole.iter_rows() if capacity}
    by_day = frame.group_by("territory", "weekday").agg(*sums).sort("territory", "weekday")
    full: dict[str, list[tuple[int, float]]] = {}
    for name, weekday, visits, capacity in by_day.iter_rows():
        if capacity and visits / capacity >= FULL_AT and loads[name] < BUSY_BELOW:
            full.setdefault(name, []).append((weekday, visits / capacity))
    told = sorted(full, key=lambda name: (loads[name], name))[:MOST_TOLD]
    return [_full(run, name, loads[name], full[name]) for name in told]


def _full(run: CapacityRun, name: str, load: float, days: Sequence[tuple[int, float]]) -> Term:
    named = [ON_WEEKDAYS[weekday - 1] for weekday, _ in days]
    return filled(
        FULL,
        place=run.territory_titles.get(name, name),
        load=percent(load, 0),
        days=joined(named, ", "),
        full=percent(min(share for _, share in days), 0),
    )


def lead_parts_figure(run: CapacityRun) -> Figure | None:
    """All visits, the slowest, then each territory."""
    every, title = taken_apart(run, ALL_ROW), parts_sentence(run)
    if every is None or title is None:
        return None
    slowest = taken_apart(run, SLOWEST_ROW, visits=SLOWEST)
    names = run.territory_titles if len(run.territory_titles) > 1 else {}
    places = [taken_apart(run, same(name), territory) for territory, name in names.items()]
    rows = [every, *(row for row in (slowest, *places) if row is not None)]
    return _figure("lead-parts", title, PARTS_NOTE, rows, rows, Term("Visite", "Visits"))


def weekday_parts_figure(run: CapacityRun) -> Figure | None:
    """The visits of each weekday wished."""
    rows = _weekdays(run, ALL, "")
    if not rows:
        return None
    names = run.territory_titles if len(run.territory_titles) > 1 else {}
    tabled = [row for territory, name in names.items() for _, row in _weekdays(run, territory, f"{name}, ")]
    bars = [row for _, row in rows]
    return _figure(
        "lead-weekdays",
        _weekday_title(rows),
        WEEKDAY_NOTE,
        bars,
        [*bars, *tabled],
        Term("Giorno desiderato", "Weekday wished"),
    )


def _weekday_title(rows: Sequence[tuple[int, Taken]]) -> Term:
    """Which weekday lacks most slots, where that is sure and can be seen in the numbers that are told."""
    by_added = sorted(rows, key=lambda row: row[1].days("capacity"))
    (least_day, least), (day, most) = by_added[0], by_added[-1]
    added = {"least": amount(least.days("capacity"), "days"), "most": amount(most.days("capacity"), "days")}
    if most.days("capacity") < LEAST_ADDED:
        pattern = EVEN_TITLE
    elif added["least"] == added["most"]:
        pattern = ALIKE_TITLE
    else:
        pattern = WEEKDAY_TITLE if most.is_above("capacity", least, "capacity") else UNSURE_TITLE
    return filled(pattern, day=_the_day(day), other=_the_day(least_day), **added)


def _weekdays(run: CapacityRun, territory: str, before: str) -> list[tuple[int, Taken]]:
    rows = []
    for weekday, day in enumerate(WEEKDAYS, 1):
        row = taken_apart(run, Term(before + day.it, before + day.en), territory, weekday=weekday)
        if row is not None:
            rows.append((weekday, row))
    return rows


def _the_day(weekday: int) -> Term:
    day = WEEKDAYS[weekday - 1]
    return Term(ON_WEEKDAYS[weekday - 1].it, day.en)


def _figure(anchor: str, title: Term, note: Term, bars: Sequence[Taken], tabled: Sequence[Taken], kind: Term) -> Figure:
    return Figure(
        anchor,
        title,
        note,
        (len(bars) * ROW + 44, len(bars) * (ROW + 16) + 44),
        lambda canvas: _draw(canvas, bars),
        [_table(tabled, kind)],
        [Swatch(f"fill {css}", name) for css, name in PARTS.values()],
    )


def _draw(canvas: Canvas, rows: Sequence[Taken]) -> None:
    left = 0 if canvas.is_narrow else 190
    height = ROW + 16 if canvas.is_narrow else ROW
    longest = rounded_up(max(row.days(WHOLE) for row in rows))
    across = Scale(0, longest, left, canvas.width - 30)
    bottom = canvas.height - 34
    for days in ticks(0, longest, 4 if canvas.is_narrow else 10):
        canvas.line(across(days), 0, across(days), bottom, "grid")
        canvas.text(across(days), bottom + 16, number(days), "tick mid" if days else "tick")
    canvas.text(canvas.width, canvas.height - 2, unit_name("days"), "tick end")
    for place, row in enumerate(rows):
        top = place * height + (18 if canvas.is_narrow else 0)
        if canvas.is_narrow:
            canvas.text(0, top - 5, row.name, "lab halo")
        else:
            canvas.text(left - 12, top + 15, row.name, "lab end")
        stacked_bar(canvas, across, top, BAR, _parts(row))


def _parts(row: Taken) -> Iterator[tuple[str, float, Term, Term]]:
    pattern = Term("{name}, {part}: {days}", "{name}, {part}: {days}")
    for part, (css, title) in PARTS.items():
        days = row.days(part)
        yield css, days, filled(pattern, name=row.name, part=title, days=amount(days, "days")), number(days)


def _table(rows: Sequence[Taken], what: Term) -> Table:
    head: list[Cell] = [what, *(name for _, name in PARTS.values()), Term("In tutto", "In all")]
    cells: list[list[Cell]] = [
        [row.name, *(with_ends(*row.parts[part], "days") for part in (*PARTS, WHOLE))] for row in rows
    ]
    return Table(head, cells, Term("Giorni, con l'intervallo al 95 %", "Days, with the 95% interval"))
