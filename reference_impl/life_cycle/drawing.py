"""The life cycle as a Mermaid state diagram, drawn from the table itself, so that the drawing cannot lie.

`python -m reference_impl.life_cycle.drawing` prints what belongs in `docs/life_cycle.md`.
"""

from __future__ import annotations

from collections.abc import Iterator

from reference_impl.life_cycle.transitions import ENDS, TRANSITIONS
from reference_impl.orders import State

# Where an order begins, by its route.
BEGINNINGS: tuple[tuple[State, str], ...] = (
    (State.WAITING, "routed to the service"),
    (State.UNREACHABLE, "number takes no SMS"),
    (State.ELSEWHERE, "ordinary or disaggregated"),
    (State.HANDED_BACK, "rejected at intake"),
)


def diagram() -> str:
    """The whole table as a Mermaid `stateDiagram-v2`, events that lead the same way on one arrow."""
    return "\n".join(["stateDiagram-v2", *(f"    {line}" for line in _lines())]) + "\n"


def _lines() -> Iterator[str]:
    for state, reason in BEGINNINGS:
        yield f"[*] --> {state}: {reason}"
    arrows: dict[tuple[State, State], list[str]] = {}
    for (state, event), (following, _) in TRANSITIONS.items():
        arrows.setdefault((state, following), []).append(event.replace("_", " "))
    for (state, following), events in arrows.items():
        yield f"{state} --> {following}: {', '.join(events)}"
    for state in State:
        if state in ENDS:
            yield f"{state} --> [*]"


if __name__ == "__main__":
    print(diagram(), end="")
