"""A strip under a number: every replication a dot, the mean and its interval across them.

What lives here: one small drawing. It must not know which indicator it is of.
"""

from __future__ import annotations

from markupsafe import Markup

from reports.capacity.canvas import Canvas, Scale
from reports.capacity.run_folder import Kpi
from reports.words.labels import Lexicon, Term
from reports.words.number_words import amount, between, filled, number

WIDTH, HEIGHT = 180.0, 18.0
TIP = Term(
    "media {mean}; intervallo {ends}; {count:# replica|# repliche}",
    "mean {mean}; interval {ends}; {count:# replication|# replications}",
)


def strip(kpi: Kpi, lexicon: Lexicon) -> Markup:
    """The spread of an indicator over replications; nothing where all are the same."""
    low = min(kpi.least, kpi.mean if kpi.low is None else kpi.low)
    high = max(kpi.largest, kpi.mean if kpi.high is None else kpi.high)
    if not high > low or kpi.low is None or kpi.high is None:
        return Canvas(lexicon, WIDTH, HEIGHT).picture(kpi.title)
    canvas = Canvas(lexicon, WIDTH, HEIGHT)
    across, middle = Scale(low, high, 5, WIDTH - 5), HEIGHT / 2
    canvas.line(0, middle, WIDTH, middle, "base")
    canvas.rect(across(kpi.low), middle - 5, across(kpi.high) - across(kpi.low), 10, "interval")
    for value in kpi.values:
        canvas.dot(across(value), middle, 2.2, "each")
    canvas.line(across(kpi.mean), middle - 7, across(kpi.mean), middle + 7, "mark")
    ends = between(kpi.low, kpi.high, kpi.unit)
    tip = filled(TIP, mean=amount(kpi.mean, kpi.unit), ends=ends, count=number(kpi.replications, 0))
    canvas.target(0, 0, WIDTH, HEIGHT, tip)
    return canvas.picture(tip)
