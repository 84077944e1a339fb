"""More observation never takes a violation back: a FAIL of a prefix is a FAIL of the whole trace."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.judging.judge import judge
from reports.judging.profiles import Profile
from tests.judging.mutations import BASES, CHANGE, TRACES, Change, changed
from tests.judging.traces import Event
from tests.judging.verdicts import ANY, DEFAULT, LITERAL, broken


def broken_rules(trace: list[Event], profile: Profile = DEFAULT) -> set[str]:
    return set(broken(judge(trace, profile)))


LENGTHS = st.integers(1, 40)


@given(TRACES, LENGTHS, st.sampled_from([DEFAULT, LITERAL, ANY]))
def test_a_violation_of_a_prefix_is_one_of_the_whole(trace: list[Event], length: int, profile: Profile) -> None:
    assert broken_rules(trace[:length], profile) <= broken_rules(trace, profile)


OBSERVED = st.lists(
    st.builds(Change, st.just("observe"), st.integers(0, 80), st.integers(0, 255)), min_size=1, max_size=3
)


@given(
    st.builds(
        changed,
        st.sampled_from(BASES),
        st.tuples(st.lists(CHANGE, max_size=3), OBSERVED).map(lambda both: both[0] + both[1]),
    ),
    LENGTHS,
)
def test_no_later_word_on_what_was_seen_takes_a_violation_back(trace: list[Event], length: int) -> None:
    assert broken_rules(trace[:length]) <= broken_rules(trace)


@pytest.mark.parametrize("base", BASES, ids=range(len(BASES)))
def test_no_prefix_of_a_right_trace_is_a_violation(base: list[Event]) -> None:
    for length in range(len(base) + 1):
        assert broken_rules(base[:length]) == set()
