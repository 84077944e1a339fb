"""A trace is judged as a stream: memory grows with the orders under way, not with the length of the trace."""

from __future__ import annotations

import gc
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from reports.conformance import page_choice
from reports.conformance.page_model import build_model
from reports.judging import verdicts
from reports.judging.catalogue import catalogue
from reports.judging.deciding import decisions
from reports.judging.errors import InputError
from reports.judging.events import Event
from reports.judging.hearing import court
from reports.judging.hearing.stories import Stories
from reports.judging.judge import judge
from reports.judging.order_owners import KnownOrder
from reports.judging.order_story import OrderStory
from reports.judging.profiles import load_profile
from reports.judging.reading import repeated_ids
from reports.judging.reading.trace_reader import TraceFile
from tests.judging.stream.long_trace import long_trace

DEFAULT = load_profile("default")
WEEKS, ORDERS_A_WEEK = 12, 4
UNDER_WAY = 2 * ORDERS_A_WEEK  # an order lives for ten days
AT_ONCE = 3  # orders that are held until they are judged together


def written(path: Path, weeks: int = WEEKS, late_file: int = 0) -> Path:
    path.write_text("\n".join(long_trace(weeks, ORDERS_A_WEEK, late_file)), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def trace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("stream") / "trace.jsonl")


@pytest.fixture(scope="module")
def late(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Half of the files come late."""
    return written(tmp_path_factory.mktemp("stream") / "late.jsonl", late_file=2)


def test_only_the_orders_under_way_are_held(trace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counts: list[tuple[int, int, int]] = []

    class Watched(Stories):
        def take(self, event: Event) -> Sequence[KnownOrder]:
            over = super().take(event)
            if event.index % 50 == 0:
                alive = [type(living) for living in gc.get_objects()]
                counts.append((len(self.under_way), alive.count(OrderStory), alive.count(Event)))
            return over

    monkeypatch.setattr(court, "Stories", Watched)
    monkeypatch.setattr(court, "ORDERS_AT_ONCE", AT_ONCE)
    gc.collect()
    assert judge(TraceFile(str(trace)), DEFAULT).verdict_of("BOOK-3").occasions == WEEKS * ORDERS_A_WEEK
    assert len(counts) > 10
    assert max(under_way for under_way, _, _ in counts) <= UNDER_WAY
    assert max(stories for _, stories, _ in counts) <= UNDER_WAY + AT_ONCE
    assert max(events for _, _, events in counts[1:]) < len(trace.read_text(encoding="utf-8").splitlines()) / 2


@pytest.mark.parametrize("profile", ["default", "any"])
def test_a_file_is_judged_as_the_same_events_in_memory(late: Path, profile: str) -> None:
    events = [json.loads(line) for line in late.read_text(encoding="utf-8").splitlines()]
    chosen = load_profile(profile)
    assert judge(TraceFile(str(late)), chosen).to_json() == judge(events, chosen).to_json()


@pytest.mark.parametrize("profile", ["default", "any"])
def test_findings_of_one_kind_are_listed_up_to_a_bound_and_counted_beyond(
    late: Path, profile: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    complete = judge(TraceFile(str(late)), load_profile(profile)).verdict_of("CSV-4")
    assert not complete.more
    for module in (verdicts, decisions):
        monkeypatch.setattr(module, "MOST_OF_A_KIND", 5)
    bounded = judge(TraceFile(str(late)), load_profile(profile)).verdict_of("CSV-4")
    assert (
        (bounded.verdict, bounded.occasions)
        == (complete.verdict, complete.occasions)
        == ("FAIL", WEEKS * ORDERS_A_WEEK)
    )
    assert len(bounded.findings) == 5
    assert bounded.more == {"FAIL": len(complete.findings) - 5}
    assert bounded.members()["more"] == {"FAIL": len(complete.findings) - 5}


def test_an_id_that_stands_twice_far_apart_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeated_ids, "FEW", 10)
    lines = list(long_trace(2, 2))
    again = json.loads(lines[-1]) | {"id": json.loads(lines[2])["id"]}
    path = tmp_path / "twice.jsonl"
    path.write_text("\n".join([*lines, json.dumps(again)]), encoding="utf-8")
    with pytest.raises(InputError, match=rf"twice.jsonl, line {len(lines) + 1}, member id: .* stands twice"):
        judge(TraceFile(str(path)), DEFAULT)


def test_a_page_keeps_the_events_of_the_orders_that_it_may_draw(late: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_choice, "MOST_ORDERS_TOLD", 5)
    events = TraceFile(str(late))
    model = build_model(judge(events, DEFAULT).members(), events, catalogue())
    assert len(model.stories.orders) == WEEKS * ORDERS_A_WEEK
    assert not any(story.events for story in model.stories.orders)
    page_choice.load_shown(model)
    examples = sum(len(view.groups) for view in model.views())
    orders = [story for story in model.stories.orders if story.events]
    assert 5 <= len(orders) <= 5 + examples + 1  # and one without findings
