"""What every plot is drawn with: a sheet of SVG in two languages, scales, ticks and axes.

What lives here: geometry and markup. It must not know what is drawn. Colours are classes of capacity.css.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from reports.words.labels import Lexicon, Term, same
from reports.words.number_words import number

Point = tuple[float, float]
WIDE, NARROW = 1000.0, 340.0
CHARACTER_WIDTH = 6.6
WIDEST_CHARACTER = 7.4  # of a label, so that none is cut
LEAST_LABELLED_WIDTH = 40


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight line from values to places: `low` stands at `start`, `high` at `end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.0
        return self.start + share * (self.end - self.start)


def ticks(low: float, high: float, most_ticks: int = 5) -> list[float]:
    """Round values from low to high, at most so many of them."""
    if not high > low:
        return [low]
    rough = (high - low) / most_ticks
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10, 20) if factor * power >= rough * 0.999)
    first = math.ceil(low / step - 1e-9)
    return [place * step for place in range(first, math.floor(high / step + 1e-9) + 1)]


def rounded_up(value: float, most_ticks: int = 4, *, least: float = 0.0) -> float:
    """The end of an axis from zero that holds a value: the tick at or above it, and `least` in any case."""
    value = max(value, least)
    if not value > 0:
        return 1.0
    marks = ticks(0, value, most_ticks)
    return value if math.isclose(marks[-1], value) else marks[-1] + (marks[1] - marks[0])


class Canvas:
    """Collects shapes, then gives them as one picture. A tip is what a shape says when pointed at: phones have none."""

    def __init__(self, lexicon: Lexicon, width: float, height: float, *, has_tips: bool = True) -> None:
        self.lexicon, self.width, self.height, self.has_tips = lexicon, width, height, has_tips
        self._parts: list[str] = []

    @property
    def is_narrow(self) -> bool:
        return self.width < WIDE / 2

    def rect(
        self, x: float, y: float, width: float, height: float, css: str, tip: Term | None = None, depth: float = -1
    ) -> None:
        """A rectangle; `depth` from 0 to 1 is how strong its colour is, below 0 as the class says."""
        strength = f' fill-opacity="{_short(depth, 2)}"' if depth >= 0 else ""
        places = f'x="{_short(x)}" y="{_short(y)}" width="{_short(max(width, 0))}" height="{_short(max(height, 0))}"'
        self._add("rect", f'{places}{strength} class="{css}"', tip)

    def target(self, x: float, y: float, width: float, height: float, tip: Term) -> None:
        """An area that shows nothing until it is pointed at."""
        if self.has_tips:
            self.rect(x, y, width, height, "hit", tip)

    def line(self, x1: float, y1: float, x2: float, y2: float, css: str, tip: Term | None = None) -> None:
        self._add("path", f'd="M{_short(x1)} {_short(y1)}L{_short(x2)} {_short(y2)}" class="{css}"', tip)

    def curve(self, points: Sequence[Point], css: str, depth: float = -1) -> None:
        """A line through points; `depth` from 0 to 1 is how strong its colour is."""
        strength = f' stroke-opacity="{_short(depth, 2)}"' if depth >= 0 else ""
        if points:
            self._add("path", f'd="{_path(points)}"{strength} class="{css}"', None)

    def area(self, upper: Sequence[Point], lower: Sequence[Point], css: str) -> None:
        """What lies between two curves."""
        if upper:
            self._add("path", f'd="{_path([*upper, *reversed(lower)])}Z" class="{css}"', None)

    def dot(self, x: float, y: float, radius: float, css: str, tip: Term | None = None, depth: float = -1) -> None:
        strength = f' fill-opacity="{_short(depth, 2)}"' if depth >= 0 else ""
        self._add("circle", f'cx="{_short(x)}" cy="{_short(y)}" r="{_short(radius)}"{strength} class="{css}"', tip)

    def text(self, x: float, y: float, words: Term | str, css: str = "") -> None:
        """Words at a place; those that have it in their middle are moved inward where the sheet would cut them."""
        term = words if isinstance(words, Term) else same(words)
        if "mid" in css.split():
            half = max(map(len, term)) * WIDEST_CHARACTER / 2
            x = max(min(x, self.width - half), half)
        words = escape(term.it) if term.it == term.en else self.lexicon.span(term, "tspan")
        self._parts.append(f'<text x="{_short(x)}" y="{_short(y)}" class="{css}">{words}</text>')

    def picture(self, name: Term) -> Markup:
        """The sheet with a name for those who do not see it."""
        label = escape(name.in_language(self.lexicon.language))
        again = f' data-label="{self.lexicon.number(name)}"' if name.it != name.en else ""
        opening = f'<svg class="plot" viewBox="0 0 {_short(self.width)} {_short(self.height)}" role="img"{again}'
        return Markup(f'{opening} aria-label="{label}">{"".join(self._parts)}</svg>')

    def _add(self, tag: str, attributes: str, tip: Term | None) -> None:
        inside = self._tip(tip) if tip is not None and self.has_tips else ""
        self._parts.append(f"<{tag} {attributes}>{inside}</{tag}>" if inside else f"<{tag} {attributes}/>")

    def _tip(self, tip: Term) -> str:
        return f"<title>{escape(tip.it)}</title>" if tip.it == tip.en else self.lexicon.span(tip, "title")


def value_axis(
    canvas: Canvas, scale: Scale, left: float, right: float, most: int = 4, *, is_share: bool = False
) -> None:
    """Thin lines across at round values, labelled at the left; shares as percentages."""
    for value in ticks(scale.low, scale.high, most):
        y = scale(value)
        canvas.line(left, y, right, y, "grid" if value > scale.low else "base")
        canvas.text(left - 6, y + 4, number(value * 100 if is_share else value), "tick end")


def dates_below(canvas: Canvas, across: Scale, y: float, dates: Sequence[str], most: int) -> None:
    """Some of the dates that stand at 0, 1, 2 … of an axis, at most so many; one at its very start begins there."""
    for place in range(0, len(dates), -(-len(dates) // most) or 1):
        x = across(place)
        canvas.text(x, y, dates[place], "tick mid" if x > across.start else "tick")


def stepped(starts: Iterable[Point], last_x: float) -> list[Point]:
    """Points of a staircase: each value holds from its place to the next."""
    held = list(starts)
    ends = [x for x, _ in held[1:]] + [last_x]
    return [corner for (x, y), end in zip(held, ends, strict=True) for corner in ((x, y), (end, y))]


def stacked_bar(
    canvas: Canvas, across: Scale, top: float, height: float, parts: Iterable[tuple[str, float, Term, Term]]
) -> None:
    """Parts end to end, each with its class, its length, its tip, and the words in it where there is room for them."""
    start = 0.0
    for css, length, tip, words in parts:
        width = across(start + length) - across(start)
        if length > 0:
            canvas.rect(across(start), top, max(width - 1, 0.5), height, f"fill {css}", tip)
        if width > LEAST_LABELLED_WIDTH:
            canvas.text(across(start) + 6, top + 14, words, f"in {css}")
        start += length


def _path(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{_short(x)} {_short(y)}" for x, y in points)


def _short(value: float, decimals: int = 1) -> str:
    text = f"{value:.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
