"""Puts a mutant into the running process: the functions of its place get the changed code, wherever they are held.

What lives here: how a change takes effect without importing anything anew. It is done in a child process only, for
nothing takes it back. What a module or a class body does when it is imported cannot be changed so.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import _lru_cache_wrapper
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any


def swap(functions: Iterable[FunctionType], source: str, changed: str, place: str) -> None:
    """Give the functions of this place (a qualified name) the code of the changed source, and those made within it.

    Raises LookupError where there is no such function.
    """
    names = (f"{place}.", f"{place}.<locals>.")
    within = [function for function in functions if f"{function.__code__.co_qualname}.".startswith(names)]
    if not within:
        raise LookupError(f"{place} is not alive")
    filename = within[0].__code__.co_filename
    old, new = codes_of(source, filename), codes_of(changed, filename)
    for function in within:
        twin = _twin(function.__code__, old, new)
        if twin is not None:  # else the change has taken away what made it
            function.__code__ = twin


def _twin(code: CodeType, old: dict[str, list[CodeType]], new: dict[str, list[CodeType]]) -> CodeType | None:
    """The code that stands in the changed source where this one stands in the source."""
    namesakes, changed = old[code.co_qualname], new[code.co_qualname]
    if len(namesakes) != len(changed):
        return None
    return changed[next(rank for rank, candidate in enumerate(namesakes) if candidate == code)]


def codes_of(source: str, filename: str) -> dict[str, list[CodeType]]:
    """All code of a file by qualified name, in the order of the file."""
    codes: dict[str, list[CodeType]] = defaultdict(list)
    for code in _nested(compile(source, filename, "exec", dont_inherit=True)):
        codes[code.co_qualname].append(code)
    return codes


def _nested(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _nested(constant)


def living_functions(filenames: Iterable[str]) -> dict[str, list[FunctionType]]:
    """The functions of some files that are alive in this process, by file."""
    functions: dict[str, list[FunctionType]] = {filename: [] for filename in filenames}
    for living in gc.get_objects():
        if isinstance(living, FunctionType) and living.__code__.co_filename in functions:
            functions[living.__code__.co_filename].append(living)
    return functions


def living_caches() -> list[_lru_cache_wrapper[Any]]:
    """What functions of this process remember of their answers."""
    caches = [living for living in gc.get_objects() if isinstance(living, _lru_cache_wrapper)]
    return [cache for cache in caches if isinstance(cache.__wrapped__, FunctionType)]


def forget(caches: Iterable[_lru_cache_wrapper[Any]], folder: Path) -> None:
    """What functions of a folder remember was found before the change."""
    for cache in caches:
        if folder in Path(cache.__wrapped__.__code__.co_filename).parents:
            cache.cache_clear()
