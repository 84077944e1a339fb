"""Every reading and value: a system that keeps it passes, declared or not; two values contradict each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from functools import cache
from typing import Any

import pytest

from reference_impl.errors import AgentRejected, IntakeError
from reports.judging.catalogue import catalogue
from reports.judging.judge import judge
from reports.judging.profiles import checked as canonical
from tests.judging.lives import COPPER, Life
from tests.judging.traces import Event
from tests.judging.verdicts import ANY, broken, declared

Live = Callable[..., Life]


def attempt(act: Callable[..., Life], *arguments: str) -> None:
    """An act that may be refused, by reading."""
    with suppress(AgentRejected):
        act(*arguments)


def booked(**readings: Any) -> Life:
    life = Life(**readings).ready("2026-03-03 17:30")
    attempt(life.confirm, "2026-03-04 16:00", "2026-03-10 10:00")
    attempt(life.confirm, "2026-03-04 16:01", "2026-03-10 10:00")
    for hour in (10, 12):
        attempt(life.reschedule, f"2026-03-05 {hour}:00", f"2026-03-16 {hour + 2}:00", "operator")
    return life.until("2026-03-17 00:00")


def over_easter(**readings: Any) -> Life:
    """From a Friday evening; booked when the term is over for some."""
    life = Life(COPPER, start="2026-03-30 06:00", **readings).ready("2026-04-03 19:30")
    attempt(life.confirm, "2026-04-08 21:00", "2026-04-13 10:00")
    return life.until("2026-04-15 00:00")


def ready_on_a_holiday(**readings: Any) -> Life:
    return Life(start="2026-04-04 06:00", **readings).ready("2026-04-06 10:00").until("2026-04-15 00:00")


def ready_at_the_end_of_the_window(**readings: Any) -> Life:
    return Life(**readings).ready("2026-03-03 20:00").until("2026-03-05 00:00")


def refused(**readings: Any) -> Life:
    life = Life(**readings).ready("2026-03-03 10:00").decline("2026-03-03 15:00")
    attempt(life.confirm, "2026-03-04 10:00", "2026-03-10 10:00", "operator")
    return life.until("2026-03-12 00:00")


def cancelled(**readings: Any) -> Life:
    return Life(**readings).ready("2026-03-03 10:00").cancel("2026-03-03 11:00").until("2026-03-05 00:00")


def ready_twice(**readings: Any) -> Life:
    return Life(**readings).ready("2026-03-03 10:00").ready("2026-03-03 12:00").until("2026-03-08 00:00")


def unreachable(**readings: Any) -> Life:
    life = Life(order={"phone": "+390612345678"}, **readings).until("2026-03-03 10:00")
    return (life if life.seen("order.handed_back") else life.ready("2026-03-03 10:00")).until("2026-03-05 00:00")


def two_at_once(**readings: Any) -> Life:
    life = Life(**readings)
    life.another("ORDER-2")
    life.ready("2026-03-03 10:00").world.report_line("ORDER-2", "CO")
    return life.until("2026-03-03 16:00")


def handed_in(**order: Any) -> Live:
    def live(**readings: Any) -> Life:
        return Life(COPPER, order=order, **readings).until("2026-03-02 12:00")

    return live


TWO_CODES = handed_in(delivery_code="DLV-ALFA")
STRANGE_CODE = handed_in(project_code="PRJ-BETA")
ACTIVE_LINE = handed_in(line_state="LA")
DELIVERY_DISAGGREGATED = handed_in(project_code=None, delivery_code="DLV-ALFA", disaggregated=True)
LIVES: dict[str, Sequence[Live]] = {
    "working_week": (over_easter,), "holidays": (over_easter, ready_on_a_holiday), "first_day": (ready_on_a_holiday,),
    "day_end": (over_easter, refused), "sms_on_holidays": (ready_on_a_holiday,), "sms_cadence": (refused,),
    "csv_rollover": (over_easter,), "csv_cadence": (booked, over_easter), "csv_date": (booked,),
    "csv_file": (two_at_once,), "first_notice_unconditional": (booked, refused), "link_identity": (booked,),
    "domain_match": (booked,), "late_booking": (over_easter,), "earliest_slot": (booked,), "reminder_time": (booked,),
    "reminder_sunday": (booked, over_easter), "reminder_on_reschedule": (booked,), "cutoff_included": (booked,),
    "window_end_included": (ready_at_the_end_of_the_window,), "reschedule_notice": (booked,),
    "max_reschedules": (booked,), "refusal_notice": (refused,), "refusal_final": (refused,), "race_retry": (booked,),
    "both_codes": (TWO_CODES,), "unknown_code": (STRANGE_CODE,), "ineligible": (ACTIVE_LINE,),
    "delivery_scope": (DELIVERY_DISAGGREGATED,), "bad_number": (unreachable,), "sla_resume": (booked,),
    "reengage": (ready_twice,), "cancel": (cancelled,), "cancelled_row": (cancelled,), "offered_days": (booked,),
    "never_after": (refused,),
}  # fmt: skip
NO_READINGS = {"csv_dialect", "slot_grid", *(name for name in catalogue().parameters if name.startswith("warn_"))}
FURTHER_VALUES: dict[str, Sequence[Any]] = {
    "holidays": ("national", "none", ["national", "04-08"]), "reminder_time": ("09:00", "18:00"),
    "max_reschedules": ("unlimited", 1, 0), "offered_days": ("unlimited", 20), "never_after": ("unlimited", 864000),
}  # fmt: skip
VALUES = [(name, value) for name in LIVES for value in FURTHER_VALUES.get(name, catalogue().parameters[name].readings)]
# Open readings of which two values cannot stand beside each other in one trace. Of the others one value, at least,
# allows what the other demands, or nothing outside tells them apart.
CONTRADICTORY: dict[str, tuple[Any, Any]] = {
    "csv_date": ("sms_day", "deposit_day"), "csv_file": ("per_run", "per_order"), "cancelled_row": ("owed", "dropped"),
    "link_identity": ("per_channel", "shared"), "max_reschedules": ("unlimited", 1), "refusal_final": ("yes", "no"),
    "both_codes": ("progetto_wins", "reject"), "unknown_code": ("ordinary", "reject"),
    "ineligible": ("ordinary", "reject"), "sla_resume": ("appointment", "booking"),
}  # fmt: skip


def trace_of(name: str, value: Any) -> list[Event]:
    """What was seen of the lives of a reading under a value, each in a world of its own; nothing is declared."""
    return list(_trace_of(name, repr(value), tuple(value) if isinstance(value, list) else value))


@cache
def _trace_of(name: str, tag: str, value: Any) -> tuple[Event, ...]:
    readings = {name: list(value) if isinstance(value, tuple) else value}
    return tuple(event for rank, live in enumerate(LIVES[name]) for event in _in_world(f"{tag}{rank}", live, readings))


def _in_world(world: str, live: Live, readings: dict[str, Any]) -> Iterator[Event]:
    try:
        events = live(**readings).world.finish()
    except IntakeError as refused_at_once:
        pytest.fail(f"{world}: {refused_at_once}")
    yield from ({**event, "id": f"{world}-{event['id']}", "world": world} for event in events)


def in_order(events: list[Event]) -> list[Event]:
    return sorted(events, key=lambda event: datetime.fromisoformat(event["time"]))


def broken_rules(events: list[Event], **readings: Any) -> list[str]:
    """The rules that are violated under these readings, or with none declared."""
    return list(broken(judge(in_order(events), declared(**readings) if readings else ANY)))


def test_every_reading_has_a_life_that_shows_it() -> None:
    assert {*LIVES, *NO_READINGS} == set(catalogue().parameters)


@pytest.mark.parametrize(("name", "value"), VALUES, ids=[f"{name}={value}" for name, value in VALUES])
def test_a_value_passes_as_declared_and_is_no_failure_undeclared(name: str, value: Any) -> None:
    events = trace_of(name, value)
    assert broken_rules(events, **{name: canonical(catalogue().parameters[name], value, "the test")}) == []
    assert broken_rules(events) == []
    inferred = judge(in_order(events), ANY).inferred.get(name)
    assert inferred is None or str(value) in inferred


@pytest.mark.parametrize("name", CONTRADICTORY)
def test_two_values_of_an_open_reading_in_one_trace_contradict_each_other(name: str) -> None:
    first, second = CONTRADICTORY[name]
    verdicts = judge(in_order(trace_of(name, first) + trace_of(name, second)), ANY)
    findings = [finding for rule in verdicts.rules for finding in rule.findings if finding.verdict == "FAIL"]
    (finding, *_) = [finding for finding in findings if name in str(finding.reading)]
    assert len(finding.evidence) >= 2
    assert str(finding.observed).count(f"{name}=") >= 2
    assert verdicts.inferred[name] == []


def test_more_moves_than_are_told_apart_are_still_explained() -> None:
    life = Life(max_reschedules=25, territories={"LAZIO": 100}).ready("2026-03-03 10:00")
    life.confirm("2026-03-03 12:00", "2026-03-12 10:00")
    for minute in range(26):
        attempt(life.reschedule, f"2026-03-03 13:{minute:02}", f"2026-03-1{6 + minute % 2} 10:00")
    assert broken_rules(list(life.world.finish())) == []
    assert judge(life.trace, ANY).inferred["max_reschedules"] == ["20 or more"]
