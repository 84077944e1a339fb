"""A change of the reference is in force only in its own world, is undone afterwards, and shows in the trace."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from reference_impl import deadlines
from reference_impl.civil_time import HOUR, instant_of, parse_instant
from reference_impl.life_cycle import transitions
from reference_impl.life_cycle.transitions import TRANSITIONS
from reference_impl.orders import Event, State
from reference_impl.policy import DEFAULT
from reference_impl.slot_agenda import SlotAgenda
from sim.world import World
from steps.selftest.changes import (
    GONE,
    NOTHING,
    Change,
    attribute,
    entry,
    files,
    function,
    journal,
    notices,
    readings,
    sms,
)
from steps.selftest.wrong.ways import late_sms, rewritten

NOON = parse_instant("2026-03-03T12:00:00+01:00")


def life(change: Change) -> list[dict[str, object]]:
    """The trace of one order that nobody answers, in a changed world."""
    with change.in_force():
        world = World(start=NOON, rewire=change.rewire)
        world.register_operator(operator="ALFA", agent_domain="agente.alfa.example", project_codes=["PRJ-ALFA"])
        world.submit_order(
            order="A-1", operator="ALFA", service="VULA_FTTH", line_state="LNA", project_code="PRJ-ALFA",
            phone="+393331234567",
        )  # fmt: skip
        world.report_line("A-1", "CO")
        world.run_until(NOON + 6 * HOUR)
        return world.finish()


def times(trace: Iterable[dict[str, object]], kind: str) -> list[object]:
    """When events of a type happened."""
    return [event["time"] for event in trace if event["type"] == kind]


def test_a_function_is_another_one_while_the_change_is_in_force_and_no_longer() -> None:
    lawful = deadlines.booking_closes(NOON, DEFAULT)
    with function(deadlines.booking_closes, lambda original: lambda *rest: original(*rest) + 1).in_force():
        assert deadlines.booking_closes(NOON, DEFAULT) == lawful + 1
        assert vars(transitions)["booking_closes"](NOON, DEFAULT) == lawful + 1
    assert deadlines.booking_closes(NOON, DEFAULT) == lawful
    assert vars(transitions)["booking_closes"] is deadlines.booking_closes


def test_what_a_changed_function_computed_is_forgotten() -> None:
    start = NOON + 48 * HOUR
    lawful = deadlines.reminder_at(start, NOON, DEFAULT)
    with function(instant_of, lambda original: lambda *rest: original(*rest) + HOUR).in_force():
        assert deadlines.reminder_at(start, NOON, DEFAULT) != lawful
    assert deadlines.reminder_at(start, NOON, DEFAULT) == lawful


def test_a_change_is_undone_where_what_ran_under_it_failed() -> None:
    original = SlotAgenda.free
    full = attribute(SlotAgenda, "free", lambda o: lambda *rest: 1 // 0)
    with full.in_force(), pytest.raises(ZeroDivisionError):
        SlotAgenda(DEFAULT, {"LAZIO": 4}).offered("LAZIO", NOON)
    assert SlotAgenda.free is original


def test_an_entry_of_a_table_can_change_and_go() -> None:
    key = (State.ENGAGED, Event.TERM_END)
    entries = list(TRANSITIONS.items())
    with entry(TRANSITIONS, key, GONE).in_force():
        assert key not in TRANSITIONS
    assert list(TRANSITIONS.items()) == entries, "in its order, too"


def test_filters_stand_at_every_wire() -> None:
    kinds = ("sms.sent", "csv.deposited", "notification.sent", "sla.suspended")
    plain = life(NOTHING)
    for change, silenced in (
        (sms(lambda message: ()), "sms.sent"),
        (files(lambda file: ()), "csv.deposited"),
        (notices(lambda notice: ()), "notification.sent"),
        (journal(lambda entry: () if entry[1] == "sla.suspended" else (entry,)), "sla.suspended"),
    ):
        trace = life(change)
        assert [kind for kind in kinds if not times(trace, kind)] == [silenced]
        assert times(plain, silenced)


def test_what_leaves_late_is_seen_late() -> None:
    assert times(life(late_sms("engagement", HOUR)), "sms.sent") == ["2026-03-03T13:00:00.000+01:00"]


def test_a_service_can_behave_by_another_reading_than_its_world_declares() -> None:
    assert times(life(readings(csv_cadence="immediate")), "csv.deposited") == ["2026-03-03T12:00:00.000+01:00"]
    assert times(life(NOTHING), "csv.deposited") == ["2026-03-03T16:00:00.000+01:00"]


def test_a_malformed_file_is_shown_as_it_is() -> None:
    trace = life(rewritten(lambda data: data.replace(b";", b",")))
    (deposit,) = (event["data"] for event in trace if event["type"] == "csv.deposited")
    assert isinstance(deposit, dict)
    (row,) = deposit["rows"]
    assert (row["order"], row["date"]) == ("A-1", "03/03/2026")
    assert deposit["malformed"] == {
        "line": 1,
        "field": "line",
        "message": "1 fields; allowed: 4 (order, date, link, phone)",
    }


def test_changes_add_up() -> None:
    both = sms(lambda message: ()) + notices(lambda notice: ())
    trace = life(both)
    assert not times(trace, "sms.sent")
    assert not times(trace, "notification.sent")
