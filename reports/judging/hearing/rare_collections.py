"""Python's garbage collector runs rarely while a trace is judged: it took a sixth of the judge's time.

What lives here: that setting, and how it is undone. Judging makes no reference cycles: an order is freed when nothing
holds it any more, so that memory is as small as before. For code that does make cycles the collector still runs.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

OBJECTS_BETWEEN = 100_000  # 700 by default


@contextmanager
def rare_collections() -> Iterator[None]:
    """Collects cycles once in 100,000 new objects; a threshold that is higher already, or 0, stays."""
    usual, *older = gc.get_threshold()
    if not 0 < usual < OBJECTS_BETWEEN:
        yield
        return
    gc.set_threshold(OBJECTS_BETWEEN, *older)
    try:
        yield
    finally:
        gc.set_threshold(usual, *older)
