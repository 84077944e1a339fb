"""The register of checkers: one checker for each rule id, and what each needs.

What lives here: the three decorators that put a checker into the register, and the tables that they fill. It must not
know any rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from reports.judging.checker_interface import Case, Judged, Moment
from reports.judging.readings import Readings
from reports.judging.worlds import World

OrderChecker = Callable[[Case, Readings], Iterator[Judged]]
EventChecker = Callable[[Moment, Readings], Iterator[Judged]]
WorldChecker = Callable[[World, Readings], Iterator[Judged]]
ORDER_CHECKERS: dict[str, OrderChecker] = {}
EVENT_CHECKERS: dict[str, EventChecker] = {}
WORLD_CHECKERS: dict[str, WorldChecker] = {}
TYPES_CHECKED: dict[str, frozenset[str]] = {}  # by rule, the types of event that its event checker gets
NEEDS_ONE_OF: dict[str, frozenset[str]] = {}  # by rule on orders, the types of event one of which it needs; none: any
NEEDS_THE_PAST: set[str] = set()  # rules that may find fault with what was not seen before an event
KEPT_TYPES: set[str] = set()  # of the events that the rules on an operator ask its world for
TAKES_ALL: set[str] = set()  # rules judged on whole orders, whatever was seen of them or can be told from others'


def order_checker(
    rule: str, *, past: bool = True, whole: bool = False, keeps: Sequence[str] = (), on: Sequence[str] = ()
) -> Callable[[OrderChecker], OrderChecker]:
    """Registers the one checker of a rule that is judged order by order.

    `past` is False where a finding rests on the events it names and never on what should have come before them: such a
    rule is judged also on orders that began before the recording did. `whole` is True where that makes no difference.
    `keeps` are the types of event that a rule on an operator asks the whole world for. `on` are the types of event
    without any of which the rule has nothing to say of an order: it is not asked then.
    """
    KEPT_TYPES.update(keeps)
    NEEDS_ONE_OF[rule] = frozenset(on)

    def register(checker: OrderChecker) -> OrderChecker:
        _refuse_second_checker(rule, ORDER_CHECKERS)
        ORDER_CHECKERS[rule] = checker
        if past:
            NEEDS_THE_PAST.add(rule)
        if whole:
            TAKES_ALL.add(rule)
        return checker

    return register


def event_checker(rule: str, *types: str) -> Callable[[EventChecker], EventChecker]:
    """Registers the one checker of a rule on the events of these types, which come in the order of the trace."""

    def register(checker: EventChecker) -> EventChecker:
        _refuse_second_checker(rule, EVENT_CHECKERS)
        EVENT_CHECKERS[rule] = checker
        TYPES_CHECKED[rule] = frozenset(types)
        return checker

    return register


def world_checker(rule: str, *, keeps: Sequence[str] = ()) -> Callable[[WorldChecker], WorldChecker]:
    """Registers the one checker of a rule on an operator that looks at a whole world; `keeps` as for one on orders."""
    KEPT_TYPES.update(keeps)

    def register(checker: WorldChecker) -> WorldChecker:
        _refuse_second_checker(rule, WORLD_CHECKERS)
        WORLD_CHECKERS[rule] = checker
        return checker

    return register


def _refuse_second_checker(rule: str, checkers: Mapping[str, object]) -> None:
    if rule in checkers:
        raise ValueError(f"{rule} has two checkers")
