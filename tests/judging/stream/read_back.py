"""The reader of the judge as plain lists: the events of a file, the orders of a survey."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from reports.judging.events import Event
from reports.judging.hearing.stories import Stories
from reports.judging.hearing.survey import Survey
from reports.judging.order_story import OrderStory
from reports.judging.reading.trace_reader import TraceFile


def read_trace(path: str) -> list[dict[str, Any]]:
    """The events of a trace file, checked; `-` is standard input. Raises InputError."""
    trace = TraceFile(path)
    trace.check()
    return list(trace)


def check_lines(folder: Path, lines: Iterable[str]) -> None:
    """Check some lines as the file `t.jsonl` of a folder. Raises InputError."""
    path = folder / "t.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    read_trace(str(path))


def finished_orders(survey: Survey, events: Iterable[Event]) -> Iterator[OrderStory]:
    """The orders of a surveyed trace, each when nothing more of it comes."""
    stories = Stories(survey)
    for event in events:
        for order in stories.take(event):
            yield stories.finished(order)
