"""How full the technicians' slots are: each territory a small week of bands, on a map where it has a place there.

What lives here: one figure. It must not know how slots are taken: it shows the table `territory`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from reports.capacity.canvas import CHARACTER_WIDTH, Canvas
from reports.capacity.figure import Cell, Figure, Swatch, Table
from reports.capacity.ranking import surely_first, surely_last
from reports.capacity.run_folder import CapacityRun
from reports.words.labels import WEEKDAYS, Term
from reports.words.number_words import filled, joined, number, percent

ALONE = Term(
    "{place}: {share} dei posti dei tecnici ha una visita", "{place}: {share} of the technicians' slots hold a visit"
)
FULLEST = Term(
    "{place} è il territorio più pieno, {share} dei posti", "{place} is the fullest, {share} of its slots taken"
)
EMPTIEST = Term("{place} il meno pieno, {share}", "{place} the least full, {share}")
UNRANKED = Term(
    "Dal {least} al {most} dei posti ha una visita, secondo il territorio; quale sia il più pieno non è certo",
    "{least} to {most} of the slots hold a visit, by territory; which is the fullest is not sure",
)
EQUALLY_FULL = Term(
    "Posti con una visita: {share} in ogni territorio", "{share} of the slots hold a visit in every territory"
)
NOTE = Term(
    "Ogni riquadro è un territorio: colonne i giorni della settimana, righe le fasce orarie dall'alto in basso. "
    "Colore: visite su posti nei giorni misurati.",
    "Each box is a territory: columns are weekdays, rows are bands from top to bottom. "
    "Colour: visits over slots on measured days.",
)
MAP_NOTE = Term(" I riquadri stanno all'incirca dove stanno le regioni.", " Boxes stand about where the regions are.")
AGAIN = Term(
    " Delle visite il {share} viene dopo una visita a vuoto.", " Of the visits {share} come after one in vain."
)
HEAD, FOOT, MARGIN = 22, 16, 16
LARGEST_CELL, TALLEST_BAND, MAP_BAND, MAP_SHARE_WIDTH, LEGIBLE_CELL = 76, 24, 9, 38, 44
DEPTHS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class _Place:
    """A territory: visits and slots by (weekday from 1, band)."""

    name: str
    tile: tuple[int, int] | None
    cells: Mapping[tuple[int, str], tuple[int, int]]

    @property
    def share(self) -> float:
        visits, capacity = (sum(cell[part] for cell in self.cells.values()) for part in (0, 1))
        return visits / capacity if capacity else 0.0


@dataclass(frozen=True, slots=True)
class _Grid:
    """What all boxes share: the weekdays and bands that have a slot anywhere."""

    weekdays: Sequence[int]
    bands: Sequence[str]


def places_figure(run: CapacityRun) -> Figure | None:
    """Utilisation by territory, weekday and band."""
    places = _places(run)
    if not places:
        return None
    ranked = sorted(places, key=lambda place: (-place.share, place.name))
    cells = [cell for place in places for cell in place.cells]
    grid = _Grid(sorted({day for day, _ in cells}), sorted({band for _, band in cells}))
    is_map = len(places) > 3 and all(place.tile for place in places)
    return Figure(
        "places",
        _how_full(run, ranked),
        _note(run, is_map),
        (_height(places, grid, 1000, is_map), _height(places, grid, 340, False)),
        lambda canvas: _draw(canvas, ranked, grid, is_map and not canvas.is_narrow),
        [_share_table(ranked, grid)],
        [Swatch("heat", percent(share, 0), _depth(share)) for share in DEPTHS],
    )


def _note(run: CapacityRun, is_map: bool) -> Term:
    """How to read the boxes, and what part of the load are visits after the first, where there are any."""
    again = run.kpi("share_of_visits_again")
    parts = [
        NOTE,
        *([MAP_NOTE] if is_map else []),
        *([filled(AGAIN, share=percent(again.mean, 0))] if again is not None and again.mean > 0 else []),
    ]
    return joined(parts, "")


def _how_full(run: CapacityRun, ranked: Sequence[_Place]) -> Term:
    """Which territory is the fullest and which the least full, where that is sure; else their shares."""
    shares = {place.name: percent(place.share, 0) for place in ranked}
    if len(ranked) == 1:
        return filled(ALONE, place=ranked[0].name, share=shares[ranked[0].name])
    utilisation = {title: kpi for name, title in run.territory_titles.items() if (kpi := run.kpi("utilisation", name))}
    fullest, emptiest = surely_first(utilisation), surely_last(utilisation)
    sentences = [
        *([filled(FULLEST, place=fullest, share=shares[fullest])] if fullest in shares else []),
        *([filled(EMPTIEST, place=emptiest, share=shares[emptiest])] if emptiest in shares else []),
    ]
    if not sentences and len(set(shares.values())) == 1:
        return filled(EQUALLY_FULL, share=shares[ranked[0].name])
    if not sentences:
        return filled(UNRANKED, least=shares[ranked[-1].name], most=shares[ranked[0].name])
    return joined(sentences, "; ")


def _places(run: CapacityRun) -> list[_Place]:
    table = run.table("territory")
    if table.is_empty():
        return []
    sums = table.group_by("territory", "weekday", "band", maintain_order=True).agg(pl.sum("visits"), pl.sum("capacity"))
    cells_by_place: dict[str, dict[tuple[int, str], tuple[int, int]]] = {}
    for territory, weekday, band, visits, capacity in sums.sort("territory", "weekday", "band").iter_rows():
        cells_by_place.setdefault(territory, {})[weekday, band] = (visits, capacity)
    return [
        _Place(run.territory_titles[str(place["name"])], _tile(place), cells_by_place[str(place["name"])])
        for place in run.territories
        if str(place["name"]) in cells_by_place
    ]


def _tile(place: Mapping[str, object]) -> tuple[int, int] | None:
    column, row = place.get("column"), place.get("row")
    return (column, row) if isinstance(column, int) and isinstance(row, int) else None


def _columns(places: Sequence[_Place], width: float, is_map: bool) -> int:
    if is_map:
        return 1 + max(place.tile[0] for place in places if place.tile)
    return min(len(places), 4 if width > 500 else 2)


def _box(places: Sequence[_Place], grid: _Grid, width: float, is_map: bool) -> tuple[float, float, float]:
    """Width of a box, height of a band, height of a box."""
    columns = _columns(places, width, is_map)
    box = min((width - (columns - 1) * MARGIN) / columns, LARGEST_CELL * len(grid.weekdays) + 60)
    band = float(MAP_BAND) if is_map else min(TALLEST_BAND, 170 / len(grid.bands))
    return box, band, HEAD + band * len(grid.bands) + (6 if is_map else FOOT)


def _height(places: Sequence[_Place], grid: _Grid, width: float, is_map: bool) -> float:
    _, _, box_height = _box(places, grid, width, is_map)
    columns = _columns(places, width, is_map)
    rows = 1 + max(place.tile[1] for place in places if place.tile) if is_map else -(-len(places) // columns)
    return rows * (box_height + MARGIN) + (FOOT if is_map else 0)


def _draw(canvas: Canvas, places: Sequence[_Place], grid: _Grid, is_map: bool) -> None:
    width, band, height = _box(places, grid, canvas.width, is_map)
    columns = _columns(places, canvas.width, is_map)
    for number_, place in enumerate(places):
        column, row = place.tile if is_map and place.tile else (number_ % columns, number_ // columns)
        _draw_place(canvas, place, grid, (column * (width + MARGIN), row * (height + MARGIN)), (width, band))


def _draw_place(
    canvas: Canvas, place: _Place, grid: _Grid, corner: tuple[float, float], size: tuple[float, float]
) -> None:
    (x, y), (width, band) = corner, size
    is_map = band <= MAP_BAND
    cell = (width - (MAP_SHARE_WIDTH if is_map else 0)) / len(grid.weekdays)
    room = int((width - (0 if is_map else MAP_SHARE_WIDTH)) / CHARACTER_WIDTH)
    name = place.name if len(place.name) <= room else place.name[: room - 1] + "…"
    canvas.text(x, y + 14, name, "lab strong small")
    canvas.text(x + width, y + 14 + (HEAD if is_map else 0), percent(place.share, 0), "lab end")
    for column, weekday in enumerate(grid.weekdays):
        for row, hours in enumerate(grid.bands):
            _draw_cell(canvas, place, (weekday, hours), (x + column * cell, y + HEAD + row * band), (cell, band))
        if not is_map:
            bottom = y + HEAD + band * len(grid.bands) + 12
            canvas.text(x + (column + 0.5) * cell, bottom, WEEKDAYS[weekday - 1], "tick mid small")


def _draw_cell(
    canvas: Canvas, place: _Place, key: tuple[int, str], corner: tuple[float, float], size: tuple[float, float]
) -> None:
    visits, capacity = place.cells.get(key, (0, 0))
    (x, y), (width, height) = corner, size
    if not capacity:
        canvas.rect(x, y, width - 1, height - 1, "heat none")
        return
    share = visits / capacity
    pattern = Term(
        "{place}, {day} {band}: {share}, {visits:# visita|# visite} su {slots:# posto|# posti}",
        "{place}, {day} {band}: {share}, {visits:# visit|# visits} in {slots:# slot|# slots}",
    )
    tip = filled(
        pattern,
        place=place.name,
        day=WEEKDAYS[key[0] - 1],
        band=key[1],
        share=percent(share, 0),
        visits=number(visits, 0),
        slots=number(capacity, 0),
    )
    canvas.rect(x, y, width - 1, height - 1, "heat", tip, _depth(share))
    if width >= LEGIBLE_CELL and height >= TALLEST_BAND:
        css = "in o1" if _depth(share) > 0.55 else "in"
        canvas.text(x + 7, y + height / 2 + 4, percent(share, 0), css)


def _depth(share: float) -> float:
    """How strong the colour of a share is; full slots stand out."""
    return 0.06 + 0.94 * math.pow(min(share, 1.0), 1.6)


def _share_table(places: Sequence[_Place], grid: _Grid) -> Table:
    head: list[Cell] = [Term("Territorio", "Territory"), Term("Giorno", "Day"), *grid.bands]
    rows: list[list[Cell]] = []
    for place in places:
        for weekday in grid.weekdays:
            held = [place.cells.get((weekday, band), (0, 0)) for band in grid.bands]
            shares = [percent(visits / slots, 0) if slots else "–" for visits, slots in held]
            rows.append([place.name, WEEKDAYS[weekday - 1], *shares])
    return Table(head, rows)
