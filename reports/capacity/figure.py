"""What a figure of the capacity page is: a title that says what is seen, drawings, the numbers behind.

What lives here: the shape of a figure. It must not know any figure in particular.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reports.capacity.canvas import Canvas
from reports.words.labels import Term

Cell = Term | str
Drawing = Callable[[Canvas], None]


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers as text; the first cell of each row is its heading."""

    head: Sequence[Cell]
    rows: Sequence[Sequence[Cell]]
    caption: Term | None = None


@dataclass(frozen=True, slots=True)
class Swatch:
    """What a mark of a plot means: its class, its meaning, how strong its colour is."""

    css: str
    meaning: Term
    depth: float = -1


@dataclass(frozen=True, slots=True)
class Figure:
    """A plot. `heights` are those of the drawing for the desk and for the phone."""

    anchor: str
    title: Term
    note: Term
    heights: tuple[float, float]
    draw: Drawing
    tables: Sequence[Table]
    legend: Sequence[Swatch] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Figures under one heading."""

    anchor: str
    title: Term
    figures: Sequence[Figure]
