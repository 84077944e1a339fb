"""What the page of a run says of its lead times and opening state, for the terminal: the same sentences and tables.

What lives here: the way from a run to the sentences of `reports`. It must not know how a sentence comes about.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.capacity.tables.results import Run


def explained(run: Run, language: str) -> Iterator[str]:
    """What lead times were spent on, which part is to blame, full weekdays, late weeks, the opening state."""
    from reports.capacity.figures.backlog import backlog_sentences
    from reports.capacity.figures.lead_parts import blame, full_sentences, parts_sentence
    from reports.capacity.figures.weeks import late_sentence
    from reports.capacity.run_folder import CapacityRun

    capacity_run = CapacityRun(run.about, run.frames, None, run.plan)
    for sentence in (
        parts_sentence(capacity_run),
        blame(capacity_run),
        *full_sentences(capacity_run),
        late_sentence(capacity_run),
        *backlog_sentences(capacity_run),
    ):
        if sentence is not None:
            words = sentence.in_language(language)
            yield words[0].upper() + words[1:]
