"""What can be said while a run goes on: the first verdict of each rule, and a failure as soon as it is certain.

A rule that fails in a part of a trace fails in the whole, so a FAIL is printed at once, with its mend where one is
known. Any other verdict is printed once, as what holds so far, and so is an answer that did not come in time. It must
not know stories.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reports.judging.judge import judge
from sim.sandbox.world.outbox import TOO_SLOW
from sim.validation.faults import SPEED, Fault
from sim.validation.outcome import ENVIRONMENT, outcome_of
from sim.validation.plan import Plan
from sim.validation.runner import profile_of, scope_of
from sim.validation.stage import Stage
from sim.validation.words import fault_line, live_lines

SAID = ("PASS", "FAIL")
NOTHING = ""


@dataclass(slots=True)
class LiveLines:
    """The judge's look at a run after each step; what was said is not said again."""

    stage: Stage
    plan: Plan
    language: str
    tell: Callable[[str], None]
    shown_verdicts: dict[str, str] = field(default_factory=dict)  # by rule: the verdict
    slow: bool = False
    events: int = 0

    def look(self) -> None:
        """Say what is new."""
        trace = self.stage.trace()
        if len(trace) == self.events:
            return
        self.events = len(trace)
        self._say_slow(trace)
        scope = scope_of(self.plan, self.stage.operator)
        operator = self.stage.operator.operator
        outcome = outcome_of(judge(trace, profile_of(self.plan), target=operator, only=scope), scope)
        for ruling in outcome.rules:
            if ruling.verdict in SAID and self.shown_verdicts.get(ruling.rule) not in ("FAIL", ruling.verdict):
                self.shown_verdicts[ruling.rule] = ruling.verdict
                failed = (blamed for blamed in outcome.findings if blamed.rule == ruling.rule)
                finding = next((blamed for blamed in failed if blamed.verdict == "FAIL"), None)
                for line in live_lines(ruling, finding, self.language):
                    self.tell(line)

    def _say_slow(self, trace: Sequence[Mapping[str, Any]]) -> None:
        """An answer that did not come in time is said once."""
        reasons = (str(event["data"].get("reason", NOTHING)) for event in trace)
        late = next((reason for reason in reasons if reason.startswith(TOO_SLOW)), None)
        if late is not None and not self.slow:
            self.slow = True
            fault = Fault(f"endpoint {self.stage.operator.endpoint}: {late}", ENVIRONMENT, SPEED)
            self.tell(f"  {fault_line(fault, self.language)}")
