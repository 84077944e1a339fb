"""Simulated time: what is due at an instant happens then, what is due together is one event, time does not go back."""

from __future__ import annotations

import pytest
import simpy
from hypothesis import given
from hypothesis import strategies as st

from sim.agenda import SPAN, Agenda
from sim.clock import run_until, schedule_at
from tests.judging.lives import Life, at

START = at("2026-03-29 00:00")  # the night in which the clock loses an hour


class Bell:
    """Wake-ups in an environment of their own, which remember who was woken and when."""

    def __init__(self) -> None:
        self.env = simpy.Environment(initial_time=START)
        self.rung: list[tuple[str, int, int]] = []
        self.wake_ups = Agenda(self.env)

    def ring(self, subject: str, now: int) -> None:
        self.rung.append((subject, now, int(self.env.now)))

    @property
    def names(self) -> list[str]:
        return [name for name, _, _ in self.rung]


def test_what_is_due_at_the_instant_itself_happens() -> None:
    bell = Bell()
    bell.wake_ups.wake_at(START + 10, bell.ring, "a")
    run_until(bell.env, START + 9)
    assert bell.names == []
    run_until(bell.env, START + 10)
    assert bell.rung == [("a", START + 10, START + 10)]


def test_the_clock_stays_where_it_was_told_to_go() -> None:
    bell = Bell()
    bell.wake_ups.wake_at(START + 10, bell.ring, "a")
    run_until(bell.env, START + 12)
    assert (bell.env.now, type(bell.env.now)) == (START + 12, int)
    run_until(bell.env, START + 12)
    assert bell.env.now == START + 12


def test_going_back_is_refused_and_moves_nothing() -> None:
    bell = Bell()
    run_until(bell.env, START + 10)
    with pytest.raises(ValueError, match="cannot go back"):
        run_until(bell.env, START + 9)
    assert bell.env.now == START + 10


def test_nothing_is_scheduled_in_the_past() -> None:
    bell = Bell()
    run_until(bell.env, START + 10)
    with pytest.raises(ValueError, match="has passed"):
        schedule_at(bell.env, START + 9, bell.names.clear)
    with pytest.raises(ValueError, match="has passed"):
        bell.wake_ups.wake_at(START + 9, bell.ring, "a")


def test_who_shares_an_instant_shares_one_event_and_comes_in_the_order_of_asking() -> None:
    bell = Bell()
    for subject in "abc":
        bell.wake_ups.wake_at(START + 10, bell.ring, subject)
    bell.env.step()
    assert bell.names == ["a", "b", "c"]
    assert bell.env.peek() == float("inf")


def test_what_is_asked_for_now_is_done_now_after_who_was_there_before() -> None:
    bell = Bell()

    def ring(subject: str, now: int) -> None:
        bell.ring(subject, now)
        if subject == "a":
            bell.wake_ups.wake_at(now, ring, "from a")

    for subject in "ab":
        bell.wake_ups.wake_at(START + 10, ring, subject)
    run_until(bell.env, START + 10)
    assert bell.names == ["a", "b", "from a"]


@given(st.lists(st.integers(0, 50), min_size=1), st.lists(st.integers(0, 60)))
def test_every_wake_up_comes_once_at_its_instant_in_order_of_time(delays: list[int], stops: list[int]) -> None:
    bell = Bell()
    for number, delay in enumerate(delays):
        bell.wake_ups.wake_at(START + delay, bell.ring, str(number))
    for stop in [*sorted(stops), 60]:
        run_until(bell.env, START + stop)
    due = sorted(enumerate(delays), key=lambda one: one[1])
    assert bell.rung == [(str(number), START + delay, START + delay) for number, delay in due]


def test_a_function_of_a_world_is_called_at_its_instant() -> None:
    life, calls = Life(), list[int]()
    life.world.at(at("2026-03-02 10:00"), lambda: calls.append(life.world.now))
    life.until("2026-03-02 09:59:59.999")
    assert calls == []
    assert life.until("2026-03-02 10:00").world.now == calls[0] == at("2026-03-02 10:00")


def test_a_world_does_not_go_back() -> None:
    with pytest.raises(ValueError, match="cannot go back"):
        Life(start="2026-03-02 10:00").until("2026-03-02 09:59:59.999")


def test_orders_that_wait_for_the_same_midnight_are_one_event() -> None:
    life = Life()
    for number in range(2, 12):
        life.another(f"ORDER-{number}")
        life.world.report_line(f"ORDER-{number}", "CO")
    life.ready("2026-03-02 07:00").until("2026-03-04 23:59:59.999")
    assert life.world.env.peek() == at("2026-03-05 00:00")
    event_count = len(life.trace)
    life.world.env.step()
    assert sum(event["data"].get("code") == "W24" for event in life.trace[event_count:]) == 11


@given(st.dictionaries(st.integers(0, 40), st.integers(0, SPAN - 1)), st.sets(st.integers(1, 40)))
def test_five_minutes_in_which_nothing_is_promised_or_wanted_are_passed_over(
    delays_of_spans: dict[int, int], wanted_spans: set[int]
) -> None:
    env, rung, visited = simpy.Environment(initial_time=START), list[int](), list[int]()
    wanted_spans |= {41}

    def each_span(now: int) -> int:
        visited.append((now - START) // SPAN)
        if visited[-1] == 41:
            wake_ups.stop()
        return START + min((span for span in wanted_spans if span > visited[-1]), default=99) * SPAN + 7

    wake_ups = Agenda(env, each_span)
    for span, delay in delays_of_spans.items():
        wake_ups.wake_at(START + span * SPAN + delay, lambda subject, now: rung.append(now), None)
    wake_ups.run()
    assert rung == [START + span * SPAN + delay for span, delay in sorted(delays_of_spans.items())]
    assert visited == sorted({0, *delays_of_spans, *wanted_spans})
