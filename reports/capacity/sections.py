"""Which figures a capacity page shows, in which order and under which heading.

What lives here: the table of contents of the page. It must not know how a figure is made.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reports.capacity.figure import Figure, Section
from reports.capacity.figures.comparison import comparison_figure
from reports.capacity.figures.daily_bands import fans_figure
from reports.capacity.figures.grid import grid_figure
from reports.capacity.figures.lead import lead_figure, wait_figure
from reports.capacity.figures.lead_parts import lead_parts_figure, weekday_parts_figure
from reports.capacity.figures.limits import limits_figure
from reports.capacity.figures.opening import day_figure, opening_figure
from reports.capacity.figures.outcomes import outcomes_figure
from reports.capacity.figures.places import places_figure
from reports.capacity.figures.plan_curve import plan_figure
from reports.capacity.figures.response import sweep_figures
from reports.capacity.figures.warm_up import warm_up_figure
from reports.capacity.figures.week import week_figure
from reports.capacity.figures.weeks import weeks_figure
from reports.capacity.run_folder import CapacityRun
from reports.words.labels import Term

Maker = Callable[[CapacityRun], Figure | list[Figure] | None]
Contents = Sequence[tuple[str, Term, Sequence[Maker]]]
# Of the run as a whole.
WHOLE: Contents = (
    ("plan", Term("La risposta", "The answer"), (plan_figure,)),
    ("grid", Term("La mappa delle coppie", "The map of pairs"), (grid_figure,)),
    ("sweep", Term("Che cosa muovono i parametri", "What the parameters move"), (sweep_figures,)),
    ("comparison", Term("Le differenze", "The differences"), (comparison_figure,)),
)
# Of one variant.
DETAILS: Contents = (
    (
        "lead-time",
        Term("Di che cosa è fatta l'attesa", "What the waiting is made of"),
        (lead_parts_figure, weekday_parts_figure, weeks_figure),
    ),
    ("sms", Term("SMS minuto per minuto", "SMS minute by minute"), (opening_figure, day_figure)),
    ("loads", Term("Carichi nella settimana", "Loads over the week"), (week_figure,)),
    ("times", Term("Tempi ed esiti", "Times and outcomes"), (lead_figure, wait_figure, outcomes_figure)),
    ("technicians", Term("Tecnici e limiti", "Technicians and limits"), (places_figure, limits_figure)),
    ("daily", Term("Giorno per giorno", "Day by day"), (fans_figure, warm_up_figure)),
)


def sections_of(run: CapacityRun) -> list[Section]:
    """The sections that have something to show; the page of a variant shows that one alone."""
    shown = DETAILS if run.shown else WHOLE if run.is_overview else (*WHOLE, *DETAILS)
    sections = [Section(anchor, title, _figures_of(run, makers)) for anchor, title, makers in shown]
    return [section for section in sections if section.figures]


def _figures_of(run: CapacityRun, makers: Sequence[Maker]) -> list[Figure]:
    groups = [maker(run) for maker in makers]
    return [
        figure
        for figures in groups
        for figure in (figures if isinstance(figures, list) else [figures])
        if figure is not None
    ]
