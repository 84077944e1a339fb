"""Orders that a recording saw only in part: each rule looks at what was seen of them.

What lives here: in which stretches of time the wires of each rule were seen, and the runs of a checker over one order
in these stretches. It must not know any rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain

from reports.judging.catalogue import Rule
from reports.judging.checker_interface import INCONCLUSIVE, PENDING, Case, Judged
from reports.judging.checker_register import NEEDS_THE_PAST, ORDER_CHECKERS, TAKES_ALL
from reports.judging.deciding.occasions import Run
from reports.judging.observation import Stretch
from reports.judging.order_story import OrderStory
from reports.judging.worlds import World
from reports.rome_time import Instant
from reports.words.messages import say

NOTHING = Stretch(0, 0)


@dataclass(slots=True)
class RuleStretches:
    """The stretches of time in which the wires of each rule of a world were seen."""

    world: World
    _by_rule: dict[str, Sequence[Stretch]] = field(default_factory=dict)
    _common: Stretch | None = None  # of all rules, once it is known

    def add(self, rule: Rule) -> None:
        """One more rule that is judged in this world."""
        self._by_rule[rule.id] = self.world.observation.stretches(rule.observes)

    def hold_whole_order(self, received_at: Instant | None) -> bool:
        """Whether every rule saw all of an order that was received then: one stretch to the end, begun before it."""
        if self._common is None:
            stretches = {tuple(spans) for spans in self._by_rule.values()}
            single = len(stretches) == 1 and len(spans := next(iter(stretches))) == 1
            self._common = spans[0] if single and spans[0].until in (None, self.world.until) else NOTHING
        since, several = self._common.since, self._has_several_operators
        begun_since = since is None or (received_at is not None and received_at > since and not several)
        return self._common is not NOTHING and begun_since

    def run_on(self, rule: Rule, case: Case) -> Run:
        """The checker of a rule on one order, in every stretch of time in which the wires of the rule were seen."""
        story = case.order
        if rule.id in TAKES_ALL:
            return partial(ORDER_CHECKERS[rule.id], case)
        *earlier, last = self._by_rule[rule.id]
        last_run = self._run_in(last, rule, case, story)
        runs = [
            _without_open_ends(self._run_in(stretch, rule, case, story.cut_after(stretch.until)))
            for stretch in earlier
            if stretch.until is not None and story.began_by(stretch.until)
        ]
        return last_run if not runs else lambda readings: chain(*(run(readings) for run in [*runs, last_run]))

    def _run_in(self, stretch: Stretch, rule: Rule, whole: Case, story: OrderStory) -> Run:
        """The checker of a rule on one order, as far as its story was seen and can be told from another's."""
        checker = ORDER_CHECKERS[rule.id]
        strange = [event for event in story.unattributed if event.source in rule.observes]
        known_story = story.cut_before(strange[0]) if strange else story
        case = Case(known_story, self.world, whole.never_after, stretch.until)
        since, received = stretch.since, story.received
        if since is not None and (received is None or received.at <= since):
            doubtful = rule.id in NEEDS_THE_PAST or self._may_be_anothers(story)
            return lambda readings: _since(since, checker(case, readings), doubtful)
        if since is not None and self._may_be_anothers(story):
            return lambda readings: _since(since, checker(case, readings), doubtful=True)
        if not strange:
            return partial(checker, case)
        expected, observed = say("judge.tells_operator"), say("judge.of_several", count=len(strange))
        several = case.unknown(expected, observed, *strange)
        return lambda readings: chain(checker(case, readings), [several])

    def _may_be_anothers(self, story: OrderStory) -> bool:
        """Whether an event may be of another operator's order of the same code, handed in before all was seen."""
        events = (event for events in story.by_type.values() for event in events)
        return self._has_several_operators and not all(event.data.get("operator") for event in events)

    @property
    def _has_several_operators(self) -> bool:
        return len(self.world.owners.operators) > 1


def _since(since: Instant, outcomes: Iterator[Judged], doubtful: bool) -> Iterator[Judged]:
    """The outcomes from that instant on. Where they are `doubtful`, a violation is INCONCLUSIVE: what excuses it may
    have come before."""
    for judged in outcomes:
        if judged.at is not None and judged.at < since:
            continue
        if doubtful and judged.verdict in {"FAIL", "WARNING"}:
            observed = say("maybe_begun_before", observed=judged.observed)
            yield replace(judged, verdict=INCONCLUSIVE, observed=observed)
        else:
            yield judged


def _without_open_ends(run: Run) -> Run:
    """What is certain at the end of a stretch of time after which nothing was seen for a while."""
    return lambda readings: (judged for judged in run(readings) if judged.verdict not in {PENDING, INCONCLUSIVE})
