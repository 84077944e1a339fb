"""The ordered loop compiled with numba, if that is installed: the same functions, the same numbers.

numba costs half a second to load and the first compilation a minute, which is kept on disk; so only long runs ask for it.
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

from sim.capacity.cohort import layout, loop


def can_compile() -> bool:
    """Whether numba is installed."""
    return find_spec("numba") is not None


@lru_cache(maxsize=1)
def compiled_run() -> Callable[..., Any]:
    """`loop.run`, compiled. Raises ImportError without numba."""
    import numba

    numba.config.CACHE_DIR = str(_cache_folder())
    functions = {name: value for name, value in vars(loop).items() if isinstance(value, FunctionType)}
    own = {name: function for name, function in functions.items() if function.__module__ == loop.__name__}
    namespace = dict(vars(loop))
    for name, function in own.items():
        copy = FunctionType(function.__code__, namespace, name)
        copy.__module__, copy.__qualname__ = function.__module__, function.__qualname__
        namespace[name] = numba.njit(copy, cache=True)
    return namespace["run"]  # type: ignore[no-any-return]


def _cache_folder() -> Path:
    """Where compiled code is kept: by what it was made from, for numba looks at the file of a function only."""
    made_from = hashlib.sha256()
    for module in (layout, loop):
        made_from.update(Path(str(module.__file__)).read_bytes())
    for name, value in sorted(vars(loop).items()):
        if isinstance(value, int):
            made_from.update(f"{name}={value}".encode())
    root = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or str(Path.home() / ".cache")
    folder = Path(root) / "appuntamento" / f"loop-{made_from.hexdigest()[:16]}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Path(tempfile.mkdtemp(prefix="appuntamento-loop-"))
    return folder
