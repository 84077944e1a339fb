"""Plans on the shipped region whose answer is known beforehand: from theory, and by trying every value."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from appuntamento import main
from reference_impl.errors import CallerError
from sim.capacity.errors import RunError
from sim.capacity.intervals import interval
from sim.capacity.questions.planning import Search
from sim.capacity.questions.runs import plan_for, simulate
from tests.places import DATA

pytestmark = pytest.mark.usefixtures("jobs_done_once")
SLOTS = "territories.lazio.slots_per_band"
MONDAY, WEEKS, DAILY = date(2026, 9, 7), 4, 10
# The region with a fortieth of its orders, so that one technician more or less is felt.
THIN: Mapping[str, object] = {
    "horizon.start": date(2026, 9, 1),
    "horizon.days": 35,
    "horizon.warm_up_days": 7,
    "horizon.cool_down_days": 5,
    "sample.orders": 0,
    **{f"operators.{number}.orders_per_year": volume for number, volume in enumerate((3000, 2200, 1300, 700), 1)},
}


def recorded(path: Path) -> Path:
    """So many orders on every working day, minutes apart, whose lines are ready at once."""
    lines = ["received_at,operator,service,territory,line_ready_at"]
    for number in range(WEEKS * 5):
        day = MONDAY + timedelta(weeks=number // 5, days=number % 5)
        for minute in range(DAILY):
            at = datetime.combine(day, time(8, 30 + minute)).isoformat()
            lines.append(f"{at},ALFA,VULA_FTTH,lazio,{at}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_plan_finds_the_capacity_that_theory_demands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One band a day, all book within the hour and want the next day: who orders on a Friday is visited on Monday,
    before three days have passed, if a day holds the orders of a day. With one technician less the queue grows by one
    order every day, and within two weeks it has moved everybody by a day.
    """
    changes = {
        "arrivals.recorded.file": str(recorded(tmp_path / "orders.csv")),
        "horizon.start": MONDAY.isoformat(),
        "horizon.days": str(WEEKS * 7),
        "horizon.warm_up_days": "0",
        "horizon.cool_down_days": "0",
        "slots.bands": '["08:00-10:00"]',
        "customers.books": "1.0",
        "customers.refuses": "0.0",
        "customers.reschedules": "0.0",
        "customers.cancels": "0.0",
        "customers.answers_after_hours": "{constant = 1}",
        "customers.wishes_days": "{constant = 1}",
        "sample.orders": "10",
    }
    command = f"plan region --target p95_days_to_visit[lazio]<=3 --vary {SLOTS} --from 5 --to 16".split()
    settings = [word for path, value in changes.items() for word in ("--set", f"{path}={value}")]
    status = main([*command, *settings, "--json", "--out", str(tmp_path / "plan")])
    answer = json.loads(capsys.readouterr().out)
    assert status == 0
    assert answer["answer"] == DAILY
    tried = {trial["value"]: trial for trial in answer["tried"]}
    assert tried[DAILY]["sure"] == 1.0
    assert tried[DAILY - 1]["mean"] > 3.9
    assert tried[DAILY - 1]["sure"] == 0.0


def test_a_plan_finds_what_trying_every_value_finds() -> None:
    limit = 18.0  # farther from the values on its sides than luck reaches, so that few replications tell
    answer = plan_for("region", f"p95_days_to_visit[lazio]<={limit}", SLOTS, Search(4, 6), changes=THIN)[1]
    by_hand = {slots: simulate("region", 4, changes={**THIN, SLOTS: slots}).replications for slots in (4, 5)}
    intervals = {
        slots: interval(table.filter(territory="lazio", indicator="p95_days_to_visit")["value"].to_list())
        for slots, table in by_hand.items()
    }
    assert [slots for slots, known in intervals.items() if known.low > limit] == [4]
    assert [slots for slots, known in intervals.items() if known.high < limit] == [5]
    assert answer.value == 5
    assert {trial.value: trial.judgement.meets for trial in answer.trials} | {4.0: False, 5.0: True} == {
        trial.value: trial.value >= 5 for trial in answer.trials
    }
    assert min(trial.judgement.sure for trial in answer.trials if trial.judgement.meets) >= answer.search.confidence


@pytest.mark.parametrize(
    ("vary", "said"),
    [
        ("territories.slots_per_band", "a parameter of which 1 and 9 make a difference"),  # Lazio names its own
        ("sms.per_second.fast", "a table there"),
        ("sms.fast", "no such key"),
    ],
)
def test_a_parameter_that_cannot_be_varied_is_refused_before_anything_runs(vary: str, said: str) -> None:
    with pytest.raises(CallerError, match=said):
        plan_for("region", "p95_days_to_visit<=7", vary, Search(1, 9))


@pytest.mark.parametrize(
    ("search", "option"),
    [
        (Search(5, 5), "--to"),
        (Search(1, float("inf")), "--to"),
        (Search(float("-inf"), 5), "--from"),
        (Search(1, float("nan")), "--to"),
        (Search(1, 9, step=0), "--step"),
        (Search(1, 9, step=1e-9), "--step"),
        (Search(1, 9, confidence=1), "--confidence"),
        (Search(1, 9, most_replications=2), "--replications"),
    ],
)
def test_a_search_that_cannot_be_is_refused(search: Search, option: str) -> None:
    with pytest.raises(RunError, match=option):
        search.check()


def test_a_row_that_comes_after_the_visit_is_seen(tmp_path: Path) -> None:
    """Orders that end before their row is due stay in the trace until it is deposited (CSV-2, CSV-4)."""
    out = tmp_path / "run"
    assert main(["simulate", str(DATA / "capacity" / "judged-before-its-row.toml"), "--json", "--out", str(out)]) == 0
    events = [json.loads(line) for line in (out / "trace.jsonl").read_text(encoding="utf-8").splitlines()]
    engaged = {
        (event["subject"], event["data"]["to"])
        for event in events
        if event["type"] == "sms.sent" and event["data"]["kind"] == "engagement"
    }
    rows = {(row["order"], row["phone"]) for event in events for row in event["data"].get("rows", ())}
    assert rows == engaged
    assert len(rows) > 50
