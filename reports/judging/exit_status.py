"""The exit status for a set of verdicts; the same for every command that judges.

What lives here: that one table. It must not know how a verdict came about, nor which command asks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

CONFORMANT, FAILED, UNDECIDED, BAD_INPUT, HARNESS_FAULT = 0, 1, 2, 3, 4


def exit_status(verdicts: Mapping[str, str], planned: Sequence[str] | None) -> int:
    """The exit status for verdicts by rule. `planned` rules must be exercised; None means all that apply.

    Where no rule had an occasion nothing is known, and that is never conformant.
    """
    kinds = set(verdicts.values())
    if "ERROR" in kinds:
        return HARNESS_FAULT
    if "FAIL" in kinds:
        return FAILED
    required = verdicts if planned is None else planned
    missing = any(verdicts[rule] == "NOT_EXERCISED" for rule in required)
    idle = kinds <= {"NOT_EXERCISED", "NOT_APPLICABLE"}
    return UNDECIDED if missing or idle or kinds & {"AMBIGUOUS", "INCONCLUSIVE"} else CONFORMANT
