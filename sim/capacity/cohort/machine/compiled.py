"""The ordered loop as machine code, where numba is installed: the same functions, the same numbers.

`compiling` makes it with numba, which takes most of a minute, once; it is kept as an object file in the user's cache
folder. To run it only LLVM's loader is needed: to have numba load what it compiled took a second and 80 MB more.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from sim.capacity.cohort import layout
from sim.capacity.cohort.arrays import World
from sim.capacity.cohort.machine.machine_code import PARTS, header_of, loaded

MADE_WITH = ("compiling.py", "machine_code.py", "pointer.py")


def can_compile() -> bool:
    """Whether numba is installed."""
    return find_spec("numba") is not None


def is_compiled() -> bool:
    """Whether compiled code is kept from an earlier run."""
    return _kept_at().exists()


@lru_cache(maxsize=1)
def compiled_run() -> Callable[..., int]:
    """`loop.run`, compiled. Raises ImportError without numba."""
    function = loaded(_machine_code())

    def run_compiled(world: World, until: int) -> int:
        header = header_of(world)
        return int(function(header.ctypes.data, until))

    return run_compiled


def _machine_code() -> bytes:
    """The object file: as kept, else made and kept."""
    path = _kept_at()
    if not path.exists():
        from sim.capacity.cohort.machine.compiling import object_file  # here: it loads numba

        unfinished = path.with_suffix(f".{os.getpid()}")
        unfinished.write_bytes(object_file())
        unfinished.replace(path)
    return path.read_bytes()


@lru_cache(maxsize=1)
def _kept_at() -> Path:
    """Where machine code is kept: by what it was made from, with what, and for which processor."""
    import llvmlite.binding as llvm

    made_from = hashlib.sha256(f"{llvm.get_host_cpu_name()} {llvm.get_host_cpu_features().flatten()}".encode())
    here = Path(__file__).parent
    for file in (*(here / name for name in MADE_WITH), layout.__file__, *(module.__file__ for module in PARTS)):
        made_from.update(Path(str(file)).read_bytes())
    for module in PARTS:
        numbers = {name: value for name, value in vars(module).items() if isinstance(value, int)}
        made_from.update(repr(sorted(numbers.items())).encode())
    root = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or str(Path.home() / ".cache")
    folder = Path(root) / "appuntamento"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        folder = Path(tempfile.mkdtemp(prefix="appuntamento-loop-"))
    return folder / f"loop-{made_from.hexdigest()[:16]}.o"
