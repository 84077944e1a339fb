"""The process that the workers of a pool are forked from, with all that they need loaded once.

It can be started before anything is asked of it, and loads while the command itself does: 0.8 s during which a run
of two workers would do nothing. This module loads nothing before that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext

LOADED_ONCE = ["sim.capacity.jobs.reporting", "scipy.special", "llvmlite.binding"]  # what is not installed is left out

LOADED_MEANWHILE = ["sim.capacity.tables.results", "reports.capacity.pages"]


def worker_context() -> ForkServerContext:
    """How workers are made."""
    import multiprocessing

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(LOADED_ONCE)
    return context


def begin_early(workers: int, cluster: str | None) -> None:
    """Start that process, if a run is to have workers of its own."""
    if workers > 1 and cluster is None:
        from multiprocessing import forkserver

        worker_context()
        forkserver.ensure_running()


def load_meanwhile() -> None:
    """Load what is wanted when the workers are done, while they work: 0.3 s in which they would wait."""
    from importlib import import_module

    for name in LOADED_MEANWHILE:
        import_module(name)
