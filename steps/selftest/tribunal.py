"""All systems on trial, in a pool of processes, and whether the self test holds.

What lives here: choosing the systems, sharing them out, and the few lines that say what counts. A worker finds its
system by name: changes are code and do not travel.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import cache
from multiprocessing import get_context

from steps.selftest.strangers import LAWFUL_STRANGERS
from steps.selftest.systems import LawfulStranger, WrongSystem
from steps.selftest.trial import Outcome, reference_worlds, try_stranger, try_wrong
from steps.selftest.wrong import WRONG_SYSTEMS

UNSEEN_AT_MOST = 12
Tell = Callable[[int, int, Outcome], None]


@cache
def systems() -> Mapping[str, WrongSystem | LawfulStranger]:
    """Every system of both shelves by name."""
    shelves: list[WrongSystem | LawfulStranger] = [*LAWFUL_STRANGERS, *WRONG_SYSTEMS]
    return {system.name: system for system in shelves}


def chosen(rules: Sequence[str] = (), names: Sequence[str] = ()) -> list[str]:
    """The names of the systems of these rules, or of these names; of all where neither is given.

    A lawful stranger belongs to no rule: it is left out where rules are named. The slowest come first.
    """
    chosen_names = []
    for name, system in systems().items():
        of_a_rule = not rules or (isinstance(system, WrongSystem) and not set(rules).isdisjoint(system.rules))
        if of_a_rule and (not names or name in names):
            chosen_names.append(name)
    return chosen_names


def trial(name: str) -> Outcome:
    """One system on trial, here."""
    system, start = systems()[name], time.process_time()
    try:
        outcome = try_wrong(system) if isinstance(system, WrongSystem) else try_stranger(system)
    except Exception as fault:  # a system that breaks whoever looks at it is neither caught nor passed
        kind = "wrong" if isinstance(system, WrongSystem) else "stranger"
        outcome = Outcome(name, kind, crash=f"{type(fault).__name__}: {fault}")
    outcome.seconds = round(time.process_time() - start, 2)
    return outcome


def trials(names: Sequence[str], workers: int, tell: Tell) -> list[Outcome]:
    """The outcome of each system, in the order of the names; `tell` hears of each as it comes."""
    outcomes: dict[str, Outcome] = {}
    for outcome in _tried(names, workers):
        outcomes[outcome.name] = outcome
        tell(len(outcomes), len(names), outcome)
    return [outcomes[name] for name in names]


def _tried(names: Sequence[str], workers: int) -> Iterator[Outcome]:
    if workers <= 1 or len(names) == 1:
        yield from map(trial, names)
        return
    reference_worlds()  # what all trials need is made here once, and is there when the workers are forked
    gc.freeze()
    with ProcessPoolExecutor(workers, get_context("fork")) as pool:
        for future in as_completed([pool.submit(trial, name) for name in names]):
            yield future.result()


def held_against(outcome: Outcome) -> list[str]:
    """Why the self test does not hold for a system: one line for each reason, none where it holds."""
    if outcome.crash:
        return [f"crashed: {outcome.crash}"]
    system = systems()[outcome.name]
    if isinstance(system, LawfulStranger):
        return [
            f"{rule}: accused by {'a scenario' if catches.scenarios else 'the judge'}: "
            f"{(catches.scenarios + catches.findings)[0]}"
            for rule, catches in outcome.catches.items()
        ]
    reasons = []
    for rule, catches in outcome.catches.items():
        if not catches.scenarios:
            reasons.append(f"{rule}: no scenario catches it")
        if not catches.findings and not system.unseen:
            reasons.append(f"{rule}: the judge does not catch it in the simulation")
    if system.unseen and any(catches.findings for catches in outcome.catches.values()):
        reasons.append("listed as what no trace can show, and the judge saw it")
    return reasons
