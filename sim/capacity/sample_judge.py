"""Has the sampled orders of a run judged: in a process of its own, beside the tables, where a run has several workers.

What lives here: the process in which the judge works. It must not know how verdicts come about, nor what they say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sim.capacity.jobs.workers import worker_context
from sim.capacity.judged import verdicts_of

if TYPE_CHECKING:
    from concurrent.futures import Future


class SampleJudge:
    """Begins to judge the trace of a run as soon as it is complete; `verdicts` waits for the end.

    With several workers it judges in a process of its own, while this one makes the tables: a second and a half of
    eight replications of a national year.
    """

    def __init__(self, workers: int, seed: int) -> None:
        self._workers, self._seed = workers, seed
        self._verdicts: Future[str] | None = None

    def hear(self, trace: Sequence[Mapping[str, object]], profile: str) -> None:
        """Begin to judge a trace under a profile."""
        from concurrent.futures import Executor, ProcessPoolExecutor

        from sim.capacity.jobs.replications import HereExecutor

        several = self._workers > 1
        pool: Executor = ProcessPoolExecutor(1, mp_context=worker_context()) if several else HereExecutor()
        self._verdicts = pool.submit(verdicts_of, trace, profile, self._seed)
        pool.shutdown(wait=False)

    def verdicts(self) -> str:
        """The verdicts, as verdicts.json has them, once the trace has been judged."""
        return "" if self._verdicts is None else self._verdicts.result()
