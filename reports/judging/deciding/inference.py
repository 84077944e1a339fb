"""Which values of undeclared readings explain what was seen: a small search, component by component.

What lives here: constraints over readings and their common solutions. It must not know rules, nor what is open or
disputed.

An occasion that is kept under some combinations only is a constraint: the set of partial assignments under which it
is kept. Many occasions say the same, so equal constraints are one. Readings that share a constraint belong together;
each such component is searched alone, which keeps the search small.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, product
from typing import NamedTuple

Assignment = Mapping[str, str]
Partial = frozenset[tuple[str, str]]
Constraint = frozenset[Partial]
Values = Mapping[str, Sequence[str]]


class Component(NamedTuple):
    """Readings that belong together: every assignment of them that keeps all constraints, and the constraints."""

    names: tuple[str, ...]
    solutions: tuple[Partial, ...]
    constraints: tuple[Constraint, ...]

    def values_left(self, name: str) -> set[str]:
        return {value for solution in self.solutions for key, value in solution if key == name}


def constraint_of(kept: Iterable[Assignment], names: Iterable[str]) -> Constraint | None:
    """The constraint that an occasion puts on these readings; None where it puts none.

    `kept` are the combinations under which it is kept.
    """
    wanted_names = set(names)
    partials = frozenset(
        frozenset((name, value) for name, value in assignment.items() if name in wanted_names) for assignment in kept
    )
    return None if frozenset() in partials else partials


def components_of(constraints: Iterable[Constraint], values: Values) -> list[Component]:
    """The readings that are constrained, component by component, with their solutions."""
    groups: list[tuple[set[str], list[Constraint]]] = []
    for constraint in dict.fromkeys(constraints):
        names, members = {name for partial in constraint for name, _ in partial}, [constraint]
        for group in [group for group in groups if group[0] & names]:
            groups.remove(group)
            names |= group[0]
            members = group[1] + members
        groups.append((names, members))
    return [_solved(tuple(sorted(names)), tuple(members), values) for names, members in groups]


def contradiction(component: Component, values: Values) -> tuple[Constraint, ...]:
    """Two constraints that no assignment keeps together; more where no two contradict each other."""
    for size in (2, 3):
        for chosen in combinations(component.constraints, size):
            if not _solved(component.names, chosen, values).solutions:
                return chosen
    return component.constraints


def is_compatible(assignment: Assignment, solution: Partial) -> bool:
    """Whether an assignment of some readings agrees with a solution, as far as both speak."""
    return all(assignment.get(name, value) == value for name, value in solution)


def _solved(names: tuple[str, ...], constraints: tuple[Constraint, ...], values: Values) -> Component:
    solutions = []
    for chosen in product(*(values[name] for name in names)):
        assignment = frozenset(zip(names, chosen, strict=True))
        if all(any(partial <= assignment for partial in constraint) for constraint in constraints):
            solutions.append(assignment)
    return Component(names, tuple(solutions), constraints)
