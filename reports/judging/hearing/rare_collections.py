"""Python's search for cycles, put off while a trace is judged: a sixth of the judge's time went into it.

What lives here: that setting, and its way back. Judging makes no cycles: what an order leaves behind is freed when
nobody holds it any more, so that memory is as small as before. The search goes on, only rarely, for those who do.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

OBJECTS_BETWEEN = 100_000  # 700 by default


@contextmanager
def rare_collections() -> Iterator[None]:
    """Collect cycles once in so many new objects; a threshold that is higher already, or 0, stays."""
    usual, *older = gc.get_threshold()
    if not 0 < usual < OBJECTS_BETWEEN:
        yield
        return
    gc.set_threshold(OBJECTS_BETWEEN, *older)
    try:
        yield
    finally:
        gc.set_threshold(usual, *older)
