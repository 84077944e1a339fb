"""What part of a report its one page shows: the page stays below three megabytes, however long the trace.

What lives here: the choice of what is drawn, shown in full, shown as a row, or only named. The heaviest orders and
findings come first. It must not judge; whatever is left out is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from reports.conformance.finding_groups import FindingGroup
from reports.conformance.page_model import ReportModel
from reports.conformance.page_orders import PageOrder

MOST_BYTES_OF_DRAWN_ORDERS = 600_000
MOST_BYTES_OF_EXAMPLES = 300_000
MOST_BYTES_OF_PROOFS = 450_000
MOST_CODES_NAMED = 4_000
MOST_EVENTS_DRAWN = 400
MOST_ORDERS_TOLD = 600  # of those with findings: more than there is room for
MOST_ROWS = 1_000
GROUPS_SHOWN, FEWEST_ROWS, ROWS_SHOWN = 8, 2, 30  # kinds of findings of a rule, and rows of a kind
BYTES_OF_A_LISTED_EVENT, BYTES_OF_A_BRIEF, BYTES_OF_A_RAW_EVENT = 130, 350, 800

Drawing = Callable[[PageOrder], str]


@dataclass(frozen=True, slots=True)
class NamedOrders:
    """Orders of one service and outcome that are named and not drawn; `total` counts those left out too."""

    service: str
    outcome: str
    orders: Sequence[PageOrder]
    total: int


@dataclass(frozen=True, slots=True)
class Choice:
    """`proven` are the anchors of the groups whose example is drawn in place; `rows` is how many rows a group has."""

    drawn: Sequence[PageOrder]
    examples: Sequence[PageOrder]
    named: Sequence[NamedOrders]
    proven: frozenset[str]
    rows: int

    @property
    def numbers(self) -> frozenset[int]:
        """The orders that the page has a drawing of, below an anchor of their own."""
        return frozenset(story.number for story in (*self.drawn, *self.examples))


def load_shown(model: ReportModel) -> None:
    """Loads the events of the orders that may be chosen, and the events that a finding is shown with."""
    examples = [group.example for group in _groups_shown(model)]
    of_examples = [story for example in examples if (story := model.stories.of_finding(example))]
    orders = [*_heaviest(model), *_first_of_kind(model), *of_examples]
    model.stories.load_events(orders, [str(name) for example in examples for name in example.get("evidence", ())])


def choose(model: ReportModel, drawing: Drawing) -> Choice:
    """The heaviest findings and orders, an example of every service and outcome, and the names of the others."""
    drawn = _within(MOST_BYTES_OF_DRAWN_ORDERS, _heaviest(model), drawing)
    examples = _within(MOST_BYTES_OF_EXAMPLES, _first_of_kind(model), drawing)
    numbers_drawn, groups = {story.number for story in (*drawn, *examples)}, _groups_shown(model)
    return Choice(
        drawn=drawn,
        examples=examples,
        named=_named([story for story in model.stories.orders if story.number not in numbers_drawn]),
        proven=_proven(groups, model, drawing),
        rows=max(FEWEST_ROWS, min(ROWS_SHOWN, MOST_ROWS // max(len(groups), 1))),
    )


def _heaviest(model: ReportModel) -> list[PageOrder]:
    return model.orders_with_findings()[:MOST_ORDERS_TOLD]


def _first_of_kind(model: ReportModel) -> list[PageOrder]:
    """The first order of every service and outcome, among those without findings."""
    kinds = {(story.service, story.outcome): story for story in reversed(model.other_orders())}
    return list(reversed(kinds.values()))


def _groups_shown(model: ReportModel) -> list[FindingGroup]:
    return [group for _, views in model.by_verdict() for view in views for group in view.groups[:GROUPS_SHOWN]]


def _within(budget: int, stories: Iterable[PageOrder], drawing: Drawing) -> list[PageOrder]:
    """The first of them that fit; one that would take all the room is left out, not those behind it."""
    chosen = []
    for story in stories:
        cost = _cost(story, drawing) if budget > 0 else budget + 1
        if cost <= budget:
            chosen.append(story)
            budget -= cost
        elif budget < BYTES_OF_A_BRIEF:
            break
    return chosen


def _cost(story: PageOrder, drawing: Drawing) -> int:
    """About how many bytes an order takes; one with too many events takes more than there is."""
    if len(story.events) > MOST_EVENTS_DRAWN:
        return MOST_BYTES_OF_DRAWN_ORDERS + 1
    texts = len(story.events) * BYTES_OF_A_LISTED_EVENT + len(story.findings) * BYTES_OF_A_BRIEF
    return len(drawing(story)) + texts


def _proven(groups: Iterable[FindingGroup], model: ReportModel, drawing: Drawing) -> frozenset[str]:
    budget, anchors = MOST_BYTES_OF_PROOFS, []
    for group in groups:
        story = model.stories.of_finding(group.example)
        raw = len(model.stories.places(group.example)) * BYTES_OF_A_RAW_EVENT
        cost = raw + (_cost(story, drawing) if story else 0)
        if cost <= budget:
            anchors.append(group.anchor)
            budget -= cost
    return frozenset(anchors)


def _named(stories: Sequence[PageOrder]) -> list[NamedOrders]:
    """By service and outcome, each with its share of the names that there is room for."""
    kinds: dict[tuple[str, str], list[PageOrder]] = {}
    for story in stories:
        kinds.setdefault((story.service, story.outcome), []).append(story)
    share = MOST_CODES_NAMED // max(len(kinds), 1)
    if len(stories) <= MOST_CODES_NAMED:
        share = MOST_CODES_NAMED
    return [
        NamedOrders(service, outcome, members[:share], len(members))
        for (service, outcome), members in sorted(kinds.items())
    ]
