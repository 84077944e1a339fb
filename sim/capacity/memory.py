"""Gives memory that is no longer used back to the system, before something else needs as much.

What lives here: calls to Linux and its C library. On other systems nothing is called, and a run only takes more memory.
"""

from __future__ import annotations

import ctypes
import re
import sys
from pathlib import Path

CAN_ASK = sys.platform == "linux"
MAPS = Path("/proc/self/maps")
DONT_NEED = 4  # of `madvise`
CODE = re.compile(r"([0-9a-f]+)-([0-9a-f]+) r-xp \S+ \S+ \S+ +(\S.*)")


def give_back_what_is_free() -> None:
    """Give back the free memory that the C library keeps for later: 28 MB after a national year."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if CAN_ASK else None
    if trim is not None:
        trim(0)


def let_go_of_code(library: str) -> None:
    """Let go of the code of a library that has done its work; what is called again comes back from its file.

    LLVM's, once the loop is loaded, is 32 MB.
    """
    if not CAN_ASK:
        return
    advise = ctypes.CDLL(None).madvise
    advise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
    for first, behind, file in CODE.findall(MAPS.read_text("utf-8")):
        if Path(file).name == library:
            advise(int(first, 16), int(behind, 16) - int(first, 16), DONT_NEED)
