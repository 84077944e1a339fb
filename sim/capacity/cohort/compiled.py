"""The ordered loop compiled with numba, if that is installed: the same functions, the same numbers.

numba costs half a second to load, and compiling half a minute, the first time; so only long runs ask for it.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from types import FunctionType
from typing import Any

from sim.capacity.cohort import arrays, calls, closing, files, free_slots, layout, lives, loop, sessions, wires
from sim.capacity.cohort.arrays import World

PARTS = arrays, wires, free_slots, lives, sessions, calls, files, closing, loop

SMALL = (
    "count",
    "peak",
    "wait",
    "tell",
    "let_go",
    "end",
    "has_room",
    "add",
    "replace_least",
    "ask",
    "bin_number",
    "last_at_or_before",
    "position_of",
    "instant_at",
)


def can_compile() -> bool:
    """Whether numba is installed."""
    return find_spec("numba") is not None


def is_compiled() -> bool:
    """Whether compiled code is kept from an earlier run."""
    return any(_cache_folder().rglob("*.nbc"))


@lru_cache(maxsize=1)
def compiled_run() -> Callable[..., Any]:
    """`loop.run`, compiled. Raises ImportError without numba."""
    import numba

    from sim.capacity.cohort.pointer import header_of, look_ahead, pointer_to, sort_due

    numba.config.CACHE_DIR = str(_cache_folder())
    namespace = {name: value for module in PARTS for name, value in vars(module).items()}
    names = {module.__name__ for module in PARTS}
    own = {name: value for name, value in namespace.items() if getattr(value, "__module__", "") in names}
    own = {name: value for name, value in own.items() if isinstance(value, FunctionType)}
    namespace |= {"by_reference": pointer_to(), "look_ahead": look_ahead(), "sort_due": sort_due()}
    for name, function in own.items():
        if name in ("by_reference", "look_ahead", "sort_due"):
            continue
        copy = FunctionType(function.__code__, namespace, name)
        copy.__module__, copy.__qualname__ = function.__module__, function.__qualname__
        namespace[name] = numba.njit(copy, cache=True, forceinline=name in SMALL)
    run = namespace["run"]

    def run_compiled(world: World, *arguments: Any) -> Any:
        return run(header_of(world), *arguments)

    return run_compiled


def _cache_folder() -> Path:
    """Where compiled code is kept: by what it was made from, for numba looks at the file of a function only."""
    made_from = hashlib.sha256()
    for file in (__file__, layout.__file__, *(module.__file__ for module in PARTS)):
        made_from.update(Path(str(file)).read_bytes())
    for module in PARTS:
        numbers = {name: value for name, value in vars(module).items() if isinstance(value, int)}
        made_from.update(repr(sorted(numbers.items())).encode())
    root = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or str(Path.home() / ".cache")
    folder = Path(root) / "appuntamento" / f"loop-{made_from.hexdigest()[:16]}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Path(tempfile.mkdtemp(prefix="appuntamento-loop-"))
    return folder
