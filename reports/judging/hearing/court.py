"""The court: the rules in force in each world of a trace, and one session for each world.

What lives here: which rules are judged under which readings. Each event and each finished order goes to the session of
its world (`session`). It must not know any rule.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from functools import cache

from reports.facts import OPERATOR_SIDE
from reports.judging.catalogue import Rule, catalogue
from reports.judging.deciding.decisions import Decisions
from reports.judging.deciding.questions import Frame
from reports.judging.events import Event
from reports.judging.hearing.session import RuleInForce, Session
from reports.judging.hearing.stories import Stories
from reports.judging.hearing.survey import Survey
from reports.judging.profiles import Profile, declare
from reports.judging.readings import Readings
from reports.judging.worlds import World

ORDERS_AT_ONCE = 200  # so many finished orders wait, and are then judged together (`Session.judge_orders`)


class Court:
    """Judges a surveyed trace while it is read again; `wanted` are the rules that are judged."""

    def __init__(self, survey: Survey, profile: Profile, decisions: Decisions, wanted: Collection[str]) -> None:
        self._survey, self._profile, self._decisions = survey, profile, decisions
        self._wanted = [rule for rule in catalogue().rules.values() if rule.id in wanted]
        self._rules_by_readings: dict[str, list[RuleInForce]] = {}
        self._sessions = {world.name: self._session(rank, world) for rank, world in enumerate(survey.worlds)}

    def hear(self, events: Iterable[Event]) -> None:
        """Judges every event, every order and every world of the trace."""
        stories, sessions, waiting = Stories(self._survey), self._sessions, 0
        for event in events:
            if event.type == "scenario.finished":
                continue
            session, finished_orders = sessions[event.world], stories.take(event)
            if event.type in session.types_heard:
                session.hear_event(event, stories)
            for order in finished_orders:
                session.hear_order(order, stories.finished(order))
                waiting += 1
            if waiting >= ORDERS_AT_ONCE:
                self._judge_orders()
                waiting = 0
        self._judge_orders()
        for session in self._sessions.values():
            session.hear_world()

    def _judge_orders(self) -> None:
        for session in self._sessions.values():
            session.judge_orders()

    def _session(self, rank: int, world: World) -> Session:
        session = Session(world, rank, self._decisions)
        for in_force in self._rules_in(world):
            if in_force.rule.family != "OP" or world.under_test == OPERATOR_SIDE:
                session.admit(in_force)
        return session

    def _rules_in(self, world: World) -> list[RuleInForce]:
        """The rules under the readings that a world declares; worlds that declare the same share them."""
        key = json.dumps(world.readings, sort_keys=True, default=str)
        if key not in self._rules_by_readings:
            of_world = declare(world.readings, f"world {world.name}")
            declared = {**self._profile.readings, **of_world}
            left_open = self._decisions.values.keys() - of_world.keys()
            self._rules_by_readings[key] = [
                self._in_force(rule, rank, declared, left_open) for rank, rule in enumerate(self._wanted)
            ]
        return self._rules_by_readings[key]

    def _in_force(
        self, rule: Rule, rank: int, declared: Mapping[str, object], left_open: Collection[str]
    ) -> RuleInForce:
        bearing, values = _bearing_on(rule.id), self._decisions.values
        undeclared = {name: tuple(values[name]) for name in sorted(bearing.intersection(left_open))}
        frame = Frame(declared, undeclared, bearing)
        settled = None if undeclared else Readings(declared, undeclared, {}, bearing)
        return RuleInForce(rule, rank, frame, settled)


@cache
def _bearing_on(rule: str) -> frozenset[str]:
    """The readings that bear on a rule, by our own catalogue."""
    return frozenset(catalogue().bearing_on(rule))
