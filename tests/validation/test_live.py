"""The lines that are printed while a run goes on: none twice, and at once where an answer did not come in time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

from sim.validation.live import LiveLines
from sim.validation.operator_file import OperatorUnderTest
from sim.validation.plan import load_plan
from sim.validation.stage import Stage
from tests.judging.traces import good_trace


@dataclass(slots=True)
class StageOfATrace:
    """A stage whose trace is given."""

    events: list[dict[str, Any]]
    operator: OperatorUnderTest = field(default_factory=lambda: OperatorUnderTest(endpoint="http://127.0.0.1:9/"))

    def trace(self) -> list[dict[str, Any]]:
        return self.events


def test_an_answer_that_did_not_come_in_time_is_told_once_with_its_mend() -> None:
    stage, lines = StageOfATrace(list(good_trace())), list[str]()
    live = LiveLines(cast(Stage, stage), load_plan("essential"), "en", lines.append)
    live.look()
    assert not [line for line in lines if "no answer" in line]
    notification = next(event for event in stage.events if event["type"] == "notification.sent")
    late: dict[str, Any] = {
        "operator": "ALFA",
        "notification": notification["id"],
        "status": 0,
        "reason": "no answer within 10 s",
    }
    for copy in (1, 2):
        answer = {**notification, "id": f"late-{copy}", "type": "notification.answered", "data": {**late, "copy": copy}}
        stage.events = [*stage.events, answer | {"time": stage.events[-1]["time"]}]
        live.look()
    told_lines = [line for line in lines if late["reason"] in line]
    assert [line.partition("/: ")[2] for line in told_lines] == [
        f"{late['reason']}; mend: answer first, and work afterwards"
    ]
