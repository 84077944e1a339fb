"""More observation never takes a violation back: a FAIL of a prefix is a FAIL of the whole trace."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.judging.judge import judge
from reports.judging.profiles import load_profile
from tests.judging.mutations import BASES, TRACES
from tests.judging.traces import Event


def failed(trace: list[Event], profile: str) -> set[str]:
    return {rule.rule for rule in judge(trace, load_profile(profile)).rules if rule.verdict in {"FAIL", "ERROR"}}


@given(TRACES, st.integers(1, 40), st.sampled_from(["default", "literal", "any"]))
def test_a_violation_of_a_prefix_is_one_of_the_whole(trace: list[Event], length: int, profile: str) -> None:
    assert failed(trace[:length], profile) <= failed(trace, profile)


@pytest.mark.parametrize("base", BASES, ids=range(len(BASES)))
def test_no_prefix_of_a_right_trace_is_a_violation(base: list[Event]) -> None:
    for length in range(len(base) + 1):
        assert failed(base[:length], "default") == set()
