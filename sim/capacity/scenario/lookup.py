"""Tables that answer for a uniform draw what a search or a quantile function answers, several times as fast.

[0, 1) is cut into equal parts, so that one product finds the part of a draw. Where a table is not certain, the search
or the function that it was made from answers: answers are the same to the last bit, with a table or without.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
FEW, PARTS_OF_FEW, PARTS_OF_MANY, SEVERAL = 64, 1 << 12, 1 << 16, -1  # steps
PARTS_OF_CURVE, NODES = 1 << 12, 3  # nodes of a part, the first of the next left out
CHECKED_AT = (1 / 6, 1 / 2, 5 / 6)  # between the nodes, where a cubic is furthest from the curve
CERTAIN_WITHIN, SAFETY = 1e-3, 64


@dataclass(frozen=True)
class StepLookup:
    """Which of some rising steps a draw falls to, as `searchsorted` says it: 4 ns a draw, where that takes 30 to 90.

    Within most parts of the draws there is one answer only; the others are searched.
    """

    steps: Floats
    side: Literal["left", "right"]
    answers: NDArray[np.int32]  # of each part, and of 1

    @classmethod
    def of_steps(cls, steps: Floats, side: Literal["left", "right"]) -> StepLookup:
        """The table of some steps."""
        parts = PARTS_OF_FEW if len(steps) < FEW else PARTS_OF_MANY
        ends = np.searchsorted(steps, np.arange(parts + 1) / parts, side=side)
        answers = np.where(ends[1:] == ends[:-1], ends[:-1], SEVERAL)
        return cls(steps, side, np.append(answers, SEVERAL).astype(np.int32))

    def of(self, uniforms: Floats) -> NDArray[np.int32]:
        """The number of steps below each draw (side left), or at or below it (right)."""
        numbers = self.answers[(uniforms * (len(self.answers) - 1)).astype(np.int32)]
        several = numbers == SEVERAL
        if several.any():
            numbers[several] = self.steps.searchsorted(uniforms[several], side=self.side)
        return numbers


@dataclass(frozen=True)
class CurveLookup:
    """The whole part of a rising curve at a draw: 35 ns, where the quantile of a gamma distribution takes 450.

    A cubic stands for the curve in each of 4,096 parts. Where it was seen further off than a 64th of a thousandth, or
    gives a number within a thousandth of a whole one (1 draw in 40 together), the curve itself is asked.
    """

    curve: Callable[[Floats], Floats]
    cubics: Floats  # coefficients for each part, and for 1; not a number where none is good

    @classmethod
    def of_curve(cls, curve: Callable[[Floats], Floats]) -> CurveLookup:
        """The table of a curve from 0 on."""
        nodes = curve(np.arange(NODES * PARTS_OF_CURVE + 1) / (NODES * PARTS_OF_CURVE))
        y0, y1, y2, y3 = nodes[:-1:NODES], nodes[1::NODES], nodes[2::NODES], nodes[NODES::NODES]
        linear = (-11 * y0 + 18 * y1 - 9 * y2 + 2 * y3) / 2
        square = (18 * y0 - 45 * y1 + 36 * y2 - 9 * y3) / 2
        cubics = np.column_stack((y0, linear, square, (-9 * y0 + 27 * y1 - 27 * y2 + 9 * y3) / 2))
        for offset in CHECKED_AT:
            error = np.abs(_value(cubics, offset) - curve((np.arange(PARTS_OF_CURVE) + offset) / PARTS_OF_CURVE))
            cubics[~(error * SAFETY < CERTAIN_WITHIN), 0] = np.nan
        return cls(curve, np.vstack((cubics, np.full(NODES + 1, np.nan))))

    def of(self, uniforms: Floats) -> Numbers:
        """The curve at each draw, cut to a whole number."""
        places = uniforms * PARTS_OF_CURVE
        parts = places.astype(np.int32)
        values = _value(self.cubics[parts], places - parts)
        whole_values = np.floor(values)
        beyond = values - whole_values
        unsure = np.flatnonzero(~((beyond > CERTAIN_WITHIN) & (beyond < 1 - CERTAIN_WITHIN)))
        whole_values[unsure] = np.floor(self.curve(uniforms[unsure]))
        return whole_values.astype(np.int64)


def _value(cubics: Floats, offset: Floats | float) -> Floats:
    """The value of each cubic at its place within its part, from 0 to 1."""
    steepest: Floats = cubics[:, 2] + offset * cubics[:, 3]
    slope: Floats = cubics[:, 1] + offset * steepest
    value: Floats = cubics[:, 0] + offset * slope
    return value
