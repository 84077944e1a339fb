"""Asks the tests about each mutant: a pytest plugin that runs all of them once, then forks for each mutant.

What lives here: which tests are asked in which order, and what became of a mutant. A child runs the tests that came by
the lines of its mutant, the quickest and most deadly first, and ends with the first that fails.
"""

from __future__ import annotations

import gc
import os
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import _lru_cache_wrapper
from itertools import accumulate
from types import FunctionType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from coverage import Coverage

from tests.mutation.mutants import ROOT, Mutant
from tests.mutation.swapping import forget, living_caches, living_functions, swap

SURVIVED, KILLED, TIME_OUT, UNTESTED, FAULT = "survived", "killed", "time-out", "untested", "fault"
FATES = {0: SURVIVED, 1: KILLED, 2: FAULT}  # by exit status of the child; one that the system ended ran out of time
LONGEST_SECONDS = 0.5  # of processor time: a test that takes longer is not asked
LONGEST_LAST_WORDS = 4000  # bytes that fit into a pipe whoever reads it
Told = Callable[[Mutant, str, str], None]
TestsByLine = dict[int, set[str]]


class Killing:
    """Runs in place of pytest's own loop. `told` hears of each mutant what became of it, and what killed it."""

    def __init__(self, mutants: Sequence[Mutant], workers: int, patience: float, told: Told) -> None:
        self.mutants, self.workers, self.patience, self.told = mutants, workers, patience, told
        self.paths = sorted({mutant.path for mutant in mutants})
        self.items: dict[str, pytest.Item] = {}
        self.seconds: dict[str, float] = {}
        self.kills: Counter[tuple[str, str]] = Counter()  # by place, or "" for all, and test
        self.functions: dict[str, list[FunctionType]] = {}
        self.caches: list[_lru_cache_wrapper[Any]] = []
        self.sources = {path: (ROOT / path).read_text(encoding="utf-8") for path in self.paths}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Every test once, then every mutant."""
        self.items = {item.nodeid: item for item in session.items}
        lines = self._run_all_once(session.items)
        gc.unfreeze()  # what tests/conftest.py put aside would not be found alive
        self.functions = living_functions({str(ROOT / path) for path in self.paths})
        self.caches = living_caches()
        gc.collect()
        gc.freeze()  # a child that collects garbage would copy the memory that it shares
        self._try_all(lines)
        return True

    def _run_all_once(self, items: Sequence[pytest.Item]) -> dict[str, TestsByLine]:
        """Which tests came by which line of which file. UsageError where one is red without any mutant."""
        coverage = Coverage(data_file=None, include=[str(ROOT / path) for path in self.paths], messages=False)
        coverage.start()
        for item, following in zip(items, [*items[1:], None], strict=True):
            coverage.switch_context(item.nodeid)
            began_at = time.process_time()
            if any(report.failed for report in runtestprotocol(item, log=False, nextitem=following)):
                raise pytest.UsageError(f"red without any mutant: {item.nodeid}")
            self.seconds[item.nodeid] = time.process_time() - began_at
        coverage.stop()
        data = coverage.get_data()
        return {
            path: {line: set(tests) for line, tests in data.contexts_by_lineno(str(ROOT / path)).items()}
            for path in self.paths
        }

    def _try_all(self, lines: dict[str, TestsByLine]) -> None:
        waiting, running = iter(self.mutants), dict[int, tuple[Mutant, int]]()
        while True:
            while len(running) < self.workers and (mutant := next(waiting, None)) is not None:
                if asked := self._asked(mutant, lines[mutant.path]):
                    child, last_words = self._fork(mutant, asked)
                    running[child] = mutant, last_words
                else:
                    self.told(mutant, UNTESTED, "")
            if not running:
                return
            child, status = os.wait()
            mutant, last_words = running.pop(child)
            with os.fdopen(last_words, encoding="utf-8", errors="replace") as pipe:
                killer = pipe.read()
            self.kills.update([("", killer), (mutant.place, killer)])
            self.told(mutant, FATES.get(os.waitstatus_to_exitcode(status), TIME_OUT), killer)

    def _asked(self, mutant: Mutant, lines: TestsByLine) -> list[str]:
        """The tests that came by the mutant's statement, then those that came by its file, up to the patience.

        First who killed at that place, then the quickest and most deadly, where each further case of a test (each
        scenario of a feature) costs more. Who came by the file may rest on what another test made by that statement.
        """
        nearest = self._in_turn(mutant, lines, range(mutant.first, mutant.last + 1))
        others = self._in_turn(mutant, lines, lines) if nearest else []
        tests = list(dict.fromkeys([*nearest, *others]))
        spent = accumulate(self.seconds[name] for name in tests)
        return [name for name, seconds in zip(tests, spent, strict=True) if seconds <= self.patience]

    def _in_turn(self, mutant: Mutant, lines: TestsByLine, where: Iterable[int]) -> list[str]:
        tests = set[str]().union(*(lines.get(line, ()) for line in where))
        quick = [name for name in tests if name and self.seconds[name] < LONGEST_SECONDS]
        cost = {name: self.seconds[name] / (1 + self.kills["", name]) for name in quick}
        order, alike = {}, Counter[str]()
        for name in sorted(quick, key=lambda name: (cost[name], name)):
            kind = name.partition("::" if ".feature" in name else "[")[0]
            alike[kind] += 1
            order[name] = not self.kills[mutant.place, name], alike[kind] * cost[name], name
        return sorted(quick, key=order.__getitem__)

    def _fork(self, mutant: Mutant, tests: Sequence[str]) -> tuple[int, int]:
        """Start a child that is the mutant: its process, and where its last words are read."""
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            self._be(mutant, tests, writing)
        os.close(writing)
        return child, reading

    def _be(self, mutant: Mutant, tests: Sequence[str], writing: int) -> None:
        """What a child does; it never comes back."""
        fate, last_words = FAULT, ""
        try:
            limit = int(10 + 10 * sum(self.seconds[name] for name in tests))
            resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
            silence = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silence, 1)
            os.dup2(silence, 2)
            source = self.sources[mutant.path]
            swap(self.functions[str(ROOT / mutant.path)], source, mutant.changed(source), mutant.place)
            forget(self.caches, (ROOT / mutant.path).parent)
            fate, last_words = KILLED, "the end of the process"  # what a mutant does to pytest itself is a kill too
            last_words = next(_failing([self.items[name] for name in tests]), "")
            fate = KILLED if last_words else SURVIVED
        except BaseException as error:
            last_words = f"{type(error).__name__}: {error}"
        finally:
            os.write(writing, last_words.encode()[:LONGEST_LAST_WORDS])
            os._exit(next(status for status, name in FATES.items() if name == fate))


def _failing(items: Sequence[pytest.Item]) -> Iterator[str]:
    """The tests that fail, as they are found."""
    for item, following in zip(items, [*items[1:], None], strict=True):
        if any(report.failed for report in runtestprotocol(item, log=False, nextitem=following)):
            yield item.nodeid
